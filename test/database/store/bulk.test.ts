import assert from 'node:assert/strict';
import { IndexTables } from '../../../src/extension/store/index/indexTables.ts';
import { migrate } from '../../../src/extension/store/migrations/migration.ts';
import { indexMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { Sqlite } from '../../../src/extension/store/sqlite.ts';
import { populateIndex } from './populated.ts';

const schemaOf = (db: Sqlite): unknown[] => db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

describe('Writing in bulk', () => {
	let tables: IndexTables;
	let schema: unknown[];
	beforeEach(async () => {
		const db = await Sqlite.open(null);
		migrate(db, indexMigrations);
		tables = new IndexTables(db);
		schema = schemaOf(db);
	});
	afterEach(() => tables.db.close());

	it('makes the indexes over keys afterwards when there was nothing before, also when the work fails', async () => {
		const failing = tables.inBulk(() => {
			assert.ok(tables.lacksIndexes);
			populateIndex(tables.db);
			return Promise.reject(new Error('stopped'));
		});
		await assert.rejects(failing, /stopped/);
		assert.ok(!tables.lacksIndexes);
		assert.deepEqual(schemaOf(tables.db), schema);
		assert.equal(tables.db.integrityProblem(), null);
		assert.deepEqual(tables.db.prepare('PRAGMA foreign_keys').get(), { foreign_keys: 1 });
	});

	it('leaves the indexes alone when there are rows, since making them all again would take longer', async () => {
		populateIndex(tables.db);
		await tables.inBulk(() => {
			assert.ok(!tables.lacksIndexes);
			return Promise.resolve();
		});
		assert.deepEqual(schemaOf(tables.db), schema);
	});

	it('leaves pages that a run fills to nine tenths full, once, also when it was cut off and another one ended it', async () => {
		const insert = tables.db.prepare('INSERT INTO messages (file_id, byte_offset, byte_length, kind, uuid_key) VALUES (1, ?, 9, 6, ?)');
		tables.noteLoose();
		await tables.inBulk(() => {
			populateIndex(tables.db);
			tables.change(() => {
				for (let at = 1; at <= 20_000; at++) insert.run(at * 1000, at * 7_654_321);
			});
			return Promise.resolve();
		});
		const loose = tables.db.size.bytes;
		const db = await Sqlite.open(tables.db.serialize());
		const next = new IndexTables(db);
		next.pack();
		const packed = db.size.bytes;
		assert.ok(packed < 0.95 * loose, `${loose} → ${packed} bytes`);
		assert.equal(db.integrityProblem(), null);
		assert.deepEqual(schemaOf(db), schema);
		assert.equal(db.prepare<{ n: number }>('SELECT count(*) AS n FROM messages').get()?.n, 20_001);
		db.serialize();
		next.pack();
		assert.equal(db.dirty, false);
		db.close();
	});

	it('gives a file that was saved in the middle of it its indexes back when it is opened', async () => {
		let saved = new Uint8Array();
		await tables.inBulk(() => {
			populateIndex(tables.db);
			saved = new Uint8Array(tables.db.serialize());
			return Promise.resolve();
		});
		const db = await Sqlite.open(saved);
		assert.notDeepEqual(schemaOf(db), schema);
		const opened = new IndexTables(db);
		assert.ok(!opened.lacksIndexes);
		assert.deepEqual(schemaOf(db), schema);
		assert.equal(db.integrityProblem(), null);
		db.close();
	});
});
