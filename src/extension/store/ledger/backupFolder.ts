/**
 * The folder of the ledger's backups: `backups/ledger-<time>.sqlite` beside the ledger. A backup is the ledger's file as
 * it once was; the checksum in its header tells later whether it still is.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { codeOf, type FileSystem, isFileError, replaceFile, SaveError, saveError, sweepTemporaries } from '../atomicFile.ts';
import { examine } from '../fileImage.ts';
import { migrate, type Migration } from '../migrations/migration.ts';
import { ledgerMigrations } from '../migrations/schemas.ts';
import { Sqlite, SqliteError } from '../sqlite.ts';

export type BackupReason =
	| 'not verified' // what was written does not read back as the ledger; it was removed
	| 'disk full'
	| 'not saved' // any other failure of the file system
	| 'not found'
	| 'damaged'
	| 'newer version'; // made by a newer version of the extension

export class BackupError extends Error {
	override readonly name = 'BackupError';
	readonly reason: BackupReason;
	constructor(reason: BackupReason, message: string, cause?: unknown) {
		super(message, { cause });
		this.reason = reason;
	}
}

export interface Backup {
	/** Its name in the folder. */
	readonly file: string;
	readonly createdAt: string;
	readonly bytes: number;
	/** Answers of models and persons; 0 when it cannot be used. */
	readonly classifications: number;
	/** Those of persons. */
	readonly corrections: number;
	/** Why it cannot be restored, for people; null when it can. */
	readonly problem: string | null;
}

export type RowCounts = Readonly<Record<string, number>>;

/** The ledger's file at one moment, and how many rows it had then. */
export interface LedgerCopy {
	readonly bytes: Uint8Array;
	readonly rows: RowCounts;
}

export interface BackupFolderOptions {
	/** The folder of the ledger. */
	readonly folder: string;
	readonly now?: () => Date;
	readonly migrations?: readonly Migration[];
	readonly files?: FileSystem;
}

const nameOfBackup = /^ledger-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.sqlite$/;

export class BackupFolder {
	readonly path: string;
	readonly #now: () => Date;
	readonly #migrations: readonly Migration[];
	readonly #files: FileSystem | undefined;

	constructor({ folder, now = () => new Date(), migrations = ledgerMigrations, files }: BackupFolderOptions) {
		this.path = join(folder, 'backups');
		this.#now = now;
		this.#migrations = migrations;
		this.#files = files;
	}

	/** The newest first; damaged ones among them. */
	async list(): Promise<readonly Backup[]> {
		const names = (await this.#names()).filter(name => nameOfBackup.test(name)).sort();
		const backups: Backup[] = [];
		for (const name of names.reverse()) backups.push(await this.#describe(name));
		return backups;
	}

	/** Writes a backup and reads it back; answers its name. Throws `BackupError`, and nothing stays behind then. */
	async write({ bytes, rows }: LedgerCopy): Promise<string> {
		const name = await this.#freeName();
		const path = join(this.path, name);
		try {
			await mkdir(this.path, { recursive: true, mode: 0o700 });
			await this.#sweep();
			await replaceFile(path, bytes, this.#files === undefined ? {} : { files: this.#files });
			const problem = await problemOfCopy(await readFile(path), rows);
			if (problem !== null) throw new BackupError('not verified', `The backup ${name} did not pass its check and was removed: ${problem}`);
			return name;
		} catch (error) {
			await rm(path, { force: true }).catch(() => undefined);
			throw backupError(path, error);
		}
	}

	/**
	 * What is in a backup, with the schema of today; it belongs to the caller. Throws `BackupError` `not found`, `damaged`
	 * and `newer version`, and `MigrationError`.
	 */
	async open(file: string): Promise<Sqlite> {
		// A name, never a way out of the folder.
		if (!nameOfBackup.test(file)) throw new BackupError('not found', `${basename(file)} is not the name of a backup`);
		const bytes = await readFile(join(this.path, file)).catch((error: unknown) => {
			throw codeOf(error) === 'ENOENT' ? new BackupError('not found', `There is no backup ${file}`, error) : error;
		});
		const db = examine(bytes) === 'sound' ? await openOrNull(bytes) : null;
		const problem = db === null ? 'it is not what was saved' : problemInside(db);
		if (db === null || problem !== null) {
			db?.close();
			throw new BackupError('damaged', `The backup ${file} is damaged: ${String(problem)}`);
		}
		try {
			if (db.userVersion > this.#migrations.length) {
				throw new BackupError('newer version', `The backup ${file} is ${newer(db)}; update the extension to restore it`);
			}
			migrate(db, this.#migrations);
			return db;
		} catch (error) {
			db.close();
			throw error;
		}
	}

	/**
	 * Deletes what is older than the newest `keep` that can be restored, of which one always stays, and never `made`.
	 * Answers how many.
	 */
	async prune(keep: number, made: string): Promise<number> {
		const backups = await this.list();
		const last = backups.filter(({ problem }) => problem === null)[Math.max(keep, 1) - 1];
		if (last === undefined) return 0;
		const old = backups.slice(backups.indexOf(last) + 1).filter(({ file }) => file !== made);
		for (const { file } of old) await rm(join(this.path, file), { force: true });
		return old.length;
	}

	async #describe(file: string): Promise<Backup> {
		const path = join(this.path, file);
		const [, date = '', minutes = '', seconds = ''] = nameOfBackup.exec(file) ?? [];
		const about = { file, createdAt: `${date}:${minutes}:${seconds}`, bytes: (await stat(path)).size };
		const bytes = await readFile(path);
		const found = examine(bytes);
		const db = found === 'sound' ? await openOrNull(bytes) : null;
		if (db === null) return { ...about, ...nothing, problem: typeof found === 'object' ? found.problem : 'it is not what was saved' };
		try {
			const problem = db.userVersion > this.#migrations.length ? `it is ${newer(db)}` : null;
			return { ...about, ...(problem === null ? labelsIn(db) : nothing), problem };
		} finally {
			db.close();
		}
	}

	/** Two of the same millisecond would be one. */
	async #freeName(): Promise<string> {
		const taken = await this.#names();
		for (let at = this.#now().getTime(); ; at++) {
			const name = `ledger-${new Date(at).toISOString().replaceAll(':', '-')}.sqlite`;
			if (!taken.includes(name)) return name;
		}
	}

	async #sweep(): Promise<void> {
		for (const name of await this.#names()) {
			const [of] = name.split(/(?<=\.sqlite)\./);
			if (of !== undefined && name.endsWith('.tmp')) await sweepTemporaries(join(this.path, of));
		}
	}

	async #names(): Promise<string[]> {
		try {
			return await readdir(this.path);
		} catch (error) {
			if (codeOf(error) === 'ENOENT') return [];
			throw error;
		}
	}
}

/** Of every table. */
export function rowCounts(db: Sqlite): RowCounts {
	const tables = db
		.prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
		.all();
	// The names are those of the schema, not of any input.
	return Object.fromEntries(
		tables.map(({ name }) => [name, db.prepare<{ rows: number }>(`SELECT count(*) AS rows FROM "${name}"`).get()?.rows ?? 0]),
	);
}

const nothing = { classifications: 0, corrections: 0 };

const newer = (db: Sqlite): string => `of a newer version of the extension (schema ${db.userVersion})`;

function labelsIn(db: Sqlite): { readonly classifications: number; readonly corrections: number } {
	const labels = db.prepare<typeof nothing>(
		"SELECT count(*) AS classifications, count(*) FILTER (WHERE kind = 'person') AS corrections FROM classifications",
	);
	return labels.get() ?? nothing;
}

async function problemOfCopy(bytes: Uint8Array, rows: RowCounts): Promise<string | null> {
	const db = examine(bytes) === 'sound' ? await openOrNull(bytes) : null;
	if (db === null) return 'it is not what was written';
	const problem = problemInside(db) ?? (isDeepStrictEqual(rowCounts(db), rows) ? null : 'it has not the rows of the ledger');
	db.close();
	return problem;
}

/** The first thing that SQLite finds wrong in it. */
function problemInside(db: Sqlite): string | null {
	const problem = db.integrityProblem();
	if (problem !== null) return problem;
	const broken = db.prepare<{ table: string; parent: string }>('PRAGMA foreign_key_check').get();
	return broken === undefined ? null : `rows of ${broken.table} refer to rows of ${broken.parent} that are not there`;
}

async function openOrNull(bytes: Uint8Array): Promise<Sqlite | null> {
	try {
		return await Sqlite.open(bytes);
	} catch (error) {
		if (!(error instanceof SqliteError) || error.reason !== 'corrupt') throw error;
		return null;
	}
}

function backupError(path: string, error: unknown): unknown {
	const save = isFileError(error) ? saveError(path, error) : error;
	if (!(save instanceof SaveError)) return error;
	return new BackupError(save.reason === 'disk full' ? 'disk full' : 'not saved', save.message, error);
}
