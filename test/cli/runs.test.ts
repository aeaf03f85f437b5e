/** Whole runs of classification through the engine, with the real program against an API of ours. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFinished, type Job } from '../../src/extension/jobs/job.ts';
import { TransitionRefused } from '../../src/extension/jobs/transitions.ts';
import { Random } from '../support/historyGenerator/random.ts';
import { assistantText, conversation, userPrompt } from '../support/historyGenerator/records.ts';
import { ClaudeHome } from '../database/engine/claudeHome.ts';
import { HeadlessEngine } from '../database/engine/headless.ts';
import { claudeEnvironment, claudeProgram } from '../support/claudeProgram.ts';
import { classifyUnderFire, faultsOf } from '../support/killedClassification.ts';
import { answerAll, answerMicros, type MessagesApi, startMessagesApi } from '../support/messagesApi.ts';

describe('A run of classification with the Claude CLI', () => {
	let program: string;
	let api: MessagesApi;
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	before(async function () {
		// The first time, the program is downloaded.
		this.timeout(300_000);
		program = await claudeProgram();
	});
	beforeEach(async () => {
		api = await startMessagesApi();
		home = new ClaudeHome('runs');
	});
	afterEach(async () => {
		await engine.close();
		await api.close();
		home.remove();
	});

	async function open(sessions: number, claudePath = program): Promise<void> {
		for (let index = 0; index < sessions; index++) {
			const talk = conversation({ sessionId: `s${index}`, cwd: '/home/dev/app', startsAt: Date.UTC(2026, 0, 1, index), seed: index });
			home.transcript(talk, [userPrompt(talk, `Sum number ${index} is wrong`), assistantText(talk, 'Mended')]);
		}
		const env = { ...claudeEnvironment(home.beside('home'), api.url), CLAUDE_CONFIG_DIR: home.dir };
		engine = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data'), env, claudePath });
		await engine.index();
		engine.engine.background.startWorker();
	}
	const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
	const start = (): Promise<string> =>
		engine.engine.background.classifying.start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: false });
	function end(id: string): Promise<Job> {
		const { queue } = engine.engine.background;
		return new Promise(resolve => {
			const look = (): void => {
				const job = queue.get(id);
				if (job === null || !isFinished(job.status)) return;
				stop();
				resolve(job);
			};
			const stop = queue.onChange(look);
			look();
		});
	}
	const kinds = (): string[] => [...engine.sessions().values()].map(session => session.category?.source ?? '');

	it('sorts every session, leaves no session of its own, and records what the API billed', async () => {
		await open(7);
		const { status, result } = await end(await start());
		assert.equal(status, 'completed');
		assert.equal((result as { classified: number }).classified, 7);
		assert.deepEqual(new Set(kinds()), new Set(['claude-cli/haiku@1']));
		const [spent] = engine.engine.background.rows.spending();
		assert.equal(Math.round((spent?.costUsd ?? 0) * 1e6), api.billedMicros);
		assert.equal(api.billedMicros, 7 * answerMicros);
		assert.deepEqual(readdirSync(home.at()), ['-home-dev-app']);
		await engine.index();
		assert.equal(engine.sessions().size, 7);
		// Done is done.
		await assert.rejects(start(), { reason: 'nothing-to-do' });
	});

	it('neither lists nor leaves what a version records that ignores its orders', async () => {
		const disobedient = join(realpathSync(mkdtempSync(join(tmpdir(), 'old-'))), 'claude');
		const name = home.beside('data/session-insights-own-requests').replace(/[^A-Za-z0-9]/g, '-');
		writeFileSync(
			disobedient,
			`#!/bin/sh
[ "$1" = --version ] && exec '${program}' --version
for last; do [ "$before" = --session-id ] && id=$last; before=$last; done
mkdir -p '${home.at(name)}'
printf '{"type":"user","sessionId":"%s","cwd":"%s","message":{"role":"user","content":"Classify"},"uuid":"u1","timestamp":"2026-01-01T00:00:00Z"}\\n' "$id" "$PWD" > '${home.at(name)}'/$id.jsonl
cp '${home.at(name)}'/$id.jsonl '${home.beside('seen.jsonl')}'
exec '${program}' "$@"
`,
		);
		chmodSync(disobedient, 0o755);
		await open(2, disobedient);
		await end(await start());
		assert.ok(readdirSync(home.root).includes('seen.jsonl'), 'it recorded nothing, so this tested nothing');
		assert.deepEqual(readdirSync(home.at(name)), []);
		await engine.index();
		assert.equal(engine.sessions().size, 2);
	});

	it('is over within two seconds of a cancel at any moment, and keeps what was finished', async function () {
		this.timeout(120_000);
		await open(40);
		const random = new Random('cancel');
		api.behave = async request => {
			await new Promise(resolve => setTimeout(resolve, 100 + random.next() * 300));
			return answerAll(request, 'logic-fix');
		};
		for (let round = 0; round < 4; round++) {
			const before = kinds().filter(source => source.startsWith('claude-cli')).length;
			const id = await start();
			await new Promise(resolve => setTimeout(resolve, 300 + random.next() * 2_500));
			const at = performance.now();
			// On a quick machine the run may have ended by then, and nothing is left to cancel.
			await engine.engine.background.queue.cancel(id).catch((error: unknown) => {
				assert.ok(error instanceof TransitionRefused, String(error));
			});
			const { status } = await end(id);
			const tookMs = performance.now() - at;
			assert.ok(status === 'cancelled' || status === 'completed', status);
			assert.ok(tookMs < 2_000, `${tookMs} ms`);
			assert.deepEqual(children(home.root), []);
			const row = engine.engine.background.rows.runs()[0];
			assert.equal(kinds().filter(source => source.startsWith('claude-cli')).length, before + (row?.classified ?? 0));
		}
	});

	it('survives kills and an API that fails one request in five, and pays for no answer twice', async function () {
		this.timeout(300_000);
		await open(1);
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fire-')));
		try {
			const seed = process.env['SESSION_INSIGHTS_SEED'] ?? String(Date.now() % 1_000_000);
			const lines: string[] = [`seed ${seed}`];
			const outcome = await classifyUnderFire({
				program,
				api,
				folder,
				sessions: 45,
				kills: 3,
				concurrency: 4,
				seed,
				log: line => lines.push(line),
			});
			assert.deepEqual(faultsOf(outcome, 45, 4), [], `${lines.join('\n')}\n${JSON.stringify(outcome)}`);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});

function children(folder: string): string[] {
	return execFileSync('ps', ['axeww', '-o', 'stat=,args='], { encoding: 'utf8' })
		.split('\n')
		.filter(line => line.includes(folder) && line.includes('--session-id') && !line.startsWith('Z') && !line.includes('ps axeww'));
}
