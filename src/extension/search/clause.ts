/** One part of a query that a text must hold, or must not: what the dictionary is asked for, and what is then looked for in the text. */
import { fold } from './folding.ts';
import { classAt, cutWord, letter, longestWord, pairsOf, runsOf } from './words.ts';

/** What a word of the dictionary must be like. */
export interface Term {
	readonly kind: 'word' | 'prefix' | 'suffix' | 'infix';
	readonly text: string;
}

export interface Clause {
	/** For people. */
	readonly typed: string;
	/** Folded, with single spaces. */
	readonly needle: string;
	/** It must not begin, or end, in the middle of a word. */
	readonly startsWord: boolean;
	readonly endsWord: boolean;
	readonly isExcluded: boolean;
	/** All of them must stand in the text; none where it consists of signs only. */
	readonly terms: readonly Term[];
	/** A text with these words is sure to hold it. */
	readonly isExact: boolean;
	/** One plain word: looked for inside words when it stands nowhere by itself. */
	readonly isPlainWord: boolean;
}

export interface ClauseRequest {
	readonly text: string;
	readonly isExcluded: boolean;
	/** The last word may go on. */
	readonly isOpenEnd: boolean;
	/** Also the first word may have begun before. */
	readonly isOpenStart: boolean;
}

/** Null when nothing is left to look for. */
export function clauseOf({ text, isExcluded, isOpenEnd, isOpenStart }: ClauseRequest): Clause | null {
	const needle = fold(text.toWellFormed()).replace(/\s+/g, ' ').trim();
	if (needle === '') return null;
	const runs = [...runsOf(needle)];
	const terms: Term[] = [];
	for (const run of runs) {
		const piece = needle.slice(run.start, run.end);
		if (run.class !== letter) {
			const pairs = pairsOf(piece, false);
			if (pairs.length > 0) terms.push(...pairs.map((pair): Term => ({ kind: 'word', text: pair })));
			// Every pair that begins with it, and itself where it is the last of its run.
			else terms.push({ kind: 'prefix', text: piece });
			continue;
		}
		const start = isOpenStart && run.start === 0;
		const end = isOpenEnd && run.end === needle.length;
		terms.push({ kind: start ? (end ? 'infix' : 'suffix') : end ? 'prefix' : 'word', text: piece });
	}
	const [first] = runs;
	const isOneRun = runs.length === 1 && first?.start === 0 && first.end === needle.length;
	const isShort = needle.length < longestWord && terms.length === 1;
	return {
		typed: text,
		needle,
		startsWord: !isOpenStart && first?.start === 0 && first.class === letter,
		endsWord: !isOpenEnd && runs.at(-1)?.end === needle.length && runs.at(-1)?.class === letter,
		isExcluded,
		terms: terms.map(({ kind, text: word }) => ({ kind, text: kind === 'infix' || kind === 'suffix' ? word : cutWord(word) })),
		isExact: isOneRun && isShort,
		isPlainWord: isOneRun && first.class === letter && !isOpenStart,
	};
}

/** The same, looked for inside of words, too. */
export function inside(clause: Clause): Clause {
	return clauseOf({ text: clause.needle, isExcluded: clause.isExcluded, isOpenEnd: true, isOpenStart: true }) ?? clause;
}

export interface Found {
	readonly start: number;
	readonly end: number;
}

/** Where a clause stands in a folded text. Runs of white space are as one space. */
export class Finder {
	readonly #clause: Clause;
	/** Null where there is no space in it: plain text is found several times as fast. */
	readonly #pattern: RegExp | null;

	constructor(clause: Clause) {
		const { needle } = clause;
		this.#clause = clause;
		this.#pattern = needle.includes(' ') ? new RegExp(needle.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s+'), 'g') : null;
	}

	first(folded: string): Found | null {
		return this.all(folded, 1)[0] ?? null;
	}

	all(folded: string, most: number): Found[] {
		const found: Found[] = [];
		for (let next = this.#next(folded, 0); next !== null && found.length < most;) {
			const isWhole = this.#isWhole(folded, next.start, next.end);
			if (isWhole) found.push(next);
			next = this.#next(folded, isWhole ? next.end : next.start + 1);
		}
		return found;
	}

	#next(folded: string, from: number): Found | null {
		const pattern = this.#pattern;
		if (pattern === null) {
			const { needle } = this.#clause;
			const start = folded.indexOf(needle, from);
			return start < 0 ? null : { start, end: start + needle.length };
		}
		pattern.lastIndex = from;
		const match = pattern.exec(folded);
		return match === null ? null : { start: match.index, end: match.index + match[0].length };
	}

	#isWhole(folded: string, start: number, end: number): boolean {
		const { startsWord, endsWord } = this.#clause;
		if (startsWord && start > 0 && classBefore(folded, start) === letter) return false;
		return !(endsWord && end < folded.length && classAt(folded, end).class === letter);
	}
}

function classBefore(text: string, at: number): number {
	const code = text.charCodeAt(at - 1);
	const isLowHalf = code >= 0xdc00 && code <= 0xdfff && at > 1;
	return classAt(text, isLowHalf ? at - 2 : at - 1).class;
}
