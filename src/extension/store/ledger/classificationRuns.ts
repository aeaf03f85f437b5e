/**
 * Runs of classification, one for each of their jobs (CLS-6). Functions, because several of them stand in one change. Money
 * is in whole micro-dollars. Their sessions are in `classificationItems.ts`, what they ask in `classificationRequests.ts`.
 */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export type RunStatus = 'running' | 'completed' | 'cancelled' | 'failed';

export interface NewRun {
	readonly jobId: string;
	readonly provider: string;
	readonly model: string;
	readonly promptVersion: number;
	readonly estimatedMicros: number;
	readonly capMicros: number | null;
	readonly createdAt: string;
	readonly items: readonly {
		readonly sessionId: string;
		readonly lastRecord: string | null;
		/** `skipped` for those that need no answer. */
		readonly state: 'pending' | 'skipped';
	}[];
}

export interface RunRow {
	readonly id: number;
	readonly jobId: string;
	readonly provider: string;
	readonly model: string;
	readonly promptVersion: number;
	readonly status: RunStatus;
	readonly total: number;
	readonly classified: number;
	readonly skipped: number;
	readonly failed: number;
	readonly estimatedMicros: number;
	readonly actualMicros: number;
	readonly unconfirmedMicros: number;
	readonly capMicros: number | null;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly error: string | null;
	readonly createdAt: string;
	readonly completedAt: string | null;
}

const runColumns = `id, job_id AS jobId, provider, model, prompt_version AS promptVersion, status, total, classified, skipped, failed,
	estimated_micros AS estimatedMicros, actual_micros AS actualMicros, unconfirmed_micros AS unconfirmedMicros, cap_micros AS capMicros,
	input_tokens AS inputTokens, output_tokens AS outputTokens, error, created_at AS createdAt, completed_at AS completedAt`;

/** In the same change as its job. */
export function insertRun(tx: LedgerTransaction, run: NewRun): void {
	tx.run(
		`INSERT INTO classification_jobs (job_id, provider, model, prompt_version, total, skipped, estimated_micros, cap_micros, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		run.jobId,
		run.provider,
		run.model,
		run.promptVersion,
		run.items.length,
		run.items.filter(item => item.state === 'skipped').length,
		run.estimatedMicros,
		run.capMicros,
		run.createdAt,
	);
	const row = runOfJob(tx, run.jobId);
	for (const item of run.items) {
		// Of those only the count is kept: a row for each session in each run of all would fill the ledger.
		if (item.state === 'skipped') continue;
		tx.run(
			'INSERT INTO classification_items (run_id, session_id, state, last_record, updated_at) VALUES (?, ?, ?, ?, ?)',
			row?.id ?? null,
			item.sessionId,
			item.state,
			item.lastRecord,
			run.createdAt,
		);
	}
}

export function runOfJob(reader: LedgerReader, jobId: string): RunRow | undefined {
	return reader.prepare<RunRow>(`SELECT ${runColumns} FROM classification_jobs WHERE job_id = ?`).get(jobId);
}

/** The newest first. */
export function lastRuns(reader: LedgerReader, limit: number): RunRow[] {
	return reader.prepare<RunRow>(`SELECT ${runColumns} FROM classification_jobs ORDER BY created_at DESC, id DESC LIMIT ?`).all(limit);
}

/** Follows the status of the job. A run that a person tries again runs again. */
export function setRunStatus(tx: LedgerTransaction, jobId: string, status: RunStatus, at: string, error: string | null): void {
	tx.run(
		"UPDATE classification_jobs SET status = ?1, completed_at = CASE ?1 WHEN 'running' THEN NULL ELSE ?2 END, error = ?3 WHERE job_id = ?4",
		status,
		at,
		error,
		jobId,
	);
}

export interface RunIncrease {
	readonly classified: number;
	readonly skipped: number;
	readonly failed: number;
	readonly actualMicros: number;
	readonly unconfirmedMicros: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
}

export function increaseRun(tx: LedgerTransaction, runId: number, by: RunIncrease): void {
	tx.run(
		`UPDATE classification_jobs SET classified = classified + ?, skipped = skipped + ?, failed = failed + ?, actual_micros = actual_micros + ?,
		unconfirmed_micros = unconfirmed_micros + ?, input_tokens = input_tokens + ?, output_tokens = output_tokens + ? WHERE id = ?`,
		by.classified,
		by.skipped,
		by.failed,
		by.actualMicros,
		by.unconfirmedMicros,
		by.inputTokens,
		by.outputTokens,
		runId,
	);
}
