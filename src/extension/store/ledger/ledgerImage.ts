/**
 * The ledger in memory and the files it follows: `ledger.sqlite`, and `ledger.journal` with every change since that
 * file was written. Now and then the journal is folded into the file and begun anew; the file and the journal before
 * stay as `.previous`, so that a damaged file costs nothing. Every method that writes is called under the lock.
 */
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, type FileSystem, rename, replaceFile, SaveError, sweepTemporaries } from '../atomicFile.ts';
import { DatabaseFile, type OpenOutcome } from '../databaseFile.ts';
import { type Lock, LockError } from '../lock.ts';
import { migrate, type Migration } from '../migrations/migration.ts';
import { newDatabase } from '../newDatabase.ts';
import { type Sqlite, SqliteError } from '../sqlite.ts';
import { appendToJournal, readJournal } from './journalFile.ts';
import { encodeHeader, encodeRecord, judge, type JournalRecord, type Position } from './journalLine.ts';

export interface ImageOptions {
	readonly folder: string;
	readonly migrations: readonly Migration[];
	readonly now: () => Date;
	readonly files?: FileSystem;
}

/** What happened to the changes since the file was written; `problem` in words, `setAside` the name that a damaged journal was kept under. */
export type JournalOutcome =
	{ readonly kind: 'replayed' } | { readonly kind: 'journal damaged'; readonly problem: string; readonly setAside: string | null };

/** For the user: in English, and what it is about. */
export interface LedgerMessage {
	readonly text: string;
	readonly about: OpenOutcome | JournalOutcome;
}

export interface Loaded {
	readonly outcome: OpenOutcome;
	readonly canSave: boolean;
	/** Empty when all is well. */
	readonly messages: readonly LedgerMessage[];
}

/** `behind`: the files have gone on without us, and only reading them from the beginning helps. */
export type Following = 'same' | 'changed' | 'behind' | 'other version';

const nowhere: Position = { journal: '', offset: 0, sequence: 0, generation: 0 };

export class LedgerImage {
	readonly #options: ImageOptions;
	readonly #file: DatabaseFile;
	readonly #journal: string;
	#db: Sqlite | null = null;
	#position = nowhere;
	#versionOnDisk = 0;
	/** Bytes of changes in the journal. */
	#journalBytes = 0;
	/** The last line of the journal was cut off. */
	#isTorn = false;
	/** Changes that the last `load` found in the journals and applied. */
	readonly #taken = new Set<string>();
	/** What the last `load` found wrong with the journals. */
	readonly #problems: string[] = [];

	constructor(options: ImageOptions) {
		this.#options = options;
		this.#journal = join(options.folder, 'ledger.journal');
		this.#file = new DatabaseFile(join(options.folder, 'ledger.sqlite'), {
			migrations: options.migrations,
			afterRead: db => this.#replay(db),
			now: options.now,
			...(options.files === undefined ? {} : { files: options.files }),
		});
	}

	get db(): Sqlite {
		if (this.#db === null) throw new SqliteError('misuse', 'The ledger is not open');
		return this.#db;
	}

	get position(): Position {
		return this.#position;
	}

	/** Of the file, which holds everything after `fold`. */
	get path(): string {
		return this.#file.path;
	}

	get journalBytes(): number {
		return this.#journalBytes;
	}

	/**
	 * Reads file and journal from the beginning, and writes what must be written: a first file, one of a newer schema,
	 * one that was recovered. Without a lock nothing is written.
	 */
	async load(lock: Lock | null): Promise<Loaded> {
		this.#position = nowhere;
		this.#problems.length = 0;
		if (lock !== null) await sweepTemporaries(this.#journal);
		const opened = await this.#file.open();
		if (opened.db !== null || this.#db === null) {
			this.#db?.close();
			// In place of a file of a newer version: nothing to read, and changes are refused.
			this.#db = opened.db ?? (await newDatabase(this.#options.migrations));
		}
		const messages: LedgerMessage[] = opened.message === null ? [] : [{ text: opened.message, about: opened.outcome }];
		const [problem] = this.#problems;
		if (problem !== undefined) messages.push(await this.#setJournalsAside(problem, lock));
		else if (opened.outcome.kind === 'recovered' && opened.outcome.from === 'previous') {
			messages.push({ text: 'Every change since was restored from the journal.', about: { kind: 'replayed' } });
		}
		const isMigrated = opened.db?.userVersion !== this.#versionOnDisk;
		const mustWrite = this.#position.journal === '' || opened.outcome.kind !== 'opened' || isMigrated;
		if (lock !== null && opened.db !== null && opened.canSave && mustWrite) await this.fold(lock);
		return { outcome: opened.outcome, canSave: opened.canSave, messages };
	}

	/** Applies what other processes have added. Without the lock this is a look that may find a change later. */
	follow(): Following {
		const reading = readJournal(this.#journal, this.#position);
		if (reading === null || reading === 'unreadable') return 'behind';
		const { header } = reading;
		if (header.schema !== this.db.userVersion) return 'other version';
		let position = this.#position;
		if (header.journal !== position.journal) {
			if (header.base > position.sequence) return 'behind';
			position = { ...position, journal: header.journal, generation: Math.max(position.generation, header.generation) };
			this.#journalBytes = 0;
		}
		const before = position.sequence;
		const result = this.#apply(this.db, position, reading.records, null);
		if (typeof result === 'string') return 'behind';
		this.#position = { ...result, offset: reading.end };
		this.#journalBytes = reading.end;
		this.#isTorn = reading.size > reading.end;
		return result.sequence > before ? 'changed' : 'same';
	}

	/**
	 * Adds records to the journal whose writes are already in the database. False when somebody else wrote at the same
	 * time: then only `load` knows what counts. Throws what the file system throws.
	 */
	async append(records: readonly JournalRecord[], durable: boolean): Promise<boolean> {
		const text = (this.#isTorn ? '\n' : '') + records.map(encodeRecord).join('');
		const expected = this.#position.offset;
		const wasTorn = this.#isTorn;
		// Until it is known how much of the text arrived, the end counts as torn.
		this.#isTorn = true;
		const sizes = await appendToJournal(this.#journal, text, durable);
		if (sizes.after !== sizes.before + Buffer.byteLength(text) || (!wasTorn && sizes.before !== expected)) return false;
		this.#isTorn = false;
		const last = records.at(-1);
		const generation = Math.max(this.#position.generation, last?.generation ?? 0);
		const sequence = Math.max(this.#position.sequence, last?.sequence ?? 0);
		this.#position = { ...this.#position, offset: sizes.after, sequence, generation };
		this.#journalBytes = sizes.after;
		return true;
	}

	/** Whether a change counts, as the last `load` found it. */
	wasTaken(record: JournalRecord): boolean {
		return this.#taken.has(nameOf(record));
	}

	/** Writes the file and begins a new journal. Throws `SaveError` and `LockError`; nothing is lost then. */
	async fold(lock: Lock): Promise<void> {
		const { db } = this;
		const { files } = this.#options;
		lock.touch();
		setSequence(db, this.#position.sequence);
		await this.#file.save(db, () => lock.verify());
		const generation = Math.max(lock.generation, this.#position.generation);
		const header = { journal: randomUUID(), schema: db.userVersion, base: this.#position.sequence, generation };
		const text = encodeHeader(header);
		lock.verify();
		await rename(files ?? nodeFiles, this.#journal, `${this.#journal}.previous`).catch((error: unknown) => {
			if (codeOf(error) !== 'ENOENT') throw error;
		});
		const options = { beforeRename: () => lock.verify(), ...(files === undefined ? {} : { files }) };
		await replaceFile(this.#journal, Buffer.from(text), options);
		this.#position = { ...this.#position, journal: header.journal, offset: text.length, generation };
		this.#journalBytes = 0;
		this.#isTorn = false;
	}

	/** For when every change is safe on disk already: what cannot be folded now will be at one of the next changes. */
	async tryToFold(lock: Lock): Promise<void> {
		try {
			await this.fold(lock);
		} catch (error) {
			if (!(error instanceof SaveError) && !(error instanceof LockError)) throw error;
		}
	}

	/**
	 * Puts another database in the place of this one, which must have been folded; `db` belongs to the image then. Its
	 * number is past all that any window has seen, and there is no journal until the next `fold`: so every window, also
	 * one that comes when this process has been killed, reads the file before it changes anything. Throws `SaveError` and
	 * `LockError`; nothing has changed then.
	 */
	async replaceWith(db: Sqlite, lock: Lock): Promise<void> {
		const sequence = Math.max(this.#position.sequence, sequenceOf(db)) + 1;
		lock.touch();
		setSequence(db, sequence);
		await this.#file.save(db, () => {
			lock.verify();
			// Before the file, not after it: a window that added to the old journal in between would write for nobody.
			renameSync(this.#journal, `${this.#journal}.previous`);
		});
		this.#db?.close();
		this.#db = db;
		this.#position = { ...nowhere, sequence, generation: this.#position.generation };
		this.#journalBytes = 0;
		this.#isTorn = false;
	}

	/** Takes the schema to another version and writes the file. Version 0 has no tables, and so forgets everything. */
	async migrateTo(version: number, lock: Lock): Promise<void> {
		if (!migrate(this.db, this.#options.migrations, version)) return;
		if (version > 0) {
			await this.fold(lock);
			return;
		}
		await this.#file.save(this.db, () => lock.verify());
		for (const name of [this.#journal, `${this.#journal}.previous`]) await nodeFiles.rm(name, { force: true });
		this.#position = nowhere;
	}

	close(): void {
		this.#db?.close();
		this.#db = null;
	}

	/** Brings what was read of the file, or of the copy before it, to where the journals end. */
	#replay(db: Sqlite): void {
		this.#versionOnDisk = db.userVersion;
		this.#taken.clear();
		this.#isTorn = false;
		let position: Position = { ...nowhere, sequence: sequenceOf(db) };
		const current = readJournal(this.#journal, null);
		const needsPrevious = current === null || current === 'unreadable' || current.header.base > position.sequence;
		const previous = needsPrevious ? readJournal(`${this.#journal}.previous`, null) : null;
		for (const reading of [previous, current]) {
			if (reading === null) continue;
			if (reading === 'unreadable') {
				this.#problems.push('the journal does not begin as one');
				continue;
			}
			const { header, records } = reading;
			if (header.base > position.sequence) {
				this.#problems.push(`changes ${position.sequence + 1} to ${header.base} are missing`);
				continue;
			}
			if (records.some(record => record.sequence > position.sequence))
				migrate(db, this.#options.migrations, Math.max(header.schema, db.userVersion));
			const result = this.#apply(db, { ...position, generation: Math.max(position.generation, header.generation) }, records, this.#taken);
			if (typeof result === 'string') {
				this.#problems.push(result);
				break;
			}
			position = { ...result, journal: reading === current ? header.journal : '', offset: reading.end };
			this.#journalBytes = reading.end;
			this.#isTorn = reading.size > reading.end;
		}
		this.#position = this.#problems.length === 0 ? position : { ...position, journal: '' };
	}

	/** Answers where it came, or what is wrong. */
	#apply(db: Sqlite, from: Position, records: readonly JournalRecord[], taken: Set<string> | null): Position | string {
		let position = from;
		for (const record of records) {
			const verdict = judge(position, record);
			if (verdict === 'gap') return `changes ${position.sequence + 1} to ${record.sequence - 1} are missing`;
			if (verdict === 'apply') {
				try {
					db.transaction(() => {
						for (const [sql, ...params] of record.writes) db.prepare(sql).run(...params);
					});
				} catch (error) {
					if (!(error instanceof SqliteError)) throw error;
					return `change ${record.sequence} does not fit: ${error.message}`;
				}
				position = { ...position, sequence: record.sequence };
				taken?.add(nameOf(record));
			}
			position = { ...position, generation: Math.max(position.generation, record.generation) };
		}
		return position;
	}

	async #setJournalsAside(problem: string, lock: Lock | null): Promise<LedgerMessage> {
		const told = `Some of the latest changes of the ledger could not be read: ${problem}.`;
		if (lock === null) return { text: told, about: { kind: 'journal damaged', problem, setAside: null } };
		const time = this.#options.now().toISOString().replaceAll(':', '-');
		for (const name of ['.previous', '']) {
			await nodeFiles.rename(`${this.#journal}${name}`, `${this.#journal}${name}.damaged-${time}`).catch(() => undefined);
		}
		const setAside = `ledger.journal.damaged-${time}`;
		return { text: `${told} The journal was kept as ${setAside}.`, about: { kind: 'journal damaged', problem, setAside } };
	}
}

const nameOf = (record: JournalRecord): string => `${record.sequence} ${record.generation}`;

function sequenceOf(db: Sqlite): number {
	if (db.userVersion === 0) return 0;
	return Number(db.prepare<{ value: string }>("SELECT value FROM meta WHERE key = 'sequence'").get()?.value ?? 0);
}

function setSequence(db: Sqlite, sequence: number): void {
	db.prepare("INSERT INTO meta (key, value) VALUES ('sequence', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
		`${sequence}`,
	);
}
