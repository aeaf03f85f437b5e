/** What a record is to the search: the documents it makes, and how it is told from another record at the same place. */
import { crc32 } from 'node:zlib';
import type { RecordText, RecordTexts } from '../claude/transcript/recordTexts.ts';
import { fold } from './folding.ts';
import { kindNumber } from './ranking.ts';

/** Of each text, so many characters can be found (docs/search.md). Ten times what a tool prints at most. */
export const longestText = 256 * 1024;

/** The searchable part of a text. */
export const searchable = (text: string): string => (text.length > longestText ? text.slice(0, longestText) : text);

const folded = new WeakMap<RecordText, string>();

/** Its searchable part, folded: once, as long as the record is kept. */
export function foldedOf(text: RecordText): string {
	let found = folded.get(text);
	if (found === undefined) {
		found = fold(searchable(text.text));
		folded.set(text, found);
	}
	return found;
}

/** The texts of one kind in a record. The path of a file is a text of the tool's input. */
export interface RecordDocument {
	readonly kind: number;
	readonly texts: readonly RecordText[];
}

/** Titles make none: a transcript repeats them again and again, and the index knows those that count. */
export function documentsOf({ texts }: RecordTexts): RecordDocument[] {
	const documents = new Map<number, RecordText[]>();
	for (const text of texts) {
		if (text.kind === 'title') continue;
		const kind = kindNumber(text.kind);
		const same = documents.get(kind);
		if (same === undefined) documents.set(kind, [text]);
		else same.push(text);
	}
	return [...documents].map(([kind, ofKind]) => ({ kind, texts: ofKind }));
}

/** 32 bits of its `uuid`; of a record without one, of its first bytes. */
export function printOf(uuid: string | null, bytes: Buffer, start: number, end: number): number {
	return uuid === null ? crc32(bytes.subarray(start, Math.min(end, start + 512))) : crc32(uuid);
}
