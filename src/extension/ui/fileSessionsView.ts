/** "Sessions for This File": who read or edited the file in the active editor, or the one that was asked for in a menu. */
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { FileSession } from '../engine/calls/fileSessions.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce, type Coalesced } from './coalesce.ts';
import type { Configuration } from './configuration.ts';
import type { ContextKeys } from './contextKeys.ts';
import { focusedRows } from './focusedRows.ts';
import type { Log } from './log.ts';
import { sessionCommandIds, viewIds } from './names.ts';
import { fileSessionItem } from './presentation/fileSessionItem.ts';
import { countText } from './presentation/figures.ts';
import { folderName } from './presentation/sessionFilter.ts';
import type { MessageTarget } from './presentation/sessionLink.ts';
import { sessionTooltip } from './presentation/sessionTooltip.ts';
import { sessionUri } from './sessionDecorations.ts';
import { treeItemOf } from './treeItem.ts';

/** Somebody who walks through files with the keyboard waits for none of them. */
const followDelayMs = 150;

/** `file/<session>`, so that nobody takes it for a row of the sessions view. */
type Node = string;

export interface FileSessionsParts {
	readonly engine: Engine;
	readonly configuration: Configuration;
	readonly contextKeys: ContextKeys;
	readonly log: Log;
}

export class FileSessionsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly #parts: FileSessionsParts;
	readonly #view: vscode.TreeView<Node>;
	readonly #follow: Coalesced;
	readonly #disposables: readonly { dispose(): void }[];
	#file: vscode.Uri | null;
	#touches = new Map<Node, FileSession>();
	#asking = new AbortController();
	#stale = true;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(parts: FileSessionsParts) {
		this.#parts = parts;
		this.#file = activeFile();
		this.#view = vscode.window.createTreeView(viewIds.fileSessions, { treeDataProvider: this, canSelectMany: true });
		this.#follow = coalesce(
			followDelayMs,
			() => this.#load(),
			error => parts.log.failure('The sessions of a file could not be listed', error),
		);
		this.#disposables = [
			this.#changed,
			this.#view,
			this.#follow,
			this.#view.onDidChangeVisibility(() => this.#rouse()),
			vscode.window.onDidChangeActiveTextEditor(() => this.#show(activeFile())),
			vscode.window.tabGroups.onDidChangeTabs(() => this.#show(activeFile())),
			new vscode.Disposable(parts.engine.on('changed', () => this.#markStale())),
		];
		this.#describe(false);
	}

	/** In front, for this file, until another one becomes active. */
	async showFor(file: vscode.Uri): Promise<void> {
		this.#show(file);
		await vscode.commands.executeCommand(`${viewIds.fileSessions}.focus`);
	}

	/** The file in the active editor; null for none. */
	get activeFile(): vscode.Uri | null {
		return activeFile();
	}

	get selected(): readonly Node[] {
		return this.#view.selection;
	}

	/** What a key that was pressed in the list is about. */
	focused(): Promise<readonly Node[]> {
		return focusedRows(this.#view, () => vscode.commands.executeCommand('list.toggleSelection'));
	}

	session(node: Node): SessionRow | null {
		return this.#touches.get(node)?.row ?? null;
	}

	/** At the last edit of the file, or at the last time it was read. */
	conversation(node: Node): MessageTarget | null {
		const touch = this.#touches.get(node);
		return touch === undefined ? null : { sessionId: touch.row.id, agentId: touch.agentId, messageId: touch.messageId };
	}

	getChildren(node?: Node): Node[] {
		return node === undefined ? [...this.#touches.keys()] : [];
	}

	getTreeItem(node: Node): vscode.TreeItem {
		const touch = this.#touches.get(node);
		if (touch === undefined) return new vscode.TreeItem('');
		const view = fileSessionItem(touch, Date.now(), this.#parts.configuration.viewer);
		const item = treeItemOf(node, view, vscode.TreeItemCollapsibleState.None);
		if (view.marks.length > 0) item.resourceUri = sessionUri(touch.row.id, view.marks);
		item.command = { command: sessionCommandIds.openClickedRow, title: vscode.l10n.t('Open the Session at This File'), arguments: [node] };
		return item;
	}

	resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
		const row = this.session(node);
		if (row !== null) item.tooltip = new vscode.MarkdownString(sessionTooltip(row, null, this.#parts.configuration.viewer));
		return item;
	}

	dispose(): void {
		this.#asking.abort();
		for (const disposable of this.#disposables) disposable.dispose();
	}

	/** Another kind of editor in front, such as a conversation, leaves the view as it is. */
	#show(file: vscode.Uri | null): void {
		if (file === null || file.toString() === this.#file?.toString() || this.#isTranscript(file.fsPath)) return;
		this.#file = file;
		this.#asking.abort();
		this.#markStale();
	}

	/** Of a session in the list: whoever opens it from here still looks at the file. */
	#isTranscript(path: string): boolean {
		return [...this.#touches.values()].some(({ row }) => row.file !== null && path.startsWith(row.file.replace(/\.jsonl$/, '')));
	}

	#markStale(): void {
		this.#stale = true;
		if (this.#view.visible) this.#follow.signal();
	}

	#rouse(): void {
		if (this.#view.visible && this.#stale) this.#follow.signal();
	}

	async #load(): Promise<void> {
		this.#stale = false;
		const file = this.#file;
		this.#asking = new AbortController();
		const { signal } = this.#asking;
		if (file === null) {
			this.#describe(true);
			return;
		}
		const found = await this.#parts.engine.call('fileSessions', { file: file.fsPath }, { signal }).catch((error: unknown) => {
			if (signal.aborted) return null;
			throw error;
		});
		if (found === null || signal.aborted) return;
		this.#touches = new Map(found.sessions.map(touch => [`file/${touch.row.id}`, touch]));
		this.#changed.fire(undefined);
		this.#describe(true, found.total - found.sessions.length);
	}

	#describe(isAnswered: boolean, notShown = 0): void {
		const { contextKeys, configuration } = this.#parts;
		const state = this.#file === null ? 'noFile' : this.#touches.size > 0 ? 'list' : isAnswered ? 'untouched' : 'starting';
		contextKeys.set('fileState', state);
		this.#view.description = this.#file === null ? '' : folderName(this.#file.path);
		this.#view.message = notShown > 0 ? vscode.l10n.t('{0} not shown', countText(notShown, configuration.viewer.locale)) : '';
	}
}

/** Of text editors, and of tabs that show a file otherwise: notebooks, images, comparisons. Null for what is on no disk. */
function activeFile(): vscode.Uri | null {
	const { activeTab } = vscode.window.tabGroups.activeTabGroup;
	const input: unknown = activeTab?.input;
	const uri =
		input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff
			? input.modified
			: input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputCustom
				? input.uri
				: vscode.window.activeTextEditor?.document.uri;
	return uri !== undefined && uri.scheme === 'file' ? uri : null;
}
