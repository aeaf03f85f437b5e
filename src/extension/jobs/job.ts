/** A unit of background work that survives a restart (JOB-1), as the rest of the product sees it. */
import type { JobRow, JobStatus } from '../store/ledger/jobs.ts';

export type { JobStatus } from '../store/ledger/jobs.ts';

export interface JobError {
	/** For programs: one of the reasons the type documents, or `failed`, `timed-out`, `interrupted`, `owner kept dying`, `wrong data`. */
	readonly reason: string;
	/** For people. */
	readonly message: string;
}

export interface JobProgress {
	readonly current: number;
	/** Null while it is not known. */
	readonly total: number | null;
	readonly message: string | null;
}

/** Instants are ISO 8601 with milliseconds and `Z`. */
export interface Job {
	readonly id: string;
	readonly type: string;
	/** What its type accepted when it was made; another version of the extension may have made it. */
	readonly data: unknown;
	/** Only windows that have this scope run it; null: any. */
	readonly scope: string | null;
	/** What a window must have to run it. */
	readonly needs: readonly string[];
	readonly status: JobStatus;
	/** The highest goes first. */
	readonly priority: number;
	/** Not before. In the future for a job that waits to be tried again. */
	readonly scheduledAt: string;
	/** Runs that were begun, the present one included; those that a death, a stop or a rate limit cut off do not count. */
	readonly attempts: number;
	readonly maxAttempts: number;
	readonly timeoutMs: number | null;
	readonly progress: JobProgress;
	/** From where it goes on; null at the beginning. */
	readonly checkpoint: unknown;
	/** Of a completed job; of a cancelled or interrupted one what it had finished, if its handler told. */
	readonly result: unknown;
	/** Of a failed job; of a pending one why it is tried again. */
	readonly error: JobError | null;
	/** Who runs it, a different text for each claim; null while nobody does. */
	readonly leaseOwner: string | null;
	readonly leaseExpiresAt: string | null;
	readonly cancelRequestedAt: string | null;
	readonly createdAt: string;
	/** When its latest run began. */
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
	readonly updatedAt: string;
}

export function jobOf(row: JobRow): Job {
	return {
		id: row.id,
		type: row.type,
		data: JSON.parse(row.data),
		scope: row.scope,
		needs: JSON.parse(row.needs) as string[],
		status: row.status,
		priority: row.priority,
		scheduledAt: row.scheduledAt,
		attempts: row.attempts,
		maxAttempts: row.maxAttempts,
		timeoutMs: row.timeoutMs,
		progress: { current: row.progressCurrent, total: row.progressTotal, message: row.progressMessage },
		checkpoint: fromJson(row.checkpoint),
		result: fromJson(row.result),
		error: fromJson(row.error) as JobError | null,
		leaseOwner: row.leaseOwner,
		leaseExpiresAt: row.leaseExpiresAt,
		cancelRequestedAt: row.cancelRequestedAt,
		createdAt: row.createdAt,
		startedAt: row.startedAt,
		finishedAt: row.finishedAt,
		updatedAt: row.updatedAt,
	};
}

export const isFinished = (status: JobStatus): boolean => status === 'completed' || status === 'failed' || status === 'cancelled';

/** Null for nothing. Throws a TypeError for what JSON cannot hold. */
export function toJson(value: unknown): string | null {
	if (value === undefined || value === null) return null;
	const text = JSON.stringify(value) as string | undefined;
	if (text === undefined) throw new TypeError(`A ${typeof value} cannot be stored`);
	return text;
}

const fromJson = (text: string | null): unknown => (text === null ? null : (JSON.parse(text) as unknown));
