/**
 * Which words a text has. Letters and digits make a word, everything else separates words. Scripts that are written without
 * spaces have none to separate them: of these every two neighbouring characters are a word, and the last one by itself.
 */
import { fold } from './folding.ts';

/** Of a longer word, what is beyond is in no dictionary and is checked at the transcript. */
export const longestWord = 40;

export const separator = 0;
export const letter = 1;
/** Han, Kana, Hangul, Thai and their like. */
export const unspaced = 2;
export type CharacterClass = typeof separator | typeof letter | typeof unspaced;

const unspacedScripts =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々〆ー]/u;
const letters = /[\p{L}\p{N}\p{M}]/u;

const unknown = 255;
const classes = new Uint8Array(0x10000).fill(unknown);

/** Of a character as `charCodeAt` gives it; half a pair of surrogates is told by `classAt`. */
function classOf(code: number): number {
	let found = classes[code] ?? separator;
	if (found === unknown) {
		found = classOfCharacter(String.fromCharCode(code));
		classes[code] = found;
	}
	return found;
}

function classOfCharacter(character: string): CharacterClass {
	if (unspacedScripts.test(character)) return unspaced;
	return letters.test(character) ? letter : separator;
}

/** Of the character that begins at a place of a text; `length` is how many places it takes. */
export function classAt(text: string, at: number): { readonly class: number; readonly length: number } {
	const code = text.codePointAt(at) ?? 0;
	if (code > 0xffff) return { class: classOfCharacter(String.fromCodePoint(code)), length: 2 };
	return { class: code >= 0xd800 && code <= 0xdfff ? separator : classOf(code), length: 1 };
}

/** A stretch of characters of one class in a folded text. */
export interface Run {
	readonly start: number;
	readonly end: number;
	readonly class: typeof letter | typeof unspaced;
}

export function* runsOf(folded: string): Generator<Run, void> {
	let start = 0;
	let current: number = separator;
	for (let at = 0; at < folded.length;) {
		const code = folded.charCodeAt(at);
		let found: number;
		let length = 1;
		if (code >= 0xd800 && code <= 0xdfff) ({ class: found, length } = classAt(folded, at));
		else found = classOf(code);
		if (found !== current) {
			if (current === letter || current === unspaced) yield { start, end: at, class: current };
			start = at;
			current = found;
		}
		at += length;
	}
	if (current === letter || current === unspaced) yield { start, end: folded.length, class: current };
}

/** The words of a text as the search index has them, each as often as it stands there. */
export function eachWord(text: string, take: (word: string) => void): void {
	const folded = fold(text);
	// As `runsOf` does, without an object for each word: this is where building the search index spends its time.
	for (let at = 0; at < folded.length;) {
		if (!isPlainLetter(folded, at)) {
			const { class: found, length } = classAt(folded, at);
			if (found === separator) {
				at += length;
				continue;
			}
		}
		const start = at;
		while (at < folded.length && isPlainLetter(folded, at)) at++;
		if (at > start && (at === folded.length || folded.charCodeAt(at) < 0x80)) take(cut(folded, start, at));
		else at = takeRun(folded, start, take);
	}
}

/** The words of the run that begins at a place; answers where it ends. */
function takeRun(folded: string, start: number, take: (word: string) => void): number {
	const { class: found } = classAt(folded, start);
	let end = start;
	while (end < folded.length) {
		const next = classAt(folded, end);
		if (next.class !== found) break;
		end += next.length;
	}
	if (found === letter) take(cut(folded, start, end));
	else for (const pair of pairsOf(folded.slice(start, end), true)) take(pair);
	return end;
}

/** Of a folded text: a letter or digit of ASCII. */
function isPlainLetter(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** A word as it is in the dictionary. */
function cut(text: string, start: number, end: number): string {
	if (end - start <= longestWord) return text.slice(start, end);
	return cutWord(text.slice(start, start + longestWord));
}

/** The beginning of a word that is too long, as the dictionary has it. */
export function cutWord(word: string): string {
	const short = word.slice(0, longestWord);
	const last = short.charCodeAt(short.length - 1);
	return last >= 0xd800 && last <= 0xdbff ? short.slice(0, -1) : short;
}

/** Every two neighbouring characters; with `isWhole` also the last by itself, which no pair begins with. */
export function pairsOf(run: string, isWhole: boolean): string[] {
	const characters = Array.from(run);
	const pairs: string[] = [];
	for (let i = 0; i + 1 < characters.length; i++) pairs.push((characters[i] ?? '') + (characters[i + 1] ?? ''));
	if (isWhole) pairs.push(characters.at(-1) ?? '');
	return pairs;
}
