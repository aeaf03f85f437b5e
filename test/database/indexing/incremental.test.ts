import assert from 'node:assert/strict';
import {
	appendFileSync,
	chmodSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Indexer } from '../../../src/extension/indexing/indexer.ts';
import { ReaderPool } from '../../../src/extension/indexing/readerPool.ts';
import {
	assistantText,
	conversation,
	type Conversation,
	toJsonl,
	type TranscriptRecord,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { asNobody } from '../../support/nobody.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine, indexedOnce } from '../engine/headless.ts';

const size = (file: string): number => statSync(file).size;

describe('What changed on disk (IDX-4)', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	let talk: Conversation;
	let file: string;
	beforeEach(async () => {
		home = new ClaudeHome('changes');
		talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001' });
		file = home.transcript(talk, turn('one'));
		engine = await HeadlessEngine.open(home.dir);
		await engine.index();
	});
	afterEach(async () => {
		await engine.close();
		home.remove();
	});

	function turn(text: string): TranscriptRecord[] {
		return [userPrompt(talk, text), assistantText(talk, 'Yes.')];
	}

	const figures = (): [prompts: number, responses: number] => {
		const session = engine.session(talk.sessionId);
		return [session.userPrompts, session.responses];
	};

	async function work(type?: 'deep'): Promise<[filesRead: number, bytesRead: number]> {
		const { result } = await engine.index(type);
		return [result.filesRead, result.bytesRead];
	}

	async function assertAsRead(): Promise<void> {
		await indexedOnce(home.dir, atOnce => assert.deepEqual(engine.content(), atOnce.content()));
	}

	it('is nothing: no file is opened, and a scan by itself leaves no run', async () => {
		const { scan, result } = await engine.index();
		assert.deepEqual([scan.steps, scan.filesSeen, result.filesRead, result.bytesRead], [[], 1, 0, 0]);
		const runs = engine.storage.runs().length;
		await engine.engine.start();
		await engine.engine.idle();
		assert.equal(engine.storage.runs().length, runs);
	});

	it('is a touch: the file is looked at and nothing of it read', async () => {
		utimesSync(file, new Date(), new Date(Date.now() + 60_000));
		assert.deepEqual(await work(), [0, 0]);
		await assertAsRead();
	});

	it('is growth: only the new bytes are read', async () => {
		const before = size(file);
		home.append(file, ...turn('two'));
		assert.deepEqual(await work(), [1, size(file) - before]);
		assert.deepEqual(figures(), [2, 2]);
		await assertAsRead();
	});

	it('is a cut: the file is read from its start, and what was cut off counts no more', async () => {
		home.append(file, ...turn('two'));
		await work();
		const whole = readFileSync(file);
		truncateSync(file, whole.lastIndexOf(10, whole.length - 2) + 1);
		assert.deepEqual(await work(), [1, size(file)]);
		assert.deepEqual(figures(), [2, 1]);
		await assertAsRead();
	});

	it('is a rewriting of the same length: the file is read from its start', async () => {
		const text = readFileSync(file, 'utf8').replace('"one"', '"ONE"');
		assert.equal(text.length, size(file));
		writeFileSync(file, text);
		utimesSync(file, new Date(), new Date(Date.now() + 60_000));
		assert.deepEqual(await work(), [1, size(file)]);
		assert.equal(engine.session(talk.sessionId).title, 'ONE');
		await assertAsRead();
	});

	it('is a longer file of another content: the file is read from its start', async () => {
		const other = conversation({ sessionId: talk.sessionId, seed: 'other' });
		writeFileSync(file, toJsonl([userPrompt(other, 'A wholly different beginning'), ...turn('x'), ...turn('y')]));
		assert.deepEqual(await work(), [1, size(file)]);
		assert.deepEqual(figures(), [3, 2]);
		await assertAsRead();
	});

	it('is a replacement by rename: the file is read from its start when its bytes differ', async () => {
		const other = conversation({ sessionId: talk.sessionId, seed: 'other' });
		const fresh = home.put(home.beside('fresh'), toJsonl([userPrompt(other, 'new'), assistantText(other, 'a'), assistantText(other, 'b')]));
		renameSync(fresh, file);
		assert.deepEqual(await work(), [1, size(file)]);
		assert.deepEqual(figures(), [1, 2]);
		await assertAsRead();
	});

	it('is half a line: it waits for its newline, and is no bad line', async () => {
		const [line = ''] = toJsonl([userPrompt(talk, 'größer 🐛')]).split('\n');
		const bytes = Buffer.from(line);
		const half = bytes.indexOf('🐛') + 2;
		appendFileSync(file, bytes.subarray(0, half));
		assert.deepEqual(await work(), [1, half]);
		assert.deepEqual([...figures(), engine.session(talk.sessionId).malformedLines], [1, 1, 0]);
		appendFileSync(file, Buffer.concat([bytes.subarray(half), Buffer.from('\n')]));
		assert.deepEqual(await work(), [1, bytes.length + 1]);
		assert.deepEqual([...figures(), engine.session(talk.sessionId).malformedLines], [2, 1, 0]);
		await assertAsRead();
	});

	it('is a line that stays broken: once its newline is there it counts as bad', async () => {
		appendFileSync(file, '{"type":"us');
		await work();
		assert.equal(engine.session(talk.sessionId).malformedLines, 0);
		appendFileSync(file, '\n');
		await work();
		assert.equal(engine.session(talk.sessionId).malformedLines, 1);
	});

	it('is a deletion: the session stays with its figures, marked, and counts as no session', async () => {
		const before = engine.figures();
		rmSync(file);
		assert.deepEqual(await work(), [0, 0]);
		assert.deepEqual(engine.figures().totals, { ...before.totals, sessions: 0 });
		const session = engine.session(talk.sessionId);
		assert.deepEqual({ ...session, gone: undefined }, { ...before.sessions[0], gone: undefined });
		assert.equal(session.gone, true);
		// And it stays so, also through a deep run.
		await work('deep');
		assert.equal(engine.session(talk.sessionId).gone, true);
		assert.equal(engine.session(talk.sessionId).responses, 1);
	});

	it('is a return: a file that comes back, as it was or longer, makes its session whole again', async () => {
		const wholeSecond = 1_800_000_000;
		utimesSync(file, wholeSecond, wholeSecond);
		await work();
		const before = engine.content();
		const bytes = readFileSync(file);
		rmSync(file);
		await work();
		home.put(file, bytes);
		utimesSync(file, wholeSecond, wholeSecond);
		assert.deepEqual(await work(), [0, 0]);
		assert.equal(engine.session(talk.sessionId).gone, undefined);
		assert.deepEqual(engine.figures().totals.sessions, 1);
		const inode = `"inode":"${String(statSync(file).ino)}"`;
		assert.deepEqual(
			engine.content(),
			before.map(line => line.replace(/"inode":"\d+"/, inode)),
		);
		rmSync(file);
		await work();
		home.put(file, Buffer.concat([bytes, Buffer.from(toJsonl(turn('two')))]));
		await work();
		assert.deepEqual([engine.session(talk.sessionId).gone, ...figures()], [undefined, 2, 2]);
		await assertAsRead();
	});

	it('is a project folder that is deleted: all its sessions are gone, others stay', async () => {
		const other = conversation({ cwd: '/home/dev/elsewhere' });
		home.transcript(other, [userPrompt(other, 'stay'), assistantText(other, 'Here.')]);
		await work();
		rmSync(path.dirname(file), { recursive: true });
		await work();
		assert.deepEqual([engine.session(talk.sessionId).gone, engine.session(other.sessionId).gone], [true, undefined]);
		assert.equal(engine.figures().totals.sessions, 1);
	});

	it('is a deep run: every file is read again, and everything is as before', async () => {
		const before = engine.content();
		assert.deepEqual(await work('deep'), [1, size(file)]);
		assert.deepEqual(engine.content(), before);
		assert.equal(engine.engine.lastRun?.type, 'deep');
	});

	it('is a younger parser: every file is read again', async () => {
		const { tables } = engine.storage;
		tables.db.exec('UPDATE session_files SET parser_version = parser_version - 1');
		assert.deepEqual(await work(), [1, size(file)]);
		assert.deepEqual(await work(), [0, 0]);
		await assertAsRead();
	});

	it('is a file without a conversation: it is read once, and makes no session', async () => {
		home.put(home.at('-p', 'metadata.jsonl'), '{"type":"last-prompt","lastPrompt":"x"}\n');
		home.put(home.at('-p', 'empty.jsonl'), '');
		assert.equal((await work())[0], 2);
		assert.deepEqual(await work(), [0, 0]);
		assert.equal(engine.figures().sessions.length, 1);
	});

	it('is behind a link: a linked project is read once, also when only its own folder is looked at', async () => {
		const outside = home.put(path.join(home.beside('outside'), 'bbbbbbbb-0000-4000-8000-000000000002.jsonl'), toJsonl(turn('linked')));
		symlinkSync(path.dirname(outside), home.at('-linked'));
		symlinkSync(path.dirname(outside), home.at('-linked-again'));
		symlinkSync(home.dir, home.at('-loop'));
		symlinkSync('nowhere', home.at('-dangling'));
		assert.equal((await work())[0], 1);
		appendFileSync(outside, toJsonl(turn('more')));
		const indexer = indexerOf(engine);
		const scan = await indexer.scan({
			projectsDirs: [home.at()],
			unreadable: [],
			deep: false,
			onlyProjects: new Set(['-linked']),
			signal: new AbortController().signal,
		});
		assert.deepEqual([scan.steps.length, scan.vanished.length], [1, 0]);
		assert.notEqual(scan.steps[0]?.known, null);
	});

	it('cannot be listed: a scan of another project leaves it named, one of its own finds out', async function () {
		if (process.platform === 'win32') {
			console.log('      skipped: permissions are not modes on Windows');
			this.skip();
		}
		chmodSync(home.root, 0o755);
		const closed = home.at('-closed');
		mkdirSync(closed);
		const indexer = indexerOf(engine);
		const request = { projectsDirs: [home.at()], unreadable: [], deep: false, signal: new AbortController().signal };
		const named = async (onlyProjects: ReadonlySet<string> | null, mode: number): Promise<string[]> => {
			chmodSync(closed, mode);
			const scan = await asNobody(() => indexer.scan({ ...request, onlyProjects }));
			return scan.unreadable.map(({ path, code }) => `${path} ${code}`);
		};
		assert.deepEqual(await named(null, 0o000), [`${closed} EACCES`]);
		assert.deepEqual(await named(new Set(['-other']), 0o000), [`${closed} EACCES`]);
		assert.deepEqual(await named(new Set(['-closed']), 0o000), [`${closed} EACCES`]);
		assert.deepEqual(await named(new Set(['-closed']), 0o755), []);
	});

	it('cannot be seen: below a place that cannot be read nothing is taken for gone', async () => {
		const indexer = indexerOf(engine);
		const request = { projectsDirs: [], deep: false, onlyProjects: null, signal: new AbortController().signal };
		const blind = await indexer.scan({ ...request, unreadable: [home.dir] });
		assert.deepEqual([blind.vanished.length, blind.isQuiet], [0, true]);
		assert.equal((await indexer.scan({ ...request, unreadable: [] })).vanished.length, 1);
	});
});

function indexerOf(engine: HeadlessEngine): Indexer {
	return new Indexer({
		tables: engine.storage.tables,
		readers: new ReaderPool({ threadScript: null, threads: 1 }),
		costOf: () => null,
		identify: cwd => Promise.resolve({ key: cwd, name: cwd }),
		onDerived: () => undefined,
		isForgotten: () => false,
		now: () => new Date(),
	});
}
