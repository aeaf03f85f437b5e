/**
 * What the extension host may ask of the engine and what the engine tells it. Types only: the one file of this room,
 * beside `client.ts`, that `ui/` imports.
 */
import type {
	IndexRunRow,
	IndexStatus,
	InsightsQuery,
	InsightsSnapshot,
	SessionPage,
	SessionPageQuery,
	SessionRow,
	Scope,
	SubagentRow,
} from '../../webview/contract.ts';

/** How the engine is started; everything it needs to know of the window and the settings. */
export interface EngineOptions {
	/** Folder for the SQLite files (global storage); null keeps everything in memory. */
	readonly dataDir: string | null;
	/** Real paths of the window's folders. */
	readonly workspaceFolders: readonly string[];
	/** Claude config directories named by the user; they replace the defaults when `replaceDefaults`. */
	readonly claudeDirs: readonly string[];
	readonly replaceDefaults: boolean;
	readonly timeZone: string;
	/** Seconds between two re-scans (IDX-3); 0 switches watching and re-scanning off. */
	readonly rescanSeconds: number;
	/** Price overrides of the settings (MODEL-6): model name to dollars per million tokens. */
	readonly priceOverrides: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
	/** Parser threads of a large cold run; 0 lets the engine choose. */
	readonly parserThreads: number;
	readonly indexTimeoutMs: number;
}

export interface SessionListQuery {
	readonly scope: Scope;
	readonly offset: number;
	/** At most 200. */
	readonly limit: number;
	/** Words that title, branch, project or first prompt must contain; empty for all. */
	readonly filter: string;
}

export interface SessionList {
	/** Top-level sessions (no forks of listed ones), newest activity first. */
	readonly rows: readonly SessionRow[];
	readonly total: number;
	/** Sessions forked from or continued by those in `rows`, by parent id. */
	readonly children: Readonly<Record<string, readonly SessionRow[]>>;
}

export interface EngineCalls {
	/** Opens the files and answers with the state; indexing starts by itself. */
	start: { params: EngineOptions; result: IndexStatus };
	status: { params: null; result: IndexStatus };
	/** Starts a run and answers at once with its id (IDX-3). */
	index: { params: { readonly type: 'incremental' | 'deep' | 'full' }; result: { readonly runId: string } };
	sessions: { params: SessionListQuery; result: SessionList };
	session: { params: { readonly id: string }; result: SessionRow | null };
	subagents: { params: { readonly sessionId: string }; result: readonly SubagentRow[] };
	insights: { params: InsightsQuery; result: InsightsSnapshot };
	sessionPage: { params: SessionPageQuery; result: SessionPage };
	runs: { params: null; result: readonly IndexRunRow[] };
	/** The window's folders or settings changed. */
	configure: { params: Partial<EngineOptions>; result: null };
	/** Saves what is unsaved and closes the files. */
	stop: { params: null; result: null };
}

export interface EngineEvents {
	status: IndexStatus;
	/** Rows changed: which sessions (null: any), so that views ask again. At most a few a second. */
	changed: { readonly sessionIds: readonly string[] | null };
	/** One line for the log channel; never contains transcript text. */
	log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string };
}
