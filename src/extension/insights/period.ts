/** The span of time a view is about, and the one before it that it is compared with. */
import type { InsightsQuery, TimeRange } from '../../webview/contract/sessions.ts';
import type { Span } from './history.ts';
import { addDays, daysBetween, type LocalCalendar, type LocalDay } from './localTime.ts';

export interface Period {
	/** Null for the range `all`. */
	readonly span: Span;
	/** As many days as `span`, ending where it begins. */
	readonly before: Span;
	/** Local days of the span; null for `all`, where the sessions themselves tell. */
	readonly firstDay: LocalDay | null;
	readonly lastDay: LocalDay;
}

const days: Readonly<Record<Exclude<TimeRange, 'all'>, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

/** Whole local days: up to and with today, or those a person chose. */
export function periodOf(
	{ range, days: chosen = null }: Pick<InsightsQuery, 'range' | 'days'>,
	nowMs: number,
	calendar: LocalCalendar,
): Period {
	const today = calendar.dayOf(nowMs);
	if (chosen !== null) return spanOfDays(chosen.first, chosen.last, calendar);
	if (range === 'all') return { span: null, before: null, firstDay: null, lastDay: today };
	return spanOfDays(addDays(today, 1 - days[range]), today, calendar);
}

function spanOfDays(firstDay: LocalDay, lastDay: LocalDay, calendar: LocalCalendar): Period {
	const length = daysBetween(firstDay, lastDay) + 1;
	const fromMs = calendar.startOf(firstDay);
	const span = { fromMs, toMs: calendar.startOf(addDays(lastDay, 1)) };
	return { span, before: { fromMs: calendar.startOf(addDays(firstDay, -length)), toMs: fromMs }, firstDay, lastDay };
}

export function daysSpan(first: LocalDay, last: LocalDay, calendar: LocalCalendar): NonNullable<Span> {
	return { fromMs: calendar.startOf(first), toMs: calendar.startOf(addDays(last, 1)) };
}

/** Before every quarter that has a time, and after every one. */
const [earliestMs, latestMs] = [1, 8.64e15];

/**
 * From one instant or local day to another; a day ends the period with its end, an instant with itself. Null leaves an end open.
 * An instant without a zone is UTC (IDX-8). Sums are kept by quarters of an hour: within one, it is counted where it begins.
 * @throws RangeError for what is neither.
 */
export function periodBetween(since: string | null, until: string | null, nowMs: number, calendar: LocalCalendar): Period {
	if (since === null && until === null) return periodOf({ range: 'all' }, nowMs, calendar);
	const fromMs = since === null ? earliestMs : instantOf(since, calendar, 0);
	const toMs = until === null ? latestMs : instantOf(until, calendar, 1);
	if (fromMs >= toMs) throw new RangeError('The period ends before it begins');
	return {
		span: { fromMs, toMs },
		before: since === null || until === null ? null : { fromMs: fromMs - (toMs - fromMs), toMs: fromMs },
		firstDay: since === null ? null : calendar.dayOf(fromMs),
		lastDay: until === null ? calendar.dayOf(nowMs) : calendar.dayOf(toMs - 1),
	};
}

function instantOf(text: string, calendar: LocalCalendar, daysOn: 0 | 1): number {
	const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
	const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
	const ms = Date.parse(isDay || hasZone ? text : `${text}Z`);
	const isInstant = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(text) && !Number.isNaN(ms);
	if (!isInstant || !isDayOfYear(text.slice(0, 10))) throw new RangeError(`${text} is no day and no instant of ISO 8601`);
	return isDay ? calendar.startOf(addDays(text, daysOn)) : ms;
}

/** Of 31 February `Date.parse` makes 3 March. */
const isDayOfYear = (day: LocalDay): boolean => addDays(day, 0) === day;

/** The ends of a period; null for open ones. */
export function betweenInstants({ span }: Period): { fromMs: number | null; toMs: number | null } {
	if (span === null) return { fromMs: null, toMs: null };
	return { fromMs: span.fromMs === earliestMs ? null : span.fromMs, toMs: span.toMs === latestMs ? null : span.toMs };
}
