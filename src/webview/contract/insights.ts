/** The view models, calls and events of the insights page. */
import type { MessageInSession } from './conversation.ts';
import type { CostFigures } from './cost.ts';
import type { ClassificationRunRow, IndexRunRow, SpendingRow } from './jobs.ts';
import type { OverviewFigures } from './overview.ts';
import type { PatternsFigures } from './patterns.ts';
import type { JudgingPair } from './selectors.ts';
import type { CategoryName, InsightsQuery, SessionMode, SessionPage, SessionPageQuery } from './sessions.ts';
import type { IndexStatus, NoticeAction } from './status.ts';
import type { ToolsFigures } from './tools.ts';

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

export interface AgreementRow extends Readonly<Record<JudgingPair, Agreement>> {
	/** Of level 2: what the first of the two says. */
	readonly l2: CategoryName;
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

/** A value a filter can take, with how many sessions of scope and period have it. */
export interface FilterChoice {
	/** What goes into the query. */
	readonly value: string;
	readonly label: string;
	readonly sessions: number;
}

/** What the filters can be set to: of the scope and the period, whatever the other filters; the most frequent first, at most 200 each. */
export interface FilterChoices {
	readonly projects: readonly FilterChoice[];
	readonly branches: readonly FilterChoice[];
	readonly models: readonly FilterChoice[];
	/** Of all three levels. */
	readonly categories: readonly (FilterChoice & { readonly level: 1 | 2 | 3 })[];
	readonly modes: readonly { readonly value: SessionMode; readonly sessions: number }[];
}

export interface JobsFigures {
	/** Of this window's data, whatever the period: newest first, at most 10. */
	readonly classificationRuns: readonly ClassificationRunRow[];
	/** What classifying has cost so far, by provider and model. */
	readonly spending: readonly SpendingRow[];
	/** Newest first, at most 20. */
	readonly runs: readonly IndexRunRow[];
	/** Record types nobody has described, with how often they stand in the transcripts of the scope. */
	readonly unknownRecordTypes: Readonly<Record<string, number>>;
	readonly malformedLines: number;
}

/** What each page of the panel shows. */
export interface InsightsPages {
	readonly overview: OverviewFigures;
	readonly cost: CostFigures;
	readonly categories: CategoriesSection;
	readonly patterns: PatternsFigures;
	readonly tools: ToolsFigures;
	readonly jobs: JobsFigures;
}

export type InsightsPageName = keyof InsightsPages;

/** What every page says of the query it answers. */
export interface InsightsHead {
	readonly query: InsightsQuery;
	/** What the scope covers, for people: a folder's name, "3 folders", "All projects". */
	readonly scopeLabel: string;
	readonly timeZone: string;
	/** First and last local day of the period; null for both when there is no session. */
	readonly firstDay: string | null;
	readonly lastDay: string | null;
	/** That pass the filters and were worked on in the period, stubs left out. */
	readonly sessions: number;
	readonly choices: FilterChoices;
	/** The day the published prices were last compared with their sources. */
	readonly priceDate: string;
}

/** One page for one query, whole: it replaces the one before it. */
export type InsightsPage = {
	readonly [P in InsightsPageName]: { readonly page: P; readonly head: InsightsHead; readonly figures: InsightsPages[P] };
}[InsightsPageName];

export interface InsightsPageQuery {
	readonly page: InsightsPageName;
	readonly query: InsightsQuery;
}

/** Calls a page may make; the extension validates every argument. */
export interface InsightsPageCalls {
	/** One page of the panel; the extension sends `page` events for the last one asked for. */
	page: { params: InsightsPageQuery; result: InsightsPage };
	/** The page is (again) able to receive; the answer is its state to start from. */
	ready: { params: { readonly query: InsightsQuery | null; readonly page: InsightsPageName }; result: InsightsHello };
	sessions: { params: SessionPageQuery; result: SessionPage };
	openSession: {
		params: {
			readonly id: string;
			/** For `transcript`: what to go to in it. */
			readonly message?: MessageInSession;
			readonly action: 'transcript' | 'reveal' | 'copyId' | 'resume' | 'classify' | 'correctCategory';
		};
		result: null;
	};
	command: { params: { readonly action: NoticeAction }; result: null };
	/** All pages as they are filtered, into a file that the person chooses. */
	export: { params: null; result: null };
}

export interface InsightsHello {
	readonly query: InsightsQuery;
	readonly status: IndexStatus;
	/** Null while the first index run has nothing to show yet. */
	readonly page: InsightsPage | null;
	readonly locale: string;
	/** The workspace has at least one folder; without one only `all` makes sense. */
	readonly hasFolder: boolean;
}

/** What the extension tells the page unasked. Latest wins; nothing is lost when one does not arrive. */
export interface InsightsPageEvents {
	status: IndexStatus;
	/** Data changed: the page that was asked for last, anew. The panel asks for the rows of its table again. */
	page: InsightsPage;
}
