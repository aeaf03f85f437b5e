/** The rows of the sessions view. A node is its id (see `sessionTree.ts`); what stands below one is asked for when it is opened. */
import * as vscode from 'vscode';
import type { SessionRow, SubagentRow } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import { commandIds, itemWords, sessionCommandIds } from './names.ts';
import { countText } from './presentation/figures.ts';
import type { Viewer } from './presentation/language.ts';
import { sessionsText } from './presentation/planText.ts';
import type { ItemView } from './presentation/sessionItem.ts';
import { sessionTooltip } from './presentation/sessionTooltip.ts';
import type { MessageTarget } from './presentation/sessionLink.ts';
import type { GroupNode, MoreNode, NodeId, SessionNode, TreeChanges } from './presentation/sessionTree.ts';
import { sessionUri } from './sessionDecorations.ts';
import type { SessionsModel } from './sessionsModel.ts';
import { treeItemOf } from './treeItem.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export class SessionsTree implements vscode.TreeDataProvider<NodeId>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<NodeId[] | undefined>();
	readonly #engine: Engine;
	readonly #model: SessionsModel;
	readonly #viewer: () => Viewer;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(engine: Engine, model: SessionsModel, viewer: () => Viewer) {
		this.#engine = engine;
		this.#model = model;
		this.#viewer = viewer;
	}

	/** Draws again what changed and nothing else. */
	redraw(changes: TreeChanges): void {
		if (changes === 'everything') this.#changed.fire(undefined);
		else if (changes.length > 0) this.#changed.fire([...changes]);
	}

	session(node: NodeId): SessionRow | null {
		return this.#model.row(node);
	}

	subagent(node: NodeId): SubagentRow | null {
		const found = this.#model.node(node);
		return found?.kind === 'subagent' ? found.row : null;
	}

	/** What the row opens; null where no transcript of it is on disk. */
	conversation(node: NodeId): MessageTarget | null {
		const row = this.session(node);
		if (row !== null) return row.file === null || row.gone ? null : { sessionId: row.id, agentId: null, messageId: null };
		const subagent = this.subagent(node);
		return subagent === null ? null : { sessionId: subagent.sessionId, agentId: subagent.agentId, messageId: null };
	}

	async getChildren(node?: NodeId): Promise<NodeId[]> {
		return [...(node === undefined ? this.#model.tree.roots : await this.#model.children(node))];
	}

	getParent(node: NodeId): NodeId | undefined {
		return this.#model.tree.nodes.get(node)?.parent ?? undefined;
	}

	getTreeItem(node: NodeId): vscode.TreeItem {
		const found = this.#model.node(node);
		switch (found?.kind) {
			case 'group':
				return this.#groupItem(found);
			case 'session':
				return this.#sessionItem(found);
			case 'subagent':
				return this.#rowItem(node, found.view, None);
			case 'more':
				return this.#moreItem(found);
			case undefined:
				// A row may go between being listed and being drawn.
				return new vscode.TreeItem('');
		}
	}

	/** Only the row under the pointer pays for its tooltip. */
	async resolveTreeItem(item: vscode.TreeItem, node: NodeId): Promise<vscode.TreeItem> {
		const row = this.session(node);
		if (row === null) return item;
		// The numbers are worth showing without the reasons.
		const reasons = row.category === null ? null : await this.#engine.call('categoryReasons', { sessionId: row.id }).catch(() => null);
		const tooltip = new vscode.MarkdownString(sessionTooltip(row, reasons, this.#viewer()));
		tooltip.isTrusted = false;
		tooltip.supportHtml = false;
		tooltip.supportThemeIcons = false;
		item.tooltip = tooltip;
		return item;
	}

	dispose(): void {
		this.#changed.dispose();
	}

	#groupItem({ id, label, description, group, expanded }: GroupNode): vscode.TreeItem {
		const item = new vscode.TreeItem(label, expanded ? Expanded : Collapsed);
		item.id = id;
		item.contextValue = itemWords.group;
		item.description = description;
		item.accessibilityInformation = { label: `${label}, ${sessionsText(group.sessions, this.#viewer())}` };
		return item;
	}

	#sessionItem({ id, row, view, canOpen }: SessionNode): vscode.TreeItem {
		const item = this.#rowItem(id, view, canOpen ? Collapsed : None);
		if (view.marks.length > 0) item.resourceUri = sessionUri(row.id, view.marks);
		return item;
	}

	#rowItem(id: NodeId, view: ItemView, collapsible: vscode.TreeItemCollapsibleState): vscode.TreeItem {
		const item = treeItemOf(id, view, collapsible);
		const title = vscode.l10n.t('Open Transcript');
		if (this.conversation(id) !== null) item.command = { command: sessionCommandIds.openClickedRow, title, arguments: [id] };
		return item;
	}

	#moreItem({ id, of, notShown }: MoreNode): vscode.TreeItem {
		const { t } = vscode.l10n;
		const label = of === null ? t('Filter to find more') : t('Show more');
		const item = new vscode.TreeItem(label);
		item.id = id;
		item.iconPath = new vscode.ThemeIcon(of === null ? 'filter' : 'more');
		item.description = t('{0} not shown', countText(notShown, this.#viewer().locale));
		item.command =
			of === null ? { command: commandIds.filterSessions, title: label } : { command: commandIds.showMore, title: label, arguments: [of] };
		item.accessibilityInformation = { label: `${label}, ${item.description}`, role: 'button' };
		return item;
	}
}
