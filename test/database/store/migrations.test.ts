import assert from 'node:assert/strict';
import { Sqlite, SqliteError } from '../../../src/extension/store/sqlite.ts';
import { migrate, type Migration, MigrationError, type MigrationReason } from '../../../src/extension/store/migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { populateIndex, populateLedger, rowCount, tablesOf } from './populated.ts';

const refused = (reason: MigrationReason) => (error: unknown) => error instanceof MigrationError && error.reason === reason;

const family: Migration[] = [
	{
		name: 'parents and children',
		up: `CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
			CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE);`,
		down: 'DROP TABLE children; DROP TABLE parents;',
	},
	{
		name: 'parents rebuilt',
		up: `CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
			INSERT INTO parents_new SELECT id, coalesce(name, '') FROM parents;
			DROP TABLE parents; ALTER TABLE parents_new RENAME TO parents;`,
		down: `CREATE TABLE parents_old (id INTEGER PRIMARY KEY, name TEXT);
			INSERT INTO parents_old SELECT id, name FROM parents;
			DROP TABLE parents; ALTER TABLE parents_old RENAME TO parents;`,
	},
	{
		name: 'names in capitals',
		up: db => {
			for (const { id, name } of db.prepare<{ id: number; name: string }>('SELECT id, name FROM parents').all()) {
				db.prepare('UPDATE parents SET name = ? WHERE id = ?').run(name.toUpperCase(), id);
			}
		},
		down: '',
	},
];

describe('Migrations', () => {
	let db: Sqlite;
	beforeEach(async () => {
		db = await Sqlite.open(null);
	});
	afterEach(() => db.close());

	for (const [file, migrations, populate] of [
		['index', indexMigrations, populateIndex],
		['ledger', ledgerMigrations, populateLedger],
	] as const) {
		it(`take the ${file} up, down and up again with rows in every table`, () => {
			migrate(db, migrations);
			const tables = tablesOf(db);
			assert.equal(db.userVersion, migrations.length);
			populate(db);
			for (const table of tables) assert.ok(rowCount(db, table) > 0, `${table} has no row`);
			for (let version = migrations.length - 1; version >= 0; version--) migrate(db, migrations, version);
			assert.deepEqual([db.userVersion, tablesOf(db)], [0, []]);
			migrate(db, migrations);
			assert.deepEqual(tablesOf(db), tables);
			populate(db);
			assert.deepEqual(db.prepare('PRAGMA foreign_key_check').all(), []);
			assert.equal(db.integrityProblem(), null);
		});
	}

	it('do nothing to a file that is up to date', () => {
		assert.equal(migrate(db, indexMigrations), true);
		db.serialize();
		assert.equal(migrate(db, indexMigrations), false);
		assert.equal(db.dirty, false);
	});

	it('keep the children of a table that is rebuilt, on the way up and down', () => {
		migrate(db, family, 1);
		db.exec("INSERT INTO parents VALUES (1, 'ada'); INSERT INTO children VALUES (10, 1), (11, 1);");
		migrate(db, family);
		assert.deepEqual(db.prepare('SELECT name FROM parents').all(), [{ name: 'ADA' }]);
		assert.equal(rowCount(db, 'children'), 2);
		migrate(db, family, 1);
		assert.equal(rowCount(db, 'children'), 2);
		db.exec('DELETE FROM parents');
		assert.equal(rowCount(db, 'children'), 0, 'foreign keys are on again, and still point to the rebuilt table');
	});

	it('leave nothing behind when one of several steps fails', () => {
		const broken: Migration[] = [...family, { name: 'broken', up: 'CREATE TABLE more (id); INSERT INTO nowhere VALUES (1);', down: '' }];
		assert.throws(() => migrate(db, broken), refused('failed'));
		assert.deepEqual([db.userVersion, tablesOf(db)], [0, []]);
		assert.equal(db.prepare('PRAGMA foreign_keys').get()?.['foreign_keys'], 1);
	});

	it('are undone when rows would refer to nothing', () => {
		migrate(db, family, 1);
		db.exec("INSERT INTO parents VALUES (1, 'ada'); INSERT INTO children VALUES (10, 1);");
		const careless: Migration[] = [...family.slice(0, 1), { name: 'careless', up: 'DELETE FROM parents', down: '' }];
		assert.throws(() => migrate(db, careless), refused('broken references'));
		assert.deepEqual([db.userVersion, rowCount(db, 'parents')], [1, 1]);
	});

	it('refuse a file from a newer version, also to take it down, and leave it as it is', () => {
		db.userVersion = family.length + 1;
		assert.throws(() => migrate(db, family), refused('newer version'));
		assert.throws(() => migrate(db, family, 0), refused('newer version'));
		assert.equal(db.userVersion, family.length + 1);
	});

	it('refuse versions that do not exist, and to run inside a transaction', () => {
		for (const to of [-1, 1.5, family.length + 1, Number.NaN]) assert.throws(() => migrate(db, family, to), refused('unknown version'));
		assert.throws(() => db.transaction(() => migrate(db, family)), SqliteError);
	});
});
