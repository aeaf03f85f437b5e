/**
 * Which fields of a record are read, level by level, and how. Everything else is skipped as bytes. Adding a field here and
 * to `FieldName` is all it takes to read one more.
 */
import type { FieldName } from './json.ts';
import { Runs } from './runs.ts';

/**
 * `value`: decoded at once. `raw`: kept as bytes until it is asked for. A level: an object of which again only some
 * fields are read; a list of a level: each of its objects. What has another form than its level says is kept as bytes.
 */
export type Want = 'value' | 'raw' | Level | ListOf;

export interface ListOf {
	readonly each: Level;
}

export interface Level {
	/** By length and first byte of the name, so that most names are told apart by one look. */
	readonly slots: readonly (readonly Wanted[] | undefined)[];
	/** Only of levels whose members repeat. */
	readonly runs: Runs | null;
}

export interface Wanted {
	readonly name: FieldName;
	readonly bytes: Buffer;
	readonly want: Want;
}

type Wishes = { readonly [Name in FieldName]?: Want };

export const SLOTS = 1024;
export const slotOf = (length: number, first: number): number => ((length << 5) ^ first) & (SLOTS - 1);

export function level(wishes: Wishes, runs: Runs | null = null): Level {
	const slots: Wanted[][] = [];
	for (const [name, want] of Object.entries(wishes) as [FieldName, Want][]) {
		const bytes = Buffer.from(name);
		(slots[slotOf(bytes.length, bytes[0] ?? 0)] ??= []).push({ name, bytes, want });
	}
	return { slots, runs };
}

const ORIGIN = level({ kind: 'value' });

const USAGE = level({
	input_tokens: 'value',
	output_tokens: 'value',
	cache_read_input_tokens: 'value',
	cache_creation_input_tokens: 'value',
	cache_creation: level({ ephemeral_1h_input_tokens: 'value', ephemeral_5m_input_tokens: 'value' }),
	server_tool_use: level({ web_search_requests: 'value' }),
	speed: 'value',
});

const BLOCK = level({
	type: 'value',
	id: 'raw',
	name: 'value',
	input: 'raw',
	text: 'raw',
	thinking: 'raw',
	tool_use_id: 'raw',
	is_error: 'value',
	content: 'raw',
});

const MESSAGE = level({ id: 'raw', model: 'value', usage: USAGE, content: { each: BLOCK } });

const OUTCOME = level({
	agentId: 'value',
	type: 'value',
	interrupted: 'value',
	durationMs: 'value',
	durationSeconds: 'value',
	totalDurationMs: 'value',
	structuredPatch: 'raw',
	content: 'raw',
});

export const RECORD = level(
	{
		type: 'value',
		subtype: 'value',
		uuid: 'raw',
		parentUuid: 'raw',
		timestamp: 'raw',
		sessionId: 'value',
		session_id: 'value',
		version: 'value',
		cwd: 'value',
		gitBranch: 'value',
		isSidechain: 'value',
		agentId: 'value',
		entrypoint: 'value',
		sessionKind: 'value',
		slug: 'value',
		isMeta: 'value',
		isCompactSummary: 'value',
		isApiErrorMessage: 'value',
		isAbortedMidStream: 'value',
		promptSource: 'value',
		permissionMode: 'value',
		toolDenialKind: 'value',
		userFeedback: 'value',
		forkedFrom: level({ sessionId: 'value', messageUuid: 'raw' }),
		origin: ORIGIN,
		message: MESSAGE,
		toolUseResult: OUTCOME,
		data: level({
			type: 'value',
			agentId: 'value',
			hookEvent: 'value',
			hookName: 'value',
			command: 'raw',
			message: level({ type: 'value', timestamp: 'raw', message: MESSAGE, toolUseResult: OUTCOME }),
		}),
		attachment: level({
			type: 'value',
			hookEvent: 'value',
			hookName: 'value',
			toolUseID: 'raw',
			command: 'raw',
			stderr: 'raw',
			exitCode: 'value',
			durationMs: 'value',
			blockingError: level({ blockingError: 'raw', command: 'raw' }),
			commandMode: 'value',
			prompt: 'raw',
			origin: ORIGIN,
		}),
		operation: 'value',
		content: 'raw',
		toolUseID: 'raw',
		parentToolUseID: 'raw',
		hookInfos: 'raw',
		hookErrors: 'raw',
		preventedContinuation: 'value',
		leafUuid: 'raw',
		summary: 'value',
		customTitle: 'value',
		aiTitle: 'value',
		agentName: 'value',
		lastPrompt: 'value',
		prUrl: 'value',
	},
	new Runs(),
);

/** The telling fields of the inputs of Claude Code's own tools. */
export const INPUT = level({
	command: 'raw',
	description: 'raw',
	file_path: 'raw',
	notebook_path: 'raw',
	path: 'raw',
	pattern: 'raw',
	prompt: 'raw',
	query: 'raw',
	skill: 'raw',
	status: 'raw',
	subject: 'raw',
	taskId: 'raw',
	url: 'raw',
});

/** A part of a `structuredPatch`. */
export const HUNK = level({ lines: 'raw' });
