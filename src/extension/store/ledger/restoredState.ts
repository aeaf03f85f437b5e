/**
 * What of an older state of the ledger must not come back with it: work that would begin again, money that would count as
 * unspent, consents that were taken back since, sessions that were forgotten since. Everything else is as it was.
 */
import type { Sqlite } from '../sqlite.ts';
import { setRunStatus } from './classificationRuns.ts';
import { forgetSessions, forgottenSessions } from './forgotten.ts';
import { activeJobs, latestRevision } from './jobLists.ts';
import { writeFinished } from './jobs.ts';
import { type LedgerReader, type LedgerTransaction, readerOf, transactionOf } from './transaction.ts';

/** Both have the same schema. `at`: now. */
export function settleRestored(restored: Sqlite, present: Sqlite, at: string): void {
	const now = readerOf(present);
	restored.transaction(() => {
		const tx = transactionOf(restored, []);
		endWork(tx, at);
		tellAllJobs(tx, latestRevision(now));
		keepSpending(tx, now);
		closePaidRequests(tx, at);
		forgetConsents(tx, now);
		forgetSessions(
			tx,
			forgottenSessions(now).map(({ sessionId }) => sessionId),
			at,
			`restored ${at}`,
		);
	});
}

function endWork(tx: LedgerTransaction, at: string): void {
	for (const { id, deaths, result } of activeJobs(tx)) {
		writeFinished(tx, id, { status: 'cancelled', deaths, result, error: null, at });
		setRunStatus(tx, id, 'cancelled', at, null);
	}
	tx.run(
		"UPDATE index_runs SET status = 'failed', completed_at = ?, error = ? WHERE status IN ('pending', 'running')",
		at,
		'cut off: the ledger was restored from a backup',
	);
}

/** Windows ask for what is above the latest revision they have seen; of the older ones here that would be nothing. */
function tellAllJobs(tx: LedgerTransaction, seen: number): void {
	tx.run('UPDATE jobs SET revision = revision + ?', seen);
}

interface SpendingRow {
	readonly requestId: string | null;
	readonly jobId: string | null;
	readonly kind: string;
	readonly provider: string;
	readonly model: string;
	readonly micros: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly at: string;
}

/** A request that is under way has nowhere to put its price any more, so what was expected of it counts (CLS-8). */
const spentNow = `SELECT s.request_id AS requestId, r.job_id AS jobId, s.kind, s.provider, s.model, s.micros, s.input_tokens AS inputTokens,
		s.output_tokens AS outputTokens, s.spent_at AS at
	FROM spending s LEFT JOIN classification_jobs r ON r.id = s.run_id
	UNION ALL
	SELECT q.id, r.job_id, 'unconfirmed', r.provider, r.model, q.estimated_micros, 0, 0, q.asked_at
	FROM classification_requests q JOIN classification_jobs r ON r.id = q.run_id WHERE q.state = 'asked' AND q.estimated_micros > 0`;

function keepSpending(tx: LedgerTransaction, now: LedgerReader): void {
	for (const row of now.prepare<SpendingRow>(spentNow).all()) {
		// Runs are known by their jobs: the number of one that the backup lacks may be that of another there.
		tx.run(
			`INSERT INTO spending (request_id, run_id, kind, provider, model, micros, input_tokens, output_tokens, spent_at)
			SELECT ?1, (SELECT id FROM classification_jobs WHERE job_id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9
			WHERE ?1 IS NOT NULL OR NOT EXISTS (SELECT 1 FROM spending WHERE spent_at = ?9 AND model = ?5 AND micros = ?6)
			ON CONFLICT (request_id) DO UPDATE SET kind = excluded.kind, micros = excluded.micros, spent_at = excluded.spent_at`,
			row.requestId,
			row.jobId,
			row.kind,
			row.provider,
			row.model,
			row.micros,
			row.inputTokens,
			row.outputTokens,
			row.at,
		);
	}
	for (const [sum, kind] of [
		['actual_micros', 'confirmed'],
		['unconfirmed_micros', 'unconfirmed'],
	] as const) {
		tx.run(
			`UPDATE classification_jobs SET ${sum} = max(${sum}, (
				SELECT coalesce(sum(micros), 0) FROM spending WHERE run_id = classification_jobs.id AND kind = ?))`,
			kind,
		);
	}
}

/** Should a person try the run again: what was paid for is not looked for any more, and its sessions are asked about anew. */
function closePaidRequests(tx: LedgerTransaction, at: string): void {
	tx.run(
		`UPDATE classification_requests SET state = iif(s.kind = 'confirmed', 'answered', 'unconfirmed'),
			actual_micros = iif(s.kind = 'confirmed', s.micros, NULL), input_tokens = s.input_tokens, output_tokens = s.output_tokens,
			answered_at = s.spent_at
		FROM spending s WHERE s.request_id = classification_requests.id AND state = 'asked'`,
	);
	tx.run(
		`UPDATE classification_items SET state = 'pending', attempt = max(0, attempt - 1), request_id = NULL, updated_at = ?
		WHERE state = 'asked' AND request_id IN (SELECT id FROM classification_requests WHERE state <> 'asked')`,
		at,
	);
}

function forgetConsents(tx: LedgerTransaction, now: LedgerReader): void {
	const consents = now.prepare<{ scope: string; provider: string }>('SELECT scope, provider FROM consents').all();
	tx.run(
		`DELETE FROM consents WHERE NOT EXISTS (
			SELECT 1 FROM json_each(?) WHERE value ->> 'scope' = scope AND value ->> 'provider' = provider)`,
		JSON.stringify(consents),
	);
}
