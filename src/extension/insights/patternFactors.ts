/** How a session was run, and how it went, as numbers. Pure. */
import type { PatternFactor, PatternOutcome } from '../../webview/contract/patterns.ts';
import type { SessionHistory } from './history.ts';
import type { LocalCalendar } from './localTime.ts';

/** Null where it does not apply to the session. */
export type Measure = (session: SessionHistory) => number | null;

export const outcomes: Readonly<Record<PatternOutcome, Measure>> = {
	corrections: ({ row }) => (row.user_prompts < 2 ? null : row.correction_count / (row.user_prompts - 1)),
	reEdits: ({ row }) => (row.files_edited === 0 ? null : row.same_file_edit_count / row.files_edited),
	retries: ({ row }) => (row.tool_calls === 0 ? null : (100 * row.total_retries) / row.tool_calls),
	interruptions: ({ row }) => (row.user_prompts === 0 ? null : row.interruptions / row.user_prompts),
	oneShot: ({ row }) => (row.edit_turns === 0 ? null : (row.edit_turns - row.retried_edit_turns) / row.edit_turns),
	cost: ({ row }) => row.cost_usd,
};

/** Whether more of it is what one wishes for. */
export const isMoreBetter: Readonly<Record<PatternOutcome, boolean | null>> = {
	corrections: false,
	reEdits: false,
	retries: false,
	interruptions: false,
	oneShot: true,
	cost: null,
};

/** Parted at the median of those that are compared. */
export const amounts: Readonly<Partial<Record<PatternFactor, Measure>>> = {
	length: ({ row }) => row.active_ms,
	turns: ({ row }) => row.user_prompts,
	promptLength: ({ row }) => row.prompt_word_count,
	filesTouched: ({ row }) => row.files_touched,
};

/** Whether a session stands in the second group; null where it cannot be told. */
export const sides: Readonly<Partial<Record<PatternFactor, (session: SessionHistory, calendar: LocalCalendar) => boolean | null>>> = {
	timeOfDay: ({ startMs }, calendar) => (startMs === null ? null : !isDaytime(calendar.hourOfWeek(startMs) % 24)),
	weekday: ({ startMs }, calendar) => (startMs === null ? null : calendar.hourOfWeek(startMs) >= 5 * 24),
	planMode: ({ row }) => row.used_plan_mode === 1,
	subagents: ({ row }) => row.subagents > 0,
	testsRun: ({ row }) => row.test_runs > 0,
};

const isDaytime = (hour: number): boolean => hour >= 6 && hour < 18;

/** What is longer costs more, and what was not edited is edited by none: nobody learns from it. */
const trivial: ReadonlySet<`${PatternFactor} ${PatternOutcome}`> = new Set([
	'length cost',
	'turns cost',
	'filesTouched cost',
	'subagents cost',
	'filesTouched reEdits',
]);

export const isTrivial = (factor: PatternFactor, outcome: PatternOutcome): boolean => trivial.has(`${factor} ${outcome}`);
