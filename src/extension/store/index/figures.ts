/** Sums over sessions, models and quarters of an hour: what the figures of the views are made of. */
import type { Sqlite } from '../sqlite.ts';
import type { ProjectScope } from './lists.ts';
import { noTimeMs, type TokenSums } from './sessions.ts';

/** A span of time in milliseconds, the end not included; null for everything, also what has no time. */
export type Span = { readonly fromMs: number; readonly toMs: number } | null;

export interface UsageTotals extends TokenSums {
	readonly responses: number;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
}

export interface QuarterSum {
	readonly quarterMs: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number;
}

export interface ModelSum extends UsageTotals {
	readonly model: string;
}

const inScope = '(?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1)))';
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
			.prepare<UsageTotals>(
				`SELECT ${usageSums} FROM session_usage u JOIN sessions s ON s.id = u.session_rowid WHERE ${inScope} AND ${inSpan}`,
			)
			.get(...bind(projects, span));
		if (row === undefined) throw new Error('a sum always has a row');
		return row;
	}

	models(projects: ProjectScope, span: Span): ModelSum[] {
		return this.#db
			.prepare<ModelSum>(
				`SELECT m.name AS model, ${usageSums} FROM session_usage u JOIN sessions s ON s.id = u.session_rowid JOIN models m ON m.id = u.model_id
				WHERE ${inScope} AND ${inSpan} GROUP BY m.name ORDER BY costUsd DESC NULLS LAST, responses DESC, model`,
			)
			.all(...bind(projects, span));
	}

	/** By quarter of an hour, which whole local days of every time zone are made of. */
	quarters(projects: ProjectScope, span: Span): QuarterSum[] {
		return this.#db
			.prepare<QuarterSum>(
				`SELECT u.quarter_ms AS quarterMs, sum(u.responses) AS responses, sum(${tokens}) AS tokens, coalesce(sum(u.cost_usd), 0) AS costUsd
				FROM session_usage u JOIN sessions s ON s.id = u.session_rowid
				WHERE ${inScope} AND ${inSpan} AND u.quarter_ms <> ${noTimeMs} GROUP BY u.quarter_ms ORDER BY u.quarter_ms`,
			)
			.all(...bind(projects, span));
	}

	/** Prompts, tool calls and active time of a span. */
	activity(projects: ProjectScope, span: Span): { prompts: number; toolCalls: number; activeMs: number } {
		const row = this.#db
			.prepare<{ prompts: number; toolCalls: number; activeMs: number }>(
				span === null
					? `SELECT coalesce(sum(s.user_prompts), 0) AS prompts, coalesce(sum(s.tool_calls), 0) AS toolCalls, coalesce(sum(s.active_ms), 0) AS activeMs
						FROM sessions s WHERE ${inScope} AND ?2 IS NULL AND ?3 IS NULL`
					: `SELECT coalesce(sum(iif(f.kind = 'session', u.prompts, 0)), 0) AS prompts, coalesce(sum(u.tool_calls), 0) AS toolCalls,
							coalesce(sum(u.active_ms), 0) AS activeMs
						FROM file_activity u JOIN session_files f ON f.id = u.file_id JOIN sessions s ON s.id = f.session_rowid WHERE ${inScope} AND ${inSpan}`,
			)
			.get(...bind(projects, span));
		return row ?? { prompts: 0, toolCalls: 0, activeMs: 0 };
	}

	/** Start and end of every session with anything in the span, stubs and gone ones left out. */
	sessionSpans(projects: ProjectScope, span: Span): { startMs: number; endMs: number }[] {
		return this.#db
			.prepare<{ startMs: number; endMs: number }>(
				`SELECT startMs, endMs FROM (
					SELECT round((julianday(s.started_at) - 2440587.5) * 86400000) AS startMs, round((julianday(s.ended_at) - 2440587.5) * 86400000) AS endMs
					FROM sessions s WHERE ${inScope} AND s.is_stub = 0 AND s.gone_at IS NULL)
				WHERE ?2 IS NULL OR (endMs >= ?2 AND startMs < ?3)`,
			)
			.all(...bind(projects, span));
	}

	/** Sessions on disk, with or without a time; stubs and gone ones left out. */
	sessionCount(projects: ProjectScope): number {
		return (
			this.#db
				.prepare<{ n: number }>(`SELECT count(*) AS n FROM sessions s WHERE ${inScope} AND s.is_stub = 0 AND s.gone_at IS NULL`)
				.get(projects === null ? null : JSON.stringify(projects))?.n ?? 0
		);
	}

	/** First and last instant of anything in scope. */
	bounds(projects: ProjectScope): { fromMs: number; toMs: number } | null {
		const row = this.#db
			.prepare<{ first: string | null; last: string | null }>(
				`SELECT min(s.started_at) AS first, max(s.ended_at) AS last FROM sessions s WHERE ${inScope}`,
			)
			.get(projects === null ? null : JSON.stringify(projects));
		return row?.first && row.last ? { fromMs: Date.parse(row.first), toMs: Date.parse(row.last) } : null;
	}

	/** What could not be understood in the files of the scope. */
	oddities(projects: ProjectScope): { unknownTypes: ReadonlyMap<string, number>; malformedLines: number } {
		const rows = this.#db
			.prepare<{ types: string | null; malformed: number }>(
				`SELECT f.unknown_types AS types, f.malformed_lines AS malformed FROM session_files f LEFT JOIN sessions s ON s.id = f.session_rowid
				WHERE (f.unknown_types IS NOT NULL OR f.malformed_lines > 0) AND (?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1)))`,
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
