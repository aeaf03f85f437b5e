/** The engine asked once for every page of the insights panel: what `npm run insights` prints. */
import { type InsightsDocument, insightsDocument } from './insightsDocument.ts';
import { type Answer, askOnce, type HeadlessRequest, headlessOptions } from './headless.ts';

export interface InsightsRequest extends HeadlessRequest {
	readonly timeZone: string;
	/** Instants or local days as ISO 8601; null for open ends. */
	readonly since: string | null;
	readonly until: string | null;
}

/** Rejects also with a RangeError for a zone that is not known. */
export function runInsights(request: InsightsRequest): Promise<Answer<InsightsDocument>> {
	const { workspace, timeZone, since, until, readerThread } = request;
	const options = { ...headlessOptions(request), timeZone };
	return askOnce({ options, readerThread, name: 'command' }, ({ engine: { insights } }) => {
		const query = { scope: workspace === null ? ('all' as const) : ('workspace' as const), range: 'all' as const };
		const period = insights.periodBetween(since, until);
		return insightsDocument(insights, query, period);
	});
}
