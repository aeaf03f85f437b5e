/** Use by project and by category of whole sessions: sums that a model asks for. */
import type { Sqlite } from '../sqlite.ts';
import type { Span } from './figures.ts';
import type { ProjectScope } from './lists.ts';

export interface NamedUsage {
	/** Empty for sessions without one. */
	readonly name: string;
	readonly responses: number;
	readonly tokens: number;
	/** Null when nothing of it has a known price. */
	readonly costUsd: number | null;
}

/** Of each session of the scope, summed up before the wide rows come in. ?1: projects as JSON or null; ?2, ?3: milliseconds or null. */
const sessionSums = `(SELECT u.session_rowid AS id, sum(u.responses) AS responses,
		sum(u.input_tokens + u.output_tokens + u.cache_read_tokens + u.cache_write_5m_tokens + u.cache_write_1h_tokens) AS tokens, sum(u.cost_usd) AS costUsd
	FROM session_usage u WHERE (?2 IS NULL OR (u.quarter_ms >= ?2 AND u.quarter_ms < ?3)) GROUP BY 1) sums
	JOIN sessions s ON s.id = sums.id LEFT JOIN projects p ON p.id = s.project_id
	WHERE ?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1))`;
const sums = 'sum(sums.responses) AS responses, sum(sums.tokens) AS tokens, sum(sums.costUsd) AS costUsd';
const order = 'GROUP BY 1 ORDER BY costUsd DESC NULLS LAST, tokens DESC, name';

export class PastUsageQueries {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** By the project's name: where two have the same, their figures stand together. */
	byProject(projects: ProjectScope, span: Span): NamedUsage[] {
		return this.#db
			.prepare<NamedUsage>(`SELECT coalesce(p.name, '') AS name, ${sums} FROM ${sessionSums} ${order}`)
			.all(...bind(projects, span));
	}

	/** Of level 3. */
	byCategory(projects: ProjectScope, span: Span): NamedUsage[] {
		return this.#db
			.prepare<NamedUsage>(`SELECT coalesce(s.category_l3, '') AS name, ${sums} FROM ${sessionSums} ${order}`)
			.all(...bind(projects, span));
	}
}

function bind(projects: ProjectScope, span: Span): (string | number | null)[] {
	return [projects === null ? null : JSON.stringify(projects), span?.fromMs ?? null, span?.toMs ?? null];
}
