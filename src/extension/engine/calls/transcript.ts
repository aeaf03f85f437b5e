/** What may be asked of a conversation: by the transcript page through its panel, and by whoever exports one. */
import type { ConversationKey, MessageId } from '../../../webview/contract/conversation.ts';
import type {
	BranchId,
	FindAnswer,
	FindQuery,
	LocatedMessage,
	TranscriptHead,
	TranscriptOutline,
	TranscriptQuery,
	TranscriptTotals,
	TranscriptWindow,
} from '../../../webview/contract/transcript.ts';

/**
 * All reject with `not-found` when the index has no such session or subagent, and stop at their signal. A conversation that grows is
 * told by the event `changed` with its session's id: ask for the head again with `since`.
 */
export interface TranscriptCalls {
	conversation: { params: TranscriptQuery; result: TranscriptHead };
	conversationTotals: { params: { readonly conversation: ConversationKey; readonly branch: BranchId }; result: TranscriptTotals };
	/** At most `mostItemsAtOnce`. A window beyond the end is empty. What cannot be read comes as an item that says so. */
	conversationItems: {
		params: { readonly conversation: ConversationKey; readonly branch: BranchId; readonly from: number; readonly count: number };
		result: TranscriptWindow;
	};
	conversationOutline: { params: { readonly conversation: ConversationKey; readonly branch: BranchId }; result: TranscriptOutline };
	/**
	 * A piece of a text that was cut, from that character on, at most `mostTextInPiece`. `next` is null at its end. Rejects with `gone`,
	 * `changed`, `too-large` or `failed` (see `UnreadableContent`), and with `not-found` for a part the item has not.
	 */
	conversationText: {
		params: {
			readonly conversation: ConversationKey;
			readonly branch: BranchId;
			readonly item: MessageId;
			readonly part: number;
			readonly from: number;
		};
		result: { readonly text: string; readonly next: number | null };
	};
	/** The data of a picture in base64, as the record has it. Rejects like `conversationText`. */
	conversationImage: {
		params: { readonly conversation: ConversationKey; readonly branch: BranchId; readonly item: MessageId; readonly part: number };
		result: { readonly mediaType: string; readonly base64: string };
	};
	/** Looks through what items show, folded or not. To be called until `next` is null. */
	conversationFind: { params: FindQuery; result: FindAnswer };
	/**
	 * Where a message stands, in the session's own transcript or a subagent's; null when it is in none. One that is named by its first byte
	 * (`@…`) is looked for in the conversation of `agentId`.
	 */
	conversationMessage: {
		params: { readonly sessionId: string; readonly agentId: string | null; readonly messageId: MessageId };
		result: LocatedMessage | null;
	};
}
