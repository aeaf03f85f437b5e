/** What the overview says of a query. Pure. */
import type { CalendarDay, DayPoint, Figure, HourCell, OverviewFigures, Streak, Totals } from '../../webview/contract/overview.ts';
import type { SessionRow, TokenCounts } from '../../webview/contract/sessions.ts';
import { firstIn, getOrMake } from './grouping.ts';
import type { SessionHistory, Span } from './history.ts';
import { type LocalHours, noHour, tokensAt } from './hourTable.ts';
import { addDays, dayNumberOf, daysBetween, hourOfWeek, type LocalCalendar, type LocalDay } from './localTime.ts';
import type { Period } from './period.ts';
import { placesActiveIn, type Selection, tokensIn, totalTokens, usageOf } from './selection.ts';
import { dayBuckets } from './series.ts';
import type { SessionColumns } from './sessionColumns.ts';

/** 53 weeks: a year with whole weeks at both ends. */
export const calendarDays = 371;
const mostListed = 5;

export interface OverviewSources {
	readonly hours: LocalHours;
	readonly period: Period;
	readonly calendar: LocalCalendar;
	readonly today: LocalDay;
	/** Sessions as lists show them, in the order of their row ids given. */
	readonly rowsOf: (rowIds: readonly number[]) => readonly SessionRow[];
}

export function overviewFigures({ hours, period, calendar, today, rowsOf }: OverviewSources): OverviewFigures {
	const { selection } = hours;
	const active = placesActiveIn(selection, period.span);
	const mostOf = (amounts: Float64Array): readonly SessionRow[] => rowsOf(most(selection.table, active, amounts));
	const series = dayPoints(hours, period, calendar);
	return {
		totals: totalsOf(hours, period),
		days: series.points,
		daysAre: series.unit,
		calendar: calendarOf(hours, calendar, today),
		hours: hoursOf(hours, period.span),
		streaks: streaksOf(hours, period, calendar, today),
		longest: mostOf(selection.table.activeMs),
		costliest: mostOf(selection.table.costUsd),
	};
}

/** Row ids of the sessions with most of something. */
function most({ sessions }: SessionColumns, places: Int32Array, amounts: Float64Array): number[] {
	const amount = (place: number): number => amounts[place] ?? 0;
	const rowId = (place: number): number => sessions[place]?.row.id ?? 0;
	const having = places.filter(place => amount(place) > 0);
	return firstIn(having, mostListed, (a, b) => amount(b) - amount(a) || rowId(a) - rowId(b)).map(rowId);
}

export function totalsOf(hours: LocalHours, { span, before }: Period): Totals {
	const now = periodSums(hours, span);
	const earlier = before === null ? null : periodSums(hours, before);
	const figure = (name: PeriodFigure): Figure => ({ now: now[name], before: earlier?.[name] ?? null });
	return {
		sessions: figure('sessions'),
		activeMs: figure('activeMs'),
		userPrompts: figure('userPrompts'),
		responses: figure('responses'),
		toolCalls: figure('toolCalls'),
		tokens: figure('tokens'),
		costUsd: figure('costUsd'),
		tokenCounts: now.tokenCounts,
		unpricedTokens: now.unpricedTokens,
		unpricedModels: unpricedModels(hours.selection, span, now.unpriced),
	};
}

type PeriodFigure = 'sessions' | 'activeMs' | 'userPrompts' | 'responses' | 'toolCalls' | 'tokens' | 'costUsd';

interface PeriodSums extends Readonly<Record<PeriodFigure, number>> {
	readonly tokenCounts: TokenCounts;
	readonly unpricedTokens: number;
	/** Sessions with tokens that have no price. */
	readonly unpriced: ReadonlySet<SessionHistory>;
}

function periodSums(hours: LocalHours, span: Span): PeriodSums {
	const { selection } = hours;
	const unpriced = new Set<SessionHistory>();
	const tokenCounts = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
	const sums = { activeMs: 0, userPrompts: 0, responses: 0, toolCalls: 0, costUsd: 0, unpricedTokens: 0 };
	let [sessions, lastCounted] = [0, -1];
	hours.each(span, (row, table) => {
		const place = table.place[row] ?? 0;
		if (place !== lastCounted && table.hour[row] !== noHour && table.of.isCounted[place] === 1) {
			lastCounted = place;
			sessions++;
		}
		tokenCounts.input += table.input[row] ?? 0;
		tokenCounts.output += table.output[row] ?? 0;
		tokenCounts.cacheRead += table.cacheRead[row] ?? 0;
		tokenCounts.cacheWrite5m += table.cacheWrite5m[row] ?? 0;
		tokenCounts.cacheWrite1h += table.cacheWrite1h[row] ?? 0;
		sums.responses += table.responses[row] ?? 0;
		sums.costUsd += table.costUsd[row] ?? 0;
		sums.activeMs += table.activeMs[row] ?? 0;
		sums.userPrompts += table.prompts[row] ?? 0;
		sums.toolCalls += table.toolCalls[row] ?? 0;
		const tokens = table.unpricedTokens[row] ?? 0;
		if (tokens === 0) return;
		sums.unpricedTokens += tokens;
		const session = table.of.sessions[place];
		if (session !== undefined) unpriced.add(session);
	});
	// Also what has no time.
	const whole = span === null ? wholeSums(selection) : null;
	return { ...sums, sessions, ...whole, tokens: totalTokens(tokenCounts), tokenCounts, unpriced };
}

function wholeSums({ table, places }: Selection): { sessions: number; activeMs: number; userPrompts: number; toolCalls: number } {
	const sums = { sessions: 0, activeMs: 0, userPrompts: 0, toolCalls: 0 };
	for (const place of places) {
		sums.sessions += table.isCounted[place] ?? 0;
		sums.activeMs += table.activeMs[place] ?? 0;
		sums.userPrompts += table.userPrompts[place] ?? 0;
		sums.toolCalls += table.toolCalls[place] ?? 0;
	}
	return sums;
}

function unpricedModels(selection: Selection, span: Span, sessions: ReadonlySet<SessionHistory>): string[] {
	const models = new Set<string>();
	for (const session of sessions)
		for (const row of usageOf(session, selection, span)) if (row.costUsd === null && tokensIn(row) > 0) models.add(row.model);
	return [...models].sort();
}

interface BucketSums {
	sessions: number;
	responses: number;
	tokens: number;
	costUsd: number;
	activeMs: number;
	prompts: number;
	/** Place of the session that was counted last. */
	lastCounted: number;
}

const noSums = (): BucketSums => ({ sessions: 0, responses: 0, tokens: 0, costUsd: 0, activeMs: 0, prompts: 0, lastCounted: -1 });

/** By the bucket of each hour; a session counts once in each bucket it was worked on in. */
function sumsByBucket<K>(hours: LocalHours, span: Span, bucketOf: (hour: number) => K): Map<K, BucketSums> {
	const buckets = new Map<K, BucketSums>();
	hours.each(span, (row, table) => {
		const hour = table.hour[row] ?? noHour;
		if (hour === noHour) return;
		const sums = getOrMake(buckets, bucketOf(hour), noSums);
		const place = table.place[row] ?? 0;
		if (sums.lastCounted !== place && table.of.isCounted[place] === 1) {
			sums.lastCounted = place;
			sums.sessions++;
		}
		sums.responses += table.responses[row] ?? 0;
		sums.tokens += tokensAt(table, row);
		sums.costUsd += table.costUsd[row] ?? 0;
		sums.activeMs += table.activeMs[row] ?? 0;
		sums.prompts += table.prompts[row] ?? 0;
	});
	return buckets;
}

function dayPoints(hours: LocalHours, period: Period, calendar: LocalCalendar): { points: DayPoint[]; unit: 'days' | 'weeks' } {
	const { buckets, unit, bucketOfHour } = dayBuckets(period, firstDayOf(hours.selection, calendar), calendar);
	const sums = sumsByBucket(hours, period.span, bucketOfHour);
	const points = buckets.map(day => {
		const { sessions, responses, tokens, costUsd } = sums.get(day) ?? noSums();
		return { day, sessions, responses, tokens, costUsd };
	});
	return { points, unit };
}

/** Local day of the first quarter anything was done in; null when nothing was. */
export function firstDayOf({ table, places }: Selection, calendar: LocalCalendar): LocalDay | null {
	let first = Infinity;
	for (const place of places) {
		const quarter = table.firstQuarter[place] ?? NaN;
		if (quarter < first) first = quarter;
	}
	return first === Infinity ? null : calendar.dayOf(first);
}

function calendarOf(hours: LocalHours, calendar: LocalCalendar, today: LocalDay): OverviewFigures['calendar'] {
	const first = addDays(today, 1 - calendarDays);
	const span = { fromMs: calendar.startOf(first), toMs: calendar.startOf(addDays(today, 1)) };
	return { first, last: today, days: daysWithAnything(hours, span, calendar) };
}

/** In order. */
export function daysWithAnything(hours: LocalHours, span: Span, calendar: LocalCalendar): CalendarDay[] {
	return [...sumsByBucket(hours, span, dayNumberOf)]
		.sort(([a], [b]) => a - b)
		.map(([day, { sessions, responses, tokens, costUsd, activeMs, prompts }]) => ({
			day: calendar.dayNamed(day),
			sessions,
			responses,
			tokens,
			costUsd,
			activeMs,
			prompts,
		}));
}

function hoursOf(hours: LocalHours, span: Span): HourCell[] {
	return [...sumsByBucket(hours, span, hourOfWeek)]
		.sort(([a], [b]) => a - b)
		.map(([hour, { sessions, prompts, responses, activeMs, costUsd }]) => ({
			weekday: Math.floor(hour / 24),
			hour: hour % 24,
			sessions,
			prompts,
			responses,
			activeMs,
			costUsd,
		}));
}

function streaksOf(hours: LocalHours, { span }: Period, calendar: LocalCalendar, today: LocalDay): OverviewFigures['streaks'] {
	const streaks = streaksIn([...daysWorked(hours, null)].sort((a, b) => a - b).map(day => calendar.dayNamed(day)));
	const last = streaks.at(-1) ?? null;
	return {
		current: last !== null && daysBetween(last.last, today) <= 1 ? last : null,
		longest: streaks.reduce<Streak | null>((best, streak) => (best === null || streak.days > best.days ? streak : best), null),
		activeDays: daysWorked(hours, span).size,
	};
}

/** By their numbers; of sessions that are counted. */
function daysWorked(hours: LocalHours, span: Span): Set<number> {
	const days = new Set<number>();
	hours.each(span, (row, table) => {
		const hour = table.hour[row] ?? noHour;
		if (hour !== noHour && table.of.isCounted[table.place[row] ?? 0] === 1) days.add(dayNumberOf(hour));
	});
	return days;
}

/** Runs of days without a gap, in order. */
export function streaksIn(days: readonly LocalDay[]): Streak[] {
	const streaks: Streak[] = [];
	for (const day of days) {
		const last = streaks.at(-1);
		if (last !== undefined && addDays(last.last, 1) === day) streaks[streaks.length - 1] = { ...last, last: day, days: last.days + 1 };
		else streaks.push({ first: day, last: day, days: 1 });
	}
	return streaks;
}
