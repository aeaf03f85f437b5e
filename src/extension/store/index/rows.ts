/**
 * The rows that readers make, of many files at once, as one array of numbers for each table.
 *
 * Numbers, because such arrays change threads without being copied and are bound to the statements as they are; texts lie in
 * a list beside them, and a column that holds a text holds its index there. Of a cold run, this is where the time goes.
 */

export const messageColumns = [
	'file_id',
	'byte_offset',
	'byte_length',
	'kind',
	'uuid_key',
	'parent_distance',
	'at_ms',
	'model_id',
	'response_key',
	'text_size',
] as const;

/** The bits of `messages.kind` above the type's code. */
export const messageFlags = { isPartial: 16, isSidechain: 32, isMeta: 64, isCopy: 128, isCorrection: 256 } as const;

/** In the order of `messages.type_code`, the lowest four bits of `kind`. */
export const messageTypes = [
	'prompt',
	'command',
	'tool_result',
	'interruption',
	'compact_summary',
	'context',
	'answer',
	'thinking',
	'tool_call',
	'api_error',
	'compaction',
	'notice',
] as const;

export const toolCallColumns = [
	'file_id',
	'byte_offset',
	'block',
	'tool_key',
	'flags',
	'name',
	'summary',
	'path_id',
	'started_ms',
	'duration_ms',
	'error_text',
	'result_distance',
	'result_length',
	'lines_added',
	'lines_removed',
	'agent_id',
] as const;

/** In the order of the lowest three bits of `tool_calls.flags`. */
export const toolStatuses = ['ok', 'pending', 'error', 'denied', 'interrupted'] as const;

/** The other bits of `tool_calls.flags`; the first two are one of three values. */
export const toolCallFlags = { reads: 8, edits: 16, isSidechain: 32, isProgress: 64, isCopy: 128, isRetry: 256, isUncounted: 512 } as const;

/** Columns of a result that arrives after its call was stored, and then the call's key. `status` is its bits of the flags. */
export const toolResultColumns = [
	'status',
	'result_distance',
	'result_length',
	'duration_ms',
	'error_text',
	'lines_added',
	'lines_removed',
	'agent_id',
	'file_id',
	'byte_offset',
	'block',
] as const;

export const responseColumns = [
	'file_id',
	'response_key',
	'flags',
	'first_ms',
	'model_id',
	'input_tokens',
	'output_tokens',
	'cache_read_tokens',
	'cache_write_5m_tokens',
	'cache_write_1h_tokens',
	'web_searches',
] as const;

/** The bits of `responses.flags`. */
export const responseFlags = { isProgress: 1, isFast: 2, isLong: 4, isSidechain: 8, isUncounted: 16 } as const;

export const copiedResponseColumns = [
	'file_id',
	'response_key',
	'first_ms',
	'model_id',
	'input_tokens',
	'output_tokens',
	'cache_read_tokens',
	'cache_write_tokens',
] as const;

/** Added to what stands there. */
export const usageLineColumns = [
	'file_id',
	'quarter_ms',
	'model_id',
	'lines',
	'input_tokens',
	'output_tokens',
	'cache_read_tokens',
	'cache_write_tokens',
] as const;

export const hookColumns = [
	'file_id',
	'byte_offset',
	'position',
	'event',
	'name',
	'command',
	'tool_key',
	'outcome',
	'exit_code',
	'duration_ms',
	'error_text',
	'prevented_continuation',
	'at_ms',
] as const;

export const permissionColumns = ['file_id', 'call_offset', 'call_block', 'decision', 'source', 'reason', 'at_ms'] as const;
export const passedColumns = ['file_id', 'uuid_key', 'parent_offset'] as const;
export const summaryColumns = ['file_id', 'byte_offset', 'leaf_key', 'title'] as const;
/** What happened in a quarter of an hour; added to what stands there. */
export const activityColumns = ['file_id', 'quarter_ms', 'prompts', 'tool_calls', 'active_ms'] as const;

/** Positions of the values that hold an index into the batch's models. */
export const modelInMessage = messageColumns.indexOf('model_id');
export const modelInResponse = responseColumns.indexOf('model_id');
export const modelInCopiedResponse = copiedResponseColumns.indexOf('model_id');
export const modelInUsageLine = usageLineColumns.indexOf('model_id');

/** The parts of a batch: into which table their rows go, and which columns hold the index of a text. */
export const rowParts = {
	messages: { table: 'messages', columns: messageColumns, texts: [] },
	toolCalls: {
		table: 'tool_calls',
		columns: toolCallColumns,
		texts: ['name', 'summary', 'error_text', 'agent_id'],
	},
	toolResults: { table: 'tool_calls', columns: toolResultColumns, texts: ['error_text', 'agent_id'] },
	responses: { table: 'responses', columns: responseColumns, texts: [] },
	copiedResponses: { table: 'copied_responses', columns: copiedResponseColumns, texts: [] },
	usageLines: { table: 'usage_lines', columns: usageLineColumns, texts: [] },
	hooks: { table: 'hook_executions', columns: hookColumns, texts: ['event', 'name', 'command', 'outcome', 'error_text'] },
	permissions: { table: 'permission_decisions', columns: permissionColumns, texts: ['decision', 'source', 'reason'] },
	passed: { table: 'passed_links', columns: passedColumns, texts: [] },
	summaries: { table: 'summaries', columns: summaryColumns, texts: ['title'] },
	activity: { table: 'file_activity', columns: activityColumns, texts: [] },
	paths: { table: 'paths', columns: ['id', 'path'], texts: ['path'] },
} as const satisfies Record<string, RowPart>;

export interface RowPart {
	readonly table: string;
	readonly columns: readonly string[];
	readonly texts: readonly string[];
}

export type RowPartName = keyof typeof rowParts;

/** Rows one after the other, in the order of the part's columns. NaN stands for null. */
export type RowBatch = { readonly [Part in RowPartName]: Float64Array<ArrayBuffer> } & {
	readonly texts: readonly string[];
	/** `model_id` holds an index into these until the writer puts the row's id there. */
	readonly models: readonly string[];
};
