/**
 * The sessions view as a whole: the tree, the words above it, its badge and progress, and which welcome text shows when
 * it is empty. Follows the engine while somebody looks and rests while nobody does.
 */
import * as vscode from 'vscode';
import type { CategoryName } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce, type Coalesced } from './coalesce.ts';
import type { Configuration } from './configuration.ts';
import type { ContextKeys } from './contextKeys.ts';
import type { Log } from './log.ts';
import { viewIds } from './names.ts';
import { msUntilTomorrow } from './presentation/localTime.ts';
import { sessionsBelow, type NodeId } from './presentation/sessionTree.ts';
import { indexProgress, viewDescription, viewMessage, viewStateOf } from './presentation/viewState.ts';
import type { SessionScope } from './sessionScope.ts';
import { SessionsModel } from './sessionsModel.ts';
import { SessionsTree } from './sessionsTree.ts';
import { hasDiskFolder } from './workspaceFolders.ts';

/** Long enough to take a burst of events together, far below what an eye notices. */
const followDelayMs = 50;
/** "5 min. ago" is wrong by a minute at most. */
const retellMs = 60_000;

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
	#retelling: NodeJS.Timeout | null = null;
	#stale = true;

	constructor(parts: SessionsViewParts) {
		const { engine, scope, configuration, log } = parts;
		this.#parts = parts;
		this.#model = new SessionsModel(engine, this.#question(), () => ({
			viewer: configuration.viewer,
			nowMs: Date.now(),
			grouping: scope.grouping,
			showProject: scope.allProjects,
			filtered: scope.isFiltered,
		}));
		this.#tree = new SessionsTree(engine, this.#model, () => configuration.viewer);
		this.#follow = coalesce(
			followDelayMs,
			() => this.#load(),
			error => {
				log.failure('The sessions could not be listed', error);
				this.#describe();
			},
		);
		this.#view = vscode.window.createTreeView(viewIds.sessions, { treeDataProvider: this.#tree, canSelectMany: true });
		this.#disposables = [
			this.#follow,
			this.#view,
			this.#tree,
			this.#view.onDidChangeVisibility(() => this.#rouse()),
			scope.onDidChange(() => this.#askAnew()),
			configuration.onDidChange(() => this.#tree.redraw(this.#model.retell())),
			vscode.workspace.onDidChangeWorkspaceFolders(() => this.#askAnew()),
			new vscode.Disposable(engine.on('status', () => this.#describe())),
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

	/** The sessions of these rows, and all of those in these groups. */
	sessionsOf(nodes: readonly NodeId[]): readonly string[] {
		const { tree } = this.#model;
		const idsOf = (node: NodeId) => {
			const found = tree.nodes.get(node);
			return found?.kind === 'session' ? [found.row.id] : sessionsBelow(tree, node);
		};
		return [...new Set(nodes.flatMap(idsOf))];
	}

	/** The category that a node is the group of, when all of its sessions are meant and not only those listed. */
	categoryOf(node: NodeId): CategoryName | null {
		const found = this.#model.tree.nodes.get(node);
		return found?.kind === 'group' && this.#parts.scope.filter === '' ? found.category : null;
	}

	showMore(): void {
		this.#model.showMore();
		this.#markStale();
	}

	refresh(): void {
		this.#markStale();
	}

	dispose(): void {
		this.#rest();
		this.#endProgress?.();
		for (const disposable of this.#disposables) disposable.dispose();
	}

	#question() {
		const { scope } = this.#parts;
		return { scope: scope.scope, filter: scope.filter, category: scope.category };
	}

	#askAnew(): void {
		this.#model.ask(this.#question());
		this.#tree.redraw('everything');
		this.#describe();
		this.#markStale();
	}

	#markStale(): void {
		this.#stale = true;
		if (this.#view.visible) this.#follow.signal();
	}

	async #load(): Promise<void> {
		if (!hasDiskFolder() && !this.#parts.scope.allProjects) return;
		this.#stale = false;
		const changes = await this.#model.reload();
		if (changes === null) return;
		this.#tree.redraw(changes);
		this.#describe();
	}

	/** The view was shown or hidden. */
	#rouse(): void {
		this.#rest();
		this.#describe();
		if (!this.#view.visible) return;
		if (this.#stale) this.#follow.signal();
		this.#tree.redraw(this.#model.retell());
		const next = () => {
			const delayMs = Math.min(retellMs, msUntilTomorrow(Date.now(), this.#parts.configuration.viewer.timeZone));
			this.#retelling = setTimeout(() => {
				this.#tree.redraw(this.#model.retell());
				next();
			}, delayMs);
		};
		next();
	}

	#rest(): void {
		if (this.#retelling !== null) clearTimeout(this.#retelling);
		this.#retelling = null;
	}

	#describe(): void {
		const { engine, scope, configuration, contextKeys } = this.#parts;
		const { status } = engine;
		const { viewer } = configuration;
		const rows = this.#model.tree.roots.length;
		const { allProjects, filter, category, isFiltered: filtered } = scope;
		contextKeys.set(
			'viewState',
			viewStateOf({ status, hasFolder: hasDiskFolder(), allProjects, filtered, rows, answered: this.#model.answered }),
		);
		const limits = { allProjects, filter, category, remoteName: vscode.env.remoteName ?? null };
		// With rows, the message says it, and is not cut short.
		this.#view.description = rows === 0 ? viewDescription(limits, viewer) : '';
		this.#view.message = viewMessage(status, rows, limits, viewer);
		const progress = indexProgress(status, viewer);
		this.#view.badge = progress === null || progress.filesLeft === 0 ? undefined : { value: progress.filesLeft, tooltip: progress.text };
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
