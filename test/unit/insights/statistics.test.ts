import assert from 'node:assert/strict';
import { cliffsDelta, meanDifference, meanOf, normalQuantile } from '../../../src/extension/insights/statistics.ts';

const near = (actual: number, expected: number, within = 1e-9): void =>
	assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected}`);
const sorted = (...values: number[]): number[] => values.sort((a, b) => a - b);

/** By the definition: every pair looked at. */
function byPairs(first: readonly number[], second: readonly number[], z: number): { effect: number; low: number; high: number } {
	const [n, m] = [first.length, second.length];
	const d = first.map(a => second.map(b => Math.sign(b - a)));
	const effect = d.flat().reduce((sum, value) => sum + value, 0) / (n * m);
	const rows = d.map(row => row.reduce<number>((sum, value) => sum + value, 0) / m);
	const columns = second.map((_, j) => d.reduce((sum, row) => sum + (row[j] ?? 0), 0) / n);
	const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - effect) ** 2, 0);
	const estimate = (m ** 2 * squares(rows) + n ** 2 * squares(columns) - squares(d.flat())) / (n * m * (n - 1) * (m - 1));
	const s2 = Math.max(estimate, (1 - effect ** 2) / (n * m - 1));
	const reach = z * Math.sqrt(s2) * Math.sqrt((1 - effect ** 2) ** 2 + z ** 2 * s2);
	const scale = 1 - effect ** 2 + z ** 2 * s2;
	return { effect, low: Math.max(-1, (effect - effect ** 3 - reach) / scale), high: Math.min(1, (effect - effect ** 3 + reach) / scale) };
}

describe("Cliff's delta", () => {
	it('is what its definition says, with ties and without, and so is its interval', () => {
		const cases: readonly (readonly [number[], number[]])[] = [
			[sorted(1, 2, 3, 4), sorted(3, 4, 5, 6, 7)],
			[sorted(0, 0, 0, 1, 2), sorted(0, 0, 1, 1)],
			[sorted(5, 5, 5), sorted(5, 5)],
			[sorted(3, 1, 4, 1, 5, 9, 2, 6), sorted(2, 7, 1, 8, 2, 8, 1, 8)],
		];
		for (const [first, second] of cases) {
			const actual = cliffsDelta(first, second, 1.96);
			const expected = byPairs(first, second, 1.96);
			near(actual.effect, expected.effect);
			near(actual.low, expected.low);
			near(actual.high, expected.high);
		}
	});

	it('is one for groups that do not overlap, and turns its sign with the groups', () => {
		assert.equal(cliffsDelta([1, 2, 3], [4, 5, 6], 1.96).effect, 1);
		assert.equal(cliffsDelta([4, 5, 6], [1, 2, 3], 1.96).effect, -1);
		const [one, other] = [cliffsDelta([1, 2, 5, 7], [3, 4, 8, 9, 10], 2), cliffsDelta([3, 4, 8, 9, 10], [1, 2, 5, 7], 2)];
		near(one.effect, -other.effect);
		near(one.low, -other.high);
	});

	it('is not moved by how far away a far value is', () => {
		assert.deepEqual(cliffsDelta([1, 2, 3, 4], [2, 3, 4, 5], 2), cliffsDelta([1, 2, 3, 4], [2, 3, 4, 5_000_000], 2));
	});
});

describe('Quantiles of the normal distribution', () => {
	it('are those of tables, in the middle and in the tails', () => {
		near(normalQuantile(0.5), 0, 1e-9);
		near(normalQuantile(0.975), 1.959963985, 1e-8);
		near(normalQuantile(0.025), -1.959963985, 1e-8);
		near(normalQuantile(0.9995), 3.290526731, 1e-7);
		near(normalQuantile(0.0001), -3.719016485, 1e-7);
	});
});

describe('The difference of two means', () => {
	it('has the standard error of Welch', () => {
		const { effect, low, high } = meanDifference([1, 2, 3, 4], [2, 4, 6], 2);
		near(effect, 1.5);
		near(high - effect, 2 * Math.sqrt(5 / 3 / 4 + 4 / 3));
		near(effect - low, high - effect);
	});
});

describe('A mean', () => {
	it('of nothing is nothing', () => assert.equal(meanOf([]), 0));
});
