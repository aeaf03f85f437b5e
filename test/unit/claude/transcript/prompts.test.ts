import assert from 'node:assert/strict';
import { attachment, assistant, envelope, failure, only, read, result, system, types, user } from './reading.ts';

const text = (...texts: readonly string[]) => texts.map(part => ({ type: 'text', text: part }));

describe('what a person typed', () => {
	it('is a prompt, as a text or as blocks', () => {
		const { messages, summary } = read([
			user('Fix the  build,\nplease'),
			user(text('one two', 'three')),
			user([{ type: 'image', source: {} }]),
		]);
		assert.deepEqual(
			messages.map(({ type, wordCount }) => [type, wordCount]),
			[
				['prompt', 4],
				['prompt', 3],
				['prompt', 0],
			],
		);
		assert.equal(summary.userPrompts, 3);
		assert.equal(summary.firstPrompt, 'Fix the build, please');
		assert.equal(summary.lastPrompt, 'one two three');
		assert.equal(summary.firstPromptWordCount, 4);
	});

	for (const [why, extra] of Object.entries({
		'is marked as meta': { isMeta: true },
		'belongs to a sidechain': { isSidechain: true },
		'comes from another origin': { origin: { kind: 'task-notification' } },
		'was sent by the system': { promptSource: 'system' },
	})) {
		it(`is not what ${why}`, () => {
			assert.deepEqual(types(read([user('do it', extra)])), ['context']);
		});
	}

	for (const extra of [
		{ origin: { kind: 'human' } },
		{ origin: {} },
		{ origin: 'human' },
		{ promptSource: 'sdk' },
		{ promptSource: 'typed' },
		{ isMeta: 'true' },
		{ isSidechain: null },
	]) {
		it(`may carry ${JSON.stringify(extra)}`, () => {
			assert.deepEqual(types(read([user('do it', extra)])), ['prompt']);
		});
	}

	for (const start of [
		'<local-command-stdout>ok</local-command-stdout>',
		'<local-command-stderr>no</local-command-stderr>',
		'<local-command-caveat>Caveat</local-command-caveat>',
		'Caveat: The messages below were generated',
		'<bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>',
		'<task-notification>\n<task-id>a</task-id>',
		'<agent-notification>\n<agent-id>a</agent-id>',
		'<system-reminder>Remember</system-reminder>',
		'<ide_opened_file>The user opened a</ide_opened_file>',
		'<ide_selection>lines</ide_selection>',
		'<system-reminder>never closed',
		'<scheduled-task name="x" file="y">',
		'<observed_from_primary_session>',
		'<teammate-message teammate_id="a">',
		'<cross-session-message from="b">',
		'<agent-message from="c">',
		'<fork-boilerplate>',
		'[SUGGESTION MODE: suggest]',
		'Warmup',
		'Implement the following plan:\n\n# Plan',
		'Base directory for this skill: /x',
		'ARGUMENTS: x',
		'Unknown skill: x',
		'Unknown slash command: x',
		'Continue from where you left off.',
		'Stop hook feedback:\n[x]: y',
		'<session-start-hook>',
		'<tick>',
		'<goal>',
		'',
		'  \n ',
	]) {
		it(`does not begin ${JSON.stringify(start)}`, () => {
			assert.deepEqual(types(read([user(start)])), ['context']);
			assert.deepEqual(types(read([user(text(start))])), ['context']);
		});
	}

	it('may begin like a marker', () => {
		assert.deepEqual(
			types(
				read([
					user('Warmup exercises, please'),
					user('<div> is broken'),
					user('implement the following plan: x'),
					user('/home/ann is full'),
				]),
			),
			Array<string>(4).fill('prompt'),
		);
	});

	it('stands behind tags of the IDE and reminders, which are no words of the user', () => {
		const { messages, summary } = read([
			user(text('<ide_opened_file>The user opened /a.ts</ide_opened_file>', 'rename it')),
			user('<ide_selection>x</ide_selection>\n<system-reminder>y</system-reminder>\nand test it now'),
		]);
		assert.deepEqual(
			messages.map(({ type, wordCount }) => [type, wordCount]),
			[
				['prompt', 2],
				['prompt', 4],
			],
		);
		assert.equal(summary.firstPrompt, 'rename it');
		assert.equal(summary.lastPrompt, 'and test it now');
	});

	it('keeps at most 200 characters, on one line, of what it shows', () => {
		const { summary } = read([user(`a\u0000b\t\n${'long '.repeat(100)}`), user('\ud83d half an emoji')]);
		assert.equal(summary.firstPrompt?.length, 200);
		assert.ok(summary.firstPrompt.startsWith('a b long'));
		assert.equal(summary.lastPrompt, '\uFFFD half an emoji');
	});
});

describe('interruptions and summaries', () => {
	it('tells interruptions from prompts', () => {
		const { summary, messages } = read([
			user(text('[Request interrupted by user]')),
			user('[Request interrupted by user for tool use]', { isSidechain: true }),
		]);
		assert.deepEqual(
			messages.map(({ type }) => type),
			['interruption', 'interruption'],
		);
		assert.equal(summary.interruptions, 2);
		assert.equal(summary.userPrompts, 0);
	});

	it('tells the summary of a compaction by its mark or its first words', () => {
		assert.deepEqual(
			types(
				read([
					user('What happened so far', { isCompactSummary: true }),
					user('This session is being continued from a previous conversation'),
				]),
			),
			['compact_summary', 'compact_summary'],
		);
	});

	it('counts compactions by their boundary', () => {
		const { summary, messages } = read([system('compact_boundary', { logicalParentUuid: 'x' }), system('microcompact_boundary')]);
		assert.deepEqual(
			messages.map(({ type }) => type),
			['compaction', 'notice'],
		);
		assert.equal(summary.compactions, 1);
	});
});

describe('commands', () => {
	const named =
		'<command-name>/review</command-name>\n<command-message>review</command-message>\n<command-args>src and test</command-args>';
	const skill = '<command-message>deploy</command-message>\n<command-name>deploy</command-name>';

	it('are read in either order of their tags, with the words behind them', () => {
		const { messages, summary } = read([
			user(named),
			user(skill),
			user(text(skill)),
			system('local_command', { content: '<command-name>/clear</command-name><command-args></command-args>' }),
		]);
		assert.deepEqual(
			messages.map(({ type, wordCount }) => [type, wordCount]),
			[
				['command', 3],
				['command', null],
				['command', null],
				['command', null],
			],
		);
		assert.deepEqual(summary.slashCommands, { '/review': 1, '/deploy': 2, '/clear': 1 });
		assert.equal(summary.userPrompts, 0);
	});

	it('title a session until a person types something', () => {
		assert.equal(read([user(skill), user(named)]).summary.firstPrompt, '/deploy');
		assert.equal(read([user(named)]).summary.firstPromptWordCount, null);
		const { summary } = read([user(named), user('do it'), user(skill)]);
		assert.deepEqual(
			[summary.firstPrompt, summary.firstPromptWordCount, summary.lastPrompt, summary.firstPromptOfAll],
			['do it', 2, 'do it', 'do it'],
		);
	});

	it('may be shell commands, which are no slash commands', () => {
		const { messages, summary } = read([user('<bash-input>ls -l</bash-input>')]);
		assert.deepEqual([only(messages).type, only(messages).wordCount, summary.slashCommands], ['command', null, {}]);
	});

	it('leave their output as a notice', () => {
		assert.deepEqual(
			types(
				read([
					system('local_command', { content: '<local-command-stdout>x</local-command-stdout>' }),
					system('local_command', { content: 5 }),
				]),
			),
			['notice', 'notice'],
		);
	});

	it('are nothing without a name', () => {
		assert.deepEqual(types(read([user('<command-name></command-name>')])), ['context']);
	});

	it('rename the session, and clear its name without one', () => {
		const rename = (name: string) =>
			system('local_command', { content: `<command-name>/rename</command-name><command-args>${name}</command-args>` });
		assert.equal(read([rename('The new name')]).summary.customTitle, 'The new name');
		assert.equal(read([rename('The new name'), rename('')]).summary.customTitle, null);
	});

	it('may be named like parts of JavaScript', () => {
		const { summary } = read([user('<command-name>/__proto__</command-name>'), user('<command-name>constructor</command-name>')]);
		assert.deepEqual(Object.entries(summary.slashCommands), [
			['/__proto__', 1],
			['/constructor', 1],
		]);
	});
});

describe('accepted plans', () => {
	const plan =
		'Implement the following plan:\n\n# Rework\n\nIf you need details, read the full transcript at: /home/ann/.claude/projects/-app/11111111-2222-4333-8444-555555555555.jsonl';

	it('name the session they come from, and title the session that carries them out', () => {
		const { summary } = read([user(plan, { planContent: '# Rework' })]);
		assert.equal(summary.planOf, '11111111-2222-4333-8444-555555555555');
		assert.ok(summary.firstPrompt?.startsWith('Implement the following plan: # Rework'));
		assert.deepEqual([summary.userPrompts, summary.firstPromptWordCount], [0, null]);
	});

	it('are found on Windows', () => {
		assert.equal(read([user(plan.replaceAll('/', '\\'))]).summary.planOf, '11111111-2222-4333-8444-555555555555');
	});
});

describe('words given with a denial', () => {
	const refusal =
		"The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). ";

	it('are a prompt', () => {
		const { messages, summary } = read([
			user('start'),
			failure('t', `${refusal}To tell you how to proceed, the user said:\nno, use the other file`),
			failure(
				't',
				`${refusal}To tell you how to proceed, the user said:\nplease wait\n\nNote: The user's next message may contain a correction or preference.`,
			),
			failure('t', refusal, { toolDenialKind: 'user-rejected', userFeedback: 'only the tests' }),
		]);
		assert.deepEqual(
			messages.map(({ type, wordCount, isCorrection }) => [type, wordCount, isCorrection]),
			[
				['prompt', 1, false],
				['prompt', 5, true],
				['prompt', 2, false],
				['prompt', 3, false],
			],
		);
		assert.deepEqual([summary.userPrompts, summary.corrections, summary.lastPrompt], [4, 1, 'only the tests']);
	});

	it('are not there when nothing was said', () => {
		assert.deepEqual(
			types(
				read([
					failure('t', `${refusal}STOP what you are doing`),
					failure('t', `${refusal}To tell you how to proceed, the user said:\n \n`),
				]),
			),
			['tool_result', 'tool_result'],
		);
	});
});

describe('corrections', () => {
	const isCorrection = (prompt: string): boolean => read([user('build it'), user(prompt)]).summary.corrections === 1;

	for (const prompt of [
		"No, don't touch the config",
		"that's not what I asked for",
		'This is not what I meant',
		'I told you to keep the tests',
		'You forgot the migration',
		"you've misunderstood the question",
		'you edited the wrong file',
		'it still doesn’t work',
		'wait, stop',
		'please revert your last change',
		'You were supposed to run it first',
		'I meant the other branch',
	]) {
		it(`are seen in "${prompt}"`, () => {
			assert.ok(isCorrection(prompt));
		});
	}

	for (const prompt of [
		'wrong',
		'undo',
		'no',
		'No, thanks',
		'the wrong answer is shown to the user, fix that',
		'why is this failing?',
		'add an undo button',
		'do not use lodash here',
		'looks good, commit it',
		`${'log line '.repeat(60)} you forgot the migration`,
	]) {
		it(`are not seen in "${prompt.slice(0, 60)}"`, () => {
			assert.ok(!isCorrection(prompt));
		});
	}

	it('never are the first prompt', () => {
		const { summary, messages } = read([user('<command-name>/x</command-name>'), user('you forgot the docs'), user('you forgot the docs')]);
		assert.deepEqual(
			messages.map(message => message.isCorrection),
			[false, false, true],
		);
		assert.equal(summary.corrections, 1);
	});
});

describe('a subagent’s transcript', () => {
	it('has no typed prompts, but is titled by its task', () => {
		const { summary, messages } = read(
			[
				user('Find all callers of x', { isSidechain: true, agentId: 'a1b2c3d' }),
				assistant([{ type: 'text', text: 'ok' }], {}, { isSidechain: true }),
			],
			{ isSubagent: true },
		);
		assert.deepEqual(
			messages.map(({ type }) => type),
			['context', 'answer'],
		);
		assert.deepEqual(
			[summary.userPrompts, summary.firstPrompt, summary.firstPromptWordCount, summary.agentId, summary.firstIsSidechain],
			[0, 'Find all callers of x', null, 'a1b2c3d', true],
		);
	});

	it('is named by the reference to its context too', () => {
		const { summary } = read([{ type: 'fork-context-ref', agentId: 'ausr', parentSessionId: 'x' }], { isSubagent: true });
		assert.equal(summary.agentId, 'ausr');
	});

	it('keeps prompts of the main file apart', () => {
		assert.equal(read([user('x', { agentId: 'ag' })]).summary.agentId, null);
	});
});

describe('queued prompts', () => {
	const queue = (operation: string, content?: unknown, at = '2026-01-10T10:00:10.000Z') => ({
		type: 'queue-operation',
		operation,
		content,
		timestamp: at,
		sessionId: 'session-1',
	});
	const old = { version: '2.1.50' };
	const recent = { version: '2.1.97' };

	it('count once, as the user record that follows when they are dequeued', () => {
		const { summary, messages } = read([user('a', old), queue('enqueue', 'b c'), queue('dequeue'), user('b c', old)]);
		assert.deepEqual([summary.userPrompts, messages.length], [2, 2]);
	});

	it('count where they were put in when they go into the turn and nothing else keeps them', () => {
		const records = [user('a', old), queue('enqueue', 'you forgot  b'), queue('remove')];
		const { summary, messages } = read(records);
		const message = messages[1];
		assert.deepEqual(
			[message?.type, message?.key, message?.wordCount, message?.isCorrection, message?.parentOffset],
			['prompt', null, 3, true, null],
		);
		assert.equal(message?.offset, JSON.stringify(records[0]).length + 1);
		assert.deepEqual([summary.userPrompts, summary.corrections, summary.lastPrompt], [2, 1, 'you forgot b']);
	});

	it('count as an attachment since 2.1.97', () => {
		const { summary, messages } = read([
			user('a', recent),
			queue('enqueue', 'b c'),
			queue('remove'),
			attachment({ type: 'queued_command', prompt: 'b c', commandMode: 'prompt', origin: { kind: 'human' } }, recent),
			queue('enqueue', 'thrown away'),
			queue('remove'),
		]);
		assert.deepEqual(
			messages.map(({ type, wordCount }) => [type, wordCount]),
			[
				['prompt', 1],
				['prompt', 2],
			],
		);
		assert.equal(summary.userPrompts, 2);
	});

	it('may be blocks', () => {
		assert.equal(read([user('a', old), queue('enqueue', [{ type: 'text', text: 'b' }]), queue('remove')]).summary.lastPrompt, 'b');
		assert.equal(
			read([attachment({ type: 'queued_command', prompt: [{ type: 'image' }, { type: 'text', text: 'c' }], commandMode: 'prompt' })])
				.summary.firstPrompt,
			'c',
		);
	});

	it('do not count when they were taken back', () => {
		assert.equal(
			read([user('a', old), queue('enqueue', 'b'), queue('enqueue', 'c'), queue('popAll', 'b'), queue('popAll', 'c'), queue('remove')])
				.summary.userPrompts,
			1,
		);
		assert.equal(
			read([user('a', old), queue('enqueue', 'b'), queue('enqueue', 'c'), queue('popAll'), queue('remove')]).summary.userPrompts,
			1,
		);
	});

	it('do not count while they wait', () => {
		assert.equal(read([user('a', old), queue('enqueue', 'b')]).summary.userPrompts, 1);
	});

	it('leave in the order they came, or by their text', () => {
		const order = read([user('a', old), queue('enqueue', 'b'), queue('enqueue', 'c'), queue('dequeue'), queue('remove')]);
		assert.equal(order.summary.lastPrompt, 'c');
		const byText = read([user('a', old), queue('enqueue', 'b'), queue('enqueue', 'c'), queue('remove', 'c'), queue('dequeue')]);
		assert.equal(byText.summary.lastPrompt, 'c');
		assert.equal(byText.summary.userPrompts, 2);
	});

	it('are found when they were put in before the file began', () => {
		assert.equal(read([user('a', old), queue('remove', 'b')]).summary.lastPrompt, 'b');
	});

	it('do not count again when a record repeats one at once, but later they do', () => {
		const repeated = (at: string) =>
			read([user('a', old), queue('enqueue', 'go on'), queue('remove'), user('go on', { ...old, timestamp: at })]);
		assert.equal(repeated('2026-01-10T10:00:12.000Z').summary.userPrompts, 2);
		assert.deepEqual(types(repeated('2026-01-10T10:00:12.000Z')), ['prompt', 'prompt', 'context']);
		assert.equal(repeated('2026-01-10T10:05:00.000Z').summary.userPrompts, 3);
	});

	it('are no prompts when the harness put them in', () => {
		for (const content of ['<task-notification>x</task-notification>', '{"task_id":"a","tool_use_id":"b"}', '<agent-notification>', '']) {
			assert.deepEqual(types(read([user('a', old), queue('enqueue', content), queue('remove')])), ['prompt']);
		}
		const modes = ['task-notification', '[trimmed]', 5].map(commandMode =>
			attachment({ type: 'queued_command', prompt: 'b', commandMode }),
		);
		assert.deepEqual(types(read(modes)), ['context', 'context', 'context']);
		assert.deepEqual(types(read([attachment({ type: 'queued_command', prompt: 'b', commandMode: 'prompt', origin: { kind: 'peer' } })])), [
			'context',
		]);
	});

	it('may be commands', () => {
		const { summary, messages } = read([
			user('a', old),
			queue('enqueue', '/compact keep the plan'),
			queue('remove'),
			attachment({ type: 'queued_command', prompt: '/mcp', commandMode: 'prompt' }),
			attachment({ type: 'queued_command', prompt: 'ls', commandMode: 'bash' }),
		]);
		assert.deepEqual(
			messages.map(({ type, wordCount }) => [type, wordCount]),
			[
				['prompt', 1],
				['command', 3],
				['command', null],
				['command', null],
			],
		);
		assert.equal(summary.userPrompts, 1);
	});

	it('survive operations that make no sense', () => {
		const { summary } = read([
			queue('remove'),
			queue('dequeue'),
			queue('popAll'),
			queue('enqueue'),
			queue('remove'),
			{ type: 'queue-operation' },
			{ type: 'queue-operation', operation: 5, content: { a: 1 } },
		]);
		assert.equal(summary.userPrompts, 0);
	});
});

describe('records with tool results', () => {
	it('are no prompts, whatever else they hold', () => {
		assert.deepEqual(
			types(
				read([
					result('t', 'ok'),
					user([
						{ type: 'text', text: 'x' },
						{ type: 'tool_result', tool_use_id: 't' },
					]),
				]),
			),
			['tool_result', 'tool_result'],
		);
	});

	it('may be of any shape', () => {
		for (const message of [
			undefined,
			null,
			5,
			'x',
			[],
			{},
			{ content: 5 },
			{ content: [null, 5, 'x', [], {}] },
			{ content: [{ type: 'tool_result' }] },
		]) {
			const { messages } = read([{ ...envelope(), type: 'user', message, toolUseResult: message }]);
			assert.equal(messages.length, 1, JSON.stringify(message));
		}
	});
});
