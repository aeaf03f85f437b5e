/**
 * Records, responses and tool calls that stand in more than one file: forks, resumed and desktop copies, helper runs
 * that repeat their parent. Who owns them is decided by the caller; here they are found and marked.
 */
import type { Sqlite } from '../sqlite.ts';
import { responseFlags, toolCallFlags } from './rows.ts';

export interface SharedRecord {
	readonly key: number;
	readonly fileId: number;
	readonly isCopy: boolean;
}

export interface SharedResponse {
	readonly key: number;
	readonly fileId: number;
	/** It stands only in a progress record of this file. */
	readonly isProgress: boolean;
	readonly firstMs: number | null;
	readonly output: number;
	readonly isCounted: boolean;
	readonly usageFrom: number | null;
}

export interface SharedToolCall {
	readonly key: number;
	readonly fileId: number;
	readonly offset: number;
	readonly block: number;
	readonly startedMs: number | null;
	/** Its record stands in another file that owns it. */
	readonly isCopy: boolean;
	/** As in ToolCallFact: it counts where no other row does. */
	readonly isProgress: boolean;
	readonly isCounted: boolean;
}

/** What is known of a file when its claim to shared history is weighed. */
export interface Claimant {
	readonly fileId: number;
	/** Null for a file without a conversation. */
	readonly sessionId: string | null;
	readonly sessionRowId: number | null;
	readonly kind: 'session' | 'subagent';
	readonly isHelper: boolean;
	readonly firstMs: number | null;
	readonly origins: readonly string[];
	readonly isGone: boolean;
	readonly path: string;
}

/**
 * Keys to look at; null for all. Then also what stands in one file only and is marked as a copy: the file that owned it may
 * have been taken out.
 */
export type Keys = readonly number[] | null;

export class DuplicateTable {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	records(keys: Keys): SharedRecord[] {
		const rows = this.#db
			.prepare<{ k: number; f: number; c: number }>(
				keys === null
					? `SELECT m.uuid_key AS k, m.file_id AS f, m.is_copy AS c FROM messages m
						WHERE m.uuid_key IN (SELECT uuid_key FROM messages WHERE uuid_key IS NOT NULL GROUP BY uuid_key HAVING min(file_id) <> max(file_id))
						UNION SELECT m.uuid_key, m.file_id, 1 FROM messages m WHERE m.is_copy = 1 AND m.uuid_key IS NOT NULL`
					: `SELECT m.uuid_key AS k, m.file_id AS f, m.is_copy AS c FROM json_each(?) j JOIN messages m ON m.uuid_key = j.value`,
			)
			.all(...bind(keys));
		return rows.map(row => ({ key: row.k, fileId: row.f, isCopy: row.c === 1 }));
	}

	responses(keys: Keys): SharedResponse[] {
		const columns = `r.response_key AS k, r.file_id AS f, r.is_progress AS p, r.first_ms AS firstMs, r.output_tokens AS output, r.is_counted AS counted, r.usage_from AS usageFrom`;
		return this.#db
			.prepare<{
				k: number;
				f: number;
				p: number;
				firstMs: number | null;
				output: number;
				counted: number;
				usageFrom: number | null;
			}>(
				keys === null
					? `SELECT ${columns} FROM responses r
						WHERE r.response_key IN (SELECT response_key FROM responses GROUP BY response_key HAVING count(*) > 1)
							OR r.is_counted = 0 OR r.usage_from IS NOT NULL`
					: `SELECT ${columns} FROM json_each(?) j JOIN responses r ON r.response_key = j.value`,
			)
			.all(...bind(keys))
			.map(row => ({
				key: row.k,
				fileId: row.f,
				isProgress: row.p === 1,
				firstMs: row.firstMs,
				output: row.output,
				isCounted: row.counted === 1,
				usageFrom: row.usageFrom,
			}));
	}

	toolCalls(keys: Keys): SharedToolCall[] {
		const columns = `t.tool_key AS k, t.file_id AS f, t.byte_offset AS o, t.block AS b, t.started_ms AS s, t.is_copy AS c, t.is_progress AS p, t.is_counted AS n`;
		return this.#db
			.prepare<{ k: number; f: number; o: number; b: number; s: number | null; c: number; p: number; n: number }>(
				keys === null
					? `SELECT ${columns} FROM tool_calls t
						WHERE t.tool_key IN (SELECT tool_key FROM tool_calls GROUP BY tool_key HAVING count(*) > 1) OR t.is_counted = 0`
					: `SELECT ${columns} FROM json_each(?) j JOIN tool_calls t ON t.tool_key = j.value`,
			)
			.all(...bind(keys))
			.map(row => ({
				key: row.k,
				fileId: row.f,
				offset: row.o,
				block: row.b,
				startedMs: row.s,
				isCopy: row.c === 1,
				isProgress: row.p === 1,
				isCounted: row.n === 1,
			}));
	}

	/** Keys of everything a file holds, taken before its rows are cleared: other files may own them afterwards. */
	keysOf(fileId: number): { records: number[]; responses: number[]; toolCalls: number[]; leaves: number[] } {
		const keys = (sql: string): number[] =>
			this.#db
				.prepare<{ k: number }>(sql)
				.all(fileId)
				.map(row => row.k);
		return {
			records: keys('SELECT uuid_key AS k FROM messages WHERE file_id = ? AND uuid_key IS NOT NULL'),
			responses: keys('SELECT response_key AS k FROM responses WHERE file_id = ?'),
			toolCalls: keys('SELECT tool_key AS k FROM tool_calls WHERE file_id = ?'),
			leaves: keys('SELECT leaf_key AS k FROM summaries WHERE file_id = ?'),
		};
	}

	claimants(fileIds: readonly number[]): Map<number, Claimant> {
		const rows = this.#db
			.prepare<{
				id: number;
				sid: string | null;
				srow: number | null;
				kind: 'session' | 'subagent';
				helper: string | null;
				first: number | null;
				origins: string | null;
				gone: string | null;
				path: string;
			}>(
				`SELECT f.id, s.session_id AS sid, f.session_rowid AS srow, f.kind, f.helper, f.first_ms AS first, f.origins, f.gone_at AS gone, f.path
				FROM json_each(?) j JOIN session_files f ON f.id = j.value LEFT JOIN sessions s ON s.id = f.session_rowid`,
			)
			.all(JSON.stringify(fileIds));
		return new Map(
			rows.map(row => [
				row.id,
				{
					fileId: row.id,
					sessionId: row.sid,
					sessionRowId: row.srow,
					kind: row.kind,
					isHelper: row.helper !== null,
					firstMs: row.first,
					origins: row.origins === null ? [] : (JSON.parse(row.origins) as string[]),
					isGone: row.gone !== null,
					path: row.path,
				},
			]),
		);
	}

	setResponse(key: number, fileId: number, isCounted: boolean, usageFrom: number | null): void {
		this.#db
			.prepare(
				`UPDATE responses SET flags = (flags & ~${responseFlags.isUncounted}) | ?, usage_from = ? WHERE response_key = ? AND file_id = ?`,
			)
			.run(isCounted ? 0 : responseFlags.isUncounted, usageFrom, key, fileId);
	}

	/** Also keeps the quarter's figure of its file right. */
	setToolCall(call: SharedToolCall, isCounted: boolean, quarterMs: number | null): void {
		this.#db
			.prepare(
				`UPDATE tool_calls SET flags = (flags & ~${toolCallFlags.isUncounted}) | ? WHERE file_id = ? AND byte_offset = ? AND block = ?`,
			)
			.run(isCounted ? 0 : toolCallFlags.isUncounted, call.fileId, call.offset, call.block);
		if (quarterMs === null) return;
		this.#db
			.prepare('UPDATE file_activity SET tool_calls = tool_calls + ? WHERE file_id = ? AND quarter_ms = ?')
			.run(isCounted ? 1 : -1, call.fileId, quarterMs);
	}

	/** Row ids of the sessions that continue one of these records; null for every session that continues one. */
	sessionsContinuing(keys: Keys): number[] {
		const continued = keys === null ? 'continues_key IS NOT NULL' : 'continues_key IN (SELECT value FROM json_each(?))';
		return this.#db
			.prepare<{ s: number }>(`SELECT DISTINCT session_rowid AS s FROM session_files WHERE session_rowid IS NOT NULL AND ${continued}`)
			.all(...bind(keys))
			.map(row => row.s);
	}

	/** Row ids of the sessions with a record that a summary may name (any file's); null for all summaries. */
	sessionsOfLeaves(keys: Keys): number[] {
		const leaves = keys === null ? 'SELECT leaf_key AS value FROM summaries' : 'SELECT value FROM json_each(?)';
		return this.#db
			.prepare<{ s: number }>(
				`SELECT DISTINCT f.session_rowid AS s FROM (${leaves}) j JOIN messages m ON m.uuid_key = j.value
				JOIN session_files f ON f.id = m.file_id WHERE f.session_rowid IS NOT NULL`,
			)
			.all(...bind(keys))
			.map(row => row.s);
	}
}

const bind = (keys: Keys): string[] => (keys === null ? [] : [JSON.stringify(keys)]);
