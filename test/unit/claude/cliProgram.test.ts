import assert from 'node:assert/strict';
import { type ExecutableSearch, findClaude } from '../../../src/extension/claude/cli/program.ts';

/** `files` are the executables there are; a value is where a link leads. */
function find(files: Readonly<Record<string, string>>, changes: Partial<ExecutableSearch> = {}) {
	const looked: string[] = [];
	const search: ExecutableSearch = {
		configured: null,
		pathVariable: '/usr/bin:/bin',
		pathExtensions: '',
		home: '/home/ann',
		platform: 'linux',
		workspaceFolders: ['/home/ann/shop'],
		executable: path => {
			looked.push(path);
			return Promise.resolve(files[path] ?? null);
		},
		...changes,
	};
	return findClaude(search).then(found => ({ found, looked }));
}
const at = (...paths: string[]) => Object.fromEntries(paths.map(path => [path, path]));

describe('the search for the claude program', () => {
	it('takes the one named in the settings and no other', async () => {
		const named = { configured: '/opt/claude' };
		assert.deepEqual((await find(at('/opt/claude', '/usr/bin/claude'), named)).found, { found: true, path: '/opt/claude' });
		assert.deepEqual((await find(at('/usr/bin/claude'), named)).found, { found: false, reason: 'configured-one-missing' });
	});

	it('goes through the PATH in order, then the places that installers use', async () => {
		assert.deepEqual((await find(at('/bin/claude', '/home/ann/.local/bin/claude'))).found, { found: true, path: '/bin/claude' });
		assert.deepEqual((await find(at('/home/ann/.claude/local/claude'))).found, { found: true, path: '/home/ann/.claude/local/claude' });
		assert.deepEqual((await find({})).found, { found: false, reason: 'not-installed' });
	});

	it('never takes one out of the workspace, by its path or by where a link leads (NFR-2)', async () => {
		const pathVariable = '/home/ann/shop/bin:/home/ann/shop:/usr/bin';
		const { found, looked } = await find(at('/home/ann/shop/bin/claude', '/home/ann/shop/claude'), { pathVariable });
		assert.equal(found.found, false);
		assert.ok(!looked.some(path => path.startsWith('/home/ann/shop')));
		assert.equal((await find({ '/usr/bin/claude': '/home/ann/shop/evil' })).found.found, false);
		assert.equal((await find(at('/home/ann/shop-tools/claude'), { pathVariable: '/home/ann/shop-tools' })).found.found, true);
	});

	it('knows a folder of the workspace by any of its spellings', async () => {
		const within = async (pathVariable: string, platform: NodeJS.Platform) =>
			!(await find(at(`${pathVariable}/claude`), { pathVariable, platform })).found.found;
		assert.equal(await within('/home/ann/shop/..tools/bin', 'linux'), true, 'a name that begins with two dots');
		assert.equal(await within('/home/ann/shop/...', 'linux'), true);
		assert.equal(await within('/home/ann/SHOP/bin', 'darwin'), true, 'macOS takes capitals for small letters');
		assert.equal(await within('/home/ann/SHOP/bin', 'linux'), false, 'another folder');
		assert.equal(await within('/home/ann', 'linux'), false, 'the folder above');
		assert.equal(await within('/home/ann/..shop', 'linux'), false);
	});

	it('passes over entries that mean the current directory', async () => {
		const { looked } = await find({}, { pathVariable: ':.:bin:~/bin:/usr/bin' });
		assert.ok(looked.every(path => path.startsWith('/')));
		assert.ok(!looked.includes('/claude'));
	});

	it('prefers a real program to a script on Windows, and knows its separators', async () => {
		const windows = {
			platform: 'win32' as const,
			pathVariable: 'C:\\Tools;C:\\npm',
			pathExtensions: '.COM;.EXE;.BAT;.CMD',
			home: 'C:\\Users\\Ann',
			workspaceFolders: ['C:\\work\\shop'],
		};
		const both = at('C:\\npm\\claude.cmd', 'C:\\npm\\claude.exe');
		assert.deepEqual((await find(both, windows)).found, { found: true, path: 'C:\\npm\\claude.exe' });
		assert.deepEqual((await find(at('C:\\npm\\claude.cmd'), windows)).found, { found: true, path: 'C:\\npm\\claude.cmd' });
		assert.equal((await find(at('c:\\WORK\\shop\\claude.exe'), { ...windows, pathVariable: 'c:\\WORK\\shop' })).found.found, false);
		const { looked } = await find({}, windows);
		assert.ok(looked.includes('C:\\Users\\Ann\\.local\\bin\\claude.exe'));
	});
});
