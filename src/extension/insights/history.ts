/**
 * Every session of the index with its sums, as the insights look at it. Plain data, made of rows of the store and kept by the
 * engine: any filter and any figure is a pass over it, and the sessions behind a figure are those the same pass finds.
 */
import type { HistoryActivityRow, HistorySessionRow, HistoryUsageRow } from '../store/index/historyRows.ts';
import { getOrMake } from './grouping.ts';

export interface Project {
	readonly path: string;
	readonly name: string;
}

export interface SessionHistory {
	readonly row: HistorySessionRow;
	/** Null for a session that belongs to none. */
	readonly project: Project | null;
	/** With a transcript of its own, on disk or not any more: what figures of sessions count. */
	readonly isCounted: boolean;
	readonly startMs: number | null;
	/** Most used first. */
	readonly models: readonly string[];
	readonly usage: readonly HistoryUsageRow[];
	readonly activity: readonly HistoryActivityRow[];
	/** Starts of the quarters of an hour it was worked on in, in order: with an answer, a prompt, a tool call or active time, and those it began and ended in. */
	readonly quarters: readonly number[];
	/** The first and the last of them, null without any: of most sessions they tell whether a span has it, without a look at the list. */
	readonly firstQuarter: number | null;
	readonly lastQuarter: number | null;
}

/** A span of time in milliseconds, the end not included; null for everything, also what has no time. */
export type Span = { readonly fromMs: number; readonly toMs: number } | null;

export interface HistorySources {
	readonly sessions: readonly HistorySessionRow[];
	readonly usage: readonly HistoryUsageRow[];
	readonly activity: readonly HistoryActivityRow[];
	readonly projects: ReadonlyMap<number, Project>;
}

const quarterMs = 900_000;
const quarterOf = (ms: number): number => Math.floor(ms / quarterMs) * quarterMs;

/** By row id. */
export function historyOf({ sessions, usage, activity, projects }: HistorySources): Map<number, SessionHistory> {
	const usageOf = Map.groupBy(usage, row => row.session);
	const activityOf = Map.groupBy(activity, row => row.session);
	const modelLists = new Map<string, readonly string[]>();
	const modelsOf = (json: string | null): readonly string[] =>
		json === null ? [] : getOrMake(modelLists, json, () => JSON.parse(json) as readonly string[]);
	return new Map(
		sessions.map(row => {
			const used = usageOf.get(row.id) ?? [];
			const active = activityOf.get(row.id) ?? [];
			const ends = [row.started_at, row.ended_at].flatMap(at => (at === null ? [] : [quarterOf(Date.parse(at))]));
			const quarters = [
				...used.map(({ quarter }) => quarter).filter(quarter => quarter > 0),
				...active.map(({ quarter }) => quarter),
				...ends,
			];
			const worked = [...new Set(quarters)].sort((a, b) => a - b);
			const session: SessionHistory = {
				row,
				project: row.project_id === null ? null : (projects.get(row.project_id) ?? null),
				isCounted: row.is_stub === 0,
				startMs: row.started_at === null ? null : Date.parse(row.started_at),
				models: modelsOf(row.models),
				usage: used,
				activity: active,
				quarters: worked,
				firstQuarter: worked[0] ?? null,
				lastQuarter: worked.at(-1) ?? null,
			};
			return [row.id, session] as const;
		}),
	);
}

export function isIn(ms: number, span: Span): boolean {
	return span === null || (ms >= span.fromMs && ms < span.toMs);
}

/** Whether it was worked on in the span. */
export function isActiveIn(session: SessionHistory, span: Span): boolean {
	if (span === null) return true;
	const { firstQuarter, lastQuarter } = session;
	if (firstQuarter === null || lastQuarter === null || lastQuarter < span.fromMs || firstQuarter >= span.toMs) return false;
	// Of most sessions the ends tell; one that began before and ended after may have paused all the while.
	if (firstQuarter >= span.fromMs || lastQuarter < span.toMs) return true;
	return session.quarters.some(quarter => isIn(quarter, span));
}
