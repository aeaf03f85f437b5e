import assert from 'node:assert/strict';
import { figureChange } from '../../../src/webview/insights/figureChange.ts';
import { daysIn, spanBefore, spanOf } from '../../../src/webview/insights/daySpan.ts';

describe('A figure against the period before', () => {
	it('has no change where there is no period before, or nothing in either', () => {
		assert.deepEqual(figureChange({ now: 5, before: null }), { kind: 'none' });
		assert.deepEqual(figureChange({ now: 0, before: 0 }), { kind: 'none' });
	});

	it('is new where there was nothing before', () => {
		assert.deepEqual(figureChange({ now: 5, before: 0 }), { kind: 'new' });
	});

	it('is the same where the difference rounds to no percent', () => {
		assert.deepEqual(figureChange({ now: 1_004, before: 1_000 }), { kind: 'same' });
	});

	it('went up or down by its share of what was before', () => {
		assert.deepEqual(figureChange({ now: 15, before: 10 }), { kind: 'up', fraction: 0.5, before: 10 });
		assert.deepEqual(figureChange({ now: 0, before: 10 }), { kind: 'down', fraction: 1, before: 10 });
	});
});

describe('The period before', () => {
	it('has as many days and ends where the period begins', () => {
		assert.deepEqual(spanBefore({ first: '2026-10-23', last: '2026-11-21' }), { first: '2026-09-23', last: '2026-10-22' });
		assert.deepEqual(spanBefore({ first: '2027-01-01', last: '2027-01-01' }), { first: '2026-12-31', last: '2026-12-31' });
		assert.equal(daysIn({ first: '2026-09-23', last: '2026-10-22' }), 30);
	});

	it('is none of days that are none, or that end before they begin', () => {
		assert.equal(spanBefore({ first: 'someday', last: '2026-11-21' }), null);
		assert.equal(spanBefore({ first: '2026-11-21', last: '2026-11-20' }), null);
	});
});

describe('The stretch of a bar', () => {
	it('is the day itself, or the week that begins with it, across a change of year', () => {
		assert.deepEqual(spanOf('2026-11-16', false), { first: '2026-11-16', last: '2026-11-16' });
		assert.deepEqual(spanOf('2026-12-28', true), { first: '2026-12-28', last: '2027-01-03' });
	});

	it('of a day that is none is that day', () => {
		assert.deepEqual(spanOf('someday', true), { first: 'someday', last: 'someday' });
	});
});
