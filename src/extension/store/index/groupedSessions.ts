/**
 * Sessions in groups (DB-1, DB-6): how many stand in each, and a page of one. A group of days is a stretch of time that an
 * index finds; any other is what an expression over a session says. Sessions that are pinned stand in a group of their own.
 */
import type { Sqlite, SqlValue } from '../sqlite.ts';
import { joinedToSessions, type ProjectScope, sessionColumns, type SessionListRow } from './lists.ts';
import { ensureMarkTable } from './marks.ts';

export interface ListConditions {
	readonly projects: ProjectScope;
	/** In lower case; all must occur. */
	readonly words: readonly string[];
	/** Null lets all pass; an empty text those without. */
	readonly category: string | null;
	readonly branch: string | null;
	/** Path. */
	readonly project: string | null;
	readonly model: string | null;
	readonly status: string | null;
	readonly tag: string | null;
	readonly mode: string | null;
	readonly onlyPinned: boolean;
	readonly showsHidden: boolean;
	/** Sessions that said nothing since then are over, whatever their last record was; ISO 8601. */
	readonly quietSince: string;
	/** Only sessions that no listed session is the parent of. */
	readonly onlyRoots: boolean;
}

export interface TimeSpan {
	readonly since: string;
	readonly until: string;
}

export type OrderName = keyof typeof orders;
export type GroupingName = keyof typeof groupKeys;
export type FacetName = keyof typeof facetKeys;

/** A group as it is asked for; `undated` are those without a time. */
export type GroupChoice =
	| { readonly kind: 'pinned' }
	| { readonly kind: 'all' }
	| { readonly kind: 'span'; readonly span: TimeSpan }
	| { readonly kind: 'undated' }
	| { readonly kind: 'key'; readonly by: GroupingName; readonly key: string };

export interface GroupCount {
	readonly key: string;
	/** Of a project. */
	readonly name: string | null;
	readonly sessions: number;
	/** How many groups there are in all. */
	readonly groups: number;
}

const orders = {
	activity: 's.ended_at DESC NULLS LAST, s.session_id',
	start: 's.started_at DESC NULLS LAST, s.session_id',
	cost: 's.cost_usd DESC NULLS LAST, s.session_id',
	tokens: 's.input_tokens + s.output_tokens + s.cache_read_tokens + s.cache_write_5m_tokens + s.cache_write_1h_tokens DESC, s.session_id',
	length: 's.active_ms DESC, s.session_id',
	title: 'coalesce(k.title, s.title) COLLATE NOCASE NULLS LAST, s.session_id',
} as const;

/** As `statusAt` says it, and `gone` for what has no transcript any more. */
const status = `CASE WHEN s.is_stub = 1 OR s.gone_at IS NOT NULL THEN 'gone' WHEN s.claude_status IN ('error', 'not_started') THEN s.claude_status
	WHEN s.ended_at IS NULL OR s.ended_at < ?12 THEN 'completed' ELSE s.claude_status END`;

const groupKeys = {
	category: "coalesce(s.category_l2, '')",
	branch: "coalesce(s.git_branch, '')",
	project: "coalesce(p.path, '')",
	status,
	tag: "coalesce(tag.value, '')",
} as const;

const facetKeys = { ...groupKeys, model: "coalesce(model.value, '')", mode: 's.mode' } as const;

/** What the keys look at beside the session. */
const facetJoins: Readonly<Partial<Record<FacetName, string>>> = {
	tag: 'LEFT JOIN json_each(k.tags) tag',
	model: 'LEFT JOIN json_each(s.models) model',
};

const keyOrders: Readonly<Record<FacetName, string>> = {
	category: 'sessions DESC, group_key',
	branch: 'max(s.ended_at) DESC, group_key',
	project: 'max(s.ended_at) DESC, group_key',
	status: 'sessions DESC, group_key',
	tag: 'group_key COLLATE NOCASE',
	model: 'sessions DESC, group_key',
	mode: 'sessions DESC, group_key',
};

const isShown = '(?11 = 1 OR coalesce(k.is_hidden, 0) = 0)';
const inProjects = (alias: string) => `(?1 IS NULL OR ${alias}.project_id IN (SELECT value FROM json_each(?1)))`;

/** Parameters 1 to 13: `valuesOf`. */
const isAsked = `${inProjects('s')}
	AND (?2 = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(?2) w WHERE NOT EXISTS (SELECT 1 FROM json_each(w.value) spelling WHERE instr(lower(coalesce(s.title, '') || ' ' || coalesce(k.title, '') || ' '
		|| coalesce(s.git_branch, '') || ' ' || coalesce(p.name, '') || ' ' || coalesce(s.first_prompt, '') || ' ' || coalesce(k.note, '') || ' '
		|| coalesce(k.tags, '')), spelling.value) > 0)))
	AND (?3 IS NULL OR ?3 IN (s.category_l1, s.category_l2, s.category_l3) OR (?3 = '' AND s.category_l2 IS NULL))
	AND (?4 IS NULL OR coalesce(s.git_branch, '') = ?4)
	AND (?5 IS NULL OR coalesce(p.path, '') = ?5)
	AND (?6 IS NULL OR EXISTS (SELECT 1 FROM json_each(s.models) WHERE value = ?6) OR (?6 = '' AND coalesce(s.models, '[]') = '[]'))
	AND (?7 IS NULL OR ${status} = ?7)
	AND (?8 IS NULL OR EXISTS (SELECT 1 FROM json_each(k.tags) WHERE value = ?8 COLLATE NOCASE) OR (?8 = '' AND k.tags IS NULL))
	AND (?9 IS NULL OR s.mode = ?9)
	AND (?10 = 0 OR k.pinned_at IS NOT NULL)
	AND (?13 = 0 OR s.parent_session_id IS NULL OR k.pinned_at IS NOT NULL OR NOT EXISTS (
		SELECT 1 FROM sessions q LEFT JOIN temp.session_marks h ON h.session_id = q.session_id
		WHERE q.session_id = s.parent_session_id AND q.id <> s.id AND ${inProjects('q')} AND (?11 = 1 OR coalesce(h.is_hidden, 0) = 0)))`;

const isListed = `${isShown} AND ${isAsked}`;
const sessions = `sessions s ${joinedToSessions}`;
/** The marks first: few sessions are pinned or hidden. */
const marked = 'temp.session_marks k CROSS JOIN sessions s ON s.session_id = k.session_id LEFT JOIN projects p ON p.id = s.project_id';

const times = { activity: 's.ended_at', start: 's.started_at' } as const;
/** Sorted by their start, sessions stand under the day of their start. */
export const timeOf = (order: OrderName): keyof typeof times => (order === 'start' ? 'start' : 'activity');

/** Parameters 14 to 16: `choiceValues`. */
function isInGroup(choice: GroupChoice, order: OrderName): string {
	const time = times[timeOf(order)];
	switch (choice.kind) {
		case 'pinned':
			return 'k.pinned_at IS NOT NULL AND ?14 IS NULL AND ?15 IS ?16';
		case 'all':
			return 'k.pinned_at IS NULL AND ?14 IS NULL AND ?15 IS ?16';
		case 'span':
			return `k.pinned_at IS NULL AND ?14 IS NULL AND ${time} >= ?15 AND ${time} < ?16`;
		case 'undated':
			return `k.pinned_at IS NULL AND ?14 IS NULL AND ?15 IS ?16 AND ${time} IS NULL`;
		case 'key':
			return `k.pinned_at IS NULL AND ?15 IS ?16 AND ${
				choice.by === 'tag'
					? "(EXISTS (SELECT 1 FROM json_each(k.tags) WHERE value = ?14) OR (?14 = '' AND k.tags IS NULL))"
					: `${groupKeys[choice.by]} = ?14`
			}`;
	}
}

function choiceValues(choice: GroupChoice): SqlValue[] {
	if (choice.kind === 'key') return [choice.key, null, null];
	return choice.kind === 'span' ? [null, choice.span.since, choice.span.until] : [null, null, null];
}

export class GroupedSessions {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
		ensureMarkTable(db);
	}

	/** Without the pinned ones. Groups with an empty key come last. */
	counts(conditions: ListConditions, by: GroupingName, limit: number): GroupCount[] {
		return this.#countsBy(conditions, by, 'k.pinned_at IS NULL', limit);
	}

	/** Of all sessions, each in every value that it has, the most frequent first. */
	facetCounts(conditions: ListConditions, by: FacetName, limit: number): GroupCount[] {
		return this.#countsBy(conditions, by, '1', limit, 'sessions DESC, group_key');
	}

	/** (`key` alone would be that of `json_each`.) */
	#countsBy(conditions: ListConditions, by: FacetName, also: string, limit: number, order = keyOrders[by]): GroupCount[] {
		const key = facetKeys[by];
		const name = by === 'project' ? 'max(p.name)' : 'NULL';
		return this.#db
			.prepare<Omit<GroupCount, 'key'> & { readonly group_key: string }>(
				`SELECT ${key} AS group_key, ${name} AS name, count(DISTINCT s.id) AS sessions, count(*) OVER () AS groups FROM ${sessions} ${facetJoins[by] ?? ''}
				WHERE ${isListed} AND ${also} GROUP BY 1 ORDER BY group_key = '', ${order} LIMIT ?14`,
			)
			.all(...valuesOf(conditions), limit)
			.map(({ group_key, ...count }) => ({ key: group_key, ...count }));
	}

	/** Of each stretch of time that has any, in the order given. Without the pinned ones. */
	countsIn(
		conditions: ListConditions,
		spans: readonly (TimeSpan & { readonly key: string })[],
		order: OrderName,
	): { key: string; sessions: number }[] {
		const time = times[timeOf(order)];
		return this.#db
			.prepare<{ key: string; sessions: number }>(
				`SELECT span.value ->> 'key' AS key, count(*) AS sessions FROM json_each(?14) span
				CROSS JOIN sessions s ON ${time} >= span.value ->> 'since' AND ${time} < span.value ->> 'until' ${joinedToSessions}
				WHERE ${isListed} AND k.pinned_at IS NULL GROUP BY span.key ORDER BY span.key`,
			)
			.all(...valuesOf(conditions), JSON.stringify(spans));
	}

	/** Of the first session in the index, whatever the conditions; null for none. */
	oldest(order: OrderName): string | null {
		const time = times[timeOf(order)];
		return this.#db.prepare<{ at: string | null }>(`SELECT min(${time}) AS at FROM sessions s`).get()?.at ?? null;
	}

	count(conditions: ListConditions, choice: GroupChoice, order: OrderName): number {
		const from = choice.kind === 'pinned' ? marked : sessions;
		return (
			this.#db
				.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${isListed} AND ${isInGroup(choice, order)}`)
				.get(...valuesOf(conditions), ...choiceValues(choice))?.n ?? 0
		);
	}

	/** All that pass, pinned or not, each once. */
	total(conditions: ListConditions): number {
		return this.#db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${sessions} WHERE ${isListed}`).get(...valuesOf(conditions))?.n ?? 0;
	}

	/** Of those that a person has hidden, the ones that would be listed. */
	hidden(conditions: ListConditions): number {
		return (
			this.#db
				.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${marked} WHERE k.is_hidden = 1 AND ?11 IS NOT NULL AND ${isAsked}`)
				.get(...valuesOf(conditions))?.n ?? 0
		);
	}

	/** Sessions that said something since then: those that wait for somebody, and all that wait or work. Without hidden ones. */
	live(projects: ProjectScope, quietSince: string): { readonly needInput: number; readonly live: number } {
		const found = this.#db
			.prepare<{ needInput: number | null; live: number }>(
				`SELECT sum(s.claude_status = 'waiting_for_input') AS needInput, count(*) AS live FROM sessions s
				LEFT JOIN temp.session_marks k ON k.session_id = s.session_id
				WHERE s.ended_at >= ?2 AND s.claude_status IN ('waiting_for_input', 'processing') AND s.gone_at IS NULL AND s.is_stub = 0
				AND coalesce(k.is_hidden, 0) = 0 AND ${inProjects('s')}`,
			)
			.get(projects === null ? null : JSON.stringify(projects), quietSince);
		return { needInput: found?.needInput ?? 0, live: found?.live ?? 0 };
	}

	/** Only the page's own rows are read in full: sorting ten thousand whole ones takes longer than all else. */
	page(conditions: ListConditions, choice: GroupChoice, order: OrderName, offset: number, limit: number): SessionListRow[] {
		const from = choice.kind === 'pinned' ? marked : sessions;
		return this.#db
			.prepare<SessionListRow>(
				`SELECT ${sessionColumns} FROM (SELECT s.id AS on_page FROM ${from} WHERE ${isListed} AND ${isInGroup(choice, order)}
					ORDER BY ${orders[order]} LIMIT ?17 OFFSET ?18) page
				CROSS JOIN sessions s ON s.id = page.on_page ${joinedToSessions} ORDER BY ${orders[order]}`,
			)
			.all(...valuesOf(conditions), ...choiceValues(choice), limit, offset);
	}

	/** Those of a group, and what was forked from or continues them, at any depth. */
	ids(conditions: ListConditions, choice: GroupChoice, order: OrderName): string[] {
		return this.#db
			.prepare<{ id: string }>(
				`WITH RECURSIVE family(id) AS (
					SELECT s.session_id FROM ${sessions} WHERE ${isListed} AND ${isInGroup(choice, order)}
					UNION SELECT s.session_id FROM family JOIN sessions s ON s.parent_session_id = family.id
						LEFT JOIN temp.session_marks k ON k.session_id = s.session_id WHERE ?13 = 1 AND ${isShown})
				SELECT id FROM family`,
			)
			.all(...valuesOf(conditions), ...choiceValues(choice))
			.map(({ id }) => id);
	}

	/** Forked from or continuing a session, oldest first. */
	forks(sessionId: string, showsHidden: boolean, offset: number, limit: number): SessionListRow[] {
		return this.#db
			.prepare<SessionListRow>(
				`SELECT ${sessionColumns} FROM ${sessions} WHERE s.parent_session_id = ?1 AND s.session_id <> ?1 AND (?2 = 1 OR coalesce(k.is_hidden, 0) = 0)
				ORDER BY s.started_at, s.session_id LIMIT ?3 OFFSET ?4`,
			)
			.all(sessionId, showsHidden ? 1 : 0, limit, offset);
	}

	/** How many were forked from or continue each of these; sessions without any are left out. */
	forkCounts(sessionIds: readonly string[], showsHidden: boolean): Map<string, number> {
		const rows = this.#db
			.prepare<{ id: string; n: number }>(
				`SELECT s.parent_session_id AS id, count(*) AS n FROM json_each(?1) asked
				CROSS JOIN sessions s ON s.parent_session_id = asked.value AND s.session_id <> asked.value
				LEFT JOIN temp.session_marks k ON k.session_id = s.session_id
				WHERE (?2 = 1 OR coalesce(k.is_hidden, 0) = 0) GROUP BY 1`,
			)
			.all(JSON.stringify(sessionIds), showsHidden ? 1 : 0);
		return new Map(rows.map(({ id, n }) => [id, n]));
	}
}

/** SQLite's `lower` leaves letters beyond ASCII as they are: what remains is looked for in small, in large, and with a large initial. */
function spellings(word: string): readonly string[] {
	const large = (text: string) => text.replaceAll(/[^\x00-\x7f]/g, letter => letter.toUpperCase());
	const [initial = ''] = word;
	return [...new Set([word, large(word), large(initial) + word.slice(initial.length)])];
}

function valuesOf(conditions: ListConditions): SqlValue[] {
	return [
		conditions.projects === null ? null : JSON.stringify(conditions.projects),
		JSON.stringify(conditions.words.map(spellings)),
		conditions.category,
		conditions.branch,
		conditions.project,
		conditions.model,
		conditions.status,
		conditions.tag,
		conditions.mode,
		conditions.onlyPinned ? 1 : 0,
		conditions.showsHidden ? 1 : 0,
		conditions.quietSince,
		conditions.onlyRoots ? 1 : 0,
	];
}
