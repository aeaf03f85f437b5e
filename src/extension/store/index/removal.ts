/**
 * Takes sessions out of the index as if their files had never been there. What could not be read again, because its file
 * is gone from disk, is handed to the caller, who can put it back. Writing belongs inside a transaction of the caller.
 */
import type { Sqlite, SqlValue } from '../sqlite.ts';
import { ownedByFile } from './writer.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** A file that is gone from disk, and all that was read of it. */
export interface RemovedFile {
	readonly sessionId: string;
	readonly file: Row;
	/** Rows by table, parents first. */
	readonly rows: Readonly<Record<string, readonly Row[]>>;
	/** The paths that its tool calls name. */
	readonly paths: readonly Row[];
}

export class SessionRemoval {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Ids of the files of sessions, those of their subagents among them. */
	filesOf(sessionIds: readonly string[]): number[] {
		return this.#db
			.prepare<{ id: number }>(
				`SELECT f.id FROM json_each(?) j JOIN sessions s ON s.session_id = j.value JOIN session_files f ON f.session_rowid = s.id`,
			)
			.all(JSON.stringify(sessionIds))
			.map(({ id }) => id);
	}

	/** Those of the named sessions that the index has. */
	known(sessionIds: readonly string[]): string[] {
		return this.#db
			.prepare<{ id: string }>('SELECT s.session_id AS id FROM json_each(?) j JOIN sessions s ON s.session_id = j.value')
			.all(JSON.stringify(sessionIds))
			.map(({ id }) => id);
	}

	/** What cannot be read again of these files. */
	keep(fileIds: readonly number[]): RemovedFile[] {
		const files = this.#db
			.prepare<{ id: number; sessionId: string }>(
				`SELECT f.id, s.session_id AS sessionId FROM json_each(?) j JOIN session_files f ON f.id = j.value
				JOIN sessions s ON s.id = f.session_rowid WHERE f.gone_at IS NOT NULL`,
			)
			.all(JSON.stringify(fileIds));
		const fileColumns = this.#columnsOf('session_files').filter(name => name !== 'id' && name !== 'session_rowid');
		return files.map(({ id, sessionId }) => ({
			sessionId,
			file: this.#db.prepare(`SELECT ${fileColumns.join(', ')} FROM session_files WHERE id = ?`).get(id) ?? {},
			// Children are cleared first, so they come last when they come back.
			rows: Object.fromEntries(ownedByFile.toReversed().map(table => [table, this.#rowsOf(table, id)])),
			paths: this.#db
				.prepare('SELECT DISTINCT p.id, p.path FROM tool_calls t JOIN paths p ON p.id = t.path_id WHERE t.file_id = ?')
				.all(id),
		}));
	}

	/** Of files whose rows were cleared. */
	removeFiles(fileIds: readonly number[]): void {
		this.#db.prepare('DELETE FROM session_files WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(fileIds));
	}

	/** Names of folders and files that nothing refers to any more. */
	sweepNames(): void {
		this.#db.prepare('DELETE FROM paths WHERE id NOT IN (SELECT path_id FROM tool_calls WHERE path_id IS NOT NULL)').run();
		this.#db.prepare('DELETE FROM projects WHERE id NOT IN (SELECT project_id FROM sessions WHERE project_id IS NOT NULL)').run();
	}

	/** Answers the file's new id; null where the same file was read again meanwhile. `sessionRowId` is its session's row. */
	putBack({ file, rows, paths }: RemovedFile, sessionRowId: number): number | null {
		const columns = Object.keys(file);
		const added = this.#db
			.prepare<{ id: number }>(
				`INSERT OR IGNORE INTO session_files (session_rowid, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')}) RETURNING id`,
			)
			.get(sessionRowId, ...columns.map(column => file[column] ?? null));
		if (added === undefined) return null;
		for (const path of paths)
			this.#db.prepare('INSERT OR IGNORE INTO paths (id, path) VALUES (?, ?)').run(path['id'] ?? null, path['path'] ?? null);
		for (const [table, its] of Object.entries(rows)) {
			const names = this.#columnsOf(table).filter(name => name !== 'file_id');
			const insert = this.#db.prepare(`INSERT INTO ${table} (file_id, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})`);
			for (const row of its) insert.run(added.id, ...names.map(name => row[name] ?? null));
		}
		return added.id;
	}

	/** Files of forgotten sessions that were read once to learn whose they are; without their rows they are read again. */
	removeBareFiles(): void {
		this.#db.prepare('DELETE FROM session_files WHERE state IS NULL AND size >= 0 AND session_rowid IS NULL').run();
	}

	#rowsOf(table: string, fileId: number): Row[] {
		return this.#db.prepare(`SELECT ${this.#columnsOf(table).join(', ')} FROM ${table} WHERE file_id = ?`).all(fileId);
	}

	/** Without those that are computed. The names in here are those of the schema, not of any input. */
	#columnsOf(table: string): string[] {
		return this.#db
			.prepare<{ name: string }>('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0')
			.all(table)
			.map(({ name }) => name);
	}
}
