// Figures of the insights panel, counted again from the raw files: by local days and hours, by tool and block, and step by step from
// lines to answers. Written from the format reference and the rules of the field alone.
import { transcriptsOf, type TranscriptFile } from './files.ts';
import { responsesOf, tokensOf, type Response } from './responses.ts';
import { ownershipOf, sessionsOf } from './sessions.ts';
import { objectAt, stringAt, type Obj } from './values.ts';

export interface Sum {
	readonly count: number;
	readonly tokens: number;
}

export interface IndependentInsights {
	/** By local day, `YYYY-MM-DD`. */
	readonly days: ReadonlyMap<string, Sum>;
	/** By `weekday hour`, 0 Monday. */
	readonly hours: ReadonlyMap<string, number>;
	readonly models: ReadonlyMap<string, Sum>;
	/** Calls by tool. */
	readonly tools: ReadonlyMap<string, number>;
	/** Start of each five-hour block, and its answers. */
	readonly blocks: readonly (readonly [start: string, answers: number])[];
	readonly steps: { readonly lines: Sum; readonly responses: Sum; readonly files: Sum; readonly subagents: Sum };
}

const HOUR = 3_600_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const total = ({ tokens }: Pick<Response, 'tokens'>): number =>
	tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

export function insightsOf(configDirs: string[], timeZone: string): IndependentInsights {
	const files = transcriptsOf(configDirs);
	const sessions = sessionsOf(files);
	const responses = responsesOf(sessions, ownershipOf(sessions));
	const clock = new Intl.DateTimeFormat('en-US', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		hourCycle: 'h23',
		weekday: 'short',
	});
	const days = new Map<string, Sum>();
	const hours = new Map<string, number>();
	for (const response of responses) {
		if (response.time === null) continue;
		const parts = new Map(clock.formatToParts(response.time).map(({ type, value }) => [type, value]));
		add(days, `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, response);
		const hour = `${WEEKDAYS.indexOf(parts.get('weekday') ?? '')} ${Number(parts.get('hour'))}`;
		hours.set(hour, (hours.get(hour) ?? 0) + 1);
	}
	const models = new Map<string, Sum>();
	for (const response of responses) add(models, response.model, response);
	const calls = new Map(responses.flatMap(({ toolCalls }) => toolCalls).map(({ id, name }) => [id, name ?? '']));
	const tools = new Map<string, number>();
	for (const name of calls.values()) tools.set(name, (tools.get(name) ?? 0) + 1);
	const own = files.filter(file => !file.agent);
	return {
		days,
		hours,
		models,
		tools,
		blocks: blocksOf(responses),
		steps: {
			lines: sumOf(own.flatMap(linesOf)),
			responses: sumOf(own.flatMap(answersOf)),
			files: sumOf(responses.filter(({ inTranscript }) => inTranscript)),
			subagents: sumOf(responses),
		},
	};
}

function add(sums: Map<string, Sum>, key: string, response: Response): void {
	const sum = sums.get(key) ?? { count: 0, tokens: 0 };
	sums.set(key, { count: sum.count + 1, tokens: sum.tokens + total(response) });
}

function sumOf(rows: readonly Pick<Response, 'tokens'>[]): Sum {
	return { count: rows.length, tokens: rows.reduce((sum, row) => sum + total(row), 0) };
}

/** Messages of every line of an answer. */
function messagesOf(file: TranscriptFile): { o: Obj; message: Obj }[] {
	return file.records.flatMap(o => {
		const message = stringAt(o, 'type') === 'assistant' ? objectAt(o, 'message') : null;
		return message === null || message['model'] === '<synthetic>' ? [] : [{ o, message }];
	});
}

/** Those that name tokens. */
function linesOf(file: TranscriptFile): Pick<Response, 'tokens'>[] {
	return messagesOf(file)
		.filter(({ message }) => objectAt(message, 'usage') !== null)
		.map(({ message }) => ({ tokens: tokensOf(message) }));
}

/** Each answer of a file once: its line with the largest output; one without an id for each record. */
function answersOf(file: TranscriptFile): Pick<Response, 'tokens'>[] {
	const best = new Map<string, Pick<Response, 'tokens'>>();
	for (const [at, { o, message }] of messagesOf(file).entries()) {
		const id = stringAt(message, 'id') ?? `record ${stringAt(o, 'uuid') ?? at}`;
		const tokens = tokensOf(message);
		const known = best.get(id);
		if (known === undefined || tokens.output > known.tokens.output) best.set(id, { tokens });
	}
	return [...best.values()];
}

/** From the whole hour of the first answer on for five hours; the first answer after them begins the next. */
function blocksOf(responses: readonly Response[]): [string, number][] {
	const times = responses.flatMap(({ time }) => (time === null ? [] : [time])).sort((a, b) => a - b);
	const blocks: [string, number][] = [];
	let end = -Infinity;
	for (const time of times) {
		if (time >= end) {
			const start = time - (time % HOUR);
			end = start + 5 * HOUR;
			blocks.push([new Date(start).toISOString(), 0]);
		}
		const block = blocks.at(-1);
		if (block !== undefined) block[1]++;
	}
	return blocks;
}
