import assert from 'node:assert/strict';
import { LocalCalendar } from '../../../src/extension/insights/localTime.ts';
import { betweenInstants, periodBetween } from '../../../src/extension/insights/period.ts';

const calendar = new LocalCalendar('Europe/Berlin');
const now = Date.parse('2026-06-01T12:00:00Z');

function between(since: string | null, until: string | null): readonly (string | null)[] {
	const { fromMs, toMs } = betweenInstants(periodBetween(since, until, now, calendar));
	return [fromMs, toMs].map(ms => (ms === null ? null : new Date(ms).toISOString()));
}

describe('A period that somebody typed', () => {
	it('has whole local days, and instants as they are', () => {
		assert.deepEqual(between('2024-02-28', '2024-02-29'), ['2024-02-27T23:00:00.000Z', '2024-02-29T23:00:00.000Z']);
		assert.deepEqual(between('2026-02-28T10:00', null), ['2026-02-28T10:00:00.000Z', null]);
		assert.deepEqual(between(null, '2026-02-28T10:00+01:00'), [null, '2026-02-28T09:00:00.000Z']);
	});

	for (const day of ['2026-02-31', '2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00']) {
		it(`is refused when it names ${day}, which is no day`, () => {
			for (const text of [day, `${day}T10:00`, `${day}T10:00:00Z`, `${day} 10:00+02:00`]) {
				const isRefused = (error: unknown): boolean => error instanceof RangeError && error.message.startsWith(text);
				assert.throws(() => between(text, null), isRefused);
				assert.throws(() => between(null, text), isRefused);
			}
		});
	}
});
