import assert from 'node:assert/strict';
import fc from 'fast-check';
import { instantOf } from '../../../../src/extension/claude/transcript/instant.ts';
import { Raw } from '../../../../src/extension/claude/transcript/json.ts';
import { read, user } from './reading.ts';

/** As text, and as bytes of a record. */
const both = (value: unknown): readonly (number | null)[] => {
	const bytes = Buffer.from(JSON.stringify(value));
	return [instantOf(value), instantOf(new Raw(bytes, 0, bytes.length))];
};

const noon = Date.UTC(2026, 0, 31, 12);

describe('times of records', () => {
	for (const text of [
		'2026-01-31T12:00:00.000Z',
		'2026-01-31T12:00:00Z',
		'2026-01-31T12:00Z',
		'2026-01-31T12:00:00.0000000Z',
		'2026-01-31T12:00:00.000',
		'2026-01-31 12:00:00',
		'2026-01-31T14:00:00+02:00',
		'2026-01-31T04:30:00.000-0730',
		'2026-01-31T12:00:00z',
	]) {
		it(`reads ${text} as the same instant, without a zone as UTC`, () => {
			assert.deepEqual(both(text), [noon, noon]);
		});
	}

	it('reads a date as its first instant', () => {
		assert.deepEqual(both('2026-01-31'), [Date.UTC(2026, 0, 31), Date.UTC(2026, 0, 31)]);
	});

	it('reads every instant that Date writes since 1970', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), date => {
				assert.deepEqual(both(date.toISOString()), [date.getTime(), date.getTime()]);
			}),
		);
	});

	for (const value of [
		1769860800000,
		-1,
		1e308,
		0,
		null,
		true,
		{},
		[],
		['2026-01-31T12:00:00.000Z'],
		{ toString: '2026-01-31' },
		'',
		'now',
		'1769860800000',
		'2026-02-30T12:00:00.000Z',
		'2025-02-29T12:00:00.000Z',
		'2026-13-01T12:00:00.000Z',
		'2026-00-10T12:00:00.000Z',
		'2026-01-00T12:00:00.000Z',
		'2026-01-31T24:00:00.000Z',
		'2026-01-31T12:60:00.000Z',
		'2026-01-31T12:00:61.000Z',
		'2026-01-31T12:00:00.000+99:00',
		'0001-01-01T00:00:00Z',
		'1969-12-31T23:59:59.999Z',
		'+275760-09-13T00:00:00.000Z',
		'-000001-01-01T00:00:00.000Z',
		'31.01.2026 12:00',
		'Sat Jan 31 2026',
		'2026-01-31T12:00:00.000Z trailing',
		`2026-01-31T12:00:00.${'0'.repeat(1000)}Z`,
	]) {
		it(`takes ${JSON.stringify(value).slice(0, 50)} for no time`, () => {
			assert.deepEqual(both(value), [null, null]);
		});
	}

	it('knows the leap years', () => {
		assert.deepEqual(both('2024-02-29T00:00:00.000Z'), [Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29)]);
		assert.deepEqual(both('2000-02-29')[0], Date.UTC(2000, 1, 29));
		assert.deepEqual(both('2100-02-29')[0], null);
	});

	it('leaves records without a readable time out of the bounds, and never takes now', () => {
		const { summary, messages } = read([
			user('a', { timestamp: 5 }),
			user('b', { timestamp: undefined }),
			user('c', { timestamp: '9999' }),
		]);
		assert.deepEqual([summary.firstMs, summary.lastMs, summary.firstMsOfAll], [null, null, null]);
		assert.deepEqual(
			messages.map(message => message.atMs),
			[null, null, null],
		);
	});
});
