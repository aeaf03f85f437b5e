import assert from 'node:assert/strict';
import { keyOf } from '../../../../src/extension/claude/transcript/key.ts';
import { attachment, only, progress, read, system, types } from './reading.ts';

const hook = (type: string, fields = {}) =>
	attachment({ type, hookEvent: 'PreToolUse', hookName: 'PreToolUse:Bash', toolUseID: 'toolu_1', command: 'check.sh', ...fields });

describe('hooks in attachments', () => {
	for (const [type, fields, outcome] of [
		['hook_success', { exitCode: 0 }, 'success'],
		['hook_non_blocking_error', { exitCode: 127 }, 'error'],
		['hook_error_during_execution', {}, 'error'],
		['hook_blocking_error', { blockingError: { blockingError: 'no', command: 'check.sh' } }, 'blocked'],
		['hook_stopped_continuation', {}, 'blocked'],
		['hook_cancelled', { timedOut: true }, 'cancelled'],
		['async_hook_response', {}, 'unknown'],
		['async_hook_response', { exitCode: 0 }, 'success'],
		['async_hook_response', { exitCode: 2 }, 'error'],
	] as const) {
		it(`are executions: ${type} ${JSON.stringify(fields)}`, () => {
			const reading = read([hook(type, fields)]);
			assert.equal(only(reading.hooks).outcome, outcome);
			assert.equal(reading.summary.hookExecutions, 1);
			assert.deepEqual(types(reading), ['context']);
		});
	}

	it('tell everything that is known of them', () => {
		assert.deepEqual(only(read([hook('hook_non_blocking_error', { exitCode: 1, stderr: 'not\nfound', durationMs: 12 })]).hooks), {
			offset: 0,
			index: 0,
			event: 'PreToolUse',
			name: 'PreToolUse:Bash',
			command: 'check.sh',
			toolKey: keyOf('toolu_1'),
			outcome: 'error',
			exitCode: 1,
			durationMs: 12,
			errorText: 'not found',
			preventedContinuation: false,
			atMs: Date.UTC(2026, 0, 10, 10),
		});
		assert.equal(
			only(read([hook('hook_blocking_error', { command: undefined, blockingError: { blockingError: 'no', command: 'c' } })]).hooks).command,
			'c',
		);
		assert.equal(only(read([hook('hook_stopped_continuation')]).hooks).preventedContinuation, true);
	});

	it('name a call only around a call', () => {
		assert.equal(only(read([hook('hook_success', { hookEvent: 'SessionStart', toolUseID: 'x' })]).hooks).toolKey, null);
	});

	it('are none where a hook only said something', () => {
		const { hooks, messages } = read([
			hook('hook_additional_context', { content: ['x'] }),
			hook('hook_system_message'),
			attachment({ type: 'file' }),
			attachment('x'),
			attachment(null),
		]);
		assert.deepEqual([hooks, messages.length], [[], 5]);
	});

	it('may be of any shape', () => {
		const { hooks } = read([
			attachment({
				type: 'hook_success',
				hookEvent: 5,
				hookName: {},
				command: [],
				exitCode: '0',
				durationMs: 'x',
				blockingError: 'y',
				stderr: {},
			}),
		]);
		const { event, name, command, exitCode, durationMs, outcome } = only(hooks);
		assert.deepEqual([event, name, command, exitCode, durationMs, outcome], ['(unknown)', null, null, null, null, 'success']);
	});
});

describe('hooks at the end of a turn', () => {
	const summary = (fields = {}) =>
		system('stop_hook_summary', {
			toolUseID: 't',
			hookInfos: [{ command: 'lint', durationMs: 5 }, { command: 'save' }],
			hookErrors: [],
			preventedContinuation: false,
			...fields,
		});

	it('are as many as the summary names', () => {
		const { hooks } = read([summary()]);
		assert.deepEqual(
			hooks.map(({ index, event, command, durationMs, outcome }) => [index, event, command, durationMs, outcome]),
			[
				[0, 'Stop', 'lint', 5, 'success'],
				[1, 'Stop', 'save', null, 'success'],
			],
		);
	});

	it('are blamed for an error only where one ran alone', () => {
		assert.deepEqual(
			read([summary({ hookErrors: ['bad'] })]).hooks.map(({ outcome, errorText }) => [outcome, errorText]),
			[
				['unknown', 'bad'],
				['unknown', null],
			],
		);
		assert.deepEqual(
			read([summary({ hookErrors: ['bad'], hookInfos: [{ command: 'lint' }] })]).hooks.map(({ outcome, errorText }) => [
				outcome,
				errorText,
			]),
			[['error', 'bad']],
		);
	});

	it('may have stopped Claude', () => {
		assert.deepEqual(
			read([summary({ preventedContinuation: true })]).hooks.map(fact => [fact.outcome, fact.preventedContinuation]),
			[
				['blocked', true],
				['blocked', true],
			],
		);
	});

	it('are not counted again when they started or an attachment told of them', () => {
		const start = progress(
			{ type: 'hook_progress', hookEvent: 'Stop', hookName: 'Stop', command: 'save' },
			{ toolUseID: 't', parentToolUseID: 't' },
		);
		assert.equal(read([start, summary()]).summary.hookExecutions, 2);
		const told = attachment({ type: 'hook_success', hookEvent: 'Stop', command: 'lint', toolUseID: 't', exitCode: 0 });
		assert.deepEqual(
			read([told, summary()]).hooks.map(({ command }) => command),
			['lint', 'save'],
		);
		assert.equal(read([told, summary({ toolUseID: 'another' })]).hooks.length, 3);
	});

	it('may be of any shape', () => {
		for (const hookInfos of [undefined, null, 5, 'x', {}]) assert.deepEqual(read([summary({ hookInfos })]).hooks, []);
		assert.equal(read([summary({ hookInfos: [null, 5, {}, { command: 7 }], hookErrors: [5, null] })]).hooks.length, 4);
	});
});

describe('hooks of older versions', () => {
	it('are known by their start between 2.1.9 and 2.1.81', () => {
		const { hooks, messages, summary } = read([
			progress(
				{ type: 'hook_progress', hookEvent: 'PostToolUse', hookName: 'PostToolUse:Edit', command: 'fmt' },
				{ toolUseID: 'toolu_1', parentToolUseID: 'toolu_1' },
			),
			progress({ type: 'hook_progress', hookEvent: 'SubagentStop', hookName: 'SubagentStop', command: 'fmt' }),
		]);
		assert.deepEqual(
			hooks.map(({ event, command, toolKey, outcome }) => [event, command, toolKey, outcome]),
			[
				['PostToolUse', 'fmt', keyOf('toolu_1'), 'unknown'],
				['SubagentStop', 'fmt', null, 'unknown'],
			],
		);
		assert.deepEqual([messages, summary.hookExecutions], [[], 2]);
	});

	it('were text before', () => {
		const { hooks } = read([
			system(undefined, { content: 'Running PostToolUse:Edit...', toolUseID: 'toolu_1' }),
			system(undefined, { content: '\u001b[1mPostToolUse:Edit\u001b[22m [fmt --all] completed successfully', toolUseID: 'toolu_1' }),
			system(undefined, { content: 'Stop [x [y]] failed with status code 1' }),
			system(undefined, { content: 'Claude Opus 4 limit reached, now using Sonnet 4' }),
			system(undefined, { content: { a: 1 } }),
		]);
		assert.deepEqual(
			hooks.map(({ event, name, command, outcome, errorText, toolKey }) => [event, name, command, outcome, errorText, toolKey]),
			[
				['PostToolUse', 'PostToolUse:Edit', 'fmt --all', 'success', null, keyOf('toolu_1')],
				['Stop', null, 'x [y]', 'error', 'failed with status code 1', null],
			],
		);
	});

	it('that block a prompt say so in a notice', () => {
		const { hooks, messages } = read([
			system('informational', { content: 'UserPromptSubmit operation blocked by hook:\n[x]: no' }),
			system('informational', { content: 'Hello' }),
		]);
		assert.deepEqual([only(hooks).event, only(hooks).outcome, only(hooks).errorText], ['UserPromptSubmit', 'blocked', '[x]: no']);
		assert.equal(messages.length, 2);
	});
});
