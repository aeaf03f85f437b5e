/** The turns of a branch: what was asked, how long it took, what it cost. */
import type { OutlineTurn, TranscriptOutline } from '../../webview/contract/transcript.ts';
import type { ConversationQueries } from '../store/index/conversations.ts';
import { type Branch, turnKind } from './branch.ts';
import type { Conversation } from './conversations.ts';
import { firstLineOf } from './firstLines.ts';
import { type CostOf, plus, type SessionFigures, totalOf } from './sessionFigures.ts';
import { withRecords } from './window.ts';

/** More prompts than a person gives; beyond, they are listed without their texts. */
const mostLines = 10_000;
const linesAtOnce = 16;

interface Sums {
	tokens: number;
	costUsd: number | null;
	toolCalls: number;
	errors: number;
	isInterrupted: boolean;
	firstMs: number;
	lastMs: number;
}

export interface OutlineParts {
	readonly queries: ConversationQueries;
	readonly costOf: CostOf;
	readonly figures: (sessionId: string) => SessionFigures;
}

export async function outlineOf(
	conversation: Conversation,
	branch: Branch,
	parts: OutlineParts,
	signal: AbortSignal,
): Promise<TranscriptOutline> {
	const { spine } = conversation;
	const sums = sumsOf(conversation, branch, parts);
	const lines = await linesOf(conversation, branch, signal);
	const turns = Array.from(branch.turns, (item, turn): OutlineTurn => {
		const row = branch.rowOf[item] ?? 0;
		const { firstMs, lastMs, ...sum } = sums[turn] ?? noSums();
		return {
			item,
			items: (branch.turns[turn + 1] ?? branch.items) - item,
			messageId: `@${spine.offset[row] ?? 0}`,
			kind: turnKind(spine, row),
			firstLine: lines[turn] ?? '',
			at: spine.timeOf(row),
			durationMs: lastMs >= firstMs ? lastMs - firstMs : null,
			...sum,
			isCorrection: spine.has(row, 'isCorrection'),
		};
	});
	return { revision: conversation.revision, turns };
}

/** Of each turn; null where there is none, or it cannot be read. Prompts lie far apart, so several are read at a time. */
async function linesOf(conversation: Conversation, branch: Branch, signal: AbortSignal): Promise<(string | null)[]> {
	const { spine } = conversation;
	const rows = Array.from(branch.turns.subarray(0, mostLines), item => branch.rowOf[item] ?? 0);
	const lines: (string | null)[] = [];
	await withRecords(conversation, async records => {
		for (let from = 0; from < rows.length; from += linesAtOnce) {
			signal.throwIfAborted();
			const reading = rows
				.slice(from, from + linesAtOnce)
				.map(row => (turnKind(spine, row) === 'none' ? Promise.resolve(null) : firstLineOf(conversation, row, records)));
			lines.push(...(await Promise.all(reading)));
		}
	});
	return lines;
}

const noSums = (): Sums => ({
	tokens: 0,
	costUsd: null,
	toolCalls: 0,
	errors: 0,
	isInterrupted: false,
	firstMs: Number.POSITIVE_INFINITY,
	lastMs: Number.NEGATIVE_INFINITY,
});

function sumsOf({ spine, file, key }: Conversation, branch: Branch, { queries, costOf, figures }: OutlineParts): Sums[] {
	const sums = Array.from(branch.turns, noSums);
	const turnOfRow = (row: number): Sums | undefined => {
		const item = branch.itemOf[row] ?? -1;
		return item < 0 ? undefined : sums[branch.turnOf[item] ?? 0];
	};
	const turnOfResponse = new Map<number, Sums>();
	for (let row = 0; row < spine.rows; row++) {
		const sum = turnOfRow(row);
		if (sum === undefined) continue;
		const at = spine.at[row] ?? Number.NaN;
		if (at < sum.firstMs) sum.firstMs = at;
		// Notices may come hours later, when the person is back.
		if (at > sum.lastMs && !spine.is(row, 'notice', 'context')) sum.lastMs = at;
		if (spine.is(row, 'api_error')) sum.errors++;
		else if (spine.is(row, 'interruption')) sum.isInterrupted = true;
		const response = spine.response[row] ?? Number.NaN;
		if (!Number.isNaN(response) && !turnOfResponse.has(response)) turnOfResponse.set(response, sum);
	}
	if (file === null) return sums;
	const { costOfAgent } = figures(key.sessionId);
	for (const { offset, isError, agentId } of queries.outcomes(file.id)) {
		const sum = turnOfRow(spine.rowAt(offset));
		if (sum === undefined) continue;
		sum.toolCalls++;
		sum.errors += isError;
		if (agentId === null) continue;
		const agent = costOfAgent(agentId);
		sum.tokens += agent.tokens;
		sum.costUsd = plus(sum.costUsd, agent.costUsd);
	}
	for (const { key: response, usage } of queries.countedResponses(file.id)) {
		const sum = turnOfResponse.get(response);
		if (sum === undefined) continue;
		sum.tokens += totalOf(usage.tokens);
		sum.costUsd = plus(sum.costUsd, costOf(usage));
	}
	return sums;
}
