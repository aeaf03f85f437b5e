/** Sums over sessions, models and quarters of an hour: what the figures of the views are made of. */
import type { Sqlite } from '../sqlite.ts';
import type { ProjectScope } from './lists.ts';
import type { TokenSums } from './usage.ts';

/** A span of time in milliseconds, the end not included; null for everything, also what has no time. */
export type Span = { readonly fromMs: number; readonly toMs: number } | null;

export interface UsageTotals extends TokenSums {
	readonly responses: number;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
}

export interface ModelSum extends UsageTotals {
	readonly model: string;
}

/**
 * Row ids of sessions in scope. Written out for both cases: joining a session to every sum, where none is asked for, would read
 * the whole wide table each time.
 */
const inScope = (projects: ProjectScope, sessionRowId: string): string =>
	projects === null ? '?1 IS NULL' : `${sessionRowId} IN (SELECT id FROM sessions WHERE project_id IN (SELECT value FROM json_each(?1)))`;
const tokens = 'u.input_tokens + u.output_tokens + u.cache_read_tokens + u.cache_write_5m_tokens + u.cache_write_1h_tokens';
const inSpan = '(?2 IS NULL OR (u.quarter_ms >= ?2 AND u.quarter_ms < ?3))';
const usageSums = `coalesce(sum(u.responses), 0) AS responses, coalesce(sum(u.input_tokens), 0) AS input, coalesce(sum(u.output_tokens), 0) AS output,
	coalesce(sum(u.cache_read_tokens), 0) AS cacheRead, coalesce(sum(u.cache_write_5m_tokens), 0) AS cacheWrite5m,
	coalesce(sum(u.cache_write_1h_tokens), 0) AS cacheWrite1h, sum(u.cost_usd) AS costUsd,
	coalesce(sum(iif(u.cost_usd IS NULL, ${tokens}, 0)), 0) AS unpricedTokens`;

export class FigureQueries {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	usage(projects: ProjectScope, span: Span): UsageTotals {
		const row = this.#db
			.prepare<UsageTotals>(`SELECT ${usageSums} FROM session_usage u WHERE ${inScope(projects, 'u.session_rowid')} AND ${inSpan}`)
			.get(...bind(projects, span));
		if (row === undefined) throw new Error('a sum always has a row');
		return row;
	}

	models(projects: ProjectScope, span: Span): ModelSum[] {
		return this.#db
			.prepare<ModelSum>(
				// Summed up before the names come in: half the time.
				`SELECT m.name AS model, sums.* FROM (
					SELECT u.model_id, ${usageSums} FROM session_usage u WHERE ${inScope(projects, 'u.session_rowid')} AND ${inSpan} GROUP BY u.model_id) sums
				JOIN models m ON m.id = sums.model_id ORDER BY costUsd DESC NULLS LAST, responses DESC, model`,
			)
			.all(...bind(projects, span));
	}

	/** Sessions with anything in the span, stubs left out. */
	sessionCount(projects: ProjectScope, span: Span): number {
		return (
			this.#db
				.prepare<{ n: number }>(
					// All instants are written alike, so that they sort as texts.
					`SELECT count(*) AS n FROM sessions s WHERE ${inScope(projects, 's.id')} AND s.is_stub = 0
						AND (?2 IS NULL OR (s.ended_at >= ?2 AND s.started_at < ?3))`,
				)
				.get(
					projects === null ? null : JSON.stringify(projects),
					span === null ? null : new Date(span.fromMs).toISOString(),
					span === null ? null : new Date(span.toMs).toISOString(),
				)?.n ?? 0
		);
	}

	/** What could not be understood in the files of the scope. */
	oddities(projects: ProjectScope): { unknownTypes: ReadonlyMap<string, number>; malformedLines: number } {
		const rows = this.#db
			.prepare<{ types: string | null; malformed: number }>(
				`SELECT f.unknown_types AS types, f.malformed_lines AS malformed FROM session_files f
				WHERE (f.unknown_types IS NOT NULL OR f.malformed_lines > 0) AND ${inScope(projects, 'f.session_rowid')}`,
			)
			.all(projects === null ? null : JSON.stringify(projects));
		const unknownTypes = new Map<string, number>();
		let malformedLines = 0;
		for (const row of rows) {
			malformedLines += row.malformed;
			for (const [type, count] of Object.entries(row.types === null ? {} : (JSON.parse(row.types) as Record<string, number>))) {
				unknownTypes.set(type, (unknownTypes.get(type) ?? 0) + count);
			}
		}
		return { unknownTypes, malformedLines };
	}
}

function bind(projects: ProjectScope, span: Span): (string | number | null)[] {
	return [projects === null ? null : JSON.stringify(projects), span?.fromMs ?? null, span?.toMs ?? null];
}
