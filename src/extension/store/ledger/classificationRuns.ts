/**
 * Runs of classification with what they ask: sessions (items) and requests, which are the checkpoint of a run (CLS-6,
 * CLS-8). Functions, because several of them stand in one change. Money is in whole micro-dollars.
 */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export type RunStatus = 'running' | 'completed' | 'cancelled' | 'failed';
export type ItemState = 'pending' | 'asked' | 'classified' | 'skipped' | 'failed';
export type RequestState = 'asked' | 'answered' | 'failed' | 'unconfirmed';

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

export interface ItemRow {
	readonly sessionId: string;
	readonly state: ItemState;
	readonly attempt: number;
	readonly lastRecord: string | null;
}

const itemColumns = 'session_id AS sessionId, state, attempt, last_record AS lastRecord';

/** In the order of their ids, which no kill changes. */
export function pendingItems(reader: LedgerReader, runId: number): ItemRow[] {
	return reader
		.prepare<ItemRow>(`SELECT ${itemColumns} FROM classification_items WHERE run_id = ? AND state = 'pending' ORDER BY session_id`)
		.all(runId);
}

export function itemsOfRequest(reader: LedgerReader, requestId: string): ItemRow[] {
	return reader
		.prepare<ItemRow>(`SELECT ${itemColumns} FROM classification_items WHERE request_id = ? AND state = 'asked' ORDER BY session_id`)
		.all(requestId);
}

/** How many sessions of a run failed or were left out, for which reason. */
export function itemErrors(reader: LedgerReader, runId: number): Record<string, number> {
	const rows = reader
		.prepare<{ reason: string; items: number }>(
			`SELECT error ->> 'reason' AS reason, count(*) AS items FROM classification_items
			WHERE run_id = ? AND error IS NOT NULL AND state IN ('failed', 'skipped') GROUP BY 1 ORDER BY 1`,
		)
		.all(runId);
	return Object.fromEntries(rows.map(({ reason, items }) => [reason, items]));
}

export interface NewRequest {
	readonly id: string;
	readonly runId: number;
	readonly outputFile: string;
	readonly estimatedMicros: number;
	readonly askedAt: string;
	/** The sessions, in the order in which they stand in the prompt, with the code that names each there. */
	readonly items: readonly { readonly sessionId: string; readonly code: string; readonly lastRecord: string | null }[];
}

/** Before anything is asked. */
export function insertRequest(tx: LedgerTransaction, request: NewRequest): void {
	tx.run(
		`INSERT INTO classification_requests (id, run_id, output_file, estimated_micros, codes, asked_at) VALUES (?, ?, ?, ?, ?, ?)`,
		request.id,
		request.runId,
		request.outputFile,
		request.estimatedMicros,
		JSON.stringify(Object.fromEntries(request.items.map(({ sessionId, code }) => [code, sessionId]))),
		request.askedAt,
	);
	for (const { sessionId, lastRecord } of request.items) {
		// As it is now: it may have grown since the run was planned.
		tx.run(
			`UPDATE classification_items SET state = 'asked', attempt = attempt + 1, request_id = ?, last_record = ?, updated_at = ?
			WHERE run_id = ? AND session_id = ? AND state = 'pending'`,
			request.id,
			lastRecord,
			request.askedAt,
			request.runId,
			sessionId,
		);
	}
}

export function setRequestProcess(tx: LedgerTransaction, requestId: string, process: string): void {
	tx.run("UPDATE classification_requests SET process = ? WHERE id = ? AND state = 'asked'", process, requestId);
}

export interface RequestRow {
	readonly id: string;
	readonly runId: number;
	readonly provider: string;
	readonly model: string;
	readonly outputFile: string | null;
	readonly process: string | null;
	readonly codes: string;
	readonly estimatedMicros: number;
	readonly askedAt: string;
}

/**
 * Asked, and nobody waits for the answer: of the run of that job, whose owner before is gone, and of runs that were
 * cancelled or ended without their owner. Where a run asks, of those too that wait behind it: it would wait for them.
 * Null: of those that have ended only.
 */
export function leftRequests(reader: LedgerReader, jobId: string | null): RequestRow[] {
	return reader
		.prepare<RequestRow>(
			`SELECT r.id, r.run_id AS runId, c.provider, c.model, r.output_file AS outputFile, r.process, r.codes, r.estimated_micros AS estimatedMicros,
				r.asked_at AS askedAt
			FROM classification_requests r JOIN classification_jobs c ON c.id = r.run_id JOIN jobs j ON j.id = c.job_id
			WHERE r.state = 'asked' AND (c.job_id IS ?1 OR j.status IN ('completed', 'failed', 'cancelled') OR (?1 IS NOT NULL AND j.status = 'pending' AND j.scheduled_at <= j.updated_at)) ORDER BY r.asked_at, r.id`,
		)
		.all(jobId);
}

/** Micro-dollars that are expected for what is being asked, by the run and by all of them. */
export function openMicros(reader: LedgerReader, runId: number): { readonly run: number; readonly all: number } {
	return (
		reader
			.prepare<{ run: number; all: number }>(
				`SELECT coalesce(sum(estimated_micros) FILTER (WHERE run_id = ?), 0) AS run, coalesce(sum(estimated_micros), 0) AS "all"
				FROM classification_requests WHERE state = 'asked'`,
			)
			.get(runId) ?? { run: 0, all: 0 }
	);
}

export type Obstacle = 'person' | 'answered' | 'asked';

/** Sessions that must not be asked about now: a person has sorted them, the same source has for the same last record, or another run is asking. */
export function obstaclesTo(
	reader: LedgerReader,
	asked: {
		readonly runId: number;
		readonly source: string;
		readonly sessions: readonly { readonly sessionId: string; readonly lastRecord: string | null }[];
	},
): Map<string, Obstacle> {
	const rows = reader
		.prepare<{ sessionId: string; obstacle: Obstacle | null }>(
			`SELECT s.value ->> 'sessionId' AS sessionId, CASE
				WHEN EXISTS (SELECT 1 FROM classifications c WHERE c.session_id = s.value ->> 'sessionId' AND c.kind = 'person') THEN 'person'
				WHEN EXISTS (SELECT 1 FROM classifications c WHERE c.session_id = s.value ->> 'sessionId' AND c.source = ?2
					AND c.last_record = s.value ->> 'lastRecord') THEN 'answered'
				WHEN EXISTS (SELECT 1 FROM classification_items i JOIN classification_jobs r ON r.id = i.run_id
					WHERE i.session_id = s.value ->> 'sessionId' AND i.state = 'asked' AND i.run_id <> ?3 AND r.status = 'running') THEN 'asked' END AS obstacle
			FROM json_each(?1) s`,
		)
		.all(JSON.stringify(asked.sessions), asked.source, asked.runId);
	return new Map(rows.flatMap(({ sessionId, obstacle }) => (obstacle === null ? [] : [[sessionId, obstacle]])));
}

/** What the last answered requests of a provider and model cost, by how many sessions each was about. */
export function answeredCosts(
	reader: LedgerReader,
	asked: Pick<RunRow, 'provider' | 'model' | 'promptVersion'>,
): { readonly sessions: number; readonly requests: number; readonly micros: number }[] {
	return reader
		.prepare<{ sessions: number; requests: number; micros: number }>(
			`SELECT sessions, count(*) AS requests, sum(micros) AS micros FROM (
				SELECT r.actual_micros AS micros, (SELECT count(*) FROM json_each(r.codes)) AS sessions
				FROM classification_jobs j JOIN classification_requests r ON r.run_id = j.id
				WHERE j.provider = ? AND j.model = ? AND j.prompt_version = ? AND r.state = 'answered' AND r.actual_micros IS NOT NULL
				ORDER BY r.asked_at DESC LIMIT 200)
			GROUP BY sessions`,
		)
		.all(asked.provider, asked.model, asked.promptVersion);
}

export interface RequestEnd {
	readonly state: Exclude<RequestState, 'asked'>;
	/** Null where nobody knows. */
	readonly actualMicros: number | null;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly error: string | null;
	readonly at: string;
}

/** False when it has been settled already. */
export function endRequest(tx: LedgerTransaction, requestId: string, end: RequestEnd): boolean {
	return (
		tx.run(
			`UPDATE classification_requests SET state = ?, actual_micros = ?, input_tokens = ?, output_tokens = ?, error = ?, answered_at = ?
			WHERE id = ? AND state = 'asked'`,
			end.state,
			end.actualMicros,
			end.inputTokens,
			end.outputTokens,
			end.error,
			end.at,
			requestId,
		) > 0
	);
}

export function setItem(
	tx: LedgerTransaction,
	runId: number,
	sessionId: string,
	item: { readonly state: ItemState; readonly error: string | null; readonly at: string },
): void {
	tx.run(
		'UPDATE classification_items SET state = ?, error = ?, updated_at = ? WHERE run_id = ? AND session_id = ?',
		item.state,
		item.error,
		item.at,
		runId,
		sessionId,
	);
}

/** A request that was never made counts no attempt. */
export function putBackItem(tx: LedgerTransaction, runId: number, sessionId: string, at: string): void {
	tx.run(
		`UPDATE classification_items SET state = 'pending', attempt = max(0, attempt - 1), request_id = NULL, updated_at = ?
		WHERE run_id = ? AND session_id = ? AND state = 'asked'`,
		at,
		runId,
		sessionId,
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

/** A person tries a run again: what failed is asked once more. */
export function reopenItems(tx: LedgerTransaction, jobId: string, at: string): void {
	tx.run(
		`UPDATE classification_items SET state = 'pending', attempt = 0, error = NULL, updated_at = ?1
		WHERE run_id = (SELECT id FROM classification_jobs WHERE job_id = ?2) AND state = 'failed'`,
		at,
		jobId,
	);
	tx.run('UPDATE classification_jobs SET failed = 0 WHERE job_id = ?', jobId);
}

/** Of these sessions those that runs of that provider, model and prompt asked about without an answer, with their last records then. */
export function askedInVain(
	reader: LedgerReader,
	asked: Pick<RunRow, 'provider' | 'model' | 'promptVersion'>,
	sessionIds: readonly string[],
): Map<string, Set<string>> {
	const rows = reader
		.prepare<{ sessionId: string; lastRecord: string }>(
			`SELECT i.session_id AS sessionId, i.last_record AS lastRecord
			FROM classification_jobs j CROSS JOIN json_each(?4) s JOIN classification_items i ON i.run_id = j.id AND i.session_id = s.value
			WHERE j.provider = ?1 AND j.model = ?2 AND j.prompt_version = ?3 AND i.attempt > 0 AND i.state <> 'classified' AND i.last_record IS NOT NULL`,
		)
		.all(asked.provider, asked.model, asked.promptVersion, JSON.stringify(sessionIds));
	const found = new Map<string, Set<string>>();
	for (const { sessionId, lastRecord } of rows) found.set(sessionId, (found.get(sessionId) ?? new Set()).add(lastRecord));
	return found;
}
