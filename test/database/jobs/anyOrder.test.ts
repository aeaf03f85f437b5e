import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { isFinished } from '../../../src/extension/jobs/job.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { examples } from '../../support/examples.ts';
import { settled, Window } from './window.ts';

/** What may happen, to one of three workers or one of the jobs. */
const happening = fc.oneof(
	fc.record({ what: fc.constant('create' as const), priority: fc.integer({ min: 0, max: 2 }) }),
	fc.record({ what: fc.constantFrom(...(['finish', 'fail', 'cancel'] as const)), job: fc.nat(9) }),
	fc.record({ what: fc.constantFrom(...(['die', 'stop'] as const)), worker: fc.nat(2) }),
	fc.record({ what: fc.constant('pass' as const), seconds: fc.constantFrom(1, 6, 31) }),
);

interface Running {
	readonly window: Window;
	readonly end: (error: Error | null) => void;
}

describe('Whatever three workers, their deaths and their users do', () => {
	beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.parse('2026-01-02T03:04:05.678Z') }));
	afterEach(() => mock.timers.reset());

	async function pass(ms: number): Promise<void> {
		for (let left = ms; left > 0; left -= 250) {
			mock.timers.tick(250);
			await settled();
		}
	}

	it('no job ever runs twice at once, and none is lost', async function () {
		this.timeout(120_000);
		await fc.assert(
			fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40 }), async happenings => {
				const { ledger } = await Ledger.open({ folder: null });
				const running = new Map<string, Running>();
				const dead = new Set<Window>();
				let twice = 0;
				let machines = 0;
				const begin = (): Window => {
					const window = new Window(ledger, { owner: { host: `machine ${++machines}/1`, pid: 1, start: null } });
					window.registry.handle('count', ({ upTo }, run) => {
						const other = running.get(run.job.id);
						if (other !== undefined && !dead.has(other.window)) twice++;
						return new Promise((resolve, reject) => {
							const end = (error: Error | null): void => {
								if (running.get(run.job.id)?.end === end) running.delete(run.job.id);
								if (error === null) resolve({ counted: upTo });
								else reject(error);
							};
							running.set(run.job.id, { window, end });
							run.signal.addEventListener('abort', () => end(run.signal.reason as Error));
						});
					});
					window.worker.start();
					return window;
				};
				const person = new Window(ledger);
				const created: string[] = [];
				// Nobody can tell from here that they are dead: their leases end.
				const workers = [begin(), begin(), begin()];
				const replace = async (index: number, how: 'die' | 'stop'): Promise<void> => {
					const window = workers[index] ?? assert.fail();
					if (how === 'stop') {
						const stopped = window.worker.stop();
						await pass(2000);
						await stopped;
					} else {
						dead.add(window);
						mock.method(window.queue.feed, 'change', () => new Promise(() => undefined));
						mock.method(window.queue.feed, 'refresh', () => new Promise(() => undefined));
					}
					workers[index] = begin();
				};
				const befall = async (what: 'finish' | 'fail' | 'cancel', id: string): Promise<void> => {
					const status = person.queue.get(id)?.status;
					if (what !== 'cancel') running.get(id)?.end(what === 'fail' ? new Error('no luck') : null);
					else if (status === 'pending' || status === 'running') await person.queue.cancel(id);
				};
				for (const each of happenings) {
					if (each.what === 'create') created.push((await person.queue.create('count', { upTo: 1 }, { priority: each.priority })).id);
					else if (each.what === 'pass') await pass(each.seconds * 1000);
					else if ('worker' in each) await replace(each.worker, each.what);
					else await befall(each.what, created[each.job] ?? '');
					await settled();
					assert.equal(twice, 0);
				}
				for (let i = 0; i < 60 && person.queue.active().length > 0; i++) {
					for (const each of [...running.values()]) if (!dead.has(each.window)) each.end(null);
					await pass(1000);
				}
				assert.equal(twice, 0);
				assert.deepEqual(
					created.map(id => isFinished(person.queue.get(id)?.status ?? 'pending')),
					created.map(() => true),
				);
				const stopped = Promise.all(workers.map(each => each.worker.stop()));
				await pass(2000);
				await stopped;
				mock.restoreAll();
				await ledger.close();
			}),
			{ numRuns: examples(40), seed: 32 },
		);
	});
});
