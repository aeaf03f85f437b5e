/** The days of a period as the points of a chart. */
import { addDays, dayNumberOf, daysBetween, type LocalCalendar, type LocalDay, mondayOf } from './localTime.ts';
import type { Period } from './period.ts';

/** A chart of more points cannot be read; longer periods are shown by week. */
const mostDays = 366;

export interface DayBuckets {
	/** Every day, or every Monday, from the first to the last; empty when there is no first one. */
	readonly buckets: readonly LocalDay[];
	readonly unit: 'days' | 'weeks';
	/** Of the day that has the hour, as `LocalCalendar.hourOf` counts them. */
	readonly bucketOfHour: (hour: number) => LocalDay;
}

/** `firstOfAll` is where the range `all` begins. */
export function dayBuckets({ firstDay, lastDay }: Period, firstOfAll: LocalDay | null, calendar: LocalCalendar): DayBuckets {
	const first = firstDay ?? firstOfAll;
	const unit = first !== null && daysBetween(first, lastDay) + 1 > mostDays ? 'weeks' : 'days';
	const mondays = new Map<LocalDay, LocalDay>();
	const bucketOfDay = (day: LocalDay): LocalDay => {
		if (unit === 'days') return day;
		let monday = mondays.get(day);
		if (monday === undefined) mondays.set(day, (monday = mondayOf(day)));
		return monday;
	};
	const buckets: LocalDay[] = [];
	if (first !== null) {
		for (let day = bucketOfDay(first); day <= lastDay; day = addDays(day, unit === 'weeks' ? 7 : 1)) buckets.push(day);
	}
	return {
		buckets,
		unit,
		bucketOfHour: hour => bucketOfDay(calendar.dayNamed(dayNumberOf(hour))),
	};
}
