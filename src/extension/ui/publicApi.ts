/** What `activate` gives to other extensions: read-only, plain data, stable within a version. */
import * as vscode from 'vscode';
import type { IndexStatus, Scope, SessionRow } from '../../webview/contract.ts';
import type { Engine } from '../engine/client.ts';

export interface SessionInsightsApi {
	readonly version: 1;
	/** Newest activity first; at most 200 at once. Starts the engine when it does not run yet. */
	listSessions(query?: {
		readonly scope?: Scope;
		readonly filter?: string;
		readonly offset?: number;
		readonly limit?: number;
	}): Promise<{ readonly rows: readonly SessionRow[]; readonly total: number }>;
	/** How the index stands. */
	readonly status: IndexStatus;
	/** Fires, a few times a second at most, when sessions were added or changed. */
	readonly onDidChangeSessions: vscode.Event<void>;
}

export function publicApi(engine: Engine): { readonly api: SessionInsightsApi; readonly disposable: vscode.Disposable } {
	const changed = new vscode.EventEmitter<void>();
	const stop = engine.on('changed', () => changed.fire());
	const api: SessionInsightsApi = {
		version: 1,
		listSessions: async ({ scope = 'workspace', filter = '', offset = 0, limit = 200 } = {}) => {
			const { rows, total } = await engine.call('sessions', { scope, filter, offset, limit: Math.min(200, limit) });
			return { rows, total };
		},
		get status() {
			return engine.status;
		},
		onDidChangeSessions: changed.event,
	};
	return { api, disposable: vscode.Disposable.from(changed, { dispose: stop }) };
}
