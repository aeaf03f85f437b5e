/** What the overview says of a query. Pure. */
import type { CalendarDay, DayPoint, Figure, HourCell, OverviewFigures, Streak, Totals } from '../../webview/contract/overview.ts';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import { isActiveIn, isIn, type SessionHistory, type Span } from './history.ts';
import { addDays, daysBetween, type LocalCalendar, type LocalDay } from './localTime.ts';
import type { Period } from './period.ts';
import { activeIn, activityOf, type Selection, sumsOf, tokensIn, totalTokens, type UsageSums, usageOf } from './selection.ts';
import { dayBuckets } from './series.ts';

/** 53 weeks: a year with whole weeks at both ends. */
export const calendarDays = 371;
const mostListed = 5;

export interface OverviewSources {
	readonly selection: Selection;
	readonly period: Period;
	readonly calendar: LocalCalendar;
	readonly today: LocalDay;
	/** Sessions as lists show them, in the order of their row ids given. */
	readonly rowsOf: (rowIds: readonly number[]) => readonly SessionRow[];
}

export function overviewFigures({ selection, period, calendar, today, rowsOf }: OverviewSources): OverviewFigures {
	const active = activeIn(selection, period.span);
	const series = dayPoints(selection, period, calendar);
	return {
		totals: totalsOf(selection, period),
		days: series.points,
		daysAre: series.unit,
		calendar: calendarOf(selection, calendar, today),
		hours: hoursOf(selection, period.span, calendar),
		streaks: streaksOf(selection, period, calendar, today),
		longest: rowsOf(most(active, ({ row }) => row.active_ms)),
		costliest: rowsOf(most(active, ({ row }) => row.cost_usd ?? 0)),
	};
}

function most(sessions: readonly SessionHistory[], value: (session: SessionHistory) => number): number[] {
	return sessions
		.filter(session => value(session) > 0)
		.sort((a, b) => value(b) - value(a) || a.row.id - b.row.id)
		.slice(0, mostListed)
		.map(({ row }) => row.id);
}

interface PeriodSums {
	readonly sessions: number;
	readonly activeMs: number;
	readonly userPrompts: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly tokens: number;
	readonly costUsd: number;
}

export function totalsOf(selection: Selection, { span, before }: Period): Totals {
	const rows = selection.sessions.flatMap(session => usageOf(session, selection, span));
	const used = sumsOf(rows);
	const now = periodSums(selection, span, used);
	const earlier =
		before === null
			? null
			: periodSums(selection, before, sumsOf(selection.sessions.flatMap(session => usageOf(session, selection, before))));
	const figure = (name: keyof PeriodSums): Figure => ({ now: now[name], before: earlier?.[name] ?? null });
	return {
		sessions: figure('sessions'),
		activeMs: figure('activeMs'),
		userPrompts: figure('userPrompts'),
		responses: figure('responses'),
		toolCalls: figure('toolCalls'),
		tokens: figure('tokens'),
		costUsd: figure('costUsd'),
		tokenCounts: { ...used.tokens },
		unpricedTokens: used.unpricedTokens,
		unpricedModels: [...new Set(rows.flatMap(row => (row.costUsd === null && tokensIn(row) > 0 ? [row.model] : [])))].sort(),
	};
}

function periodSums(selection: Selection, span: Span, used: UsageSums): PeriodSums {
	let activeMs = 0;
	let userPrompts = 0;
	let toolCalls = 0;
	for (const session of selection.sessions) {
		if (span === null) {
			// Also what has no time.
			activeMs += session.row.active_ms;
			userPrompts += session.row.user_prompts;
			toolCalls += session.row.tool_calls;
			continue;
		}
		for (const quarter of activityOf(session, span)) {
			activeMs += quarter.activeMs;
			userPrompts += quarter.prompts;
			toolCalls += quarter.toolCalls;
		}
	}
	return {
		sessions: countedIn(selection, span).length,
		activeMs,
		userPrompts,
		responses: used.responses,
		toolCalls,
		tokens: totalTokens(used.tokens),
		costUsd: used.costUsd ?? 0,
	};
}

/** What a figure of sessions counts. */
export function countedIn({ sessions }: Selection, span: Span): SessionHistory[] {
	return sessions.filter(session => session.isCounted && isActiveIn(session, span));
}

interface DaySums {
	sessions: number;
	responses: number;
	tokens: number;
	costUsd: number;
	activeMs: number;
	prompts: number;
}

const noSums = (): DaySums => ({ sessions: 0, responses: 0, tokens: 0, costUsd: 0, activeMs: 0, prompts: 0 });

/** By the bucket of each quarter; a session counts once in each bucket it was worked on in. */
function sumsByBucket<K>(selection: Selection, span: Span, bucketOf: (ms: number) => K | null): Map<K, DaySums> {
	const buckets = new Map<K, DaySums>();
	const sumsAt = (ms: number): DaySums | null => {
		const key = isIn(ms, span) ? bucketOf(ms) : null;
		if (key === null) return null;
		let sums = buckets.get(key);
		if (sums === undefined) buckets.set(key, (sums = noSums()));
		return sums;
	};
	for (const session of selection.sessions) {
		if (session.isCounted) {
			const seen = new Set<DaySums>();
			for (const quarter of session.quarters) {
				const sums = sumsAt(quarter);
				if (sums !== null) seen.add(sums);
			}
			for (const sums of seen) sums.sessions++;
		}
		for (const row of usageOf(session, selection, span)) {
			const sums = row.quarter === 0 ? null : sumsAt(row.quarter);
			if (sums === null) continue;
			sums.responses += row.responses;
			sums.tokens += tokensIn(row);
			sums.costUsd += row.costUsd ?? 0;
		}
		for (const row of session.activity) {
			const sums = sumsAt(row.quarter);
			if (sums === null) continue;
			sums.activeMs += row.activeMs;
			sums.prompts += row.prompts;
		}
	}
	return buckets;
}

function dayPoints(selection: Selection, period: Period, calendar: LocalCalendar): { points: DayPoint[]; unit: 'days' | 'weeks' } {
	const { buckets, unit, bucketOf } = dayBuckets(period, firstDayOf(selection, calendar), calendar);
	const sums = sumsByBucket(selection, period.span, bucketOf);
	const points = buckets.map(day => {
		const { sessions, responses, tokens, costUsd } = sums.get(day) ?? noSums();
		return { day, sessions, responses, tokens, costUsd };
	});
	return { points, unit };
}

/** Local day of the first quarter anything was done in; null when nothing was. */
export function firstDayOf({ sessions }: Selection, calendar: LocalCalendar): LocalDay | null {
	let first = Infinity;
	for (const { quarters } of sessions) first = Math.min(first, quarters[0] ?? Infinity);
	return first === Infinity ? null : calendar.dayOf(first);
}

function calendarOf(selection: Selection, calendar: LocalCalendar, today: LocalDay): OverviewFigures['calendar'] {
	const first = addDays(today, 1 - calendarDays);
	const span = { fromMs: calendar.startOf(first), toMs: calendar.startOf(addDays(today, 1)) };
	return { first, last: today, days: daysWithAnything(selection, span, calendar) };
}

/** In order. */
export function daysWithAnything(selection: Selection, span: Span, calendar: LocalCalendar): CalendarDay[] {
	const sums = sumsByBucket(selection, span, ms => calendar.dayOf(ms));
	return [...sums].map(([day, sum]) => ({ day, ...sum })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

function hoursOf(selection: Selection, span: Span, calendar: LocalCalendar): HourCell[] {
	const sums = sumsByBucket(selection, span, ms => calendar.hourOfWeek(ms));
	return [...sums]
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

function streaksOf(selection: Selection, { span }: Period, calendar: LocalCalendar, today: LocalDay): OverviewFigures['streaks'] {
	const days = new Set<LocalDay>();
	const inPeriod = new Set<LocalDay>();
	for (const { isCounted, quarters } of selection.sessions) {
		if (!isCounted) continue;
		for (const quarter of quarters) {
			const day = calendar.dayOf(quarter);
			days.add(day);
			if (isIn(quarter, span)) inPeriod.add(day);
		}
	}
	const streaks = streaksIn([...days].sort());
	const last = streaks.at(-1) ?? null;
	return {
		current: last !== null && daysBetween(last.last, today) <= 1 ? last : null,
		longest: streaks.reduce<Streak | null>((best, streak) => (best === null || streak.days > best.days ? streak : best), null),
		activeDays: inPeriod.size,
	};
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
