import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { JobStop, LeaseLost, type JobRun } from '../../../src/extension/jobs/jobRun.ts';
import { JobFailure } from '../../../src/extension/jobs/retry.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { thisProcess } from '../../../src/extension/store/processIdentity.ts';
import { settled, untilStopped, Window, type WindowOptions } from './window.ts';

/** Two windows on one ledger, and a clock that only moves when it is told to. */
describe('The worker', () => {
	let ledger: Ledger;
	let here: Window;
	let elsewhere: Window;
	const opened: Window[] = [];
	const window = (options: WindowOptions = {}): Window => {
		const made = new Window(ledger, options);
		opened.push(made);
		return made;
	};
	beforeEach(async () => {
		({ ledger } = await Ledger.open({ folder: null }));
		mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.parse('2026-01-02T03:04:05.678Z') });
		here = window();
		elsewhere = window();
	});
	afterEach(async () => {
		const stopped = Promise.all(opened.splice(0).map(each => each.worker.stop()));
		for (let i = 0; i < 20; i++) await pass(100);
		await stopped;
		await ledger.close();
		mock.timers.reset();
	});

	/** Lets the time pass in small steps, and everything happen that does. */
	async function pass(ms: number): Promise<void> {
		await settled();
		for (let left = ms; left > 0; left -= 50) {
			mock.timers.tick(Math.min(left, 50));
			await settled();
		}
	}
	const now = (): string => new Date().toISOString();
	const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

	describe('that runs a job', () => {
		it('gives it its data and stores its result', async () => {
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.registry.handle('count', ({ upTo }, run) => {
				assert.deepEqual([run.job.id, run.job.status, run.job.attempts, run.checkpoint], [id, 'running', 1, null]);
				return Promise.resolve({ counted: upTo });
			});
			here.worker.start();
			here.worker.start();
			await pass(0);
			const job = here.queue.get(id);
			assert.deepEqual([job?.status, job?.result, job?.attempts, job?.leaseOwner], ['completed', { counted: 3 }, 1, null]);
		});

		it('starts at once when one is made here, within 5 s when it is made elsewhere', async () => {
			here.registry.handle('count', () => Promise.resolve({ counted: 0 }));
			here.worker.start();
			await pass(100);
			const own = await here.queue.create('count', { upTo: 3 });
			await pass(0);
			assert.equal(here.state(own.id), 'completed');
			const other = await elsewhere.queue.create('count', { upTo: 3 });
			await pass(5000);
			assert.equal(here.state(other.id), 'completed');
		});

		it('waits until it is due, and does what was put off or brought forward', async () => {
			here.registry.handle('count', () => Promise.resolve({ counted: 0 }));
			here.worker.start();
			const [soon, late, edited] = await Promise.all(
				[2, 3600, 3600].map(seconds => here.queue.create('count', { upTo: 0 }, { scheduledAt: new Date(inSeconds(seconds)) })),
			);
			await pass(1900);
			assert.equal(here.state(soon?.id ?? ''), 'pending');
			await pass(200);
			assert.equal(here.state(soon?.id ?? ''), 'completed');
			await here.queue.edit(edited?.id ?? '', { scheduledAt: new Date() });
			await pass(0);
			assert.deepEqual([here.state(edited?.id ?? ''), here.state(late?.id ?? '')], ['completed', 'pending']);
		});

		it('begins when a handler comes, and no more once it is taken away', async () => {
			here.worker.start();
			const first = await here.queue.create('count', { upTo: 3 });
			await pass(0);
			assert.equal(here.state(first.id), 'pending');
			const takeAway = here.registry.handle('count', () => Promise.resolve({ counted: 0 }));
			assert.throws(() => here.registry.handle('count', () => Promise.resolve({ counted: 0 })), /lacks a handler/);
			await pass(0);
			takeAway();
			takeAway();
			const second = await here.queue.create('count', { upTo: 3 });
			await pass(6000);
			assert.deepEqual([here.state(first.id), here.state(second.id)], ['completed', 'pending']);
		});

		it('does not overlook what comes while it looks', async () => {
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.worker.start();
			here.registry.handle('count', () => Promise.resolve({ counted: 0 }));
			await pass(0);
			assert.equal(here.state(id), 'completed');
		});

		it('says nothing more to a handler that is through', async () => {
			let signal: AbortSignal | null = null;
			here.registry.handle('count', (_, run) => {
				({ signal } = run);
				return Promise.resolve({ counted: 0 });
			});
			await here.queue.create('count', { upTo: 3 });
			here.worker.start();
			await pass(100);
			await here.worker.stop();
			assert.equal((signal as AbortSignal | null)?.aborted, false);
		});

		it('does not claim what loses its handler on the way to the claim', async () => {
			const { id } = await here.queue.create('count', { upTo: 3 });
			const takeAway = here.registry.handle('count', () => Promise.resolve({ counted: 0 }));
			here.worker.start();
			takeAway();
			await pass(0);
			assert.equal(here.state(id), 'pending');
		});

		it('follows its status in the same change', async () => {
			const heard: string[] = [];
			const follower = window({ onStatus: (name, { status }) => heard.push(`${name} ${status}`) });
			follower.registry.handle('count', () => Promise.reject(new JobFailure('no luck', 'none', 'never')));
			follower.worker.start();
			const { id } = await follower.queue.create('count', { upTo: 3 });
			await pass(0);
			await follower.queue.retry(id);
			await pass(0);
			assert.deepEqual(heard, ['count pending', 'count running', 'count failed', 'count pending', 'count running', 'count failed']);
		});
	});

	describe('whose handler fails', () => {
		it('tries again after 2 s and 4 s, and not a fourth time', async () => {
			const starts: number[] = [];
			here.registry.handle('count', () => {
				starts.push(Date.now());
				throw new Error('no luck');
			});
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(0);
			const waiting = here.queue.get(id);
			assert.deepEqual([waiting?.status, waiting?.scheduledAt, waiting?.error?.message], ['pending', inSeconds(2), 'no luck']);
			await pass(20_000);
			assert.deepEqual(starts.map(at => Math.floor((at - (starts[0] ?? 0)) / 1000)), [0, 2, 6]); // prettier-ignore
			assert.deepEqual([here.state(id), here.queue.get(id)?.attempts], ['failed: failed', 3]);
		});

		it('waits for the time that a rate limit names, without counting it', async () => {
			let limits = 0;
			here.registry.handle('count', () => {
				if (++limits <= 5) throw new JobFailure('rate limited', 'wait', { at: new Date(inSeconds(60)) });
				return Promise.resolve({ counted: 1 });
			});
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(0);
			assert.deepEqual([here.state(id), here.queue.get(id)?.scheduledAt], ['pending: rate limited', inSeconds(60)]);
			await pass(301_000);
			assert.deepEqual([here.state(id), here.queue.get(id)?.attempts], ['completed', 1]);
		});

		it('fails for good when the data are those of another version', async () => {
			here.registry.handle('count', () => assert.fail('it has no data'));
			const { id } = await here.queue.create('count', { upTo: 3 });
			await ledger.change(tx => tx.run(`UPDATE jobs SET data = '{"downTo":0}'`));
			here.worker.start();
			await pass(0);
			assert.equal(here.state(id), 'failed: wrong data');
		});

		it('is given up on when it takes too long and does not stop, and tried again', async () => {
			here.registry.handle('copy', () => new Promise(() => undefined));
			here.worker.start();
			const { id } = await here.queue.create('copy', { from: 'a' });
			await pass(10_000);
			assert.equal(here.state(id), 'running');
			await pass(2_000);
			assert.equal(here.state(id), 'pending: timed-out');
			assert.match(here.log.join(), /did not stop.*timed-out/);
		});
	});

	describe('that is told to cancel', () => {
		it('stops the handler and keeps what it had finished', async () => {
			here.registry.handle('count', async (_, run) => {
				await untilStopped(run).catch(() => undefined);
				assert.ok(run.signal.reason instanceof JobStop && run.signal.reason.kind === 'cancelled');
				return { counted: 2 };
			});
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(100);
			const asked = await here.queue.cancel(id);
			assert.deepEqual([asked.status, asked.cancelRequestedAt], ['running', now()]);
			await pass(0);
			const job = here.queue.get(id);
			assert.deepEqual([job?.status, job?.result, job?.error], ['cancelled', { counted: 2 }, null]);
		});

		it('by another window hears of it within half a second', async () => {
			here.registry.handle('count', (_, run) => untilStopped(run));
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(700);
			await elsewhere.queue.cancel(id);
			await elsewhere.queue.cancel(id);
			await pass(500);
			assert.equal(here.state(id), 'cancelled');
		});

		it('is done with within 2 s, also when the handler does not listen; what that says later counts no more', async () => {
			let late: JobRun | null = null;
			here.registry.handle('count', (_, run) => {
				late = run;
				return new Promise(() => undefined);
			});
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(700);
			await elsewhere.queue.cancel(id);
			await pass(2000);
			assert.deepEqual([here.state(id), here.worker.running], ['cancelled', 0]);
			const run = (late as JobRun | null) ?? assert.fail();
			run.progress(1, 2);
			await assert.rejects(run.saveCheckpoint(1), LeaseLost);
			await assert.rejects(
				run.change(() => assert.fail('the lease is gone')),
				LeaseLost,
			);
			await pass(1000);
			assert.deepEqual(here.queue.get(id)?.progress, { current: 0, total: null, message: null });
		});

		it('in the moment it claims the job hears of it too', async () => {
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.registry.handle('count', (_, run) => untilStopped(run));
			here.worker.start();
			// Waits for the same turn of the ledger as the claim.
			assert.equal((await here.queue.cancel(id)).status, 'running');
			await pass(0);
			assert.equal(here.state(id), 'cancelled');
		});
	});

	describe('that reports progress', () => {
		it('lets every window see it, the last one always', async () => {
			const { promise, resolve } = Promise.withResolvers<{ counted: number }>();
			here.registry.handle('count', (_, run) => {
				for (let i = 1; i <= 10; i++) run.progress(i, 100, `item ${i}`);
				void promise.then(() => run.progress(99.7, Number.NaN));
				return promise;
			});
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(0);
			assert.deepEqual(elsewhere.queue.get(id)?.progress, { current: 1, total: 100, message: 'item 1' });
			await pass(200);
			assert.deepEqual(elsewhere.queue.get(id)?.progress, { current: 10, total: 100, message: 'item 10' });
			resolve({ counted: 1 });
			await pass(0);
			assert.deepEqual(elsewhere.queue.get(id)?.progress, { current: 99, total: null, message: null });
		});

		it('writes what was said just before the end with the end', async () => {
			here.registry.handle('count', (_, run) => {
				run.progress(1, null);
				run.progress(7.9, 9);
				return Promise.resolve({ counted: 7 });
			});
			here.worker.start();
			const { id } = await here.queue.create('count', { upTo: 3 });
			await pass(0);
			assert.deepEqual([here.state(id), here.queue.get(id)?.progress], ['completed', { current: 7, total: 9, message: null }]);
		});
	});

	describe('that stops', () => {
		/** A job that is stopped by its window, after it saved a checkpoint. */
		async function stopped(type: 'count' | 'copy' | 'send', handler: (run: JobRun) => Promise<never>): Promise<string> {
			const run = async (_: unknown, each: JobRun): Promise<never> => {
				each.progress(5, 10);
				await each.saveCheckpoint({ at: 5 });
				assert.deepEqual(each.checkpoint, { at: 5 });
				return handler(each);
			};
			here.registry.handle(type, run);
			const { id } = await (type === 'count' ? here.queue.create(type, { upTo: 9 }) : here.queue.create(type as 'copy', { from: '' }));
			here.worker.start();
			await pass(0);
			const over = here.worker.stop();
			await pass(1600);
			await over;
			return id;
		}

		it('puts a job back that resumes, which goes on elsewhere at once from its checkpoint', async () => {
			const id = await stopped('count', untilStopped);
			const job = here.queue.get(id);
			assert.deepEqual([job?.status, job?.attempts, job?.checkpoint, job?.progress.current], ['pending', 0, { at: 5 }, 5]);
			elsewhere.registry.handle('count', (_, run) => Promise.resolve({ counted: (run.checkpoint as { at: number }).at }));
			elsewhere.worker.start();
			await pass(0);
			assert.deepEqual(here.queue.get(id)?.result, { counted: 5 });
		});

		it('puts a job back that restarts, without what it had', async () => {
			const job = here.queue.get(await stopped('copy', untilStopped));
			assert.deepEqual([job?.status, job?.checkpoint, job?.progress.current], ['pending', null, 0]);
		});

		it('fails a job that must not be done twice, until a person says so', async () => {
			const id = await stopped('send', untilStopped);
			assert.equal(here.state(id), 'failed: interrupted');
			await pass(60_000);
			const again = await here.queue.retry(id);
			assert.deepEqual([again.status, again.checkpoint], ['pending', null]);
		});

		it('waits for a handler that does not listen no longer than 1.5 s', async () => {
			const id = await stopped('count', () => new Promise(() => undefined));
			assert.deepEqual([here.state(id), here.worker.running], ['pending', 0]);
			assert.match(here.log.join(), /did not stop/);
		});

		it('claims nothing more, may start again, and stops as often as one likes', async () => {
			await here.worker.stop();
			here.registry.handle('count', () => Promise.resolve({ counted: 1 }));
			here.worker.start();
			await pass(0);
			await here.worker.stop();
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.worker.look();
			await pass(60_000);
			assert.equal(here.state(id), 'pending');
			here.worker.start();
			await pass(0);
			assert.equal(here.state(id), 'completed');
		});

		it('lets go of what it was just claiming', async () => {
			here.registry.handle('count', (_, run) => untilStopped(run));
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.worker.start();
			const over = here.worker.stop();
			await pass(10);
			await over;
			assert.equal(here.state(id), 'pending');
		});

		it('cancels a job that was to be cancelled anyway', async () => {
			here.registry.handle('count', () => new Promise(() => undefined));
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.worker.start();
			await pass(0);
			await here.queue.cancel(id);
			const over = here.worker.stop();
			await pass(1500);
			await over;
			assert.equal(here.state(id), 'cancelled');
		});
	});

	describe('whose process is gone', () => {
		/** A process that can be known to be dead: there is none with that number. */
		const dead = { ...thisProcess(), pid: 2 ** 22 + 1, start: null };

		/** A window with that owner that claims a job and is never heard of again. */
		async function orphan(
			type: 'count' | 'copy' | 'send',
			owner = dead,
			before: (run: JobRun) => unknown = () => undefined,
		): Promise<string> {
			const victim = new Window(ledger, { owner, times: { renewMs: 1e9, busyLookMs: 1e9, idleLookMs: 1e9 } });
			const takeAway = victim.registry.handle(type, async (_: unknown, run: JobRun): Promise<never> => {
				await before(run);
				return new Promise<never>(() => undefined);
			});
			const { id } = await (type === 'count' ? here.queue.create(type, { upTo: 9 }) : here.queue.create(type as 'copy', { from: '' }));
			victim.worker.start();
			await pass(10);
			takeAway();
			return id;
		}
		const claimedBy = (id: string): string => here.queue.get(id)?.leaseOwner ?? '';

		it('loses its job to another window at its next look', async () => {
			const id = await orphan('count', dead, run => run.saveCheckpoint('half'));
			const was = claimedBy(id);
			here.registry.handle('count', (_, run) => (assert.equal(run.checkpoint, 'half'), untilStopped(run)));
			here.worker.start();
			await pass(0);
			assert.equal(here.state(id), 'running');
			assert.notEqual(claimedBy(id), was);
			assert.equal(here.queue.get(id)?.attempts, 1);
		});

		it('or seems alive but is not heard of, within 30 s', async () => {
			const id = await orphan('count', { host: 'another machine/1', pid: 1, start: null });
			here.registry.handle('count', () => Promise.resolve({ counted: 1 }));
			here.worker.start();
			await pass(15_000);
			assert.equal(here.state(id), 'running');
			await pass(15_000);
			assert.equal(here.state(id), 'completed');
		});

		it('leaves a job that restarts without what it had, and one that must not be done twice failed', async () => {
			const copy = await orphan('copy', dead, run => run.saveCheckpoint('half'));
			const send = await orphan('send');
			here.worker.start();
			await pass(0);
			assert.deepEqual([here.state(copy), here.queue.get(copy)?.checkpoint], ['pending', null]);
			assert.equal(here.state(send), 'failed: interrupted');
		});

		it('leaves a job cancelled whose cancel it did not live to hear of', async () => {
			const id = await orphan('count');
			await here.queue.cancel(id);
			here.worker.start();
			await pass(0);
			assert.equal(here.state(id), 'cancelled');
		});

		it('leaves jobs alone of types that this version does not know', async () => {
			const id = await orphan('count');
			await ledger.change(tx => tx.run("UPDATE jobs SET type = 'fly'"));
			here.worker.start();
			await pass(30_000);
			assert.equal(here.state(id), 'running');
		});

		/** Lets owners die over the same job; answers after how many it was given up, or null. */
		async function deathsUntilFailure(type: 'count' | 'copy', before: (run: JobRun, death: number) => unknown): Promise<number | null> {
			let death = 0;
			const id = await orphan(type, dead, run => before(run, death));
			for (death = 1; death <= 45; death++) {
				const next = new Window(ledger, { owner: dead, times: { renewMs: 1e9, busyLookMs: 1e9, idleLookMs: 1e9 } });
				const takeAway = next.registry.handle(type, async (_: unknown, run: JobRun): Promise<never> => {
					await before(run, death);
					return new Promise<never>(() => undefined);
				});
				next.worker.start();
				await settled();
				takeAway();
				if (here.queue.get(id)?.status === 'failed') {
					assert.equal(here.state(id), 'failed: owner kept dying');
					return death;
				}
			}
			return null;
		}

		it('20 times in a row over a job that comes no further fails it', async () => {
			assert.equal(await deathsUntilFailure('count', () => undefined), 20);
			assert.equal(await deathsUntilFailure('count', run => run.progress(5, 10)), 20);
			assert.equal(await deathsUntilFailure('count', (run, death) => (death === 10 ? run.saveCheckpoint(death) : undefined)), 30);
		});

		it('again and again over a job that comes further each time does no harm', async () => {
			assert.equal(await deathsUntilFailure('count', (run, death) => run.progress(death + 1, 100)), null);
		});

		it('20 times in a row over a job that begins anew each time fails it, however far it came', async () => {
			assert.equal(await deathsUntilFailure('copy', run => run.saveCheckpoint(1)), 20);
			assert.equal(await deathsUntilFailure('copy', run => run.progress(1, 2)), 20);
		});
	});

	describe('that keeps its lease', () => {
		it('runs a job for as long as it takes', async () => {
			here.registry.handle('count', (_, run) => untilStopped(run));
			elsewhere.registry.handle('count', () => assert.fail('it has an owner'));
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.worker.start();
			await pass(0);
			const lease = here.queue.get(id)?.leaseOwner;
			elsewhere.worker.start();
			await pass(120_000);
			assert.deepEqual([here.state(id), here.queue.get(id)?.leaseOwner], ['running', lease]);
		});

		it('goes on with its own job when the whole machine has slept', async () => {
			let time = Date.now();
			const sleeper = window({ now: () => new Date(time) });
			let starts = 0;
			sleeper.registry.handle('count', (_, run) => (starts++, untilStopped(run)));
			const { id } = await sleeper.queue.create('count', { upTo: 3 });
			sleeper.worker.start();
			await pass(0);
			const lease = sleeper.queue.get(id)?.leaseOwner;
			time += 8 * 3_600_000;
			sleeper.worker.look();
			await pass(6000);
			const job = sleeper.queue.get(id);
			assert.deepEqual([starts, job?.status, job?.leaseOwner], [1, 'running', lease]);
			assert.ok((job?.leaseExpiresAt ?? '') > new Date(time).toISOString());
		});

		it('notices that another window has the job, stops the handler and writes nothing', async () => {
			const sleeper = window({ times: { renewMs: 40_000, busyLookMs: 1e9 } });
			let reason: JobStop | null = null;
			sleeper.registry.handle('count', async (_, run) => {
				await untilStopped(run).catch((error: unknown) => (reason = error as JobStop));
				return { counted: -1 };
			});
			const { id } = await here.queue.create('count', { upTo: 3 });
			sleeper.worker.start();
			await pass(0);
			here.registry.handle('count', (_, run) => untilStopped(run));
			here.worker.start();
			await pass(30_000);
			const lease = here.queue.get(id)?.leaseOwner;
			assert.equal(reason, null);
			await pass(10_000);
			assert.equal((reason as JobStop | null)?.kind, 'lease-lost');
			assert.deepEqual([here.state(id), here.queue.get(id)?.leaseOwner], ['running', lease]);
		});

		it('that comes back to it, also while its former handler has not stopped', async () => {
			here.registry.handle('count', () => new Promise(() => undefined));
			const { id } = await here.queue.create('count', { upTo: 3 });
			here.worker.start();
			await pass(0);
			const lost = here.queue.get(id)?.leaseOwner;
			await ledger.change(tx =>
				tx.run(`UPDATE jobs SET status = 'pending', lease_owner = NULL, lease_expires_at = NULL, revision = revision + 1`),
			);
			await pass(1000);
			const lease = here.queue.get(id)?.leaseOwner;
			assert.notEqual(lease, lost);
			await pass(60_000);
			assert.deepEqual([here.queue.get(id)?.leaseOwner, here.worker.running], [lease, 1]);
			assert.match(here.log.join(), /did not stop.*lease-lost/);
		});

		it('changes nothing once another window has the job, also before it has noticed', async () => {
			const sleeper = window({ times: { renewMs: 1e9, busyLookMs: 1e9 } });
			const awake = Promise.withResolvers<{ counted: number }>();
			let late: JobRun | null = null;
			sleeper.registry.handle('count', (_, run) => {
				late = run;
				return awake.promise;
			});
			const { id } = await here.queue.create('count', { upTo: 3 });
			sleeper.worker.start();
			await pass(0);
			here.registry.handle('count', async (_, run) => {
				await run.saveCheckpoint('of the next');
				return untilStopped(run);
			});
			here.worker.start();
			await pass(30_000);
			const before = here.queue.get(id);
			assert.equal(before?.checkpoint, 'of the next');
			const run = (late as JobRun | null) ?? assert.fail();
			awake.resolve({ counted: -1 });
			const saving = run.saveCheckpoint('late');
			await assert.rejects(saving, LeaseLost);
			await pass(0);
			assert.deepEqual(here.queue.get(id), before);
			assert.equal(sleeper.worker.running, 0);
		});

		it('hears of it by a look, too, and by what it writes', async () => {
			const stops: unknown[] = [];
			for (const busyLookMs of [500, 1e9]) {
				const sleeper = window({ times: { renewMs: 1e9, busyLookMs, progressMs: 100 } });
				sleeper.registry.handle('send', async (_, run) => {
					const talking = setInterval(() => busyLookMs > 500 && run.progress(1, 2), 1000);
					await untilStopped(run).catch((error: unknown) => stops.push((error as JobStop).kind));
					clearInterval(talking);
					return 'sent';
				});
				const { id } = await here.queue.create('send', {});
				sleeper.worker.start();
				await pass(0);
				here.worker.start();
				await pass(30_000);
				assert.equal(here.state(id), 'failed: interrupted');
			}
			assert.deepEqual(stops, ['lease-lost', 'lease-lost']);
		});
	});
});
