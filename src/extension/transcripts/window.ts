/** Makes the items of a stretch of a branch: reads their records and joins them with what the index knows. */
import type { ItemContent, ItemResponse, TranscriptItem, UnreadableContent } from '../../webview/contract/transcriptItems.ts';
import type { CallRow, ConversationQueries, HookRow, ResponseRow } from '../store/index/conversations.ts';
import { noTimeMs } from '../store/index/usage.ts';
import type { Branch } from './branch.ts';
import type { Conversation } from './conversations.ts';
import { ItemParts, type PartListener } from './itemParts.ts';
import { itemContent } from './items/itemContent.ts';
import { messageIdOf, type ReadRecord } from './items/record.ts';
import { ReadFailure, RecordFile } from './recordFile.ts';
import { type CostOf, type SessionFigures, totalOf } from './sessionFigures.ts';
import type { RowType, Spine } from './spine.ts';

export interface WindowParts {
	readonly queries: ConversationQueries;
	readonly costOf: CostOf;
	readonly figures: (sessionId: string) => SessionFigures;
}

export interface WindowRequest {
	readonly conversation: Conversation;
	readonly branch: Branch;
	/** Items in ascending order. */
	readonly items: readonly number[];
	/** UTF-16 units after which texts are cut. */
	readonly longestText: number;
	readonly listener?: PartListener;
	/** Texts alone are wanted: nothing is looked up of responses, hooks and subagents. */
	readonly isTextOnly?: boolean;
	readonly signal: AbortSignal;
}

/** Opens the conversation's transcript, lets `work` read in it, and closes it. A file that cannot be opened gives null. */
export async function withRecords<T>({ file }: Conversation, work: (records: RecordFile | ReadFailure) => Promise<T>): Promise<T> {
	const records = await openRecords(file?.path ?? null);
	try {
		return await work(records);
	} finally {
		if (records instanceof RecordFile) await records.close();
	}
}

async function openRecords(path: string | null): Promise<RecordFile | ReadFailure> {
	if (path === null) return new ReadFailure('gone', 'There is no transcript');
	return RecordFile.open(path).catch((error: unknown) => {
		if (error instanceof ReadFailure) return error;
		throw error;
	});
}

export async function windowItems(
	request: WindowRequest,
	parts: WindowParts,
	records: RecordFile | ReadFailure,
): Promise<TranscriptItem[]> {
	const facts = factsOf(request, parts);
	const items: TranscriptItem[] = [];
	for (const item of request.items) {
		request.signal.throwIfAborted();
		items.push(await oneItem(item, request, facts, records));
	}
	return items;
}

/** What the index knows of the records of a window. */
interface Facts {
	/** Rows of each item, in their order. */
	readonly rows: ReadonlyMap<number, readonly number[]>;
	readonly calls: ReadonlyMap<number, readonly CallRow[]>;
	readonly hooks: readonly HookRow[];
	readonly responses: ReadonlyMap<number, ItemResponse>;
	/** Null where no call of the window started a subagent. */
	readonly figures: SessionFigures | null;
}

function factsOf({ conversation, branch, items, isTextOnly = false }: WindowRequest, { queries, costOf, figures }: WindowParts): Facts {
	const { spine, file, key } = conversation;
	const rows = rowsOf(branch, items);
	const firsts = items.map(item => spine.offset[branch.rowOf[item] ?? 0] ?? 0);
	const [from, to] = [firsts[0], firsts.at(-1)];
	if (file === null || from === undefined || to === undefined)
		return { rows, calls: new Map(), hooks: [], responses: new Map(), figures: null };
	const lastRow = branch.endOf[items.at(-1) ?? 0] ?? 0;
	const until = spine.offset[Math.min(spine.rows - 1, lastRow + widestResponse)] ?? to;
	const wanted = new Set(firsts);
	const calls = queries.calls(file.id, from, to).filter(({ offset }) => wanted.has(offset));
	if (isTextOnly) return { rows, calls: Map.groupBy(calls, ({ offset }) => offset), hooks: [], responses: new Map(), figures: null };
	const ending = items.filter(item => branch.endsResponse[item] === 1);
	const keys = ending.map(item => spine.response[branch.rowOf[item] ?? 0] ?? Number.NaN).filter(response => !Number.isNaN(response));
	const known = Map.groupBy(keys.length === 0 ? [] : queries.responses(file.id, keys), row => row.key);
	const responses = new Map<number, ItemResponse>();
	for (const item of ending) {
		const found = responseOf(known.get(spine.response[branch.rowOf[item] ?? 0] ?? Number.NaN) ?? [], file.id, costOf);
		if (found !== null) responses.set(item, { ...found, durationMs: durationOf(spine, branch.rowOf[item] ?? 0) });
	}
	return {
		rows,
		calls: Map.groupBy(calls, ({ offset }) => offset),
		hooks: calls.length === 0 ? [] : queries.hooks(file.id, [...new Set(calls.map(({ toolKey }) => toolKey))], from, until),
		responses,
		figures: calls.some(({ agentId }) => agentId !== null) ? figures(key.sessionId) : null,
	};
}

function rowsOf(branch: Branch, items: readonly number[]): Map<number, number[]> {
	const rows = new Map<number, number[]>(items.map(item => [item, []]));
	const first = branch.rowOf[items[0] ?? 0] ?? 0;
	const last = items.reduce((latest, item) => Math.max(latest, branch.endOf[item] ?? 0), first);
	for (let row = first; row <= last; row++) rows.get(branch.itemOf[row] ?? -1)?.push(row);
	return rows;
}

/** Of what files say of one response, the figures with the larger output count (MODEL-6). */
function responseOf(rows: readonly ResponseRow[], fileId: number, costOf: CostOf): ItemResponse | null {
	const [first, ...others] = rows;
	if (first === undefined) return null;
	const best = others.reduce((a, b) => (b.output > a.output || (b.output === a.output && totalOf(b) > totalOf(a)) ? b : a), first);
	const { model, input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches } = best;
	const tokens = { input, output, cacheRead, cacheWrite5m, cacheWrite1h };
	const isFast = best.isFast === 1;
	return {
		model,
		tokens,
		costUsd: costOf({ model, tokens, webSearches, isFast, isLong: best.isLong === 1, quarterMs: best.atMs ?? noTimeMs }),
		isFast,
		webSearches,
		durationMs: null,
		isCounted: rows.some(row => row.fileId === fileId && row.isCounted === 1),
	};
}

/** Records of one response lie close together; hooks, results and reminders come between. */
const widestResponse = 400;

/** From the record that was answered to the last of the response. */
function durationOf(spine: Spine, row: number): number | null {
	const response = spine.response[row];
	let first = row;
	for (let before = row - 1; before >= 0 && before > row - widestResponse; before--)
		if (spine.response[before] === response) first = before;
	const asked = spine.parent[first] ?? -1;
	const ms = (spine.at[row] ?? Number.NaN) - (spine.at[asked] ?? Number.NaN);
	return ms >= 0 ? ms : null;
}

async function oneItem(item: number, request: WindowRequest, facts: Facts, records: RecordFile | ReadFailure): Promise<TranscriptItem> {
	const { conversation, branch, longestText, listener } = request;
	const { spine } = conversation;
	const [row = 0, ...joinedRows] = facts.rows.get(item) ?? [];
	const offset = spine.offset[row] ?? 0;
	const calls = facts.calls.get(offset) ?? [];
	let id = `@${offset}`;
	let content: ItemContent;
	try {
		if (records instanceof ReadFailure) throw records;
		const first = await readRecord(spine, row, records);
		id = messageIdOf(first);
		content = itemContent(
			{
				first,
				joined: await readOthers(spine, joinedRows, records),
				calls,
				hooks: facts.hooks,
				isSubagent: conversation.file?.kind === 'subagent',
				subagentOf: agentId => facts.figures?.card(agentId) ?? null,
			},
			new ItemParts(longestText, listener ?? null),
		);
	} catch (error) {
		if (!(error instanceof ReadFailure)) throw error;
		content = unreadable(error, spine, row, calls);
	}
	return {
		index: item,
		id,
		offset,
		at: spine.timeOf(row),
		turn: branch.turnOf[item] ?? 0,
		isCopied: spine.has(row, 'isCopy'),
		isSidechain: spine.has(row, 'isSidechain') && conversation.file?.kind === 'session',
		response: facts.responses.get(item) ?? null,
		...content,
	};
}

export async function readRecord(spine: Spine, row: number, records: RecordFile, isAlone = false): Promise<ReadRecord> {
	const offset = spine.offset[row] ?? 0;
	const fields = await records.record({ offset, length: spine.length[row] ?? 0, key: spine.key[row] ?? Number.NaN, isAlone });
	return {
		offset,
		type: spine.typeOf(row),
		isMade: spine.made[row] === 1,
		isCorrection: spine.has(row, 'isCorrection'),
		isPartial: spine.has(row, 'isPartial'),
		at: spine.timeOf(row),
		fields,
	};
}

/** Those of a result or a note that can be read; an item is not lost with one of them. */
async function readOthers(spine: Spine, rows: readonly number[], records: RecordFile): Promise<ReadRecord[]> {
	const read: ReadRecord[] = [];
	for (const row of rows) {
		const record = await readRecord(spine, row, records).catch((error: unknown) => {
			if (error instanceof ReadFailure) return null;
			throw error;
		});
		if (record !== null) read.push(record);
	}
	return read;
}

const wasOf: Readonly<Record<RowType, UnreadableContent['was']>> = {
	prompt: 'prompt',
	command: 'command',
	tool_result: 'tool',
	interruption: 'interruption',
	compact_summary: 'compaction',
	context: 'other',
	answer: 'answer',
	thinking: 'thinking',
	tool_call: 'tool',
	api_error: 'error',
	compaction: 'compaction',
	notice: 'other',
};

function unreadable({ reason }: ReadFailure, spine: Spine, row: number, calls: readonly CallRow[]): UnreadableContent {
	return {
		kind: 'unreadable',
		reason,
		was: spine.made[row] === 1 ? 'prompt' : wasOf[spine.typeOf(row)],
		bytes: spine.length[row] ?? 0,
		tools: calls.map(({ name, summary, path }) => ({ name, summary, filePath: path })),
	};
}
