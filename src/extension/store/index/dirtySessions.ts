/**
 * What the rows of changed sessions are made of: their files, and sums over what stands in those. The sessions are named once,
 * by `set`, in a temporary table. Writing belongs inside a transaction of the caller.
 *
 * CROSS JOIN keeps SQLite's planner to the order written: without statistics it would begin with the large tables.
 */
import type { Sqlite } from '../sqlite.ts';
import { noTimeMs, type UsageRow, usageSum, type UsageSum } from './usage.ts';

export interface ToolSum {
	readonly calls: number;
	readonly sameFileEdits: number;
	readonly filesRead: number;
	readonly filesEdited: number;
	readonly linesAdded: number;
	readonly linesRemoved: number;
	/** Different files read or edited. */
	readonly filesTouched: number;
	/** Successful calls that read or edit a file. */
	readonly reads: number;
	readonly edits: number;
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

export class DirtySessions {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	/** Names the sessions the following sums are for. */
	set(rowIds: readonly number[]): void {
		this.#db.exec('CREATE TEMP TABLE IF NOT EXISTS dirty (session_rowid INTEGER PRIMARY KEY)');
		this.#db.exec('DELETE FROM temp.dirty');
		this.#db.prepare('INSERT OR IGNORE INTO temp.dirty SELECT value FROM json_each(?)').run(JSON.stringify(rowIds));
	}

	files(): Map<number, SessionFile[]> {
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
	usage(): UsageSum[] {
		const own = (column: string): string => `sum(iif(b.file_id IS NULL, r.${column}, b.${column}))`;
		return this.#db
			.prepare<UsageRow>(
				`SELECT f.session_rowid, coalesce(r.first_ms / 900000 * 900000, ${noTimeMs}) AS quarter_ms, r.model_id, m.name AS model,
					iif(b.file_id IS NULL, r.is_fast, b.is_fast) AS is_fast, iif(b.file_id IS NULL, r.is_long, b.is_long) AS is_long,
					iif(f.kind = 'subagent' OR r.is_progress, 2, r.is_sidechain) AS part,
					count(*) AS responses, ${own('input_tokens')} AS input, ${own('output_tokens')} AS output, ${own('cache_read_tokens')} AS cache_read,
					${own('cache_write_5m_tokens')} AS w5m, ${own('cache_write_1h_tokens')} AS w1h, ${own('web_searches')} AS searches
				FROM temp.dirty d CROSS JOIN session_files f ON f.session_rowid = d.session_rowid CROSS JOIN responses r ON r.file_id = f.id
					JOIN models m ON m.id = r.model_id
					LEFT JOIN responses b ON b.response_key = r.response_key AND b.file_id = r.usage_from
				WHERE r.is_counted = 1 GROUP BY 1, 2, 3, 5, 6, 7`,
			)
			.all()
			.map(usageSum);
	}

	tools(): Map<number, ToolSum> {
		const rows = this.#db
			.prepare<{
				s: number;
				calls: number;
				edits: number;
				edited: number;
				read: number;
				touched: number;
				reads: number;
				added: number;
				removed: number;
			}>(
				`SELECT f.session_rowid AS s, count(*) AS calls,
					count(*) FILTER (WHERE t.path_access = 'edit' AND t.status = 'ok') AS edits,
					count(DISTINCT t.path_id) FILTER (WHERE t.path_access = 'edit' AND t.status = 'ok') AS edited,
					count(DISTINCT t.path_id) FILTER (WHERE t.path_access = 'read' AND t.status = 'ok') AS read,
					count(DISTINCT t.path_id) FILTER (WHERE t.path_access IS NOT NULL AND t.status = 'ok') AS touched,
					count(*) FILTER (WHERE t.path_access = 'read' AND t.status = 'ok') AS reads,
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
					filesTouched: row.touched,
					reads: row.reads,
					edits: row.edits,
				},
			]),
		);
	}

	/** Active time in milliseconds. */
	activeMs(): Map<number, number> {
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
	summaryTitles(): Map<number, string> {
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
	copiedFrom(): Map<number, string> {
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
	continuations(): Map<number, string> {
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

	replaceUsage(usage: readonly (UsageSum & { readonly costUsd: number | null })[]): void {
		this.#db.exec('DELETE FROM session_usage WHERE session_rowid IN (SELECT session_rowid FROM temp.dirty)');
		const insert = this.#db.prepare(
			`INSERT INTO session_usage (session_rowid, quarter_ms, model_id, is_fast, is_long, part, responses, input_tokens, output_tokens,
			cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, web_searches, cost_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		);
		for (const sum of usage) {
			const { tokens } = sum;
			insert.run(
				sum.sessionRowId,
				sum.quarterMs,
				sum.modelId,
				sum.isFast ? 1 : 0,
				sum.isLong ? 1 : 0,
				sum.part,
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
}
