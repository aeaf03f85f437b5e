/**
 * What makes two spellings the same for a search: case, accents, full and half width, composed and decomposed characters, and the
 * quotation marks that keyboards and word processors set by themselves.
 * Voiced Japanese syllables and Indic vowel signs stay what they are: they are no accents.
 */

const notAscii = /[^\x00-\x7f]/;
const notAsciiRuns = /[^\x00-\x7f]+/g;
const accents = /[\u0300-\u036f\ufe00-\ufe0f]/g;
/** What stands for `'` and `"`, as one character each: it separates words as they do. */
const apostrophes = /[‘’‚‛]/;
export const curlyQuotes = '“”„‟';
const folds = new Map<number, string>();

/** For words that are looked up. */
export function fold(text: string): string {
	if (!notAscii.test(text)) return text.toLowerCase();
	return text.normalize('NFC').replace(notAsciiRuns, foldRun).toLowerCase();
}

/** The text whose places are those that `sourcePlaces` gives: with composed characters. */
export const sourceOf = (text: string): string => (notAscii.test(text) ? text.normalize('NFC') : text);

/** Where places of the folded text, in ascending order, stand in the source that was folded. */
export function sourcePlaces(source: string, folded: readonly number[]): number[] {
	const places: number[] = [];
	// Both places of the same character; between two runs of other characters they go on side by side.
	let at = 0;
	let inFolded = 0;
	const passPlain = (end: number): void => {
		for (let next = folded[places.length]; next !== undefined && next < inFolded + end - at; next = folded[places.length]) {
			places.push(at + next - inFolded);
		}
		inFolded += end - at;
		at = end;
	};
	for (const run of source.matchAll(notAsciiRuns)) {
		passPlain(run.index);
		for (const end = run.index + run[0].length; at < end && places.length < folded.length;) {
			const code = source.codePointAt(at) ?? 0;
			const length = foldOf(code).length;
			while ((folded[places.length] ?? Number.POSITIVE_INFINITY) < inFolded + length) places.push(at);
			inFolded += length;
			at += code > 0xffff ? 2 : 1;
		}
		if (places.length === folded.length) return places;
	}
	passPlain(source.length);
	while (places.length < folded.length) places.push(source.length);
	return places;
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
		folded = foldOfCharacter(String.fromCodePoint(code));
		folds.set(code, folded);
	}
	return folded;
}

function foldOfCharacter(character: string): string {
	if (apostrophes.test(character)) return "'";
	if (curlyQuotes.includes(character)) return '"';
	return character.normalize('NFKD').replace(accents, '').toLowerCase().normalize('NFKC').replace('ς', 'σ');
}
