import assert from 'node:assert/strict';
import { Sqlite, SqliteError, type SqliteReason } from '../../../src/extension/store/sqlite.ts';

const refused = (reason: SqliteReason) => (error: unknown) => error instanceof SqliteError && error.reason === reason;

describe('Sqlite', () => {
	let db: Sqlite;
	beforeEach(async () => {
		db = await Sqlite.open(null);
		db.exec('CREATE TABLE t(id INTEGER PRIMARY KEY, n, s TEXT UNIQUE, b BLOB)');
	});
	afterEach(() => db.close());

	it('is a SQLite that has what the schema counts on', () => {
		const version = db.prepare<{ v: string }>('SELECT sqlite_version() AS v').get()?.v ?? '';
		assert.ok(version.localeCompare('3.54.0', undefined, { numeric: true }) >= 0, version);
		db.exec('CREATE VIRTUAL TABLE words USING fts4(text, tokenize=unicode61)');
		assert.deepEqual(db.prepare("SELECT json_extract('{\"a\":[1,2]}', '$.a[1]') AS x").get(), { x: 2 });
	});

	it('gives back every kind of value as it was bound', () => {
		const values = [0, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 48 - 1, Number.MAX_SAFE_INTEGER, 0.1, '', 'é𝄞\n', 'a\0b', null];
		for (const value of values) {
			assert.deepEqual(db.prepare('SELECT ? AS v').get(value), { v: value });
		}
		for (const bytes of [new Uint8Array(), new Uint8Array([0, 255, 7])]) {
			assert.deepEqual(db.prepare('SELECT ? AS v').get(bytes)?.['v'], bytes);
		}
	});

	it('keeps whole numbers beyond 32 bits as integers in a column of integers', () => {
		db.exec('CREATE TABLE k(at INTEGER)');
		db.prepare('INSERT INTO k VALUES (?)').run(1_760_000_000_123);
		assert.deepEqual(db.prepare('SELECT typeof(at) AS type, at FROM k').get(), { type: 'integer', at: 1_760_000_000_123 });
	});

	it('refuses numbers that are none, and anything that is no SQL value', () => {
		const select = db.prepare('SELECT ? AS v');
		assert.throws(() => select.get(Number.NaN), refused('misuse'));
		assert.throws(() => select.get(Number.POSITIVE_INFINITY), refused('misuse'));
		const values: unknown[] = [true];
		assert.throws(() => select.get(...(values as number[])), refused('misuse'));
	});

	it('refuses too few and too many parameters instead of taking NULL for them', () => {
		const insert = db.prepare('INSERT INTO t(n, s) VALUES (?, ?)');
		assert.throws(() => insert.run(1), refused('misuse'));
		assert.throws(() => insert.run(1, 'a', 2), refused('misuse'));
		assert.equal(insert.run(1, 'a'), 1);
	});

	it('counts the rows a statement changed', () => {
		for (const s of ['a', 'b', 'c']) db.prepare('INSERT INTO t(n, s) VALUES (1, ?)').run(s);
		assert.equal(db.prepare('UPDATE t SET n = 2 WHERE s > ?').run('a'), 2);
	});

	it('inserts rows straight out of one long array, with nulls where the row before had values', () => {
		const insert = db.prepare('INSERT INTO t(n, s) VALUES (?, ?)');
		const values = Float64Array.of(1, 1, Number.NaN, Number.NaN, 3, 0);
		for (let at = 0; at < values.length; at += 2) insert.runNumbers(values, at, [false, true], ['c', 'a']);
		assert.throws(() => insert.runNumbers(values, 0, [false], []), refused('misuse'));
		assert.deepEqual(db.prepare('SELECT n, s FROM t ORDER BY id').all(), [
			{ n: 1, s: 'a' },
			{ n: null, s: null },
			{ n: 3, s: 'c' },
		]);
	});

	it('iterates, lets the loop be left, and refuses the same statement meanwhile', () => {
		for (let n = 0; n < 5; n++) db.prepare('INSERT INTO t(n) VALUES (?)').run(n);
		const select = db.prepare<{ n: number }>('SELECT n FROM t ORDER BY n');
		const seen: number[] = [];
		for (const { n } of select.iterate()) {
			seen.push(n);
			assert.throws(() => select.all(), refused('misuse'));
			if (n === 2) break;
		}
		assert.deepEqual(seen, [0, 1, 2]);
		assert.equal(select.all().length, 5);
	});

	it('names the columns anew after the table changed', () => {
		db.prepare('INSERT INTO t(n) VALUES (1)').run();
		const select = db.prepare('SELECT * FROM t');
		assert.deepEqual(Object.keys(select.get() ?? {}), ['id', 'n', 's', 'b']);
		db.exec('ALTER TABLE t RENAME COLUMN n TO m');
		assert.deepEqual(Object.keys(select.get() ?? {}), ['id', 'm', 's', 'b']);
	});

	it('tells a broken constraint from a mistake in the SQL', () => {
		db.prepare('INSERT INTO t(s) VALUES (?)').run('a');
		assert.throws(() => db.prepare('INSERT INTO t(s) VALUES (?)').run('a'), refused('constraint'));
		assert.throws(() => db.prepare('SELECT nothing FROM nowhere'), refused('other'));
		assert.throws(() => db.prepare('  '), refused('misuse'));
		assert.throws(() => db.exec('NONSENSE'), refused('other'));
	});

	it('survives more broken constraints than older builds had memory for', () => {
		const insert = db.prepare('INSERT INTO t(id, s) VALUES (1, ?)');
		insert.run('a');
		for (let i = 0; i < 10_000; i++) assert.throws(() => insert.run(`${i}`), refused('constraint'));
		assert.equal(db.prepare('SELECT count(*) AS n FROM t').get()?.['n'], 1);
	});

	it('has foreign keys on', () => {
		db.exec('CREATE TABLE child(t INTEGER REFERENCES t(id))');
		assert.throws(() => db.prepare('INSERT INTO child VALUES (99)').run(), refused('constraint'));
	});

	it('undoes a transaction that throws, and one inside another as part of it', () => {
		const insert = db.prepare('INSERT INTO t(s) VALUES (?)');
		const stop = new Error('stop');
		assert.throws(
			() =>
				db.transaction(() => {
					insert.run('a');
					db.transaction(() => insert.run('b'));
					assert.equal(db.inTransaction, true);
					throw stop;
				}),
			stop,
		);
		assert.equal(db.inTransaction, false);
		assert.deepEqual(insert.run('a'), 1);
		assert.equal(
			db.transaction(() => db.transaction(() => insert.run('c'))),
			1,
		);
		assert.equal(db.prepare('SELECT count(*) AS n FROM t').get()?.['n'], 2);
	});

	it('undoes a transaction whose commit fails', () => {
		db.exec('CREATE TABLE child(t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)');
		assert.throws(() => db.transaction(() => db.prepare('INSERT INTO child VALUES (99)').run()), refused('constraint'));
		assert.deepEqual(db.prepare('SELECT * FROM child').all(), []);
		db.transaction(() => db.prepare('INSERT INTO t(s) VALUES (?)').run('still usable'));
	});

	it('refuses a transaction that waits', () => {
		assert.throws(() => db.transaction(() => Promise.resolve(1)), refused('misuse'));
		assert.equal(db.inTransaction, false);
	});

	it('is dirty from a write to the next save, and not by reading', async () => {
		db.prepare('INSERT INTO t(s) VALUES (?)').run('a');
		assert.equal(db.dirty, true);
		const bytes = db.serialize();
		assert.equal(db.dirty, false);
		db.prepare('SELECT * FROM t').all();
		assert.equal(db.dirty, false);
		db.prepare('DELETE FROM t').run();
		assert.equal(db.dirty, true);
		const again = await Sqlite.open(bytes);
		assert.equal(again.dirty, false);
		again.exec('DROP TABLE t');
		assert.equal(again.dirty, true);
		again.close();
	});

	it('keeps statements and pragmas over a save, and refuses to save inside a transaction', async () => {
		const insert = db.prepare('INSERT INTO t(s) VALUES (?)');
		insert.run('a');
		db.userVersion = 7;
		const bytes = db.serialize();
		insert.run('b');
		assert.equal(db.prepare('PRAGMA foreign_keys').get()?.['foreign_keys'], 1);
		assert.throws(() => db.transaction(() => db.serialize()), refused('busy'));
		const copy = await Sqlite.open(bytes);
		assert.deepEqual([copy.userVersion, copy.prepare('SELECT s FROM t').all()], [7, [{ s: 'a' }]]);
		copy.close();
	});

	it('says that bytes are no database', async () => {
		const random = new Uint8Array(8192).map((_, i) => (i * 7919) % 251);
		await assert.rejects(Sqlite.open(random), refused('corrupt'));
	});

	it('finds damage inside the pages', async () => {
		const insert = db.prepare('INSERT INTO t(s) VALUES (?)');
		for (let i = 0; i < 500; i++) insert.run(`row ${i} ${'x'.repeat(100)}`);
		assert.equal(db.integrityProblem(), null);
		const bytes = db.serialize();
		bytes.fill(0xa5, 8192, 16384);
		const damaged = await Sqlite.open(bytes);
		assert.notEqual(damaged.integrityProblem(), null);
		damaged.close();
	});

	it('refuses everything after it was closed, and may be closed twice', () => {
		const prepared = db.prepare('SELECT 1');
		db.close();
		db.close();
		assert.throws(() => prepared.all(), refused('misuse'));
		assert.throws(() => db.prepare('SELECT 1'), refused('misuse'));
	});
});
