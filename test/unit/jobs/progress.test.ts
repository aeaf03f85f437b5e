import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { JobProgress } from '../../../src/extension/jobs/job.ts';
import { CoalescedProgress } from '../../../src/extension/jobs/progress.ts';

const of = (current: number): JobProgress => ({ current, total: null, message: null });
const settled = (): Promise<void> => new Promise(resolve => void setImmediate(resolve));

describe('Progress', () => {
	const written: number[] = [];
	let progress: CoalescedProgress;
	let isWritable: boolean;
	beforeEach(() => {
		mock.timers.enable({ apis: ['setTimeout'] });
		written.length = 0;
		isWritable = true;
		progress = new CoalescedProgress(200, ({ current }) => {
			written.push(current);
			return Promise.resolve(isWritable);
		});
	});
	afterEach(() => mock.timers.reset());

	async function pass(ms: number): Promise<void> {
		mock.timers.tick(ms);
		await settled();
	}

	it('is written at once, and then the latest every 200 ms', async () => {
		for (const current of [1, 2, 3]) progress.set(of(current));
		await settled();
		assert.deepEqual(written, [1]);
		await pass(199);
		assert.deepEqual(written, [1]);
		await pass(1);
		assert.deepEqual(written, [1, 3]);
		await pass(200);
		progress.set(of(4));
		assert.deepEqual(written, [1, 3, 4]);
	});

	it('that waits is handed over at the end, and nothing comes after', async () => {
		progress.set(of(1));
		progress.set(of(2));
		await settled();
		assert.deepEqual(progress.end(), of(2));
		progress.set(of(3));
		await pass(1000);
		assert.deepEqual(written, [1]);
	});

	it('that was all written leaves nothing', async () => {
		progress.set(of(1));
		await pass(200);
		assert.equal(progress.end(), null);
	});

	it('that could not be written is tried again, and handed over at the end', async () => {
		isWritable = false;
		progress.set(of(1));
		await settled();
		await pass(200);
		progress.set(of(2));
		await pass(200);
		assert.deepEqual(written, [1, 1, 2]);
		assert.deepEqual(progress.end(), of(2));
	});

	it('does not pile up behind a slow disk', async () => {
		const slow = Promise.withResolvers<boolean>();
		const tried: number[] = [];
		progress = new CoalescedProgress(200, ({ current }) => {
			tried.push(current);
			return slow.promise;
		});
		progress.set(of(1));
		await settled();
		progress.set(of(2));
		await pass(1000);
		progress.set(of(3));
		assert.deepEqual(tried, [1]);
		slow.resolve(true);
		await settled();
		await pass(200);
		assert.deepEqual(tried, [1, 3]);
		progress.set(of(4));
		progress.end();
	});
});
