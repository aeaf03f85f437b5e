/** A call with its result, in the form of its tool. */
import type { ToolHook, ToolPermission, ToolUse } from '../../../webview/contract/transcriptTools.ts';
import { keyOf } from '../../claude/transcript/key.ts';
import type { CallRow, HookRow } from '../../store/index/conversations.ts';
import type { ItemParts } from '../itemParts.ts';
import { contentBlocks, plainText } from '../items/contentBlocks.ts';
import type { ItemSource, ReadRecord } from '../items/record.ts';
import { fieldsOf, type Fields, listOf, nameOf } from '../values.ts';
import { agentView, mcpView, otherView, skillView } from './agentTools.ts';
import { editView, readView } from './fileTools.ts';
import { planView, questionsView, taskView, todosView } from './planTools.ts';
import { searchView, webView } from './searchTools.ts';
import { shellView } from './shellTools.ts';
import type { ToolCall, ToolView } from './toolParts.ts';

const views: ReadonlyMap<string, ToolView> = new Map<string, ToolView>([
	['Edit', editView],
	['MultiEdit', editView],
	['Write', editView],
	['NotebookEdit', editView],
	['Read', readView],
	['NotebookRead', readView],
	['Bash', shellView],
	['PowerShell', shellView],
	['Grep', searchView],
	['Glob', searchView],
	['LS', searchView],
	['ToolSearch', searchView],
	['WebFetch', webView],
	['WebSearch', webView],
	['TodoWrite', todosView],
	['TaskCreate', taskView],
	['TaskUpdate', taskView],
	['TaskGet', taskView],
	['TaskList', taskView],
	['ExitPlanMode', planView],
	['AskUserQuestion', questionsView],
	['Task', agentView],
	['Agent', agentView],
	['Skill', skillView],
]);

/** `block` is the call's place in its record. */
export function toolUse(call: Fields, block: number, source: ItemSource, parts: ItemParts): ToolUse {
	const name = nameOf(call['name']) ?? '';
	const id = nameOf(call['id']) ?? '';
	const row = source.calls.find(known => known.offset === source.first.offset && known.block === block) ?? null;
	const result = resultOf(id, row, source.joined);
	const view = views.get(name) ?? (name.startsWith('mcp__') ? mcpView : otherView);
	const outcome = result?.isOnly === true ? result.record.fields['toolUseResult'] : undefined;
	const content = result?.block['content'];
	const known: ToolCall = {
		name,
		input: fieldsOf(call['input']) ?? {},
		row,
		details: fieldsOf(outcome),
		outcome,
		content: result === null ? undefined : (content ?? ''),
		isError: result?.block['is_error'] === true,
		subagentOf: source.subagentOf,
	};
	const { detail, isWhole } = view(known, parts);
	return {
		id,
		name,
		summary: row?.summary ?? null,
		filePath: row?.path ?? null,
		status: row?.status ?? (result === null ? 'pending' : known.isError ? 'error' : 'ok'),
		startedAt: source.first.at,
		durationMs: row?.durationMs ?? null,
		isRetry: row?.isRetry === 1,
		error: row?.errorText ?? null,
		permission: permissionOf(row),
		hooks: hooksOf(id, row, source.hooks),
		detail,
		result: isWhole || result === null ? [] : contentBlocks(content, parts),
		outputFile: nameOf(known.details?.['persistedOutputPath']) ?? savedOutput(content),
	};
}

interface ToolResult {
	readonly record: ReadRecord;
	readonly block: Fields;
	/** The record holds no other result, so that what it says beside belongs to this one. */
	readonly isOnly: boolean;
}

function resultOf(id: string, row: CallRow | null, joined: readonly ReadRecord[]): ToolResult | null {
	for (const record of joined) {
		const blocks = listOf(fieldsOf(record.fields['message'])?.['content'])
			.map(fieldsOf)
			.filter((block): block is Fields => block?.['type'] === 'tool_result');
		const isNamed = blocks.find(block => id !== '' && block['tool_use_id'] === id);
		const block = isNamed ?? (row?.resultOffset === record.offset && blocks.length === 1 ? blocks[0] : undefined);
		if (block !== undefined) return { record, block, isOnly: blocks.length === 1 };
	}
	return null;
}

function permissionOf(row: CallRow | null): ToolPermission | null {
	return row === null || row.decision === null ? null : { decision: row.decision, source: row.source ?? 'unknown', reason: row.reason };
}

function hooksOf(id: string, row: CallRow | null, hooks: readonly HookRow[]): ToolHook[] {
	const key = row?.toolKey ?? keyOf(id);
	return hooks
		.filter(hook => hook.toolKey === key)
		.map(({ event, command, outcome, durationMs, errorText }) => ({ event, command, outcome, durationMs, error: errorText }));
}

/** Where Claude Code put an output that was too long. */
function savedOutput(content: unknown): string | null {
	const text = plainText(content);
	return text.startsWith('<persisted-output>') ? (/Full output saved to: ([^\n]{1,4096})/.exec(text.slice(0, 8192))?.[1] ?? null) : null;
}
