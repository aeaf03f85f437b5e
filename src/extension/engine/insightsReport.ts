/** The engine asked once for every page of the insights panel: what `npm run insights` prints. */
import type { InsightsHead, InsightsPages } from '../../webview/contract/insights.ts';
import { betweenInstants } from '../insights/period.ts';
import { bringUpToDate, type HeadlessRequest, headlessOptions, openHeadless } from './headless.ts';

export interface InsightsRequest extends HeadlessRequest {
	readonly readerThread: string | URL | null;
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

export interface InsightsAnswer {
	readonly insights: InsightsDocument;
	/** Why the run failed; null when it did not. */
	readonly error: string | null;
	readonly warnings: readonly string[];
}

/** @throws what keeps the files in `dataDir` from being opened, and a RangeError for a zone that is not known. */
export async function runInsights(request: InsightsRequest): Promise<InsightsAnswer> {
	const warnings: string[] = [];
	const faults: string[] = [];
	const { engine, storage } = await openHeadless({
		options: { ...headlessOptions(request), timeZone: request.timeZone },
		readerThread: request.readerThread,
		onTrouble: (level, text) => (level === 'warn' ? warnings : faults).push(text),
	});
	try {
		await engine.open();
		await bringUpToDate(engine);
		const { insights } = engine;
		const query = { scope: request.workspace === null ? ('all' as const) : ('workspace' as const), range: 'all' as const };
		const period = insights.periodBetween(request.since, request.until);
		const page = <P extends keyof InsightsPages>(name: P) => insights.pageOf(name, query, period);
		const overview = page('overview');
		const { fromMs, toMs } = betweenInstants(period);
		const document: InsightsDocument = {
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
		warnings.unshift(
			...storage
				.notices()
				.map(({ text }) => text)
				.filter(text => !warnings.includes(text)),
		);
		const run = engine.lastRun;
		return { insights: document, error: run === null ? (faults[0] ?? 'the index run did not end') : run.outcome.error, warnings };
	} finally {
		await engine.stop().catch((error: unknown) => {
			warnings.push(`The next command starts from nothing: ${error instanceof Error ? error.message : String(error)}`);
		});
	}
}
