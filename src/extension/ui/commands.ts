/**
 * Registers every command of the manifest, first and at once, so that none is ever "not found"; each says itself why it
 * cannot do its work.
 */
import * as vscode from 'vscode';
import type { JobRow } from '../../webview/contract/jobs.ts';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { EngineClient } from '../engine/client.ts';
import type { ApiKeys } from './apiKeys.ts';
import type { CategoryCorrection } from './categoryCorrection.ts';
import type { Classifying } from './classifying.ts';
import { type CommandTargets, textIn, textsIn } from './commandTargets.ts';
import type { Configuration } from './configuration.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { FileSessionsView } from './fileSessionsView.ts';
import type { GoToSession } from './goToSession.ts';
import type { InsightsPanel } from './insightsPanel.ts';
import type { JobActions } from './jobActions.ts';
import type { Links } from './links.ts';
import { askGrouping, askOrder } from './listChoices.ts';
import type { Log } from './log.ts';
import {
	categoryCommandIds,
	commandIds,
	dataCommandIds,
	extensionId,
	jobCommandIds,
	markCommandIds,
	sessionCommandIds,
	settingSection,
	walkthroughId,
} from './names.ts';
import type { RowOpening } from './rowOpening.ts';
import type { SessionActions, TranscriptTarget } from './sessionActions.ts';
import type { SearchPick } from './searchPick.ts';
import type { SearchView } from './searchView.ts';
import type { SessionFiltering } from './sessionFiltering.ts';
import type { SessionMarking } from './sessionMarking.ts';
import type { PersonsData } from './personsData.ts';
import type { SessionExport } from './sessionExport.ts';
import type { SessionScope } from './sessionScope.ts';
import type { SessionsView } from './sessionsView.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';

export interface CommandParts {
	readonly engine: EngineClient;
	readonly configuration: Configuration;
	readonly view: SessionsView;
	readonly scope: SessionScope;
	readonly panel: InsightsPanel;
	readonly targets: CommandTargets;
	readonly actions: SessionActions;
	readonly classifying: Classifying;
	readonly correction: CategoryCorrection;
	readonly jobActions: JobActions;
	readonly keys: ApiKeys;
	readonly personsData: PersonsData;
	readonly sessionExport: SessionExport;
	readonly diagnostics: Diagnostics;
	readonly links: Links;
	readonly transcripts: TranscriptOpener;
	readonly searchView: SearchView;
	readonly searchPick: SearchPick;
	readonly filtering: SessionFiltering;
	readonly marking: SessionMarking;
	readonly goToSession: GoToSession;
	readonly fileView: FileSessionsView;
	readonly rows: RowOpening;
	readonly log: Log;
}

type Handler = (argument: unknown, selected: unknown) => unknown;

export function registerCommands(parts: CommandParts): vscode.Disposable {
	const register = (id: string, handler: Handler) =>
		vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
			try {
				await handler(argument, selected);
			} catch (error) {
				tellFailure(parts.log, id, error);
			}
		});
	const handlers: readonly (readonly [id: string, handler: Handler])[] = [
		...entries(commandIds).map(([name, id]) => [id, plainCommands(parts)[name]] as const),
		...entries(sessionCommandIds).map(([name, id]) => [id, sessionCommands(parts)[name]] as const),
		...entries(categoryCommandIds).map(([name, id]) => [id, categoryCommands(parts)[name]] as const),
		...entries(markCommandIds).map(([name, id]) => [id, markCommands(parts)[name]] as const),
		...entries(dataCommandIds).map(([name, id]) => [id, dataCommands(parts)[name]] as const),
		...entries(jobCommandIds).map(([name, id]) => [id, jobCommands(parts)[name]] as const),
	];
	return vscode.Disposable.from(...handlers.map(([id, handler]) => register(id, handler)));
}

function plainCommands(parts: CommandParts): Readonly<Record<keyof typeof commandIds, Handler>> {
	const { engine, configuration, view, scope, panel, classifying, jobActions, keys, searchView, searchPick, log } = parts;
	const { filtering, marking, goToSession, fileView } = parts;
	return {
		searchEverything: argument => searchPick.show(textIn(argument, 'text')),
		showSearch: argument => searchView.show(textIn(argument, 'text')),
		rebuildSearch: () => engine.call('rebuildSearch', null),
		refresh: () => refresh(parts),
		rebuildIndex: () => rebuildIndex(engine),
		openInsights: () => panel.show(),
		openInsightsBeside: () => panel.showAnother(),
		showLog: () => log.show(),
		openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId} ${settingSection}`),
		openWalkthrough: () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthroughId}`, false),
		toggleAllProjects: () => scope.toggleAllProjects(),
		filterSessions: () => filtering.ask(),
		clearFilter: () => scope.clearFilters(),
		showMore: node => (typeof node === 'string' ? view.showMore(node) : undefined),
		groupSessions: () => askGrouping(scope, configuration),
		sortSessions: () => askOrder(scope, configuration),
		goToSession: () => goToSession.ask(),
		showHidden: () => scope.setFilter({ showsHidden: true }),
		stopShowingHidden: () => scope.setFilter({ showsHidden: false }),
		manageTags: () => marking.manageTags(),
		sessionsForFile: async file => {
			const asked = file instanceof vscode.Uri ? file : fileView.activeFile;
			if (asked === null) void vscode.window.showInformationMessage(vscode.l10n.t('Open a file first.'));
			else await fileView.showFor(asked);
		},
		groupByCategory: () => scope.groupBy('category'),
		groupByDay: () => scope.groupBy('day'),
		filterByCategory: () => filtering.askValue('category'),
		classifySessions: () => classifying.start({ scope: scope.scope, sessionIds: null, category: null }),
		setApiKey: () => keys.ask(),
		removeApiKey: () => keys.remove(),
		showJobs: () => jobActions.show(),
		cleanUp: () => jobActions.maintain('clean-up'),
		compactDatabase: () => jobActions.maintain('vacuum'),
		backUpNow: () => jobActions.maintain('backup'),
		withdrawConsent: () => classifying.withdrawConsent(),
		restoreBackup: () => jobActions.restoreBackup(),
		showStorage: () => parts.personsData.showStorage(),
		exportLedger: () => parts.personsData.exportLedger(),
		importLedger: () => parts.personsData.importLedger(),
		deleteAllData: () => parts.personsData.deleteAll(),
		exportSessionTable: () => parts.sessionExport.table(),
		exportInsights: () => parts.panel.export(),
		createDiagnostics: () => parts.diagnostics.create(),
	};
}

function sessionCommands({
	targets,
	actions,
	links,
	transcripts,
	fileView,
	rows,
}: CommandParts): Readonly<Record<keyof typeof sessionCommandIds, Handler>> {
	const onFile =
		(handler: (target: TranscriptTarget) => Promise<void>): Handler =>
		async argument =>
			onTarget(await targets.transcript(argument), handler);
	return {
		openTranscript: async argument => onTarget(await targets.message(argument), target => transcripts.open(target)),
		openTranscriptFile: onFile(target => actions.openTranscript(target)),
		revealTranscript: onFile(target => actions.revealTranscript(target)),
		openAtFile: async node => {
			const target = typeof node === 'string' ? fileView.conversation(node) : null;
			if (target !== null) await transcripts.open(target);
		},
		openClickedRow: node => (typeof node === 'string' ? rows.click(node) : undefined),
		openRowByKey: argument => rows.enter(textIn(argument, 'view') === 'fileSessions' ? 'fileSessions' : 'sessions'),
		copySessionId: async (argument, selected) => {
			const rows = Array.isArray(selected) && selected.length > 1 ? await targets.sessions(argument, selected) : null;
			if (rows !== null) await actions.copySessionIds(rows.map(({ id }) => id));
			else await onTarget(await targets.transcript(argument), target => actions.copySessionIds([target.id]));
		},
		copyTranscriptPath: onFile(target => actions.copyTranscriptPath(target)),
		copyLink: async argument => onTarget(await targets.message(argument), target => links.copy(target)),
		resumeInTerminal: async argument => onTarget(await targets.session(argument), row => actions.resumeInTerminal(row)),
	};
}

function categoryCommands({ targets, classifying, correction }: CommandParts): Readonly<Record<keyof typeof categoryCommandIds, Handler>> {
	return {
		classify: async (argument, selected) =>
			onTarget(await targets.selection(argument, selected), selection => classifying.start(selection)),
		correctCategory: async (argument, selected) =>
			onTarget(await targets.sessions(argument, selected), (rows: readonly SessionRow[]) =>
				correction.correct(rows, textIn(argument, 'category') ?? undefined),
			),
	};
}

function markCommands({ targets, marking }: CommandParts): Readonly<Record<keyof typeof markCommandIds, Handler>> {
	const onRow =
		(handler: (row: SessionRow, argument: unknown) => Promise<void>): Handler =>
		async argument =>
			onTarget(await targets.session(argument), row => handler(row, argument));
	const onRows =
		(handler: (rows: readonly SessionRow[], argument: unknown) => Promise<void>): Handler =>
		async (argument, selected) =>
			onTarget(await targets.sessions(argument, selected), rows => handler(rows, argument));
	return {
		renameSession: onRow((row, argument) => marking.rename(row, textIn(argument, 'title') ?? undefined)),
		pinSession: onRows(rows => marking.pin(rows, true)),
		unpinSession: onRows(rows => marking.pin(rows, false)),
		editTags: onRows((rows, argument) => marking.tag(rows, textsIn(argument, 'tags'))),
		editNote: onRow((row, argument) => marking.note(row, textIn(argument, 'note') ?? undefined)),
		hideSession: onRows(rows => marking.hide(rows, true)),
		unhideSession: onRows(rows => marking.hide(rows, false)),
	};
}

function dataCommands({ targets, personsData, sessionExport }: CommandParts): Readonly<Record<keyof typeof dataCommandIds, Handler>> {
	return {
		exportSession: async (argument, selected) =>
			onTarget(await targets.sessions(argument, selected), rows => sessionExport.start(rows, textIn(argument, 'branch'))),
		forgetSession: async (argument, selected) => onTarget(await targets.sessions(argument, selected), rows => personsData.forget(rows)),
	};
}

function jobCommands({ targets, jobActions }: CommandParts): Readonly<Record<keyof typeof jobCommandIds, Handler>> {
	const onJob =
		(handler: (row: JobRow) => Promise<void>): Handler =>
		async argument => {
			const row = targets.job(argument);
			if (row === null) void vscode.window.showInformationMessage(vscode.l10n.t('Select a job in the Jobs view first.'));
			else await handler(row);
		};
	return {
		cancelJob: onJob(row => jobActions.cancel(row)),
		retryJob: onJob(row => jobActions.retry(row)),
		runJobNow: onJob(row => jobActions.runNow(row)),
		raiseJobPriority: onJob(row => jobActions.raise(row)),
		lowerJobPriority: onJob(row => jobActions.lower(row)),
		copyJobError: onJob(row => jobActions.copyError(row)),
	};
}

async function onTarget<T>(target: T | null, handler: (target: T) => Promise<void>): Promise<void> {
	if (target === null) void vscode.window.showInformationMessage(vscode.l10n.t('Select a session in the Sessions view first.'));
	else await handler(target);
}

function tellFailure(log: Log, command: string, error: unknown): void {
	log.failure(command, error);
	const show = vscode.l10n.t('Show Log');
	const text = error instanceof Error ? error.message : String(error);
	// Not awaited: the command is over, whether or not somebody closes the message.
	void vscode.window.showErrorMessage(vscode.l10n.t('Session Insights: {0}', text), show).then(chosen => {
		if (chosen === show) log.show();
	});
}

function entries<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
	return Object.entries(record) as [K, V][];
}

/** Also the way out of an engine that gave up. */
async function refresh({ engine, view }: CommandParts): Promise<void> {
	if (engine.status.state === 'error') await engine.restart();
	else await engine.call('index', { type: 'incremental' });
	view.refresh();
}

async function rebuildIndex(engine: EngineClient): Promise<void> {
	const { t } = vscode.l10n;
	const rebuild = t('Rebuild');
	const chosen = await vscode.window.showWarningMessage(
		t('Read all transcripts again?'),
		{
			modal: true,
			detail: t(
				'The index is built anew from the transcripts on disk. Sessions whose transcripts are gone stay in it, and so does everything you typed.',
			),
		},
		rebuild,
	);
	if (chosen === rebuild) await engine.call('index', { type: 'full' });
}
