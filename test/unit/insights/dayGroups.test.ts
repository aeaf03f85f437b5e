import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayGroupSpans } from '../../../src/extension/insights/dayGroups.ts';
import { type FirstWeekday, LocalCalendar } from '../../../src/extension/insights/localTime.ts';

const at = (iso: string) => Date.parse(iso);
const noon = at('2026-11-18T11:00:00Z');
const long = at('2019-01-01T00:00:00Z');

interface Circumstances {
	readonly timeZone?: string;
	readonly weekStartsOn?: FirstWeekday;
	readonly nowMs?: number;
}

function groupOf(
	iso: string,
	{ timeZone = 'Europe/Berlin', weekStartsOn = 'monday', nowMs = noon }: Circumstances = {},
): string | undefined {
	const spans = dayGroupSpans(nowMs, long, new LocalCalendar(timeZone), weekStartsOn);
	const found = spans.filter(({ since, until }) => since <= iso && iso < until);
	assert.ok(found.length <= 1, `${iso} stands in ${found.map(({ key }) => key).join(', ')}`);
	return found[0]?.key;
}

describe('The groups of days', () => {
	it("follow the viewer's midnight, not UTC's (IDX-8)", () => {
		// 23:30 UTC on the 17th is half past midnight of the 18th in Berlin.
		assert.equal(groupOf('2026-11-17T23:30:00.000Z'), 'today');
		assert.equal(groupOf('2026-11-17T22:30:00.000Z'), 'yesterday');
		assert.equal(groupOf('2026-11-17T23:30:00.000Z', { timeZone: 'UTC' }), 'yesterday');
	});

	it('end this week at its first day, as the viewer counts weeks', () => {
		assert.equal(groupOf('2026-11-16T12:00:00.000Z'), 'week');
		assert.equal(groupOf('2026-11-15T12:00:00.000Z'), 'month-2026-11');
		assert.equal(groupOf('2026-11-15T12:00:00.000Z', { weekStartsOn: 'sunday' }), 'week');
		assert.equal(groupOf('2026-11-14T12:00:00.000Z', { weekStartsOn: 'sunday' }), 'month-2026-11');
		assert.equal(groupOf('2026-11-14T12:00:00.000Z', { weekStartsOn: 'saturday' }), 'week');
	});

	it('have no week before yesterday on the first days of a week', () => {
		const monday = at('2026-11-16T11:00:00Z');
		assert.equal(groupOf('2026-11-15T12:00:00.000Z', { nowMs: monday }), 'yesterday');
		assert.equal(groupOf('2026-11-14T12:00:00.000Z', { nowMs: monday }), 'month-2026-11');
		assert.equal(groupOf('2026-11-15T12:00:00.000Z', { nowMs: at('2026-11-17T11:00:00Z') }), 'month-2026-11');
	});

	it('reach over the change of a month and of a year', () => {
		const newYear = at('2027-01-01T11:00:00Z');
		assert.equal(groupOf('2026-12-31T12:00:00.000Z', { nowMs: newYear }), 'yesterday');
		assert.equal(groupOf('2026-12-29T12:00:00.000Z', { nowMs: newYear }), 'week');
		assert.equal(groupOf('2026-12-27T12:00:00.000Z', { nowMs: newYear }), 'month-2026-12');
		assert.equal(groupOf('2026-11-30T23:00:00.000Z', { nowMs: newYear }), 'month-2026-12', 'midnight in Berlin');
	});

	it('take a time in the future as today, since clocks differ', () => {
		assert.equal(groupOf('2031-01-01T00:00:00.000Z'), 'today');
	});

	it('go down to the month of the oldest session, and no further', () => {
		const spans = dayGroupSpans(noon, at('2026-09-15T12:00:00Z'), new LocalCalendar('UTC'), 'monday');
		assert.deepEqual(
			spans.map(({ key }) => key),
			['today', 'yesterday', 'week', 'month-2026-11', 'month-2026-10', 'month-2026-09'],
		);
		assert.deepEqual(
			dayGroupSpans(noon, null, new LocalCalendar('UTC'), 'monday').map(({ key }) => key),
			['today', 'yesterday', 'week'],
		);
	});

	it('put dates before there were computers into one month', () => {
		const spans = dayGroupSpans(noon, at('1601-01-01T00:00:00Z'), new LocalCalendar('UTC'), 'monday');
		assert.deepEqual([spans.at(-1)?.key, spans.at(-1)?.since], ['month-1970-01', '']);
	});

	it('hold every instant once, and a later one never in an older group', () => {
		const rank = (key: string | undefined) =>
			key === 'today' ? '9999-3' : key === 'yesterday' ? '9999-2' : key === 'week' ? '9999-1' : (key ?? '').slice(6);
		const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: noon });
		const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati', 'Asia/Beirut', 'UTC');
		fc.assert(
			fc.property(instant, instant, instant, zone, (a, b, now, timeZone) => {
				const nowMs = Math.max(a, b, now);
				const [older, newer] = [Math.min(a, b), Math.max(a, b)].map(ms => groupOf(new Date(ms).toISOString(), { timeZone, nowMs }));
				assert.ok(older !== undefined && newer !== undefined);
				assert.ok(rank(older) <= rank(newer));
			}),
			{ numRuns: 60 },
		);
	});
});
