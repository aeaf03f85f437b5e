import assert from 'node:assert/strict';
import type { EngineCalls, SessionListQuery } from '../../../src/extension/engine/api.ts';
import type { Engine } from '../../../src/extension/engine/client.ts';
import { SessionsModel } from '../../../src/extension/ui/sessionsModel.ts';
import { berlin, noon, session } from './viewers.ts';

const question = { scope: 'workspace', filter: '', category: null } as const;

/** An engine with `count` sessions that notes what it was asked; `hold` keeps answers back until released. */
function engineWith(count: number) {
	const state = { count, asked: [] as SessionListQuery[], held: null as Promise<void> | null };
	const engine: Pick<Engine, 'call'> = {
		async call<K extends keyof EngineCalls>(name: K, params: EngineCalls[K]['params']): Promise<EngineCalls[K]['result']> {
			assert.equal(name, 'sessions');
			const query = params as SessionListQuery;
			state.asked.push(query);
			await state.held;
			const last = Math.min(state.count, query.offset + query.limit);
			const rows = Array.from({ length: Math.max(0, last - query.offset) }, (_, index) => session({ id: `s${query.offset + index}` }));
			return { rows, total: state.count, children: {} } as EngineCalls[K]['result'];
		},
	};
	return { engine, state };
}

const modelOn = (engine: Pick<Engine, 'call'>, clock = { nowMs: noon }) =>
	new SessionsModel(engine, question, () => ({ viewer: berlin, nowMs: clock.nowMs, grouping: 'day', showProject: false, filtered: false }));

describe('the sessions that the tree shows', () => {
	it('are asked for one page at a time, and only as many as a person wanted to see', async () => {
		const { engine, state } = engineWith(450);
		const model = modelOn(engine);
		assert.equal(model.answered, false);
		assert.equal(await model.reload(), 'everything');
		assert.equal(model.answered, true);
		assert.deepEqual(state.asked, [{ ...question, offset: 0, limit: 200 }]);
		assert.equal(model.tree.notShown, 250);

		model.showMore();
		model.showMore();
		assert.equal(await model.reload(), 'everything');
		assert.deepEqual(
			state.asked.slice(1).map(({ offset }) => offset),
			[0, 200, 400],
		);
		assert.equal(model.tree.notShown, 0);
		assert.equal(model.row('session/s449')?.id, 's449');
		assert.equal(model.row('group/today'), null);
	});

	it('are no more than two thousand, however often a person asks for more', async () => {
		const { engine, state } = engineWith(10_000);
		const model = modelOn(engine);
		let clicks = 0;
		for (; model.canShowMore; clicks++) model.showMore();
		model.showMore();
		await model.reload();
		assert.equal(clicks, 9);
		assert.equal(state.asked.length, 10);
		assert.equal(model.tree.notShown, 8_000);
	});

	it('are told as unchanged when they are', async () => {
		const model = modelOn(engineWith(3).engine);
		await model.reload();
		assert.deepEqual(await model.reload(), []);
	});

	it('end when the engine has fewer than it said', async () => {
		const { engine, state } = engineWith(0);
		const model = modelOn({
			call: async (name, params, options) => {
				const answer = await engine.call(name, params, options);
				return { ...(answer as object), total: 5 } as typeof answer;
			},
		});
		await model.reload();
		assert.equal(state.asked.length, 1);
	});

	it('forget the answer to a question that nobody asks any more', async () => {
		const { engine, state } = engineWith(2);
		const model = modelOn(engine);
		const { promise, resolve } = Promise.withResolvers<undefined>();
		state.held = promise.then(() => undefined);
		const late = model.reload();
		model.ask({ scope: 'all', filter: 'x', category: 'docs' });
		resolve(undefined);
		assert.equal(await late, null);
		assert.equal(model.answered, false);
		assert.deepEqual(model.tree.roots, []);
		await model.reload();
		assert.deepEqual(state.asked.at(-1), { scope: 'all', filter: 'x', category: 'docs', offset: 0, limit: 200 });
	});

	it('pass over the failure of a question that nobody asks any more, and tell that of the present one', async () => {
		let fail: (error: Error) => void = () => undefined;
		const model = modelOn({ call: () => new Promise((_, reject) => (fail = reject)) });
		const late = model.reload();
		model.ask(question);
		fail(new Error('cancelled'));
		assert.equal(await late, null);
		const present = model.reload();
		fail(new Error('no engine'));
		await assert.rejects(present, /no engine/);
	});

	it('move on with time without asking anybody', async () => {
		const { engine, state } = engineWith(1);
		const clock = { nowMs: noon };
		const model = modelOn(engine, clock);
		assert.deepEqual(model.retell(), [], 'nothing is there to move');
		await model.reload();
		clock.nowMs += 24 * 3_600_000;
		assert.equal(model.retell(), 'everything');
		assert.deepEqual(model.tree.roots, ['group/yesterday']);
		assert.equal(state.asked.length, 1);
	});
});
