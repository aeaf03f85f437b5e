/**
 * What the pages and the extension say to each other: view models and the calls and events of the insights page.
 *
 * The only file that both sides import. Plain data: everything here survives structured cloning and JSON. Instants are
 * ISO 8601 in UTC with `Z`; days are `YYYY-MM-DD` in the viewer's own time zone (IDX-8); money is US dollars; a null
 * cost means that nothing of it has a known price.
 */

export interface TokenCounts {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

export type SessionMode = 'interactive' | 'background' | 'forked';

/** LIVE-1. */
export type SessionStatus = 'not_started' | 'processing' | 'waiting_for_input' | 'error' | 'completed';

/** `code_work`, `bug_fix`, `logic-fix`: names of the taxonomy, of which no two are the same, whatever their level. */
export type CategoryName = string;

/** What a session is about, and who says so (CLS-2, CLS-3). */
export interface CategoryRow {
	readonly l1: CategoryName;
	readonly l2: CategoryName;
	readonly l3: CategoryName;
	/** From 0 to 1. */
	readonly confidence: number;
	readonly kind: 'rules' | 'model' | 'person';
	/** `rules@1`, `claude-cli/haiku@1` (provider, model, version of the prompt) or `person`. */
	readonly source: string;
	/** Of a model; null where none was given. */
	readonly reasoning: string | null;
	readonly classifiedAt: string | null;
	/** A model sorted it before it grew. */
	readonly isStale: boolean;
}

/** One session as lists show it. */
export interface SessionRow {
	readonly id: string;
	readonly title: string;
	readonly project: string;
	/** Real path of the folder it belongs to; null when no record names one. */
	readonly cwd: string | null;
	readonly gitBranch: string | null;
	readonly mode: SessionMode;
	readonly status: SessionStatus;
	readonly parentSessionId: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly activeMs: number;
	readonly userPrompts: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly subagents: number;
	readonly compactions: number;
	readonly interruptions: number;
	readonly corrections: number;
	readonly tokens: TokenCounts;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	readonly models: readonly string[];
	readonly version: string | null;
	readonly entrypoint: string | null;
	readonly malformedLines: number;
	/** The transcript is gone from disk; what is shown is what the index kept. */
	readonly gone: boolean;
	/** Only subagents of it are on disk (MODEL-1). */
	readonly stub: boolean;
	/** Absolute path of the transcript; null for stubs. */
	readonly file: string | null;
	/** Null until the rules have seen it: a moment after it was indexed. */
	readonly category: CategoryRow | null;
}

export interface SubagentRow {
	readonly agentId: string;
	readonly sessionId: string;
	readonly agentType: string | null;
	readonly description: string | null;
	readonly startedAt: string | null;
	readonly responses: number;
	readonly toolCalls: number;
	readonly costUsd: number | null;
	readonly file: string;
}

export type TimeRange = 'today' | '7d' | '30d' | '90d' | '365d' | 'all';
/** `workspace`: the folders of the window, folders below them and worktrees of the same repository (IDX-1). */
export type Scope = 'workspace' | 'all';

export type SessionSortKey =
	'startedAt' | 'title' | 'project' | 'costUsd' | 'tokens' | 'responses' | 'userPrompts' | 'toolCalls' | 'activeMs';

export interface InsightsQuery {
	readonly scope: Scope;
	readonly range: TimeRange;
}

export interface SessionPageQuery extends InsightsQuery {
	readonly sort: SessionSortKey;
	readonly descending: boolean;
	/** Words that title, branch, project or first prompt must contain. */
	readonly filter: string;
	/** Only sessions active on this local day, or with this model: set by clicking a bar or a row. */
	readonly day: string | null;
	/** Last day of the stretch that begins with `day`, when a bar stands for a week; absent or null for the day alone. */
	readonly dayEnd?: string | null;
	readonly model: string | null;
	/** Only sessions of this category, whatever its level. */
	readonly category?: CategoryName | null;
	readonly offset: number;
	/** At most 200. */
	readonly limit: number;
}

export interface SessionPage {
	readonly query: SessionPageQuery;
	readonly total: number;
	readonly rows: readonly SessionRow[];
}

/** A figure and the same figure of the period before of equal length; `before` is null for the range `all`. */
export interface Figure {
	readonly now: number;
	readonly before: number | null;
}

export interface Totals {
	readonly sessions: Figure;
	readonly activeMs: Figure;
	readonly userPrompts: Figure;
	readonly responses: Figure;
	readonly toolCalls: Figure;
	readonly tokens: Figure;
	readonly costUsd: Figure;
	/** Tokens by kind in the period. */
	readonly tokenCounts: TokenCounts;
	readonly unpricedTokens: number;
	readonly unpricedModels: readonly string[];
}

export interface DayPoint {
	readonly day: string;
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number;
}

export interface ModelRow {
	readonly model: string;
	readonly responses: number;
	readonly tokens: TokenCounts;
	readonly costUsd: number | null;
}

/** A category of level 3 with what its sessions of the period come to. */
export interface CategorySum {
	readonly l1: CategoryName;
	readonly l2: CategoryName;
	readonly l3: CategoryName;
	readonly sessions: number;
	readonly activeMs: number;
	readonly tokens: number;
	readonly costUsd: number;
}

/** How often two say the same of sessions that both have judged. */
export interface Agreement {
	readonly both: number;
	readonly same: number;
}

export interface AgreementRow {
	/** Of level 2: what the first of the two says. */
	readonly l2: CategoryName;
	readonly modelAndRules: Agreement;
	readonly personAndRules: Agreement;
	readonly personAndModel: Agreement;
}

export interface CategoriesSection {
	/** The most frequent first; only those with sessions. */
	readonly sums: readonly CategorySum[];
	/** How many sessions of the period whose judgement stands for. */
	readonly byRules: number;
	readonly byModel: number;
	readonly byPerson: number;
	readonly stale: number;
	/** Over all time; at level 2. */
	readonly agreement: readonly AgreementRow[];
}

export type JobStatus = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** A background job as people see it. */
export interface JobRow {
	readonly id: string;
	readonly type: 'classify' | 'collect-answers' | 'clean-up' | 'vacuum' | 'backup';
	readonly status: JobStatus;
	readonly current: number;
	/** Null while it is not known. */
	readonly total: number | null;
	/** What it costs so far, or what it does at the moment. */
	readonly message: string | null;
	/** Milliseconds; null until a few items are done. */
	readonly etaMs: number | null;
	readonly priority: number;
	readonly scheduledAt: string;
	readonly createdAt: string;
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
	readonly attempts: number;
	/** Of a failed job; of a waiting one why it is tried again; `spending-cap` for a run that a cap ended. */
	readonly error: { readonly reason: string; readonly message: string } | null;
	/** Of a job that classifies; null for others. */
	readonly classification: ClassificationRunRow | null;
	/** A person asked for its end, and it has not ended yet. */
	readonly isCancelling: boolean;
	/** Nobody waits for it: it began by itself, or takes care of the files. */
	readonly isAutomatic: boolean;
}

export interface ClassificationRunRow {
	readonly jobId: string;
	readonly provider: string;
	readonly model: string;
	readonly status: 'running' | 'completed' | 'cancelled' | 'failed';
	readonly total: number;
	readonly classified: number;
	readonly skipped: number;
	readonly failed: number;
	readonly estimatedUsd: number;
	/** Confirmed. */
	readonly costUsd: number;
	/** Of requests whose answer was lost: perhaps paid (CLS-8). */
	readonly unconfirmedUsd: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly error: string | null;
	readonly createdAt: string;
	readonly completedAt: string | null;
}

export interface SpendingRow {
	readonly provider: string;
	readonly model: string;
	readonly requests: number;
	readonly costUsd: number;
	readonly unconfirmedUsd: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
}

export interface IndexRunRow {
	readonly id: string;
	readonly type: 'full' | 'incremental' | 'deep';
	readonly status: 'pending' | 'running' | 'completed' | 'failed';
	readonly startedAt: string | null;
	readonly completedAt: string | null;
	readonly durationMs: number | null;
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly sessionsBefore: number;
	readonly sessionsAfter: number;
	readonly throughputMBPerSec: number | null;
	readonly error: string | null;
}

/** Something a person should know about the data; `action` is a command the page may ask for by name. */
export interface Notice {
	readonly kind: 'info' | 'warning' | 'error';
	readonly text: string;
	readonly action: NoticeAction | null;
}
export type NoticeAction = 'classify' | 'showJobs' | 'showLog' | 'refresh' | 'rebuildIndex' | 'openSettings' | 'reloadWindow';

export interface IndexStatus {
	readonly state: 'starting' | 'indexing' | 'ready' | 'error';
	readonly filesDone: number;
	readonly filesTotal: number;
	readonly bytesDone: number;
	readonly bytesTotal: number;
	/** Sessions known over all projects, without stubs and gone ones. */
	readonly sessions: number;
	readonly lastIndexedAt: string | null;
	readonly notices: readonly Notice[];
}

/** Everything of the insights page but the sessions table. A snapshot replaces the one before it. */
export interface InsightsSnapshot {
	readonly query: InsightsQuery;
	/** What the scope covers, for people: a folder's name, "3 folders", "All projects". */
	readonly scopeLabel: string;
	readonly timeZone: string;
	/** First and last local day of the period; null for both when there is no session. */
	readonly firstDay: string | null;
	readonly lastDay: string | null;
	readonly totals: Totals;
	/** One point for each local day of the period, empty days included (for `all`: from the first session on; at most 366 points, then by week with the Monday as `day`). */
	readonly days: readonly DayPoint[];
	readonly daysAre: 'days' | 'weeks';
	readonly models: readonly ModelRow[];
	readonly categories: CategoriesSection;
	/** Of this window's data, whatever the period: newest first, at most 10. */
	readonly classificationRuns: readonly ClassificationRunRow[];
	/** What classifying has cost so far, by provider and model. */
	readonly spending: readonly SpendingRow[];
	/** Newest first, at most 20. */
	readonly runs: readonly IndexRunRow[];
	/** Record types nobody has described, with how often they stand in the transcripts of the scope. */
	readonly unknownRecordTypes: Readonly<Record<string, number>>;
	readonly malformedLines: number;
	readonly priceDate: string;
}

/** Calls a page may make; the extension validates every argument. */
export interface InsightsPageCalls {
	/** The page is (again) able to receive; the answer is its state to start from. */
	ready: { params: { readonly query: InsightsQuery | null }; result: InsightsHello };
	snapshot: { params: InsightsQuery; result: InsightsSnapshot };
	sessions: { params: SessionPageQuery; result: SessionPage };
	openSession: {
		params: { readonly id: string; readonly action: 'transcript' | 'reveal' | 'copyId' | 'resume' | 'classify' | 'correctCategory' };
		result: null;
	};
	command: { params: { readonly action: NoticeAction }; result: null };
}

export interface InsightsHello {
	readonly query: InsightsQuery;
	readonly status: IndexStatus;
	/** Null while the first index run has nothing to show yet. */
	readonly snapshot: InsightsSnapshot | null;
	readonly locale: string;
	/** The workspace has at least one folder; without one only `all` makes sense. */
	readonly hasFolder: boolean;
}

/** What the extension tells the page unasked. Latest wins; nothing is lost when one does not arrive. */
export interface InsightsPageEvents {
	status: IndexStatus;
	/** Data changed; the payload is the new snapshot for the page's current query. The page asks for its table rows again. */
	snapshot: InsightsSnapshot;
}
