import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { correct } from '../maintenance/dataFolder.ts';
import { verbatimCopy } from '../indexing/copies.ts';
import {
	assistantText,
	type Conversation,
	conversation,
	response,
	toolResult,
	toolUse,
	type TranscriptRecord,
	transcriptPath,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine, indexedOnce } from './headless.ts';

const ids = {
	origin: 'aaaaaaaa-0000-4000-8000-000000000001',
	fork: 'bbbbbbbb-0000-4000-8000-000000000002',
	other: 'cccccccc-0000-4000-8000-000000000003',
};

function turn(talk: Conversation, text: string): TranscriptRecord[] {
	const call = toolUse(
		talk,
		'Edit',
		{ file_path: `/secret-plans/${text}`, old_string: 'a', new_string: 'b' },
		{ response: response(talk, { output: 40 }) },
	);
	const answer = assistantText(talk, `Done with ${text}.`, { response: response(talk, { output: 60 }) });
	return [userPrompt(talk, `please ${text}`), call, toolResult(talk, call, 'ok'), answer];
}

describe('Forgetting a session', () => {
	let home: ClaudeHome;
	let dataDir: string;
	const opened: HeadlessEngine[] = [];
	beforeEach(() => {
		home = new ClaudeHome('forgetting');
		dataDir = mkdtempSync(path.join(tmpdir(), 'forgetting-data-'));
	});
	afterEach(async () => {
		for (const engine of opened.splice(0)) await engine.close();
		home.remove();
		rmSync(dataDir, { recursive: true, force: true });
	});

	async function open(): Promise<HeadlessEngine> {
		const engine = await HeadlessEngine.open(home.dir, { dataDir });
		opened.push(engine);
		return engine;
	}

	async function close(engine: HeadlessEngine): Promise<void> {
		opened.splice(opened.indexOf(engine), 1);
		await engine.close();
	}

	/** Three sessions, of which the second begins with a copy of the first. Answers the first one's transcript. */
	function originForkAndOther(): string {
		const origin = conversation({ seed: 'origin', sessionId: ids.origin, version: '2.1.220' });
		const shared = [...turn(origin, 'build-the-engine'), ...turn(origin, 'oil-the-wheels')];
		const transcript = home.transcript(origin, [...shared, ...turn(origin, 'paint-it')]);
		const fork = conversation({ seed: 'fork', sessionId: ids.fork, version: '2.1.220', startsAt: '2026-03-02T10:00:00Z' });
		home.transcript(fork, [...verbatimCopy(fork, shared), ...turn(fork, 'turn-back')]);
		const other = conversation({ seed: 'other', sessionId: ids.other });
		home.transcript(other, turn(other, 'something-else'));
		return transcript;
	}

	it('leaves the index as if its transcript had never been there, copied history counted where it is left', async () => {
		const transcript = originForkAndOther();
		const engine = await open();
		await engine.index();
		assert.deepEqual([engine.session(ids.origin).userPrompts, engine.session(ids.fork).userPrompts], [3, 1]);
		await engine.engine.forgetting.forget([ids.origin]);
		await engine.engine.idle();
		const left = engine.content();
		assert.deepEqual([...engine.sessions().keys()].sort(), [ids.fork, ids.other]);
		assert.deepEqual([engine.session(ids.fork).userPrompts, engine.session(ids.fork).tokens.output], [3, 300]);
		rmSync(transcript);
		await indexedOnce(home.dir, without => assert.deepEqual(left, without.content()));
	});

	it('lasts: neither the next run, nor a growing transcript, nor a rebuild, nor the next start brings it back', async () => {
		const transcript = originForkAndOther();
		const first = await open();
		await first.index();
		await first.engine.forgetting.forget([ids.origin]);
		const talk = conversation({ seed: 'more', sessionId: ids.origin });
		home.append(transcript, ...turn(talk, 'more'));
		await first.index();
		await first.index('full');
		assert.deepEqual([...first.sessions().keys()].sort(), [ids.fork, ids.other]);
		await close(first);
		const second = await open();
		await second.index();
		assert.deepEqual([...second.sessions().keys()].sort(), [ids.fork, ids.other]);
	});

	it('takes along a subagent beside its session, whose records alone say whose it is', async () => {
		originForkAndOther();
		const agent = conversation({ seed: 'agent', sessionId: ids.other });
		const records = turn(agent, 'delegated-work').map(record => ({ ...record, isSidechain: true, agentId: 'a1' }));
		const file = path.join(path.dirname(transcriptPath(home.dir, agent)), 'agent-a1.jsonl');
		home.put(file, `${records.map(record => JSON.stringify(record)).join('\n')}\n`);
		const engine = await open();
		await engine.index();
		await engine.engine.forgetting.forget([ids.other]);
		await engine.engine.idle();
		await engine.index('full');
		assert.deepEqual([...engine.sessions().keys()].sort(), [ids.origin, ids.fork]);
		assert.ok(!engine.content().some(line => line.includes('delegated-work')));
		await engine.engine.forgetting.remember([ids.other]);
		await indexedOnce(home.dir, never => assert.deepEqual(engine.content(), never.content()));
	});

	it('can be taken back, with what a person and a model said about it', async () => {
		originForkAndOther();
		const engine = await open();
		await engine.index();
		const { ledger } = engine.storage;
		await correct(ledger, ids.origin);
		await engine.engine.background.marks.change({
			sessions: [{ sessionId: ids.origin, title: 'The engine', note: 'oil!', pinnedAt: '2026-03-02T10:00:00.000Z', addTags: ['wheels'] }],
		});
		engine.engine.background.project();
		const before = engine.content();
		const marks = (): unknown => engine.engine.views.session(ids.origin);
		const row = marks();
		const { undo } = await engine.engine.forgetting.forget([ids.origin]);
		await engine.engine.idle();
		assert.equal(marks(), null);
		assert.deepEqual(
			ledger.read(reader => reader.prepare('SELECT session_id FROM notes UNION ALL SELECT session_id FROM classifications').all()),
			[],
		);
		assert.equal(await engine.engine.forgetting.undo(undo), true);
		engine.engine.background.project();
		assert.deepEqual(engine.content(), before);
		assert.deepEqual(marks(), row);
		assert.equal(await engine.engine.forgetting.undo(undo), false, 'only once');
	});

	it('can be taken back when the transcript is gone from disk, and was all there was', async () => {
		const transcript = originForkAndOther();
		const engine = await open();
		await engine.index();
		rmSync(transcript);
		await engine.index();
		const before = engine.content();
		const { undo } = await engine.engine.forgetting.forget([ids.origin]);
		await engine.engine.idle();
		assert.equal(engine.session(ids.fork).userPrompts, 3);
		assert.equal(await engine.engine.forgetting.undo(undo), true);
		assert.deepEqual(engine.content(), before);
	});

	it('is settled by the next start when it was cut off before', async () => {
		const transcript = originForkAndOther();
		const engine = await open();
		await engine.index();
		const { tables } = engine.storage;
		tables.change(() => {
			tables.setMeta('unsettled', '1');
			const files = tables.removal.filesOf([ids.origin]);
			for (const file of files) tables.writer.clear(file);
			tables.removal.removeFiles(files);
			tables.sessions.remove(tables.sessions.rowIdOf(ids.origin));
		});
		rmSync(transcript);
		await engine.index();
		await indexedOnce(home.dir, without => assert.deepEqual(engine.content(), without.content()));
	});

	it('reaches the other windows, and so does taking it back', async () => {
		originForkAndOther();
		const [here, there] = [await open(), await open()];
		await here.index();
		await there.index();
		const before = there.content();
		const { undo } = await here.engine.forgetting.forget([ids.origin]);
		await there.storage.ledger.refresh();
		await there.engine.forgetting.follow();
		await there.engine.idle();
		assert.deepEqual([...there.sessions().keys()].sort(), [ids.fork, ids.other]);
		await here.engine.forgetting.undo(undo);
		await there.storage.ledger.refresh();
		await there.engine.forgetting.follow();
		await there.engine.idle();
		assert.deepEqual(there.content(), before);
	});

	it('leaves no trace in the files, nor in the copies before them', async () => {
		originForkAndOther();
		const engine = await open();
		await engine.index();
		await engine.engine.background.marks.change({ sessions: [{ sessionId: ids.other, note: 'a note to forget' }] });
		await engine.storage.save();
		await engine.storage.ledger.fold();
		const filesWith = (text: string): string[] =>
			readdirSync(dataDir)
				.filter(name => !name.endsWith('.lock'))
				.filter(name => readFileSync(path.join(dataDir, name)).includes(text));
		assert.ok(filesWith('something-else').length > 0 && filesWith('a note to forget').length > 0);
		await engine.engine.forgetting.forget([ids.other]);
		await engine.engine.forgetting.idle();
		assert.deepEqual([filesWith('something-else'), filesWith('a note to forget')], [[], []]);
	});

	it('survives the restore of a backup from before', async () => {
		originForkAndOther();
		const engine = await open();
		await engine.index();
		await engine.engine.background.marks.change({ sessions: [{ sessionId: ids.origin, note: 'kept in the backup' }] });
		const backup = (await engine.storage.maintenance.backups?.make(3)) ?? '';
		await engine.engine.forgetting.forget([ids.origin]);
		await engine.engine.background.maintaining.restoreBackup(backup);
		await engine.index();
		assert.deepEqual(
			engine.engine.forgetting.list().map(({ sessionId }) => sessionId),
			[ids.origin],
		);
		assert.deepEqual([...engine.sessions().keys()].sort(), [ids.fork, ids.other]);
		assert.deepEqual(
			engine.storage.ledger.read(reader => reader.prepare('SELECT * FROM notes').all()),
			[],
		);
	});
});
