/** The jobs as the engine told them last, for all who show them. Asks no engine to start. */
import * as vscode from 'vscode';
import type { JobRow } from '../../webview/contract/jobs.ts';
import type { JobList } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import type { Log } from './log.ts';

export class JobFeed implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<JobList>();
	readonly #engine: Engine;
	readonly #log: Log;
	readonly #listening: vscode.Disposable;
	#list: JobList | null = null;

	readonly onDidChange = this.#changed.event;

	constructor(engine: Engine, log: Log) {
		this.#engine = engine;
		this.#log = log;
		this.#listening = vscode.Disposable.from(
			new vscode.Disposable(engine.on('jobs', list => this.#take(list))),
			// An engine that has just started: jobs may have gone on without a word.
			new vscode.Disposable(engine.on('changed', ({ sessionIds }) => sessionIds === null && void this.refresh())),
		);
	}

	/** Null until the engine has told them once. */
	get list(): JobList | null {
		return this.#list;
	}

	job(id: string): JobRow | null {
		if (this.#list === null) return null;
		return [...this.#list.active, ...this.#list.recent].find(row => row.id === id) ?? null;
	}

	/** Starts the engine when it does not run yet. */
	async refresh(): Promise<void> {
		try {
			this.#take(await this.#engine.call('jobs', null));
		} catch (error) {
			this.#log.failure('The jobs could not be listed', error);
		}
	}

	dispose(): void {
		this.#listening.dispose();
		this.#changed.dispose();
	}

	#take(list: JobList): void {
		this.#list = list;
		this.#changed.fire(list);
	}
}
