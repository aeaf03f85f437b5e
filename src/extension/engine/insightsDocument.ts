/** Every page of the insights panel in one document: what `npm run insights` prints, and what the panel exports. */
import type { InsightsHead, InsightsPageName, InsightsPages } from '../../webview/contract/insights.ts';
import type { InsightsQuery } from '../../webview/contract/sessions.ts';
import { betweenInstants } from '../insights/period.ts';
import type { Insights } from './insights.ts';

/** Names are those of the panel's contract; scripts rely on them. */
export interface InsightsDocument extends InsightsPages {
	readonly schema: 1;
	/** Instants; the second is not included. Null for open ends. */
	readonly since: string | null;
	readonly until: string | null;
	readonly head: InsightsHead;
}

/** `period`: one that no query can name. */
export function insightsDocument(insights: Insights, query: InsightsQuery, period = insights.periodOf(query)): InsightsDocument {
	const page = <P extends InsightsPageName>(name: P) => insights.pageOf(name, query, period);
	const { head, figures: overview } = page('overview');
	const { fromMs, toMs } = betweenInstants(period);
	return {
		schema: 1,
		since: fromMs === null ? null : new Date(fromMs).toISOString(),
		until: toMs === null ? null : new Date(toMs).toISOString(),
		head,
		overview,
		cost: page('cost').figures,
		categories: page('categories').figures,
		patterns: page('patterns').figures,
		tools: page('tools').figures,
		jobs: page('jobs').figures,
	};
}
