import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import { blankIndex, blankLedger } from '../../../src/extension/store/migrations/blankFiles.ts';
import { migrate } from '../../../src/extension/store/migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { newDatabase } from '../../../src/extension/store/newDatabase.ts';
import { Sqlite } from '../../../src/extension/store/sqlite.ts';
import { populateIndex, populateLedger, rowCount, tablesOf } from './populated.ts';

const schemaOf = (db: Sqlite): readonly object[] =>
	db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").all();

describe('A new database', () => {
	let migrated: Sqlite;
	let db: Sqlite;
	beforeEach(async () => {
		migrated = await Sqlite.open(null);
	});
	afterEach(() => {
		migrated.close();
		db.close();
	});

	for (const [file, migrations, blank, populate] of [
		['index', indexMigrations, blankIndex, populateIndex],
		['ledger', ledgerMigrations, blankLedger, populateLedger],
	] as const) {
		it(`of the ${file} has what the migrations make, and no rows (run \`node scripts/blankFiles.ts\` after a change)`, async () => {
			migrate(migrated, migrations);
			db = await newDatabase(migrations);
			assert.deepEqual(schemaOf(db), schemaOf(migrated));
			assert.equal(db.userVersion, migrations.length);
			for (const table of tablesOf(db)) assert.equal(rowCount(db, table), 0, table);
			assert.equal(db.integrityProblem(), null);
			populate(db);
			assert.deepEqual(db.prepare('PRAGMA foreign_key_check').all(), []);
		});

		it(`of the ${file} is unpacked with its newest schema, and is to be saved`, async () => {
			const unpacked = await Sqlite.open(inflateRawSync(Buffer.from(blank, 'base64')));
			assert.equal(unpacked.userVersion, migrations.length);
			unpacked.close();
			db = await newDatabase(migrations);
			assert.equal(db.dirty, true);
		});
	}

	it('goes through migrations that it does not know', async () => {
		const more = [...indexMigrations, { name: 'more', up: 'CREATE TABLE more (id)', down: 'DROP TABLE more' }];
		db = await newDatabase(more);
		migrate(migrated, more);
		assert.deepEqual([db.userVersion, schemaOf(db)], [more.length, schemaOf(migrated)]);
	});
});
