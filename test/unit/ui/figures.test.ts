import assert from 'node:assert/strict';
import { costText, countText, durationText } from '../../../src/extension/ui/presentation/figures.ts';

describe('figures in words', () => {
	it('never round a cost away', () => {
		assert.equal(costText(0, 'en'), '$0.00');
		assert.equal(costText(0.004, 'en'), '<$0.01');
		assert.equal(costText(1234.5, 'en'), '$1,234.50');
	});

	it('are exact up to ten thousand and short beyond', () => {
		assert.equal(countText(9_999, 'en'), '9,999');
		assert.equal(countText(1_234_567, 'en'), '1.2M');
		assert.equal(countText(9_999, 'de'), '9.999');
	});

	it('give a duration in its two largest units', () => {
		const minute = 60_000;
		assert.equal(durationText(-5, 'en'), '0 sec');
		assert.equal(durationText(40_000, 'en'), '40 sec');
		assert.equal(durationText(12 * minute, 'en'), '12 min');
		assert.equal(durationText(60 * minute, 'en'), '1 hr');
		assert.equal(durationText(125 * minute, 'en'), '2 hr, 5 min');
		assert.equal(durationText(26 * 60 * minute, 'en'), '1 day, 2 hr');
		assert.equal(durationText(48 * 60 * minute, 'en'), '2 days');
	});
});
