import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Ledger, LedgerError, type LedgerReason } from '../../../src/extension/store/ledger/ledger.ts';
import { settled, untilStopped, Window } from './window.ts';

describe('In trouble, the worker', () => {
	let ledger: Ledger;
	let here: Window;
	let unhandled: unknown[];
	const onUnhandled = (error: unknown): void => void unhandled.push(error);
	beforeEach(async () => {
		unhandled = [];
		process.on('unhandledRejection', onUnhandled);
		({ ledger } = await Ledger.open({ folder: null }));
		mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.parse('2026-01-02T03:04:05.678Z') });
		here = new Window(ledger);
	});
	afterEach(async () => {
		mock.restoreAll();
		const stopped = here.worker.stop();
		await pass(2500);
		await stopped;
		await ledger.close();
		mock.timers.reset();
		process.off('unhandledRejection', onUnhandled);
		assert.deepEqual(unhandled, []);
	});
	async function pass(ms: number): Promise<void> {
		await settled();
		for (let left = ms; left > 0; left -= 50) {
			mock.timers.tick(Math.min(left, 50));
			await settled();
		}
	}
	/** The disk is full, or whatever else is named, for each change until this is called. */
	function refuseChanges(reason: LedgerReason): () => void {
		const refusal = mock.method(ledger, 'change', () => Promise.reject(new LedgerError(reason, `the ledger says: ${reason}`)));
		return () => refusal.mock.restore();
	}

	/** A job that runs, and whose outcome comes while the ledger refuses changes. */
	async function outcomeRefused(reason: LedgerReason): Promise<{ readonly id: string; readonly again: () => void }> {
		const result = Promise.withResolvers<{ counted: number }>();
		here.registry.handle('count', () => result.promise);
		const { id } = await here.queue.create('count', { upTo: 3 });
		here.worker.start();
		await pass(0);
		const again = refuseChanges(reason);
		result.resolve({ counted: 3 });
		return { id, again };
	}

	it('keeps an outcome while the disk is full, and writes it when there is room', async () => {
		const { id, again: thereIsRoom } = await outcomeRefused('disk full');
		await pass(9000);
		assert.deepEqual([here.state(id), here.worker.running], ['running', 1]);
		thereIsRoom();
		await pass(1000);
		assert.deepEqual([here.state(id), here.queue.get(id)?.result], ['completed', { counted: 3 }]);
		assert.equal(here.log.filter(line => line.includes('outcome')).length, 1);
		assert.equal(here.log.filter(line => line.includes('held up')).length, 1);
	});

	it('does not wait for room when its window closes, and leaves the job to the next', async () => {
		const { id, again: thereIsRoom } = await outcomeRefused('disk full');
		await pass(100);
		const stopped = here.worker.stop();
		await pass(1500);
		await stopped;
		thereIsRoom();
		assert.equal(here.state(id), 'running');
		const next = new Window(ledger);
		next.registry.handle('count', () => Promise.resolve({ counted: 4 }));
		next.worker.start();
		await pass(26_000);
		await next.worker.stop();
		assert.equal(here.state(id), 'completed');
	});

	it('claims nothing from a ledger that refuses changes, says so once, and stops what runs', async () => {
		here.registry.handle('count', (_, run) => untilStopped(run));
		const { id } = await here.queue.create('count', { upTo: 3 });
		here.worker.start();
		await pass(0);
		mock.getter(ledger, 'refusal', () => new LedgerError('other version', 'reload the window'));
		await pass(60_000);
		assert.deepEqual([here.state(id), here.worker.running], ['running', 0]);
		assert.deepEqual(here.log, ['Jobs are held up: reload the window']);
	});

	it('gives an outcome up that can never be written', async () => {
		const { again } = await outcomeRefused('other version');
		await pass(10);
		assert.equal(here.worker.running, 0);
		assert.match(here.log.join(), /outcome could not be written.*other version/);
		again();
	});

	it('goes on when a claim could not be written', async () => {
		here.registry.handle('count', () => Promise.resolve({ counted: 3 }));
		const { id } = await here.queue.create('count', { upTo: 3 });
		const again = refuseChanges('busy');
		here.worker.start();
		await pass(20_000);
		assert.equal(here.state(id), 'pending');
		again();
		await pass(5000);
		assert.equal(here.state(id), 'completed');
		assert.deepEqual(here.log, ['Jobs are held up: the ledger says: busy']);
	});

	it('fails a job whose end those that follow it do not take', async () => {
		const follower = new Window(ledger, {
			onStatus: (_, job) => {
				if (job.status === 'completed') throw new RangeError('this does not fit');
			},
		});
		follower.registry.handle('count', () => Promise.resolve({ counted: 3 }));
		const { id } = await follower.queue.create('count', { upTo: 3 });
		follower.worker.start();
		await pass(0);
		await follower.worker.stop();
		assert.equal(follower.state(id), 'failed: failed');
		assert.match(follower.log.join(), /this does not fit/);
	});

	it('leaves a job to its lease when those that follow it take no end at all', async () => {
		const follower = new Window(ledger, {
			onStatus: (_, job) => {
				if (job.finishedAt !== null) throw new RangeError('this does not fit');
			},
		});
		follower.registry.handle('count', () => Promise.resolve({ counted: 3 }));
		const { id } = await follower.queue.create('count', { upTo: 3 });
		follower.worker.start();
		await pass(0);
		await follower.worker.stop();
		assert.deepEqual([follower.state(id), follower.worker.running], ['running', 0]);
	});

	it('lets a handler do without its progress', async () => {
		const result = Promise.withResolvers<{ counted: number }>();
		here.registry.handle('count', (_, run) => {
			void result.promise.then(() => run.progress(3, 3));
			run.progress(1, 3);
			return result.promise.then(async each => (await run.saveCheckpoint(3).catch(() => undefined), each));
		});
		const { id } = await here.queue.create('count', { upTo: 3 });
		here.worker.start();
		await pass(0);
		const again = refuseChanges('disk full');
		await pass(300);
		result.resolve({ counted: 3 });
		await pass(300);
		again();
		await pass(1000);
		assert.deepEqual([here.state(id), here.queue.get(id)?.progress.current], ['completed', 3]);
	});
});
