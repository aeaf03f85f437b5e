/** What the transcript page asks of its panel, and what the panel tells it. The conversation itself: `transcript.ts`. */
import type { ConversationKey, MessageId } from './conversation.ts';
import type {
	BranchId,
	FindAnswer,
	FindQuery,
	ItemStretch,
	LocatedMessage,
	TranscriptHead,
	TranscriptOutline,
	TranscriptQuery,
	TranscriptTotals,
	TranscriptWindow,
} from './transcript.ts';

/** Where somebody is, as the page keeps it over a reload. */
export interface TranscriptPlace {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	/** The message at the upper edge; null for the beginning. */
	readonly messageId: MessageId | null;
}

export interface TranscriptHello {
	/** Where to begin: what the page kept, unless a person has just asked for another place. */
	readonly place: TranscriptPlace;
	/** The place was asked for by a link, a search hit or a command: show the message and mark it. */
	readonly isJump: boolean;
	readonly locale: string;
	readonly timeZone: string;
}

/** Names a part of an item: a text that was cut, or a picture. */
export interface ItemPart {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	readonly item: MessageId;
	readonly part: number;
}

export type SessionAction = 'file' | 'reveal' | 'copyId' | 'resume';

/** The longest text that a page may put on the clipboard or into a diff. */
export const longestCopy = 20_000_000;

/** Calls the page may make; the extension validates every argument. Those about a conversation fail as the engine's do. */
export interface TranscriptPageCalls {
	/** The page is (again) able to receive. */
	ready: { params: { readonly place: TranscriptPlace | null }; result: TranscriptHello };
	head: { params: TranscriptQuery; result: TranscriptHead };
	totals: { params: { readonly conversation: ConversationKey; readonly branch: BranchId }; result: TranscriptTotals };
	outline: { params: { readonly conversation: ConversationKey; readonly branch: BranchId }; result: TranscriptOutline };
	items: {
		params: { readonly conversation: ConversationKey; readonly branch: BranchId; readonly from: number; readonly count: number };
		result: TranscriptWindow;
	};
	text: { params: ItemPart & { readonly from: number }; result: { readonly text: string; readonly next: number | null } };
	image: { params: ItemPart; result: { readonly mediaType: string; readonly base64: string } };
	find: { params: FindQuery; result: FindAnswer };
	locate: {
		params: { readonly sessionId: string; readonly agentId: string | null; readonly messageId: MessageId };
		result: LocatedMessage | null;
	};
	/** An address on the web; VS Code asks before it opens one. */
	openLink: { params: { readonly address: string }; result: null };
	/** A file that the conversation names: absolute, or below the folder of the session. */
	openFile: { params: { readonly sessionId: string; readonly path: string; readonly line: number | null }; result: null };
	/** Two texts side by side in VS Code's own editor. */
	openDiff: { params: { readonly path: string; readonly before: string; readonly after: string }; result: null };
	copy: { params: { readonly text: string }; result: null };
	/** Items as Markdown, with whole texts: the page has only what was near. */
	copyItems: { params: ItemStretch & { readonly conversation: ConversationKey; readonly branch: BranchId }; result: null };
	copyLink: { params: { readonly conversation: ConversationKey; readonly messageId: MessageId | null }; result: null };
	/** Asks the person for the rest: format, what goes along, where to. Of a subagent, its session. */
	exportSession: { params: { readonly sessionId: string; readonly branch: BranchId }; result: null };
	session: { params: { readonly conversation: ConversationKey; readonly action: SessionAction }; result: null };
}

/** Nothing is lost when one does not arrive: the page asks for the head whenever it comes up. */
export interface TranscriptPageEvents {
	/** The conversation may have grown, or what is known of its session has changed. */
	changed: null;
	/** A person asked for this place in the page that is open already. */
	jump: TranscriptPlace;
}
