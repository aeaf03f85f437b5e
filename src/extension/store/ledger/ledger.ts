/**
 * What cost money or was typed by a person, shared by all windows (DB-3, DB-5). A change is one closure: it runs under
 * the lock, on a ledger that has caught up with the other windows, in a transaction, and is on disk before `change`
 * resolves. Changes that wait at the same time share one turn of the lock and one flush.
 */
import { isFileError, type FileSystem } from '../atomicFile.ts';
import type { OpenOutcome } from '../databaseFile.ts';
import { Lock, LockError } from '../lock.ts';
import type { Migration } from '../migrations/migration.ts';
import { ledgerMigrations } from '../migrations/schemas.ts';
import { newDatabase } from '../newDatabase.ts';
import type { Sqlite } from '../sqlite.ts';
import type { JournalRecord, Write } from './journalLine.ts';
import { LedgerError, ledgerError } from './ledgerError.ts';
import { LedgerImage, type LedgerMessage } from './ledgerImage.ts';
import { type LedgerReader, type LedgerTransaction, readerOf, transactionOf } from './transaction.ts';

export { LedgerError, type LedgerReason } from './ledgerError.ts';

export interface LedgerOptions {
	/** Null keeps the ledger in memory. */
	readonly folder: string | null;
	readonly now?: () => Date;
	readonly migrations?: readonly Migration[];
	/** A journal of so many bytes is folded into the file. */
	readonly foldBytes?: number;
	/** How long a change waits for other windows. */
	readonly waitMs?: number;
	readonly files?: FileSystem;
	/** False when the folder was deleted since: then nothing is written into what is there now. */
	readonly isOurs?: () => boolean;
	/** Told for the user when the files are found damaged later than at the start. */
	readonly onTrouble?: (message: LedgerMessage) => void;
}

export interface OpenedLedger {
	readonly ledger: Ledger;
	readonly outcome: OpenOutcome;
	/** Empty when all is well. */
	readonly messages: readonly LedgerMessage[];
}

interface Waiting {
	readonly durable: boolean;
	/** Runs the change; answers its writes, or null when it threw. */
	readonly run: (db: Sqlite) => readonly Write[] | null;
	readonly done: () => void;
	readonly failed: (error: unknown) => void;
}

export class Ledger {
	readonly #image: LedgerImage | null;
	readonly #memory: Sqlite | null;
	readonly #lockFolder: string;
	readonly #foldBytes: number;
	readonly #waitMs: number;
	readonly #onTrouble: (message: LedgerMessage) => void;
	readonly #isOurs: () => boolean;
	#waiting: Waiting[] = [];
	#turn: Promise<unknown> = Promise.resolve();
	#refusal: LedgerError | null = null;
	#reader: { readonly of: Sqlite; readonly reader: LedgerReader } | null = null;

	/** Throws `LedgerError` `busy`, `MigrationError` and what the file system throws when a file cannot be read. */
	static async open(options: LedgerOptions): Promise<OpenedLedger> {
		const { folder, migrations = ledgerMigrations, now = () => new Date(), files, waitMs = 30_000 } = options;
		if (folder === null) {
			const memory = await newDatabase(migrations);
			return { ledger: new Ledger(null, memory, options), outcome: { kind: 'created' }, messages: [] };
		}
		const image = new LedgerImage({ folder, migrations, now, ...(files === undefined ? {} : { files }) });
		const ledger = new Ledger(image, null, options);
		const lock = await lockOrNull(ledger.#lockFolder, waitMs);
		try {
			const { outcome, canSave, messages } = await image.load(lock);
			if (outcome.kind === 'newer') ledger.#refusal = new LedgerError('other version', messages.map(({ text }) => text).join(' '));
			else if (lock === null || !canSave) ledger.#refusal = new LedgerError('read only', `Nothing can be written in ${folder}`);
			return { ledger, outcome, messages };
		} catch (error) {
			image.close();
			throw error;
		} finally {
			await lock?.release();
		}
	}

	private constructor(image: LedgerImage | null, memory: Sqlite | null, options: LedgerOptions) {
		this.#image = image;
		this.#memory = memory;
		this.#lockFolder = `${options.folder ?? ''}/ledger.lock`;
		// Read again in 10 ms by a window that starts, and written again in as much (measured at 1 MB).
		this.#foldBytes = options.foldBytes ?? 1 << 20;
		this.#waitMs = options.waitMs ?? 30_000;
		this.#onTrouble = options.onTrouble ?? (() => undefined);
		this.#isOurs = options.isOurs ?? (() => true);
	}

	/** Why changes are refused; null when they are not. */
	get refusal(): LedgerError | null {
		return this.#refusal;
	}

	/** Reads what this window knows; `refresh` brings news of the others. */
	read<T>(work: (reader: LedgerReader) => T): T {
		const db = this.#memory ?? this.#open().db;
		if (this.#reader?.of !== db) this.#reader = { of: db, reader: readerOf(db) };
		return work(this.#reader.reader);
	}

	/**
	 * Changes the ledger. `work` is synchronous, may run later, and does nothing but read and write through its argument.
	 * Resolves with its result when the change is on disk; with `durable: false` (progress, heartbeats) when the other
	 * windows can see it. Rejects with what `work` throws, or with `LedgerError`; the change did not happen then.
	 */
	change<T>(work: (transaction: LedgerTransaction) => T, options: { readonly durable?: boolean } = {}): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			let result: { readonly value: T } | null = null;
			this.#waiting.push({
				durable: options.durable ?? true,
				run: db => {
					const writes: Write[] = [];
					try {
						result = { value: db.transaction(() => work(transactionOf(db, writes))) };
						return writes;
					} catch (error) {
						reject(error instanceof Error ? error : new Error(String(error)));
						return null;
					}
				},
				done: () => {
					if (result !== null) resolve(result.value);
				},
				failed: reject,
			});
			// The first one in line takes all that wait when its turn comes.
			if (this.#waiting.length === 1) void this.#inTurn(() => this.#changeAll());
		});
	}

	/** Takes in what other windows have changed; answers whether there was anything. Costs one small read when not. */
	refresh(): Promise<boolean> {
		return this.#inTurn(async () => {
			if (this.#image === null || this.#refusal !== null) return false;
			const found = this.#image.follow();
			if (found === 'other version') this.#refuseVersion();
			if (found !== 'behind') return found === 'changed';
			await this.#locked(() => Promise.resolve());
			return true;
		});
	}

	/** Writes the file and begins a new journal now. For backups and the end of a window. */
	fold(): Promise<void> {
		return this.#inTurn(async () => {
			const image = this.#image;
			if (image === null || this.#refusal !== null) return;
			await this.#locked(async lock => {
				if (image.position.sequence > 0) await image.fold(lock);
			});
		});
	}

	/**
	 * `work` has the files to itself: under the lock, with the other windows' changes taken in, and no change of this window
	 * beside it. For backups and vacuum. Rejects with `LedgerError` and with what `work` throws, which must not have changed
	 * anything then.
	 */
	exclusively<T>(work: (image: LedgerImage, lock: Lock) => Promise<T>): Promise<T> {
		return this.#inTurn(() => {
			if (this.#refusal !== null) throw this.#refusal;
			const image = this.#image;
			if (image === null) throw new LedgerError('not saved', 'A ledger in memory has no files');
			return this.#locked(lock => {
				lock.keepAlive();
				return work(image, lock);
			});
		});
	}

	/** Waits for changes under way. A long journal is folded, so that the next window starts fast. */
	async close(): Promise<void> {
		if ((this.#image?.journalBytes ?? 0) > this.#foldBytes / 16) await this.fold().catch(() => undefined);
		await this.#inTurn(() => {
			this.#refusal = new LedgerError('closed', 'The ledger is closed');
			this.#image?.close();
			this.#memory?.close();
			return Promise.resolve();
		});
	}

	#open(): LedgerImage {
		if (this.#image === null) throw new LedgerError('closed', 'The ledger is closed');
		return this.#image;
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#turn.then(work).catch((error: unknown) => {
			throw ledgerError(error);
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	async #changeAll(): Promise<void> {
		const waiting = this.#waiting;
		this.#waiting = [];
		let failure: unknown = this.#refusal;
		let left: readonly Waiting[] = waiting;
		if (failure === null) {
			try {
				if (this.#memory !== null) for (const each of waiting) each.run(this.#memory);
				else await this.#locked(async lock => (left = await this.#changeUnder(lock, waiting)));
			} catch (error) {
				failure = ledgerError(error);
			}
		}
		for (const each of waiting) {
			if (failure === null && (this.#memory !== null || left.includes(each))) each.done();
			else each.failed(failure ?? new LedgerError('lock lost', 'Another window took over before the change was written'));
		}
	}

	/** Answers those whose change counts, or had nothing to write. */
	async #changeUnder(lock: Lock, waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
		const image = this.#open();
		const records = new Map<Waiting, JournalRecord>();
		const done: Waiting[] = [];
		// The number of the lock begins anew when somebody empties its folder; that of the changes never goes back.
		const generation = lock.generation > image.position.generation ? lock.generation : image.position.generation;
		let { sequence } = image.position;
		for (const each of waiting) {
			const writes = each.run(image.db);
			if (writes === null) continue;
			done.push(each);
			if (writes.length > 0) records.set(each, { sequence: ++sequence, generation, writes });
		}
		if (records.size === 0) return done;
		const durable = [...records.keys()].some(each => each.durable);
		try {
			lock.verify();
			const isAlone = await image.append([...records.values()], durable);
			if (isAlone && lock.isHeld) {
				if (image.journalBytes > this.#foldBytes) await image.tryToFold(lock);
				return done;
			}
		} catch (error) {
			// The database holds changes that the journal does not, or only perhaps.
			await image.load(null);
			throw error;
		}
		await image.load(null);
		return done.filter(each => {
			const record = records.get(each);
			return record === undefined || image.wasTaken(record);
		});
	}

	/** Runs under the lock, with the other windows' changes taken in. */
	async #locked<T>(work: (lock: Lock) => Promise<T>): Promise<T> {
		const image = this.#open();
		if (!this.#isOurs()) this.#refuseDeleted();
		const lock = await Lock.acquire(this.#lockFolder, this.#waitMs);
		try {
			// Once more: whoever deleted the folder may have held the lock that was waited for.
			if (!this.#isOurs()) this.#refuseDeleted();
			await this.#catchUp(image, lock);
			if (lock.isTakenOver || lock.generation <= image.position.generation) {
				// Whatever the owner before still writes, should it wake up, comes after this and counts no more.
				const generation = Math.max(lock.generation, image.position.generation + 1);
				lock.verify();
				await image.append([{ sequence: 0, generation, writes: [] }], false);
				await this.#catchUp(image, lock);
			}
			return await work(lock);
		} finally {
			await lock.release();
		}
	}

	async #catchUp(image: LedgerImage, lock: Lock): Promise<void> {
		const found = image.follow();
		if (found === 'other version') this.#refuseVersion();
		if (found !== 'behind') return;
		const { outcome, messages } = await image.load(lock);
		if (outcome.kind === 'newer') this.#refuseVersion();
		messages.forEach(this.#onTrouble);
	}

	#refuseDeleted(): never {
		this.#refusal = new LedgerError('deleted', 'All data was deleted in another window; reload this one to begin anew');
		throw this.#refusal;
	}

	#refuseVersion(): never {
		this.#refusal = new LedgerError('other version', 'Another version of the extension has changed the ledger; reload the window to go on');
		throw this.#refusal;
	}
}

/** Null where no lock can be made because nothing can be written. */
async function lockOrNull(folder: string, waitMs: number): Promise<Lock | null> {
	try {
		return await Lock.acquire(folder, waitMs);
	} catch (error) {
		if (error instanceof LockError) throw ledgerError(error);
		if (isFileError(error)) return null;
		throw error;
	}
}
