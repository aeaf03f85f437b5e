/**
 * Conversations in their panels: one for each session, several at once, restored after a reload, not kept alive while
 * hidden. A page asks for what it shows whenever it comes up, so that no message has to arrive (ARCHITECTURE.md, messages).
 */
import { stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import * as vscode from 'vscode';
import { Channel, type Handlers, type Nothing } from '../../messaging/channel.ts';
import type { ConversationKey } from '../../webview/contract/conversation.ts';
import type { TranscriptHead } from '../../webview/contract/transcript.ts';
import type { SessionAction, TranscriptPageCalls, TranscriptPageEvents, TranscriptPlace } from '../../webview/contract/transcriptPage.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce } from './coalesce.ts';
import { localTimeZone } from './configuration.ts';
import type { EditDocuments } from './editDocuments.ts';
import type { Log } from './log.ts';
import { dataCommandIds, viewIds } from './names.ts';
import { loadPage } from './pageDocument.ts';
import { exportLanguage } from './pageWords.ts';
import { conversationPath } from './presentation/conversationPath.ts';
import { oneLine } from './presentation/plainText.ts';
import { type MessageTarget, sessionLink } from './presentation/sessionLink.ts';
import { placeOfState, transcriptCallValidators } from './presentation/transcriptCalls.ts';
import type { SessionActions } from './sessionActions.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';
import { portOfWebview } from './webviewPort.ts';

/** Lines of one step of Claude arrive together: the page is told once. */
const followDelayMs = 50;

export interface TranscriptPanelParts {
	readonly engine: Engine;
	readonly extensionUri: vscode.Uri;
	readonly actions: SessionActions;
	/** Shows the file instead. */
	readonly files: TranscriptOpener;
	readonly editDocuments: EditDocuments;
	readonly log: Log;
}

interface Open {
	readonly panel: vscode.WebviewPanel;
	show(place: TranscriptPlace, keepsFocus: boolean): void;
}

export class TranscriptPanels implements TranscriptOpener, vscode.WebviewPanelSerializer, vscode.Disposable {
	readonly #parts: TranscriptPanelParts;
	/** By id of the session. */
	readonly #open = new Map<string, Open>();

	constructor(parts: TranscriptPanelParts) {
		this.#parts = parts;
	}

	/** In the panel of that session, if there is one. */
	open({ sessionId, agentId, messageId }: MessageTarget, { keepsFocus } = { keepsFocus: false }): Promise<void> {
		const place: TranscriptPlace = { conversation: { sessionId, agentId }, branch: null, messageId };
		const open = this.#open.get(sessionId);
		if (open !== undefined) open.show(place, keepsFocus);
		else {
			const where = { viewColumn: vscode.ViewColumn.Active, preserveFocus: keepsFocus };
			this.#fill(vscode.window.createWebviewPanel(viewIds.transcript, vscode.l10n.t('Transcript'), where), place, true);
		}
		return Promise.resolve();
	}

	deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
		const place = placeOfState(state);
		// A second one of the same session is left from a window that was split: it would be a tab that nobody updates.
		if (place === null || this.#open.has(place.conversation.sessionId)) panel.dispose();
		else this.#fill(panel, place, false);
		return Promise.resolve();
	}

	dispose(): void {
		for (const { panel } of [...this.#open.values()]) panel.dispose();
	}

	#fill(panel: vscode.WebviewPanel, place: TranscriptPlace, isJump: boolean): void {
		const { extensionUri } = this.#parts;
		const { sessionId } = place.conversation;
		panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'activity-bar.svg');
		// Where its records lie is looked up while the page loads; what is wrong with it, the page is told when it asks.
		this.#parts.engine.call('conversation', { ...place, since: null }).catch(() => undefined);
		const conversation = new PanelConversation(panel, this.#parts, place, isJump);
		this.#open.set(sessionId, { panel, show: (wanted, keepsFocus) => conversation.show(wanted, keepsFocus) });
		panel.onDidDispose(() => {
			conversation.dispose();
			if (this.#open.get(sessionId)?.panel === panel) this.#open.delete(sessionId);
		});
		loadPage(panel.webview, extensionUri, { name: 'transcript', title: vscode.l10n.t('Transcript'), showsStoredImages: true });
	}
}

/** What one panel and its page say to each other. */
class PanelConversation implements vscode.Disposable {
	readonly #panel: vscode.WebviewPanel;
	readonly #parts: TranscriptPanelParts;
	readonly #channel: Channel<TranscriptPageCalls, Nothing, Nothing, TranscriptPageEvents>;
	readonly #stops: vscode.Disposable;
	readonly #sessionId: string;
	/** Where the page is to begin when it comes up; null once it has been told. */
	#next: { readonly place: TranscriptPlace; readonly isJump: boolean } | null;
	readonly #first: TranscriptPlace;
	/** The page listens: it has said that it is ready, and was not hidden since. */
	#isReady = false;

	constructor(panel: vscode.WebviewPanel, parts: TranscriptPanelParts, place: TranscriptPlace, isJump: boolean) {
		this.#panel = panel;
		this.#parts = parts;
		this.#first = place;
		this.#next = { place, isJump };
		this.#sessionId = place.conversation.sessionId;
		this.#channel = new Channel<TranscriptPageCalls, Nothing, Nothing, TranscriptPageEvents>(
			portOfWebview(panel.webview),
			this.#handlers(),
			{
				validate: transcriptCallValidators,
			},
		);
		const follow = coalesce(
			followDelayMs,
			() => {
				if (panel.visible) this.#channel.emit('changed', null);
				return Promise.resolve();
			},
			error => parts.log.failure('The transcript could not be updated', error),
		);
		const changed = parts.engine.on('changed', ({ sessionIds }) => {
			if (panel.visible && (sessionIds === null || sessionIds.includes(this.#sessionId))) follow.signal();
		});
		this.#stops = vscode.Disposable.from(
			follow,
			{ dispose: changed },
			panel.onDidChangeViewState(() => {
				// A hidden page is gone; the one that comes up instead says that it is ready.
				if (!panel.visible) this.#isReady = false;
			}),
		);
	}

	show(place: TranscriptPlace, keepsFocus: boolean): void {
		const listens = this.#isReady && this.#panel.visible;
		this.#panel.reveal(undefined, keepsFocus);
		if (listens) this.#channel.emit('jump', place);
		else this.#next = { place, isJump: true };
	}

	dispose(): void {
		this.#stops.dispose();
		this.#channel.dispose();
	}

	#handlers(): Handlers<TranscriptPageCalls> {
		const { engine, editDocuments } = this.#parts;
		return {
			ready: ({ place: kept }) => {
				const next = this.#next;
				this.#next = null;
				this.#isReady = true;
				// What the page kept is of this session, unless its state is a stranger's.
				const own = kept?.conversation.sessionId === this.#sessionId ? kept : this.#first;
				const { place, isJump } = next === null || isSeenIn(own, next.place) ? { place: own, isJump: false } : next;
				return { place, isJump, locale: vscode.env.language, timeZone: localTimeZone() };
			},
			head: async (query, signal) => {
				const head = await engine.call('conversation', query, { signal });
				this.#name(head);
				return head;
			},
			totals: (shown, signal) => engine.call('conversationTotals', shown, { signal }),
			outline: (shown, signal) => engine.call('conversationOutline', shown, { signal }),
			items: (query, signal) => engine.call('conversationItems', query, { signal }),
			text: (piece, signal) => engine.call('conversationText', piece, { signal }),
			image: (part, signal) => engine.call('conversationImage', part, { signal }),
			find: (query, signal) => engine.call('conversationFind', query, { signal }),
			locate: (message, signal) => engine.call('conversationMessage', message, { signal }),
			openLink: async ({ address }) => {
				await vscode.env.openExternal(vscode.Uri.parse(address, true));
				return null;
			},
			openFile: async ({ sessionId, path, line }, signal) => {
				await this.#openFile(sessionId, path, line, signal);
				return null;
			},
			openDiff: async ({ path, before, after }) => {
				await editDocuments.show(path, before, after);
				return null;
			},
			copy: async ({ text }) => {
				await vscode.env.clipboard.writeText(text);
				return null;
			},
			copyItems: async (stretch, signal) => {
				const { text } = await engine.call('exportMarkdown', { ...stretch, language: exportLanguage() }, { signal });
				await vscode.env.clipboard.writeText(text);
				return null;
			},
			copyLink: async ({ conversation, messageId }) => {
				await vscode.env.clipboard.writeText(sessionLink({ ...conversation, messageId }, vscode.env.uriScheme));
				return null;
			},
			exportSession: ({ sessionId, branch }) => {
				// Not awaited: what the person chooses is no business of the page, and the command tells what went wrong.
				void vscode.commands.executeCommand(dataCommandIds.exportSession, { sessionId, branch });
				return null;
			},
			session: async ({ conversation, action }, signal) => {
				await this.#act(conversation, action, signal);
				return null;
			},
		};
	}

	#name({ session, agent }: TranscriptHead): void {
		const title = oneLine(agent?.description ?? session.title, 60);
		this.#panel.title = title === '' ? vscode.l10n.t('Transcript') : title;
	}

	/** Beside the conversation, in the column that the person used last. */
	async #openFile(sessionId: string, path: string, line: number | null, signal: AbortSignal): Promise<void> {
		const session = await this.#parts.engine.call('session', { id: sessionId }, { signal });
		const file = conversationPath(path, session?.cwd ?? null, process.platform === 'win32' ? win32 : posix);
		const isFile =
			file !== null &&
			(await stat(file).then(
				found => found.isFile(),
				() => false,
			));
		if (file === null || !isFile) throw failure('no-file', vscode.l10n.t('There is no such file on this machine: {0}', oneLine(path, 200)));
		const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
		await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), {
			preview: true,
			...(line === null ? {} : { selection: new vscode.Range(at, at) }),
		});
	}

	async #act(conversation: ConversationKey, action: SessionAction, signal: AbortSignal): Promise<void> {
		const { engine, actions, files } = this.#parts;
		if (action === 'file') return files.open({ ...conversation, messageId: null });
		const row = await engine.call('session', { id: conversation.sessionId }, { signal });
		if (row === null) throw failure('unknown-session', vscode.l10n.t('This session is not in the index any more.'));
		switch (action) {
			case 'reveal':
				return actions.revealTranscript(row);
			case 'copyId':
				return actions.copySessionIds([row.id]);
			case 'resume':
				return actions.resumeInTerminal(row);
		}
	}
}

/** Nothing but the conversation is asked for, which shows `place`: who comes back to it goes on reading there. */
function isSeenIn({ conversation }: TranscriptPlace, asked: TranscriptPlace): boolean {
	return (
		asked.messageId === null &&
		asked.conversation.sessionId === conversation.sessionId &&
		asked.conversation.agentId === conversation.agentId
	);
}

function failure(reason: string, message: string): Error {
	return Object.assign(new Error(message), { reason });
}
