/** Runs the jobs of the queue that this window can run: claims them, keeps their leases, hears of cancels, lets go of them. */
import type { Ledger } from '../store/ledger/ledger.ts';
import { jobById, renewLease } from '../store/ledger/jobs.ts';
import { type ProcessIdentity, thisProcess } from '../store/processIdentity.ts';
import { type Capabilities, claim, type Claimant, type Claimed, isClaimWorthwhile, type Limits, nextDue } from './claim.ts';
import type { JobFeed } from './feed.ts';
import { isFinished, type Job, jobOf } from './job.ts';
import { type LeaseTimes, usualLease } from './lease.ts';
import type { JobCatalogue } from './registry.ts';
import { RunningJob, type RunTimes, usualRunTimes } from './runningJob.ts';

export interface WorkerTimes extends LeaseTimes, RunTimes {
	/** How often other windows' changes are looked for: while something runs here, and otherwise. */
	readonly busyLookMs: number;
	readonly idleLookMs: number;
	/** How long a clean stop waits for the handlers. */
	readonly stopMs: number;
}

export const usualTimes: WorkerTimes = { ...usualLease, ...usualRunTimes, busyLookMs: 500, idleLookMs: 5_000, stopMs: 1_500 };

/** Any `JobQueue`. */
export interface WorkedQueue {
	readonly ledger: Ledger;
	readonly feed: JobFeed;
	readonly registry: JobCatalogue;
	readonly now: () => Date;
}

export interface WorkerOptions {
	readonly queue: WorkedQueue;
	/** Asked at each claim. After a change that matters, `look`. */
	readonly capabilities: () => Capabilities;
	readonly limits: () => Limits;
	readonly onLog: (message: string) => void;
	readonly owner?: ProcessIdentity;
	readonly times?: Partial<WorkerTimes>;
	/** From 0 to 1: the jitter of back-offs. */
	readonly chance?: () => number;
}

export class JobWorker {
	readonly #options: WorkerOptions;
	readonly #queue: WorkedQueue;
	readonly #owner: ProcessIdentity;
	readonly #times: WorkerTimes;
	readonly #running = new Map<string, RunningJob>();
	#ending: (() => void)[] = [];
	#isStarted = false;
	#looking: Promise<void> | null = null;
	#mustLookAgain = false;
	#lookTimer: NodeJS.Timeout | undefined;
	#dueTimer: NodeJS.Timeout | undefined;
	#renewTimer: NodeJS.Timeout | undefined;
	/** What was logged last; the same trouble is told once. */
	#trouble: string | null = null;

	constructor(options: WorkerOptions) {
		this.#options = options;
		this.#queue = options.queue;
		this.#owner = options.owner ?? thisProcess();
		this.#times = { ...usualTimes, ...options.times };
	}

	/** How many jobs run here. */
	get running(): number {
		return this.#running.size;
	}

	start(): void {
		if (this.#isStarted) return;
		this.#isStarted = true;
		this.#ending = [this.#queue.feed.onChange(jobs => this.#noticed(jobs)), this.#queue.registry.onHandler(() => this.look())];
		this.#renewTimer = setInterval(() => void this.#renew(), this.#times.renewMs);
		this.#lookLater();
		this.look();
	}

	/**
	 * Claims nothing more, tells the handlers, waits for them a little and lets the jobs go: to be taken up again at once,
	 * or failed where that must not be. Resolves when that is on disk.
	 */
	async stop(): Promise<void> {
		if (!this.#isStarted) return;
		this.#isStarted = false;
		for (const end of this.#ending) end();
		clearTimeout(this.#lookTimer);
		clearTimeout(this.#dueTimer);
		await this.#looking;
		const running = [...this.#running.values()];
		for (const each of running) each.stop('stopping', this.#times.stopMs);
		const abandon = setTimeout(() => running.forEach(each => each.abandon()), this.#times.stopMs);
		await Promise.all(running.map(({ ended }) => ended));
		clearTimeout(abandon);
		clearInterval(this.#renewTimer);
	}

	/** Looks for something to claim, soon. Called again and again it does no more than is needed. */
	look(): void {
		if (!this.#isStarted) return;
		if (this.#looking !== null) {
			this.#mustLookAgain = true;
			return;
		}
		this.#looking = this.#guarded(() => this.#claim()).then(() => {
			this.#looking = null;
			if (!this.#mustLookAgain) return;
			this.#mustLookAgain = false;
			this.look();
		});
	}

	async #claim(): Promise<void> {
		const { ledger, feed } = this.#queue;
		if (ledger.refusal !== null) throw ledger.refusal;
		if (ledger.read(reader => isClaimWorthwhile(reader, this.#claimant()))) {
			const claimed = await feed.change(tx => claim(tx, this.#claimant()));
			this.#trouble = null;
			for (const each of claimed) this.#run(each);
		}
		clearTimeout(this.#dueTimer);
		const due = ledger.read(reader => nextDue(reader, this.#claimant()));
		if (due === null || !this.#isStarted) return;
		const inMs = Date.parse(due) - this.#queue.now().getTime();
		// One that is further away is found by the look before it.
		if (inMs <= this.#times.idleLookMs) this.#dueTimer = setTimeout(() => this.look(), inMs + 1);
	}

	#run({ job, lease, handler }: Claimed): void {
		const { feed, registry, now, ledger } = this.#queue;
		const { onLog, chance = Math.random } = this.#options;
		const running = new RunningJob(job, lease, handler, { feed, registry, now, onLog, chance, times: this.#times });
		this.#running.set(job.id, running);
		if (this.#running.size === 1) this.#lookLater();
		void running.ended.then(() => {
			// One that was lost may have come back before its former handler had stopped.
			if (this.#running.get(job.id) === running) this.#running.delete(job.id);
			this.look();
		});
		// The news of a cancel may have come before the job was known here.
		const row = ledger.read(reader => jobById(reader, job.id));
		if (row !== undefined) running.noticed(jobOf(row));
	}

	#noticed(jobs: readonly Job[]): void {
		for (const job of jobs) this.#running.get(job.id)?.noticed(job);
		// One that waits may be claimed, and one that finished leaves room.
		if (jobs.some(({ status }) => status === 'pending' || isFinished(status))) this.look();
	}

	/** Looks at what other windows did, time and again. */
	#lookLater(): void {
		clearTimeout(this.#lookTimer);
		if (!this.#isStarted) return;
		this.#lookTimer = setTimeout(
			() => {
				void this.#guarded(() => this.#queue.feed.refresh()).then(() => {
					this.look();
					this.#lookLater();
				});
			},
			this.#running.size > 0 ? this.#times.busyLookMs : this.#times.idleLookMs,
		);
	}

	async #renew(): Promise<void> {
		const running = [...this.#running];
		if (running.length === 0) return;
		await this.#guarded(async () => {
			const expiresAt = new Date(this.#queue.now().getTime() + this.#times.leaseMs).toISOString();
			const lost = await this.#queue.feed.change(
				tx => running.filter(([id, { lease }]) => !renewLease(tx, id, lease, expiresAt)),
				{ durable: false }, // a crash ends the lease anyway
			);
			this.#trouble = null;
			for (const [, each] of lost) each.stop('lease-lost');
		});
	}

	/** Trouble is told once, until a change succeeds; it is tried again at the next look. */
	async #guarded(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			const trouble = `Jobs are held up: ${error instanceof Error ? error.message : String(error)}`;
			if (trouble !== this.#trouble) this.#options.onLog(trouble);
			this.#trouble = trouble;
			// Another version has the ledger now, or it is closed: what runs here can never say how it ended.
			if (this.#queue.ledger.refusal !== null) for (const [, each] of this.#running) each.stop('lease-lost');
		}
	}

	#claimant(): Claimant {
		const { capabilities, limits } = this.#options;
		return {
			registry: this.#queue.registry,
			owner: this.#owner,
			leaseMs: this.#times.leaseMs,
			now: this.#queue.now(),
			capabilities: capabilities(),
			limits: limits(),
			held: new Set([...this.#running.values()].map(({ lease }) => lease)),
		};
	}
}
