/**
 * A new file has its newest schema at once: unpacking an empty one takes 5 ms, going through all migrations 400 on a cold
 * start (measured with three of the index), in every run that keeps no files and in every first one.
 */
import { inflateRawSync } from 'node:zlib';
import { blankIndex, blankLedger } from './migrations/blankFiles.ts';
import { migrateAndPack, type Migration } from './migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from './migrations/schemas.ts';
import { Sqlite } from './sqlite.ts';

const blanks: ReadonlyMap<readonly Migration[], string> = new Map([
	[indexMigrations, blankIndex],
	[ledgerMigrations, blankLedger],
]);

/** In memory, empty, and to be saved. @throws `MigrationError`. */
export async function newDatabase(migrations: readonly Migration[]): Promise<Sqlite> {
	const blank = blanks.get(migrations);
	const db = await Sqlite.open(blank === undefined ? null : inflateRawSync(Buffer.from(blank, 'base64')));
	try {
		db.markDirty();
		// The blank file of a schema that was changed just now may be one of before.
		migrateAndPack(db, migrations);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}
