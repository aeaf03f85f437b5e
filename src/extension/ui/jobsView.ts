/** The jobs view: what runs in the background, what waits, and how the last ones ended. A node is the id of its job. */
import * as vscode from 'vscode';
import type { JobRow } from '../../webview/contract/jobs.ts';
import type { Configuration } from './configuration.ts';
import type { JobFeed } from './jobFeed.ts';
import { viewIds } from './names.ts';
import { jobItem, jobTooltip } from './presentation/jobItem.ts';
import { countText } from './presentation/figures.ts';
import { treeItemOf } from './treeItem.ts';

/** "5 min. ago" is wrong by a minute at most. */
const retellMs = 60_000;

export class JobsView implements vscode.TreeDataProvider<string>, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly #feed: JobFeed;
	readonly #configuration: Configuration;
	readonly #view: vscode.TreeView<string>;
	readonly #listening: vscode.Disposable;
	#retelling: NodeJS.Timeout | null = null;

	readonly onDidChangeTreeData = this.#changed.event;

	constructor(feed: JobFeed, configuration: Configuration) {
		this.#feed = feed;
		this.#configuration = configuration;
		this.#view = vscode.window.createTreeView(viewIds.jobs, { treeDataProvider: this });
		this.#listening = vscode.Disposable.from(
			feed.onDidChange(() => this.#draw()),
			this.#view.onDidChangeVisibility(() => this.#rouse()),
			configuration.onDidChange(() => this.#draw()),
		);
		this.#rouse();
	}

	/** The selected job. */
	get selected(): string | undefined {
		return this.#view.selection[0];
	}

	getChildren(node?: string): string[] {
		const { list } = this.#feed;
		if (node !== undefined || list === null) return [];
		return [...new Set([...list.active, ...list.recent].map(({ id }) => id))];
	}

	getTreeItem(id: string): vscode.TreeItem {
		const row = this.#feed.job(id);
		// A row may go between being listed and being drawn.
		if (row === null) return new vscode.TreeItem('');
		return treeItemOf(id, jobItem(row, Date.now(), this.#configuration.viewer), vscode.TreeItemCollapsibleState.None);
	}

	resolveTreeItem(item: vscode.TreeItem, id: string): vscode.TreeItem {
		const row = this.#feed.job(id);
		if (row !== null) item.tooltip = new vscode.MarkdownString(jobTooltip(row, Date.now(), this.#configuration.viewer));
		return item;
	}

	dispose(): void {
		this.#rest();
		this.#listening.dispose();
		this.#view.dispose();
		this.#changed.dispose();
	}

	#draw(): void {
		const running = (this.#feed.list?.active ?? []).filter(({ status }: JobRow) => status === 'running').length;
		const count = countText(running, this.#configuration.viewer.locale);
		this.#view.badge = running === 0 ? undefined : { value: running, tooltip: vscode.l10n.t('Running jobs: {0}', count) };
		if (this.#view.visible) this.#changed.fire(undefined);
	}

	/** The view was shown or hidden. */
	#rouse(): void {
		this.#rest();
		if (!this.#view.visible) return;
		if (this.#feed.list === null) void this.#feed.refresh();
		else this.#draw();
		this.#retelling = setInterval(() => this.#draw(), retellMs);
	}

	#rest(): void {
		if (this.#retelling !== null) clearInterval(this.#retelling);
		this.#retelling = null;
	}
}
