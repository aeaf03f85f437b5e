/**
 * The search page in the sidebar. Its document is thrown away whenever the view is hidden and made anew when it is shown;
 * the page keeps what was searched for and asks again, so no message has to arrive (ARCHITECTURE.md, messages).
 */
import * as vscode from 'vscode';
import { Channel, type Handlers, type Nothing } from '../../messaging/channel.ts';
import type { SearchAction, SearchPageCalls, SearchPageEvents, SearchRequest } from '../../webview/contract/searchView.ts';
import type { Engine } from '../engine/client.ts';
import { localTimeZone } from './configuration.ts';
import type { Log } from './log.ts';
import { commandIds, settingSection, viewIds } from './names.ts';
import { loadPage } from './pageDocument.ts';
import { searchCallValidators } from './presentation/searchCalls.ts';
import type { SessionScope } from './sessionScope.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';
import { portOfWebview } from './webviewPort.ts';
import { hasDiskFolder } from './workspaceFolders.ts';

export interface SearchViewParts {
	readonly engine: Engine;
	readonly extensionUri: vscode.Uri;
	readonly scope: SessionScope;
	readonly transcripts: TranscriptOpener;
	readonly log: Log;
}

type PageChannel = Channel<SearchPageCalls, Nothing, Nothing, SearchPageEvents>;

export class SearchView implements vscode.WebviewViewProvider, vscode.Disposable {
	readonly #parts: SearchViewParts;
	readonly #registered: vscode.Disposable;
	/** Of the document that is shown and has said that it listens. */
	#listening: PageChannel | null = null;
	#request: SearchRequest | null = null;

	constructor(parts: SearchViewParts) {
		this.#parts = parts;
		this.#registered = vscode.window.registerWebviewViewProvider(viewIds.search, this);
	}

	/** Shows the view with the focus in its field; null leaves the text that is there. */
	async show(text: string | null): Promise<void> {
		this.#request = { text };
		await vscode.commands.executeCommand(`${viewIds.search}.focus`);
		if (this.#listening === null) return;
		// Else a document that is on its way takes it along with its first answer.
		this.#listening.emit('request', this.#request);
		this.#request = null;
	}

	resolveWebviewView(view: vscode.WebviewView): void {
		const conversation = this.#converse(view);
		view.onDidDispose(() => void conversation.dispose());
		loadPage(view.webview, this.#parts.extensionUri, { name: 'search', title: vscode.l10n.t('Search') });
	}

	dispose(): void {
		this.#registered.dispose();
	}

	#converse(view: vscode.WebviewView): vscode.Disposable {
		const { engine, scope, transcripts } = this.#parts;
		const handlers: Handlers<SearchPageCalls> = {
			ready: async (_, signal) => {
				const status = await engine.call('searchStatus', null, { signal });
				// What keeps it from that is told by the first search.
				engine.call('prepareSearch', null).catch(() => undefined);
				const request = this.#request;
				this.#request = null;
				this.#listening = channel;
				return {
					locale: vscode.env.language,
					timeZone: localTimeZone(),
					scope: hasDiskFolder() ? scope.scope : 'all',
					hasFolder: hasDiskFolder(),
					status,
					request,
				};
			},
			search: (query, signal) => engine.call('search', hasDiskFolder() ? query : { ...query, scope: 'all' }, { signal }),
			open: async target => {
				await transcripts.open(target);
				return null;
			},
			command: async ({ action }) => {
				await this.#carryOut(action);
				return null;
			},
		};
		const channel: PageChannel = new Channel<SearchPageCalls, Nothing, Nothing, SearchPageEvents>(portOfWebview(view.webview), handlers, {
			validate: searchCallValidators,
		});
		const hidden = () => {
			if (this.#listening === channel) this.#listening = null;
		};
		return vscode.Disposable.from(
			{ dispose: () => channel.dispose() },
			{ dispose: hidden },
			view.onDidChangeVisibility(() => {
				if (!view.visible) hidden();
			}),
			{
				dispose: engine.on('searchStatus', status => {
					if (view.visible) channel.emit('status', status);
				}),
			},
		);
	}

	async #carryOut(action: SearchAction): Promise<void> {
		switch (action) {
			case 'switchOn':
				await vscode.workspace.getConfiguration(settingSection).update('search.enabled', true, vscode.ConfigurationTarget.Global);
				return;
			case 'rebuild':
				await this.#parts.engine.call('rebuildSearch', null);
				return;
			case 'showLog':
				this.#parts.log.show();
				return;
			case 'openSettings':
				await vscode.commands.executeCommand(commandIds.openSettings);
		}
	}
}
