/** Sums over categories: what the categories section and the counts of the tree are made of. */
import type { Sqlite } from '../sqlite.ts';
import type { Span } from './figures.ts';
import type { ProjectScope } from './lists.ts';
import { isStale } from './sessionFacts.ts';

export interface CategorySumRow {
	readonly l1: string;
	readonly l2: string;
	readonly l3: string;
	readonly sessions: number;
	readonly activeMs: number;
	readonly tokens: number;
	readonly costUsd: number;
}

/** What the rules say of a session, at level 2. */
interface RulesRow {
	readonly sessionId: string;
	readonly rules: string;
}

/** ?1: projects as JSON or null; ?2, ?3: instants as texts or null. Stubs and gone sessions are left out, as in the other figures of sessions. */
const inScope = `(?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1))) AND s.is_stub = 0 AND s.gone_at IS NULL
	AND (?2 IS NULL OR (s.ended_at >= ?2 AND s.started_at < ?3)) AND s.category_l3 IS NOT NULL`;

/** Looking up 10,000 sessions takes 60 ms, reading all of them 25. */
const oneByOne = 4_000;

export class CategoryFigures {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Of whole sessions that had anything in the span; the most frequent first. */
	sums(projects: ProjectScope, span: Span): CategorySumRow[] {
		return this.#db
			.prepare<CategorySumRow>(
				`SELECT s.category_l1 AS l1, s.category_l2 AS l2, s.category_l3 AS l3, count(*) AS sessions, sum(s.active_ms) AS activeMs,
					sum(s.input_tokens + s.output_tokens + s.cache_read_tokens + s.cache_write_5m_tokens + s.cache_write_1h_tokens) AS tokens,
					total(s.cost_usd) AS costUsd
				FROM sessions s WHERE ${inScope} GROUP BY 1, 2, 3 ORDER BY sessions DESC, l3`,
			)
			.all(...bind(projects, span));
	}

	/** How many sessions whose judgement stands for, by source; and how many have grown since. */
	sources(projects: ProjectScope, span: Span): { source: string; sessions: number; stale: number }[] {
		return this.#db
			.prepare<{ source: string; sessions: number; stale: number }>(
				`SELECT s.category_source AS source, count(*) AS sessions,
					count(*) FILTER (WHERE ${isStale}) AS stale
				FROM sessions s WHERE ${inScope} GROUP BY 1`,
			)
			.all(...bind(projects, span));
	}

	/** By category of level 2, the most frequent first. Of every session that the tree lists, so with stubs and gone ones. */
	counts(projects: ProjectScope): { category: string; sessions: number }[] {
		return this.#db
			.prepare<{ category: string; sessions: number }>(
				`SELECT s.category_l2 AS category, count(*) AS sessions FROM sessions s
				WHERE (?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1))) AND s.category_l2 IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
			)
			.all(projects === null ? null : JSON.stringify(projects));
	}

	/** What the rules say, at level 2, of these sessions at least, where they are in scope. Of gone ones, too: they were judged all the same. */
	rulesOf(projects: ProjectScope, sessionIds: readonly string[]): Map<string, string> {
		const inProjects = 's.is_stub = 0 AND s.rules_l2 IS NOT NULL AND (?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1)))';
		const columns = 's.session_id AS sessionId, s.rules_l2 AS rules';
		const scope = projects === null ? null : JSON.stringify(projects);
		const rows =
			sessionIds.length > oneByOne
				? this.#db.prepare<RulesRow>(`SELECT ${columns} FROM sessions s WHERE ${inProjects}`).all(scope)
				: this.#db
						.prepare<RulesRow>(`SELECT ${columns} FROM json_each(?2) j CROSS JOIN sessions s ON s.session_id = j.value WHERE ${inProjects}`)
						.all(scope, JSON.stringify(sessionIds));
		return new Map(rows.map(row => [row.sessionId, row.rules]));
	}
}

function bind(projects: ProjectScope, span: Span): (string | null)[] {
	return [
		projects === null ? null : JSON.stringify(projects),
		span === null ? null : new Date(span.fromMs).toISOString(),
		span === null ? null : new Date(span.toMs).toISOString(),
	];
}
