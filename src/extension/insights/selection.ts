/** The sessions and sums that pass the filters of a query. Pure. */
import type { InsightsQuery, TokenCounts } from '../../webview/contract/sessions.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';
import { flagsAt, having } from './columns.ts';
import { isIn, type SessionHistory, type Span } from './history.ts';
import { type CategoryLevels, counted, sessionsAt, type SessionColumns, workedOnIn } from './sessionColumns.ts';

export interface Sums {
	readonly responses: number;
	readonly tokens: TokenCounts;
	/** Null when nothing of it has a known price. */
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
}

/** What passes the filters, whatever the period. */
export interface Selection {
	readonly table: SessionColumns;
	/** Of its sessions, in order. Stubs among them: what they used counts. */
	readonly places: Int32Array;
	/** Only this model's usage counts; null for all. */
	readonly model: string | null;
}

export function everyOne(table: SessionColumns, model: string | null = null): Selection {
	return { table, places: table.places, model };
}

/** Of a selection, what passes the filters of a query. */
export function select({ table, places: from }: Selection, query: InsightsQuery, projects: ProjectScope): Selection {
	const { project = null, branch = null, model = null, category = null, mode = null } = query;
	let places = from;
	if (projects !== null) {
		const inScope = new Set(projects);
		places = having(places, table.projectId, id => id !== null && inScope.has(id));
	}
	if (project !== null) places = having(places, table.project, each => (each?.path ?? '') === project);
	if (branch !== null) places = having(places, table.branch, each => each === branch);
	if (mode !== null) places = having(places, table.mode, each => each === mode);
	if (category !== null) places = having(places, table.category, levels => isOfCategory(levels, category));
	if (model !== null) places = having(places, table.models, each => each.includes(model));
	return { table, places, model };
}

/** Of any level; empty for sessions without one. */
export function isOfCategory(levels: CategoryLevels, category: string): boolean {
	return category === '' ? levels[2] === null : levels.includes(category);
}

export function sessionsOf({ table, places }: Selection): readonly SessionHistory[] {
	return sessionsAt(table, places);
}

/** Places of those worked on in the span. */
export function placesActiveIn({ table, places }: Selection, span: Span): Int32Array {
	return workedOnIn(table, places, span);
}

/** Places of those that a figure of sessions counts. */
export function placesCountedIn({ table, places }: Selection, span: Span): Int32Array {
	return workedOnIn(table, counted(table, places), span);
}

/** Those worked on in the span. */
export function activeIn(selection: Selection, span: Span): readonly SessionHistory[] {
	return sessionsAt(selection.table, placesActiveIn(selection, span));
}

/** What a figure of sessions counts. */
export function countedIn(selection: Selection, span: Span): readonly SessionHistory[] {
	return sessionsAt(selection.table, placesCountedIn(selection, span));
}

/** Whether the session with a row id is among those at these places. */
export function isAmong({ placeOfRow, sessions }: SessionColumns, places: Int32Array): (rowId: number) => boolean {
	if (places.length === sessions.length) return rowId => (placeOfRow[rowId] ?? -1) >= 0;
	const isChosen = flagsAt(sessions.length, places);
	return rowId => isChosen[placeOfRow[rowId] ?? -1] === 1;
}

/** What of a session's usage passes. */
export function usageOf({ usage }: SessionHistory, { model }: Pick<Selection, 'model'>, span: Span): readonly HistoryUsageRow[] {
	if (span === null && model === null) return usage;
	return usage.filter(row => isIn(row.quarter, span) && (model === null || row.model === model));
}

export const tokensIn = (row: HistoryUsageRow): number => row.input + row.output + row.cacheRead + row.cacheWrite5m + row.cacheWrite1h;
export const totalTokens = (tokens: TokenCounts): number =>
	tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

/** Adds up usage row by row. */
export class UsageSums implements Sums {
	responses = 0;
	readonly tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
	costUsd: number | null = null;
	unpricedTokens = 0;

	add(row: HistoryUsageRow): this {
		this.responses += row.responses;
		this.tokens.input += row.input;
		this.tokens.output += row.output;
		this.tokens.cacheRead += row.cacheRead;
		this.tokens.cacheWrite5m += row.cacheWrite5m;
		this.tokens.cacheWrite1h += row.cacheWrite1h;
		if (row.costUsd === null) this.unpricedTokens += tokensIn(row);
		else this.costUsd = (this.costUsd ?? 0) + row.costUsd;
		return this;
	}
}

export function sumsOf(rows: Iterable<HistoryUsageRow>): UsageSums {
	const sums = new UsageSums();
	for (const row of rows) sums.add(row);
	return sums;
}

/** By a key of each session or usage row, the costliest first. */
export function byCost<T extends Sums>(a: T, b: T): number {
	return (b.costUsd ?? -1) - (a.costUsd ?? -1) || totalTokens(b.tokens) - totalTokens(a.tokens);
}
