/** What the index knows of single conversations: their files, the places of their records, their calls and responses. */
import type { Sqlite } from '../sqlite.ts';
import { usageSum, type UsageRow, type UsageSum } from './usage.ts';

/** A transcript of a session, or of one of its subagents. */
export interface ConversationFile {
	readonly id: number;
	readonly path: string;
	readonly kind: 'session' | 'subagent';
	readonly agentId: string | null;
	readonly agentType: string | null;
	readonly description: string | null;
	readonly helper: string | null;
	/** -1 while its rows are being replaced. */
	readonly size: number;
	readonly readOffset: number;
	readonly malformedLines: number;
	readonly goneAt: string | null;
}

/** Columns of `spine`, in this order. `made` is 1 for a prompt that nobody typed: an accepted plan, the task of a subagent. */
export const spineColumns = ['offset', 'length', 'type', 'key', 'parent', 'at', 'response', 'flags', 'made'] as const;
export const joinColumns = ['call', 'result'] as const;

export interface CallRow {
	readonly offset: number;
	readonly block: number;
	readonly toolKey: number;
	readonly name: string;
	readonly summary: string | null;
	readonly path: string | null;
	readonly startedMs: number | null;
	readonly durationMs: number | null;
	readonly status: 'pending' | 'ok' | 'error' | 'denied' | 'interrupted';
	readonly errorText: string | null;
	readonly resultOffset: number | null;
	readonly isRetry: number;
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
	readonly agentId: string | null;
	readonly decision: 'allowed' | 'denied' | 'bypassed' | null;
	readonly source: 'user' | 'rule' | 'classifier' | 'unavailable' | 'unknown' | null;
	readonly reason: string | null;
}

export interface HookRow {
	readonly toolKey: number;
	readonly event: string;
	readonly command: string | null;
	readonly outcome: 'success' | 'error' | 'blocked' | 'cancelled' | 'unknown';
	readonly durationMs: number | null;
	readonly errorText: string | null;
}

/** One file's figures of a response. */
export interface ResponseRow {
	readonly key: number;
	readonly fileId: number;
	readonly model: string;
	readonly atMs: number | null;
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly webSearches: number;
	readonly isFast: number;
	readonly isLong: number;
	readonly isCounted: number;
}

export interface FileCounts {
	readonly fileId: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly firstMs: number | null;
	readonly lastMs: number | null;
}

const responseColumns = `r.response_key AS key, r.file_id AS fileId, m.name AS model, r.first_ms AS atMs, r.input_tokens AS input,
	r.output_tokens AS output, r.cache_read_tokens AS cacheRead, r.cache_write_5m_tokens AS cacheWrite5m,
	r.cache_write_1h_tokens AS cacheWrite1h, r.web_searches AS webSearches, r.is_fast AS isFast, r.is_long AS isLong,
	r.is_counted AS isCounted`;

const files = `SELECT f.id, f.path, f.kind, f.agent_id AS agentId, f.agent_type AS agentType, f.agent_description AS description, f.helper,
	f.size, f.read_offset AS readOffset, f.malformed_lines AS malformedLines, f.gone_at AS goneAt
	FROM sessions s JOIN session_files f ON f.session_rowid = s.id AND f.kind IN ('session', 'subagent')`;

const filesInOrder = `ORDER BY f.kind <> 'session', substr(f.path, -length(s.session_id) - 6) <> s.session_id || '.jsonl',
	f.gone_at IS NOT NULL, f.first_ms, f.path`;

export class ConversationQueries {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Those of a session, its own transcript first; one whose stem is the session's id before others. */
	files(sessionId: string): ConversationFile[] {
		return this.#db.prepare<ConversationFile>(`${files} WHERE s.session_id = ? ${filesInOrder}`).all(sessionId);
	}

	/** The transcript of one conversation. A subagent whose records do not name it goes by the number of its file. */
	file(sessionId: string, agentId: string | null): ConversationFile | null {
		return (
			this.#db
				.prepare<ConversationFile>(
					`${files} WHERE s.session_id = ?1 AND f.kind = iif(?2 IS NULL, 'session', 'subagent')
					AND (?2 IS NULL OR f.agent_id = ?2 OR (f.agent_id IS NULL AND CAST(f.id AS TEXT) = ?2)) ${filesInOrder} LIMIT 1`,
				)
				.get(sessionId, agentId) ?? null
		);
	}

	/** Changes whenever rows of the file may have changed. */
	stamp(fileId: number): string {
		return (
			this.#db
				.prepare<{ stamp: string }>(
					`SELECT size || ' ' || read_offset || ' ' || head_hash || ' ' || tail_hash || ' ' || parser_version || ' ' || coalesce(gone_at, '') || ' ' ||
						(SELECT count(*) FROM messages c INDEXED BY messages_copied WHERE c.file_id = f.id AND c.is_copy = 1) AS stamp
					FROM session_files f WHERE f.id = ?`,
				)
				.get(fileId)?.stamp ?? ''
		);
	}

	hasSession(sessionId: string): boolean {
		return this.#db.prepare('SELECT 1 FROM sessions WHERE session_id = ?').get(sessionId) !== undefined;
	}

	/** Every message of a file in its order; see `spineColumns`. */
	spine(fileId: number): Float64Array {
		return this.#db
			.prepare(
				`SELECT byte_offset, byte_length, type_code, uuid_key, parent_offset, at_ms, response_key, flags, type_code = 5 AND word_count IS NOT NULL
				FROM messages WHERE file_id = ? ORDER BY byte_offset`,
			)
			.numbers(fileId);
	}

	/** Which record holds a call and which its result, by their first bytes; see `joinColumns`. */
	joins(fileId: number): Float64Array {
		return this.#db
			.prepare(
				`SELECT byte_offset, result_offset FROM tool_calls WHERE file_id = ? AND result_offset IS NOT NULL AND is_progress = 0
				ORDER BY byte_offset, block`,
			)
			.numbers(fileId);
	}

	/** Calls in records between two first bytes, both included. */
	calls(fileId: number, from: number, to: number): CallRow[] {
		return this.#db
			.prepare<CallRow>(
				`SELECT t.byte_offset AS offset, t.block, t.tool_key AS toolKey, t.name, t.summary, p.path, t.started_ms AS startedMs,
					t.duration_ms AS durationMs, t.status, t.error_text AS errorText, t.result_offset AS resultOffset, t.is_retry AS isRetry,
					t.lines_added AS linesAdded, t.lines_removed AS linesRemoved, t.agent_id AS agentId, d.decision, d.source, d.reason
				FROM tool_calls t LEFT JOIN paths p ON p.id = t.path_id
				LEFT JOIN permission_decisions d ON d.file_id = t.file_id AND d.call_offset = t.byte_offset AND d.call_block = t.block
				WHERE t.file_id = ? AND t.byte_offset BETWEEN ? AND ? AND t.is_progress = 0 ORDER BY t.byte_offset, t.block`,
			)
			.all(fileId, from, to);
	}

	/** Of these calls, in records between two first bytes: they stand between a call and what follows its result. */
	hooks(fileId: number, toolKeys: readonly number[], from: number, to: number): HookRow[] {
		return this.#db
			.prepare<HookRow>(
				`SELECT tool_key AS toolKey, event, command, outcome, duration_ms AS durationMs, error_text AS errorText FROM hook_executions
				WHERE file_id = ?1 AND byte_offset BETWEEN ?3 AND ?4 AND tool_key IN (SELECT value FROM json_each(?2)) ORDER BY byte_offset, position`,
			)
			.all(fileId, JSON.stringify(toolKeys), from, to);
	}

	/** What is known of responses in a file, and in those that own or complete them. */
	responses(fileId: number, keys: readonly number[]): ResponseRow[] {
		return this.#db
			.prepare<ResponseRow>(
				`SELECT ${responseColumns} FROM json_each(?2) k CROSS JOIN responses r ON r.response_key = k.value CROSS JOIN models m ON m.id = r.model_id
				WHERE r.is_progress = 0 AND (r.file_id = ?1 OR r.is_counted = 1
					OR r.file_id = (SELECT o.usage_from FROM responses o WHERE o.file_id = ?1 AND o.response_key = r.response_key))`,
			)
			.all(fileId, JSON.stringify(keys));
	}

	/** Every response that counts in a file. */
	*countedResponses(fileId: number): Iterable<ResponseRow> {
		yield* this.#db
			.prepare<ResponseRow>(
				`SELECT ${responseColumns} FROM responses o CROSS JOIN responses r ON r.response_key = o.response_key AND r.file_id = coalesce(o.usage_from, o.file_id)
				CROSS JOIN models m ON m.id = r.model_id WHERE o.file_id = ? AND o.is_counted = 1`,
			)
			.iterate(fileId);
	}

	/** What the files of a session used, summed up by what has one price. */
	usage(sessionId: string): (UsageSum & { readonly fileId: number })[] {
		return this.#db
			.prepare<UsageRow & { file_id: number }>(
				`SELECT f.id AS file_id, f.session_rowid, coalesce(o.first_ms / 900000 * 900000, 0) AS quarter_ms, r.model_id, m.name AS model, r.is_fast, r.is_long,
					count(*) AS responses, sum(r.input_tokens) AS input, sum(r.output_tokens) AS output, sum(r.cache_read_tokens) AS cache_read,
					sum(r.cache_write_5m_tokens) AS w5m, sum(r.cache_write_1h_tokens) AS w1h, sum(r.web_searches) AS searches
				FROM sessions s JOIN session_files f ON f.session_rowid = s.id JOIN responses o ON o.file_id = f.id
				JOIN responses r ON r.response_key = o.response_key AND r.file_id = coalesce(o.usage_from, o.file_id) JOIN models m ON m.id = r.model_id
				WHERE s.session_id = ? AND o.is_counted = 1 GROUP BY 1, 3, 4, 6, 7`,
			)
			.all(sessionId)
			.map(row => ({ ...usageSum(row), fileId: row.file_id }));
	}

	/** Of each file of a session. */
	counts(sessionId: string): FileCounts[] {
		return this.#db
			.prepare<FileCounts>(
				`SELECT f.id AS fileId, (SELECT count(*) FROM responses r WHERE r.file_id = f.id AND r.is_counted = 1) AS responses,
					(SELECT count(*) FROM tool_calls t WHERE t.file_id = f.id AND t.is_counted = 1) AS toolCalls,
					(SELECT min(at_ms) FROM messages m WHERE m.file_id = f.id) AS firstMs, (SELECT max(at_ms) FROM messages m WHERE m.file_id = f.id) AS lastMs
				FROM sessions s JOIN session_files f ON f.session_rowid = s.id WHERE s.session_id = ?`,
			)
			.all(sessionId);
	}

	/** Ids of the subagents that the calls of each file started. */
	agentsByFile(sessionId: string): Map<number, string[]> {
		const rows = this.#db
			.prepare<{ fileId: number; agentId: string }>(
				`SELECT t.file_id AS fileId, t.agent_id AS agentId FROM sessions s CROSS JOIN session_files f ON f.session_rowid = s.id
				CROSS JOIN tool_calls t ON t.file_id = f.id WHERE s.session_id = ? AND t.agent_id IS NOT NULL AND t.is_progress = 0`,
			)
			.all(sessionId);
		const agents = new Map<number, string[]>();
		for (const { fileId, agentId } of rows) agents.set(fileId, [...(agents.get(fileId) ?? []), agentId]);
		return agents;
	}

	/** Calls of a file: first byte of the record, whether it failed, and the subagent it started. */
	*outcomes(fileId: number): Iterable<{ readonly offset: number; readonly isError: number; readonly agentId: string | null }> {
		yield* this.#db
			.prepare<{ offset: number; isError: number; agentId: string | null }>(
				"SELECT byte_offset AS offset, status = 'error' AS isError, agent_id AS agentId FROM tool_calls WHERE file_id = ? AND is_progress = 0",
			)
			.iterate(fileId);
	}

	/** Files of a session that hold a record, with its first byte. */
	places(sessionId: string, key: number): { fileId: number; offset: number }[] {
		return this.#db
			.prepare<{ fileId: number; offset: number }>(
				// A copy in a fork goes by the uuid of its original, and by its own among the passed links.
				`SELECT f.id AS fileId, coalesce(m.byte_offset, p.parent_offset) AS offset FROM sessions s CROSS JOIN session_files f ON f.session_rowid = s.id
				LEFT JOIN messages m ON m.uuid_key = ?2 AND m.file_id = f.id LEFT JOIN passed_links p ON p.file_id = f.id AND p.uuid_key = ?2
				WHERE s.session_id = ?1 AND coalesce(m.byte_offset, p.parent_offset) IS NOT NULL
				ORDER BY f.kind <> 'session', m.byte_offset IS NULL, f.gone_at IS NOT NULL, f.id`,
			)
			.all(sessionId, key);
	}

	/** The call that started a subagent: its file and its record's first byte. The subagent's file may name it, else the call's result does. */
	startOf(sessionId: string, agentId: string): { fileId: number; offset: number } | null {
		const key = this.#db
			.prepare<{ key: number | null }>(
				`SELECT f.parent_tool_key AS key FROM sessions s CROSS JOIN session_files f ON f.session_rowid = s.id
				WHERE s.session_id = ? AND f.agent_id = ? AND f.parent_tool_key IS NOT NULL`,
			)
			.get(sessionId, agentId)?.key;
		return (
			this.#db
				.prepare<{ fileId: number; offset: number }>(
					`SELECT t.file_id AS fileId, t.byte_offset AS offset FROM tool_calls t CROSS JOIN session_files f ON f.id = t.file_id
					CROSS JOIN sessions s ON s.id = f.session_rowid WHERE t.tool_key = ?2 AND s.session_id = ?1 AND t.is_progress = 0
					ORDER BY f.kind <> 'session', t.byte_offset LIMIT 1`,
				)
				.get(sessionId, key ?? null) ??
			this.#db
				.prepare<{ fileId: number; offset: number }>(
					`SELECT t.file_id AS fileId, t.byte_offset AS offset FROM sessions s CROSS JOIN session_files f ON f.session_rowid = s.id
					CROSS JOIN tool_calls t ON t.file_id = f.id WHERE s.session_id = ?1 AND t.agent_id = ?2 AND t.is_progress = 0
					ORDER BY f.kind <> 'session', t.byte_offset LIMIT 1`,
				)
				.get(sessionId, agentId) ??
			null
		);
	}
}
