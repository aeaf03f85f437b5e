/** When the person of the sample history worked on what: decided day by day from a seed, before a line is written. */
import { Random } from '../historyGenerator/random.ts';
import { projects, type SampleProject } from './subjects.ts';
import { corrections, detailed, followUps, type Wish, wishes } from './wishes.ts';

export const opus = 'claude-opus-4-5-20251101';
export const sonnet = 'claude-sonnet-4-5-20250929';
export const haiku = 'claude-haiku-4-5-20251001';
/** Through a gateway; no price is published. */
export const unpriced = ['gpt-oss-120b', 'qwen3-coder'] as const;

/** What sets a session apart from the others. */
export type Oddity = 'gone' | 'stub' | 'damaged' | 'unknownRecords' | 'apiError' | 'compacted' | 'processing' | 'waiting';

export interface PlannedSession {
	readonly id: string;
	readonly project: SampleProject;
	readonly branch: string;
	readonly model: string;
	readonly title: string;
	readonly prompts: readonly [string, ...string[]];
	readonly startsAtMs: number;
	/** Tool calls that a prompt leads to, about. */
	readonly effort: number;
	readonly isEditing: boolean;
	readonly isDetailed: boolean;
	readonly runsTests: boolean;
	readonly usesPlanMode: boolean;
	/** `claude -p` in a script. */
	readonly isBackground: boolean;
	/** What its subagents look into. */
	readonly agents: readonly string[];
	/** Begins as a copy of that session's first turn. */
	readonly forkOf: PlannedSession | null;
	readonly oddity: Oddity | null;
}

export interface PlanOptions {
	/** The first local day, and the day that goes on at `now`. */
	readonly firstDay: string;
	readonly now: Date;
	/** Local time is ahead of UTC by this many hours. */
	readonly offsetHours: (day: string) => number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** In the order of time. */
export function plannedSessions({ firstDay, now, offsetHours }: PlanOptions): readonly PlannedSession[] {
	const planner = new Planner(now);
	const today = now.toISOString().slice(0, 10);
	const lastMs = Date.parse(`${today}T00:00:00Z`);
	for (let dayStart = Date.parse(`${firstDay}T00:00:00Z`); dayStart <= lastMs; dayStart += dayMs) {
		const day = new Date(dayStart).toISOString().slice(0, 10);
		planner.day(day, dayStart - offsetHours(day) * hourMs);
	}
	return planner.sessions.toSorted((a, b) => a.startsAtMs - b.startsAtMs);
}

/** One after the other. */
const oddities: readonly Oddity[] = ['apiError', 'compacted', 'unknownRecords', 'gone', 'compacted', 'damaged', 'apiError', 'stub'];

class Planner {
	readonly sessions: PlannedSession[] = [];
	readonly #nowMs: number;
	readonly #random = new Random('working year');
	/** Subjects of a wish in a project that were not worked on yet, so that few titles come twice. */
	readonly #fresh = new Map<string, string[]>();

	/** How many sessions are odd so far. */
	#odd = 0;

	constructor(now: Date) {
		this.#nowMs = now.getTime();
	}

	/** `startMs`: local midnight. */
	day(day: string, startMs: number): void {
		const random = this.#random.branch(day);
		const age = Math.floor((this.#nowMs - startMs) / dayMs);
		const isToday = age === 0;
		const hours = isToday ? [8.3, 13.4] : startsOf(random, startMs, age);
		for (const [index, hour] of hours.entries()) {
			const at = startMs + Math.round(hour * hourMs);
			this.#plan(random.branch(index), at, age, this.#oddityOf(random, age));
		}
		if (!isToday) return;
		// What goes on now: its end counts, and its beginning follows from it.
		this.#plan(random.branch('waiting'), this.#nowMs - 5 * 60_000, age, 'waiting');
		this.#plan(random.branch('processing'), this.#nowMs - 40_000, age, 'processing');
	}

	#oddityOf(random: Random, age: number): Oddity | null {
		if (age > 30 || !random.chance(0.14)) return null;
		return oddities[this.#odd++ % oddities.length] ?? null;
	}

	#plan(random: Random, startsAtMs: number, age: number, oddity: Oddity | null): void {
		const project = random.weighted(weighted(projects));
		const wish = random.weighted(weighted(wishes.filter(({ of }) => project.subjects[of].length > 0)));
		const subject = this.#subjectOf(project, wish, random);
		const isLongAgo = age > 60;
		const isDetailed = random.chance(0.5);
		const follow = Math.min(9, Math.round(random.logNormal(isLongAgo ? 1 : 2.2, isLongAgo ? 2 : 5) * wish.size));
		const isLong = follow > 2;
		const next = (): string => random.pick(random.chance(isLong ? 0.27 : 0.02) ? corrections : followUps);
		const said = wish.prompt(subject);
		const isBackground = random.chance(0.05);
		const isEditing = wish.isEditing;
		const model = random.weighted([
			[58, opus],
			[28, sonnet],
			[12, haiku],
			[1, unpriced[0]],
			[0.7, unpriced[1]],
		] as const);
		const forkOf = random.chance(0.05) ? this.#forkable(startsAtMs) : null;
		this.sessions.push({
			id: random.uuid(),
			project: forkOf?.project ?? project,
			branch: forkOf?.branch ?? branchOf(project, wish, subject, random),
			model,
			title: forkOf === null ? titleOf(wish, subject, random) : `${forkOf.title}, another way`,
			prompts: [isDetailed ? detailed(random, said) : said, ...Array.from({ length: isBackground ? 0 : follow }, next)],
			startsAtMs,
			effort: (isLongAgo ? 2 : 4) * wish.size,
			isEditing,
			isDetailed,
			runsTests: isEditing && random.chance(0.5),
			usesPlanMode: random.chance(0.14),
			isBackground: forkOf === null && isBackground,
			agents: random.chance(isLongAgo ? 0.08 : 0.18)
				? ['Find the files that are concerned', 'Look for tests that cover it'].slice(0, random.integer(1, 2))
				: [],
			forkOf,
			oddity: forkOf === null ? oddity : null,
		});
	}

	#forkable(startsAtMs: number): PlannedSession | null {
		return (
			this.sessions.findLast(
				each =>
					startsAtMs - each.startsAtMs > 2 * hourMs &&
					each.prompts.length > 1 &&
					each.oddity === null &&
					each.forkOf === null &&
					!each.isBackground,
			) ?? null
		);
	}

	#subjectOf(project: SampleProject, wish: Wish, random: Random): string {
		const key = `${project.name} ${wish.name}`;
		const fresh = this.#fresh.get(key) ?? [];
		this.#fresh.set(key, fresh);
		if (fresh.length === 0) fresh.push(...project.subjects[wish.of]);
		return fresh.splice(random.integer(0, fresh.length - 1), 1)[0] ?? '';
	}
}

/** Titles that are longer than a column, and of other scripts. */
const otherTitles = [
	'Explain how the cache invalidation works and whether the second lock in refreshTokens() is still needed after the rewrite',
	'إصلاح خطأ في حساب الضريبة',
	'Исправить округление в налоговом отчёте',
] as const;

function titleOf(wish: Wish, subject: string, random: Random): string {
	return random.chance(0.05) ? random.pick(otherTitles) : wish.title(subject);
}

function branchOf({ hasBranches }: SampleProject, { branch }: Wish, subject: string, random: Random): string {
	if (!hasBranches) return '';
	if (branch === null || random.chance(0.2)) return 'main';
	const words = subject.toLowerCase().match(/[a-z0-9]+/g) ?? [];
	const said = words.filter(
		word => !['the', 'that', 'a', 'an', 'is', 'to', 'of', 'as', 'for', 'in', 'on', 'by', 'with', 'its', 'and'].includes(word),
	);
	return `${branch}/${said.slice(0, 3).join('-')}`;
}

/** Local hours at which sessions of a day begin: mornings and afternoons, now and then an evening, few weekends, two weeks of holidays. */
function startsOf(random: Random, startMs: number, age: number): readonly number[] {
	// Midnight is the day before in UTC.
	const weekday = new Date(startMs + dayMs / 2).getUTCDay();
	const isHoliday = age > 95 && age < 111;
	if (isHoliday || random.chance(0.05)) return [];
	const isWeekend = weekday === 0 || weekday === 6;
	if (isWeekend && !random.chance(0.3)) return [];
	const most = age > 60 ? 3 : age > 30 ? 6 : 8;
	const count = isWeekend ? random.integer(1, 2) : random.integer(age > 60 ? 1 : 3, most);
	return Array.from({ length: count }, () =>
		random.weighted([
			[50, 8.5 + random.next() * 3.5],
			[40, 13 + random.next() * 4.8],
			[14, 19.6 + random.next() * 3],
		] as const),
	).sort((a, b) => a - b);
}

function weighted<T extends { readonly weight: number }>(list: readonly T[]): [readonly [number, T], ...(readonly [number, T])[]] {
	const [first, ...rest] = list.map(each => [each.weight, each] as const);
	if (first === undefined) throw new Error('nothing to choose from');
	return [first, ...rest];
}
