/** The record of every index run (IDX-6). */
import { liveness, parseIdentity, type ProcessIdentity, thisProcess } from '../processIdentity.ts';
import type { Ledger } from './ledger.ts';

export type IndexRunType = 'full' | 'incremental' | 'deep';
export type IndexRunStatus = 'pending' | 'running' | 'completed' | 'failed';

export interface NewIndexRun {
	readonly id: string;
	readonly type: IndexRunType;
	readonly scope: string;
	readonly createdAt: string;
	/** Null for a run that waits. */
	readonly startedAt: string | null;
	readonly sessionsBefore: number;
}

export interface IndexRunOutcome {
	readonly status: 'completed' | 'failed';
	readonly completedAt: string;
	readonly filesSeen?: number;
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly recordsWritten: number;
	readonly sessionsAfter: number;
	readonly durationMs: number;
	readonly throughputMBPerSec: number | null;
	/** Not null when failed. */
	readonly error: string | null;
}

export interface IndexRun {
	readonly id: string;
	readonly type: IndexRunType;
	readonly status: IndexRunStatus;
	readonly scope: string;
	readonly createdAt: string;
	readonly startedAt: string | null;
	readonly completedAt: string | null;
	readonly durationMs: number | null;
	readonly filesSeen: number;
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly recordsWritten: number;
	readonly sessionsBefore: number;
	readonly sessionsAfter: number;
	readonly throughputMBPerSec: number | null;
	readonly error: string | null;
}

/** More than are ever shown; a watched history makes some each day. */
const keptRuns = 500;

/** No run may take longer (JOB-8); one of another machine that is older was cut off. */
const longestRunMs = 3_600_000;

const columns = `id, type, status, scope, created_at AS createdAt, started_at AS startedAt, completed_at AS completedAt, duration_ms AS durationMs,
	files_seen AS filesSeen, files_read AS filesRead, bytes_read AS bytesRead, records_written AS recordsWritten, sessions_before AS sessionsBefore,
	sessions_after AS sessionsAfter, throughput_mb_per_sec AS throughputMBPerSec, error`;

/** Runs of one index: there is one per set of places. */
export class IndexRunTable {
	readonly #ledger: Ledger;
	readonly #placesKey: string;
	readonly #owner: ProcessIdentity;

	constructor(ledger: Ledger, placesKey: string, owner: ProcessIdentity = thisProcess()) {
		this.#ledger = ledger;
		this.#placesKey = placesKey;
		this.#owner = owner;
	}

	/** Records a run that waits or starts now. The oldest ones go when there are too many. */
	begin(run: NewIndexRun): Promise<void> {
		return this.#ledger.change(tx => {
			tx.run(
				`INSERT INTO index_runs (id, type, status, scope, places_key, owner, created_at, started_at, sessions_before, sessions_after)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)`,
				run.id,
				run.type,
				run.startedAt === null ? 'pending' : 'running',
				run.scope,
				this.#placesKey,
				JSON.stringify(this.#owner),
				run.createdAt,
				run.startedAt,
				run.sessionsBefore,
			);
			tx.run(
				`DELETE FROM index_runs WHERE id IN (
					SELECT id FROM index_runs WHERE status IN ('completed', 'failed') ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
				keptRuns,
			);
		});
	}

	/** False when the run does not wait any more. */
	start(id: string, at: string): Promise<boolean> {
		return this.#ledger.change(
			tx => tx.run("UPDATE index_runs SET status = 'running', started_at = ? WHERE id = ? AND status = 'pending'", at, id) > 0,
		);
	}

	/** False when the run has ended already. */
	complete(id: string, outcome: IndexRunOutcome): Promise<boolean> {
		return this.#ledger.change(
			tx =>
				tx.run(
					`UPDATE index_runs SET status = ?, completed_at = ?, files_seen = ?, files_read = ?, bytes_read = ?, records_written = ?,
					sessions_after = ?, duration_ms = ?, throughput_mb_per_sec = ?, error = ? WHERE id = ? AND status IN ('pending', 'running')`,
					outcome.status,
					outcome.completedAt,
					outcome.filesSeen ?? outcome.filesRead,
					outcome.filesRead,
					outcome.bytesRead,
					outcome.recordsWritten,
					outcome.sessionsAfter,
					Math.round(outcome.durationMs),
					outcome.throughputMBPerSec,
					outcome.error,
					id,
				) > 0,
		);
	}

	/**
	 * At a start, before the first run: marks as failed what crashed or killed processes left open, of every index, and
	 * what an earlier worker of this process did. Answers their ids.
	 */
	failInterrupted(at: Date): Promise<readonly string[]> {
		return this.#ledger.change(tx => {
			const open = tx
				.prepare<{ id: string; owner: string; created: string }>(
					"SELECT id, owner, created_at AS created FROM index_runs WHERE status IN ('pending', 'running') ORDER BY id",
				)
				.all()
				.filter(run => run.owner === JSON.stringify(this.#owner) || wasCutOff(run.owner, at.getTime() - Date.parse(run.created)));
			for (const { id } of open) {
				tx.run(
					"UPDATE index_runs SET status = 'failed', completed_at = ?, error = ? WHERE id = ?",
					at.toISOString(),
					'cut off: the window or its process ended before the run did',
					id,
				);
			}
			return open.map(({ id }) => id);
		});
	}

	/** The newest first; of those of one millisecond, the one that was written last. */
	last(limit = 20): IndexRun[] {
		return this.#ledger.read(reader =>
			reader
				.prepare<IndexRun>(`SELECT ${columns} FROM index_runs WHERE places_key = ? ORDER BY created_at DESC, rowid DESC LIMIT ?`)
				.all(this.#placesKey, limit),
		);
	}
}

function wasCutOff(owner: string, ageMs: number): boolean {
	const identity = parseIdentity(owner);
	if (identity === null) return true;
	const life = liveness(identity);
	return life === 'dead' || (life === 'unknown' && ageMs > longestRunMs);
}
