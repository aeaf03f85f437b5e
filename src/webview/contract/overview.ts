/** What the overview says: what a person did, when, and which sessions stand out. */
import type { SessionRow, TokenCounts } from './sessions.ts';

/** A figure and the same figure of the period before of equal length; `before` is null for the range `all`. */
export interface Figure {
	readonly now: number;
	readonly before: number | null;
}

export interface Totals {
	/** Worked on in the period, on disk or not any more; stubs are not counted, what they used is. */
	readonly sessions: Figure;
	readonly activeMs: Figure;
	readonly userPrompts: Figure;
	readonly responses: Figure;
	readonly toolCalls: Figure;
	readonly tokens: Figure;
	readonly costUsd: Figure;
	/** Tokens by kind in the period. */
	readonly tokenCounts: TokenCounts;
	readonly unpricedTokens: number;
	readonly unpricedModels: readonly string[];
}

/** A local day, or a week by its Monday. */
export interface DayPoint {
	readonly day: string;
	/** Worked on that day: with an answer, a prompt, a tool call or active time in it, or begun or ended in it. */
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number;
}

/** A day of the calendar; only days with anything in them are there. */
export interface CalendarDay extends DayPoint {
	readonly activeMs: number;
	readonly prompts: number;
}

/** An hour of the week, local time: over the period, not on average. */
export interface HourCell {
	/** 0 Monday to 6 Sunday. */
	readonly weekday: number;
	/** 0 to 23. */
	readonly hour: number;
	readonly sessions: number;
	readonly prompts: number;
	readonly responses: number;
	readonly activeMs: number;
	readonly costUsd: number;
}

/** Days in a row with a session worked on. */
export interface Streak {
	readonly first: string;
	readonly last: string;
	readonly days: number;
}

export interface OverviewFigures {
	readonly totals: Totals;
	/** One point for each local day of the period, empty days included (for `all`: from the first session on; at most 366 points, then by week with the Monday as `day`). */
	readonly days: readonly DayPoint[];
	readonly daysAre: 'days' | 'weeks';
	/** The 371 days that end with today (53 weeks), whatever the period; the other filters hold. In order; days without a session are left out. */
	readonly calendar: { readonly first: string; readonly last: string; readonly days: readonly CalendarDay[] };
	/** Only hours with anything in them, by weekday and hour. */
	readonly hours: readonly HourCell[];
	/** Over all time, the other filters hold. */
	readonly streaks: {
		/** Ends today or yesterday; null when it is broken. */
		readonly current: Streak | null;
		readonly longest: Streak | null;
		/** Local days of the period with a session worked on. */
		readonly activeDays: number;
	};
	/** By active time, whole sessions, at most 5; without those that had none. */
	readonly longest: readonly SessionRow[];
	/** By cost, whole sessions, at most 5; without those that cost nothing. */
	readonly costliest: readonly SessionRow[];
}
