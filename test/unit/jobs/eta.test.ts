import assert from 'node:assert/strict';
import { type Mark, marked, remainingMs } from '../../../src/extension/jobs/eta.ts';

const marks = (...all: [current: number, atMs: number][]): readonly Mark[] =>
	all.reduce<readonly Mark[]>((before, [current, atMs]) => marked(before, { current, atMs }), []);

describe('The time a job will still take', () => {
	it('is not known before three items, nor without a total', () => {
		assert.equal(remainingMs([], 10, 0), null);
		assert.equal(remainingMs(marks([0, 0], [1, 100], [2, 200]), 10, 200), null);
		assert.equal(remainingMs(marks([0, 0], [1, 100], [2, 200], [3, 300]), null, 300), null);
	});

	it('follows from the speed so far, and goes down with time', () => {
		const three = marks([0, 0], [1, 100], [2, 200], [3, 300]);
		assert.equal(remainingMs(three, 10, 300), 700);
		assert.equal(remainingMs(three, 10, 350), 650);
		assert.equal(remainingMs(three, 10, 5000), 0);
	});

	it('follows the present speed when that changes', () => {
		const slow = Array.from({ length: 100 }, (_, i): [number, number] => [i, i * 1000]);
		const fast = Array.from({ length: 30 }, (_, i): [number, number] => [100 + i, 100_000 + i * 10]);
		assert.equal(remainingMs(marks(...slow, ...fast), 229, 100_290), 1000);
	});

	it('counts only items after a checkpoint, and anew when a job begins anew', () => {
		assert.equal(remainingMs(marks([50, 0], [51, 10], [53, 30]), 100, 30), 470);
		assert.equal(remainingMs(marks([50, 0], [54, 40], [0, 50], [1, 150]), 100, 150), null);
	});

	it('is not changed by progress that does not count any item', () => {
		const three = marks([0, 0], [3, 300]);
		assert.equal(marked(three, { current: 3, atMs: 900 }), three);
	});
});
