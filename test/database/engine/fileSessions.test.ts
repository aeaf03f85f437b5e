import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileTouches } from '../../../src/extension/store/index/fileTouches.ts';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

describe('The sessions that touched a file', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	let work: string;

	/** A session that reads and edits these files, each a minute after the one before. */
	function write(seed: string, hour: number, touches: readonly (readonly ['Read' | 'Edit', string])[]): string {
		const talk = conversation({ seed, cwd: work, startsAt: Date.parse(`2026-11-18T${String(hour).padStart(2, '0')}:00:00Z`) });
		const records = touches.flatMap(([tool, file]) => {
			const use = toolUse(talk, tool, tool === 'Read' ? { file_path: file } : { file_path: file, old_string: 'a', new_string: 'b' });
			return [use, toolResult(talk, use, 'ok')];
		});
		home.transcript(talk, [userPrompt(talk, seed), ...records, assistantText(talk, 'Done.')]);
		return talk.sessionId;
	}

	beforeEach(async () => {
		home = new ClaudeHome('file-sessions');
		work = join(home.root, 'work');
		mkdirSync(work);
		engine = await HeadlessEngine.open(home.dir, { workspaceFolders: [work] });
	});
	afterEach(async () => {
		await engine.close();
		home.remove();
	});
	const find = (file: string) => engine.engine.sessionsOfFile.find(file);

	it('come with how often they read and edited it, the one that touched it last first', async () => {
		const [a, b] = [join(work, 'a.ts'), join(work, 'b.ts')];
		const early = write('early', 8, [
			['Read', a],
			['Edit', a],
			['Edit', a],
			['Edit', b],
		]);
		const late = write('late', 9, [['Read', a]]);
		write('other', 10, [['Edit', b]]);
		await engine.index();
		const { sessions, total } = await find(a);
		assert.equal(total, 2);
		assert.deepEqual(
			sessions.map(({ row, reads, edits, agentId }) => [row.id, reads, edits, agentId]),
			[
				[late, 1, 0, null],
				[early, 1, 2, null],
			],
		);
		assert.deepEqual(await find(join(work, 'c.ts')), { sessions: [], total: 0 });
	});

	it('lead to the last edit of it', async () => {
		const a = join(work, 'a.ts');
		const id = write('one', 8, [
			['Edit', a],
			['Edit', a],
			['Read', a],
		]);
		await engine.index();
		const [touch] = (await find(a)).sessions;
		const edits = engine.storage.tables.db
			.prepare<{ offset: number; at: number }>(
				"SELECT byte_offset AS offset, started_ms AS at FROM tool_calls WHERE path_access = 'edit' ORDER BY byte_offset",
			)
			.all();
		assert.equal(touch?.row.id, id);
		assert.equal(edits.length, 2);
		assert.equal(touch.messageId, `@${edits[1]?.offset ?? ''}`);
		assert.equal(touch.touchedAt, new Date(edits[1]?.at ?? 0).toISOString());
	});

	it('are found by a link to the file, and by its place in another worktree', async () => {
		const real = join(work, 'a.ts');
		writeFileSync(real, 'x');
		const link = join(home.root, 'link');
		symlinkSync(work, link);
		const id = write('one', 8, [['Edit', real]]);
		await engine.index();
		assert.deepEqual(
			(await find(join(link, 'a.ts'))).sessions.map(({ row }) => row.id),
			[id],
		);
		const copy = join(home.root, 'copy');
		mkdirSync(copy);
		await engine.engine.configure({ workspaceFolders: [work, copy] });
		assert.deepEqual(
			(await find(join(copy, 'a.ts'))).sessions.map(({ row }) => row.id),
			[id],
		);
	});

	it('leave out those that a person has hidden', async () => {
		const a = join(work, 'a.ts');
		const id = write('one', 8, [['Edit', a]]);
		await engine.index();
		const { undo } = await engine.engine.background.marks.change({ sessions: [{ sessionId: id, isHidden: true }] });
		assert.deepEqual(await find(a), { sessions: [], total: 0 });
		await engine.engine.background.marks.change(undo);
		assert.equal((await find(a)).total, 1);
	});

	it('are none for a name that is no path', async () => {
		for (const file of ['', 'a.ts', '../a.ts', `${work}/\u0000`, "'; DROP TABLE paths; --"])
			assert.deepEqual(await find(file), { sessions: [], total: 0 }, JSON.stringify(file));
	});

	it('are found in whatever case, with either slash, where the system does not care', async () => {
		write('one', 8, [['Edit', 'C:\\Shop\\A.ts']]);
		await engine.index();
		const touches = new FileTouches(engine.storage.tables.db);
		assert.equal(touches.idsInAnyCase(['c:/shop/a.TS']).length, 1);
		assert.equal(touches.idsInAnyCase(['c:/shop/b.ts']).length, 0);
	});
});
