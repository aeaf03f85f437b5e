/** A conversation with items of every kind, as the engine would give them, and what belongs to it. */
import type { ConversationKey, SubagentCard } from '../../../../src/webview/contract/conversation.ts';
import type { TranscriptHead, TranscriptOutline, TranscriptTotals } from '../../../../src/webview/contract/transcript.ts';
import type { ItemContent, ItemResponse, Note, TranscriptItem } from '../../../../src/webview/contract/transcriptItems.ts';
import type { ItemText } from '../../../../src/webview/contract/transcriptText.ts';
import type { ToolDetail, ToolUse } from '../../../../src/webview/contract/transcriptTools.ts';
import { plainSession } from '../plainSession.ts';

/** The day of the pages' clock. */
const today = '2026-11-21';

export const main: ConversationKey = { sessionId: 'a1b2c3d4-0000-4000-8000-000000000001', agentId: null };
export const agent: ConversationKey = { ...main, agentId: 'agent-7f3a' };

let part = 0;
export function said(text: string, fullLength = text.length): ItemText {
	return { text, fullLength, part: part++ };
}

export const response: ItemResponse = {
	model: 'claude-opus-4-5-20251101',
	tokens: { input: 12, output: 840, cacheRead: 48_200, cacheWrite5m: 2_300, cacheWrite1h: 0 },
	costUsd: 0.062,
	isFast: false,
	webSearches: 0,
	durationMs: 8_400,
	isCounted: true,
};

export function items(
	contents: readonly (ItemContent & {
		readonly response?: ItemResponse | null;
		readonly isCopied?: boolean;
		readonly isSidechain?: boolean;
	})[],
	prefix = 'm',
): TranscriptItem[] {
	let turn = -1;
	return contents.map((content, index) => {
		if (content.kind === 'prompt' || content.kind === 'command' || turn === -1) turn++;
		const at = new Date(Date.parse(`${today}T09:12:00.000Z`) + index * 21_000).toISOString();
		return {
			index,
			id: `${prefix}-${index}`,
			offset: index * 900,
			at,
			turn,
			isCopied: false,
			isSidechain: false,
			response: null,
			...content,
		};
	});
}

export function prompt(
	text: string,
	change: Partial<Extract<ItemContent, { kind: 'prompt' }>> = {},
): Extract<ItemContent, { kind: 'prompt' }> {
	return {
		kind: 'prompt',
		from: 'person',
		text: said(text),
		attachments: [],
		context: [],
		isQueued: false,
		isFeedback: false,
		isCorrection: false,
		...change,
	};
}

export function answer(markdown: string): Extract<ItemContent, { kind: 'assistant' }> {
	return { kind: 'assistant', blocks: [{ kind: 'answer', markdown: said(markdown) }], isPartial: false };
}

export function tool(name: string, detail: ToolDetail, change: Partial<ToolUse> = {}): Extract<ItemContent, { kind: 'assistant' }> {
	const use: ToolUse = {
		id: `toolu_${part++}`,
		name,
		summary: null,
		filePath: null,
		status: 'ok',
		startedAt: `${today}T09:12:00.000Z`,
		durationMs: 240,
		isRetry: false,
		error: null,
		permission: null,
		hooks: [],
		detail,
		result: [],
		outputFile: null,
		...change,
	};
	return { kind: 'assistant', blocks: [{ kind: 'tool', tool: use }], isPartial: false };
}

export function note(kind: Note['kind'], text: string, change: Partial<Note> = {}): Note {
	return { id: `note-${part++}`, at: null, kind, name: '', text: said(text), isError: false, filePath: null, durationMs: null, ...change };
}

export const subagentCard: SubagentCard = {
	conversation: agent,
	agentType: 'Explore',
	description: 'Find every fetch of a timetable',
	responses: 9,
	toolCalls: 14,
	costUsd: 0.21,
	unpricedTokens: 0,
	startedAt: `${today}T09:14:00.000Z`,
	endedAt: `${today}T09:15:12.000Z`,
};

const answerWords = `The cache key ignores the **ferry line**, so two lines share one entry. I see two ways out:

1. Add the line to the key in \`src/cache/timetables.ts\`; old entries are dropped once.
2. Keep one entry and filter on reading. That is slower on every read.

\`\`\`ts
/** Old entries lack the line and never match: they age out by themselves. */
export function keyOf(line: LineId, day: string): string {
	return \`timetable/\${line}/\${day}\`;
}
\`\`\`

| way | reads | migration |
|---|--:|---|
| key with line | 1 | none needed |
| filter | 4 | none |

> I would take the first. See [the cache](src/cache/timetables.ts#L12) and the [notes on Cache Storage](https://developer.mozilla.org/docs/Web/API/Cache).

- [x] reproduce
- [ ] fix`;

export const everyKind = (): TranscriptItem[] =>
	items([
		prompt(
			'The timetable of line 4 shows the departures of line 2 when I am offline.\n\nCan you find out why, and fix it? Keep the tests green.',
			{
				context: [
					note('file', 'src/cache/timetables.ts', { filePath: '/home/mika/ferry/src/cache/timetables.ts' }),
					note('reminder', 'The to-do list is empty.'),
				],
			},
		),
		{
			kind: 'assistant',
			blocks: [
				{
					kind: 'thinking',
					text: said('The cache is keyed by day only. Let me look at how the key is made, then at who reads it.'),
					isRedacted: false,
				},
			],
			isPartial: false,
		},
		answer("I'll look at how the cache makes its keys."),
		tool(
			'Read',
			{
				kind: 'read',
				filePath: '/home/mika/ferry/src/cache/timetables.ts',
				startLine: 1,
				lines: 8,
				totalLines: 120,
				content: said(
					"import { open } from './store.ts';\n\nexport function keyOf(day: string): string {\n\treturn `timetable/${day}`;\n}\n",
				),
				isUnchanged: false,
			},
			{ durationMs: 12 },
		),
		tool(
			'Grep',
			{
				kind: 'search',
				pattern: 'keyOf\\(',
				path: '/home/mika/ferry/src',
				options: ['output_mode: files_with_matches'],
				count: 3,
				files: ['/home/mika/ferry/src/cache/timetables.ts', '/home/mika/ferry/src/pages/board.ts', '/home/mika/ferry/test/cache.test.ts'],
				content: null,
				isTruncated: false,
			},
			{ durationMs: 48 },
		),
		{
			...tool('TodoWrite', {
				kind: 'todos',
				todos: [
					{ text: 'Reproduce with two lines', status: 'completed', isChanged: false },
					{ text: 'Add the line to the key', status: 'in_progress', isChanged: true },
					{ text: 'Run the tests', status: 'pending', isChanged: false },
				],
			}),
			response,
		},
		{ ...answer(answerWords), response },
		{ kind: 'command', isShell: false, name: '/model', args: said('opus'), output: said('Set model to Opus 4.5') },
		prompt('Take the first way. And no migration, please.', { isCorrection: true, isQueued: true }),
		tool(
			'Edit',
			{
				kind: 'edit',
				filePath: '/home/mika/ferry/src/cache/timetables.ts',
				isNewFile: false,
				hunks: [
					{
						oldStart: 10,
						oldLines: 5,
						newStart: 10,
						newLines: 6,
						lines: [
							" import { open } from './store.ts';",
							' ',
							'-export function keyOf(day: string): string {',
							'-\treturn `timetable/${day}`;',
							'+export function keyOf(line: LineId, day: string): string {',
							'+\treturn `timetable/${line}/${day}`;',
							' }',
							'+// Entries without a line age out.',
						],
					},
				],
				replacements: [],
				linesAdded: 3,
				linesRemoved: 2,
				isUserModified: false,
				isCut: false,
			},
			{
				filePath: '/home/mika/ferry/src/cache/timetables.ts',
				permission: { decision: 'allowed', source: 'user', reason: null },
				hooks: [{ event: 'PostToolUse', command: 'prettier --write', outcome: 'success', durationMs: 320, error: null }],
			},
		),
		tool(
			'Bash',
			{
				kind: 'shell',
				command: said('npm test -- --grep "cache"'),
				description: 'Run the tests of the cache',
				output: said(
					'\u001b[32m✔\u001b[0m keys differ by line\n\u001b[31m✘ reads an entry of yesterday\u001b[0m\n\n1 passing, 1 failing\n',
				),
				errorOutput: null,
				exitCode: 1,
				backgroundId: null,
				meaning: null,
			},
			{ status: 'error', error: 'Exit code 1', durationMs: 4_210 },
		),
		{
			kind: 'error',
			text: said('API Error: 529 Overloaded'),
			type: 'overloaded_error',
			status: 529,
			attempt: 2,
			maxAttempts: 10,
			retryMs: 4_000,
		},
		{
			...tool(
				'Task',
				{
					kind: 'agent',
					agentType: 'Explore',
					description: 'Find every fetch of a timetable',
					prompt: said('Find every place that fetches a timetable and say which key it uses.'),
					subagent: subagentCard,
					answer: said('Three places fetch timetables; all use `keyOf`.'),
					isBackground: false,
					totalTokens: 48_000,
					toolCalls: 14,
				},
				{ durationMs: 72_000 },
			),
			response,
		},
		tool('ExitPlanMode', { kind: 'plan', plan: said('## Plan\n\n1. Key with the line\n2. Test with two lines'), filePath: null }),
		tool('AskUserQuestion', {
			kind: 'questions',
			questions: [
				{
					question: 'Should old entries be deleted at once?',
					header: 'Old entries',
					options: [
						{ label: 'No', description: 'They age out in a week', isChosen: true },
						{ label: 'Yes', description: null, isChosen: false },
					],
					answer: 'No',
				},
			],
		}),
		tool('WebFetch', {
			kind: 'web',
			url: 'https://developer.mozilla.org/docs/Web/API/Cache',
			query: null,
			prompt: said('How long do entries live?'),
			statusCode: 200,
			bytes: 48_211,
			answer: said('Until they are deleted.'),
			links: [],
		}),
		tool(
			'mcp__github__create_issue',
			{ kind: 'mcp', server: 'github', tool: 'create_issue', input: said('{\n  "title": "Timetables of two lines share one entry"\n}') },
			{ result: [{ kind: 'text', text: said('Created #41') }] },
		),
		tool('Skill', { kind: 'skill', skill: 'release-notes', args: null }),
		tool(
			'Write',
			{
				kind: 'edit',
				filePath: '/home/mika/ferry/test/lines.test.ts',
				isNewFile: true,
				hunks: [],
				replacements: [
					{
						oldText: null,
						newText: said(
							"import assert from 'node:assert/strict';\n\nit('keeps lines apart', () => {\n\tassert.notEqual(keyOf(2, day), keyOf(4, day));\n});\n",
						),
						isEvery: false,
					},
				],
				linesAdded: 5,
				linesRemoved: 0,
				isUserModified: false,
				isCut: false,
			},
			{ filePath: '/home/mika/ferry/test/lines.test.ts' },
		),
		tool(
			'Bash',
			{
				kind: 'shell',
				command: said('rm -rf build'),
				description: null,
				output: null,
				errorOutput: null,
				exitCode: null,
				backgroundId: null,
				meaning: null,
			},
			{
				status: 'denied',
				error: "The user doesn't want to proceed with this tool use.",
				permission: { decision: 'denied', source: 'user', reason: null },
			},
		),
		{ kind: 'interruption', isForTool: true },
		{
			kind: 'context',
			notes: [
				note('hook', 'Formatted 2 files', { name: 'PostToolUse: prettier' }),
				note('notification', 'The build finished', { name: 'build-1' }),
			],
		},
		{
			kind: 'compaction',
			trigger: 'auto',
			tokensBefore: 168_000,
			tokensAfter: 21_000,
			durationMs: 31_000,
			summary: said('## Summary\n\nThe key now holds the line.'),
		},
		{
			kind: 'unreadable',
			reason: 'too-large',
			was: 'tool',
			bytes: 88_000_000,
			tools: [{ name: 'Bash', summary: 'cat everything.log', filePath: null }],
		},
		{ kind: 'result', results: [{ isError: false, content: [{ kind: 'text', text: said('left over') }] }] },
		prompt('!ls', {}),
		{ ...answer('All tests pass now. The key holds the line, and entries of before age out within a week.'), response },
	]);

export const subagentItems = (): TranscriptItem[] =>
	items(
		[
			prompt('Find every place that fetches a timetable and say which key it uses.', { from: 'agent' }),
			tool('Grep', {
				kind: 'search',
				pattern: 'fetchTimetable',
				path: null,
				options: [],
				count: 3,
				files: ['src/a.ts'],
				content: null,
				isTruncated: false,
			}),
			{ ...answer('Three places fetch timetables; all use `keyOf`.'), response },
		],
		's',
	);

export function headOf(all: readonly TranscriptItem[], count: number, conversation: ConversationKey, branch: string): TranscriptHead {
	return {
		conversation,
		session: plainSession({
			status: 'waiting_for_input',
			id: conversation.sessionId,
			title: 'Cache timetables for offline use',
			project: 'ferry',
			cwd: '/home/mika/ferry',
			gitBranch: 'fix/line-keys',
			models: ['claude-opus-4-5-20251101'],
		}),
		agent: conversation.agentId === null ? null : subagentCard,
		startedBy: conversation.agentId === null ? null : { conversation: main, messageId: 'm-12' },
		revision: 1,
		changedFrom: 0,
		branch,
		isOtherBranch: false,
		items: count,
		forks: [],
		compactions: [],
		prompts: all.filter(item => item.kind === 'prompt' || item.kind === 'command').length,
		file: { path: '/home/mika/.claude/projects/-home-mika-ferry/a1b2.jsonl', state: 'here', bytes: 1_200_000, malformedLines: 0 },
	};
}

export function totalsOf(conversation: ConversationKey): TranscriptTotals {
	return {
		responses: 12,
		toolCalls: 11,
		tokens: { input: 140, output: 9_200, cacheRead: 612_000, cacheWrite5m: 34_000, cacheWrite1h: 0 },
		costUsd: 1.84,
		unpricedTokens: 0,
		copiedItems: 0,
		subagentsCostUsd: conversation.agentId === null ? 0.21 : null,
		subagents: conversation.agentId === null ? 1 : 0,
		startedAt: `${today}T09:12:00.000Z`,
		endedAt: `${today}T09:26:00.000Z`,
	};
}

export function outlineOf(all: readonly TranscriptItem[], revision: number): TranscriptOutline {
	const starts = all.filter((item, at) => at === 0 || item.kind === 'prompt' || item.kind === 'command');
	return {
		revision,
		turns: starts.map((item, at) => ({
			item: item.index,
			items: (starts[at + 1]?.index ?? all.length) - item.index,
			messageId: item.id,
			kind: item.kind === 'prompt' || item.kind === 'command' ? item.kind : 'none',
			firstLine: item.kind === 'prompt' ? (item.text.text.split('\n')[0] ?? '') : item.kind === 'command' ? item.name : '',
			at: item.at,
			durationMs: 94_000,
			tokens: 40_000,
			costUsd: 0.42,
			toolCalls: 3,
			errors: at === 2 ? 2 : 0,
			isCorrection: item.kind === 'prompt' && item.isCorrection,
			isInterrupted: at === 2,
		})),
	};
}
