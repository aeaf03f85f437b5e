import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Report } from '../../../src/extension/insights/report.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { Random } from '../../support/historyGenerator/random.ts';
import { documentOf, type Ended, reportProcess } from '../report/reportProcess.ts';
import { ClaudeHome } from './claudeHome.ts';
import { type Figures, HeadlessEngine, indexedOnce } from './headless.ts';

describe('Two processes on one data folder (DB-5)', () => {
	let home: ClaudeHome;
	let dataDir: string;
	let expected: Figures;
	let files: number;
	before(async function () {
		this.timeout(60_000);
		home = new ClaudeHome('two');
		dataDir = home.beside('data');
		files = generateHistory(home.dir, { seed: 5, sessions: 15, bytes: 1_500_000 }).files;
		expected = await indexedOnce(home.dir, engine => engine.figures());
	});
	after(() => home.remove());

	const run = (folder: string, onStart?: (kill: () => void) => void): Promise<Ended> =>
		reportProcess(['--claude-dir', home.dir, '--all', '--json', '--data', folder], {
			onStart: child => onStart?.(() => child.kill('SIGKILL')),
		});

	function assertWhole(ended: Ended): Report {
		assert.deepEqual([ended.code, ended.stderr], [0, '']);
		const { index, ...figures } = documentOf(ended);
		assert.deepEqual(figures, JSON.parse(JSON.stringify(expected)));
		return { index, ...figures };
	}

	it('both report everything and print no error; the next one has nothing left to read', async function () {
		this.timeout(60_000);
		for (const ended of await Promise.all([run(dataDir), run(dataDir)])) assertWhole(ended);
		const { index } = assertWhole(await run(dataDir));
		assert.deepEqual([index.filesSeen, index.filesRead, index.bytesRead], [files, 0, 0]);
	});

	it('each leaves its run in the ledger', async () => {
		const engine = await HeadlessEngine.open(home.dir, { dataDir });
		const runs = engine.storage.runs();
		assert.deepEqual(
			runs.map(({ status }) => status),
			['completed', 'completed', 'completed'],
		);
		// One of the two may have begun when the other had saved already.
		const full = runs.filter(({ type }) => type === 'full').length;
		assert.ok(full === 1 || full === 2, `${full} full runs`);
		await engine.close();
	});

	it('one completes and the next starts as if nothing had been when the other is killed anywhere', async function () {
		this.timeout(120_000);
		const random = new Random('kills');
		for (let kill = 0; kill < 3; kill++) {
			const folder = home.beside(`killed ${kill}`);
			const delayMs = random.integer(300, 1500);
			const victim = run(folder, end => void pause(delayMs).then(end));
			const survivor = run(folder);
			await victim;
			assertWhole(await survivor);
			assertWhole(await run(folder));
			const { index } = assertWhole(await run(folder));
			assert.equal(index.filesRead, 0, `killed after ${delayMs} ms`);
			assert.deepEqual(
				readdirSync(folder).filter(name => name.includes('.tmp')),
				[],
			);
		}
	});
});
