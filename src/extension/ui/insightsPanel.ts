/**
 * The insights page in its panels: usually one, restored after a reload, not kept alive while hidden. It gets its pages by
 * messages and asks anew whenever it comes up, so that no message has to arrive (ARCHITECTURE.md, messages).
 */
import * as vscode from 'vscode';
import { Channel, type Handlers, type Nothing } from '../../messaging/channel.ts';
import type { InsightsPage, InsightsPageCalls, InsightsPageEvents, InsightsPageName } from '../../webview/contract/insights.ts';
import type { InsightsQuery, Scope } from '../../webview/contract/sessions.ts';
import type { NoticeAction } from '../../webview/contract/status.ts';
import type { Engine } from '../engine/client.ts';
import type { CategoryCorrection } from './categoryCorrection.ts';
import type { Classifying } from './classifying.ts';
import { coalesce } from './coalesce.ts';
import { localTimeZone } from './configuration.ts';
import { DayClock } from './dayClock.ts';
import type { Log } from './log.ts';
import { commandIds, viewIds } from './names.ts';
import { insightsCallValidators } from './presentation/insightsCalls.ts';
import { statusInWords } from './presentation/noticeText.ts';
import { loadPage } from './pageDocument.ts';
import type { SessionExport } from './sessionExport.ts';
import type { SessionActions } from './sessionActions.ts';
import type { SessionScope } from './sessionScope.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';
import { portOfWebview } from './webviewPort.ts';
import { hasDiskFolder } from './workspaceFolders.ts';

const followDelayMs = 50;

const noticeCommands: Readonly<Record<NoticeAction, string>> = {
	classify: commandIds.classifySessions,
	showJobs: commandIds.showJobs,
	showLog: commandIds.showLog,
	refresh: commandIds.refresh,
	rebuildIndex: commandIds.rebuildIndex,
	openSettings: commandIds.openSettings,
	reloadWindow: 'workbench.action.reloadWindow',
};

export interface InsightsPanelParts {
	readonly engine: Engine;
	readonly extensionUri: vscode.Uri;
	readonly scope: SessionScope;
	readonly actions: SessionActions;
	readonly transcripts: TranscriptOpener;
	readonly classifying: Classifying;
	readonly correction: CategoryCorrection;
	readonly exporting: SessionExport;
	readonly log: Log;
}

export class InsightsPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
	readonly #parts: InsightsPanelParts;
	/** With what each is asked for; the one that was looked at last stands at the end. */
	readonly #panels = new Map<vscode.WebviewPanel, () => InsightsQuery>();

	constructor(parts: InsightsPanelParts) {
		this.#parts = parts;
	}

	show(): void {
		const last = [...this.#panels.keys()].at(-1);
		if (last !== undefined) last.reveal();
		else this.#open(vscode.ViewColumn.Active);
	}

	/** Another one beside it, so that two periods or projects can be compared: each has filters of its own. */
	showAnother(): void {
		this.#open(vscode.ViewColumn.Beside);
	}

	/** The figures of the panel that was looked at last, as it is filtered; without one, those of the whole time. */
	async export(): Promise<void> {
		const asked = [...this.#panels.values()].at(-1);
		await this.#parts.exporting.figures(asked?.() ?? { scope: this.#parts.scope.scope, range: 'all' });
	}

	/** The page keeps its own choices in its state and sends them with `ready`. */
	deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
		this.#fill(panel, false);
		return Promise.resolve();
	}

	dispose(): void {
		for (const panel of [...this.#panels.keys()]) panel.dispose();
	}

	#open(column: vscode.ViewColumn): void {
		this.#fill(vscode.window.createWebviewPanel(viewIds.insights, vscode.l10n.t('Session Insights'), column), true);
	}

	#fill(panel: vscode.WebviewPanel, isNew: boolean): void {
		const { extensionUri } = this.#parts;
		panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'activity-bar.svg');
		const conversation = this.#converse(panel, isNew);
		panel.onDidChangeViewState(() => {
			if (!panel.active) return;
			const asked = this.#panels.get(panel);
			if (asked === undefined) return;
			this.#panels.delete(panel);
			this.#panels.set(panel, asked);
		});
		panel.onDidDispose(() => {
			conversation.dispose();
			this.#panels.delete(panel);
		});
		loadPage(panel.webview, extensionUri, { name: 'insights', title: vscode.l10n.t('Session Insights') });
	}

	#converse(panel: vscode.WebviewPanel, isNew: boolean): vscode.Disposable {
		const { engine, log } = this.#parts;
		// While the first run has nothing to show, the page is told of its progress instead of being kept waiting.
		const nothingYet = () => engine.status.state !== 'ready' && engine.status.sessions === 0;
		let query: InsightsQuery = { scope: this.#parts.scope.scope, range: '30d' };
		const inScope = <Q extends InsightsQuery>(asked: Q): Q => (hasDiskFolder() ? asked : { ...asked, scope: 'all' });
		let page: InsightsPageName = 'overview';
		this.#panels.set(panel, () => query);
		const answer = (signal?: AbortSignal) => engine.call('insightsPage', { page, query }, { signal });
		// A page that comes up asks for what it showed, a new one for where all begin: the engine works while the page loads.
		let ahead: { readonly of: string; readonly answer: Promise<InsightsPage> } | null = null;
		const asked = () => JSON.stringify([page, query]);
		const askAhead = () => {
			if (nothingYet()) return;
			query = inScope(query);
			ahead = { of: asked(), answer: answer() };
			// Who asks hears of the failure.
			ahead.answer.catch(() => undefined);
		};
		const forgetAhead = () => (ahead = null);
		if (isNew) askAhead();

		const handlers: Handlers<InsightsPageCalls> = {
			ready: async ({ query: kept, page: shown }, signal) => {
				query = inScope(kept ?? query);
				page = shown;
				const early = ahead?.of === asked() ? ahead.answer : null;
				forgetAhead();
				const isNothing = nothingYet();
				if (isNothing) engine.call('status', null).catch((error: unknown) => log.failure('The engine did not start', error));
				return {
					query,
					status: statusInWords(engine.status, vscode.l10n),
					page: isNothing ? null : await (early ?? answer(signal)),
					locale: vscode.env.language,
					hasFolder: hasDiskFolder(),
				};
			},
			page: (wanted, signal) => {
				query = inScope(wanted.query);
				page = wanted.page;
				return answer(signal);
			},
			sessions: (wanted, signal) => engine.call('sessionPage', inScope(wanted), { signal }),
			openSession: async (wanted, signal) => {
				await this.#openSession(wanted, query.scope, signal);
				return null;
			},
			export: () => {
				// Not awaited: where to is no business of the page.
				this.#run(this.#parts.exporting.figures(query));
				return null;
			},
			command: ({ action }) => {
				void vscode.commands.executeCommand(noticeCommands[action]);
				return null;
			},
		};
		const channel = new Channel<InsightsPageCalls, Nothing, Nothing, InsightsPageEvents>(portOfWebview(panel.webview), handlers, {
			validate: insightsCallValidators,
		});
		const follow = coalesce(
			followDelayMs,
			async () => {
				const before = asked();
				const current = await answer();
				if (panel.visible && before === asked()) channel.emit('page', current);
			},
			error => log.failure('The insights could not be updated', error),
		);
		const whenVisible = (tell: () => void) => {
			if (panel.visible) tell();
		};
		const clock = new DayClock({
			timeZone: localTimeZone,
			// The block that goes on has less time left.
			onMinute: () => {
				if (page === 'cost') follow.signal();
			},
			onDay: () => follow.signal(),
		});
		clock.start();
		let wasVisible = panel.visible;
		const comesUp = panel.onDidChangeViewState(() => {
			if (panel.visible && !wasVisible) askAhead();
			if (!panel.visible) clock.stop();
			// A page that comes up asks for the figures of its day itself.
			else if (!clock.isRunning) clock.start();
			wasVisible = panel.visible;
		});
		return vscode.Disposable.from(
			{ dispose: () => channel.dispose() },
			comesUp,
			{ dispose: () => clock.stop() },
			{ dispose: engine.on('changed', forgetAhead) },
			{ dispose: engine.on('jobs', forgetAhead) },
			follow,
			{ dispose: engine.on('status', status => whenVisible(() => channel.emit('status', statusInWords(status, vscode.l10n)))) },
			{ dispose: engine.on('changed', () => whenVisible(() => follow.signal())) },
			{ dispose: engine.on('jobs', () => whenVisible(() => follow.signal())) },
		);
	}

	#run(work: Promise<void>): void {
		work.catch((error: unknown) => {
			this.#parts.log.failure('An action of the insights page failed', error);
			void vscode.window.showErrorMessage(vscode.l10n.t('Session Insights: {0}', error instanceof Error ? error.message : String(error)));
		});
	}

	/** The page names a session; which file that is, the engine says. */
	async #openSession(
		{ id, action, message }: InsightsPageCalls['openSession']['params'],
		scope: Scope,
		signal: AbortSignal,
	): Promise<void> {
		const { engine, actions, transcripts, classifying, correction } = this.#parts;
		const row = await engine.call('session', { id }, { signal });
		if (row === null)
			throw Object.assign(new Error(vscode.l10n.t('This session is not in the index any more.')), { reason: 'unknown-session' });
		switch (action) {
			case 'transcript':
				return transcripts.open({ sessionId: row.id, ...(message ?? { agentId: null, messageId: null }) });
			case 'reveal':
				return actions.revealTranscript(row);
			case 'copyId':
				return actions.copySessionIds([row.id]);
			case 'resume':
				return actions.resumeInTerminal(row);
			// Not awaited: what the person answers is no business of the page.
			case 'classify':
				this.#run(classifying.start({ scope, sessionIds: [id], category: null }));
				return;
			case 'correctCategory':
				this.#run(correction.correct([row]));
				return;
		}
	}
}
