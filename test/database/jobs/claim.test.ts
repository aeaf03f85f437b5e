import assert from 'node:assert/strict';
import type { Limits } from '../../../src/extension/jobs/claim.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { settled, untilStopped, Window, type WindowOptions } from './window.ts';

describe('A claim', () => {
	let ledger: Ledger;
	const opened: Window[] = [];
	beforeEach(async () => {
		({ ledger } = await Ledger.open({ folder: null }));
	});
	afterEach(async () => {
		await Promise.all(opened.splice(0).map(each => each.worker.stop()));
		await ledger.close();
	});

	/** A window that takes what it can and keeps it; `taken` is in the order in which it did. */
	function window(options: WindowOptions = {}): Window & { taken: string[] } {
		const made = Object.assign(new Window(ledger, options), { taken: new Array<string>() });
		for (const type of ['count', 'copy', 'send'] as const) {
			made.registry.handle(type, (_: unknown, run): Promise<never> => {
				made.taken.push(run.job.id);
				return untilStopped(run);
			});
		}
		opened.push(made);
		return made;
	}
	const limits = (overall: number, byType: Limits['byType'] = {}) => ({ limits: () => ({ overall, byType }) });

	it('takes the highest priority first, the oldest of equals, and nothing that is not due', async () => {
		const here = window(limits(3));
		const make = async (priority: number, scheduledAt = new Date(0)): Promise<string> =>
			(await here.queue.create('count', { upTo: 1 }, { priority, scheduledAt })).id;
		const [low, high, low2, high2] = [await make(1), await make(2, new Date(5)), await make(1), await make(2)];
		const future = await make(9, new Date(Date.now() + 1e6));
		here.worker.start();
		await settled();
		assert.deepEqual(here.taken, [high, high2, low]);
		await here.queue.cancel(high2);
		await settled();
		assert.deepEqual(here.taken, [high, high2, low, low2]);
		assert.equal(here.state(future), 'pending');
	});

	it('takes only what its window is for and has the means for', async () => {
		const here = window({ capabilities: () => ({ scopes: new Set(['/a', '/b']), needs: new Set(['trust']) }) });
		const make = async (scope: string | null, ...needs: string[]): Promise<string> =>
			(await here.queue.create('send', {}, { needs, ...(scope === null ? {} : { scope }) })).id;
		const mine = [await make('/a'), await make(null), await make('/b', 'trust')];
		const others = [await make('/c'), await make('/a', 'consent'), await make(null, 'trust', 'consent')];
		here.worker.start();
		await settled();
		assert.deepEqual(here.taken, mine);
		assert.deepEqual(others.map(id => here.state(id)), ['pending', 'pending', 'pending']); // prettier-ignore
		const all = window({ capabilities: () => ({ scopes: 'all', needs: new Set(['trust', 'consent']) }) });
		all.worker.start();
		await settled();
		assert.deepEqual(all.taken, [others[0]]);
	});

	it('is tried again when its window has got what was missing', async () => {
		const needs = new Set<string>();
		const here = window({ capabilities: () => ({ scopes: 'all', needs }) });
		const { id } = await here.queue.create('send', {}, { needs: ['trust'] });
		here.worker.start();
		await settled();
		assert.equal(here.state(id), 'pending');
		needs.add('trust');
		here.worker.look();
		await settled();
		assert.equal(here.state(id), 'running');
	});

	it('keeps to the limits of all types and of each, counted over all windows', async () => {
		const both = limits(5, { send: 2 });
		const [here, there] = [window(both), window(both)];
		for (let i = 0; i < 6; i++) await here.queue.create('send', {});
		for (let i = 0; i < 3; i++) await here.queue.create('copy', { from: '' });
		here.worker.start();
		there.worker.start();
		await settled();
		// Of `copy` the type itself says that there is one at a time.
		assert.equal(here.taken.length + there.taken.length, 3);
		for (let i = 0; i < 6; i++) await here.queue.create('count', { upTo: 1 });
		await settled();
		assert.equal(here.taken.length + there.taken.length, 5);
		assert.equal(here.worker.running + there.worker.running, 5);
	});
});
