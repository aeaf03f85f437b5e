/**
 * One request after the other, from the sessions it is about to what it came to: nothing is asked that the ledger does not
 * hold, that somebody has answered, or that a cap forbids, and all of that is decided in the one change before it (CLS-8).
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobRun } from '../jobs/jobRun.ts';
import { leavesRequests } from './leftAnswers.ts';
import { type ItemRow, type Obstacle, obstaclesTo, setItem } from '../store/ledger/classificationItems.ts';
import { insertRequest, openMicros, setRequestProcess } from '../store/ledger/classificationRequests.ts';
import { increaseRun, runOfJob } from '../store/ledger/classificationRuns.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { spentSince } from '../store/ledger/spending.ts';
import type { LedgerReader, LedgerTransaction } from '../store/ledger/transaction.ts';
import { type CapName, capBroken, type Caps, estimatedTokens, type LearntCost, mostMicros, type SpentSoFar } from './money.ts';
import { buildPrompt, type Example, type PromptItem, sourceOf } from './prompt.ts';
import type { Provider, ProviderError } from './providers/provider.ts';
import type { SessionDigest } from './sessionDigest.ts';
import { settleRequest, type Settlement } from './settleRequest.ts';

export interface RequestsParts {
	readonly ledger: Ledger;
	readonly job: JobRun;
	readonly provider: Provider;
	/** Null for a session that is not in the index. */
	readonly digestOf: (sessionId: string) => Promise<SessionDigest | null>;
	readonly examples: () => readonly Example[];
	/** Micro-dollars of tokens of this run's model; null where the price is not known. */
	readonly microsOf: (tokens: ReturnType<typeof estimatedTokens>) => number | null;
	readonly learnt: LearntCost;
	readonly caps: Caps;
	readonly timeoutMs: number;
	/** Our own folder for answers; readable by the user only. */
	readonly answersFolder: string;
	/** When the viewer's day began: the cap of a day counts from there. */
	readonly dayStart: () => Date;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

export type Asked =
	/** `error`: of the whole request; null when it was answered. */
	| { readonly kind: 'settled'; readonly settlement: Settlement; readonly error: ProviderError | null }
	/** Nothing of it needs to be asked: so many sessions dropped out. */
	| { readonly kind: 'dropped'; readonly finished: number }
	/** Not in this request: `busy` are those that another run asks about, `items` may be asked at once, without them or alone. */
	| { readonly kind: 'put off'; readonly items: readonly ItemRow[]; readonly busy: readonly ItemRow[]; readonly finished: number }
	| { readonly kind: 'cap'; readonly cap: CapName; readonly items: readonly ItemRow[]; readonly finished: number };

/** What fits into a pipe at once: a process that is killed while it writes leaves no half of a prompt to be asked. */
const mostBytes = 60_000;
/** Without vowels, so that they make no words. */
const letters = 'bcdfghjkmnpqrstvwxz23456789';

export class Requests {
	readonly #parts: RequestsParts;
	readonly #runId: number;

	constructor(parts: RequestsParts, runId: number) {
		this.#parts = parts;
		this.#runId = runId;
	}

	/** `isRunsOwn` tells a failure that is no session's fault. Rejects when the job is to end, and when files of ours fail. */
	async ask(items: readonly ItemRow[], isRunsOwn: (error: ProviderError) => boolean): Promise<Asked> {
		const { job, provider, examples, microsOf, learnt, answersFolder, timeoutMs, onLog, now } = this.#parts;
		const { prompted, gone } = await this.#digested(items);
		let finished = await this.#dropGone(gone);
		if (prompted.length === 0) return { kind: 'dropped', finished };
		const prompt = buildPrompt(prompted, examples(), randomBytes(9).toString('base64url'));
		const asked = items.filter(({ sessionId }) => prompted.some(({ digest }) => digest.sessionId === sessionId));
		if (prompted.length > 1 && Buffer.byteLength(prompt.user) > mostBytes)
			return { kind: 'put off', items: asked.map(item => ({ ...item, attempt: Math.max(item.attempt, 2) })), busy: [], finished };
		const id = randomUUID();
		const answerFile = join(answersFolder, `${id}.jsonl`);
		const codes = new Map(prompted.map(({ code, digest }) => [code, digest.sessionId]));
		const expected = learnt.of(prompted.length, microsOf(estimatedTokens(prompt, prompted.length)) ?? 0);
		const gate = await job.change(tx => this.#pass(tx, id, answerFile, prompted, expected));
		if (gate.kind === 'cap') return { kind: 'cap', cap: gate.cap, items: asked, finished };
		if (gate.kind === 'obstacles') {
			finished += gate.dropped.size;
			const left = asked.filter(({ sessionId }) => !gate.dropped.has(sessionId));
			const [busy = [], items = []] = [true, false].map(isBusy => left.filter(({ sessionId }) => gate.busy.has(sessionId) === isBusy));
			return left.length === 0 ? { kind: 'dropped', finished } : { kind: 'put off', items, busy, finished };
		}
		const outcome = await provider.ask(
			{
				id,
				prompt,
				answerFile,
				timeoutMs,
				mostMicros: gate.mostMicros,
				onProcess: process =>
					job
						.change(tx => setRequestProcess(tx, id, JSON.stringify(process)), { durable: false })
						.catch((error: unknown) => onLog(`the process of a request was not noted: ${String(error)}`)),
			},
			job.signal,
			leavesRequests,
		);
		const error = outcome.ok ? null : outcome.error;
		const settlement = await job.change(tx =>
			settleRequest(tx, {
				id,
				runId: this.#runId,
				provider: provider.id,
				model: provider.model,
				estimatedMicros: expected,
				codes,
				outcome,
				isRunsOwn: error !== null && isRunsOwn(error),
				at: now().toISOString(),
			}),
		);
		await rm(answerFile, { force: true });
		if (settlement === null) return { kind: 'dropped', finished };
		if (outcome.ok && outcome.spent.micros !== null) learnt.add(outcome.spent.micros, codes.size);
		return { kind: 'settled', settlement: { ...settlement, finished: settlement.finished + finished }, error };
	}

	/** Everything that must hold before a request is made, and its row, in one change. */
	#pass(tx: LedgerTransaction, id: string, outputFile: string, prompted: readonly PromptItem[], expected: number): Gate {
		const { provider, caps, now } = this.#parts;
		const at = now().toISOString();
		const sessions = prompted.map(({ digest }) => ({ sessionId: digest.sessionId, lastRecord: digest.lastRecord }));
		const obstacles = obstaclesTo(tx, { runId: this.#runId, source: sourceOf(provider.id, provider.model), sessions });
		if (obstacles.size > 0) return this.#dropObstacles(tx, obstacles, at);
		const spent = this.#spent(tx);
		const cap = capBroken(caps, spent, expected);
		if (cap !== null) return { kind: 'cap', cap };
		insertRequest(tx, {
			id,
			runId: this.#runId,
			outputFile,
			estimatedMicros: expected,
			askedAt: at,
			items: prompted.map(({ code, digest }) => ({ code, sessionId: digest.sessionId, lastRecord: digest.lastRecord })),
		});
		return { kind: 'asked', mostMicros: mostMicros(caps, spent, expected) };
	}

	#dropObstacles(tx: LedgerTransaction, obstacles: ReadonlyMap<string, Obstacle>, at: string): Gate {
		const busy = new Set([...obstacles].filter(([, obstacle]) => obstacle === 'asked').map(([sessionId]) => sessionId));
		const dropped = new Set([...obstacles.keys()].filter(sessionId => !busy.has(sessionId)));
		for (const sessionId of dropped) setItem(tx, this.#runId, sessionId, { state: 'skipped', error: null, at });
		increaseRun(tx, this.#runId, { ...noIncrease, skipped: dropped.size });
		return { kind: 'obstacles', dropped, busy };
	}

	/** As the ledger has it, with what is expected for requests under way, of this run and of all. */
	#spent(reader: LedgerReader): SpentSoFar {
		const run = runOfJob(reader, this.#parts.job.job.id);
		const open = openMicros(reader, this.#runId);
		return {
			runMicros: (run?.actualMicros ?? 0) + (run?.unconfirmedMicros ?? 0) + open.run,
			dayMicros: spentSince(reader, this.#parts.dayStart().toISOString()) + open.all,
		};
	}

	async #digested(items: readonly ItemRow[]): Promise<{ readonly prompted: readonly PromptItem[]; readonly gone: readonly string[] }> {
		const prompted: PromptItem[] = [];
		const gone: string[] = [];
		for (const { sessionId } of items) {
			const digest = await this.#parts.digestOf(sessionId);
			if (digest === null) gone.push(sessionId);
			else prompted.push({ code: codeBeside(prompted), digest });
		}
		return { prompted, gone };
	}

	async #dropGone(gone: readonly string[]): Promise<number> {
		if (gone.length === 0) return 0;
		const at = this.#parts.now().toISOString();
		const error = JSON.stringify({ reason: 'gone', message: 'The session is not in the index any more' });
		await this.#parts.job.change(tx => {
			for (const sessionId of gone) setItem(tx, this.#runId, sessionId, { state: 'failed', error, at });
			increaseRun(tx, this.#runId, { ...noIncrease, failed: gone.length });
		});
		return gone.length;
	}
}

type Gate =
	| { readonly kind: 'asked'; readonly mostMicros: number | null }
	| { readonly kind: 'cap'; readonly cap: CapName }
	| { readonly kind: 'obstacles'; readonly dropped: ReadonlySet<string>; readonly busy: ReadonlySet<string> };

export const noIncrease = { classified: 0, skipped: 0, failed: 0, actualMicros: 0, unconfirmedMicros: 0, inputTokens: 0, outputTokens: 0 };

/** Four letters and digits that no other session of the request has. */
function codeBeside(items: readonly PromptItem[]): string {
	for (;;) {
		const code = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
		if (!items.some(item => item.code === code)) return code;
	}
}
