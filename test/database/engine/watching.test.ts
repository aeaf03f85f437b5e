import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
	assistantText,
	conversation,
	type Conversation,
	toJsonl,
	type TranscriptRecord,
	transcriptPath,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine, indexedOnce } from './headless.ts';

/** So long that nothing in these tests is found by the re-scan. */
const neverRescan = 86_400;

describe('An engine that watches (IDX-3)', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	let talk: Conversation;
	beforeEach(() => {
		home = new ClaudeHome('watched');
		talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001' });
	});
	afterEach(async () => {
		await engine.close();
		home.remove();
	});

	const turn = (text: string, of = talk): TranscriptRecord[] => [userPrompt(of, text), assistantText(of, 'Yes.')];

	/** Started, its first scan over and its watches in place. */
	async function started(claudeDir = home.dir): Promise<HeadlessEngine> {
		engine = await HeadlessEngine.open(claudeDir, { rescanSeconds: neverRescan });
		await engine.engine.start();
		await engine.engine.idle();
		return engine;
	}

	const responsesOf = (id: string): number => engine.sessions().get(id)?.responses ?? 0;

	it('notices a line that is appended, and reads only that', async () => {
		const file = home.transcript(talk, turn('one'));
		await started();
		const more = turn('two');
		home.append(file, ...more);
		await engine.until(() => responsesOf(talk.sessionId) === 2);
		assert.ok((engine.engine.lastRun?.result.bytesRead ?? 0) <= Buffer.byteLength(toJsonl(more)));
		assert.equal(engine.engine.lastRun?.scan.filesSeen, 1);
	});

	it('tells which sessions changed', async () => {
		const file = home.transcript(talk, turn('one'));
		await started();
		engine.events.changed.length = 0;
		home.append(file, ...turn('two'));
		await engine.until(() => engine.events.changed.some(event => event.sessionIds?.includes(talk.sessionId) === true));
	});

	it('notices sessions whose projects folder, and even whose Claude folder, appears later', async () => {
		const claudeDir = path.join(home.root, 'later', '.claude');
		mkdirSync(path.dirname(claudeDir));
		await started(claudeDir);
		assert.equal(engine.sessions().size, 0);
		home.put(transcriptPath(claudeDir, talk), toJsonl(turn('one')));
		await engine.until(() => responsesOf(talk.sessionId) === 1);
		home.append(transcriptPath(claudeDir, talk), ...turn('two'));
		await engine.until(() => responsesOf(talk.sessionId) === 2);
	});

	it('follows a file that is appended to 200 times in a row exactly, in far fewer runs', async () => {
		const file = home.transcript(talk, turn('one'));
		await started();
		engine.events.log.length = 0;
		const bytes = Buffer.from(toJsonl(Array.from({ length: 60 }, (_, i) => turn(`größer ${i} 🐛`)).flat()));
		for (let i = 0; i < 200; i++) {
			appendFileSync(file, bytes.subarray(Math.floor((i * bytes.length) / 200), Math.floor(((i + 1) * bytes.length) / 200)));
			// Gives the engine its turn now and then, so that it reads in the middle of it.
			if (i % 20 === 0) await new Promise(resolve => setImmediate(resolve));
		}
		await engine.until(() => responsesOf(talk.sessionId) === 61);
		await engine.engine.idle();
		await indexedOnce(home.dir, atOnce => assert.deepEqual(engine.content(), atOnce.content()));
		const runs = engine.events.log.filter(({ text }) => text.startsWith('incremental run completed')).length;
		assert.ok(runs >= 1 && runs <= 50, `${runs} runs`);
	});

	it('notices a file that is replaced', async () => {
		const file = home.transcript(talk, turn('one'));
		await started();
		const fresh = conversation({ sessionId: talk.sessionId, seed: 'fresh' });
		renameSync(home.put(home.beside('fresh'), toJsonl([...turn('a', fresh), ...turn('b', fresh), ...turn('c', fresh)])), file);
		await engine.until(() => responsesOf(talk.sessionId) === 3);
		assert.equal(engine.session(talk.sessionId).title, 'a');
	});

	it('notices a project folder that is deleted, and one that comes', async () => {
		const file = home.transcript(talk, turn('one'));
		const other = conversation({ cwd: '/home/dev/src/other' });
		await started();
		rmSync(path.dirname(file), { recursive: true });
		await engine.until(() => engine.session(talk.sessionId).gone === true);
		home.transcript(other, turn('hello', other));
		await engine.until(() => responsesOf(other.sessionId) === 1);
	});

	it('notices a new session and a new subagent beside an active one', async () => {
		home.transcript(talk, turn('one'));
		await started();
		const beside = conversation({ sessionId: 'bbbbbbbb-0000-4000-8000-000000000002' });
		home.transcript(beside, turn('next', beside));
		await engine.until(() => responsesOf(beside.sessionId) === 1);
		const agent = conversation({ sessionId: talk.sessionId, agentId: 'a1b2c3d4e5f60718', seed: 'agent' });
		const file = home.transcript(agent, turn('look', agent));
		await engine.until(() => responsesOf(talk.sessionId) === 2);
		home.append(file, ...turn('deeper', agent));
		await engine.until(() => responsesOf(talk.sessionId) === 3);
		assert.equal(engine.session(talk.sessionId).subagents, 1);
	});

	it('looks no more after it has stopped, and leaves no run behind', async () => {
		const file = home.transcript(talk, turn('one'));
		await started();
		const told = engine.events.status.length;
		await engine.close();
		home.append(file, ...turn('two'));
		await new Promise(resolve => setImmediate(resolve));
		assert.equal(engine.events.status.length, told);
	});
});
