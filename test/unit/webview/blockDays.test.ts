import assert from 'node:assert/strict';
import type { UsageBlock } from '../../../src/webview/contract/cost.ts';
import { Format } from '../../../src/webview/format.ts';
import { blockDays } from '../../../src/webview/insights/blockDays.ts';

function block(startedAt: string): UsageBlock {
	const endsAt = new Date(Date.parse(startedAt) + 5 * 3_600_000).toISOString();
	return { startedAt, endsAt, firstAt: startedAt, lastAt: endsAt, sessions: 1, responses: 1, tokens: 1, costUsd: 1, isActive: false };
}

describe('Blocks in the rows of their days', () => {
	const placed = (zone: string, ...starts: readonly string[]) => blockDays(starts.map(block), 14, new Format('en', zone));

	it('stand at their local hour, and a day between them has a row of its own', () => {
		const { days, placed: all } = placed('UTC', '2026-11-21T09:00:00Z', '2026-11-19T07:00:00Z');
		assert.deepEqual(days, ['2026-11-19', '2026-11-20', '2026-11-21']);
		assert.deepEqual(
			all.map(each => each.pieces),
			[[{ row: 0, from: 7, to: 12 }], [{ row: 2, from: 9, to: 14 }]],
		);
	});

	it('part at midnight', () => {
		const { days, placed: all } = placed('UTC', '2026-11-20T22:00:00Z');
		assert.deepEqual(days, ['2026-11-20', '2026-11-21']);
		assert.deepEqual(all[0]?.pieces, [
			{ row: 0, from: 22, to: 24 },
			{ row: 1, from: 0, to: 3 },
		]);
	});

	it('that end at midnight have no piece in the next day', () => {
		const { days, placed: all } = placed('UTC', '2026-11-20T19:00:00Z');
		assert.deepEqual(days, ['2026-11-20']);
		assert.deepEqual(all[0]?.pieces, [{ row: 0, from: 19, to: 24 }]);
	});

	it('follow the viewer’s zone, halves of an hour and changes of the clock included', () => {
		assert.deepEqual(placed('Asia/Kolkata', '2026-11-20T03:00:00Z').placed[0]?.pieces, [{ row: 0, from: 8.5, to: 13.5 }]);
		// The clock goes back at 3 in the night: five hours from 1 end at 5.
		assert.deepEqual(placed('Europe/Berlin', '2026-10-24T23:00:00Z').placed[0]?.pieces, [{ row: 0, from: 1, to: 5 }]);
		// And forward in spring: five hours from 1 end at 7.
		assert.deepEqual(placed('Europe/Berlin', '2026-03-29T00:00:00Z').placed[0]?.pieces, [{ row: 0, from: 1, to: 7 }]);
	});

	it('before the last two weeks are left out; one that reaches in is cut', () => {
		const { days, placed: all } = placed('UTC', '2026-11-21T09:00:00Z', '2026-11-07T22:00:00Z', '2026-10-01T09:00:00Z');
		assert.equal(days.length, 14);
		assert.equal(days[0], '2026-11-08');
		assert.deepEqual(all[0]?.pieces, [{ row: 0, from: 0, to: 3 }]);
		assert.equal(all.length, 2);
	});

	it('are none for times that are none', () => {
		assert.deepEqual(blockDays([{ ...block('2026-11-21T09:00:00Z'), startedAt: 'once' }], 14, new Format('en', 'UTC')), {
			days: [],
			placed: [],
		});
	});
});
