/**
 * What the sessions view shows: the workspace or all projects, by day or by category, limited by a filter. The choices of
 * projects and of groups outlive the window.
 */
import * as vscode from 'vscode';
import type { CategoryName, Scope } from '../../webview/contract/sessions.ts';
import type { Configuration } from './configuration.ts';
import type { ContextKeys } from './contextKeys.ts';
import type { Grouping } from './presentation/sessionTree.ts';

const allProjectsKey = 'sessionInsights.allProjects';
const groupingKey = 'sessionInsights.grouping';

export class SessionScope implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #memento: vscode.Memento;
	readonly #configuration: Configuration;
	readonly #contextKeys: ContextKeys;
	readonly #listening: vscode.Disposable;
	#filter = '';
	#category: CategoryName | null = null;

	readonly onDidChange = this.#changed.event;

	constructor(memento: vscode.Memento, configuration: Configuration, contextKeys: ContextKeys) {
		this.#memento = memento;
		this.#configuration = configuration;
		this.#contextKeys = contextKeys;
		let before = this.allProjects;
		this.#listening = configuration.onDidChange(() => {
			if (this.allProjects !== before) this.#tell();
			before = this.allProjects;
		});
		this.#setKeys();
	}

	/** As toggled in this workspace, else as the setting says. */
	get allProjects(): boolean {
		return this.#memento.get<boolean>(allProjectsKey) ?? this.#configuration.settings.showAllProjects;
	}

	get scope(): Scope {
		return this.allProjects ? 'all' : 'workspace';
	}

	get filter(): string {
		return this.#filter;
	}

	/** The only one that is shown; null for all. */
	get category(): CategoryName | null {
		return this.#category;
	}

	get isFiltered(): boolean {
		return this.#filter !== '' || this.#category !== null;
	}

	get grouping(): Grouping {
		return this.#memento.get(groupingKey) === 'category' ? 'category' : 'day';
	}

	async groupBy(grouping: Grouping): Promise<void> {
		await this.#memento.update(groupingKey, grouping);
		this.#tell();
	}

	async toggleAllProjects(): Promise<void> {
		await this.#memento.update(allProjectsKey, !this.allProjects);
		this.#tell();
	}

	setFilter(filter: string): void {
		if (filter.trim() === this.#filter) return;
		this.#filter = filter.trim();
		this.#tell();
	}

	setCategory(category: CategoryName | null): void {
		if (category === this.#category) return;
		this.#category = category;
		this.#tell();
	}

	clearFilters(): void {
		if (!this.isFiltered) return;
		this.#filter = '';
		this.#category = null;
		this.#tell();
	}

	dispose(): void {
		this.#listening.dispose();
		this.#changed.dispose();
	}

	#tell(): void {
		this.#setKeys();
		this.#changed.fire();
	}

	#setKeys(): void {
		this.#contextKeys.set('allProjects', this.allProjects);
		this.#contextKeys.set('filtered', this.isFiltered);
		this.#contextKeys.set('groupedByCategory', this.grouping === 'category');
	}
}
