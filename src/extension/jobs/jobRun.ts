/** What a handler is given to run a job with. */
import type { LedgerTransaction } from '../store/ledger/transaction.ts';
import type { Job } from './job.ts';

export type StopKind =
	| 'cancelled' // by a person: what is finished may be returned
	| 'timed-out'
	| 'stopping' // the window closes; the job goes on later, or elsewhere
	| 'lease-lost'; // another window has the job; whatever this one still writes is refused

/** The reason of `JobRun.signal`. */
export class JobStop extends Error {
	override readonly name = 'JobStop';
	readonly kind: StopKind;
	constructor(kind: StopKind) {
		super(`The job is to stop: ${kind}`);
		this.kind = kind;
	}
}

/** The job is run by somebody else, or by nobody; nothing was written. */
export class LeaseLost extends Error {
	override readonly name = 'LeaseLost';
	constructor(id: string) {
		super(`The lease of job ${id} is lost`);
	}
}

export interface JobRun {
	/** As it was claimed. */
	readonly job: Job;
	/** Aborts with a `JobStop`. A handler that goes on for 2 s more is given up on. */
	readonly signal: AbortSignal;
	/** Cheap: may be called for every item. Written at most every 200 ms, the last one always. */
	progress(current: number, total: number | null, message?: string | null): void;
	/** The value that was saved last, perhaps by an owner before this one; null at the beginning. */
	readonly checkpoint: unknown;
	/** Resolves when it is safe on disk. Rejects with `LeaseLost`, a `LedgerError`, and a TypeError for what JSON cannot hold. */
	saveCheckpoint(value: unknown): Promise<void>;
	/** A change of the ledger that happens only while this very lease is held; else it rejects with `LeaseLost`. */
	change<T>(work: (tx: LedgerTransaction) => T, options?: { readonly durable?: boolean }): Promise<T>;
}

export type JobHandler<Data, Result> = (data: Data, run: JobRun) => Promise<Result>;
