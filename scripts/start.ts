/**
 * `npm start`: builds and packages the extension and opens it, on the person's own sessions or on sample ones, in
 * desktop VS Code or in one served on loopback; never in the person's own profile.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCodeServer, installExtension } from '../test/support/codeServer.ts';
import { writeSampleHome } from '../test/support/sampleHome/sampleHome.ts';
import { serveVSCode } from '../test/support/servedVSCode.ts';
import { MissingTool } from '../test/support/systemTools.ts';
import { toolCacheDir } from '../test/support/toolCache.ts';
import { packageExtension } from './package.ts';
import { findDesktop, openDesktop } from './start/desktop.ts';
import { claudeDirs, lastProject } from './start/lastProject.ts';
import { BadRequest, readRequest, usage, type StartRequest } from './start/request.ts';
import { figuresLine, takeScreenshot } from './start/screenshot.ts';

/** Where the window's data lie and what it shows. */
interface Scene {
	readonly workspace: string;
	/** Profile, extensions, storage: kept between starts on own sessions, so that the second one is quick. */
	readonly dataDir: string;
	/** Tells the window where Claude's data are, as far as the person's environment does not. */
	readonly claudeEnv: Readonly<Record<string, string>>;
	/** Home of the served VS Code. */
	readonly home: string;
	dispose(): Promise<void>;
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
// Whoever ends npm by its pid ends the shell between npm and us, which passes no signal on.
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) stopping.abort();
}, 1000).unref();
process.exitCode = await start();

async function start(): Promise<number> {
	try {
		const request = readRequest(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
		// In the picture's case standard output is for the counts alone.
		console.error('Building and packaging the extension …');
		const { vsix } = await packageExtension();
		const scene = request.demo ? await sampleScene() : await ownScene(request);
		try {
			await show(request, scene, vsix);
			return 0;
		} finally {
			await scene.dispose();
		}
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		if (error instanceof BadRequest) console.error(usage);
		else if (!(error instanceof MissingTool) && error instanceof Error && process.env['DEBUG'] !== undefined) console.error(error.stack);
		return error instanceof BadRequest ? 2 : 1;
	}
}

async function show(request: StartRequest, scene: Scene, vsix: string): Promise<void> {
	console.error(`Workspace: ${scene.workspace}`);
	const code = request.screenshot === null ? findDesktop(process.env) : null;
	if (code === null) return serve(request, scene, vsix);
	console.error('Opening VS Code with a profile of its own; close its window or press Ctrl+C to end.');
	const env = { ...process.env, ...scene.claudeEnv };
	await openDesktop({ code, vsix, workspace: scene.workspace, dataDir: join(scene.dataDir, 'desktop'), env, signal: stopping.signal });
}

async function serve({ screenshot }: StartRequest, { workspace, dataDir, claudeEnv, home }: Scene, vsix: string): Promise<void> {
	const server = await installCodeServer();
	const folders = { dataDir: join(dataDir, 'served'), extensionsDir: join(dataDir, 'served-extensions') };
	await installExtension(server, { vsix, ...folders });
	const running = await serveVSCode(server, {
		...folders,
		connectionToken: randomBytes(16).toString('hex'),
		env: { ...claudeEnv, HOME: home },
	});
	try {
		if (screenshot !== null) {
			console.log(figuresLine(await takeScreenshot(running.windowUrl(workspace), screenshot)));
			return;
		}
		console.log(`\n  ${running.windowUrl(workspace)}\n\nOpen this address in a browser. It works on this machine only; Ctrl+C stops it.`);
		await Promise.race([running.ended, new Promise(resolve => stopping.signal.addEventListener('abort', resolve))]);
	} finally {
		await running.stop();
	}
}

/** The person's own sessions, read from where Claude Code keeps them. */
async function ownScene({ workspace, claudeDir, screenshot }: StartRequest): Promise<Scene> {
	const dirs = claudeDir === null ? claudeDirs(process.env) : [claudeDir];
	const folder = workspace ?? (await lastProject(dirs)) ?? process.env['INIT_CWD'] ?? process.cwd();
	// A served VS Code inherits nothing of Claude's environment by itself.
	const names = claudeDir === null ? ['CLAUDE_CONFIG_DIR', 'XDG_CONFIG_HOME'] : [];
	const inherited = names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
	// A picture starts from nothing, so that it shows what a first start shows.
	const temporary = screenshot === null ? null : await mkdtemp(join(tmpdir(), 'session-insights-start-'));
	const dataDir = temporary ?? join(toolCacheDir(), 'start');
	await mkdir(dataDir, { recursive: true });
	return {
		workspace: folder,
		dataDir,
		claudeEnv: claudeDir === null ? Object.fromEntries(inherited) : { CLAUDE_CONFIG_DIR: claudeDir },
		home: homedir(),
		dispose: async () => {
			if (temporary !== null) await rm(temporary, { recursive: true, force: true });
		},
	};
}

/** A workspace with sample sessions, gone when VS Code is. */
async function sampleScene(): Promise<Scene> {
	const scratch = await realpath(await mkdtemp(join(tmpdir(), 'session-insights-demo-')));
	const [home, workspace] = [join(scratch, 'home'), join(scratch, 'harbour-ferries')];
	const claudeDir = join(home, '.claude');
	for (const folder of [claudeDir, workspace]) await mkdir(folder, { recursive: true });
	await writeSampleHome({ claudeDir, workspace, now: new Date() });
	return {
		workspace,
		dataDir: scratch,
		claudeEnv: { CLAUDE_CONFIG_DIR: claudeDir },
		home,
		dispose: () => rm(scratch, { recursive: true, force: true }),
	};
}
