/** What each conversation of a session used: tokens, money, calls; and which subagent started which. */
import type { SubagentCard } from '../../webview/contract/conversation.ts';
import type { TokenCounts } from '../../webview/contract/sessions.ts';
import type { ConversationFile, ConversationQueries } from '../store/index/conversations.ts';
import type { PricedUsage } from '../store/index/usage.ts';

export type CostOf = (usage: PricedUsage) => number | null;

export interface FileFigures {
	readonly tokens: TokenCounts;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
}

export interface SessionFigures {
	readonly byFile: ReadonlyMap<number, FileFigures>;
	readonly cards: ReadonlyMap<string, SubagentCard>;
	/** Tokens and dollars of a subagent with all that it started itself. */
	readonly costOfAgent: (agentId: string) => { readonly tokens: number; readonly costUsd: number | null };
}

export const totalOf = (tokens: TokenCounts): number =>
	tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

/** The sum of amounts of which some are not known; null when none is. */
export const plus = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/** Of a subagent whose records do not name it, its file's number stands for its id. */
export const agentIdOf = (file: ConversationFile): string => file.agentId ?? String(file.id);

export function sessionFigures(
	sessionId: string,
	files: readonly ConversationFile[],
	queries: ConversationQueries,
	costOf: CostOf,
): SessionFigures {
	const byFile = figuresByFile(sessionId, queries, costOf);
	const cards = new Map<string, SubagentCard>();
	for (const file of files) {
		if (file.kind === 'subagent' && !cards.has(agentIdOf(file))) cards.set(agentIdOf(file), cardOf(sessionId, file, byFile.get(file.id)));
	}
	const fileOf = new Map(files.filter(file => file.kind === 'subagent').map(file => [agentIdOf(file), file.id]));
	const started = queries.agentsByFile(sessionId);
	const costOfAgent: SessionFigures['costOfAgent'] = agentId => {
		const seen = new Set<string>();
		const waiting = [agentId];
		let tokens = 0;
		let costUsd: number | null = null;
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const fileId = fileOf.get(next);
			if (fileId === undefined || seen.has(next)) continue;
			seen.add(next);
			const figures = byFile.get(fileId);
			if (figures !== undefined) tokens += totalOf(figures.tokens);
			costUsd = plus(costUsd, figures?.costUsd ?? null);
			waiting.push(...(started.get(fileId) ?? []));
		}
		return { tokens, costUsd };
	};
	return { byFile, cards, costOfAgent };
}

function figuresByFile(sessionId: string, queries: ConversationQueries, costOf: CostOf): Map<number, FileFigures> {
	const figures = new Map<number, FileFigures>();
	for (const { fileId, responses, toolCalls, firstMs, lastMs } of queries.counts(sessionId)) {
		figures.set(fileId, { ...noFigures, responses, toolCalls, startedAt: timeOf(firstMs), endedAt: timeOf(lastMs) });
	}
	for (const usage of queries.usage(sessionId)) {
		const before = figures.get(usage.fileId) ?? noFigures;
		const costUsd = costOf(usage);
		figures.set(usage.fileId, {
			...before,
			tokens: sumOf(before.tokens, usage.tokens),
			costUsd: plus(before.costUsd, costUsd),
			unpricedTokens: before.unpricedTokens + (costUsd === null ? totalOf(usage.tokens) : 0),
		});
	}
	return figures;
}

const noTokens: TokenCounts = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
export const noFigures: FileFigures = {
	tokens: noTokens,
	costUsd: null,
	unpricedTokens: 0,
	responses: 0,
	toolCalls: 0,
	startedAt: null,
	endedAt: null,
};

const sumOf = (a: TokenCounts, b: TokenCounts): TokenCounts => ({
	input: a.input + b.input,
	output: a.output + b.output,
	cacheRead: a.cacheRead + b.cacheRead,
	cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
	cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
});

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function cardOf(sessionId: string, file: ConversationFile, figures: FileFigures = noFigures): SubagentCard {
	const { responses, toolCalls, costUsd, unpricedTokens, startedAt, endedAt } = figures;
	return {
		conversation: { sessionId, agentId: agentIdOf(file) },
		agentType: file.agentType,
		description: file.description,
		responses,
		toolCalls,
		costUsd,
		unpricedTokens,
		startedAt,
		endedAt,
	};
}
