/** Words of the overview. */
import { type SentenceTable, speakerOf } from '../../sentences.ts';

export const overviewStrings = {
	calendar: 'The last year',
	calendarSays: 'Each square is a day; the larger and stronger it is, the more there was. It shows a year whatever the time range.',
	calendarLabel: '{measure} by day over the last year',
	calendarHint: 'Arrow keys move between days and weeks; Enter shows the sessions of the day.',
	calendarDay: '{day}: {value}',
	calendarNothing: '{day}: nothing',
	less: 'Less',
	more: 'More',
	measure: 'Shown in the chart',

	streakCurrent: 'Days in a row, now',
	streakLongest: 'Longest row of days',
	activeDays: 'Days with sessions',
	activeDaysHint: 'In this time range',
	days: { one: '{count} day', other: '{count} days' },
	streakNone: 'None going on',
	streakNoneHint: 'No session today or yesterday',
	streakNever: 'None yet',

	hours: 'Hours of the week',
	hoursSays: 'When you work with Claude: all weeks of the time range added up, in your local time.',
	hoursBusiest: 'The fullest hour is {weekday}, {from} to {to}.',
	hoursLabel: '{measure} by weekday and hour',
	hoursHint: 'Arrow keys move between hours and weekdays; Enter shows the sessions of that hour.',
	hour: '{weekday}, {from} to {to}',
	hourValue: '{hour}: {value}',
	hourNothing: '{hour}: nothing',
	weekday: 'Weekday',
	hourOfDay: 'Hour',

	longest: 'Longest sessions',
	longestSays: 'Whole sessions, by active time; pauses do not count.',
	costliest: 'Costliest sessions',
	costliestSays: 'Whole sessions, subagents included.',
	noneLongest: 'No session of this period has active time.',
	noneCostliest: 'No session of this period cost anything that has a known price.',
	sessionCost: '{cost}, {prompts}',
	prompts: { one: '{count} prompt', other: '{count} prompts' },
	noCost: 'no known price',
} as const satisfies SentenceTable;

export const overviewText = speakerOf('insights.overview', overviewStrings);
