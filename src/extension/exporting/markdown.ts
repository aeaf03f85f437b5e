/** A session as Markdown: every text of a stranger is fenced, quoted or escaped (`markdownText.ts`). */
import { factRows, moment, responseText, speaker, statusWord, unreadableText } from './facts.ts';
import { escapeMarkdown, fence, inlineCode, isHarmlessLink, quote, safeMarkdown } from './markdownText.ts';
import type { ExportBlock, ExportItem, ExportTool } from './resolve.ts';
import { type ToolPart, toolParts, toolSummary, toolTitle } from './toolText.ts';
import { filled, type ExportWords } from './words.ts';
import type { ExportedConversation, ExportHead, ExportWriter } from './writer.ts';

export class MarkdownWriter implements ExportWriter {
	#words: ExportWords | null = null;
	#isClaudeSpeaking = false;

	begin({ facts, choices, words, exportedAt, forks, isGone }: ExportHead): string {
		this.#words = words;
		const notes = [
			filled(words.exportedBy, moment(exportedAt) ?? ''),
			choices.redactSecrets ? words.secretsRedacted : words.secretsLeft,
			...(forks > 0 ? [filled(words.otherBranches, forks)] : []),
			...(isGone ? [words.transcriptGone] : []),
		];
		return paragraphs(
			`# ${escapeMarkdown(facts.title)}`,
			`| | |\n|---|---|\n${factRows(facts, words)
				.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`)
				.join('\n')}`,
			quote(notes.join('  \n')),
		);
	}

	beginConversation({ title }: ExportedConversation): string {
		this.#isClaudeSpeaking = false;
		return title === null ? '' : paragraphs('---', `# ${escapeMarkdown(`${this.#w.subagent}: ${title}`)}`);
	}

	item(item: ExportItem): string {
		const isClaude = item.kind === 'assistant';
		const heading = isClaude && !this.#isClaudeSpeaking ? [`### ${escapeMarkdown(this.#w.claude)}`] : [];
		this.#isClaudeSpeaking = isClaude || item.kind === 'context' || item.kind === 'result';
		const response = responseText(item, this.#w);
		return paragraphs(...heading, ...this.#content(item), ...(response === null ? [] : [`*${escapeMarkdown(response)}*`]));
	}

	endConversation(): string {
		return '';
	}

	end(): string {
		return '';
	}

	get #w(): ExportWords {
		if (this.#words === null) throw new Error('an export begins with its head');
		return this.#words;
	}

	#content(item: ExportItem): readonly string[] {
		const words = this.#w;
		switch (item.kind) {
			case 'prompt':
				return [
					this.#title(item),
					quote(safeMarkdown(item.text)),
					...item.attachments.map(block => this.#block(block)),
					...item.context.map(note => this.#note(note.name, note.text)),
				];
			case 'command':
				return [
					this.#title(item),
					fence(item.args === '' ? item.name : `${item.name} ${item.args}`),
					...(item.output === null || item.output === '' ? [] : [fence(item.output)]),
				];
			case 'assistant':
				return item.blocks.flatMap(block => {
					switch (block.kind) {
						case 'answer':
							return [demoted(safeMarkdown(block.markdown))];
						case 'thinking':
							return [
								`**${escapeMarkdown(words.thinking)}**`,
								quote(block.text === '' ? `*${words.thinkingNotKept}*` : safeMarkdown(block.text)),
							];
						case 'tool':
							return this.#tool(block.tool);
						case 'content':
							return [this.#block(block.block)];
					}
				});
			case 'result':
				return item.results.flatMap(result => [`**${escapeMarkdown(words.result)}**`, ...result.content.map(block => this.#block(block))]);
			case 'interruption':
				return [`*${escapeMarkdown(words.interruption)}*`];
			case 'error':
				return [`**${escapeMarkdown([words.apiError, item.type ?? '', item.status ?? ''].join(' ').trim())}**`, fence(item.text)];
			case 'compaction':
				return [
					'---',
					`**${escapeMarkdown(words.compaction)}**`,
					...(item.summary === null ? [] : [quote(demoted(safeMarkdown(item.summary)))]),
				];
			case 'context':
				return item.notes.map(note => this.#note(note.name, note.text));
			case 'unreadable':
				return [
					`*${escapeMarkdown(filled(unreadableText(item.reason, words), item.was))}*`,
					...item.tools.map(tool => `**${escapeMarkdown(tool.name)}** ${inlineCode(tool.filePath ?? tool.summary ?? '')}`),
				];
		}
	}

	#title(item: ExportItem): string {
		const { at, isCopied } = item;
		const parts = [speaker(item, this.#w), moment(at), isCopied ? this.#w.copied : null].filter(part => part !== null);
		return `## ${escapeMarkdown(parts.join(' · '))}`;
	}

	#note(name: string, text: string): string {
		return paragraphs(`**${escapeMarkdown([this.#w.context, name].filter(part => part !== '').join(': '))}**`, fence(text)).trimEnd();
	}

	#tool(tool: ExportTool): readonly string[] {
		const status = statusWord(tool, this.#w);
		const head = [
			`**${escapeMarkdown(toolTitle(tool))}**`,
			inlineCode(toolSummary(tool)),
			status === null ? '' : `— *${escapeMarkdown(status)}*`,
		];
		return [head.filter(part => part !== '').join(' '), ...toolParts(tool, this.#w).map(part => this.#part(part))];
	}

	#part(part: ToolPart): string {
		const labelled = (label: string | null, text: string): string => (label === null ? text : `${escapeMarkdown(label)}:\n\n${text}`);
		switch (part.kind) {
			case 'code':
				return labelled(part.label, fence(part.text, part.language));
			case 'diff':
				return fence(part.lines.join('\n'), 'diff');
			case 'markdown':
				return labelled(part.label, quote(demoted(safeMarkdown(part.markdown))));
			case 'list':
				return part.items.map(({ mark, text }) => `- ${mark} ${escapeMarkdown(text)}`).join('\n');
			case 'links':
				return part.links.map(link => `- ${linkTo(link)}`).join('\n');
			case 'block':
				return this.#block(part.block);
			case 'note':
				return escapeMarkdown(part.text);
		}
	}

	/** Pictures are named only: their data would be most of the file, and no program shows it. */
	#block(block: ExportBlock): string {
		switch (block.kind) {
			case 'text':
				return block.text === '' ? '' : fence(block.text);
			case 'image':
				return `*${escapeMarkdown(filled(this.#w.image, block.image.mediaType, block.image.bytes))}*`;
			case 'document':
				return `*${escapeMarkdown(filled(this.#w.document, block.title ?? block.mediaType, block.bytes))}*`;
			case 'other':
				return fence(block.json, 'json');
		}
	}
}

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
