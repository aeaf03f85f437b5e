import assert from 'node:assert/strict';
import { EngineClient } from '../../../src/extension/engine/client.ts';
import type { EngineEvents, EngineOptions, HostCalls } from '../../../src/extension/engine/api.ts';
import { ChannelError, type Handlers } from '../../../src/messaging/channel.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';

const workerFile = new URL('./fakeEngine.ts', import.meta.url);
const reasonIs = (reason: string) => (error: unknown) => error instanceof ChannelError && error.reason === reason;

function options(folder: string): EngineOptions {
	return {
		dataDir: null,
		workspaceFolders: [folder],
		claudeDirs: [],
		replaceDefaults: false,
		timeZone: 'Europe/Berlin',
		rescanSeconds: 0,
		priceOverrides: {},
		parserThreads: 0,
		indexTimeoutMs: 1000,
		claudePath: null,
		isTrusted: true,
		classification: {
			provider: 'claude-cli',
			models: { 'claude-cli': 'haiku', 'vscode-lm': '', 'anthropic-api': '', 'openai-compatible': '' },
			timeoutMs: 1000,
			concurrency: 1,
			batch: 1,
			runCapUsd: null,
			dayCapUsd: null,
			isAutomatic: false,
			loadUserSettings: false,
			anthropicUrl: '',
			openAiUrl: '',
		},
		budgets: { dailyUsd: null, weeklyUsd: null, monthlyUsd: null, threshold: 0.8, weekStartsOn: 'monday' },
		jobLimits: { overall: 1, byType: {} },
		search: { isEnabled: false },
		maintenance: { keepJobsDays: 1, backups: 0 },
	};
}

/** A window that has a key for the Anthropic API and no language model. */
const hostCalls: Handlers<HostCalls> = {
	secret: ({ provider }) => (provider === 'anthropic-api' ? 'key' : null),
	languageModels: () => [],
	askLanguageModel: () => {
		throw Object.assign(new Error('There is none'), { reason: 'not-available' });
	},
};

describe('the engine client', () => {
	const clients: EngineClient[] = [];
	afterEach(async () => {
		await Promise.all(clients.splice(0).map(client => client.dispose()));
	});

	/** Deaths are quick unless `livesMs` says otherwise; back-offs are noted, not waited for. */
	function clientOf({ folder = '/work', livesMs = 0 } = {}) {
		const seen = {
			folder,
			waits: [] as number[],
			logs: [] as string[],
			statuses: [] as IndexStatus[],
			changes: [] as EngineEvents['changed'][],
			jobs: [] as EngineEvents['jobs'][],
		};
		let clock = 0;
		const client = new EngineClient({
			workerFile,
			hostCalls,
			options: () => Promise.resolve(options(seen.folder)),
			now: () => (clock += livesMs),
			wait: ms => Promise.resolve(seen.waits.push(ms)),
		});
		client.on('log', ({ text }) => seen.logs.push(text));
		client.on('status', status => seen.statuses.push(status));
		client.on('changed', changed => seen.changes.push(changed));
		client.on('jobs', jobs => seen.jobs.push(jobs));
		clients.push(client);
		return { client, seen };
	}
	const statusThat = (client: EngineClient, holds: (status: IndexStatus) => boolean) =>
		new Promise<IndexStatus>(resolve => {
			const stop = client.on('status', status => {
				if (!holds(status)) return;
				stop();
				resolve(status);
			});
		});

	it('starts the worker with the first call and hands it the options', async () => {
		const { client, seen } = clientOf();
		assert.equal(client.status.state, 'starting');
		const status = await client.call('status', null);
		assert.equal(status.state, 'ready');
		assert.equal(client.status.state, 'ready');
		assert.deepEqual(seen.logs, ['zone Europe/Berlin']);
	});

	it('starts one worker for calls that come together', async () => {
		const { client } = clientOf();
		client.start();
		const answers = await Promise.all([client.call('status', null), client.call('status', null)]);
		assert.equal(answers[0].sessions, answers[1].sessions);
	});

	it('passes the events of the engine on until the listener stops', async () => {
		const { client, seen } = clientOf();
		const states: string[] = [];
		const stop = client.on('status', ({ state }) => states.push(state));
		await client.call('index', { type: 'incremental' });
		stop();
		await client.call('index', { type: 'incremental' });
		assert.deepEqual(states, ['ready', 'indexing']);
		assert.deepEqual(seen.changes, [{ sessionIds: null }, { sessionIds: ['one'] }, { sessionIds: ['one'] }]);
		assert.equal(client.status.state, 'indexing');
	});

	it('answers what the engine asks of its window, and tells of its jobs', async () => {
		const { client, seen } = clientOf();
		await client.call('maintain', { type: 'backup' });
		assert.ok(seen.logs.includes('the window has a key and no language model: not-available'));
		assert.deepEqual(seen.jobs, [{ active: [], recent: [] }]);
	});

	it('tells a started engine of changed options and starts none to do so', async () => {
		const { client, seen } = clientOf();
		await client.configure({ timeZone: 'UTC' });
		assert.deepEqual(seen.statuses, []);
		await client.call('status', null);
		await client.configure({ timeZone: 'Asia/Tokyo' });
		assert.equal(seen.logs.at(-1), 'zone Asia/Tokyo');
	});

	for (const [how, id] of [
		['exits', 'exit'],
		['throws', 'throw'],
	] as const) {
		it(`rejects what is pending and starts a new worker when the engine ${how}`, async () => {
			const { client, seen } = clientOf();
			const before = await client.call('status', null);
			await assert.rejects(client.call('session', { id }), reasonIs('engine-stopped'));
			const after = await client.call('status', null);
			assert.notEqual(after.sessions, before.sessions, 'another thread answers');
			assert.deepEqual(seen.waits, [500]);
			assert.ok(seen.statuses.some(status => status.state === 'starting' && status.notices[0]?.action === 'showLog'));
			assert.deepEqual(seen.changes.at(-1), { sessionIds: null }, 'views ask again');
			if (id === 'throw') assert.ok(seen.logs.some(line => line.includes('uncaught in the engine')));
		});
	}

	it('backs off longer each time and gives up after five quick deaths', async () => {
		const { client, seen } = clientOf({ folder: '/die' });
		const gaveUp = statusThat(client, status => status.state === 'error');
		client.start();
		const status = await gaveUp;
		assert.equal(status.notices[0]?.kind, 'error');
		assert.deepEqual(seen.waits, [500, 1000, 2000, 4000]);
		await assert.rejects(client.call('status', null), reasonIs('engine-degraded'));
	});

	it('comes back from the degraded state by a restart', async () => {
		const { client, seen } = clientOf({ folder: '/die' });
		const gaveUp = statusThat(client, status => status.state === 'error');
		client.start();
		await gaveUp;
		seen.folder = '/work';
		await client.restart();
		assert.equal((await client.call('status', null)).state, 'ready');
	});

	it('forgets earlier deaths when the engine had run for a minute', async () => {
		const { client, seen } = clientOf({ livesMs: 60_000 });
		for (let death = 0; death < 6; death++) await assert.rejects(client.call('session', { id: 'exit' }), reasonIs('engine-stopped'));
		assert.deepEqual(new Set(seen.waits), new Set([500]));
	});

	it('says so when the engine refuses to start, and does not start it again', async () => {
		const { client, seen } = clientOf({ folder: '/refuse' });
		await assert.rejects(client.call('status', null), reasonIs('newer-version'));
		assert.equal(client.status.state, 'error');
		assert.match(client.status.notices[0]?.text ?? '', /newer version/);
		assert.deepEqual(seen.waits, []);
	});

	it('says so when the worker file is missing', async () => {
		const { seen } = clientOf();
		const client = new EngineClient({
			workerFile: new URL('./missing.ts', import.meta.url),
			hostCalls,
			options: () => Promise.resolve(options('/work')),
			wait: ms => Promise.resolve(seen.waits.push(ms)),
		});
		clients.push(client);
		const gaveUp = statusThat(client, status => status.state === 'error');
		client.start();
		assert.equal((await gaveUp).state, 'error');
	});

	it('lets the engine save before it ends it, and rejects later calls', async () => {
		const { client, seen } = clientOf();
		await client.call('status', null);
		await client.dispose();
		await client.dispose();
		assert.ok(seen.logs.includes('saved'));
		await assert.rejects(client.call('status', null), reasonIs('disposed'));
		await client.restart();
		assert.deepEqual(seen.waits, [], 'an end that was asked for is no death');
	});

	it('can be disposed before it was started', async () => {
		const { client } = clientOf();
		await client.dispose();
		assert.equal(client.status.state, 'starting');
	});
});
