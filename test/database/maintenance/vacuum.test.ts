import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineOptions } from '../../../src/extension/engine/api.ts';
import { openStorage } from '../../../src/extension/engine/openStorage.ts';
import type { Storage } from '../../../src/extension/engine/storage.ts';
import { vacuumLedger } from '../../../src/extension/store/ledger/vacuum.ts';
import { Sqlite, SqliteError } from '../../../src/extension/store/sqlite.ts';
import { all, at, correct, corrected, DataFolder } from './dataFolder.ts';

describe('A vacuum', () => {
	let data: DataFolder;
	beforeEach(async () => {
		data = await DataFolder.make();
	});
	afterEach(() => data.remove());
	const sizeOf = async (name: string): Promise<number> => (await stat(join(data.path, name))).size;

	it('leaves prepared statements, indexes and later rows as they were', async () => {
		const db = await Sqlite.open(null);
		db.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)');
		assert.deepEqual([(await Sqlite.open(null)).size, db.size.freeShare], [{ bytes: 0, freeShare: 0 }, 0]);
		const insert = db.prepare('INSERT INTO words (word) VALUES (?)');
		const count = db.prepare<{ words: number; last: string }>('SELECT count(*) AS words, max(word) AS last FROM words');
		for (let i = 0; i < 1000; i++) insert.run(`${i}`.padStart(4, '0').repeat(50));
		db.prepare('DELETE FROM words WHERE id > 100').run();
		assert.ok(db.size.freeShare > 0.5);
		assert.throws(
			() => db.transaction(() => db.vacuum()),
			(error: unknown) => error instanceof SqliteError && error.reason === 'busy',
		);
		const before = db.size.bytes;
		db.vacuum();
		assert.ok(db.size.bytes < before / 3 && db.size.freeShare === 0);
		assert.deepEqual(count.get(), { words: 100, last: '0099'.repeat(50) });
		insert.run('z');
		assert.throws(() => insert.run('z'), SqliteError);
		assert.deepEqual(count.get(), { words: 101, last: 'z' });
		assert.equal(db.serialize().length, db.size.bytes);
		db.close();
	});

	it('shrinks the ledger, and all windows go on with it', async () => {
		const [ledger, other] = [await data.open(), await data.open()];
		await correct(ledger, 'a');
		const note = 'INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)';
		await ledger.change(tx => {
			for (let i = 0; i < 500; i++) tx.run(note, `n${i}`, 'x'.repeat(1000), at);
		});
		await ledger.fold();
		const before = await sizeOf('ledger.sqlite');
		await ledger.change(tx => tx.run("DELETE FROM notes WHERE session_id <> 'n7'"));
		const { bytesBefore, bytesAfter } = await vacuumLedger(ledger);
		assert.ok(bytesBefore >= before && bytesAfter < before / 2);
		assert.equal(await sizeOf('ledger.sqlite'), bytesAfter);
		await correct(other, 'b');
		await ledger.refresh();
		for (const each of [ledger, other, await data.open()]) {
			assert.deepEqual(corrected(each), ['a', 'b']);
			assert.deepEqual(all(each, 'SELECT session_id AS id FROM notes'), [{ id: 'n7' }]);
		}
	});

	describe('of the index', () => {
		// Of all options, only those that name the files matter here.
		const open = (dataDir: string | null): Promise<Storage> =>
			openStorage({ dataDir, claudeDirs: [], replaceDefaults: true } as unknown as EngineOptions, {});
		const fill = (storage: Storage): void =>
			storage.tables.change(() => {
				for (let i = 0; i < 2000; i++) storage.tables.setMeta(`key ${i}`, 'x'.repeat(1000));
			});
		const empty = (storage: Storage): void =>
			storage.tables.change(() => {
				for (let i = 1; i < 2000; i++) storage.tables.deleteMeta(`key ${i}`);
			});

		it('shrinks its file where this window saves, and not where another one does', async () => {
			const [first, second] = [await open(data.path), await open(data.path)];
			fill(first);
			await first.save();
			const name = (await readdir(data.path)).find(file => /^index-.*\.sqlite$/.test(file)) ?? '';
			const before = await sizeOf(name);
			fill(second);
			empty(second);
			assert.equal((await second.maintenance.vacuumIndex()).isSaved, false);
			assert.equal(await sizeOf(name), before);
			empty(first);
			const { bytesBefore, bytesAfter, isSaved } = await first.maintenance.vacuumIndex();
			assert.deepEqual([bytesBefore, bytesAfter, isSaved], [before, await sizeOf(name), true]);
			assert.ok(bytesAfter < before / 3);
			assert.equal(first.tables.meta('key 0'), 'x'.repeat(1000));
			first.tables.setMeta('later', 'too');
			await first.save();
			await first.close();
			await second.close();
			const again = await open(data.path);
			assert.deepEqual([again.tables.meta('key 0')?.length, again.tables.meta('key 1'), again.tables.meta('later')], [1000, null, 'too']);
			await again.close();
		});

		it('is left where there is too little to win, and saves nothing in memory', async () => {
			const storage = await open(null);
			const { bytesBefore, bytesAfter, isSaved } = await storage.maintenance.vacuumIndex();
			assert.deepEqual([bytesBefore === bytesAfter, isSaved, storage.maintenance.backups], [true, false, null]);
			fill(storage);
			empty(storage);
			const after = await storage.maintenance.vacuumIndex();
			assert.deepEqual([after.bytesAfter < after.bytesBefore, after.isSaved], [true, false]);
			await storage.close();
		});
	});
});
