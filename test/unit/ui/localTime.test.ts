import assert from 'node:assert/strict';
import {
	dateAndTime,
	dayGroupLabel,
	instantMs,
	localDayNumber,
	msUntilTomorrow,
	relativeTime,
} from '../../../src/extension/ui/presentation/localTime.ts';
import { berlin, noon } from './viewers.ts';

const at = (iso: string) => Date.parse(iso);

describe('the heading of a group of days', () => {
	it('is a word for the last days, and the month in the language of the viewer before', () => {
		const labels = ['today', 'yesterday', 'week', 'month-2026-10', 'undated'].map(key => dayGroupLabel(key, berlin));
		assert.deepEqual(labels, ['Today', 'Yesterday', 'This week', 'October 2026', 'No date']);
		assert.equal(dayGroupLabel('month-2025-12', { ...berlin, locale: 'de' }), 'Dezember 2025');
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
