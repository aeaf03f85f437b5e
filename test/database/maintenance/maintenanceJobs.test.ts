import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../../src/extension/jobs/job.ts';
import { type JobRun, JobStop } from '../../../src/extension/jobs/jobRun.ts';
import { JobQueue, JobRefused } from '../../../src/extension/jobs/queue.ts';
import { JobRegistry } from '../../../src/extension/jobs/registry.ts';
import { JobWorker } from '../../../src/extension/jobs/worker.ts';
import {
	maintenanceJobs,
	type MaintenanceJobs,
	type MaintenanceParts,
	registerMaintenance,
} from '../../../src/extension/maintenance/maintenanceJobs.ts';
import { LedgerBackups } from '../../../src/extension/store/ledger/backups.ts';
import { IndexRunTable } from '../../../src/extension/store/ledger/indexRuns.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { addRun, all, ask, DataFolder } from './dataFolder.ts';

/** A job of another room beside those of maintenance, as in the engine. */
interface Jobs extends MaintenanceJobs {
	readonly nap: { readonly data: unknown; readonly result: null };
}
const nap = { name: 'nap', parse: (data: unknown) => data, afterOwnerDied: 'restart', concurrency: 9, timeoutMs: null } as const;
const dayMs = 86_400_000;
const today = Date.parse('2026-06-01T12:00:00.000Z');

describe('Maintenance as jobs', () => {
	let data: DataFolder;
	let ledger: Ledger;
	let clock: number;
	const windows: Window[] = [];
	beforeEach(async () => {
		data = await DataFolder.make();
		ledger = await data.open();
		clock = today;
	});
	afterEach(async () => {
		for (const each of windows.splice(0)) await each.worker.stop();
		await data.remove();
	});
	const now = (): Date => new Date(clock);
	const daysAgo = (days: number): string => new Date(today - days * dayMs).toISOString();

	interface Window {
		readonly queue: JobQueue<Jobs>;
		readonly registry: JobRegistry<Jobs>;
		readonly worker: JobWorker;
		readonly parts: MaintenanceParts;
		readonly steps: string[];
	}
	function window(of: Ledger, change: Partial<MaintenanceParts> = {}): Window {
		const registry = new JobRegistry<Jobs>({ ...maintenanceJobs, nap });
		const queue = new JobQueue<Jobs>({ ledger: of, registry, now });
		const steps: string[] = [];
		queue.onChange(jobs => jobs.forEach(({ progress }) => progress.message !== null && steps.push(progress.message)));
		const worker = new JobWorker({
			queue,
			capabilities: () => ({ scopes: 'all', needs: new Set() }),
			limits: () => ({ overall: 9, byType: {} }),
			onLog: () => undefined,
			times: { busyLookMs: 10, idleLookMs: 10, progressMs: 0, stopMs: 200 },
			chance: () => 0,
		});
		const parts: MaintenanceParts = {
			ledger: of,
			queue,
			backups: new LedgerBackups({ ledger: of, folder: data.path, now }),
			dataFolder: data.path,
			vacuumIndex: () => Promise.resolve({ bytesBefore: 9, bytesAfter: 4, isSaved: true }),
			now,
			...change,
		};
		const made = { queue, registry, worker, parts, steps };
		windows.push(made);
		return made;
	}
	/** As it is once it rests: done, or waiting to be tried again. */
	async function settled(queue: JobQueue<Jobs>, id: string): Promise<Job> {
		for (;;) {
			await new Promise(resolve => setTimeout(resolve, 5));
			const job = queue.get(id) ?? assert.fail('the job is gone');
			if (job.status !== 'running' && (job.status !== 'pending' || job.error !== null)) return job;
		}
	}
	async function ran<Name extends keyof MaintenanceJobs>(
		name: Name,
		given: MaintenanceJobs[Name]['data'],
		change: Partial<MaintenanceParts> = {},
	): Promise<{ readonly job: Job; readonly result: MaintenanceJobs[Name]['result']; readonly steps: readonly string[] }> {
		const { queue, registry, worker, parts, steps } = window(change.ledger ?? ledger, change);
		const end = registerMaintenance(registry, parts);
		worker.start();
		const { id } = await queue.create(name, given);
		const job = await settled(queue, id);
		end();
		return { job, result: job.result as MaintenanceJobs[Name]['result'], steps };
	}
	const answers = (): string => join(data.path, 'answers');
	async function file(folder: string, name: string, ageDays: number, bytes = 10): Promise<void> {
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, name), 'x'.repeat(bytes));
		await utimes(join(folder, name), (today - ageDays * dayMs) / 1000, (today - ageDays * dayMs) / 1000);
	}

	it('accept no data that would delete what must stay', async () => {
		const { queue } = window(ledger);
		const good = { keepDays: 30, keepJobs: 50, answersFolder: answers() };
		for (const [name, wrong] of [
			['clean-up', { ...good, keepDays: 0 }],
			['clean-up', { ...good, keepDays: 1.5 }],
			['clean-up', { ...good, keepJobs: -1 }],
			['clean-up', { ...good, keepJobs: '9' }],
			['clean-up', { ...good, answersFolder: 'answers' }],
			['clean-up', { ...good, answersFolder: undefined }],
			['clean-up', null],
			['backup', { keep: 0 }],
			['backup', 7],
		] as const) {
			const creating = queue.create(name, wrong as never);
			await assert.rejects(creating, (error: unknown) => error instanceof JobRefused && error.reason === 'wrong data');
		}
		for (const type of Object.values(maintenanceJobs)) {
			assert.deepEqual([type.afterOwnerDied, type.concurrency, (type.timeoutMs ?? 0) > 0], ['restart', 1, true]);
		}
	});

	describe('clean up', () => {
		const given = () => ({ keepDays: 30, keepJobs: 2, answersFolder: answers() });

		it('deletes finished jobs that are old, but neither the newest nor what is not finished', async () => {
			const { queue } = window(ledger);
			const ids: string[] = [];
			for (const days of [90, 80, 70, 60, 50, 10]) {
				clock = today - days * dayMs;
				const { id } = await queue.create('nap', { days });
				await queue.cancel(id);
				ids.push(id);
			}
			clock = today - 100 * dayMs;
			const waiting = await queue.create('nap', {}, { scheduledAt: new Date(today + dayMs) });
			clock = today;
			const { job, result } = await ran('clean-up', given());
			assert.deepEqual([job.status, result.jobs], ['completed', { before: 8, after: 4 }]);
			const left = queue.list().jobs.map(({ id }) => id);
			assert.deepEqual(left.sort(), [job.id, waiting.id, ...ids.slice(-2)].sort());
		});

		it('deletes old index runs beyond those that are shown of each index', async () => {
			const outcome = {
				status: 'completed',
				filesRead: 0,
				bytesRead: 0,
				recordsWritten: 0,
				sessionsAfter: 0,
				durationMs: 1,
				throughputMBPerSec: null,
				error: null,
			} as const;
			for (const [key, days] of [
				['a', 60],
				['b', 60],
				['a', 5],
			] as const) {
				// prettier-ignore
				const runs = new IndexRunTable(ledger, key);
				for (let i = 0; i < (key === 'b' ? 21 : 15); i++) {
					const createdAt = new Date(today - days * dayMs + i * 1000).toISOString();
					const id = `${key} ${days} ${i}`;
					await runs.begin({ id, type: 'full', scope: 'all', createdAt, startedAt: createdAt, sessionsBefore: 0 });
					if (id !== 'b 60 0') await runs.complete(id, { ...outcome, completedAt: createdAt });
				}
			}
			const { result } = await ran('clean-up', given());
			// Of `a` 15 old ones less the 5 that are shown; of `b` only the first is beyond the 20, and that one runs.
			assert.deepEqual(result.indexRuns, { before: 51, after: 41 });
			assert.deepEqual(
				['a', 'b'].map(key => new IndexRunTable(ledger, key).last().length),
				[20, 20],
			);
			assert.deepEqual(all(ledger, "SELECT status FROM index_runs WHERE id = 'b 60 0'"), [{ status: 'running' }]);
		});

		it('deletes answers that nobody waits for any more, and nothing else in their folder', async () => {
			await addRun(ledger, 'run', 'running');
			await ask(ledger, 'run', 'open', 5);
			await file(answers(), 'old.jsonl', 2, 100);
			await file(answers(), 'open.jsonl', 2, 30);
			await file(answers(), 'young.jsonl', 0.5, 7);
			await file(answers(), 'other.json', 9);
			await mkdir(join(answers(), 'folder.jsonl'));
			const { result } = await ran('clean-up', given());
			assert.deepEqual(result.answerFiles, { before: 3, after: 2 });
			assert.deepEqual(result.answerBytes, { before: 137, after: 37 });
			assert.deepEqual((await readdir(answers())).sort(), ['folder.jsonl', 'open.jsonl', 'other.json', 'young.jsonl']);
		});

		it('names what was set aside long ago, and deletes none of it', async () => {
			const old = `index-0123.sqlite.damaged-${daysAgo(100).replaceAll(':', '-')}`;
			const young = `ledger.journal.damaged-${daysAgo(80).replaceAll(':', '-')}`;
			await file(data.path, old, 1, 12);
			await file(data.path, young, 200);
			await file(data.path, 'ledger.sqlite.replaced-by-hand', 120, 3);
			await file(data.path, 'ledger.sqlite.replaced-2026-99-99T00-00-00.000Z', 1);
			const { result } = await ran('clean-up', given());
			assert.deepEqual(result.setAside, [
				{ file: 'ledger.sqlite.replaced-by-hand', bytes: 3, since: daysAgo(120) },
				{ file: old, bytes: 12, since: daysAgo(100) },
			]);
			assert.ok((await readdir(data.path)).includes(old));
		});

		it('finds nothing to do in memory and without a folder of answers', async () => {
			const { ledger: memory } = await Ledger.open({ folder: null });
			const { result, steps } = await ran('clean-up', given(), { ledger: memory, backups: null, dataFolder: null });
			const none = { before: 0, after: 0 };
			assert.deepEqual(result, {
				jobs: { before: 1, after: 1 },
				indexRuns: none,
				answerFiles: none,
				answerBytes: none,
				setAside: [],
			});
			assert.ok(steps.includes('jobs'));
			for (const each of windows.splice(0)) await each.worker.stop();
			await memory.close();
		});
	});

	it('vacuum both files and say what was won', async () => {
		const { result } = await ran('vacuum', {});
		assert.deepEqual([result.indexBytes, result.isIndexSaved], [{ before: 9, after: 4 }, true]);
		assert.ok(result.ledgerBytes !== null && result.ledgerBytes.before >= result.ledgerBytes.after && result.ledgerBytes.after > 100_000);
		const { ledger: memory } = await Ledger.open({ folder: null });
		const inMemory = await ran('vacuum', {}, { ledger: memory, backups: null, dataFolder: null });
		assert.equal(inMemory.result.ledgerBytes, null);
		for (const each of windows.splice(0)) await each.worker.stop();
		await memory.close();
	});

	it('back the ledger up and keep as many as they are told to', async () => {
		const first = await ran('backup', { keep: 2 });
		assert.deepEqual(first.result.backups, { before: 0, after: 1 });
		clock += 1000;
		await ran('backup', { keep: 2 });
		clock += 1000;
		const third = await ran('backup', { keep: 2 });
		assert.deepEqual(third.result.backups, { before: 2, after: 2 });
		assert.ok(third.result.bytes.after > 100_000);
		assert.ok(!(await readdir(join(data.path, 'backups'))).includes(first.result.file));
	});

	it('say why a backup failed: for good without files, to be tried again otherwise', async () => {
		const { job } = await ran('backup', { keep: 2 }, { backups: null });
		assert.deepEqual([job.status, job.error?.reason], ['failed', 'in memory']);
		const full = new LedgerBackups({
			ledger,
			folder: data.path,
			files: { ...nodeFiles, open: () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'open' })) },
		});
		const second = await ran('backup', { keep: 2 }, { backups: full });
		assert.deepEqual([second.job.status, second.job.error?.reason], ['pending', 'disk full']);
	});

	it('do one thing at a time, over all windows', async () => {
		const elsewhere = window(await data.open());
		const { promise: slow, resolve: finish } = Promise.withResolvers<{ bytesBefore: number; bytesAfter: number; isSaved: boolean }>();
		const vacuuming = Promise.withResolvers<null>();
		const here = window(ledger, {
			vacuumIndex: () => {
				vacuuming.resolve(null);
				return slow;
			},
		});
		for (const { registry, parts } of [here, elsewhere]) registerMaintenance(registry, parts);
		here.worker.start();
		const vacuum = await here.queue.create('vacuum', {});
		await vacuuming.promise;
		// Of two that began at once, their ids decide.
		clock += 1;
		elsewhere.worker.start();
		const backup = await elsewhere.queue.create('backup', { keep: 1 });
		const waits = await settled(elsewhere.queue, backup.id);
		assert.deepEqual([waits.status, waits.error?.reason, waits.attempts], ['pending', 'waiting', 0]);
		finish({ bytesBefore: 1, bytesAfter: 1, isSaved: false });
		assert.equal((await settled(here.queue, vacuum.id)).status, 'completed');
		clock += 10_000;
		elsewhere.worker.look();
		while (elsewhere.queue.get(backup.id)?.status !== 'completed') await new Promise(resolve => setTimeout(resolve, 5));
	});

	it('stop between two steps, and keep what they had finished', async () => {
		const handlers = new Map<string, (data: unknown, run: JobRun) => Promise<unknown>>();
		const { parts } = window(ledger);
		const kept = (name: string, handler: unknown): (() => void) => {
			handlers.set(name, handler as (data: unknown, run: JobRun) => Promise<unknown>);
			return () => undefined;
		};
		registerMaintenance({ handle: kept }, parts);
		/** Told to stop when it begins that step. */
		const stoppedAt = (name: string, step: string | null): Promise<unknown> => {
			const abort = new AbortController();
			const run = {
				job: { id: 'none' },
				signal: abort.signal,
				progress: (_current: number, _total: number, message?: string) => {
					if (message === step) abort.abort(new JobStop('cancelled'));
				},
				change: (work: Parameters<JobRun['change']>[0]) => ledger.change(work),
			} as unknown as JobRun;
			if (step === null) abort.abort(new JobStop('cancelled'));
			return handlers.get(name)?.({ keepDays: 30, keepJobs: 0, answersFolder: answers(), keep: 1 }, run) ?? Promise.resolve();
		};
		await file(answers(), 'old.jsonl', 2);
		for (const step of ['jobs', 'index runs']) {
			const { answerFiles } = (await stoppedAt('clean-up', step)) as { answerFiles: unknown };
			assert.deepEqual([answerFiles, await readdir(answers())], [{ before: 0, after: 0 }, ['old.jsonl']], step);
		}
		const { answerFiles } = (await stoppedAt('clean-up', 'answers')) as { answerFiles: unknown };
		assert.deepEqual(answerFiles, { before: 1, after: 0 });
		assert.equal(((await stoppedAt('vacuum', 'ledger')) as { indexBytes: unknown }).indexBytes, null);
		await assert.rejects(stoppedAt('backup', null), JobStop);
	});
});
