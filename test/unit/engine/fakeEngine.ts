/** A worker that answers like the engine and dies, fails or falls silent when its start options say so. */
import { parentPort, threadId } from 'node:worker_threads';
import type { EngineCalls, EngineEvents, HostCalls } from '../../../src/extension/engine/api.ts';
import { portOfParent } from '../../../src/extension/engine/ports.ts';
import { Channel, ChannelError } from '../../../src/messaging/channel.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';

if (parentPort === null) throw new Error('runs as a worker only');

type Answered = Pick<EngineCalls, 'start' | 'status' | 'session' | 'stop' | 'index' | 'configure' | 'maintain'>;

const status: IndexStatus = {
	state: 'ready',
	filesDone: 1,
	filesTotal: 1,
	bytesDone: 1,
	bytesTotal: 1,
	sessions: threadId,
	lastIndexedAt: null,
	notices: [],
};

const channel = new Channel<Answered, HostCalls, object, EngineEvents>(portOfParent(parentPort), {
	start: options => {
		if (options.workspaceFolders.includes('/die')) process.exit(3);
		if (options.workspaceFolders.includes('/refuse'))
			throw Object.assign(new Error('written by a newer version'), { reason: 'newer-version' });
		channel.emit('log', { level: 'info', text: `zone ${options.timeZone}` });
		return status;
	},
	status: () => status,
	// A call that kills the engine while it is under way.
	session: ({ id }) => {
		if (id !== 'throw') process.exit(7);
		setImmediate(() => {
			throw new Error('uncaught in the engine');
		});
		return new Promise<null>(() => undefined);
	},
	index: () => {
		channel.emit('status', { ...status, state: 'indexing' });
		channel.emit('changed', { sessionIds: ['one'] });
		return { runId: 'run' };
	},
	// Asks its window for all that it can give.
	maintain: async () => {
		const key = await channel.request('secret', { provider: 'anthropic-api' });
		const models = await channel.request('languageModels', null);
		const answer = await channel.request('askLanguageModel', { model: 'm', system: 's', user: 'u' }).catch((error: unknown) => error);
		const reason = answer instanceof ChannelError ? answer.reason : 'none';
		const has = `${key === null ? 'no' : 'a'} key and ${models.length === 0 ? 'no' : 'a'} language model`;
		channel.emit('log', { level: 'info', text: `the window has ${has}: ${reason}` });
		channel.emit('jobs', { active: [], recent: [] });
		return { jobId: 'job' };
	},
	configure: ({ timeZone }) => {
		channel.emit('log', { level: 'info', text: `zone ${String(timeZone)}` });
		return null;
	},
	stop: () => {
		channel.emit('log', { level: 'info', text: 'saved' });
		return null;
	},
});
