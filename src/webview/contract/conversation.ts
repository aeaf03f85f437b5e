/** What names a conversation and a message in it. */

/** The main transcript of a session, or one of its subagents. */
export interface ConversationKey {
	readonly sessionId: string;
	readonly agentId: string | null;
}

/** What a message is found by: the uuid of its record, or `@` with the record's first byte where it has none. */
export type MessageId = string;

export interface MessageInSession {
	/** Null for the session's own conversation. */
	readonly agentId: string | null;
	readonly messageId: MessageId;
}

export interface SubagentCard {
	readonly conversation: ConversationKey;
	readonly agentType: string | null;
	readonly description: string | null;
	readonly responses: number;
	readonly toolCalls: number;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
}
