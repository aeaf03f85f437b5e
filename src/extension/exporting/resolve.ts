/**
 * Items as an export has them: without what a person left out, secrets taken out and paths shortened.
 */
import type { ExportChoices } from '../../webview/contract/exports.ts';
import type { AssistantBlock, TranscriptItem } from '../../webview/contract/transcriptItems.ts';
import type { ContentBlock, ItemImage, ItemText } from '../../webview/contract/transcriptText.ts';
import { mostImageBytes } from '../../webview/contract/transcriptText.ts';
import type { ToolDetail, ToolUse } from '../../webview/contract/transcriptTools.ts';
import type { ConversationReader, PicturePlace } from './conversationReader.ts';
import { imageData } from './imageData.ts';
import { type ExportWords, filled } from './words.ts';

/** A picture with its data as a `data:` address; null where there is none that can be shown. */
export interface ResolvedImage {
	readonly mediaType: string;
	readonly bytes: number;
	readonly data: string | null;
}

export type Resolved<T> = T extends ItemText
	? string
	: T extends ItemImage
		? ResolvedImage
		: T extends string | number | boolean | null | undefined
			? T
			: { readonly [K in keyof T]: Resolved<T[K]> };

export type ExportItem = Resolved<TranscriptItem>;
export type ExportTool = Resolved<ToolUse>;
export type ExportBlock = Resolved<ContentBlock>;

/** Longer texts are cut: no reader would get through them, and looking for secrets takes seconds for each. */
const mostText = 4_000_000;

export interface ResolverParts {
	readonly reader: ConversationReader;
	readonly choices: ExportChoices;
	/** Takes out of a text what must not be in the export; `where` says what kind of text it is. */
	readonly clean: (text: string, where: string) => string;
	readonly words: ExportWords;
}

type Place = Omit<PicturePlace, 'part'>;

export class ItemResolver {
	readonly #parts: ResolverParts;

	constructor(parts: ResolverParts) {
		this.#parts = parts;
	}

	/** Null for an item that a person left out. */
	async resolve(item: TranscriptItem, place: Omit<Place, 'item'>): Promise<ExportItem | null> {
		const chosen = withChoices(item, this.#parts.choices);
		if (chosen === null) return null;
		return (await this.#value(chosen, { ...place, item: item.id }, item.kind)) as ExportItem;
	}

	/** The same for a text that stands in no item. */
	text(text: string, where: string): string {
		return this.#parts.clean(text, where);
	}

	async #value(value: unknown, place: Place, where: string): Promise<unknown> {
		if (typeof value === 'string') return this.#parts.clean(value, where);
		if (Array.isArray(value)) return this.#list(value, place, where);
		if (typeof value !== 'object' || value === null) return value;
		if (isText(value)) return this.#readableText(value, where);
		if (isImage(value)) return this.#image(value, place);
		const kind = 'kind' in value && typeof value.kind === 'string' ? value.kind : where;
		const inside = ['answer', 'thinking', 'tool'].includes(kind) ? kind : where;
		const resolved: Record<string, unknown> = {};
		for (const [name, field] of Object.entries(value)) {
			if (name === 'kind') resolved[name] = field;
			// A key in a file has many lines, and is none when each is looked at by itself.
			else if (name === 'lines' && isLines(field)) resolved[name] = this.#parts.clean(field.join('\n'), inside).split('\n');
			else resolved[name] = await this.#value(field, place, inside);
		}
		return resolved;
	}

	async #list(values: readonly unknown[], place: Place, where: string): Promise<unknown[]> {
		const list: unknown[] = [];
		for (const value of values) list.push(await this.#value(value, place, where));
		return list;
	}

	#readableText({ text, fullLength }: ItemText, where: string): string {
		const { length } = text.slice(0, mostText);
		// Cleaned without what stands behind it: half a secret is known by standing at the end.
		const kept = this.#parts.clean(text.slice(0, mostText), where);
		return length === fullLength ? kept : `${kept}\n${filled(this.#parts.words.cut, fullLength - length)}`;
	}

	async #image({ mediaType, bytes, part }: ItemImage, place: Place): Promise<ResolvedImage> {
		const told = this.#parts.clean(mediaType, 'image');
		if (!this.#parts.choices.images || bytes > mostImageBytes) return { mediaType: told, bytes, data: null };
		try {
			const { base64 } = await this.#parts.reader.image({ ...place, part });
			return { mediaType: told, bytes, data: imageData(base64) };
		} catch (error) {
			if (!(error instanceof Error && 'reason' in error)) throw error;
			return { mediaType: told, bytes, data: null };
		}
	}
}

/** The item without what a person left out; null when that is all of it. */
export function withChoices(item: TranscriptItem, choices: ExportChoices): TranscriptItem | null {
	switch (item.kind) {
		case 'context':
			return choices.context ? item : null;
		case 'prompt':
			return choices.context ? item : { ...item, context: [] };
		case 'result':
			return choices.toolResults ? item : null;
		case 'command':
			return choices.toolResults ? item : { ...item, output: null };
		case 'assistant': {
			const blocks = item.blocks.flatMap(block => blockWithChoices(block, choices));
			// The figures of a response stand on its last item, whatever that held.
			return blocks.length === 0 && item.response === null ? null : { ...item, blocks };
		}
		default:
			return item;
	}
}

function blockWithChoices(block: AssistantBlock, choices: ExportChoices): readonly AssistantBlock[] {
	if (block.kind === 'thinking') return choices.thinking ? [block] : [];
	if (block.kind !== 'tool' || choices.toolResults) return [block];
	return [{ ...block, tool: { ...block.tool, result: [], detail: withoutResult(block.tool.detail) } }];
}

function withoutResult(detail: ToolDetail): ToolDetail {
	switch (detail.kind) {
		case 'shell':
			return { ...detail, output: null, errorOutput: null };
		case 'read':
			return { ...detail, content: null };
		case 'search':
			return { ...detail, content: null, files: [] };
		case 'web':
			return { ...detail, answer: null, links: [] };
		case 'agent':
			return { ...detail, answer: null };
		default:
			return detail;
	}
}

function isText(value: object): value is ItemText {
	return 'text' in value && 'fullLength' in value && 'part' in value;
}

function isImage(value: object): value is ItemImage {
	return 'mediaType' in value && 'bytes' in value && 'part' in value;
}

function isLines(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every(line => typeof line === 'string');
}
