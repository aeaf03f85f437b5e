/**
 * A session with every shape of item that a transcript can show, in the order of `shapes`, and a subagent of it. The records are those of
 * a current version of Claude Code; texts are short and say what they are.
 */
import {
	apiError,
	assistantBlock,
	assistantText,
	attachment,
	type ChainRecord,
	compaction,
	conversation,
	denial,
	interruption,
	type Json,
	metaText,
	response,
	slashCommand,
	syntheticAnswer,
	systemRecord,
	thinking,
	toolResult,
	toolUse,
	toolUseIdOf,
	type TranscriptRecord,
	userPrompt,
	userRecord,
} from '../historyGenerator/records.ts';

/** A picture of one pixel. */
export const onePixelPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const everyShapeId = '5ca1ab1e-0000-4000-8000-000000000001';
export const everyShapeAgent = 'a5ca1ab1e00000001';

export interface SampleConversation {
	readonly sessionId: string;
	/** Below a project's folder: the path of each transcript with its records. */
	readonly files: readonly { readonly path: string; readonly records: readonly TranscriptRecord[] }[];
	/** Titles of the tests' cases by the uuid of the record that shows it. */
	readonly shapes: Readonly<Record<string, string>>;
}

export function everyShape(): SampleConversation {
	const talk = conversation({ sessionId: everyShapeId, seed: 'every shape', version: '2.1.220', cwd: '/home/dev/src/shop' });
	const records: TranscriptRecord[] = [];
	const shapes: Record<string, string> = {};
	const add = (name: string, record: ChainRecord): ChainRecord => {
		records.push(record);
		shapes[name] = record.uuid;
		return record;
	};
	/** A call and its result. */
	const call = (
		name: string,
		tool: string,
		input: Readonly<Record<string, Json>>,
		content: Json,
		toolUseResult?: Json,
		isError = false,
	): ChainRecord => {
		const use = add(name, toolUse(talk, tool, input));
		records.push(toolResult(talk, use, content, { isError, ...(toolUseResult === undefined ? {} : { toolUseResult }) }));
		return use;
	};

	add(
		'prompt with context',
		userPrompt(talk, [
			{
				type: 'text',
				text: '<ide_opened_file>The user opened the file /home/dev/src/shop/cart.ts in the IDE. This may or may not be related.</ide_opened_file>',
			},
			{ type: 'text', text: 'Round the total of the cart to whole cents, please.\n\nSee `cart.ts` and **the tests**.' },
		]),
	);
	const answer = response(talk);
	add('thinking', thinking(talk, 'The total is a sum of floats.', { response: answer }));
	add(
		'answer',
		assistantText(
			talk,
			'# Plan\n\n1. Look at `cart.ts`\n2. Round once\n\n```ts\nconst cents = Math.round(total * 100);\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n',
			{ response: answer },
		),
	);
	call('read', 'Read', { file_path: '/home/dev/src/shop/cart.ts' }, '     1\texport const total = 1;\n', {
		type: 'text',
		file: { filePath: '/home/dev/src/shop/cart.ts', content: 'export const total = 1;\n', numLines: 1, startLine: 1, totalLines: 40 },
	});
	call(
		'edit',
		'Edit',
		{ file_path: '/home/dev/src/shop/cart.ts', old_string: 'sum', new_string: 'Math.round(sum)' },
		'The file has been updated.',
		{
			filePath: '/home/dev/src/shop/cart.ts',
			oldString: 'sum',
			newString: 'Math.round(sum)',
			originalFile: null,
			userModified: false,
			replaceAll: false,
			structuredPatch: [
				{
					oldStart: 3,
					oldLines: 3,
					newStart: 3,
					newLines: 4,
					lines: [' function total() {', '-\treturn sum;', '+\t// whole cents', '+\treturn Math.round(sum);', ' }'],
				},
			],
		},
	);
	call(
		'edit without hunks',
		'MultiEdit',
		{
			file_path: '/home/dev/src/shop/tax.ts',
			edits: [
				{ old_string: 'a', new_string: 'b' },
				{ old_string: 'c', new_string: 'd', replace_all: true },
			],
		},
		'Applied 2 edits.',
	);
	call('new file', 'Write', { file_path: '/home/dev/src/shop/round.ts', content: 'export const round = Math.round;\n' }, 'File created.', {
		type: 'create',
		filePath: '/home/dev/src/shop/round.ts',
		content: 'export const round = Math.round;\n',
		structuredPatch: [],
		originalFile: null,
	});
	call('command', 'Bash', { command: 'npm test', description: 'Run the tests' }, '12 passing', {
		stdout: '\u001b[32m12 passing\u001b[0m\n',
		stderr: '',
		interrupted: false,
		isImage: false,
	});
	call('failed command', 'Bash', { command: 'npm run lint' }, 'Exit code 2\ncart.ts:3 error', 'Error: Exit code 2\ncart.ts:3 error', true);
	call('background command', 'Bash', { command: 'npm start', run_in_background: true }, 'Command running in background with ID: b1', {
		stdout: '',
		stderr: '',
		interrupted: false,
		backgroundTaskId: 'b1',
	});
	call('grep', 'Grep', { pattern: 'total', path: 'src', output_mode: 'files_with_matches' }, 'Found 2 files\ncart.ts\ntax.ts', {
		mode: 'files_with_matches',
		numFiles: 2,
		filenames: ['cart.ts', 'tax.ts'],
	});
	call(
		'to-dos',
		'TodoWrite',
		{
			todos: [
				{ content: 'Round', status: 'completed', activeForm: 'Rounding' },
				{ content: 'Test', status: 'in_progress', activeForm: 'Testing' },
			],
		},
		'Todos have been modified',
		{ oldTodos: [{ content: 'Round', status: 'in_progress' }], newTodos: [] },
	);
	call('task', 'TaskCreate', { subject: 'Write the tests', description: 'For cents' }, 'Task #1 created', {
		task: { id: '1', subject: 'Write the tests' },
	});
	call(
		'question',
		'AskUserQuestion',
		{
			questions: [
				{
					question: 'Which rounding?',
					header: 'Rounding',
					options: [{ label: 'Half up', description: 'As at school' }, { label: 'Half even' }],
				},
			],
		},
		'The person has answered.',
		{ questions: [], answers: { 'Which rounding?': 'Half up' } },
	);
	call('plan', 'ExitPlanMode', { plan: '## Plan\n\nRound once.' }, 'The plan was approved.', {
		plan: '## Plan\n\nRound once.',
		isAgent: false,
		filePath: '/home/dev/.claude/plans/p.md',
	});
	call('web page', 'WebFetch', { url: 'https://example.com/rounding', prompt: 'How to round?' }, 'Half up.', {
		bytes: 1200,
		code: 200,
		codeText: 'OK',
		result: 'Half **up**.',
		url: 'https://example.com/rounding',
	});
	call('web search', 'WebSearch', { query: 'rounding money' }, 'Links', {
		query: 'rounding money',
		results: [{ tool_use_id: 'x', content: [{ title: 'Money', url: 'https://example.com/money' }] }, 'Round half up.'],
	});
	call('skill', 'Skill', { skill: 'review' }, 'Launching skill: review', { success: true, commandName: 'review' });
	call('MCP tool with a picture', 'mcp__browser__screenshot', { page: 'cart' }, [
		{ type: 'text', text: 'Took a picture' },
		{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: onePixelPng } },
	]);
	call('unknown tool', 'Weigh', { grams: 12 }, 'heavy');
	const agent = add(
		'subagent',
		toolUse(talk, 'Agent', { description: 'Look for rounding', subagent_type: 'Explore', prompt: 'Where is money rounded?' }),
	);
	records.push(
		toolResult(talk, agent, [{ type: 'text', text: 'Only in `cart.ts`.' }], {
			toolUseResult: {
				status: 'completed',
				agentId: everyShapeAgent,
				agentType: 'Explore',
				content: [{ type: 'text', text: 'Only in `cart.ts`.' }],
				totalDurationMs: 4200,
				totalTokens: 900,
				totalToolUseCount: 1,
			},
		}),
	);
	add(
		'hook',
		attachment(talk, 'hook_success', {
			hookName: 'PostToolUse:Edit',
			hookEvent: 'PostToolUse',
			toolUseID: toolUseIdOf(agent),
			command: 'fmt',
			stdout: 'formatted',
			stderr: '',
			exitCode: 0,
			durationMs: 12,
		}),
	);
	add('last answer of the turn', assistantText(talk, 'The total is rounded.'));
	add('end of the turn', systemRecord(talk, 'turn_duration', { durationMs: 90_000 }));
	add(
		'prompt with a picture',
		userPrompt(talk, [
			{ type: 'text', text: 'Like [Image #1]?' },
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: onePixelPng } },
		]),
	);
	add('queued prompt', attachment(talk, 'queued_command', { prompt: 'and the tax too', commandMode: 'prompt' }));
	const refused = add('denied with words', toolUse(talk, 'Bash', { command: 'rm -rf build' }));
	add('feedback', denial(talk, refused, 'use npm run clean'));
	const denied = add('denied', toolUse(talk, 'Write', { file_path: '/home/dev/src/shop/x.ts', content: 'x' }));
	records.push(denial(talk, denied));
	add('interruption', interruption(talk, true));
	const [caveat, slash, output] = slashCommand(talk, 'review', 'cart.ts', 'Reviewed 1 file.');
	records.push(caveat);
	add('slash command', slash);
	add('output of a command', output);
	add('shell command', userRecord(talk, '<bash-input>git status</bash-input>'));
	add('output of the shell', userRecord(talk, '<bash-stdout>clean</bash-stdout><bash-stderr></bash-stderr>'));
	add('retry', apiError(talk, 2));
	add('API error', syntheticAnswer(talk, 'API Error: 529 Overloaded'));
	const [boundary, summary] = compaction(talk, 'The cart was rounded.', 'manual');
	add('compaction', boundary);
	add('summary', summary);
	add('reminder', metaText(talk, '<system-reminder>Be brief.</system-reminder>'));
	add('correction', userPrompt(talk, 'No, that is not what I asked for: round half even.'));
	add('redacted thinking', assistantBlock(talk, { type: 'redacted_thinking', data: 'x' }));
	add('partial answer', assistantText(talk, 'I will', { fields: { isAbortedMidStream: true } }));
	add('pending call', toolUse(talk, 'Bash', { command: 'npm run slow' }));

	const side = conversation({ sessionId: everyShapeId, seed: 'its subagent', agentId: everyShapeAgent, startsAt: '2026-03-02T09:02:00Z' });
	const task = userPrompt(side, 'Where is money rounded?', { promptSource: undefined, origin: undefined });
	const look = toolUse(side, 'Read', { file_path: '/home/dev/src/shop/cart.ts', offset: 3 });
	const found = toolResult(side, look, '     3→\treturn sum;\n     4→}\n<system-reminder>Be careful.</system-reminder>');
	const report = assistantText(side, 'Only in `cart.ts`.');
	return {
		sessionId: everyShapeId,
		shapes,
		files: [
			{ path: `${everyShapeId}.jsonl`, records },
			{ path: `${everyShapeId}/subagents/agent-${everyShapeAgent}.jsonl`, records: [task, look, found, report] },
		],
	};
}
