import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CategorySum } from '../../../src/webview/contract/insights.ts';
import { levelBelow, openPath } from '../../../src/webview/insights/categoryLevels.ts';

function sum(l1: string, l2: string, l3: string, sessions: number, costUsd = 0): CategorySum {
	return { l1, l2, l3, sessions, activeMs: sessions * 1_000, tokens: sessions * 10, costUsd };
}

const sums = [
	sum('code_work', 'feature', 'enhancement', 5, 1),
	sum('code_work', 'feature', 'new-component', 1, 8),
	sum('code_work', 'bug_fix', 'logic-fix', 2),
	sum('support_work', 'docs', 'readme', 2),
];

describe('A level of the categories', () => {
	it('adds up what lies below, the largest first, as shares of what is shown', () => {
		assert.deepEqual(levelBelow(sums, [], 'sessions'), [
			{ category: 'code_work', value: 8, share: 0.8, opens: true },
			{ category: 'support_work', value: 2, share: 0.2, opens: true },
		]);
		assert.deepEqual(levelBelow(sums, ['code_work'], 'sessions'), [
			{ category: 'feature', value: 6, share: 0.75, opens: true },
			{ category: 'bug_fix', value: 2, share: 0.25, opens: true },
		]);
	});

	it('is ordered by the figure that is chosen', () => {
		assert.deepEqual(
			levelBelow(sums, ['code_work', 'feature'], 'costUsd').map(level => level.category),
			['new-component', 'enhancement'],
		);
	});

	it('has nothing below it when it is the third', () => {
		assert.ok(levelBelow(sums, ['code_work', 'feature'], 'sessions').every(level => !level.opens));
		assert.deepEqual(levelBelow(sums, ['code_work', 'feature', 'enhancement'], 'sessions'), []);
	});

	it('has no shares where all of it comes to nothing', () => {
		assert.deepEqual(levelBelow(sums, ['support_work'], 'costUsd'), [{ category: 'docs', value: 0, share: null, opens: true }]);
	});

	it('stays in the same order when figures are the same', () => {
		assert.deepEqual(
			levelBelow([sum('b', 'x', 'y', 1), sum('a', 'z', 'w', 1)], [], 'sessions').map(level => level.category),
			['a', 'b'],
		);
	});

	it('loses no session on the way up', () => {
		const name = fc.constantFrom('a', 'b', 'c');
		const any = fc.array(
			fc.tuple(name, name, name, fc.nat(50)).map(([l1, l2, l3, sessions]) => sum(l1, `${l1}${l2}`, `${l1}${l2}${l3}`, sessions)),
		);
		fc.assert(
			fc.property(any, all => {
				const total = all.reduce((added, each) => added + each.sessions, 0);
				const first = levelBelow(all, [], 'sessions');
				const second = first.flatMap(({ category }) => levelBelow(all, [category], 'sessions'));
				for (const level of [first, second])
					assert.equal(
						level.reduce((added, each) => added + each.value, 0),
						total,
					);
			}),
		);
	});
});

describe('What was opened', () => {
	it('stays open as far as it has sessions', () => {
		assert.deepEqual(openPath(sums, ['code_work', 'bug_fix']), ['code_work', 'bug_fix']);
		assert.deepEqual(openPath(sums, ['code_work', 'testing']), ['code_work']);
		assert.deepEqual(openPath(sums, ['thinking_work', 'planning']), []);
	});

	it('is never deeper than the level above the last', () => {
		assert.deepEqual(openPath(sums, ['code_work', 'feature', 'enhancement']), ['code_work', 'feature']);
	});
});
