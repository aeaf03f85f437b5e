/** The statistics of the patterns page: comparisons of two groups that assume no distribution. Pure. */

/** An effect with its interval. */
export interface Delta {
	readonly effect: number;
	readonly low: number;
	readonly high: number;
}

/**
 * Cliff's delta, P(second > first) - P(second < first), with the asymmetric interval of Feng and Cliff (2004), which keeps its level where the effect is large and
 * the groups are of different size. `z` is the normal quantile of the level wanted. Both groups are sorted, the least value
 * first, and have at least two values.
 */
export function cliffsDelta(first: ArrayLike<number>, second: ArrayLike<number>, z: number): Delta {
	const [n, m] = [first.length, second.length];
	// How far each value dominates the other group, on average: its sum and the sum of its squares over each group.
	let [sum, squaresOfFirst, squaresOfSecond, ties] = [0, 0, 0, 0];
	for (let i = 0, j = 0; i < n || j < m;) {
		const value = Math.min(first[i] ?? Infinity, second[j] ?? Infinity);
		const [fromI, fromJ] = [i, j];
		while (i < n && first[i] === value) i++;
		while (j < m && second[j] === value) j++;
		const ofFirst = (m - j - fromJ) / m;
		const ofSecond = (fromI - (n - i)) / n;
		sum += (i - fromI) * ofFirst;
		squaresOfFirst += (i - fromI) * ofFirst ** 2;
		squaresOfSecond += (j - fromJ) * ofSecond ** 2;
		ties += (i - fromI) * (j - fromJ);
	}
	const effect = sum / n;
	const single = n * m * (1 - ties / (n * m) - effect ** 2);
	const spread = m ** 2 * (squaresOfFirst - n * effect ** 2) + n ** 2 * (squaresOfSecond - m * effect ** 2);
	// The unbiased estimate can fall below what it can be at all.
	const variance = Math.max((spread - single) / (n * m * (n - 1) * (m - 1)), (1 - effect ** 2) / (n * m - 1));
	const middle = effect - effect ** 3;
	const reach = z * Math.sqrt(variance) * Math.sqrt((1 - effect ** 2) ** 2 + z ** 2 * variance);
	const scale = 1 - effect ** 2 + z ** 2 * variance;
	// Of groups that do not overlap at all nothing is left to vary.
	if (scale === 0) return { effect, low: effect, high: effect };
	return { effect, low: Math.max(-1, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}

/** The value that a standard normal variable stays below with probability `p`, 0 < p < 1. Acklam's approximation, to 1.2e-9. */
export function normalQuantile(p: number): number {
	if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
	if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
	const q = p - 0.5;
	const r = q * q;
	return (polynomial(central.above, r) * q) / (polynomial(central.below, r) * r + 1);
}

const central = {
	above: [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239],
	below: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572],
};
const tails = {
	above: [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783],
	below: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416],
};

/** Highest power first. */
const polynomial = (coefficients: readonly number[], x: number): number =>
	coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
const tail = (q: number): number => polynomial(tails.above, q) / (polynomial(tails.below, q) * q + 1);

/** The difference of the means, second less first, with Welch's standard error: groups may vary differently. Each has at least two values. */
export function meanDifference(first: ArrayLike<number>, second: ArrayLike<number>, z: number): Delta {
	const [a, b] = [momentsOf(first), momentsOf(second)];
	const effect = b.mean - a.mean;
	const reach = z * Math.sqrt(a.variance / first.length + b.variance / second.length);
	return { effect, low: effect - reach, high: effect + reach };
}

function momentsOf(values: ArrayLike<number>): { mean: number; variance: number } {
	const mean = meanOf(values);
	let squares = 0;
	for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) ** 2;
	return { mean, variance: squares / (values.length - 1) };
}

export function meanOf(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
	return values.length === 0 ? 0 : sum / values.length;
}
