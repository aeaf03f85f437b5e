/**
 * What makes two spellings the same for a search: case, accents, full and half width, composed and decomposed characters.
 * Voiced Japanese syllables and Indic vowel signs stay what they are: they are no accents.
 */

export interface FoldedText {
	readonly text: string;
	/** What was folded: the given text, with composed characters. */
	readonly source: string;
	/** For each character of `text`, and one more for its end, where it stands in `source`; null where all stand at the same place. */
	readonly places: Uint32Array | null;
}

const notAscii = /[^\x00-\x7f]/;
const notAsciiRuns = /[^\x00-\x7f]+/g;
const accents = /[\u0300-\u036f\ufe00-\ufe0f]/g;
const folds = new Map<number, string>();

/** For words that are looked up. */
export function fold(text: string): string {
	if (!notAscii.test(text)) return text.toLowerCase();
	return text.normalize('NFC').replace(notAsciiRuns, foldRun).toLowerCase();
}

/** For texts in which something is shown: it knows where each character came from. */
export function foldWithPlaces(text: string): FoldedText {
	if (!notAscii.test(text)) return { text: text.toLowerCase(), source: text, places: null };
	const source = text.normalize('NFC');
	const parts: string[] = [];
	const places: number[] = [];
	for (let at = 0; at < source.length;) {
		const code = source.codePointAt(at) ?? 0;
		const folded = code < 0x80 ? (source[at] ?? '').toLowerCase() : foldOf(code);
		parts.push(folded);
		for (let i = 0; i < folded.length; i++) places.push(at);
		at += code > 0xffff ? 2 : 1;
	}
	places.push(source.length);
	return { text: parts.join(''), source, places: Uint32Array.from(places) };
}

function foldRun(run: string): string {
	let folded = '';
	for (let at = 0; at < run.length;) {
		const code = run.codePointAt(at) ?? 0;
		folded += foldOf(code);
		at += code > 0xffff ? 2 : 1;
	}
	return folded;
}

function foldOf(code: number): string {
	let folded = folds.get(code);
	if (folded === undefined) {
		folded = String.fromCodePoint(code).normalize('NFKD').replace(accents, '').toLowerCase().normalize('NFKC').replace('ς', 'σ');
		folds.set(code, folded);
	}
	return folded;
}
