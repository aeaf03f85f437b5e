/** The provider with the real program against an API of ours: every way in which a request can end (CLS-5). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelNames } from '../../src/extension/claude/modelNames.ts';
import { PriceBook } from '../../src/extension/claude/prices.ts';
import { checkAnswers } from '../../src/extension/classification/answer.ts';
import { buildPrompt } from '../../src/extension/classification/prompt.ts';
import { ClaudeCli } from '../../src/extension/classification/providers/claudeCli.ts';
import type { OpenRequest, ProviderOutcome, ProviderRequest } from '../../src/extension/classification/providers/provider.ts';
import { families } from '../../src/extension/engine/providers.ts';
import { claudeEnvironment, claudeProgram } from '../support/claudeProgram.ts';
import { answerAll, answerMicros, type Behaviour, type MessagesApi, startMessagesApi } from '../support/messagesApi.ts';
import { digest } from '../support/digests.ts';

describe('the Claude CLI as a provider', () => {
	let program: string;
	let api: MessagesApi;
	let home: string;
	const prices = new PriceBook();

	before(async function () {
		// The first time, the program is downloaded.
		this.timeout(300_000);
		program = await claudeProgram();
	});
	beforeEach(async () => {
		api = await startMessagesApi();
		home = realpathSync(mkdtempSync(join(tmpdir(), 'cli-')));
		await mkdir(join(home, 'answers'));
	});
	afterEach(async () => {
		await api.close();
		assert.deepEqual(processesWith(home), [], 'a process was left behind');
		rmSync(home, { recursive: true });
	});

	const cli = (path: string | null = program, loadUserSettings = false, model = 'haiku'): ClaudeCli =>
		new ClaudeCli({
			model,
			find: () => Promise.resolve(path === null ? { found: false, reason: 'not-installed' } : { found: true, path }),
			env: claudeEnvironment(home, api.url),
			folder: join(home, 'session-insights-own-requests'),
			loadUserSettings,
			pricing: {
				costOf: (model, tokens) => prices.costOf({ model, tokens, webSearches: 0, isFast: false, isLong: false, atMs: null }),
			},
			removeTrace: () => Promise.resolve(),
		});
	const request = (timeoutMs = 30_000): ProviderRequest => {
		const id = randomUUID();
		return {
			id,
			prompt: buildPrompt([{ code: 'k7f2', digest: digest({ sessionId: 'one' }) }], [], 'secret-of-this-request'),
			answerFile: join(home, 'answers', `${id}.jsonl`),
			timeoutMs,
			mostMicros: 100_000,
			onProcess: () => Promise.resolve(),
		};
	};
	const ask = async (behaviour: Behaviour | null, timeoutMs?: number): Promise<ProviderOutcome> => {
		if (behaviour !== null) api.behave = () => behaviour;
		return cli().ask(request(timeoutMs), new AbortController().signal, () => false);
	};
	const failure = (outcome: ProviderOutcome): { readonly reason: string; readonly message: string; readonly retryAt: Date | null } => {
		assert.ok(!outcome.ok);
		return outcome.error;
	};

	it('takes the answer, and what it cost', async () => {
		api.behave = received => answerAll(received, 'logic-fix');
		const outcome = await ask(null);
		assert.ok(outcome.ok);
		assert.deepEqual(checkAnswers(outcome.value, ['k7f2']).get('k7f2'), {
			ok: true,
			answer: { category: { l1: 'code_work', l2: 'bug_fix', l3: 'logic-fix' }, confidence: 0.9, reasoning: 'as the test says' },
		});
		assert.equal(outcome.spent.micros, answerMicros);
		assert.equal(outcome.spent.micros, api.billedMicros);
	});

	it('offers the model no tool but the one for the answer, in a request of a few kilobytes', async () => {
		await ask(null);
		assert.deepEqual(
			api.requests.map(({ tools }) => tools),
			[['StructuredOutput']],
		);
		assert.ok((api.requests[0]?.bytes ?? 0) < 12_000, `${api.requests[0]?.bytes ?? 0} bytes`);
	});

	it('records no session and reads no settings', async () => {
		await mkdir(join(home, '.claude'), { recursive: true });
		writeFileSync(join(home, '.claude', 'settings.json'), JSON.stringify({ env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' } }));
		assert.ok((await ask(null)).ok);
		assert.equal(existsSync(join(home, '.claude', 'projects')), false);
	});

	it('runs no hook and sends no memory of the user, even with their settings', async () => {
		await mkdir(join(home, '.claude'), { recursive: true });
		const hook = { hooks: [{ type: 'command', command: `touch ${join(home, 'hook-ran')}` }] };
		const events = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop', 'SessionEnd'];
		const hooks = Object.fromEntries(events.map(event => [event, [hook]]));
		// That the settings are loaded shows in the model, which only they name.
		const env = { ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-haiku-of-the-settings' };
		writeFileSync(join(home, '.claude', 'settings.json'), JSON.stringify({ hooks, env }));
		writeFileSync(join(home, '.claude', 'CLAUDE.md'), 'MEMORY-OF-THE-USER');
		api.behave = received => answerAll(received, 'logic-fix');
		const outcome = await cli(program, true).ask(request(), new AbortController().signal, () => false);
		assert.ok(outcome.ok);
		assert.deepEqual(
			api.requests.map(({ model }) => model),
			['claude-haiku-of-the-settings'],
		);
		assert.equal(existsSync(join(home, 'hook-ran')), false);
		assert.ok(!api.requests.some(({ user, system }) => `${user}${system}`.includes('MEMORY-OF-THE-USER')));
	});

	it('takes the names of families for the models whose prices are expected', async () => {
		for (const [family, model] of Object.entries(families)) {
			await cli(program, false, family).ask(request(), new AbortController().signal, () => false);
			assert.ok(modelNames(api.requests.at(-1)?.model ?? '').includes(model), `${family}: ${api.requests.at(-1)?.model ?? ''}`);
		}
	});

	it('ends a request that takes too long', async () => {
		const { reason } = failure(await ask({ kind: 'hang' }, 1_500));
		assert.equal(reason, 'timed-out');
	});

	it('waits as long as a rate limit says', async () => {
		const before = Date.now();
		const { reason, retryAt } = failure(await ask({ kind: 'status', status: 429, retryAfter: 20 }));
		assert.equal(reason, 'rate-limited');
		assert.ok(Math.abs((retryAt?.getTime() ?? 0) - before - 20_000) < 10_000, String(retryAt));
		assert.equal(api.requests.length, 1);
	});

	it('tells a rate limit without a time', async () => {
		const { reason } = failure(await ask({ kind: 'status', status: 429 }));
		assert.equal(reason, 'rate-limited');
		assert.ok(api.requests.length <= 2);
	});

	it('tells a rate limit that is too long for the program to wait', async () => {
		assert.equal(failure(await ask({ kind: 'status', status: 429, retryAfter: 3_600 })).reason, 'rate-limited');
	});

	it('tells a refused login', async () => {
		assert.equal(failure(await ask({ kind: 'status', status: 401 })).reason, 'not-logged-in');
	});

	for (const status of [500, 529]) {
		it(`tells a service that answers ${status}, and costs nothing then`, async () => {
			const outcome = await ask({ kind: 'status', status });
			assert.equal(failure(outcome).reason, 'server-error');
			assert.equal(outcome.spent.micros, 0);
		});
	}

	it('tells a stream that was cut, asks no second time by itself, and says that nobody knows what it cost', async () => {
		const outcome = await ask({ kind: 'cut' });
		assert.equal(failure(outcome).reason, 'server-error');
		assert.equal(api.requests.length, 1);
		assert.equal(outcome.spent.micros, null);
	});

	it('tells an answer in words', async () => {
		const outcome = await ask({ kind: 'text', text: 'These are not the words you are looking for' });
		assert.equal(failure(outcome).reason, 'not-json');
		assert.equal(outcome.spent.micros, api.billedMicros);
	});

	it('tells an answer of another form, whose cost the program does not say', async () => {
		const outcome = await ask({ kind: 'answer', value: { verdict: 'bug' } });
		assert.equal(failure(outcome).reason, 'wrong-shape');
		assert.equal(outcome.spent.micros, null);
		assert.equal(api.requests.length, 1);
	});

	it('leaves a category outside the taxonomy, and a confidence outside 0 to 1, to the check of the answers', async () => {
		for (const [category, confidence, problem] of [
			['make-coffee', 0.5, 'outside-taxonomy'],
			['logic-fix', 7, 'confidence'],
		] as const) {
			api.behave = received => answerAll(received, category, confidence);
			const outcome = await ask(null);
			assert.ok(outcome.ok);
			const checked = checkAnswers(outcome.value, ['k7f2']).get('k7f2');
			assert.equal(checked?.ok === false && checked.problem, problem);
		}
	});

	it('stops an answer of 50 MB', async () => {
		const outcome = await ask({ kind: 'long', bytes: 50 << 20 });
		assert.equal(failure(outcome).reason, 'too-large');
	});

	it('runs no tool that the model asks for', async () => {
		api.behave = (received, index) =>
			index === 0 ? { kind: 'tool', name: 'Bash', input: { command: `touch ${join(home, 'ran')}` } } : answerAll(received, 'cleanup');
		const outcome = await ask(null);
		assert.equal(existsSync(join(home, 'ran')), false);
		assert.ok(outcome.ok || ['wrong-shape', 'not-json', 'exited'].includes(failure(outcome).reason));
	});

	it('stops within two seconds when cancelled, and tells what may have been paid', async () => {
		api.behave = () => ({ kind: 'hang' });
		const cancel = new AbortController();
		const asked = cli().ask(request(), cancel.signal, () => false);
		await until(() => api.requests.length > 0);
		const cancelled = performance.now();
		cancel.abort(new Error('cancelled'));
		const outcome = await asked;
		assert.ok(performance.now() - cancelled < 2_000, `${performance.now() - cancelled} ms`);
		assert.equal(outcome.ok, false);
		assert.deepEqual(processesWith(home), []);
	});

	it('says that the program is missing', async () => {
		const outcome = await cli(null).ask(request(), new AbortController().signal, () => false);
		assert.equal(failure(outcome).reason, 'not-installed');
		assert.deepEqual((await cli(null).check(new AbortController().signal)).action, 'install');
	});

	it('says that the program cannot be started', async () => {
		const path = join(home, 'claude');
		writeFileSync(path, 'this is no program');
		chmodSync(path, 0o755);
		assert.equal(failure(await cli(path).ask(request(), new AbortController().signal, () => false)).reason, 'not-installed');
	});

	/** A program in place of `claude`. */
	const script = (body: string): string => {
		const path = join(home, 'claude');
		writeFileSync(path, `#!/bin/sh\nif [ "$1" = --version ]; then echo "2.1.197 (Claude Code)"; exit 0; fi\n${body}\n`);
		chmodSync(path, 0o755);
		return path;
	};

	it('ends a program that ignores SIGTERM, with its grandchild', async () => {
		const path = script(`trap '' TERM; (trap '' TERM; while :; do sleep 0.1; done) & while :; do sleep 0.1; done`);
		const { reason } = failure(await cli(path).ask(request(700), new AbortController().signal, () => false));
		assert.equal(reason, 'timed-out');
		assert.deepEqual(processesWith(home), []);
	});

	it('finds the answer behind noise', async () => {
		const result = { type: 'result', subtype: 'success', is_error: false, total_cost_usd: 0.001, structured_output: { answers: [] } };
		const path = script(`cat >/dev/null; echo 'a warning'; echo 'npm notice {not json'; printf '%s' '${JSON.stringify(result)}'`);
		const outcome = await cli(path).ask(request(), new AbortController().signal, () => false);
		assert.deepEqual(outcome.ok && outcome.value, { answers: [] });
		assert.equal(outcome.spent.micros, 1_000);
	});

	it('says so when the program ends with an error and not a word', async () => {
		const { reason, message } = failure(await cli(script('exit 3')).ask(request(), new AbortController().signal, () => false));
		assert.equal(reason, 'exited');
		assert.match(message, /code 3/);
	});

	it('refuses a version that may delete history', async () => {
		const path = join(home, 'claude');
		writeFileSync(path, '#!/bin/sh\necho "2.1.100 (Claude Code)"\n');
		chmodSync(path, 0o755);
		assert.equal(failure(await cli(path).ask(request(), new AbortController().signal, () => false)).reason, 'too-old');
	});

	it('is healthy when logged in, and says what to do when not', async () => {
		assert.deepEqual(await cli().check(new AbortController().signal), {
			ok: true,
			text: 'Claude CLI 2.1.197, API key from the environment',
			action: null,
		});
		const env = Object.fromEntries(Object.entries(claudeEnvironment(home, api.url)).filter(([name]) => name !== 'ANTHROPIC_API_KEY'));
		const loggedOut = new ClaudeCli({
			model: 'haiku',
			find: () => Promise.resolve({ found: true, path: program }),
			env,
			folder: join(home, 'session-insights-own-requests'),
			loadUserSettings: false,
			pricing: { costOf: () => null },
			removeTrace: () => Promise.resolve(),
		});
		assert.equal((await loggedOut.check(new AbortController().signal)).action, 'loadUserSettings');
		const outcome = await loggedOut.ask(request(), new AbortController().signal, () => false);
		assert.equal(failure(outcome).reason, 'not-logged-in');
		assert.equal(api.requests.length, 0);
	});

	describe('after a restart', () => {
		/** A request that was made, and whose window closed: the program goes on, and nobody listens. */
		async function leftBehind(): Promise<Omit<OpenRequest, 'deadline'>> {
			const asked = request();
			const leaving = new AbortController();
			let identity: Parameters<ProviderRequest['onProcess']>[0] | null = null;
			const note: ProviderRequest['onProcess'] = found => {
				identity = found;
				return Promise.resolve();
			};
			const first = cli().ask({ ...asked, onProcess: note }, leaving.signal, () => true);
			await until(() => api.requests.length > 0);
			leaving.abort(new Error('the window closes'));
			await assert.rejects(first, /the window closes/);
			return { id: asked.id, answerFile: asked.answerFile, process: identity };
		}

		it('takes the answer that the program wrote when nobody listened any more', async () => {
			api.behave = async received => {
				await new Promise(resolve => setTimeout(resolve, 700));
				return answerAll(received, 'rename');
			};
			const left = await leftBehind();
			const deadline = new Date(Date.now() + 20_000);
			const outcome = await cli().recover({ ...left, deadline }, new AbortController().signal, () => false);
			assert.ok(outcome?.ok);
			assert.equal(outcome.spent.micros, answerMicros);
			assert.equal(api.requests.length, 1);
			await until(() => processesWith(home).length === 0);
		});

		it('knows that a request without a file was never made', async () => {
			const open = { id: randomUUID(), answerFile: join(home, 'answers', 'none.jsonl'), process: null, deadline: new Date() };
			assert.equal(await cli().recover(open, new AbortController().signal, () => false), null);
		});

		it('ends the program when a person cancels while its answer is awaited', async () => {
			api.behave = () => ({ kind: 'hang' });
			const left = await leftBehind();
			const cancel = new AbortController();
			const deadline = new Date(Date.now() + 20_000);
			const recovered = cli().recover({ ...left, deadline }, cancel.signal, () => false);
			cancel.abort(new Error('cancelled'));
			const outcome = await recovered;
			assert.ok(outcome !== null);
			assert.equal(failure(outcome).reason, 'lost');
			assert.equal(outcome.spent.micros, null);
			assert.deepEqual(processesWith(home), []);
		});

		it('ends a program that does not end in time, and counts its answer as lost', async () => {
			api.behave = () => ({ kind: 'hang' });
			const left = await leftBehind();
			const deadline = new Date(Date.now() - 10_000);
			const outcome = await cli().recover({ ...left, deadline }, new AbortController().signal, () => false);
			assert.ok(outcome !== null);
			assert.equal(failure(outcome).reason, 'timed-out');
			assert.deepEqual(processesWith(home), []);
		});
	});

	it('leaves nothing in its own folder', async () => {
		await ask(null);
		assert.deepEqual(readdirSync(join(home, 'session-insights-own-requests')), []);
	});
});

/** Command lines of processes that have the folder in their environment or arguments. */
function processesWith(folder: string): string[] {
	if (process.platform !== 'linux') return [];
	return execFileSync('ps', ['axeww', '-o', 'stat=,args='], { encoding: 'utf8' })
		.split('\n')
		.filter(line => line.includes(folder) && !line.startsWith('Z') && !line.includes('ps axeww'));
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise(resolve => setTimeout(resolve, 20));
}
