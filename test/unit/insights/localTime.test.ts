import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionHistory } from '../../../src/extension/insights/history.ts';
import { addDays, daysBetween, LocalCalendar, mondayOf } from '../../../src/extension/insights/localTime.ts';
import { LocalHours } from '../../../src/extension/insights/hourTable.ts';
import { overviewFigures } from '../../../src/extension/insights/overview.ts';
import { periodOf } from '../../../src/extension/insights/period.ts';
import type { InsightsQuery } from '../../../src/webview/contract/sessions.ts';
import { allOf, sessionsOf, used } from './sessions.ts';

const quarterMs = 900_000;
const hourMs = 3_600_000;
const zones = [
	'UTC',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'America/New_York',
	'Pacific/Kiritimati',
	'America/St_Johns',
	'Africa/Casablanca',
	// Clocks are put forward at midnight.
	'America/Santiago',
	'America/Havana',
	'Atlantic/Azores',
];
const at = (text: string): number => Date.parse(text);

const formats = new Map(
	zones.map(timeZone => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })]),
);

/** What Intl says of an instant. */
const dayByIntl = (zone: string, ms: number): string => formats.get(zone)?.format(ms) ?? '';

describe('Local days (IDX-8)', () => {
	const known: readonly (readonly [zone: string, day: string, start: string, hours: number])[] = [
		['Asia/Kathmandu', '2026-03-02', '2026-03-01T18:15:00Z', 24],
		['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 23],
		['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', 25],
		['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 24.5],
		['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', 23.5],
		['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', 23],
		['America/Havana', '2026-03-08', '2026-03-08T05:00:00Z', 23],
		['Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00Z', 24],
		['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 24],
		['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00Z', 24],
	];
	for (const [zone, day, start, hours] of known) {
		it(`begin and end where clocks say in ${zone} on ${day}`, () => {
			const calendar = new LocalCalendar(zone);
			const from = calendar.startOf(day);
			assert.equal(new Date(from).toISOString(), new Date(start).toISOString());
			assert.equal(calendar.dayOf(from), day);
			assert.notEqual(calendar.dayOf(from - 1), day);
			const end = from + hours * hourMs;
			assert.equal(calendar.dayOf(end - 1), day);
			assert.notEqual(calendar.dayOf(end), day);
		});
	}

	it('are those of Intl for any instant, zone and order of asking', () => {
		const calendars = new Map(zones.map(zone => [zone, new LocalCalendar(zone)]));
		fc.assert(
			fc.property(
				fc.constantFrom(...zones),
				fc.integer({ min: at('2010-01-01') / quarterMs, max: at('2035-01-01') / quarterMs }),
				(zone, quarter) => {
					assert.equal(calendars.get(zone)?.dayOf(quarter * quarterMs), dayByIntl(zone, quarter * quarterMs));
				},
			),
			{ seed: 6, numRuns: 3000 },
		);
	});

	it('follow each other without a gap: a day begins where the one before it ends', () => {
		for (const zone of zones) {
			const calendar = new LocalCalendar(zone);
			for (let day = '2026-01-01'; day < '2027-01-02'; day = addDays(day, 1)) {
				const start = calendar.startOf(day);
				assert.equal(calendar.dayOf(start), day, zone);
				assert.equal(calendar.dayOf(start - 1), addDays(day, -1), zone);
			}
		}
	});

	it('are counted and put into weeks without regard to clocks', () => {
		assert.equal(addDays('2024-02-28', 2), '2024-03-01');
		assert.equal(daysBetween('2026-03-01', '2026-03-31'), 30);
		assert.equal(daysBetween('2026-03-31', '2026-03-01'), -30);
		assert.deepEqual(['2026-03-01', '2026-03-02', '2026-03-08'].map(mondayOf), ['2026-02-23', '2026-03-02', '2026-03-02']);
	});

	it('of a zone nobody knows are refused', () => {
		assert.throws(() => new LocalCalendar('Mars/Base'), RangeError);
	});
});

describe('Periods', () => {
	it('are whole local days up to and with today, and as many before', () => {
		const calendar = new LocalCalendar('America/New_York');
		const now = at('2026-03-08T23:30:00-04:00');
		const week = periodOf({ range: '7d' }, now, calendar);
		assert.deepEqual([week.firstDay, week.lastDay], ['2026-03-02', '2026-03-08']);
		assert.deepEqual(week.span, { fromMs: at('2026-03-02T00:00:00-05:00'), toMs: at('2026-03-09T00:00:00-04:00') });
		assert.deepEqual(week.before, { fromMs: at('2026-02-23T00:00:00-05:00'), toMs: at('2026-03-02T00:00:00-05:00') });
		assert.deepEqual(periodOf({ range: 'today' }, now, calendar).span, {
			fromMs: at('2026-03-08T00:00:00-05:00'),
			toMs: at('2026-03-09T00:00:00-04:00'),
		});
		assert.deepEqual(periodOf({ range: 'all' }, now, calendar), { span: null, before: null, firstDay: null, lastDay: '2026-03-08' });
		for (const range of ['30d', '90d', '365d'] as const)
			assert.equal(daysBetween(periodOf({ range }, now, calendar).firstDay ?? '', '2026-03-08') + 1, Number.parseInt(range));
	});
});

describe('The series of days', () => {
	/** Of the days from the first to the last, or of all. */
	function series(
		sessions: readonly SessionHistory[],
		calendar: LocalCalendar,
		days: InsightsQuery['days'],
		nowMs = at('2026-12-01T12:00:00Z'),
	) {
		const selection = allOf(sessions);
		const period = periodOf({ range: 'all', days: days ?? null }, nowMs, calendar);
		const { days: points, daysAre } = overviewFigures({
			hours: new LocalHours(selection, calendar),
			period,
			calendar,
			today: calendar.dayOf(nowMs),
			rowsOf: () => [],
		});
		return { points, daysAre };
	}

	it('adds up to what it was made of, in every zone, across changes of the clocks', () => {
		const quarters = fc.array(
			fc.record({
				quarterMs: fc.integer({ min: at('2026-02-20') / quarterMs, max: at('2026-11-20') / quarterMs }).map(quarter => quarter * quarterMs),
				responses: fc.nat(9),
				tokens: fc.nat(1000),
				costUsd: fc.integer({ min: 0, max: 64 }).map(parts => parts / 64),
			}),
			{ maxLength: 60 },
		);
		fc.assert(
			fc.property(fc.constantFrom(...zones), quarters, (zone, sums) => {
				const sessions = sessionsOf(
					...sums.map(({ quarterMs: ms, responses, tokens, costUsd }) => ({
						usage: [used(new Date(ms).toISOString(), { responses, input: tokens, costUsd })],
					})),
				);
				const { points, daysAre } = series(sessions, new LocalCalendar(zone), { first: '2026-02-18', last: '2026-11-22' });
				assert.equal(daysAre, 'days');
				assert.equal(points.length, daysBetween('2026-02-18', '2026-11-22') + 1);
				for (const key of ['responses', 'tokens', 'costUsd'] as const)
					assert.equal(
						points.reduce((sum, point) => sum + point[key], 0),
						sums.reduce((sum, quarter) => sum + quarter[key], 0),
					);
				for (const quarter of sums)
					assert.ok((points.find(point => point.day === dayByIntl(zone, quarter.quarterMs))?.tokens ?? -1) >= quarter.tokens);
			}),
			{ seed: 7, numRuns: 40 },
		);
	});

	it('counts a session on each day it was worked on, and clips it to the period', () => {
		const worked = ['2026-03-01T18:00:00Z', '2026-03-01T19:00:00Z', '2026-03-03T20:00:00Z'].map(time => used(time));
		const { points } = series(sessionsOf({ usage: worked }, { usage: worked }), new LocalCalendar('Asia/Kathmandu'), {
			first: '2026-03-02',
			last: '2026-03-05',
		});
		assert.deepEqual(
			points.map(point => [point.day, point.sessions]),
			[
				['2026-03-02', 2],
				['2026-03-03', 0],
				['2026-03-04', 2],
				['2026-03-05', 0],
			],
		);
	});

	it('is one of weeks from Monday on when it is longer than a year', () => {
		const usage = [used('2025-01-05T12:00:00Z', { responses: 1, input: 2, costUsd: 3 })];
		const sessions = sessionsOf({ row: { started_at: '2025-01-05T12:00:00.000Z', ended_at: '2025-01-06T12:00:00.000Z' }, usage });
		const { points, daysAre } = series(sessions, new LocalCalendar('UTC'), { first: '2025-01-01', last: '2026-03-01' });
		assert.equal(daysAre, 'weeks');
		assert.deepEqual(points.slice(0, 3), [
			{ day: '2024-12-30', sessions: 1, responses: 1, tokens: 2, costUsd: 3 },
			{ day: '2025-01-06', sessions: 1, responses: 0, tokens: 0, costUsd: 0 },
			{ day: '2025-01-13', sessions: 0, responses: 0, tokens: 0, costUsd: 0 },
		]);
		assert.equal(points.at(-1)?.day, '2026-02-23');
	});
});
