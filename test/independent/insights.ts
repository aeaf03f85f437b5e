// Figures of the insights panel, counted again from the raw files: by local days and hours, by tool and block, and step by step from
// lines to answers. Written from the format reference and the rules of the field alone.
import { instantsOf, stepsOf, type Ends } from './activity.ts';
import { callsOf, conductOf, type Conduct } from './calls.ts';
import { transcriptsOf, type TranscriptFile } from './files.ts';
import { dollarsOf, plainDollars, savedByCache } from './money.ts';
import { promptsOf, type Prompt } from './prompts.ts';
import { responsesOf, tokensOf, type Response } from './responses.ts';
import { compareSessions, isChain, ownershipOf, sessionsOf, type Ownership, type Session } from './sessions.ts';
import { objectAt, stringAt, type Obj } from './values.ts';

export interface Sum {
	readonly count: number;
	readonly tokens: number;
	readonly usd: number;
}

/** What was done in some hour or on some day. */
export interface Activity {
	sessions: number;
	prompts: number;
	activeMs: number;
	usd: number;
}

export interface SessionFigures {
	readonly session: Session;
	/** Local days it was worked on. */
	readonly days: ReadonlySet<string>;
	readonly prompts: number;
	readonly activeMs: number;
	readonly usd: number | null;
	/** The one with most answers; null without any. */
	readonly model: string | null;
	readonly responses: number;
	readonly tokens: number;
	readonly unpricedTokens: number;
	readonly conduct: Conduct | null;
}

export interface IndependentInsights {
	/** By local day, `YYYY-MM-DD`. */
	readonly days: ReadonlyMap<string, Sum>;
	/** By `weekday hour`, 0 Monday. */
	readonly hours: ReadonlyMap<string, number>;
	readonly activeDays: ReadonlyMap<string, Activity>;
	readonly activeHours: ReadonlyMap<string, Activity>;
	/** Runs of days with sessions, in order. */
	readonly streaks: readonly (readonly [first: string, last: string, days: number])[];
	readonly models: ReadonlyMap<string, Sum>;
	/** Of models without a price. */
	readonly unpricedTokens: number;
	readonly saved: number;
	readonly subagents: Sum & { readonly sessions: number };
	/** Calls by tool. */
	readonly tools: ReadonlyMap<string, number>;
	/** Start of each five-hour block, its answers, and what they cost. */
	readonly blocks: readonly (readonly [start: string, answers: number, usd: number])[];
	readonly steps: Readonly<Record<'lines' | 'responses' | 'files' | 'cacheTiers' | 'subagents' | 'rates', Sum>>;
	/** With at least one answer, prompt or instant; stubs are none. */
	readonly sessions: readonly SessionFigures[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const total = ({ tokens }: Pick<Response, 'tokens'>): number =>
	tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

interface LocalTime {
	readonly day: string;
	/** `weekday hour`. */
	readonly hour: string;
}

function clockOf(timeZone: string): (time: number) => LocalTime {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		hourCycle: 'h23',
		weekday: 'short',
	});
	return time => {
		const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
		return {
			day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
			hour: `${WEEKDAYS.indexOf(parts.get('weekday') ?? '')} ${Number(parts.get('hour'))}`,
		};
	};
}

/** What stands in the files, whatever the time zone. */
export interface Ground {
	readonly files: readonly TranscriptFile[];
	readonly sessions: readonly Session[];
	readonly ownership: Ownership;
	readonly responses: readonly Response[];
	readonly prompts: ReadonlyMap<Session, readonly Prompt[]>;
	readonly conduct: ReadonlyMap<Session, Conduct>;
}

export function groundOf(configDirs: string[]): Ground {
	const files = transcriptsOf(configDirs);
	const sessions = sessionsOf(files).sort(compareSessions);
	const ownership = ownershipOf(sessions);
	const responses = responsesOf(sessions, ownership);
	const queueSeen = new Set<string>();
	const prompts = new Map(sessions.map(session => [session, promptsOf(session, ownership, queueSeen)]));
	const calls = Map.groupBy(callsOf(sessions, responses), ({ session }) => session);
	const conduct = new Map(
		sessions.map(session => [session, conductOf(session, calls.get(session) ?? [], prompts.get(session) ?? [], ownership)]),
	);
	return { files, sessions, ownership, responses, prompts, conduct };
}

export function insightsOf(ground: Ground, timeZone: string): IndependentInsights {
	const { files, responses } = ground;
	const clock = clockOf(timeZone);
	const days = new Map<string, Sum>();
	const hours = new Map<string, number>();
	for (const response of responses) {
		if (response.time === null) continue;
		const { day, hour } = clock(response.time);
		add(days, day, response);
		hours.set(hour, (hours.get(hour) ?? 0) + 1);
	}
	const models = new Map<string, Sum>();
	for (const response of responses) add(models, response.model, response);
	const calls = new Map(responses.flatMap(({ toolCalls }) => toolCalls).map(({ id, name }) => [id, name ?? '']));
	const tools = new Map<string, number>();
	for (const name of calls.values()) tools.set(name, (tools.get(name) ?? 0) + 1);
	const own = files.filter(file => !file.agent);
	const answered = responses.filter(({ inTranscript }) => inTranscript);
	const bySubagents = responses.filter(({ bySubagent }) => bySubagent);
	const activity = activityOf(ground, clock);
	return {
		days,
		hours,
		...activity,
		streaks: streaksOf([...activity.activeDays].filter(([, day]) => day.sessions > 0).map(([day]) => day)),
		models,
		unpricedTokens: responses.filter(response => dollarsOf(response) === null).reduce((sum, response) => sum + total(response), 0),
		saved: responses.reduce((sum, response) => sum + savedByCache(response), 0),
		subagents: { ...sumOf(bySubagents, dollarsOf), sessions: new Set(bySubagents.map(({ session }) => session)).size },
		tools,
		blocks: blocksOf(responses),
		steps: {
			lines: sumOf(own.flatMap(linesOf), each => plainDollars(each, true)),
			responses: sumOf(own.flatMap(answersOf), each => plainDollars(each, true)),
			files: sumOf(answered, each => plainDollars(each, true)),
			cacheTiers: sumOf(answered, each => plainDollars(each, false)),
			subagents: sumOf(responses, each => plainDollars(each, false)),
			rates: sumOf(responses, dollarsOf),
		},
	};
}

/** What sessions were worked on when, and what each comes to. */
function activityOf(
	{ sessions, ownership, responses, prompts: promptsBy, conduct }: Ground,
	clock: (time: number) => LocalTime,
): Pick<IndependentInsights, 'activeDays' | 'activeHours' | 'sessions'> {
	const bySession = Map.groupBy(responses, ({ session }) => session);
	const activeDays = new Map<string, Activity>();
	const activeHours = new Map<string, Activity>();
	const at = (map: Map<string, Activity>, key: string): Activity => {
		const known = map.get(key) ?? { sessions: 0, prompts: 0, activeMs: 0, usd: 0 };
		map.set(key, known);
		return known;
	};
	const both = (time: number | null): readonly Activity[] => {
		if (time === null) return [];
		const { day, hour } = clock(time);
		return [at(activeDays, day), at(activeHours, hour)];
	};
	const figures = sessions.map((session): SessionFigures => {
		const own = bySession.get(session) ?? [];
		const prompts = promptsBy.get(session) ?? [];
		const steps = stepsOf(session, ownership);
		for (const { time, activeMs } of steps) for (const sum of both(time)) sum.activeMs += activeMs;
		for (const { entry } of prompts) for (const sum of both(entry.time)) sum.prompts++;
		for (const response of own) for (const sum of both(response.time)) sum.usd += dollarsOf(response) ?? 0;
		const instants = instantsOf(steps, prompts, own, endsOf(session, ownership)).map(clock);
		const days = new Set(instants.map(({ day }) => day));
		// A stub is no session of a person.
		if (session.mains.length > 0) {
			for (const day of days) at(activeDays, day).sessions++;
			for (const hour of new Set(instants.map(each => each.hour))) at(activeHours, hour).sessions++;
		}
		const priced = own.map(dollarsOf).filter(usd => usd !== null);
		return {
			session,
			days,
			prompts: prompts.length,
			activeMs: steps.reduce((sum, { activeMs }) => sum + activeMs, 0),
			usd: priced.length === 0 ? null : priced.reduce((sum, usd) => sum + usd, 0),
			model: mostOf(own.map(({ model }) => model)),
			responses: own.length,
			tokens: own.reduce((sum, response) => sum + total(response), 0),
			unpricedTokens: own.filter(response => dollarsOf(response) === null).reduce((sum, response) => sum + total(response), 0),
			conduct: conduct.get(session) ?? null,
		};
	});
	return { activeDays, activeHours, sessions: figures };
}

function mostOf(names: readonly string[]): string | null {
	const counts = [...Map.groupBy(names, name => name)].sort((a, b) => b[1].length - a[1].length);
	return counts[0]?.[0] ?? null;
}

/** First and last own record; of a copy without any, those that it copied. */
function endsOf(session: Session, ownership: Ownership): Ends {
	const chain = session.entries.filter(entry => isChain(entry) && entry.time !== null);
	const own = chain.filter(entry => ownership.counts(entry));
	const times = (own.length > 0 ? own : chain).flatMap(({ time }) => time ?? []);
	return times.length === 0
		? { start: null, end: null }
		: { start: times.reduce((a, b) => Math.min(a, b)), end: times.reduce((a, b) => Math.max(a, b)) };
}

function streaksOf(days: readonly string[]): (readonly [string, string, number])[] {
	const streaks: [string, string, number][] = [];
	for (const day of [...days].sort()) {
		const last = streaks.at(-1);
		if (last !== undefined && Date.parse(day) - Date.parse(last[1]) === DAY) {
			last[1] = day;
			last[2]++;
		} else streaks.push([day, day, 1]);
	}
	return streaks;
}

function add(sums: Map<string, Sum>, key: string, response: Response): void {
	const sum = sums.get(key) ?? { count: 0, tokens: 0, usd: 0 };
	sums.set(key, { count: sum.count + 1, tokens: sum.tokens + total(response), usd: sum.usd + (dollarsOf(response) ?? 0) });
}

function sumOf<R extends Pick<Response, 'tokens'>>(rows: readonly R[], usdOf: (row: R) => number | null): Sum {
	return {
		count: rows.length,
		tokens: rows.reduce((sum, row) => sum + total(row), 0),
		usd: rows.reduce((sum, row) => sum + (usdOf(row) ?? 0), 0),
	};
}

type Line = Pick<Response, 'tokens' | 'model'>;

/** Messages of every line of an answer. */
function messagesOf(file: TranscriptFile): { o: Obj; message: Obj }[] {
	return file.records.flatMap(o => {
		const message = stringAt(o, 'type') === 'assistant' ? objectAt(o, 'message') : null;
		return message === null || message['model'] === '<synthetic>' ? [] : [{ o, message }];
	});
}

/** Those that name tokens. */
function linesOf(file: TranscriptFile): Line[] {
	return messagesOf(file)
		.filter(({ message }) => objectAt(message, 'usage') !== null)
		.map(({ message }) => ({ tokens: tokensOf(message), model: stringAt(message, 'model') ?? '' }));
}

/** Each answer of a file once: its line with the largest output; one without an id for each record. */
function answersOf(file: TranscriptFile): Line[] {
	const best = new Map<string, Line>();
	for (const [at, { o, message }] of messagesOf(file).entries()) {
		const id = stringAt(message, 'id') ?? `record ${stringAt(o, 'uuid') ?? at}`;
		const tokens = tokensOf(message);
		const known = best.get(id);
		if (known === undefined || tokens.output > known.tokens.output) best.set(id, { tokens, model: stringAt(message, 'model') ?? '' });
	}
	return [...best.values()];
}

/** From the whole hour of the first answer on for five hours; the first answer after them begins the next. */
function blocksOf(responses: readonly Response[]): [string, number, number][] {
	const timed = responses
		.flatMap(response => (response.time === null ? [] : [{ time: response.time, usd: dollarsOf(response) ?? 0 }]))
		.sort((a, b) => a.time - b.time);
	const blocks: [string, number, number][] = [];
	let end = -Infinity;
	for (const { time, usd } of timed) {
		if (time >= end) {
			const start = time - (time % HOUR);
			end = start + 5 * HOUR;
			blocks.push([new Date(start).toISOString(), 0, 0]);
		}
		const block = blocks.at(-1);
		if (block === undefined) continue;
		block[1]++;
		block[2] += usd;
	}
	return blocks;
}
