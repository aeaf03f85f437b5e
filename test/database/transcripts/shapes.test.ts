import assert from 'node:assert/strict';
import type { TranscriptItem } from '../../../src/webview/contract/transcriptItems.ts';
import type { ToolUse } from '../../../src/webview/contract/transcriptTools.ts';
import { everyShape, everyShapeAgent, everyShapeId, onePixelPng } from '../../support/conversations/everyShape.ts';
import { writeConversation } from '../../support/conversations/sampleConversations.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { mainOf, never, OpenedHome } from './openedHome.ts';

describe('What each record shows', () => {
	const key = mainOf(everyShapeId);
	const { shapes } = everyShape();
	let home: ClaudeHome;
	let opened: OpenedHome;
	let items: TranscriptItem[];
	before(async () => {
		home = new ClaudeHome('shapes');
		writeConversation(home.dir, everyShape());
		opened = await OpenedHome.of(home.dir);
		items = await opened.items(key);
	});
	after(async () => {
		await opened.close();
		home.remove();
	});

	function itemOf(shape: string): TranscriptItem {
		const located = opened.transcripts.locate(everyShapeId, null, shapes[shape] ?? '');
		const item = items[located?.item ?? -1];
		assert.ok(item, `there is an item for ${shape}`);
		return item;
	}

	function toolOf(shape: string): ToolUse {
		const item = itemOf(shape);
		const [block] = item.kind === 'assistant' ? item.blocks : [];
		if (block?.kind !== 'tool') throw new Error(`${shape} is no tool`);
		return block.tool;
	}

	it('a prompt without the tags of the editor, which stand beside it', () => {
		const item = itemOf('prompt with context');
		if (item.kind !== 'prompt') throw new Error(item.kind);
		assert.equal(item.text.text, 'Round the total of the cart to whole cents, please.\n\nSee `cart.ts` and **the tests**.');
		assert.equal(item.from, 'person');
		assert.deepEqual(
			item.context.map(({ kind, filePath }) => [kind, filePath]),
			[['file', '/home/dev/src/shop/cart.ts']],
		);
	});

	it('a picture of a prompt by its size, and its data when asked for it', async () => {
		const item = itemOf('prompt with a picture');
		const [picture] = item.kind === 'prompt' ? item.attachments : [];
		if (picture?.kind !== 'image') throw new Error('no picture');
		assert.equal(picture.image.mediaType, 'image/png');
		const place = { conversation: key, branch: null, item: item.id, part: picture.image.part };
		assert.deepEqual(await opened.transcripts.image(place, never), { mediaType: 'image/png', base64: onePixelPng });
		await assert.rejects(opened.transcripts.image({ ...place, part: 0 }, never), { reason: 'not-found' });
	});

	it('what was typed while Claude worked, in a refusal, and as a correction', () => {
		const queued = itemOf('queued prompt');
		const feedback = itemOf('feedback');
		const correction = itemOf('correction');
		if (queued.kind !== 'prompt' || feedback.kind !== 'prompt' || correction.kind !== 'prompt') throw new Error('no prompts');
		assert.deepEqual([queued.text.text, queued.isQueued], ['and the tax too', true]);
		assert.deepEqual([feedback.text.text, feedback.isFeedback], ['use npm run clean', true]);
		assert.equal(correction.isCorrection, true);
	});

	it('the answer as Markdown, with the thinking before it and the response at its end', () => {
		const thinking = itemOf('thinking');
		const answer = itemOf('answer');
		if (thinking.kind !== 'assistant' || answer.kind !== 'assistant') throw new Error('no answer');
		assert.equal(thinking.blocks[0]?.kind, 'thinking');
		assert.equal(thinking.response, null);
		assert.ok(answer.blocks[0]?.kind === 'answer' && answer.blocks[0].markdown.text.startsWith('# Plan'));
		assert.equal(answer.response?.model, 'claude-sonnet-4-6');
		assert.ok((answer.response.costUsd ?? 0) > 0);
		assert.ok((answer.response.durationMs ?? 0) > 0);
	});

	it('an edit as hunks, as replacements where there are none, and a new file', () => {
		const edit = toolOf('edit').detail;
		if (edit.kind !== 'edit') throw new Error(edit.kind);
		assert.equal(edit.hunks[0]?.lines.length, 5);
		assert.deepEqual([edit.linesAdded, edit.linesRemoved, edit.replacements.length], [2, 1, 0]);
		const several = toolOf('edit without hunks').detail;
		if (several.kind !== 'edit') throw new Error(several.kind);
		assert.deepEqual(
			several.replacements.map(({ oldText, newText, isEvery }) => [oldText?.text, newText.text, isEvery]),
			[
				['a', 'b', false],
				['c', 'd', true],
			],
		);
		const made = toolOf('new file').detail;
		assert.ok(made.kind === 'edit' && made.isNewFile && made.replacements[0]?.newText.text === 'export const round = Math.round;\n');
	});

	it('what was read, with its lines', () => {
		const tool = toolOf('read');
		if (tool.detail.kind !== 'read') throw new Error(tool.detail.kind);
		assert.equal(tool.detail.content?.text, 'export const total = 1;\n');
		assert.deepEqual([tool.detail.startLine, tool.detail.lines, tool.detail.totalLines], [1, 1, 40]);
		assert.deepEqual(tool.result, [], 'nothing is shown twice');
	});

	it('commands with output and exit code', () => {
		const good = toolOf('command').detail;
		const bad = toolOf('failed command');
		const background = toolOf('background command').detail;
		if (good.kind !== 'shell' || bad.detail.kind !== 'shell' || background.kind !== 'shell') throw new Error('no commands');
		assert.equal(good.output?.text, '\u001b[32m12 passing\u001b[0m\n');
		assert.deepEqual([good.exitCode, bad.detail.exitCode, background.backgroundId], [0, 2, 'b1']);
		assert.deepEqual([bad.status, bad.error], ['error', 'Exit code 2']);
		assert.equal(bad.result[0]?.kind === 'text' && bad.result[0].text.text, 'Exit code 2\ncart.ts:3 error');
	});

	it('searches, to-dos, tasks, questions and plans in their own forms', () => {
		const details = ['grep', 'to-dos', 'task', 'question', 'plan'].map(shape => toolOf(shape).detail);
		const [grep, todos, task, question, plan] = details;
		assert.ok(grep?.kind === 'search' && grep.pattern === 'total' && grep.count === 2 && grep.files.length === 2);
		assert.deepEqual(grep.options, ['output_mode: files_with_matches']);
		assert.ok(todos?.kind === 'todos' && todos.todos.every(todo => todo.isChanged));
		assert.ok(task?.kind === 'task' && task.action === 'create' && task.tasks[0]?.subject === 'Write the tests');
		assert.ok(question?.kind === 'questions' && question.questions[0]?.answer === 'Half up');
		assert.deepEqual(
			question.questions[0].options.map(option => option.isChosen),
			[true, false],
		);
		assert.ok(plan?.kind === 'plan' && plan.plan.text === '## Plan\n\nRound once.');
	});

	it('pages and searches of the web as text and addresses', () => {
		const page = toolOf('web page').detail;
		const search = toolOf('web search').detail;
		assert.ok(page.kind === 'web' && page.statusCode === 200 && page.answer?.text === 'Half **up**.');
		assert.ok(search.kind === 'web' && search.answer?.text === 'Round half up.');
		assert.deepEqual(search.links, [{ title: 'Money', url: 'https://example.com/money' }]);
	});

	it('tools of MCP servers with pictures, skills, and tools nobody knows', () => {
		const picture = toolOf('MCP tool with a picture');
		assert.ok(picture.detail.kind === 'mcp' && picture.detail.server === 'browser' && picture.detail.tool === 'screenshot');
		assert.deepEqual(
			picture.result.map(({ kind }) => kind),
			['text', 'image'],
		);
		assert.ok(toolOf('skill').detail.kind === 'skill');
		const other = toolOf('unknown tool').detail;
		assert.equal(other.kind === 'other' && other.input.text, '{\n  "grams": 12\n}');
	});

	it('a subagent with its own conversation and what that cost', async () => {
		const { detail } = toolOf('subagent');
		if (detail.kind !== 'agent') throw new Error(detail.kind);
		assert.equal(detail.answer?.text, 'Only in `cart.ts`.');
		const agentKey = { sessionId: everyShapeId, agentId: everyShapeAgent };
		assert.deepEqual(detail.subagent?.conversation, agentKey);
		assert.equal(detail.subagent.toolCalls, 1);
		const head = await opened.head(agentKey);
		assert.equal(head.agent?.costUsd, detail.subagent.costUsd);
		assert.deepEqual(opened.transcripts.locate(everyShapeId, null, head.startedBy?.messageId ?? '')?.item, itemOf('subagent').index);
		const [task] = await opened.items(agentKey);
		assert.ok(task?.kind === 'prompt' && task.from === 'agent' && task.text.text === 'Where is money rounded?');
		assert.equal(task.isSidechain, false, 'in its own conversation it is the main line');
	});

	it('what a subagent read, though its transcript holds only what the model saw', async () => {
		const [, read] = await opened.items({ sessionId: everyShapeId, agentId: everyShapeAgent });
		const block = read?.kind === 'assistant' ? read.blocks[0] : undefined;
		const detail = block?.kind === 'tool' ? block.tool.detail : undefined;
		assert.ok(detail?.kind === 'read' && detail.content?.text === '\treturn sum;\n}');
		assert.deepEqual([detail.startLine, detail.lines], [3, 2]);
	});

	it('denials, errors, interruptions and what is still pending', () => {
		const denied = toolOf('denied');
		assert.deepEqual([denied.status, denied.permission?.decision, denied.permission?.source], ['denied', 'denied', 'user']);
		const retry = itemOf('retry');
		assert.ok(retry.kind === 'error' && retry.status === 529 && retry.attempt === 2 && retry.type === 'overloaded_error');
		const error = itemOf('API error');
		assert.ok(error.kind === 'error' && error.text.text === 'API Error: 529 Overloaded' && error.type === 'server_error');
		const interruption = itemOf('interruption');
		assert.ok(interruption.kind === 'interruption' && interruption.isForTool);
		assert.equal(toolOf('pending call').status, 'pending');
		const partial = itemOf('partial answer');
		assert.ok(partial.kind === 'assistant' && partial.isPartial);
	});

	it('a compaction with its summary as one item', () => {
		const item = itemOf('compaction');
		assert.ok(item.kind === 'compaction' && item.trigger === 'manual' && item.summary?.text.endsWith('The cart was rounded.'));
		assert.equal(itemOf('summary').index, item.index);
	});

	it('commands that a person typed, and what they printed after them', () => {
		const slash = itemOf('slash command');
		assert.ok(slash.kind === 'command' && slash.name === '/review' && slash.args.text === 'cart.ts' && !slash.isShell);
		const shell = itemOf('shell command');
		assert.ok(shell.kind === 'command' && shell.name === 'git status' && shell.isShell);
		const output = itemOf('output of a command');
		assert.ok(output.kind === 'context' && output.notes.some(note => note.kind === 'output' && note.text.text === 'Reviewed 1 file.'));
	});

	it('what nobody said as notes, those that follow each other together', () => {
		const hook = itemOf('hook');
		assert.ok(hook.kind === 'context');
		assert.deepEqual(
			hook.notes.map(({ kind, name, durationMs }) => [kind, name, durationMs]),
			[['hook', 'PostToolUse:Edit', 12]],
		);
		assert.equal(toolOf('subagent').hooks[0]?.command, 'fmt');
		const turn = itemOf('end of the turn');
		assert.ok(turn.kind === 'context' && turn.notes[0]?.kind === 'turn' && turn.notes[0].durationMs === 90_000);
	});

	it('an outline of its turns', async () => {
		const { turns } = await opened.transcripts.outline(key, null, never);
		assert.deepEqual(
			turns.map(({ kind, firstLine }) => [kind, firstLine]),
			[
				['prompt', 'Round the total of the cart to whole cents, please. See `cart.ts` and **the tests**.'],
				['prompt', 'Like [Image #1]?'],
				['prompt', 'and the tax too'],
				['prompt', 'use npm run clean'],
				['command', '/review cart.ts'],
				['command', '! git status'],
				['prompt', 'No, that is not what I asked for: round half even.'],
			],
		);
		assert.equal(turns[3]?.isInterrupted, true);
		assert.equal(turns.at(-1)?.isCorrection, true);
		const head = await opened.head(key);
		assert.equal(
			turns.reduce((sum, turn) => sum + turn.items, 0),
			head.items,
		);
		assert.equal(head.compactions.length, 1);
	});

	it('long texts cut, and whole when asked for', async () => {
		const item = itemOf('answer');
		const [block] = item.kind === 'assistant' ? item.blocks : [];
		if (block?.kind !== 'answer') throw new Error('no answer');
		const place = { conversation: key, branch: null, item: item.id, part: block.markdown.part };
		assert.deepEqual(await opened.transcripts.text(place, 0, never), { text: block.markdown.text, next: null });
		assert.deepEqual(await opened.transcripts.text(place, 2, never), { text: block.markdown.text.slice(2), next: null });
		await assert.rejects(opened.transcripts.text({ ...place, part: 99 }, 0, never), { reason: 'not-found' });
		await assert.rejects(opened.transcripts.text({ ...place, item: 'nobody' }, 0, never), { reason: 'not-found' });
	});
});
