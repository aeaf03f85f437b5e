/** What caching changed against sending everything uncached. Pure. */
import type { CacheFigures } from '../../webview/contract/cost.ts';
import type { Rates } from '../claude/prices.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';

export function cacheFigures(usage: readonly HistoryUsageRow[], ratesOf: (row: HistoryUsageRow) => Rates | null): CacheFigures {
	const sum = { input: 0, read: 0, write5m: 0, write1h: 0, readUsd: 0, savedByReadsUsd: 0, writeUsd: 0, extraForWritesUsd: 0 };
	for (const row of usage) {
		sum.input += row.input;
		sum.read += row.cacheRead;
		sum.write5m += row.cacheWrite5m;
		sum.write1h += row.cacheWrite1h;
		const rates = ratesOf(row);
		if (rates === null) continue;
		const readUsd = (row.cacheRead * rates.cacheRead) / 1e6;
		const writeUsd = (row.cacheWrite5m * rates.cacheWrite5m + row.cacheWrite1h * rates.cacheWrite1h) / 1e6;
		sum.readUsd += readUsd;
		sum.savedByReadsUsd += (row.cacheRead * rates.input) / 1e6 - readUsd;
		sum.writeUsd += writeUsd;
		sum.extraForWritesUsd += writeUsd - ((row.cacheWrite5m + row.cacheWrite1h) * rates.input) / 1e6;
	}
	const all = sum.input + sum.read + sum.write5m + sum.write1h;
	return {
		hitRate: all === 0 ? null : sum.read / all,
		readTokens: sum.read,
		writeTokens5m: sum.write5m,
		writeTokens1h: sum.write1h,
		readUsd: sum.readUsd,
		savedByReadsUsd: sum.savedByReadsUsd,
		writeUsd: sum.writeUsd,
		extraForWritesUsd: sum.extraForWritesUsd,
		savedUsd: sum.savedByReadsUsd - sum.extraForWritesUsd,
	};
}
