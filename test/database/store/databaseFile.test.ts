import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileSystem, SaveError } from '../../../src/extension/store/atomicFile.ts';
import { DatabaseFile, type OpenedFile } from '../../../src/extension/store/databaseFile.ts';
import { examine, stamp } from '../../../src/extension/store/fileImage.ts';
import { MigrationError } from '../../../src/extension/store/migrations/migration.ts';
import { Sqlite } from '../../../src/extension/store/sqlite.ts';

const migrations = [{ name: 'words', up: 'CREATE TABLE words (word TEXT)', down: 'DROP TABLE words' }];
const now = (): Date => new Date('2026-01-02T03:04:05.678Z');

/** A file system that fails with `code` in the named call. */
function failing(call: 'write' | 'sync' | 'rename' | 'link', code: string): FileSystem {
	const fault = (): never => {
		throw Object.assign(new Error(`${code}: made up`), { code, syscall: call });
	};
	return {
		...nodeFiles,
		...(call === 'rename' ? { rename: () => Promise.reject(toError(fault)) } : {}),
		...(call === 'link' ? { link: () => Promise.reject(toError(fault)) } : {}),
		open: async (path, flags, mode) => {
			const file = await nodeFiles.open(path, flags, mode);
			if (call === 'write' || call === 'sync') file[call] = fault;
			return file;
		},
	};
}

function toError(fault: () => never): Error {
	try {
		return fault();
	} catch (error) {
		return error as Error;
	}
}

describe('A database file', () => {
	let folder: string;
	let path: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'store-'));
		path = join(folder, 'data', 'index.sqlite');
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const fileOf = (files?: FileSystem): DatabaseFile => new DatabaseFile(path, { migrations, now, ...(files ? { files } : {}) });
	const dbOf = (opened: OpenedFile): Sqlite => opened.db ?? assert.fail('no database');
	const wordsIn = (db: Sqlite): string[] =>
		db
			.prepare<{ word: string }>('SELECT word FROM words')
			.all()
			.map(({ word }) => word);

	/** A save for each of the words. */
	async function saved(...words: string[]): Promise<void> {
		for (const word of words) await savedAtOnce([word]);
	}
	async function savedAtOnce(words: readonly string[]): Promise<void> {
		const file = fileOf();
		const db = dbOf(await file.open());
		for (const word of words) db.prepare('INSERT INTO words VALUES (?)').run(word);
		await file.save(db);
		db.close();
	}
	async function reopened(): Promise<OpenedFile & { words: string[] }> {
		const opened = await fileOf().open();
		const words = opened.db === null ? [] : wordsIn(opened.db);
		opened.db?.close();
		return { ...opened, words };
	}

	it('is created with its folder, for the user only', async () => {
		const file = fileOf();
		const opened = await file.open();
		assert.deepEqual([opened.outcome, opened.canSave, opened.message], [{ kind: 'created' }, true, null]);
		await file.save(dbOf(opened));
		assert.equal((await stat(path)).mode & 0o777, 0o600);
		assert.equal((await stat(join(folder, 'data'))).mode & 0o777, 0o700);
	});

	it('comes back as it was saved, and leaves nothing else behind than the copy before', async () => {
		await saved('one', 'two');
		const opened = await reopened();
		assert.deepEqual([opened.outcome, opened.words], [{ kind: 'opened' }, ['one', 'two']]);
		assert.deepEqual((await readdir(join(folder, 'data'))).sort(), ['index.sqlite', 'index.sqlite.previous']);
	});

	it('is not dirty after it was opened, and after it was saved', async () => {
		await saved('one');
		const file = fileOf();
		const db = dbOf(await file.open());
		assert.equal(db.dirty, false);
		db.prepare('INSERT INTO words VALUES (?)').run('two');
		await file.save(db);
		assert.equal(db.dirty, false);
	});

	const damages: [name: string, (bytes: Buffer) => Uint8Array, RegExp][] = [
		['cut in the middle', bytes => bytes.subarray(0, bytes.length - 4096), /end is missing/],
		['cut to a few bytes', bytes => bytes.subarray(0, 20), /not a SQLite file/],
		['empty', () => new Uint8Array(), /empty/],
		['full of random bytes', bytes => bytes.map((_, i) => (i * 7919 + 13) % 256), /not a SQLite file/],
		['overwritten inside', bytes => bytes.fill(0xa5, 4096, 6000), /damaged: \S/],
	];
	for (const [name, damage, message] of damages) {
		it(`that is ${name} is set aside, the last good copy takes its place, and the user is told`, async () => {
			await saved('one', 'two');
			const damaged = damage(await readFile(path));
			await writeFile(path, damaged);
			const opened = await reopened();
			const setAside = `${path}.damaged-2026-01-02T03-04-05.678Z`;
			assert.equal(opened.outcome.kind, 'recovered');
			assert.deepEqual([opened.words, opened.canSave], [['one'], true]);
			assert.match(opened.message ?? '', message);
			assert.match(opened.message ?? '', /kept as index\.sqlite\.damaged-.*last good copy took its place/);
			assert.deepEqual(await readFile(setAside), Buffer.from(damaged));
		});
	}

	it('without a good copy starts empty, and keeps both damaged ones', async () => {
		await saved('one', 'two');
		await writeFile(path, 'nonsense');
		await writeFile(`${path}.previous`, 'nonsense');
		const opened = await reopened();
		assert.deepEqual([opened.outcome.kind, opened.words], ['recovered', []]);
		assert.match(opened.message ?? '', /no good copy; it starts empty/);
		assert.equal((await readdir(join(folder, 'data'))).length, 2);
	});

	it('that is gone comes back from the last good copy', async () => {
		await saved('one', 'two');
		await rm(path);
		const opened = await reopened();
		assert.deepEqual(opened.words, ['one']);
		assert.deepEqual(opened.outcome, { kind: 'recovered', from: 'previous', setAside: null, problem: 'it is missing' });
	});

	it('restored from the last good copy is dirty, so that it is saved again; the good copy stays meanwhile', async () => {
		await saved('one', 'two');
		await writeFile(path, 'nonsense');
		const file = fileOf();
		const db = dbOf(await file.open());
		assert.equal(db.dirty, true);
		await file.save(db);
		assert.deepEqual((await reopened()).words, ['one']);
		assert.equal(examine(await readFile(`${path}.previous`)), 'sound');
	});

	it('never lets damage become the last good copy', async () => {
		await saved('one', 'two');
		const bytes = await readFile(path);
		// Valid for SQLite, but not what was saved: a letter inside a row.
		const at = bytes.lastIndexOf('two');
		bytes.write('2', at, 'latin1');
		await writeFile(path, bytes);
		const file = fileOf();
		const opened = await file.open();
		assert.deepEqual([opened.outcome, wordsIn(dbOf(opened))], [{ kind: 'opened' }, ['one', '2wo']]);
		await file.save(dbOf(opened));
		const previous = await Sqlite.open(await readFile(`${path}.previous`));
		assert.deepEqual(wordsIn(previous), ['one']);
	});

	it('in place of a folder: the folder is set aside', async () => {
		await mkdir(path, { recursive: true });
		const opened = await reopened();
		assert.deepEqual([opened.outcome.kind, opened.words], ['recovered', []]);
		assert.match(opened.message ?? '', /it is a folder/);
	});

	it('from a newer version is left untouched, and the user is told', async () => {
		const file = fileOf();
		const db = dbOf(await file.open());
		db.userVersion = 9;
		await file.save(db);
		const before = await readFile(path);
		const opened = await reopened();
		assert.deepEqual([opened.db, opened.outcome, opened.canSave], [null, { kind: 'newer', version: 9 }, false]);
		assert.match(opened.message ?? '', /newer version.*schema 9.*reload the window/);
		assert.deepEqual(await readFile(path), before);
		assert.deepEqual(await readdir(join(folder, 'data')), ['index.sqlite']);
	});

	it('from an older version is brought up to date', async () => {
		const db = await Sqlite.open(null);
		const bytes = db.serialize();
		stamp(bytes);
		await mkdir(join(folder, 'data'));
		await writeFile(path, bytes);
		const opened = await fileOf().open();
		assert.deepEqual([opened.outcome.kind, opened.db?.userVersion, opened.db?.dirty], ['opened', 1, true]);
	});

	it('from an older version is rid of the pages that a table left which was built anew', async () => {
		await savedAtOnce(Array.from({ length: 2000 }, (_, at) => `a word, number ${at}`));
		const before = (await stat(path)).size;
		const rebuilt = `CREATE TABLE other AS SELECT word FROM words; DROP TABLE words; ALTER TABLE other RENAME TO words;`;
		const file = new DatabaseFile(path, { migrations: [...migrations, { name: 'anew', up: rebuilt, down: '' }], now });
		const db = dbOf(await file.open());
		assert.equal(wordsIn(db).length, 2000);
		await file.save(db);
		assert.ok((await stat(path)).size <= before);
		db.close();
	});

	it('whose migration fails is left as it is, and the error says so', async () => {
		await saved('one');
		const before = await readFile(path);
		const broken = [...migrations, { name: 'broken', up: 'NONSENSE', down: '' }];
		await assert.rejects(new DatabaseFile(path, { migrations: broken, now }).open(), MigrationError);
		assert.deepEqual(await readFile(path), before);
	});

	it('that may not be written is read, and the user is told that changes are not kept', async () => {
		await saved('one');
		await chmod(path, 0o400);
		const opened = await reopened();
		assert.deepEqual([opened.outcome, opened.canSave, opened.words], [{ kind: 'read only' }, false, ['one']]);
		assert.match(opened.message ?? '', /cannot be written.*not kept/);
	});

	it('in a place where no folder can be made is opened in memory', async () => {
		await writeFile(join(folder, 'data'), 'a file where the folder should be');
		const opened = await reopened();
		assert.deepEqual([opened.outcome, opened.canSave, opened.words], [{ kind: 'read only' }, false, []]);
	});

	for (const [call, code, reason] of [
		['write', 'ENOSPC', 'disk full'],
		['sync', 'EIO', 'other'],
		['rename', 'EACCES', 'read only'],
		['write', 'EROFS', 'read only'],
	] as const) {
		it(`keeps the old file, removes the new one and says "${reason}" when ${call} fails with ${code}`, async () => {
			await saved('one');
			const file = fileOf(failing(call, code));
			const db = dbOf(await file.open());
			db.prepare('INSERT INTO words VALUES (?)').run('two');
			await assert.rejects(file.save(db), (error: unknown) => error instanceof SaveError && error.reason === reason);
			assert.equal(db.dirty, true);
			assert.deepEqual((await reopened()).words, ['one']);
			assert.deepEqual(
				(await readdir(join(folder, 'data'))).filter(name => name.endsWith('.tmp')),
				[],
			);
		});
	}

	it('keeps the last good copy also where files cannot have two names', async () => {
		const file = fileOf(failing('link', 'EPERM'));
		const db = dbOf(await file.open());
		for (const word of ['one', 'two']) {
			db.prepare('INSERT INTO words VALUES (?)').run(word);
			await file.save(db);
		}
		const previous = await Sqlite.open(await readFile(`${path}.previous`));
		assert.deepEqual(wordsIn(previous), ['one']);
	});

	it('is not replaced when the caller says no at the last moment', async () => {
		await saved('one');
		const file = fileOf();
		const db = dbOf(await file.open());
		db.prepare('INSERT INTO words VALUES (?)').run('two');
		const no = new Error('no');
		await assert.rejects(
			file.save(db, () => {
				throw no;
			}),
			no,
		);
		assert.deepEqual((await reopened()).words, ['one']);
	});

	it('says so when its folder is removed meanwhile', async () => {
		const file = fileOf();
		const db = dbOf(await file.open());
		await rm(join(folder, 'data'), { recursive: true });
		await assert.rejects(file.save(db), (error: unknown) => error instanceof SaveError && error.reason === 'folder missing');
	});

	it('sweeps what killed processes left, but not what may still be written', async () => {
		await saved('one');
		const [old, young] = [`${path}.1-00.tmp`, `${path}.2-00.tmp`];
		await writeFile(old, '');
		await writeFile(young, '');
		await utimes(old, 1, 1);
		await reopened();
		assert.deepEqual(
			(await readdir(join(folder, 'data'))).filter(name => name.endsWith('.tmp')),
			['index.sqlite.2-00.tmp'],
		);
	});
});

describe('The checksum of a file', () => {
	it('finds any changed byte, and takes an unstamped file for unknown', async () => {
		const db = await Sqlite.open(null);
		db.exec('CREATE TABLE words (word TEXT)');
		const bytes = db.serialize();
		assert.equal(examine(bytes), 'unknown');
		stamp(bytes);
		assert.equal(examine(bytes), 'sound');
		for (const at of [20, 67, 68, 72, 100, 4095, bytes.length - 1]) {
			const changed = bytes.slice();
			changed[at] = (changed[at] ?? 0) ^ 1;
			assert.notEqual(examine(changed), 'sound', `byte ${at}`);
		}
		const again = await Sqlite.open(bytes);
		assert.equal(again.integrityProblem(), null);
	});
});
