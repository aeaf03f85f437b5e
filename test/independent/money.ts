// What answers cost at the vendor's list prices, in US dollars: rates per million tokens by model, written down from the vendor's pages.
import type { Tokens } from './responses.ts';

/** Input and output; caches follow from the input price: 0.1 to read, 1.25 to write for five minutes, 2 for an hour. */
type Pair = readonly [input: number, output: number];

interface Rates {
	readonly base: Pair;
	/** For every token of a request of more than 200,000 input tokens, until the day named. */
	readonly long?: Pair;
	readonly longUntil?: string;
	readonly fast?: Pair;
}

const dated = (name: string): RegExp => new RegExp(`^${name}(-\\d{8})?$`);

const rates: readonly (readonly [RegExp, Rates])[] = [
	[dated('claude-opus-4-6'), { base: [5, 25], long: [10, 37.5], longUntil: '2026-03-13', fast: [30, 150] }],
	[dated('claude-opus-4-7'), { base: [5, 25], fast: [30, 150] }],
	[dated('claude-opus-4-8'), { base: [5, 25], fast: [10, 50] }],
	[dated('claude-opus-5'), { base: [5, 25], fast: [10, 50] }],
	[dated('claude-opus-4-5'), { base: [5, 25] }],
	[dated('claude-opus-4(-1)?'), { base: [15, 75] }],
	[dated('claude-sonnet-4-6'), { base: [3, 15], long: [6, 22.5], longUntil: '2026-03-13' }],
	[dated('claude-sonnet-4(-5)?'), { base: [3, 15], long: [6, 22.5] }],
	[dated('claude-sonnet-5'), { base: [2, 10] }],
	[dated('claude-haiku-4-5'), { base: [1, 5] }],
	[dated('claude-fable-5'), { base: [10, 50] }],
	[dated('claude-3-sonnet'), { base: [3, 15] }],
	[/^claude-3-5-haiku-(\d{8}|latest)$/, { base: [0.8, 4] }],
];

export interface Priced {
	readonly model: string;
	readonly time: number | null;
	readonly tokens: Tokens;
}

const ratesOf = (model: string): Rates | null => rates.find(([name]) => name.test(model))?.[1] ?? null;

function cost({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens, [p, q]: Pair): number {
	return (input * p + output * q + cacheRead * 0.1 * p + cacheWrite5m * 1.25 * p + cacheWrite1h * 2 * p) / 1e6;
}

/** What was paid; null for a model without a known price. */
export function dollarsOf(answer: Priced & { readonly isFast: boolean; readonly searches: number }): number | null {
	const found = ratesOf(answer.model);
	return found === null ? null : cost(answer.tokens, pairOf(found, answer)) + answer.searches / 100;
}

function pairOf({ base, long, longUntil, fast }: Rates, { tokens, time, isFast }: Priced & { readonly isFast: boolean }): Pair {
	if (isFast && fast !== undefined) return fast;
	const isLong = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h > 200_000;
	const holds = longUntil === undefined || (time !== null && time < Date.parse(longUntil));
	return isLong && long !== undefined && holds ? long : base;
}

/** At the plain rates of the model, nothing else considered; `flat`: as if every write to the cache were for five minutes. 0 for a model without a price. */
export function plainDollars({ model, tokens }: Pick<Priced, 'model' | 'tokens'>, flat: boolean): number {
	const found = ratesOf(model);
	if (found === null) return 0;
	const { cacheWrite5m, cacheWrite1h } = tokens;
	return cost(flat ? { ...tokens, cacheWrite5m: cacheWrite5m + cacheWrite1h, cacheWrite1h: 0 } : tokens, found.base);
}

/** What the cache saved: its tokens as plain input, less what was paid for them. */
export function savedByCache(answer: Priced & { readonly isFast: boolean }): number {
	const found = ratesOf(answer.model);
	if (found === null) return 0;
	const pair = pairOf(found, answer);
	const { cacheRead, cacheWrite5m, cacheWrite1h } = answer.tokens;
	const cached = { input: 0, output: 0, cacheRead, cacheWrite5m, cacheWrite1h };
	return ((cacheRead + cacheWrite5m + cacheWrite1h) * pair[0]) / 1e6 - cost(cached, pair);
}
