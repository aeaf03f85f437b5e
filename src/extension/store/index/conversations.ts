/** What the index knows of single conversations: their files, the places of their records, their calls and responses. */
import type { Sqlite } from '../sqlite.ts';
import { noTimeMs, type PricedUsage } from './usage.ts';

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

/**
 * Columns of `spine`, in this order. `kind` is the type's code, 16 times the flags, and 512 for a prompt that nobody typed (an accepted
 * plan, the task of a subagent): each value of a row takes as long as another, and there may be a million rows. `back` is how far
 * its parent is before it, as it is stored: a computed column would cost a tenth of the time.
 */
export const spineColumns = ['offset', 'length', 'kind', 'key', 'back', 'at', 'response'] as const;
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

	/** The messages of a file that begin at or after a byte, in their order; see `spineColumns`. */
	spine(fileId: number, from: number): Float64Array {
		return this.#db
			.prepare(
				`SELECT byte_offset, byte_length, kind + 512 * (kind & 15 = 5 AND text_size IS NOT NULL), uuid_key, parent_distance,
					at_ms, response_key FROM messages WHERE file_id = ? AND byte_offset >= ? ORDER BY byte_offset`,
			)
			.numbers(fileId, from);
	}

	/** Which record holds a call and which its result, by their first bytes, for results from a byte on; see `joinColumns`. */
	joins(fileId: number, from: number): Float64Array {
		return this.#db
			.prepare(
				`SELECT byte_offset, result_offset FROM tool_calls WHERE file_id = ? AND result_offset >= ? AND is_progress = 0
				ORDER BY byte_offset, block`,
			)
			.numbers(fileId, from);
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

	/**
	 * Every response that counts in a file, with the figures of the file that has the best of it. As numbers, and not summed up: grouping takes
	 * SQLite five times as long as reading.
	 */
	*countedResponses(fileId: number): Iterable<{ readonly key: number; readonly usage: PricedUsage }> {
		const models = this.#db.prepare<{ id: number; name: string }>('SELECT id, name FROM models').all();
		const nameOf = new Map(models.map(({ id, name }) => [id, name]));
		const values = this.#db
			.prepare(
				// Nearly every response has its own figures: only those of the others are looked up elsewhere.
				`SELECT o.response_key, coalesce(o.first_ms, ${noTimeMs}), coalesce(r.model_id, o.model_id),
					coalesce(r.is_fast, o.is_fast) + 2 * coalesce(r.is_long, o.is_long), coalesce(r.web_searches, o.web_searches),
					coalesce(r.input_tokens, o.input_tokens), coalesce(r.output_tokens, o.output_tokens),
					coalesce(r.cache_read_tokens, o.cache_read_tokens), coalesce(r.cache_write_5m_tokens, o.cache_write_5m_tokens),
					coalesce(r.cache_write_1h_tokens, o.cache_write_1h_tokens)
				FROM responses o LEFT JOIN responses r ON r.response_key = o.response_key AND r.file_id = o.usage_from
				WHERE o.file_id = ? AND o.is_counted = 1`,
			)
			.numbers(fileId);
		for (let from = 0; from < values.length; from += 10) {
			const [key = 0, quarterMs = 0, model = 0, rate = 0, webSearches = 0, input = 0, output = 0, cacheRead = 0, w5m = 0, w1h = 0] =
				values.subarray(from, from + 10);
			yield {
				key,
				usage: {
					quarterMs,
					model: nameOf.get(model) ?? '',
					isFast: (rate & 1) === 1,
					isLong: rate >= 2,
					webSearches,
					tokens: { input, output, cacheRead, cacheWrite5m: w5m, cacheWrite1h: w1h },
				},
			};
		}
	}

	/** What counts of a file. */
	counts(fileId: number): FileCounts {
		return (
			this.#db
				.prepare<FileCounts>(
					`SELECT (SELECT count(*) FROM responses WHERE file_id = ?1 AND is_counted = 1) AS responses,
						(SELECT count(*) FROM tool_calls WHERE file_id = ?1 AND is_counted = 1) AS toolCalls, min(at_ms) AS firstMs, max(at_ms) AS lastMs
					FROM messages WHERE file_id = ?1`,
				)
				.get(fileId) ?? { responses: 0, toolCalls: 0, firstMs: null, lastMs: null }
		);
	}

	/** Ids of the subagents that the calls of a file started. */
	agentsOf(fileId: number): string[] {
		return this.#db
			.prepare<{ agentId: string }>(
				'SELECT agent_id AS agentId FROM tool_calls WHERE file_id = ? AND agent_id IS NOT NULL AND is_progress = 0',
			)
			.all(fileId)
			.map(({ agentId }) => agentId);
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
