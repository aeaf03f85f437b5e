import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { manifestPath, shardsIn } from '../../../src/extension/store/search/manifest.ts';
import { conversation, type TranscriptRecord, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine } from '../engine/headless.ts';
import { find, searchable } from './searched.ts';

/** Long, and unlike its neighbours: few of them fill a file. */
const wordOf = (sessionId: string, word: number): string =>
	`${((word * 2_654_435_761) % 4_294_967_296).toString(36)}${sessionId}${(word * 7919).toString(36)}x`;

describe('Building the search index', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine | null;
	beforeEach(() => {
		home = new ClaudeHome('interrupted');
		engine = null;
	});
	afterEach(async () => {
		await engine?.close();
		home.remove();
	});

	const dataDir = (): string => home.beside('data');
	const searchFolder = (): string | null => {
		const name = existsSync(dataDir()) ? readdirSync(dataDir()).find(each => /^search-\w+$/.test(each)) : undefined;
		return name === undefined ? null : path.join(dataDir(), name);
	};

	/** A session with so many words that stand nowhere else. */
	function session(sessionId: string, words: number, first: string): void {
		const talk = conversation({ sessionId });
		const records: TranscriptRecord[] = [userPrompt(talk, first)];
		for (let word = 0; word < words;) {
			const text = Array.from({ length: Math.min(10_000, words - word) }, () => wordOf(sessionId, word++)).join(' ');
			records.push(userPrompt(talk, text));
		}
		home.transcript(talk, records);
	}

	it('leaves no word of a session that is forgotten meanwhile, whenever that is', async () => {
		const names = [0, 1, 2, 5, 10, 20];
		for (const turns of names) session(`away${turns}`, 15_000, `Look at the quagga ${turns}`);
		session('stays', 15_000, 'Look at the zebra');
		engine = await HeadlessEngine.open(home.dir, { search: { isEnabled: true }, dataDir: dataDir() });
		await engine.index();
		const { searching, forgetting } = engine.engine;
		const building = searching.upToDate();
		for (const turns of names) {
			for (let turn = 0; turn < turns; turn++) await setImmediate();
			await forgetting.forget([`away${turns}`]);
		}
		await building;
		await searching.upToDate();
		assert.equal((await find(engine, 'quagga')).total, 0);
		assert.equal((await find(engine, 'zebra')).total, 1);
		const folder = searchFolder();
		assert.ok(folder !== null);
		const files = readdirSync(folder);
		assert.ok(files.some(name => name.endsWith('.shard')));
		for (const name of files) assert.ok(!readFileSync(path.join(folder, name)).includes('quagga'), name);
	});

	it('loses nothing that was saved when it is killed, and does the rest afterwards', async function () {
		this.timeout(120_000);
		// More than one part of the index, and each more than is saved at once.
		const sessions = Array.from({ length: 5 }, (_, at) => `s${at}`);
		const words = 110_000;
		for (const id of sessions) session(id, words, `Look at the zebra of ${id}`);
		mkdirSync(dataDir(), { recursive: true });
		const child = spawn(process.execPath, [path.join(import.meta.dirname, 'buildChild.ts'), home.dir, dataDir()], { stdio: 'inherit' });
		const ended = once(child, 'exit');
		const killWhenSaved = (): void => {
			const folder = searchFolder();
			if (folder !== null && existsSync(manifestPath(folder))) child.kill('SIGKILL');
		};
		const watcher = watch(dataDir(), { recursive: true }, killWhenSaved);
		const [, signal] = (await ended) as [number | null, string | null];
		watcher.close();
		assert.equal(signal, 'SIGKILL', 'it was killed before it was done');
		const folder = searchFolder();
		assert.ok(folder !== null);
		const saved = shardsIn(readFileSync(manifestPath(folder), 'utf8'));
		assert.ok(saved.length > 0);
		const before = readdirSync(folder);
		for (const { name } of saved) assert.ok(before.includes(name), 'what is listed is there');

		engine = await searchable(home.dir, { dataDir: dataDir() });
		const [first] = engine.events.searchStatus.filter(({ state, bytesTotal }) => state === 'building' && bytesTotal > 0);
		assert.ok(first !== undefined && first.bytesDone > 0, 'what was saved is not read again');
		assert.ok(first.bytesDone < first.bytesTotal, 'and the rest is');
		assert.equal((await find(engine, 'zebra')).total, sessions.length);
		for (const id of sessions) {
			for (const word of [0, words / 2, words - 1]) assert.equal((await find(engine, wordOf(id, word))).total, 1);
		}
		assert.ok(engine.engine.searching.status().state === 'ready');
		assert.equal(
			readdirSync(folder).some(name => name.includes('.damaged-')),
			false,
		);
	});
});
