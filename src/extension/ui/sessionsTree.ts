/** The rows of the sessions view. A node is its id (see `sessionTree.ts`); subagents are asked for when their session is opened. */
import * as vscode from 'vscode';
import type { SessionRow, SubagentRow } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import { commandIds, itemWords, sessionCommandIds } from './names.ts';
import { countText } from './presentation/figures.ts';
import type { Viewer } from './presentation/language.ts';
import { type ItemView, subagentItem } from './presentation/sessionItem.ts';
import { sessionTooltip } from './presentation/sessionTooltip.ts';
import { type GroupNode, moreId, type NodeId, type SessionNode, type TreeChanges } from './presentation/sessionTree.ts';
import type { SessionsModel } from './sessionsModel.ts';
import { treeItemOf } from './treeItem.ts';

export class SessionsTree implements vscode.TreeDataProvider<NodeId>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<NodeId[] | undefined>();
	readonly #engine: Engine;
	readonly #model: SessionsModel;
	readonly #viewer: () => Viewer;
	readonly #subagents = new Map<NodeId, SubagentRow>();

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
		return this.#subagents.get(node) ?? null;
	}

	async getChildren(node?: NodeId): Promise<NodeId[]> {
		if (node === undefined) return [...this.#model.tree.roots];
		const parent = this.#model.tree.nodes.get(node);
		if (parent === undefined) return [];
		const subagents = parent.kind === 'session' && parent.row.subagents > 0 ? await this.#subagentsOf(parent) : [];
		return [...subagents, ...parent.children];
	}

	getParent(node: NodeId): NodeId | undefined {
		const above = node.slice(0, node.lastIndexOf('/')).replace(/^subagent\//, 'session/');
		if (this.#model.tree.nodes.has(above)) return above;
		return this.#model.tree.roots.find(root => this.#model.tree.nodes.get(root)?.children.includes(node));
	}

	getTreeItem(node: NodeId): vscode.TreeItem {
		if (node === moreId) return this.#moreItem();
		const subagent = this.#subagents.get(node);
		if (subagent !== undefined)
			return itemOf(node, subagentItem(subagent, this.#viewer()), vscode.TreeItemCollapsibleState.None, subagent.file);
		const found = this.#model.tree.nodes.get(node);
		// A row may go between being listed and being drawn.
		if (found === undefined) return new vscode.TreeItem('');
		return found.kind === 'group' ? this.#groupItem(found) : sessionItemOf(found);
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

	async #subagentsOf({ id, row }: SessionNode): Promise<NodeId[]> {
		const rows = await this.#engine.call('subagents', { sessionId: row.id });
		return rows.map(subagent => {
			const node = `${id.replace(/^session\//, 'subagent/')}/${subagent.agentId}`;
			this.#subagents.set(node, subagent);
			return node;
		});
	}

	#groupItem({ id, label, count, expanded }: GroupNode): vscode.TreeItem {
		const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
		const item = new vscode.TreeItem(label, expanded ? Expanded : Collapsed);
		item.id = id;
		item.contextValue = itemWords.group;
		const { locale } = this.#viewer();
		const sessions = count === null ? '' : vscode.l10n.t('{0} sessions', countText(count, locale));
		item.description = count === null ? '' : countText(count, locale);
		item.accessibilityInformation = { label: [label, sessions].filter(part => part !== '').join(', ') };
		return item;
	}

	#moreItem(): vscode.TreeItem {
		const { canShowMore } = this.#model;
		const label = canShowMore ? vscode.l10n.t('Show more') : vscode.l10n.t('Filter to find more');
		const item = new vscode.TreeItem(label);
		item.id = moreId;
		item.iconPath = new vscode.ThemeIcon(canShowMore ? 'more' : 'filter');
		item.description = vscode.l10n.t('{0} not shown', countText(this.#model.tree.notShown, this.#viewer().locale));
		item.command = { command: canShowMore ? commandIds.showMore : commandIds.filterSessions, title: label };
		item.accessibilityInformation = { label: `${label}, ${item.description}`, role: 'button' };
		return item;
	}
}

function sessionItemOf({ id, row, view, children }: SessionNode): vscode.TreeItem {
	const { Collapsed, None } = vscode.TreeItemCollapsibleState;
	return itemOf(id, view, children.length > 0 || row.subagents > 0 ? Collapsed : None, row.gone ? null : row.file);
}

function itemOf(id: NodeId, view: ItemView, collapsible: vscode.TreeItemCollapsibleState, file: string | null): vscode.TreeItem {
	const item = treeItemOf(id, view, collapsible);
	if (file !== null)
		item.command = { command: sessionCommandIds.openTranscript, title: vscode.l10n.t('Open Transcript File'), arguments: [id] };
	return item;
}
