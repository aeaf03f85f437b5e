/**
 * A session as one HTML file that needs nothing else: no script, nothing fetched, a policy that forbids both, readable in light
 * and dark and on paper.
 */
import { createHash } from 'node:crypto';
import { factRows, moment, responseText, speaker } from './facts.ts';
import { headNotes } from './headNotes.ts';
import { htmlStyle } from './htmlStyle.ts';
import { escapeHtml, htmlOfMarkdown, preformatted } from './htmlText.ts';
import { ItemWalk, type Notation } from './itemWalk.ts';
import { isHarmlessLink } from './markdownText.ts';
import type { ExportItem } from './resolve.ts';
import type { ExportWords } from './words.ts';
import type { ExportedConversation, ExportHead, ExportWriter } from './writer.ts';

const policy = [
	"default-src 'none'",
	`style-src 'sha256-${createHash('sha256').update(htmlStyle).digest('base64')}'`,
	'img-src data:',
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

export class HtmlWriter implements ExportWriter {
	readonly #words: ExportWords;
	readonly #walk: ItemWalk;
	readonly #language: string;

	constructor(words: ExportWords, language = 'en') {
		this.#words = words;
		this.#walk = new ItemWalk(words, htmlNotation(words));
		this.#language = language;
	}

	begin(head: ExportHead): string {
		const { facts } = head;
		return `<!DOCTYPE html>
<html lang="${escapeHtml(this.#language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(facts.title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<header>
<h1 dir="auto">${escapeHtml(facts.title)}</h1>
<dl>
${factRows(facts, this.#words)
	.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd dir="auto">${escapeHtml(value)}</dd></div>`)
	.join('\n')}
</dl>
<p class="notes">${headNotes(head, this.#words).map(escapeHtml).join(' ')}</p>
</header>
<main>
`;
	}

	beginConversation({ key, title }: ExportedConversation): string {
		if (title === null) return '<section>\n';
		return `<section class="subagent" id="${escapeHtml(agentAnchor(key.agentId ?? ''))}">\n<h2 dir="auto">${escapeHtml(`${this.#words.subagent}: ${title}`)}</h2>\n`;
	}

	item(item: ExportItem): string {
		const response = responseText(item, this.#words);
		const content = this.#walk.content(item) + (response === null ? '' : `<p class="response">${escapeHtml(response)}</p>`);
		if (content === '') return '';
		const sort = item.isSidechain ? `${item.kind} sidechain` : item.kind;
		return `<article class="${escapeHtml(sort)}">${this.#byline(item)}${content}</article>\n`;
	}

	endConversation(): string {
		return '</section>\n';
	}

	end(): string {
		return '</main>\n</body>\n</html>\n';
	}

	/** Who speaks, and when; of what nobody says there is none. */
	#byline(item: ExportItem): string {
		const { kind, at, isCopied } = item;
		const who = speaker(item, this.#words);
		if (who === null) return '';
		const told = moment(at);
		const time = told === null || at === null ? '' : `<time datetime="${escapeHtml(at)}">${escapeHtml(told)}</time>`;
		// Prompts are what a reader looks for: they are the headings.
		const name = kind === 'assistant' ? `<span class="who">${escapeHtml(who)}</span>` : `<h3 class="who">${escapeHtml(who)}</h3>`;
		return `<div class="byline">${name}${time}${isCopied ? `<span>${escapeHtml(this.#words.copied)}</span>` : ''}</div>`;
	}
}

const textOf = (html: string): string => `<div class="text" dir="auto">${html}</div>`;

const htmlNotation = (words: ExportWords): Notation => ({
	typed: text => textOf(htmlOfMarkdown(text, true)),
	answer: markdown => textOf(htmlOfMarkdown(markdown, false)),
	aside: markdown => textOf(htmlOfMarkdown(markdown, false)),
	code: preformatted,
	mark: (said, isFailure) => `<p class="${isFailure ? 'mark failed' : 'mark'}">${escapeHtml(said)}</p>`,
	fold: (sort, title, content) => folded(sort, sort === 'tool' ? `<strong>${escapeHtml(title)}</strong>` : escapeHtml(title), content),
	tool: ({ title, summary, status, statusWord, agentId }, content) => {
		const head =
			`<strong>${escapeHtml(title)}</strong>` +
			(summary === '' ? '' : ` <code dir="auto">${escapeHtml(summary.replace(/\s+/g, ' '))}</code>`) +
			(statusWord === null ? '' : ` <em class="${escapeHtml(status)}">${escapeHtml(statusWord)}</em>`);
		const link = agentId === null ? '' : `<p><a href="#${escapeHtml(agentAnchor(agentId))}">${escapeHtml(words.subagent)}</a></p>`;
		return folded('tool', head, content + link);
	},
	labelled: (label, content) => `<p class="label">${escapeHtml(label)}</p>${content}`,
	diff: lines => `<pre class="diff">${lines.map(diffLine).join('\n')}</pre>`,
	list: items => `<ul class="plain">${items.map(({ mark, text }) => `<li dir="auto">${mark} ${escapeHtml(text)}</li>`).join('')}</ul>`,
	links: links => `<ul>${links.map(link => `<li dir="auto">${linkTo(link)}</li>`).join('')}</ul>`,
	line: said => `<p dir="auto">${escapeHtml(said)}</p>`,
	attachment: (name, data) =>
		data === null ? `<p class="label">${escapeHtml(name)}</p>` : `<img alt="${escapeHtml(name)}" src="${escapeHtml(data)}">`,
	join: pieces => pieces.join(''),
});

/** An id that cannot end the attribute, nor be another's. */
function agentAnchor(agentId: string): string {
	return `subagent-${encodeURIComponent(agentId.toWellFormed())}`;
}

function folded(sort: string, head: string, content: string): string {
	if (content === '') return `<p class="${sort} bare">${head}</p>`;
	return `<details class="${sort}"><summary>${head}</summary><div class="inside">${content}</div></details>`;
}

function diffLine(line: string): string {
	const sort = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : line.startsWith('@@') ? 'place' : null;
	return sort === null ? escapeHtml(line) : `<span class="${sort}">${escapeHtml(line)}</span>`;
}

function linkTo({ title, url }: { readonly title: string; readonly url: string }): string {
	if (!URL.canParse(url) || !isHarmlessLink(url)) return `${escapeHtml(title)} <code>${escapeHtml(url)}</code>`;
	return `<a href="${escapeHtml(new URL(url).href)}" rel="noreferrer noopener">${escapeHtml(title)}</a>`;
}
