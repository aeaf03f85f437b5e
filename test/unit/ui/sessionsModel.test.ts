import assert from 'node:assert/strict';
import { everySession, type GroupsQuery } from '../../../src/extension/engine/calls/listing.ts';
import type { EngineCalls } from '../../../src/extension/engine/api.ts';
import type { Engine } from '../../../src/extension/engine/client.ts';
import { groupId } from '../../../src/extension/ui/presentation/sessionTree.ts';
import { SessionsModel } from '../../../src/extension/ui/sessionsModel.ts';
import { berlin, noon, session } from './viewers.ts';

const question: GroupsQuery = { scope: 'workspace', filter: everySession, grouping: 'day', order: 'activity', weekStartsOn: 'monday' };
const look = { grouping: 'day', filtered: false } as const;
const [today, month] = [groupId({ isPinned: false, key: 'today' }, look), groupId({ isPinned: false, key: 'month-2026-10' }, look)];

/** An engine with that many sessions in each group, that notes what it was asked; `held` keeps answers back until released. */
function engineWith(counts: Readonly<Record<string, number>>) {
	const state = { counts: { ...counts }, asked: [] as string[], held: null as Promise<void> | null, forks: {} as Record<string, number> };
	const answer = (name: keyof EngineCalls, params: unknown): unknown => {
		switch (name) {
			case 'sessionGroups': {
				state.asked.push('groups');
				const groups = Object.entries(state.counts).map(([key, sessions]) => ({ isPinned: false, key, name: null, sessions }));
				return { groups, moreGroups: 0, sessions: 0, hidden: 0, needInput: 0, live: 0 };
			}
			case 'groupSessions': {
				const { group, offset, limit } = params as EngineCalls['groupSessions']['params'];
				state.asked.push(`${group.key} ${offset}`);
				const total = state.counts[group.key] ?? 0;
				const length = Math.max(0, Math.min(limit, total - offset));
				const rows = Array.from({ length }, (_, index) =>
					session({ id: `${group.key}-${offset + index}`, subagents: index === 0 ? 1 : 0 }),
				);
				return { rows, total, forks: state.forks };
			}
			case 'forks': {
				const { sessionId, offset } = params as EngineCalls['forks']['params'];
				state.asked.push(`forks of ${sessionId} ${offset}`);
				return { rows: [session({ id: 'fork' })], total: 1, forks: {} };
			}
			case 'subagents':
				state.asked.push('subagents');
				return [];
			default:
				throw new Error(`nobody asks for ${name}`);
		}
	};
	const engine: Pick<Engine, 'call'> = {
		async call<K extends keyof EngineCalls>(name: K, params: EngineCalls[K]['params']): Promise<EngineCalls[K]['result']> {
			const given = answer(name, params);
			await state.held;
			return given as EngineCalls[K]['result'];
		},
	};
	return { engine, state };
}

const modelOn = (engine: Pick<Engine, 'call'>, asked: GroupsQuery = question, clock = { nowMs: noon }) =>
	new SessionsModel(engine, asked, () => ({
		viewer: berlin,
		nowMs: clock.nowMs,
		grouping: asked.grouping,
		showProject: false,
		filtered: false,
	}));

describe('The sessions that the tree shows', () => {
	it('are counted group by group first, and asked for when a group is opened', async () => {
		const { engine, state } = engineWith({ today: 2, 'month-2026-10': 9_000 });
		const model = modelOn(engine);
		assert.equal(model.groups, null);
		assert.equal(await model.reload(), 'everything');
		assert.deepEqual(model.tree.roots, [today, month]);
		assert.deepEqual(state.asked, ['groups']);
		assert.deepEqual(await model.children(today), ['session/today-0', 'session/today-1']);
		assert.deepEqual(state.asked, ['groups', 'today 0']);
		assert.equal(model.row('session/today-1')?.id, 'today-1');
		assert.equal(model.row(today), null);
		assert.deepEqual(await model.children(today), ['session/today-0', 'session/today-1']);
		assert.deepEqual(state.asked, ['groups', 'today 0'], 'what is known is not asked for');
	});

	it('come a page at a time, and only as many as a person wanted to see', async () => {
		const { engine, state } = engineWith({ 'month-2026-10': 450 });
		const model = modelOn(engine);
		await model.reload();
		assert.equal((await model.children(month)).length, 201, 'with the row that says how many are not shown');
		state.asked.length = 0;
		assert.deepEqual(await model.showMore(month), [month]);
		assert.deepEqual(state.asked, ['month-2026-10 0', 'month-2026-10 200']);
		await model.showMore(month);
		assert.equal((await model.children(month)).length, 450);
		state.asked.length = 0;
		await model.reload();
		assert.deepEqual(state.asked.toSorted(), ['groups', 'month-2026-10 0', 'month-2026-10 200', 'month-2026-10 400']);
	});

	it('are no more than two thousand of a group, however often a person asks for more', async () => {
		const { engine } = engineWith({ 'month-2026-10': 9_000 });
		const model = modelOn(engine);
		await model.reload();
		await model.children(month);
		for (let clicks = 0; clicks < 12; clicks++) await model.showMore(month);
		assert.equal((await model.children(month)).length, 2_001);
	});

	it('of a group that was closed are not asked for again until it is opened', async () => {
		const { engine, state } = engineWith({ today: 2, 'month-2026-10': 3 });
		const model = modelOn(engine);
		await model.reload();
		await Promise.all([model.children(today), model.children(month)]);
		model.close(month);
		state.asked.length = 0;
		assert.deepEqual(await model.reload(), [month], 'it is drawn again, so that it asks when it is opened');
		assert.deepEqual(state.asked.toSorted(), ['groups', 'today 0']);
		assert.equal((await model.children(month)).length, 3);
		assert.deepEqual(await model.reload(), []);
	});

	it('can be acted on as long as VS Code shows them: until the rows of another question are there', async () => {
		const { engine } = engineWith({ today: 2 });
		const model = modelOn(engine);
		await model.reload();
		await model.children(today);
		model.ask({ ...question, order: 'cost' });
		assert.equal(model.row('session/today-1')?.id, 'today-1', 'while the groups are asked for');
		await model.reload();
		model.ask({ ...question, order: 'title' });
		await model.reload();
		assert.equal(model.row('session/today-1')?.id, 'today-1', 'while VS Code asks for what is in the groups');
		await model.children(today);
		model.ask({ ...question, order: 'activity' });
		assert.equal(model.row('session/gone'), null);
	});

	it('stand at the top without grouping', async () => {
		const { engine, state } = engineWith({ '': 2 });
		const model = modelOn(engine, { ...question, grouping: 'none' });
		await model.reload();
		assert.deepEqual(model.tree.roots, ['session/-0', 'session/-1']);
		assert.deepEqual(state.asked.toSorted(), [' 0', 'groups']);
	});

	it('have what stands below them when they are opened', async () => {
		const { engine, state } = engineWith({ today: 1 });
		state.forks = { 'today-0': 1 };
		const model = modelOn(engine);
		await model.reload();
		await model.children(today);
		state.asked.length = 0;
		assert.deepEqual(await model.children('session/today-0'), ['session/today-0/fork']);
		assert.deepEqual(state.asked, ['subagents', 'forks of today-0 0']);
		assert.deepEqual(await model.reload(), []);
	});

	it('that went are forgotten with what stood below them', async () => {
		const { engine, state } = engineWith({ today: 1, 'month-2026-10': 1 });
		const model = modelOn(engine);
		await model.reload();
		await model.children(month);
		state.counts = { today: 1 };
		assert.equal(await model.reload(), 'everything');
		state.asked.length = 0;
		await model.reload();
		assert.deepEqual(state.asked, ['groups']);
		assert.deepEqual(await model.children(month), []);
	});

	it('forget the answer to a question that nobody asks any more', async () => {
		const { engine, state } = engineWith({ today: 2 });
		const model = modelOn(engine);
		const { promise, resolve } = Promise.withResolvers<undefined>();
		state.held = promise.then(() => undefined);
		const late = model.reload();
		model.ask({ ...question, scope: 'all' });
		resolve(undefined);
		assert.equal(await late, null);
		assert.equal(model.groups, null);
		assert.deepEqual(model.tree.roots, []);
		await model.reload();
		assert.deepEqual(model.tree.roots, [today]);
	});

	it('stay until another question is answered, and open nothing more meanwhile', async () => {
		const { engine, state } = engineWith({ today: 2, 'month-2026-10': 3 });
		const model = modelOn(engine);
		await model.reload();
		await model.children(today);
		model.ask({ ...question, order: 'cost' });
		assert.equal(model.groups, null);
		assert.deepEqual(await model.children(today), ['session/today-0', 'session/today-1']);
		state.asked.length = 0;
		assert.deepEqual(await model.children(month), []);
		assert.deepEqual(await model.showMore(today), []);
		assert.deepEqual(state.asked, []);
		assert.equal(model.question.order, 'activity', 'of what is shown');
		assert.deepEqual(await model.reload(), [today], 'what was open asks again');
		assert.equal(model.question.order, 'cost');
		assert.equal((await model.children(today)).length, 2);
	});

	it('go when another question cannot be answered', async () => {
		const { engine } = engineWith({ today: 2 });
		let isBroken = false;
		const model = modelOn({
			call: (name, params, options) => (isBroken ? Promise.reject(new Error('no engine')) : engine.call(name, params, options)),
		});
		await model.reload();
		isBroken = true;
		await assert.rejects(model.reload(), /no engine/);
		assert.deepEqual(model.tree.roots, [today], 'the answer to the same question stays');
		model.ask({ ...question, scope: 'all' });
		await assert.rejects(model.reload(), /no engine/);
		assert.deepEqual(model.tree.roots, []);
	});

	it('go at once when there is nothing to ask about', async () => {
		const model = modelOn(engineWith({ today: 2 }).engine);
		await model.reload();
		model.clear();
		assert.deepEqual([model.tree.roots, model.groups], [[], null]);
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

	it('end when the engine has fewer than it said', async () => {
		const { engine, state } = engineWith({ today: 0 });
		const model = modelOn({
			call: async (name, params, options) => {
				const given = await engine.call(name, params, options);
				return (name === 'groupSessions' ? { ...(given as object), total: 5 } : given) as typeof given;
			},
		});
		await model.reload();
		assert.deepEqual(await model.children(today), []);
		assert.deepEqual(state.asked, ['groups', 'today 0']);
	});

	it('move on with time without asking anybody', async () => {
		const { engine, state } = engineWith({ today: 1 });
		const clock = { nowMs: noon };
		const model = modelOn(engine, question, clock);
		assert.deepEqual(model.retell(), [], 'nothing is there to move');
		await model.reload();
		await model.children(today);
		clock.nowMs += 3_600_000;
		assert.deepEqual(model.retell(), ['session/today-0']);
		assert.equal(state.asked.length, 2);
	});
});
