/**
 * Where the extension begins and ends: builds the parts, hands them to each other, nothing else. Everything is registered
 * at once; the engine, with its thread and its files, starts when somebody looks or when VS Code has settled.
 */
import * as vscode from 'vscode';
import { EngineClient } from './engine/client.ts';
import { registerCommands } from './ui/commands.ts';
import { Configuration, localTimeZone } from './ui/configuration.ts';
import { ContextKeys } from './ui/contextKeys.ts';
import { InsightsPanel } from './ui/insightsPanel.ts';
import { createLog } from './ui/log.ts';
import { viewIds } from './ui/names.ts';
import { tellNotices } from './ui/notices.ts';
import { engineSettings } from './ui/presentation/settings.ts';
import { publicApi, type SessionInsightsApi } from './ui/publicApi.ts';
import { SessionActions } from './ui/sessionActions.ts';
import { SessionScope } from './ui/sessionScope.ts';
import { SessionsView } from './ui/sessionsView.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { realWorkspaceFolders } from './ui/workspaceFolders.ts';

/** VS Code's own start is over by then, and nobody who opened the view has had to wait: that starts the engine at once. */
const settleMs = 2_000;

/** `deactivate` gets no context. */
let running: EngineClient | null = null;

export function activate(context: vscode.ExtensionContext): SessionInsightsApi {
	const log = createLog();
	const configuration = new Configuration(log);
	const contextKeys = new ContextKeys();
	const scope = new SessionScope(context.workspaceState, configuration, contextKeys);
	const engine = new EngineClient({
		workerFile: context.asAbsolutePath('dist/engine.cjs'),
		options: async () => ({
			dataDir: context.globalStorageUri.fsPath,
			workspaceFolders: await realWorkspaceFolders(),
			timeZone: localTimeZone(),
			...engineSettings(configuration.settings),
		}),
	});
	running = engine;
	const actions = new SessionActions(configuration);
	const view = new SessionsView({ engine, scope, configuration, contextKeys, log });
	const panel = new InsightsPanel({ engine, extensionUri: context.extensionUri, scope, actions, log });
	const { api, disposable } = publicApi(engine);
	const failed = (what: string) => (error: unknown) => log.failure(what, error);
	const settled = setTimeout(() => engine.start(), settleMs);

	context.subscriptions.push(
		log,
		configuration,
		scope,
		view,
		panel,
		disposable,
		registerCommands({ engine, view, scope, panel, actions, log }),
		createStatusBar(engine, configuration, log),
		tellNotices(engine, log),
		vscode.window.registerWebviewPanelSerializer(viewIds.insights, panel),
		{ dispose: engine.on('log', ({ level, text }) => log.write(level, text)) },
		configuration.onDidChange(
			settings => void engine.configure(engineSettings(settings)).catch(failed('The settings could not be applied')),
		),
		vscode.workspace.onDidChangeWorkspaceFolders(() => {
			const apply = async () => engine.configure({ workspaceFolders: await realWorkspaceFolders() });
			apply().catch(failed('The folders of the window could not be applied'));
		}),
		{ dispose: () => clearTimeout(settled) },
	);
	return api;
}

/** Awaited by VS Code for about five seconds. */
export async function deactivate(): Promise<void> {
	await running?.dispose();
	running = null;
}
