import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexRunTable, type IndexRunOutcome } from '../../../src/extension/store/ledger/indexRuns.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { WorktreeTable } from '../../../src/extension/store/ledger/worktrees.ts';
import { thisProcess } from '../../../src/extension/store/processIdentity.ts';
import { SqliteError } from '../../../src/extension/store/sqlite.ts';

const time = (minute: number): string => new Date(Date.UTC(2026, 0, 2, 3, minute)).toISOString();
const begun = (id: string, minute: number) =>
	({ id, type: 'incremental', scope: 'all', createdAt: time(minute), startedAt: time(minute), sessionsBefore: 7 }) as const;
const outcome: IndexRunOutcome = {
	status: 'completed',
	completedAt: time(59),
	filesRead: 3,
	bytesRead: 2_000_000,
	recordsWritten: 400,
	sessionsAfter: 9,
	durationMs: 1234.4,
	throughputMBPerSec: 1.62,
	error: null,
};

describe('Index runs', () => {
	let ledger: Ledger;
	beforeEach(async () => {
		({ ledger } = await Ledger.open({ folder: null }));
	});
	afterEach(() => ledger.close());

	it('are recorded at their start and completed with their figures', async () => {
		const runs = new IndexRunTable(ledger, 'places');
		await runs.begin(begun('r1', 1));
		assert.deepEqual(
			runs
				.last()
				.map(({ id, status, sessionsBefore, sessionsAfter, completedAt }) => [id, status, sessionsBefore, sessionsAfter, completedAt]),
			[['r1', 'running', 7, 7, null]],
		);
		assert.equal(await runs.complete('r1', outcome), true);
		assert.deepEqual(runs.last(), [
			{
				...begun('r1', 1),
				status: 'completed',
				completedAt: time(59),
				durationMs: 1234,
				filesSeen: 3,
				filesRead: 3,
				bytesRead: 2_000_000,
				recordsWritten: 400,
				sessionsAfter: 9,
				throughputMBPerSec: 1.62,
				error: null,
			},
		]);
	});

	it('wait before they run, and end only once', async () => {
		const runs = new IndexRunTable(ledger, 'places');
		await runs.begin({ ...begun('r1', 1), startedAt: null });
		assert.equal(runs.last()[0]?.status, 'pending');
		assert.deepEqual([await runs.start('r1', time(2)), await runs.start('r1', time(3))], [true, false]);
		assert.equal(await runs.complete('r1', { ...outcome, status: 'failed', error: 'the folder is gone' }), true);
		assert.equal(await runs.complete('r1', outcome), false);
		assert.deepEqual([runs.last()[0]?.status, runs.last()[0]?.error], ['failed', 'the folder is gone']);
	});

	it('do not fail without a reason', async () => {
		const runs = new IndexRunTable(ledger, 'places');
		await runs.begin(begun('r1', 1));
		await assert.rejects(runs.complete('r1', { ...outcome, status: 'failed' }), SqliteError);
	});

	it('are listed newest first, the last 20 of their own places', async () => {
		const runs = new IndexRunTable(ledger, 'places');
		const elsewhere = new IndexRunTable(ledger, 'other places');
		await elsewhere.begin(begun('x', 50));
		for (let i = 0; i < 25; i++) await runs.begin(begun(`r${i}`, i));
		assert.deepEqual(
			runs.last().map(({ id }) => id),
			Array.from({ length: 20 }, (_, i) => `r${24 - i}`),
		);
		assert.deepEqual(
			elsewhere.last().map(({ id }) => id),
			['x'],
		);
	});

	it('are forgotten when there are very many, those that go on never', async () => {
		const runs = new IndexRunTable(ledger, 'places');
		await runs.begin(begun('goes on', 0));
		for (let i = 0; i < 505; i++) {
			await runs.begin({ ...begun(`r${i}`, 0), createdAt: new Date(Date.UTC(2026, 0, 3) + i).toISOString() });
			await runs.complete(`r${i}`, outcome);
		}
		const kept = runs.last(1000).map(({ id }) => id);
		assert.deepEqual([kept.length, kept.includes('goes on'), kept.includes('r0')], [502, true, false]);
	});

	it('of processes that ended are marked failed at the next start, those of living ones go on', async () => {
		const dead = spawn(process.execPath, ['-e', '']);
		await once(dead, 'exit');
		const parent = { ...thisProcess(), pid: process.ppid, start: null };
		const here = new IndexRunTable(ledger, 'places');
		const tables: [string, IndexRunTable][] = [
			['killed', new IndexRunTable(ledger, 'places', { ...thisProcess(), pid: dead.pid ?? 0, start: null })],
			['elsewhere, long ago', new IndexRunTable(ledger, 'places', { host: 'elsewhere/1', pid: 1, start: null })],
			['alive', new IndexRunTable(ledger, 'places', parent)],
			['of an earlier worker', here],
		];
		for (const [id, table] of tables) await table.begin(begun(id, 1));
		await tables[1]?.[1].begin(begun('elsewhere, just now', 58));
		await here.begin(begun('done', 2));
		await here.complete('done', outcome);
		const failed = await here.failInterrupted(new Date(Date.UTC(2026, 0, 2, 4, 30)));
		assert.deepEqual([...failed].sort(), ['elsewhere, long ago', 'killed', 'of an earlier worker']);
		const run = here.last().find(({ id }) => id === 'killed');
		assert.deepEqual([run?.status, run?.completedAt], ['failed', '2026-01-02T04:30:00.000Z']);
		assert.match(run?.error ?? '', /cut off/);
		assert.deepEqual(await here.failInterrupted(new Date(Date.UTC(2026, 0, 2, 4, 30))), []);
	});
});

describe('Remembered worktrees', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'worktrees-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('come back as they were saved, and writing the same again writes nothing', async () => {
		const { ledger } = await Ledger.open({ folder });
		const table = new WorktreeTable(ledger);
		const known = [
			{ repository: '/a/.git', path: '/a-1' },
			{ repository: '/b/.git', path: '/b-1' },
		];
		await table.save(known);
		assert.deepEqual(await table.load(), known);
		await table.save([...known].reverse());
		await ledger.close();
		const { ledger: again } = await Ledger.open({ folder });
		assert.deepEqual(await new WorktreeTable(again).load(), known);
		await again.close();
	});

	it('of one repository are replaced, those of others stay', async () => {
		const { ledger } = await Ledger.open({ folder: null });
		const table = new WorktreeTable(ledger);
		await table.save([
			{ repository: '/a/.git', path: '/a-1' },
			{ repository: '/a/.git', path: '/a-2' },
			{ repository: '/b/.git', path: '/b-1' },
		]);
		await table.save([
			{ repository: '/a/.git', path: '/a-3' },
			{ repository: '/a/.git', path: '/b-1' },
		]);
		assert.deepEqual(await table.load(), [
			{ repository: '/a/.git', path: '/a-3' },
			{ repository: '/a/.git', path: '/b-1' },
		]);
		await ledger.close();
	});
});
