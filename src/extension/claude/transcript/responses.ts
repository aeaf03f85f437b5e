import type { ResponseFact, Tokens } from '../facts.ts';
import { countOf, objectOf, type Fields } from './json.ts';

export const SYNTHETIC = '<synthetic>';

/**
 * Tokens of a `usage` object (MODEL-6): cache writes are the larger of the flat figure and the sum of its parts, and
 * what the parts do not explain are 5-minute writes.
 */
export function tokensOf(usage: Fields | null): Tokens {
	const parts = objectOf(usage?.cache_creation);
	const hour = countOf(parts?.ephemeral_1h_input_tokens);
	const fiveMinutes = countOf(parts?.ephemeral_5m_input_tokens);
	return {
		input: countOf(usage?.input_tokens),
		output: countOf(usage?.output_tokens),
		cacheRead: countOf(usage?.cache_read_input_tokens),
		cacheWrite5m: Math.max(fiveMinutes, countOf(usage?.cache_creation_input_tokens) - hour),
		cacheWrite1h: hour,
	};
}

const totalOf = (tokens: Tokens): number => tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

/**
 * What two facts about one response come to: a record's figures beat those of a progress message; then the larger
 * output, then the larger total, then the earlier one; the time is the earliest of both. The order of merging does not matter
 * except between equals.
 */
export function mergeResponses(earlier: ResponseFact, later: ResponseFact): ResponseFact {
	const best = isBetter(later, earlier) ? later : earlier;
	const firstMs =
		earlier.firstMs === null || later.firstMs === null ? (earlier.firstMs ?? later.firstMs) : Math.min(earlier.firstMs, later.firstMs);
	return firstMs === best.firstMs ? best : { ...best, firstMs };
}

function isBetter(a: ResponseFact, b: ResponseFact): boolean {
	if (a.source !== b.source) return a.source === 'record';
	if (a.tokens.output !== b.tokens.output) return a.tokens.output > b.tokens.output;
	return totalOf(a.tokens) > totalOf(b.tokens);
}

/**
 * How many responses are remembered from one reading to the next. Records of one response lie at most one other response
 * apart in real files (5,174 records measured); replays lie further, and for them facts of one key merge where they are stored.
 */
const REMEMBERED = 2;

/** The responses of which more records may come, in order of their last record. */
export class OpenResponses {
	#open: ResponseFact[];
	#isUntold: boolean[];

	constructor(remembered: readonly ResponseRow[]) {
		this.#open = remembered.map(responseOf);
		this.#isUntold = remembered.map(() => false);
	}

	/** Takes the figures of one more record; what is pushed out is final and goes to `facts`. */
	add(fact: ResponseFact, facts: ResponseFact[]): void {
		const at = this.#open.findIndex(open => open.key === fact.key);
		const known = this.#open[at];
		const merged = known === undefined ? fact : mergeResponses(known, fact);
		const isUntold = known !== merged || this.#isUntold[at] === true;
		if (at >= 0) {
			this.#open.splice(at, 1);
			this.#isUntold.splice(at, 1);
		}
		this.#open.push(merged);
		this.#isUntold.push(isUntold);
		if (this.#open.length <= REMEMBERED) return;
		const oldest = this.#open.shift();
		if (this.#isUntold.shift() === true && oldest !== undefined) facts.push(oldest);
	}

	/** Everything learned since the last call. */
	tell(facts: ResponseFact[]): void {
		this.#open.forEach((open, i) => {
			if (this.#isUntold[i] === true) facts.push(open);
			this.#isUntold[i] = false;
		});
	}

	memory(): readonly ResponseRow[] {
		return this.#open.map(rowOf);
	}
}

/** A fact without its field names: the memory of every file stands in the index. */
export type ResponseRow = readonly [
	...identity: readonly [key: number, model: string, firstMs: number | null, isProgress: 0 | 1, isFast: 0 | 1, isSidechain: 0 | 1],
	...counts: readonly [input: number, output: number, cacheRead: number, write5m: number, write1h: number, webSearches: number],
];

const rowOf = ({ key, model, firstMs, source, isFast, isSidechain, tokens, webSearches }: ResponseFact): ResponseRow => [
	key,
	model,
	firstMs,
	source === 'progress' ? 1 : 0,
	isFast ? 1 : 0,
	isSidechain ? 1 : 0,
	tokens.input,
	tokens.output,
	tokens.cacheRead,
	tokens.cacheWrite5m,
	tokens.cacheWrite1h,
	webSearches,
];

function responseOf(row: ResponseRow): ResponseFact {
	const [key, model, firstMs, isProgress, isFast, isSidechain, input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches] = row;
	return {
		key,
		source: isProgress === 1 ? 'progress' : 'record',
		firstMs,
		model,
		tokens: { input, output, cacheRead, cacheWrite5m, cacheWrite1h },
		webSearches,
		isFast: isFast === 1,
		isSidechain: isSidechain === 1,
	};
}
