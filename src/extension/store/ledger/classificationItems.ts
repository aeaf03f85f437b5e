/** The sessions of a run and what became of each: the point from which a run goes on (CLS-6). */
import type { RunRow } from './classificationRuns.ts';
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export type ItemState = 'pending' | 'asked' | 'classified' | 'skipped' | 'failed';

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

export type Obstacle = 'forgotten' | 'person' | 'answered' | 'asked';

/** Sessions that must not be asked about now: a person wanted them forgotten or has sorted them, the same source has for the same last record, or another run is asking. */
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
				WHEN EXISTS (SELECT 1 FROM forgotten_sessions f WHERE f.session_id = s.value ->> 'sessionId') THEN 'forgotten'
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
