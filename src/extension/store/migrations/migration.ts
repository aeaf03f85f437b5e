/**
 * Brings a file from one version of its schema to another, up or down (DB-2). A migration is numbered by its place in
 * its list and never changes once released; a change of the schema is a new one (see docs/migrations.md).
 */
import { type Sqlite, SqliteError } from '../sqlite.ts';

/** SQL, or a function where rows must be computed. Both run inside the transaction of the whole migration. */
export type Step = string | ((db: Sqlite) => void);

export interface Migration {
	readonly name: string;
	readonly up: Step;
	/** Leaves the file as `up` found it, as far as rows of the older schema can hold what is in the newer one. */
	readonly down: Step;
}

export type MigrationReason = 'newer version' | 'unknown version' | 'broken references' | 'failed';

export class MigrationError extends Error {
	override readonly name = 'MigrationError';
	readonly reason: MigrationReason;
	constructor(reason: MigrationReason, message: string, cause?: unknown) {
		super(message, { cause });
		this.reason = reason;
	}
}

/** Of the pages of a file; a migration that leaves more is worth a vacuum. */
const mostFreeShare = 0.05;

/** To the newest version; a table that was built anew leaves the pages of the old one behind, and they go too. */
export function migrateAndPack(db: Sqlite, migrations: readonly Migration[]): void {
	if (migrate(db, migrations) && db.size.freeShare > mostFreeShare) db.vacuum();
}

/**
 * All steps between the file's version and `to`, in one transaction: after an error nothing has changed. A file newer
 * than the newest migration is refused, whatever `to` says (DB-8). Answers whether anything was done.
 */
export function migrate(db: Sqlite, migrations: readonly Migration[], to: number = migrations.length): boolean {
	if (db.inTransaction) throw new SqliteError('misuse', 'A migration is a transaction of its own');
	const from = db.userVersion;
	if (from > migrations.length) {
		throw new MigrationError(
			'newer version',
			`The file has schema version ${from}; this version of the extension knows ${migrations.length}`,
		);
	}
	if (!Number.isInteger(to) || to < 0 || to > migrations.length) {
		throw new MigrationError('unknown version', `There is no schema version ${to}; there are 0 to ${migrations.length}`);
	}
	if (from === to) return false;
	const steps =
		from < to
			? migrations.slice(from, to).map(each => each.up)
			: migrations
					.slice(to, from)
					.map(each => each.down)
					.reverse();
	// SQLite ignores this pragma inside a transaction, and with foreign keys on, rebuilding a table would empty its children.
	db.exec('PRAGMA foreign_keys = OFF');
	try {
		db.transaction(() => {
			for (const step of steps) {
				if (typeof step === 'string') db.exec(step);
				else step(db);
			}
			const broken = db.prepare<{ table: string; parent: string }>('PRAGMA foreign_key_check').all()[0];
			if (broken !== undefined) {
				throw new MigrationError('broken references', `Rows of ${broken.table} refer to rows of ${broken.parent} that are not there`);
			}
			db.userVersion = to;
		});
	} catch (error) {
		if (!(error instanceof SqliteError)) throw error;
		throw new MigrationError('failed', `Going from schema version ${from} to ${to} failed: ${error.message}`, error);
	} finally {
		db.exec('PRAGMA foreign_keys = ON');
	}
	return true;
}
