/**
 * The durable queue of background jobs (JOB-1 to JOB-8): made, changed and listed here, run by `JobWorker`. It does not
 * know what any job does: types name their data and result, and windows bring the handlers.
 */
import { randomUUID } from 'node:crypto';
import type { Ledger } from '../store/ledger/ledger.ts';
import {
	activeJobs,
	countJobs,
	countsByTypeAndStatus,
	failuresByReason,
	type FailureCount,
	finishedJobs,
	type JobCount,
	listJobs,
} from '../store/ledger/jobLists.ts';
import { deleteFinished, jobById, type JobRow, writeEdit } from '../store/ledger/jobs.ts';
import type { LedgerReader, LedgerTransaction } from '../store/ledger/transaction.ts';
import { JobFeed, type JobListener } from './feed.ts';
import { type Job, jobOf, type JobStatus } from './job.ts';
import type { JobRegistry, JobTypes, NameIn } from './registry.ts';
import { defaultMaxAttempts } from './retry.ts';
import { StatusChange } from './statusChange.ts';

export interface NewJob {
	/** Only windows that have it run the job. */
	readonly scope?: string;
	readonly needs?: readonly string[];
	/** 0 by default; the highest goes first. */
	readonly priority?: number;
	/** Not before; now by default. */
	readonly scheduledAt?: Date;
	/** Those of the type by default. */
	readonly maxAttempts?: number;
	readonly timeoutMs?: number | null;
	/** Runs in the change that makes the job. */
	readonly also?: (tx: LedgerTransaction, job: Job) => void;
}

export interface JobEdit {
	readonly priority?: number;
	readonly scheduledAt?: Date;
	readonly data?: unknown;
}

export interface JobFilter {
	readonly type?: string;
	readonly status?: JobStatus;
	/** 50 by default, 200 at most. */
	readonly limit?: number;
	readonly offset?: number;
}

export interface JobPage {
	readonly jobs: readonly Job[];
	/** On all pages. */
	readonly total: number;
}

export interface JobStatistics {
	readonly counts: readonly JobCount[];
	/** The most frequent first. */
	readonly failures: readonly FailureCount[];
}

export type RefusalReason = 'unknown type' | 'wrong data' | 'not found' | 'not pending';

export class JobRefused extends Error {
	override readonly name = 'JobRefused';
	readonly reason: RefusalReason;
	constructor(reason: RefusalReason, message: string, cause?: unknown) {
		super(message, { cause });
		this.reason = reason;
	}
}

export interface QueueOptions<Types extends JobTypes<Types>> {
	readonly ledger: Ledger;
	readonly registry: JobRegistry<Types>;
	readonly now?: () => Date;
	readonly onLog?: (message: string) => void;
}

const longestPage = 200;

/** Changes reject with `LedgerError` too, and have not happened then. What they answer is safe on disk. */
export class JobQueue<Types extends JobTypes<Types>> {
	readonly ledger: Ledger;
	readonly registry: JobRegistry<Types>;
	readonly feed: JobFeed;
	readonly now: () => Date;

	constructor({ ledger, registry, now = () => new Date(), onLog = () => undefined }: QueueOptions<Types>) {
		this.ledger = ledger;
		this.registry = registry;
		this.feed = new JobFeed(ledger, onLog);
		this.now = now;
	}

	/** Rejects with `JobRefused` `unknown type` and `wrong data`. */
	create<Name extends NameIn<Types>>(type: Name, data: Types[Name]['data'], options: NewJob = {}): Promise<Job> {
		return this.feed.change(tx => this.createIn(tx, type, data, options));
	}

	/** `create` as a part of a change. Throws `JobRefused`. Listeners hear of it at once in a change of `feed`. */
	createIn<Name extends NameIn<Types>>(tx: LedgerTransaction, type: Name, data: Types[Name]['data'], options: NewJob = {}): Job {
		const known = this.registry.typeOf(type);
		if (known === null) throw new JobRefused('unknown type', `There is no type of job ${type}`);
		const at = this.now();
		return new StatusChange(tx, this.registry, at).create(
			{
				id: randomUUID(),
				type,
				data: this.#checked(type, data),
				scope: options.scope ?? null,
				needs: JSON.stringify(options.needs ?? []),
				priority: options.priority ?? 0,
				scheduledAt: (options.scheduledAt ?? at).toISOString(),
				maxAttempts: options.maxAttempts ?? known.maxAttempts ?? defaultMaxAttempts,
				timeoutMs: options.timeoutMs === undefined ? known.timeoutMs : options.timeoutMs,
			},
			options.also,
		);
	}

	/**
	 * Cancels one that waits at once, and lets the owner of one that runs know. Answers the job: `running` until its
	 * owner has stopped it. Rejects with `JobRefused` `not found` and `TransitionRefused` for one that is finished.
	 */
	cancel(id: string): Promise<Job> {
		return this.#change(id, (change, row) => change.cancel(row));
	}

	/** By a person: a failed or cancelled job waits again, with all its attempts. Rejects as `cancel` does. */
	retry(id: string): Promise<Job> {
		return this.#change(id, (change, row) => change.retryByPerson(row));
	}

	/** Of a job that waits. Rejects with `JobRefused` `not found`, `not pending`, `unknown type` and `wrong data`. */
	edit(id: string, edit: JobEdit): Promise<Job> {
		return this.feed.change(tx => {
			const row = existing(tx, id);
			if (row.status !== 'pending') throw new JobRefused('not pending', `The job is ${row.status}`);
			writeEdit(tx, id, {
				priority: edit.priority ?? row.priority,
				scheduledAt: edit.scheduledAt?.toISOString() ?? row.scheduledAt,
				data: edit.data === undefined ? row.data : this.#checked(row.type, edit.data),
				at: this.now().toISOString(),
			});
			return jobOf(existing(tx, id));
		});
	}

	/** Null when there is none. */
	get(id: string): Job | null {
		const row = this.ledger.read(reader => jobById(reader, id));
		return row === undefined ? null : jobOf(row);
	}

	/** The newest first. */
	list({ type, status, limit = 50, offset = 0 }: JobFilter = {}): JobPage {
		return this.ledger.read(reader => ({
			jobs: listJobs(reader, type ?? null, status ?? null, Math.min(limit, longestPage), offset).map(jobOf),
			total: countJobs(reader, type ?? null, status ?? null),
		}));
	}

	/** What runs, then what waits in the order in which it will be claimed. */
	active(): readonly Job[] {
		return this.ledger.read(activeJobs).map(jobOf);
	}

	/** The last `n` that finished, the newest first. */
	recent(n: number): readonly Job[] {
		return this.ledger.read(reader => finishedJobs(reader, Math.min(n, longestPage))).map(jobOf);
	}

	statistics(): JobStatistics {
		return this.ledger.read(reader => ({ counts: countsByTypeAndStatus(reader), failures: failuresByReason(reader) }));
	}

	/**
	 * Deletes finished jobs older than that, but never the newest `keep`, nor the one that changed last of all. What hangs
	 * on them goes too. Answers how many.
	 */
	cleanUp(olderThan: Date, keep: number): Promise<number> {
		return this.feed.change(tx => deleteFinished(tx, olderThan.toISOString(), keep));
	}

	/** Told of every change this process sees: its own when they are safe, those of other windows after a refresh. */
	onChange(listener: JobListener): () => void {
		return this.feed.onChange(listener);
	}

	#change(id: string, work: (change: StatusChange, row: JobRow) => Job): Promise<Job> {
		return this.feed.change(tx => work(new StatusChange(tx, this.registry, this.now()), existing(tx, id)));
	}

	/** As JSON that the type accepts when it is read back. */
	#checked(name: string, data: unknown): string {
		const type = this.registry.typeOf(name);
		if (type === null) throw new JobRefused('unknown type', `There is no type of job ${name}`);
		try {
			const text = JSON.stringify(data);
			type.parse(JSON.parse(text));
			return text;
		} catch (error) {
			throw new JobRefused('wrong data', `These are no data for ${name}: ${error instanceof Error ? error.message : String(error)}`, error);
		}
	}
}

function existing(reader: LedgerReader, id: string): JobRow {
	const row = jobById(reader, id);
	if (row === undefined) throw new JobRefused('not found', `There is no job ${id}`);
	return row;
}
