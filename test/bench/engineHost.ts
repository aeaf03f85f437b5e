/**
 * A process that stands for the extension host: it starts the engine's worker through the client, asks it what the tree and
 * the panel ask, and watches its own event loop. Run by `engineInHost.ts`; prints one JSON document.
 */
import { appendFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { everySession } from '../../src/extension/engine/calls/listing.ts';
import { headlessOptions } from '../../src/extension/engine/headless.ts';
import { EngineClient } from '../../src/extension/engine/client.ts';
import type { EngineCalls } from '../../src/extension/engine/api.ts';
import { conversation, toJsonl, userPrompt } from '../support/historyGenerator/records.ts';

export interface HostFindings {
	/** From the start of the client to the first state `ready`. */
	readonly readyMs: number;
	/** Longest time the loop did not turn while the engine worked, in milliseconds. */
	readonly longestBlockMs: number;
	/** From appending a line to the answers that show it to tree and panel, in milliseconds. */
	readonly appendedMs: readonly number[];
	/** Round trips of each call, seen from the host, in milliseconds. */
	readonly calls: Readonly<Record<string, readonly number[]>>;
}

type CallName =
	| 'sessionGroups'
	| 'groupSessions'
	| 'facetValues'
	| 'sessions'
	| 'insightsPage'
	| 'sessionPage'
	| 'categoryCounts'
	| 'jobs'
	| 'today'
	| 'status';
interface Question<K extends CallName = CallName> {
	readonly label: string;
	readonly name: K;
	readonly params: EngineCalls[K]['params'];
}

const scope = 'all';
const page = { scope, range: 'all', descending: true, filter: '', limit: 100 } as const;
const list = { scope, filter: everySession, grouping: 'none', order: 'activity', weekStartsOn: 'monday' } as const;
const group = { isPinned: false, key: '' };
/** Every question the views put, the costly variants first of all. */
const questions: readonly Question[] = [
	{ label: 'tree, groups of days', name: 'sessionGroups', params: { ...list, grouping: 'day' } },
	{ label: 'tree, groups of branches', name: 'sessionGroups', params: { ...list, grouping: 'branch' } },
	{
		label: 'tree, groups of days, filter',
		name: 'sessionGroups',
		params: { ...list, grouping: 'day', filter: { ...everySession, words: 'invoice' } },
	},
	{
		label: 'tree, today',
		name: 'groupSessions',
		params: { ...list, grouping: 'day', group: { isPinned: false, key: 'today' }, offset: 0, limit: 200 },
	},
	{ label: 'tree, costliest 200 of all', name: 'groupSessions', params: { ...list, order: 'cost', group, offset: 0, limit: 200 } },
	{ label: 'tree, branches to filter by', name: 'facetValues', params: { scope, filter: everySession, of: 'branch' } },
	{
		label: 'list of other extensions, first 200 sessions',
		name: 'sessions',
		params: { scope, offset: 0, limit: 200, filter: '', category: null },
	},
	{
		label: 'list, 200 sessions from the 9,000th',
		name: 'sessions',
		params: { scope, offset: 9_000, limit: 200, filter: '', category: null },
	},
	{ label: 'list, filter', name: 'sessions', params: { scope, offset: 0, limit: 200, filter: 'invoice', category: null } },
	{ label: 'status bar, today', name: 'today', params: { scope } },
	{ label: 'panel, overview', name: 'insightsPage', params: { page: 'overview', query: { scope, range: 'all' } } },
	{ label: 'panel, cost', name: 'insightsPage', params: { page: 'cost', query: { scope, range: 'all' } } },
	{ label: 'panel, categories', name: 'insightsPage', params: { page: 'categories', query: { scope, range: 'all' } } },
	{ label: 'panel, patterns', name: 'insightsPage', params: { page: 'patterns', query: { scope, range: 'all' } } },
	{ label: 'panel, tools and files', name: 'insightsPage', params: { page: 'tools', query: { scope, range: 'all' } } },
	{ label: 'panel, cost of one branch', name: 'insightsPage', params: { page: 'cost', query: { scope, range: '90d', branch: 'main' } } },
	{
		label: 'sessions behind a figure',
		name: 'sessionPage',
		params: { ...page, sort: 'startedAt', offset: 0, selector: { kind: 'tool', tool: 'Bash', only: 'errors' } },
	},
	{ label: 'session table, by start', name: 'sessionPage', params: { ...page, sort: 'startedAt', offset: 0 } },
	{ label: 'session table, by cost, page 50', name: 'sessionPage', params: { ...page, sort: 'costUsd', offset: 5_000 } },
	{
		label: 'session table, filter',
		name: 'sessionPage',
		params: { ...page, sort: 'tokens', offset: 0, filter: 'invoice', category: null },
	},
	{ label: 'list, one category', name: 'sessions', params: { scope, offset: 0, limit: 200, filter: '', category: 'bug_fix' } },
	{ label: 'categories with counts', name: 'categoryCounts', params: { scope } },
	{ label: 'jobs', name: 'jobs', params: null },
	{ label: 'status', name: 'status', params: null },
];

/** The benchmark asks nothing of a window. */
const unasked = (): never => {
	throw new Error('nobody is asked');
};
const noHost = { secret: unasked, languageModels: unasked, askLanguageModel: unasked };

async function main(): Promise<HostFindings> {
	const { values } = parseArgs({
		options: {
			'claude-dir': { type: 'string', default: '' },
			data: { type: 'string', default: '' },
			worker: { type: 'string', default: '' },
			rounds: { type: 'string', default: '0' },
			append: { type: 'string' },
		},
	});
	const client = new EngineClient({
		workerFile: values.worker,
		options: () =>
			Promise.resolve({
				...headlessOptions({ claudeDirs: [values['claude-dir']], workspace: null, dataDir: values.data }),
				replaceDefaults: true,
				rescanSeconds: 30,
			}),
		hostCalls: noHost,
	});
	client.on('log', ({ level, text }) => {
		if (level !== 'debug') console.error(`${level}: ${text}`);
	});
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const startedAt = performance.now();
	// The views ask again after every change, one question at a time.
	let asking = Promise.resolve();
	let waiting = 0;
	client.on('changed', () => {
		if (waiting > 0) return;
		waiting++;
		asking = asking.then(async () => {
			waiting--;
			await client.call('sessionGroups', { ...list, grouping: 'day' });
			await client.call('groupSessions', { ...list, grouping: 'day', group: { isPinned: false, key: 'today' }, offset: 0, limit: 200 });
			await client.call('insightsPage', { page: 'overview', query: { scope, range: '30d' } });
		});
	});
	const ready = new Promise<void>((resolve, reject) => {
		client.on('status', ({ state, notices }) => {
			if (state === 'ready') resolve();
			if (state === 'error') reject(new Error(notices.map(notice => notice.text).join('; ')));
		});
	});
	client.start();
	await ready;
	await asking;
	const readyMs = performance.now() - startedAt;
	delay.disable();
	const calls: Record<string, number[]> = {};
	for (let round = 0; round < Number(values.rounds); round++) {
		for (const { label, name, params } of questions) {
			const askedAt = performance.now();
			await client.call(name, params);
			(calls[label] ??= []).push(performance.now() - askedAt);
		}
	}
	const appendedMs = values.append === undefined ? [] : await appendLines(client, values.append, Number(values.rounds));
	await client.dispose();
	return { readyMs, longestBlockMs: delay.max / 1e6, appendedMs, calls };
}

/** Writes lines to a transcript and waits each time until the views have what changed. */
async function appendLines(client: EngineClient, transcript: string, rounds: number): Promise<number[]> {
	const talk = conversation({ seed: 'appended', sessionId: path.basename(transcript, '.jsonl') });
	const size = statSync(transcript).size;
	const took: number[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			const changed = new Promise<void>(resolve => {
				const stop = client.on('changed', () => {
					stop();
					resolve();
				});
			});
			const appendedAt = performance.now();
			appendFileSync(transcript, toJsonl([userPrompt(talk, `One more line, number ${round}`)]));
			await changed;
			await client.call('sessions', { scope, offset: 0, limit: 200, filter: '', category: null });
			await client.call('insightsPage', { page: 'overview', query: { scope, range: '30d' } });
			took.push(performance.now() - appendedAt);
			// The file system's events of this line are over before the next one.
			await pause(1_000);
		}
	} finally {
		truncateSync(transcript, size);
	}
	return took;
}

console.log(JSON.stringify(await main()));
