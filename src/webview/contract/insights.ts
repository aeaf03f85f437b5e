/** The view models, calls and events of the insights page. */
import type { ClassificationRunRow, IndexRunRow, SpendingRow } from './jobs.ts';
import type { CategoryName, InsightsQuery, SessionPage, SessionPageQuery, TokenCounts } from './sessions.ts';
import type { IndexStatus, NoticeAction } from './status.ts';

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
