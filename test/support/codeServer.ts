/**
 * A real VS Code, served on loopback: the VS Code server that code-server carries on npm, with its own Node. It needs
 * neither a display nor Microsoft's download host, and its extension host is the Node one that desktop uses.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeRuntime } from './nodeRuntime.ts';
import { runNpm, runProgram } from './runProgram.ts';
import { ensureCompiler } from './systemTools.ts';
import { installOnce } from './toolCache.ts';

/** `lowest` is the oldest release on npm that is not below `engines.vscode` (there is none of 1.101 and 1.102). */
export const codeServerReleases = {
	current: { codeServer: '4.139.1', vscode: '1.139.1', node: 24, watchdog: '@vscode/native-watchdog' },
	lowest: { codeServer: '4.103.2', vscode: '1.103.2', node: 22, watchdog: 'native-watchdog' },
} as const;

export type VSCodeRelease = keyof typeof codeServerReleases;

export interface CodeServer {
	readonly version: string;
	readonly node: string;
	/** Path of `server-main.js`. */
	readonly main: string;
}

/** Half a minute and 0.6 GB the first time, nothing afterwards. Throws `MissingTool` without a compiler. */
export async function installCodeServer(release: VSCodeRelease = 'current'): Promise<CodeServer> {
	const { codeServer, vscode, node: major, watchdog } = codeServerReleases[release];
	const node = await nodeRuntime(major);
	const folder = await installOnce(`vscode-server-${vscode}-node${major}-${process.platform}-${process.arch}`, async staging => {
		await ensureCompiler();
		console.error(`Installing the VS Code ${vscode} server, once …`);
		await runNpm(['pack', `code-server@${codeServer}`, '--ignore-scripts', '--silent'], { cwd: staging });
		const archive = `code-server-${codeServer}.tgz`;
		await runProgram('tar', ['-xzf', archive, '--strip-components=2', 'package/lib/vscode'], { cwd: staging });
		await rm(join(staging, archive));
		await installDependencies(join(staging, 'vscode'), node.folder, watchdog);
	});
	return { version: vscode, node: node.executable, main: join(folder, 'vscode', 'out', 'server-main.js') };
}

/** Scripts of the dependencies stay off; only what the extension host cannot start without is built, against this Node's headers. */
async function installDependencies(cwd: string, nodeFolder: string, watchdog: string): Promise<void> {
	await runNpm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd });
	const env = { ...process.env, npm_config_nodedir: nodeFolder, npm_config_ignore_scripts: 'false' };
	await runNpm(['rebuild', '--foreground-scripts', '@vscode/spdlog', watchdog], { cwd, env });
	for (const optional of ['node-pty', '@parcel/watcher']) {
		await runNpm(['rebuild', '--foreground-scripts', optional], { cwd, env }).catch(() => {
			console.error(`${optional} was not built without errors; terminals or file watching of the served VS Code may be missing.`);
		});
	}
}

export interface ServerOptions {
	/** The server's own data: settings, storage, logs. */
	readonly dataDir: string;
	readonly extensionsDir: string;
	/** The extensions that come with VS Code, where it shall not have all of them. */
	readonly builtinExtensionsDir?: string;
	/** 0 takes a free one. */
	readonly port?: number;
	/** What the address must carry; null serves without, for tests only. */
	readonly connectionToken: string | null;
	/** Ask for workspace trust; without, everything is trusted. */
	readonly trust?: boolean;
	/** Makes the window obey a test payload in its address. Without it VS Code ignores the payload silently. */
	readonly testDriver?: boolean;
	/** What the extension host sees on top of PATH and the like; `HOME` keeps tests off the real one. */
	readonly env: Readonly<Record<string, string>>;
}

export interface RunningServer {
	/** `http://127.0.0.1:PORT`, without the token. */
	readonly origin: string;
	/** Address of a window on this folder. */
	windowUrl(folder: string, query?: Readonly<Record<string, string>>): string;
	/** Everything the server printed. */
	output(): string;
	/** Resolves when the server and the extension hosts under it are gone. */
	stop(): Promise<void>;
	/** Resolves when the server has ended for whatever reason. */
	readonly ended: Promise<void>;
}

const startTimeoutMs = 120_000;

/** Resolves when the server answers; throws with its output when it ends first. */
export async function startServer(server: CodeServer, options: ServerOptions): Promise<RunningServer> {
	const args = [
		server.main,
		...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
		...(options.connectionToken === null ? ['--without-connection-token'] : ['--connection-token', options.connectionToken]),
		...['--accept-server-license-terms', '--telemetry-level', 'off'],
		...['--server-data-dir', options.dataDir, '--extensions-dir', options.extensionsDir],
		...(options.builtinExtensionsDir === undefined ? [] : ['--builtin-extensions-dir', options.builtinExtensionsDir]),
		...(options.trust === true ? [] : ['--disable-workspace-trust']),
		...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
	];
	// Its own process group: the extension hosts are its children and must end with it.
	const child = spawn(server.node, args, {
		env: serverEnvironment(options.env),
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
	});
	let output = '';
	const ended = new Promise<void>(resolve => {
		child.on('close', () => {
			resolve();
		});
	});
	const origin = await new Promise<string>((resolve, reject) => {
		const timer = setTimeout(() => {
			killGroup(child.pid, 'SIGKILL');
			reject(new Error(`VS Code's server did not start within ${startTimeoutMs / 1000} s:\n${output}`));
		}, startTimeoutMs);
		const read = (chunk: Buffer): void => {
			output += chunk.toString();
			const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
			if (port === undefined) return;
			clearTimeout(timer);
			resolve(`http://127.0.0.1:${port}`);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.on('error', reject);
		child.on('close', () => {
			clearTimeout(timer);
			reject(new Error(`VS Code's server ended before it listened:\n${output}`));
		});
	});
	return {
		origin,
		ended,
		output: () => output,
		windowUrl: (folder, query = {}) => {
			const url = new URL(origin);
			url.searchParams.set('folder', folder);
			if (options.connectionToken !== null) url.searchParams.set('tkn', options.connectionToken);
			for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
			return url.href;
		},
		stop: async () => {
			killGroup(child.pid, 'SIGTERM');
			const timer = setTimeout(() => killGroup(child.pid, 'SIGKILL'), 5000);
			await ended;
			clearTimeout(timer);
			// Extension hosts that outlived the server.
			killGroup(child.pid, 'SIGKILL');
		},
	};
}

/** Installs a packaged extension the way the command line does. */
export async function installExtension(
	server: CodeServer,
	options: { readonly vsix: string; readonly dataDir: string; readonly extensionsDir: string },
): Promise<void> {
	const args = ['--install-extension', options.vsix, '--force', '--extensions-dir', options.extensionsDir];
	await runProgram(server.node, [server.main, ...args, '--server-data-dir', options.dataDir, '--accept-server-license-terms'], {
		env: serverEnvironment({}),
	});
}

/** Nothing of a VS Code or a test runner this process itself runs in may reach the server. */
function serverEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
	const foreign = /^(VSCODE_|ELECTRON_|NODE_|npm_|CLAUDE|ANTHROPIC_|XDG_CONFIG_HOME$)/;
	const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	return { ...Object.fromEntries(inherited), ...extra };
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		if (process.platform === 'win32') process.kill(pid, signal);
		else process.kill(-pid, signal);
	} catch {
		// Gone already.
	}
}
