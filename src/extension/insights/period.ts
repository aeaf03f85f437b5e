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
