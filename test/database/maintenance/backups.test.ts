import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSystem } from '../../../src/extension/store/atomicFile.ts';
import { stamp } from '../../../src/extension/store/fileImage.ts';
import { BackupError, type BackupReason, LedgerBackups } from '../../../src/extension/store/ledger/backups.ts';
import { BackupFolder } from '../../../src/extension/store/ledger/backupFolder.ts';
import { Ledger, LedgerError } from '../../../src/extension/store/ledger/ledger.ts';
import { ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { Sqlite } from '../../../src/extension/store/sqlite.ts';
import { asNobody } from '../../support/nobody.ts';
import { correct, corrected, DataFolder } from './dataFolder.ts';

const refused = (reason: BackupReason) => (error: unknown) => error instanceof BackupError && error.reason === reason;

/** A disk on which every new file turns out as `damage` makes it. */
function damaging(damage: (bytes: Buffer) => Uint8Array | Promise<Uint8Array>): FileSystem {
	return {
		...nodeFiles,
		rename: async (from, to) => {
			await writeFile(from, await damage(await readFile(from as string)));
			await nodeFiles.rename(from, to);
		},
	};
}

describe('A backup of the ledger', () => {
	let data: DataFolder;
	let ledger: Ledger;
	let clock: Date;
	beforeEach(async () => {
		data = await DataFolder.make();
		ledger = await data.open();
		clock = new Date('2026-01-02T03:04:05.678Z');
	});
	afterEach(() => data.remove());

	const options = () => ({ folder: data.path, now: () => clock });
	const backups = (files?: FileSystem): LedgerBackups =>
		new LedgerBackups({ ledger, ...options(), ...(files === undefined ? {} : { files }) });
	const inBackups = (name: string): string => join(data.path, 'backups', name);
	/** Made one after the other, an hour apart. */
	async function made(count: number): Promise<string[]> {
		const names: string[] = [];
		for (let i = 0; i < count; i++) {
			names.push(await backups().make(100));
			clock = new Date(clock.getTime() + 3_600_000);
		}
		return names;
	}
	const names = async (): Promise<string[]> => (await backups().list()).map(({ file }) => file);

	it('holds what the ledger held, journal included, for the user only, and is listed with its figures', async () => {
		await correct(ledger, 'a');
		await ledger.change(tx =>
			tx.run(
				`INSERT INTO classifications (session_id, source, kind, category_l1, confidence, provider, classified_at)
				VALUES ('b', 'cli/haiku@1', 'model', 'code_work', 0.5, 'cli', '2026-01-02T03:04:05.678Z')`,
			),
		);
		const file = await backups().make(7);
		assert.equal(file, 'ledger-2026-01-02T03-04-05.678Z.sqlite');
		assert.equal((await stat(inBackups(file))).mode & 0o777, 0o600);
		assert.equal((await stat(inBackups('.'))).mode & 0o777, 0o700);
		const bytes = (await stat(inBackups(file))).size;
		const listed = { file, createdAt: '2026-01-02T03:04:05.678Z', bytes, classifications: 2, corrections: 1, problem: null };
		assert.deepEqual(await backups().list(), [listed]);
		const other = await DataFolder.make();
		await writeFile(join(other.path, 'ledger.sqlite'), await readFile(inBackups(file)));
		assert.deepEqual(corrected(await other.open()), ['a']);
		await other.remove();
	});

	it('holds what other windows wrote, and lets them go on', async () => {
		const other = await data.open();
		await correct(other, 'a');
		const file = await backups().make(7);
		await correct(other, 'b');
		await ledger.refresh();
		assert.deepEqual([(await backups().list())[0]?.corrections, corrected(ledger), corrected(other)], [1, ['a', 'b'], ['a', 'b']]);
		assert.ok(file);
	});

	it('does not replace one of the same moment', async () => {
		const [first, second] = [await backups().make(7), await backups().make(7)];
		assert.deepEqual([first, second], ['ledger-2026-01-02T03-04-05.678Z.sqlite', 'ledger-2026-01-02T03-04-05.679Z.sqlite']);
	});

	it('leaves no more than are to be kept, the newest', async () => {
		const old = await made(4);
		const newest = await backups().make(3);
		assert.deepEqual(await names(), [newest, old[3], old[2]]);
		const only = await backups().make(0);
		assert.deepEqual(await names(), [only]);
	});

	it('is never deleted while the newer ones are damaged, nor when the clock went back', async () => {
		const [good = '', damaged = ''] = await made(2);
		await writeFile(inBackups(damaged), 'nonsense');
		clock = new Date('2020-01-01T00:00:00.000Z');
		const now = await backups().make(1);
		assert.deepEqual(await names(), [damaged, good, now]);
		clock = new Date('2030-01-01T00:00:00.000Z');
		assert.deepEqual(await names(), [damaged, good, now]);
		const last = await backups().make(1);
		assert.deepEqual(await names(), [last]);
	});

	it('that is damaged is listed as such, and not restored', async () => {
		await correct(ledger, 'a');
		const [letter = '', cut = '', foreign = ''] = await made(3);
		const bytes = await readFile(inBackups(letter));
		bytes.write('B', bytes.lastIndexOf('logic-fix'), 'latin1');
		await writeFile(inBackups(letter), bytes);
		await writeFile(inBackups(cut), bytes.subarray(0, 5000));
		// Stamped as ours, and no database all the same.
		const forged = Buffer.from(bytes).fill(0xff, 100, 4096);
		stamp(forged);
		await writeFile(inBackups(foreign), forged);
		await writeFile(inBackups('notes.txt'), 'not a backup');
		assert.deepEqual(
			(await backups().list()).map(({ problem, corrections }) => [problem, corrections]),
			[
				['it is not what was saved', 0],
				['its end is missing', 0],
				['it is not what was saved', 0],
			],
		);
		for (const file of [letter, cut, foreign]) await assert.rejects(backups().restore(file), refused('damaged'), file);
		assert.deepEqual((await names()).length, 3);
		assert.deepEqual(corrected(ledger), ['a']);
	});

	it('that does not read back as it was written is removed, and the error says why', async () => {
		await correct(ledger, 'a');
		const crafted = async (bytes: Buffer, sql: string): Promise<Uint8Array> => {
			const db = await Sqlite.open(bytes);
			db.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
			const changed = db.serialize();
			stamp(changed);
			db.close();
			return changed;
		};
		const broken = "INSERT INTO session_tags VALUES ('s', 99, '2026-01-02T03:04:05.678Z')";
		for (const [damage, message] of [
			[bytes => bytes.fill(0xa5, 5000, 6000), /not what was written/],
			[
				bytes => {
					const nonsense = Buffer.from(bytes).fill(0xff, 100, 4096);
					stamp(nonsense);
					return nonsense;
				},
				/not what was written/,
			],
			[bytes => crafted(bytes, broken), /rows of session_tags refer to rows of tags/],
			[bytes => crafted(bytes, 'DELETE FROM classifications'), /not the rows of the ledger/],
		] as [(bytes: Buffer) => Uint8Array | Promise<Uint8Array>, RegExp][]) {
			await assert.rejects(backups(damaging(damage)).make(7), (error: unknown) => {
				assert.ok(error instanceof BackupError && error.reason === 'not verified', String(error));
				assert.match(error.message, message);
				return true;
			});
			assert.deepEqual(await readdir(inBackups('.')), []);
		}
		assert.deepEqual(corrected(ledger), ['a']);
	});

	it('on a full disk is not made, leaves nothing behind, and the ledger goes on', async () => {
		await correct(ledger, 'a');
		for (const [code, reason] of [
			['ENOSPC', 'disk full'],
			['EIO', 'not saved'],
		] as const) {
			const files: FileSystem = {
				...nodeFiles,
				open: async (...args) => {
					const file = await nodeFiles.open(...args);
					file.write = () => {
						throw Object.assign(new Error(code), { code, syscall: 'write' });
					};
					return file;
				},
			};
			await assert.rejects(backups(files).make(7), refused(reason));
			await assert.rejects(backups(files).restore(await backups().make(7)), refused(reason));
		}
		assert.equal((await readdir(inBackups('.'))).length, 2);
		await correct(ledger, 'b');
		assert.deepEqual(corrected(await data.open()), ['a', 'b']);
	});

	it('says so where its folder cannot be made or read', async () => {
		await writeFile(join(data.path, 'backups'), 'a file where the folder should be');
		await assert.rejects(backups().make(7), /ENOTDIR|EEXIST|not a directory/);
		await nodeFiles.rm(join(data.path, 'backups'));
		await mkdir(join(data.path, 'backups'));
		if (process.platform !== 'win32') {
			await chmod(data.path, 0o755);
			await chmod(join(data.path, 'backups'), 0o000);
			await asNobody(() => assert.rejects(new BackupFolder({ folder: data.path }).list(), /EACCES/));
			await asNobody(() =>
				assert.rejects(new BackupFolder({ folder: data.path }).open('ledger-2026-01-02T03-04-05.678Z.sqlite'), /EACCES/),
			);
		}
	});

	it('stops between its steps when it is told to', async () => {
		const stopped = new AbortController();
		stopped.abort(new Error('enough'));
		await assert.rejects(backups().make(7, stopped.signal), /enough/);
		assert.deepEqual(await backups().list(), []);
	});

	it('sweeps what a killed process left, but not what may still be written', async () => {
		await mkdir(inBackups('.'));
		const [old, young] = ['ledger-2025-01-01T00-00-00.000Z.sqlite.1-00.tmp', 'ledger-2025-01-01T00-00-00.000Z.sqlite.2-00.tmp'];
		for (const name of [old, young]) await writeFile(inBackups(name), '');
		await utimes(inBackups(old), 1, 1);
		const file = await backups().make(7);
		assert.deepEqual((await readdir(inBackups('.'))).sort(), [young, file]);
	});

	it('of a newer version is listed as such, and refused with a clear message', async () => {
		const newer = [...ledgerMigrations, { name: 'more', up: 'CREATE TABLE more (id)', down: 'DROP TABLE more' }];
		const other = await DataFolder.make();
		const file = await new LedgerBackups({ ledger: await other.open({ migrations: newer }), folder: other.path, migrations: newer }).make(
			7,
		);
		await mkdir(inBackups('.'));
		await writeFile(inBackups(file), await readFile(join(other.path, 'backups', file)));
		await other.remove();
		assert.equal((await backups().list())[0]?.problem, `it is of a newer version of the extension (schema ${newer.length})`);
		await assert.rejects(backups().restore(file), (error: unknown) => {
			assert.ok(error instanceof BackupError && error.reason === 'newer version');
			assert.match(error.message, new RegExp(`newer version.*schema ${newer.length}.*update the extension`));
			return true;
		});
	});

	it('cannot be made of a ledger in memory, nor of one that refuses changes', async () => {
		const { ledger: memory } = await Ledger.open({ folder: null });
		const of = (each: Ledger): Promise<string> => new LedgerBackups({ ledger: each, folder: data.path }).make(7);
		await assert.rejects(of(memory), (error: unknown) => error instanceof LedgerError && error.reason === 'not saved');
		await memory.close();
		const closed = await data.open();
		await closed.close();
		await assert.rejects(of(closed), (error: unknown) => error instanceof LedgerError && error.reason === 'closed');
	});
});
