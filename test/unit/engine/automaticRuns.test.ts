import assert from 'node:assert/strict';
import { AutomaticRuns, type AutomaticRunsParts } from '../../../src/extension/engine/automaticRuns.ts';
import type { Job } from '../../../src/extension/jobs/job.ts';

const at = (time: string): string => `2026-03-10T${time}:00.000Z`;

interface Ended {
	readonly status?: Job['status'];
	readonly isAutomatic?: boolean;
	readonly stoppedBy?: 'run' | 'day' | null;
	readonly classified?: number;
	readonly scope?: string;
}

function run(finished: string, { status = 'completed', isAutomatic = true, stoppedBy = null, classified = 1, scope = 'ours' }: Ended): Job {
	const isOver = status !== 'pending' && status !== 'running';
	return {
		id: finished,
		type: 'classify',
		data: { isAutomatic },
		scope,
		needs: [],
		status,
		priority: 0,
		scheduledAt: at('00:00'),
		attempts: 1,
		maxAttempts: 3,
		timeoutMs: null,
		progress: { current: 0, total: null, message: null },
		checkpoint: null,
		result: status === 'completed' ? { stoppedBy, classified } : null,
		error: null,
		leaseOwner: null,
		leaseExpiresAt: null,
		cancelRequestedAt: null,
		createdAt: at('00:00'),
		startedAt: null,
		finishedAt: isOver ? finished : null,
		updatedAt: at('00:00'),
	};
}

describe('Automatic runs', () => {
	let now: string;
	let runs: Job[];
	let day: string;
	let started: (readonly string[])[];
	let logged: string[];

	beforeEach(() => {
		now = at('08:00');
		runs = [];
		day = at('00:00');
		started = [];
		logged = [];
	});

	const automatic = (parts: Partial<AutomaticRunsParts> = {}): AutomaticRuns =>
		new AutomaticRuns({
			isOn: () => true,
			isBusy: () => false,
			runs: () => runs,
			isOurs: ({ scope }) => scope === 'ours',
			dayStart: () => new Date(day),
			ended: () => ['one'],
			start: sessionIds => {
				started.push(sessionIds);
				return Promise.resolve();
			},
			onLog: text => logged.push(text),
			now: () => new Date(now),
			...parts,
		});

	it('asks about sessions that ended in the last day and have been quiet for ten minutes', async () => {
		const asked: string[][] = [];
		const ended = (...times: number[]): string[] => {
			asked.push(times.map(time => new Date(time).toISOString()));
			return ['one', 'two'];
		};
		assert.equal(await automatic({ ended }).look(), true);
		assert.deepEqual(asked, [['2026-03-09T08:00:00.000Z', at('07:50')]]);
		assert.deepEqual(started, [['one', 'two']]);
	});

	it('does nothing where it is off, while a run goes on, and when nothing has ended', async () => {
		assert.equal(await automatic({ isOn: () => false }).look(), false);
		assert.equal(await automatic({ isBusy: () => true }).look(), false);
		assert.equal(await automatic({ ended: () => [] }).look(), false);
		assert.deepEqual([started, logged], [[], []]);
	});

	for (const part of ['isBusy', 'runs', 'ended'] as const) {
		it(`survives an error of ${part}, and says so`, async () => {
			const broken = (): never => {
				throw new Error('no such table');
			};
			assert.equal(await automatic({ [part]: broken }).look(), false);
			assert.deepEqual(logged, ['New sessions are not classified: no such table']);
		});
	}

	it('keeps quiet where there was nothing to ask after all', async () => {
		const start = (): Promise<void> => Promise.reject(Object.assign(new Error('nothing'), { reason: 'nothing-to-do' }));
		assert.equal(await automatic({ start }).look(), false);
		assert.deepEqual(logged, []);
	});

	for (const [stoppedBy, isAutomatic, scope, rests] of [
		['day', true, 'ours', true],
		['day', false, 'others', true],
		['run', true, 'ours', true],
		['run', false, 'ours', false],
		['run', true, 'others', false],
	] as const) {
		it(`${rests ? 'rests' : 'goes on'} after the cap of a ${stoppedBy} ended a run ${isAutomatic ? 'of its own kind' : 'of a person'} for ${scope}`, async () => {
			runs = [run(at('07:00'), { stoppedBy, isAutomatic, scope })];
			assert.equal(await automatic().look(), !rests);
		});
	}

	it('asks again on the next day after a cap, or once the settings have changed', async () => {
		const looking = automatic();
		runs = [run(at('08:10'), { stoppedBy: 'day' })];
		now = at('08:15');
		assert.equal(await looking.look(), false);
		day = at('08:12');
		assert.equal(await looking.look(), true);
		day = at('00:00');
		looking.configured();
		assert.equal(await looking.look(), true);
	});

	for (const status of ['failed', 'cancelled'] as const) {
		it(`rests after a run that ${status === 'failed' ? 'failed' : 'a person cancelled'}, until the settings change or a person's run succeeds`, async () => {
			const looking = automatic();
			runs = [run(at('08:10'), { status })];
			now = at('08:15');
			assert.equal(await looking.look(), false);
			runs = [run(at('08:20'), { isAutomatic: false, classified: 0 }), ...runs];
			assert.equal(await looking.look(), false);
			runs = [run(at('08:30'), { isAutomatic: false }), ...runs];
			assert.equal(await looking.look(), true);
			runs = [run(at('08:40'), { status }), ...runs];
			assert.equal(await looking.look(), false);
			now = at('08:50');
			looking.configured();
			assert.equal(await looking.look(), true);
		});
	}

	it('goes on after a restart, and after what happened to a run of a person or of another window', async () => {
		runs = [run(at('07:00'), { status: 'failed' })];
		assert.equal(await automatic().look(), true);
		const looking = automatic();
		runs = [run(at('08:10'), { status: 'cancelled', isAutomatic: false }), run(at('08:10'), { status: 'failed', scope: 'others' })];
		assert.equal(await looking.look(), true);
	});
});
