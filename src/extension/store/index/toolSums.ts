/** Sums by tool, error and edited file of changed sessions. Writing belongs inside a transaction of the caller. */
import type { Sqlite } from '../sqlite.ts';

const dirtyCalls = `temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid CROSS JOIN tool_calls t ON t.file_id = f.id`;

export class ToolSums {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Makes the sums of the sessions that `DirtySessions.set` named anew; `kindOf` says what an error was. */
	replace(kindOf: (tool: string, errorText: string | null) => string): void {
		for (const table of ['session_tools', 'session_errors', 'session_edits']) {
			this.#db.exec(`DELETE FROM ${table} WHERE session_rowid IN (SELECT session_rowid FROM temp.dirty)`);
		}
		this.#db.exec(
			`INSERT INTO session_tools (session_rowid, name, calls, errors, denied, interrupted, retries, timed, total_ms, longest_ms)
			SELECT f.session_rowid, t.name, count(*), count(*) FILTER (WHERE t.status = 'error'), count(*) FILTER (WHERE t.status = 'denied'),
				count(*) FILTER (WHERE t.status = 'interrupted'), sum(t.is_retry), count(t.duration_ms), coalesce(sum(t.duration_ms), 0),
				max(t.duration_ms)
			FROM ${dirtyCalls} WHERE t.is_counted = 1 GROUP BY 1, 2`,
		);
		this.#db.exec(
			`INSERT INTO session_edits (path_id, session_rowid, edits, reads)
			SELECT t.path_id, f.session_rowid, count(*) FILTER (WHERE t.path_access = 'edit') AS edits, count(*) FILTER (WHERE t.path_access = 'read')
			FROM ${dirtyCalls} WHERE t.is_counted = 1 AND t.status = 'ok' AND t.path_access IS NOT NULL GROUP BY 1, 2 HAVING edits > 0`,
		);
		const failed = this.#db
			.prepare<{ session: number; name: string; text: string | null }>(
				`SELECT f.session_rowid AS session, t.name, t.error_text AS text FROM ${dirtyCalls} WHERE t.is_counted = 1 AND t.status = 'error'`,
			)
			.all();
		const add = this.#db.prepare(
			`INSERT INTO session_errors (session_rowid, name, kind, errors) VALUES (?, ?, ?, 1)
			ON CONFLICT (session_rowid, name, kind) DO UPDATE SET errors = errors + 1`,
		);
		for (const { session, name, text } of failed) add.run(session, name, kindOf(name, text));
	}
}
