import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelled, levelsOf, mostShades, shadeOf, shadeSteps, ticks } from '../../../src/webview/charts/scale.ts';

describe('An axis', () => {
	it('has round values from zero to the first that covers the highest', () => {
		assert.deepEqual(ticks(16.6, 4, false), [0, 5, 10, 15, 20]);
		assert.deepEqual(ticks(0.29, 4, false), [0, 0.1, 0.2, 0.3]);
		assert.deepEqual(ticks(100, 4, true), [0, 25, 50, 75, 100]);
	});

	it('counts in whole steps what comes in pieces', () => {
		assert.deepEqual(ticks(2, 4, true), [0, 1, 2]);
	});

	it('exists also for nothing', () => {
		assert.deepEqual(ticks(0, 4, true), [0, 1]);
	});

	it('covers any highest value with few, rising steps', () => {
		fc.assert(
			fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), max => {
				const values = ticks(max, 4, false);
				assert.ok((values.at(-1) ?? 0) >= max * (1 - 1e-9), `${values.at(-1)} covers ${max}`);
				assert.ok(values.length >= 2 && values.length <= 5, `${values.length} values`);
				assert.ok(values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0)));
			}),
		);
	});

	it('labels as many places as fit, the last one always', () => {
		assert.deepEqual(labelled(5, 1_000, 64), [0, 1, 2, 3, 4]);
		assert.deepEqual(labelled(30, 600, 64), [1, 5, 9, 13, 17, 21, 25, 29]);
		assert.deepEqual(labelled(0, 600, 64), []);
	});

	it('never lets labels touch', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 64, max: 2_000 }), (count, width) => {
				const places = labelled(count, width, 64);
				assert.equal(places.at(-1), count - 1);
				for (const [index, place] of places.entries()) {
					const next = places[index + 1];
					if (next !== undefined) assert.ok(((next - place) * width) / count >= 64 - 1e-6);
				}
			}),
		);
	});
});

describe('Shades', () => {
	it('go by steps of one size with round ends', () => {
		assert.deepEqual(
			shadeSteps([0.42, 17.3, 5]).map(({ from, to, shade }) => [from, to, shade]),
			[
				[0, 5, 1],
				[5, 10, 2],
				[10, 15, 3],
				[15, 20, 4],
			],
		);
	});

	it('never rank two amounts the other way round, and give the largest the strongest', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })), { minLength: 1 }), values => {
				const steps = shadeSteps(values);
				const sorted = [...values].sort((a, b) => a - b);
				const shades = sorted.map(value => shadeOf(value, steps));
				assert.deepEqual(
					shades,
					[...shades].sort((a, b) => a - b),
				);
				assert.equal(shades.at(-1), (sorted.at(-1) ?? 0) > 0 ? mostShades : 0);
			}),
		);
	});

	it('are none where there is nothing', () => {
		assert.deepEqual(shadeSteps([0, 0]), []);
		assert.equal(shadeOf(0, shadeSteps([3])), 0);
	});
});

describe('Levels', () => {
	it('go by the place among the others, so that one large value does not make all others look alike', () => {
		assert.deepEqual(levelsOf([0, 1, 2, 3, 1_000], 4), [0, 1, 2, 3, 4]);
	});

	it('are the same for what is equal, and the highest for the largest', () => {
		assert.deepEqual(levelsOf([5, 5, 5], 4), [4, 4, 4]);
		assert.deepEqual(levelsOf([1, 2], 4), [2, 4]);
	});

	it('are none where there is nothing', () => {
		assert.deepEqual(levelsOf([0, 0], 4), [0, 0]);
		assert.deepEqual(levelsOf([], 4), []);
	});
});
