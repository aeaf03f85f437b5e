import assert from 'node:assert/strict';
import { type Circumstances, type Ending, outcomeOf } from '../../../src/extension/jobs/outcome.ts';
import { JobFailure } from '../../../src/extension/jobs/retry.ts';

const now = new Date('2026-01-02T03:04:05.000Z');
const usual: Circumstances = { stop: null, isCancelRequested: false, attempts: 1, maxAttempts: 3, timeoutMs: 5000, now, chance: 1 };
const returned: Ending = { kind: 'returned', result: { done: 3 } };
const threw: Ending = { kind: 'threw', error: new Error('no luck') };
const ignored: Ending = { kind: 'ignored' };
const result = '{"done":3}';

describe('The outcome of a run', () => {
	it('that returned is its result, also when a cancel came too late', () => {
		for (const isCancelRequested of [false, true]) {
			assert.deepEqual(outcomeOf(returned, { ...usual, isCancelRequested }), { event: 'complete', result, error: null });
		}
		assert.deepEqual(outcomeOf({ kind: 'returned', result: undefined }, usual), { event: 'complete', result: null, error: null });
	});

	it('that was cancelled keeps what it had finished', () => {
		const cancelled = { ...usual, stop: 'cancelled', isCancelRequested: true } as const;
		assert.deepEqual(outcomeOf(returned, cancelled), { event: 'cancel', result, error: null });
		for (const ending of [threw, ignored]) assert.deepEqual(outcomeOf(ending, cancelled), { event: 'cancel', result: null, error: null });
	});

	it('that failed while its cancel was on the way is cancelled, not tried again', () => {
		for (const stop of [null, 'timed-out', 'stopping'] as const) {
			assert.equal(outcomeOf(threw, { ...usual, stop, isCancelRequested: true }).event, 'cancel');
		}
	});

	it('that was told to stop because its window closes is to go on later', () => {
		for (const ending of [threw, ignored]) {
			assert.deepEqual(outcomeOf(ending, { ...usual, stop: 'stopping' }), { event: 'release', result: null });
		}
		assert.deepEqual(outcomeOf(returned, { ...usual, stop: 'stopping' }), { event: 'release', result });
	});

	it('that took too long is tried again after a back-off, whatever its handler said then', () => {
		for (const ending of [returned, threw, ignored]) {
			assert.deepEqual(outcomeOf(ending, { ...usual, stop: 'timed-out' }), {
				event: 'retry',
				at: new Date(now.getTime() + 2000),
				error: { reason: 'timed-out', message: 'It took longer than 5 s' },
			});
		}
		assert.equal(outcomeOf(ignored, { ...usual, stop: 'timed-out', attempts: 3 }).event, 'fail');
	});

	it('that failed has the reason its error names', () => {
		const at = new Date(now.getTime() + 60_000);
		const failed = (retry: 'never' | { at: Date }): Ending => ({ kind: 'threw', error: new JobFailure('rate limited', 'wait', retry) });
		const error = { reason: 'rate limited', message: 'wait' };
		assert.deepEqual(outcomeOf(failed({ at }), usual), { event: 'wait', at, error });
		assert.deepEqual(outcomeOf(failed('never'), usual), { event: 'fail', result: null, error });
	});

	it('that cannot be stored is a failure that trying again does not mend', () => {
		const circle: Record<string, unknown> = {};
		circle['self'] = circle;
		for (const wrong of [circle, () => 1, 10n]) {
			const outcome = outcomeOf({ kind: 'returned', result: wrong }, usual);
			assert.ok(outcome.event === 'fail', outcome.event);
			assert.equal(outcome.error.reason, 'failed');
		}
	});
});
