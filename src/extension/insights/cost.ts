/** What the cost page says of a query. Pure. */
import type {
	BlockFigures,
	BudgetState,
	CostDay,
	CostFigures,
	CostShare,
	ModelRow,
	ShareList,
	SubagentCost,
	UnpricedModel,
} from '../../webview/contract/cost.ts';
import type { Rates } from '../claude/prices.ts';
import type { HistoryCountRow, HistoryUsageRow } from '../store/index/historyRows.ts';
import { cacheFigures } from './cacheFigures.ts';
import { dailyUsage } from './dailyUsage.ts';
import { getOrMake } from './grouping.ts';
import { isIn, type SessionHistory, type Span } from './history.ts';
import type { LocalCalendar } from './localTime.ts';
import { firstDayOf, totalsOf } from './overview.ts';
import type { Period } from './period.ts';
import { type Pricing, reconciliation } from './reconciliation.ts';
import { byCost, type Selection, totalTokens, tokensIn, UsageSums, usageOf } from './selection.ts';
import { dayBuckets } from './series.ts';

const mostShares = 50;
const mostDayModels = 7;

export interface CostSources {
	readonly selection: Selection;
	readonly period: Period;
	readonly calendar: LocalCalendar;
	readonly priceOf: Pricing;
	readonly ratesOf: (row: HistoryUsageRow) => Rates | null;
	/** Of all sessions in the index. */
	readonly lines: readonly HistoryCountRow[];
	readonly elsewhere: readonly HistoryCountRow[];
	readonly blocks: BlockFigures;
	readonly budgets: readonly BudgetState[];
}

export function costFigures(sources: CostSources): CostFigures {
	const { selection, period, calendar, priceOf, ratesOf, lines, elsewhere, blocks, budgets } = sources;
	const { span } = period;
	const used = usedIn(selection, span);
	const rows = used.flatMap(({ usage }) => usage);
	const totals = totalsOf(selection, period);
	const daily = dailyUsage(rows);
	const models = modelRows(rows);
	const series = costDays(rows, models, selection, period, calendar);
	const activeDays = new Set(rows.filter(row => row.quarter > 0 && (row.costUsd ?? 0) > 0).map(row => calendar.dayOf(row.quarter))).size;
	const answered = used.length;
	const isChosen = countFilter(selection, span);
	return {
		costUsd: totals.costUsd,
		tokens: totals.tokens,
		perActiveDayUsd: activeDays === 0 ? null : totals.costUsd.now / activeDays,
		perSessionUsd: answered === 0 ? null : totals.costUsd.now / answered,
		...series,
		models,
		projects: firstOf(projectShares(used)),
		branches: firstOf(branchShares(used)),
		categories: firstOf(categoryShares(used)),
		cache: cacheFigures(daily, ratesOf),
		blocks,
		subagents: subagentCost(used, totals.costUsd.now),
		budgets,
		unpriced: unpricedModels(used),
		reconciliation: reconciliation({ lines: lines.filter(isChosen), elsewhere: elsewhere.filter(isChosen), usage: daily, priceOf }),
	};
}

export interface Used {
	readonly session: SessionHistory;
	readonly usage: readonly HistoryUsageRow[];
}

/** Sessions with an answer in the span, and what they used. */
export function usedIn(selection: Selection, span: Span): Used[] {
	return selection.sessions.map(session => ({ session, usage: usageOf(session, selection, span) })).filter(({ usage }) => usage.length > 0);
}

function countFilter({ sessions, model }: Selection, span: Span): (row: HistoryCountRow) => boolean {
	const chosen = new Set(sessions.map(({ row }) => row.id));
	return row => chosen.has(row.session) && isIn(row.quarter, span) && (model === null || row.model === model);
}

export function modelRows(rows: readonly HistoryUsageRow[]): ModelRow[] {
	const sums = new Map<string, UsageSums>();
	for (const row of rows) getOrMake(sums, row.model, () => new UsageSums()).add(row);
	return [...sums]
		.sort(([a, x], [b, y]) => byCost(x, y) || y.responses - x.responses || (a < b ? -1 : 1))
		.map(([model, { responses, tokens, costUsd }]) => ({ model, responses, tokens: { ...tokens }, costUsd }));
}

function costDays(
	rows: readonly HistoryUsageRow[],
	models: readonly ModelRow[],
	selection: Selection,
	period: Period,
	calendar: LocalCalendar,
): Pick<CostFigures, 'days' | 'daysAre' | 'dayModels'> {
	const paid = models.filter(({ costUsd }) => (costUsd ?? 0) > 0).map(({ model }) => model);
	const named = paid.slice(0, mostDayModels);
	const dayModels: (string | null)[] = paid.length > named.length ? [...named, null] : named;
	const place = new Map(named.map((model, i) => [model, i]));
	const { buckets, unit, bucketOf } = dayBuckets(period, firstDayOf(selection, calendar), calendar);
	const days = new Map(buckets.map(day => [day, dayModels.map(() => 0)]));
	for (const { quarter, model, costUsd } of rows) {
		if (quarter === 0 || costUsd === null || costUsd === 0) continue;
		const sums = days.get(bucketOf(quarter));
		const at = place.get(model) ?? dayModels.length - 1;
		if (sums !== undefined) sums[at] = (sums[at] ?? 0) + costUsd;
	}
	return {
		days: [...days].map(([day, byModel]): CostDay => ({ day, costUsd: byModel.reduce((sum, usd) => sum + usd, 0), byModel })),
		daysAre: unit,
		dayModels,
	};
}

/** The costliest first; so the next two. */
export function projectShares(used: readonly Used[]): CostShare[] {
	return shares(used, ({ project }) => ({ key: project?.path ?? '', label: project?.name ?? '' }));
}

function branchShares(used: readonly Used[]): CostShare[] {
	return shares(used, ({ row }) => ({ key: row.git_branch ?? '', label: row.git_branch ?? '' }));
}

/** Of level 3. */
export function categoryShares(used: readonly Used[]): CostShare[] {
	return shares(used, ({ row }) => ({ key: row.category_l3 ?? '', label: row.category_l3 ?? '' }));
}

const firstOf = (rows: readonly CostShare[]): ShareList => ({ total: rows.length, rows: rows.slice(0, mostShares) });

function shares(used: readonly Used[], keyOf: (session: SessionHistory) => { key: string; label: string }): CostShare[] {
	const groups = new Map<string, { label: string; sessions: number; sums: UsageSums }>();
	for (const { session, usage } of used) {
		const { key, label } = keyOf(session);
		const group = getOrMake(groups, key, () => ({ label, sessions: 0, sums: new UsageSums() }));
		group.sessions++;
		for (const row of usage) group.sums.add(row);
	}
	return [...groups]
		.sort(([a, x], [b, y]) => byCost(x.sums, y.sums) || (a < b ? -1 : 1))
		.map(([key, { label, sessions, sums }]): CostShare => ({
			key,
			label,
			sessions,
			responses: sums.responses,
			tokens: totalTokens(sums.tokens),
			costUsd: sums.costUsd,
			unpricedTokens: sums.unpricedTokens,
		}));
}

/** What a subagent used of a session. */
export const isSubagentUsage = (row: HistoryUsageRow): boolean => row.part > 0;

function subagentCost(used: readonly Used[], costUsd: number): SubagentCost {
	const sessions = used.filter(({ usage }) => usage.some(isSubagentUsage)).length;
	const rows = used.flatMap(({ usage }) => usage.filter(isSubagentUsage));
	const byModel = modelRows(rows).map(({ tokens, ...model }) => ({ ...model, tokens: totalTokens(tokens) }));
	const paid = byModel.reduce((sum, model) => sum + (model.costUsd ?? 0), 0);
	return {
		sessions,
		responses: rows.reduce((sum, row) => sum + row.responses, 0),
		tokens: rows.reduce((sum, row) => sum + tokensIn(row), 0),
		costUsd: paid,
		share: costUsd === 0 ? null : paid / costUsd,
		byModel,
	};
}

/** Used with tokens, and without a known price. */
export const isUnpriced = (row: HistoryUsageRow): boolean => row.costUsd === null && tokensIn(row) > 0;

function unpricedModels(used: readonly Used[]): UnpricedModel[] {
	const models = new Map<string, { sessions: Set<number>; sums: UsageSums }>();
	for (const { session, usage } of used) {
		for (const row of usage.filter(isUnpriced)) {
			const model = getOrMake(models, row.model, () => ({ sessions: new Set<number>(), sums: new UsageSums() }));
			model.sessions.add(session.row.id);
			model.sums.add(row);
		}
	}
	return [...models]
		.map(([model, { sessions, sums }]) => ({ model, sessions: sessions.size, responses: sums.responses, tokens: { ...sums.tokens } }))
		.sort((a, b) => totalTokens(b.tokens) - totalTokens(a.tokens) || (a.model < b.model ? -1 : 1));
}
