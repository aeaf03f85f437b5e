/** The engine asked once to classify, without VS Code: what `npm run classify` prints. */
import type { ClassifyResult } from '../classification/classifyJob.ts';
import { isFinished, type Job } from '../jobs/job.ts';
import { itemErrors, runOfJob } from '../store/ledger/classificationRuns.ts';
import type { EngineEvents } from './api.ts';
import { Engine } from './engine.ts';
import { headlessOptions } from './headless.ts';
import { openStorage } from './openStorage.ts';

export interface ClassifyRequest {
	/** Claude config directories that replace all others; none takes the environment's or the defaults. */
	readonly claudeDirs: readonly string[];
	/** Real path of the folder whose sessions are meant; null for all projects. */
	readonly workspace: string | null;
	readonly dataDir: string;
	readonly provider: 'rules' | 'claude-cli';
	readonly model: string;
	/** Of this run, in US dollars; null for no cap. */
	readonly maxCostUsd: number | null;
	readonly concurrency: number;
	readonly timeoutMs: number;
	readonly readerThread: string | URL | null;
	/** Ends the run cleanly: it goes on with the next call. */
	readonly signal: AbortSignal;
}

/** Field names are public: scripts rely on them. */
export interface ClassifyReport {
	readonly id: string | null;
	readonly status: string;
	readonly total: number;
	readonly classified: number;
	readonly skipped: number;
	readonly failed: number;
	/** Confirmed; not rounded. */
	readonly costCents: number;
	/** Perhaps paid, for answers that a kill lost. */
	readonly unconfirmedCents: number;
	/** Read and written. */
	readonly tokens: number;
	readonly errors: Readonly<Record<string, number>>;
	/** The cap that ended it early. */
	readonly stoppedBy: 'run' | 'day' | null;
}

export interface ClassifyAnswer {
	readonly report: ClassifyReport | null;
	/** Why the run did not complete; null when it did. */
	readonly error: string | null;
	readonly warnings: readonly string[];
}

/** @throws what keeps the files in `dataDir` from being opened or written. */
export async function runClassify(request: ClassifyRequest): Promise<ClassifyAnswer> {
	const base = headlessOptions(request);
	const options = {
		...base,
		classification: {
			...base.classification,
			timeoutMs: request.timeoutMs,
			concurrency: request.concurrency,
			runCapUsd: request.maxCostUsd,
		},
	};
	const warnings: string[] = [];
	const storage = await openStorage(options, process.env);
	const engine = new Engine({
		options,
		storage,
		readerThread: request.readerThread,
		env: process.env,
		host: null,
		emit: (name, payload) => {
			if (name !== 'log') return;
			const { level, text } = payload as EngineEvents['log'];
			if (level === 'warn' || level === 'error') warnings.push(text);
		},
		now: () => new Date(),
	});
	try {
		if (storage.ledger.refusal !== null) throw storage.ledger.refusal;
		await engine.open();
		const before = storage.tables.facts.ruleCount();
		await engine.background.catchUp();
		engine.index('incremental');
		await engine.idle();
		const indexed = engine.lastRun?.outcome.error ?? null;
		if (indexed !== null) return { report: null, error: indexed, warnings };
		if (request.provider === 'rules') {
			// They ran with the index: what is left to say is what they found.
			const total = storage.tables.facts.endings(engine.projectsOf(request.workspace === null ? 'all' : 'workspace')).length;
			const classified = Math.min(total, Math.max(0, storage.tables.facts.ruleCount() - before));
			return {
				report: { ...nothing, id: null, status: 'completed', total, classified, skipped: total - classified },
				error: null,
				warnings,
			};
		}
		const job = await runToEnd(engine, request);
		const row = storage.ledger.read(reader => runOfJob(reader, job.id));
		const result = job.result as ClassifyResult | null;
		const report: ClassifyReport = {
			id: job.id,
			status: job.status,
			total: row?.total ?? 0,
			classified: row?.classified ?? 0,
			skipped: row?.skipped ?? 0,
			failed: row?.failed ?? 0,
			costCents: (row?.actualMicros ?? 0) / 10_000,
			unconfirmedCents: (row?.unconfirmedMicros ?? 0) / 10_000,
			tokens: (row?.inputTokens ?? 0) + (row?.outputTokens ?? 0),
			errors: row === undefined ? {} : storage.ledger.read(reader => itemErrors(reader, row.id)),
			stoppedBy: result?.stoppedBy ?? null,
		};
		const error = job.status === 'completed' ? null : (job.error?.message ?? `The run is ${job.status}; the next call goes on with it.`);
		return { report, error, warnings };
	} finally {
		await engine.stop();
	}
}

const nothing = { failed: 0, costCents: 0, unconfirmedCents: 0, tokens: 0, errors: {}, stoppedBy: null } as const;

/** Goes on with a run of these sessions that was cut off, or makes one. Answers the job as it is when it ends or is interrupted. */
async function runToEnd(engine: Engine, request: ClassifyRequest): Promise<Job> {
	const { background } = engine;
	const { queue } = background;
	const unfinished = queue.active().find(job => job.type === 'classify');
	const target = {
		scope: request.workspace === null ? ('all' as const) : ('workspace' as const),
		sessionIds: null,
		category: null,
		provider: 'claude-cli' as const,
		model: request.model,
	};
	const id = unfinished?.id ?? (await background.classifying.start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: true }));
	const ended = new Promise<void>(resolve => {
		const look = (): void => {
			const job = queue.get(id);
			if (job === null || isFinished(job.status)) resolve();
		};
		queue.onChange(look);
		request.signal.addEventListener('abort', () => resolve(), { once: true });
		if (request.signal.aborted) resolve();
		look();
	});
	background.startWorker();
	await ended;
	await background.stop();
	const job = queue.get(id);
	if (job === null) throw new Error('The job of this run is gone from the ledger');
	return job;
}
