/**
 * Turns the facts of a reading into the rows the store takes. Runs in the reader threads.
 */
import type { MessageType, ToolCallFact, ToolResultFact, TranscriptFacts } from '../claude/facts.ts';
import { isLongContext } from '../claude/prices.ts';
import { pathAccess } from '../claude/tools.ts';
import { activityColumns, type FileRows, messageTypes } from '../store/index/rows.ts';
import type { SqlValue } from '../store/sqlite.ts';

/** Local days, hours and weekdays of every time zone are made of whole quarters of an hour. */
export const quarterMs = 900_000;

/** A pause longer than this is not work: only so much of it counts as active time. */
export const longestPauseMs = 300_000;

export interface FlattenContext {
	readonly fileId: number;
	/** Only the person's own file has active time; subagents work beside it. */
	readonly countsActiveTime: boolean;
	/** The newest instant of its own records before this reading; updated. */
	lastMs: number | null;
}

const typeCodes = Object.fromEntries(messageTypes.map((type, code) => [type, code])) as Record<MessageType, number>;
const bit = (value: boolean): number => (value ? 1 : 0);

export function flatten(facts: TranscriptFacts, context: FlattenContext): FileRows {
	const { fileId } = context;
	const models = new Names();
	const paths = new Names();
	const results = new Map<string, ToolResultFact>();
	for (const result of facts.toolResults) results.set(`${result.callOffset}:${result.callBlock}`, result);
	const activity = new Activity(fileId);

	const messages: SqlValue[] = [];
	for (const message of facts.messages) {
		messages.push(
			fileId,
			message.offset,
			message.length,
			typeCodes[message.type],
			message.key,
			message.parentOffset,
			message.atMs,
			message.model === null ? null : models.indexOf(message.model),
			message.responseKey,
			bit(message.isPartial),
			bit(message.isSidechain),
			bit(message.isMeta),
			bit(message.isCopy),
			bit(message.isCorrection),
			message.thinkingLength,
			message.wordCount,
		);
		if (message.isCopy || message.atMs === null) continue;
		if (context.countsActiveTime) {
			// Time stamps step back now and then: activity grows only where the newest instant does.
			const pause = context.lastMs === null ? 0 : message.atMs - context.lastMs;
			context.lastMs = Math.max(context.lastMs ?? message.atMs, message.atMs);
			if (pause > 0) activity.at(message.atMs).activeMs += Math.min(pause, longestPauseMs);
		}
		if (message.wordCount !== null && message.type !== 'command' && !message.isSidechain) activity.at(message.atMs).prompts++;
	}

	const toolCalls: SqlValue[] = [];
	for (const call of facts.toolCalls) {
		const place = `${call.offset}:${call.block}`;
		const result = results.get(place);
		results.delete(place);
		pushToolCall(toolCalls, fileId, call, result, paths);
		if (call.startedMs !== null) activity.at(call.startedMs).toolCalls++;
	}
	const toolResults: SqlValue[] = [];
	for (const result of results.values()) {
		toolResults.push(
			result.status,
			result.resultOffset,
			result.resultLength,
			result.durationMs,
			result.errorText,
			result.linesAdded,
			result.linesRemoved,
			result.agentId,
			fileId,
			result.callOffset,
			result.callBlock,
		);
	}

	const responses: SqlValue[] = [];
	for (const response of facts.responses) {
		const { tokens } = response;
		responses.push(
			response.key,
			fileId,
			response.source,
			response.firstMs,
			models.indexOf(response.model),
			tokens.input,
			tokens.output,
			tokens.cacheRead,
			tokens.cacheWrite5m,
			tokens.cacheWrite1h,
			response.webSearches,
			bit(response.isFast),
			bit(isLongContext(tokens, response.model)),
			bit(response.isSidechain),
		);
	}

	return {
		models: models.list,
		paths: paths.list,
		messages,
		toolCalls,
		toolResults,
		responses,
		// A start alone (2.1.9 to 2.1.81 recorded no end) says nothing but that a hook ran, and the summary counts those.
		hooks: facts.hooks
			.filter(hook => hook.outcome !== 'unknown')
			.flatMap(hook => [
				fileId,
				hook.offset,
				hook.index,
				hook.event,
				hook.name,
				hook.command,
				hook.toolKey,
				hook.outcome,
				hook.exitCode,
				hook.durationMs,
				hook.errorText,
				bit(hook.preventedContinuation),
				hook.atMs,
			]),
		permissions: facts.permissions.flatMap(decision => [
			fileId,
			decision.callOffset,
			decision.callBlock,
			decision.decision,
			decision.source,
			decision.reason,
			decision.atMs,
		]),
		passed: facts.passed.flatMap(passed => [fileId, passed.key, passed.parentOffset]),
		summaries: facts.summaries.flatMap(summary => [fileId, summary.offset, summary.leafKey, summary.title]),
		activity: activity.rows(),
	};
}

function pushToolCall(rows: SqlValue[], fileId: number, call: ToolCallFact, result: ToolResultFact | undefined, paths: Names): void {
	rows.push(
		fileId,
		call.offset,
		call.block,
		call.key,
		bit(call.isProgress),
		call.name,
		call.summary,
		call.filePath === null ? null : paths.indexOf(call.filePath),
		call.filePath === null ? null : pathAccess(call.name),
		call.startedMs,
		result?.durationMs ?? null,
		result?.status ?? 'pending',
		result?.errorText ?? null,
		result?.resultOffset ?? null,
		result?.resultLength ?? null,
		bit(call.isSidechain),
		bit(call.isCopy),
		// Until it is settled whose call it is.
		1,
		bit(call.isRetry),
		result?.linesAdded ?? null,
		result?.linesRemoved ?? null,
		result?.agentId ?? null,
	);
}

/** Texts of one batch, each named by its index. */
class Names {
	readonly list: string[] = [];
	readonly #indexes = new Map<string, number>();

	indexOf(name: string): number {
		let index = this.#indexes.get(name);
		if (index === undefined) {
			index = this.list.push(name) - 1;
			this.#indexes.set(name, index);
		}
		return index;
	}
}

interface Quarter {
	prompts: number;
	toolCalls: number;
	activeMs: number;
}

class Activity {
	readonly #fileId: number;
	readonly #quarters = new Map<number, Quarter>();

	constructor(fileId: number) {
		this.#fileId = fileId;
	}

	at(ms: number): Quarter {
		const start = Math.floor(ms / quarterMs) * quarterMs;
		let quarter = this.#quarters.get(start);
		if (quarter === undefined) {
			quarter = { prompts: 0, toolCalls: 0, activeMs: 0 };
			this.#quarters.set(start, quarter);
		}
		return quarter;
	}

	rows(): SqlValue[] {
		const rows: SqlValue[] = [];
		for (const [start, { prompts, toolCalls, activeMs }] of this.#quarters) {
			const row: Record<(typeof activityColumns)[number], SqlValue> = {
				file_id: this.#fileId,
				quarter_ms: start,
				prompts,
				tool_calls: toolCalls,
				active_ms: activeMs,
			};
			rows.push(...activityColumns.map(column => row[column]));
		}
		return rows;
	}
}
