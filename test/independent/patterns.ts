// Groups of sessions compared, counted again: which sessions stand on which side, and how often one side has more, by looking at every pair.
import type { IndependentSession } from './count.ts';
import type { SessionFigures } from './insights.ts';

export interface Compared {
	readonly factor: string;
	readonly outcome: string;
	readonly detail: string | null;
	readonly first: readonly number[];
	readonly second: readonly number[];
}

interface Run {
	readonly session: IndependentSession;
	readonly figures: SessionFigures;
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
};
const sides: Readonly<Record<string, (run: Run) => boolean>> = {
	timeOfDay: ({ hour }) => hour < 6 || hour >= 18,
	weekday: ({ weekday }) => weekday > 4,
	subagents: ({ session }) => session.subagents > 0,
};
const outcomes: Readonly<Record<string, (run: Run) => number | null>> = {
	cost: ({ figures }) => figures.usd,
	interruptions: ({ session }) => session.interruptions / session.userPrompts,
};

/** What goes with what by nature is compared by nobody. */
const trivial = new Set(['length cost', 'turns cost', 'subagents cost']);

export function comparedIn(
	sessions: readonly IndependentSession[],
	figures: readonly SessionFigures[],
	models: readonly string[],
	timeZone: string,
): Compared[] {
	const clock = new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23', weekday: 'short' });
	const byId = new Map(figures.map(each => [each.session.id, each]));
	const runs = comparable(sessions).flatMap((session): Run[] => {
		const own = byId.get(session.id);
		if (own === undefined || session.startedAt === null) return [];
		const parts = new Map(clock.formatToParts(new Date(session.startedAt)).map(({ type, value }) => [type, value]));
		const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.get('weekday') ?? '');
		return [{ session, figures: own, hour: Number(parts.get('hour')), weekday }];
	});
	const factors: (readonly [factor: string, detail: string | null, side: (run: Run) => boolean | null])[] = [
		...Object.entries(amounts).map(([factor, amount]) => [factor, null, overMedian(runs, amount)] as const),
		...Object.entries(sides).map(([factor, side]) => [factor, null, side] as const),
		...models.map(model => ['model', model, (run: Run) => run.figures.model !== model] as const),
	];
	return factors.flatMap(([factor, detail, side]) =>
		Object.entries(outcomes)
			.filter(([outcome]) => !trivial.has(`${factor} ${outcome}`))
			.map(([outcome, value]) => {
				const of = (wanted: boolean): number[] => runs.filter(run => side(run) === wanted).flatMap(run => value(run) ?? []);
				return { factor, outcome, detail, first: of(false), second: of(true) };
			}),
	);
}

function overMedian(runs: readonly Run[], amount: (run: Run) => number | null): (run: Run) => boolean | null {
	const middle = medianOf(runs.flatMap(run => amount(run) ?? []));
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
