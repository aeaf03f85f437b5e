import assert from 'node:assert/strict';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { ConversationQueries } from '../../../src/extension/store/index/conversations.ts';
import { Conversations } from '../../../src/extension/transcripts/conversations.ts';
import { everyShape, everyShapeId } from '../../support/conversations/everyShape.ts';
import { writeConversation } from '../../support/conversations/sampleConversations.ts';
import { assistantText, conversation, toJsonl, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { mainOf, never, OpenedHome, said } from './openedHome.ts';

/** Notes from where on rows were read. */
class ReadPlaces extends ConversationQueries {
	readonly froms: number[] = [];

	override spine(fileId: number, from: number): Float64Array {
		this.froms.push(from);
		return super.spine(fileId, from);
	}
}

describe('A conversation that is open', () => {
	let home: ClaudeHome;
	let opened: OpenedHome;
	beforeEach(() => {
		home = new ClaudeHome('growing');
	});
	afterEach(async () => {
		await opened.close();
		home.remove();
	});

	it('is the same as long as its transcript is', async () => {
		writeConversation(home.dir, everyShape());
		opened = await OpenedHome.of(home.dir);
		const head = await opened.head(mainOf(everyShapeId));
		const again = await opened.head(mainOf(everyShapeId), null, head.revision);
		assert.equal(again.revision, head.revision);
		assert.equal(again.changedFrom, head.items);
	});

	it('grows with its transcript, and says which items changed: a call that got its result, and new ones', async () => {
		const talk = conversation({ sessionId: 'growing' });
		const asked = userPrompt(talk, 'go');
		const call = toolUse(talk, 'Bash', { command: 'make' });
		const file = home.transcript(talk, [asked, call]);
		opened = await OpenedHome.of(home.dir);
		const key = mainOf('growing');
		const before = await opened.head(key);
		assert.deepEqual((await opened.items(key)).map(said), ['prompt go', 'Bash pending']);
		home.append(file, toolResult(talk, call, 'made'), assistantText(talk, 'done'));
		await opened.engine.index();
		const after = await opened.head(key, null, before.revision);
		assert.ok(after.revision > before.revision);
		assert.deepEqual([after.items, after.changedFrom], [3, 1]);
		assert.deepEqual((await opened.items(key)).map(said), ['prompt go', 'Bash ok', 'answer done']);
		const later = await opened.head(key, null, after.revision);
		assert.deepEqual([later.revision, later.changedFrom], [after.revision, 3]);
		assert.equal((await opened.head(key, null, 1)).changedFrom, 0, 'of a revision that nobody remembers everything may have changed');
	});

	it('changes from the fork on when the person goes back meanwhile', async () => {
		const talk = conversation({ sessionId: 'going-back' });
		const first = [userPrompt(talk, 'one'), assistantText(talk, 'done')];
		const parent = talk.parentUuid;
		const second = [userPrompt(talk, 'two'), assistantText(talk, 'done two')];
		const file = home.transcript(talk, [...first, ...second]);
		opened = await OpenedHome.of(home.dir);
		const key = mainOf('going-back');
		const before = await opened.head(key);
		talk.parentUuid = parent;
		home.append(file, userPrompt(talk, 'other two'), assistantText(talk, 'done other'));
		await opened.engine.index();
		const after = await opened.head(key, null, before.revision);
		assert.deepEqual([after.changedFrom, after.items, after.forks.length], [2, 4, 1]);
		assert.deepEqual((await opened.items(key)).map(said).slice(2), ['prompt other two', 'answer done other']);
		const [fork] = after.forks;
		assert.deepEqual((await opened.items(key, fork?.choices[0]?.branch ?? '')).map(said).slice(2), ['prompt two', 'answer done two']);
	});

	it('reads only what came, whatever it is, and is then what it would be if it were opened anew', async () => {
		const file = writeConversation(home.dir, everyShape());
		const lines = readFileSync(file, 'utf8').split(/(?<=\n)/);
		writeFileSync(file, '');
		opened = await OpenedHome.of(home.dir);
		const { db, writer } = opened.engine.storage.tables;
		const read = new ReadPlaces(db);
		const parts = { costOf: () => 1, priceDigest: () => '', now: () => new Date(), timesCleared: (id: number) => writer.timesCleared(id) };
		const kept = new Conversations({ ...parts, queries: read });
		for (const [at, line] of lines.entries()) {
			writeFileSync(file, line, { flag: 'a' });
			await opened.engine.index();
			const grown = kept.get(mainOf(everyShapeId));
			const anew = new Conversations({ ...parts, queries: new ConversationQueries(db) }).get(mainOf(everyShapeId));
			for (const column of ['offset', 'length', 'type', 'key', 'parent', 'at', 'response', 'flags', 'made', 'root', 'callOf'] as const)
				assert.deepEqual(grown.spine[column], anew.spine[column], `${column} after line ${at + 1}`);
			assert.deepEqual(grown.branch(null), anew.branch(null), `line ${at + 1}`);
		}
		assert.ok(read.froms.filter(from => from > 0).length > 20);
		assert.ok(
			read.froms.every((from, at) => from >= (read.froms[at - 1] ?? 0)),
			'no row is read twice',
		);
	});

	it('shows what the index kept when its transcript is gone', async () => {
		const file = writeConversation(home.dir, everyShape());
		opened = await OpenedHome.of(home.dir);
		const key = mainOf(everyShapeId);
		const before = await opened.head(key);
		rmSync(file);
		const [prompt, , , read] = await opened.items(key);
		assert.ok(prompt?.kind === 'unreadable' && prompt.reason === 'gone' && prompt.was === 'prompt');
		assert.ok(read?.kind === 'unreadable');
		assert.deepEqual(read.tools, [{ name: 'Read', summary: null, filePath: '/home/dev/src/shop/cart.ts' }]);
		await opened.engine.index();
		const after = await opened.head(key, null, before.revision);
		assert.equal(after.file.state, 'gone');
		assert.equal(after.items, before.items);
		assert.ok((opened.totals(key).costUsd ?? 0) > 0);
		const place = { conversation: key, branch: null, item: `@${prompt.offset}`, part: 0 };
		await assert.rejects(opened.transcripts.text(place, 0, never), { reason: 'gone' });
		const found = await opened.transcripts.find({ conversation: key, branch: null, text: 'cart', matchCase: false, from: 0 }, never);
		assert.deepEqual([found.matches, found.next], [[], null]);
		assert.ok((await opened.transcripts.outline(key, null, never)).turns.length > 0);
	});

	it('never takes another record for the one meant when the transcript was rewritten', async () => {
		const talk = conversation({ sessionId: 'rewritten' });
		const file = home.transcript(talk, [userPrompt(talk, 'the first text'), assistantText(talk, 'the answer')]);
		opened = await OpenedHome.of(home.dir);
		const key = mainOf('rewritten');
		// Same bytes but for one uuid, so that each record still stands where it stood.
		const content = readFileSync(file, 'utf8');
		const uuid = /"uuid":"([^"]+)"/.exec(content)?.[1] ?? '';
		writeFileSync(file, content.replaceAll(uuid, uuid.replace(/^./, uuid.startsWith('0') ? '1' : '0')));
		const [first, second] = await opened.items(key);
		assert.ok(first?.kind === 'unreadable' && first.reason === 'changed');
		assert.equal(second?.kind, 'assistant');
		truncateSync(file, 40);
		const [cut] = await opened.items(key);
		assert.ok(cut?.kind === 'unreadable' && cut.reason === 'changed');
		const other = conversation({ sessionId: 'rewritten', seed: 'other' });
		writeFileSync(file, toJsonl([userPrompt(other, 'another text')]));
		await opened.engine.index();
		assert.deepEqual((await opened.items(key)).map(said), ['prompt another text']);
	});
});
