import assert from 'node:assert/strict';
import { JobSchedule } from '../../../src/extension/jobs/schedule.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { settled, Window } from './window.ts';

const day = 86_400_000;

describe('A job that comes again and again', () => {
	let time: Date;
	let here: Window;
	let there: Window;
	const log: string[] = [];
	const schedules: JobSchedule<never>[] = [];
	const now = (): Date => time;
	beforeEach(async () => {
		log.length = 0;
		time = new Date('2026-01-02T03:04:05.678Z');
		const { ledger } = await Ledger.open({ folder: null });
		here = new Window(ledger, { now });
		there = new Window(ledger, { now });
	});
	afterEach(async () => {
		for (const each of schedules.splice(0)) each.close();
		await here.ledger.close();
	});
	const schedule = (window: Window) => new JobSchedule(window.queue, message => log.push(message));
	const due = (): string[] => here.queue.active().map(({ scheduledAt }) => scheduledAt);

	it('is made once over all windows, and due at once', async () => {
		const both = [schedule(here), schedule(there)];
		await Promise.all(both.map(each => each.ensureScheduled('copy', { from: 'a' }, day)));
		assert.deepEqual(due(), [time.toISOString()]);
	});

	it('waits before its first time where that is wanted', async () => {
		await schedule(here).ensureScheduled('copy', { from: 'a' }, day, 5_000);
		assert.deepEqual(due(), [new Date(time.getTime() + 5_000).toISOString()]);
	});

	it('is due again that long after the last one finished, whatever became of it', async () => {
		for (const each of [schedule(here), schedule(there)]) await each.ensureScheduled('copy', { from: 'a' }, day);
		for (let i = 0; i < 3; i++) {
			time = new Date(time.getTime() + 1000);
			await here.queue.cancel(here.queue.active()[0]?.id ?? '');
			await settled();
			await there.queue.feed.refresh();
			await settled();
			assert.deepEqual(due(), [new Date(time.getTime() + day).toISOString()]);
		}
		await here.queue.create('count', { upTo: 1 });
		await here.queue.cancel(here.queue.list({ type: 'count' }).jobs[0]?.id ?? '');
		await settled();
		assert.equal(here.queue.list().total, 5);
	});

	it('leaves alone what a person has put off', async () => {
		const one = schedule(here);
		await one.ensureScheduled('copy', { from: 'a' }, day);
		const later = new Date(time.getTime() + 3 * day);
		await here.queue.edit(here.queue.active()[0]?.id ?? '', { scheduledAt: later });
		await one.ensureScheduled('copy', { from: 'a' }, day);
		assert.deepEqual(due(), [later.toISOString()]);
	});

	it('comes no more when it is closed', async () => {
		const one = schedule(here);
		await one.ensureScheduled('copy', { from: 'a' }, day);
		one.close();
		await here.queue.cancel(here.queue.active()[0]?.id ?? '');
		await settled();
		assert.deepEqual(due(), []);
	});

	it('says so when the next one cannot be made', async () => {
		const one = schedule(here);
		await one.ensureScheduled('copy', { from: 'a' }, day);
		const cancelling = here.queue.cancel(here.queue.active()[0]?.id ?? '');
		const closing = here.ledger.close();
		await Promise.all([cancelling, closing]);
		await settled();
		assert.match(log.join(), /next copy could not be scheduled: The ledger is closed/);
	});
});
