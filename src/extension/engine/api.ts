/**
 * What the extension host may ask of the engine and what the engine tells it. Types only: the one file of this room,
 * beside `client.ts`, that `ui/` imports.
 */
import type { JobRow } from '../../webview/contract/jobs.ts';
import type {
	CategoryName,
	CategoryRow,
	SessionPage,
	SessionPageQuery,
	SessionRow,
	Scope,
	SubagentRow,
} from '../../webview/contract/sessions.ts';
import type { IndexStatus } from '../../webview/contract/status.ts';
import type { DataCalls } from './calls/data.ts';
import type { DiagnosticsCalls } from './calls/diagnostics.ts';
import type { ExportCalls, ExportEvents } from './calls/exporting.ts';
import type { InsightsCalls } from './calls/insights.ts';
import type { SearchCalls, SearchEvents } from './calls/search.ts';
import type { FileSessionCalls } from './calls/fileSessions.ts';
import type { ListingCalls } from './calls/listing.ts';
import type { TranscriptCalls } from './calls/transcript.ts';
import type { MarkCalls } from './calls/marks.ts';
import type { ModelToolCalls } from './calls/modelTools.ts';

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
	/** Absolute path of the `claude` program; null to look for it. */
	readonly claudePath: string | null;
	/** Programs are started and models are asked only in a trusted workspace (NFR-2). */
	readonly isTrusted: boolean;
	readonly classification: ClassificationOptions;
	/** What a person wants to spend at most, and is warned of; dollars. */
	readonly budgets: {
		readonly dailyUsd: number | null;
		readonly weeklyUsd: number | null;
		readonly monthlyUsd: number | null;
		/** Share of a budget, 0 to 1, from which on a person is warned. */
		readonly threshold: number;
		/** Of the weekly one. */
		readonly weekStartsOn: 'monday' | 'sunday' | 'saturday';
	};
	/** How many jobs run at once over all windows (JOB-8). */
	readonly jobLimits: { readonly overall: number; readonly byType: Readonly<Record<string, number>> };
	/** The search index is kept, on disk where there is a folder. */
	readonly search: { readonly isEnabled: boolean };
	readonly maintenance: {
		/** Finished jobs and old index runs are kept so long. */
		readonly keepJobsDays: number;
		/** Copies of the ledger that are kept; 0: none are made. */
		readonly backups: number;
	};
}

export type ProviderName = 'claude-cli' | 'vscode-lm' | 'anthropic-api' | 'openai-compatible';

export interface ClassificationOptions {
	/** The one that is offered first. */
	readonly provider: ProviderName;
	/** By provider; an empty name where none is set. */
	readonly models: Readonly<Record<ProviderName, string>>;
	/** Of one request. */
	readonly timeoutMs: number;
	/** Requests at once. */
	readonly concurrency: number;
	/** Sessions in one request at most. */
	readonly batch: number;
	/** US dollars; null for no cap. */
	readonly runCapUsd: number | null;
	readonly dayCapUsd: number | null;
	/** New sessions are classified when they end, within the caps. */
	readonly isAutomatic: boolean;
	/** The `claude` program may read the user's own settings, where a login may stand. */
	readonly loadUserSettings: boolean;
	readonly anthropicUrl: string;
	readonly openAiUrl: string;
}

export interface SessionListQuery {
	readonly scope: Scope;
	readonly offset: number;
	/** At most 200. */
	readonly limit: number;
	/** Words that title, branch, project or first prompt must contain; empty for all. */
	readonly filter: string;
	/** Only sessions of this category, whatever its level; null for all. */
	readonly category: CategoryName | null;
}

export interface SessionCount {
	readonly category: CategoryName;
	readonly sessions: number;
}

/** Levels 1 to 3 of the taxonomy in its own order, with what the leaves mean. */
export interface TaxonomyLeaf {
	readonly l1: CategoryName;
	readonly l2: CategoryName;
	readonly l3: CategoryName;
	readonly description: string;
}

/** What a person reads before anything is sent (CLS-6). */
export interface ClassificationPlan {
	readonly provider: ProviderName;
	readonly providerLabel: string;
	readonly model: string;
	/** To whom the data goes. */
	readonly recipient: string;
	readonly toAsk: number;
	/** Corrected by a person: never overwritten. */
	readonly byPersons: number;
	/** Answered before by the same provider, model and prompt, and not grown since. */
	readonly done: number;
	/** Among those to ask: answered before, and grown since. */
	readonly stale: number;
	/** Without a prompt; left to the rules. */
	readonly empty: number;
	readonly requests: number;
	readonly estimatedTokens: number;
	/** Null where the price is not known; 0 where it costs nothing by itself. */
	readonly estimatedUsd: number | null;
	readonly runCapUsd: number | null;
	readonly dayCapUsd: number | null;
	readonly spentTodayUsd: number;
	/** The person agreed before, for this workspace and provider. */
	readonly hasConsent: boolean;
	readonly health: ProviderHealth;
	/** How many sessions the person corrected go along as examples: title, first prompt, category. */
	readonly examples: number;
	/** What one session's data looks like, secrets taken out; null when there is none to ask about. */
	readonly sample: string | null;
}

export interface ProviderHealth {
	readonly ok: boolean;
	readonly text: string;
	readonly action: 'install' | 'logIn' | 'setKey' | 'openSettings' | 'loadUserSettings' | null;
}

export interface ProviderInfo {
	readonly provider: ProviderName;
	readonly label: string;
	readonly model: string;
	readonly recipient: string;
}

export interface ClassifyTarget {
	readonly scope: Scope;
	/** Null for all of the scope. */
	readonly sessionIds: readonly string[] | null;
	/** With `sessionIds` null: only sessions of this category. */
	readonly category: CategoryName | null;
	readonly provider: ProviderName;
	readonly model: string;
}

/** Why a session has the category it has. */
export interface CategoryReasons {
	/** What decided for the rules, the strongest first. */
	readonly evidence: readonly { readonly kind: string; readonly detail: string }[];
	/** What models and a person said, the one that stands last. */
	readonly answers: readonly CategoryRow[];
}

export interface JobList {
	/** Waiting and running ones. */
	readonly active: readonly JobRow[];
	/** Finished ones, the newest first, at most 20. */
	readonly recent: readonly JobRow[];
}

export interface BackupRow {
	readonly file: string;
	readonly createdAt: string;
	readonly bytes: number;
	readonly classifications: number;
}

export interface SessionList {
	/** Top-level sessions (no forks of listed ones), newest activity first. */
	readonly rows: readonly SessionRow[];
	readonly total: number;
	/** Sessions forked from or continued by those in `rows`, by parent id. */
	readonly children: Readonly<Record<string, readonly SessionRow[]>>;
}

export interface EngineCalls
	extends
		DataCalls,
		DiagnosticsCalls,
		ExportCalls,
		FileSessionCalls,
		InsightsCalls,
		ListingCalls,
		MarkCalls,
		ModelToolCalls,
		SearchCalls,
		TranscriptCalls {
	/** Opens the files and answers with the state; indexing starts by itself. */
	start: { params: EngineOptions; result: IndexStatus };
	status: { params: null; result: IndexStatus };
	/** Starts a run and answers at once with its id (IDX-3). */
	index: { params: { readonly type: 'incremental' | 'deep' | 'full' }; result: { readonly runId: string } };
	sessions: { params: SessionListQuery; result: SessionList };
	session: { params: { readonly id: string }; result: SessionRow | null };
	subagents: { params: { readonly sessionId: string }; result: readonly SubagentRow[] };
	sessionPage: { params: SessionPageQuery; result: SessionPage };
	/** How many sessions of the scope are of each category of level 2, the most frequent first. */
	categoryCounts: { params: { readonly scope: Scope }; result: readonly SessionCount[] };
	taxonomy: { params: null; result: readonly TaxonomyLeaf[] };
	categoryReasons: { params: { readonly sessionId: string }; result: CategoryReasons };
	/** A person's word; null takes it back. */
	correctCategory: { params: { readonly sessionIds: readonly string[]; readonly l3: CategoryName | null }; result: null };
	providers: { params: null; result: readonly ProviderInfo[] };
	classificationPlan: { params: ClassifyTarget; result: ClassificationPlan };
	/** Makes the job; `isAgreed`: the person has seen the plan and agreed. Refused with `no-consent` without. */
	classify: { params: { readonly target: ClassifyTarget; readonly isAgreed: boolean }; result: { readonly jobId: string } };
	/** Nothing is sent any more for this workspace, nor for all projects, before the person agrees again; runs that wait or go on are cancelled. */
	withdrawConsent: { params: null; result: null };
	jobs: { params: null; result: JobList };
	/** Refused with `not-found`, or the reason why it cannot be cancelled, tried again or edited. */
	cancelJob: { params: { readonly id: string }; result: null };
	retryJob: { params: { readonly id: string }; result: null };
	editJob: { params: { readonly id: string; readonly priority?: number; readonly scheduledAt?: string }; result: null };
	/** Runs a maintenance job now. */
	maintain: { params: { readonly type: 'clean-up' | 'vacuum' | 'backup' }; result: { readonly jobId: string } };
	backups: { params: null; result: readonly BackupRow[] };
	/** The ledger as it was then takes the place of the one of now, which is kept beside it. */
	restoreBackup: { params: { readonly file: string }; result: null };
	/** Where the `claude` program is, and which variables it must not inherit. */
	claudeProgram: {
		params: null;
		result:
			| { readonly found: true; readonly path: string; readonly unsetVariables: readonly string[] }
			| { readonly found: false; readonly reason: 'configured-one-missing' | 'not-installed' };
	};
	/** The window's folders or settings changed. */
	configure: { params: Partial<EngineOptions>; result: null };
	/** Saves what is unsaved and closes the files. */
	stop: { params: null; result: null };
}

export interface EngineEvents extends ExportEvents, SearchEvents {
	status: IndexStatus;
	/** Rows changed: which sessions (null: any), so that views ask again. At most a few a second. */
	changed: { readonly sessionIds: readonly string[] | null };
	/** A job changed: all that a list of jobs shows. At most a few a second. */
	jobs: JobList;
	/** One line for the log channel; never contains transcript text. */
	log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string };
}

/** What the engine may ask of its window: what only the extension host can do. */
export interface HostCalls {
	/** From secret storage; null when there is none. */
	secret: { params: { readonly provider: ProviderName }; result: string | null };
	languageModels: { params: null; result: readonly { readonly id: string; readonly name: string }[] };
	/** Rejects with `refused`, `not-available`, `rate-limited` or `failed`. */
	askLanguageModel: { params: { readonly model: string; readonly system: string; readonly user: string }; result: string };
}
