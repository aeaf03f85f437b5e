import type { Pointer, SqlJs, SqlJsStatement } from 'sql.js/dist/sql-wasm-inline.js';
import { reasonOf, SqliteError } from './sqliteError.ts';

/** Booleans are stored as 0 and 1, instants as milliseconds or ISO text. Integers are exact up to 2^53. */
export type SqlValue = number | string | Uint8Array | null;

const row = 100;
const done = 101;
const transient = -1;

/** What a statement needs of the connection it belongs to. */
export interface Connection {
	readonly sqlJs: SqlJs;
	readonly pointer: Pointer;
	/** SQLite calls this to free a bound text; as a wasm function it costs no way through JavaScript. */
	readonly freeText: Pointer;
	/** Grows whenever the schema may have changed, so that column names are read again. */
	readonly generation: number;
	readonly closed: boolean;
}

/**
 * A prepared statement. It owns no rows: each call binds all parameters anew, runs to its end and resets. Throws
 * `SqliteError`; `misuse` also when the number of parameters is not that of the placeholders, which SQLite itself
 * would answer with silent NULLs.
 */
export class Statement<Row extends object = Record<string, SqlValue>> {
	readonly #connection: Connection;
	readonly #sqlJs: SqlJs;
	readonly #handle: SqlJsStatement;
	readonly #pointer: Pointer;
	readonly #parameters: number;
	#names: readonly string[] = [];
	#namesOf = -1;
	#running = false;

	constructor(connection: Connection, handle: SqlJsStatement, pointer: Pointer) {
		this.#connection = connection;
		this.#sqlJs = connection.sqlJs;
		this.#handle = handle;
		this.#pointer = pointer;
		// sqlite3_bind_parameter_count is not exported: bind until SQLite says that the index is out of range.
		let count = 0;
		while (this.#sqlJs._sqlite3_bind_int(pointer, count + 1, 0) === 0) count++;
		this.#parameters = count;
	}

	/** Runs it; answers how many rows it changed. */
	run(...params: SqlValue[]): number {
		this.#bind(params);
		this.#execute();
		return this.#sqlJs._sqlite3_changes(this.#connection.pointer);
	}

	/**
	 * Like `run` with the values from `from` on, as many as `isText` is long: for bulk inserts. NaN is NULL; where `isText`
	 * says so, the number is the index of a text.
	 */
	runNumbers(values: Float64Array, from: number, isText: readonly boolean[], texts: readonly string[]): void {
		this.#mayRun(isText.length);
		const sqlJs = this.#sqlJs;
		const pointer = this.#pointer;
		sqlJs._sqlite3_clear_bindings(pointer);
		for (let i = 0; i < isText.length; i++) {
			const value = values[from + i] ?? Number.NaN;
			if (Number.isNaN(value)) continue;
			if (isText[i] === true) this.#bindText(i, texts[value] ?? '');
			else this.#bindNumber(i, value);
		}
		this.#execute();
	}

	#execute(): void {
		const code = this.#sqlJs._sqlite3_step(this.#pointer);
		if (code !== done && code !== row) this.#fail(code);
		this.#sqlJs._sqlite3_reset(this.#pointer);
	}

	/** The first row, or undefined when there is none. */
	get(...params: SqlValue[]): Row | undefined {
		this.#bind(params);
		const found = this.#step() ? this.#row() : undefined;
		this.#sqlJs._sqlite3_reset(this.#pointer);
		return found;
	}

	all(...params: SqlValue[]): Row[] {
		this.#bind(params);
		const rows: Row[] = [];
		while (this.#step()) rows.push(this.#row());
		this.#sqlJs._sqlite3_reset(this.#pointer);
		return rows;
	}

	/** The values of all rows one after the other, NULL as NaN: for large answers that hold numbers only. */
	numbers(...params: SqlValue[]): Float64Array {
		this.#bind(params);
		const sqlJs = this.#sqlJs;
		const pointer = this.#pointer;
		const width = this.#handle.getColumnNames().length;
		let values = new Float64Array(width * 64);
		let size = 0;
		while (this.#step()) {
			if (size + width > values.length) {
				const larger = new Float64Array(values.length * 2);
				larger.set(values);
				values = larger;
			}
			for (let i = 0; i < width; i++) {
				const value = sqlJs._sqlite3_column_double(pointer, i);
				// 5 is NULL, of which the number is 0; asking each value for its type would take as long as the values.
				values[size++] = value === 0 && sqlJs._sqlite3_column_type(pointer, i) === 5 ? Number.NaN : value;
			}
		}
		sqlJs._sqlite3_reset(pointer);
		return values.subarray(0, size);
	}

	/** Rows one by one. Until the loop ends or is left, the same SQL cannot be run again on this connection. */
	*iterate(...params: SqlValue[]): Iterable<Row> {
		this.#bind(params);
		this.#running = true;
		try {
			while (this.#step()) yield this.#row();
		} finally {
			this.#running = false;
			this.#sqlJs._sqlite3_reset(this.#pointer);
		}
	}

	#mayRun(count: number): void {
		// The pointer of a freed statement would reach into memory that is something else by now.
		if (this.#connection.closed) throw new SqliteError('misuse', 'The database is closed');
		if (this.#running) throw new SqliteError('misuse', 'The statement is being iterated');
		if (count !== this.#parameters) {
			throw new SqliteError('misuse', `The statement takes ${this.#parameters} parameters, not ${count}`);
		}
	}

	#bind(values: readonly SqlValue[]): void {
		this.#mayRun(values.length);
		const sqlJs = this.#sqlJs;
		sqlJs._sqlite3_clear_bindings(this.#pointer);
		values.forEach((value: unknown, i) => {
			if (typeof value === 'number') this.#bindNumber(i, value);
			else if (typeof value === 'string') this.#bindText(i, value);
			else if (value instanceof Uint8Array) {
				// Of no bytes malloc might give a null pointer, which SQLite would take for NULL.
				const copy = sqlJs._malloc(value.length + 1);
				sqlJs.writeArrayToMemory(value, copy);
				this.#check(sqlJs._sqlite3_bind_blob(this.#pointer, i + 1, copy, value.length, transient));
				sqlJs._free(copy);
			} else if (value !== null) {
				throw new SqliteError('misuse', `Parameter ${i + 1} is ${typeof value}`);
			}
		});
	}

	#bindNumber(i: number, value: number): void {
		if (value === (value | 0)) this.#check(this.#sqlJs._sqlite3_bind_int(this.#pointer, i + 1, value));
		else if (Number.isFinite(value)) this.#check(this.#sqlJs._sqlite3_bind_double(this.#pointer, i + 1, value));
		else throw new SqliteError('misuse', `Parameter ${i + 1} is ${value}`);
	}

	#bindText(i: number, value: string): void {
		const sqlJs = this.#sqlJs;
		const text = sqlJs.stringToNewUTF8(value);
		// The length is given, so that text with NUL inside is stored whole.
		this.#check(sqlJs._sqlite3_bind_text(this.#pointer, i + 1, text, sqlJs.lengthBytesUTF8(value), this.#connection.freeText));
	}

	#check(code: number): void {
		if (code !== 0) this.#fail(code);
	}

	#step(): boolean {
		const code = this.#sqlJs._sqlite3_step(this.#pointer);
		if (code !== row && code !== done) this.#fail(code);
		return code === row;
	}

	#row(): Row {
		const sqlJs = this.#sqlJs;
		const pointer = this.#pointer;
		if (this.#namesOf !== this.#connection.generation) {
			this.#names = this.#handle.getColumnNames();
			this.#namesOf = this.#connection.generation;
		}
		const names = this.#names;
		const values: Record<string, SqlValue> = {};
		for (let i = 0; i < names.length; i++) {
			const name = names[i] ?? '';
			switch (sqlJs._sqlite3_column_type(pointer, i)) {
				case 1:
				case 2:
					values[name] = sqlJs._sqlite3_column_double(pointer, i);
					break;
				case 3: {
					const text = sqlJs._sqlite3_column_text(pointer, i);
					values[name] = sqlJs.UTF8ToString(text, sqlJs._sqlite3_column_bytes(pointer, i), true);
					break;
				}
				case 4:
					values[name] = this.#handle.getBlob(i);
					break;
				default:
					values[name] = null;
			}
		}
		// The one place where a row gets its type: the caller's SQL is what vouches for it.
		return values as Row;
	}

	#fail(code: number): never {
		const message = this.#sqlJs.UTF8ToString(this.#sqlJs._sqlite3_errmsg(this.#connection.pointer));
		this.#sqlJs._sqlite3_reset(this.#pointer);
		throw new SqliteError(reasonOf(code), message);
	}
}
