/** One job that this process runs: from the claim until its outcome is on disk, or somebody else has it. */
import { LedgerError } from '../store/ledger/ledger.ts';
import type { Job, JobProgress } from './job.ts';
import { type JobRun, JobStop, LeaseLost, type StopKind } from './jobRun.ts';
import { LeasedJob, type LeasedJobParts } from './leasedJob.ts';
import { type Ending, outcomeOf } from './outcome.ts';
import { CoalescedProgress } from './progress.ts';
import type { CheckedHandler } from './registry.ts';
import { JobFailure } from './retry.ts';

export interface RunTimes {
	readonly progressMs: number;
	/** How long a handler may take to stop; after a cancel, from the request on. */
	readonly graceMs: number;
	/** Between attempts to write an outcome, on a disk that is full. */
	readonly outcomeRetryMs: number;
}

export const usualRunTimes: RunTimes = { progressMs: 200, graceMs: 2_000, outcomeRetryMs: 1_000 };

export interface RunParts extends LeasedJobParts {
	readonly times: RunTimes;
	/** From 0 to 1. */
	readonly chance: () => number;
	readonly onLog: (message: string) => void;
}

/** A timer of more fires at once. */
const longestTimerMs = 2 ** 31 - 1;

export class RunningJob {
	/** Resolves when nothing more will be written; never rejects. */
	readonly ended: Promise<void>;
	readonly #leased: LeasedJob;
	readonly #parts: RunParts;
	readonly #abort = new AbortController();
	readonly #givenUp = Promise.withResolvers<Ending>();
	readonly #progress: CoalescedProgress;
	#stop: StopKind | null = null;
	#hasEnded = false;
	#isAbandoned = false;
	#endPause: () => void = () => undefined;
	#grace: NodeJS.Timeout | undefined;

	constructor(job: Job, lease: string, handler: CheckedHandler, parts: RunParts) {
		this.#parts = parts;
		this.#leased = new LeasedJob(job, lease, parts, () => this.stop('lease-lost'));
		this.#progress = new CoalescedProgress(parts.times.progressMs, progress => this.#leased.writeProgress(progress));
		this.ended = this.#run(handler);
	}

	get lease(): string {
		return this.#leased.lease;
	}

	/** Somebody changed the job; this is how it is now. */
	noticed(job: Job): void {
		if (job.leaseOwner !== this.lease) this.stop('lease-lost');
		else if (job.cancelRequestedAt !== null) {
			const { graceMs } = this.#parts.times;
			const elapsedMs = this.#parts.now().getTime() - Date.parse(job.cancelRequestedAt);
			// However late the request is heard, the handler has a moment to end its children.
			this.stop('cancelled', Math.max(graceMs - elapsedMs, graceMs / 4));
		}
	}

	/** Tells the handler, if it is not through. The first reason counts, except that without a lease there is nothing more to say. */
	stop(kind: StopKind, graceMs = this.#parts.times.graceMs): void {
		if (this.#hasEnded) return;
		if (this.#stop === null || kind === 'lease-lost') this.#stop = kind;
		if (this.#abort.signal.aborted) return;
		this.#grace = setTimeout(() => this.#giveUp(), graceMs);
		this.#abort.abort(new JobStop(kind));
	}

	/** The window closes: neither the handler nor a full disk is waited for any longer. */
	abandon(): void {
		this.#isAbandoned = true;
		this.#endPause();
		this.#giveUp();
	}

	#giveUp(): void {
		this.#givenUp.resolve({ kind: 'ignored' });
	}

	async #run(handler: CheckedHandler): Promise<void> {
		const { timeoutMs } = this.#leased.job;
		const timeout = timeoutMs === null ? undefined : setTimeout(() => this.stop('timed-out'), Math.min(timeoutMs, longestTimerMs));
		const ending = await Promise.race([this.#handled(handler), this.#givenUp.promise]);
		this.#hasEnded = true;
		clearTimeout(timeout);
		clearTimeout(this.#grace);
		if (ending.kind === 'ignored') this.#log(`did not stop when it was told to (${this.#stop ?? 'abandoned'}) and is left to itself`);
		const progress = this.#progress.end();
		if (this.#stop !== 'lease-lost') await this.#record(this.#stop, ending, progress);
	}

	async #handled(handler: CheckedHandler): Promise<Ending> {
		try {
			return { kind: 'returned', result: await handler(this.#leased.job.data, this.#jobRun()) };
		} catch (error) {
			return { kind: 'threw', error };
		}
	}

	#jobRun(): JobRun {
		const { job } = this.#leased;
		let checkpoint = job.checkpoint;
		return {
			job,
			signal: this.#abort.signal,
			progress: (current, total, message = null) =>
				this.#progress.set({ current: whole(current), total: total === null || Number.isNaN(total) ? null : whole(total), message }),
			get checkpoint() {
				return checkpoint;
			},
			saveCheckpoint: async value => {
				checkpoint = await this.#leased.saveCheckpoint(value);
			},
			change: (work, options) => this.#leased.change(work, options),
		};
	}

	/** Tries until the outcome is on disk: while that is full it waits, and the lease is kept meanwhile. */
	async #record(stop: Exclude<StopKind, 'lease-lost'> | null, ending: Ending, progress: JobProgress | null): Promise<void> {
		let last = ending;
		let said: string | null = null;
		for (;;) {
			try {
				await this.#leased.end(progress, ({ attempts, maxAttempts, timeoutMs, cancelRequestedAt }, now) => {
					const isCancelRequested = cancelRequestedAt !== null;
					return outcomeOf(last, { stop, isCancelRequested, attempts, maxAttempts, timeoutMs, now, chance: this.#parts.chance() });
				});
				return;
			} catch (error) {
				if (error instanceof LeaseLost) return;
				const trouble = `its outcome could not be written: ${error instanceof Error ? error.message : String(error)}`;
				if (trouble !== said) this.#log(trouble);
				said = trouble;
				if (this.#isAbandoned || (error instanceof LedgerError ? isFinal(error) : last !== ending)) return;
				if (error instanceof LedgerError) await this.#pause();
				// What follows the status refuses this one. Left alone, the lease would end and all be done again.
				else last = { kind: 'threw', error: new JobFailure('failed', trouble, 'never', error) };
			}
		}
	}

	#pause(): Promise<void> {
		return new Promise(resolve => {
			const timer = setTimeout(resolve, this.#parts.times.outcomeRetryMs);
			this.#endPause = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	#log(what: string): void {
		const { type, id } = this.#leased.job;
		this.#parts.onLog(`Job ${type} ${id}: ${what}`);
	}
}

/** Nothing this process writes will ever be taken again. */
const isFinal = ({ reason }: LedgerError): boolean => reason === 'closed' || reason === 'other version';

const whole = (count: number): number => (count > 0 ? Math.min(Math.trunc(count), Number.MAX_SAFE_INTEGER) : 0);
