/** The stretches of time that lists group sessions by, in the viewer's own days. */
import { addDays, type FirstWeekday, type LocalCalendar, weekStartOf } from './localTime.ts';

export interface DayGroupSpan {
	/** `today`, `yesterday`, `week`, `month-2026-11`. */
	readonly key: string;
	/** ISO 8601: from the first instant up to, and without, the second. */
	readonly since: string;
	readonly until: string;
}

/** Sorts after every instant that a record can name. */
const endOfTime = '9999-12-31T23:59:59.999Z';
/** Before it no computer wrote transcripts; sessions with such dates share a month. */
const firstMonth = '1970-01';

/** Today with all of the future, yesterday, what is left of this week, then months down to that of the oldest session. */
export function dayGroupSpans(nowMs: number, oldestMs: number | null, calendar: LocalCalendar, weekStartsOn: FirstWeekday): DayGroupSpan[] {
	const today = calendar.dayOf(nowMs);
	const begins = (day: string) => new Date(calendar.startOf(day)).toISOString();
	const weekStart = weekStartOf(today, weekStartsOn);
	const yesterday = addDays(today, -1);
	const spans: DayGroupSpan[] = [
		{ key: 'today', since: begins(today), until: endOfTime },
		{ key: 'yesterday', since: begins(yesterday), until: begins(today) },
	];
	let until = yesterday;
	if (weekStart < yesterday) {
		spans.push({ key: 'week', since: begins(weekStart), until: begins(yesterday) });
		until = weekStart;
	}
	const oldest = oldestMs === null ? until : calendar.dayOf(Math.max(0, oldestMs));
	while (until > oldest) {
		const last = addDays(until, -1);
		const first = `${last.slice(0, 7)}-01`;
		const isFirst = last.startsWith(firstMonth);
		spans.push({ key: `month-${last.slice(0, 7)}`, since: isFirst ? '' : begins(first), until: begins(until) });
		if (isFirst) break;
		until = first;
	}
	return spans;
}
