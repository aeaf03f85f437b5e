import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Job } from '../../../src/extension/jobs/job.ts';
import { JobRefused, type RefusalReason } from '../../../src/extension/jobs/queue.ts';
import { TransitionRefused } from '../../../src/extension/jobs/transitions.ts';
import { Ledger, LedgerError } from '../../../src/extension/store/ledger/ledger.ts';
import type { LedgerTransaction } from '../../../src/extension/store/ledger/transaction.ts';
import { SqliteError } from '../../../src/extension/store/sqlite.ts';
import { settled, untilStopped, Window } from './window.ts';

const refused = (reason: RefusalReason) => (error: unknown) => error instanceof JobRefused && error.reason === reason;

describe('The job queue', () => {
	let time: Date;
	let window: Window;
	let other: Window;
	let told: Job[];
	const now = (): Date => time;
	const after = (minutes: number): Date => new Date(time.getTime() + minutes * 60_000);
	beforeEach(async () => {
		time = new Date('2026-01-02T03:04:05.678Z');
		const { ledger } = await Ledger.open({ folder: null });
		window = new Window(ledger, { now });
		other = new Window(ledger, { now });
		told = [];
		window.queue.onChange(jobs => told.push(...jobs));
	});
	afterEach(async () => {
		mock.restoreAll();
		await window.worker.stop();
		await window.ledger.close();
	});

	/** Ends a job with that result, or with that error. */
	async function finished(end: unknown): Promise<Job> {
		const { id } = await window.queue.create('count', { upTo: 1 }, { maxAttempts: 1 });
		const away = window.registry.handle('count', () => (end instanceof Error ? Promise.reject(end) : Promise.resolve({ counted: 1 })));
		window.worker.start();
		await settled();
		await window.worker.stop();
		away();
		return window.queue.get(id) ?? assert.fail();
	}

	it('keeps a job with everything that was said of it', async () => {
		const made = await window.queue.create(
			'count',
			{ upTo: 3 },
			{ scope: '/home/ada/engine', needs: ['trust'], priority: 7, scheduledAt: after(5), maxAttempts: 2, timeoutMs: 1000 },
		);
		assert.deepEqual(other.queue.get(made.id), made);
		assert.deepEqual(made, {
			id: made.id,
			type: 'count',
			data: { upTo: 3 },
			scope: '/home/ada/engine',
			needs: ['trust'],
			status: 'pending',
			priority: 7,
			scheduledAt: '2026-01-02T03:09:05.678Z',
			attempts: 0,
			maxAttempts: 2,
			timeoutMs: 1000,
			progress: { current: 0, total: null, message: null },
			checkpoint: null,
			result: null,
			error: null,
			leaseOwner: null,
			leaseExpiresAt: null,
			cancelRequestedAt: null,
			createdAt: '2026-01-02T03:04:05.678Z',
			startedAt: null,
			finishedAt: null,
			updatedAt: '2026-01-02T03:04:05.678Z',
		});
		assert.equal(window.queue.get('nobody'), null);
	});

	it('fills in what its type says', async () => {
		const made = await Promise.all([
			window.queue.create('count', { upTo: 3 }),
			window.queue.create('copy', { from: 'a' }),
			window.queue.create('copy', { from: 'a' }, { timeoutMs: null }),
			window.queue.create('send', {}),
		]);
		assert.deepEqual(
			made.map(({ maxAttempts, timeoutMs, scheduledAt }) => [maxAttempts, timeoutMs, scheduledAt]),
			[
				[3, null, time.toISOString()],
				[3, 10_000, time.toISOString()],
				[3, null, time.toISOString()],
				[1, null, time.toISOString()],
			],
		);
	});

	it('refuses types nobody knows and data that are wrong, when it compiles and when it runs', async () => {
		// @ts-expect-error there is no such type
		await assert.rejects(window.queue.create('fly', {}), refused('unknown type'));
		// @ts-expect-error the data are those of another type
		await assert.rejects(window.queue.create('count', { from: 'a' }), refused('wrong data'));
		// @ts-expect-error there are no data
		await assert.rejects(window.queue.create('count'), refused('wrong data'));
		assert.equal(window.queue.list().total, 0);
	});

	it('makes what belongs to a job in the same change, or neither', async () => {
		const also = (id: string) => (tx: LedgerTransaction, job: Job) =>
			void tx.run(
				`INSERT INTO classification_jobs (id, job_id, provider, model, prompt_version, created_at) VALUES (1, ?, ?, 'haiku', 1, ?)`,
				job.id,
				id,
				job.createdAt,
			);
		const made = await window.queue.create('send', {}, { also: also('cli') });
		await assert.rejects(window.queue.create('send', {}, { also: also('cli') }), SqliteError);
		const runs = window.ledger.read(reader => reader.prepare('SELECT job_id FROM classification_jobs').all());
		assert.deepEqual([runs, window.queue.list().total], [[{ job_id: made.id }], 1]);
	});

	it('changes a job that waits, and no other', async () => {
		const { id } = await window.queue.create('count', { upTo: 3 }, { priority: 1 });
		await window.queue.edit(id, { priority: 5, scheduledAt: after(60), data: { upTo: 9 } });
		const edited = await window.queue.edit(id, {});
		assert.deepEqual([edited.priority, edited.scheduledAt, edited.data], [5, after(60).toISOString(), { upTo: 9 }]);
		await assert.rejects(window.queue.edit(id, { data: 'nine' }), refused('wrong data'));
		await assert.rejects(window.queue.edit('nobody', {}), refused('not found'));
		await window.queue.cancel(id);
		await assert.rejects(window.queue.edit(id, { priority: 6 }), refused('not pending'));
	});

	it('does not take data for a type it does not know any more', async () => {
		const { id } = await window.queue.create('count', { upTo: 3 });
		await window.ledger.change(tx => tx.run("UPDATE jobs SET type = 'fly'"));
		await assert.rejects(window.queue.edit(id, { data: {} }), refused('unknown type'));
		assert.equal((await window.queue.cancel(id)).status, 'cancelled');
	});

	it('cancels a job that waits at once, and lets a person take that back', async () => {
		const { id } = await window.queue.create('count', { upTo: 3 });
		const cancelled = await window.queue.cancel(id);
		assert.deepEqual([cancelled.status, cancelled.finishedAt], ['cancelled', time.toISOString()]);
		await assert.rejects(window.queue.cancel(id), TransitionRefused);
		await assert.rejects(window.queue.cancel('nobody'), refused('not found'));
		time = after(1);
		const again = await window.queue.retry(id);
		assert.deepEqual([again.status, again.finishedAt, again.scheduledAt], ['pending', null, time.toISOString()]);
		await assert.rejects(window.queue.retry(id), TransitionRefused);
	});

	it('lets a person retry what failed, with all its attempts', async () => {
		const failed = await finished(new Error('no luck'));
		assert.deepEqual([failed.status, failed.attempts, failed.error], ['failed', 1, { reason: 'failed', message: 'no luck' }]);
		const again = await window.queue.retry(failed.id);
		assert.deepEqual([again.status, again.attempts, again.error], ['pending', 0, null]);
	});

	it('lists what runs and waits in the order in which it will run, and what finished the newest first', async () => {
		const running = await window.queue.create('send', {});
		window.registry.handle('send', (_, run) => untilStopped(run));
		window.worker.start();
		await settled();
		const low = await window.queue.create('count', { upTo: 1 });
		const high = await window.queue.create('count', { upTo: 1 }, { priority: 1 });
		const low2 = await window.queue.create('count', { upTo: 1 });
		assert.deepEqual(
			window.queue.active().map(({ id }) => id),
			[running, high, low, low2].map(({ id }) => id),
		);
		await window.queue.cancel(high.id);
		time = after(1);
		await window.queue.cancel(low.id);
		assert.deepEqual(
			window.queue.recent(10).map(({ id }) => id),
			[low.id, high.id],
		);
		assert.deepEqual(window.queue.recent(1).length, 1);
		assert.deepEqual(
			window.queue.active().map(({ id }) => id),
			[running.id, low2.id],
		);
	});

	it('lists by type and status in pages of 200 at most, the newest first', async () => {
		await window.queue.feed.change(tx => {
			for (let i = 0; i < 250; i++) window.queue.createIn(tx, i % 5 === 0 ? 'copy' : 'count', { upTo: i, from: '' }, { priority: i });
		});
		const page = window.queue.list({ type: 'count', limit: 1000, offset: 10 });
		assert.deepEqual([page.total, page.jobs.length, page.jobs[0]?.priority], [200, 190, 237]);
		assert.deepEqual([window.queue.list({ limit: 1000 }).jobs.length, window.queue.list().jobs.length], [200, 50]);
		await window.queue.cancel(page.jobs[3]?.id ?? '');
		assert.deepEqual(
			window.queue.list({ status: 'cancelled' }).jobs.map(({ id }) => id),
			[page.jobs[3]?.id],
		);
		assert.equal(window.queue.list({ type: 'copy', status: 'cancelled' }).total, 0);
	});

	it('counts by type and status, how long they took, and why they failed', async () => {
		await finished({});
		await finished(new Error('a'));
		await finished(new Error('b'));
		await window.queue.create('copy', { from: 'a' });
		assert.deepEqual(window.queue.statistics(), {
			counts: [
				{ type: 'copy', status: 'pending', jobs: 1, meanMs: null },
				{ type: 'count', status: 'completed', jobs: 1, meanMs: 0 },
				{ type: 'count', status: 'failed', jobs: 2, meanMs: 0 },
			],
			failures: [{ type: 'count', reason: 'failed', jobs: 2 }],
		});
	});

	it('forgets old finished jobs, but keeps the newest, those that go on, and the count of changes', async () => {
		const ids: string[] = [];
		for (let i = 0; i < 6; i++) {
			const { id } = await window.queue.create('count', { upTo: 1 });
			ids.push(id);
			await window.queue.cancel(id);
			time = after(1);
		}
		const waiting = await window.queue.create('count', { upTo: 1 });
		const left = (): number[] => ids.flatMap((id, i) => (window.queue.get(id) === null ? [] : [i]));
		assert.equal(await window.queue.cleanUp(after(-3), 0), 3);
		assert.deepEqual(left(), [3, 4, 5]);
		assert.equal(await window.queue.cleanUp(after(60), 2), 1);
		assert.deepEqual(left(), [4, 5]);
		// The one that changed last of all stays: with it, what other windows have not seen yet could not be told any more.
		await window.queue.cancel(waiting.id);
		assert.equal(await window.queue.cleanUp(after(60), 0), 2);
		assert.deepEqual(
			window.queue.list().jobs.map(({ id }) => id),
			[waiting.id],
		);
	});

	it('tells of every change here, and after a look of those in other windows', async () => {
		const { id } = await window.queue.create('count', { upTo: 3 });
		await window.queue.edit(id, { priority: 5 });
		assert.deepEqual(
			told.map(({ status, priority }) => [status, priority]),
			[
				['pending', 0],
				['pending', 5],
			],
		);
		await other.queue.cancel(id);
		assert.equal(told.length, 2);
		await window.queue.feed.refresh();
		await window.queue.feed.refresh();
		assert.deepEqual(told.slice(2).map(({ id: of, status }) => [of, status]), [[id, 'cancelled']]); // prettier-ignore
	});

	it('tells only what is safe on disk', async () => {
		const flushed = Promise.withResolvers<undefined>();
		const change = window.ledger.change.bind(window.ledger);
		mock.method(window.ledger, 'change', async (work: (tx: LedgerTransaction) => unknown) => {
			const value = await change(work);
			await flushed.promise;
			return value;
		});
		const making = window.queue.create('count', { upTo: 3 });
		await settled();
		await window.queue.feed.refresh();
		assert.deepEqual([window.queue.list().total, told.length], [1, 0]);
		flushed.resolve(undefined);
		const { id } = await making;
		assert.deepEqual(told.map(job => job.id), [id]); // prettier-ignore
	});

	it('tells nothing of what did not happen', async () => {
		const change = window.ledger.change.bind(window.ledger);
		mock.method(window.ledger, 'change', async (work: (tx: LedgerTransaction) => unknown) => {
			await change(work);
			throw new LedgerError('lock lost', 'not written after all');
		});
		await assert.rejects(window.queue.create('count', { upTo: 3 }), LedgerError);
		assert.deepEqual(told, []);
	});

	it('goes on telling after somebody deleted everything', async () => {
		for (let i = 0; i < 3; i++) await window.queue.create('count', { upTo: 3 });
		await window.ledger.change(tx => tx.run('DELETE FROM jobs'));
		told = [];
		const { id } = await window.queue.create('count', { upTo: 3 });
		assert.deepEqual(told.map(job => job.id), [id]); // prettier-ignore
	});

	it('tells every listener, also after one that fails, and none that went away', async () => {
		const heard: string[] = [];
		window.queue.onChange(() => assert.fail('deaf'));
		const away = window.queue.onChange(() => heard.push('first'));
		window.queue.onChange(() => heard.push('second'));
		await window.queue.create('count', { upTo: 3 });
		away();
		await window.queue.create('count', { upTo: 3 });
		assert.deepEqual(heard, ['first', 'second', 'second']);
		assert.match(window.log.join(), /listener.*deaf/);
	});
});
