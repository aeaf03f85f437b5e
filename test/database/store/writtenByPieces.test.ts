import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileSystem, replaceFileByPieces } from '../../../src/extension/store/atomicFile.ts';

async function* pieces(count: number): AsyncGenerator<string> {
	for (let at = 0; at < count; at++) {
		await Promise.resolve();
		yield 'x'.repeat(100_000);
	}
}

/** A disk on which so many writes find room. */
const diskFor = (writes: number): FileSystem => {
	let left = writes;
	return {
		...nodeFiles,
		open: async (...args) => {
			const file = await nodeFiles.open(...args);
			const write = file.write.bind(file);
			file.write = ((...given: Parameters<typeof write>) => {
				if (left-- <= 0) return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' }));
				return write(...given);
			}) as typeof file.write;
			return file;
		},
	};
};

describe('A file that is written by pieces', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pieces-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('is there whole, and for nobody else to read', async () => {
		const file = join(folder, 'session.md');
		assert.equal(await replaceFileByPieces(file, pieces(7)), 700_000);
		assert.equal((await readFile(file, 'utf8')).length, 700_000);
		if (process.platform !== 'win32') assert.equal((await nodeFiles.stat(file)).mode & 0o777, 0o600);
		assert.deepEqual(await readdir(folder), ['session.md']);
	});

	it('is not there at all when the disk is full, and what was there stays', async () => {
		const file = join(folder, 'session.md');
		await assert.rejects(replaceFileByPieces(file, pieces(20), diskFor(2)), { name: 'SaveError', reason: 'disk full' });
		assert.deepEqual(await readdir(folder), []);
		await writeFile(file, 'before');
		await assert.rejects(replaceFileByPieces(file, pieces(20), diskFor(2)), { reason: 'disk full' });
		assert.deepEqual([await readdir(folder), await readFile(file, 'utf8')], [['session.md'], 'before']);
	});

	it('says when its folder is not there, is none, or may not be written to', async function () {
		await assert.rejects(replaceFileByPieces(join(folder, 'gone', 'a.md'), pieces(1)), { reason: 'folder missing' });
		await writeFile(join(folder, 'file'), '');
		await assert.rejects(replaceFileByPieces(join(folder, 'file', 'a.md'), pieces(1)), { reason: 'folder missing' });
		const locked = join(folder, 'locked');
		await mkdir(locked);
		await chmod(locked, 0o500);
		// Who may do everything may write there, too.
		if (process.platform === 'win32' || process.getuid?.() === 0) return;
		await assert.rejects(replaceFileByPieces(join(locked, 'a.md'), pieces(1)), { reason: 'read only' });
	});

	it('leaves nothing when its pieces end early', async () => {
		async function* failing(): AsyncGenerator<string> {
			yield* pieces(9);
			throw new Error('the transcript is gone');
		}
		await assert.rejects(replaceFileByPieces(join(folder, 'a.md'), failing()), /the transcript is gone/);
		assert.deepEqual(await readdir(folder), []);
	});
});
