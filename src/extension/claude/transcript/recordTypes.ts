/**
 * Every type of record of the transcript format, and what is done with it. docs/transcript-format.md shows this table;
 * what is not in it is counted as unknown and shown to the user (IDX-5).
 */
import { nameOf, objectOf, type Fields } from './json.ts';

export interface Use {
	readonly isUsed: boolean;
	/** By which file and for what, or why it is passed over. */
	readonly note: string;
}

export const used = (note: string): Use => ({ isUsed: true, note });
export const passed = (note: string): Use => ({ isUsed: false, note });

const REMINDER = passed('reminder of the harness to Claude; a context message without facts of its own');
const USER_CONTEXT = passed('file or selection that comes with a prompt; a context message');
const FOREIGN = passed('written by other programs into files of this form');
const NOT_TITLE = passed('says nothing about the conversation');

/** By `type`, with `type:subtype` where a type has several forms. */
export const RECORD_TYPES: ReadonlyMap<string, Use> = new Map<string, Use>([
	['user', used('userRecords.ts: prompts, commands, context; toolCalls.ts: tool results')],
	['assistant', used('assistantRecords.ts: answers, thinking, calls; responses.ts: tokens')],
	['system', used('hooks.ts: hook texts of 1.0.43 to 1.0.56; a notice')],
	['system:compact_boundary', used('recordReader.ts: a compaction')],
	['system:microcompact_boundary', passed('clears old tool results, the conversation goes on; a notice')],
	['system:api_error', used('recordReader.ts: an API error, one for each try')],
	['system:turn_duration', passed('the times of the records say the same; a notice')],
	['system:stop_hook_summary', used('hooks.ts: hooks that ran at the end of a turn')],
	['system:local_command', used('recordReader.ts: slash commands and `/rename`')],
	['system:away_summary', passed('a recap of what stands there already; a notice')],
	['system:bridge_status', passed('state of the remote connection; a notice')],
	['system:informational', used('hooks.ts: a prompt blocked by a hook; else a notice')],
	['system:scheduled_task_fire', passed('the task itself follows as a user record; a notice')],
	['system:model_refusal_fallback', passed('the records after it name their model; a notice')],
	['system:init', passed('first line of print mode output, not of a transcript; a notice')],
	['attachment:hook_success', used('hooks.ts: an execution')],
	['attachment:hook_non_blocking_error', used('hooks.ts: an execution that failed')],
	['attachment:hook_error_during_execution', used('hooks.ts: an execution that failed')],
	['attachment:hook_blocking_error', used('hooks.ts: an execution that blocked')],
	['attachment:hook_stopped_continuation', used('hooks.ts: an execution that stopped Claude')],
	['attachment:hook_cancelled', used('hooks.ts: an execution cut off')],
	['attachment:async_hook_response', used('hooks.ts: an execution in the background')],
	['attachment:hook_additional_context', passed('what a hook said; its run has a record of its own')],
	['attachment:hook_system_message', passed('what a hook said; its run has a record of its own')],
	['attachment:queued_command', used('recordReader.ts: a prompt typed during a turn')],
	...['file', 'directory', 'compact_file_reference', 'edited_text_file', 'opened_file_in_ide', 'selected_lines_in_ide'].map(
		(name): [string, Use] => [`attachment:${name}`, USER_CONTEXT],
	),
	...[
		'skill_listing',
		'deferred_tools_delta',
		'mcp_instructions_delta',
		'agent_listing_delta',
		'nested_memory',
		'task_reminder',
		'todo_reminder',
		'total_tokens_reminder',
		'date_change',
		'auto_mode',
		'plan_mode',
		'plan_mode_exit',
		'plan_mode_reentry',
		'command_permissions',
		'goal_status',
		'workflow_keyword_request',
		'read_truncation_notice',
		'invoked_skills',
		'task_status',
		'budget_usd',
		'dynamic_skill',
		'ultra_effort_enter',
		'ultra_effort_exit',
		'companion_intro',
		'batching_reminder_sent',
		'silent_turn_reminder',
	].map((name): [string, Use] => [`attachment:${name}`, REMINDER]),
	['progress:hook_progress', used('hooks.ts: a hook that started; at Stop the summary record counts instead')],
	[
		'progress:agent_progress',
		used('responses.ts, toolCalls.ts: tokens and tool calls of subagents whose file is missing; link to the subagent'),
	],
	['progress:bash_progress', passed('output so far; the result holds all of it')],
	['progress:mcp_progress', passed('state of a running call')],
	['progress:query_update', passed('state of a running search')],
	['progress:search_results_received', passed('state of a running search')],
	['progress:waiting_for_task', passed('state of a running call')],
	['summary', used('recordReader.ts: title of the conversation whose leaf it names')],
	['custom-title', used('summaryFold.ts: title given by a person, last wins')],
	['ai-title', used('summaryFold.ts: generated title, last wins')],
	['agent-name', used('summaryFold.ts: name in the agent view')],
	['agent-setting', NOT_TITLE],
	['last-prompt', used('summaryFold.ts: hint at the last prompt')],
	['permission-mode', used('summaryFold.ts: permission mode, last wins')],
	['mode', passed('only `normal` was ever seen')],
	['tag', passed('labels of a command that is gone')],
	['pr-link', used('summaryFold.ts: pull requests')],
	['frame-link', passed('a published page; not part of the conversation')],
	['bridge-session', passed('link of a remote session with account ids, which are private')],
	['queue-operation:enqueue', used('queue.ts: a prompt typed while Claude was busy')],
	['queue-operation:dequeue', used('queue.ts: it follows as a user record')],
	['queue-operation:remove', used('queue.ts: it went into the running turn')],
	['queue-operation:popAll', used('queue.ts: it was taken back')],
	['file-history-snapshot', passed('names of pre-edit copies; the edits themselves are tool calls')],
	['file-history-delta', passed('names of pre-edit copies; the edits themselves are tool calls')],
	['fork-context-ref', used('summaryFold.ts: agent id; the context it names is not copied')],
	['content-replacement', passed('shortened tool results, for the model only')],
	['worktree-state', passed('each record says its own working directory')],
	['relocated', passed('each record says its own working directory')],
	['atis-latch', passed('purpose unknown')],
	['started', passed('journal of a workflow, not a conversation')],
	['result', passed('journal of a workflow or print mode output, not a conversation')],
	['message', FOREIGN],
	['custom', FOREIGN],
	['session', FOREIGN],
	['model_change', FOREIGN],
	['thinking_level_change', FOREIGN],
	['notype', passed('a record without a type says nothing')],
]);

/** What names the form of a record with several forms. */
function formOf(type: string, record: Fields): unknown {
	if (type === 'system') return record.subtype;
	if (type === 'attachment') return objectOf(record.attachment)?.type;
	if (type === 'progress') return objectOf(record.data)?.type;
	return type === 'queue-operation' ? record.operation : undefined;
}

/** The row of the table a record belongs to, `type` or `type:subtype`. */
export function kindOfRecord(record: Fields): string {
	const type = nameOf(record.type);
	if (type === null) return 'notype';
	const form = nameOf(formOf(type, record));
	return form === null ? type : `${type}:${form}`;
}
