/** The server for other programs, asked by the protocol's own client, beside the files of a window. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { build } from 'esbuild';
import { nodeBundle, root } from '../../../scripts/build.ts';
import { argumentsOf } from '../../../src/extension/mcp/options.ts';
import { SavedHistory } from '../../../src/extension/engine/savedHistory.ts';
import { ask } from '../../../src/extension/modelTools/ask.ts';
import { limits, type ToolName } from '../../../src/extension/modelTools/definitions.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { shortProcessEnvironment, shortProcessFlags } from '../../support/shortProcess.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine } from '../engine/headless.ts';

const secret = 'ghp_9aB3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uV3wX';

describe('the server for other programs', function () {
	this.timeout(60_000);
	const home = new ClaudeHome('mcp');
	const dataDir = home.beside('data');
	const [shop, other] = [home.beside('shop'), home.beside('other')];
	const here = conversation({ cwd: shop, seed: 'here', startsAt: '2026-11-20T09:00:00Z' });
	const there = conversation({ cwd: other, seed: 'there', startsAt: '2026-11-20T10:00:00Z' });
	let bundles: string;
	let client: Client | null = null;

	/** As a window would: what is on disk is indexed and saved. */
	async function indexed(): Promise<void> {
		const engine = await HeadlessEngine.open(home.dir, {
			dataDir,
			replaceDefaults: false,
			claudeDirs: [],
			env: { CLAUDE_CONFIG_DIR: home.dir },
			workspaceFolders: [shop],
		});
		await engine.index();
		await engine.engine.searching.upToDate();
		await engine.close();
	}

	const serverArguments = (scope: 'workspace' | 'all' = 'workspace', dir = dataDir) => [
		...shortProcessFlags,
		join(bundles, 'mcp.cjs'),
		...argumentsOf({
			files: { dataDir: dir, claudeDirs: [], workspaceFolders: [shop], timeZone: 'Europe/Berlin' },
			scope,
			version: '1.2.3',
		}),
	];

	async function connect(args = serverArguments()): Promise<Client> {
		client = new Client({ name: 'test', version: '1' });
		await client.connect(
			new StdioClientTransport({
				command: process.execPath,
				args,
				env: { ...shortProcessEnvironment(), CLAUDE_CONFIG_DIR: home.dir, ELECTRON_RUN_AS_NODE: '1' },
			}),
		);
		return client;
	}

	async function call(from: Client, name: string, input?: Record<string, unknown>): Promise<{ text: string; isError: boolean }> {
		const { content, isError } = await from.callTool({ name, ...(input === undefined ? {} : { arguments: input }) });
		const [part] = content as readonly { readonly type: string; readonly text: string }[];
		return { text: part?.text ?? '', isError: isError === true };
	}

	before(async () => {
		bundles = await mkdtemp(join(tmpdir(), 'session-insights-mcp-'));
		await build({
			...nodeBundle,
			absWorkingDir: root,
			entryPoints: { engine: 'src/extension/engine/worker.ts', mcp: 'src/extension/mcp/main.ts' },
			outdir: bundles,
			logLevel: 'warning',
		});
		const edit = toolUse(here, 'Edit', { file_path: join(shop, 'src/queue.ts'), old_string: 'a', new_string: 'b' });
		home.transcript(here, [
			userPrompt(here, `Put the retries into a queue. The token is ${secret}`),
			edit,
			toolResult(here, edit, 'done'),
			assistantText(here, 'They are in a queue now.'),
		]);
		home.transcript(there, [userPrompt(there, 'A secret project of somebody else'), assistantText(there, 'Yes.')]);
		await indexed();
	});
	afterEach(async () => {
		await client?.close();
		client = null;
	});
	after(async () => {
		home.remove();
		await rm(bundles, { recursive: true, force: true });
	});

	it('says which tools it has, and that they only read', async () => {
		const { tools } = await (await connect()).listTools();
		assert.deepEqual(
			tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]),
			[
				['search_sessions', true],
				['get_session', true],
				['get_usage', true],
			],
		);
		assert.deepEqual(client?.getServerVersion()?.version, '1.2.3');
	});

	it('sums up a session of the workspace, without its secrets', async () => {
		const { text, isError } = await call(await connect(), 'get_session', { sessionId: here.sessionId });
		assert.equal(isError, false, text);
		assert.match(text, /1\. Put the retries into a queue\. The token is \[redacted/);
		assert.match(text, /Files edited: .*src\/queue\.ts/);
		assert.ok(!text.includes(secret.slice(4, 16)));
		assert.ok(!text.includes(home.root), 'paths of the machine stay here');
	});

	it('knows no session outside the scope, until a person widens it', async () => {
		const narrow = await connect();
		const refused = await call(narrow, 'get_session', { sessionId: there.sessionId });
		assert.equal(refused.isError, true);
		assert.equal(refused.text, (await call(narrow, 'get_session', { sessionId: 'no-such-session' })).text);
		await narrow.close();
		const { text, isError } = await call(await connect(serverArguments('all')), 'get_session', { sessionId: there.sessionId });
		assert.equal(isError, false, text);
		assert.match(text, /somebody else/);
	});

	it('adds up use by what is asked for', async () => {
		const server = await connect();
		const by = async (group: string) => (await call(server, 'get_usage', { by: group, since: '2026-11-20', until: '2026-11-20' })).text;
		assert.match(await by('model'), /In all: 1 sessions, 2 answers/);
		assert.match(await by('day'), /- 2026-11-20: 2, /);
		assert.match(await by('project'), /- shop: 2, /);
		assert.match(await by('category'), /By category/);
		assert.match(
			(await call(server, 'get_usage', { since: '2026-11-21', until: '2026-11-21' })).text,
			/In all: 0 sessions, 0 answers, 0 tokens/,
		);
	});

	it('finds what was said in the workspace, and nothing that was said elsewhere', async () => {
		const server = await connect();
		const { text, isError } = await call(server, 'search_sessions', { query: 'retries queue' });
		assert.equal(isError, false, text);
		assert.match(text, new RegExp(`session ${here.sessionId}, message [0-9a-f-]+ \\(prompt, `));
		assert.match(text, /> Put the retries into a queue/);
		assert.ok(!text.includes(secret.slice(4, 16)));
		assert.match((await call(server, 'search_sessions', { query: 'somebody' })).text, /^Nothing found/);
		await server.close();
		assert.match(
			(await call(await connect(serverArguments('all')), 'search_sessions', { query: 'somebody' })).text,
			/secret project of somebody else/,
		);
	});

	it('refuses what it was not asked to do, and lives on', async () => {
		const server = await connect();
		for (const [name, input] of [
			['get_session', { sessionId: '../../etc/passwd', extra: 1 }],
			['get_session', {}],
			['get_session', { sessionId: 'x'.repeat(10_000) }],
			['get_usage', { by: "model'; DROP TABLE sessions; --" }],
			['search_sessions', { query: '', limit: 1e9 }],
			['search_sessions', { query: ['a'] }],
		] as const)
			assert.equal(
				(await call(server, name, input as Record<string, unknown>)).isError,
				true,
				`${name} ${JSON.stringify(input).slice(0, 50)}`,
			);
		await assert.rejects(server.callTool({ name: 'run_shell', arguments: { command: 'id' } }), /no such tool/);
		await assert.rejects(server.callTool({ name: 'constructor', arguments: {} }), /no such tool/);
		assert.equal((await call(server, 'get_usage')).isError, false);
	});

	it('never answers more than a model may read', async () => {
		const long = conversation({ cwd: shop, seed: 'long', startsAt: '2026-11-20T12:00:00Z' });
		home.transcript(
			long,
			Array.from({ length: 40 }, (_, index) => [userPrompt(long, `${index} ${'long '.repeat(2_000)}`), assistantText(long, 'Yes.')]).flat(),
		);
		await indexed();
		const { text, isError } = await call(await connect(), 'get_session', { sessionId: long.sessionId, prompts: limits.prompts });
		assert.equal(isError, false);
		assert.ok(text.length <= limits.answer && text.length > 5_000, String(text.length));
		assert.match(text, /longer than allowed/);
	});

	it('follows what a window saves, and writes nothing itself', async () => {
		const server = await connect();
		const later = conversation({ cwd: shop, seed: 'later', startsAt: '2026-11-21T09:00:00Z' });
		assert.equal((await call(server, 'get_session', { sessionId: later.sessionId })).isError, true);
		home.transcript(later, [userPrompt(later, 'Now the other thing'), assistantText(later, 'Done.')]);
		await indexed();
		const state = async () =>
			Promise.all((await readdir(dataDir)).sort().map(async name => [name, (await stat(join(dataDir, name))).mtimeMs] as const));
		const before = await state();
		assert.match((await call(server, 'get_session', { sessionId: later.sessionId })).text, /Now the other thing/);
		await call(server, 'get_usage');
		assert.match((await call(server, 'search_sessions', { query: 'other thing' })).text, /Now the other thing/);
		await server.close();
		assert.deepEqual(await state(), before);
	});

	it('says what to do before there is an index, and when it is damaged', async () => {
		const empty = home.beside('empty');
		const none = await call(await connect(serverArguments('workspace', empty)), 'search_sessions', { query: 'x' });
		assert.equal(none.isError, true);
		assert.match(none.text, /has not indexed/);
		await client?.close();
		const [name = ''] = (await readdir(dataDir)).filter(file => /^index-.*\.sqlite$/.test(file));
		const whole = await readFile(join(dataDir, name));
		await writeFile(join(dataDir, name), whole.subarray(0, whole.length / 2));
		try {
			const damaged = await call(await connect(), 'get_usage');
			assert.equal(damaged.isError, true);
			assert.match(damaged.text, /cannot be used/);
		} finally {
			await writeFile(join(dataDir, name), whole);
		}
		assert.equal((await call(client as Client, 'get_usage')).isError, false, 'it recovers by itself');
	});

	it('survives lines that are no protocol, and ends when its client goes away', async () => {
		const child = spawn(process.execPath, serverArguments(), { env: { ...process.env, CLAUDE_CONFIG_DIR: home.dir } });
		child.stdin.write('not json\n{"jsonrpc":"2.0"}\n[]\n\u0000\n');
		child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`);
		let said = '';
		for await (const chunk of child.stdout) {
			said += String(chunk);
			if (said.includes('"id":1')) break;
		}
		assert.match(said, /"id":1/);
		child.stdin.end();
		const [code] = (await once(child, 'exit')) as [number | null];
		assert.equal(code, 0);
	});

	it('says what is missing on its command line', async () => {
		const child = spawn(process.execPath, [join(bundles, 'mcp.cjs'), '--scope=everything'], { stdio: ['ignore', 'ignore', 'pipe'] });
		let said = '';
		child.stderr.on('data', chunk => (said += String(chunk)));
		const [code] = (await once(child, 'exit')) as [number | null];
		assert.equal(code, 1);
		assert.match(said, /--data-dir/);
	});
});

describe('a history that was saved while the first run went on', () => {
	it('says of how many sessions its figures are, until a window has saved the rest', async function () {
		this.timeout(60_000);
		const home = new ClaudeHome('half-built');
		const dataDir = home.beside('data');
		const env = { CLAUDE_CONFIG_DIR: home.dir };
		generateHistory(home.dir, { seed: 12, sessions: 30, bytes: 600_000 });
		const saved = new SavedHistory({ dataDir, claudeDirs: [], workspaceFolders: [], timeZone: 'UTC' }, env, () => new Date());
		const told = (tool: ToolName, input: unknown): Promise<string> =>
			saved.ask('all', past => ask(past, { tool, input, maxCharacters: limits.answer }, new AbortController().signal));
		const window = () =>
			HeadlessEngine.open(home.dir, { dataDir, replaceDefaults: false, claudeDirs: [], env, search: { isEnabled: true } });
		try {
			const first = await window();
			const { tables } = first.storage;
			const setUnread = tables.setUnread.bind(tables);
			// Closed in the midst of its first run.
			const closed = new Promise<void>((resolve, reject) => {
				tables.setUnread = sessions => {
					tables.setUnread = setUnread;
					setUnread(sessions);
					setImmediate(() => void first.close().then(resolve, reject));
				};
			});
			first.engine.index('incremental');
			await closed;
			const half = /^The index is still being built: this is of (\d+) of (\d+) sessions so far\./.exec(await told('get_usage', {}));
			assert.ok(half !== null, await told('get_usage', {}));
			const [, read, all] = half.map(Number);
			assert.ok((read ?? 0) < (all ?? 0), half[0]);
			const second = await window();
			await second.index();
			await second.storage.save();
			assert.doesNotMatch(await told('get_usage', {}), /being built/);
			await assert.rejects(told('search_sessions', { query: 'the' }), { reason: 'search-off' });
			await second.engine.searching.upToDate();
			const later = conversation({ seed: 'later than the search index', startsAt: '2026-11-20T12:00:00Z' });
			assert.doesNotMatch(await told('search_sessions', { query: 'the' }), /being built/);
			home.transcript(later, [userPrompt(later, 'One more thing'), assistantText(later, 'Yes.')]);
			await second.index();
			await second.storage.save();
			assert.match(await told('search_sessions', { query: 'the' }), /The search index is still being built/);
			await second.close();
		} finally {
			saved.close();
			home.remove();
		}
	});
});
