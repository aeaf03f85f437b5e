/** The engine asked once for every page of the insights panel: what `npm run insights` prints. */
import type { InsightsHead, InsightsPages } from '../../webview/contract/insights.ts';
import { betweenInstants } from '../insights/period.ts';
import { type Answer, askOnce, type HeadlessRequest, headlessOptions } from './headless.ts';

export interface InsightsRequest extends HeadlessRequest {
	readonly timeZone: string;
	/** Instants or local days as ISO 8601; null for open ends. */
	readonly since: string | null;
	readonly until: string | null;
}

/** Names are those of the panel's contract; scripts rely on them. */
export interface InsightsDocument extends InsightsPages {
	readonly schema: 1;
	/** Instants; the second is not included. Null for open ends. */
	readonly since: string | null;
	readonly until: string | null;
	readonly head: InsightsHead;
}

/** Rejects also with a RangeError for a zone that is not known. */
export function runInsights(request: InsightsRequest): Promise<Answer<InsightsDocument>> {
	const { workspace, timeZone, since, until, readerThread } = request;
	const options = { ...headlessOptions(request), timeZone };
	return askOnce({ options, readerThread, name: 'command' }, ({ engine: { insights } }) => {
		const query = { scope: workspace === null ? ('all' as const) : ('workspace' as const), range: 'all' as const };
		const period = insights.periodBetween(since, until);
		const page = <P extends keyof InsightsPages>(name: P) => insights.pageOf(name, query, period);
		const overview = page('overview');
		const { fromMs, toMs } = betweenInstants(period);
		return {
			schema: 1,
			since: fromMs === null ? null : new Date(fromMs).toISOString(),
			until: toMs === null ? null : new Date(toMs).toISOString(),
			head: overview.head,
			overview: overview.figures,
			cost: page('cost').figures,
			categories: page('categories').figures,
			patterns: page('patterns').figures,
			tools: page('tools').figures,
			jobs: page('jobs').figures,
		};
	});
}
