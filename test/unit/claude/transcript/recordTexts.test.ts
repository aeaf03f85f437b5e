import assert from 'node:assert/strict';
import { textsOf } from '../../../../src/extension/claude/transcript/recordTexts.ts';

const said = (record: unknown, isSubagent = false): (readonly [string, string])[] =>
	(textsOf(record, isSubagent)?.texts ?? []).map(({ kind, text }) => [kind, text] as const);

const user = (content: unknown, rest: object = {}): object => ({ type: 'user', message: { role: 'user', content }, ...rest });
const assistant = (...content: unknown[]): object => ({ type: 'assistant', message: { role: 'assistant', model: 'claude-x', content } });

describe('texts of a record', () => {
	it('tell what a person typed from what Claude Code wrote in their name', () => {
		assert.deepEqual(said(user('Fix the login')), [['prompt', 'Fix the login']]);
		assert.deepEqual(said(user('<ide_opened_file>a.ts</ide_opened_file>Fix it')), [
			['prompt', 'Fix it'],
			['context', '<ide_opened_file>a.ts</ide_opened_file>'],
		]);
		assert.deepEqual(said(user('Summary of what was said', { isCompactSummary: true })), [['context', 'Summary of what was said']]);
		assert.deepEqual(said(user('Look at the tests', { isSidechain: true })), [['context', 'Look at the tests']]);
		assert.deepEqual(said(user('Look at the tests'), true), [['context', 'Look at the tests']]);
		assert.deepEqual(said(user('<local-command-stdout>ok</local-command-stdout>')), [
			['context', '<local-command-stdout>ok</local-command-stdout>'],
		]);
	});

	it('give a slash command as it was typed', () => {
		const tags = '<command-name>/review</command-name><command-message>review</command-message><command-args>the parser</command-args>';
		assert.deepEqual(said(user(tags)), [['prompt', '/review the parser']]);
		const contents = `${tags}<command-contents>what it means</command-contents>`;
		assert.match(said(user(contents))[1]?.join(' ') ?? '', /^context +<command-contents>what it means</);
		assert.deepEqual(said({ type: 'system', subtype: 'local_command', content: tags }), [['prompt', '/review the parser']]);
		assert.deepEqual(said(user('<bash-input>git status</bash-input>')), [['prompt', 'git status']]);
	});

	it('are answers, thinking, inputs of tools and the files they name', () => {
		const record = assistant(
			{ type: 'text', text: 'Done.' },
			{ type: 'thinking', thinking: 'Which parser?' },
			{ type: 'tool_use', id: 't1', name: 'Edit', input: { file_path: '/a/b.ts', old_string: 'one', edits: [{ new_string: 'two' }] } },
		);
		assert.deepEqual(said(record), [
			['answer', 'Done.'],
			['thinking', 'Which parser?'],
			['file', '/a/b.ts'],
			['toolInput', 'one\ntwo'],
		]);
		assert.equal(textsOf(record)?.texts[3]?.tool, 'Edit');
		assert.equal(textsOf(record)?.model, 'claude-x');
	});

	it('have the numbers of a call, but not its yes and no', () => {
		const input = { owner: 'shop', issue_number: 424242, isDraft: true, labels: [7, { weight: -0.5, none: null }], big: 1e21 };
		assert.deepEqual(said(assistant({ type: 'mcp_tool_use', name: 'get_issue', input })), [['toolInput', 'shop\n424242\n7\n-0.5\n1e+21']]);
		assert.deepEqual(said({ type: 'attachment', attachment: { type: 'file', filename: 'a.md', lines: 12 } }), [['context', 'a.md']]);
	});

	it('have no colours, links and movements of a terminal in them, which would part words and join with them', () => {
		const printed =
			'\u001b[1m\u001b[31mFAIL\u001b[39m\u001b[22m par\u001b[4mser\u001b[24m\u001b[K \u001b]8;;file:///a\u0007a.ts\u001b]8;;\u0007';
		assert.deepEqual(said(user([{ type: 'tool_result', tool_use_id: 't1', content: printed }])), [['toolResult', 'FAIL parser a.ts']]);
		assert.deepEqual(said(user('\u001b[0m')), []);
		assert.deepEqual(said(user('\u001b is the key Esc')), [['prompt', '\u001b is the key Esc']]);
	});

	it('are results of tools, without pictures, and what a person said to them', () => {
		const content = [
			{
				type: 'tool_result',
				tool_use_id: 't1',
				content: [
					{ type: 'text', text: '3 passed' },
					{ type: 'image', source: { type: 'base64', data: 'AAAA' } },
				],
			},
			{ type: 'text', text: 'Now the others' },
		];
		const texts = textsOf(user(content))?.texts ?? [];
		assert.deepEqual(
			texts.map(({ kind, text }) => [kind, text]),
			[
				['toolResult', '3 passed'],
				['prompt', 'Now the others'],
			],
		);
		assert.equal(texts[0]?.toolUseId, 't1');
	});

	it('are titles, queued prompts and what attachments bring along', () => {
		assert.deepEqual(said({ type: 'ai-title', aiTitle: 'Login fixed' }), [['title', 'Login fixed']]);
		assert.deepEqual(said({ type: 'summary', summary: 'Login fixed', leafUuid: 'x' }), [['title', 'Login fixed']]);
		const queued = { type: 'queue-operation', operation: 'enqueue', content: 'And the logout' };
		assert.deepEqual(said(queued), [['prompt', 'And the logout']]);
		assert.equal(textsOf(queued)?.isQueued, true);
		assert.deepEqual(said({ type: 'attachment', attachment: { type: 'queued_command', prompt: 'And the logout' } }), [
			['prompt', 'And the logout'],
		]);
		assert.deepEqual(said({ type: 'attachment', attachment: { type: 'file', filename: 'a.md', content: { text: 'read me' } } }), [
			['context', 'a.md\nread me'],
		]);
		assert.deepEqual(said({ type: 'attachment', attachment: { type: 'skill_listing', content: 'the same in every session' } }), []);
	});

	it('are none, and no error, for records of another shape', () => {
		for (const record of [
			null,
			1,
			'x',
			[],
			{},
			{ type: 'user' },
			user(3),
			user([null, 1, { type: 'text', text: 4 }]),
			assistant(null, { type: 'tool_use', input: true }),
		]) {
			assert.deepEqual(said(record), [], JSON.stringify(record));
		}
	});
});
