/**
 * The bulk rows of one file as flat arrays of values in column order.
 *
 * Flat, because they are made in other threads and cross over by structured clone, and are bound to the statements
 * without another object in between: of a cold run, this is where the time goes.
 */
import type { SqlValue } from '../sqlite.ts';

export const messageColumns = [
	'file_id',
	'byte_offset',
	'byte_length',
	'type_code',
	'uuid_key',
	'parent_offset',
	'at_ms',
	'model_id',
	'response_key',
	'is_partial',
	'is_sidechain',
	'is_meta',
	'is_copy',
	'is_correction',
	'thinking_content',
	'word_count',
] as const;

/** In the order of `messages.type_code`. */
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
	'is_progress',
	'name',
	'summary',
	'path_id',
	'path_access',
	'started_ms',
	'duration_ms',
	'status',
	'error_text',
	'result_offset',
	'result_length',
	'is_sidechain',
	'is_copy',
	'is_counted',
	'is_retry',
	'lines_added',
	'lines_removed',
	'agent_id',
] as const;

/** Columns of a result that arrives after its call was stored, and then the call's key. */
export const toolResultColumns = [
	'status',
	'result_offset',
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
	'response_key',
	'file_id',
	'source',
	'first_ms',
	'model_id',
	'input_tokens',
	'output_tokens',
	'cache_read_tokens',
	'cache_write_5m_tokens',
	'cache_write_1h_tokens',
	'web_searches',
	'is_fast',
	'is_long',
	'is_sidechain',
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

/** Positions of the values that hold an index into `models` or `paths` until the writer puts the row's id there. */
export const modelInMessage = messageColumns.indexOf('model_id');
export const modelInResponse = responseColumns.indexOf('model_id');
export const pathInToolCall = toolCallColumns.indexOf('path_id');

export interface FileRows {
	readonly models: readonly string[];
	readonly paths: readonly string[];
	readonly messages: SqlValue[];
	readonly toolCalls: SqlValue[];
	readonly toolResults: SqlValue[];
	readonly responses: SqlValue[];
	readonly hooks: SqlValue[];
	readonly permissions: SqlValue[];
	readonly passed: SqlValue[];
	readonly summaries: SqlValue[];
	readonly activity: SqlValue[];
}
