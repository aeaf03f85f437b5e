import type { Key } from '../facts.ts';
import { keyOf, keyOfPlainBytes, printOfBytes } from './key.ts';

/**
 * The fields of records that are read, at any depth; every other field of a record is passed over. Each may hold any
 * JSON type, or be absent (IDX-5). Records are only ever asked for these names, never for a name that stands in one.
 */
export type FieldName =
	| 'agentId'
	| 'agentName'
	| 'aiTitle'
	| 'attachment'
	| 'blockingError'
	| 'cache_creation'
	| 'cache_creation_input_tokens'
	| 'cache_read_input_tokens'
	| 'command'
	| 'commandMode'
	| 'content'
	| 'customTitle'
	| 'cwd'
	| 'data'
	| 'description'
	| 'durationMs'
	| 'durationSeconds'
	| 'entrypoint'
	| 'ephemeral_1h_input_tokens'
	| 'ephemeral_5m_input_tokens'
	| 'exitCode'
	| 'file_path'
	| 'forkedFrom'
	| 'gitBranch'
	| 'hookErrors'
	| 'hookEvent'
	| 'hookInfos'
	| 'hookName'
	| 'id'
	| 'input'
	| 'input_tokens'
	| 'interrupted'
	| 'isAbortedMidStream'
	| 'isApiErrorMessage'
	| 'isCompactSummary'
	| 'isMeta'
	| 'isSidechain'
	| 'is_error'
	| 'kind'
	| 'lastPrompt'
	| 'leafUuid'
	| 'lines'
	| 'message'
	| 'messageUuid'
	| 'model'
	| 'name'
	| 'notebook_path'
	| 'operation'
	| 'origin'
	| 'output_tokens'
	| 'parentToolUseID'
	| 'parentUuid'
	| 'path'
	| 'pattern'
	| 'permissionMode'
	| 'prUrl'
	| 'preventedContinuation'
	| 'prompt'
	| 'promptSource'
	| 'query'
	| 'question'
	| 'questions'
	| 'server_tool_use'
	| 'sessionId'
	| 'sessionKind'
	| 'session_id'
	| 'skill'
	| 'slug'
	| 'speed'
	| 'status'
	| 'stderr'
	| 'structuredPatch'
	| 'subagent_type'
	| 'subject'
	| 'subtype'
	| 'summary'
	| 'taskId'
	| 'text'
	| 'thinking'
	| 'timestamp'
	| 'toolDenialKind'
	| 'toolUseID'
	| 'toolUseResult'
	| 'tool_use_id'
	| 'totalDurationMs'
	| 'type'
	| 'url'
	| 'usage'
	| 'userFeedback'
	| 'uuid'
	| 'version'
	| 'web_search_requests';

export type Fields = { readonly [Name in FieldName]?: unknown };

/** A value that is still bytes of a line: most are large and only a few are looked into. Valid while its record is read. */
export class Raw {
	readonly bytes: Buffer;
	readonly start: number;
	readonly end: number;

	constructor(bytes: Buffer, start: number, end: number) {
		this.bytes = bytes;
		this.start = start;
		this.end = end;
	}

	get isText(): boolean {
		return this.bytes[this.start] === 0x22;
	}

	value(): unknown {
		return JSON.parse(this.bytes.toString('utf8', this.start, this.end));
	}
}

/** The value itself, decoded when it is still bytes. */
export const whole = (value: unknown): unknown => (value instanceof Raw ? value.value() : value);

export const objectOf = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw) ? value : null;

export const listOf = (value: unknown): readonly unknown[] => {
	const list = whole(value);
	return Array.isArray(list) ? list : [];
};

/** Longest identifier, path or name that is believed; longer ones count as absent, so that no file can bloat the index. */
const MAX_NAME = 4096;

/** A non-empty name, or null. Lone surrogates and NUL, which no database text can hold, are replaced. */
export function nameOf(value: unknown): string | null {
	if (typeof value !== 'string' || value === '' || value.length > MAX_NAME) return null;
	const name = value.isWellFormed() ? value : value.toWellFormed();
	return name.includes('\0') ? name.replaceAll('\0', '\uFFFD') : name;
}

/** The key of an identifier, whether it is a text or still bytes; null when it is none. */
export function keyOfName(value: unknown): Key | null {
	if (value instanceof Raw && value.isText) {
		const length = value.end - value.start - 2;
		if (length === 0 || length > MAX_NAME * 6) return null;
		const key = length <= MAX_NAME ? keyOfPlainBytes(value.bytes, value.start + 1, value.end - 1) : -1;
		if (key >= 0) return key;
	}
	const name = nameOf(whole(value));
	return name === null ? null : keyOf(name);
}

/** One line of at most `max` characters: runs of white space and control characters become one space. Null when nothing is left. */
export function lineOf(value: unknown, max: number): string | null {
	if (typeof value !== 'string') return null;
	if (value.length <= max && isPlainLine(value)) return value === '' ? null : value;
	// A margin for the white space that goes; without the cut a pasted file would be rewritten whole.
	const line = value
		.slice(0, max * 8)
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, max)
		.toWellFormed();
	return line === '' ? null : line;
}

/** Nothing to do for `lineOf`: ASCII without control characters, single spaces inside only. */
function isPlainLine(text: string): boolean {
	let wasSpace = true;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x20 || code > 0x7e || (code === 0x20 && wasSpace)) return false;
		wasSpace = code === 0x20;
	}
	return !wasSpace || text === '';
}

/** Length of a text in characters of JavaScript; 0 for anything else. Counted on the bytes where each stands for itself. */
export function textLengthOf(value: unknown): number {
	if (!(value instanceof Raw)) return typeof value === 'string' ? value.length : 0;
	if (!value.isText) return 0;
	let length = 0;
	for (let at = value.start + 1; at < value.end - 1; at++) {
		const byte = value.bytes[at] ?? 0;
		if (byte > 0x7f) return textLengthOf(value.value());
		if (byte === 0x5c) at += value.bytes[at + 1] === 0x75 ? 5 : 1;
		length++;
	}
	return length;
}

/** A count of tokens or requests: anything but a positive number is 0, and no sum of a few of them loses exactness. */
export const countOf = (value: unknown): number =>
	typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.min(Math.round(value), MAX_COUNT) : 0;

/** Far above any real figure; a thousand of them still add up exactly. */
const MAX_COUNT = Math.floor(Number.MAX_SAFE_INTEGER / 1024);

/** A duration in milliseconds, or null when it is none. */
export const durationOf = (value: unknown): number | null =>
	typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(Math.min(value, Number.MAX_SAFE_INTEGER)) : null;

/** Stands for the JSON text of a value: two values have the same print when they were written the same. */
export function printOf(value: unknown): Key {
	if (value instanceof Raw) return printOfBytes(value.bytes, value.start, value.end);
	const bytes = Buffer.from(textOfJson(value));
	return printOfBytes(bytes, 0, bytes.length);
}

function textOfJson(value: unknown): string {
	if (value === undefined) return '';
	try {
		return JSON.stringify(value);
	} catch {
		return ''; // nested too deeply to be written again
	}
}
