/** Quarters of an hour and session spans as points of a chart, one for each local day or week. */
import type { DayPoint } from '../../webview/contract/overview.ts';
import type { QuarterUsage } from '../store/index/figures.ts';
import { addDays, daysBetween, type LocalCalendar, type LocalDay, mondayOf } from './localTime.ts';

/** A bar chart of more points cannot be read; longer periods are shown by week. */
const mostDays = 366;

export interface DaySeries {
	readonly points: readonly DayPoint[];
	readonly unit: 'days' | 'weeks';
}

/** Every day (or week) from the first to the last, empty ones included. A session counts on each day it was worked on. */
export function daySeries(
	firstDay: LocalDay,
	lastDay: LocalDay,
	quarters: readonly QuarterUsage[],
	sessions: readonly { readonly startMs: number; readonly endMs: number }[],
	calendar: LocalCalendar,
): DaySeries {
	const unit = daysBetween(firstDay, lastDay) + 1 > mostDays ? 'weeks' : 'days';
	const mondays = new Map<LocalDay, LocalDay>();
	const bucketOf = (day: LocalDay): LocalDay => {
		if (unit === 'days') return day;
		let monday = mondays.get(day);
		if (monday === undefined) mondays.set(day, (monday = mondayOf(day)));
		return monday;
	};
	const step = unit === 'weeks' ? 7 : 1;
	const points = new Map<LocalDay, { sessions: number; responses: number; tokens: number; costUsd: number }>();
	for (let day = bucketOf(firstDay); day <= lastDay; day = addDays(day, step)) {
		points.set(day, { sessions: 0, responses: 0, tokens: 0, costUsd: 0 });
	}
	for (const quarter of quarters) {
		const point = points.get(bucketOf(calendar.dayOf(quarter.quarterMs)));
		if (point === undefined) continue;
		point.responses += quarter.responses;
		point.tokens += quarter.tokens;
		point.costUsd += quarter.costUsd;
	}
	for (const { startMs, endMs } of sessions) {
		const start = calendar.dayOf(startMs);
		const end = calendar.dayOf(endMs);
		const last = end < lastDay ? end : lastDay;
		let day = bucketOf(start > firstDay ? start : firstDay);
		const lastBucket = bucketOf(last);
		// Nearly every session has one day only, and no other to be computed.
		for (; day <= last; day = addDays(day, step)) {
			const point = points.get(day);
			if (point !== undefined) point.sessions++;
			if (day === lastBucket) break;
		}
	}
	return { points: [...points].map(([day, point]) => ({ day, ...point })), unit };
}
