/** What the counts of the tree are made of, and what the rules say where somebody else spoke. */
import type { Sqlite } from '../sqlite.ts';
import type { ProjectScope } from './lists.ts';

/** What the rules say of a session, at level 2. */
interface RulesRow {
	readonly sessionId: string;
	readonly rules: string;
}

/** Looking up 10,000 sessions takes 60 ms, reading all of them 25. */
const oneByOne = 4_000;

export class CategoryFigures {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
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
