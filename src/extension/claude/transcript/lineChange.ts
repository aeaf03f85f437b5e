import { listOf, objectOf, Raw, whole, type Fields } from './json.ts';
import { scanList } from './scan.ts';
import { skipSpace, skipValue } from './skip.ts';
import { HUNK } from './wanted.ts';

export interface LineChange {
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
}

const UNKNOWN: LineChange = { linesAdded: null, linesRemoved: null };

/** Lines an edit added and removed, from the patch in its result; a file written anew adds all its lines. Null for other tools. */
export function lineChangeOf(result: Fields | null): LineChange {
	if (result?.structuredPatch === undefined) return UNKNOWN;
	const hunks = hunksOf(result.structuredPatch);
	if (hunks.length === 0 && result.type === 'create') return { linesAdded: linesIn(whole(result.content)), linesRemoved: 0 };
	let linesAdded = 0;
	let linesRemoved = 0;
	for (const hunk of hunks) {
		for (const mark of marksOf(objectOf(hunk)?.lines)) {
			if (mark === PLUS) linesAdded++;
			else if (mark === MINUS) linesRemoved++;
		}
	}
	return { linesAdded, linesRemoved };
}

const PLUS = 0x2b;
const MINUS = 0x2d;

const hunksOf = (patch: unknown): readonly unknown[] =>
	patch instanceof Raw ? (scanList(patch.bytes, patch.start, patch.end, HUNK) ?? listOf(patch)) : listOf(patch);

/** The first character of each line of a hunk; the lines themselves, often whole files, are not decoded. */
function marksOf(lines: unknown): readonly number[] {
	if (!(lines instanceof Raw)) return listOf(lines).map(line => (typeof line === 'string' ? line.charCodeAt(0) : 0));
	const marks: number[] = [];
	const { bytes, end } = lines;
	if (bytes[lines.start] !== 0x5b) return marks;
	for (let at = skipSpace(bytes, lines.start + 1, end); at < end && bytes[at] !== 0x5d;) {
		if (bytes[at] === 0x22) marks.push(bytes[at + 1] ?? 0);
		at = skipSpace(bytes, skipValue(bytes, at, end), end);
		if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1, end);
	}
	return marks;
}

function linesIn(text: unknown): number {
	if (typeof text !== 'string' || text === '') return 0;
	let count = text.endsWith('\n') ? 0 : 1;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
	return count;
}
