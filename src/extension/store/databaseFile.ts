/**
 * One SQLite file on disk: opened whatever state it is in, saved so that it can always be opened again (DB-3, DB-4).
 *
 * Beside `name.sqlite` lies `name.sqlite.previous`, the last copy that was known to be good, and, after an accident,
 * what was found damaged, named by its time and never touched again.
 */
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { codeOf, type FileSystem, replaceFile, sweepTemporaries } from './atomicFile.ts';
import { examine, stamp } from './fileImage.ts';
import { migrateAndPack, type Migration } from './migrations/migration.ts';
import { newDatabase } from './newDatabase.ts';
import { Sqlite, SqliteError } from './sqlite.ts';

export type OpenOutcome =
	| { readonly kind: 'opened' | 'created' }
	/** `setAside` is the damaged file's new path; null where there was none, or where it could not be moved. */
	| { readonly kind: 'recovered'; readonly from: 'previous' | 'nothing'; readonly setAside: string | null; readonly problem: string }
	/** Read, but never to be saved: `canSave` is false. */
	| { readonly kind: 'read only' }
	/** The file was written by a newer version of the extension; it was not touched and there is no database. */
	| { readonly kind: 'newer'; readonly version: number };

export interface OpenOptions {
	readonly migrations: readonly Migration[];
	/** Runs on what was read, before the schema is brought up to date. */
	readonly afterRead?: (db: Sqlite, from: 'file' | 'previous' | 'nothing') => void;
	readonly now?: () => Date;
	readonly files?: FileSystem;
}

export interface OpenedFile {
	/** Null for `newer` only. */
	readonly db: Sqlite | null;
	readonly outcome: OpenOutcome;
	readonly canSave: boolean;
	/** For the user, when there is something to say; names files, never contents. */
	readonly message: string | null;
}

type Read = { readonly db: Sqlite; readonly isSound: boolean } | { readonly problem: string } | null;

export class DatabaseFile {
	readonly path: string;
	readonly #options: OpenOptions;
	/** What lies on disk is known to be good, so it may become the last good copy. */
	#isSound = false;

	constructor(path: string, options: OpenOptions) {
		this.path = path;
		this.#options = options;
	}

	get previousPath(): string {
		return `${this.path}.previous`;
	}

	/**
	 * Reads the file and brings its schema up to date, in memory: nothing is written but what is set aside. Throws
	 * `MigrationError` when the schema cannot be brought up to date, and what the file system throws when the file is
	 * there but cannot be read.
	 */
	async open(): Promise<OpenedFile> {
		const canSave = await this.#canSave();
		if (canSave) await sweepTemporaries(this.path);
		const read = await readDatabase(this.path);
		if (read !== null && 'db' in read) {
			this.#isSound = read.isSound;
			const { kind } = canSave ? { kind: 'opened' as const } : { kind: 'read only' as const };
			return this.#finish(read.db, 'file', { kind }, canSave);
		}
		const previous = await readDatabase(this.previousPath);
		const isUsable = previous !== null && 'db' in previous;
		if (read === null && !isUsable) {
			return this.#finish(await Sqlite.open(null), 'nothing', { kind: canSave ? 'created' : 'read only' }, canSave);
		}
		const setAside = read !== null && canSave ? await this.#setAside() : null;
		const problem = read?.problem ?? 'it is missing';
		const from = isUsable ? 'previous' : 'nothing';
		return this.#finish(isUsable ? previous.db : await Sqlite.open(null), from, { kind: 'recovered', from, setAside, problem }, canSave);
	}

	/**
	 * Writes the database, which must not be in a transaction. `beforeRename` is asked when all slow work is done.
	 * Throws `SaveError` and what `beforeRename` throws; the old file is then as it was and the database still dirty.
	 */
	async save(db: Sqlite, beforeRename: () => void = () => undefined): Promise<void> {
		const bytes = db.serialize();
		stamp(bytes);
		try {
			await replaceFile(this.path, bytes, {
				beforeRename,
				keepAs: this.#isSound ? this.previousPath : null,
				...(this.#options.files === undefined ? {} : { files: this.#options.files }),
			});
		} catch (error) {
			db.markDirty();
			throw error;
		}
		this.#isSound = true;
	}

	async #finish(read: Sqlite, from: 'file' | 'previous' | 'nothing', outcome: OpenOutcome, canSave: boolean): Promise<OpenedFile> {
		const { migrations, afterRead } = this.#options;
		let db = read;
		try {
			if (db.userVersion > migrations.length) {
				const newer: OpenOutcome = { kind: 'newer', version: db.userVersion };
				db.close();
				return { db: null, outcome: newer, canSave: false, message: this.#message(newer) };
			}
			afterRead?.(db, from);
			if (from === 'nothing' && db.userVersion === 0) {
				db.close();
				db = await newDatabase(migrations);
			} else migrateAndPack(db, migrations);
			// What was restored lies under another name only until it is saved.
			if (outcome.kind === 'recovered') db.markDirty();
		} catch (error) {
			db.close();
			throw error;
		}
		return { db, outcome, canSave, message: this.#message(outcome) };
	}

	#message(outcome: OpenOutcome): string | null {
		const name = basename(this.path);
		switch (outcome.kind) {
			case 'opened':
			case 'created':
				return null;
			case 'read only':
				return `${this.path} cannot be written. What changes from now on is not kept.`;
			case 'newer':
				return `${name} was written by a newer version of the extension (schema ${outcome.version}). It was left as it is; reload the window to run that version.`;
			case 'recovered': {
				const aside = outcome.setAside === null ? '' : ` It was kept as ${basename(outcome.setAside)}.`;
				const instead = outcome.from === 'previous' ? 'The last good copy took its place.' : 'There was no good copy; it starts empty.';
				return `${name} was damaged: ${outcome.problem}.${aside} ${instead}`;
			}
		}
	}

	async #setAside(): Promise<string | null> {
		const time = (this.#options.now?.() ?? new Date()).toISOString().replaceAll(':', '-');
		const aside = `${this.path}.damaged-${time}`;
		try {
			await rename(this.path, aside);
			return aside;
		} catch {
			// It stays and will be replaced by the next save; there is nothing better to do.
			return null;
		}
	}

	async #canSave(): Promise<boolean> {
		const directory = dirname(this.path);
		try {
			await mkdir(directory, { recursive: true, mode: 0o700 });
			await access(directory, constants.W_OK);
			// Replacing a file asks only the folder's permission; a person who took the file's away means the file.
			const found = await stat(this.path).catch(() => null);
			return found === null || (found.mode & 0o222) !== 0;
		} catch {
			return false;
		}
	}
}

/** Null when there is no such file. */
async function readDatabase(path: string): Promise<Read> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch (error) {
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
		if (codeOf(error) === 'EISDIR') return { problem: 'it is a folder' };
		throw error;
	}
	const found = examine(bytes);
	if (typeof found === 'object') return found;
	let db: Sqlite;
	try {
		db = await Sqlite.open(bytes);
	} catch (error) {
		if (error instanceof SqliteError && error.reason === 'corrupt') return { problem: error.message };
		throw error;
	}
	if (found === 'sound') return { db, isSound: true };
	const problem = db.integrityProblem();
	if (problem === null) return { db, isSound: false };
	db.close();
	return { problem };
}
