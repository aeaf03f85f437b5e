import assert from 'node:assert/strict';
import type { Pattern, PatternsFigures } from '../../../src/webview/contract/patterns.ts';
import type { IndependentSession } from '../../independent/count.ts';
import type { SessionFigures } from '../../independent/insights.ts';
import {
	comparable,
	comparedIn,
	deltaInterval,
	deltaOf,
	meanOf,
	meansInterval,
	medianOf,
	normalReach,
	type Compared,
	type Found,
} from '../../independent/patterns.ts';
import { assertAlike } from './alike.ts';

const nameOf = ({ factor, detail, outcome }: Pick<Compared, 'factor' | 'detail' | 'outcome'>): string =>
	`${factor} ${detail ?? ''} ${outcome}`;

/** Every comparison: which sessions stand on which side, whether it is shown, and where it is, all its figures. */
export function assertSamePatterns(
	ours: PatternsFigures,
	sessions: readonly IndependentSession[],
	figures: readonly SessionFigures[],
	found: ReadonlyMap<string, Found>,
	timeZone: string,
): void {
	assert.equal(ours.sessions, comparable(sessions).length);
	const all = [...ours.patterns, ...ours.withheld];
	const models = [...new Set(all.flatMap(({ detail }) => detail ?? []))];
	const compared = comparedIn(sessions, figures, found, models, timeZone);
	assert.deepEqual(all.map(nameOf).sort(), compared.map(nameOf).sort());
	const isMade = ({ first, second }: Compared): boolean => Math.min(first.length, second.length) >= ours.minimum;
	const made = compared.filter(isMade).length;
	assert.equal(ours.comparisons, made);
	const reach = normalReach(0.05 / Math.max(1, made));
	for (const each of compared) {
		const { first, second } = each;
		const name = nameOf(each);
		const withheld = ours.withheld.find(other => nameOf(other) === name);
		const shown = ours.patterns.find(other => nameOf(other) === name);
		assert.deepEqual(
			[withheld?.firstSessions ?? shown?.first.sessions, withheld?.secondSessions ?? shown?.second.sessions],
			[first.length, second.length],
			name,
		);
		const isShown = isMade(each) && tells(each, reach);
		assert.equal(shown !== undefined, isShown, name);
		if (withheld !== undefined) assert.equal(withheld.reason, isMade(each) ? 'noDifference' : 'fewSessions', name);
		if (shown !== undefined) assertSameFigures(shown, each, reach);
	}
}

/** More than chance and not negligible; of a rate its mean too. */
function tells({ outcome, first, second }: Compared, reach: number): boolean {
	const effect = deltaOf(first, second);
	const isAside = ([low, high]: readonly [number, number]): boolean => (effect > 0 ? low > 0 : high < 0);
	return (
		Math.abs(effect) >= 0.147 &&
		isAside(deltaInterval(first, second, reach)) &&
		(outcome === 'cost' || isAside(meansInterval(first, second, reach)))
	);
}

function assertSameFigures(shown: Pattern, { outcome, splitAt, first, second }: Compared, reach: number): void {
	const effect = deltaOf(first, second);
	assertAlike(
		[shown.splitAt, shown.effect, shown.first.mean, shown.second.mean, shown.first.median, shown.second.median],
		[splitAt, effect, ...[first, second].map(meanOf), ...[first, second].map(medianOf)],
	);
	const [low, high] = deltaInterval(first, second, reach);
	// The product approximates the quantile to nine digits.
	const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-7, `${a} and ${b}`);
	near(shown.interval.low, low);
	near(shown.interval.high, high);
	const size = Math.abs(effect);
	assert.equal(shown.strength, size < 0.33 ? 'small' : size < 0.474 ? 'medium' : 'large');
	assert.equal(shown.isSecondBetter, outcome === 'cost' ? null : effect > 0 === (outcome === 'oneShot'));
}
