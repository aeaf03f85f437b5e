/** A session as Markdown: every text of a stranger is fenced, quoted or escaped (`markdownText.ts`). */
import { factRows, moment, responseText, speaker } from './facts.ts';
import { headNotes } from './headNotes.ts';
import { ItemWalk, type Notation } from './itemWalk.ts';
import { escapeMarkdown, fence, inlineCode, isHarmlessLink, quote, safeMarkdown } from './markdownText.ts';
import type { ExportItem } from './resolve.ts';
import type { ExportWords } from './words.ts';
import type { ExportedConversation, ExportHead, ExportWriter } from './writer.ts';

export class MarkdownWriter implements ExportWriter {
	readonly #words: ExportWords;
	readonly #walk: ItemWalk;
	#isClaudeSpeaking = false;

	constructor(words: ExportWords) {
		this.#words = words;
		this.#walk = new ItemWalk(words, markdownNotation);
	}

	begin(head: ExportHead): string {
		const { facts } = head;
		return paragraphs(
			`# ${escapeMarkdown(facts.title)}`,
			`| | |\n|---|---|\n${factRows(facts, this.#words)
				.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`)
				.join('\n')}`,
			quote(headNotes(head, this.#words).join('  \n')),
		);
	}

	beginConversation({ title }: ExportedConversation): string {
		this.#isClaudeSpeaking = false;
		return title === null ? '' : paragraphs('---', `# ${escapeMarkdown(`${this.#words.subagent}: ${title}`)}`);
	}

	item(item: ExportItem): string {
		const isClaude = item.kind === 'assistant';
		const began = isClaude && !this.#isClaudeSpeaking ? `### ${escapeMarkdown(this.#words.claude)}` : '';
		this.#isClaudeSpeaking = isClaude || item.kind === 'context' || item.kind === 'result';
		const response = responseText(item, this.#words);
		return paragraphs(
			began,
			this.#heading(item, speaker(item, this.#words)),
			item.kind === 'compaction' ? '---' : '',
			this.#walk.content(item),
			response === null ? '' : `*${escapeMarkdown(response)}*`,
		);
	}

	endConversation(): string {
		return '';
	}

	end(): string {
		return '';
	}

	#heading({ kind, at, isCopied }: ExportItem, who: string | null): string {
		if (who === null || kind === 'assistant') return '';
		const parts = [who, moment(at), isCopied ? this.#words.copied : null].filter(part => part !== null);
		return `## ${escapeMarkdown(parts.join(' · '))}`;
	}
}

const markdownNotation: Notation = {
	typed: text => quote(safeMarkdown(text)),
	answer: markdown => demoted(safeMarkdown(markdown)),
	aside: markdown => quote(demoted(safeMarkdown(markdown))),
	code: fence,
	mark: words => `*${escapeMarkdown(words)}*`,
	fold: (_, title, content) => paragraphs(`**${escapeMarkdown(title)}**`, content).trimEnd(),
	tool: ({ title, summary, statusWord }, content) => {
		const head = [
			`**${escapeMarkdown(title)}**`,
			summary === '' ? '' : inlineCode(summary),
			statusWord === null ? '' : `— *${escapeMarkdown(statusWord)}*`,
		];
		return paragraphs(head.filter(part => part !== '').join(' '), content).trimEnd();
	},
	labelled: (label, content) => `${escapeMarkdown(label)}:\n\n${content}`,
	diff: lines => fence(lines.join('\n'), 'diff'),
	list: items => items.map(({ mark, text }) => `- ${mark} ${escapeMarkdown(text)}`).join('\n'),
	links: links => links.map(link => `- ${linkTo(link)}`).join('\n'),
	line: escapeMarkdown,
	// Pictures are named only: their data would be most of the file, and no program shows it.
	attachment: name => `*${escapeMarkdown(name)}*`,
	join: pieces => paragraphs(...pieces).trimEnd(),
};

function linkTo({ title, url }: { readonly title: string; readonly url: string }): string {
	const address = URL.canParse(url) && isHarmlessLink(url) ? new URL(url).href : null;
	if (address === null || /[()<>\s\\]/.test(address)) return `${escapeMarkdown(title)} ${inlineCode(url)}`;
	return `[${escapeMarkdown(title)}](${address})`;
}

/** Headings of an answer stand below those of the document. Lines in fences are none. */
function demoted(markdown: string): string {
	let open: string | null = null;
	return markdown
		.split('\n')
		.map(line => {
			const marks = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
			if (marks !== null && (open === null || marks.startsWith(open))) open = open === null ? marks : null;
			if (open !== null || marks !== null) return line;
			return line.replace(
				/^( {0,3})(#{1,6})(?=\s)/,
				(_, space: string, hashes: string) => space + '#'.repeat(Math.min(6, hashes.length + 3)),
			);
		})
		.join('\n');
}

function paragraphs(...texts: readonly string[]): string {
	return texts
		.filter(text => text !== '')
		.map(text => `${text}\n\n`)
		.join('');
}
