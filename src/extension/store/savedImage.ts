/** A SQLite file as it was saved last, for a process that only reads: nothing on disk is touched, whatever state it is in. */
import { readFile, stat } from 'node:fs/promises';
import { codeOf } from './atomicFile.ts';
import { examine } from './fileImage.ts';
import { migrate, type Migration } from './migrations/migration.ts';
import { Sqlite } from './sqlite.ts';

/** Changes with every save, which puts another file in its place; null when there is none. */
export async function versionOf(path: string): Promise<string | null> {
	try {
		const { ino, size, mtimeMs } = await stat(path);
		return `${ino} ${size} ${mtimeMs}`;
	} catch (error) {
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
		throw error;
	}
}

/** An older schema is brought up to date in memory. @throws for a file that is damaged or from a newer version. */
export async function openSavedImage(path: string, migrations: readonly Migration[]): Promise<Sqlite> {
	const bytes = await readFile(path);
	const found = examine(bytes);
	if (typeof found === 'object') throw new Error(`The saved index cannot be used: ${found.problem}.`);
	const db = await Sqlite.open(bytes);
	try {
		if (db.userVersion > migrations.length) throw new Error('The saved index was written by a newer version of the extension.');
		const problem = found === 'sound' ? null : db.integrityProblem();
		if (problem !== null) throw new Error(`The saved index cannot be used: ${problem}.`);
		migrate(db, migrations);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}
