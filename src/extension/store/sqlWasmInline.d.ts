/**
 * What `store/` uses of sql.js 1.16. @types/sql.js knows neither this build nor the raw SQLite functions the module
 * exposes beside its own classes; those give result codes (sql.js alone gives only message text) and bind without
 * collecting the parameters in an array first.
 */
declare module 'sql.js/dist/sql-wasm-inline.js' {
	export type Pointer = number;

	export interface SqlJsStatement {
		/** Bytes of a column of the current row. */
		getBlob(column: number): Uint8Array;
		getColumnNames(): string[];
		free(): boolean;
	}

	export interface SqlJsDatabase {
		prepare(sql: string): SqlJsStatement;
		export(): Uint8Array;
		close(): void;
	}

	export interface SqlJs {
		readonly Database: new (bytes?: Uint8Array | null) => SqlJsDatabase;
		_sqlite3_prepare_v2(db: Pointer, sql: Pointer, bytes: number, statement: Pointer, tail: Pointer): number;
		_sqlite3_exec(db: Pointer, sql: Pointer, callback: Pointer, context: Pointer, message: Pointer): number;
		_sqlite3_errmsg(db: Pointer): Pointer;
		_sqlite3_changes(db: Pointer): number;
		_sqlite3_sql(statement: Pointer): Pointer;
		_sqlite3_step(statement: Pointer): number;
		_sqlite3_reset(statement: Pointer): number;
		_sqlite3_clear_bindings(statement: Pointer): number;
		_sqlite3_bind_int(statement: Pointer, index: number, value: number): number;
		_sqlite3_bind_double(statement: Pointer, index: number, value: number): number;
		_sqlite3_bind_text(statement: Pointer, index: number, text: Pointer, bytes: number, destructor: Pointer): number;
		_sqlite3_bind_blob(statement: Pointer, index: number, bytes: Pointer, length: number, destructor: Pointer): number;
		_sqlite3_column_count(statement: Pointer): number;
		_sqlite3_column_type(statement: Pointer, column: number): number;
		_sqlite3_column_double(statement: Pointer, column: number): number;
		_sqlite3_column_text(statement: Pointer, column: number): Pointer;
		_sqlite3_column_bytes(statement: Pointer, column: number): number;
		_malloc(bytes: number): Pointer;
		readonly _free: (pointer: Pointer) => void;
		addFunction(work: (pointer: Pointer) => void, signature: string): Pointer;
		stringToNewUTF8(text: string): Pointer;
		lengthBytesUTF8(text: string): number;
		UTF8ToString(text: Pointer, maxBytes?: number, ignoreNul?: boolean): string;
		writeArrayToMemory(bytes: Uint8Array, pointer: Pointer): void;
	}

	/** Loads the module once per thread; later calls give the same one. */
	export default function initSqlJs(): Promise<SqlJs>;
}
