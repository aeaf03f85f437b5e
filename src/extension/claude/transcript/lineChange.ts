import { listOf, objectOf, whole, type Fields } from './json.ts';

export interface LineChange {
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
}

const UNKNOWN: LineChange = { linesAdded: null, linesRemoved: null };

/** Lines an edit added and removed, from the patch in its result; a file written anew adds all its lines. Null for other tools. */
export function lineChangeOf(result: Fields | null): LineChange {
	if (result?.structuredPatch === undefined) return UNKNOWN;
	const hunks = listOf(result.structuredPatch);
	if (hunks.length === 0 && result.type === 'create') return { linesAdded: linesIn(whole(result.content)), linesRemoved: 0 };
	let linesAdded = 0;
	let linesRemoved = 0;
	for (const hunk of hunks) {
		for (const line of listOf(objectOf(hunk)?.lines)) {
			if (typeof line !== 'string') continue;
			if (line.startsWith('+')) linesAdded++;
			else if (line.startsWith('-')) linesRemoved++;
		}
	}
	return { linesAdded, linesRemoved };
}

function linesIn(text: unknown): number {
	if (typeof text !== 'string' || text === '') return 0;
	let count = text.endsWith('\n') ? 0 : 1;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
	return count;
}
