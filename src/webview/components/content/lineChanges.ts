/**
 * An edit as lines that went and lines that came, with the words that differ between the two marked. The lines come from
 * the hunks that the record holds, or are found by comparing two texts.
 */
import { diffWordsWithSpace, structuredPatch } from 'diff';

/** As `diff` and Claude Code write them: each line begins with ` `, `+`, `-` or `\`. */
export interface Hunk {
	readonly oldStart: number;
	readonly newStart: number;
	readonly lines: readonly string[];
}

export interface ChangePiece {
	readonly text: string;
	readonly isChanged: boolean;
}

export interface ChangeLine {
	readonly kind: 'context' | 'removed' | 'added';
	/** Null where the line does not stand in that text, and for both when the place in the file is not known. */
	readonly oldNumber: number | null;
	readonly newNumber: number | null;
	readonly pieces: readonly ChangePiece[];
}

export interface ChangeHunk {
	readonly lines: readonly ChangeLine[];
}

/** Comparing two unlike texts takes the product of their lengths: past these, the old one went and the new one came. */
const longestSearch = { timeout: 150, maxEditLength: 3_000 } as const;
const longestLine = 1_000;
/** Lines that have less in common are two lines, and marks in them would be noise. */
const leastShared = 0.35;

/** `isPlaced`: the texts are whole files, so that their line numbers mean something. */
export function hunksOfTexts(before: string, after: string, isPlaced: boolean): readonly ChangeHunk[] {
	const patch = structuredPatch('', '', before, after, undefined, undefined, { context: 3, ...longestSearch });
	const hunks: readonly Hunk[] = patch?.hunks ?? [
		{ oldStart: 1, newStart: 1, lines: [...linesOf(before).map(line => `-${line}`), ...linesOf(after).map(line => `+${line}`)] },
	];
	const changes = changesOf(hunks);
	return isPlaced ? changes : changes.map(({ lines }) => ({ lines: lines.map(line => ({ ...line, oldNumber: null, newNumber: null })) }));
}

export function changesOf(hunks: readonly Hunk[]): readonly ChangeHunk[] {
	return hunks.map(hunk => ({ lines: withWords(numbered(hunk)) }));
}

export function countsOf(hunks: readonly ChangeHunk[]): { readonly added: number; readonly removed: number } {
	const lines = hunks.flatMap(hunk => hunk.lines);
	return { added: lines.filter(line => line.kind === 'added').length, removed: lines.filter(line => line.kind === 'removed').length };
}

function numbered({ oldStart, newStart, lines }: Hunk): readonly ChangeLine[] {
	let [oldNumber, newNumber] = [oldStart, newStart];
	const numberedLines: ChangeLine[] = [];
	for (const line of lines) {
		const pieces = [{ text: line.slice(1), isChanged: false }];
		switch (line[0]) {
			case '+':
				numberedLines.push({ kind: 'added', oldNumber: null, newNumber: newNumber++, pieces });
				break;
			case '-':
				numberedLines.push({ kind: 'removed', oldNumber: oldNumber++, newNumber: null, pieces });
				break;
			// "\ No newline at end of file" is about the line before it.
			case '\\':
				break;
			default:
				numberedLines.push({ kind: 'context', oldNumber: oldNumber++, newNumber: newNumber++, pieces });
		}
	}
	return numberedLines;
}

/** A stretch of lines that went and as many that came right after it are the same lines, changed. */
function withWords(lines: readonly ChangeLine[]): readonly ChangeLine[] {
	const marked = [...lines];
	let at = 0;
	while (at < lines.length) {
		const removed = runFrom(lines, at, 'removed');
		const added = runFrom(lines, at + removed, 'added');
		if (removed > 0 && removed === added) {
			for (let each = 0; each < removed; each++) {
				const [before, after] = [lines[at + each], lines[at + removed + each]];
				if (before === undefined || after === undefined) continue;
				const words = wordsOf(textOf(before), textOf(after));
				if (words === null) continue;
				marked[at + each] = { ...before, pieces: words.before };
				marked[at + removed + each] = { ...after, pieces: words.after };
			}
		}
		at += Math.max(1, removed + added);
	}
	return marked;
}

function runFrom(lines: readonly ChangeLine[], start: number, kind: ChangeLine['kind']): number {
	let end = start;
	while (lines[end]?.kind === kind) end++;
	return end - start;
}

function wordsOf(
	before: string,
	after: string,
): { readonly before: readonly ChangePiece[]; readonly after: readonly ChangePiece[] } | null {
	if (before.length > longestLine || after.length > longestLine) return null;
	const changes = diffWordsWithSpace(before, after);
	const shared = changes.reduce((sum, each) => sum + (each.added || each.removed ? 0 : each.value.trim().length), 0);
	if (shared < leastShared * Math.max(before.trim().length, after.trim().length)) return null;
	return {
		before: changes.filter(each => !each.added).map(each => ({ text: each.value, isChanged: each.removed })),
		after: changes.filter(each => !each.removed).map(each => ({ text: each.value, isChanged: each.added })),
	};
}

export function textOf(line: ChangeLine): string {
	return line.pieces.map(piece => piece.text).join('');
}

function linesOf(text: string): readonly string[] {
	return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
