import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { corpusAbsence, layOutCorpus } from '../report/corpusHome.ts';
import type { ConversationKey } from '../../../src/webview/contract/conversation.ts';
import type { TranscriptItem } from '../../../src/webview/contract/transcriptItems.ts';
import { never, OpenedHome } from './openedHome.ts';

/** Answers and prompts of a transcript in the order of its lines, read without any code of the product: first occurrence of each uuid. */
function textsInFile(file: string): Map<string, string> {
	const texts = new Map<string, string>();
	for (const line of readFileSync(file, 'utf8').split('\n')) {
		let record: {
			type?: string;
			uuid?: string;
			isMeta?: boolean;
			isApiErrorMessage?: boolean;
			message?: { model?: string; content?: unknown };
		};
		try {
			record = JSON.parse(line) as typeof record;
		} catch {
			continue;
		}
		if (record.type !== 'assistant' || record.uuid === undefined || texts.has(record.uuid)) continue;
		if (record.isApiErrorMessage === true || record.message?.model === '<synthetic>') continue;
		const content = record.message?.content;
		const blocks = Array.isArray(content) ? (content as { type?: string; text?: string; thinking?: string; name?: string }[]) : [];
		texts.set(record.uuid, blocks.map(block => block.text ?? block.thinking ?? block.name ?? '').join('|'));
	}
	return texts;
}

const textOf = (item: TranscriptItem): string =>
	item.kind !== 'assistant'
		? ''
		: item.blocks
				.map(block => {
					if (block.kind === 'answer') return block.markdown.text;
					if (block.kind === 'thinking') return block.text.text;
					return block.kind === 'tool' ? block.tool.name : '';
				})
				.join('|');

describe('Conversations of real transcripts', function () {
	this.timeout(120_000);
	let opened: OpenedHome;
	const closings: (() => Promise<void> | void)[] = [];
	before(async function () {
		if (corpusAbsence !== null) {
			console.log(`      left out: ${corpusAbsence}`);
			this.skip();
		}
		const home = new ClaudeHome('transcripts-corpus');
		closings.push(() => home.remove());
		layOutCorpus(home.dir);
		opened = await OpenedHome.of(home.dir);
		closings.unshift(() => opened.close());
		for (const key of opened.conversations()) all.set(key, await itemsOfAllBranches(key));
	});
	after(async () => {
		for (const close of closings) await close();
	});

	/** Of each conversation the items of all branches. */
	const all = new Map<ConversationKey, Map<number, TranscriptItem>>();

	/** Items of every branch, by the first bytes of their records. */
	async function itemsOfAllBranches(key: ConversationKey): Promise<Map<number, TranscriptItem>> {
		const items = new Map<number, TranscriptItem>();
		const seen = new Set<string | null>();
		const waiting: (string | null)[] = [null];
		for (let branch = waiting.pop(); branch !== undefined; branch = waiting.pop()) {
			if (seen.has(branch)) continue;
			seen.add(branch);
			const head = await opened.head(key, branch);
			const list = await opened.items(key, branch);
			assert.equal(list.length, head.items);
			list.forEach((item, index) => {
				assert.equal(item.index, index);
				items.set(item.offset, item);
			});
			waiting.push(...head.forks.flatMap(fork => fork.choices.map(choice => choice.branch)));
		}
		return items;
	}

	it('open, and every record of theirs can be read', () => {
		assert.ok(all.size > 250, `${all.size} conversations`);
		let count = 0;
		for (const [key, items] of all) {
			for (const item of items.values()) {
				assert.notEqual(item.kind, 'unreadable', `${key.sessionId} ${item.id}`);
				count++;
			}
		}
		assert.ok(count > 8000, `${count} items`);
	});

	it('show every message of the index once on some branch', async () => {
		const { db } = opened.engine.storage.tables;
		for (const [key, items] of all) {
			const { path } = (await opened.head(key)).file;
			if (path === null) continue;
			const shown = new Set([...items.values()].map(item => item.offset));
			assert.equal(shown.size, items.size);
			const rows = db
				.prepare<{ offset: number; type: string; results: number }>(
					`SELECT m.byte_offset AS offset, m.type, (SELECT count(*) FROM tool_calls t WHERE t.file_id = m.file_id AND t.result_offset = m.byte_offset) AS results
					FROM session_files f JOIN messages m ON m.file_id = f.id WHERE f.path = ?`,
				)
				.all(path);
			for (const { offset, type, results } of rows) {
				// These stand in the item of another record: a result in its call's, a summary in its compaction's, notes together.
				if (['context', 'notice', 'compact_summary'].includes(type) || results > 0) continue;
				assert.ok(shown.has(offset), `${path} at ${offset}: ${type}`);
			}
		}
	});

	it('say what a plain reading of the files says, in its order', async () => {
		let compared = 0;
		for (const key of opened.conversations()) {
			const { file } = await opened.head(key);
			if (file.path === null) continue;
			const expected = textsInFile(file.path);
			const items = [...(await itemsOfAllBranches(key)).values()]
				.filter(item => item.kind === 'assistant')
				.sort((a, b) => a.offset - b.offset);
			const found = new Map(items.filter(item => expected.has(item.id)).map(item => [item.id, textOf(item)]));
			for (const [uuid, text] of found) {
				assert.equal(text, (expected.get(uuid) ?? '').slice(0, text.length), `${file.path} ${uuid}`);
				compared++;
			}
			assert.deepEqual([...found.keys()], [...expected.keys()], file.path);
		}
		assert.ok(compared > 7000, `${compared} answers`);
	});

	it('give every message back by its id', async () => {
		for (const key of [...all.keys()].slice(0, 60)) {
			for (const item of (await opened.items(key)).filter((_, index) => index % 7 === 0)) {
				const located = opened.transcripts.locate(key.sessionId, key.agentId, item.id);
				assert.deepEqual(located, { conversation: key, branch: null, item: item.index }, `${key.sessionId} ${item.id}`);
			}
		}
	});

	it('cost in items and turns what they cost in the index', async () => {
		const { db } = opened.engine.storage.tables;
		let compared = 0;
		for (const [key, items] of all) {
			const head = await opened.head(key);
			const { turns } = await opened.transcripts.outline(key, null, never);
			const turnItems = turns.reduce((sum, turn) => sum + turn.items, 0);
			assert.equal(turnItems, head.items);
			assert.equal(turns.filter(({ kind }) => kind !== 'none').length, head.prompts);
			if (head.forks.length > 0) continue;
			const calls = [...items.values()].flatMap(item =>
				item.kind === 'assistant' ? item.blocks.filter(block => block.kind === 'tool') : [],
			);
			assert.equal(
				turns.reduce((sum, turn) => sum + turn.toolCalls, 0),
				calls.length,
			);
			// What stands only in progress records of a subagent without a file is in no item.
			const inProgress = db.prepare<{ n: number }>(
				'SELECT count(*) AS n FROM session_files f JOIN responses r ON r.file_id = f.id AND r.is_progress = 1 WHERE f.path = ?',
			);
			if (head.file.path === null || (inProgress.get(head.file.path)?.n ?? 0) > 0) continue;
			const responses = [...items.values()].map(item => item.response).filter(response => response?.isCounted === true);
			const totals = opened.totals(key);
			assert.equal(responses.length, totals.responses, head.file.path);
			const cost = responses.reduce((sum, response) => sum + (response?.costUsd ?? 0), 0);
			assert.ok(Math.abs(cost - (totals.costUsd ?? 0)) < 1e-9, `${head.file.path}: ${cost} is not ${totals.costUsd}`);
			compared++;
		}
		assert.ok(compared > 200, `${compared} conversations`);
	});
});
