/** Takes the files of a data folder to a chosen version of their schemas, after a backup (DB-2). For `npm run migrate`. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseFile } from './databaseFile.ts';
import { LedgerImage } from './ledger/ledgerImage.ts';
import { Lock, LockError } from './lock.ts';
import { migrate } from './migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from './migrations/schemas.ts';

export interface MigratedFile {
	readonly name: string;
	readonly version: number;
	/** For the user: what was wrong with the file and has been put right. */
	readonly messages: readonly string[];
}

export interface MigrationRequest {
	readonly folder: string;
	/** Versions are counted for each kind of file; a file that has fewer goes to its newest. Null: the newest. */
	readonly to: number | null;
	readonly now: () => Date;
	/** How long to wait for a window that is just writing. */
	readonly waitMs?: number;
}

export const newestVersion = Math.max(indexMigrations.length, ledgerMigrations.length);

/** Why a folder was not migrated, or not all of it; the backup is there whole. */
export class MigrateFolderError extends Error {
	override readonly name = 'MigrateFolderError';
	readonly reason: 'nothing there' | 'in use' | 'newer version' | 'not writable';
	constructor(reason: MigrateFolderError['reason'], message: string) {
		super(message);
		this.reason = reason;
	}
}

/**
 * Each file under its lock, the ledger last; answers the folder of the backup too. Throws `MigrateFolderError`,
 * `MigrationError`, `SaveError` and what the file system throws.
 */
export async function migrateFolder(
	request: MigrationRequest,
): Promise<{ readonly backup: string; readonly files: readonly MigratedFile[] }> {
	const { folder } = request;
	const names = (await readdir(folder)).filter(name => /\.(sqlite|journal)(\.previous)?$/.test(name));
	const databases = names.filter(name => name.endsWith('.sqlite')).sort();
	if (databases.length === 0) throw new MigrateFolderError('nothing there', `There are no data files in ${folder}`);
	const locks: Lock[] = [];
	try {
		// All of them first, so that the backup is of one moment.
		for (const name of databases) locks.push(await lockOf(join(folder, name.replace(/sqlite$/, 'lock')), request.waitMs ?? 2_000));
		const backup = join(folder, `backup-${request.now().toISOString().replaceAll(':', '-')}`);
		await mkdir(backup, { mode: 0o700 });
		for (const name of names) await copyFile(join(folder, name), join(backup, name));
		const files: MigratedFile[] = [];
		for (const [at, name] of databases.entries()) {
			const lock = locks[at];
			if (lock === undefined) continue;
			files.push(await (name === 'ledger.sqlite' ? migrateLedger(request, lock) : migrateIndex(request, name, lock)));
		}
		return { backup, files };
	} finally {
		for (const lock of locks) await lock.release();
	}
}

async function migrateIndex({ folder, to, now }: MigrationRequest, name: string, lock: Lock): Promise<MigratedFile> {
	lock.keepAlive();
	const file = new DatabaseFile(join(folder, name), { migrations: indexMigrations, now });
	const { db, canSave, message } = await file.open();
	if (db === null) throw new MigrateFolderError('newer version', message ?? name);
	try {
		if (!canSave) throw new MigrateFolderError('not writable', message ?? name);
		migrate(db, indexMigrations, versionOf(to, indexMigrations.length));
		if (db.dirty) await file.save(db, () => lock.verify());
		return { name, version: db.userVersion, messages: message === null ? [] : [message] };
	} finally {
		db.close();
	}
}

async function migrateLedger({ folder, to, now }: MigrationRequest, lock: Lock): Promise<MigratedFile> {
	const image = new LedgerImage({ folder, migrations: ledgerMigrations, now });
	try {
		const { outcome, canSave, messages: told } = await image.load(lock);
		const messages = told.map(({ text }) => text);
		if (outcome.kind === 'newer') throw new MigrateFolderError('newer version', messages.join(' '));
		if (!canSave) throw new MigrateFolderError('not writable', messages.join(' '));
		await image.migrateTo(versionOf(to, ledgerMigrations.length), lock);
		return { name: 'ledger.sqlite', version: image.db.userVersion, messages };
	} finally {
		image.close();
	}
}

async function lockOf(folder: string, waitMs: number): Promise<Lock> {
	try {
		return await Lock.acquire(folder, waitMs);
	} catch (error) {
		if (!(error instanceof LockError)) throw error;
		throw new MigrateFolderError('in use', `A window is using ${folder}; close VS Code and try again`);
	}
}

const versionOf = (to: number | null, newest: number): number => Math.min(to ?? newest, newest);
