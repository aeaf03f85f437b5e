/** What `activate` gives to other extensions: read-only, plain data, stable within a version. */
import * as vscode from 'vscode';
import type { CategoryName, Scope, SessionRow } from '../../webview/contract/sessions.ts';
import type { IndexStatus } from '../../webview/contract/status.ts';
import type { ClassificationPlan, JobList } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import { choiceOfSettings } from './providerChoice.ts';

export interface SessionInsightsApi {
	readonly version: 1;
	/** Newest activity first; at most 200 at once. Starts the engine when it does not run yet. */
	listSessions(query?: {
		readonly scope?: Scope;
		readonly filter?: string;
		/** Of any level; null for all. */
		readonly category?: CategoryName | null;
		readonly offset?: number;
		readonly limit?: number;
	}): Promise<{ readonly rows: readonly SessionRow[]; readonly total: number }>;
	/** How the index stands. */
	readonly status: IndexStatus;
	/** Fires, a few times a second at most, when sessions were added or changed. */
	readonly onDidChangeSessions: vscode.Event<void>;
	/** Background jobs: those that wait or run, and the last ones that ended. */
	listJobs(): Promise<JobList>;
	/** Fires, a few times a second at most, when a job changed. */
	readonly onDidChangeJobs: vscode.Event<JobList>;
	/** What classifying these sessions would take and whether it can be done now. Nothing is sent. */
	planClassification(sessionIds: readonly string[]): Promise<ClassificationPlan>;
}

export function publicApi(
	engine: Engine,
	configuration: Configuration,
): { readonly api: SessionInsightsApi; readonly disposable: vscode.Disposable } {
	const changed = new vscode.EventEmitter<void>();
	const jobs = new vscode.EventEmitter<JobList>();
	const stops = [engine.on('changed', () => changed.fire()), engine.on('jobs', list => jobs.fire(list))];
	const api: SessionInsightsApi = {
		version: 1,
		listSessions: async ({ scope = 'workspace', filter = '', category = null, offset = 0, limit = 200 } = {}) => {
			const { rows, total } = await engine.call('sessions', { scope, filter, category, offset, limit: Math.min(200, limit) });
			return { rows, total };
		},
		get status() {
			return engine.status;
		},
		onDidChangeSessions: changed.event,
		listJobs: () => engine.call('jobs', null),
		onDidChangeJobs: jobs.event,
		planClassification: sessionIds =>
			engine.call('classificationPlan', { scope: 'all', sessionIds, category: null, ...choiceOfSettings(configuration) }),
	};
	return { api, disposable: vscode.Disposable.from(changed, jobs, ...stops.map(dispose => ({ dispose }))) };
}
