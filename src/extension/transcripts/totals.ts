/** What a conversation comes to: apart from its head, because adding up takes longer than showing where it begins. */
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { TranscriptTotals } from '../../webview/contract/transcript.ts';
import type { Branch } from './branch.ts';
import type { Conversation } from './conversations.ts';
import { noFigures, plus, type SessionFigures } from './sessionFigures.ts';

export function totalsOf(
	{ key, spine, file }: Conversation,
	branch: Branch,
	figures: SessionFigures,
	session: SessionRow | null,
): TranscriptTotals {
	const own = file === null ? noFigures : figures.ofFile(file);
	const cards = key.agentId === null ? figures.cards() : [];
	const sessionTimes = key.agentId === null ? session : null;
	let copiedItems = 0;
	for (const row of branch.rowOf) if (spine.has(row, 'isCopy')) copiedItems++;
	return {
		responses: own.responses,
		toolCalls: own.toolCalls,
		tokens: own.tokens,
		costUsd: own.costUsd,
		unpricedTokens: own.unpricedTokens,
		copiedItems,
		subagentsCostUsd: cards.reduce<number | null>((sum, { costUsd }) => plus(sum, costUsd), null),
		subagents: cards.length,
		startedAt: own.startedAt ?? sessionTimes?.startedAt ?? null,
		endedAt: own.endedAt ?? sessionTimes?.endedAt ?? null,
	};
}
