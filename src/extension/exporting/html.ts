/**
 * A session as one HTML file that needs nothing else: no script, nothing fetched, a policy that forbids both, readable in light
 * and dark and on paper.
 */
import { createHash } from 'node:crypto';
import { factRows, moment, responseText, speaker, statusWord, unreadableText } from './facts.ts';
import { htmlStyle } from './htmlStyle.ts';
import { escapeHtml, htmlOfMarkdown, preformatted } from './htmlText.ts';
import { isHarmlessLink } from './markdownText.ts';
import type { ExportBlock, ExportItem, ExportTool } from './resolve.ts';
import { type ToolPart, toolParts, toolSummary, toolTitle } from './toolText.ts';
import { filled, type ExportWords } from './words.ts';
import type { ExportedConversation, ExportHead, ExportWriter } from './writer.ts';

const policy = [
	"default-src 'none'",
	`style-src 'sha256-${createHash('sha256').update(htmlStyle).digest('base64')}'`,
	'img-src data:',
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

export class HtmlWriter implements ExportWriter {
	#words: ExportWords | null = null;
	readonly #language: string;

	constructor(language = 'en') {
		this.#language = language;
	}

	begin({ facts, choices, words, exportedAt, forks, isGone }: ExportHead): string {
		this.#words = words;
		const notes = [
			filled(words.exportedBy, moment(exportedAt) ?? ''),
			choices.redactSecrets ? words.secretsRedacted : words.secretsLeft,
			...(forks > 0 ? [filled(words.otherBranches, forks)] : []),
			...(isGone ? [words.transcriptGone] : []),
		];
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
${factRows(facts, words)
	.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd dir="auto">${escapeHtml(value)}</dd></div>`)
	.join('\n')}
</dl>
<p class="notes">${notes.map(escapeHtml).join(' ')}</p>
</header>
<main>
`;
	}

	beginConversation({ key, title }: ExportedConversation): string {
		if (title === null) return '<section>\n';
		return `<section class="subagent" id="${escapeHtml(agentAnchor(key.agentId ?? ''))}">\n<h2 dir="auto">${escapeHtml(`${this.#w.subagent}: ${title}`)}</h2>\n`;
	}

	item(item: ExportItem): string {
		const response = responseText(item, this.#w);
		const content = this.#content(item) + (response === null ? '' : `<p class="response">${escapeHtml(response)}</p>`);
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

	get #w(): ExportWords {
		if (this.#words === null) throw new Error('an export begins with its head');
		return this.#words;
	}

	/** Who speaks, and when; of what nobody says there is none. */
	#byline(item: ExportItem): string {
		const { kind, at, isCopied } = item;
		const who = speaker(item, this.#w);
		if (who === null) return '';
		const told = moment(at);
		const time = told === null || at === null ? '' : `<time datetime="${escapeHtml(at)}">${escapeHtml(told)}</time>`;
		// Prompts are what a reader looks for: they are the headings.
		const name = kind === 'assistant' ? `<span class="who">${escapeHtml(who)}</span>` : `<h3 class="who">${escapeHtml(who)}</h3>`;
		return `<div class="byline">${name}${time}${isCopied ? `<span>${escapeHtml(this.#w.copied)}</span>` : ''}</div>`;
	}

	#content(item: ExportItem): string {
		const words = this.#w;
		switch (item.kind) {
			case 'prompt':
				return (
					`<div class="text" dir="auto">${htmlOfMarkdown(item.text, true)}</div>` +
					item.attachments.map(block => this.#block(block)).join('') +
					item.context.map(note => this.#note(note.name, note.text)).join('')
				);
			case 'command':
				return (
					preformatted(item.args === '' ? item.name : `${item.name} ${item.args}`) + (item.output === null ? '' : preformatted(item.output))
				);
			case 'assistant':
				return item.blocks
					.map(block => {
						switch (block.kind) {
							case 'answer':
								return `<div class="text" dir="auto">${htmlOfMarkdown(block.markdown, false)}</div>`;
							case 'thinking':
								return folded(
									'thinking',
									escapeHtml(words.thinking),
									block.text === ''
										? `<p>${escapeHtml(words.thinkingNotKept)}</p>`
										: `<div class="text" dir="auto">${htmlOfMarkdown(block.text, true)}</div>`,
								);
							case 'tool':
								return this.#tool(block.tool);
							case 'content':
								return this.#block(block.block);
						}
					})
					.join('');
			case 'result':
				return folded(
					'tool',
					`<strong>${escapeHtml(words.result)}</strong>`,
					item.results.flatMap(result => result.content.map(block => this.#block(block))).join(''),
				);
			case 'interruption':
				return `<p class="mark">${escapeHtml(words.interruption)}</p>`;
			case 'error':
				return `<p class="mark failed">${escapeHtml([words.apiError, item.type ?? '', item.status ?? ''].join(' ').trim())}</p>${preformatted(item.text)}`;
			case 'compaction':
				return (
					`<p class="mark">${escapeHtml(words.compaction)}</p>` +
					(item.summary === null
						? ''
						: folded('thinking', escapeHtml(words.compaction), `<div class="text" dir="auto">${htmlOfMarkdown(item.summary, false)}</div>`))
				);
			case 'context':
				return item.notes.map(note => this.#note(note.name, note.text)).join('');
			case 'unreadable':
				return (
					`<p class="mark failed">${escapeHtml(filled(unreadableText(item.reason, words), item.was))}</p>` +
					item.tools
						.map(tool => `<p><strong>${escapeHtml(tool.name)}</strong> <code>${escapeHtml(tool.filePath ?? tool.summary ?? '')}</code></p>`)
						.join('')
				);
		}
	}

	#note(name: string, text: string): string {
		return folded('context', escapeHtml([this.#w.context, name].filter(part => part !== '').join(': ')), preformatted(text));
	}

	#tool(tool: ExportTool): string {
		const status = statusWord(tool, this.#w);
		const summary = toolSummary(tool);
		const head =
			`<strong>${escapeHtml(toolTitle(tool))}</strong>` +
			(summary === '' ? '' : ` <code dir="auto">${escapeHtml(summary.replace(/\s+/g, ' '))}</code>`) +
			(status === null ? '' : ` <em class="${escapeHtml(tool.status)}">${escapeHtml(status)}</em>`);
		const agentId = tool.detail.kind === 'agent' ? (tool.detail.subagent?.conversation.agentId ?? null) : null;
		const link = agentId === null ? '' : `<p><a href="#${escapeHtml(agentAnchor(agentId))}">${escapeHtml(this.#w.subagent)}</a></p>`;
		return folded(
			'tool',
			head,
			toolParts(tool, this.#w)
				.map(part => this.#part(part))
				.join('') + link,
		);
	}

	#part(part: ToolPart): string {
		const label = 'label' in part && part.label !== null ? `<p class="label">${escapeHtml(part.label)}</p>` : '';
		switch (part.kind) {
			case 'code':
				return label + preformatted(part.text);
			case 'diff':
				return `<pre class="diff">${part.lines.map(diffLine).join('\n')}</pre>`;
			case 'markdown':
				return `${label}<div class="text" dir="auto">${htmlOfMarkdown(part.markdown, false)}</div>`;
			case 'list':
				return `<ul class="plain">${part.items.map(({ mark, text }) => `<li dir="auto">${mark} ${escapeHtml(text)}</li>`).join('')}</ul>`;
			case 'links':
				return `<ul>${part.links.map(link => `<li dir="auto">${linkTo(link)}</li>`).join('')}</ul>`;
			case 'block':
				return this.#block(part.block);
			case 'note':
				return `<p dir="auto">${escapeHtml(part.text)}</p>`;
		}
	}

	#block(block: ExportBlock): string {
		switch (block.kind) {
			case 'text':
				return block.text === '' ? '' : preformatted(block.text);
			case 'image': {
				const { mediaType, bytes, data } = block.image;
				const name = filled(this.#w.image, mediaType, bytes);
				return data === null ? `<p class="label">${escapeHtml(name)}</p>` : `<img alt="${escapeHtml(name)}" src="${escapeHtml(data)}">`;
			}
			case 'document':
				return `<p class="label">${escapeHtml(filled(this.#w.document, block.title ?? block.mediaType, block.bytes))}</p>`;
			case 'other':
				return preformatted(block.json);
		}
	}
}

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
