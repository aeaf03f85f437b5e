/** Background jobs, classification runs and index runs as people see them. */

export type JobStatus = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** A background job as people see it. */
export interface JobRow {
	readonly id: string;
	readonly type: 'classify' | 'collect-answers' | 'clean-up' | 'vacuum' | 'backup';
	readonly status: JobStatus;
	readonly current: number;
	/** Null while it is not known. */
	readonly total: number | null;
	/** What it costs so far, or what it does at the moment. */
	readonly message: string | null;
	/** Milliseconds; null until a few items are done. */
	readonly etaMs: number | null;
	readonly priority: number;
	readonly scheduledAt: string;
	readonly createdAt: string;
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
	readonly attempts: number;
	/** Of a failed job; of a waiting one why it is tried again; `spending-cap` for a run that a cap ended. */
	readonly error: { readonly reason: string; readonly message: string } | null;
	/** Of a job that classifies; null for others. */
	readonly classification: ClassificationRunRow | null;
	/** A person asked for its end, and it has not ended yet. */
	readonly isCancelling: boolean;
	/** Nobody waits for it: it began by itself, or takes care of the files. */
	readonly isAutomatic: boolean;
}

export interface ClassificationRunRow {
	readonly jobId: string;
	readonly provider: string;
	readonly model: string;
	readonly status: 'running' | 'completed' | 'cancelled' | 'failed';
	readonly total: number;
	readonly classified: number;
	readonly skipped: number;
	readonly failed: number;
	readonly estimatedUsd: number;
	/** Confirmed. */
	readonly costUsd: number;
	/** Of requests whose answer was lost: perhaps paid (CLS-8). */
	readonly unconfirmedUsd: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly error: string | null;
	readonly createdAt: string;
	readonly completedAt: string | null;
}

export interface SpendingRow {
	readonly provider: string;
	readonly model: string;
	readonly requests: number;
	readonly costUsd: number;
	readonly unconfirmedUsd: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
}

export interface IndexRunRow {
	readonly id: string;
	readonly type: 'full' | 'incremental' | 'deep';
	readonly status: 'pending' | 'running' | 'completed' | 'failed';
	readonly startedAt: string | null;
	readonly completedAt: string | null;
	readonly durationMs: number | null;
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly sessionsBefore: number;
	readonly sessionsAfter: number;
	readonly throughputMBPerSec: number | null;
	readonly error: string | null;
}
