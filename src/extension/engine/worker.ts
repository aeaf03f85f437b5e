/** Entry of the engine's worker thread: speaks to the host through the channel and owns one engine. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Channel, ChannelError, type Nothing } from '../../messaging/channel.ts';
import type { EngineCalls, EngineEvents } from './api.ts';
import { Engine } from './engine.ts';
import { openStorage } from './openStorage.ts';
import { portOfParent } from './ports.ts';

if (parentPort === null) throw new Error('worker.ts is a thread, not a program');

let engine: Engine | null = null;

function running(): Engine {
	if (engine === null) throw new ChannelError('not-started', 'The indexer has not been started');
	return engine;
}

const channel = new Channel<EngineCalls, Nothing, Nothing, EngineEvents>(portOfParent(parentPort), {
	start: async options => {
		const storage = await openStorage(options, process.env);
		engine = new Engine({
			options,
			storage,
			readerThread: join(import.meta.dirname, 'readerThread.cjs'),
			env: process.env,
			emit: (name, payload) => channel.emit(name, payload),
			now: () => new Date(),
		});
		return engine.start();
	},
	status: () => running().status(),
	index: ({ type }) => ({ runId: running().index(type) }),
	sessions: query => running().views.sessions(query),
	session: ({ id }) => running().views.session(id),
	subagents: ({ sessionId }) => running().views.subagents(sessionId),
	insights: query => running().views.insights(query),
	sessionPage: query => running().views.sessionPage(query),
	runs: () => running().runs(),
	configure: async change => {
		await running().configure(change);
		return null;
	},
	stop: async () => {
		await engine?.stop();
		engine = null;
		return null;
	},
});
