/** One served VS Code with folders of its own: nothing of it touches the user's profile, home or Claude history unless it is given. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, type CodeServer, type RunningServer, type ServerOptions } from './codeServer.ts';

/** Keeps a window quiet: no welcome page, no experiments, no AI offers, nothing looked up. */
export const quietSettings: Readonly<Record<string, unknown>> = {
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.enableExperiments': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'chat.disableAIFeatures': true,
	'chat.commandCenter.enabled': false,
	'extensions.autoUpdate': false,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'update.mode': 'none',
	'git.openRepositoryInParentFolders': 'never',
	'security.workspace.trust.startupPrompt': 'never',
};

export interface ServedOptions extends Omit<ServerOptions, 'dataDir'> {
	/** Holds the server's data; kept by the caller. */
	readonly dataDir: string;
	/** On top of the quiet ones. */
	readonly settings?: Readonly<Record<string, unknown>>;
}

export async function serveVSCode(server: CodeServer, { settings = {}, ...options }: ServedOptions): Promise<RunningServer> {
	// User settings lie beside the server's data; the machine's reach a window before its first paint.
	for (const scope of ['User', 'Machine']) {
		const folder = join(options.dataDir, 'data', scope);
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
	}
	return startServer(server, options);
}
