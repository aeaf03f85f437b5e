/**
 * What filters, lists and totals look at of every session, in columns: a pass over numbers that stand beside each other. As
 * objects, 10,000 sessions do not fit into a processor's cache, and every pass waits for each of them. Pure.
 */
import { type Column, columnOf, placesOf, those } from './columns.ts';
import { isActiveIn, type SessionHistory, type Span } from './history.ts';

/** From the widest to the narrowest; null for a session that nothing has sorted. */
export type CategoryLevels = readonly [string | null, string | null, string | null];

export interface SessionColumns {
	/** Each at its place. */
	readonly sessions: readonly SessionHistory[];
	/** In order. */
	readonly places: Int32Array;
	/** Place of the session with each row id; -1 for none. */
	readonly placeOfRow: Int32Array;
	/** 1 for those that figures of sessions count. */
	readonly isCounted: Uint8Array;
	/** NaN for a session that was worked on at no known time. */
	readonly firstQuarter: Float64Array;
	readonly lastQuarter: Float64Array;
	readonly activeMs: Float64Array;
	/** NaN where nothing has a known price. */
	readonly costUsd: Float64Array;
	readonly userPrompts: Float64Array;
	readonly responses: Float64Array;
	readonly toolCalls: Float64Array;
	/** Row ids, with those that belong to no project. */
	readonly projectId: Column<number | null>;
	readonly project: Column<SessionHistory['project']>;
	/** Empty for none. */
	readonly branch: Column<string>;
	readonly mode: Column<SessionHistory['row']['mode']>;
	readonly models: Column<readonly string[]>;
	readonly category: Column<CategoryLevels>;
	readonly fileReads: Float64Array;
	readonly fileEdits: Float64Array;
	readonly apiErrors: Float64Array;
	/** JSON objects, name to count. */
	readonly slashCommands: Column<string | null>;
	readonly skills: Column<string | null>;
}

export function sessionColumns(sessions: readonly SessionHistory[]): SessionColumns {
	const amounts = (amountOf: (session: SessionHistory) => number | null) =>
		Float64Array.from(sessions, session => amountOf(session) ?? NaN);
	const placeOfRow = new Int32Array(sessions.reduce((most, { row }) => Math.max(most, row.id), 0) + 1).fill(-1);
	for (const [place, { row }] of sessions.entries()) placeOfRow[row.id] = place;
	return {
		sessions,
		places: placesOf(sessions),
		placeOfRow,
		isCounted: Uint8Array.from(sessions, ({ isCounted }) => (isCounted ? 1 : 0)),
		firstQuarter: amounts(({ firstQuarter }) => firstQuarter),
		lastQuarter: amounts(({ lastQuarter }) => lastQuarter),
		activeMs: amounts(({ row }) => row.active_ms),
		costUsd: amounts(({ row }) => row.cost_usd),
		userPrompts: amounts(({ row }) => row.user_prompts),
		responses: amounts(({ row }) => row.responses),
		toolCalls: amounts(({ row }) => row.tool_calls),
		projectId: columnOf(sessions, ({ row }) => row.project_id),
		project: columnOf(
			sessions,
			({ project }) => project,
			project => project?.path,
		),
		branch: columnOf(sessions, ({ row }) => row.git_branch ?? ''),
		mode: columnOf(sessions, ({ row }) => row.mode),
		models: columnOf(
			sessions,
			({ models }) => models,
			models => models.join('\n'),
		),
		category: columnOf(sessions, levelsOf, levels => levels.join('\n')),
		fileReads: amounts(({ row }) => row.file_reads),
		fileEdits: amounts(({ row }) => row.file_edits),
		apiErrors: amounts(({ row }) => row.api_errors),
		slashCommands: columnOf(sessions, ({ row }) => row.slash_commands),
		skills: columnOf(sessions, ({ row }) => row.skills),
	};
}

export function levelsOf({ row }: SessionHistory): CategoryLevels {
	return [row.category_l1, row.category_l2, row.category_l3];
}

export function sessionsAt({ sessions }: SessionColumns, places: Int32Array): readonly SessionHistory[] {
	return places.length === sessions.length ? sessions : Array.from(places).flatMap(place => sessions[place] ?? []);
}

/** Of the sessions at these places, those that were worked on in the span. */
export function workedOnIn(table: SessionColumns, places: Int32Array, span: Span): Int32Array {
	if (span === null) return places;
	const { firstQuarter, lastQuarter, sessions } = table;
	return those(places, place => {
		const [first, last] = [firstQuarter[place] ?? NaN, lastQuarter[place] ?? NaN];
		// Of most sessions the ends tell; one that began before and ended after may have paused all the while.
		if (first >= span.fromMs || last < span.toMs) return first < span.toMs && last >= span.fromMs;
		const session = sessions[place];
		return session !== undefined && isActiveIn(session, span);
	});
}

/** Of the sessions at these places, those that lie in the span whole: their own sums are those of the span. */
export function wholeIn({ firstQuarter, lastQuarter }: SessionColumns, places: Int32Array, span: Span): Int32Array {
	if (span === null) return places;
	return those(places, place => (firstQuarter[place] ?? NaN) >= span.fromMs && (lastQuarter[place] ?? NaN) < span.toMs);
}

/** Of the sessions at these places, those that figures of sessions count. */
export function counted({ isCounted }: SessionColumns, places: Int32Array): Int32Array {
	return those(places, place => isCounted[place] === 1);
}
