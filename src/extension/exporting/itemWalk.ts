/** What an item says, part by part, in the one order that every format for people has; how each part is written is the format's. */
import { statusWord, unreadableText } from './facts.ts';
import type { ExportBlock, ExportItem, ExportTool } from './resolve.ts';
import { type ToolPart, toolParts, toolSummary, toolTitle } from './toolText.ts';
import { filled, type ExportWords } from './words.ts';

/** Each answers a piece of the file; what is given to it is the text of strangers. */
export interface Notation {
	/** What a person typed. */
	typed(text: string): string;
	/** Markdown that Claude wrote. */
	answer(markdown: string): string;
	/** Claude's again, but beside what was said: a plan, a summary, a report. */
	aside(markdown: string): string;
	/** As it stands: code, output, a note. */
	code(text: string, language: string): string;
	/** Something that happened, in a line of its own. */
	mark(words: string, isFailure: boolean): string;
	/** What most readers pass over; `content` is written already. */
	fold(sort: FoldSort, title: string, content: string): string;
	tool(head: ToolHead, content: string): string;
	labelled(label: string, content: string): string;
	diff(lines: readonly string[]): string;
	list(items: readonly { readonly mark: string; readonly text: string }[]): string;
	links(links: readonly { readonly title: string; readonly url: string }[]): string;
	line(words: string): string;
	/** What a picture or a document is called; `data` is a `data:` address. */
	attachment(name: string, data: string | null): string;
	join(pieces: readonly string[]): string;
}

export type FoldSort = 'thinking' | 'context' | 'tool';

export interface ToolHead {
	readonly title: string;
	readonly summary: string;
	readonly status: ExportTool['status'];
	readonly statusWord: string | null;
	/** The conversation that the call started. */
	readonly agentId: string | null;
}

export class ItemWalk {
	readonly #words: ExportWords;
	readonly #to: Notation;

	constructor(words: ExportWords, to: Notation) {
		this.#words = words;
		this.#to = to;
	}

	content(item: ExportItem): string {
		return this.#to.join(this.#parts(item).filter(part => part !== ''));
	}

	#parts(item: ExportItem): readonly string[] {
		const words = this.#words;
		const to = this.#to;
		switch (item.kind) {
			case 'prompt':
				return [
					to.typed(item.text),
					...item.attachments.map(block => this.#block(block)),
					...item.context.map(note => this.#note(note.name, note.text)),
				];
			case 'command':
				return [
					to.code(item.args === '' ? item.name : `${item.name} ${item.args}`, ''),
					item.output === null || item.output === '' ? '' : to.code(item.output, ''),
				];
			case 'assistant':
				return item.blocks.map(block => {
					switch (block.kind) {
						case 'answer':
							return to.answer(block.markdown);
						case 'thinking':
							return to.fold('thinking', words.thinking, block.text === '' ? to.mark(words.thinkingNotKept, false) : to.typed(block.text));
						case 'tool':
							return this.#tool(block.tool);
						case 'content':
							return this.#block(block.block);
					}
				});
			case 'result':
				return [to.fold('tool', words.result, this.#blocks(item.results.flatMap(result => result.content)))];
			case 'interruption':
				return [to.mark(words.interruption, false)];
			case 'error':
				return [to.mark([words.apiError, item.type ?? '', item.status ?? ''].join(' ').trim(), true), to.code(item.text, '')];
			case 'compaction':
				return [item.summary === null ? to.mark(words.compaction, false) : to.fold('thinking', words.compaction, to.aside(item.summary))];
			case 'context':
				return item.notes.map(note => this.#note(note.name, note.text));
			case 'unreadable':
				return [
					to.mark(filled(unreadableText(item.reason, words), item.was), true),
					...item.tools.map(tool =>
						to.tool({ title: tool.name, summary: tool.filePath ?? tool.summary ?? '', status: 'ok', statusWord: null, agentId: null }, ''),
					),
				];
		}
	}

	#note(name: string, text: string): string {
		return this.#to.fold('context', [this.#words.context, name].filter(part => part !== '').join(': '), this.#to.code(text, ''));
	}

	#tool(tool: ExportTool): string {
		const { detail, status } = tool;
		const agentId = detail.kind === 'agent' ? (detail.subagent?.conversation.agentId ?? null) : null;
		const head = { title: toolTitle(tool), summary: toolSummary(tool), status, statusWord: statusWord(tool, this.#words), agentId };
		return this.#to.tool(head, this.#to.join(toolParts(tool, this.#words).map(part => this.#part(part))));
	}

	#part(part: ToolPart): string {
		const to = this.#to;
		const labelled = (label: string | null, content: string): string => (label === null ? content : to.labelled(label, content));
		switch (part.kind) {
			case 'code':
				return labelled(part.label, to.code(part.text, part.language));
			case 'diff':
				return to.diff(part.lines);
			case 'markdown':
				return labelled(part.label, to.aside(part.markdown));
			case 'list':
				return to.list(part.items);
			case 'links':
				return to.links(part.links);
			case 'block':
				return this.#block(part.block);
			case 'note':
				return to.line(part.text);
		}
	}

	#blocks(blocks: readonly ExportBlock[]): string {
		return this.#to.join(blocks.map(block => this.#block(block)));
	}

	#block(block: ExportBlock): string {
		switch (block.kind) {
			case 'text':
				return block.text === '' ? '' : this.#to.code(block.text, '');
			case 'image':
				return this.#to.attachment(filled(this.#words.image, block.image.mediaType, block.image.bytes), block.image.data);
			case 'document':
				return this.#to.attachment(filled(this.#words.document, block.title ?? block.mediaType, block.bytes), null);
			case 'other':
				return this.#to.code(block.json, 'json');
		}
	}
}
