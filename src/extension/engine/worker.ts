/** Entry of the engine's worker thread: speaks to the host through the channel and owns one engine. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Channel, ChannelError, type Nothing } from '../../messaging/channel.ts';
import { sessionIdentityVariables } from '../claude/cli/environment.ts';
import type { EngineCalls, EngineEvents, HostCalls } from './api.ts';
import { Engine } from './engine.ts';
import { fileSessionHandlers } from './fileSessions.ts';
import { listingHandlers } from './listing.ts';
import { modelToolHandlers } from './modelTools.ts';
import { insightsHandlers } from './insights.ts';
import { exportHandlers } from './exporting.ts';
import { noticeOf } from './noticeOf.ts';
import { openStorage } from './openStorage.ts';
import { dataHandlers, deleteAllData } from './personsData.ts';
import { portOfParent } from './ports.ts';
import { searchHandlers } from './searching.ts';
import { markHandlers } from './sessionMarks.ts';
import { transcriptHandlers } from './transcripts.ts';

if (parentPort === null) throw new Error('worker.ts is a thread, not a program');

/** Named, because a handler of the channel speaks through it. */
type EngineChannel = Channel<EngineCalls, HostCalls, Nothing, EngineEvents>;

let engine: Engine | null = null;

function running(): Engine {
	if (engine === null) throw new ChannelError('not-started', 'The indexer has not been started');
	return engine;
}

/** While nothing is open. As an error, it offers the way back. */
const noStatus = { state: 'error', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, sessions: 0, lastIndexedAt: null } as const;

/** A person starts it again, whatever became of its files. */
async function end(ending: (engine: Engine) => Promise<void>, why: 'allDeleted' | 'deletedElsewhere'): Promise<void> {
	const ended = running();
	engine = null;
	try {
		await ending(ended);
	} finally {
		channel.emit('status', { ...noStatus, notices: [noticeOf('info', why, [], 'refresh')] });
	}
}

const searching = searchHandlers(() => running().searching);

const channel: EngineChannel = new Channel<EngineCalls, HostCalls, Nothing, EngineEvents>(portOfParent(parentPort), {
	start: async options => {
		const storage = await openStorage(options, process.env);
		engine = new Engine({
			options,
			storage,
			readerThread: join(import.meta.dirname, 'readerThread.cjs'),
			env: process.env,
			host: { call: (name, params, signal) => channel.request(name, params, { signal }) },
			emit: (name, payload) => channel.emit(name, payload),
			onDeleted: () => {
				end(engine => engine.stop(), 'deletedElsewhere').catch((error: unknown) =>
					channel.emit('log', { level: 'error', text: `The files could not be closed: ${String(error)}` }),
				);
			},
			now: () => new Date(),
		});
		return engine.start();
	},
	status: () => running().status(),
	index: ({ type }) => ({ runId: running().index(type) }),
	sessions: query => running().views.sessions(query),
	session: ({ id }) => running().views.session(id),
	subagents: ({ sessionId }) => running().views.subagents(sessionId),
	...insightsHandlers(() => running().insights),
	sessionPage: query => running().insights.sessionPage(query),
	...fileSessionHandlers(() => running().sessionsOfFile),
	...listingHandlers(() => running().listing),
	...markHandlers(() => running().background.marks),
	categoryCounts: ({ scope }) => running().views.categoryCounts(scope),
	taxonomy: () => running().background.classifying.taxonomy(),
	categoryReasons: ({ sessionId }) => running().background.classifying.reasons(sessionId),
	correctCategory: async ({ sessionIds, l3 }) => {
		await running().background.classifying.correct(sessionIds, l3);
		return null;
	},
	providers: () => running().background.classifying.providers(),
	classificationPlan: (target, signal) => running().background.classifying.plan(target, signal),
	classify: async ({ target, isAgreed }) => ({
		jobId: await running().background.classifying.start(target, { isAgreed, isAutomatic: false, mayBeEmpty: false }),
	}),
	withdrawConsent: async () => {
		await running().background.classifying.withdrawConsent();
		return null;
	},
	jobs: () => running().background.jobs(),
	cancelJob: async ({ id }) => {
		await running().background.queue.cancel(id);
		return null;
	},
	retryJob: async ({ id }) => {
		await running().background.queue.retry(id);
		return null;
	},
	editJob: async ({ id, priority, scheduledAt }) => {
		await running().background.queue.edit(id, {
			...(priority === undefined ? {} : { priority }),
			...(scheduledAt === undefined ? {} : { scheduledAt: new Date(scheduledAt) }),
		});
		return null;
	},
	maintain: async ({ type }) => ({ jobId: await running().background.maintaining.run(type) }),
	backups: () => running().background.maintaining.backups(),
	restoreBackup: async ({ file }) => {
		await running().background.maintaining.restoreBackup(file);
		return null;
	},
	claudeProgram: async () => {
		const found = await running().background.providers.claudeProgram();
		return found.found ? { ...found, unsetVariables: sessionIdentityVariables } : found;
	},
	...dataHandlers(running),
	deleteAllData: async () => {
		await end(deleteAllData, 'allDeleted');
		return null;
	},
	...searching,
	...modelToolHandlers({ running, search: searching.search }),
	...exportHandlers(() => running().exporting),
	...transcriptHandlers(() => running().transcripts),
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
