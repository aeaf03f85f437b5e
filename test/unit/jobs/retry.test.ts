import assert from 'node:assert/strict';
import { backOffMs, failureOf, JobFailure, retryAfter } from '../../../src/extension/jobs/retry.ts';

const now = new Date('2026-01-02T03:04:05.000Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe('The back-off', () => {
	it('doubles from 2 s to 5 min', () => {
		assert.deepEqual(
			[1, 2, 3, 4, 7, 8, 9, 2000].map(attempts => backOffMs(attempts, 1) / 1000),
			[2, 4, 8, 16, 128, 256, 300, 300],
		);
	});

	it('is spread between half and whole', () => {
		assert.deepEqual([backOffMs(2, 0), backOffMs(2, 0.5), backOffMs(2, 1)], [2000, 3000, 4000]);
	});
});

describe('A failure', () => {
	it('is tried again until the attempts are used up', () => {
		assert.deepEqual(retryAfter('back-off', 1, 3, now, 0), { event: 'retry', at: later(1) });
		assert.deepEqual(retryAfter('back-off', 2, 3, now, 1), { event: 'retry', at: later(4) });
		assert.deepEqual(retryAfter('back-off', 3, 3, now, 1), { event: 'fail' });
	});

	it('that says so is not tried again', () => {
		assert.deepEqual(retryAfter('never', 1, 3, now, 0), { event: 'fail' });
	});

	it('of a rate limit waits until the time it names, however many attempts there were', () => {
		assert.deepEqual(retryAfter({ at: later(3600) }, 3, 3, now, 0), { event: 'wait', at: later(3600) });
	});

	it('of a rate limit that is over waits a moment all the same', () => {
		assert.deepEqual(retryAfter({ at: later(-60) }, 1, 3, now, 0), { event: 'wait', at: later(1) });
	});

	it('of a rate limit without a time that can be understood is one like any other', () => {
		for (const at of [new Date(Number.NaN), new Date(8.64e15)]) {
			assert.deepEqual(retryAfter({ at }, 1, 3, now, 0), { event: 'retry', at: later(1) });
		}
	});

	it('is whatever was thrown', () => {
		const failure = new JobFailure('rate limited', 'wait', 'never');
		assert.equal(failureOf(failure), failure);
		const cause = new RangeError('too far');
		const found = failureOf(cause);
		assert.deepEqual([found.reason, found.message, found.retry, found.cause], ['failed', 'too far', 'back-off', cause]);
		assert.equal(failureOf('a text').message, 'a text');
	});
});
