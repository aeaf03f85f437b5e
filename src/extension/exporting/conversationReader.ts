/**
 * Where a session that is exported comes from. The room turns conversations into text and knows neither files nor who asks;
 * everything a transcript says is the text of strangers, which must come out as text.
 */
import type { ConversationKey, MessageId } from '../../webview/contract/conversation.ts';
import type { BranchId, ItemStretch, TranscriptHead } from '../../webview/contract/transcript.ts';
import type { TranscriptItem } from '../../webview/contract/transcriptItems.ts';

export interface ConversationReader {
	head(conversation: ConversationKey, branch: BranchId): Promise<TranscriptHead>;
	/** One after the other, with whole texts: all of them, or those of a stretch. */
	items(conversation: ConversationKey, branch: BranchId, stretch?: ItemStretch): AsyncIterable<TranscriptItem>;
	image(place: PicturePlace): Promise<{ readonly mediaType: string; readonly base64: string }>;
	/** Ids of the subagents of a session that have a conversation of their own, in the order in which they began. */
	subagents(sessionId: string): Promise<readonly string[]>;
}

/** `part` names the picture within its item. */
export interface PicturePlace {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	readonly item: MessageId;
	readonly part: number;
}
