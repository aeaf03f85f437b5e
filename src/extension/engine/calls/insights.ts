/** What the host may ask of the figures of the insights panel. */
import type { BudgetState } from '../../../webview/contract/cost.ts';
import type { InsightsPage, InsightsPageQuery } from '../../../webview/contract/insights.ts';
import type { Scope } from '../../../webview/contract/sessions.ts';

/** What a glance shows. */
export interface TodaysFigures {
	readonly sessions: number;
	readonly costUsd: number;
	/** For people: a folder's name, "3 folders", "All projects". */
	readonly scopeLabel: string;
}

export interface InsightsCalls {
	/** One page of the panel, whole. */
	insightsPage: { params: InsightsPageQuery; result: InsightsPage };
	/** Somebody looks at the sessions and may open the panel: reads what its first page needs, unless it is read, in turns with others. */
	readInsightsAhead: { params: null; result: null };
	/** Of all projects; empty where no budget is set. */
	budgets: { params: null; result: readonly BudgetState[] };
	/** Of the viewer's day; sessions and cost as on the overview. */
	today: { params: { readonly scope: Scope }; result: TodaysFigures };
}
