/** What is written of a job by the one who runs it: everything only while this very lease is held. */
import { jobUnderLease, type JobRow, writeCheckpoint, writeProgress } from '../store/ledger/jobs.ts';
import type { LedgerTransaction } from '../store/ledger/transaction.ts';
import type { JobFeed } from './feed.ts';
import { type Job, type JobProgress, toJson } from './job.ts';
import { LeaseLost } from './jobRun.ts';
import type { Outcome } from './outcome.ts';
import type { JobCatalogue } from './registry.ts';
import { StatusChange } from './statusChange.ts';

export interface LeasedJobParts {
	readonly feed: JobFeed;
	readonly registry: JobCatalogue;
	readonly now: () => Date;
}

export class LeasedJob {
	readonly job: Job;
	/** Whatever is said under another lease comes from another owner. */
	readonly lease: string;
	readonly #parts: LeasedJobParts;
	readonly #onLost: () => void;
	/** What begins anew after a death has come no further by what it did before. */
	readonly #isKept: boolean;

	constructor(job: Job, lease: string, parts: LeasedJobParts, onLost: () => void) {
		this.job = job;
		this.lease = lease;
		this.#parts = parts;
		this.#onLost = onLost;
		this.#isKept = parts.registry.typeOf(job.type)?.afterOwnerDied !== 'restart';
	}

	/** Rejects with `LeaseLost`, with `LedgerError`, and with what `work` throws. */
	async change<T>(work: (tx: LedgerTransaction, row: JobRow) => T, options?: { readonly durable?: boolean }): Promise<T> {
		try {
			return await this.#parts.feed.change(tx => {
				const row = jobUnderLease(tx, this.job.id, this.lease);
				if (row === undefined) throw new LeaseLost(this.job.id);
				return work(tx, row);
			}, options);
		} catch (error) {
			if (error instanceof LeaseLost) this.#onLost();
			throw error;
		}
	}

	/** False when it was not written; never rejects: it is for the eye, and the outcome will tell what is wrong. */
	writeProgress(progress: JobProgress): Promise<boolean> {
		return this.change((tx, row) => this.#progressIn(tx, row, progress), { durable: false }).then(
			() => true,
			() => false,
		);
	}

	/** Answers the value as it will be read back. */
	async saveCheckpoint(value: unknown): Promise<unknown> {
		const text = toJson(value) ?? 'null';
		await this.change((tx, row) => writeCheckpoint(tx, row.id, text, this.#isKept, this.#parts.now().toISOString()));
		return JSON.parse(text);
	}

	/** `decide` is given the job as it stands: somebody may have asked for its end in the meantime. */
	end(progress: JobProgress | null, decide: (row: JobRow, now: Date) => Outcome): Promise<unknown> {
		return this.change((tx, row) => {
			const now = this.#parts.now();
			if (progress !== null) this.#progressIn(tx, row, progress);
			new StatusChange(tx, this.#parts.registry, now).end(row, decide(row, now));
		});
	}

	#progressIn(tx: LedgerTransaction, row: JobRow, progress: JobProgress): void {
		writeProgress(tx, row.id, { ...progress, isKept: this.#isKept, at: this.#parts.now().toISOString() });
	}
}
