/** What a person sees of a hit: a line around what was found. Pure. */
import type { RecordText } from '../claude/transcript/recordTexts.ts';
import type { SearchSnippet, TextRange } from '../../webview/contract/search.ts';
import type { Finder } from './clause.ts';
import { searchable } from './document.ts';
import { sourceOf, sourcePlaces } from './folding.ts';

/** In characters of JavaScript. */
const before = 60;
const longest = 240;
/** A rest that is no longer than this is shown, too. */
const rest = 24;
/** More occurrences of a clause in one text do not make the line better. */
const mostFound = 50;

export interface ShownText {
	readonly text: RecordText;
	readonly snippet: SearchSnippet;
}

export interface FoldedText {
	readonly text: RecordText;
	/** What `fold` makes of its searchable part. */
	readonly folded: string;
}

interface Match extends TextRange {
	readonly clause: number;
}

/** The text in which most clauses stand close together, and that place in it. Null when there is no text. */
export function snippetOf(texts: readonly FoldedText[], finders: readonly Finder[]): ShownText | null {
	let best: { text: RecordText; window: readonly Match[]; clauses: number } | null = null;
	for (const { text, folded } of texts) {
		const matches = finders
			.flatMap((finder, clause) => finder.all(folded, mostFound).map(({ start, end }) => ({ clause, start, end })))
			.sort((a, b) => a.start - b.start || b.end - a.end);
		const window = closest(matches);
		const clauses = new Set(window.map(match => match.clause)).size;
		if (best === null || clauses > best.clauses) best = { text, window, clauses };
		if (clauses === finders.length) break;
	}
	if (best === null) return null;
	const source = sourceOf(searchable(best.text.text));
	return { text: best.text, snippet: lineOf(source, inSource(source, best.window)) };
}

/** Matches in the folded text, as they stand in its source. */
function inSource(source: string, window: readonly TextRange[]): TextRange[] {
	const places = [...new Set(window.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
	const sources = new Map(sourcePlaces(source, places).map((place, at) => [places[at], place]));
	return window.map(({ start, end }) => ({ start: sources.get(start) ?? 0, end: sources.get(end) ?? 0 }));
}

/** The first place where the most different clauses stand within the length of a line. */
function closest(matches: readonly Match[]): readonly Match[] {
	let best: readonly Match[] = [];
	let bestClauses = 0;
	for (const [from, first] of matches.entries()) {
		const window: Match[] = [];
		for (const match of matches.slice(from)) {
			if (match.start - first.start > longest - before) break;
			window.push(match);
		}
		const clauses = new Set(window.map(({ clause }) => clause)).size;
		if (clauses > bestClauses) {
			best = window;
			bestClauses = clauses;
		}
	}
	return best;
}

function lineOf(source: string, window: readonly TextRange[]): SearchSnippet {
	const [first] = window;
	const from = (first?.start ?? 0) - before;
	const start = from <= rest ? 0 : wordStart(source, from, first?.start ?? 0);
	// What was found may itself be longer than a line.
	const most = Math.max(start + longest, Math.min(first?.end ?? 0, start + longest * 2));
	const end = source.length - most <= rest ? source.length : wholeCharacter(source, most);
	const parts: string[] = [];
	const matches: TextRange[] = [];
	let length = 0;
	const push = (text: string): void => {
		parts.push(text);
		length += text.length;
	};
	let at = start;
	for (const match of window) {
		if (match.end <= at || match.start >= end) continue;
		const from = Math.max(at, match.start);
		push(plain(source.slice(at, from)));
		const matchStart = length;
		push(plain(source.slice(from, Math.min(match.end, end))));
		if (length > matchStart) matches.push({ start: matchStart, end: length });
		at = Math.min(match.end, end);
	}
	push(plain(source.slice(at, end)));
	const isMore = (text: string): boolean => text.trim() !== '';
	return { text: parts.join(''), matches, isCutBefore: isMore(source.slice(0, start)), isCutAfter: isMore(source.slice(end)) };
}

/** Control characters and marks that turn the direction of writing would change what stands beside them. */
const plain = (text: string): string => text.toWellFormed().replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ');

/** The beginning of a word near a place, so that no word is shown by half; at the place itself when there is none near. */
function wordStart(text: string, at: number, last: number): number {
	if (at === 0) return 0;
	const space = text.slice(at, Math.min(last, at + 20)).search(/\s/);
	return space >= 0 ? at + space + 1 : wholeCharacter(text, at);
}

/** Not between the halves of a character. */
function wholeCharacter(text: string, at: number): number {
	const code = text.charCodeAt(at);
	return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
