/** Pure arithmetic of axes. */

/**
 * Round values from zero to the first at or above `max`, at most `steps` + 1 of them. `whole` for what comes in pieces.
 * Nothing at all (`max` 0) still has an axis.
 */
export function ticks(max: number, steps: number, whole: boolean): readonly number[] {
	const rough = max / steps;
	const step = rough > 0 && Number.isFinite(rough) ? Math.max(niceAtLeast(rough), whole ? 1 : 0) : 1;
	const count = Math.max(1, Math.ceil(max / step - 1e-9));
	// Multiplying keeps 0.1 × 3 from drifting the way that adding does; rounding drops the last bit of error.
	return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

function niceAtLeast(value: number): number {
	const magnitude = 10 ** Math.floor(Math.log10(value));
	const factor = [1, 2, 2.5, 5, 10].find(each => each * magnitude >= value * (1 - 1e-9)) ?? 10;
	return factor * magnitude;
}

/** Which of `count` places along `width` get a label of `labelWidth` without touching; always the last, counted back from there. */
export function labelled(count: number, width: number, labelWidth: number): readonly number[] {
	if (count === 0) return [];
	const step = Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)));
	return Array.from({ length: Math.ceil(count / step) }, (_, index) => count - 1 - index * step).reverse();
}

/** A step of a scale of shades: amounts above `from`, up to and with `to`. */
export interface ShadeStep {
	readonly from: number;
	readonly to: number;
	/** From 1 to `mostShades`; the last step always has the strongest. */
	readonly shade: number;
}

export const mostShades = 4;

/** Steps of the same size with round ends, so that a shade says how much: twice as much never looks like less. None for nothing. */
export function shadeSteps(values: readonly number[]): readonly ShadeStep[] {
	const most = Math.max(0, ...values);
	if (most === 0) return [];
	const ends = ticks(most, mostShades, false);
	const count = ends.length - 1;
	return ends.slice(1).map((to, index) => ({ from: ends[index] ?? 0, to, shade: Math.ceil(((index + 1) / count) * mostShades) }));
}

/** 0 for what is nothing. */
export function shadeOf(value: number, steps: readonly ShadeStep[]): number {
	return value > 0 ? (steps.find(({ to }) => value <= to)?.shade ?? mostShades) : 0;
}

/**
 * From 0 (nothing) to `steps`, by where a value stands among the others rather than by its size: one day of a hundred
 * dollars must not make all others look alike. Equal values get the same level; the largest always the highest.
 */
export function levelsOf(values: readonly number[], steps: number): readonly number[] {
	const sorted = [...new Set(values.filter(value => value > 0))].sort((a, b) => a - b);
	const rank = new Map(sorted.map((value, index) => [value, index + 1]));
	return values.map(value => (value > 0 ? Math.ceil(((rank.get(value) ?? 0) / sorted.length) * steps) : 0));
}
