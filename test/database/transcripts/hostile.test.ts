import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { mostTextAtOnce } from '../../../src/webview/contract/transcriptText.ts';
import {
	assistantBlock,
	assistantText,
	attachment,
	conversation,
	type Json,
	systemRecord,
	toJsonl,
	toolResult,
	toolUse,
	type TranscriptRecord,
	userPrompt,
	userRecord,
} from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { mainOf, never, OpenedHome } from './openedHome.ts';

const odd: readonly Json[] = [
	null,
	0,
	-1.5,
	true,
	'',
	'x',
	[],
	[[]],
	{},
	{ type: 7 },
	[null, 1, 'x', { type: null }, { type: 'text', text: 4 }],
];

describe('A conversation with hostile records', () => {
	const key = mainOf('hostile');
	let home: ClaudeHome;
	let opened: OpenedHome;
	beforeEach(() => {
		home = new ClaudeHome('hostile');
	});
	afterEach(async () => {
		await opened.close();
		home.remove();
	});

	async function open(records: readonly TranscriptRecord[]): Promise<void> {
		home.transcript(conversation({ sessionId: 'hostile' }), records);
		opened = await OpenedHome.of(home.dir);
	}

	it('gives a word of five million letters piece by piece, and finds what stands at its end', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		const word = `${'a'.repeat(5_000_000)}needle`;
		await open([userPrompt(talk, word), assistantText(talk, word)]);
		const [prompt] = await opened.items(key);
		if (prompt?.kind !== 'prompt') throw new Error('no prompt');
		assert.deepEqual([prompt.text.text.length, prompt.text.fullLength], [mostTextAtOnce, word.length]);
		const place = { conversation: key, branch: null, item: prompt.id, part: prompt.text.part };
		let text = '';
		for (let from: number | null = 0; from !== null;) {
			const piece: { text: string; next: number | null } = await opened.transcripts.text(place, from, never);
			text += piece.text;
			from = piece.next;
		}
		assert.equal(text, word);
		const { matches } = await opened.transcripts.find(
			{ conversation: key, branch: null, text: 'NEEDLE', matchCase: false, from: 0 },
			never,
		);
		assert.deepEqual(matches, [
			{ item: 0, count: 1 },
			{ item: 1, count: 1 },
		]);
	});

	it('keeps no half of a character where it cuts', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		await open([userPrompt(talk, `${'a'.repeat(mostTextAtOnce - 1)}😀`)]);
		const [prompt] = await opened.items(key);
		assert.ok(prompt?.kind === 'prompt' && prompt.text.text.isWellFormed() && prompt.text.text.length === mostTextAtOnce - 1);
	});

	it('shows records whose fields are of any type', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		const records: TranscriptRecord[] = [userPrompt(talk, 'start')];
		for (const value of odd) {
			records.push(
				userRecord(talk, value),
				assistantBlock(talk, { type: 'text', text: value }),
				assistantBlock(talk, { type: 'thinking', thinking: value }),
				assistantBlock(talk, { type: value, text: 'x' }),
				attachment(talk, 'hook_success', { content: value, stdout: value, hookName: value, durationMs: value, blockingError: value }),
				attachment(talk, 'file', { content: value, filename: value }),
				systemRecord(talk, 'stop_hook_summary', { hookInfos: value, hookErrors: value }),
				systemRecord(talk, 'api_error', { error: value, retryAttempt: value }),
				systemRecord(talk, 'compact_boundary', { compactMetadata: value, content: value }),
			);
			for (const tool of [
				'Edit',
				'MultiEdit',
				'Write',
				'Read',
				'Bash',
				'Grep',
				'TodoWrite',
				'TaskList',
				'ExitPlanMode',
				'AskUserQuestion',
				'WebSearch',
				'Agent',
				'Skill',
				'mcp__',
				'x',
			]) {
				const input = {
					file_path: value,
					edits: value,
					todos: value,
					questions: value,
					command: value,
					pattern: value,
					plan: value,
					prompt: value,
				};
				const call = toolUse(talk, tool, input);
				records.push(
					call,
					toolResult(talk, call, value, {
						toolUseResult: {
							structuredPatch: value,
							file: value,
							stdout: value,
							filenames: value,
							results: value,
							tasks: value,
							answers: value,
							content: value,
						},
					}),
				);
			}
		}
		await open(records);
		const items = await opened.items(key);
		assert.ok(items.length > odd.length * 20);
		for (const item of items) assert.notEqual(item.kind, 'unreadable', item.id);
		await opened.transcripts.outline(key, null, never);
		structuredClone(items);
	});

	it('shows a call and a result without ids, and results of calls that are nowhere', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		const call = assistantBlock(talk, { type: 'tool_use', name: 'Bash', input: 'not an object' });
		const orphan = userRecord(talk, [{ type: 'tool_result', tool_use_id: 'nowhere', content: 'of what?', is_error: true }]);
		await open([userPrompt(talk, 'go'), call, orphan]);
		const [, tool, result] = await opened.items(key);
		assert.ok(tool?.kind === 'assistant' && tool.blocks[0]?.kind === 'tool' && tool.blocks[0].tool.status === 'pending');
		assert.ok(result?.kind === 'result' && result.results[0]?.isError === true);
	});

	it('reads on behind lines that are no records', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		const first = userPrompt(talk, 'one');
		await open([first]);
		const file = home.transcript(talk, [first]);
		appendFileSync(
			file,
			`{"type":"user"\n\u0000\u0000\n[]\n"x"\n${toJsonl([assistantText(talk, 'two')]).trimEnd()}${toJsonl([assistantText(talk, 'three')])}`,
		);
		await opened.engine.index();
		const items = await opened.items(key);
		assert.deepEqual(
			items.map(({ kind }) => kind),
			['prompt', 'assistant', 'assistant'],
		);
		assert.ok((await opened.head(key)).file.malformedLines > 0);
	});

	it('tells large pictures by their size, gives their data only when asked for, and none that is too large', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		const picture = (letters: number): Json => ({
			type: 'image',
			source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(letters) },
		});
		await open([userPrompt(talk, [picture(4_000_000)]), userPrompt(talk, [picture(24_000_000)])]);
		const [small, large] = await opened.items(key);
		const block = (item: typeof small) =>
			item?.kind === 'prompt' && item.attachments[0]?.kind === 'image' ? item.attachments[0].image : null;
		assert.deepEqual([block(small)?.bytes, block(large)?.bytes], [3_000_000, 18_000_000]);
		assert.ok(JSON.stringify([small, large]).length < 5000);
		const place = { conversation: key, branch: null, item: small?.id ?? '', part: block(small)?.part ?? -1 };
		assert.equal((await opened.transcripts.image(place, never)).base64.length, 4_000_000);
		await assert.rejects(opened.transcripts.image({ ...place, item: large?.id ?? '' }, never), { reason: 'too-large' });
	});

	it('gives no items beyond its end, for negative numbers, or more than allowed', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		await open(Array.from({ length: 300 }, (_, index) => assistantText(talk, `${index}`)));
		const window = (from: number, count: number) => opened.transcripts.window(key, null, from, count, never);
		assert.equal((await window(0, 10_000)).items.length, 200);
		assert.equal((await window(299, 10)).items.length, 1);
		assert.equal((await window(1000, 10)).items.length, 0);
		assert.deepEqual(
			(await window(-5, 2)).items.map(({ index }) => index),
			[0, 1],
		);
		assert.equal((await window(Number.NaN, 2)).items.length, 0);
	});

	it('is left alone when whoever asked no longer wants it', async () => {
		const talk = conversation({ sessionId: 'hostile' });
		await open([userPrompt(talk, 'go')]);
		const gone = AbortSignal.abort();
		await assert.rejects(opened.transcripts.window(key, null, 0, 10, gone));
		await assert.rejects(opened.transcripts.find({ conversation: key, branch: null, text: 'go', matchCase: true, from: 0 }, gone));
	});
});
