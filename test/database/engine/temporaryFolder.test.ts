/** Where an engine that stores nothing keeps what a request needs (NFR-2). */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TemporaryFolder } from '../../../src/extension/engine/temporaryFolder.ts';
import { HeadlessEngine } from './headless.ts';

describe('the folder for files of an engine that stores nothing', () => {
	it('is one that nobody could have guessed, and only the user may read', async () => {
		const [one, other] = [new TemporaryFolder(), new TemporaryFolder()];
		const { path } = one;
		assert.notEqual(path, other.path);
		assert.equal(one.path, path, 'the same as long as it is there');
		if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o700);
		writeFileSync(join(path, 'answer'), 'x');
		await Promise.all([one.remove(), other.remove()]);
		assert.equal(existsSync(path), false);
		await one.remove();
	});

	describe('in an engine', () => {
		let temporary: string;
		const before = process.env['TMPDIR'];
		beforeEach(() => {
			temporary = mkdtempSync(join(tmpdir(), 'temporary-'));
			process.env['TMPDIR'] = temporary;
		});
		afterEach(() => {
			if (before === undefined) delete process.env['TMPDIR'];
			else process.env['TMPDIR'] = before;
			rmSync(temporary, { recursive: true });
		});

		it('is made when a request needs it, and gone when the engine stops', async function () {
			if (process.platform === 'win32') {
				console.log('      skipped: Windows does not take the temporary folder from TMPDIR');
				this.skip();
			}
			const engine = await HeadlessEngine.open(join(temporary, 'claude'));
			await engine.index();
			assert.deepEqual(readdirSync(temporary), []);
			const folder = dirname(engine.engine.background.classifying.answersFolder);
			assert.equal(dirname(folder), temporary);
			assert.ok(existsSync(folder));
			engine.engine.background.providers.provider('claude-cli', 'haiku');
			assert.equal(readdirSync(temporary).length, 1, 'one for all');
			await engine.engine.stop();
			assert.deepEqual(readdirSync(temporary), []);
		});
	});
});
