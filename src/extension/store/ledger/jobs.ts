/**
 * The table of background jobs (JOB-1). Functions, not a class: a claim is several of them in one change. What may
 * follow what is decided in jobs/; here each query only writes what it is told, and counts the change. What is asked at
 * every look names its index: without statistics SQLite reads all finished jobs to find those that wait or run.
 */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export type JobStatus = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** As it is stored: what is JSON stays text, instants are ISO 8601 with milliseconds and `Z`. */
export interface JobRow {
	readonly sequence: number;
	readonly id: string;
	readonly type: string;
	readonly data: string;
	readonly scope: string | null;
	readonly needs: string;
	readonly status: JobStatus;
	readonly priority: number;
	readonly scheduledAt: string;
	readonly attempts: number;
	readonly maxAttempts: number;
	readonly timeoutMs: number | null;
	readonly deaths: number;
	readonly progressCurrent: number;
	readonly progressTotal: number | null;
	readonly progressMessage: string | null;
	readonly checkpoint: string | null;
	readonly result: string | null;
	readonly error: string | null;
	readonly leaseOwner: string | null;
	readonly leaseExpiresAt: string | null;
	readonly cancelRequestedAt: string | null;
	readonly createdAt: string;
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
	readonly updatedAt: string;
	readonly revision: number;
}

export type NewJobRow = Pick<
	JobRow,
	'id' | 'type' | 'data' | 'scope' | 'needs' | 'status' | 'priority' | 'scheduledAt' | 'maxAttempts' | 'timeoutMs' | 'createdAt'
>;

/** Of a `JobRow`. */
export const jobColumns = `sequence, id, type, data, scope, needs, status, priority, scheduled_at AS scheduledAt, attempts, max_attempts AS maxAttempts,
	timeout_ms AS timeoutMs, deaths, progress_current AS progressCurrent, progress_total AS progressTotal, progress_message AS progressMessage,
	checkpoint, result, error, lease_owner AS leaseOwner, lease_expires_at AS leaseExpiresAt, cancel_requested_at AS cancelRequestedAt,
	created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt, updated_at AS updatedAt, revision`;

/** The next number of a change; the latest one is never deleted, see `deleteFinished`. */
const revised = 'revision = (SELECT max(revision) + 1 FROM jobs)';

export function insertJob(tx: LedgerTransaction, job: NewJobRow): void {
	tx.run(
		`INSERT INTO jobs (id, type, data, scope, needs, status, priority, scheduled_at, max_attempts, timeout_ms, created_at, updated_at, revision)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, (SELECT coalesce(max(revision), 0) + 1 FROM jobs))`,
		job.id,
		job.type,
		job.data,
		job.scope,
		job.needs,
		job.status,
		job.priority,
		job.scheduledAt,
		job.maxAttempts,
		job.timeoutMs,
		job.createdAt,
	);
}

export function jobById(reader: LedgerReader, id: string): JobRow | undefined {
	return reader.prepare<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE id = ?`).get(id);
}

/** The job while it runs under that very lease. */
export function jobUnderLease(reader: LedgerReader, id: string, leaseOwner: string): JobRow | undefined {
	return reader.prepare<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE id = ? AND lease_owner = ?`).get(id, leaseOwner);
}

export interface LeaseRow {
	readonly id: string;
	readonly type: string;
	readonly leaseOwner: string;
	readonly leaseExpiresAt: string;
}

/** Of every job that runs. */
export function leases(reader: LedgerReader): LeaseRow[] {
	return reader
		.prepare<LeaseRow>(
			`SELECT id, type, lease_owner AS leaseOwner, lease_expires_at AS leaseExpiresAt FROM jobs INDEXED BY jobs_running
			WHERE status = 'running' ORDER BY sequence`,
		)
		.all();
}

/** How many jobs of each type run under a lease that has not expired. */
export function leasesByType(reader: LedgerReader, at: string): Map<string, number> {
	const rows = reader
		.prepare<{ type: string; leases: number }>(
			`SELECT type, count(*) AS leases FROM jobs INDEXED BY jobs_running WHERE status = 'running' AND lease_expires_at > ?
			GROUP BY type`,
		)
		.all(at);
	return new Map(rows.map(({ type, leases }) => [type, leases]));
}

export interface Claimable {
	readonly at: string;
	readonly types: readonly string[];
	/** Null: any. */
	readonly scopes: readonly string[] | null;
	readonly needs: readonly string[];
	/** Of that type no other job. */
	readonly only?: JobOfType | undefined;
}

export interface JobOfType {
	readonly type: string;
	readonly id: string;
}

/** The job that comes next among those that are due and suit. */
export function nextClaimable(reader: LedgerReader, { at, types, scopes, needs, only }: Claimable): JobRow | undefined {
	return reader
		.prepare<JobRow>(
			`SELECT ${jobColumns} FROM jobs INDEXED BY jobs_due WHERE status = 'pending' AND scheduled_at <= ?1 AND type IN (SELECT value FROM json_each(?2))
			AND (scope IS NULL OR ?3 IS NULL OR scope IN (SELECT value FROM json_each(?3)))
			AND NOT EXISTS (SELECT 1 FROM json_each(jobs.needs) WHERE value NOT IN (SELECT value FROM json_each(?4)))
			AND (?5 IS NULL OR type <> ?5 OR id = ?6)
			ORDER BY priority DESC, sequence LIMIT 1`,
		)
		.get(
			at,
			JSON.stringify(types),
			scopes === null ? null : JSON.stringify(scopes),
			JSON.stringify(needs),
			only?.type ?? null,
			only?.id ?? null,
		);
}

/** When the next job of these types is due that is not yet. */
export function nextDueAfter(reader: LedgerReader, types: readonly string[], at: string): string | null {
	return (
		reader
			.prepare<{ due: string }>(
				`SELECT scheduled_at AS due FROM jobs INDEXED BY jobs_waiting WHERE status = 'pending' AND scheduled_at > ?
				AND type IN (SELECT value FROM json_each(?)) ORDER BY scheduled_at LIMIT 1`,
			)
			.get(at, JSON.stringify(types))?.due ?? null
	);
}

export interface RunningChange {
	readonly status: JobStatus;
	readonly leaseOwner: string;
	readonly leaseExpiresAt: string;
	readonly attempts: number;
	readonly at: string;
}

export function writeRunning(tx: LedgerTransaction, id: string, change: RunningChange): void {
	tx.run(
		`UPDATE jobs SET status = ?2, lease_owner = ?3, lease_expires_at = ?4, attempts = ?5, started_at = ?6, updated_at = ?6, ${revised}
		WHERE id = ?1`,
		id,
		change.status,
		change.leaseOwner,
		change.leaseExpiresAt,
		change.attempts,
		change.at,
	);
}

export interface PendingChange {
	readonly status: JobStatus;
	readonly scheduledAt: string;
	readonly attempts: number;
	readonly deaths: number;
	readonly error: string | null;
	readonly at: string;
}

/** A job that waits again has neither an owner nor an end. */
export function writePending(tx: LedgerTransaction, id: string, change: PendingChange): void {
	tx.run(
		`UPDATE jobs SET status = ?2, scheduled_at = ?3, attempts = ?4, deaths = ?5, error = ?6, result = NULL, lease_owner = NULL,
		lease_expires_at = NULL, cancel_requested_at = NULL, finished_at = NULL, updated_at = ?7, ${revised} WHERE id = ?1`,
		id,
		change.status,
		change.scheduledAt,
		change.attempts,
		change.deaths,
		change.error,
		change.at,
	);
}

export interface FinishedChange {
	readonly status: JobStatus;
	readonly deaths: number;
	readonly result: string | null;
	readonly error: string | null;
	readonly at: string;
}

export function writeFinished(tx: LedgerTransaction, id: string, change: FinishedChange): void {
	tx.run(
		`UPDATE jobs SET status = ?2, deaths = ?3, result = ?4, error = ?5, lease_owner = NULL, lease_expires_at = NULL, finished_at = ?6,
		updated_at = ?6, ${revised} WHERE id = ?1`,
		id,
		change.status,
		change.deaths,
		change.result,
		change.error,
		change.at,
	);
}

/** The first request counts. */
export function writeCancelRequest(tx: LedgerTransaction, id: string, at: string): void {
	tx.run(`UPDATE jobs SET cancel_requested_at = ?2, updated_at = ?2, ${revised} WHERE id = ?1 AND cancel_requested_at IS NULL`, id, at);
}

/** False when the job runs under another lease, or not at all. No change that anybody is told of. */
export function renewLease(tx: LedgerTransaction, id: string, leaseOwner: string, expiresAt: string): boolean {
	return tx.run('UPDATE jobs SET lease_expires_at = ? WHERE id = ? AND lease_owner = ?', expiresAt, id, leaseOwner) > 0;
}

export interface ProgressChange {
	readonly current: number;
	readonly total: number | null;
	readonly message: string | null;
	/** Whether more done than before counts as having come further since the last death. */
	readonly isKept: boolean;
	readonly at: string;
}

export function writeProgress(tx: LedgerTransaction, id: string, change: ProgressChange): void {
	tx.run(
		`UPDATE jobs SET deaths = iif(?5 AND ?2 > progress_current, 0, deaths), progress_current = ?2, progress_total = ?3, progress_message = ?4,
		updated_at = ?6, ${revised} WHERE id = ?1`,
		id,
		change.current,
		change.total,
		change.message,
		change.isKept ? 1 : 0,
		change.at,
	);
}

export function writeCheckpoint(tx: LedgerTransaction, id: string, checkpoint: string, isKept: boolean, at: string): void {
	tx.run(
		`UPDATE jobs SET checkpoint = ?2, deaths = iif(?3, 0, deaths), updated_at = ?4, ${revised} WHERE id = ?1`,
		id,
		checkpoint,
		isKept ? 1 : 0,
		at,
	);
}

/** For a job that begins anew. */
export function forgetProgress(tx: LedgerTransaction, id: string): void {
	tx.run('UPDATE jobs SET progress_current = 0, progress_total = NULL, progress_message = NULL, checkpoint = NULL WHERE id = ?', id);
}

export function writeEdit(
	tx: LedgerTransaction,
	id: string,
	edit: { readonly priority: number; readonly scheduledAt: string; readonly data: string; readonly at: string },
): void {
	tx.run(
		`UPDATE jobs SET priority = ?2, scheduled_at = ?3, data = ?4, updated_at = ?5, ${revised} WHERE id = ?1`,
		id,
		edit.priority,
		edit.scheduledAt,
		edit.data,
		edit.at,
	);
}

/**
 * Deletes finished jobs older than that, but never the newest `keep`, nor the one that changed last of all jobs: with
 * it the count of changes would begin anew, and other windows would miss some. Answers how many.
 */
export function deleteFinished(tx: LedgerTransaction, olderThan: string, keep: number): number {
	return tx.run(
		`DELETE FROM jobs WHERE finished_at < ?1 AND revision < (SELECT max(revision) FROM jobs) AND sequence NOT IN (
			SELECT sequence FROM jobs WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, sequence DESC LIMIT ?2)`,
		olderThan,
		keep,
	);
}
