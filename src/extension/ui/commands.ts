/**
 * Registers every command of the manifest, first and at once, so that none is ever "not found"; each says itself why it
 * cannot do its work.
 */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client.ts';
import type { InsightsPanel } from './insightsPanel.ts';
import type { Log } from './log.ts';
import { commandIds, extensionId, sessionCommandIds, settingSection, walkthroughId } from './names.ts';
import type { SessionActions, TranscriptTarget } from './sessionActions.ts';
import type { SessionScope } from './sessionScope.ts';
import type { SessionsView } from './sessionsView.ts';
import type { SessionRow } from '../../webview/contract.ts';

export interface CommandParts {
	readonly engine: EngineClient;
	readonly view: SessionsView;
	readonly scope: SessionScope;
	readonly panel: InsightsPanel;
	readonly actions: SessionActions;
	readonly log: Log;
}

export function registerCommands(parts: CommandParts): vscode.Disposable {
	const { engine, view, scope, panel, actions, log } = parts;
	const run: Readonly<Record<keyof typeof commandIds, () => unknown>> = {
		refresh: () => refresh(parts),
		rebuildIndex: () => rebuildIndex(engine),
		openInsights: () => panel.show(),
		showLog: () => log.show(),
		openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId} ${settingSection}`),
		openWalkthrough: () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthroughId}`, false),
		toggleAllProjects: () => scope.toggleAllProjects(),
		filterSessions: () => askFilter(scope),
		clearFilter: () => scope.setFilter(''),
		showMore: () => view.showMore(),
	};
	const runOnFile: Readonly<
		Record<Exclude<keyof typeof sessionCommandIds, 'resumeInTerminal'>, (target: TranscriptTarget) => Promise<void>>
	> = {
		openTranscript: target => actions.openTranscript(target),
		revealTranscript: target => actions.revealTranscript(target),
		copySessionId: target => actions.copySessionId(target),
		copyTranscriptPath: target => actions.copyTranscriptPath(target),
	};

	const register = (id: string, handler: (argument: unknown) => unknown) =>
		vscode.commands.registerCommand(id, async (argument: unknown) => {
			try {
				await handler(argument);
			} catch (error) {
				log.failure(id, error);
				const show = vscode.l10n.t('Show Log');
				const text = error instanceof Error ? error.message : String(error);
				// Not awaited: the command is over, whether or not somebody closes the message.
				void vscode.window.showErrorMessage(vscode.l10n.t('Session Insights: {0}', text), show).then(chosen => {
					if (chosen === show) log.show();
				});
			}
		});
	const sessionOf = async (argument: unknown): Promise<SessionRow | null> => {
		const node = typeof argument === 'string' ? argument : argument === undefined ? view.selected : undefined;
		if (node !== undefined) return view.tree.session(node);
		const id = sessionIdOf(argument);
		return id === null ? null : engine.call('session', { id });
	};
	const targetOf = async (argument: unknown): Promise<TranscriptTarget | null> => {
		const subagent = view.tree.subagent(typeof argument === 'string' ? argument : (view.selected ?? ''));
		if (subagent !== null) return { id: subagent.agentId, file: subagent.file };
		return sessionOf(argument);
	};
	const onOne =
		<T>(find: (argument: unknown) => Promise<T | null>, handler: (target: T) => Promise<void>) =>
		async (argument: unknown) => {
			const target = await find(argument);
			if (target === null) void vscode.window.showInformationMessage(vscode.l10n.t('Select a session in the Sessions view first.'));
			else await handler(target);
		};

	return vscode.Disposable.from(
		...entries(run).map(([name, handler]) => register(commandIds[name], handler)),
		...entries(runOnFile).map(([name, handler]) => register(sessionCommandIds[name], onOne(targetOf, handler))),
		register(
			sessionCommandIds.resumeInTerminal,
			onOne(sessionOf, row => actions.resumeInTerminal(row)),
		),
	);
}

function entries<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
	return Object.entries(record) as [K, V][];
}

function sessionIdOf(argument: unknown): string | null {
	if (typeof argument !== 'object' || argument === null || !('sessionId' in argument)) return null;
	return typeof argument.sessionId === 'string' ? argument.sessionId : null;
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

async function askFilter(scope: SessionScope): Promise<void> {
	const { t } = vscode.l10n;
	const filter = await vscode.window.showInputBox({
		title: t('Filter Sessions'),
		prompt: t('Words that title, branch, project or first prompt must contain. Empty shows all.'),
		value: scope.filter,
	});
	if (filter !== undefined) scope.setFilter(filter);
}
