import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseFile } from '../../../src/extension/store/databaseFile.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { Lock } from '../../../src/extension/store/lock.ts';
import { migrateFolder, MigrateFolderError } from '../../../src/extension/store/migrateFolder.ts';
import { indexMigrations, ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import type { Sqlite } from '../../../src/extension/store/sqlite.ts';
import { migrateCommand } from '../../../scripts/migrate/main.ts';
import { type CommandEnd, commandInProcess } from '../../support/commandInProcess.ts';
import { shortProcessEnvironment, shortProcessFlags } from '../../support/shortProcess.ts';
import { at, populateIndex, rowCount, tablesOf } from './populated.ts';

const newestVersions = new RegExp(
	`^Backup: (.*)\nindex-0123\\.sqlite: schema version ${indexMigrations.length}\nledger\\.sqlite: schema version ${ledgerMigrations.length}\n$`,
);
const script = join(import.meta.dirname, '../../../scripts/migrate.ts');

describe('Migrating a data folder', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'migrate-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
		spawnSync(process.execPath, [...shortProcessFlags, script, ...args], {
			encoding: 'utf8',
			env: { ...process.env, ...shortProcessEnvironment(), INIT_CWD: folder },
		});
	const here = (...args: string[]): Promise<CommandEnd> => commandInProcess(migrateCommand, args, folder);
	const indexPath = (): string => join(folder, 'index-0123.sqlite');
	async function openIndex<T>(work: (db: Sqlite, file: DatabaseFile) => T | Promise<T>): Promise<T> {
		const file = new DatabaseFile(indexPath(), { migrations: indexMigrations });
		const { db } = await file.open();
		assert.ok(db);
		try {
			return await work(db, file);
		} finally {
			db.close();
		}
	}
	async function filled(): Promise<void> {
		await openIndex(async (db, file) => {
			populateIndex(db);
			await file.save(db);
		});
		const { ledger } = await Ledger.open({ folder });
		await ledger.change(tx => tx.run("INSERT INTO pins VALUES ('aaaa', ?)", at));
		await ledger.close();
	}
	async function pins(of: string): Promise<number> {
		const { ledger } = await Ledger.open({ folder: of });
		const { length } = ledger.read(reader => reader.prepare('SELECT * FROM pins').all());
		await ledger.close();
		return length;
	}

	it('to the newest version keeps everything, and backs it up first', async () => {
		await filled();
		const { status, stdout, stderr } = run('--data', folder);
		assert.deepEqual([status, stderr], [0, '']);
		assert.match(stdout, newestVersions);
		const backup = /Backup: (.*)/.exec(stdout)?.[1] ?? '';
		assert.deepEqual((await readdir(backup)).sort(), ['index-0123.sqlite', 'ledger.journal', 'ledger.sqlite']);
		assert.equal(await pins(folder), 1);
		assert.equal(await pins(backup), 1);
		assert.equal(await openIndex(db => rowCount(db, 'sessions')), 1);
	});

	it('down to nothing and up again leaves empty files that work, and the rows in the backup', async () => {
		await filled();
		const down = await here('--data', '.', '--to', '0');
		assert.equal(down.code, 0, down.stderr);
		assert.match(down.stdout, /index-0123\.sqlite: schema version 0\nledger\.sqlite: schema version 0/);
		const up = await here('--data', folder, '--to', '1');
		assert.equal(up.code, 0, up.stderr);
		assert.equal(await pins(folder), 0);
		assert.ok((await openIndex(tablesOf)).includes('sessions'));
		const backups = (await readdir(folder)).filter(name => name.startsWith('backup-')).sort();
		assert.equal(await pins(join(folder, backups[0] ?? '')), 1);
		const { ledger } = await Ledger.open({ folder });
		await ledger.change(tx => tx.run("INSERT INTO pins VALUES ('bbbb', ?)", at));
		await ledger.close();
		assert.equal(await pins(folder), 1);
	});

	it('with a wrong command line says what is wrong and changes nothing', async () => {
		await filled();
		for (const [args, message] of [
			[[], /--data needs the folder/],
			[['--data', ''], /--data needs the folder/],
			[['--data', join(folder, 'nowhere')], /there is no folder/],
			[['--data', folder, '--to', '99'], /99 is no schema version; there are 0 to \d/],
			[['--data', folder, '--to', '-1'], /argument|no schema version/],
			[['--data', folder, '--to', 'x'], /x is no schema version/],
			[['--data', folder, '--to', ''], /is no schema version/],
			[['--data', folder, '--up'], /--up/],
		] as const) {
			const { code, stdout, stderr } = await here(...args);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr, message);
			assert.match(stderr, /Usage: npm run migrate/);
		}
		assert.equal(run('--data', folder, '--up').status, 2);
		assert.deepEqual(
			(await readdir(folder)).filter(name => name.startsWith('backup-')),
			[],
		);
	});

	it('without data, with newer data, or while a window uses it, fails with a reason', async () => {
		const empty = await here('--data', folder);
		assert.deepEqual([empty.code, empty.stdout], [1, '']);
		assert.match(empty.stderr, /no data files/);
		await filled();
		const window = Lock.tryAcquire(join(folder, 'index-0123.lock'));
		await assert.rejects(
			migrateFolder({ folder, to: null, now: () => new Date(), waitMs: 10 }),
			(error: unknown) => error instanceof MigrateFolderError && error.reason === 'in use',
		);
		await window?.release();
		await openIndex(async (db, file) => {
			db.userVersion = 9;
			await file.save(db);
		});
		const before = await readFile(indexPath());
		const newer = await here('--data', folder, '--to', '0');
		assert.equal(newer.code, 1);
		assert.match(newer.stderr, /newer version/);
		assert.deepEqual(await readFile(indexPath()), before);
	});

	it('tells of damage it had to put right', async () => {
		await filled();
		await openIndex((db, file) => file.save(db));
		await writeFile(indexPath(), 'nonsense');
		const { code, stderr } = await here('--data', folder);
		assert.equal(code, 0);
		assert.match(stderr, /index-0123\.sqlite was damaged: .* last good copy/);
		assert.equal(await openIndex(db => rowCount(db, 'sessions')), 1);
	});
});
