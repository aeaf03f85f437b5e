/** The span of time a view is about, and the one before it that it is compared with. */
import type { TimeRange } from '../../webview/contract/sessions.ts';
import type { Span } from '../store/index/figures.ts';
import { addDays, type LocalCalendar, type LocalDay } from './localTime.ts';

export interface Period {
	/** Null for the range `all`. */
	readonly span: Span;
	/** As long as `span`, ending where it begins. */
	readonly before: Span;
	/** Local days of the span; null for `all`, where the sessions themselves tell. */
	readonly firstDay: LocalDay | null;
	readonly lastDay: LocalDay;
}

const days: Readonly<Record<Exclude<TimeRange, 'all'>, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

/** Whole local days up to and with today. */
export function periodOf(range: TimeRange, nowMs: number, calendar: LocalCalendar): Period {
	const lastDay = calendar.dayOf(nowMs);
	if (range === 'all') return { span: null, before: null, firstDay: null, lastDay };
	const firstDay = addDays(lastDay, 1 - days[range]);
	const fromMs = calendar.startOf(firstDay);
	const span = { fromMs, toMs: calendar.startOf(addDays(lastDay, 1)) };
	return { span, before: { fromMs: calendar.startOf(addDays(firstDay, -days[range])), toMs: fromMs }, firstDay, lastDay };
}
