/** What caching changed against sending everything uncached. Pure. */
import type { CacheFigures } from '../../webview/contract/cost.ts';
import type { Rates } from '../claude/prices.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';

export function cacheFigures(usage: readonly HistoryUsageRow[], ratesOf: (row: HistoryUsageRow) => Rates | null): CacheFigures {
	const sum = { read: 0, write5m: 0, write1h: 0, readUsd: 0, savedByReadsUsd: 0, writeUsd: 0, extraForWritesUsd: 0 };
	const sent = { all: 0, read: 0 };
	for (const row of usage) {
		sent.read += row.cacheRead;
		sent.all += row.input + row.cacheRead + row.cacheWrite5m + row.cacheWrite1h;
		const rates = ratesOf(row);
		if (rates === null) continue;
		// The tokens that the dollars beside them are of.
		sum.read += row.cacheRead;
		sum.write5m += row.cacheWrite5m;
		sum.write1h += row.cacheWrite1h;
		const readUsd = (row.cacheRead * rates.cacheRead) / 1e6;
		const writeUsd = (row.cacheWrite5m * rates.cacheWrite5m + row.cacheWrite1h * rates.cacheWrite1h) / 1e6;
		sum.readUsd += readUsd;
		sum.savedByReadsUsd += (row.cacheRead * rates.input) / 1e6 - readUsd;
		sum.writeUsd += writeUsd;
		sum.extraForWritesUsd += writeUsd - ((row.cacheWrite5m + row.cacheWrite1h) * rates.input) / 1e6;
	}
	return {
		hitRate: sent.all === 0 ? null : sent.read / sent.all,
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
