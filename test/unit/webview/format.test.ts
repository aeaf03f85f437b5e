import assert from 'node:assert/strict';
import { Format, clipped } from '../../../src/webview/format.ts';
import { text } from '../../../src/webview/text.ts';

const format = new Format('en-GB', 'Europe/Berlin');

describe('Figures for people', () => {
	it('are whole below ten thousand and three digits above', () => {
		assert.deepEqual(
			[0, 7, 9_999, 10_000, 1_234_567].map(value => format.compact(value)),
			['0', '7', '9,999', '10k', '1.23M'],
		);
	});

	it('of money never read as nothing when they are something', () => {
		assert.deepEqual(
			[0, 0.001, 0.005, 12.5].map(value => format.usd(value)),
			['$0.00', '<$0.01', '$0.01', '$12.50'],
		);
	});

	it('of shares never read as nothing when they are something', () => {
		assert.deepEqual(
			[0, 0.001, 0.005, 0.5].map(value => format.percent(value)),
			['0%', '<1%', '1%', '50%'],
		);
	});

	it('of time show the two largest units, without a sixtieth minute', () => {
		assert.deepEqual(
			[0, 180, 9_310, 59_400, 59_600, 3_599_999, 3_600_000, 5_430_000, 360_000_000].map(ms => format.duration(ms)),
			['0s', '0.2s', '9.3s', '59s', '1m', '1h', '1h', '1h 31m', '100h'],
		);
	});

	it('of size are in the unit that fits', () => {
		assert.deepEqual(
			[0, 999, 48_213, 8_120_000, 2_140_000_000].map(bytes => format.bytes(bytes)),
			['0 byte', '999 byte', '48.2 kB', '8.12 MB', '2.14 GB'],
		);
	});

	it('on an axis carry no needless cents', () => {
		assert.deepEqual(
			[0, 2.5, 5, 1_000].map(value => format.usdShort(value)),
			['$0', '$2.50', '$5', '$1k'],
		);
	});
});

describe('Times for people', () => {
	it('are in the zone of the figures', () => {
		assert.equal(format.time('2026-11-20T23:30:00.000Z'), '00:30');
	});

	it('show the year when it is another one', () => {
		assert.equal(format.moment('2019-03-04T12:00:00.000Z'), '4 Mar 2019');
	});

	it('are null where there is none', () => {
		assert.deepEqual([format.moment('soon'), format.time(''), format.instantLong('2026-13-45')], [null, null, null]);
	});

	it('of days do not shift with the zone', () => {
		for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue'])
			assert.equal(new Format('en-GB', zone).dayMedium('2026-11-21'), '21 Nov 2026');
	});

	it('of strange days show what was there', () => {
		assert.deepEqual([format.dayLong('someday'), format.days('b', 'a')], ['someday', 'b – a']);
	});
});

describe('Places for people', () => {
	it('that do not exist fall back on the runtime’s own', () => {
		assert.equal(new Format('not a locale', 'Mars/Olympus').integer(7), '7');
	});
});

describe('User text', () => {
	it('is left as it is up to three hundred characters and cut between characters above', () => {
		const short = 'é'.repeat(300);
		assert.equal(clipped(short), short);
		const long = clipped('😀'.repeat(1_000));
		assert.equal(Array.from(long).length, 301);
		assert.equal(long.isWellFormed(), true);
	});
});

describe('Words from the table', () => {
	it('take the form that the count asks for', () => {
		assert.equal(text('sessionCount', { count: '1' }, 1), '1 session');
		assert.equal(text('sessionCount', { count: '0' }, 0), '0 sessions');
	});

	it('take values literally, also those that look like patterns', () => {
		assert.equal(text('loadFailed', { reason: '$& {reason}' }), 'The figures could not be loaded: $& {reason}');
	});
});
