/** The turns of a branch: what was asked, how long it took, what it cost. */
import type { OutlineTurn, TranscriptOutline } from '../../webview/contract/transcript.ts';
import type { ConversationQueries } from '../store/index/conversations.ts';
import { noTimeMs } from '../store/index/usage.ts';
import type { Branch } from './branch.ts';
import type { Conversation } from './conversations.ts';
import { firstLineOf } from './firstLines.ts';
import { type CostOf, plus, type SessionFigures, totalOf } from './sessionFigures.ts';
import { withRecords } from './window.ts';

/** More prompts than a person gives; beyond, they are listed without their texts. */
const mostLines = 10_000;

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
	const turns: OutlineTurn[] = [];
	await withRecords(conversation, async records => {
		for (const [turn, item] of branch.turns.entries()) {
			signal.throwIfAborted();
			const row = branch.rowOf[item] ?? 0;
			const kind = spine.made[row] === 1 ? 'made' : spine.is(row, 'prompt') ? 'prompt' : spine.is(row, 'command') ? 'command' : 'none';
			const { firstMs, lastMs, ...sum } = sums[turn] ?? noSums();
			turns.push({
				item,
				items: (branch.turns[turn + 1] ?? branch.items) - item,
				messageId: `@${spine.offset[row] ?? 0}`,
				kind,
				firstLine: kind === 'none' || turn >= mostLines ? '' : ((await firstLineOf(conversation, row, records)) ?? ''),
				at: spine.timeOf(row),
				durationMs: lastMs >= firstMs ? lastMs - firstMs : null,
				...sum,
				isCorrection: spine.has(row, 'isCorrection'),
			});
		}
	});
	return { revision: conversation.revision, turns };
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
	for (const row of queries.countedResponses(file.id)) {
		const sum = turnOfResponse.get(row.key);
		if (sum === undefined) continue;
		const { model, webSearches, input, output, cacheRead, cacheWrite5m, cacheWrite1h } = row;
		const tokens = { input, output, cacheRead, cacheWrite5m, cacheWrite1h };
		sum.tokens += totalOf(tokens);
		const cost = costOf({
			model,
			tokens,
			webSearches,
			isFast: row.isFast === 1,
			isLong: row.isLong === 1,
			quarterMs: row.atMs ?? noTimeMs,
		});
		sum.costUsd = plus(sum.costUsd, cost);
	}
	return sums;
}
