/**
 * Associations between how sessions were run and how they went. Pure.
 *
 * Many comparisons find something by chance. Each interval is therefore that of 1 - 0.05 / k, k being how many comparisons
 * are made (Bonferroni): in data without any association, one time in twenty a single pattern is shown. What is
 * more than chance but smaller than a small effect is not shown either.
 *
 * A rate of few prompts is nearly always zero and now and then large, one of many is always somewhere between: even where
 * nothing goes with anything, ranks tell them apart. Their means do not. So a pattern of a rate must hold for both.
 */
import {
	type Pattern,
	type PatternFactor,
	patternFactors,
	type PatternGroup,
	type PatternOutcome,
	patternOutcomes,
	type PatternsFigures,
	type WithheldPattern,
} from '../../webview/contract/patterns.ts';
import { medianOf } from './blocks.ts';
import type { SessionHistory, Span } from './history.ts';
import type { LocalCalendar } from './localTime.ts';
import { countedIn } from './overview.ts';
import { amounts, isMoreBetter, isTrivial, outcomes, sides } from './patternFactors.ts';
import type { Selection } from './selection.ts';
import { cliffsDelta, meanDifference, meanOf, normalQuantile } from './statistics.ts';

/** Of each group. The interval of a smaller one is wider than anything it could show. */
export const minimumGroup = 30;
const errorRate = 0.05;
/** Romano et al. (2006): below the first an effect is negligible. */
const effectSizes = [
	[0.474, 'large'],
	[0.33, 'medium'],
	[0.147, 'small'],
] as const;
/** With more models than this, those of fewest sessions are compared with nothing. */
const mostModels = 6;

/** The two groups of one comparison. */
export interface Comparison {
	readonly splitAt: number | null;
	readonly first: readonly SessionHistory[];
	readonly second: readonly SessionHistory[];
}

/** The same as amounts of the outcome, the least first: all that the figures are made of. */
interface Amounts extends Pick<Pattern, 'factor' | 'outcome' | 'detail' | 'splitAt'> {
	readonly first: Float64Array;
	readonly second: Float64Array;
}

export function patternsFigures(selection: Selection, span: Span, calendar: LocalCalendar): PatternsFigures {
	const sessions = comparable(selection, span);
	const all = comparisonsOf(sessions, calendar);
	const made = all.filter(isLargeEnough);
	const z = normalQuantile(1 - errorRate / (2 * Math.max(1, made.length)));
	const patterns: Pattern[] = [];
	const withheld: WithheldPattern[] = all.filter(comparison => !isLargeEnough(comparison)).map(each => withheldFor(each, 'fewSessions'));
	for (const comparison of made) {
		const pattern = patternOf(comparison, z);
		if (pattern === null) withheld.push(withheldFor(comparison, 'noDifference'));
		else patterns.push(pattern);
	}
	patterns.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
	return { sessions: sessions.length, minimum: minimumGroup, comparisons: made.length, patterns, withheld };
}

/** What patterns are made of: conversations of a person that were answered. */
export function comparable(selection: Selection, span: Span): SessionHistory[] {
	return countedIn(selection, span).filter(({ row }) => row.mode !== 'background' && row.user_prompts > 0 && row.responses > 0);
}

/** The two groups of one comparison, as the page's selector names it. */
export function comparisonOf(
	sessions: readonly SessionHistory[],
	calendar: LocalCalendar,
	{ factor, outcome, detail }: Pick<Pattern, 'factor' | 'outcome' | 'detail'>,
): Comparison {
	const { splitAt, sides: sideOf } = partingOf(sessions, calendar, factor, detail);
	const { places } = rankedBy(sessions, outcome);
	const on = (side: Side): SessionHistory[] => Array.from(places).flatMap(i => (sideOf[i] === side ? (sessions[i] ?? []) : []));
	return { splitAt, first: on(inFirst), second: on(inSecond) };
}

/** Sessions that have the outcome, the least first: their places in the list, and their amounts. */
interface Ranking {
	readonly outcome: PatternOutcome;
	readonly places: Int32Array;
	readonly amounts: Float64Array;
}

function rankedBy(sessions: readonly SessionHistory[], outcome: PatternOutcome): Ranking {
	const amountOf = outcomes[outcome];
	const having: { readonly place: number; readonly amount: number }[] = [];
	for (const [place, session] of sessions.entries()) {
		const amount = amountOf(session);
		if (amount !== null) having.push({ place, amount });
	}
	having.sort((a, b) => a.amount - b.amount);
	return { outcome, places: Int32Array.from(having, each => each.place), amounts: Float64Array.from(having, each => each.amount) };
}

type Side = 0 | 1 | 2;
const [inNeither, inFirst, inSecond] = [0, 1, 2] as const;

/** What parts sessions in two groups: one way for every outcome. */
interface Parting {
	readonly factor: PatternFactor;
	readonly detail: string | null;
	readonly splitAt: number | null;
	/** Of each session, by its place. */
	readonly sides: Uint8Array;
}

function partingOf(sessions: readonly SessionHistory[], calendar: LocalCalendar, factor: PatternFactor, detail: string | null): Parting {
	const amount = amounts[factor];
	// Numbers of an array of numbers sort without being compared by a function: ten times as fast.
	const values = Float64Array.from(amount === undefined ? [] : sessions.flatMap(session => amount(session) ?? [])).sort();
	const splitAt = medianOf(values);
	const isSecond = (session: SessionHistory): boolean | null => {
		if (factor === 'model') return session.models[0] !== detail;
		if (amount === undefined) return sides[factor]?.(session, calendar) ?? null;
		const value = amount(session);
		return value === null ? null : value > (splitAt ?? 0);
	};
	const sideOf = (session: SessionHistory): Side => {
		const second = isSecond(session);
		return second === null ? inNeither : second ? inSecond : inFirst;
	};
	return { factor, detail, splitAt, sides: Uint8Array.from(sessions, sideOf) };
}

/** Numbers in arrays of numbers: a hundred comparisons of 10,000 sessions as lists of sessions took a third of a second. */
function partedBy({ factor, detail, splitAt, sides: sideOf }: Parting, { outcome, places, amounts: values }: Ranking): Amounts {
	const groups = [new Float64Array(0), new Float64Array(places.length), new Float64Array(places.length)];
	const lengths = [0, 0, 0];
	for (let i = 0; i < places.length; i++) {
		const side = sideOf[places[i] ?? 0] ?? inNeither;
		const at = lengths[side] ?? 0;
		const group = groups[side];
		if (group !== undefined) group[at] = values[i] ?? 0;
		lengths[side] = at + 1;
	}
	const of = (side: Side): Float64Array => groups[side]?.subarray(0, lengths[side]) ?? new Float64Array(0);
	return { factor, outcome, detail, splitAt, first: of(inFirst), second: of(inSecond) };
}

function comparisonsOf(sessions: readonly SessionHistory[], calendar: LocalCalendar): Amounts[] {
	const ranked = patternOutcomes.map(outcome => rankedBy(sessions, outcome));
	const models = modelsOf(sessions);
	return patternFactors.flatMap(factor =>
		(factor === 'model' ? models : [null]).flatMap(detail => {
			const parting = partingOf(sessions, calendar, factor, detail);
			return ranked.filter(({ outcome }) => !isTrivial(factor, outcome)).map(ranking => partedBy(parting, ranking));
		}),
	);
}

/** Of two models, one against the other says it all. */
function modelsOf(sessions: readonly SessionHistory[]): string[] {
	const counts = new Map<string, number>();
	for (const { models } of sessions) {
		const model = models[0];
		if (model !== undefined) counts.set(model, (counts.get(model) ?? 0) + 1);
	}
	const names = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([model]) => model);
	return names.length <= 2 ? names.slice(0, names.length - 1) : names.slice(0, mostModels);
}

const isLargeEnough = ({ first, second }: Amounts): boolean => first.length >= minimumGroup && second.length >= minimumGroup;

function patternOf({ factor, outcome, detail, splitAt, first, second }: Amounts, z: number): Pattern | null {
	const { effect, low, high } = cliffsDelta(first, second, z);
	const strength = effectSizes.find(([least]) => Math.abs(effect) >= least)?.[1];
	if (strength === undefined || (low <= 0 && high >= 0)) return null;
	if (outcome !== 'cost' && !hasMeansApart(first, second, z, effect)) return null;
	const isMore = isMoreBetter[outcome];
	return {
		factor,
		outcome,
		detail,
		splitAt,
		first: groupOf(first),
		second: groupOf(second),
		effect,
		interval: { low, high },
		strength,
		isSecondBetter: isMore === null ? null : effect > 0 === isMore,
	};
}

/** In the direction of the effect, and more than chance. */
function hasMeansApart(first: Float64Array, second: Float64Array, z: number, effect: number): boolean {
	const { low, high } = meanDifference(first, second, z);
	return effect > 0 ? low > 0 : high < 0;
}

/** Of sorted values. */
function groupOf(values: Float64Array): PatternGroup {
	return { sessions: values.length, mean: meanOf(values), median: medianOf(values) ?? 0 };
}

function withheldFor({ factor, outcome, detail, first, second }: Amounts, reason: WithheldPattern['reason']): WithheldPattern {
	return { factor, outcome, detail, reason, firstSessions: first.length, secondSessions: second.length };
}
