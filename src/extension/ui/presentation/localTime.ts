/** Instants in the viewer's own time zone (IDX-8): days, distances, and the headings of groups of days. */
import { dateFormat, relativeTimeFormat } from './formats.ts';
import type { Viewer } from './language.ts';

const dayMs = 86_400_000;

/** Every midnight of every zone lies on a quarter of an hour (since 1972), so one look at the calendar serves all instants of it. */
const quarterMs = 900_000;
const knownDays = new Map<string, number>();
const mostKnownDays = 20_000;

/** Days since 1970-01-01 of the local calendar day. */
export function localDayNumber(atMs: number, timeZone: string): number {
	const quarter = Math.floor(atMs / quarterMs);
	const key = `${timeZone} ${quarter}`;
	let day = knownDays.get(key);
	if (day === undefined) {
		if (knownDays.size >= mostKnownDays) knownDays.clear();
		day = calendarDay(quarter * quarterMs, timeZone);
		knownDays.set(key, day);
	}
	return day;
}

function calendarDay(atMs: number, timeZone: string): number {
	const format = dateFormat('en-US', {
		timeZone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
	});
	const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
	for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
	return Date.UTC(part.year ?? 1970, (part.month ?? 1) - 1, part.day ?? 1) / dayMs;
}

/** ISO 8601 to milliseconds; null for null and for what cannot be read. */
export function instantMs(iso: string | null): number | null {
	const ms = iso === null ? Number.NaN : Date.parse(iso);
	return Number.isNaN(ms) ? null : ms;
}

/** What a group of days is called: `today`, `yesterday`, `week`, `month-2026-11`, `undated`, as the engine says. */
export function dayGroupLabel(key: string, { t, locale }: Pick<Viewer, 't' | 'locale'>): string {
	if (key === 'today') return t('Today');
	if (key === 'yesterday') return t('Yesterday');
	if (key === 'week') return t('This week');
	const month = /^month-(\d{4}-\d{2})$/.exec(key)?.[1];
	if (month === undefined) return t('No date');
	return dateFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(Date.parse(`${month}-01T00:00:00Z`));
}

/** "5 min. ago" within a day, "3 days ago" within a week, then the date. */
export function relativeTime(atMs: number, nowMs: number, { t, locale, timeZone }: Viewer): string {
	const minutes = Math.floor(Math.max(0, nowMs - atMs) / 60_000);
	if (minutes < 1) return t('now');
	const relative = relativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
	if (minutes < 60) return relative.format(-minutes, 'minute');
	const days = localDayNumber(nowMs, timeZone) - localDayNumber(atMs, timeZone);
	if (minutes < 24 * 60 && days < 2) return relative.format(-Math.floor(minutes / 60), 'hour');
	if (days < 7) return relative.format(-days, 'day');
	const sameYear =
		new Date(localDayNumber(nowMs, timeZone) * dayMs).getUTCFullYear() ===
		new Date(localDayNumber(atMs, timeZone) * dayMs).getUTCFullYear();
	return dateFormat(locale, { timeZone, day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(atMs);
}

/** Date and time of day, for tooltips. */
export function dateAndTime(atMs: number, { locale, timeZone }: Viewer): string {
	return dateFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}

export function timeOfDay(atMs: number, { locale, timeZone }: Viewer): string {
	return dateFormat(locale, { timeZone, timeStyle: 'short' }).format(atMs);
}

/** Milliseconds until the local calendar day changes (at most a second late), so that "Today" can be regrouped. */
export function msUntilTomorrow(nowMs: number, timeZone: string): number {
	const today = localDayNumber(nowMs, timeZone);
	// Days have 23 to 25 hours: bisect instead of computing with the zone's offset.
	let [low, high] = [0, 26 * 3_600_000];
	while (high - low > 1000) {
		const middle = (low + high) / 2;
		if (localDayNumber(nowMs + middle, timeZone) > today) high = middle;
		else low = middle;
	}
	return high;
}
