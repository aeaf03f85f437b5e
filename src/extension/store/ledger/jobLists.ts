/** What people and listeners read of the jobs: lists, news and statistics (JOB-8). */
import { jobColumns, type JobRow, type JobStatus } from './jobs.ts';
import type { LedgerReader } from './transaction.ts';

/** Those that run, then those that wait in the order in which they will be claimed. */
export function activeJobs(reader: LedgerReader): JobRow[] {
	const running = reader.prepare<JobRow>(
		`SELECT ${jobColumns} FROM jobs INDEXED BY jobs_running WHERE status = 'running' ORDER BY sequence`,
	);
	const waiting = reader.prepare<JobRow>(
		`SELECT ${jobColumns} FROM jobs INDEXED BY jobs_due WHERE status = 'pending' ORDER BY priority DESC, sequence`,
	);
	return [...running.all(), ...waiting.all()];
}

/** The last that finished, the newest first. */
export function finishedJobs(reader: LedgerReader, limit: number): JobRow[] {
	return reader
		.prepare<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, sequence DESC LIMIT ?`)
		.all(limit);
}

/** The newest first. Null stands for any type, any status. */
export function listJobs(reader: LedgerReader, type: string | null, status: JobStatus | null, limit: number, offset: number): JobRow[] {
	return reader
		.prepare<JobRow>(
			`SELECT ${jobColumns} FROM jobs WHERE (?1 IS NULL OR type = ?1) AND (?2 IS NULL OR status = ?2)
			ORDER BY sequence DESC LIMIT ?3 OFFSET ?4`,
		)
		.all(type, status, limit, offset);
}

export function countJobs(reader: LedgerReader, type: string | null, status: JobStatus | null): number {
	return (
		reader
			.prepare<{ jobs: number }>('SELECT count(*) AS jobs FROM jobs WHERE (?1 IS NULL OR type = ?1) AND (?2 IS NULL OR status = ?2)')
			.get(type, status)?.jobs ?? 0
	);
}

/** 0 before there is any job. */
export function latestRevision(reader: LedgerReader): number {
	return reader.prepare<{ latest: number | null }>('SELECT max(revision) AS latest FROM jobs').get()?.latest ?? 0;
}

/** What changed since that revision, in the order of the changes. */
export function jobsSince(reader: LedgerReader, revision: number): JobRow[] {
	return reader.prepare<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE revision > ? ORDER BY revision`).all(revision);
}

/** One that waits or runs, or undefined. */
export function unfinishedOfType(reader: LedgerReader, type: string): JobRow | undefined {
	return reader
		.prepare<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE type = ? AND status IN ('pending', 'running') ORDER BY sequence LIMIT 1`)
		.get(type);
}

/** When the last job of that type finished. */
export function lastFinishOfType(reader: LedgerReader, type: string): string | null {
	return (
		reader
			.prepare<{ last: string | null }>('SELECT max(finished_at) AS last FROM jobs WHERE type = ? AND finished_at IS NOT NULL')
			.get(type)?.last ?? null
	);
}

export interface JobCount {
	readonly type: string;
	readonly status: JobStatus;
	readonly jobs: number;
	/** From the start of the latest run of each to its end; null where none of them ran to an end. */
	readonly meanMs: number | null;
}

export function countsByTypeAndStatus(reader: LedgerReader): JobCount[] {
	return reader
		.prepare<JobCount>(
			`SELECT type, status, count(*) AS jobs, round(avg((julianday(finished_at) - julianday(started_at)) * 86400000)) AS meanMs
			FROM jobs GROUP BY type, status ORDER BY type, status`,
		)
		.all();
}

export interface FailureCount {
	readonly type: string;
	readonly reason: string;
	readonly jobs: number;
}

export function failuresByReason(reader: LedgerReader): FailureCount[] {
	return reader
		.prepare<FailureCount>(
			`SELECT type, error ->> 'reason' AS reason, count(*) AS jobs FROM jobs WHERE status = 'failed'
			GROUP BY type, reason ORDER BY jobs DESC, type, reason`,
		)
		.all();
}
