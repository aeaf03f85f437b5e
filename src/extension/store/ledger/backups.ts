/** Backups of the ledger, made of one moment and checked, and the way back to one of them in every window at once (AUDIT-5). */
import { readFile } from 'node:fs/promises';
import type { Lock } from '../lock.ts';
import { type Backup, BackupFolder, type BackupFolderOptions, type LedgerCopy, rowCounts } from './backupFolder.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerImage } from './ledgerImage.ts';
import { settleRestored } from './restoredState.ts';

export { type Backup, BackupError, type BackupReason } from './backupFolder.ts';

export interface BackupsOptions extends BackupFolderOptions {
	readonly ledger: Ledger;
}

export interface Restored {
	readonly file: string;
	/** The backup of what was there before. */
	readonly kept: string;
}

/** Everything rejects with `BackupError` and `LedgerError`, and has changed nothing then. */
export class LedgerBackups {
	readonly #ledger: Ledger;
	readonly #folder: BackupFolder;
	readonly #now: () => Date;

	constructor({ ledger, ...options }: BackupsOptions) {
		this.#ledger = ledger;
		this.#folder = new BackupFolder(options);
		this.#now = options.now ?? (() => new Date());
	}

	/** The newest first; those that cannot be restored say why. */
	list(): Promise<readonly Backup[]> {
		return this.#folder.list();
	}

	/** Makes one and deletes the oldest, so that `keep` stay; one always does. Answers its name. */
	async make(keep: number, signal?: AbortSignal): Promise<string> {
		const copy = await this.#ledger.exclusively(copyOf);
		signal?.throwIfAborted();
		const file = await this.#folder.write(copy);
		signal?.throwIfAborted();
		await this.#folder.prune(keep, file);
		return file;
	}

	/**
	 * The ledger becomes what it was, for all windows; a backup of what it is now is made first. Jobs that were not finished
	 * then are cancelled in it, and what was spent since stays spent. Killed at any instant, it is one or the other.
	 */
	restore(file: string): Promise<Restored> {
		return this.#ledger.exclusively(async (image, lock) => {
			const db = await this.#folder.open(file);
			let kept: string;
			try {
				kept = await this.#folder.write(await copyOf(image, lock));
				settleRestored(db, image.db, this.#now().toISOString());
				await image.replaceWith(db, lock);
			} catch (error) {
				db.close();
				throw error;
			}
			// So that the copy before, which takes the place of a damaged file, is of what was restored as well.
			await image.tryToFold(lock);
			return { file, kept };
		});
	}
}

async function copyOf(image: LedgerImage, lock: Lock): Promise<LedgerCopy> {
	await image.fold(lock);
	return { bytes: await readFile(image.path), rows: rowCounts(image.db) };
}
