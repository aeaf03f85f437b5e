/** The one place that sets context keys, on which the manifest's `when` clauses look. */
import * as vscode from 'vscode';
import type { Grouping } from '../engine/calls/listing.ts';
import { contextKeyNames } from './names.ts';
import type { ViewState } from './presentation/viewState.ts';

export interface ContextKeyValues {
	readonly viewState: ViewState;
	readonly allProjects: boolean;
	readonly filtered: boolean;
	readonly showsHidden: boolean;
	readonly grouping: Grouping;
	readonly fileState: 'noFile' | 'starting' | 'untouched' | 'list';
}

export class ContextKeys {
	readonly #values = new Map<keyof ContextKeyValues, unknown>();

	set<K extends keyof ContextKeyValues>(key: K, value: ContextKeyValues[K]): void {
		if (this.#values.get(key) === value) return;
		this.#values.set(key, value);
		void vscode.commands.executeCommand('setContext', contextKeyNames[key], value);
	}
}
