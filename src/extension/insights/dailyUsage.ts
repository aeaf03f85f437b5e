/** Usage added up by day: what prices are asked of. Pure. */
import type { HistoryUsageRow } from '../store/index/historyRows.ts';
import { getOrMake } from './grouping.ts';
import { amountsOf, type ChosenRows, codesOf, madeOnce } from './columns.ts';

const dayMs = 86_400_000;

/** Which rows are added up, whatever is chosen of them: found once for a list of rows. */
interface Days {
	/** By row. */
	readonly codes: Int32Array;
	/** The first row of each. */
	readonly firsts: readonly HistoryUsageRow[];
}

/** Of the rows at these places. Prices change at midnight UTC at the earliest, and are linear: a day costs what its quarters do, and there are far fewer. */
export function dailyUsage({ rows, places }: ChosenRows<HistoryUsageRow>): HistoryUsageRow[] {
	const { codes, firsts } = daysOf(rows);
	const of = amountsOf(rows, ['responses', 'input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'webSearches', 'costUsd']);
	const numbers = () => new Float64Array(firsts.length);
	const isThere = new Uint8Array(firsts.length);
	const [responses, input, output, webSearches, costUsd] = [numbers(), numbers(), numbers(), numbers(), numbers()];
	const [cacheRead, cacheWrite5m, cacheWrite1h] = [numbers(), numbers(), numbers()];
	for (const row of places) {
		const day = codes[row] ?? 0;
		isThere[day] = 1;
		responses[day] = (responses[day] ?? 0) + (of.responses[row] ?? 0);
		input[day] = (input[day] ?? 0) + (of.input[row] ?? 0);
		output[day] = (output[day] ?? 0) + (of.output[row] ?? 0);
		cacheRead[day] = (cacheRead[day] ?? 0) + (of.cacheRead[row] ?? 0);
		cacheWrite5m[day] = (cacheWrite5m[day] ?? 0) + (of.cacheWrite5m[row] ?? 0);
		cacheWrite1h[day] = (cacheWrite1h[day] ?? 0) + (of.cacheWrite1h[row] ?? 0);
		webSearches[day] = (webSearches[day] ?? 0) + (of.webSearches[row] ?? 0);
		costUsd[day] = (costUsd[day] ?? 0) + (of.costUsd[row] ?? 0);
	}
	return firsts.flatMap((first, day) =>
		isThere[day] === 0
			? []
			: {
					...first,
					responses: responses[day] ?? 0,
					input: input[day] ?? 0,
					output: output[day] ?? 0,
					cacheRead: cacheRead[day] ?? 0,
					cacheWrite5m: cacheWrite5m[day] ?? 0,
					cacheWrite1h: cacheWrite1h[day] ?? 0,
					webSearches: webSearches[day] ?? 0,
					costUsd: first.costUsd === null ? null : (costUsd[day] ?? 0),
				},
	);
}

const daysOf = madeOnce((rows: readonly HistoryUsageRow[]): Days => {
	const models = codesOf(rows, 'model');
	const of = amountsOf(rows, ['quarter', 'part', 'isFast', 'isLong', 'costUsd']);
	const codes = new Int32Array(rows.length);
	const firsts: HistoryUsageRow[] = [];
	const known = new Map<number, number>();
	for (const [row, first] of rows.entries()) {
		// Of numbers: making a text for each of 100,000 rows took longer than adding them up.
		const isUnpriced = Number.isNaN(of.costUsd[row] ?? NaN) ? 1 : 0;
		const kind = (of.part[row] ?? 0) * 8 + (of.isFast[row] ?? 0) * 4 + (of.isLong[row] ?? 0) * 2 + isUnpriced;
		const day = Math.floor((of.quarter[row] ?? 0) / dayMs);
		const key = (day * models.values.length + (models.codes[row] ?? 0)) * 32 + kind;
		codes[row] = getOrMake(known, key, () => firsts.push(first) - 1);
	}
	return { codes, firsts };
});
