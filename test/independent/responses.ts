// One response per `message.id` over all files (MODEL-6), its tokens, and the tool calls it made.
import { compareSessions, type Entry, type Ownership, type Session } from './sessions.ts';
import { amountAt, compareInstants, instantAt, isObject, listAt, objectAt, stringAt, type Obj } from './values.ts';

export interface Tokens {
	input: number;
	output: number;
	cacheRead: number;
	cacheWrite5m: number;
	cacheWrite1h: number;
}

export function noTokens(): Tokens {
	return { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
}

export function addTokens(to: Tokens, more: Readonly<Tokens>): void {
	to.input += more.input;
	to.output += more.output;
	to.cacheRead += more.cacheRead;
	to.cacheWrite5m += more.cacheWrite5m;
	to.cacheWrite1h += more.cacheWrite1h;
}

export interface ToolCall {
	readonly id: string;
	readonly name: string | null;
	readonly input: Obj | null;
	/** Of the record it stands in. */
	readonly time: number | null;
	/** The record, or the report of progress that repeats it. */
	readonly entry: Entry;
}

export interface Response {
	readonly session: Session;
	readonly time: number | null;
	readonly model: string;
	readonly tokens: Tokens;
	readonly toolCalls: readonly ToolCall[];
	/** It stands only in `agent_progress` records. */
	readonly progressOnly: boolean;
	/** It counts in a transcript a person typed into, not in a subagent's. */
	readonly inTranscript: boolean;
	/** Given by a subagent: in a file of its own, or beside the conversation in the same file. */
	readonly bySubagent: boolean;
	readonly isFast: boolean;
	/** Of the web, which are paid for by number. */
	readonly searches: number;
}

/** A record without a model name still is a response; its tokens go under this name. */
export const NO_MODEL = '(none)';
const SYNTHETIC = '<synthetic>';

/** One record of a response. */
interface Part {
	readonly entry: Entry;
	readonly message: Obj;
	readonly time: number | null;
}

export function responsesOf(sessions: readonly Session[], ownership: Ownership): Response[] {
	const groups = new Map<string, Part[]>();
	const single: Part[] = [];
	const progress = new Map<string, Part[]>();
	const recorded = new Set<string>();
	for (const { entries } of sessions) {
		for (const entry of entries) {
			if (entry.type === 'assistant') {
				const message = objectAt(entry.o, 'message');
				if (message === null) continue;
				const id = stringAt(message, 'id');
				if (id !== null) recorded.add(id);
				if (message['model'] === SYNTHETIC) continue;
				const part = { entry, message, time: entry.time };
				// Without an id the record counts by itself, a copied or repeated one not again.
				if (id === null) {
					if (ownership.counts(entry)) single.push(part);
				} else append(groups, id, part);
			} else if (entry.type === 'progress') {
				const part = progressPart(entry);
				const id = part === null ? null : stringAt(part.message, 'id');
				// Without an id nothing says whether the subagent's own file has it too: not counted.
				if (part !== null && id !== null) append(progress, id, part);
			}
		}
	}
	const missing = [...progress].filter(([id]) => !recorded.has(id)).map(([, parts]) => parts);
	return [
		...[...groups.values()].map(parts => responseOf(parts, ownership, false)),
		...single.map(part => responseOf([part], ownership, false)),
		...missing.map(parts => responseOf(parts, ownership, true)),
	];
}

function append(groups: Map<string, Part[]>, id: string, part: Part): void {
	const parts = groups.get(id);
	if (parts === undefined) groups.set(id, [part]);
	else parts.push(part);
}

/** The subagent's record inside an `agent_progress` record; only an assistant's, and no synthetic one. */
function progressPart(entry: Entry): Part | null {
	const data = objectAt(entry.o, 'data');
	const inner = data?.['type'] === 'agent_progress' ? objectAt(data, 'message') : null;
	const message = inner?.['type'] === 'assistant' ? objectAt(inner, 'message') : null;
	if (inner === null || message === null || message['model'] === SYNTHETIC) return null;
	return { entry, message, time: instantAt(inner, 'timestamp') ?? entry.time };
}

function responseOf(parts: readonly Part[], ownership: Ownership, progressOnly: boolean): Response {
	// Whose it is: the earliest record; at one time (a copy has its original's) the session that owns that record, then the order of sessions.
	const byTime = [...parts].sort(
		(a, b) =>
			compareInstants(a.time, b.time) ||
			Number(ownership.ownerOf(a.entry) !== a.entry.session) - Number(ownership.ownerOf(b.entry) !== b.entry.session) ||
			compareSessions(a.entry.session, b.entry.session) ||
			a.entry.position - b.entry.position,
	);
	const first = byTime[0];
	if (first === undefined) throw new Error('a response without a record');
	// What it cost: the record with the largest output, the first of equals.
	const best = byTime.reduce((a, b) => (outputOf(b) > outputOf(a) ? b : a));
	const calls = new Map<string, ToolCall>();
	for (const part of byTime) {
		for (const call of toolCallsOf(part)) if (!calls.has(call.id)) calls.set(call.id, call);
	}
	const usage = objectAt(best.message, 'usage');
	const used = usage === null ? null : objectAt(usage, 'server_tool_use');
	return {
		session: first.entry.session,
		time: first.time,
		model: stringAt(best.message, 'model') ?? NO_MODEL,
		tokens: tokensOf(best.message),
		toolCalls: [...calls.values()],
		progressOnly,
		inTranscript: !progressOnly && !first.entry.file.agent,
		bySubagent: progressOnly || first.entry.file.agent || first.entry.o['isSidechain'] === true,
		isFast: usage?.['speed'] === 'fast',
		searches: used === null ? 0 : amountAt(used, 'web_search_requests'),
	};
}

function outputOf(part: Part): number {
	return tokensOf(part.message).output;
}

/** Cache writes are the larger of the flat figure and the sum of its parts; what exceeds the parts is 5-minute. No usage is no tokens. */
export function tokensOf(message: Obj): Tokens {
	const usage = objectAt(message, 'usage');
	if (usage === null) return noTokens();
	const parts = objectAt(usage, 'cache_creation');
	const short = parts === null ? 0 : amountAt(parts, 'ephemeral_5m_input_tokens');
	const long = parts === null ? 0 : amountAt(parts, 'ephemeral_1h_input_tokens');
	const written = Math.max(amountAt(usage, 'cache_creation_input_tokens'), short + long);
	return {
		input: amountAt(usage, 'input_tokens'),
		output: amountAt(usage, 'output_tokens'),
		cacheRead: amountAt(usage, 'cache_read_input_tokens'),
		cacheWrite5m: written - long,
		cacheWrite1h: long,
	};
}

/** A call without an id cannot be told from another: not counted. */
function toolCallsOf({ message, time, entry }: Part): ToolCall[] {
	return listAt(message, 'content')
		.filter(isObject)
		.flatMap(block => {
			const id = block['type'] === 'tool_use' ? stringAt(block, 'id') : null;
			return id === null ? [] : [{ id, name: stringAt(block, 'name'), input: objectAt(block, 'input'), time, entry }];
		});
}
