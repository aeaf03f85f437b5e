/**
 * What the sessions view shows: the workspace or all projects, how it is grouped and sorted, limited by filters. All but the
 * filters outlives the window, for each workspace by itself.
 */
import * as vscode from 'vscode';
import {
	everySession,
	type Grouping,
	type GroupsQuery,
	isNarrowing,
	type SessionFilter,
	type SessionOrder,
} from '../engine/calls/listing.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import type { Configuration } from './configuration.ts';
import type { ContextKeys } from './contextKeys.ts';
import { groupings, orders } from './presentation/viewChoices.ts';

const allProjectsKey = 'sessionInsights.allProjects';
const groupingKey = 'sessionInsights.grouping';
const orderKey = 'sessionInsights.order';

export class SessionScope implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #memento: vscode.Memento;
	readonly #configuration: Configuration;
	readonly #contextKeys: ContextKeys;
	readonly #listening: vscode.Disposable;
	#filter = everySession;

	readonly onDidChange = this.#changed.event;

	constructor(memento: vscode.Memento, configuration: Configuration, contextKeys: ContextKeys) {
		this.#memento = memento;
		this.#configuration = configuration;
		this.#contextKeys = contextKeys;
		const asked = () => JSON.stringify([this.allProjects, configuration.viewer.weekStartsOn]);
		let before = asked();
		this.#listening = configuration.onDidChange(() => {
			if (asked() !== before) this.#tell();
			before = asked();
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

	get filter(): SessionFilter {
		return this.#filter;
	}

	/** Sessions are left out, or hidden ones shown. */
	get isFiltered(): boolean {
		return this.isNarrowed || this.#filter.showsHidden;
	}

	/** Sessions are left out. */
	get isNarrowed(): boolean {
		return isNarrowing(this.#filter);
	}

	get grouping(): Grouping {
		const stored = this.#memento.get(groupingKey);
		return groupings.find(grouping => grouping === stored) ?? 'day';
	}

	get order(): SessionOrder {
		const stored = this.#memento.get(orderKey);
		return orders.find(order => order === stored) ?? 'activity';
	}

	/** All of it, as the engine is asked. */
	get query(): GroupsQuery {
		const { scope, filter, grouping, order } = this;
		return { scope, filter, grouping, order, weekStartsOn: this.#configuration.viewer.weekStartsOn };
	}

	async groupBy(grouping: Grouping): Promise<void> {
		if (grouping === this.grouping) return;
		await this.#memento.update(groupingKey, grouping);
		this.#tell();
	}

	async sortBy(order: SessionOrder): Promise<void> {
		if (order === this.order) return;
		await this.#memento.update(orderKey, order);
		this.#tell();
	}

	async toggleAllProjects(): Promise<void> {
		await this.#memento.update(allProjectsKey, !this.allProjects);
		this.#tell();
	}

	/** What is not named stays as it is. */
	setFilter(change: Partial<SessionFilter>): void {
		const filter = { ...this.#filter, ...change };
		if (JSON.stringify(filter) === JSON.stringify(this.#filter)) return;
		this.#filter = { ...filter, words: filter.words.trim() };
		this.#tell();
	}

	clearFilters(): void {
		if (this.isFiltered) this.setFilter(everySession);
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
		this.#contextKeys.set('showsHidden', this.#filter.showsHidden);
		this.#contextKeys.set('grouping', this.grouping);
	}
}
