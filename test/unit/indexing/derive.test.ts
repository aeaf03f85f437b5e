import assert from 'node:assert/strict';
import type { FileSummary, MessageType } from '../../../src/extension/claude/facts.ts';
import { TranscriptReader } from '../../../src/extension/claude/transcriptReader.ts';
import {
	circleBreaks,
	deriveSession,
	type PricedUsage,
	type ReadFileOfSession,
	type SessionSources,
} from '../../../src/extension/indexing/derive.ts';
import type { SessionFile } from '../../../src/extension/store/index/dirtySessions.ts';
import type { SessionValues } from '../../../src/extension/store/index/sessions.ts';

const nothing: FileSummary = new TranscriptReader({ state: null, copies: new Set(), earlier: () => undefined, isSubagent: false }).state()
	.summary;

let fileId = 0;
function read(summary: Partial<FileSummary> = {}, file: Partial<SessionFile> = {}): ReadFileOfSession {
	const row: SessionFile = {
		id: ++fileId,
		path: `/p/${fileId}`,
		kind: 'session',
		helper: null,
		agentId: null,
		goneAt: null,
		state: '{}',
		malformedLines: 0,
		...file,
	};
	return { file: row, summary: { ...nothing, firstIsSidechain: row.kind === 'subagent', ...summary } };
}
const agent = (summary: Partial<FileSummary> = {}, file: Partial<SessionFile> = {}): ReadFileOfSession =>
	read(summary, { kind: 'subagent', ...file });

const usage = (model: string, responses: number, costUsd: number | null): PricedUsage => ({
	sessionRowId: 1,
	quarterMs: 0,
	modelId: 1,
	model,
	isFast: false,
	isLong: false,
	part: 0,
	responses,
	tokens: { input: 1, output: 2, cacheRead: 4, cacheWrite5m: 8, cacheWrite1h: 16 },
	webSearches: 1,
	costUsd,
});

function derived(files: readonly ReadFileOfSession[], change: Partial<SessionSources> = {}): SessionValues {
	const values = tried(files, change);
	assert.ok(values);
	return values;
}
const tried = (files: readonly ReadFileOfSession[], change: Partial<SessionSources> = {}): SessionValues | null =>
	deriveSession({
		sessionId: 'own',
		files,
		usage: [],
		tools: null,
		activeMs: 0,
		summaryTitle: null,
		copiedFrom: null,
		continues: null,
		projectId: null,
		...change,
	});

describe('A session made of its files (MODEL-1)', () => {
	it('is none without a conversation, and a stub without a transcript of its own', () => {
		assert.equal(tried([]), null);
		assert.equal(tried([read({ firstIsSidechain: null })]), null);
		assert.equal(tried([agent({ firstIsSidechain: null })]), null);
		assert.equal(derived([agent()])['is_stub'], 1);
		assert.equal(derived([read({ firstIsSidechain: true })])['is_stub'], 1);
		assert.equal(derived([read(), agent()])['is_stub'], 0);
	});

	it('is told by its own transcript, a stub by the subagent that began first, whatever order they come in', () => {
		const own = read({ firstCwd: '/own', firstMsOfAll: 9 });
		const early = agent({ firstCwd: '/early', firstMsOfAll: 1, customTitle: 'no' });
		const late = agent({ firstCwd: '/late', firstMsOfAll: 5 });
		for (const files of [
			[own, early, late],
			[late, early, own],
		])
			assert.equal(derived(files)['cwd'], '/own');
		for (const files of [
			[early, late],
			[late, early],
		])
			assert.equal(derived(files)['cwd'], '/early');
	});

	it('sums up what its files count, and takes prompts from what a person typed into alone', () => {
		const own = read(
			{ userPrompts: 2, corrections: 1, compactions: 1, interruptions: 1, messages: 10, apiErrors: 1 },
			{ malformedLines: 1 },
		);
		const values = derived([
			own,
			agent({ userPrompts: 5, compactions: 5, interruptions: 5, messages: 3, apiErrors: 2 }, { malformedLines: 2 }),
		]);
		assert.deepEqual(
			['user_prompts', 'correction_count', 'compactions', 'interruptions', 'messages', 'api_errors', 'malformed_lines'].map(
				name => values[name],
			),
			[2, 1, 1, 1, 13, 3, 3],
		);
	});

	it('lasts from the first to the last record of all its files', () => {
		const values = derived([read({ firstMs: 5000, lastMs: 9000 }), agent({ firstMs: 1000, lastMs: 12_000 }), agent()]);
		assert.deepEqual([values['started_at'], values['ended_at']], ['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:12.000Z']);
		const timeless = derived([read()]);
		assert.deepEqual([timeless['started_at'], timeless['ended_at']], [null, null]);
	});

	it('counts as subagents neither helper runs nor files without a conversation', () => {
		const files = [
			read(),
			agent(),
			agent(),
			agent({}, { helper: 'compaction' }),
			agent({ firstIsSidechain: null }),
			read({ firstIsSidechain: true }),
		];
		assert.equal(derived(files)['subagents'], 2);
	});

	it('is gone when its own transcript is, a stub when all its files are', () => {
		const goneAt = '2026-03-02T00:00:00.000Z';
		assert.equal(derived([read({}, { goneAt }), agent()])['gone_at'], goneAt);
		assert.equal(derived([read(), agent({}, { goneAt })])['gone_at'], null);
		assert.equal(derived([agent({}, { goneAt }), agent()])['gone_at'], null);
		assert.equal(derived([agent({}, { goneAt })])['gone_at'], goneAt);
		assert.equal(derived([read({}, { goneAt }), read()])['gone_at'], null);
	});
});

describe('A session’s title', () => {
	it('is the custom one, else the AI’s, else the summary, else the first prompt, else a command', () => {
		const all = { customTitle: 'c', aiTitle: 'a', firstPrompt: 'p', slashCommands: { '/x': 1 }, agentName: 'n' };
		const titleOf = (summary: Partial<FileSummary>, summaryTitle: string | null = 's'): unknown[] => {
			const values = derived([read(summary)], { summaryTitle });
			return [values['title'], values['title_source']];
		};
		assert.deepEqual(titleOf(all), ['c', 'custom']);
		assert.deepEqual(titleOf({ ...all, customTitle: null }), ['a', 'ai']);
		assert.deepEqual(titleOf({ ...all, customTitle: null, aiTitle: null }), ['s', 'summary']);
		assert.deepEqual(titleOf({ ...all, customTitle: null, aiTitle: null }, null), ['p', 'prompt']);
		assert.deepEqual(titleOf({ firstPromptOfAll: 'copied' }, null), ['copied', 'prompt']);
		assert.deepEqual(titleOf({ slashCommands: { '/x': 1 } }, null), ['/x', 'command']);
		assert.deepEqual(titleOf({ agentName: 'n' }, null), ['n', 'agent']);
		assert.deepEqual(titleOf({}, null), [null, 'none']);
	});
});

describe('A session’s mode and lineage (MODEL-2)', () => {
	const lineage = (summary: Partial<FileSummary>, change: Partial<SessionSources> = {}): unknown[] => {
		const values = derived([read(summary)], change);
		return [values['mode'], values['parent_session_id'], values['parent_relation']];
	};

	it('is forked from whom its records name, else from whom its history was copied', () => {
		assert.deepEqual(lineage({ origins: ['a'] }, { copiedFrom: 'b' }), ['forked', 'a', 'fork']);
		assert.deepEqual(lineage({ origins: ['own'] }, { copiedFrom: 'b' }), ['forked', 'b', 'fork']);
		assert.deepEqual(lineage({}, { continues: 'c' }), ['interactive', 'c', 'continuation']);
		assert.deepEqual(lineage({ planOf: 'p' }, { continues: 'c' }), ['interactive', 'p', 'plan']);
		assert.deepEqual(lineage({ origins: ['own'] }), ['interactive', null, null]);
	});

	it('is a plan carried out where one is named, and no fork', () => {
		assert.deepEqual(lineage({ planOf: 'a' }), ['interactive', 'a', 'plan']);
		assert.deepEqual(lineage({ planOf: 'own' }), ['interactive', null, null]);
	});

	it('is background for programs and background processes, forked or not', () => {
		for (const firstEntrypoint of ['sdk-cli', 'sdk-ts', 'sdk-py', 'mcp', 'claude-code-github-action'])
			assert.equal(lineage({ firstEntrypoint, origins: ['a'] })[0], 'background', firstEntrypoint);
		for (const firstEntrypoint of ['cli', 'claude-desktop', 'claude-vscode', null])
			assert.equal(lineage({ firstEntrypoint })[0], 'interactive');
		assert.equal(lineage({ sessionKind: 'bg' })[0], 'background');
	});
});

describe('A session’s money and models (MODEL-6)', () => {
	it('adds up what is priced, and says how many tokens are not', () => {
		const values = derived([read()], { usage: [usage('a', 2, 0.5), usage('b', 3, 0.25), usage('odd', 1, null)] });
		assert.deepEqual(
			[values['cost_usd'], values['unpriced_tokens'], values['responses'], values['cache_write_1h_tokens']],
			[0.75, 31, 6, 48],
		);
	});

	it('has no cost where nothing is priced, and none is not nothing', () => {
		assert.equal(derived([read()], { usage: [usage('odd', 1, null)] })['cost_usd'], null);
		assert.equal(derived([read()])['cost_usd'], null);
		assert.equal(derived([read()], { usage: [usage('a', 1, 0)] })['cost_usd'], 0);
	});

	it('names its models by use, equals by name', () => {
		const values = derived([read()], { usage: [usage('b', 2, 1), usage('c', 2, 1), usage('a', 3, 1), usage('c', 2, 1)] });
		assert.equal(values['models'], '["c","a","b"]');
	});
});

describe('How a session stands by its last record (LIVE-1)', () => {
	const cases: readonly (readonly [MessageType | null, string])[] = [
		[null, 'not_started'],
		['api_error', 'error'],
		['answer', 'waiting_for_input'],
		['interruption', 'waiting_for_input'],
		['prompt', 'processing'],
		['tool_call', 'processing'],
		['tool_result', 'processing'],
		['thinking', 'processing'],
	];
	for (const [lastType, status] of cases) {
		it(`is ${status} after ${lastType ?? 'nothing'}`, () => {
			assert.equal(derived([read({ lastType })])['claude_status'], status);
		});
	}
});

describe('Circles of parents', () => {
	const breaks = (pairs: Record<string, string>): string[] => [...circleBreaks(new Map(Object.entries(pairs)))].toSorted();

	it('lose one parent each, that of the smallest id, so that every session can be listed', () => {
		assert.deepEqual(breaks({ b: 'a', a: 'b', c: 'a', self: 'self', x: 'y', y: 'z', z: 'x' }), ['a', 'self', 'x']);
	});

	it('are no chains, however they are met', () => {
		assert.deepEqual(breaks({ d: 'c', c: 'b', b: 'a', e: 'c' }), []);
	});
});
