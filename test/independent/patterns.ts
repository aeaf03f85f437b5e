// Groups of sessions compared, counted again: which sessions stand on which side, and how often one side has more, by looking at every pair.
import type { Conduct } from './calls.ts';
import type { IndependentSession } from './count.ts';
import type { SessionFigures } from './insights.ts';

/** What rests on lists of phrases that no rule fixes: taken as it is found, by session. */
export interface Found {
	readonly corrections: number;
	/** Commands that run tests. */
	readonly testRuns: number;
	/** Of the turns with edits, those that edited a file again after a command had checked it. */
	readonly retriedEditTurns: number;
}

export interface Compared {
	readonly factor: string;
	readonly outcome: string;
	readonly detail: string | null;
	/** The median that parts them, downwards; null for yes and no. */
	readonly splitAt: number | null;
	readonly first: readonly number[];
	readonly second: readonly number[];
}

interface Run {
	readonly session: IndependentSession;
	readonly figures: SessionFigures;
	readonly conduct: Conduct;
	readonly found: Found;
	readonly hour: number;
	readonly weekday: number;
}

/** Conversations of a person that were answered, in the order of `sessions`. */
export function comparable(sessions: readonly IndependentSession[]): readonly IndependentSession[] {
	return sessions.filter(each => !each.stub && each.mode !== 'background' && each.userPrompts > 0 && each.responses > 0);
}

const amounts: Readonly<Record<string, (run: Run) => number | null>> = {
	length: ({ figures }) => figures.activeMs,
	turns: ({ session }) => session.userPrompts,
	promptLength: ({ session }) => session.promptWordCount,
	filesTouched: ({ conduct }) => conduct.filesTouched,
};
const sides: Readonly<Record<string, (run: Run) => boolean>> = {
	timeOfDay: ({ hour }) => hour < 6 || hour >= 18,
	weekday: ({ weekday }) => weekday > 4,
	subagents: ({ session }) => session.subagents > 0,
	planMode: ({ conduct }) => conduct.hasPlanned,
	testsRun: ({ found }) => found.testRuns > 0,
};
const outcomes: Readonly<Record<string, (run: Run) => number | null>> = {
	cost: ({ figures }) => figures.usd,
	interruptions: ({ session }) => session.interruptions / session.userPrompts,
	corrections: ({ session, found }) => (session.userPrompts < 2 ? null : found.corrections / (session.userPrompts - 1)),
	reEdits: ({ session, conduct }) => (conduct.filesEdited === 0 ? null : session.sameFileEditCount / conduct.filesEdited),
	retries: ({ conduct: { calls } }) => (calls.length === 0 ? null : (100 * calls.filter(({ isRetry }) => isRetry).length) / calls.length),
	oneShot: ({ conduct, found }) => (conduct.editTurns === 0 ? null : (conduct.editTurns - found.retriedEditTurns) / conduct.editTurns),
};

/** What goes with what by nature is compared by nobody. */
const trivial = new Set(['length cost', 'turns cost', 'subagents cost', 'filesTouched cost', 'filesTouched reEdits']);

export function comparedIn(
	sessions: readonly IndependentSession[],
	figures: readonly SessionFigures[],
	found: ReadonlyMap<string, Found>,
	models: readonly string[],
	timeZone: string,
): Compared[] {
	const clock = new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23', weekday: 'short' });
	const byId = new Map(figures.map(each => [each.session.id, each]));
	const runs = comparable(sessions).flatMap((session): Run[] => {
		const own = byId.get(session.id);
		const foundOf = found.get(session.id);
		if (own === undefined || own.conduct === null || foundOf === undefined || session.startedAt === null) return [];
		const parts = new Map(clock.formatToParts(new Date(session.startedAt)).map(({ type, value }) => [type, value]));
		const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.get('weekday') ?? '');
		return [{ session, figures: own, conduct: own.conduct, found: foundOf, hour: Number(parts.get('hour')), weekday }];
	});
	const factors: (readonly [factor: string, detail: string | null, splitAt: number | null, side: (run: Run) => boolean | null])[] = [
		...Object.entries(amounts).map(([factor, amount]) => {
			const middle = Math.floor(medianOf(runs.flatMap(run => amount(run) ?? [])));
			return [factor, null, middle, over(middle, amount)] as const;
		}),
		...Object.entries(sides).map(([factor, side]) => [factor, null, null, side] as const),
		...models.map(model => ['model', model, null, (run: Run) => run.figures.model !== model] as const),
	];
	return factors.flatMap(([factor, detail, splitAt, side]) =>
		Object.entries(outcomes)
			.filter(([outcome]) => !trivial.has(`${factor} ${outcome}`))
			.map(([outcome, value]) => {
				const of = (wanted: boolean): number[] => runs.filter(run => side(run) === wanted).flatMap(run => value(run) ?? []);
				return { factor, outcome, detail, splitAt, first: of(false), second: of(true) };
			}),
	);
}

function over(middle: number, amount: (run: Run) => number | null): (run: Run) => boolean | null {
	return run => {
		const value = amount(run);
		return value === null ? null : value > middle;
	};
}

export function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length / 2;
	return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** Pairs in which the second has more, less those in which it has fewer, of all pairs. */
export function deltaOf(first: readonly number[], second: readonly number[]): number {
	let sum = 0;
	for (const a of first) for (const b of second) sum += Math.sign(b - a);
	return sum / (first.length * second.length);
}

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

type Interval = readonly [low: number, high: number];

/**
 * Of Cliff's delta (Cliff 1993, Feng and Cliff 2004): its variance from the table of all pairs, by row, by column and by pair, at least what
 * it can be at all; the interval is the asymmetric one.
 */
export function deltaInterval(first: readonly number[], second: readonly number[], z: number): Interval {
	const [n, m] = [first.length, second.length];
	const table = first.map(a => second.map(b => Math.sign(b - a)));
	const delta = deltaOf(first, second);
	const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - delta) ** 2, 0);
	const rows = squares(table.map(meanOf));
	const columns = squares(second.map((_, j) => meanOf(table.map(row => row[j] ?? 0))));
	const unbiased = (m * m * rows + n * n * columns - squares(table.flat())) / (n * m * (n - 1) * (m - 1));
	const variance = Math.max(unbiased, (1 - delta * delta) / (n * m - 1));
	const reach = z * Math.sqrt(variance) * Math.sqrt((1 - delta * delta) ** 2 + z * z * variance);
	const scale = 1 - delta * delta + z * z * variance;
	return scale === 0
		? [delta, delta]
		: [Math.max(-1, (delta - delta ** 3 - reach) / scale), Math.min(1, (delta - delta ** 3 + reach) / scale)];
}

/** Of the difference of two means, each group with a variance of its own (Welch). */
export function meansInterval(first: readonly number[], second: readonly number[], z: number): Interval {
	const error = (values: readonly number[]): number => {
		const mean = meanOf(values);
		return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length;
	};
	const difference = meanOf(second) - meanOf(first);
	const reach = z * Math.sqrt(error(first) + error(second));
	return [difference - reach, difference + reach];
}

/** How many standard deviations hold all but `share` of a normal variable: halved again and again, its density added up by Simpson's rule. */
export function normalReach(share: number): number {
	const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
	const within = (z: number): number => {
		const step = z / 400;
		let sum = density(0) + density(z);
		for (let i = 1; i < 400; i++) sum += density(i * step) * (i % 2 === 1 ? 4 : 2);
		return (2 * sum * step) / 3;
	};
	let [low, high] = [0, 8];
	for (let i = 0; i < 50; i++) {
		const middle = (low + high) / 2;
		if (within(middle) < 1 - share) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}
