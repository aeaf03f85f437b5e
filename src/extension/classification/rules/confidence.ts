/** How far an answer can be trusted, by the strength of what spoke for it. */

export type Strength = 'agreeing' | 'clear' | 'fair' | 'contested' | 'weak' | 'nothing';

/** `top`: weights for the answer's level 2; `total`: all weights. One thing asked for in so many words weighs 3. */
export function strengthOf(top: number, total: number): Strength {
	if (total === 0) return 'nothing';
	const share = top / total;
	if (share < 0.6) return 'contested';
	if (top >= 4 && share >= 0.75) return 'agreeing';
	if (top >= 2.5 && share >= 0.75) return 'clear';
	return top >= 1.5 ? 'fair' : 'weak';
}

/**
 * How often an answer of each strength is right at level 3. The order was found on the open half of the labelled sessions
 * (one routine that ran 20 times left out); the values follow the reserved half, on which the rules had not been written.
 *
 * | strength  | what it means                                 | right, open half | right, reserved half |
 * |-----------|-----------------------------------------------|------------------|----------------------|
 * | agreeing  | the prompt, and the title or the work with it | 15 of 18         | with the next:       |
 * | clear     | the prompt asks; nothing speaks against it    | 4 of 5           | 20 of 32             |
 * | fair      | a title, a complaint, or only the work        | 12 of 16         | with the next:       |
 * | contested | signs of different wishes                     | 15 of 21         | 13 of 26             |
 * | weak      | a lone hint                                   | 1 of 3           | with the next:       |
 * | nothing   | no sign at all                                | 1 of 3           | 16 of 29             |
 *
 * That little evidence does no worse than some is owed to trivial sessions, in which there is nothing to find.
 */
export const confidenceOf: Readonly<Record<Strength, number>> = {
	agreeing: 0.65,
	clear: 0.6,
	fair: 0.5,
	contested: 0.45,
	weak: 0.4,
	nothing: 0.35,
};
