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
import { countByCode, flagsAt, having, those } from './columns.ts';
import type { SessionHistory, Span } from './history.ts';
import type { LocalCalendar } from './localTime.ts';
import { amounts, isMoreBetter, isTrivial, outcomes, sides } from './patternFactors.ts';
import { placesCountedIn, type Selection } from './selection.ts';
import { type Measured, type Ranking, sessionMeasures } from './sessionMeasures.ts';
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
	const compared = comparable(selection, span);
	const all = comparisonsOf(compared, calendar);
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
	return { sessions: compared.places.length, minimum: minimumGroup, comparisons: made.length, patterns, withheld };
}

/** What patterns are made of: conversations of a person that were answered. */
export function comparable(selection: Selection, span: Span): Selection {
	const { table } = selection;
	const places = having(placesCountedIn(selection, span), table.mode, mode => mode !== 'background');
	return { ...selection, places: those(places, place => (table.userPrompts[place] ?? 0) > 0 && (table.responses[place] ?? 0) > 0) };
}

/** The two groups of one comparison, as the page's selector names it. */
export function comparisonOf(
	compared: Selection,
	calendar: LocalCalendar,
	{ factor, outcome, detail }: Pick<Pattern, 'factor' | 'outcome' | 'detail'>,
): Comparison {
	const { table } = compared;
	const isCompared = flagsAt(table.sessions.length, compared.places);
	const { splitAt, sides: sideOf } = partingOf(compared, isCompared, calendar, factor, detail);
	const { places } = sessionMeasures(table).ranking(outcomeMeasured(outcome), isCompared);
	const on = (side: number): SessionHistory[] =>
		Array.from(places).flatMap(place => (sideOf[place] === side ? (table.sessions[place] ?? []) : []));
	return { splitAt, first: on(inFirst), second: on(inSecond) };
}

const outcomeMeasured = (outcome: PatternOutcome): Measured => ({ name: outcome, measure: outcomes[outcome] });

/** By what a factor other than the model parts sessions: an amount, or 0 for the first group and 1 for the second. */
function factorMeasured(factor: PatternFactor, calendar: LocalCalendar): Measured {
	const amount = amounts[factor];
	if (amount !== undefined) return { name: factor, measure: amount };
	return {
		name: `${factor} in ${calendar.timeZone}`,
		measure: session => {
			const isSecond = sides[factor]?.(session, calendar) ?? null;
			return isSecond === null ? null : isSecond ? 1 : 0;
		},
	};
}

const [inNeither, inFirst, inSecond] = [0, 1, 2] as const;

/** What parts sessions in two groups: one way for every outcome. */
interface Parting {
	readonly factor: PatternFactor;
	readonly detail: string | null;
	readonly splitAt: number | null;
	/** Of each session, by its place. */
	readonly sides: Uint8Array;
}

function partingOf(
	{ table }: Selection,
	isCompared: Uint8Array,
	calendar: LocalCalendar,
	factor: PatternFactor,
	detail: string | null,
): Parting {
	if (factor === 'model') {
		const { codes, values } = table.models;
		const sideOf = Uint8Array.from(values, ([model]) => (model === detail ? inFirst : inSecond));
		return { factor, detail, splitAt: null, sides: Uint8Array.from(codes, code => sideOf[code] ?? inNeither) };
	}
	const measures = sessionMeasures(table);
	const measured = factorMeasured(factor, calendar);
	const median = amounts[factor] === undefined ? null : medianOf(measures.ranking(measured, isCompared).amounts);
	// Amounts are whole: where the median is 27.5 words, those of 27 are the last on their side.
	const splitAt = median === null ? null : Math.floor(median);
	const limit = splitAt ?? 0;
	const column = measures.column(measured);
	const parting = new Uint8Array(column.length);
	for (let place = 0; place < column.length; place++) {
		const value = column[place] ?? NaN;
		parting[place] = value > limit ? inSecond : value <= limit ? inFirst : inNeither;
	}
	return { factor, detail, splitAt, sides: parting };
}

/** Numbers in arrays of numbers: a hundred comparisons of 10,000 sessions as lists of sessions took a third of a second. */
function partedBy(
	{ factor, detail, splitAt, sides: sideOf }: Parting,
	outcome: PatternOutcome,
	{ places, amounts: values }: Ranking,
): Amounts {
	const [first, second] = [new Float64Array(places.length), new Float64Array(places.length)];
	let [firsts, seconds] = [0, 0];
	for (let i = 0; i < places.length; i++) {
		const side = sideOf[places[i] ?? 0];
		if (side === inFirst) first[firsts++] = values[i] ?? 0;
		else if (side === inSecond) second[seconds++] = values[i] ?? 0;
	}
	return { factor, outcome, detail, splitAt, first: first.subarray(0, firsts), second: second.subarray(0, seconds) };
}

function comparisonsOf(compared: Selection, calendar: LocalCalendar): Amounts[] {
	const { table } = compared;
	const isCompared = flagsAt(table.sessions.length, compared.places);
	const measures = sessionMeasures(table);
	const factors = patternFactors.filter(factor => factor !== 'model').map(factor => factorMeasured(factor, calendar));
	measures.measure([...patternOutcomes.map(outcomeMeasured), ...factors]);
	const ranked = patternOutcomes.map(outcome => ({ outcome, ranking: measures.ranking(outcomeMeasured(outcome), isCompared) }));
	const models = modelsOf(compared);
	const parts = patternFactors.flatMap(factor => (factor === 'model' ? models : [null]).map(detail => ({ factor, detail })));
	return parts.flatMap(({ factor, detail }) => {
		const parting = partingOf(compared, isCompared, calendar, factor, detail);
		return ranked.filter(({ outcome }) => !isTrivial(factor, outcome)).map(({ outcome, ranking }) => partedBy(parting, outcome, ranking));
	});
}

/** Of two models, one against the other says it all. */
function modelsOf({ table, places }: Selection): string[] {
	const counts = new Map<string, number>();
	for (const [code, sessions] of countByCode(table.models, places).entries()) {
		const model = table.models.values[code]?.[0];
		if (model !== undefined && sessions > 0) counts.set(model, (counts.get(model) ?? 0) + sessions);
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
