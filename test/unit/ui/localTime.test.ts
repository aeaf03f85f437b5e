import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	dateAndTime,
	dayGroupOf,
	instantMs,
	localDayNumber,
	msUntilTomorrow,
	relativeTime,
} from '../../../src/extension/ui/presentation/localTime.ts';
import { berlin, noon } from './viewers.ts';

const at = (iso: string) => Date.parse(iso);
const group = (iso: string, viewer = berlin) => dayGroupOf(at(iso), noon, viewer);

describe('grouping by day', () => {
	it("follows the viewer's midnight, not UTC's (IDX-8)", () => {
		// 23:30 UTC on the 17th is half past midnight of the 18th in Berlin.
		assert.equal(group('2026-11-17T23:30:00Z').key, 'today');
		assert.equal(group('2026-11-17T22:30:00Z').key, 'yesterday');
		assert.equal(group('2026-11-17T23:30:00Z', { ...berlin, timeZone: 'UTC' }).key, 'yesterday');
	});

	it('ends this week at its first day, as the viewer counts weeks', () => {
		assert.equal(group('2026-11-16T12:00:00Z').key, 'week');
		assert.equal(group('2026-11-15T12:00:00Z').key, 'month-2026-11');
		assert.equal(group('2026-11-15T12:00:00Z', { ...berlin, weekStartsOn: 'sunday' }).key, 'week');
		assert.equal(group('2026-11-14T12:00:00Z', { ...berlin, weekStartsOn: 'sunday' }).key, 'month-2026-11');
		assert.equal(group('2026-11-14T12:00:00Z', { ...berlin, weekStartsOn: 'saturday' }).key, 'week');
	});

	it('has no week before yesterday on the first day of a week', () => {
		const monday = at('2026-11-16T11:00:00Z');
		assert.equal(dayGroupOf(at('2026-11-15T12:00:00Z'), monday, berlin).key, 'yesterday');
		assert.equal(dayGroupOf(at('2026-11-14T12:00:00Z'), monday, berlin).key, 'month-2026-11');
	});

	it('names months in the language of the viewer', () => {
		assert.deepEqual(group('2026-10-31T12:00:00Z'), { key: 'month-2026-10', label: 'October 2026' });
		assert.equal(group('2025-12-01T12:00:00Z', { ...berlin, locale: 'de' }).label, 'Dezember 2025');
	});

	it('takes a time in the future as today, since clocks differ', () => {
		assert.equal(group('2026-11-20T12:00:00Z').key, 'today');
	});

	it('keeps sessions without a time apart', () => {
		assert.deepEqual(dayGroupOf(null, noon, berlin), { key: 'undated', label: 'No date' });
	});

	it('puts a later instant never into an older group', () => {
		const rank = (key: string) =>
			key === 'today' ? '9999-3' : key === 'yesterday' ? '9999-2' : key === 'week' ? '9999-1' : key.slice('month-'.length);
		const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: noon });
		fc.assert(
			fc.property(instant, instant, fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC'), (a, b, timeZone) => {
				const [older, newer] = [Math.min(a, b), Math.max(a, b)].map(ms => dayGroupOf(ms, noon, { ...berlin, timeZone }).key);
				assert.ok(rank(older ?? '') <= rank(newer ?? ''));
			}),
		);
	});
});

describe('a time in words', () => {
	const words = (iso: string, locale = 'en') => relativeTime(at(iso), noon, { ...berlin, locale });

	it('is a distance for a week and a date from then on', () => {
		assert.equal(words('2026-11-18T10:59:30Z'), 'now');
		assert.equal(words('2026-11-18T10:55:00Z'), '5 min. ago');
		assert.equal(words('2026-11-18T08:30:00Z'), '2 hr. ago');
		assert.equal(words('2026-11-17T20:00:00Z'), '15 hr. ago');
		assert.equal(words('2026-11-17T08:00:00Z'), 'yesterday');
		assert.equal(words('2026-11-14T12:00:00Z'), '4 days ago');
		assert.equal(words('2026-11-03T12:00:00Z'), 'Nov 3');
		assert.equal(words('2025-11-03T12:00:00Z'), 'Nov 3, 2025');
	});

	it('is in the language of the viewer', () => {
		assert.equal(words('2026-11-18T10:55:00Z', 'de'), 'vor 5 Min.');
	});

	it('is "now" for a time in the future', () => {
		assert.equal(words('2026-11-19T10:55:00Z'), 'now');
	});

	it('has date and time of day in the zone of the viewer', () => {
		assert.equal(dateAndTime(at('2026-11-18T23:30:00Z'), berlin).replaceAll('\u202f', ' '), 'Nov 19, 2026, 12:30 AM');
	});
});

describe('instants and days', () => {
	it('reads what can be read and nothing else', () => {
		assert.equal(instantMs('2026-11-18T11:00:00.000Z'), noon);
		assert.equal(instantMs('soon'), null);
		assert.equal(instantMs(null), null);
	});

	it('waits for midnight over a change of the clocks', () => {
		// Berlin's 25th of October 2026 has 25 hours, its 29th of March 23.
		for (const [day, hours] of [
			['2026-10-24T22:00:00Z', 25],
			['2026-03-28T23:00:00Z', 23],
			['2026-11-17T23:00:00Z', 24],
		] as const) {
			const wait = msUntilTomorrow(at(day), berlin.timeZone);
			assert.ok(wait >= hours * 3_600_000 && wait <= hours * 3_600_000 + 1000, `${day}: ${wait}`);
			assert.equal(localDayNumber(at(day) + wait, berlin.timeZone), localDayNumber(at(day), berlin.timeZone) + 1);
		}
	});
});
