/**
 * What a text says to whoever reads it on: a terminal leaves out colours, an eye what has no width, and a program that reads JSON
 * takes `\n` for the end of a line. A secret has its shape there, and not always in the characters as they stand.
 */
import { terminalCode } from '../claude/transcript/terminalCodes.ts';

export { withoutTerminalCodes } from '../claude/transcript/terminalCodes.ts';

/** The text in one way to read it. */
export interface Reading {
	readonly text: string;
	/** Where a stretch of it stands in the text that was asked about. */
	readonly placeOf: (from: number, to: number) => Place;
}

/** From the first character to before the last. */
export interface Place {
	readonly from: number;
	readonly to: number;
}

/** JSON within JSON: an input of a tool that is the input of another. */
const mostEscaping = 2;

/** What no terminal shows, and no eye sees. Tabs and ends of lines are seen. */
const unseen = new RegExp(`${terminalCode.source}|(?:(?![\\t\\n\\r])[\\p{Cc}\\p{Cf}])+`, 'gu');
const escape = /\\(?:u[0-9a-fA-F]{4}|[nrt"'`\\/])/g;
const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** As it stands, as it is seen, and as it is meant where it holds escapes, once and twice: those that differ. */
export function readingsOf(text: string): readonly Reading[] {
	let reading: Reading = { text, placeOf: (from, to) => ({ from, to }) };
	const readings = [reading];
	const read = (pattern: RegExp, meaning: (found: string) => string): boolean => {
		const next = reread(reading, pattern, meaning);
		if (next === null) return false;
		reading = next;
		readings.push(next);
		return true;
	};
	const see = (): boolean => read(unseen, () => '');
	see();
	for (let depth = 0; depth < mostEscaping && read(escape, meant); depth++) see();
	return readings;
}

function meant(found: string): string {
	const sign = found.charAt(1);
	return sign === 'u' ? String.fromCharCode(Number.parseInt(found.slice(2), 16)) : (meanings[sign] ?? sign);
}

/** Null where nothing matches. A meaning is one character or none. */
function reread({ text, placeOf }: Reading, pattern: RegExp, meaning: (found: string) => string): Reading | null {
	// Of each piece that reads otherwise: where it ends, in what is read and in the text.
	const ends: number[] = [];
	const sources: { readonly from: number; readonly to: number; readonly length: number }[] = [];
	let shorter = 0;
	const read = text.replace(pattern, (found: string, ...rest: unknown[]) => {
		const from = rest.find(part => typeof part === 'number') ?? 0;
		const means = meaning(found);
		sources.push({ from, to: from + found.length, length: means.length });
		shorter += found.length - means.length;
		ends.push(from + found.length - shorter);
		return means;
	});
	if (sources.length === 0) return null;
	/** The piece that a character of what is read stands for. */
	const pieceAt = (at: number): Place => {
		let [low, high] = [0, ends.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((ends[middle] ?? 0) <= at) low = middle + 1;
			else high = middle;
		}
		const next = sources[low];
		if (next?.length === 1 && (ends[low] ?? 0) === at + 1) return next;
		const from = at + (low === 0 ? 0 : (sources[low - 1]?.to ?? 0) - (ends[low - 1] ?? 0));
		return { from, to: from + 1 };
	};
	return { text: read, placeOf: (from, to) => placeOf(pieceAt(from).from, pieceAt(to - 1).to) };
}
