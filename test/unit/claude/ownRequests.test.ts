/** Traces of our own requests (CLS-7): what a version of the CLI recorded although it was told not to. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownRequestsFolder, recordingDirs, removeOwnTranscript } from '../../../src/extension/claude/ownRequests.ts';

describe('what was recorded of a request of our own', () => {
	let home: string;
	beforeEach(() => {
		home = realpathSync(mkdtempSync(join(tmpdir(), 'own-')));
	});
	afterEach(() => {
		rmSync(home, { recursive: true });
	});

	/** Writes a transcript, and gives its path. */
	const record = (projectsDir: string, project: string, sessionId: string): string => {
		mkdirSync(join(projectsDir, project), { recursive: true });
		const path = join(projectsDir, project, `${sessionId}.jsonl`);
		writeFileSync(path, '{}\n');
		return path;
	};
	const nameOf = (cwd: string): string => cwd.replace(/[^A-Za-z0-9]/g, '-');

	it('is removed from its own directory, and nothing beside it', async () => {
		const projects = join(home, 'projects');
		const cwd = `/data/${ownRequestsFolder}`;
		const id = randomUUID();
		const own = record(projects, nameOf(cwd), id);
		const others = [record(projects, nameOf(cwd), randomUUID()), record(projects, '-data-shop', id)];
		await removeOwnTranscript([join(home, 'nowhere'), projects], cwd, id);
		assert.equal(existsSync(own), false);
		assert.ok(others.every(path => existsSync(path)));
		await removeOwnTranscript([projects], '/data/shop', id);
		await removeOwnTranscript([projects], cwd, '../x');
		assert.ok(others.every(path => existsSync(path)));
	});

	it('is found when the path is so long that the name of the directory was cut', async () => {
		const projects = join(home, 'projects');
		const cwd = `/${'long'.repeat(60)}/${ownRequestsFolder}`;
		const id = randomUUID();
		const own = record(projects, `${nameOf(cwd).slice(0, 200)}-1a2b3c`, id);
		const other = record(projects, nameOf(cwd).slice(0, 199), id);
		await removeOwnTranscript([projects], cwd, id);
		assert.equal(existsSync(own), false);
		assert.ok(existsSync(other));
	});

	it('lies where the CLI keeps its data, whatever we were told to read', async () => {
		mkdirSync(join(home, '.claude', 'projects'), { recursive: true });
		mkdirSync(join(home, 'data', 'projects'), { recursive: true });
		const named = process.platform === 'win32' ? { USERPROFILE: home } : { HOME: home };
		assert.deepEqual(await recordingDirs(named), [join(home, '.claude', 'projects')]);
		assert.deepEqual(await recordingDirs({ ...named, CLAUDE_CONFIG_DIR: join(home, 'data') }), [join(home, 'data', 'projects')]);
	});
});
