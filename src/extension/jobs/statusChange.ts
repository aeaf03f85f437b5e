/**
 * Every change of a status: what the table of transitions allows is written, and what follows the type's jobs in other
 * tables is written with it. All in the caller's transaction.
 */
import {
	forgetProgress,
	insertJob,
	jobById,
	type JobRow,
	type NewJobRow,
	writeCancelRequest,
	writeFinished,
	writePending,
	writeRunning,
} from '../store/ledger/jobs.ts';
import type { LedgerReader, LedgerTransaction } from '../store/ledger/transaction.ts';
import { type Job, type JobError, jobOf } from './job.ts';
import type { Outcome } from './outcome.ts';
import type { JobCatalogue } from './registry.ts';
import { transition } from './transitions.ts';

/** So often in a row a job may lose its owner without having come any further. */
const mostDeaths = 20;

export class StatusChange {
	readonly #tx: LedgerTransaction;
	readonly #registry: Pick<JobCatalogue, 'typeOf'>;
	readonly #at: Date;

	constructor(tx: LedgerTransaction, registry: Pick<JobCatalogue, 'typeOf'>, at: Date) {
		this.#tx = tx;
		this.#registry = registry;
		this.#at = at;
	}

	/** `also` comes before what follows the status, which may need what it writes. */
	create(job: Omit<NewJobRow, 'status' | 'createdAt'>, also?: (tx: LedgerTransaction, job: Job) => void): Job {
		insertJob(this.#tx, { ...job, status: transition(null, 'create'), createdAt: this.#now });
		also?.(this.#tx, existing(this.#tx, job.id));
		return this.#follow(job.id);
	}

	claim(row: JobRow, leaseOwner: string, leaseExpiresAt: Date): Job {
		writeRunning(this.#tx, row.id, {
			status: transition(row.status, 'claim'),
			leaseOwner,
			leaseExpiresAt: leaseExpiresAt.toISOString(),
			attempts: row.attempts + 1,
			at: this.#now,
		});
		return this.#follow(row.id);
	}

	/** What became of a run whose lease is still held. */
	end(row: JobRow, outcome: Outcome): Job {
		switch (outcome.event) {
			case 'complete':
			case 'cancel':
			case 'fail':
				return this.#finish(row, outcome.event, { deaths: 0, result: outcome.result, error: outcome.error });
			case 'retry':
				return this.#putBack(row, 'retry', { at: outcome.at, attempts: row.attempts, deaths: 0, error: outcome.error });
			case 'wait':
				return this.#putBack(row, 'wait', { at: outcome.at, attempts: uncounted(row), deaths: 0, error: outcome.error });
			case 'release':
				return this.#ownerless(row, 'release', row.deaths, outcome.result);
		}
	}

	/** Its owner is gone without a word. */
	ownerDied(row: JobRow): Job {
		return this.#ownerless(row, 'ownerDied', row.deaths + 1, null);
	}

	/** One that runs is cancelled by its owner. */
	cancel(row: JobRow): Job {
		if (row.status !== 'running') return this.#finish(row, 'cancel', { deaths: row.deaths, result: null, error: null });
		transition(row.status, 'requestCancel');
		writeCancelRequest(this.#tx, row.id, this.#now);
		return existing(this.#tx, row.id);
	}

	/** It goes on from where it stood if its type can; the attempts are counted anew. */
	retryByPerson(row: JobRow): Job {
		if (this.#registry.typeOf(row.type)?.afterOwnerDied !== 'resume') forgetProgress(this.#tx, row.id);
		return this.#putBack(row, 'retryByPerson', { at: this.#at, attempts: 0, deaths: 0, error: null });
	}

	#ownerless(row: JobRow, event: 'release' | 'ownerDied', deaths: number, result: string | null): Job {
		const ending = event === 'release' ? 'fail' : 'abandon';
		const afterwards = this.#registry.typeOf(row.type)?.afterOwnerDied;
		if (row.cancelRequestedAt !== null) return this.#finish(row, 'cancel', { deaths, result, error: null });
		if (afterwards === 'interrupted') {
			const error = { reason: 'interrupted', message: 'The window that ran it was closed or crashed; it is not run again by itself' };
			return this.#finish(row, ending, { deaths, result, error });
		}
		if (deaths >= mostDeaths) {
			const message = `The process that ran it died ${deaths} times in a row, and it never came further`;
			return this.#finish(row, ending, { deaths, result, error: { reason: 'owner kept dying', message } });
		}
		if (afterwards === 'restart') forgetProgress(this.#tx, row.id);
		return this.#putBack(row, event, { at: this.#at, attempts: uncounted(row), deaths, error: null });
	}

	#putBack(
		row: JobRow,
		event: 'retry' | 'wait' | 'release' | 'ownerDied' | 'retryByPerson',
		change: { readonly at: Date; readonly attempts: number; readonly deaths: number; readonly error: JobError | null },
	): Job {
		writePending(this.#tx, row.id, {
			status: transition(row.status, event),
			scheduledAt: change.at.toISOString(),
			attempts: change.attempts,
			deaths: change.deaths,
			error: change.error === null ? null : JSON.stringify(change.error),
			at: this.#now,
		});
		return this.#follow(row.id);
	}

	#finish(
		row: JobRow,
		event: 'complete' | 'fail' | 'abandon' | 'cancel',
		change: { readonly deaths: number; readonly result: string | null; readonly error: JobError | null },
	): Job {
		writeFinished(this.#tx, row.id, {
			status: transition(row.status, event),
			deaths: change.deaths,
			result: change.result,
			error: change.error === null ? null : JSON.stringify(change.error),
			at: this.#now,
		});
		return this.#follow(row.id);
	}

	#follow(id: string): Job {
		const job = existing(this.#tx, id);
		this.#registry.typeOf(job.type)?.onStatus?.(this.#tx, job, job.status);
		return job;
	}

	get #now(): string {
		return this.#at.toISOString();
	}
}

/** A claim that came to nothing is no attempt. */
const uncounted = (row: JobRow): number => Math.max(row.attempts - 1, 0);

function existing(reader: LedgerReader, id: string): Job {
	const row = jobById(reader, id);
	if (row === undefined) throw new Error(`There is no job ${id}`);
	return jobOf(row);
}
