/** What the transcript page knows at a moment, and the two it speaks with: the extension and the list of items. */
import type { OtherEnd } from '../../messaging/channel.ts';
import type { MessageId } from '../contract/conversation.ts';
import type { TranscriptHead, TranscriptOutline, TranscriptTotals } from '../contract/transcript.ts';
import type { TranscriptPageCalls, TranscriptPageEvents, TranscriptPlace } from '../contract/transcriptPage.ts';
import { type FindState, noFind } from './finder.ts';
import type { SavedState } from './savedState.ts';

export type Extension = OtherEnd<TranscriptPageCalls, TranscriptPageEvents>;

/** What the list of items is told. */
export interface Scroll {
	/** `marks`: the row is shown for a moment as the one that was meant. */
	toItem(index: number, options: { readonly marks: boolean; readonly focus: boolean }): void;
	toEnd(): void;
	toMatch(item: number, occurrence: number): void;
	/** The item that somebody looks at. */
	current(): number;
}

export interface PageState {
	readonly saved: SavedState;
	readonly locale: string | undefined;
	readonly timeZone: string | undefined;
	/** Null until the extension has answered. */
	readonly head: TranscriptHead | null;
	/** What it comes to, and its prompts: both follow when the conversation is on the screen already. */
	readonly totals: TranscriptTotals | null;
	readonly outline: TranscriptOutline | null;
	/** Why the conversation could not be had; what is on the screen may be older. */
	readonly loadError: { readonly reason: string; readonly text: string } | null;
	/** Why something that the person asked for failed. */
	readonly actionError: string | null;
	readonly find: FindState;
	readonly findOpen: boolean;
	/** Items that came while somebody was reading further up. */
	readonly unseen: number;
	/** Message that was jumped to, while it is marked. */
	readonly marked: MessageId | null;
	/** Conversations that lead here, the first at the bottom. */
	readonly trail: readonly TranscriptPlace[];
	readonly copying: boolean;
	/** There is no room beside the conversation: the outline lies over it while somebody chooses. */
	readonly isNarrow: boolean;
	readonly narrowOutline: boolean;
}

export const emptyState = (saved: SavedState): PageState => ({
	saved,
	locale: undefined,
	timeZone: undefined,
	head: null,
	totals: null,
	outline: null,
	loadError: null,
	actionError: null,
	find: noFind,
	findOpen: false,
	unseen: 0,
	marked: null,
	trail: [],
	copying: false,
	isNarrow: false,
	narrowOutline: false,
});
