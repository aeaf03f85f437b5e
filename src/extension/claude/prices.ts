/**
 * What tokens cost (MODEL-6), from a dated file of published prices and the user's overrides. Tokens are stored and cost is
 * computed from them, so that a change of price is never a reason to read a transcript again. `docs/prices.md` says where
 * each figure comes from.
 */
import { createHash } from 'node:crypto';
import type { Tokens } from './facts.ts';
import { modelNames } from './modelNames.ts';
import prices from './prices.json' with { type: 'json' };

/** US dollars per million tokens. */
export interface Rates {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

export interface ModelRates extends Rates {
	/** For every token of a response with a long context; null when the model has one price for any length. */
	readonly long: Rates | null;
	/** For responses in fast mode; null when the model has none. */
	readonly fast: Rates | null;
}

/** US dollars per million tokens, as a person sets them for a model. */
export interface PriceOverride {
	readonly input: number;
	readonly output: number;
}

/** One response, or the sum of any number of responses that are alike in all but tokens and searches. */
export interface Usage {
	readonly model: string;
	readonly tokens: Tokens;
	readonly webSearches: number;
	readonly isFast: boolean;
	/** By `isLongContext`, of each single response: a sum of short ones is not a long one. */
	readonly isLong: boolean;
	/** When the response came; null takes the latest price. Sums may lie up to the next midnight UTC, when prices change at the earliest. */
	readonly atMs: number | null;
}

interface Price {
	readonly input: number;
	readonly output: number;
}

/** The rates of a model from a day on (UTC; none: since ever). Cache rates that are absent follow from the input price. */
interface ListedPrice extends Price {
	readonly from?: string | undefined;
	readonly cacheRead?: number | undefined;
	readonly cacheWrite5m?: number | undefined;
	readonly cacheWrite1h?: number | undefined;
	readonly long?: (Price & { readonly above: number }) | undefined;
	readonly fast?: Price | undefined;
}

interface DatedRates {
	readonly fromMs: number;
	readonly rates: ModelRates;
}

const listed: Readonly<Record<string, readonly ListedPrice[]>> = prices.models;
/** Maps, because models are named by transcripts and settings, and a name may be `__proto__`. */
const published = new Map(Object.entries(listed));
const aliases = new Map<string, string>(Object.entries(prices.aliases));

/** Raise it when a rule of this room changes what the same figures and tokens cost. */
const rulesVersion = 1;

const longContextTokens = 200_000;

/**
 * Whether a response pays the long-context rate, if its model has one (`docs/prices.md`): its input, cached or not, is more
 * than the model's limit.
 */
export function isLongContext(tokens: Tokens, model: string): boolean {
	return tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h > longContextLimit(model);
}

/** Input tokens past which a response of the model is a long one. Depends on the published file only, not on overrides or time. */
export function longContextLimit(model: string): number {
	// Asked for every response of a history: the many rules of names must not run each time.
	let limit = longContextLimits.get(model);
	if (limit === undefined) {
		limit = find(published, model)?.find(price => price.long)?.long?.above ?? longContextTokens;
		longContextLimits.set(model, limit);
	}
	return limit;
}

const longContextLimits = new Map<string, number>();

export class PriceBook {
	/** The day the published prices were last compared with their sources, `YYYY-MM-DD`. */
	readonly priceDate: string = prices.date;
	/** Changes whenever anything that a cost or `isLongContext` depends on does: what was derived by another digest is derived again. */
	readonly digest: string;
	readonly #overrides: ReadonlyMap<string, PriceOverride>;
	readonly #known = new Map<string, readonly DatedRates[]>();

	/** Overrides by model name; one that is no pair of amounts ≥ 0 is passed over. */
	constructor(overrides: Readonly<Record<string, PriceOverride>> = {}) {
		this.#overrides = new Map(Object.entries(overrides).filter(([, price]) => isAmount(price.input) && isAmount(price.output)));
		this.digest = digestOf([...this.#overrides].sort(([a], [b]) => (a < b ? -1 : 1)));
	}

	/** The rates of a model at an instant (milliseconds since the epoch; null: now), or null when its price is not known. */
	rateOf(model: string, atMs: number | null): ModelRates | null {
		const dated = this.#datedRates(model);
		const current = atMs === null ? dated.at(-1) : dated.findLast(entry => entry.fromMs <= atMs);
		return current?.rates ?? null;
	}

	/** The rates these tokens are paid at, or null when the model has no known price. */
	ratesOf({ model, atMs, isFast, isLong }: Omit<Usage, 'tokens' | 'webSearches'>): Rates | null {
		const rates = this.rateOf(model, atMs);
		if (!rates) return null;
		// Fast mode has one price for any length.
		return (isFast ? rates.fast : null) ?? (isLong ? rates.long : null) ?? rates;
	}

	/**
	 * US dollars, or null when the model has no known price. Linear in tokens and searches: the cost of a sum is the sum of
	 * the costs, up to rounding, as long as model, speed, length and day are the same.
	 */
	costOf(usage: Usage): number | null {
		const used = this.ratesOf(usage);
		if (!used) {
			return null;
		}
		const { tokens } = usage;
		const forTokens =
			tokens.input * used.input +
			tokens.output * used.output +
			tokens.cacheRead * used.cacheRead +
			tokens.cacheWrite5m * used.cacheWrite5m +
			tokens.cacheWrite1h * used.cacheWrite1h;
		return forTokens / 1_000_000 + (usage.webSearches * prices.webSearchPerThousand) / 1_000;
	}

	#datedRates(model: string): readonly DatedRates[] {
		const known = this.#known.get(model);
		if (known) {
			return known;
		}
		const override = find(this.#overrides, model);
		const list: readonly ListedPrice[] = find(published, model) ?? (override ? [override] : []);
		const dated = list.map(price => ({
			fromMs: price.from === undefined ? -Infinity : Date.parse(price.from),
			rates: override ? overridden(modelRates(price), override) : modelRates(price),
		}));
		this.#known.set(model, dated);
		return dated;
	}
}

/** By the first of the model's names that is listed, itself or through its alias. */
function find<T>(list: ReadonlyMap<string, T>, model: string): T | undefined {
	for (const name of modelNames(model)) {
		const found = list.get(name) ?? list.get(aliases.get(name) ?? name);
		if (found !== undefined) {
			return found;
		}
	}
	return undefined;
}

/** Unless the file says otherwise, reading a cache costs 0.1 of the input price, writing it 1.25 for 5 minutes and 2 for an hour. */
function modelRates(price: ListedPrice): ModelRates {
	const rates = {
		input: price.input,
		output: price.output,
		cacheRead: price.cacheRead ?? price.input * 0.1,
		cacheWrite5m: price.cacheWrite5m ?? price.input * 1.25,
		cacheWrite1h: price.cacheWrite1h ?? price.input * 2,
	};
	return {
		...rates,
		long: price.long ? scaled(rates, price.long) : null,
		fast: price.fast ? scaled(rates, price.fast) : null,
	};
}

/** The cache rates keep their ratio to the input price: so it is published for long contexts and for fast mode. */
function scaled(rates: Rates, price: Price): Rates {
	const ratio = price.input / rates.input;
	return {
		input: price.input,
		output: price.output,
		cacheRead: rates.cacheRead * ratio,
		cacheWrite5m: rates.cacheWrite5m * ratio,
		cacheWrite1h: rates.cacheWrite1h * ratio,
	};
}

/** A person's price for a model, with the model's own ratios for caches, long contexts and fast mode. */
function overridden(rates: ModelRates, own: Price): ModelRates {
	const likewise = (tier: Rates): Rates =>
		scaled(rates, { input: (tier.input / rates.input) * own.input, output: (tier.output / rates.output) * own.output });
	return { ...scaled(rates, own), long: rates.long && likewise(rates.long), fast: rates.fast && likewise(rates.fast) };
}

function isAmount(value: unknown): boolean {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function digestOf(overrides: readonly unknown[]): string {
	const all = [rulesVersion, prices.webSearchPerThousand, prices.models, prices.aliases, overrides];
	return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}
