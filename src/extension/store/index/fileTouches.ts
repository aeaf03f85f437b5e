/** Sessions by the files that their tools read and edited. */
import type { Sqlite } from '../sqlite.ts';
import { joinedToSessions, sessionColumns, type SessionListRow } from './lists.ts';
import { ensureMarkTable } from './marks.ts';

export interface FileTouch {
	readonly reads: number;
	readonly edits: number;
	readonly touched_ms: number | null;
	readonly touched_file: number;
	readonly byte_offset: number;
	/** Of a subagent's file. */
	readonly touched_agent: string | null;
	readonly is_agent: number;
	/** Sessions in all. */
	readonly total: number;
}

export class FileTouches {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
		ensureMarkTable(db);
	}

	/** Of these which are there. `ids`: keys of whole paths. */
	knownIds(ids: readonly number[]): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT p.id FROM json_each(?1) asked CROSS JOIN paths p ON p.id = asked.value')
			.all(JSON.stringify(ids))
			.map(({ id }) => id);
	}

	/** Of paths that are spelled like these in whatever case, with either slash. Looks at all of them: 50,000 take 15 ms. */
	idsInAnyCase(paths: readonly string[]): number[] {
		return this.#db
			.prepare<{ id: number }>(
				`SELECT id FROM paths WHERE lower(replace(path, '\\', '/')) IN (SELECT lower(replace(value, '\\', '/')) FROM json_each(?1))`,
			)
			.all(JSON.stringify(paths))
			.map(({ id }) => id);
	}

	/** Of sessions that nobody has hidden, touched last first. An edit says more than a read that came after it. */
	sessions(pathIds: readonly number[], limit: number): (SessionListRow & FileTouch)[] {
		// The columns beside the only max() are those of its row: a promise of SQLite.
		return this.#db
			.prepare<SessionListRow & FileTouch>(
				`SELECT ${sessionColumns}, touch.reads, touch.edits, touch.started_ms AS touched_ms, touch.file_id AS touched_file, touch.byte_offset,
					touch.agent_id AS touched_agent, touch.is_agent, touch.total
				FROM (
					SELECT *, count(*) OVER () AS total FROM (
						SELECT f.session_rowid AS touched_by, sum(t.path_access = 'read') AS reads, sum(t.path_access = 'edit') AS edits, t.started_ms, t.file_id, t.byte_offset, f.agent_id,
							f.kind = 'subagent' AS is_agent, max(iif(t.path_access = 'edit', 1e15, 0) + coalesce(t.started_ms, 0)) AS place
						FROM json_each(?1) asked CROSS JOIN tool_calls t ON t.path_id = asked.value AND t.path_id IS NOT NULL
						CROSS JOIN session_files f ON f.id = t.file_id
						WHERE t.is_counted = 1 AND t.path_access IS NOT NULL AND f.session_rowid IS NOT NULL GROUP BY f.session_rowid) found
					WHERE NOT EXISTS (SELECT 1 FROM temp.session_marks h JOIN sessions q ON q.session_id = h.session_id WHERE q.id = touched_by AND h.is_hidden = 1)
					ORDER BY started_ms DESC NULLS LAST, touched_by LIMIT ?2) touch
				CROSS JOIN sessions s ON s.id = touch.touched_by ${joinedToSessions} ORDER BY touched_ms DESC NULLS LAST, s.id`,
			)
			.all(JSON.stringify(pathIds), limit);
	}
}
