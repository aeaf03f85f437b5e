/**
 * What the classifiers are told of sessions (CLS-3), in a few statements for any number of them, and what they answered.
 * The sessions are named by a JSON list: a temporary table would be a write, after which the whole index is saved.
 *
 * CROSS JOIN keeps SQLite's planner to the order written: without statistics it would begin with the large tables.
 */
import type { Sqlite } from '../sqlite.ts';

export interface SessionTexts {
	readonly rowId: number;
	readonly sessionId: string;
	readonly title: string | null;
	readonly titleSource: string;
	readonly firstPrompt: string | null;
	readonly lastPrompt: string | null;
	readonly planTitle: string | null;
	readonly branch: string | null;
	readonly permissionMode: string | null;
	readonly userPrompts: number;
	/** JSON: name to count; null for none. */
	readonly slashCommands: string | null;
	readonly skills: string | null;
	readonly filesRead: number;
	readonly linesAdded: number;
	readonly linesRemoved: number;
	readonly toolErrors: number;
	readonly interruptions: number;
	readonly activeMs: number;
	readonly lastRecord: string;
	/** What is stored of its category, as `storedCategory` writes it: equal texts need no write. */
	readonly stored: string | null;
}

/** Where a prompt's record lies. */
export interface PromptPlace {
	readonly path: string;
	readonly offset: number;
	readonly length: number;
}

export interface SessionCategory {
	readonly l1: string;
	readonly l2: string;
	readonly l3: string;
	readonly confidence: number;
}

/** The category that stands. */
export interface StandingCategory extends SessionCategory {
	readonly source: string;
	readonly reasoning: string | null;
	readonly at: string | null;
	/** The last record the answer was given for; null for rules and people, whose answers do not grow old. */
	readonly lastRecord: string | null;
}

/** Like `SessionTexts.stored`. The reasoning follows from the source and the time. */
export const storedCategory = (rules: SessionCategory, standing: StandingCategory): string =>
	`${rules.l3} ${sqlNumber(rules.confidence)} ${standing.l3} ${standing.source} ${standing.lastRecord ?? ''} ${standing.at ?? ''}`;

/** SQLite writes 1 of a REAL column as 1.0. */
const sqlNumber = (value: number): string => (Number.isInteger(value) ? `${value}.0` : `${value}`);

/**
 * SQL over `sessions`: the instant of a session's last record, by which it is known whether it has grown since (CLS-6). Not
 * how many records it has: another version of the parser may count them otherwise, and every answer would be stale. Not
 * the record's key either: to look that up takes 90 ms longer of 10,000 sessions.
 */
const lastRecord = "coalesce(ended_at, '')";
/** 1 for a session that has grown since a model sorted it. */
export const isStale = `(category_record IS NOT NULL AND category_record <> ${lastRecord})`;

/** What stands for a session in the index, and what the rules said; null before they were asked. */
export interface SessionStanding {
	readonly rowId: number;
	readonly sessionId: string;
	readonly endedAt: string | null;
	readonly rules: SessionCategory | null;
	readonly standing: StandingCategory | null;
}

/** Both are null before the rules were asked. */
interface StandingRow {
	readonly rowId: number;
	readonly sessionId: string;
	readonly r1: string | null;
	readonly r2: string;
	readonly r3: string;
	readonly rulesConfidence: number;
	readonly l1: string | null;
	readonly l2: string;
	readonly l3: string;
	readonly confidence: number;
	readonly source: string;
	readonly reasoning: string | null;
	readonly at: string | null;
	readonly endedAt: string | null;
	readonly lastRecord: string | null;
}

export class SessionFactsTable {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	texts(rowIds: readonly number[]): SessionTexts[] {
		return this.#db
			.prepare<SessionTexts>(
				`SELECT s.id AS rowId, s.session_id AS sessionId, s.title, s.title_source AS titleSource, s.first_prompt AS firstPrompt,
					s.last_prompt AS lastPrompt, s.plan_title AS planTitle, s.git_branch AS branch, s.permission_mode AS permissionMode, s.user_prompts AS userPrompts,
					s.slash_commands AS slashCommands, s.skills, s.files_read AS filesRead, s.lines_added AS linesAdded,
					s.lines_removed AS linesRemoved, s.total_errors AS toolErrors, s.interruptions, s.active_ms AS activeMs,
					${lastRecord} AS lastRecord, s.rules_l3 || ' ' || s.rules_confidence || ' ' || s.category_l3 || ' ' || s.category_source || ' ' ||
						coalesce(s.category_record, '') || ' ' || coalesce(s.classified_at, '') AS stored
				FROM json_each(?) d CROSS JOIN sessions s ON s.id = d.value`,
			)
			.all(JSON.stringify(rowIds));
	}

	/** Calls by tool, the most used first. */
	tools(rowIds: readonly number[]): Map<number, [name: string, calls: number][]> {
		const rows = this.#db
			.prepare<{ s: number; name: string; calls: number }>(
				`SELECT f.session_rowid AS s, t.name, count(*) AS calls
				FROM json_each(?) d CROSS JOIN session_files f ON f.session_rowid = d.value CROSS JOIN tool_calls t ON t.file_id = f.id
				WHERE t.is_counted = 1 GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2`,
			)
			.all(JSON.stringify(rowIds));
		return gather(rows, row => [row.name, row.calls]);
	}

	/** Files that were edited, most edited first, at most 20 of a session. */
	editedFiles(rowIds: readonly number[]): Map<number, { path: string; edits: number }[]> {
		const rows = this.#db
			.prepare<{ s: number; path: string; edits: number }>(
				`SELECT e.s, p.path, e.edits FROM (
					SELECT f.session_rowid AS s, t.path_id, count(*) AS edits, row_number() OVER (PARTITION BY f.session_rowid ORDER BY count(*) DESC, t.path_id) AS place
					FROM json_each(?) d CROSS JOIN session_files f ON f.session_rowid = d.value CROSS JOIN tool_calls t ON t.file_id = f.id
					WHERE t.is_counted = 1 AND t.path_access = 'edit' GROUP BY 1, 2) e
				CROSS JOIN paths p ON p.id = e.path_id WHERE e.place <= 20 ORDER BY e.s, e.place`,
			)
			.all(JSON.stringify(rowIds));
		return gather(rows, row => ({ path: row.path, edits: row.edits }));
	}

	/** What was run in a shell, each once, oldest first, at most 40 of a session. */
	shellCommands(rowIds: readonly number[]): Map<number, string[]> {
		const rows = this.#db
			.prepare<{ s: number; summary: string }>(
				`SELECT s, summary FROM (
					SELECT f.session_rowid AS s, t.summary, row_number() OVER (PARTITION BY f.session_rowid ORDER BY min(f.id), min(t.byte_offset)) AS place
					FROM json_each(?) d CROSS JOIN session_files f ON f.session_rowid = d.value CROSS JOIN tool_calls t ON t.file_id = f.id
					WHERE t.is_counted = 1 AND t.name = 'Bash' AND t.summary IS NOT NULL GROUP BY 1, 2)
				WHERE place <= 40 ORDER BY s, place`,
			)
			.all(JSON.stringify(rowIds));
		return gather(rows, row => row.summary);
	}

	/** Prompts and commands of one session that a person gave, oldest first. (The list of types is the index's own, without which it is not used.) */
	promptPlaces(rowId: number, limit: number): PromptPlace[] {
		return this.#db
			.prepare<PromptPlace>(
				`SELECT f.path, m.byte_offset AS offset, m.byte_length AS length FROM session_files f
				CROSS JOIN messages m INDEXED BY messages_by_type ON m.file_id = f.id AND m.type_code IN (0, 1, 3, 4, 9, 10) AND m.type_code <= 1
				WHERE f.session_rowid = ? AND f.kind = 'session' AND f.gone_at IS NULL AND m.is_copy = 0 AND m.is_meta = 0
				ORDER BY m.at_ms, m.byte_offset LIMIT ?`,
			)
			.all(rowId, limit);
	}

	/** Null for a session of another project, too. */
	rowIdWithin(sessionId: string, projects: readonly number[] | null): number | null {
		return (
			this.#db
				.prepare<{ id: number }>(
					'SELECT id FROM sessions WHERE session_id = ?1 AND (?2 IS NULL OR project_id IN (SELECT value FROM json_each(?2)))',
				)
				.get(sessionId, projects === null ? null : JSON.stringify(projects))?.id ?? null
		);
	}

	rowIdOf(sessionId: string): number | null {
		return this.#db.prepare<{ id: number }>('SELECT id FROM sessions WHERE session_id = ?').get(sessionId)?.id ?? null;
	}

	/** What the rules said, and what stands: the same, unless a model or a person said something. One write, for the row is wide. */
	setRules(rowId: number, rules: SessionCategory, standing: StandingCategory): void {
		this.#db
			.prepare(
				`UPDATE sessions SET rules_l1 = ?1, rules_l2 = ?2, rules_l3 = ?3, rules_confidence = ?4, ${standingColumns(5)} WHERE id = ?13`,
			)
			.run(rules.l1, rules.l2, rules.l3, rules.confidence, ...standingValues(standing), rowId);
	}

	setStanding(rowId: number, standing: StandingCategory): void {
		this.#db.prepare(`UPDATE sessions SET ${standingColumns(1)} WHERE id = ?9`).run(...standingValues(standing), rowId);
	}

	/** Of those that are in the index. */
	standings(sessionIds: readonly string[]): SessionStanding[] {
		return this.#db
			.prepare<StandingRow>(
				`SELECT s.id AS rowId, s.session_id AS sessionId, s.rules_l1 AS r1, s.rules_l2 AS r2, s.rules_l3 AS r3, s.rules_confidence AS rulesConfidence,
					s.category_l1 AS l1, s.category_l2 AS l2, s.category_l3 AS l3, s.category_confidence AS confidence, s.category_source AS source,
					s.category_reasoning AS reasoning, s.classified_at AS at, s.category_record AS lastRecord, s.ended_at AS endedAt
				FROM json_each(?) d CROSS JOIN sessions s ON s.session_id = d.value`,
			)
			.all(JSON.stringify(sessionIds))
			.map(({ rowId, sessionId, endedAt, r1, r2, r3, rulesConfidence, l1, ...standing }) => ({
				rowId,
				sessionId,
				endedAt,
				rules: r1 === null ? null : { l1: r1, l2: r2, l3: r3, confidence: rulesConfidence },
				standing: l1 === null ? null : { l1, ...standing },
			}));
	}

	/** How many sessions the rules have seen. */
	ruleCount(): number {
		return this.#db.prepare<{ n: number }>('SELECT count(*) AS n FROM sessions WHERE rules_l3 IS NOT NULL').get()?.n ?? 0;
	}

	/** Sessions whose category is not the rules' own. */
	idsNotByRules(): string[] {
		return this.#db
			.prepare<{ id: string }>(
				"SELECT session_id AS id FROM sessions WHERE category_source IS NOT NULL AND category_source NOT LIKE 'rules@%'",
			)
			.all()
			.map(row => row.id);
	}

	/** Sessions for which this source stands: their categories of level 3. */
	categoriesBy(source: string): Map<string, string> {
		const rows = this.#db
			.prepare<{ id: string; l3: string }>('SELECT session_id AS id, category_l3 AS l3 FROM sessions WHERE category_source = ?')
			.all(source);
		return new Map(rows.map(row => [row.id, row.l3]));
	}

	/** Sessions of a category of any level. */
	idsOfCategory(projects: readonly number[] | null, category: string): string[] {
		return this.#db
			.prepare<{ id: string }>(
				`SELECT session_id AS id FROM sessions WHERE ?2 IN (category_l1, category_l2, category_l3)
				AND (?1 IS NULL OR project_id IN (SELECT value FROM json_each(?1)))`,
			)
			.all(projects === null ? null : JSON.stringify(projects), category)
			.map(row => row.id);
	}

	/** Sessions with a prompt whose last record lies between two times, in milliseconds. */
	endedBetween(projects: readonly number[] | null, afterMs: number, beforeMs: number): string[] {
		return this.#db
			.prepare<{ id: string }>(
				`SELECT session_id AS id FROM sessions WHERE ended_at > ?2 AND ended_at <= ?3 AND is_stub = 0 AND user_prompts > 0
				AND (?1 IS NULL OR project_id IN (SELECT value FROM json_each(?1))) ORDER BY ended_at`,
			)
			.all(projects === null ? null : JSON.stringify(projects), new Date(afterMs).toISOString(), new Date(beforeMs).toISOString())
			.map(row => row.id);
	}

	/** Every session with what it ended with, for plans of classification. The newest first. */
	endings(projects: readonly number[] | null): { sessionId: string; lastRecord: string; userPrompts: number; endedAt: string | null }[] {
		return this.#db
			.prepare<{ sessionId: string; lastRecord: string; userPrompts: number; endedAt: string | null }>(
				`SELECT session_id AS sessionId, ${lastRecord} AS lastRecord, user_prompts AS userPrompts, ended_at AS endedAt FROM sessions
				WHERE is_stub = 0 AND (?1 IS NULL OR project_id IN (SELECT value FROM json_each(?1))) ORDER BY ended_at DESC, session_id`,
			)
			.all(projects === null ? null : JSON.stringify(projects));
	}
}

/** From that parameter on, in the order of `standingValues`. */
const standingColumns = (from: number): string =>
	`category_l1 = ?${from}, category_l2 = ?${from + 1}, category_l3 = ?${from + 2}, category_confidence = ?${from + 3}, category_source = ?${from + 4},
	category_reasoning = ?${from + 5}, classified_at = ?${from + 6}, category_record = ?${from + 7}`;

function standingValues({ l1, l2, l3, confidence, source, reasoning, at, lastRecord }: StandingCategory): (string | number | null)[] {
	return [l1, l2, l3, confidence, source, reasoning, at, lastRecord];
}

function gather<Row extends { readonly s: number }, T>(rows: readonly Row[], valueOf: (row: Row) => T): Map<number, T[]> {
	const gathered = new Map<number, T[]>();
	for (const row of rows) {
		const values = gathered.get(row.s);
		if (values === undefined) gathered.set(row.s, [valueOf(row)]);
		else values.push(valueOf(row));
	}
	return gathered;
}
