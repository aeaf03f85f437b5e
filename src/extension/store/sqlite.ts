/**
 * The room that owns the SQLite files: schema, migrations, typed queries, saving, locking. It knows neither VS Code nor
 * what a transcript looks like. This file is the engine's only door to SQLite: everything else in here speaks to
 * `Sqlite` and `Statement`, so that another build of SQLite could take the place of sql.js without anyone noticing.
 */
import initSqlJs, { type Pointer, type SqlJs, type SqlJsDatabase, type SqlJsStatement } from 'sql.js/dist/sql-wasm-inline.js';
import { reasonOf, SqliteError } from './sqliteError.ts';
import { type Connection, type SqlValue, Statement } from './statement.ts';

export { SqliteError, type SqliteReason } from './sqliteError.ts';
export type { SqlValue, Statement } from './statement.ts';

/** Below this lie counters and flags, never something that was allocated. */
const lowestPointer = 1024;

const freeTexts = new WeakMap<SqlJs, Pointer>();

/** sql.js keeps the raw pointers in fields whose names its minifier chose; the values tell them apart. */
function pointerIn(owner: object, accepts: (pointer: Pointer) => boolean): Pointer {
	for (const value of Object.values(owner)) {
		if (typeof value === 'number' && value >= lowestPointer && accepts(value)) return value;
	}
	throw new SqliteError('other', 'This build of sql.js keeps its pointers elsewhere');
}

/** One database in memory, read from and written to a whole file by `databaseFile.ts`. */
export class Sqlite {
	readonly #sqlJs: SqlJs;
	readonly #database: SqlJsDatabase;
	readonly #connection: Connection & { generation: number; closed: boolean };
	readonly #statements = new Map<string, Statement>();
	#depth = 0;
	#schemaTouched = false;
	#savedChanges = 0;

	/**
	 * Opens the image of a file, or an empty database for null. Throws `SqliteError` `corrupt` when SQLite cannot read
	 * it at all; what `integrityProblem` would find is not looked for.
	 */
	static async open(bytes: Uint8Array | null): Promise<Sqlite> {
		const sqlJs = await initSqlJs();
		const sqlite = new Sqlite(sqlJs, new sqlJs.Database(bytes));
		try {
			// The "file" is an array in memory: a journal in it or waiting for it would only cost time.
			// Cells are checked as pages are read, so that damage shows as `corrupt` and not as odd rows. What is deleted is
			// overwritten, so that nothing of a forgotten session lies in the free pages of the file.
			sqlite.exec(`PRAGMA cell_size_check = ON; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
				PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA trusted_schema = OFF;
				PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; SELECT count(*) FROM sqlite_schema;`);
			sqlite.#schemaTouched = bytes === null;
			return sqlite;
		} catch (error) {
			sqlite.close();
			throw error;
		}
	}

	private constructor(sqlJs: SqlJs, database: SqlJsDatabase) {
		this.#sqlJs = sqlJs;
		this.#database = database;
		let freeText = freeTexts.get(sqlJs);
		if (freeText === undefined) {
			freeText = sqlJs.addFunction(sqlJs._free, 'vi');
			freeTexts.set(sqlJs, freeText);
		}
		this.#connection = { sqlJs, pointer: pointerIn(database, () => true), freeText, generation: 0, closed: false };
	}

	/** Runs any number of statements that return nothing. For schema and pragmas; data goes through `prepare`. */
	exec(sql: string): void {
		this.#schemaTouched = true;
		this.#connection.generation++;
		const text = this.#sqlJs.stringToNewUTF8(sql);
		const code = this.#sqlJs._sqlite3_exec(this.#connection.pointer, text, 0, 0, 0);
		this.#sqlJs._free(text);
		if (code !== 0) this.#fail(code);
	}

	/** The same text gives the same statement; all are freed on close. So the text must not be built from input. */
	prepare<Row extends object = Record<string, SqlValue>>(sql: string): Statement<Row> {
		let statement = this.#statements.get(sql);
		if (statement === undefined) {
			const handle = this.#prepareHandle(sql);
			const pointer = pointerIn(handle, candidate => this.#sqlJs.UTF8ToString(this.#sqlJs._sqlite3_sql(candidate)) === sql);
			statement = new Statement(this.#connection, handle, pointer);
			this.#statements.set(sql, statement);
		}
		// A row's type is a promise of the SQL text, which is the key here: see Statement.
		return statement as Statement<Row>;
	}

	/**
	 * All of `work` or nothing of it. A call inside another joins it. `work` is synchronous: while a transaction is
	 * open every other reader of this connection sees its half-done state.
	 */
	transaction<T>(work: () => T): T {
		if (this.#depth > 0) return work();
		this.prepare('BEGIN IMMEDIATE').run();
		this.#depth++;
		try {
			const result = work();
			if (result instanceof Promise) throw new SqliteError('misuse', 'A transaction cannot wait');
			this.prepare('COMMIT').run();
			return result;
		} catch (error) {
			this.#rollBack();
			throw error;
		} finally {
			this.#depth--;
		}
	}

	get inTransaction(): boolean {
		return this.#depth > 0;
	}

	/** Something was written since the last `serialize`. Also true after an `exec` that wrote nothing. */
	get dirty(): boolean {
		return this.#schemaTouched || this.#changes() !== this.#savedChanges;
	}

	/** For whoever could not keep what `serialize` gave. */
	markDirty(): void {
		this.#schemaTouched = true;
	}

	/** `work` writes to temporary tables only, which no file holds: it leaves nothing that would have to be saved. */
	temporarily<T>(work: () => T): T {
		const before = { schemaTouched: this.#schemaTouched, changes: this.#changes() };
		try {
			return work();
		} finally {
			this.#schemaTouched = before.schemaTouched;
			this.#savedChanges += this.#changes() - before.changes;
		}
	}

	/** The bytes of the file. Throws `busy` inside a transaction. Stops the thread for about 1 ms per megabyte. */
	serialize(): Uint8Array {
		if (this.inTransaction) throw new SqliteError('busy', 'The database cannot be saved inside a transaction');
		const bytes = this.#database.export();
		this.#schemaTouched = false;
		this.#savedChanges = this.#changes();
		return bytes;
	}

	/** Of the file: how large it is, and which share of it holds nothing any more and would go with `vacuum`. */
	get size(): { readonly bytes: number; readonly freeShare: number } {
		const found = this.prepare<{ pages: number; free: number; size: number }>(
			`SELECT page_count AS pages, freelist_count AS free, page_size AS size
			FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
		).get() ?? { pages: 0, free: 0, size: 0 };
		return { bytes: found.pages * found.size, freeShare: found.pages === 0 ? 0 : found.free / found.pages };
	}

	/** Lays the file out anew without what is free. Throws `busy` inside a transaction. */
	vacuum(): void {
		if (this.inTransaction) throw new SqliteError('busy', 'The database cannot be vacuumed inside a transaction');
		this.exec('VACUUM');
	}

	get userVersion(): number {
		return this.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
	}

	set userVersion(version: number) {
		this.exec(`PRAGMA user_version = ${Math.trunc(version)}`);
	}

	/**
	 * What `PRAGMA quick_check` finds first, or null. It reads every page: 15 ms a megabyte, so it is not for each start.
	 */
	integrityProblem(): string | null {
		try {
			const found = this.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check ?? 'no answer';
			return found === 'ok' ? null : found;
		} catch (error) {
			if (error instanceof SqliteError) return error.message;
			throw error;
		}
	}

	close(): void {
		if (this.#connection.closed) return;
		this.#connection.closed = true;
		this.#statements.clear();
		this.#database.close();
	}

	#changes(): number {
		return this.prepare<{ changes: number }>('SELECT total_changes() AS changes').get()?.changes ?? 0;
	}

	#prepareHandle(sql: string): SqlJsStatement {
		if (this.#connection.closed) throw new SqliteError('misuse', 'The database is closed');
		try {
			return this.#database.prepare(sql);
		} catch (error) {
			// sql.js tells only a text. Asking again gives the code; a statement cannot come of what just failed.
			const text = this.#sqlJs.stringToNewUTF8(sql);
			const scratch = this.#sqlJs._malloc(8);
			const code = this.#sqlJs._sqlite3_prepare_v2(this.#connection.pointer, text, -1, scratch, 0);
			this.#sqlJs._free(text);
			this.#sqlJs._free(scratch);
			if (code !== 0) this.#fail(code);
			throw new SqliteError('misuse', error instanceof Error ? error.message : String(error));
		}
	}

	#rollBack(): void {
		try {
			this.prepare('ROLLBACK').run();
		} catch (error) {
			// SQLite has rolled back by itself after some errors (a full disk, no memory); there is nothing left to undo.
			if (!(error instanceof SqliteError)) throw error;
		}
	}

	#fail(code: number): never {
		throw new SqliteError(reasonOf(code), this.#sqlJs.UTF8ToString(this.#sqlJs._sqlite3_errmsg(this.#connection.pointer)));
	}
}
