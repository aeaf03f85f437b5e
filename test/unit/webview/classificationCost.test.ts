import assert from 'node:assert/strict';
import { Format } from '../../../src/webview/format.ts';
import { addedUp, costText, lengthOf } from '../../../src/webview/insights/classificationCost.ts';

const format = new Format('en-GB', 'Europe/Berlin');

describe('The cost of classifying', () => {
	it('is one figure when all of it is confirmed', () => {
		assert.equal(costText({ costUsd: 0.12, unconfirmedUsd: 0 }, format), '$0.12');
	});

	it('names the part that may not have been paid, which is in the figure', () => {
		assert.equal(costText({ costUsd: 0.11, unconfirmedUsd: 0.01 }, format), '$0.12, $0.01 of it unconfirmed');
		assert.equal(costText({ costUsd: 0, unconfirmedUsd: 0.0004 }, format), '<$0.01, <$0.01 of it unconfirmed');
	});

	it('adds up', () => {
		assert.deepEqual(addedUp([]), { costUsd: 0, unconfirmedUsd: 0 });
		assert.deepEqual(
			addedUp([
				{ costUsd: 1, unconfirmedUsd: 0.5 },
				{ costUsd: 2, unconfirmedUsd: 0 },
			]),
			{ costUsd: 3, unconfirmedUsd: 0.5 },
		);
	});
});

describe('The length of a job', () => {
	it('is known when it has ended, at times that make sense', () => {
		const createdAt = '2026-11-21T10:00:00.000Z';
		assert.equal(lengthOf({ createdAt, completedAt: '2026-11-21T10:01:00.000Z' }), 60_000);
		assert.equal(lengthOf({ createdAt, completedAt: null }), null);
		assert.equal(lengthOf({ createdAt, completedAt: '2026-11-21T09:00:00.000Z' }), null);
		assert.equal(lengthOf({ createdAt: 'then', completedAt: createdAt }), null);
	});
});
