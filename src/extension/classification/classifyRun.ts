/**
 * One run of classification, from wherever it stands to its end: several requests at a time, each result saved by itself.
 * What is asked when is decided here; how one request is made and settled stands in `requests.ts`.
 */
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobRun, JobStop } from '../jobs/jobRun.ts';
import { backOffMs, JobFailure } from '../jobs/retry.ts';
import { type ItemRow, itemErrors, pendingItems, setItem } from '../store/ledger/classificationItems.ts';
import { answeredCosts } from '../store/ledger/classificationRequests.ts';
import { increaseRun, type RunRow, runOfJob } from '../store/ledger/classificationRuns.ts';
import type { ClassifyData, ClassifyResult } from './classifyJob.ts';
import { type LeftAnswersParts, takeLeftAnswers } from './leftAnswers.ts';
import { type CapName, LearntCost } from './money.ts';
import { type ProviderError, retryOf } from './providers/provider.ts';
import { type Asked, noIncrease, Requests, type RequestsParts } from './requests.ts';

export interface ClassifyRunParts
	extends Omit<RequestsParts, 'job' | 'learnt' | 'caps' | 'timeoutMs'>, Omit<LeftAnswersParts, 'timeoutMs'> {
	readonly onAnswers: (sessionIds: readonly string[]) => void;
	/** The least wait after a rate limit or an outage; it doubles. */
	readonly firstPauseMs?: number;
	/** Pauses in a row, without an answer in between, after which the run gives up. */
	readonly mostPauses?: number;
	/** In place of the first back-off of two seconds. */
	readonly firstBackOffMs?: number;
	/** Jitter, from 0 to 1. */
	readonly chance?: () => number;
}

const usualMostPauses = 10;
const longestPauseMs = 900_000;
/** So many requests in a row that the service failed are an outage, which is no session's fault. */
const outage = 3;
/** From this attempt on a session is asked alone, so that it spoils no other. */
const aloneFrom = 2;
/** Until another run has asked about the same session. */
const busyMs = 2_000;

interface Checkpoint {
	/** In a row. */
	readonly pauses: number;
}

/** An item that failed waits its turn. */
interface Waiting extends ItemRow {
	readonly notBefore: number;
	readonly isAlone: boolean;
}

export class ClassifyRun {
	readonly #parts: ClassifyRunParts;
	readonly #data: ClassifyData;
	readonly #job: JobRun;
	readonly #requests: Requests;
	readonly #learnt = new LearntCost();
	readonly #open = new Set<Promise<unknown>>();
	#row: RunRow;
	#queue: Waiting[] = [];
	#finished = 0;
	#pauses: number;
	/** Requests in a row that the service failed. */
	#failures = 0;
	#stop: JobFailure | null = null;
	/** Refused by a cap; final once nothing is under way that may turn out cheaper. */
	#cap: CapName | null = null;

	constructor(parts: ClassifyRunParts, data: ClassifyData, job: JobRun) {
		this.#parts = parts;
		this.#data = data;
		this.#job = job;
		this.#row = this.#readRow();
		this.#pauses = (job.checkpoint as Checkpoint | null)?.pauses ?? 0;
		// After a pause, one more failure says that the outage goes on.
		this.#failures = this.#pauses > 0 ? outage - 1 : 0;
		this.#requests = new Requests(
			{
				...parts,
				job,
				learnt: this.#learnt,
				caps: { runMicros: data.runCapMicros, dayMicros: data.dayCapMicros },
				timeoutMs: data.timeoutMs,
			},
			this.#row.id,
		);
	}

	async execute(): Promise<ClassifyResult> {
		const { ledger, answersFolder, onAnswers } = this.#parts;
		await mkdir(answersFolder, { recursive: true, mode: 0o700 });
		for (const { sessions, requests, micros } of ledger.read(reader => answeredCosts(reader, this.#row)))
			this.#learnt.add(micros, sessions, requests);
		onAnswers(await takeLeftAnswers({ ...this.#parts, timeoutMs: this.#data.timeoutMs }, this.#job, this.#job.job.id));
		const pending = ledger.read(reader => pendingItems(reader, this.#row.id));
		this.#queue = pending.map(item => ({ ...item, notBefore: 0, isAlone: item.attempt >= aloneFrom }));
		this.#row = this.#readRow();
		this.#finished = this.#row.total - this.#queue.length;
		this.#tell();
		while (this.#hasWork()) {
			while (this.#mayStart()) this.#start();
			await this.#wait();
		}
		// Whatever is still under way is paid for: its answer is taken, unless the job itself is to end.
		await Promise.all(this.#open);
		if (this.#job.signal.aborted) return this.#ended(this.#job.signal.reason);
		if (this.#stop !== null) throw await this.#failure(this.#stop);
		if (this.#cap !== null) await this.#skipRest();
		return this.#result();
	}

	#hasWork(): boolean {
		if (this.#job.signal.aborted || this.#stop !== null) return false;
		return this.#open.size > 0 || (this.#queue.length > 0 && this.#cap === null);
	}

	#mayStart(): boolean {
		if (this.#job.signal.aborted || this.#stop !== null || this.#cap !== null || this.#open.size >= this.#most) return false;
		const [next] = this.#queue;
		return next !== undefined && next.notBefore <= Date.now();
	}

	/** One at a time where there is a cap, and nobody knows yet what a request costs. */
	get #most(): number {
		const hasCap = this.#data.runCapMicros !== null || this.#data.dayCapMicros !== null;
		const isUnpriced = this.#parts.microsOf({ input: 1_000_000, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }) === null;
		return hasCap && isUnpriced && this.#learnt.isEmpty ? 1 : this.#data.concurrency;
	}

	async #wait(): Promise<void> {
		const [next] = this.#queue;
		const mayAskMore = next !== undefined && this.#open.size < this.#most && this.#stop === null && this.#cap === null;
		const waits: Promise<unknown>[] = [...this.#open];
		const over = new AbortController();
		if (mayAskMore) {
			const signal = AbortSignal.any([this.#job.signal, over.signal]);
			waits.push(sleep(Math.max(0, next.notBefore - Date.now()), null, { signal }).catch(() => undefined));
		}
		if (waits.length > 0) await Promise.race(waits);
		over.abort();
	}

	#start(): void {
		const items = this.#take();
		const asking = this.#requests
			.ask(items, error => this.#isRunsOwn(error))
			.then(
				asked => this.#took(asked),
				(error: unknown) => this.#broke(error),
			)
			.finally(() => this.#open.delete(asking));
		this.#open.add(asking);
	}

	/** Those asked for the first time share a request, and go on sharing it when the service failed. */
	#take(): Waiting[] {
		const [first] = this.#queue;
		if (first === undefined) return [];
		const nowMs = Date.now();
		const taken = first.isAlone ? [first] : this.#queue.filter(item => !item.isAlone && item.notBefore <= nowMs).slice(0, this.#data.batch);
		this.#queue = this.#queue.filter(item => !taken.includes(item));
		return taken;
	}

	#took(asked: Asked): void {
		switch (asked.kind) {
			case 'dropped':
				this.#finished += asked.finished;
				break;
			case 'put off':
				this.#finished += asked.finished;
				this.#putBack(asked.items, 0);
				this.#putBack(asked.busy, busyMs);
				break;
			case 'cap':
				this.#finished += asked.finished;
				this.#putBack(asked.items, 0);
				this.#cap = asked.cap;
				break;
			case 'settled': {
				const { settlement, error } = asked;
				this.#finished += settlement.finished;
				// Something was paid, perhaps less than was expected: more may fit under the cap.
				this.#cap = null;
				if (error === null) this.#succeeded();
				else this.#decide(error);
				const isLater = error !== null && retryOf(error.reason) === 'later';
				this.#putBack(settlement.again, isLater ? this.#backOffMs(settlement.again[0]?.attempt ?? 1) : 0, isLater ? aloneFrom : 1);
				if (settlement.classified.length > 0) this.#parts.onAnswers(settlement.classified);
			}
		}
		this.#tell();
	}

	#putBack(items: readonly ItemRow[], delayMs: number, alone = aloneFrom): void {
		this.#queue.push(...items.map(item => ({ ...item, notBefore: Date.now() + delayMs, isAlone: item.attempt >= alone })));
		this.#queue.sort((a, b) => a.notBefore - b.notBefore);
	}

	#backOffMs(attempt: number): number {
		const { chance = Math.random, firstBackOffMs } = this.#parts;
		return firstBackOffMs ?? backOffMs(Math.max(1, attempt), chance());
	}

	#succeeded(): void {
		this.#pauses = 0;
		this.#failures = 0;
	}

	/** No session is to blame: asked before the failure is counted, so this one is the last of an outage. */
	#isRunsOwn(error: ProviderError): boolean {
		const retry = retryOf(error.reason);
		return retry === 'stop' || retry === 'pause' || (error.reason === 'server-error' && this.#failures + 1 >= outage);
	}

	/** Some errors are not about one request. */
	#decide(error: ProviderError): void {
		this.#parts.onLog(`a request ended: ${error.reason}`);
		const retry = retryOf(error.reason);
		if (error.reason === 'server-error') this.#failures++;
		if (this.#stop !== null) return;
		if (retry === 'stop') this.#stop = new JobFailure(error.reason, error.message, 'never');
		else if (retry === 'pause' || this.#failures >= outage) this.#pause(error);
	}

	#pause(error: ProviderError): void {
		const { now, firstPauseMs = 5_000, mostPauses = usualMostPauses } = this.#parts;
		if (this.#pauses >= mostPauses) {
			this.#stop = new JobFailure(error.reason, `${error.message} It did so ${this.#pauses + 1} times in a row.`, 'never');
			// A person who tries again begins anew.
			this.#pauses = 0;
			return;
		}
		const own = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#pauses);
		this.#pauses++;
		const at = new Date(Math.max(error.retryAt?.getTime() ?? 0, now().getTime() + own));
		this.#stop = new JobFailure(error.reason, error.message, { at });
	}

	/** An error of ours, or the end of the job: the requests of the others are still to be awaited. */
	#broke(error: unknown): void {
		if (this.#job.signal.aborted) return;
		this.#stop ??=
			error instanceof JobFailure
				? error
				: new JobFailure('failed', error instanceof Error ? error.message : String(error), 'back-off', error);
	}

	async #failure(failure: JobFailure): Promise<JobFailure> {
		await this.#job.saveCheckpoint({ pauses: this.#pauses } satisfies Checkpoint);
		return failure;
	}

	/** A person cancelled: what is finished stays. Otherwise the window ends, and the run goes on elsewhere or later. */
	#ended(reason: unknown): ClassifyResult {
		if (reason instanceof JobStop && reason.kind === 'cancelled') return this.#result();
		throw reason;
	}

	async #skipRest(): Promise<void> {
		const at = this.#parts.now().toISOString();
		const error = JSON.stringify({ reason: 'spending-cap', message: `The spending limit of a ${this.#cap ?? 'run'} is reached` });
		const rest = this.#queue;
		await this.#job.change(tx => {
			for (const { sessionId } of rest) setItem(tx, this.#row.id, sessionId, { state: 'skipped', error, at });
			increaseRun(tx, this.#row.id, { ...noIncrease, skipped: rest.length });
		});
		this.#finished += rest.length;
		this.#queue = [];
	}

	#tell(): void {
		this.#row = this.#readRow();
		const micros = this.#row.actualMicros + this.#row.unconfirmedMicros;
		this.#job.progress(this.#finished, this.#row.total, micros === 0 ? null : `$${(micros / 1e6).toFixed(micros < 100_000 ? 4 : 2)}`);
	}

	#readRow(): RunRow {
		const row = this.#parts.ledger.read(reader => runOfJob(reader, this.#job.job.id));
		if (row === undefined) throw new JobFailure('failed', 'The run of this job is missing from the ledger', 'never');
		return row;
	}

	#result(): ClassifyResult {
		const row = this.#readRow();
		return {
			total: row.total,
			classified: row.classified,
			skipped: row.skipped,
			failed: row.failed,
			costMicros: row.actualMicros,
			unconfirmedMicros: row.unconfirmedMicros,
			inputTokens: row.inputTokens,
			outputTokens: row.outputTokens,
			errors: this.#parts.ledger.read(reader => itemErrors(reader, row.id)),
			stoppedBy: this.#cap,
		};
	}
}
