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

/** Looked up when it is asked for: a session may have hundreds of subagents, of which one window shows a few. */
export interface SessionFigures {
	readonly ofFile: (file: ConversationFile) => FileFigures;
	/** Null where the session has no such subagent. */
	readonly card: (agentId: string) => SubagentCard | null;
	readonly cards: () => SubagentCard[];
	/** Tokens and dollars of a subagent with all that it started itself. */
	readonly costOfAgent: (agentId: string) => { readonly tokens: number; readonly costUsd: number | null };
}

export const totalOf = (tokens: TokenCounts): number =>
	tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

/** The sum of amounts of which some are not known; null when none is. */
export const plus = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/** Of a subagent whose records do not name it, its file's number stands for its id. */
export const agentIdOf = (file: ConversationFile): string => file.agentId ?? String(file.id);

/** `ofFile` keeps what it found, as long as it holds. */
export function sessionFigures(
	sessionId: string,
	files: readonly ConversationFile[],
	ofFile: SessionFigures['ofFile'],
	agentsOf: (fileId: number) => readonly string[],
): SessionFigures {
	const subagents = new Map<string, ConversationFile>();
	for (const file of files) if (file.kind === 'subagent' && !subagents.has(agentIdOf(file))) subagents.set(agentIdOf(file), file);
	return {
		ofFile,
		card: agentId => {
			const file = subagents.get(agentId);
			return file === undefined ? null : cardOf(sessionId, file, ofFile(file));
		},
		cards: () => [...subagents.values()].map(file => cardOf(sessionId, file, ofFile(file))),
		costOfAgent: agentId => {
			const seen = new Set<string>();
			const waiting = [agentId];
			let tokens = 0;
			let costUsd: number | null = null;
			for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
				const file = subagents.get(next);
				if (file === undefined || seen.has(next)) continue;
				seen.add(next);
				const figures = ofFile(file);
				tokens += totalOf(figures.tokens);
				costUsd = plus(costUsd, figures.costUsd);
				waiting.push(...agentsOf(file.id));
			}
			return { tokens, costUsd };
		},
	};
}

export function fileFigures(fileId: number, queries: ConversationQueries, costOf: CostOf): FileFigures {
	const { responses, toolCalls, firstMs, lastMs } = queries.counts(fileId);
	const tokens = { ...noTokens };
	let costUsd: number | null = null;
	let unpricedTokens = 0;
	for (const { usage } of queries.countedResponses(fileId)) {
		for (const kind of tokenKinds) tokens[kind] += usage.tokens[kind];
		const cost = costOf(usage);
		costUsd = plus(costUsd, cost);
		if (cost === null) unpricedTokens += totalOf(usage.tokens);
	}
	return { tokens, costUsd, unpricedTokens, responses, toolCalls, startedAt: timeOf(firstMs), endedAt: timeOf(lastMs) };
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

const tokenKinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function cardOf(sessionId: string, file: ConversationFile, figures: FileFigures): SubagentCard {
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
