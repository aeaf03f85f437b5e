/**
 * One run of classification, from wherever it stands to its end: several requests at a time, each result saved by itself.
 * The ledger knows of each request before it is made, so a run that was cut off takes what its requests left behind
 * before it asks anything again (CLS-8).
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobRun, JobStop } from '../jobs/jobRun.ts';
import { backOffMs, JobFailure } from '../jobs/retry.ts';
import {
	answeredCost,
	increaseRun,
	insertRequest,
	type ItemRow,
	itemErrors,
	openRequests,
	pendingItems,
	putBackItem,
	type RequestRow,
	type RunRow,
	runOfJob,
	setItem,
	setRequestProcess,
} from '../store/ledger/classificationRuns.ts';
import { hasPersonsAnswer } from '../store/ledger/classifications.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { spentSince } from '../store/ledger/spending.ts';
import { parseIdentity } from '../store/processIdentity.ts';
import type { ClassifyData, ClassifyResult } from './classifyJob.ts';
import { type CapName, capBroken, estimatedTokens, LearntCost } from './money.ts';
import { buildPrompt, type Example, type PromptItem } from './prompt.ts';
import { nothingSpent, type Provider, type ProviderError, type ProviderOutcome, retryOf } from './providers/provider.ts';
import type { SessionDigest } from './sessionDigest.ts';
import { settleRequest } from './settleRequest.ts';

export interface ClassifyRunParts {
	readonly ledger: Ledger;
	readonly provider: Provider;
	/** Null for a session that is not in the index any more. */
	readonly digestOf: (sessionId: string) => Promise<SessionDigest | null>;
	readonly examples: () => readonly Example[];
	/** Micro-dollars of tokens of this run's model; 0 where it costs nothing or the price is not known. */
	readonly microsOf: (tokens: ReturnType<typeof estimatedTokens>) => number;
	/** Our own folder for answers; readable by the user only. */
	readonly answersFolder: string;
	/** When the viewer's day began: the cap of a day counts from there. */
	readonly dayStart: () => Date;
	readonly onAnswers: (sessionIds: readonly string[]) => void;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
	/** The least wait after a rate limit; it doubles. */
	readonly firstPauseMs?: number;
	/** Rate limits in a row, without an answer in between, after which the run gives up. */
	readonly mostPauses?: number;
	/** In place of the first back-off of two seconds. */
	readonly firstBackOffMs?: number;
	/** Jitter, from 0 to 1. */
	readonly chance?: () => number;
}

const usualMostPauses = 10;
const longestPauseMs = 900_000;
const letters = 'bcdfghjkmnpqrstvwxz23456789';

interface Checkpoint {
	/** Rate limits in a row. */
	readonly pauses: number;
}

/** An item that failed waits its turn. */
interface Waiting extends ItemRow {
	readonly notBefore: number;
}

export class ClassifyRun {
	readonly #parts: ClassifyRunParts;
	readonly #data: ClassifyData;
	readonly #job: JobRun;
	readonly #learnt = new LearntCost();
	readonly #open = new Set<Promise<unknown>>();
	/** Expected cost of what is being asked. */
	#reserved = 0;
	#row: RunRow;
	#queue: Waiting[] = [];
	#finished = 0;
	#pauses: number;
	#stop: JobFailure | null = null;
	#cap: CapName | null = null;

	constructor(parts: ClassifyRunParts, data: ClassifyData, job: JobRun) {
		this.#parts = parts;
		this.#data = data;
		this.#job = job;
		this.#row = this.#readRow();
		this.#pauses = (job.checkpoint as Checkpoint | null)?.pauses ?? 0;
	}

	async execute(): Promise<ClassifyResult> {
		await mkdir(this.#parts.answersFolder, { recursive: true, mode: 0o700 });
		const { micros, sessions } = this.#parts.ledger.read(reader => answeredCost(reader, this.#row));
		this.#learnt.add(micros, sessions);
		await this.#recover();
		this.#queue = this.#parts.ledger.read(reader => pendingItems(reader, this.#row.id)).map(item => ({ ...item, notBefore: 0 }));
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
		if (this.#job.signal.aborted || this.#stop !== null || this.#cap !== null) return false;
		return this.#queue.length > 0 || this.#open.size > 0;
	}

	#mayStart(): boolean {
		if (this.#job.signal.aborted || this.#stop !== null || this.#cap !== null || this.#open.size >= this.#data.concurrency) return false;
		const [next] = this.#queue;
		return next !== undefined && next.notBefore <= Date.now();
	}

	async #wait(): Promise<void> {
		const [next] = this.#queue;
		const mayAskMore = next !== undefined && this.#open.size < this.#data.concurrency && this.#stop === null && this.#cap === null;
		const pauseMs = mayAskMore ? Math.max(0, next.notBefore - Date.now()) : null;
		const waits: Promise<unknown>[] = [...this.#open];
		const over = new AbortController();
		const signal = AbortSignal.any([this.#job.signal, over.signal]);
		if (pauseMs !== null) waits.push(sleep(pauseMs, null, { signal }).catch(() => undefined));
		if (waits.length > 0) await Promise.race(waits);
		over.abort();
	}

	#start(): void {
		const items = this.#take();
		const asking = this.#ask(items)
			.catch((error: unknown) => this.#broke(error))
			.finally(() => this.#open.delete(asking));
		this.#open.add(asking);
	}

	/** Those asked for the first time share a request; one that failed is asked alone, so that it spoils no other. */
	#take(): Waiting[] {
		const [first] = this.#queue;
		if (first === undefined) return [];
		const most = first.attempt > 0 ? 1 : this.#data.batch;
		const taken = this.#queue.slice(0, most).filter((item, index) => index === 0 || item.attempt === 0);
		this.#queue = this.#queue.filter(item => !taken.includes(item));
		return taken;
	}

	async #ask(items: readonly Waiting[]): Promise<void> {
		const prompted = await this.#prompted(items);
		if (prompted.length === 0) return;
		const prompt = buildPrompt(prompted, this.#parts.examples(), randomBytes(9).toString('base64url'));
		const estimate = this.#parts.microsOf(estimatedTokens(prompt, prompted.length));
		const expected = this.#learnt.of(prompted.length, estimate);
		if (!this.#mayCost(expected)) {
			this.#putInFront(items.filter(item => prompted.some(({ digest }) => digest.sessionId === item.sessionId)));
			return;
		}
		const id = randomUUID();
		const answerFile = join(this.#parts.answersFolder, `${id}.jsonl`);
		const codes = new Map(prompted.map(({ code, digest }) => [code, digest.sessionId]));
		await this.#job.change(tx =>
			insertRequest(tx, {
				id,
				runId: this.#row.id,
				outputFile: answerFile,
				estimatedMicros: expected,
				askedAt: this.#parts.now().toISOString(),
				items: [...codes].map(([code, sessionId]) => ({ code, sessionId })),
			}),
		);
		const { provider } = this.#parts;
		const outcome = await provider.ask(
			{
				id,
				prompt,
				answerFile,
				timeoutMs: this.#data.timeoutMs,
				// Twenty times what is expected, and never less than a cent: a stop for what went wrong, not a budget.
				mostMicros: Math.max(10_000, expected * 20),
				onProcess: process => {
					this.#job
						.change(tx => setRequestProcess(tx, id, JSON.stringify(process)), { durable: false })
						.catch((error: unknown) => this.#parts.onLog(`the process of a request was not noted: ${String(error)}`));
				},
			},
			this.#job.signal,
			leavesRequests,
		);
		await this.#settle(id, codes, outcome, expected);
		await rm(answerFile, { force: true });
	}

	/** Sessions that vanished or got a person's label meanwhile drop out. */
	async #prompted(items: readonly Waiting[]): Promise<readonly PromptItem[]> {
		const prompted: PromptItem[] = [];
		for (const { sessionId } of items) {
			const digest = await this.#parts.digestOf(sessionId);
			const isPersons = this.#parts.ledger.read(reader => hasPersonsAnswer(reader, sessionId));
			if (digest !== null && !isPersons) {
				prompted.push({ code: codeBeside(prompted), digest });
				continue;
			}
			const at = this.#parts.now().toISOString();
			const error = isPersons ? null : JSON.stringify({ reason: 'gone', message: 'The session is not in the index any more' });
			await this.#job.change(tx => {
				setItem(tx, this.#row.id, sessionId, { state: isPersons ? 'skipped' : 'failed', error, at });
				increaseRun(tx, this.#row.id, { ...noIncrease, skipped: isPersons ? 1 : 0, failed: isPersons ? 0 : 1 });
			});
			this.#finished++;
			this.#tell();
		}
		return prompted;
	}

	#mayCost(micros: number): boolean {
		if (this.#cap !== null || this.#stop !== null) return false;
		const row = this.#readRow();
		const spent = {
			runMicros: row.actualMicros + row.unconfirmedMicros,
			dayMicros: this.#parts.ledger.read(reader => spentSince(reader, this.#parts.dayStart().toISOString())),
			openMicros: this.#reserved,
		};
		this.#cap = capBroken({ runMicros: this.#data.runCapMicros, dayMicros: this.#data.dayCapMicros }, spent, micros);
		if (this.#cap === null) this.#reserved += micros;
		return this.#cap === null;
	}

	#putInFront(items: readonly Waiting[]): void {
		this.#queue = [...items, ...this.#queue];
	}

	async #settle(id: string, codes: ReadonlyMap<string, string>, outcome: ProviderOutcome, expected: number): Promise<void> {
		const { provider, now } = this.#parts;
		const settled = await this.#job.change(tx =>
			settleRequest(tx, {
				id,
				runId: this.#row.id,
				provider: provider.id,
				model: provider.model,
				codes,
				outcome,
				estimatedMicros: expected,
				at: now().toISOString(),
			}),
		);
		this.#reserved = Math.max(0, this.#reserved - expected);
		if (settled === null) return;
		if (outcome.ok) {
			this.#pauses = 0;
			if (outcome.spent.micros !== null) this.#learnt.add(outcome.spent.micros, codes.size);
		} else this.#decide(outcome.error);
		const delayMs = outcome.ok || retryOf(outcome.error.reason) !== 'later' ? 0 : this.#backOffMs(settled.again[0]?.attempt ?? 1);
		this.#queue.push(...settled.again.map(item => ({ ...item, notBefore: Date.now() + delayMs })));
		this.#queue.sort((a, b) => a.notBefore - b.notBefore);
		this.#finished += settled.finished;
		if (settled.classified.length > 0) this.#parts.onAnswers(settled.classified);
		this.#tell();
	}

	#backOffMs(attempt: number): number {
		const { chance = Math.random, firstBackOffMs } = this.#parts;
		return firstBackOffMs ?? backOffMs(attempt, chance());
	}

	/** Some errors are not about one request. */
	#decide(error: ProviderError): void {
		this.#parts.onLog(`a request ended: ${error.reason}`);
		if (this.#stop !== null) return;
		const retry = retryOf(error.reason);
		if (retry === 'stop') this.#stop = new JobFailure(error.reason, error.message, 'never');
		else if (retry === 'pause') {
			this.#pauses++;
			if (this.#pauses > (this.#parts.mostPauses ?? usualMostPauses)) {
				this.#stop = new JobFailure(error.reason, `${error.message} It did so ${this.#pauses} times in a row.`, 'never');
				return;
			}
			const own = Math.min(longestPauseMs, (this.#parts.firstPauseMs ?? 5_000) * 2 ** (this.#pauses - 1));
			const at = new Date(Math.max(error.retryAt?.getTime() ?? 0, this.#parts.now().getTime() + own));
			this.#stop = new JobFailure(error.reason, error.message, { at });
		}
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

	/** Takes what requests of an owner before this one left. */
	async #recover(): Promise<void> {
		const open = this.#parts.ledger.read(reader => openRequests(reader, this.#row.id));
		if (open.length > 0) this.#parts.onLog(`${open.length} requests were under way when the run was cut off`);
		await Promise.all(open.map(request => this.#recoverOne(request)));
	}

	async #recoverOne(request: RequestRow): Promise<void> {
		const answerFile = request.outputFile ?? '';
		const outcome = await this.#parts.provider.recover(
			{
				id: request.id,
				answerFile,
				process: request.process === null ? null : parseIdentity(request.process),
				deadline: new Date(Date.parse(request.askedAt) + this.#data.timeoutMs),
			},
			this.#job.signal,
		);
		const codes = new Map(Object.entries(JSON.parse(request.codes) as Record<string, string>));
		if (outcome === null) {
			const at = this.#parts.now().toISOString();
			await this.#job.change(tx => {
				for (const sessionId of codes.values()) putBackItem(tx, this.#row.id, sessionId, at);
				settleRequest(tx, {
					id: request.id,
					runId: this.#row.id,
					provider: this.#parts.provider.id,
					model: this.#parts.provider.model,
					codes: new Map(),
					outcome: { ok: false, error: { reason: 'lost', message: 'It was never asked', retryAt: null }, spent: nothingSpent },
					estimatedMicros: 0,
					at,
				});
			});
		} else await this.#settle(request.id, codes, outcome, request.estimatedMicros);
		await rm(answerFile, { force: true });
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

/** A person who cancels wants an end; everybody else wants the answer that is already paid for. */
export const leavesRequests = (reason: unknown): boolean => !(reason instanceof JobStop && reason.kind === 'cancelled');

const noIncrease = { classified: 0, skipped: 0, failed: 0, actualMicros: 0, unconfirmedMicros: 0, inputTokens: 0, outputTokens: 0 };

/** Four letters and digits that no other session of the request has. Without vowels, so that they make no words. */
function codeBeside(items: readonly PromptItem[]): string {
	for (;;) {
		const code = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
		if (!items.some(item => item.code === code)) return code;
	}
}
