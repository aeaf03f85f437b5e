import assert from 'node:assert/strict';
import { assistant, call, failure, only, progress, read, result, types, user } from './reading.ts';

const called = (name: string, input: unknown) => only(read([call('toolu_1', name, input)]).toolCalls);

describe('tool calls', () => {
	it('are found by record and block, with the answer before the thinking', () => {
		const use = { type: 'tool_use', id: 'a', name: 'Read', input: { file_path: '/a.ts' } };
		const { toolCalls, messages } = read([
			assistant([{ type: 'text', text: 'x' }, use, { ...use, id: 'b' }], {}, { isSidechain: true }),
			assistant([
				{ type: 'thinking', thinking: 'hm\u00e4' },
				{ type: 'text', text: 'x' },
			]),
			assistant([
				{ type: 'thinking', thinking: '' },
				{ type: 'redacted_thinking', data: 'x' },
			]),
			assistant('plain text'),
			assistant([{ type: 'fallback' }]),
			assistant([], {}, { isAbortedMidStream: true }),
		]);
		assert.deepEqual(
			toolCalls.map(({ offset, block, isSidechain }) => [offset, block, isSidechain]),
			[
				[0, 1, true],
				[0, 2, true],
			],
		);
		assert.notEqual(toolCalls[0]?.key, toolCalls[1]?.key);
		assert.deepEqual(
			messages.map(({ type, thinkingLength, isPartial }) => [type, thinkingLength, isPartial]),
			[
				['tool_call', null, false],
				['answer', 3, false],
				['thinking', 0, false],
				['answer', null, false],
				['answer', null, false],
				['answer', null, true],
			],
		);
	});

	for (const [name, input, summary, filePath] of [
		['Bash', { command: 'npm  test\n--watch', description: 'Run' }, 'npm test --watch', null],
		['Bash', { description: 'Run' }, 'Run', null],
		['Read', { file_path: '/a b.ts', limit: 5 }, null, '/a b.ts'],
		['Write', { content: 'x'.repeat(9000), file_path: '/a.ts' }, null, '/a.ts'],
		['NotebookEdit', { notebook_path: '/a.ipynb' }, null, '/a.ipynb'],
		['Edit', { old_string: 'x' }, null, null],
		['Grep', { pattern: 'a.*b', path: '/src' }, 'a.*b', null],
		['WebFetch', { url: 'https://example.com', prompt: 'x' }, 'https://example.com', null],
		['Task', { prompt: 'long', description: 'Find callers' }, 'Find callers', null],
		['Skill', { skill: 'deploy' }, 'deploy', null],
		['TodoWrite', { todos: [{ content: 'x' }] }, null, null],
		['AskUserQuestion', { questions: [{ question: 'Which one?' }] }, 'Which one?', null],
		['mcp__browser__click', { ref: 5, element: 'Save button' }, 'Save button', null],
		['mcp__browser__click', { ref: 5 }, null, null],
		['Bash', 'npm test', null, null],
		['Bash', null, null, null],
		['Bash', { command: 5 }, null, null],
		['Bash', { command: 'x'.repeat(500) }, 'x'.repeat(80), null],
		['Read', { file_path: ['a'], path: '/b' }, null, '/b'],
		['toString', { a: 'b' }, 'b', null],
		['Unknown', [], null, null],
		['Unknown', ['first'], null, null],
	] as const) {
		it(`are summed up: ${name} ${JSON.stringify(input).slice(0, 60)}`, () => {
			const fact = called(name, input);
			assert.deepEqual([fact.name, fact.summary, fact.filePath], [name, summary, filePath]);
		});
	}

	it('count servers and skills, and are counted by name however odd it is', () => {
		const { summary, toolCalls } = read([
			call('1', 'mcp__linear-server__create_issue', {}),
			call('2', 'mcp__linear-server__get_issue', {}),
			call('3', 'mcp____proto____x', {}),
			call('4', 'mcp__broken', {}),
			call('5', 'Skill', { skill: 'constructor' }),
			call('6', 'Skill', { command: 'old-form' }),
			call('7', 'Task" >\n<parameter name="description', {}),
			call('8', '', {}),
			call('9', '__proto__', {}),
		]);
		assert.deepEqual(summary.mcpServers, { 'linear-server': 2 });
		assert.deepEqual(Object.keys(summary.skills), ['constructor', 'old-form']);
		assert.deepEqual(
			toolCalls.slice(6).map(({ name }) => name),
			['Task" > <parameter name="description', '(unnamed)', '__proto__'],
		);
	});

	it('have keys of their own without an id', () => {
		const { toolCalls } = read([
			assistant([
				{ type: 'tool_use', name: 'A' },
				{ type: 'tool_use', name: 'A', id: 5 },
			]),
			assistant([{ type: 'tool_use', name: 'A' }]),
		]);
		assert.equal(new Set(toolCalls.map(({ key }) => key)).size, 3);
	});
});

describe('results of tool calls', () => {
	const outcome = (name: string, record: Parameters<typeof read>[0][number]) =>
		only(read([call('toolu_1', name, {}), record as never]).toolResults);

	it('name the call, their record and the time between', () => {
		const reading = read([user('x'), call('toolu_1', 'Bash', {}), result('toolu_1', 'ok', { timestamp: '2026-01-10T10:00:07.500Z' })]);
		const fact = only(reading.toolResults);
		assert.equal(fact.callOffset, reading.messages[1]?.offset);
		assert.deepEqual([fact.callBlock, fact.resultOffset, fact.resultLength], [0, reading.messages[2]?.offset, reading.messages[2]?.length]);
		assert.deepEqual([fact.status, fact.durationMs, fact.errorText], ['ok', 7500, null]);
	});

	it('take the tool’s own figure for the duration', () => {
		assert.equal(outcome('WebFetch', result('toolu_1', 'ok', { toolUseResult: { durationMs: 1234 } })).durationMs, 1234);
		assert.equal(outcome('Task', result('toolu_1', 'ok', { toolUseResult: { totalDurationMs: 99 } })).durationMs, 99);
		assert.equal(outcome('WebSearch', result('toolu_1', 'ok', { toolUseResult: { durationSeconds: 1.5 } })).durationMs, 1500);
		assert.equal(outcome('Bash', result('toolu_1', 'ok', { toolUseResult: { durationMs: -1 } })).durationMs, 0);
		assert.equal(outcome('Bash', result('toolu_1', 'ok', { timestamp: '2026-01-10T09:00:00.000Z' })).durationMs, null);
		assert.equal(outcome('Bash', result('toolu_1', 'ok', { timestamp: 'soon' })).durationMs, null);
	});

	it('are errors when they say so, with their first line', () => {
		const reading = read([
			call('1', 'Bash', {}),
			failure('1', 'Exit code 1\nmore'),
			call('2', 'Edit', {}),
			failure('2', [{ type: 'text', text: '\n<tool_use_error>String not  found</tool_use_error>' }]),
		]);
		assert.deepEqual(
			reading.toolResults.map(({ status, errorText }) => [status, errorText]),
			[
				['error', 'Exit code 1'],
				['error', 'String not found'],
			],
		);
		assert.equal(reading.summary.toolErrors, 2);
		assert.equal(outcome('Bash', result('toolu_1', 'Error: no', {}, { is_error: 'true' })).status, 'ok');
	});

	it('are interrupted when they say so', () => {
		assert.equal(outcome('Bash', failure('toolu_1', 'Exit code 137\n[Request interrupted by user for tool use]')).status, 'interrupted');
		assert.equal(outcome('Bash', result('toolu_1', '', { toolUseResult: { interrupted: true } })).status, 'interrupted');
	});

	it('count lines added and removed', () => {
		const edit = { structuredPatch: [{ lines: [' a', '-b', '+c', '+d', 5] }, { lines: ['+e'] }, null] };
		const change = (toolUseResult: unknown) => {
			const { linesAdded, linesRemoved } = outcome('Edit', result('toolu_1', 'ok', { toolUseResult }));
			return [linesAdded, linesRemoved];
		};
		assert.deepEqual(change(edit), [3, 1]);
		assert.deepEqual(change({ type: 'create', content: 'a\nb\nc', structuredPatch: [] }), [3, 0]);
		assert.deepEqual(change({ type: 'create', content: 'a\nb\n', structuredPatch: [] }), [2, 0]);
		assert.deepEqual(change({ type: 'create', content: '', structuredPatch: [] }), [0, 0]);
		assert.deepEqual(change({ type: 'update', content: 'a', structuredPatch: [] }), [0, 0]);
		for (const other of [undefined, null, 'Error', ['x'], {}, 5]) assert.deepEqual(change(other), [null, null]);
	});

	it('name the subagent a call started, from wherever it is told', () => {
		assert.equal(outcome('Task', result('toolu_1', 'ok', { toolUseResult: { agentId: 'abc' } })).agentId, 'abc');
		assert.equal(
			outcome(
				'Agent',
				result('toolu_1', [
					{ type: 'text', text: 'done' },
					{ type: 'text', text: 'agentId: a7ef916 (use SendMessage)' },
				]),
			).agentId,
			'a7ef916',
		);
		assert.equal(outcome('Bash', result('toolu_1', 'agentId: x')).agentId, null);
		const seen = read([
			call('toolu_1', 'Task', {}),
			progress({ type: 'agent_progress', agentId: 'def' }, { parentToolUseID: 'toolu_1' }),
			result('toolu_1', 'ok'),
		]);
		assert.equal(only(seen.toolResults).agentId, 'def');
	});

	it('may come several in a record, which then share no outcome', () => {
		const block = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'ok' });
		const { toolResults } = read([
			call('1', 'Task', {}),
			call('2', 'Task', {}),
			user([block('1'), block('2')], { toolUseResult: { agentId: 'x' } }),
		]);
		assert.deepEqual(
			toolResults.map(({ agentId }) => agentId),
			[null, null],
		);
	});

	it('count once, and only for calls of this file', () => {
		const { toolResults, summary } = read([call('1', 'Bash', {}), failure('1', 'a'), failure('1', 'b'), failure('2', 'c')]);
		assert.equal(toolResults.length, 1);
		assert.equal(summary.toolErrors, 3);
	});
});

describe('tool calls told by progress messages', () => {
	const at = (second: number): string => `2026-01-10T09:00:0${second}.000Z`;
	const told = (type: string, block: unknown, second: number, extra = {}) =>
		progress({
			type: 'agent_progress',
			agentId: 'a',
			message: { type, timestamp: at(second), message: { id: 'msg_s', model: 'x', content: [block] }, ...extra },
		});
	const use = (id: string, input: unknown) => ({ type: 'tool_use', id, name: 'Edit', input });
	const answered = (id: string, fields = {}) => ({ type: 'tool_result', tool_use_id: id, content: 'done', ...fields });

	it('have their file, their times and their result', () => {
		const { toolCalls, toolResults, messages } = read([
			told('assistant', use('t1', { file_path: '/a.ts' }), 1),
			told('user', answered('t1'), 4, { toolUseResult: { structuredPatch: [{ lines: ['+a', '-b', '+c'] }] } }),
		]);
		assert.deepEqual(messages, []);
		const { isProgress, isSidechain, filePath, startedMs } = only(toolCalls);
		assert.deepEqual([isProgress, isSidechain, filePath, startedMs], [true, true, '/a.ts', Date.parse(at(1))]);
		const { status, durationMs, linesAdded, linesRemoved } = only(toolResults);
		assert.deepEqual([status, durationMs, linesAdded, linesRemoved], ['ok', 3000, 2, 1]);
	});

	it('add nothing to the figures of the file that tells them', () => {
		const { toolCalls, toolResults, permissions, summary } = read([
			told('assistant', { ...use('t1', {}), name: 'mcp__db__query' }, 1),
			told('user', answered('t1', { is_error: true, content: 'Permission to use it has been denied.' }), 2),
			told('assistant', { ...use('t2', {}), name: 'mcp__db__query' }, 3),
		]);
		assert.deepEqual([toolCalls.length, only(toolResults).status, permissions], [2, 'denied', []]);
		assert.deepEqual([summary.toolErrors, summary.denials, summary.retries, summary.mcpServers], [0, 0, 0, {}]);
	});

	it('have one result, and none of a call that nobody told', () => {
		const { toolResults } = read([
			told('user', answered('unknown'), 1),
			told('assistant', use('t1', {}), 2),
			told('user', { type: 'tool_result' }, 3),
			told('user', answered('t1'), 4),
			told('user', answered('t1', { is_error: true }), 5),
		]);
		assert.deepEqual(
			toolResults.map(({ status }) => status),
			['ok'],
		);
	});

	it('are told once while they run, and leave the results of the file’s own calls alone', () => {
		const { toolCalls, toolResults } = read([
			call('own', 'Bash', {}),
			told('assistant', use('own', {}), 1),
			told('user', answered('own'), 2),
			told('assistant', use('t1', {}), 3),
			told('assistant', use('t1', {}), 4),
		]);
		assert.deepEqual(
			toolCalls.map(({ isProgress }) => isProgress),
			[false, true],
		);
		assert.deepEqual(toolResults, []);
	});
});

describe('retries', () => {
	const attempts = (...inputs: readonly unknown[]) =>
		read(inputs.flatMap((input, i) => [call(`t${i}`, 'Bash', input), failure(`t${i}`, 'Exit code 1')])).toolCalls.map(
			({ isRetry }) => isRetry,
		);

	it('are calls of the same tool with the same input after a failure', () => {
		assert.deepEqual(attempts({ command: 'a' }, { command: 'b' }, { command: 'a' }, { command: 'a' }), [false, false, true, true]);
		assert.deepEqual(attempts({ command: 'x'.repeat(5000) }, { command: `${'x'.repeat(4999)}y` }, { command: 'x'.repeat(5000) }), [
			false,
			false,
			true,
		]);
	});

	it('end with a success: what is done again after it has another reason', () => {
		const tests = (id: string) => call(id, 'Bash', { command: 'npm test' });
		const records = [tests('1'), failure('1', 'Exit code 1'), tests('2'), result('2', 'ok'), tests('3'), result('3', 'ok')];
		assert.deepEqual(
			read(records).toolCalls.map(({ isRetry }) => isRetry),
			[false, true, false],
		);
	});

	it('are none after a success, or after a denial', () => {
		const repeat = (first: ReturnType<typeof result>) =>
			read([call('1', 'Bash', { command: 'a' }), first, call('2', 'Bash', { command: 'a' })]).summary.retries;
		assert.equal(repeat(result('1', 'ok')), 0);
		assert.equal(repeat(failure('1', 'Permission to use Bash has been denied.')), 0);
		assert.equal(repeat(failure('1', 'Exit code 1')), 1);
	});

	it('are none of another tool', () => {
		assert.equal(
			read([call('1', 'Bash', { command: 'a' }), failure('1', 'x'), call('2', 'PowerShell', { command: 'a' })]).summary.retries,
			0,
		);
	});
});

describe('decisions about tool calls', () => {
	const decided = (text: string, extra = {}, name = 'Bash') => read([call('1', name, {}), failure('1', text, extra)]);

	for (const [text, source] of [
		["The user doesn't want to proceed with this tool use. The tool use was rejected", 'user'],
		["The user doesn't want to take this action right now. STOP", 'user'],
		['Permission to use Bash has been denied.', 'rule'],
		['Permission to use Bash with command rm -rf /\n&& ls has been denied.', 'rule'],
		['Permission to use Bash has been auto-denied (prompts unavailable).', 'unavailable'],
		['Permission for this action was denied by the Claude Code auto mode classifier. Reason: Blocked', 'classifier'],
		['Permission for this command was denied by a built-in Claude Code safety check', 'rule'],
		['claude-opus-4-6 is temporarily unavailable, so auto mode cannot determine the safety of Bash', 'unavailable'],
		['Permission prompt was aborted.', 'unavailable'],
		['Tool permission request failed: Error: Tool permission stream closed before response received', 'unavailable'],
		['PreToolUse:Bash hook error: [check.sh]: not on a Friday', 'unknown'],
	] as const) {
		it(`are denials by ${source}: ${text.slice(0, 50)}`, () => {
			const reading = decided(text);
			const { decision, source: by, callOffset } = only(reading.permissions);
			assert.deepEqual([decision, by, callOffset], ['denied', source, 0]);
			assert.equal(only(reading.toolResults).status, 'denied');
			assert.deepEqual([reading.summary.denials, reading.summary.toolErrors], [1, 0]);
		});
	}

	for (const [kind, source] of [
		['user-rejected', 'user'],
		['permission-rule', 'rule'],
		['automode-blocked', 'classifier'],
		['automode-unavailable', 'unavailable'],
		['of a kind to come', 'unknown'],
	] as const) {
		it(`follow the field that says ${kind}`, () => {
			assert.equal(only(decided('whatever', { toolDenialKind: kind }).permissions).source, source);
		});
	}

	it('are read from the outcome where the text is silent', () => {
		assert.equal(only(decided('', { toolUseResult: 'User rejected tool use' }).permissions).source, 'user');
	});

	it('are not seen in errors of tools and siblings', () => {
		for (const text of [
			'<tool_use_error>Sibling tool call errored</tool_use_error>',
			'Permission denied (publickey)',
			'Exit code 1\nPermission to use x has been denied.',
		]) {
			const reading = decided(text);
			assert.deepEqual([reading.permissions.length, only(reading.toolResults).status], [0, 'error'], text);
		}
	});

	it('keep the reason in one line', () => {
		assert.equal(
			only(decided('Permission to use Bash with command a\n&& b has been denied.').permissions).reason,
			'Permission to use Bash with command a && b has been denied.',
		);
	});

	it('are an allowance where a plan was accepted', () => {
		const { decision, source } = only(read([call('1', 'ExitPlanMode', {}), result('1', 'ok')]).permissions);
		assert.deepEqual([decision, source], ['allowed', 'user']);
	});

	it('were bypassed in that mode, for tools that would ask', () => {
		const mode = { type: 'permission-mode', permissionMode: 'bypassPermissions' };
		const run = (name: string) => read([mode, call('1', name, {}), result('1', 'ok')]).permissions.map(({ decision }) => decision);
		assert.deepEqual([run('Bash'), run('mcp__a__b'), run('Read'), run('TodoWrite')], [['bypassed'], ['bypassed'], [], []]);
		assert.deepEqual(read([call('1', 'Bash', {}), result('1', 'ok', { permissionMode: 'default' })]).permissions, []);
	});
});

describe('forms of assistant records', () => {
	it('may be of any shape', () => {
		for (const message of [
			undefined,
			null,
			5,
			'x',
			[],
			{},
			{ content: { a: 1 } },
			{ content: [null, 5, [], 'x', {}] },
			{ content: [{ type: 'tool_use' }] },
			{ content: [{ type: 'thinking', thinking: 5 }] },
		]) {
			assert.equal(types(read([{ type: 'assistant', message }])).length, 1, JSON.stringify(message));
		}
	});
});
