/** `npm run classify` as a program, with a scripted `claude` in its path: what it prints, resumes, waits for, and how it ends. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { classifyCommand } from '../../../scripts/classify/main.ts';
import type { ClassifyData } from '../../../src/extension/classification/classifyJob.ts';
import { type ClassifyReport, type ClassifyRequest, runClassify } from '../../../src/extension/engine/classify.ts';
import { headlessOptions } from '../../../src/extension/engine/headless.ts';
import type { Job } from '../../../src/extension/jobs/job.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { commandInProcess } from '../../support/commandInProcess.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { shortProcessEnvironment, shortProcessFlags } from '../../support/shortProcess.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine } from '../engine/headless.ts';
import { type Ended, root } from '../report/reportProcess.ts';

const script = join(root, 'scripts', 'classify.ts');
const systemPath = '/usr/bin:/bin';

interface Started {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	readonly stderr: () => string;
}

interface Asked {
	readonly model: string;
	readonly sessions: number;
}

describe('Classification on the command line', function () {
	this.timeout(30_000);
	if (process.platform === 'win32') return;
	let home: ClaudeHome;
	const children: ChildProcess[] = [];
	beforeEach(() => {
		home = new ClaudeHome('classify');
		writeClaude();
		mode('answer');
	});
	afterEach(() => {
		for (const child of children.splice(0)) child.kill('SIGKILL');
		// A request that still waits for it ends.
		writeFileSync(home.beside('go'), '');
		home.remove();
	});

	/** In place of `claude`: notes what it was asked, and answers as `mode` says. */
	function writeClaude(): void {
		mkdirSync(home.beside('bin'));
		const path = home.beside('bin/claude');
		writeFileSync(
			path,
			`#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { argv } = process;
if (argv[2] === '--version') {
	console.log('2.1.197 (Claude Code)');
	process.exit(0);
}
const folder = ${JSON.stringify(home.root)};
const codes = /for each code: ([^.]*)\\./.exec(readFileSync(0, 'utf8'))[1].split(', ');
appendFileSync(folder + '/asked', JSON.stringify({ model: argv[argv.indexOf('--model') + 1], sessions: codes.length }) + '\\n');
const how = readFileSync(folder + '/mode', 'utf8');
const answer = () => {
	const answers = how === 'nothing' ? [] : codes.map(session => ({ session, category: 'rename', confidence: 0.9, reasoning: 'as the test says' }));
	console.log(JSON.stringify({ type: 'result', subtype: 'success', is_error: false, total_cost_usd: 0.01, structured_output: { answers } }));
	process.exit(0);
};
const giveUp = () => {
	if (existsSync(folder)) writeFileSync(folder + '/gave-up', '');
	process.exit(1);
};
const until = Date.now() + 15_000;
if (how !== 'hold') answer();
else setInterval(() => (existsSync(folder + '/go') ? answer() : Date.now() > until || !existsSync(folder) ? giveUp() : null), 20);
`,
		);
		chmodSync(path, 0o755);
	}

	/** `hold`: it answers when it may `go`; `nothing`: for no session. */
	const mode = (how: 'answer' | 'hold' | 'nothing'): void => writeFileSync(home.beside('mode'), how);
	const asked = (): Asked[] =>
		existsSync(home.beside('asked'))
			? // The last line may be written just now.
				readFileSync(home.beside('asked'), 'utf8')
					.split('\n')
					.slice(0, -1)
					.map(line => JSON.parse(line) as Asked)
			: [];

	function sessions(count: number, cwd = '/home/dev/app', from = 0, startsAt = Date.UTC(2026, 0, 1)): void {
		for (let seed = from; seed < from + count; seed++) {
			const talk = conversation({ cwd, seed, startsAt: startsAt + seed * 60_000 });
			home.transcript(talk, [userPrompt(talk, `Sum ${seed} is wrong`), assistantText(talk, 'It is right now')]);
		}
	}

	function start(args: readonly string[], PATH = `${home.beside('bin')}:${systemPath}`): Started {
		const child = spawn(
			process.execPath,
			[...shortProcessFlags, script, '--claude-dir', home.dir, '--data', home.beside('data'), ...args],
			{
				env: { ...shortProcessEnvironment(), PATH, HOME: home.root },
				stdio: ['ignore', 'pipe', 'pipe'],
			},
		);
		children.push(child);
		const texts = { stdout: '', stderr: '' };
		child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
		const ended = new Promise<Ended>((resolve, reject) => {
			child.once('error', reject);
			// Not `close`: a request that lives on may keep the pipes open.
			child.once('exit', code => setImmediate(() => resolve({ code, ...texts })));
		});
		return { child, ended, stderr: () => texts.stderr };
	}
	const run = (...args: string[]): Promise<Ended> => start(['--all', '--json', ...args]).ended;

	function jobOf(ended: Ended): ClassifyReport {
		assert.notEqual(ended.stdout, '', ended.stderr);
		return (JSON.parse(ended.stdout) as { job: ClassifyReport }).job;
	}

	async function until(condition: () => boolean): Promise<void> {
		for (let waited = 0; !condition(); waited += 20) {
			assert.ok(waited < 20_000, 'it did not happen');
			await sleep(20);
		}
	}

	/** Answers the report of a call that was interrupted while its first request was under way. */
	async function interrupted(...args: string[]): Promise<Ended> {
		mode('hold');
		const before = asked().length;
		const { child, ended } = start(['--all', '--json', '--concurrency', '1', ...args]);
		await until(() => asked().length > before);
		// The process of the request is noted right after its start.
		await sleep(200);
		child.kill('SIGINT');
		return ended;
	}

	async function jobs(): Promise<{ id: string; status: string; data: string }[]> {
		const { ledger } = await Ledger.open({ folder: home.beside('data') });
		try {
			return ledger.read(reader =>
				reader.prepare<{ id: string; status: string; data: string }>("SELECT id, status, data FROM jobs WHERE type = 'classify'").all(),
			);
		} finally {
			await ledger.close();
		}
	}

	it('prints the run, and skips what is done when it is called again', async () => {
		sessions(3);
		// Of an earlier request of ours, recorded by a version that should not have.
		sessions(1, join(home.beside('data'), 'session-insights-own-requests'), 3);
		const first = await run();
		assert.deepEqual([first.code, first.stderr], [0, '']);
		const { id, ...job } = jobOf(first);
		assert.match(id ?? '', /^[0-9a-f-]{36}$/);
		assert.deepEqual(job, {
			status: 'completed',
			total: 3,
			classified: 3,
			skipped: 0,
			failed: 0,
			costCents: 1,
			unconfirmedCents: 0,
			tokens: 0,
			errors: {},
			stoppedBy: null,
		});
		const second = jobOf(await run());
		assert.deepEqual([second.status, second.total, second.classified, second.skipped, second.costCents], ['completed', 3, 0, 3, 0]);
		assert.deepEqual(asked(), [{ model: 'haiku', sessions: 3 }]);
	});

	it('sorts by rules without asking anybody, and says the second time that all are sorted', async () => {
		sessions(2);
		const [first, second] = [jobOf(await run('--provider', 'rules')), jobOf(await run('--provider', 'rules'))];
		assert.deepEqual([first.id, first.status, first.total, first.classified, first.skipped], [null, 'completed', 2, 2, 0]);
		assert.deepEqual([second.total, second.classified, second.skipped, second.costCents], [2, 0, 2, 0]);
		assert.deepEqual(asked(), []);
	});

	it('is refused with its usage and exit code 2 when an argument is wrong', async () => {
		const wrong: readonly (readonly [args: string[], line: RegExp])[] = [
			[['--all', '--concurrency', '1.5'], /--concurrency: 1\.5 .*whole/],
			[['--all', '--concurrency', '9'], /--concurrency: 9 /],
			[['--all', '--max-cost', '0'], /--max-cost: 0 .*leave it out/],
			[['--all', '--max-cost', 'much'], /--max-cost: much/],
			[['--all', '--timeout', '0'], /--timeout: 0 /],
			[['--all', '--provider', 'oracle'], /--provider: .*oracle/],
			[['--all', '--model', ''], /--model/],
			[['--all', '--data', ''], /--data/],
			[['--json'], /--workspace DIR or --all/],
			[['--all', '--fast'], /--fast/],
		];
		for (const [args, line] of wrong) {
			const given = ['--claude-dir', home.dir, '--data', home.beside('data'), ...args];
			const { code, stdout, stderr } = await commandInProcess(classifyCommand, given);
			assert.deepEqual([code, stdout], [2, ''], `${args.join(' ')}: ${stderr}`);
			assert.match(stderr.split('\n')[0] ?? '', line);
			assert.match(stderr, /Usage: npm run --silent classify/);
		}
		const { code, stdout, stderr } = await start(['--all', '--fast']).ended;
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /--fast[^]*Usage: npm run --silent classify/);
	});

	it('fails with exit code 1 where claude is not installed, and asks the same run when it is', async function () {
		const installed = ['/usr/local/bin/claude', '/opt/homebrew/bin/claude', '/usr/bin/claude'].find(existsSync);
		if (installed !== undefined) {
			console.log(`      skipped: ${installed} would be found, whatever PATH says`);
			this.skip();
		}
		sessions(1);
		const ended = await start(['--all', '--json'], systemPath).ended;
		assert.equal(ended.code, 1);
		assert.match(ended.stderr, /claude program was not found/);
		const job = jobOf(ended);
		assert.deepEqual([job.status, job.classified, job.costCents], ['failed', 0, 0]);
		assert.equal(jobOf(await run()).classified, 1);
	});

	it('fails with exit code 1 where a place is missing', async () => {
		const ended = await run('--claude-dir', home.beside('nowhere'));
		assert.deepEqual([ended.code, ended.stdout], [1, '']);
		assert.match(ended.stderr, /nowhere/);
	});

	it('ends after Ctrl-C with its report while its request goes on, and takes the answer of that with the next call', async () => {
		sessions(2);
		const first = await interrupted();
		assert.ok(!existsSync(home.beside('gave-up')), 'it did not wait for the end of its request');
		assert.equal(first.code, 1);
		assert.equal(jobOf(first).status, 'pending');
		// Nobody listens any more.
		writeFileSync(home.beside('go'), '');
		const second = await run();
		assert.equal(second.code, 0);
		assert.deepEqual([jobOf(second).id, jobOf(second).classified], [jobOf(first).id, 2]);
		assert.equal(asked().length, 1);
	});

	it('goes on with a run by the terms of the call that goes on', async () => {
		sessions(7);
		const first = await interrupted('--timeout', '14');
		writeFileSync(home.beside('go'), '');
		const second = jobOf(await run('--max-cost', '0.005', '--concurrency', '3', '--timeout', '20'));
		assert.equal(second.id, jobOf(first).id);
		assert.deepEqual([second.classified, second.skipped, second.stoppedBy], [5, 2, 'run']);
		assert.equal(asked().length, 1);
		const data = JSON.parse((await jobs())[0]?.data ?? '') as Record<string, unknown>;
		assert.deepEqual([data['runCapMicros'], data['concurrency'], data['timeoutMs']], [5_000, 3, 20_000]);
	});

	it('does not take up a run of another model or of other folders, nor let it run beside its own', async () => {
		sessions(1, home.beside('app'));
		mkdirSync(home.beside('app'));
		const first = jobOf(await interrupted());
		// No session is asked about while an earlier request about it may still be answered.
		writeFileSync(home.beside('go'), '');
		const other = jobOf(await run('--model', 'sonnet'));
		const workspace = jobOf(await start(['--workspace', home.beside('app'), '--model', 'opus', '--json']).ended);
		assert.deepEqual([other.classified, workspace.classified], [1, 1]);
		assert.equal(new Set([first.id, other.id, workspace.id]).size, 3);
		assert.deepEqual(
			asked().map(({ model }) => model),
			['haiku', 'sonnet', 'opus'],
		);
		assert.equal((await jobs()).find(({ id }) => id === first.id)?.status, 'pending');
	});

	it('leaves alone a run that only a window can go on with', async () => {
		sessions(1);
		const window = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data') });
		await window.index();
		await window.engine.background.classifying.start(
			{ scope: 'all', sessionIds: null, category: null, provider: 'vscode-lm', model: 'gpt' },
			{ isAgreed: true, isAutomatic: false, mayBeEmpty: false },
		);
		await window.close();
		assert.equal(jobOf(await run()).classified, 1);
		assert.deepEqual((await jobs()).map(({ status }) => status).toSorted(), ['completed', 'pending']);
	});

	it('waits for a run of another process, says so once, and does not ask again what that one asked', async () => {
		sessions(2);
		mode('hold');
		const first = start(['--all', '--json']);
		await until(() => asked().length > 0);
		const second = start(['--all', '--json']);
		await until(() => second.stderr().includes('Waiting'));
		writeFileSync(home.beside('go'), '');
		const [one, two] = await Promise.all([first.ended, second.ended]);
		assert.deepEqual([one.code, two.code], [0, 0]);
		assert.deepEqual([jobOf(one).classified, jobOf(two).classified, jobOf(two).skipped], [2, 0, 2]);
		assert.match(two.stderr, /^Waiting for another run of classification to end: claude-cli haiku\b.*\n$/);
		assert.equal(asked().length, 1);
	});

	it('makes no job when it is interrupted before or while it waits', async () => {
		sessions(1);
		mode('hold');
		const first = start(['--all', '--json']);
		await until(() => asked().length > 0);
		const second = start(['--all', '--json']);
		await until(() => second.stderr().includes('Waiting'));
		second.child.kill('SIGINT');
		const two = await second.ended;
		assert.deepEqual([two.code, two.stdout], [1, '']);
		assert.match(two.stderr, /Interrupted/);
		writeFileSync(home.beside('go'), '');
		await first.ended;
		assert.equal((await jobs()).length, 1);
	});

	describe('beside a window that classifies by itself', () => {
		let window: HeadlessEngine;
		beforeEach(async () => {
			mock.timers.enable({ apis: ['setInterval'] });
			mkdirSync(home.beside('app'));
			sessions(2, home.beside('app'), 0, Date.now() - 3_600_000);
			const { classification } = headlessOptions({ claudeDirs: [], workspace: null, dataDir: null });
			window = await HeadlessEngine.open(home.dir, {
				dataDir: home.beside('data'),
				workspaceFolders: [home.beside('app')],
				claudePath: home.beside('bin/claude'),
				env: { PATH: systemPath, HOME: home.root },
				classification: { ...classification, isAutomatic: true },
			});
			await window.index();
			// The person agrees, and then has none of it.
			const { classifying, queue } = window.engine.background;
			const target = { scope: 'workspace', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
			await queue.cancel(await classifying.start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: false }));
			window.engine.background.start();
		});
		afterEach(async () => {
			mock.timers.reset();
			await window.close();
		});

		/** Answers the automatic runs there are after five minutes more, when none goes on. */
		async function look(): Promise<readonly Job[]> {
			const { queue } = window.engine.background;
			mock.timers.tick(300_000);
			for (let quiet = 0; quiet < 10; quiet++) {
				if (queue.active().some(({ data, type }) => type === 'classify' && (data as ClassifyData).isAutomatic)) quiet = 0;
				await sleep(50);
			}
			return queue.list({ type: 'classify' }).jobs.filter(({ data }) => (data as ClassifyData).isAutomatic);
		}

		it('asks in vain only once', async () => {
			mode('nothing');
			const [first, ...rest] = await look();
			assert.deepEqual([first?.status, rest], ['completed', []]);
			const paid = asked().length;
			assert.ok(paid > 0);
			assert.equal((await look()).length, 1);
			assert.equal(asked().length, paid);
			mode('answer');
			sessions(1, home.beside('app'), 2, Date.now() - 1_800_000);
			await window.index();
			assert.equal((await look()).length, 2);
			assert.equal(asked().length, paid + 1);
		});

		it('is not kept from it by a run that waits for another workspace', async () => {
			const data = { provider: 'claude-cli', model: 'haiku', recipient: '', batch: 5, concurrency: 1, timeoutMs: 5_000 } as const;
			const { queue } = window.engine.background;
			await queue.create(
				'classify',
				{ ...data, runCapMicros: null, dayCapMicros: null, isAutomatic: false },
				{ scope: '["/elsewhere"]', needs: ['trust'] },
			);
			assert.deepEqual(
				(await look()).map(({ status }) => status),
				['completed'],
			);
		});
	});

	describe('interrupted while it indexes', () => {
		const request = (signal: AbortSignal): ClassifyRequest => ({
			claudeDirs: [home.dir],
			workspace: null,
			dataDir: home.beside('data'),
			provider: 'claude-cli',
			model: 'haiku',
			maxCostUsd: null,
			concurrency: 1,
			timeoutMs: 5_000,
			readerThread: null,
			onWaiting: () => undefined,
			signal,
		});

		it('ends without a report or a job', async () => {
			sessions(40);
			// The first asking for the signal comes before the index run, the abort while that goes on.
			for (const signal of [AbortSignal.abort(), soon()]) {
				const { report, error } = await runClassify(request(signal));
				assert.equal(report, null);
				assert.match(error ?? '', /Interrupted/);
			}
			assert.deepEqual(await jobs(), []);
			assert.deepEqual(asked(), []);
		});
	});
});

/** Aborts in the turn after the next. */
function soon(): AbortSignal {
	const stop = new AbortController();
	setImmediate(() => setImmediate(() => stop.abort()));
	return stop.signal;
}
