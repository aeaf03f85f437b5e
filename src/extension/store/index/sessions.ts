/**
 * The `sessions` table and what is summed up into it. Writing belongs inside a transaction of the caller.
 *
 * CROSS JOIN keeps SQLite's planner to the order written: without statistics it would begin with the large tables.
 */
import type { Sqlite, SqlValue } from '../sqlite.ts';

export interface TokenSums {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

/** Responses of one session, one model and one quarter of an hour at one rate. */
export interface UsageSum {
	readonly sessionRowId: number;
	readonly quarterMs: number;
	readonly modelId: number;
	readonly model: string;
	readonly isFast: boolean;
	readonly isLong: boolean;
	readonly responses: number;
	readonly tokens: TokenSums;
	readonly webSearches: number;
}

/** A response without a time stands in this quarter: it counts in totals and in no day. */
export const noTimeMs = 0;

export interface ToolSum {
	readonly calls: number;
	readonly sameFileEdits: number;
	readonly filesRead: number;
	readonly filesEdited: number;
	readonly linesAdded: number;
	readonly linesRemoved: number;
}

export interface SessionFile {
	readonly id: number;
	readonly path: string;
	readonly kind: 'session' | 'subagent';
	readonly helper: string | null;
	readonly agentId: string | null;
	/** When the file was first missed; null while it is there. */
	readonly goneAt: string | null;
	/** The reader's state as stored. */
	readonly state: string | null;
	readonly malformedLines: number;
}

/** Values of one row; the names are the columns'. */
export type SessionValues = Readonly<Record<string, SqlValue>>;

interface UsageRow {
	session_rowid: number;
	quarter_ms: number;
	model_id: number;
	model: string;
	is_fast: number;
	is_long: number;
	responses: number;
	input: number;
	output: number;
	cache_read: number;
	w5m: number;
	w1h: number;
	searches: number;
}

export class SessionTable {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** The row of a session, made when it is new. */
	rowIdOf(sessionId: string): number {
		const row =
			this.#db.prepare<{ id: number }>('SELECT id FROM sessions WHERE session_id = ?').get(sessionId) ??
			this.#db.prepare<{ id: number }>('INSERT INTO sessions (session_id) VALUES (?) RETURNING id').get(sessionId);
		if (row === undefined) throw new Error('a session that was just added has no id');
		return row.id;
	}

	sessionIdOf(rowId: number): string | null {
		return this.#db.prepare<{ s: string }>('SELECT session_id AS s FROM sessions WHERE id = ?').get(rowId)?.s ?? null;
	}

	allRowIds(): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT id FROM sessions')
			.all()
			.map(row => row.id);
	}

	/** Sessions on disk, without stubs and gone ones. */
	count(): number {
		return this.#db.prepare<{ n: number }>('SELECT count(*) AS n FROM sessions WHERE is_stub = 0 AND gone_at IS NULL').get()?.n ?? 0;
	}

	/** Names the sessions the following sums are for. */
	setDirty(rowIds: readonly number[]): void {
		this.#db.exec('CREATE TEMP TABLE IF NOT EXISTS dirty (session_rowid INTEGER PRIMARY KEY)');
		this.#db.exec('DELETE FROM temp.dirty');
		this.#db.prepare('INSERT OR IGNORE INTO temp.dirty SELECT value FROM json_each(?)').run(JSON.stringify(rowIds));
	}

	dirtyFiles(): Map<number, SessionFile[]> {
		const rows = this.#db
			.prepare<{
				s: number;
				id: number;
				path: string;
				kind: 'session' | 'subagent';
				helper: string | null;
				agent_id: string | null;
				gone: string | null;
				state: string | null;
				malformed: number;
			}>(
				`SELECT f.session_rowid AS s, f.id, f.path, f.kind, f.helper, f.agent_id, f.gone_at AS gone, f.state, f.malformed_lines AS malformed
				FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid ORDER BY f.session_rowid, f.kind, f.path`,
			)
			.iterate();
		const files = new Map<number, SessionFile[]>();
		for (const row of rows) {
			const file: SessionFile = {
				id: row.id,
				path: row.path,
				kind: row.kind,
				helper: row.helper,
				agentId: row.agent_id,
				goneAt: row.gone,
				state: row.state,
				malformedLines: row.malformed,
			};
			const list = files.get(row.s);
			if (list === undefined) files.set(row.s, [file]);
			else list.push(file);
		}
		return files;
	}

	/** Counted responses of the dirty sessions, summed up. */
	dirtyUsage(): UsageSum[] {
		const own = (column: string): string => `sum(iif(b.file_id IS NULL, r.${column}, b.${column}))`;
		return this.#db
			.prepare<UsageRow>(
				`SELECT f.session_rowid, coalesce(r.first_ms / 900000 * 900000, ${noTimeMs}) AS quarter_ms, r.model_id, m.name AS model,
					iif(b.file_id IS NULL, r.is_fast, b.is_fast) AS is_fast, iif(b.file_id IS NULL, r.is_long, b.is_long) AS is_long,
					count(*) AS responses, ${own('input_tokens')} AS input, ${own('output_tokens')} AS output, ${own('cache_read_tokens')} AS cache_read,
					${own('cache_write_5m_tokens')} AS w5m, ${own('cache_write_1h_tokens')} AS w1h, ${own('web_searches')} AS searches
				FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid CROSS JOIN responses r ON r.file_id = f.id
					JOIN models m ON m.id = r.model_id
					LEFT JOIN responses b ON b.response_key = r.response_key AND b.file_id = r.usage_from
				WHERE r.is_counted = 1 GROUP BY 1, 2, 3, 5, 6`,
			)
			.all()
			.map(usageSum);
	}

	dirtyTools(): Map<number, ToolSum> {
		const rows = this.#db
			.prepare<{ s: number; calls: number; edits: number; edited: number; read: number; added: number; removed: number }>(
				`SELECT f.session_rowid AS s, count(*) AS calls,
					count(*) FILTER (WHERE t.path_access = 'edit' AND t.status = 'ok') AS edits,
					count(DISTINCT t.path_id) FILTER (WHERE t.path_access = 'edit' AND t.status = 'ok') AS edited,
					count(DISTINCT t.path_id) FILTER (WHERE t.path_access = 'read' AND t.status = 'ok') AS read,
					total(t.lines_added) AS added, total(t.lines_removed) AS removed
				FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid CROSS JOIN tool_calls t ON t.file_id = f.id
				WHERE t.is_counted = 1 GROUP BY 1`,
			)
			.all();
		return new Map(
			rows.map(row => [
				row.s,
				{
					calls: row.calls,
					sameFileEdits: row.edits - row.edited,
					filesRead: row.read,
					filesEdited: row.edited,
					linesAdded: row.added,
					linesRemoved: row.removed,
				},
			]),
		);
	}

	/** Active time in milliseconds. */
	dirtyActiveMs(): Map<number, number> {
		return new Map(
			this.#db
				.prepare<{ s: number; a: number }>(
					`SELECT f.session_rowid AS s, sum(a.active_ms) AS a FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid
					CROSS JOIN file_activity a ON a.file_id = f.id GROUP BY 1`,
				)
				.all()
				.map(row => [row.s, row.a]),
		);
	}

	/** Titles that `summary` records of any file give to conversations of dirty sessions; the last one stands. */
	dirtySummaries(): Map<number, string> {
		const { dirty, summaries } = this.#db
			.prepare<{ dirty: number; summaries: number }>(
				'SELECT (SELECT count(*) FROM temp.dirty) AS dirty, (SELECT count(*) FROM summaries) AS summaries',
			)
			.get() ?? { dirty: 0, summaries: 0 };
		// A few sessions' records are fewer than all summaries, and all sessions' are far more.
		const joined =
			dirty * 50 < summaries
				? `temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid CROSS JOIN messages m ON m.file_id = f.id AND m.is_copy = 0
					CROSS JOIN summaries u ON u.leaf_key = m.uuid_key`
				: `summaries u CROSS JOIN messages m ON m.uuid_key = u.leaf_key AND m.is_copy = 0
					CROSS JOIN session_files f ON f.id = m.file_id CROSS JOIN temp.dirty d ON d.session_rowid = f.session_rowid`;
		return new Map(
			this.#db
				.prepare<{ s: number; title: string }>(
					`SELECT f.session_rowid AS s, u.title FROM ${joined} ORDER BY m.byte_offset, u.file_id, u.byte_offset`,
				)
				.all()
				.map(row => [row.s, row.title]),
		);
	}

	/** Sessions that own most of the history copied into a dirty session. A harness text that many sessions share makes no fork. */
	dirtyCopiedFrom(): Map<number, string> {
		const rows = this.#db
			.prepare<{ s: number; owner: string }>(
				`SELECT f.session_rowid AS s, o.session_id AS owner, count(*) AS n
				FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid AND f.kind = 'session'
					CROSS JOIN messages c INDEXED BY messages_copied ON c.file_id = f.id AND c.is_copy = 1 AND c.is_meta = 0 AND c.uuid_key IS NOT NULL
					CROSS JOIN messages m ON m.uuid_key = c.uuid_key AND m.is_copy = 0
					JOIN session_files g ON g.id = m.file_id AND g.session_rowid <> f.session_rowid
					JOIN sessions o ON o.id = g.session_rowid
				GROUP BY 1, 2 ORDER BY 1, n DESC, o.session_id`,
			)
			.all();
		const owners = new Map<number, string>();
		for (const row of rows) if (!owners.has(row.s)) owners.set(row.s, row.owner);
		return owners;
	}

	/** For dirty sessions whose first record continues one of another session: that session. */
	dirtyContinuations(): Map<number, string> {
		return new Map(
			this.#db
				.prepare<{ s: number; before: string }>(
					`SELECT f.session_rowid AS s, o.session_id AS before
					FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid AND f.kind = 'session'
						CROSS JOIN messages m ON m.uuid_key = f.continues_key AND m.is_copy = 0
						JOIN session_files g ON g.id = m.file_id AND g.session_rowid <> f.session_rowid
						JOIN sessions o ON o.id = g.session_rowid
					ORDER BY o.session_id`,
				)
				.all()
				.map(row => [row.s, row.before]),
		);
	}

	/** Dollars of each file of a session, subagents' among them; files without a priced response are absent. */
	costsByFile(sessionId: string, costOf: (usage: UsageSum) => number | null): Map<number, number> {
		const rows = this.#db
			.prepare<UsageRow & { file_id: number }>(
				`SELECT f.id AS file_id, f.session_rowid, coalesce(r.first_ms / 900000 * 900000, ${noTimeMs}) AS quarter_ms, r.model_id, m.name AS model,
					r.is_fast, r.is_long, count(*) AS responses, sum(r.input_tokens) AS input, sum(r.output_tokens) AS output,
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
					`UPDATE responses SET is_long = 1 - is_long WHERE model_id = ?
					AND is_long <> (input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens > ?)`,
				)
				.run(id, limitOf(name));
		}
	}

	replaceUsage(usage: readonly (UsageSum & { readonly costUsd: number | null })[]): void {
		this.#db.exec('DELETE FROM session_usage WHERE session_rowid IN (SELECT session_rowid FROM temp.dirty)');
		const insert = this.#db.prepare(
			`INSERT INTO session_usage (session_rowid, quarter_ms, model_id, is_fast, is_long, responses, input_tokens, output_tokens,
			cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, web_searches, cost_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		);
		for (const sum of usage) {
			const { tokens } = sum;
			insert.run(
				sum.sessionRowId,
				sum.quarterMs,
				sum.modelId,
				sum.isFast ? 1 : 0,
				sum.isLong ? 1 : 0,
				sum.responses,
				tokens.input,
				tokens.output,
				tokens.cacheRead,
				tokens.cacheWrite5m,
				tokens.cacheWrite1h,
				sum.webSearches,
				sum.costUsd,
			);
		}
	}

	/** Every session with a parent, and that parent. */
	parents(): Map<string, string> {
		return new Map(
			this.#db
				.prepare<{ s: string; p: string }>(
					'SELECT session_id AS s, parent_session_id AS p FROM sessions WHERE parent_session_id IS NOT NULL',
				)
				.all()
				.map(row => [row.s, row.p]),
		);
	}

	forgetParent(sessionId: string): void {
		this.#db.prepare('UPDATE sessions SET parent_session_id = NULL, parent_relation = NULL WHERE session_id = ?').run(sessionId);
	}

	update(rowId: number, values: SessionValues): void {
		const columns = Object.keys(values);
		this.#db
			.prepare(`UPDATE sessions SET ${columns.map(column => `${column} = ?`).join(', ')} WHERE id = ?`)
			.run(...columns.map(column => values[column] ?? null), rowId);
	}

	/** A session of which nothing is left to show. Its files stay known, so that they are not read again. */
	remove(rowId: number): void {
		this.#db.prepare('UPDATE session_files SET session_rowid = NULL WHERE session_rowid = ?').run(rowId);
		// By hand, because foreign keys may be off while a large history is read.
		this.#db.prepare('DELETE FROM session_usage WHERE session_rowid = ?').run(rowId);
		this.#db.prepare('DELETE FROM session_metrics_snapshots WHERE session_rowid = ?').run(rowId);
		this.#db.prepare('DELETE FROM sessions WHERE id = ?').run(rowId);
	}

	/** `path` is the folder's key: equal for all spellings of one folder. */
	projectIdOf(path: string, name: string): number {
		const row =
			this.#db.prepare<{ id: number }>('SELECT id FROM projects WHERE path = ?').get(path) ??
			this.#db.prepare<{ id: number }>('INSERT INTO projects (path, name) VALUES (?, ?) RETURNING id').get(path, name);
		if (row === undefined) throw new Error('a project that was just added has no id');
		return row.id;
	}

	projects(): { id: number; path: string; name: string }[] {
		return this.#db.prepare<{ id: number; path: string; name: string }>('SELECT id, path, name FROM projects').all();
	}
}

function usageSum(row: UsageRow): UsageSum {
	return {
		sessionRowId: row.session_rowid,
		quarterMs: row.quarter_ms,
		modelId: row.model_id,
		model: row.model,
		isFast: row.is_fast === 1,
		isLong: row.is_long === 1,
		responses: row.responses,
		tokens: { input: row.input, output: row.output, cacheRead: row.cache_read, cacheWrite5m: row.w5m, cacheWrite1h: row.w1h },
		webSearches: row.searches,
	};
}
