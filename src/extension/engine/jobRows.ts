/** Jobs as people see them, from the queue and the runs of classification that belong to them. */
import type { ClassificationRunRow, JobRow, SpendingRow } from '../../webview/contract/jobs.ts';
import type { ClassifyData, ClassifyResult } from '../classification/classifyJob.ts';
import { type Mark, marked, remainingMs } from '../jobs/eta.ts';
import type { Job } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { lastRuns, runOfJob, type RunRow } from '../store/ledger/classificationRuns.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { spendingSums } from '../store/ledger/spending.ts';
import type { JobList } from './api.ts';
import type { EngineJobs } from './jobTypes.ts';

const shownRecent = 20;
const shownRuns = 10;

export class JobRows {
	readonly #queue: JobQueue<EngineJobs>;
	readonly #ledger: Ledger;
	/** How far each running job was when, for its ETA. */
	readonly #marks = new Map<string, readonly Mark[]>();

	constructor(queue: JobQueue<EngineJobs>, ledger: Ledger) {
		this.#queue = queue;
		this.#ledger = ledger;
	}

	/** To be told of each change, so that the speed is known. */
	noticed(jobs: readonly Job[], nowMs: number): void {
		for (const { id, status, progress } of jobs) {
			if (status === 'running') this.#marks.set(id, marked(this.#marks.get(id) ?? [], { current: progress.current, atMs: nowMs }));
			else this.#marks.delete(id);
		}
	}

	list(nowMs: number): JobList {
		// A maintenance job that waits for its day is no news to anybody.
		const isShown = (job: Job): boolean => job.type === 'classify' || job.status === 'running' || Date.parse(job.scheduledAt) <= nowMs;
		return {
			active: this.#queue
				.active()
				.filter(isShown)
				.map(job => this.#row(job, nowMs)),
			recent: this.#queue.recent(shownRecent).map(job => this.#row(job, nowMs)),
		};
	}

	runs(): readonly ClassificationRunRow[] {
		return this.#ledger.read(reader => lastRuns(reader, shownRuns)).map(classificationRow);
	}

	spending(): readonly SpendingRow[] {
		return this.#ledger.read(spendingSums).map(sum => ({
			provider: sum.provider,
			model: sum.model,
			requests: sum.requests,
			costUsd: sum.confirmedMicros / 1e6,
			unconfirmedUsd: sum.unconfirmedMicros / 1e6,
			inputTokens: sum.inputTokens,
			outputTokens: sum.outputTokens,
		}));
	}

	#row(job: Job, nowMs: number): JobRow {
		const run = job.type === 'classify' ? this.#ledger.read(reader => runOfJob(reader, job.id)) : undefined;
		return {
			id: job.id,
			type: job.type as JobRow['type'],
			status: job.status,
			current: job.progress.current,
			total: job.progress.total ?? run?.total ?? null,
			message: job.progress.message,
			etaMs: job.status === 'running' ? remainingMs(this.#marks.get(job.id) ?? [], job.progress.total, nowMs) : null,
			priority: job.priority,
			scheduledAt: job.scheduledAt,
			createdAt: job.createdAt,
			startedAt: job.startedAt,
			finishedAt: job.finishedAt,
			attempts: job.attempts,
			error: job.error ?? limitReached(job),
			classification: run === undefined ? null : classificationRow(run),
			isCancelling: job.status === 'running' && job.cancelRequestedAt !== null,
			isAutomatic: job.type !== 'classify' || (job.data as ClassifyData).isAutomatic,
		};
	}
}

/** A run that a spending limit ended has completed; that some of it was left out is its reason all the same. */
function limitReached({ type, result }: Job): JobRow['error'] {
	const stoppedBy = type === 'classify' ? ((result as ClassifyResult | null)?.stoppedBy ?? null) : null;
	return stoppedBy === null ? null : { reason: 'spending-cap', message: `The spending limit of a ${stoppedBy} is reached` };
}

function classificationRow(run: RunRow): ClassificationRunRow {
	return {
		jobId: run.jobId,
		provider: run.provider,
		model: run.model,
		status: run.status,
		total: run.total,
		classified: run.classified,
		skipped: run.skipped,
		failed: run.failed,
		estimatedUsd: run.estimatedMicros / 1e6,
		costUsd: run.actualMicros / 1e6,
		unconfirmedUsd: run.unconfirmedMicros / 1e6,
		inputTokens: run.inputTokens,
		outputTokens: run.outputTokens,
		error: errorText(run.error),
		createdAt: run.createdAt,
		completedAt: run.completedAt,
	};
}

function errorText(error: string | null): string | null {
	return error === null ? null : (JSON.parse(error) as { message: string }).message;
}
