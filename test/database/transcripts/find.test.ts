import assert from 'node:assert/strict';
import { everyShape, everyShapeId } from '../../support/conversations/everyShape.ts';
import { writeConversation } from '../../support/conversations/sampleConversations.ts';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { mainOf, never, OpenedHome } from './openedHome.ts';

describe('Finding a text in a conversation', () => {
	const key = mainOf('searched');
	let home: ClaudeHome;
	let opened: OpenedHome;
	before(async () => {
		home = new ClaudeHome('find');
		const talk = conversation({ sessionId: 'searched' });
		const records = [userPrompt(talk, 'Die Straße in 東京\nsays "hello" to C:\\temp/x')];
		for (let i = 0; i < 120; i++) records.push(assistantText(talk, `answer ${i}`));
		const call = toolUse(talk, 'Bash', { command: 'echo STRASSE straße' });
		records.push(call, toolResult(talk, call, 'x', { toolUseResult: { stdout: '東京 straße', stderr: '' } }));
		home.transcript(talk, records);
		writeConversation(home.dir, everyShape());
		opened = await OpenedHome.of(home.dir);
	});
	after(async () => {
		await opened.close();
		home.remove();
	});

	async function found(text: string, matchCase = false, conversationKey = key): Promise<[item: number, count: number][]> {
		const matches: [number, number][] = [];
		for (let from: number | null = 0; from !== null;) {
			const answer = await opened.transcripts.find({ conversation: conversationKey, branch: null, text, matchCase, from }, never);
			matches.push(...answer.matches.map(({ item, count }): [number, number] => [item, count]));
			assert.ok(answer.next === null || answer.next > from);
			from = answer.next;
		}
		return matches;
	}

	it('finds it in prompts, answers, calls and results', async () => {
		assert.deepEqual(await found('straße'), [
			[0, 1],
			[121, 2],
		]);
		assert.deepEqual(await found('answer 7'), [[8, 1], ...Array.from({ length: 10 }, (_, i): [number, number] => [71 + i, 1])]);
	});

	it('minds the case only when it is to', async () => {
		assert.deepEqual(await found('STRASSE', true), [[121, 1]]);
		assert.deepEqual(await found('die'), [[0, 1]]);
		assert.deepEqual(await found('die', true), []);
	});

	it('finds what JSON writes otherwise: quotes, backslashes, slashes, line breaks, other scripts', async () => {
		for (const text of ['"hello"', 'C:\\temp', 'temp/x', '東京\nsays', '東京', '"', '\\'])
			assert.equal((await found(text))[0]?.[0], 0, text);
		assert.deepEqual(await found('東京'), [
			[0, 1],
			[121, 1],
		]);
	});

	it('finds nothing in names of fields and in ids, and nothing for nothing', async () => {
		assert.deepEqual(await found('parentUuid'), []);
		assert.deepEqual(await found('msg_01'), []);
		assert.deepEqual(await found(''), []);
	});

	it('finds what only the forms of tools show: paths, changed lines, to-dos, questions', async () => {
		for (const text of ['cart.ts', '// whole cents', 'Half even', 'rounding money', 'https://example.com/money']) {
			assert.ok((await found(text, false, mainOf(everyShapeId))).length > 0, text);
		}
	});
});

describe('Writing a conversation down', () => {
	it('gives every item once, with its texts whole', async () => {
		const home = new ClaudeHome('whole');
		const talk = conversation({ sessionId: 'whole' });
		const long = 'long '.repeat(20_000);
		home.transcript(talk, [userPrompt(talk, 'go'), ...Array.from({ length: 70 }, () => assistantText(talk, long))]);
		const opened = await OpenedHome.of(home.dir);
		try {
			const indexes: number[] = [];
			for await (const item of opened.transcripts.all(mainOf('whole'), null, never)) {
				indexes.push(item.index);
				if (item.kind === 'assistant' && item.blocks[0]?.kind === 'answer') assert.equal(item.blocks[0].markdown.text, long);
			}
			assert.deepEqual(
				indexes,
				Array.from({ length: 71 }, (_, index) => index),
			);
		} finally {
			await opened.close();
			home.remove();
		}
	});

	it('marks what was copied from another session, whose responses count there', async () => {
		const home = new ClaudeHome('copied');
		const talk = conversation({ sessionId: '11111111-0000-4000-8000-000000000000' });
		const records = [userPrompt(talk, 'one'), assistantText(talk, 'done')];
		home.transcript(talk, records);
		const fork = conversation({ sessionId: '22222222-0000-4000-8000-000000000000', seed: 'fork', startsAt: '2026-03-03T09:00:00Z' });
		const copies = records.map(record => ({
			...record,
			sessionId: fork.sessionId,
			...('session_id' in record ? { session_id: fork.sessionId } : {}),
		}));
		fork.parentUuid = talk.parentUuid;
		home.transcript(fork, [...copies, userPrompt(fork, 'two'), assistantText(fork, 'done too')]);
		const opened = await OpenedHome.of(home.dir);
		try {
			const items = await opened.items(mainOf(fork.sessionId));
			assert.deepEqual(
				items.map(({ isCopied, response }) => [isCopied, response?.isCounted ?? null]),
				[
					[true, null],
					[true, false],
					[false, null],
					[false, true],
				],
			);
			assert.ok((items[1]?.response?.costUsd ?? 0) > 0);
			const totals = opened.totals(mainOf(fork.sessionId));
			assert.deepEqual([totals.copiedItems, totals.responses], [2, 1]);
			assert.equal((await opened.head(mainOf(fork.sessionId))).prompts, 2, 'as many as its outline lists');
		} finally {
			await opened.close();
			home.remove();
		}
	});
});
