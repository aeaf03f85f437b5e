import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
	choosePlaces,
	claudePlaces,
	findPlaces,
	lookAtDirectory,
	refusePath,
	type Look,
	type PlacesInput,
} from '../../../src/extension/claude/places.ts';

const input = (changes: Partial<PlacesInput> = {}): PlacesInput => ({
	commandLineDirs: [],
	settingDirs: [],
	env: {},
	home: '/home/ann',
	platform: 'linux',
	...changes,
});

const onWindows = (changes: Partial<PlacesInput> = {}): PlacesInput =>
	input({ platform: 'win32', home: String.raw`C:\Users\Ann`, ...changes });

/** A disk of the given directories; a value other than true is what one sees there, or where a link leads. */
const disk =
	(entries: Readonly<Record<string, true | string | Look>>) =>
	(at: string): Promise<Look> => {
		const entry = Object.hasOwn(entries, at) ? entries[at] : undefined;
		if (entry === undefined) {
			return Promise.resolve({ kind: 'missing' });
		}
		return Promise.resolve(typeof entry === 'object' ? entry : { kind: 'directory', realPath: entry === true ? at : entry });
	};

const dirs = (choice: ReturnType<typeof choosePlaces>): string[] =>
	choice.candidates.map(({ source, spellings }) => `${source}: ${spellings.join(' | ')}`);

describe('choosePlaces', () => {
	it('takes ~/.claude and ~/.config/claude when nothing is said', () => {
		assert.deepEqual(dirs(choosePlaces(input())), ['default: /home/ann/.claude', 'default: /home/ann/.config/claude']);
	});

	it('follows XDG_CONFIG_HOME for the second default', () => {
		const choice = choosePlaces(input({ env: { XDG_CONFIG_HOME: '/xdg/' } }));
		assert.deepEqual(dirs(choice), ['default: /home/ann/.claude', 'default: /xdg/claude']);
	});

	it('ignores a relative XDG_CONFIG_HOME, as its specification says', () => {
		const choice = choosePlaces(input({ env: { XDG_CONFIG_HOME: 'conf' } }));
		assert.deepEqual(dirs(choice), ['default: /home/ann/.claude', 'default: /home/ann/.config/claude']);
	});

	it('lets CLAUDE_CONFIG_DIR replace the defaults', () => {
		assert.deepEqual(dirs(choosePlaces(input({ env: { CLAUDE_CONFIG_DIR: '/data/claude' } }))), ['environment: /data/claude']);
	});

	it('reads several directories from CLAUDE_CONFIG_DIR, separated by commas', () => {
		const choice = choosePlaces(input({ env: { CLAUDE_CONFIG_DIR: ' /a , ,/b,' } }));
		assert.deepEqual(dirs(choice), ['environment: /a', 'environment: /b']);
	});

	it('takes the defaults when CLAUDE_CONFIG_DIR holds nothing', () => {
		assert.equal(dirs(choosePlaces(input({ env: { CLAUDE_CONFIG_DIR: ' , ' } })))[0], 'default: /home/ann/.claude');
	});

	it('does not fall back to the defaults when CLAUDE_CONFIG_DIR cannot be used', () => {
		const choice = choosePlaces(input({ env: { CLAUDE_CONFIG_DIR: 'relative' } }));
		assert.deepEqual(choice.candidates, []);
		assert.deepEqual(
			choice.refused.map(refusal => refusal.reason),
			['relative'],
		);
	});

	it('adds the directories of the settings to the defaults and to the environment', () => {
		assert.equal(dirs(choosePlaces(input({ settingDirs: ['/more'] })))[2], 'setting: /more');
		const choice = choosePlaces(input({ settingDirs: ['/more'], env: { CLAUDE_CONFIG_DIR: '/env' } }));
		assert.deepEqual(dirs(choice), ['environment: /env', 'setting: /more']);
	});

	it('lets the command line replace everything', () => {
		const choice = choosePlaces(input({ commandLineDirs: ['/one', '/two'], settingDirs: ['/more'], env: { CLAUDE_CONFIG_DIR: '/env' } }));
		assert.deepEqual(dirs(choice), ['command line: /one', 'command line: /two']);
	});

	it('understands ~ in every source, also on Windows', () => {
		assert.deepEqual(dirs(choosePlaces(input({ settingDirs: ['~/x', '~'] }))).slice(2), ['setting: /home/ann/x', 'setting: /home/ann']);
		assert.deepEqual(dirs(choosePlaces(onWindows({ commandLineDirs: [String.raw`~\x`] }))), [String.raw`command line: C:\Users\Ann\x`]);
	});

	it('takes ~ literally when it begins a name', () => {
		assert.deepEqual(
			choosePlaces(input({ settingDirs: ['~bob/x'] })).refused.map(refusal => refusal.reason),
			['relative'],
		);
	});

	it('does not read $ in a home directory as a pattern', () => {
		assert.deepEqual(dirs(choosePlaces(input({ home: "/home/$&$'", commandLineDirs: ['~/x'] }))), ["command line: /home/$&$'/x"]);
	});

	it('tries the NFC spelling before the one typed', () => {
		const choice = choosePlaces(input({ commandLineDirs: ['/cafe\u0301'] }));
		assert.deepEqual(choice.candidates[0]?.spellings, ['/caf\u00e9', '/cafe\u0301']);
	});

	it('builds Windows defaults with Windows rules', () => {
		assert.deepEqual(dirs(choosePlaces(onWindows())), [
			String.raw`default: C:\Users\Ann\.claude`,
			String.raw`default: C:\Users\Ann\.config\claude`,
		]);
	});

	it('tells of every refused path and goes on with the rest', () => {
		const choice = choosePlaces(input({ commandLineDirs: ['', 'x', '/a/../b', '/ok'] }));
		assert.deepEqual(
			choice.refused.map(({ value, source, reason }) => ({ value, source, reason })),
			[
				{ value: '', source: 'command line', reason: 'empty' },
				{ value: 'x', source: 'command line', reason: 'relative' },
				{ value: '/a/../b', source: 'command line', reason: 'parent segment' },
			],
		);
		assert.deepEqual(dirs(choice), ['command line: /ok']);
	});
});

describe('refusePath', () => {
	const reason = (value: string, platform: NodeJS.Platform = 'linux') => refusePath(value, 'setting', platform)?.reason;

	it('takes absolute paths of the platform only', () => {
		assert.equal(reason('/a/b'), undefined);
		assert.equal(reason('a/b'), 'relative');
		assert.equal(reason('./a'), 'relative');
		assert.equal(reason(String.raw`C:\a`), 'relative');
		assert.equal(reason(String.raw`C:\a`, 'win32'), undefined);
		assert.equal(reason('C:/a', 'win32'), undefined);
		assert.equal(reason(String.raw`\\server\share\a`, 'win32'), undefined);
	});

	it('refuses Windows paths that depend on the current drive or its directory', () => {
		assert.equal(reason(String.raw`\a`, 'win32'), 'relative');
		assert.equal(reason('/a', 'win32'), 'relative');
		assert.equal(reason('C:a', 'win32'), 'relative');
	});

	it('refuses a parent segment but not dots inside a name', () => {
		assert.equal(reason('/a/..'), 'parent segment');
		assert.equal(reason('~/../b'), 'parent segment');
		assert.equal(reason('/a/..b/c..'), undefined);
		assert.equal(reason(String.raw`/a\..\b`), undefined);
		assert.equal(reason(String.raw`C:\a\..\b`, 'win32'), 'parent segment');
		assert.equal(reason('C:/a/../b', 'win32'), 'parent segment');
	});

	it('refuses NUL and blank text', () => {
		assert.equal(reason('/a\0b'), 'NUL character');
		assert.equal(reason('  '), 'empty');
	});

	it('says where the path was typed, what it was and why it is not used', () => {
		assert.equal(
			refusePath('x', 'command line', 'linux')?.message,
			'The directory given with --claude-dir "x" is not used: it must be an absolute path.',
		);
	});
});

describe('findPlaces', () => {
	const find = (changes: Partial<PlacesInput>, entries: Parameters<typeof disk>[0]) => claudePlaces(input(changes), disk(entries));

	it('gives the config directory and its projects folder', async () => {
		const { places, problems } = await find({ commandLineDirs: ['/c'] }, { '/c': true, '/c/projects': true });
		assert.deepEqual(places, [{ dir: '/c', projectsDir: '/c/projects', source: 'command line', named: true }]);
		assert.deepEqual(problems, []);
	});

	it('takes a place that was never used: its projects folder may appear later', async () => {
		const { places, problems } = await find({ commandLineDirs: ['/c'] }, { '/c': true });
		assert.deepEqual(places, [{ dir: '/c', projectsDir: '/c/projects', source: 'command line', named: true }]);
		assert.deepEqual(problems, []);
	});

	it('understands a value that ends in projects', async () => {
		const { places } = await find({ commandLineDirs: ['/c/projects/'] }, { '/c': true, '/c/projects': true });
		assert.deepEqual(places, [{ dir: '/c', projectsDir: '/c/projects', source: 'command line', named: true }]);
	});

	it('takes a config directory that happens to be called projects for what it is', async () => {
		const { places } = await find({ commandLineDirs: ['/me/projects'] }, { '/me/projects': true, '/me/projects/projects': true });
		assert.deepEqual(places, [{ dir: '/me/projects', projectsDir: '/me/projects/projects', source: 'command line', named: true }]);
	});

	it('counts places with one real path once, whatever they are called', async () => {
		const { places } = await find(
			{ settingDirs: ['/link', '/home/ann/.claude/projects', '/other'] },
			{
				'/home/ann/.claude': true,
				'/home/ann/.claude/projects': true,
				'/home/ann/.config/claude': '/home/ann/.claude',
				'/link': '/home/ann/.claude',
				'/other': true,
				'/other/projects': '/home/ann/.claude/projects',
			},
		);
		assert.equal(places.length, 1);
		assert.equal(places[0]?.projectsDir, '/home/ann/.claude/projects');
	});

	it('counts spellings that differ in case once on Windows and twice elsewhere', async () => {
		const look = (at: string): Promise<Look> => Promise.resolve({ kind: 'directory', realPath: at });
		const windows = await claudePlaces(onWindows({ commandLineDirs: [String.raw`C:\Data`, 'c:/data/'] }), look);
		assert.deepEqual(
			windows.places.map(place => place.projectsDir),
			[String.raw`C:\Data\projects`],
		);
		const linux = await claudePlaces(input({ commandLineDirs: ['/Data', '/data'] }), look);
		assert.equal(linux.places.length, 2);
	});

	it('tells a missing place that was named from a default one', async () => {
		const named = await find({ env: { CLAUDE_CONFIG_DIR: '/gone' } }, {});
		assert.deepEqual(named.places, []);
		assert.deepEqual(named.problems, [
			{
				place: { dir: '/gone', projectsDir: '/gone/projects', source: 'environment', named: true },
				problem: 'missing',
				path: '/gone',
				detail: '',
				message: 'The directory in CLAUDE_CONFIG_DIR does not exist: /gone',
			},
		]);
		const byDefault = await find({}, {});
		assert.deepEqual(
			byDefault.problems.map(({ problem, place }) => [problem, place.named]),
			[
				['missing', false],
				['missing', false],
			],
		);
	});

	it('calls a typed projects folder missing although its parent exists', async () => {
		const { problems } = await find({ commandLineDirs: ['/c/projects'] }, { '/c': true });
		assert.deepEqual(
			problems.map(({ place, problem }) => [place.dir, place.projectsDir, problem]),
			[['/c', '/c/projects', 'missing']],
		);
	});

	it('reports a place once although several sources name it, as named when one of them does', async () => {
		const { problems } = await find({ settingDirs: ['~/.claude', '/home/ann/.claude/'] }, {});
		assert.deepEqual(
			problems.map(({ place }) => [place.dir, place.source]),
			[
				['/home/ann/.claude', 'setting'],
				['/home/ann/.config/claude', 'default'],
			],
		);
	});

	it('reports what is closed or no directory, and goes on', async () => {
		const { places, problems } = await find(
			{ commandLineDirs: ['/file', '/closed', '/half', '/fileInside', '/fine'] },
			{
				'/file': { kind: 'not a directory' },
				'/closed': { kind: 'unreadable', detail: 'EACCES' },
				'/half': true,
				'/half/projects': { kind: 'unreadable', detail: 'EACCES' },
				'/fileInside': true,
				'/fileInside/projects': { kind: 'not a directory' },
				'/fine': true,
			},
		);
		assert.deepEqual(
			places.map(place => place.dir),
			['/fine'],
		);
		assert.deepEqual(
			problems.map(({ problem, message }) => [problem, message]),
			[
				['not a directory', 'The directory given with --claude-dir is not a directory: /file'],
				['unreadable', 'The directory given with --claude-dir cannot be read (EACCES): /closed'],
				['unreadable', 'The directory given with --claude-dir cannot be read (EACCES): /half/projects'],
				['not a directory', 'The directory given with --claude-dir is not a directory: /fileInside/projects'],
			],
		);
	});

	it('opens the spelling that exists when a name is not in NFC on disk', async () => {
		const { places } = await find({ commandLineDirs: ['/cafe\u0301'] }, { '/cafe\u0301': true });
		assert.equal(places[0]?.dir, '/cafe\u0301');
		const { problems } = await find(
			{ commandLineDirs: ['/cafe\u0301'] },
			{ '/caf\u00e9': { kind: 'not a directory' }, '/cafe\u0301': true },
		);
		assert.equal(problems[0]?.problem, 'not a directory');
	});

	it('keeps the refused paths beside what was found', async () => {
		const { places, refused } = await find({ commandLineDirs: ['x', '/c'] }, { '/c': true });
		assert.equal(places.length, 1);
		assert.equal(refused[0]?.reason, 'relative');
	});
});

describe('lookAtDirectory', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'places-')));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('sees directories through links, and what is none', async function () {
		await mkdir(path.join(folder, 'real'));
		await writeFile(path.join(folder, 'file'), '');
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'real')), { kind: 'directory', realPath: path.join(folder, 'real') });
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'file')), { kind: 'not a directory' });
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'absent')), { kind: 'missing' });
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'file', 'below')), { kind: 'not a directory' });
		if (process.platform === 'win32') {
			console.log('skipped the links: creating one needs a privilege on Windows');
			this.skip();
		}
		await symlink(path.join(folder, 'real'), path.join(folder, 'link'));
		await symlink(path.join(folder, 'absent'), path.join(folder, 'dangling'));
		await symlink(path.join(folder, 'loop'), path.join(folder, 'loop'));
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'link')), { kind: 'directory', realPath: path.join(folder, 'real') });
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'dangling')), { kind: 'missing' });
		assert.deepEqual(await lookAtDirectory(path.join(folder, 'loop')), { kind: 'unreadable', detail: 'ELOOP' });
	});

	it('is what findPlaces looks with by default', async () => {
		await mkdir(path.join(folder, 'projects'));
		const choice = choosePlaces(input({ commandLineDirs: [folder], platform: process.platform }));
		assert.equal((await findPlaces(choice, process.platform)).places[0]?.projectsDir, path.join(folder, 'projects'));
	});
});
