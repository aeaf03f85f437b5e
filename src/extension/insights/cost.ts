/** What the cost page says of a query. Pure. */
import type {
	BlockFigures,
	BudgetState,
	CostDay,
	CostFigures,
	ModelRow,
	SubagentCost,
	UnpricedModel,
} from '../../webview/contract/cost.ts';
import type { Rates } from '../claude/prices.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';
import { cacheFigures } from './cacheFigures.ts';
import { amountsOf, type ChosenRows, codesOf, madeOnce, placesOf, those } from './columns.ts';
import { dailyUsage } from './dailyUsage.ts';
import { getOrMake } from './grouping.ts';
import type { SessionHistory, Span } from './history.ts';
import { type LocalHours, noHour } from './hourTable.ts';
import { dayNumberOf, type LocalCalendar } from './localTime.ts';
import { firstDayOf, totalsOf } from './overview.ts';
import type { Period } from './period.ts';
import { type Pricing, reconciliation } from './reconciliation.ts';
import { byCost, isAmong, type Selection, sessionsOf, totalTokens, tokensIn, UsageSums, usageOf } from './selection.ts';
import { dayBuckets } from './series.ts';
import type { SessionColumns } from './sessionColumns.ts';
import { branchShares, categoryShares, firstOf, projectShares, sumsBySession } from './shares.ts';

const mostDayModels = 7;

export interface CostSources {
	readonly hours: LocalHours;
	readonly period: Period;
	readonly calendar: LocalCalendar;
	readonly priceOf: Pricing;
	readonly ratesOf: (row: HistoryUsageRow) => Rates | null;
	/** Of all sessions in the index. */
	readonly lines: readonly HistoryUsageRow[];
	readonly elsewhere: readonly HistoryUsageRow[];
	readonly blocks: BlockFigures;
	readonly budgets: readonly BudgetState[];
}

export function costFigures(sources: CostSources): CostFigures {
	const { hours, period, calendar, priceOf, ratesOf, lines, elsewhere, blocks, budgets } = sources;
	const { selection } = hours;
	const { span } = period;
	const used = usedRows(selection, span);
	const answered = sessionsOfRows(used);
	const totals = totalsOf(hours, period);
	const daily = dailyUsage(used);
	const models = modelRows(daily);
	const series = costDays(used, models, selection, period, calendar);
	const activeDays = paidDays(hours, span);
	const bySession = sumsBySession(hours, span);
	return {
		costUsd: totals.costUsd,
		tokens: totals.tokens,
		perActiveDayUsd: activeDays === 0 ? null : totals.costUsd.now / activeDays,
		perSessionUsd: answered === 0 ? null : totals.costUsd.now / answered,
		answeredSessions: answered,
		...series,
		models,
		projects: firstOf(projectShares(bySession)),
		branches: firstOf(branchShares(bySession)),
		categories: firstOf(categoryShares(bySession)),
		cache: cacheFigures(daily, ratesOf),
		blocks,
		subagents: subagentCost(used, daily.filter(isSubagentUsage), totals.costUsd.now),
		budgets,
		unpriced: unpricedModels(used),
		reconciliation: reconciliation({
			lines: dailyUsage(chosenRows(lines, selection, span)),
			elsewhere: dailyUsage(chosenRows(elsewhere, selection, span)),
			usage: daily,
			priceOf,
		}),
	};
}

type UsedRows = ChosenRows<HistoryUsageRow>;

const usageIn = madeOnce(({ sessions }: SessionColumns) => sessions.flatMap(({ usage }) => usage));

/** What was used in the span; rows of a session stand together. */
function usedRows(selection: Selection, span: Span): UsedRows {
	return chosenRows(usageIn(selection.table), selection, span);
}

/** The rows that are of the selection and in the span. */
function chosenRows(rows: readonly HistoryUsageRow[], { table, places, model }: Selection, span: Span): UsedRows {
	const { session, quarter } = amountsOf(rows, ['session', 'quarter']);
	const isChosen = isAmong(table, places);
	const [fromMs, toMs] = span === null ? [-Infinity, Infinity] : [span.fromMs, span.toMs];
	const models = model === null ? null : codesOf(rows, 'model');
	const wanted = models?.values.indexOf(model ?? '') ?? -1;
	const chosen = those(placesOf(rows), row => {
		const at = quarter[row] ?? 0;
		return at >= fromMs && at < toMs && isChosen(session[row] ?? 0) && (models === null || models.codes[row] === wanted);
	});
	return { rows, places: chosen };
}

/** How many sessions have rows at these places for which a condition holds. */
function sessionsOfRows({ rows, places }: UsedRows, holds: (row: number) => boolean = () => true): number {
	const { session } = amountsOf(rows, ['session']);
	let [count, last] = [0, -1];
	for (const row of places) {
		const of = session[row] ?? 0;
		if (of === last || !holds(row)) continue;
		last = of;
		count++;
	}
	return count;
}

/** Local days on which something was paid for. */
function paidDays(hours: LocalHours, span: Span): number {
	const days = new Set<number>();
	hours.each(span, (row, table) => {
		const hour = table.hour[row] ?? noHour;
		if (hour !== noHour && (table.costUsd[row] ?? 0) > 0) days.add(dayNumberOf(hour));
	});
	return days.size;
}

export interface Used {
	readonly session: SessionHistory;
	readonly usage: readonly HistoryUsageRow[];
}

/** Sessions with an answer in the span, and what they used. */
export function usedIn(selection: Selection, span: Span): Used[] {
	return sessionsOf(selection)
		.map(session => ({ session, usage: usageOf(session, selection, span) }))
		.filter(({ usage }) => usage.length > 0);
}

/** What models were used in the span, the costliest first. */
export function modelsUsedIn(selection: Selection, span: Span): ModelRow[] {
	return modelRows(dailyUsage(usedRows(selection, span)));
}

function modelRows(rows: readonly HistoryUsageRow[]): ModelRow[] {
	const sums = new Map<string, UsageSums>();
	for (const row of rows) getOrMake(sums, row.model, () => new UsageSums()).add(row);
	return [...sums]
		.sort(([a, x], [b, y]) => byCost(x, y) || y.responses - x.responses || (a < b ? -1 : 1))
		.map(([model, { responses, tokens, costUsd }]) => ({ model, responses, tokens: { ...tokens }, costUsd }));
}

/** The day of usage whose time is not known. */
const noDay = -(2 ** 31);

const daysByZone = madeOnce<readonly HistoryUsageRow[], Map<string, Int32Array>>(() => new Map());

/** Numbers of the local days of rows. */
function localDays(rows: readonly HistoryUsageRow[], calendar: LocalCalendar): Int32Array {
	return getOrMake(daysByZone(rows), calendar.timeZone, () =>
		Int32Array.from(rows, ({ quarter }) => (quarter === 0 ? noDay : dayNumberOf(calendar.hourOf(quarter)))),
	);
}

function costDays(
	{ rows, places }: UsedRows,
	models: readonly ModelRow[],
	selection: Selection,
	period: Period,
	calendar: LocalCalendar,
): Pick<CostFigures, 'days' | 'daysAre' | 'dayModels'> {
	const paid = models.filter(({ costUsd }) => (costUsd ?? 0) > 0).map(({ model }) => model);
	const named = paid.slice(0, mostDayModels);
	const dayModels: (string | null)[] = paid.length > named.length ? [...named, null] : named;
	const { buckets, unit, bucketOfHour } = dayBuckets(period, firstDayOf(selection, calendar), calendar);
	const sums = buckets.map(() => dayModels.map(() => 0));
	const bucketAt = new Map(buckets.map((day, i) => [day, i]));
	const bucketOfDay = new Map<number, number>();
	const { costUsd } = amountsOf(rows, ['costUsd']);
	const days = localDays(rows, calendar);
	const known = codesOf(rows, 'model');
	const series = known.values.map(model => (named.includes(model) ? named.indexOf(model) : dayModels.length - 1));
	for (const row of places) {
		const [day, usd] = [days[row] ?? noDay, costUsd[row] ?? NaN];
		if (day === noDay || !(usd > 0)) continue;
		const bucket = getOrMake(bucketOfDay, day, () => bucketAt.get(bucketOfHour(day * 24)) ?? -1);
		const [ofDay, of] = [sums[bucket], series[known.codes[row] ?? 0] ?? 0];
		if (ofDay !== undefined) ofDay[of] = (ofDay[of] ?? 0) + usd;
	}
	return {
		days: buckets.map((day, i): CostDay => {
			const byModel = sums[i] ?? [];
			return { day, costUsd: byModel.reduce((sum, usd) => sum + usd, 0), byModel };
		}),
		daysAre: unit,
		dayModels,
	};
}

/** What a subagent used of a session. */
export const isSubagentUsage = (row: HistoryUsageRow): boolean => row.part > 0;

/** `daily` is what subagents used. */
function subagentCost(used: UsedRows, daily: readonly HistoryUsageRow[], costUsd: number): SubagentCost {
	const { part } = amountsOf(used.rows, ['part']);
	const byModel = modelRows(daily).map(({ tokens, ...model }) => ({ ...model, tokens: totalTokens(tokens) }));
	const paid = byModel.reduce((sum, model) => sum + (model.costUsd ?? 0), 0);
	return {
		sessions: sessionsOfRows(used, row => (part[row] ?? 0) > 0),
		responses: daily.reduce((sum, row) => sum + row.responses, 0),
		tokens: daily.reduce((sum, row) => sum + tokensIn(row), 0),
		costUsd: paid,
		share: costUsd === 0 ? null : paid / costUsd,
		byModel,
	};
}

/** Used with tokens, and without a known price. */
export const isUnpriced = (row: HistoryUsageRow): boolean => row.costUsd === null && tokensIn(row) > 0;

function unpricedModels({ rows, places }: UsedRows): UnpricedModel[] {
	const { costUsd } = amountsOf(rows, ['costUsd']);
	const models = new Map<string, { sessions: Set<number>; sums: UsageSums }>();
	for (const place of those(places, each => Number.isNaN(costUsd[each] ?? 0))) {
		const row = rows[place];
		if (row === undefined || !isUnpriced(row)) continue;
		const model = getOrMake(models, row.model, () => ({ sessions: new Set<number>(), sums: new UsageSums() }));
		model.sessions.add(row.session);
		model.sums.add(row);
	}
	return [...models]
		.map(([model, { sessions, sums }]) => ({ model, sessions: sessions.size, responses: sums.responses, tokens: { ...sums.tokens } }))
		.sort((a, b) => totalTokens(b.tokens) - totalTokens(a.tokens) || (a.model < b.model ? -1 : 1));
}
