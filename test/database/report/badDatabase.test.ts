import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { runReport } from '../../../src/extension/engine/report.ts';
import type { Report } from '../../../src/extension/insights/report.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { Random } from '../../support/historyGenerator/random.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { documentOf, type Ended, reportProcess, root } from './reportProcess.ts';

describe('A data folder that went bad (DB-4)', function () {
	this.timeout(60_000);
	let home: ClaudeHome;
	let good: string;
	let data: string;
	let expected: Report;
	before(async () => {
		home = new ClaudeHome('damage');
		generateHistory(home.dir, { seed: 9, sessions: 12, bytes: 900_000 });
		good = home.beside('good');
		expected = documentOf(await report(good));
		// Twice, so that there is a last good copy of the index.
		const [some = ''] = readdirSync(home.at(), { recursive: true, encoding: 'utf8' }).filter(name => /[0-9a-f-]{36}\.jsonl$/.test(name));
		writeFileSync(home.at(some), '\n', { flag: 'a' });
		documentOf(await report(good));
	});
	after(() => home.remove());
	beforeEach(() => {
		data = home.beside('data');
		rmSync(data, { recursive: true, force: true });
		mkdirSync(data);
		for (const name of readdirSync(good))
			if (statSync(path.join(good, name)).isFile()) copyFileSync(path.join(good, name), path.join(data, name));
	});

	/** In this process, as the command would print it. */
	async function report(folder: string): Promise<Ended> {
		const answer = await runReport({ claudeDirs: [home.dir], workspace: null, dataDir: folder, readerThread: null });
		return { code: answer.error === null ? 0 : 1, stdout: JSON.stringify(answer.answer), stderr: answer.warnings.join('\n') };
	}
	const commanded = (folder: string, options = {}): Promise<Ended> =>
		reportProcess(['--claude-dir', home.dir, '--all', '--json', '--data', folder], options);
	const indexIn = (folder: string): string => path.join(folder, readdirSync(folder).find(name => /^index-\w+\.sqlite$/.test(name)) ?? '');
	const ledgerIn = (folder: string): string => path.join(folder, 'ledger.sqlite');

	function assertSame(ended: Ended): Report {
		const { index, ...figures } = documentOf(ended);
		assert.deepEqual(figures, (({ schema, totals, models, sessions }: Report) => ({ schema, totals, models, sessions }))(expected));
		return { index, ...figures };
	}

	const damages: readonly (readonly [what: string, damage: (file: string) => void])[] = [
		['cut off', file => truncateSync(file, Math.floor(statSync(file).size / 3))],
		['empty', file => truncateSync(file, 0)],
		[
			'of random bytes',
			file =>
				writeFileSync(
					file,
					Buffer.from(
						Array.from(
							{ length: 20_000 },
							(
								(random: Random) => () =>
									random.integer(0, 255)
							)(new Random(1)),
						),
					),
				),
		],
		[
			'with a page overwritten',
			file => {
				const bytes = readFileSync(file);
				bytes.fill(0xa5, 8192, 12_288);
				writeFileSync(file, bytes);
			},
		],
	];
	for (const [what, damage] of damages) {
		it(`with an index ${what} reports the same, says so in one line and keeps the damaged file`, async () => {
			damage(indexIn(data));
			const ended = await report(data);
			assertSame(ended);
			assert.match(ended.stderr, /index-\w+\.sqlite/);
			assert.doesNotMatch(ended.stderr, /^\s+at /m);
			assert.ok(readdirSync(data).some(name => /^index-.*damaged/.test(name)));
			const again = await report(data);
			assert.equal(again.stderr, '');
			assert.equal(assertSame(again).index.filesRead, 0);
		});
	}

	it('with a ledger of random bytes reports the same and says so', async () => {
		writeFileSync(ledgerIn(data), 'not a database'.repeat(100));
		const ended = await report(data);
		assertSame(ended);
		assert.match(ended.stderr, /ledger\.sqlite/);
		assert.ok(readdirSync(data).some(name => /^ledger\.sqlite.*damaged/.test(name)));
	});

	it('that a newer version wrote is reported from the transcripts and left as it is', async () => {
		for (const file of [indexIn(data), ledgerIn(data)]) {
			const db = new DatabaseSync(file);
			db.exec('PRAGMA user_version = 999');
			db.close();
		}
		const before = [indexIn(data), ledgerIn(data)].map(file => readFileSync(file));
		const ended = await report(data);
		assertSame(ended);
		assert.match(ended.stderr, /newer/);
		assert.deepEqual(
			[indexIn(data), ledgerIn(data)].map(file => readFileSync(file)),
			before,
		);
	});

	it('that cannot be written is reported from, and left as it is', async function () {
		if (process.platform === 'win32') {
			console.log('      skipped: permissions are not modes on Windows');
			this.skip();
		}
		chmodSync(home.root, 0o755);
		for (const name of readdirSync(data)) chmodSync(path.join(data, name), 0o444);
		chmodSync(data, 0o555);
		const before = readFileSync(indexIn(data));
		// Root writes everywhere; another user is one who cannot.
		const ended = await commanded(data, process.getuid?.() === 0 ? { uid: 65534 } : {});
		chmodSync(data, 0o755);
		assert.equal(assertSame(ended).index.filesRead, 0);
		assert.doesNotMatch(ended.stderr, /^\s+at /m);
		assert.deepEqual(readFileSync(indexIn(data)), before);
	});

	it('that is no folder is refused with its name', async () => {
		const file = home.put(home.beside('file'), 'mine');
		const ended = await commanded(file);
		assert.deepEqual([ended.code, ended.stdout], [1, '']);
		assert.ok(ended.stderr.includes(file) && !/^\s+at /m.test(ended.stderr), ended.stderr);
		assert.equal(readFileSync(file, 'utf8'), 'mine');
	});

	it('on a disk without room reports or says why not, in one line, and loses nothing', function () {
		if (process.platform === 'win32') {
			console.log('      skipped: there is no limit for the size of files on Windows');
			this.skip();
		}
		const ledgerKB = Math.ceil(statSync(ledgerIn(data)).size / 1024);
		const indexKB = Math.ceil(statSync(indexIn(data)).size / 1024);
		assert.ok(indexKB > ledgerKB + 8);
		const withRoomFor = (kilobytes: number, folder: string): ReturnType<typeof spawnSync> => {
			const command = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
			const args = [path.join(root, 'scripts', 'report.ts'), '--claude-dir', home.dir, '--all', '--json', '--data', folder];
			return spawnSync('bash', ['-c', command, process.execPath, ...args], { encoding: 'utf8', cwd: root });
		};
		const fresh = home.beside('full');
		const noRoom = withRoomFor(16, fresh);
		assert.equal(noRoom.status, 1);
		assert.match(String(noRoom.stderr), /^There is no room left to save .*\n$/);
		const little = withRoomFor(ledgerKB + 4, fresh);
		assert.match(String(little.stderr), /^The next report starts from nothing: There is no room left.*\n$/);
		assertSame({ code: little.status, stdout: String(little.stdout), stderr: '' });
		assert.ok(!readdirSync(fresh).some(name => name.startsWith('index-') && name.endsWith('.sqlite')));
		const enough = withRoomFor(100_000, fresh);
		assertSame({ code: enough.status, stdout: String(enough.stdout), stderr: '' });
	});
});
