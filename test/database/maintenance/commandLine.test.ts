import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backupCommand } from '../../../scripts/backup/main.ts';
import { type CommandEnd, commandInProcess } from '../../support/commandInProcess.ts';
import { shortProcessEnvironment, shortProcessFlags } from '../../support/shortProcess.ts';
import { correct, corrected, DataFolder } from './dataFolder.ts';

const script = join(import.meta.dirname, '../../../scripts/backup.ts');

describe('The command line of backups', function () {
	this.timeout(120_000);
	let data: DataFolder;
	beforeEach(async () => {
		data = await DataFolder.make();
	});
	afterEach(() => data.remove());
	const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
		spawnSync(process.execPath, [...shortProcessFlags, script, ...args], {
			encoding: 'utf8',
			env: { ...process.env, ...shortProcessEnvironment(), INIT_CWD: data.path },
		});
	const here = (...args: string[]): Promise<CommandEnd> => commandInProcess(backupCommand, args, data.path);
	const document = (stdout: string): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>;

	it('makes one, lists it and puts it back, while a window is open', async () => {
		const ledger = await data.open();
		await correct(ledger, 'a');
		const made = run('--data', data.path);
		assert.deepEqual([made.status, made.stderr], [0, '']);
		const [, file = ''] = /^(ledger-\S+\.sqlite) {2}\d+ bytes {2}1 classifications, 1 of them by persons\n$/.exec(made.stdout) ?? [];
		await correct(ledger, 'b');
		const second = run('--data', data.path, '--json');
		assert.deepEqual((document(second.stdout)['backup'] as { corrections: number }).corrections, 2);
		const listed = document(run('--data', '.', '--list', '--json').stdout)['backups'] as { file: string; problem: string | null }[];
		assert.deepEqual([listed.length, listed[1]?.file, listed[1]?.problem], [2, file, null]);
		const restored = run('--data', data.path, '--restore', join('backups', file));
		assert.deepEqual([restored.status, restored.stderr], [0, '']);
		assert.match(restored.stdout, new RegExp(`^Restored: ${file}\\nBackup of what was there: ledger-`));
		await ledger.refresh();
		assert.deepEqual(corrected(ledger), ['a']);
	});

	it('says what is wrong with a backup, with the data, or with the command line', async () => {
		const nothing = await here('--data', data.path);
		assert.deepEqual([nothing.code, nothing.stdout], [1, '']);
		assert.match(nothing.stderr, /There is no ledger in/);
		assert.deepEqual(await readdir(data.path), []);
		assert.match((await here('--data', data.path, '--list')).stdout, /There are no backups/);
		await correct(await data.open(), 'a');
		const [, file = ''] = /^(\S+)/.exec((await here('--data', data.path)).stdout) ?? [];
		await writeFile(join(data.path, 'backups', file), 'nonsense');
		assert.match((await here('--data', data.path, '--list')).stdout, /cannot be restored: it is not a SQLite file/);
		const damaged = run('--data', data.path, '--restore', file);
		assert.deepEqual([damaged.status, damaged.stdout], [1, '']);
		assert.match(damaged.stderr, /is damaged/);
		for (const [args, message] of [
			[[], /--data needs the folder/],
			[['--data', join(data.path, 'nowhere')], /there is no folder/],
			[['--data', data.path, '--list', '--restore', file], /do not go together/],
			[['--data', data.path, '--restore', `/tmp/${file}`], /is not in/],
			[['--data', data.path, '--all'], /--all/],
		] as const) {
			const { code, stdout, stderr } = await here(...args);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr, message);
			assert.match(stderr, /Usage: npm run --silent backup/);
		}
		assert.equal(run('--data', data.path, '--all').status, 2);
	});
});
