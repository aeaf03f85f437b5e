/** Opens a window of a served VS Code with the packaged extension in it, on folders of its own. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, ViewportSize } from 'playwright-core';
import { installCodeServer } from '../support/codeServer.ts';
import { openHostBridge, type HostBridge } from '../support/hostBridge.ts';
import { writeSampleHome } from '../support/sampleHome/sampleHome.ts';
import { serveVSCode } from '../support/servedVSCode.ts';
import { copyPlainExtensions, installTestExtensions } from '../support/testExtensions.ts';
import { sharedBrowser } from './browser.ts';
import { themes, Workbench, type Theme } from './workbench.ts';

/** Set by whoever prepares: a folder with the extensions of all windows of a run. */
const testedFolderVariable = 'SESSION_INSIGHTS_E2E_FOLDER';

/** For what is waited for in a window, on a machine many times slower than ours. */
const hangsAfterMs = 120_000;

const usualSize: ViewportSize = { width: 1400, height: 900 };

/** Of the windows that are open, the one that suites share. */
let shared: Promise<TestWindow> | null = null;

/** Title of the test that failed last, until a window has been photographed for it. */
let failure: string | null = null;

/** Makes the window that is closed or tidied next leave a picture of how it looked. */
export function noteFailure(title: string): void {
	failure = title.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 100);
}

/** For the runner, at its end. */
export async function closeSharedWindow(): Promise<void> {
	await (await shared)?.close();
}

export interface Folders {
	readonly home: string;
	/** What `CLAUDE_CONFIG_DIR` names. */
	readonly claudeDir: string;
	readonly workspace: string;
}

export interface WindowOptions {
	/** Fills the folders before VS Code starts. */
	readonly prepare?: (folders: Folders) => Promise<void> | void;
	readonly theme?: Theme;
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Ask for workspace trust. */
	readonly trust?: boolean;
	/** A folder of extensions of its own, where a test changes what is in it. */
	readonly extensionsDir?: string;
	readonly context?: BrowserContextOptions;
}

export interface TestWindow extends Folders {
	/** What VS Code keeps: settings, storage, logs. */
	readonly dataDir: string;
	readonly workbench: Workbench;
	readonly host: HostBridge;
	/** Chooses a theme as the settings would, and waits until the window wears it. */
	setTheme(theme: Theme): Promise<void>;
	/** Begins a command that asks something, as a key or a button would. */
	begin(command: string): Promise<void>;
	/** Begins one of ours and takes the item of its pick. */
	choose(command: string, item: string): Promise<void>;
	/** Reloads the window as its command does, which first writes down what is open and kept, and waits for its new extension host. */
	reload(): Promise<void>;
	/** Closes what is open in it, shows all sessions by day, and forgets the errors on its console. */
	tidy(): Promise<void>;
	close(): Promise<void>;
}

/** A zone in which it is afternoon: sessions of some hours ago were today, at whatever time the tests run. */
function afternoonZone(now: Date): string {
	const hours = Math.min(14, 15 - now.getUTCHours());
	// The names of these zones have the sign the other way round.
	return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

/** Before the first window of a run: installs the extension, as a person would get it, into a folder for all of them. */
export async function prepareWindows(folder: string): Promise<void> {
	const server = await installCodeServer();
	process.env[testedFolderVariable] = folder;
	await installTestExtensions(server, { dataDir: join(folder, 'data'), extensionsDir: testedExtensions() });
	await copyPlainExtensions(server, plainExtensions());
}

/** The extensions folder of the run: the extension as it is shipped, and the companion of the tests. */
export function testedExtensions(): string {
	return folderOfRun('extensions');
}

/** Those that come with VS Code, as far as its windows have them here. */
export function plainExtensions(): string {
	return folderOfRun('plain-extensions');
}

function folderOfRun(name: string): string {
	const folder = process.env[testedFolderVariable];
	if (folder === undefined) throw new Error('Run the browser tests with `npm run test:e2e`.');
	return join(folder, name);
}

async function photographFailure(workbench: Workbench): Promise<void> {
	if (failure !== null) await workbench.screenshot(`failed-${failure}`);
	failure = null;
}

/** On the sample sessions, with their list in the side bar. */
export async function openSampleWindow(options: Omit<WindowOptions, 'prepare'> = {}): Promise<TestWindow> {
	const window = await openWindow({
		...options,
		prepare: ({ claudeDir, workspace }) => writeSampleHome({ claudeDir, workspace, now: new Date() }),
	});
	await window.workbench.openContainer('Session Insights');
	await window.workbench.tree.waitForRows();
	return window;
}

/**
 * One window on the sample sessions for all suites that need no other: its start takes longer than most of them. A suite gets it
 * tidy, in the dark theme, and takes back what it changes otherwise.
 */
export async function sharedWindow(size: ViewportSize = usualSize): Promise<TestWindow> {
	shared ??= openSampleWindow({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });
	const window = await shared;
	await window.workbench.page.setViewportSize(size);
	await window.setTheme('dark');
	await window.workbench.openContainer('Session Insights');
	await window.tidy();
	await window.workbench.tree.waitForRows();
	return window;
}

export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
	const zone = afternoonZone(new Date());
	const extensionsDir = options.extensionsDir ?? testedExtensions();
	const server = await installCodeServer();
	const scratch = await mkdtemp(join(tmpdir(), 'tested-window-'));
	const folders = { home: join(scratch, 'home'), claudeDir: join(scratch, 'home', '.claude'), workspace: join(scratch, 'workspace') };
	const dataDir = join(scratch, 'data');
	for (const folder of [folders.home, folders.workspace]) await mkdir(folder);
	await options.prepare?.(folders);
	const host = await openHostBridge();
	const running = await serveVSCode(server, {
		dataDir,
		extensionsDir,
		builtinExtensionsDir: plainExtensions(),
		connectionToken: null,
		trust: options.trust ?? false,
		settings: { 'workbench.colorTheme': themes[options.theme ?? 'dark'].name, ...options.settings },
		env: { HOME: folders.home, CLAUDE_CONFIG_DIR: folders.claudeDir, TZ: zone, ...host.env },
	});
	const context = await (await sharedBrowser()).newContext({ viewport: usualSize, timezoneId: zone, ...options.context });
	context.setDefaultTimeout(hangsAfterMs);
	const workbench = new Workbench(await context.newPage());
	const begin = (command: string): Promise<void> =>
		host.evaluate((vscode, id) => {
			void vscode.commands.executeCommand(id);
		}, command);
	const window: TestWindow = {
		...folders,
		dataDir,
		workbench,
		host,
		setTheme: async theme => {
			await host.evaluate(
				(vscode, name) => vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global),
				themes[theme].name,
			);
			await workbench.wears(theme);
		},
		begin,
		choose: async (command, item) => {
			await begin(`sessionInsights.${command}`);
			await workbench.pickRow(item).click();
		},
		reload: async () => {
			const restarted = host.nextHost();
			await workbench.reloads(() => begin('workbench.action.reloadWindow'));
			await restarted;
		},
		tidy: async () => {
			await photographFailure(workbench);
			await host.evaluate(async vscode => {
				for (const command of ['workbench.action.closeQuickOpen', 'notifications.clearAll', 'workbench.action.closeAllEditors'])
					await vscode.commands.executeCommand(command);
				for (const command of ['clearFilter', 'groupByDay', 'sessions.focus'])
					await vscode.commands.executeCommand(`sessionInsights.${command}`);
			}, null);
			for (const open of [workbench.editors, workbench.notification('')]) await open.first().waitFor({ state: 'detached' });
			await workbench.showOnly('Sessions');
			workbench.forgetErrors();
		},
		close: async () => {
			await photographFailure(workbench);
			await context.close();
			await running.stop();
			await host.close();
			await rm(scratch, { recursive: true, force: true });
		},
	};
	try {
		const started = host.nextHost();
		await workbench.open(running.windowUrl(folders.workspace));
		await started;
	} catch (error) {
		await workbench.screenshot('window-that-did-not-open');
		await window.close();
		throw error;
	}
	return window;
}
