/** Reads transcripts made of objects or bytes, at once or in pieces, the way the indexing room does. */
import type { FileSummary, Key, MessageFact, TranscriptFacts } from '../../../../src/extension/claude/facts.ts';
import { keyOf } from '../../../../src/extension/claude/transcript/key.ts';
import { mergeResponses } from '../../../../src/extension/claude/transcript/responses.ts';
import { type ReaderState, TranscriptReader } from '../../../../src/extension/claude/transcriptReader.ts';

export interface Reading extends TranscriptFacts {
	readonly summary: FileSummary;
	readonly state: ReaderState;
}

export interface Settings {
	readonly copies?: readonly string[];
	readonly isSubagent?: boolean;
}

export type Json = Readonly<Record<string, unknown>>;

export const bytesOf = (...records: readonly (Json | string)[]): Buffer =>
	Buffer.from(records.map(record => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join(''));

export function read(content: Uint8Array | readonly (Json | string)[], settings: Settings = {}): Reading {
	return readInPieces(content instanceof Uint8Array ? content : bytesOf(...content), [], settings);
}

/**
 * Reads up to each cut as if the file ended there, keeps the state as JSON, and goes on with a new reader: facts of all
 * readings together, later ones in the place of earlier ones of the same key.
 */
export function readInPieces(bytes: Uint8Array, cuts: readonly number[], settings: Settings = {}): Reading {
	const all: {
		readonly [Kind in Exclude<keyof TranscriptFacts, 'responses' | 'copiedResponses' | 'usageLines'>]: Map<
			string,
			TranscriptFacts[Kind][number]
		>;
	} = {
		messages: new Map(),
		toolCalls: new Map(),
		toolResults: new Map(),
		hooks: new Map(),
		permissions: new Map(),
		passed: new Map(),
		summaries: new Map(),
	};
	const responses = new Map<Key, TranscriptFacts['responses'][number]>();
	const copiedResponses = new Map<Key, TranscriptFacts['responses'][number]>();
	const usageLines: TranscriptFacts['usageLines'][number][] = [];
	const places = new Map<Key, number | null>();
	const copies = new Set((settings.copies ?? []).map(keyOf));
	let state: ReaderState | null = null;
	for (const cut of [...cuts, bytes.length]) {
		const reader: TranscriptReader = new TranscriptReader({
			state,
			copies,
			earlier: key => places.get(key),
			isSubagent: settings.isSubagent === true,
		});
		const from = state?.offset ?? 0;
		if (cut < from) continue;
		// The buffer is overwritten after each push, as a caller may do.
		const lent = Buffer.from(bytes.subarray(from, cut));
		reader.push(lent);
		lent.fill(0x78);
		reader.end();
		const facts = reader.take();
		for (const fact of facts.messages) {
			all.messages.set(`${fact.offset}`, fact);
			if (fact.key !== null) places.set(fact.key, fact.offset);
		}
		for (const fact of facts.toolCalls) all.toolCalls.set(`${fact.offset}:${fact.block}`, fact);
		for (const fact of facts.toolResults) all.toolResults.set(`${fact.callOffset}:${fact.callBlock}`, fact);
		for (const fact of facts.hooks) all.hooks.set(`${fact.offset}:${fact.index}`, fact);
		for (const fact of facts.permissions) all.permissions.set(`${fact.callOffset}:${fact.callBlock}`, fact);
		for (const fact of facts.summaries) all.summaries.set(`${fact.offset}`, fact);
		for (const fact of facts.passed) {
			all.passed.set(`${fact.key}`, fact);
			places.set(fact.key, fact.parentOffset);
		}
		for (const [merged, found] of [
			[responses, facts.responses],
			[copiedResponses, facts.copiedResponses],
		] as const) {
			for (const fact of found) {
				const known = merged.get(fact.key);
				merged.set(fact.key, known === undefined ? fact : mergeResponses(known, fact));
			}
		}
		usageLines.push(...facts.usageLines);
		state = JSON.parse(JSON.stringify(reader.state())) as ReaderState;
	}
	if (state === null) throw new Error('nothing read');
	return {
		messages: [...all.messages.values()],
		toolCalls: [...all.toolCalls.values()],
		toolResults: [...all.toolResults.values()],
		hooks: [...all.hooks.values()],
		permissions: [...all.permissions.values()],
		passed: [...all.passed.values()],
		summaries: [...all.summaries.values()],
		responses: [...responses.values()].sort((a, b) => a.key - b.key),
		copiedResponses: [...copiedResponses.values()].sort((a, b) => a.key - b.key),
		usageLines,
		summary: state.summary,
		state,
	};
}

export const types = (reading: Reading): readonly MessageFact['type'][] => reading.messages.map(message => message.type);

/** The only element of a list, so that a test fails where there are more or none. */
export function only<T>(list: readonly T[]): T {
	const [first] = list;
	if (first === undefined || list.length !== 1) throw new Error(`expected one, got ${list.length}`);
	return first;
}

let counter = 0;
/** A fresh uuid; deterministic. */
export const uuid = (): string => `${(++counter).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

export const envelope = (extra: Json = {}): Json => ({
	uuid: uuid(),
	parentUuid: null,
	timestamp: '2026-01-10T10:00:00.000Z',
	sessionId: 'session-1',
	version: '2.1.50',
	cwd: '/home/ann/app',
	gitBranch: 'main',
	isSidechain: false,
	...extra,
});

export const user = (content: unknown, extra: Json = {}): Json => ({
	...envelope(extra),
	type: 'user',
	message: { role: 'user', content },
});

export const assistant = (content: unknown, message: Json = {}, extra: Json = {}): Json => ({
	...envelope(extra),
	type: 'assistant',
	message: {
		id: 'msg_1',
		model: 'claude-opus-4-6',
		role: 'assistant',
		content,
		usage: { input_tokens: 10, output_tokens: 20 },
		...message,
	},
});

export const call = (id: string, name: string, input: unknown, extra: Json = {}): Json =>
	assistant([{ type: 'tool_use', id, name, input }], {}, extra);

export const result = (id: string, content: unknown, extra: Json = {}, block: Json = {}): Json =>
	user([{ type: 'tool_result', tool_use_id: id, content, ...block }], extra);

export const failure = (id: string, content: unknown, extra: Json = {}): Json => result(id, content, extra, { is_error: true });

export const attachment = (content: unknown, extra: Json = {}): Json => ({ ...envelope(extra), type: 'attachment', attachment: content });

export const system = (subtype: string | undefined, fields: Json = {}): Json => ({ ...envelope(), type: 'system', subtype, ...fields });

export const progress = (data: unknown, fields: Json = {}): Json => ({ ...envelope(), type: 'progress', data, ...fields });
