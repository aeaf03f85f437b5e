/** What responses used, summed up at one rate each, and what depends on their prices. Writing belongs inside a transaction of the caller. */
import type { Sqlite } from '../sqlite.ts';
import { responseFlags } from './rows.ts';

export interface TokenSums {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

/**
 * Who asked: 0 the main conversation, 1 a subagent whose records stand in the session's own transcript, 2 one with a file of
 * its own, or of which only progress records are left.
 */
export type UsagePart = 0 | 1 | 2;

/** Responses of one session, one model and one quarter of an hour at one rate. */
export interface UsageSum {
	readonly sessionRowId: number;
	readonly quarterMs: number;
	readonly modelId: number;
	readonly model: string;
	readonly isFast: boolean;
	readonly isLong: boolean;
	readonly part: UsagePart;
	readonly responses: number;
	readonly tokens: TokenSums;
	readonly webSearches: number;
}

/** What the price of responses depends on. */
export type PricedUsage = Pick<UsageSum, 'model' | 'tokens' | 'webSearches' | 'isFast' | 'isLong' | 'quarterMs'>;

/** A response without a time stands in this quarter: it counts in totals and in no day. */
export const noTimeMs = 0;

/** A sum as a query gives it. */
export interface UsageRow {
	session_rowid: number;
	quarter_ms: number;
	model_id: number;
	model: string;
	is_fast: number;
	is_long: number;
	part: UsagePart;
	responses: number;
	input: number;
	output: number;
	cache_read: number;
	w5m: number;
	w1h: number;
	searches: number;
}

export class UsageTable {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Dollars of each file of a session, subagents' among them; files without a priced response are absent. */
	costsByFile(sessionId: string, costOf: (usage: UsageSum) => number | null): Map<number, number> {
		const rows = this.#db
			.prepare<UsageRow & { file_id: number }>(
				`SELECT f.id AS file_id, f.session_rowid, coalesce(r.first_ms / 900000 * 900000, ${noTimeMs}) AS quarter_ms, r.model_id, m.name AS model,
					r.is_fast, r.is_long, 0 AS part, count(*) AS responses, sum(r.input_tokens) AS input, sum(r.output_tokens) AS output,
					sum(r.cache_read_tokens) AS cache_read, sum(r.cache_write_5m_tokens) AS w5m, sum(r.cache_write_1h_tokens) AS w1h,
					sum(r.web_searches) AS searches
				FROM sessions s JOIN session_files f ON f.session_rowid = s.id JOIN responses r ON r.file_id = f.id JOIN models m ON m.id = r.model_id
				WHERE s.session_id = ? AND r.is_counted = 1 GROUP BY 1, 3, 4, 6, 7`,
			)
			.all(sessionId);
		const costs = new Map<number, number>();
		for (const row of rows) {
			const cost = costOf(usageSum(row));
			if (cost !== null) costs.set(row.file_id, (costs.get(row.file_id) ?? 0) + cost);
		}
		return costs;
	}

	/** Marks anew which responses are long ones: a new price list may have other limits. */
	markLongResponses(limitOf: (model: string) => number): void {
		const models = this.#db.prepare<{ id: number; name: string }>('SELECT id, name FROM models').all();
		for (const { id, name } of models) {
			this.#db
				.prepare(
					`UPDATE responses SET flags = flags + iif(is_long, -${responseFlags.isLong}, ${responseFlags.isLong}) WHERE model_id = ?
					AND is_long <> (input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens > ?)`,
				)
				.run(id, limitOf(name));
		}
	}
}

export function usageSum(row: UsageRow): UsageSum {
	return {
		sessionRowId: row.session_rowid,
		quarterMs: row.quarter_ms,
		modelId: row.model_id,
		model: row.model,
		isFast: row.is_fast === 1,
		isLong: row.is_long === 1,
		part: row.part,
		responses: row.responses,
		tokens: { input: row.input, output: row.output, cacheRead: row.cache_read, cacheWrite5m: row.w5m, cacheWrite1h: row.w1h },
		webSearches: row.searches,
	};
}
