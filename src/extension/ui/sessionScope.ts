/** What the sessions view is limited to: the workspace or all projects, and a filter. The choice of projects outlives the window. */
import * as vscode from 'vscode';
import type { Scope } from '../../webview/contract.ts';
import type { Configuration } from './configuration.ts';
import type { ContextKeys } from './contextKeys.ts';

const allProjectsKey = 'sessionInsights.allProjects';

export class SessionScope implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #memento: vscode.Memento;
	readonly #configuration: Configuration;
	readonly #contextKeys: ContextKeys;
	readonly #listening: vscode.Disposable;
	#filter = '';

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

	async toggleAllProjects(): Promise<void> {
		await this.#memento.update(allProjectsKey, !this.allProjects);
		this.#tell();
	}

	setFilter(filter: string): void {
		if (filter.trim() === this.#filter) return;
		this.#filter = filter.trim();
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
		this.#contextKeys.set('filtered', this.#filter !== '');
	}
}
