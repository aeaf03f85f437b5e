import assert from 'node:assert/strict';
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import type { Tokens } from '../../../src/extension/claude/facts.ts';
import prices from '../../../src/extension/claude/prices.json' with { type: 'json' };
import { isLongContext, PriceBook, type Usage } from '../../../src/extension/claude/prices.ts';

const none: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const day = (text: string) => Date.parse(text);
const late = day('2026-11-20');

const usage = (model: string, tokens: Partial<Tokens>, changes: Partial<Usage> = {}): Usage => ({
	model,
	tokens: { ...none, ...tokens },
	webSearches: 0,
	isFast: false,
	isLong: false,
	atMs: late,
	...changes,
});

const book = new PriceBook();
const million = 1_000_000;
/** Dollars per million tokens of a kind. */
const rate = (model: string, kind: keyof Tokens, changes: Partial<Usage> = {}) => book.costOf(usage(model, { [kind]: million }, changes));

function near(actual: number | null | undefined, expected: number): void {
	assert.ok(actual !== null && actual !== undefined, 'is not priced');
	assert.ok(Math.abs(actual - expected) < 1e-9 * Math.max(1, expected), `${String(actual)} is not ${String(expected)}`);
}

describe('the published prices', () => {
	/** Input, output, cache read, 5-minute and 1-hour cache write, as the price pages print them. */
	const table: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
		'claude-3-haiku-20240307': [0.25, 1.25, 0.03, 0.3, 0.5],
		'claude-3-sonnet-20240229': [3, 15, 0.3, 3.75, 6],
		'claude-3-opus-20240229': [15, 75, 1.5, 18.75, 30],
		'claude-3-5-haiku-20241022': [0.8, 4, 0.08, 1, 1.6],
		'claude-3-5-sonnet-20241022': [3, 15, 0.3, 3.75, 6],
		'claude-3-7-sonnet-20250219': [3, 15, 0.3, 3.75, 6],
		'claude-opus-4-20250514': [15, 75, 1.5, 18.75, 30],
		'claude-sonnet-4-20250514': [3, 15, 0.3, 3.75, 6],
		'claude-opus-4-1-20250805': [15, 75, 1.5, 18.75, 30],
		'claude-sonnet-4-5-20250929': [3, 15, 0.3, 3.75, 6],
		'claude-haiku-4-5-20251001': [1, 5, 0.1, 1.25, 2],
		'claude-opus-4-5-20251101': [5, 25, 0.5, 6.25, 10],
		'claude-opus-4-6': [5, 25, 0.5, 6.25, 10],
		'claude-sonnet-4-6': [3, 15, 0.3, 3.75, 6],
		'claude-opus-4-7': [5, 25, 0.5, 6.25, 10],
		'claude-opus-4-8': [5, 25, 0.5, 6.25, 10],
		'claude-opus-5': [5, 25, 0.5, 6.25, 10],
		'claude-opus-5-5': [4, 20, 0.2, 5, 8],
		'claude-sonnet-5': [2, 10, 0.2, 2.5, 4],
		'claude-sonnet-5-5': [2, 10, 0.1, 2.5, 4],
		'claude-haiku-5-5': [0.1, 0.5, 0.01, 0.125, 0.2],
		'claude-fable-5': [10, 50, 1, 12.5, 20],
		'claude-fable-5-1': [10, 50, 0.25, 12.5, 20],
		'claude-fable-5-2': [8, 40, 0.2, 10, 16],
		'claude-mythos-5': [10, 50, 1, 12.5, 20],
		'claude-mythos-5-2': [8, 40, 0.2, 10, 16],
	};

	for (const [model, [input, output, cacheRead, cacheWrite5m, cacheWrite1h]] of Object.entries(table)) {
		it(`price every kind of token of ${model}`, () => {
			near(rate(model, 'input'), input);
			near(rate(model, 'output'), output);
			near(rate(model, 'cacheRead'), cacheRead);
			near(rate(model, 'cacheWrite5m'), cacheWrite5m);
			near(rate(model, 'cacheWrite1h'), cacheWrite1h);
		});
	}

	it('cover the models from before Claude 3', () => {
		near(rate('claude-instant-1.2', 'output'), 2.4);
		near(rate('claude-2.1', 'input'), 8);
		near(rate('claude-2.0', 'output'), 24);
	});

	it('add up the kinds of tokens and the web searches', () => {
		const tokens = { input: 1_000, output: 2_000, cacheRead: 30_000, cacheWrite5m: 400, cacheWrite1h: 5_000 };
		const expected = (1_000 * 5 + 2_000 * 25 + 30_000 * 0.5 + 400 * 6.25 + 5_000 * 10) / million;
		near(book.costOf(usage('claude-opus-4-8', tokens)), expected);
		near(book.costOf(usage('claude-opus-4-8', tokens, { webSearches: 3 })), expected + 0.03);
	});

	it('ask the long-context rate for every token of a long response', () => {
		const long = { isLong: true };
		near(rate('claude-sonnet-4-5', 'input', long), 6);
		near(rate('claude-sonnet-4-5', 'output', long), 22.5);
		near(rate('claude-sonnet-4-5', 'cacheRead', long), 0.6);
		near(rate('claude-sonnet-4-20250514', 'cacheWrite5m', long), 7.5);
		near(rate('claude-haiku-5-5', 'input', long), 0.5);
		near(rate('claude-haiku-5-5', 'output', long), 2.5);
		near(rate('claude-haiku-5-5', 'cacheRead', long), 0.05);
		near(rate('claude-haiku-5-5', 'cacheWrite1h', long), 1);
	});

	it('ask nothing extra for a long response of a model without such a rate', () => {
		near(rate('claude-opus-5', 'input', { isLong: true }), 5);
		near(rate('claude-sonnet-5', 'output', { isLong: true }), 10);
	});

	it('ask the fast rate whatever the length, and nothing extra where there is no fast mode', () => {
		const fast = { isFast: true };
		near(rate('claude-opus-4-6', 'input', fast), 30);
		near(rate('claude-opus-4-7', 'output', fast), 150);
		near(rate('claude-opus-4-8', 'input', fast), 10);
		near(rate('claude-opus-5', 'output', fast), 50);
		near(rate('claude-opus-5-5', 'cacheRead', fast), 0.4);
		near(rate('claude-fable-5-2', 'cacheWrite1h', fast), 32);
		near(rate('claude-sonnet-5', 'input', fast), 2);
		near(rate('claude-opus-4-6', 'input', { isFast: true, isLong: true, atMs: day('2026-03-01') }), 30);
	});

	it('are those of the day of the response', () => {
		const long = (atMs: number | null) => rate('claude-opus-4-6', 'input', { isLong: true, atMs });
		near(long(day('2026-03-13') - 1), 10);
		near(long(day('2026-03-13')), 5);
		near(long(null), 5);
		near(rate('claude-sonnet-5-5', 'cacheRead', { atMs: day('2026-10-06T23:59:59.999Z') }), 0.2);
		near(rate('claude-sonnet-5-5', 'cacheRead', { atMs: day('2026-10-07') }), 0.1);
	});

	it('reach back before the first day of a model', () => {
		near(rate('claude-opus-4-8', 'input', { atMs: 0 }), 5);
		near(rate('claude-opus-4-8', 'input', { atMs: -1 }), 5);
	});

	it('change only at midnight UTC, in order, so that the costs of a quarter of an hour can be added up', () => {
		for (const [model, list] of Object.entries(prices.models)) {
			const days = list.map(price => ('from' in price ? price.from : undefined));
			assert.equal(days[0], undefined, `${model} has no price for its first days`);
			const later = days.slice(1).map(text => {
				assert.match(text ?? '', /^\d{4}-\d{2}-\d{2}$/, model);
				return day(text ?? '');
			});
			assert.deepEqual(
				later,
				[...new Set(later)].sort((a, b) => a - b),
				model,
			);
		}
	});

	it('are amounts, name sources and point aliases at models that are listed', () => {
		for (const [model, list] of Object.entries(prices.models)) {
			for (const { input, output } of list) {
				assert.ok(input > 0 && output > input, model);
			}
		}
		for (const [alias, model] of Object.entries(prices.aliases)) {
			assert.ok(Object.hasOwn(prices.models, model), alias);
			assert.ok(!Object.hasOwn(prices.models, alias), alias);
		}
		assert.match(prices.date, /^\d{4}-\d{2}-\d{2}$/);
		assert.ok(prices.sources.every(source => source.url.startsWith('https://')));
	});

	it('are listed without dates of snapshots, so that every snapshot finds them', () => {
		assert.deepEqual(
			Object.keys(prices.models).filter(model => /-20\d{6}$/.test(model)),
			[],
		);
	});
});

describe('a model', () => {
	it('is priced under every name its vendors give it', () => {
		for (const name of [
			'claude-sonnet-4-5',
			'claude-sonnet-4-5-20250929',
			'claude-sonnet-4-5-20251015',
			'claude-sonnet-4.5',
			'claude-sonnet-4-5[1m]',
			'claude-sonnet-4-5-20250929[1m]',
			'anthropic/claude-sonnet-4.5',
			'openrouter/anthropic/claude-sonnet-4.5',
			'anthropic.claude-sonnet-4-5-20250929-v1:0',
			'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'claude-sonnet-4-5@20250929',
			'vertex_ai/claude-sonnet-4-5@20250929',
			'claude-sonnet-4-5@default',
		]) {
			near(rate(name, 'output'), 15);
		}
		near(rate('claude-opus-4.8', 'input'), 5);
		near(rate('claude-opus-4-0', 'input'), 15);
		near(rate('claude-3-5-sonnet-v2@20241022', 'input'), 3);
		near(rate('anthropic.claude-3-5-sonnet-20241022-v2:0', 'input'), 3);
		near(rate('anthropic.claude-opus-4-6-v1', 'input'), 5);
		near(rate('anthropic.claude-v2:1', 'input'), 8);
		near(rate('claude-3-5-haiku-latest', 'input'), 0.8);
	});

	it('is not priced when it is not known: nothing is guessed', () => {
		for (const name of [
			'<synthetic>',
			'',
			'sonnet',
			'fable',
			'haiku',
			'claude',
			'claude-opus',
			'claude-haiku-4-20250514',
			'claude-opus-6',
			'claude-opus-4-9',
			'claude-mythos-preview',
			'claude-test-model',
			'MiniMax-M2.7',
			'qwen3.5',
			'myproxy/claude-opus-5',
			'__proto__',
			'constructor',
			'toString',
			'anthropic/__proto__',
		]) {
			assert.equal(rate(name, 'input'), null, name);
			assert.equal(book.rateOf(name, late), null, name);
			assert.equal(book.costOf(usage(name, {}, { webSearches: 5 })), null, name);
		}
	});
});

describe('isLongContext', () => {
	it('counts every token that goes in, cached or not, and none that comes out', () => {
		const half = { ...none, input: 50_000, cacheRead: 50_000, cacheWrite5m: 50_000, cacheWrite1h: 50_000, output: 90_000 };
		assert.equal(isLongContext(half, 'claude-sonnet-4'), false);
		for (const kind of ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const) {
			assert.equal(isLongContext({ ...half, [kind]: half[kind] + 1 }, 'claude-sonnet-4'), true, kind);
		}
	});

	it("goes by the model's own limit, under any of its names", () => {
		assert.equal(isLongContext({ ...none, input: 100_000 }, 'claude-haiku-5-5'), false);
		assert.equal(isLongContext({ ...none, input: 100_001 }, 'claude-haiku-5-5'), true);
		assert.equal(isLongContext({ ...none, input: 100_001 }, 'anthropic/claude-haiku-5.5'), true);
		assert.equal(isLongContext({ ...none, input: 100_001 }, '__proto__'), false);
		assert.equal(isLongContext({ ...none, input: 200_001 }, 'claude-opus-4-6'), true);
	});
});

describe('costs', () => {
	const count = fc.nat(2_000_000);
	const anyTokens = fc.record({ input: count, output: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count });
	const add = (a: Tokens, b: Tokens): Tokens => ({
		input: a.input + b.input,
		output: a.output + b.output,
		cacheRead: a.cacheRead + b.cacheRead,
		cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
		cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
	});

	it('of a sum are the sum of the costs', () => {
		const group = fc.record({
			model: fc.constantFrom(...Object.keys(prices.models)),
			isFast: fc.boolean(),
			isLong: fc.boolean(),
			atMs: fc.integer({ min: day('2025-01-01'), max: late }),
		});
		fc.assert(
			fc.property(group, fc.array(fc.tuple(anyTokens, fc.nat(9)), { minLength: 1, maxLength: 40 }), (same, responses) => {
				const each = responses.map(([tokens, webSearches]) => book.costOf({ ...same, tokens, webSearches }) ?? NaN);
				const sum = {
					...same,
					tokens: responses.map(([tokens]) => tokens).reduce(add),
					webSearches: responses.reduce((total, [, searches]) => total + searches, 0),
				};
				near(
					book.costOf(sum),
					each.reduce((a, b) => a + b),
				);
			}),
		);
	});

	it('of nothing are nothing', () => {
		assert.equal(book.costOf(usage('claude-opus-5', {})), 0);
	});
});

describe('overrides', () => {
	const cost = (overrides: ConstructorParameters<typeof PriceBook>[0], asked: Usage) => new PriceBook(overrides).costOf(asked);

	it('price a model that is not published, with the usual cache rates', () => {
		const own = { 'MiniMax-M2.7': { input: 0.3, output: 1.2 } };
		near(cost(own, usage('MiniMax-M2.7', { output: million })), 1.2);
		near(cost(own, usage('MiniMax-M2.7', { cacheRead: million })), 0.03);
		near(cost(own, usage('MiniMax-M2.7', { cacheWrite1h: million }, { isFast: true, isLong: true })), 0.6);
	});

	it('replace a published price and keep its ratios for caches, long contexts and fast mode', () => {
		const own = { 'claude-fable-5-2': { input: 4, output: 10 }, 'claude-sonnet-4-5': { input: 1, output: 10 } };
		near(cost(own, usage('claude-fable-5-2', { input: million })), 4);
		near(cost(own, usage('claude-fable-5-2', { cacheRead: million })), 0.1);
		near(cost(own, usage('claude-fable-5-2', { output: million }, { isFast: true })), 20);
		near(cost(own, usage('claude-fable-5-2', { cacheRead: million }, { isFast: true })), 0.2);
		near(cost(own, usage('claude-sonnet-4-5', { input: million }, { isLong: true })), 2);
		near(cost(own, usage('claude-sonnet-4-5', { output: million }, { isLong: true })), 15);
	});

	it('hold for every name of the model and for every day', () => {
		const own = { 'claude-opus-4-6': { input: 1, output: 2 } };
		near(cost(own, usage('us.anthropic.claude-opus-4-6-v1', { input: million }, { atMs: day('2026-02-10') })), 1);
		near(cost({ 'claude-opus-4-8': { input: 1, output: 2 } }, usage('claude-opus-4.8', { output: million })), 2);
	});

	it('of one snapshot leave the others alone', () => {
		const own = { 'claude-sonnet-4-5-20250929': { input: 1, output: 2 } };
		near(cost(own, usage('claude-sonnet-4-5-20250929', { input: million })), 1);
		near(cost(own, usage('claude-sonnet-4-5', { input: million })), 3);
	});

	it('may make a model free, but never cost something that is no amount', () => {
		near(cost({ 'claude-opus-5': { input: 0, output: 0 } }, usage('claude-opus-5', { input: million, cacheRead: million })), 0);
		for (const input of [-1, NaN, Infinity]) {
			near(cost({ 'claude-opus-5': { input, output: 1 } }, usage('claude-opus-5', { input: million })), 5);
		}
	});

	it('named like parts of objects are models like any other', () => {
		const hostile = JSON.parse('{"__proto__":{"input":1,"output":2},"constructor":{"input":3,"output":4}}') as Record<
			string,
			{ input: number; output: number }
		>;
		near(cost(hostile, usage('__proto__', { input: million })), 1);
		near(cost(hostile, usage('constructor', { input: million })), 3);
		assert.equal(cost(hostile, usage('toString', { input: million })), null);
	});
});

describe('a price book', () => {
	it('says of which day its prices are', () => {
		assert.equal(book.priceDate, prices.date);
	});

	it('has a digest that changes with the overrides and with nothing else', () => {
		const one = { a: { input: 1, output: 2 }, b: { input: 3, output: 4 } };
		const same = { b: { input: 3, output: 4 }, a: { input: 1, output: 2 } };
		assert.equal(new PriceBook().digest, book.digest);
		assert.equal(new PriceBook(one).digest, new PriceBook(same).digest);
		assert.notEqual(new PriceBook(one).digest, book.digest);
		assert.notEqual(new PriceBook({ ...one, a: { input: 1, output: 3 } }).digest, new PriceBook(one).digest);
		assert.match(book.digest, /^[0-9a-f]{16}$/);
	});
});

describe('the models of real transcripts', () => {
	it('are priced, but for those that are not by Anthropic or not models', async function () {
		this.timeout(120_000);
		const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus');
		let files: string[];
		try {
			files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.jsonl') && !name.startsWith('_'));
		} catch {
			console.log('skipped: the corpus of real transcripts is absent');
			this.skip();
		}
		const unpriced = new Set<string>();
		let priced = 0;
		for (const name of files) {
			for await (const line of createInterface({ input: createReadStream(path.join(corpus, name)) })) {
				const model = /"model":"(claude-[^"]+)"/.exec(line)?.[1];
				if (model === undefined) {
					continue;
				}
				if (book.rateOf(model, late)) {
					priced++;
				} else {
					unpriced.add(model);
				}
			}
		}
		assert.ok(priced > 1_000, 'too few models were seen to check anything');
		// Names that the corpus' synthetic files made up.
		assert.deepEqual(
			[...unpriced].filter(model => !['claude-haiku-4-20250514', 'claude-test-model'].includes(model)),
			[],
		);
	});
});
