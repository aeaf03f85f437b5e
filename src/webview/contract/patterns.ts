/**
 * Associations between how sessions were run and how they went. They say what went together in the sessions of the query, not
 * what caused what: no text may claim more.
 *
 * Sessions that count: interactive or forked, on disk, with at least one prompt and one answer. Each factor parts them in two
 * groups; an outcome is compared between them.
 */

/** How a session was run. */
export const patternFactors = [
	/** Active time; parted at the median. */
	'length',
	/** Prompts; parted at the median. */
	'turns',
	/** Words of the first prompt; parted at the median. */
	'promptLength',
	/** Different files read or edited; parted at the median. */
	'filesTouched',
	/** Begun from 6 to 17 o'clock local time, against evening and night. */
	'timeOfDay',
	/** Begun on Monday to Friday, against the weekend. */
	'weekday',
	/** One model against all others: the one with most answers decides whose session it is. `detail` names it. */
	'model',
	/** Plan mode was used at any time. */
	'planMode',
	'subagents',
	/** A command that runs tests was called. */
	'testsRun',
] as const;
export type PatternFactor = (typeof patternFactors)[number];

/** How a session went. */
export const patternOutcomes = [
	/** Corrections per follow-up prompt; sessions with at least one follow-up. */
	'corrections',
	/** Edits beyond the first of the same file, per file edited; sessions that edited. */
	'reEdits',
	/** Calls repeated after a failure, per 100 tool calls; sessions with tool calls. */
	'retries',
	/** Interruptions per prompt. */
	'interruptions',
	/** Turns with edits that needed no second edit after a check, of the turns with edits; sessions with such turns. */
	'oneShot',
	/** Dollars per session; sessions with a known price. */
	'cost',
] as const;
export type PatternOutcome = (typeof patternOutcomes)[number];

export interface PatternGroup {
	/** Sessions in it that have the outcome; the selector `pattern` gives these. */
	readonly sessions: number;
	/** Mean of the outcome over them, in its unit: a rate from 0, dollars for `cost`. */
	readonly mean: number;
	readonly median: number;
}

export interface Pattern {
	readonly factor: PatternFactor;
	readonly outcome: PatternOutcome;
	/** Of `model`: its name. */
	readonly detail: string | null;
	/** What parts the groups, in the factor's unit (milliseconds, prompts, words, files): `first` is at most this, `second` more. Null for yes and no. */
	readonly splitAt: number | null;
	/** The shorter, fewer, daytime, weekday, this model; for yes and no: without. */
	readonly first: PatternGroup;
	/** The longer, more, evening, weekend, other models; for yes and no: with. */
	readonly second: PatternGroup;
	/**
	 * Cliff's delta, -1 to 1: how much more often a session of `second` has the larger outcome than one of `first` than the
	 * other way round. Needs no distribution, and one huge session does not move it.
	 */
	readonly effect: number;
	/** 95 % for all comparisons together: each interval is widened by the number of comparisons made. */
	readonly interval: { readonly low: number; readonly high: number };
	/** By the size of the effect: 0.147, 0.33 and 0.474 part them. Below the first nothing is shown. */
	readonly strength: 'small' | 'medium' | 'large';
	/** Whether the larger outcome of `second` is what one wishes for; null for cost, which is neither. */
	readonly isSecondBetter: boolean | null;
}

/** An outcome that nothing can be said of, and why. */
export interface WithheldPattern {
	readonly factor: PatternFactor;
	readonly outcome: PatternOutcome;
	readonly detail: string | null;
	/** `fewSessions`: a group is below the minimum; `noDifference`: none that is more than chance or than small. */
	readonly reason: 'fewSessions' | 'noDifference';
	readonly firstSessions: number;
	readonly secondSessions: number;
}

export interface PatternsFigures {
	/** That count for patterns at all. */
	readonly sessions: number;
	/** Sessions a group needs for a comparison to be made. */
	readonly minimum: number;
	/** How many comparisons were made: what the intervals are widened by. */
	readonly comparisons: number;
	/** The strongest first. */
	readonly patterns: readonly Pattern[];
	readonly withheld: readonly WithheldPattern[];
}
