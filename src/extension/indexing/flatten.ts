/**
 * Turns the facts of a reading into the rows the store takes. Runs in the reader threads.
 */
import type { MessageFact, MessageType, ToolCallFact, ToolResultFact, TranscriptFacts, UsageLineFact } from '../claude/facts.ts';
import { isLongContext } from '../claude/prices.ts';
import { pathAccess } from '../claude/tools.ts';
import { keyOf } from '../claude/transcript/key.ts';
import { messageFlags, messageTypes, responseFlags, toolCallFlags, toolStatuses } from '../store/index/rows.ts';
import type { RowBuilder } from './rowBuilder.ts';

/** Local days, hours and weekdays of every time zone are made of whole quarters of an hour. */
export const quarterMs = 900_000;

/** A pause longer than this is not work: only so much of it counts as active time. */
export const longestPauseMs = 300_000;

export interface FlattenContext {
	readonly fileId: number;
	/** A subagent works beside the person: its file has neither active time nor prompts of theirs. */
	readonly isSubagent: boolean;
	/** The newest instant of its own records before this reading; updated. */
	lastMs: number | null;
}

const typeCodes = Object.fromEntries(messageTypes.map((type, code) => [type, code])) as Record<MessageType, number>;
/** The last of the types that stand for a person's side, whose words are counted. */
const lastOfPersons = messageTypes.indexOf('context');
const statusCodes = Object.fromEntries(toolStatuses.map((status, code) => [status, code])) as Record<(typeof toolStatuses)[number], number>;
const bit = (value: boolean, flag: number): number => (value ? flag : 0);
const distance = (from: number | null, to: number | null): number | null => (from === null || to === null ? null : to - from);

/** Adds the rows to those of other files. */
export function flatten(facts: TranscriptFacts, context: FlattenContext, rows: RowBuilder): void {
	const { fileId } = context;
	const activity = new Activity();

	for (const message of facts.messages) {
		rows.add('messages', [
			fileId,
			message.offset,
			message.length,
			typeCodes[message.type] | flagsOf(message),
			message.key,
			// Its own place says that it follows none, which is more than that nobody knows what it follows.
			message.isRoot ? 0 : distance(message.parentOffset, message.offset),
			message.atMs,
			message.model === null ? null : rows.model(message.model),
			message.responseKey,
			typeCodes[message.type] <= lastOfPersons ? message.wordCount : message.thinkingLength,
		]);
		// So does one whose records stand in the session's own file, as before 2.1: an hour of it is no hour of the person.
		if (message.isCopy || message.atMs === null || context.isSubagent || message.isSidechain) continue;
		// Time stamps step back now and then: activity grows only where the newest instant does.
		const pause = context.lastMs === null ? 0 : message.atMs - context.lastMs;
		context.lastMs = Math.max(context.lastMs ?? message.atMs, message.atMs);
		if (pause > 0) activity.at(message.atMs).activeMs += Math.min(pause, longestPauseMs);
		if (message.type === 'prompt') activity.at(message.atMs).prompts++;
	}

	const results = new Map<string, ToolResultFact>();
	for (const result of facts.toolResults) results.set(`${result.callOffset}:${result.callBlock}`, result);
	for (const call of facts.toolCalls) {
		const place = `${call.offset}:${call.block}`;
		addToolCall(rows, fileId, call, results.get(place));
		results.delete(place);
		if (call.startedMs !== null) activity.at(call.startedMs).toolCalls++;
	}
	for (const result of results.values()) {
		rows.add('toolResults', [
			statusCodes[result.status],
			distance(result.callOffset, result.resultOffset),
			result.resultLength,
			result.durationMs,
			rows.text(result.errorText),
			result.linesAdded,
			result.linesRemoved,
			rows.text(result.agentId),
			fileId,
			result.callOffset,
			result.callBlock,
		]);
	}

	for (const response of facts.responses) {
		const { tokens } = response;
		rows.add('responses', [
			fileId,
			response.key,
			bit(response.source === 'progress', responseFlags.isProgress) |
				bit(response.isFast, responseFlags.isFast) |
				bit(isLongContext(tokens, response.model), responseFlags.isLong) |
				bit(response.isSidechain, responseFlags.isSidechain),
			response.firstMs,
			rows.model(response.model),
			tokens.input,
			tokens.output,
			tokens.cacheRead,
			tokens.cacheWrite5m,
			tokens.cacheWrite1h,
			response.webSearches,
		]);
	}

	for (const { key, firstMs, model, tokens } of facts.copiedResponses) {
		const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
		rows.add('copiedResponses', [fileId, key, firstMs, rows.model(model), input, output, cacheRead, cacheWrite5m + cacheWrite1h]);
	}
	addUsageLines(rows, fileId, facts.usageLines);

	for (const hook of facts.hooks) {
		// A start alone (2.1.9 to 2.1.81 recorded no end) says nothing but that a hook ran, and the summary counts those.
		if (hook.outcome === 'unknown') continue;
		rows.add('hooks', [
			fileId,
			hook.offset,
			hook.index,
			rows.repeated(hook.event),
			rows.text(hook.name),
			rows.text(hook.command),
			hook.toolKey,
			rows.repeated(hook.outcome),
			hook.exitCode,
			hook.durationMs,
			rows.text(hook.errorText),
			hook.preventedContinuation ? 1 : 0,
			hook.atMs,
		]);
	}
	for (const decision of facts.permissions) {
		rows.add('permissions', [
			fileId,
			decision.callOffset,
			decision.callBlock,
			rows.repeated(decision.decision),
			rows.repeated(decision.source),
			rows.text(decision.reason),
			decision.atMs,
		]);
	}
	for (const { key, parentOffset } of facts.passed) rows.add('passed', [fileId, key, parentOffset]);
	for (const { offset, leafKey, title } of facts.summaries) rows.add('summaries', [fileId, offset, leafKey, rows.text(title)]);
	for (const [start, quarter] of activity.quarters) {
		rows.add('activity', [fileId, start, quarter.prompts, quarter.toolCalls, quarter.activeMs]);
	}
}

/** By quarter of an hour and model. */
function addUsageLines(rows: RowBuilder, fileId: number, lines: readonly UsageLineFact[]): void {
	const sums = new Map<string, number[]>();
	for (const { atMs, model, tokens } of lines) {
		const quarter = atMs === null ? 0 : Math.floor(atMs / quarterMs) * quarterMs;
		const key = `${quarter} ${model}`;
		let sum = sums.get(key);
		if (sum === undefined) sums.set(key, (sum = [fileId, quarter, rows.model(model), 0, 0, 0, 0, 0]));
		const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
		for (const [at, count] of [1, input, output, cacheRead, cacheWrite5m + cacheWrite1h].entries())
			sum[3 + at] = (sum[3 + at] ?? 0) + count;
	}
	for (const sum of sums.values()) rows.add('usageLines', sum);
}

function flagsOf({ isPartial, isSidechain, isMeta, isCopy, isCorrection }: MessageFact): number {
	return (
		bit(isPartial, messageFlags.isPartial) |
		bit(isSidechain, messageFlags.isSidechain) |
		bit(isMeta, messageFlags.isMeta) |
		bit(isCopy, messageFlags.isCopy) |
		bit(isCorrection, messageFlags.isCorrection)
	);
}

function addToolCall(rows: RowBuilder, fileId: number, call: ToolCallFact, result: ToolResultFact | undefined): void {
	const access = call.filePath === null ? null : pathAccess(call.name);
	rows.add('toolCalls', [
		fileId,
		call.offset,
		call.block,
		call.key,
		// Until it is settled whose call it is, it counts.
		statusCodes[result?.status ?? 'pending'] |
			bit(access === 'read', toolCallFlags.reads) |
			bit(access === 'edit', toolCallFlags.edits) |
			bit(call.isSidechain, toolCallFlags.isSidechain) |
			bit(call.isProgress, toolCallFlags.isProgress) |
			bit(call.isCopy, toolCallFlags.isCopy) |
			bit(call.isRetry, toolCallFlags.isRetry),
		rows.repeated(call.name),
		rows.text(call.summary),
		call.filePath === null ? null : rows.path(keyOf(call.filePath), call.filePath),
		call.startedMs,
		result?.durationMs ?? null,
		rows.text(result?.errorText ?? null),
		distance(call.offset, result?.resultOffset ?? null),
		result?.resultLength ?? null,
		result?.linesAdded ?? null,
		result?.linesRemoved ?? null,
		rows.text(result?.agentId ?? null),
	]);
}

interface Quarter {
	prompts: number;
	toolCalls: number;
	activeMs: number;
}

class Activity {
	readonly quarters = new Map<number, Quarter>();

	at(ms: number): Quarter {
		const start = Math.floor(ms / quarterMs) * quarterMs;
		let quarter = this.quarters.get(start);
		if (quarter === undefined) {
			quarter = { prompts: 0, toolCalls: 0, activeMs: 0 };
			this.quarters.set(start, quarter);
		}
		return quarter;
	}
}
