/** What the host may ask of the figures of the insights panel. */
import type { BudgetState } from '../../../webview/contract/cost.ts';
import type { InsightsPage, InsightsPageQuery } from '../../../webview/contract/insights.ts';

export interface InsightsCalls {
	/** One page of the panel, whole. */
	insightsPage: { params: InsightsPageQuery; result: InsightsPage };
	/** Of all projects; empty where no budget is set. */
	budgets: { params: null; result: readonly BudgetState[] };
}
