/** What may happen to a job, and what it is then. Every write of a status asks here. Pure. */
import type { JobStatus } from './job.ts';

export type JobEvent =
	| 'create'
	| 'claim'
	| 'complete'
	| 'fail'
	| 'retry' // tried again later, after a back-off
	| 'wait' // tried again at the time a rate limit names
	| 'release' // its window closes
	| 'ownerDied' // it goes on elsewhere
	| 'abandon' // its owner died, and it may not go on by itself
	| 'requestCancel' // its owner is to stop it
	| 'cancel'
	| 'retryByPerson';

const table: Readonly<Record<JobStatus | 'new', Partial<Readonly<Record<JobEvent, JobStatus>>>>> = {
	new: { create: 'pending' },
	pending: { claim: 'running', cancel: 'cancelled' },
	running: {
		complete: 'completed',
		fail: 'failed',
		retry: 'pending',
		wait: 'pending',
		release: 'pending',
		ownerDied: 'pending',
		abandon: 'failed',
		requestCancel: 'running',
		cancel: 'cancelled',
	},
	completed: {},
	failed: { retryByPerson: 'pending' },
	cancelled: { retryByPerson: 'pending' },
};

export class TransitionRefused extends Error {
	override readonly name = 'TransitionRefused';
	readonly status: JobStatus | null;
	readonly event: JobEvent;
	constructor(status: JobStatus | null, event: JobEvent) {
		super(`A job that is ${status ?? 'new'} does not take ${event}`);
		this.status = status;
		this.event = event;
	}
}

/** Null stands for a job that does not exist yet. Throws `TransitionRefused`. */
export function transition(status: JobStatus | null, event: JobEvent): JobStatus {
	const next = table[status ?? 'new'][event];
	if (next === undefined) throw new TransitionRefused(status, event);
	return next;
}
