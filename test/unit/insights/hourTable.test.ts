import assert from 'node:assert/strict';
import { LocalHours, hourTable } from '../../../src/extension/insights/hourTable.ts';
import { LocalCalendar } from '../../../src/extension/insights/localTime.ts';
import { overviewFigures } from '../../../src/extension/insights/overview.ts';
import { type Period, periodBetween, periodOf } from '../../../src/extension/insights/period.ts';
import type { Selection } from '../../../src/extension/insights/selection.ts';
import { allOf, sessionsOf, used } from './sessions.ts';

const now = Date.parse('2026-03-31T12:00:00Z');
const berlin = new LocalCalendar('Europe/Berlin');
const other = 'claude-haiku-4-5';

const sessions = sessionsOf(
	{ usage: [used('2026-03-28T22:50:00Z'), used('2026-03-28T23:10:00Z', { model: other, costUsd: null }), used('2026-03-29T02:00:00Z')] },
	{ usage: [used('2026-03-28T23:10:00Z'), { ...used('2026-03-01T00:00:00Z'), quarter: 0 }], row: { is_stub: 1 } },
	{
		usage: [used('2026-03-30T10:00:00Z', { model: other })],
		activity: [{ session: 0, quarter: Date.parse('2026-03-30T10:15:00Z'), prompts: 2, toolCalls: 3, activeMs: 60_000 }],
	},
);

function overview(selection: Selection, period: Period, hours = new LocalHours(selection, berlin)) {
	return overviewFigures({ hours, period, calendar: berlin, today: '2026-03-31', rowsOf: () => [] });
}

describe('A table of hours', () => {
	it('gives the same figures whether it has only the sessions of a selection or all', () => {
		const period = periodOf({ range: '7d' }, now, berlin);
		for (const model of [null, other]) {
			const all = { ...allOf(sessions), model };
			const table = hourTable(all, berlin);
			for (const places of [[0, 1, 2], [1, 2], [0], []]) {
				const selection = { ...all, places: Int32Array.from(places) };
				assert.deepEqual(overview(selection, period, new LocalHours(selection, berlin, table)), overview(selection, period));
			}
		}
	});

	it('parts a night at local midnight, and counts what has no time only for all of it', () => {
		const selection = allOf(sessions);
		const { days } = overview(selection, periodOf({ range: '7d' }, now, berlin));
		assert.deepEqual(
			days.filter(({ responses }) => responses > 0).map(({ day, responses, sessions: count }) => [day, responses, count]),
			[
				['2026-03-28', 1, 1],
				['2026-03-29', 3, 1],
				['2026-03-30', 1, 1],
			],
		);
		assert.equal(overview(selection, periodOf({ range: '7d' }, now, berlin)).totals.responses.now, 5);
		assert.equal(overview(selection, periodOf({ range: 'all' }, now, berlin)).totals.responses.now, 6);
	});

	it('has what lies in a span that begins and ends within an hour', () => {
		const { totals } = overview(allOf(sessions), periodBetween('2026-03-30T10:15:00Z', '2026-03-30T10:30:00Z', now, berlin));
		assert.deepEqual([totals.responses.now, totals.userPrompts.now, totals.activeMs.now, totals.sessions.now], [0, 2, 60_000, 1]);
	});

	it('keeps apart what has a price and what has none', () => {
		const { totals } = overview(allOf(sessions), periodOf({ range: '7d' }, now, berlin));
		assert.deepEqual([totals.costUsd.now, totals.unpricedTokens, totals.unpricedModels], [4, 1_000_000, [other]]);
	});
});
