/**
 * What a person wrote on sessions, beside the index while it is open: lists sort, filter and group by it. A copy of what the
 * ledger holds, in a temporary table, so that the index of a file never says anything that transcripts do not.
 */
import type { SessionMarks } from '../ledger/marks.ts';
import type { Sqlite } from '../sqlite.ts';

/** Whoever reads sessions with their marks calls it first; a second time does nothing. */
export function ensureMarkTable(db: Sqlite): void {
	db.temporarily(() => {
		db.exec(`CREATE TEMP TABLE IF NOT EXISTS session_marks (
			session_id TEXT PRIMARY KEY, title TEXT, is_hidden INTEGER NOT NULL, pinned_at TEXT, note TEXT, tags TEXT) WITHOUT ROWID`);
	});
}

export class MarkTable {
	readonly #db: Sqlite;
	#rows = new Map<string, string>();

	constructor(db: Sqlite) {
		this.#db = db;
		ensureMarkTable(db);
	}

	/** These are all there are. Answers the sessions whose marks differ from before. */
	replace(rows: readonly SessionMarks[]): readonly string[] {
		const now = new Map(rows.map(row => [row.sessionId, JSON.stringify(row)]));
		const changed = [...new Set([...this.#rows.keys(), ...now.keys()])].filter(id => this.#rows.get(id) !== now.get(id));
		if (changed.length === 0) return changed;
		this.#db.temporarily(() => {
			this.#db.transaction(() => {
				const ids = new Set(changed);
				this.#db
					.prepare('DELETE FROM temp.session_marks WHERE session_id IN (SELECT value FROM json_each(?))')
					.run(JSON.stringify(changed));
				for (const row of rows) if (ids.has(row.sessionId)) this.#insert(row);
			});
		});
		this.#rows = now;
		return changed;
	}

	#insert({ sessionId, title, isHidden, pinnedAt, note, tags }: SessionMarks): void {
		this.#db
			.prepare('INSERT INTO temp.session_marks (session_id, title, is_hidden, pinned_at, note, tags) VALUES (?, ?, ?, ?, ?, ?)')
			.run(sessionId, title, isHidden ? 1 : 0, pinnedAt, note, tags.length === 0 ? null : JSON.stringify(tags));
	}
}
