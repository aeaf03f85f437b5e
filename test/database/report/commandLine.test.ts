import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { backupCommand } from '../../../scripts/backup/main.ts';
import { classifyCommand } from '../../../scripts/classify/main.ts';
import { exportCommand } from '../../../scripts/export/main.ts';
import { insightsCommand } from '../../../scripts/insights/main.ts';
import { migrateCommand } from '../../../scripts/migrate/main.ts';
import { reportCommand } from '../../../scripts/report/main.ts';
import { searchCommand } from '../../../scripts/search/main.ts';
import type { ReportSession } from '../../../src/extension/insights/report.ts';
import { commandInProcess } from '../../support/commandInProcess.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { assistantText, conversation, toJsonl, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { documentOf, type Ended, reportProcess } from './reportProcess.ts';
import { faultsOf } from './reportShape.ts';

describe('The report on the command line', function () {
	this.timeout(60_000);
	let home: ClaudeHome;
	beforeEach(() => {
		home = new ClaudeHome('report');
	});
	afterEach(() => home.remove());

	/** A session of one turn in a folder; gives its id. */
	function session(cwd: string, claudeDir = home.dir): string {
		const talk = conversation({ seed: cwd, cwd });
		home.put(
			path.join(claudeDir, 'projects', cwd.replaceAll(/[^A-Za-z0-9]/g, '-'), `${talk.sessionId}.jsonl`),
			toJsonl([userPrompt(talk, 'x'), assistantText(talk, 'y')]),
		);
		return talk.sessionId;
	}

	it('is refused with a clear line and exit code 2 when an argument is wrong', async () => {
		const wrong: readonly (readonly [args: string[], line: RegExp])[] = [
			[['--all', '--claude-dir', 'relative/dir'], /--claude-dir.*relative\/dir.*absolute/],
			[['--all', '--claude-dir', `${home.dir}/../claude`], /--claude-dir.*\.\./],
			[['--all', '--claude-dir', ''], /--claude-dir.*empty/],
			[['--all', '--verbose'], /--verbose/],
			[['--all', 'more'], /more/],
			[['--all', '--claude-dir'], /--claude-dir/],
			[['--claude-dir', home.dir], /--workspace DIR or --all/],
			[['--all', '--workspace', home.dir], /--workspace DIR or --all/],
			[['--workspace', home.beside('missing')], /no folder .*missing/],
			[['--workspace', home.put(home.beside('file'), '')], /no folder .*file/],
			[['--all', '--data', ''], /--data/],
			[['--workspace', ''], /--workspace needs a folder/],
		];
		for (const [args, line] of wrong) {
			const { code, stdout, stderr } = await commandInProcess(reportCommand, [...args, '--json']);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr.split('\n')[0] ?? '', line);
		}
		const { code, stdout, stderr } = await reportProcess(['--all', '--verbose', '--json']);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /--verbose/);
		assert.doesNotMatch(stderr, /^\s+at /m);
	});

	it('fails with the path and exit code 1 when a named place is missing or no directory', async () => {
		for (const place of [home.beside('missing'), home.put(home.beside('file'), '')]) {
			const { code, stdout, stderr } = await reportProcess(['--claude-dir', home.dir, '--claude-dir', place, '--all', '--json']);
			assert.deepEqual([code, stdout], [1, '']);
			assert.ok(stderr.includes(place));
			assert.equal(stderr.trim().split('\n').length, 1);
		}
	});

	it('finds 0 sessions, and nothing wrong, where the default places are missing or empty', async () => {
		mkdirSync(home.beside('user/.claude'), { recursive: true });
		for (const HOME of ['/nonexistent', home.beside('user')]) {
			const ended = await reportProcess(['--all', '--json'], { env: { HOME } });
			assert.equal(ended.stderr, '');
			const { totals, sessions, index } = documentOf(ended);
			assert.deepEqual([totals.sessions, sessions, index.filesSeen], [0, [], 0]);
			assert.equal(totals.costUsd, null);
		}
	});

	it('reads the default places, the environment’s instead of them, and the named ones instead of both', async () => {
		const user = home.beside('user');
		const xdg = home.beside('xdg');
		const own = session('/home/dev/default', path.join(user, '.claude'));
		const config = session('/home/dev/xdg', path.join(xdg, 'claude'));
		const named = session('/home/dev/named');
		const env = { HOME: user, XDG_CONFIG_HOME: xdg };
		const idsOf = (ended: Ended): string[] => documentOf(ended).sessions.map(({ id }) => id);
		const run = (args: string[], more = {}): Promise<Ended> => reportProcess([...args, '--all', '--json'], { env: { ...env, ...more } });
		assert.deepEqual(idsOf(await run([])).toSorted(), [own, config].toSorted());
		assert.deepEqual(idsOf(await run([], { CLAUDE_CONFIG_DIR: home.dir })), [named]);
		assert.deepEqual(idsOf(await run(['--claude-dir', path.join(user, '.claude')], { CLAUDE_CONFIG_DIR: home.dir })), [own]);
		const both = ['--claude-dir', path.join(user, '.claude'), '--claude-dir', home.at(), '--claude-dir', home.dir];
		assert.deepEqual(idsOf(await run(both)).toSorted(), [own, named].toSorted());
	});

	it('prints exactly one document of the documented shape, sessions by start and id', async () => {
		generateHistory(home.dir, { seed: 3, sessions: 25, bytes: 1_500_000 });
		for (const id of ['b', 'a']) {
			const talk = conversation({ sessionId: id, seed: id });
			const timeless = { timestamp: undefined };
			home.transcript(talk, [userPrompt(talk, 'when', timeless), assistantText(talk, 'never', { fields: timeless })]);
		}
		const ended = await reportProcess(['--claude-dir', home.dir, '--all', '--json']);
		assert.deepEqual([ended.code, ended.stderr], [0, '']);
		assert.equal(ended.stdout.trimEnd().split('\n').length, 1);
		const report = documentOf(ended);
		assert.deepEqual(faultsOf(report), []);
		const { sessions } = report;
		const key = ({ startedAt, id }: ReportSession): string => `${startedAt ?? '9'} ${id}`;
		assert.deepEqual(sessions.map(key), sessions.map(key).toSorted());
		assert.deepEqual(
			sessions.slice(-2).map(({ id, startedAt, endedAt, responses }) => [id, startedAt, endedAt, responses]),
			[
				['a', null, null, 1],
				['b', null, null, 1],
			],
		);
		assert.equal(
			report.totals.responses,
			sessions.reduce((sum, { responses }) => sum + responses, 0),
		);
		assert.equal(
			report.totals.responses,
			report.models.reduce((sum, { responses }) => sum + responses, 0),
		);
	});

	it('is readable without --json', async () => {
		session('/home/dev/one');
		const { code, stdout } = await reportProcess(['--claude-dir', home.dir, '--all']);
		assert.equal(code, 0);
		assert.match(stdout, /^1 sessions, 1 prompts, 1 responses/);
		assert.throws(() => void JSON.parse(stdout));
	});

	it('keeps its files in --data, so that the second run reads what is new', async () => {
		const first = session('/home/dev/one');
		const args = ['--claude-dir', home.dir, '--all', '--json', '--data', home.beside('data/deep')];
		const before = documentOf(await reportProcess(args));
		assert.deepEqual([before.index.type, before.index.filesRead], ['full', 1]);
		const second = session('/home/dev/two');
		const { index, sessions } = documentOf(await reportProcess(args));
		assert.deepEqual([index.type, index.filesSeen, index.filesRead], ['incremental', 2, 1]);
		assert.deepEqual(sessions.map(({ id }) => id).toSorted(), [first, second].toSorted());
		rmSync(home.at('-home-dev-one'), { recursive: true });
		const after = documentOf(await reportProcess(args));
		assert.deepEqual(
			after.sessions.find(({ id }) => id === first),
			{ ...before.sessions[0], gone: true },
		);
		assert.deepEqual([after.totals.sessions, after.totals.responses, after.index.filesRead], [1, 2, 0]);
	});

	it('keeps no files without --data', async () => {
		session('/home/dev/one');
		mkdirSync(home.beside('tmp'));
		await reportProcess(['--claude-dir', home.dir, '--all', '--json'], { env: { TMPDIR: home.beside('tmp') } });
		assert.deepEqual(readdirSync(home.beside('tmp')), []);
		assert.deepEqual(readdirSync(home.root).toSorted(), ['claude', 'tmp']);
	});

	it('covers the folder of --workspace, what lies below it and the worktrees of its repository, and no neighbours', async () => {
		const repository = home.beside('work/shop');
		mkdirSync(path.join(repository, 'packages/web'), { recursive: true });
		const git = (...args: string[]): void =>
			void execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', ...args], {
				stdio: 'pipe',
			});
		git('init', '-q');
		git('commit', '-q', '--allow-empty', '-m', 'x');
		const tree = home.beside('work/shop-feature');
		git('worktree', 'add', '-q', tree);
		mkdirSync(home.beside('work/shop-other'));
		symlinkSync(repository, home.beside('work/link'));
		const inside = [
			session(repository),
			session(path.join(repository, 'packages/web')),
			session(path.join(repository, 'vanished')),
			session(tree),
			session(home.beside('work/link')),
		];
		session(home.beside('work/shop-other'));
		session(home.beside('work'));
		const idsOf = async (workspace: string): Promise<string[]> =>
			documentOf(await reportProcess(['--claude-dir', home.dir, '--workspace', workspace, '--json']))
				.sessions.map(({ id }) => id)
				.toSorted();
		assert.deepEqual(await idsOf(repository), inside.toSorted());
		assert.deepEqual(await idsOf(home.beside('work/link')), inside.toSorted());
		assert.equal((await idsOf(path.join(repository, 'packages'))).length, 2);
		assert.equal((await idsOf(home.beside('work'))).length, 7);
	});

	it('takes relative folders from where the person stands, not from where npm runs the script', async () => {
		const shop = home.beside('work/shop');
		mkdirSync(shop, { recursive: true });
		const id = session(shop);
		session(home.beside('work/other'));
		const env = { INIT_CWD: home.beside('work') };
		const args = ['--claude-dir', home.dir, '--workspace', './shop', '--data', 'kept', '--json'];
		const { sessions } = documentOf(await reportProcess(args, { env }));
		assert.deepEqual(
			sessions.map(each => each.id),
			[id],
		);
		assert.ok(readdirSync(home.beside('work/kept')).some(name => name.startsWith('index-')));
		const missing = await reportProcess(['--claude-dir', home.dir, '--workspace', './missing', '--json'], { env });
		assert.deepEqual([missing.code, missing.stdout], [2, '']);
		assert.ok(missing.stderr.includes(home.beside('work/missing')), missing.stderr);
		const refused = await reportProcess(['--claude-dir', './claude', '--all', '--json'], { env });
		assert.deepEqual([refused.code, refused.stdout], [2, '']);
		assert.match(refused.stderr, /must be an absolute path/);
	});

	it('reports on what can be read and names the place that cannot, which makes nothing gone', async function () {
		// Root reads everything; another user is one who cannot.
		const asRoot = process.getuid?.() === 0;
		if (process.platform === 'win32') {
			console.log('      skipped: permissions are not modes on Windows');
			this.skip();
		}
		const nobody = asRoot ? { uid: 65534 } : {};
		chmodSync(home.root, 0o755);
		const data = home.beside('data');
		mkdirSync(data);
		chmodSync(data, 0o777);
		const id = session('/home/dev/one');
		const hidden = home.at('-home-dev-one');
		const args = ['--claude-dir', home.dir, '--all', '--json', '--data', data];
		const first = await reportProcess(args, nobody);
		assert.equal(documentOf(first).sessions[0]?.gone, undefined);
		for (const [place, mode] of [
			[hidden, 0o000],
			[hidden, 0o644],
			[path.join(hidden, `${id}.jsonl`), 0o000],
		] as const) {
			chmodSync(place, mode);
			const ended = await reportProcess(args, nobody);
			chmodSync(place, 0o755);
			const { sessions, totals } = documentOf(ended);
			assert.deepEqual([sessions[0]?.gone, totals.sessions, totals.responses], [undefined, 1, 1]);
			if (place === hidden) assert.ok(ended.stderr.includes(hidden), ended.stderr);
		}
		chmodSync(home.dir, 0o000);
		const blind = await reportProcess(args, nobody);
		chmodSync(home.dir, 0o755);
		assert.equal(blind.code, 1);
		assert.ok(blind.stderr.includes(home.dir));
		const { sessions } = documentOf(await reportProcess(args, nobody));
		assert.equal(sessions[0]?.gone, undefined);
	});
});

describe('Every command without a window', () => {
	const commands: Readonly<Record<string, (readerThread: URL) => Promise<number>>> = {
		report: reportCommand,
		insights: insightsCommand,
		search: searchCommand,
		export: exportCommand,
		classify: classifyCommand,
		backup: backupCommand,
		migrate: migrateCommand,
	};
	for (const [name, command] of Object.entries(commands)) {
		it(`says what ${name} takes when it is asked for help, whatever else is missing or wrong`, async () => {
			const { code, stdout, stderr } = await commandInProcess(command, ['--help', '--data', '']);
			assert.deepEqual([code, stderr], [0, '']);
			assert.match(stdout, new RegExp(`^[A-Z].*\\.$[^]*^Usage: npm run (--silent )?${name} -- `, 'm'));
			const usage = stdout.split('\n').find(line => line.startsWith('Usage:')) ?? '';
			for (const [option] of usage.matchAll(/--[a-z][a-z-]+/g)) {
				if (option !== '--silent') assert.match(stdout, new RegExp(`^  ${option} `, 'm'), option);
			}
			assert.match(stdout, /^ {2}--help +this text$/m);
		});
	}

	it('refuses what it does not know, although it knows --help', async () => {
		const { code, stdout, stderr } = await commandInProcess(insightsCommand, ['--all', '--halp']);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /--halp[^]*Usage: npm run --silent insights/);
	});

	it('refuses a period that begins on a day which does not exist', async () => {
		const { code, stdout, stderr } = await commandInProcess(insightsCommand, ['--all', '--since', '2026-02-31']);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /^--since, --until: 2026-02-31 is no day/);
	});
});
