import assert from 'node:assert/strict';
import { chmodSync, rmSync, utimesSync } from 'node:fs';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { asNobody } from '../../support/nobody.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine, indexedOnce } from './headless.ts';

describe('Index runs (IDX-6)', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine | null;
	beforeEach(() => {
		home = new ClaudeHome('runs');
		generateHistory(home.dir, { seed: 2, sessions: 8, bytes: 400_000 });
		engine = null;
	});
	afterEach(async () => {
		await engine?.close();
		home.remove();
	});

	it('asked for in one turn are one run with one id, told at once', async () => {
		engine = await HeadlessEngine.open(home.dir);
		const ids = [engine.engine.index('incremental'), engine.engine.index('incremental')];
		assert.equal(ids[0], ids[1]);
		await engine.engine.idle();
		assert.deepEqual(
			engine.storage.runs().map(({ id, type, status }) => [id, type, status]),
			[[ids[0], 'full', 'completed']],
		);
	});

	it('asked for while one goes on are done together after it', async () => {
		const later: string[] = [];
		const opened = await HeadlessEngine.open(home.dir, {
			onEvent: name => {
				if (name !== 'status' || opened.engine.status().state !== 'indexing' || later.length > 0) return;
				later.push(opened.engine.index('incremental'), opened.engine.index('deep'));
			},
		});
		engine = opened;
		const first = engine.engine.index('incremental');
		await engine.engine.idle();
		assert.equal(later.length, 2);
		assert.equal(later[0], later[1]);
		assert.deepEqual(
			engine.storage.runs().map(({ id, type }) => [id, type]),
			[
				[later[0], 'deep'],
				[first, 'full'],
			],
		);
	});

	it('record what they read, how many sessions there were and are, and when', async () => {
		engine = await HeadlessEngine.open(home.dir);
		const { result } = await engine.index();
		const [run] = engine.storage.runs();
		const sessions = engine.figures().sessions.length;
		assert.deepEqual(
			[run?.filesRead, run?.bytesRead, run?.sessionsBefore, run?.sessionsAfter, run?.error],
			[result.filesRead, result.bytesRead, 0, sessions, null],
		);
		assert.ok((run?.startedAt ?? '') <= (run?.completedAt ?? '') && (run?.throughputMBPerSec ?? 0) > 0);
		await engine.index();
		assert.deepEqual([engine.storage.runs()[0]?.sessionsBefore, engine.storage.runs()[0]?.throughputMBPerSec], [sessions, null]);
	});

	it('are kept for the last twenty', async () => {
		engine = await HeadlessEngine.open(home.dir);
		const ids: string[] = [];
		for (let i = 0; i < 23; i++) {
			ids.unshift(engine.engine.index('incremental'));
			await engine.engine.idle();
		}
		assert.deepEqual(
			engine.storage.runs().map(({ id }) => id),
			ids.slice(0, 20),
		);
	});

	it('are none for a transcript that still cannot be read, which is named all the while and read when it can be', async function () {
		if (process.platform === 'win32') {
			console.log('      skipped: permissions are not modes on Windows');
			this.skip();
		}
		rmSync(home.at(), { recursive: true });
		const talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001' });
		const file = home.transcript(talk, [userPrompt(talk, 'go'), assistantText(talk, 'Yes.')]);
		const opened = await HeadlessEngine.open(home.dir);
		engine = opened;
		chmodSync(home.root, 0o755);
		const scanned = async (mode: number): Promise<string> => {
			chmodSync(file, mode);
			await asNobody(async () => {
				await opened.engine.start();
				await opened.engine.idle();
			});
			const told = opened.engine.status().notices.some(({ text }) => text.includes(file)) ? 'told' : 'not told';
			return `${opened.storage.runs().length} runs, ${told}, ${opened.sessions().get(talk.sessionId)?.responses ?? 0} responses`;
		};
		assert.equal(await scanned(0o000), '1 runs, told, 0 responses');
		assert.equal(await scanned(0o000), '1 runs, told, 0 responses');
		assert.equal(await scanned(0o644), '2 runs, not told, 1 responses');
		assert.equal(await scanned(0o000), '2 runs, not told, 1 responses');
		// Touched without a change while it cannot be read: nothing of it is new when it can be again.
		utimesSync(file, new Date(), new Date());
		assert.equal(await scanned(0o000), '3 runs, told, 1 responses');
		assert.equal(await scanned(0o644), '4 runs, not told, 1 responses');
		assert.equal(await scanned(0o644), '4 runs, not told, 1 responses');
	});

	it('that are stopped say so, and the next one completes the work', async () => {
		const dataDir = home.beside('data');
		const opened: HeadlessEngine = await HeadlessEngine.open(home.dir, {
			dataDir,
			onEvent: name => {
				if (name === 'status' && opened.engine.status().state === 'indexing') stopping ??= opened.close();
			},
		});
		let stopping: Promise<void> | null = null;
		opened.engine.index('incremental');
		await opened.engine.idle();
		await (stopping as Promise<void> | null);
		engine = await HeadlessEngine.open(home.dir, { dataDir });
		const [stopped] = engine.storage.runs();
		assert.deepEqual([stopped?.status, stopped?.error], ['failed', 'stopped']);
		await engine.index();
		const content = engine.content();
		await indexedOnce(home.dir, whole => assert.deepEqual(content, whole.content()));
	});

	it('whose named place is missing fail with its path, once, and complete when it is there', async () => {
		const place = home.beside('later');
		engine = await HeadlessEngine.open(home.dir, { claudeDirs: [home.dir, place] });
		await engine.engine.start();
		await engine.engine.idle();
		const [run] = engine.storage.runs();
		assert.equal(run?.status, 'failed');
		assert.ok(run.error?.includes(place));
		assert.ok(engine.engine.status().notices.some(({ text }) => text.includes(place)));
		// The other place is read all the same, and the next scan by itself says nothing new.
		assert.equal(engine.figures().sessions.length > 0, true);
		await engine.engine.start();
		await engine.engine.idle();
		assert.equal(engine.storage.runs().length, 1);
		generateHistory(place, { seed: 3, sessions: 1 });
		await engine.index();
		assert.equal(engine.storage.runs()[0]?.status, 'completed');
		assert.deepEqual(engine.engine.status().notices, []);
		rmSync(place, { recursive: true });
	});
});
