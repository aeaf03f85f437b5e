/** Sessions as lists show them: paged, filtered, sorted (DB-1, DB-6). */
import type { Sqlite, SqlValue } from '../sqlite.ts';
import { ensureMarkTable } from './marks.ts';
import { isStale } from './sessionFacts.ts';

/** Columns of `sessions` and its project, as one row of a list. */
export interface SessionListRow {
	readonly id: number;
	readonly session_id: string;
	/** A person's, else the transcript's. */
	readonly title: string | null;
	readonly given_title: string | null;
	readonly project: string | null;
	readonly cwd: string | null;
	readonly git_branch: string | null;
	readonly mode: 'interactive' | 'background' | 'forked';
	readonly claude_status: 'not_started' | 'processing' | 'waiting_for_input' | 'error' | 'completed';
	readonly parent_session_id: string | null;
	readonly started_at: string | null;
	readonly ended_at: string | null;
	readonly active_ms: number;
	readonly user_prompts: number;
	readonly responses: number;
	readonly tool_calls: number;
	readonly subagents: number;
	readonly compactions: number;
	readonly interruptions: number;
	readonly correction_count: number;
	readonly same_file_edit_count: number;
	readonly prompt_word_count: number | null;
	readonly input_tokens: number;
	readonly output_tokens: number;
	readonly cache_read_tokens: number;
	readonly cache_write_5m_tokens: number;
	readonly cache_write_1h_tokens: number;
	readonly cost_usd: number | null;
	readonly unpriced_tokens: number;
	readonly models: string | null;
	readonly version: string | null;
	readonly entrypoint: string | null;
	readonly malformed_lines: number;
	readonly gone_at: string | null;
	readonly is_stub: number;
	readonly file: string | null;
	readonly category_l1: string | null;
	readonly category_l2: string | null;
	readonly category_l3: string | null;
	readonly category_confidence: number | null;
	readonly category_source: string | null;
	readonly category_reasoning: string | null;
	readonly classified_at: string | null;
	/** It has grown since a model sorted it. */
	readonly category_is_stale: number;
	readonly is_hidden: number;
	readonly pinned_at: string | null;
	readonly note: string | null;
	/** JSON; null for none. */
	readonly tags: string | null;
}

/** Projects that count, by row id; null for all. */
export type ProjectScope = readonly number[] | null;

export interface PageRequest {
	readonly projects: ProjectScope;
	/** Lower-case words that title, branch, project or first prompt must contain, all of them. */
	readonly words: readonly string[];
	/** Sessions with anything between these instants, ISO 8601; null for open ends. */
	readonly from: string | null;
	readonly to: string | null;
	readonly model: string | null;
	/** Name of a category of any level. */
	readonly category: string | null;
	readonly sort: SortKey;
	readonly descending: boolean;
	readonly offset: number;
	readonly limit: number;
}

const sortExpressions = {
	startedAt: 's.started_at',
	endedAt: 's.ended_at',
	title: 'coalesce(k.title, s.title) COLLATE NOCASE',
	project: 'p.name COLLATE NOCASE',
	costUsd: 's.cost_usd',
	tokens: 's.input_tokens + s.output_tokens + s.cache_read_tokens + s.cache_write_5m_tokens + s.cache_write_1h_tokens',
	responses: 's.responses',
	userPrompts: 's.user_prompts',
	toolCalls: 's.tool_calls',
	activeMs: 's.active_ms',
} as const;
export type SortKey = keyof typeof sortExpressions;

/** `file` is the session's own transcript: its stem is the id. One that begins as a sidechain belongs to the session, too. */
export const sessionColumns = `s.id, s.session_id, coalesce(k.title, s.title) AS title, k.title AS given_title, p.name AS project, s.cwd, s.git_branch, s.mode, s.claude_status, s.parent_session_id, s.started_at,
	s.ended_at, s.active_ms, s.user_prompts, s.responses, s.tool_calls, s.subagents, s.compactions, s.interruptions, s.correction_count,
	s.same_file_edit_count, s.prompt_word_count, s.input_tokens, s.output_tokens, s.cache_read_tokens, s.cache_write_5m_tokens,
	s.cache_write_1h_tokens, s.cost_usd, s.unpriced_tokens, s.models, s.version, s.entrypoint, s.malformed_lines, s.gone_at, s.is_stub,
	s.category_l1, s.category_l2, s.category_l3, s.category_confidence, s.category_source, s.category_reasoning, s.classified_at,
	${isStale} AS category_is_stale, coalesce(k.is_hidden, 0) AS is_hidden, k.pinned_at, k.note, k.tags,
	(SELECT f.path FROM session_files f WHERE f.session_rowid = s.id AND f.kind = 'session' AND s.is_stub = 0
		AND substr(f.path, -length(s.session_id) - 6) = s.session_id || '.jsonl' ORDER BY f.gone_at IS NOT NULL, f.first_ms, f.path LIMIT 1) AS file`;

export const joinedToSessions = 'LEFT JOIN projects p ON p.id = s.project_id LEFT JOIN temp.session_marks k ON k.session_id = s.session_id';
const from = `FROM sessions s ${joinedToSessions}`;

const hasWords = `(?2 = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(?2) w WHERE
		instr(lower(coalesce(s.title, '') || ' ' || coalesce(k.title, '') || ' ' || coalesce(s.git_branch, '') || ' ' || coalesce(p.name, '') || ' ' || coalesce(s.first_prompt, '')), w.value) = 0))`;

const where = `(?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1)))
	AND ${hasWords}
	AND (?3 IS NULL OR s.ended_at >= ?3) AND (?4 IS NULL OR s.started_at < ?4)
	AND (?5 IS NULL OR EXISTS (SELECT 1 FROM session_usage u JOIN models m ON m.id = u.model_id WHERE u.session_rowid = s.id AND m.name = ?5))
	AND (?8 IS NULL OR ?8 IN (s.category_l1, s.category_l2, s.category_l3))`;

/** A page of sessions. Only the page's own rows are read in full: sorting ten thousand whole ones takes longer than all else. */
const pageOf = (condition: string, order: string): string =>
	`SELECT ${sessionColumns} FROM (SELECT s.id AS on_page ${from} WHERE ${condition} ORDER BY ${order} LIMIT ?6 OFFSET ?7) page
	CROSS JOIN sessions s ON s.id = page.on_page ${joinedToSessions} ORDER BY ${order}`;

export interface SubagentListRow {
	readonly agent_id: string | null;
	readonly agent_type: string | null;
	readonly agent_description: string | null;
	readonly first_ms: number | null;
	readonly responses: number;
	readonly tool_calls: number;
	readonly path: string;
	readonly file_id: number;
}

export class SessionLists {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
		ensureMarkTable(db);
	}

	/** In the order of the row ids given; ones that are not there any more are left out. */
	byRowId(rowIds: readonly number[]): SessionListRow[] {
		return this.#db
			.prepare<SessionListRow>(
				`SELECT ${sessionColumns} FROM json_each(?) chosen CROSS JOIN sessions s ON s.id = chosen.value ${joinedToSessions} ORDER BY chosen.key`,
			)
			.all(JSON.stringify(rowIds));
	}

	/** A page of chosen sessions; null for all. */
	pageAmong(
		rowIds: readonly number[] | null,
		request: Pick<PageRequest, 'words' | 'sort' | 'descending' | 'offset' | 'limit'>,
	): { rows: SessionListRow[]; total: number } {
		const isChosen = `(?1 IS NULL OR s.id IN (SELECT value FROM json_each(?1))) AND ${hasWords}`;
		const order = `${sortExpressions[request.sort]} ${request.descending ? 'DESC' : 'ASC'} NULLS LAST, s.session_id`;
		const values = [rowIds === null ? null : JSON.stringify(rowIds), JSON.stringify(request.words)];
		const rows = this.#db
			.prepare<SessionListRow>(
				`SELECT ${sessionColumns} FROM (SELECT s.id AS on_page ${from} WHERE ${isChosen} ORDER BY ${order} LIMIT ?3 OFFSET ?4) page
				CROSS JOIN sessions s ON s.id = page.on_page ${joinedToSessions} ORDER BY ${order}`,
			)
			.all(...values, request.limit, request.offset);
		const total = this.#db.prepare<{ n: number }>(`SELECT count(*) AS n ${from} WHERE ${isChosen}`).get(...values)?.n ?? 0;
		return { rows, total };
	}

	/** Sessions that are no child of another listed one, newest activity first. */
	roots(request: Pick<PageRequest, 'projects' | 'words' | 'category' | 'offset' | 'limit'>): { rows: SessionListRow[]; total: number } {
		const values = conditions({ ...request, from: null, to: null, model: null });
		// A filter looks for the session itself, wherever it stands in a family.
		const isRoot =
			request.words.length > 0 || request.category !== null
				? '1'
				: 'NOT EXISTS (SELECT 1 FROM sessions q WHERE q.session_id = s.parent_session_id)';
		const rows = this.#db
			.prepare<SessionListRow>(pageOf(`${where} AND ${isRoot}`, 'coalesce(s.ended_at, s.started_at) DESC NULLS LAST, s.session_id'))
			.all(...values, request.limit, request.offset, request.category);
		const total =
			this.#db
				.prepare<{ n: number }>(`SELECT count(*) AS n ${from} WHERE ${where} AND ?6 IS ?7 AND ${isRoot}`)
				.get(...values, null, null, request.category)?.n ?? 0;
		return { rows, total };
	}

	/** Everything forked from or continuing the named sessions, at any depth. */
	descendants(sessionIds: readonly string[]): SessionListRow[] {
		return this.#db
			.prepare<SessionListRow>(
				`WITH RECURSIVE family(session_id) AS (
					SELECT value FROM json_each(?)
					UNION SELECT c.session_id FROM sessions c JOIN family ON c.parent_session_id = family.session_id)
				SELECT ${sessionColumns} ${from} WHERE s.parent_session_id IN (SELECT session_id FROM family) AND s.parent_session_id <> s.session_id
				ORDER BY s.started_at, s.session_id LIMIT 2000`,
			)
			.all(JSON.stringify(sessionIds));
	}

	one(sessionId: string): SessionListRow | null {
		return this.#db.prepare<SessionListRow>(`SELECT ${sessionColumns} ${from} WHERE s.session_id = ?`).get(sessionId) ?? null;
	}

	/** Every session, for the headless report: by start (none last), then id. */
	*all(projects: ProjectScope): Iterable<SessionListRow> {
		yield* this.#db
			.prepare<SessionListRow>(
				`SELECT ${sessionColumns} ${from} WHERE (?1 IS NULL OR s.project_id IN (SELECT value FROM json_each(?1))) ORDER BY s.started_at IS NULL, s.started_at, s.session_id`,
			)
			.iterate(projects === null ? null : JSON.stringify(projects));
	}

	subagents(sessionId: string): SubagentListRow[] {
		return this.#db
			.prepare<SubagentListRow>(
				`SELECT f.agent_id, f.agent_type, f.agent_description, f.first_ms, f.path, f.id AS file_id,
					(SELECT count(*) FROM responses r WHERE r.file_id = f.id AND r.is_counted = 1) AS responses,
					(SELECT count(*) FROM tool_calls t WHERE t.file_id = f.id AND t.is_counted = 1) AS tool_calls
				FROM sessions s JOIN session_files f ON f.session_rowid = s.id
				WHERE s.session_id = ? AND f.kind = 'subagent' AND f.helper IS NULL ORDER BY f.first_ms, f.path LIMIT 500`,
			)
			.all(sessionId);
	}
}

function conditions(request: Pick<PageRequest, 'projects' | 'words' | 'from' | 'to' | 'model'>): SqlValue[] {
	return [
		request.projects === null ? null : JSON.stringify(request.projects),
		JSON.stringify(request.words),
		request.from,
		request.to,
		request.model,
	];
}
