/** The sessions and sums that pass the filters of a query. Pure. */
import type { InsightsQuery, TokenCounts } from '../../webview/contract/sessions.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import type { HistoryActivityRow, HistoryUsageRow } from '../store/index/historyRows.ts';
import { isActiveIn, isIn, type SessionHistory, type Span } from './history.ts';

export interface Sums {
	readonly responses: number;
	readonly tokens: TokenCounts;
	/** Null when nothing of it has a known price. */
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
}

/** What passes the filters, whatever the period. */
export interface Selection {
	/** Stubs and gone ones among them: what they used counts. */
	readonly sessions: readonly SessionHistory[];
	/** Only this model's usage counts; null for all. */
	readonly model: string | null;
}

export function select(history: Iterable<SessionHistory>, query: InsightsQuery, projects: ProjectScope): Selection {
	const inScope = projects === null ? null : new Set(projects);
	const { project = null, branch = null, model = null, category = null, mode = null } = query;
	const sessions: SessionHistory[] = [];
	for (const session of history) {
		const { row } = session;
		if (inScope !== null && (row.project_id === null || !inScope.has(row.project_id))) continue;
		if (project !== null && (session.project?.path ?? '') !== project) continue;
		if (branch !== null && (row.git_branch ?? '') !== branch) continue;
		if (mode !== null && row.mode !== mode) continue;
		if (category !== null && !isOfCategory(session, category)) continue;
		if (model !== null && !session.models.includes(model)) continue;
		sessions.push(session);
	}
	return { sessions, model };
}

/** Of any level; empty for sessions without one. */
export function isOfCategory({ row }: SessionHistory, category: string): boolean {
	if (category === '') return row.category_l3 === null;
	return row.category_l1 === category || row.category_l2 === category || row.category_l3 === category;
}

/** Those worked on in the span. */
export function activeIn({ sessions }: Selection, span: Span): readonly SessionHistory[] {
	return span === null ? sessions : sessions.filter(session => isActiveIn(session, span));
}

/** What of a session's usage passes. */
export function usageOf({ usage }: SessionHistory, { model }: Pick<Selection, 'model'>, span: Span): readonly HistoryUsageRow[] {
	if (span === null && model === null) return usage;
	return usage.filter(row => isIn(row.quarter, span) && (model === null || row.model === model));
}

export function activityOf({ activity }: SessionHistory, span: Span): readonly HistoryActivityRow[] {
	return span === null ? activity : activity.filter(row => isIn(row.quarter, span));
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
