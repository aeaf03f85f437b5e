/** The engine asked once to classify, without VS Code: what `npm run classify` prints. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClassifyData, ClassifyResult } from '../classification/classifyJob.ts';
import { freeOrphans } from '../jobs/claim.ts';
import { isFinished, type Job } from '../jobs/job.ts';
import { JobRefused } from '../jobs/queue.ts';
import { itemErrors } from '../store/ledger/classificationItems.ts';
import { runOfJob } from '../store/ledger/classificationRuns.ts';
import type { Background } from './background.ts';
import type { Engine } from './engine.ts';
import { bringUpToDate, type HeadlessRequest, headlessOptions, openHeadless } from './headless.ts';

export interface ClassifyRequest extends HeadlessRequest {
	readonly dataDir: string;
	readonly provider: 'rules' | 'claude-cli';
	readonly model: string;
	/** Of this run, in US dollars; null for no cap. */
	readonly maxCostUsd: number | null;
	readonly concurrency: number;
	readonly timeoutMs: number;
	/** Told once when the run of another process must end first. */
	readonly onWaiting: (text: string) => void;
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

/** How often is looked whether the run of another process has ended. */
const lookMs = 500;

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
	const { engine, storage } = await openHeadless({
		options,
		readerThread: request.readerThread,
		onTrouble: (_, text) => warnings.push(text),
	});
	try {
		if (storage.ledger.refusal !== null) throw storage.ledger.refusal;
		await engine.open();
		const before = storage.tables.facts.ruleCount();
		await Promise.race([bringUpToDate(engine), interrupted(request.signal)]);
		if (request.signal.aborted)
			return { report: null, error: 'Interrupted while the index was brought up to date; no run was made.', warnings };
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
		const { batch, dayCapUsd, runCapUsd, timeoutMs, concurrency } = options.classification;
		const job = await runToEnd(engine, request, {
			batch,
			concurrency,
			timeoutMs,
			runCapMicros: micros(runCapUsd),
			dayCapMicros: micros(dayCapUsd),
			isAutomatic: false,
		});
		if (job === null) return { report: null, error: 'Interrupted before a run was made.', warnings };
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

function interrupted(signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted) resolve();
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}

const micros = (usd: number | null): number | null => (usd === null ? null : Math.round(usd * 1e6));

const nothing = { failed: 0, costCents: 0, unconfirmedCents: 0, tokens: 0, errors: {}, stoppedBy: null } as const;

/**
 * Goes on with a run of the same sessions, provider and model that was cut off, by the terms of this call, or makes one.
 * Answers the job as it is when it ends or is interrupted; null where it was interrupted before there was one.
 */
async function runToEnd(engine: Engine, request: ClassifyRequest, terms: Terms): Promise<Job | null> {
	const { background } = engine;
	const { queue } = background;
	const id = await jobFor(background, request, terms);
	if (id === null) return null;
	const ended = new Promise<void>(resolve => {
		const look = (): void => {
			const job = queue.get(id);
			if (job === null || isFinished(job.status)) resolve();
		};
		queue.onChange(look);
		void interrupted(request.signal).then(resolve);
		look();
	});
	// Whatever else waits has terms that this call did not name.
	background.startWorker({ type: 'classify', id });
	await ended;
	await background.stop();
	const job = queue.get(id);
	if (job === null) throw new Error('The job of this run is gone from the ledger');
	return job;
}

type Terms = Pick<ClassifyData, 'batch' | 'concurrency' | 'timeoutMs' | 'runCapMicros' | 'dayCapMicros' | 'isAutomatic'>;

/** While another process classifies, nothing is planned: it would be asked, and paid, twice. */
async function jobFor(background: Background, request: ClassifyRequest, terms: Terms): Promise<string | null> {
	const { queue, classifying } = background;
	const { model, signal } = request;
	const scope = request.workspace === null ? 'all' : 'workspace';
	const target = { scope, sessionIds: null, category: null, provider: 'claude-cli', model } as const;
	for (let hasSaid = false; !signal.aborted;) {
		await queue.feed.refresh();
		await queue.feed.change(tx => freeOrphans(tx, { registry: queue.registry, now: queue.now(), held: new Set() }));
		const unfinished = queue.active().filter(job => job.type === 'classify');
		const other = unfinished.find(job => job.status === 'running');
		if (other !== undefined) {
			if (!hasSaid) request.onWaiting(waitingText(other));
			hasSaid = true;
			await sleep(lookMs, null, { signal }).catch(() => undefined);
			continue;
		}
		const ours = unfinished.find(({ data, scope: folders }) => {
			const { provider, model: asked } = data as ClassifyData;
			return provider === target.provider && asked === model && folders === background.consentScope(scope);
		});
		if (ours === undefined) return classifying.start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: true });
		try {
			return (await queue.edit(ours.id, { data: { ...(ours.data as ClassifyData), ...terms } })).id;
		} catch (error) {
			// A window was quicker: what it does not ask is for the next turn.
			if (!(error instanceof JobRefused)) throw error;
		}
	}
	return null;
}

function waitingText({ data, progress }: Job): string {
	const { provider, model } = data as ClassifyData;
	return `Waiting for another run of classification to end: ${provider} ${model}, ${progress.current} of ${progress.total ?? '?'} sessions done`;
}
