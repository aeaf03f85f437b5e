/**
 * The sessions view as a whole: the tree, the words above it, its badge and progress, and which welcome text shows when
 * it is empty. Follows the engine while somebody looks and rests while nobody does.
 */
import * as vscode from 'vscode';
import type { CategoryName } from '../../webview/contract/sessions.ts';
import type { IndexStatus } from '../../webview/contract/status.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce, type Coalesced } from './coalesce.ts';
import type { Configuration } from './configuration.ts';
import type { ContextKeys } from './contextKeys.ts';
import { DayClock } from './dayClock.ts';
import { focusedRows } from './focusedRows.ts';
import type { Log } from './log.ts';
import { viewIds } from './names.ts';
import type { NodeId } from './presentation/sessionTree.ts';
import { indexProgress, viewBadge, viewDescription, viewMessage, viewStateOf } from './presentation/viewState.ts';
import type { SessionScope } from './sessionScope.ts';
import { SessionsModel } from './sessionsModel.ts';
import { SessionsTree } from './sessionsTree.ts';
import { hasDiskFolder } from './workspaceFolders.ts';

/** Long enough to take a burst of events together, far below what an eye notices. */
const followDelayMs = 50;

export interface SessionsViewParts {
	readonly engine: Engine;
	readonly scope: SessionScope;
	readonly configuration: Configuration;
	readonly contextKeys: ContextKeys;
	readonly log: Log;
}

export class SessionsView implements vscode.Disposable {
	readonly #parts: SessionsViewParts;
	readonly #model: SessionsModel;
	readonly #tree: SessionsTree;
	readonly #view: vscode.TreeView<NodeId>;
	readonly #follow: Coalesced;
	readonly #disposables: readonly { dispose(): void }[];
	#endProgress: (() => void) | null = null;
	readonly #clock: DayClock;
	#stale = true;

	constructor(parts: SessionsViewParts) {
		const { engine, scope, configuration, log } = parts;
		this.#parts = parts;
		this.#model = new SessionsModel(engine, scope.query, () => ({
			viewer: configuration.viewer,
			nowMs: Date.now(),
			grouping: scope.grouping,
			showProject: scope.allProjects,
			filtered: scope.isNarrowed,
		}));
		this.#tree = new SessionsTree(engine, this.#model, () => configuration.viewer);
		this.#follow = coalesce(
			followDelayMs,
			() => this.#load(),
			error => {
				log.failure('The sessions could not be listed', error);
				this.#tree.redraw('everything');
				this.#describe();
			},
		);
		this.#view = vscode.window.createTreeView(viewIds.sessions, { treeDataProvider: this.#tree, canSelectMany: true });
		this.#clock = new DayClock({
			timeZone: () => configuration.viewer.timeZone,
			onMinute: () => this.#retell(),
			onDay: () => this.#markStale(),
		});
		this.#disposables = [
			this.#follow,
			this.#view,
			this.#tree,
			this.#view.onDidChangeVisibility(() => this.#rouse()),
			this.#view.onDidCollapseElement(({ element }) => this.#model.close(element)),
			scope.onDidChange(() => this.#askAnew()),
			configuration.onDidChange(() => this.#tree.redraw(this.#model.retell())),
			vscode.workspace.onDidChangeWorkspaceFolders(() => this.#askAnew()),
			new vscode.Disposable(engine.on('status', status => this.#heard(status))),
			new vscode.Disposable(engine.on('changed', () => this.#markStale())),
		];
		this.#rouse();
	}

	/** For commands: what is selected, and what a row stands for. */
	get tree(): SessionsTree {
		return this.#tree;
	}

	get selected(): readonly NodeId[] {
		return this.#view.selection;
	}

	/** What a key that was pressed in the list is about. */
	focused(): Promise<readonly NodeId[]> {
		return focusedRows(this.#view, () => vscode.commands.executeCommand('list.toggleSelection'));
	}

	/** The sessions of these rows, and all of those in these groups, listed or not. */
	async sessionsOf(nodes: readonly NodeId[]): Promise<readonly string[]> {
		const ids = await Promise.all(
			nodes.map(async node => {
				const row = this.#model.row(node);
				if (row !== null) return [row.id];
				const group = this.#model.groupOf(node);
				return group === null ? [] : this.#parts.engine.call('groupSessionIds', { ...this.#model.question, group });
			}),
		);
		return [...new Set(ids.flat())];
	}

	/** The category that a node is the group of, when all of its sessions are meant. */
	categoryOf(node: NodeId): CategoryName | null {
		const { grouping, isFiltered } = this.#parts.scope;
		const group = grouping === 'category' && !isFiltered ? this.#model.groupOf(node) : null;
		return group === null || group.isPinned || group.key === '' ? null : group.key;
	}

	/** One page more below a group or a session. */
	async showMore(node: NodeId): Promise<void> {
		this.#tree.redraw(await this.#model.showMore(node));
	}

	refresh(): void {
		this.#markStale();
	}

	dispose(): void {
		this.#rest();
		this.#endProgress?.();
		for (const disposable of this.#disposables) disposable.dispose();
	}

	#askAnew(): void {
		this.#model.ask(this.#parts.scope.query);
		this.#describe();
		this.#markStale();
	}

	#markStale(): void {
		this.#stale = true;
		if (this.#view.visible) this.#follow.signal();
	}

	async #load(): Promise<void> {
		if (!hasDiskFolder() && !this.#parts.scope.allProjects) {
			this.#model.clear();
			this.#tree.redraw('everything');
			this.#describe();
			return;
		}
		this.#stale = false;
		const changes = await this.#model.reload();
		if (changes === null) return;
		this.#tree.redraw(changes);
		this.#describe();
		this.#readAhead();
		if (this.#view.visible && !this.#clock.isRunning) this.#clock.start();
	}

	/** Who looks at the sessions may open the panel next: in a window's first, a large history would have to be read before anything shows. */
	#readAhead(): void {
		const { engine, log } = this.#parts;
		const { state } = engine.status;
		// While the index grows, what is read changes; an engine that has answered reads while it still looks for what is new.
		if (!this.#view.visible || this.#model.groups === null || state === 'indexing' || state === 'error') return;
		engine.call('readInsightsAhead', null).catch((error: unknown) => log.failure('The history could not be read ahead', error));
	}

	#heard({ state, sessions }: IndexStatus): void {
		// All data was deleted, here or in another window: what is listed is gone.
		if (state === 'error' && sessions === 0 && this.#model.tree.roots.length > 0) {
			this.#model.clear();
			this.#tree.redraw('everything');
		}
		this.#describe();
		if (state === 'ready') this.#readAhead();
	}

	/** The view was shown or hidden. */
	#rouse(): void {
		this.#rest();
		this.#describe();
		if (!this.#view.visible) return;
		this.#tree.redraw(this.#model.retell());
		// With the first rows there is something to tell the time of; the first question for the zone takes 20 ms or more.
		if (this.#stale) this.#follow.signal();
		else {
			this.#clock.start();
			this.#readAhead();
		}
	}

	#rest(): void {
		this.#clock.stop();
	}

	/** A session that says nothing for a while is over, which nobody tells. */
	#retell(): void {
		this.#tree.redraw(this.#model.retell());
		if ((this.#model.groups?.live ?? 0) > 0) this.#markStale();
	}

	#describe(): void {
		const { engine, scope, configuration, contextKeys } = this.#parts;
		const { status } = engine;
		const { viewer } = configuration;
		const rows = this.#model.tree.roots.length;
		const { groups } = this.#model;
		const { allProjects, filter, order, isNarrowed: narrowed } = scope;
		const hidden = groups?.hidden ?? 0;
		const answered = groups !== null;
		contextKeys.set('viewState', viewStateOf({ status, hasFolder: hasDiskFolder(), allProjects, narrowed, hidden, rows, answered }));
		const limits = { allProjects, filter, order, remoteName: vscode.env.remoteName ?? null };
		// With rows, the message says it, and is not cut short.
		this.#view.description = rows === 0 ? viewDescription(limits, viewer) : '';
		this.#view.message = viewMessage(status, rows, limits, viewer);
		const progress = indexProgress(status, viewer);
		this.#view.badge = viewBadge(progress, groups?.needInput ?? 0, viewer);
		// A hidden view would wear a clock on its icon at every start of VS Code.
		this.#showProgress(progress !== null || (status.state === 'starting' && this.#view.visible));
	}

	/** The bar under the view's title runs as long as the promise is open. */
	#showProgress(busy: boolean): void {
		if (busy === (this.#endProgress !== null)) return;
		if (!busy) {
			this.#endProgress?.();
			this.#endProgress = null;
			return;
		}
		const { promise, resolve } = Promise.withResolvers<null>();
		this.#endProgress = () => resolve(null);
		void vscode.window.withProgress({ location: { viewId: viewIds.sessions } }, () => promise);
	}
}
