/**
 * Where a session that is exported comes from. The room turns conversations into text and knows neither files nor who asks;
 * everything a transcript says is the text of strangers, which must come out as text.
 */
import type { ConversationKey, MessageId } from '../../webview/contract/conversation.ts';
import type { BranchId, TranscriptHead, TranscriptWindow } from '../../webview/contract/transcript.ts';

export interface ConversationReader {
	head(conversation: ConversationKey, branch: BranchId): Promise<TranscriptHead>;
	items(conversation: ConversationKey, branch: BranchId, from: number, count: number): Promise<TranscriptWindow>;
	/** A piece of a text that was cut; `next` is null at its end. */
	text(place: TextPlace, from: number): Promise<{ readonly text: string; readonly next: number | null }>;
	image(place: TextPlace): Promise<{ readonly mediaType: string; readonly base64: string }>;
	/** Ids of the subagents of a session that have a conversation of their own, in the order in which they began. */
	subagents(sessionId: string): Promise<readonly string[]>;
}

export interface TextPlace {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	readonly item: MessageId;
	readonly part: number;
}
