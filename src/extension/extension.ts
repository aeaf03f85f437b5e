/**
 * Where the extension begins and ends: builds the parts, hands them to each other, nothing else. Everything is registered
 * at once; the engine, with its thread and its files, starts when somebody looks or when VS Code has settled.
 */
import * as vscode from 'vscode';
import { EngineClient } from './engine/client.ts';
import { ApiKeys } from './ui/apiKeys.ts';
import { tellBudgets } from './ui/budgetNotices.ts';
import { CategoryCorrection } from './ui/categoryCorrection.ts';
import { Classifying } from './ui/classifying.ts';
import { ClaudeTerminals } from './ui/claudeTerminals.ts';
import { registerCommands } from './ui/commands.ts';
import { CommandTargets } from './ui/commandTargets.ts';
import { Configuration, localTimeZone } from './ui/configuration.ts';
import { ContextKeys } from './ui/contextKeys.ts';
import { Diagnostics } from './ui/diagnostics.ts';
import { FileSessionsView } from './ui/fileSessionsView.ts';
import { GoToSession } from './ui/goToSession.ts';
import { hostCalls } from './ui/hostCalls.ts';
import { InsightsPanel } from './ui/insightsPanel.ts';
import { JobActions } from './ui/jobActions.ts';
import { JobFeed } from './ui/jobFeed.ts';
import { JobsView } from './ui/jobsView.ts';
import { registerLanguageModelTools } from './ui/languageModelTools.ts';
import { Links } from './ui/links.ts';
import { createLog, type Log } from './ui/log.ts';
import { McpServers } from './ui/mcpServers.ts';
import { viewIds } from './ui/names.ts';
import { tellNotices } from './ui/notices.ts';
import { engineSettings } from './ui/presentation/engineSettings.ts';
import { PersonsData } from './ui/personsData.ts';
import { publicApi, type SessionInsightsApi } from './ui/publicApi.ts';
import { RowOpening } from './ui/rowOpening.ts';
import { RunNotifications } from './ui/runNotifications.ts';
import { SampleDocument } from './ui/sampleDocument.ts';
import { SearchPick } from './ui/searchPick.ts';
import { SearchView } from './ui/searchView.ts';
import { SessionActions } from './ui/sessionActions.ts';
import { registerSessionDecorations } from './ui/sessionDecorations.ts';
import { SessionFiltering } from './ui/sessionFiltering.ts';
import { SessionMarking } from './ui/sessionMarking.ts';
import { SessionExport } from './ui/sessionExport.ts';
import { SessionScope } from './ui/sessionScope.ts';
import { SessionsView } from './ui/sessionsView.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { EditDocuments } from './ui/editDocuments.ts';
import { TranscriptFiles } from './ui/transcriptFiles.ts';
import { TranscriptPanels } from './ui/transcriptPanel.ts';
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
	const keys = new ApiKeys(context.secrets, configuration);
	const engine = new EngineClient({
		workerFile: context.asAbsolutePath('dist/engine.cjs'),
		hostCalls: hostCalls(keys),
		options: async () => ({
			dataDir: context.globalStorageUri.fsPath,
			workspaceFolders: await realWorkspaceFolders(),
			timeZone: localTimeZone(),
			isTrusted: vscode.workspace.isTrusted,
			...engineSettings(configuration.settings),
		}),
	});
	running = engine;
	const terminals = new ClaudeTerminals(engine);
	const actions = new SessionActions(configuration, terminals);
	const view = new SessionsView({ engine, scope, configuration, contextKeys, log });
	const jobs = new JobFeed(engine, log);
	const jobsView = new JobsView(jobs, configuration);
	const jobActions = new JobActions(engine, configuration);
	const notifications = new RunNotifications({ feed: jobs, actions: jobActions, configuration, log });
	const sample = new SampleDocument();
	const classifying = new Classifying({ engine, configuration, keys, terminals, notifications, sample });
	const personsData = new PersonsData({ engine, configuration, keys, mementos: [context.globalState, context.workspaceState] });
	const diagnostics = new Diagnostics({ engine, configuration, log, document: sample, manifest: context.extension.packageJSON });
	const sessionExport = new SessionExport({ engine, configuration, scope });
	const correction = new CategoryCorrection({ engine, configuration, log });
	const editDocuments = new EditDocuments();
	const transcripts = new TranscriptPanels({
		engine,
		extensionUri: context.extensionUri,
		actions,
		files: new TranscriptFiles(engine, actions),
		editDocuments,
		log,
	});
	const links = new Links({ engine, transcripts, log });
	const panel = new InsightsPanel({
		exporting: sessionExport,
		engine,
		extensionUri: context.extensionUri,
		scope,
		actions,
		transcripts,
		classifying,
		correction,
		log,
	});
	const searchView = new SearchView({ engine, extensionUri: context.extensionUri, scope, transcripts, log });
	const searchPick = new SearchPick({ engine, scope, configuration, view: searchView, transcripts, log });
	const fileView = new FileSessionsView({ engine, configuration, contextKeys, log });
	const rows = new RowOpening({ view, fileView, transcripts });
	const filtering = new SessionFiltering({ engine, scope, configuration });
	const marking = new SessionMarking({ engine, scope, configuration, log });
	const goToSession = new GoToSession({ engine, scope, configuration, transcripts, log });
	const targets = new CommandTargets({ engine, view, fileView, scope, jobs, jobsView });
	const { api, disposable } = publicApi(engine, configuration);
	const settled = setTimeout(() => engine.start(), settleMs);

	context.subscriptions.push(
		log,
		configuration,
		scope,
		view,
		jobs,
		jobsView,
		notifications,
		sample,
		panel,
		editDocuments,
		transcripts,
		searchView,
		fileView,
		disposable,
		registerCommands({
			engine,
			configuration,
			view,
			scope,
			panel,
			targets,
			actions,
			classifying,
			correction,
			jobActions,
			keys,
			personsData,
			sessionExport,
			diagnostics,
			links,
			transcripts,
			searchView,
			searchPick,
			filtering,
			marking,
			goToSession,
			fileView,
			rows,
			log,
		}),
		registerSessionDecorations(),
		createStatusBar(engine, configuration, log),
		tellNotices(engine, log),
		tellBudgets(engine, configuration, context.globalState, log),
		vscode.window.registerWebviewPanelSerializer(viewIds.insights, panel),
		vscode.window.registerWebviewPanelSerializer(viewIds.transcript, transcripts),
		vscode.window.registerUriHandler(links),
		registerLanguageModelTools(engine, configuration),
		new McpServers({ configuration, context }),
		{ dispose: engine.on('log', ({ level, text }) => log.write(level, text)) },
		...followWindow(engine, configuration, log),
		{ dispose: () => clearTimeout(settled) },
	);
	return api;
}

/** The engine is told when settings, folders or the trust in them change. */
function followWindow(engine: EngineClient, configuration: Configuration, log: Log): vscode.Disposable[] {
	const failed = (what: string) => (error: unknown) => log.failure(what, error);
	return [
		configuration.onDidChange(
			settings => void engine.configure(engineSettings(settings)).catch(failed('The settings could not be applied')),
		),
		vscode.workspace.onDidChangeWorkspaceFolders(() => {
			const apply = async () => engine.configure({ workspaceFolders: await realWorkspaceFolders() });
			apply().catch(failed('The folders of the window could not be applied'));
		}),
		vscode.workspace.onDidGrantWorkspaceTrust(
			() => void engine.configure({ isTrusted: true }).catch(failed('The trust in the workspace could not be applied')),
		),
	];
}

/** Awaited by VS Code for about five seconds. */
export async function deactivate(): Promise<void> {
	await running?.dispose();
	running = null;
}
