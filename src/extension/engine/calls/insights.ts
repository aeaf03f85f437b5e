/** What the host may ask of the figures of the insights panel. */
import type { InsightsPage, InsightsPageQuery } from '../../../webview/contract/insights.ts';

export interface InsightsCalls {
	insightsPage: { params: InsightsPageQuery; result: InsightsPage };
}
