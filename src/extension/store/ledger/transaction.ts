import { type Sqlite, SqliteError, type SqlValue, type Statement } from '../sqlite.ts';
import type { Write } from './journalLine.ts';

/** A prepared SELECT. */
export type Query<Row extends object> = Pick<Statement<Row>, 'get' | 'all'>;

/** Reads of the ledger. */
export interface LedgerReader {
	/** The SQL must be a SELECT. */
	prepare<Row extends object>(sql: string): Query<Row>;
}

/** Reads and writes inside one change. */
export interface LedgerTransaction extends LedgerReader {
	/**
	 * Runs a write and records it; answers how many rows it changed. It is run again by every other window, so it must
	 * not depend on anything but its parameters and what the ledger holds: no clock, no chance.
	 */
	run(sql: string, ...params: SqlValue[]): number;
}

const query = /^\s*(SELECT|WITH)\b/i;
const unrepeatable = /'now'|\bcurrent_(date|time|timestamp)\b|\b(random|randomblob|last_insert_rowid|changes|total_changes)\s*\(/i;
/** Texts that were looked at; there are as many as statements in the product. */
const repeatable = new Set<string>();

export function readerOf(db: Sqlite): LedgerReader {
	return {
		prepare: <Row extends object>(sql: string) => {
			if (!query.test(sql)) throw new SqliteError('misuse', `Not a query: ${sql}`);
			return db.prepare<Row>(sql);
		},
	};
}

/** Puts what is written into `writes`. */
export function transactionOf(db: Sqlite, writes: Write[]): LedgerTransaction {
	return {
		...readerOf(db),
		run: (sql, ...params) => {
			if (!repeatable.has(sql)) {
				if (query.test(sql) || unrepeatable.test(sql))
					throw new SqliteError('misuse', `Not a write that gives the same everywhere: ${sql}`);
				repeatable.add(sql);
			}
			const changed = db.prepare(sql).run(...params);
			// A write that changed nothing here changes nothing elsewhere.
			if (changed > 0) writes.push([sql, ...params]);
			return changed;
		},
	};
}
