import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFinished, type JobStatus } from '../../../src/extension/jobs/job.ts';
import { type JobEvent, transition, TransitionRefused } from '../../../src/extension/jobs/transitions.ts';
import { examples } from '../../support/examples.ts';

const statuses: readonly (JobStatus | null)[] = [null, 'pending', 'running', 'completed', 'failed', 'cancelled'];
const events: readonly JobEvent[] = [
	'create',
	'claim',
	'complete',
	'fail',
	'retry',
	'wait',
	'release',
	'ownerDied',
	'abandon',
	'requestCancel',
	'cancel',
	'retryByPerson',
];

/** Null where it is refused. */
function after(status: JobStatus | null, event: JobEvent): JobStatus | null {
	try {
		return transition(status, event);
	} catch (error) {
		assert.ok(error instanceof TransitionRefused);
		assert.deepEqual([error.status, error.event], [status, event]);
		return null;
	}
}

describe('The transitions of a job', () => {
	it('are these, and every other is refused', () => {
		const allowed = statuses.flatMap(status =>
			events.flatMap(event => {
				const next = after(status, event);
				return next === null ? [] : [`${status ?? 'new'} ${event} ${next}`];
			}),
		);
		assert.deepEqual(allowed, [
			'new create pending',
			'pending claim running',
			'pending cancel cancelled',
			'running complete completed',
			'running fail failed',
			'running retry pending',
			'running wait pending',
			'running release pending',
			'running ownerDied pending',
			'running abandon failed',
			'running requestCancel running',
			'running cancel cancelled',
			'failed retryByPerson pending',
			'cancelled retryByPerson pending',
		]);
	});

	it('keep their promises whatever happens in whatever order', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...events), { maxLength: 60 }), sequence => {
				let status: JobStatus | null = null;
				let claims = 0;
				let ends = 0;
				for (const event of sequence) {
					const next = after(status, event);
					if (next === null) continue;
					// A job begins once, runs only after a claim, is never completed twice, and leaves an end only by a person.
					assert.equal(event === 'create', status === null);
					assert.equal(next === 'running' && status !== 'running', event === 'claim');
					assert.notEqual(status, 'completed');
					if (status !== null && isFinished(status)) assert.equal(event, 'retryByPerson');
					if (event === 'claim') claims++;
					if (status === 'running' && next !== 'running') ends++;
					status = next;
				}
				assert.equal(claims - ends, status === 'running' ? 1 : 0);
			}),
			{ numRuns: examples(1000), seed: 31 },
		);
	});
});
