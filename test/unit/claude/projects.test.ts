import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { diskFiles, type FolderFiles } from '../../../src/extension/claude/folderFiles.ts';
import { encodeProjectDir, identifyProject, likelyFirst, workspaceScope } from '../../../src/extension/claude/projects.ts';
import type { RememberedWorktree } from '../../../src/extension/claude/worktrees.ts';

/**
 * A disk of texts by path; null is a directory. Directories above an entry exist. `links` lead from one directory to another.
 * `asked` collects every path the code looked at.
 */
function disk(
	entries: Readonly<Record<string, string | null>>,
	links: Readonly<Record<string, string>> = {},
	rules: path.PlatformPath = path.posix,
): FolderFiles & { readonly asked: Set<string> } {
	const asked = new Set<string>();
	const real = (at: string): string => {
		asked.add(at);
		for (const [link, target] of Object.entries(links)) {
			if (at === link || at.startsWith(link + rules.sep)) {
				return real(target + at.slice(link.length));
			}
		}
		return at;
	};
	const below = (at: string) => Object.keys(entries).filter(entry => entry.startsWith(at.endsWith(rules.sep) ? at : at + rules.sep));
	return {
		asked,
		realPath: at => {
			const to = real(at);
			return Promise.resolve(Object.hasOwn(entries, to) || below(to).length > 0 ? to : null);
		},
		readText: at => Promise.resolve(entries[real(at)] ?? null),
		list: at => {
			const to = real(at);
			return Promise.resolve([...new Set(below(to).map(entry => entry.slice(to.length + 1).split(rules.sep)[0] ?? ''))]);
		},
	};
}

const empty = disk({});

describe('encodeProjectDir', () => {
	it('turns everything but ASCII letters and digits into dashes, one for one', () => {
		assert.equal(encodeProjectDir('/home/Ann/my_app.v2/é x'), '-home-Ann-my-app-v2---x');
		assert.equal(encodeProjectDir('C:\\Users\\a b\\x_y'), 'C--Users-a-b-x-y');
	});

	it('encodes the NFC form', () => {
		assert.equal(encodeProjectDir('/cafe\u0301'), '-caf-');
	});

	it('ends where Claude Code puts a hash', () => {
		assert.equal(encodeProjectDir(`/${'a'.repeat(300)}`), `-${'a'.repeat(199)}`);
	});
});

describe('likelyFirst', () => {
	it('puts the folders of the workspace first, then what may lie below them, and keeps the order otherwise', () => {
		const names = ['-z', '-w-app-sub', '-w-application', '-w-app', '-W-APP', '-w-lib', '-a'];
		assert.deepEqual(likelyFirst(names, ['/w/app', '/w/lib']), ['-w-app', '-W-APP', '-w-lib', '-w-app-sub', '-z', '-w-application', '-a']);
	});

	it('knows folders with long names by what stands before the hash', () => {
		const long = `/${'a'.repeat(250)}`;
		assert.deepEqual(likelyFirst(['-b', `-${'a'.repeat(199)}-1x2y`], [long]), [`-${'a'.repeat(199)}-1x2y`, '-b']);
	});

	it('puts nothing first without a workspace, and all that may lie below a root folder', () => {
		assert.deepEqual(likelyFirst(['-b', '-a'], []), ['-b', '-a']);
		assert.deepEqual(likelyFirst(['D--x', 'c--x'], ['C:\\']), ['c--x', 'D--x']);
	});
});

describe('identifyProject', () => {
	it('takes the real path and the name of the folder', async () => {
		const files = disk({ '/real/app': null }, { '/link': '/real' });
		assert.deepEqual(await identifyProject('/link/app/', 'linux', files), { key: '/real/app', path: '/real/app', name: 'app' });
	});

	it('resolves links above a folder that is gone', async () => {
		const files = disk({ '/private/tmp': null }, { '/tmp': '/private/tmp' });
		assert.equal((await identifyProject('/tmp/gone/deep', 'darwin', files)).path, '/private/tmp/gone/deep');
	});

	it('takes a path of which nothing exists as it stands', async () => {
		assert.equal((await identifyProject('/no/where', 'linux', disk({ '/': null }))).path, '/no/where');
		assert.equal((await identifyProject('/no/where', 'linux', { ...empty, realPath: () => Promise.resolve(null) })).path, '/no/where');
	});

	it('gives one key to all Unicode forms of a path', async () => {
		const composed = await identifyProject('/caf\u00e9', 'linux', empty);
		const apart = await identifyProject('/cafe\u0301', 'linux', empty);
		assert.deepEqual(apart, composed);
	});

	it('tells upper from lower case, but not on Windows', async () => {
		assert.notEqual((await identifyProject('/App', 'linux', empty)).key, (await identifyProject('/app', 'linux', empty)).key);
		assert.notEqual((await identifyProject('/App', 'darwin', empty)).key, (await identifyProject('/app', 'darwin', empty)).key);
		const upper = await identifyProject('C:\\Code\\App', 'win32', empty);
		const lower = await identifyProject('c:/code/app/', 'win32', empty);
		assert.equal(upper.key, lower.key);
		assert.equal(upper.name, 'App');
	});

	it('names a root by itself', async () => {
		assert.equal((await identifyProject('/', 'linux', empty)).name, '/');
		assert.equal((await identifyProject('C:\\', 'win32', empty)).name, 'C:\\');
	});

	it('understands the paths of other systems without looking for them here', async () => {
		const files = disk({ '/': null });
		const windows = await identifyProject('C:\\Users\\Ann\\app', 'linux', files);
		assert.deepEqual(windows, { key: 'c:\\users\\ann\\app', path: 'C:\\Users\\Ann\\app', name: 'app' });
		const posix = await identifyProject('/home/ann/app', 'win32', files);
		assert.deepEqual(posix, { key: '/home/ann/app', path: '/home/ann/app', name: 'app' });
		assert.deepEqual([...files.asked], []);
	});

	it('never reaches for a server, nor for a path that is not absolute', async () => {
		const files = disk({ '/': null });
		for (const cwd of ['\\\\evil\\share\\app', '//evil/share/app', 'relative', '', 'C:relative']) {
			await identifyProject(cwd, 'win32', files);
		}
		await identifyProject('relative', 'linux', files);
		await identifyProject('\\\\evil\\share\\app', 'linux', files);
		assert.deepEqual([...files.asked], []);
	});
});

describe('workspaceScope', () => {
	const repo = { '/w/repo/.git/HEAD': 'ref: refs/heads/main\n', '/w/repo/sub/file': '' };
	const linked = (at: string, name: string) => ({
		[`/w/repo/.git/worktrees/${name}/gitdir`]: `${at}/.git\n`,
		[`/w/repo/.git/worktrees/${name}/commondir`]: '../..\n',
		[`/w/repo/.git/worktrees/${name}/HEAD`]: 'ref: refs/heads/x\n',
		[`${at}/.git`]: `gitdir: /w/repo/.git/worktrees/${name}\n`,
	});

	const scopeOf = (
		folders: string[],
		files: FolderFiles,
		remembered: readonly RememberedWorktree[] = [],
		platform: NodeJS.Platform = 'linux',
	) => workspaceScope(folders, remembered, platform, files);
	const includes = async (scope: Awaited<ReturnType<typeof workspaceScope>>, cwd: string, platform: NodeJS.Platform = 'linux') =>
		scope.includes((await identifyProject(cwd, platform, empty)).key);

	it('covers a folder and what lies below it, not what only begins like it', async () => {
		const scope = await scopeOf(['/a/b'], disk({ '/a/b/c': null }));
		assert.equal(await includes(scope, '/a/b'), true);
		assert.equal(await includes(scope, '/a/b/c'), true);
		assert.equal(await includes(scope, '/a/b/gone/too'), true);
		assert.equal(await includes(scope, '/a/bc'), false);
		assert.equal(await includes(scope, '/a'), false);
	});

	it('covers every folder of the window, and nothing in a window without one', async () => {
		const scope = await scopeOf(['/a', '/b'], empty);
		assert.deepEqual(scope.roots, ['/a', '/b']);
		assert.equal(await includes(scope, '/b/x'), true);
		assert.equal(await includes(await scopeOf([], empty), '/a'), false);
	});

	it('covers everything when the file system itself is opened', async () => {
		assert.equal(await includes(await scopeOf(['/'], disk({ '/x': null })), '/any/where'), true);
		assert.equal(await includes(await scopeOf(['C:\\'], empty, [], 'win32'), 'c:\\any', 'win32'), true);
	});

	it('sees a folder that was opened through a link where it really is', async () => {
		const scope = await scopeOf(['/link'], disk({ '/real/app': null }, { '/link': '/real' }));
		assert.deepEqual(scope.roots, ['/real']);
		assert.equal(await includes(scope, '/real/app'), true);
	});

	it('ignores case and kind of separator on Windows', async () => {
		const scope = await scopeOf(['C:\\Code\\App'], empty, [], 'win32');
		assert.equal(await includes(scope, 'c:/code/app/Sub', 'win32'), true);
		assert.equal(await includes(scope, 'c:\\code\\apps', 'win32'), false);
	});

	it('covers the linked worktrees of the repository that was opened', async () => {
		const scope = await scopeOf(['/w/repo'], disk({ ...repo, ...linked('/w/feature', 'feature'), ...linked('/elsewhere/fix', 'fix') }));
		assert.deepEqual(scope.roots, ['/w/repo', '/w/feature', '/elsewhere/fix']);
		assert.equal(await includes(scope, '/elsewhere/fix/deep'), true);
		assert.equal(await includes(scope, '/elsewhere'), false);
	});

	it('covers the main worktree and the sisters of a linked one', async () => {
		const files = disk({ ...repo, ...linked('/w/feature', 'feature'), ...linked('/w/fix', 'fix') });
		assert.deepEqual((await scopeOf(['/w/feature'], files)).roots, ['/w/feature', '/w/repo', '/w/fix']);
	});

	it('covers a folder inside a repository and the other worktrees, but not its neighbours', async () => {
		const scope = await scopeOf(['/w/repo/sub'], disk({ ...repo, ...linked('/w/feature', 'feature') }));
		assert.deepEqual(scope.roots, ['/w/repo/sub', '/w/feature']);
		assert.equal(await includes(scope, '/w/repo/other'), false);
	});

	it('does not mistake its own worktree for another when git spells it through a link', async () => {
		const files = disk({ ...repo, ...linked('/w/feature', 'feature'), '/w/feature/sub/x': '' }, { '/l': '/w' });
		const spelled: FolderFiles = {
			...files,
			readText: async at => (await files.readText(at))?.replace('/w/feature/.git', '/l/feature/.git') ?? null,
		};
		assert.deepEqual((await scopeOf(['/w/feature/sub'], spelled)).roots, ['/w/feature/sub', '/w/repo']);
	});

	it('follows relative pointers, as git writes them on request', async () => {
		const files = disk({
			...repo,
			'/w/repo/.git/worktrees/rel/gitdir': '../../../../rel/.git\n',
			'/w/repo/.git/worktrees/rel/commondir': '../..\n',
			'/w/rel/.git': 'gitdir: ../repo/.git/worktrees/rel\n',
		});
		assert.deepEqual((await scopeOf(['/w/repo'], files)).roots, ['/w/repo', '/w/rel']);
		assert.deepEqual((await scopeOf(['/w/rel'], files)).roots, ['/w/rel', '/w/repo']);
	});

	it('covers the worktrees of a bare repository, which has no main one', async () => {
		const files = disk({
			'/p/.bare/HEAD': 'ref: refs/heads/main\n',
			'/p/.bare/worktrees/main/gitdir': '/p/main/.git\n',
			'/p/.bare/worktrees/main/commondir': '../..\n',
			'/p/.bare/worktrees/next/gitdir': '/p/next/.git\n',
			'/p/main/.git': 'gitdir: /p/.bare/worktrees/main\n',
			'/p/next/.git': 'gitdir: /p/.bare/worktrees/next\n',
		});
		assert.deepEqual((await scopeOf(['/p/main'], files)).roots, ['/p/main', '/p/next']);
	});

	it('takes a submodule for a repository of its own', async () => {
		const files = disk({
			...repo,
			...linked('/w/feature', 'feature'),
			'/w/repo/.git/modules/lib/HEAD': 'ref: refs/heads/main\n',
			'/w/repo/lib/.git': 'gitdir: ../.git/modules/lib\n',
		});
		assert.deepEqual((await scopeOf(['/w/repo/lib'], files)).roots, ['/w/repo/lib']);
	});

	it('passes over what is no repository', async () => {
		const files = disk({
			...repo,
			...linked('/w/feature', 'feature'),
			'/w/repo/empty/.git/config': '',
			'/w/repo/text/.git': 'not a pointer',
			'/w/repo/dangling/.git': 'gitdir: /gone',
		});
		for (const name of ['empty', 'text', 'dangling']) {
			assert.deepEqual((await scopeOf([`/w/repo/${name}`], files)).roots, [`/w/repo/${name}`, '/w/feature'], name);
		}
	});

	it('passes over worktrees that another system made, and empty entries', async () => {
		const files = disk({ ...repo, '/w/repo/.git/worktrees/win/gitdir': 'C:/w/x/.git\n', '/w/repo/.git/worktrees/none/HEAD': '' });
		assert.deepEqual((await scopeOf(['/w/repo'], files)).roots, ['/w/repo']);
	});

	it('reads what git writes on Windows', async () => {
		const files = disk(
			{
				'C:\\w\\repo\\.git\\HEAD': 'ref: refs/heads/main\n',
				'C:\\w\\repo\\.git\\worktrees\\fix\\gitdir': 'C:/w/fix/.git\n',
				'C:\\w\\repo\\.git\\worktrees\\fix\\commondir': '../..\n',
				'C:\\w\\fix\\.git': 'gitdir: C:/w/repo/.git/worktrees/fix\n',
			},
			{},
			path.win32,
		);
		assert.deepEqual((await scopeOf(['C:\\w\\repo'], files, [], 'win32')).roots, ['C:\\w\\repo', 'C:\\w\\fix']);
		assert.deepEqual((await scopeOf(['C:\\w\\fix'], files, [], 'win32')).roots, ['C:\\w\\fix', 'C:\\w\\repo']);
	});

	it('does not follow the pointers of a local folder to a server', async () => {
		const files = disk(
			{
				'C:\\a\\.git': 'gitdir: //evil/share/.git\n',
				'C:\\b\\.git\\HEAD': '',
				'C:\\b\\.git\\worktrees\\x\\gitdir': '//evil/share/x/.git\n',
				'C:\\c\\.git': 'gitdir: C:/c/real\n',
				'C:\\c\\real\\commondir': '//evil/share/.git\n',
			},
			{},
			path.win32,
		);
		const scope = await scopeOf(['C:\\a', 'C:\\b', 'C:\\c'], files, [], 'win32');
		assert.deepEqual(scope.roots, ['C:\\a', 'C:\\b', 'C:\\c']);
		assert.deepEqual(
			[...files.asked].filter(at => at.includes('evil')),
			[],
		);
	});

	it('remembers worktrees, so that vanished ones stay in the workspace', async () => {
		const before = await scopeOf(['/w/repo'], disk({ ...repo, ...linked('/w/feature', 'feature') }));
		assert.deepEqual(before.remembered, [{ repository: '/w/repo/.git', path: '/w/feature' }]);
		const after = await scopeOf(['/w/repo/sub'], disk(repo), before.remembered);
		assert.equal(await includes(after, '/w/feature/deep'), true);
		assert.deepEqual(after.remembered, before.remembered);
	});

	it('remembers a worktree once, however often it is seen, and those of other repositories untouched', async () => {
		const other = { repository: '/other/.git', path: '/other-tree' };
		const files = disk({ ...repo, ...linked('/w/feature', 'feature') });
		const first = await scopeOf(['/w/repo'], files, [other]);
		const second = await scopeOf(['/w/repo', '/w/feature'], files, first.remembered);
		assert.deepEqual(second.remembered, [other, { repository: '/w/repo/.git', path: '/w/feature' }]);
		assert.equal(await includes(second, '/other-tree'), false);
		assert.deepEqual((await scopeOf(['/nowhere'], empty, [other])).remembered, [other]);
	});

	it('forgets a worktree whose folder has become another repository', async () => {
		const files = disk({ ...repo, '/w/feature/.git/HEAD': 'ref: refs/heads/main\n' });
		const scope = await scopeOf(['/w/repo'], files, [{ repository: '/w/repo/.git', path: '/w/feature' }]);
		assert.deepEqual(scope.roots, ['/w/repo']);
		assert.deepEqual(scope.remembered, []);
	});
});

describe('the worktrees that git itself makes', () => {
	let folder: string;
	const git = (cwd: string, ...args: string[]) =>
		execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd, stdio: 'pipe' });

	before(function () {
		try {
			git(os.tmpdir(), '--version');
		} catch {
			console.log('skipped: git is not installed');
			this.skip();
		}
	});
	beforeEach(async () => {
		folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'worktrees-')));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('are found from the main one, from each other, and after they were removed', async () => {
		const at = (...names: string[]) => path.join(folder, ...names);
		await mkdir(at('repo'));
		git(at('repo'), 'init', '-q');
		git(at('repo'), 'commit', '-q', '--allow-empty', '-m', 'first');
		git(at('repo'), 'worktree', 'add', '-q', at('repo', '.claude', 'worktrees', 'inner'));
		git(at('repo'), 'worktree', 'add', '-q', at('outer'));
		const scopeOf = (...folders: string[]) => workspaceScope(folders, [], process.platform);

		assert.deepEqual([...(await scopeOf(at('repo'))).roots].sort(), [at('outer'), at('repo'), at('repo', '.claude', 'worktrees', 'inner')]);
		assert.deepEqual([...(await scopeOf(at('outer'))).roots].sort(), [
			at('outer'),
			at('repo'),
			at('repo', '.claude', 'worktrees', 'inner'),
		]);

		const { remembered } = await scopeOf(at('repo'));
		git(at('repo'), 'worktree', 'remove', at('outer'));
		const scope = await workspaceScope([at('repo')], remembered, process.platform);
		assert.equal(scope.includes((await identifyProject(at('outer', 'src'), process.platform)).key), true);
	});

	it('are read as they are: files that are no files stop nothing', async function () {
		if (process.platform === 'win32') {
			console.log('skipped the pipe and the links: Windows has none that a test may make');
			this.skip();
		}
		await mkdir(path.join(folder, 'dir'));
		execFileSync('mkfifo', [path.join(folder, 'pipe')]);
		await writeFile(path.join(folder, 'long'), 'x'.repeat(100_000));
		await symlink(path.join(folder, 'loop'), path.join(folder, 'loop'));
		assert.equal(await diskFiles.readText(path.join(folder, 'pipe')), null);
		assert.equal(await diskFiles.readText(path.join(folder, 'dir')), null);
		assert.equal(await diskFiles.readText(path.join(folder, 'loop')), null);
		assert.equal(await diskFiles.readText(path.join(folder, 'absent')), null);
		assert.equal((await diskFiles.readText(path.join(folder, 'long')))?.length, 16_384);
		assert.equal(await diskFiles.realPath(path.join(folder, 'loop')), null);
		assert.deepEqual(await diskFiles.list(path.join(folder, 'long')), []);
		await rename(path.join(folder, 'long'), path.join(folder, 'dir', 'moved'));
		assert.deepEqual(await diskFiles.list(path.join(folder, 'dir')), ['moved']);
	});
});
