/**
 * Builders of single transcript records. Each takes the conversation it belongs to, moves it on, and returns the record
 * with an envelope of the conversation's version: `userPrompt(talk, 'Fix the test')`, `assistantText(talk, 'Done.')`.
 * They know the format and nothing of the product.
 */
import { cliTraits } from './cliVersion.ts';
import { chained, type ChainRecord, type Conversation, type Fields, type Json } from './conversation.ts';

export { conversation, chained, encodeProjectName, toJsonl, transcriptPath } from './conversation.ts';
export type { ChainRecord, Conversation, ConversationOptions, Fields, Json, TranscriptRecord } from './conversation.ts';
export * from './sideRecords.ts';

export interface Usage {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

/** One API answer, spread over as many records as it has blocks. */
export interface Response {
	/** Null: a gateway that gives none. */
	readonly id: string | null;
	readonly requestId: string | undefined;
	readonly model: string;
	readonly usage: Usage;
}

/** How a block of a response is written. */
export interface BlockOptions {
	/** The response the block belongs to; without it the block is a response of its own. */
	readonly response?: Response;
	readonly stopReason?: string | null;
	/** Output tokens of this record, when they differ from the response's (a placeholder while it streams). */
	readonly output?: number;
	/** More fields of the record. */
	readonly fields?: Fields;
}

/** What a person typed. `content` is the text or a list of blocks. */
export function userPrompt(talk: Conversation, content: Json, fields: Fields = {}): ChainRecord {
	const traits = cliTraits(talk.version);
	talk.promptId = talk.random.uuid();
	const source: Fields = traits.promptSource
		? { promptSource: talk.entrypoint.startsWith('sdk') ? 'sdk' : 'typed', origin: { kind: 'human' } }
		: {};
	return chained(talk, 'user', { message: { role: 'user', content } }, { permissionMode: 'default', ...source, ...fields });
}

/** Text the harness put in: not typed by anybody. */
export function metaText(talk: Conversation, content: Json, fields: Fields = {}): ChainRecord {
	return chained(talk, 'user', { message: { role: 'user', content }, isMeta: true }, fields);
}

/** A user record as it is, for shapes without a builder of their own. */
export function userRecord(talk: Conversation, content: Json, fields: Fields = {}): ChainRecord {
	return chained(talk, 'user', { message: { role: 'user', content } }, fields);
}

/** Begins an API answer: its ids and its tokens. */
export function response(talk: Conversation, usage: Partial<Usage> = {}, model = talk.model): Response {
	const { random } = talk;
	return {
		id: `msg_01${random.base62(22)}`,
		requestId: `req_011C${random.base62(20)}`,
		model,
		usage: { input: 4, output: 120, cacheRead: talk.contextTokens, cacheWrite5m: 0, cacheWrite1h: 800, ...usage },
	};
}

export function assistantText(talk: Conversation, text: string, options: BlockOptions = {}): ChainRecord {
	return assistantBlock(talk, { type: 'text', text }, options);
}

/** Newer versions keep the signature alone: pass an empty text for that. */
export function thinking(talk: Conversation, text: string, options: BlockOptions & { readonly signature?: string } = {}): ChainRecord {
	const signature = options.signature ?? `E${talk.random.base62(367)}`;
	return assistantBlock(talk, { type: 'thinking', thinking: text, signature }, options);
}

/** A call of a tool; its id is `toolUseIdOf(record)`. */
export function toolUse(talk: Conversation, name: string, input: Fields, options: BlockOptions = {}): ChainRecord {
	const block = { type: 'tool_use', id: `toolu_01${talk.random.base62(22)}`, name, input };
	return assistantBlock(talk, block, { stopReason: 'tool_use', ...options });
}

/** One content block of a response as one record. */
export function assistantBlock(talk: Conversation, block: Fields, options: BlockOptions = {}): ChainRecord {
	const answer = options.response ?? response(talk);
	const traits = cliTraits(talk.version);
	const stopReason = options.stopReason === undefined && traits.finalUsage ? 'end_turn' : (options.stopReason ?? null);
	const { usage } = answer;
	const output = options.output ?? usage.output;
	const message: Fields = {
		model: answer.model,
		...(answer.id === null ? {} : { id: answer.id }),
		type: 'message',
		role: 'assistant',
		content: [block],
		stop_reason: stopReason,
		stop_sequence: null,
		usage: usageFields(talk, usage, output),
	};
	const request: Fields = answer.requestId === undefined ? {} : { requestId: answer.requestId };
	const effort: Fields = traits.effort ? { effort: 'medium' } : {};
	return chained(talk, 'assistant', { message, ...request }, { ...effort, ...options.fields });
}

export interface ToolResultOptions {
	/** The structured result beside the text; errors are strings there. */
	readonly toolUseResult?: Json;
	readonly isError?: boolean;
	readonly fields?: Fields;
}

/** The result of a call, as the user record that answers it. */
export function toolResult(talk: Conversation, use: ChainRecord, content: Json, options: ToolResultOptions = {}): ChainRecord {
	const block: Fields = { tool_use_id: toolUseIdOf(use), type: 'tool_result', content, is_error: options.isError ?? false };
	const source: Fields = cliTraits(talk.version).sourceToolAssistantUuid ? { sourceToolAssistantUUID: use.uuid } : {};
	const result: Fields = options.toolUseResult === undefined ? {} : { toolUseResult: options.toolUseResult };
	return chained(talk, 'user', { message: { role: 'user', content: [block] } }, { ...result, ...source, ...options.fields });
}

/** The person said no, with or without words. The feedback is what they typed. */
export function denial(talk: Conversation, use: ChainRecord, feedback?: string): ChainRecord {
	const start =
		"The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). ";
	const text =
		feedback === undefined
			? `${start}STOP what you are doing and wait for the user to tell you how to proceed.`
			: `${start}To tell you how to proceed, the user said:\n${feedback}`;
	const kind: Fields = cliTraits(talk.version).toolDenialKind
		? { toolDenialKind: 'user-rejected', ...(feedback === undefined ? {} : { userFeedback: feedback }) }
		: {};
	const toolUseResult = feedback === undefined ? 'User rejected tool use' : `Error: ${text}`;
	return toolResult(talk, use, text, { isError: true, toolUseResult, fields: kind });
}

/** The person pressed Escape. */
export function interruption(talk: Conversation, duringToolUse = false): ChainRecord {
	const text = duringToolUse ? '[Request interrupted by user for tool use]' : '[Request interrupted by user]';
	return userRecord(talk, [{ type: 'text', text }]);
}

/** An answer no model gave: API errors, "No response requested.". */
export function syntheticAnswer(
	talk: Conversation,
	text: string,
	fields: Fields = { isApiErrorMessage: true, error: 'server_error' },
): ChainRecord {
	const usage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
	const answer: Response = { id: talk.random.uuid(), requestId: undefined, model: '<synthetic>', usage };
	return assistantBlock(talk, { type: 'text', text }, { response: answer, stopReason: 'stop_sequence', fields });
}

/** A `system` record. */
export function systemRecord(talk: Conversation, subtype: string, fields: Fields = {}): ChainRecord {
	return chained(talk, 'system', { subtype, ...fields });
}

/** One failed attempt to reach the API. */
export function apiError(talk: Conversation, attempt = 1): ChainRecord {
	const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
	return systemRecord(talk, 'api_error', {
		level: 'error',
		error: { status: 529, requestID: `req_011C${talk.random.base62(20)}`, error },
		retryInMs: 547.89 * attempt,
		retryAttempt: attempt,
		maxRetries: 10,
	});
}

/** The boundary and the summary that begins the next context. */
export function compaction(talk: Conversation, summaryText: string, trigger: 'auto' | 'manual' = 'auto'): [ChainRecord, ChainRecord] {
	const logicalParentUuid = talk.parentUuid;
	talk.parentUuid = null;
	const compactMetadata = { trigger, preTokens: talk.contextTokens };
	const boundary = systemRecord(talk, 'compact_boundary', {
		logicalParentUuid,
		content: 'Conversation compacted',
		isMeta: false,
		level: 'info',
		compactMetadata,
	});
	talk.contextTokens = 18_000;
	const text = `This session is being continued from a previous conversation that ran out of context. ${summaryText}`;
	return [boundary, userRecord(talk, text, { isCompactSummary: true, isVisibleInTranscriptOnly: true })];
}

/** A slash command typed by the person, in the shape of user records: caveat, command, output. */
export function slashCommand(talk: Conversation, name: string, args = '', stdout = ''): [ChainRecord, ChainRecord, ChainRecord] {
	const caveat =
		'<local-command-caveat>Caveat: The messages below were generated by the user while running local commands. DO NOT respond to these messages or otherwise consider them in your response unless the user explicitly asks you to.</local-command-caveat>';
	const command = `<command-name>/${name}</command-name>\n            <command-message>${name}</command-message>\n            <command-args>${args}</command-args>`;
	return [metaText(talk, caveat), userRecord(talk, command), userRecord(talk, `<local-command-stdout>${stdout}</local-command-stdout>`)];
}

/** Context that came with the turn (2.1.96 and later). */
export function attachment(talk: Conversation, type: string, fields: Fields = {}): ChainRecord {
	return chained(talk, 'attachment', { attachment: { type, ...fields } });
}

/** Live status kept in the chain (2.1.9 to 2.1.81). */
export function progress(talk: Conversation, data: Fields, toolUseID: string, parentToolUseID = toolUseID): ChainRecord {
	return chained(talk, 'progress', { data, toolUseID, parentToolUseID });
}

/** The id of the (first) call in a record made by `toolUse`. */
export function toolUseIdOf(record: ChainRecord): string {
	const message = record['message'] as { readonly content?: readonly { readonly id?: string }[] } | undefined;
	const id = message?.content?.[0]?.id;
	if (id === undefined) throw new Error('the record holds no tool call');
	return id;
}

function usageFields(talk: Conversation, usage: Usage, output: number): Fields {
	const traits = cliTraits(talk.version);
	const written = usage.cacheWrite5m + usage.cacheWrite1h;
	const flat: Fields = { input_tokens: usage.input, cache_creation_input_tokens: written, cache_read_input_tokens: usage.cacheRead };
	const nested: Fields = traits.nestedCacheCreation
		? { cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h } }
		: {};
	if (!traits.iterations) return { ...flat, ...nested, output_tokens: output, service_tier: 'standard' };
	return {
		...flat,
		output_tokens: output,
		server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
		service_tier: 'standard',
		...nested,
		inference_geo: 'not_available',
		iterations: [{ ...flat, output_tokens: output, ...nested, type: 'message' }],
		speed: 'standard',
	};
}
