/**
 * What is asked of a provider: recorded before it is asked, and settled once (CLS-8). Money is in whole micro-dollars.
 */
import type { RunRow } from './classificationRuns.ts';
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export type RequestState = 'asked' | 'answered' | 'failed' | 'unconfirmed';

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

const requestColumns = `r.id, r.run_id AS runId, c.provider, c.model, r.output_file AS outputFile, r.process, r.codes,
	r.estimated_micros AS estimatedMicros, r.asked_at AS askedAt`;

/** Asked and not answered, whoever waits for it. */
export function openRequests(reader: LedgerReader): RequestRow[] {
	return reader
		.prepare<RequestRow>(
			`SELECT ${requestColumns} FROM classification_requests r JOIN classification_jobs c ON c.id = r.run_id WHERE r.state = 'asked' ORDER BY r.asked_at, r.id`,
		)
		.all();
}

/**
 * Asked, and nobody waits for the answer: of the run of that job, whose owner before is gone, and of runs that were
 * cancelled or ended without their owner. Where a run asks, of those too that wait behind it: it would wait for them.
 * Null: of those that have ended only.
 */
export function leftRequests(reader: LedgerReader, jobId: string | null): RequestRow[] {
	return reader
		.prepare<RequestRow>(
			`SELECT ${requestColumns} FROM classification_requests r JOIN classification_jobs c ON c.id = r.run_id JOIN jobs j ON j.id = c.job_id
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
