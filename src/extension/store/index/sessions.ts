/** The `sessions` table and the projects it names. Writing belongs inside a transaction of the caller. */
import type { Sqlite, SqlValue } from '../sqlite.ts';

/** Values of one row; the names are the columns'. */
export type SessionValues = Readonly<Record<string, SqlValue>>;

const ownedBySession = ['session_usage', 'session_tools', 'session_errors', 'session_edits', 'session_metrics_snapshots'] as const;

export class SessionTable {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** The row of a session, made when it is new. */
	rowIdOf(sessionId: string): number {
		const row =
			this.#db.prepare<{ id: number }>('SELECT id FROM sessions WHERE session_id = ?').get(sessionId) ??
			this.#db.prepare<{ id: number }>('INSERT INTO sessions (session_id) VALUES (?) RETURNING id').get(sessionId);
		if (row === undefined) throw new Error('a session that was just added has no id');
		return row.id;
	}

	sessionIdOf(rowId: number): string | null {
		return this.#db.prepare<{ s: string }>('SELECT session_id AS s FROM sessions WHERE id = ?').get(rowId)?.s ?? null;
	}

	allRowIds(): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT id FROM sessions')
			.all()
			.map(row => row.id);
	}

	/** Sessions on disk, without stubs and gone ones. */
	count(): number {
		return this.#db.prepare<{ n: number }>('SELECT count(*) AS n FROM sessions WHERE is_stub = 0 AND gone_at IS NULL').get()?.n ?? 0;
	}

	/** Every session with a parent, and that parent. */
	parents(): Map<string, string> {
		return new Map(
			this.#db
				.prepare<{ s: string; p: string }>(
					'SELECT session_id AS s, parent_session_id AS p FROM sessions WHERE parent_session_id IS NOT NULL',
				)
				.all()
				.map(row => [row.s, row.p]),
		);
	}

	forgetParent(sessionId: string): void {
		this.#db.prepare('UPDATE sessions SET parent_session_id = NULL, parent_relation = NULL WHERE session_id = ?').run(sessionId);
	}

	update(rowId: number, values: SessionValues): void {
		const columns = Object.keys(values);
		this.#db
			.prepare(`UPDATE sessions SET ${columns.map(column => `${column} = ?`).join(', ')} WHERE id = ?`)
			.run(...columns.map(column => values[column] ?? null), rowId);
	}

	/** A session of which nothing is left to show. Its files stay known, so that they are not read again. */
	remove(rowId: number): void {
		this.#db.prepare('UPDATE session_files SET session_rowid = NULL WHERE session_rowid = ?').run(rowId);
		// By hand, because foreign keys may be off while a large history is read.
		for (const table of ownedBySession) this.#db.prepare(`DELETE FROM ${table} WHERE session_rowid = ?`).run(rowId);
		this.#db.prepare('DELETE FROM sessions WHERE id = ?').run(rowId);
	}

	/** `path` is the folder's key: equal for all spellings of one folder. */
	projectIdOf(path: string, name: string): number {
		const row =
			this.#db.prepare<{ id: number }>('SELECT id FROM projects WHERE path = ?').get(path) ??
			this.#db.prepare<{ id: number }>('INSERT INTO projects (path, name) VALUES (?, ?) RETURNING id').get(path, name);
		if (row === undefined) throw new Error('a project that was just added has no id');
		return row.id;
	}

	projects(): { id: number; path: string; name: string }[] {
		return this.#db.prepare<{ id: number; path: string; name: string }>('SELECT id, path, name FROM projects').all();
	}
}
