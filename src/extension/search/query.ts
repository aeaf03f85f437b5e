/**
 * The language of queries: words, `"phrases"`, `begin*`, `~inside`, `-not`, and filters such as `file:` and `before:`
 * (docs/search.md). Whatever is no query of it is looked for as it was typed; nothing a person can type is an error.
 */
import { type Clause, clauseOf } from './clause.ts';
import { type Filter, type FilterName, filterNames } from './filters.ts';
import { curlyQuotes } from './folding.ts';
import { classAt, letter } from './words.ts';

export interface QueryProblem {
	readonly kind: 'nothing to look for' | 'open quote' | 'not a date' | 'no value' | 'only exclusions' | 'too long';
	readonly text: string;
}

export interface ParsedQuery {
	readonly clauses: readonly Clause[];
	readonly filters: readonly Filter[];
	/** From the beginning of the day `after` to the beginning of the day `before`, both in the viewer's zone; null for open ends. */
	readonly fromMs: number | null;
	readonly toMs: number | null;
	readonly problems: readonly QueryProblem[];
}

export interface QueryContext {
	/** The last word counts as the beginning of one. */
	readonly isTyping: boolean;
	/** The first instant of a day `YYYY-MM-DD` in the viewer's zone. */
	readonly startOf: (day: string) => number;
	/** Today and so on, in the viewer's zone. */
	readonly today: string;
}

/** Nobody types more, and each costs time. */
const mostClauses = 32;
const longestQuery = 2000;

interface Token {
	readonly raw: string;
	readonly isExcluded: boolean;
	/** Before the colon of a filter, in lower case. */
	readonly name: string | null;
	readonly isInside: boolean;
	readonly isQuoted: boolean;
	readonly isOpenQuote: boolean;
	readonly value: string;
	/** Nothing follows it, not even a space. */
	readonly isLast: boolean;
}

export function parseQuery(text: string, context: QueryContext): ParsedQuery {
	const clauses: Clause[] = [];
	const filters: Filter[] = [];
	const problems: QueryProblem[] = [];
	let fromMs: number | null = null;
	let toMs: number | null = null;
	if (text.length > longestQuery) problems.push({ kind: 'too long', text: '' });
	for (const token of tokensOf(text.slice(0, longestQuery))) {
		if (token.isOpenQuote && !(token.isLast && context.isTyping)) problems.push({ kind: 'open quote', text: token.raw });
		if (token.name === 'before' || token.name === 'after') {
			const at = instantOf(token.value, context);
			if (at === null) {
				if (!(token.isLast && context.isTyping)) problems.push({ kind: token.value === '' ? 'no value' : 'not a date', text: token.raw });
			} else if ((token.name === 'before') !== token.isExcluded) toMs = Math.min(toMs ?? at, at);
			else fromMs = Math.max(fromMs ?? at, at);
			continue;
		}
		if (token.name !== null) {
			const value = token.value.trim().toLowerCase();
			if (value !== '') filters.push({ name: token.name as FilterName, value, isWhole: token.isQuoted, isExcluded: token.isExcluded });
			else if (!(token.isLast && context.isTyping)) problems.push({ kind: 'no value', text: token.raw });
			continue;
		}
		const clause = clauseIn(token, context);
		if (clause === null) continue;
		if (clauses.length < mostClauses) clauses.push(clause);
		else if (!problems.some(({ kind }) => kind === 'too long')) problems.push({ kind: 'too long', text: token.raw });
	}
	const hasFilter = filters.length > 0 || fromMs !== null || toMs !== null;
	if (clauses.length > 0 && clauses.every(clause => clause.isExcluded) && !hasFilter) {
		problems.push({ kind: 'only exclusions', text: text.trim() });
	} else if (clauses.length === 0 && !hasFilter) problems.push({ kind: 'nothing to look for', text: text.trim() });
	return { clauses, filters, fromMs, toMs, problems };
}

function clauseIn(token: Token, { isTyping }: QueryContext): Clause | null {
	const { isExcluded, isQuoted, isInside } = token;
	let { value } = token;
	const hasStar = value.endsWith('*') && endsInWord(value.slice(0, -1));
	if (hasStar) value = value.slice(0, -1);
	// A sentence's signs are not meant, a program's are: `foo(` but not `why?`.
	else if (!isQuoted && !isInside) value = value.replace(/(?<=[\p{L}\p{N}\p{M}])[,.;:?!]+$/u, '');
	const goesOn = isTyping && token.isLast && (!isQuoted || token.isOpenQuote) && endsInWord(value);
	return clauseOf({ text: value, isExcluded, isOpenEnd: isInside || hasStar || goesOn, isOpenStart: isInside });
}

function endsInWord(text: string): boolean {
	const last = Array.from(text.slice(-2)).at(-1) ?? '';
	return last !== '' && classAt(last, 0).class === letter;
}

function* tokensOf(text: string): Generator<Token, void> {
	for (let at = 0; at < text.length;) {
		if (isSpace(text, at)) {
			at++;
			continue;
		}
		const start = at;
		// `-word` and `-"words"`, but not an arrow.
		const isExcluded = text[at] === '-' && beginsExcluded.test(text.slice(at + 1, at + 3));
		if (isExcluded) at++;
		const name = nameAt(text, at);
		if (name !== null) at += name.length + 1;
		const isInside = name === null && text[at] === '~' && at + 1 < text.length && !isSpace(text, at + 1);
		if (isInside) at++;
		const isQuoted = isQuote(text[at]);
		let value: string;
		let isOpenQuote = false;
		if (isQuoted) {
			const end = closingQuote(text, at);
			isOpenQuote = end < 0;
			value = text.slice(at + 1, isOpenQuote ? undefined : end);
			at = isOpenQuote ? text.length : end + 1;
			// `"to be"*`: the last word may go on.
			if (text[at] === '*') {
				value += '*';
				at++;
			}
		} else {
			const from = at;
			while (at < text.length && !isSpace(text, at)) at++;
			value = text.slice(from, at);
		}
		// Signs of the language that have nothing to apply to, as they are typed before what follows.
		if (name === null && (value === '-' || value === '~' || value === '*')) continue;
		const raw = text.slice(start, at);
		yield { raw, isExcluded, name, isInside, isQuoted, isOpenQuote, value, isLast: at >= text.length };
	}
}

const beginsExcluded = new RegExp(`^[\\p{L}\\p{N}\\p{M}"~${curlyQuotes}]`, 'u');

const isQuote = (character: string | undefined): boolean =>
	character !== undefined && (character === '"' || curlyQuotes.includes(character));

/** Of the quote at a place; -1 where it is open. Between straight ones, others are text; the others end at whatever a keyboard makes of them. */
function closingQuote(text: string, at: number): number {
	if (text[at] === '"') return text.indexOf('"', at + 1);
	for (let end = at + 1; end < text.length; end++) if (isQuote(text[end])) return end;
	return -1;
}

function nameAt(text: string, at: number): string | null {
	const name = /^([a-z]+):/i.exec(text.slice(at, at + 12))?.[1]?.toLowerCase();
	return name !== undefined && ((filterNames as readonly string[]).includes(name) || name === 'before' || name === 'after') ? name : null;
}

const isSpace = (text: string, at: number): boolean => /\s/.test(text[at] ?? '');

/** The beginning of `2026-03-01`, `2026-03`, `2026`, `today`, `yesterday`, or of the day `7d`, `2w`, `3m`, `1y` ago; null for anything else. */
function instantOf(value: string, { startOf, today }: QueryContext): number | null {
	const day = dayOf(value.trim().toLowerCase(), today);
	const at = day === null ? Number.NaN : startOf(day);
	return Number.isFinite(at) ? at : null;
}

function dayOf(value: string, today: string): string | null {
	if (value === 'today') return today;
	if (value === 'yesterday') return shifted(today, 0, -1);
	const ago = /^(\d{1,4})([dwmy])$/.exec(value);
	if (ago !== null) {
		const count = Number(ago[1]);
		const day =
			ago[2] === 'd' || ago[2] === 'w'
				? shifted(today, 0, ago[2] === 'd' ? -count : -count * 7)
				: shifted(today, -count * (ago[2] === 'm' ? 1 : 12), 0);
		return day === '' ? null : day;
	}
	const date = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(value);
	if (date === null) return null;
	const [, year = '', month = '1', day = '1'] = date;
	const first = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	// A day that does not exist, such as 30 February, comes back as another.
	return Number(year) < 1970 || shifted(first, 0, 0) !== first ? null : first;
}

/** A day so many months and days later; empty when there is no such day. */
function shifted(day: string, months: number, days: number): string {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	const target = new Date(Date.UTC(year, month - 1 + months, 1));
	const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
	const inMonth = months === 0 ? date : Math.min(date, lastDay);
	const at = Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), inMonth + days);
	return Number.isFinite(at) && at > -1e14 && at < 2e14 ? new Date(at).toISOString().slice(0, 10) : '';
}
