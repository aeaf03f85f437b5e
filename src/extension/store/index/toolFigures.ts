/** Calls by tool, errors by kind and edited files, over many sessions. */
import type { Sqlite } from '../sqlite.ts';

export interface ToolSumRow {
	readonly session: number;
	readonly name: string;
	readonly calls: number;
	readonly errors: number;
	readonly denied: number;
	readonly interrupted: number;
	readonly retries: number;
	readonly timed: number;
	readonly totalMs: number;
	readonly longestMs: number | null;
}

export interface ErrorSumRow {
	readonly session: number;
	readonly name: string;
	readonly kind: string;
	readonly errors: number;
}

/** A call of a session that is counted by itself, because the session reaches beyond the period. */
export interface SingleCallRow {
	readonly session: number;
	readonly name: string;
	readonly status: string;
	readonly errorText: string | null;
	readonly isRetry: number;
	readonly durationMs: number | null;
	readonly startedMs: number;
	/** Id of the path of the file that it is about, and what it does to it. */
	readonly path: number | null;
	readonly access: 'read' | 'edit' | null;
}

export interface LongCallRow {
	readonly summary: string | null;
	readonly path: string | null;
	readonly startedAt: string | null;
	/** The record's first byte, in the session's transcript or in that of one of its subagents. */
	readonly offset: number;
	readonly fileId: number;
	readonly agentId: string | null;
	readonly isSubagent: number;
}

/** What a session did to a file it edited. */
export interface EditSumRow {
	readonly session: number;
	/** Id of the path. */
	readonly path: number;
	readonly edits: number;
	readonly reads: number;
}

export class ToolFigures {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Of the named sessions, or of all. */
	tools(rowIds: readonly number[] | null): ToolSumRow[] {
		return this.#rows<ToolSumRow>(
			`'session', session_rowid, 'name', name, 'calls', calls, 'errors', errors, 'denied', denied, 'interrupted', interrupted,
			'retries', retries, 'timed', timed, 'totalMs', total_ms, 'longestMs', longest_ms`,
			'session_tools',
			rowIds,
		);
	}

	errors(rowIds: readonly number[] | null): ErrorSumRow[] {
		return this.#rows<ErrorSumRow>(`'session', session_rowid, 'name', name, 'kind', kind, 'errors', errors`, 'session_errors', rowIds);
	}

	/** Counted calls of these sessions that began in a span. */
	calls(rowIds: readonly number[], fromMs: number, toMs: number): SingleCallRow[] {
		return this.#db
			.prepare<SingleCallRow>(
				`SELECT f.session_rowid AS session, t.name, t.status, t.error_text AS errorText, t.is_retry AS isRetry, t.duration_ms AS durationMs,
					t.started_ms AS startedMs, t.path_id AS path, t.path_access AS access
				FROM json_each(?1) j CROSS JOIN session_files f ON f.session_rowid = j.value CROSS JOIN tool_calls t ON t.file_id = f.id
				WHERE t.is_counted = 1 AND t.started_ms >= ?2 AND t.started_ms < ?3`,
			)
			.all(JSON.stringify(rowIds), fromMs, toMs);
	}

	/** A call of the session that took exactly so long; null when there is none any more. */
	longCall(rowId: number, tool: string, durationMs: number): LongCallRow | null {
		return (
			this.#db
				.prepare<LongCallRow>(
					`SELECT t.summary, p.path, t.started_at AS startedAt, t.byte_offset AS offset, f.id AS fileId, f.agent_id AS agentId,
						f.kind <> 'session' AS isSubagent FROM session_files f CROSS JOIN tool_calls t ON t.file_id = f.id
					LEFT JOIN paths p ON p.id = t.path_id
					WHERE f.session_rowid = ? AND t.name = ? AND t.duration_ms = ? AND t.is_counted = 1 ORDER BY t.started_ms LIMIT 1`,
				)
				.get(rowId, tool, durationMs) ?? null
		);
	}

	edits(rowIds: readonly number[] | null): EditSumRow[] {
		return this.#rows<EditSumRow>(`'session', session_rowid, 'path', path_id, 'edits', edits, 'reads', reads`, 'session_edits', rowIds);
	}

	/** In the order of their ids given; empty for an id that is none any more. */
	pathsOf(ids: readonly number[]): string[] {
		const rows = this.#db
			.prepare<{ id: number; path: string }>('SELECT id, path FROM paths WHERE id IN (SELECT value FROM json_each(?))')
			.all(JSON.stringify(ids));
		const paths = new Map(rows.map(({ id, path }) => [id, path]));
		return ids.map(id => paths.get(id) ?? '');
	}

	/** One at most; as a list, because a path may be known no more. */
	pathIdsOf(path: string): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT id FROM paths WHERE path = ?')
			.all(path)
			.map(({ id }) => id);
	}

	/** When the first counted answer of these sessions came, from an instant on. */
	firstAnswer(rowIds: readonly number[], fromMs: number): number | null {
		return (
			this.#db
				.prepare<{ at: number | null }>(
					`SELECT min(r.first_ms) AS at FROM json_each(?1) j CROSS JOIN session_files f ON f.session_rowid = j.value
					CROSS JOIN responses r ON r.file_id = f.id WHERE r.is_counted = 1 AND r.first_ms >= ?2`,
				)
				.get(JSON.stringify(rowIds), fromMs)?.at ?? null
		);
	}

	#rows<Row>(members: string, table: string, rowIds: readonly number[] | null): Row[] {
		const chosen = rowIds === null ? '?1 IS NULL' : 'session_rowid IN (SELECT value FROM json_each(?1))';
		const found = this.#db
			.prepare<{ rows: string }>(`SELECT json_group_array(json_object(${members})) AS rows FROM ${table} WHERE ${chosen}`)
			.get(rowIds === null ? null : JSON.stringify(rowIds));
		return JSON.parse(found?.rows ?? '[]') as Row[];
	}
}
