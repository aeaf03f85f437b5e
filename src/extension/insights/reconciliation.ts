/** Why figures differ from those of programs that add up lines: one rule after another, each with what it changes. Pure. */
import type { Reconciliation, ReconciliationStep, ReconciliationStepName } from '../../webview/contract/cost.ts';
import type { HistoryCountRow, HistoryUsageRow } from '../store/index/historyRows.ts';
import { tokensIn } from './selection.ts';

/** What a price list says of tokens; null for a model without a known price. Quarter 0 is no time. */
export type Pricing = (row: HistoryUsageRow) => number | null;

export interface ReconciliationSources {
	/** Each by day, of the period and the filters. */
	readonly lines: readonly HistoryUsageRow[];
	readonly elsewhere: readonly HistoryUsageRow[];
	readonly usage: readonly HistoryUsageRow[];
	readonly priceOf: Pricing;
}

interface Sum {
	count: number;
	tokens: number;
	costUsd: number;
}

export function reconciliation({ lines, elsewhere, usage, priceOf }: ReconciliationSources): Reconciliation {
	const main = usage.filter(({ part }) => part < 2);
	const files = sumOf(main.map(flat), priceOf);
	const beyond = sumOf(elsewhere, priceOf);
	const steps: readonly (readonly [ReconciliationStepName, Sum])[] = [
		['lines', sumOf(lines, priceOf)],
		['responses', { count: files.count + beyond.count, tokens: files.tokens + beyond.tokens, costUsd: files.costUsd + beyond.costUsd }],
		['files', files],
		['cacheTiers', sumOf(main.map(plain), priceOf)],
		['subagents', sumOf(usage.map(plain), priceOf)],
		['rates', sumOf(usage, row => row.costUsd)],
	];
	return {
		steps: steps.map(([step, sum], i): ReconciliationStep => {
			const before = steps[i - 1]?.[1];
			return {
				step,
				...sum,
				tokensChange: before === undefined ? null : sum.tokens - before.tokens,
				costChangeUsd: before === undefined ? null : sum.costUsd - before.costUsd,
			};
		}),
		unpricedTokens: usage.filter(({ costUsd }) => costUsd === null).reduce((sum, row) => sum + tokensIn(row), 0),
	};
}

function sumOf(rows: readonly HistoryUsageRow[], priceOf: Pricing): Sum {
	const sum = { count: 0, tokens: 0, costUsd: 0 };
	for (const row of rows) {
		sum.count += row.responses;
		sum.tokens += tokensIn(row);
		sum.costUsd += priceOf(row) ?? 0;
	}
	return sum;
}

/** Without long contexts, fast mode and searches. */
const plain = (row: HistoryUsageRow): HistoryUsageRow => ({ ...row, isFast: 0, isLong: 0, webSearches: 0 });
/** And with every write to the cache at the short rate. */
const flat = (row: HistoryUsageRow): HistoryUsageRow => ({
	...plain(row),
	cacheWrite5m: row.cacheWrite5m + row.cacheWrite1h,
	cacheWrite1h: 0,
});

/** As if it were usage, at the plain rate: so it has a price too. */
export function countedAsUsage({ session, quarter, model, count, input, output, cacheRead, cacheWrite }: HistoryCountRow): HistoryUsageRow {
	return {
		session,
		quarter,
		model,
		isFast: 0,
		isLong: 0,
		part: 0,
		responses: count,
		input,
		output,
		cacheRead,
		cacheWrite5m: cacheWrite,
		cacheWrite1h: 0,
		webSearches: 0,
		costUsd: null,
	};
}
