import assert from 'node:assert/strict';
import { namesOf } from '../../../src/extension/engine/fileSessions.ts';

describe('The names that one file may have in transcripts', () => {
	it('are the one it was opened by and the one that links lead to', () => {
		assert.deepEqual(namesOf('/tmp/./a.ts', '/private/tmp/a.ts', [], 'linux'), ['/tmp/./a.ts', '/tmp/a.ts', '/private/tmp/a.ts']);
		assert.deepEqual(namesOf('/gone.ts', null, [], 'linux'), ['/gone.ts']);
	});

	it('are its places in all worktrees of the repository, too', () => {
		const roots = ['/home/ann/shop', '/home/ann/shop-fix'];
		assert.deepEqual(namesOf('/home/ann/shop/src/a.ts', null, roots, 'linux'), ['/home/ann/shop/src/a.ts', '/home/ann/shop-fix/src/a.ts']);
		assert.deepEqual(
			namesOf('/home/ann/shopping/a.ts', null, roots, 'linux'),
			['/home/ann/shopping/a.ts'],
			'not a folder whose name only begins so',
		);
	});

	it('are counted from the innermost worktree, when one lies in another', () => {
		const roots = ['/shop', '/shop/.worktrees/fix'];
		assert.deepEqual(namesOf('/shop/.worktrees/fix/a.ts', null, roots, 'linux'), ['/shop/.worktrees/fix/a.ts', '/shop/a.ts']);
	});

	it('follow the rules of Windows there', () => {
		const names = namesOf('c:\\Shop\\Src\\A.ts', 'C:\\Shop\\Src\\A.ts', ['C:\\Shop', 'D:\\fix'], 'win32').map(name => name.toLowerCase());
		assert.deepEqual([...new Set(names)], ['c:\\shop\\src\\a.ts', 'd:\\fix\\src\\a.ts']);
	});

	it('have both forms of accents', () => {
		assert.deepEqual(namesOf('/caf\u00e9.ts', null, [], 'darwin'), ['/caf\u00e9.ts', '/cafe\u0301.ts']);
	});
});
