import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresLine } from '../../../scripts/start/screenshot.ts';
import { claudeDirs, lastProject } from '../../../scripts/start/lastProject.ts';
import { BadRequest, readRequest } from '../../../scripts/start/request.ts';

describe('npm start', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), 'session-insights-start-')));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('takes paths from the folder in which the command was typed', async () => {
		await mkdir(join(folder, 'project'));
		const request = readRequest(['--workspace', 'project', '--screenshot', 'picture.png'], folder);
		assert.deepEqual(request, {
			demo: false,
			screenshot: join(folder, 'picture.png'),
			workspace: join(folder, 'project'),
			claudeDir: null,
		});
	});

	it('refuses what it does not know, folders that are not there, and a demo on own sessions', () => {
		assert.throws(() => readRequest(['--picture'], folder), BadRequest);
		assert.throws(() => readRequest(['--workspace', 'nowhere'], folder), /there is no folder/);
		assert.throws(() => readRequest(['--demo', '--claude-dir', folder], folder), BadRequest);
	});

	it('opens the folder in which Claude Code was last used and that still exists', async () => {
		const [older, newer] = [join(folder, 'older'), join(folder, 'newer')];
		await mkdir(older);
		await writeTranscript('a', 'old.jsonl', older, 1000);
		await writeTranscript('b', 'new.jsonl', newer, 2000);
		assert.equal(await lastProject([folder]), older);
		await mkdir(newer);
		assert.equal(await lastProject([folder]), newer);
	});

	it('opens no folder when there are no sessions', async () => {
		assert.equal(await lastProject([join(folder, 'missing')]), null);
	});

	it('looks for sessions where CLAUDE_CONFIG_DIR points, or else in the defaults', () => {
		assert.deepEqual(claudeDirs({ CLAUDE_CONFIG_DIR: '/a,/b' }), ['/a', '/b']);
		assert.equal(claudeDirs({ XDG_CONFIG_HOME: '/config' }).at(-1), join('/config', 'claude'));
	});

	it('prints the figures of the panel on one line', () => {
		const figures = { sessions: 2, responses: 30, userPrompts: 4, toolCalls: 12, costUsd: 1.25 };
		assert.equal(figuresLine(figures), 'sessions=2 responses=30 userPrompts=4 toolCalls=12 costUsd=1.25');
	});

	async function writeTranscript(project: string, name: string, cwd: string, modified: number): Promise<void> {
		const path = join(folder, 'projects', project, name);
		await mkdir(join(folder, 'projects', project), { recursive: true });
		await writeFile(path, `${JSON.stringify({ type: 'summary', summary: 'x' })}\n${JSON.stringify({ type: 'user', cwd })}\n`);
		await utimes(path, modified, modified);
	}
});
