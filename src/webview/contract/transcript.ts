/**
 * A conversation as the transcript page shows it: its head, its outline, and windows of its items.
 *
 * A conversation is a tree of records, because a person can go back and say something else. What is shown is one *branch* of
 * it, a straight list of *items*, numbered from 0. `TranscriptHead` says how many there are and where the tree forks; the
 * items themselves are asked for in windows, and their texts are read from the transcript when they are.
 *
 * Everything that is text here was said by strangers: it is data to show, never markup to trust or a place to fetch from.
 */
import type { ConversationKey, MessageId, SubagentCard } from './conversation.ts';
import type { SessionRow, TokenCounts } from './sessions.ts';
import type { TranscriptItem } from './transcriptItems.ts';

/**
 * Names a branch for as long as the transcript only grows; null for the branch that was written to last. To choose another
 * one is to ask with the `branch` of a `ForkChoice`; below that choice it is again the one written to last.
 */
export type BranchId = string | null;

export interface TranscriptQuery {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	/** `revision` of the head that is on the screen, to be told what changed since; null at first. */
	readonly since: number | null;
}

export interface TranscriptHead {
	readonly conversation: ConversationKey;
	readonly session: SessionRow;
	/** Null for the main transcript. */
	readonly agent: SubagentCard | null;
	/** The conversation this subagent was started from, and the item's message there; null where that is not known. */
	readonly startedBy: MessagePlace | null;
	/** Grows whenever anything below may have changed. */
	readonly revision: number;
	/** First item that may differ from what stood there at revision `since`; all before it are the same. 0 when that is not known. */
	readonly changedFrom: number;
	/** The branch that is shown: the one that was asked for, unless there is none such. */
	readonly branch: BranchId;
	/** A branch was asked for that is no more (the file was rewritten); the one written to last is shown instead. */
	readonly isOtherBranch: boolean;
	readonly items: number;
	/** Where the tree forks along this branch, from the top; at most 200, the last ones. */
	readonly forks: readonly Fork[];
	/** Items that mark a compaction, from the top; at most 500, the last ones. */
	readonly compactions: readonly number[];
	/** Turns of this branch that begin with a prompt or a command, as the outline lists them. */
	readonly prompts: number;
	readonly file: TranscriptFile;
}

export interface TranscriptFile {
	/** Absolute path; null when there is no transcript of the session itself, only of its subagents. */
	readonly path: string | null;
	/**
	 * `here`: texts can be read. `gone`: the file was deleted; the items say what the index kept, without texts. `waiting`: it changed
	 * and is being read anew, so the conversation may be short or empty for a moment. `none`: there never was one.
	 */
	readonly state: 'here' | 'gone' | 'waiting' | 'none';
	/** How much of it is shown. */
	readonly bytes: number;
	/** Lines that could not be read as records. */
	readonly malformedLines: number;
}

/** Of this conversation alone, without its subagents; of records it owns (copied history counts where it was first said). */
export interface TranscriptTotals {
	readonly responses: number;
	readonly toolCalls: number;
	readonly tokens: TokenCounts;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	/** Items on this branch that were copied from another session (fork, resume). */
	readonly copiedItems: number;
	/** What the session's subagents cost together; null for a subagent, and where nothing has a price. */
	readonly subagentsCostUsd: number | null;
	readonly subagents: number;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
}

/** A place where the conversation goes on in several ways: a person went back and said something else. */
export interface Fork {
	/** The first item after the fork on the branch that is shown. */
	readonly item: number;
	/** In the order in which they were begun. */
	readonly choices: readonly ForkChoice[];
	/** Index of the one that is shown. */
	readonly selected: number;
}

export interface ForkChoice {
	readonly branch: string;
	/** How it begins; at most 200 characters. Null where that cannot be read. */
	readonly firstLine: string | null;
	readonly at: string | null;
	/** About how many items follow, with all that forks off below. */
	readonly items: number;
	/** Says again what the choice before it says: some versions of Claude Code wrote a conversation anew when it was resumed. */
	readonly isRepetition: boolean;
}

export interface MessagePlace {
	readonly conversation: ConversationKey;
	readonly messageId: MessageId;
}

export interface TranscriptWindow {
	/** Of the conversation these were taken from. When it is not that of the head on the screen, ask for the head again. */
	readonly revision: number;
	/** The first item below is this one. */
	readonly from: number;
	readonly items: readonly TranscriptItem[];
}

/** Items of a branch that follow each other. */
export interface ItemStretch {
	readonly from: number;
	readonly count: number;
}

/** No window has more. */
export const mostItemsAtOnce = 200;

/** The turns of a branch. What stands before the first prompt is a turn without one, if there is anything. */
export interface TranscriptOutline {
	readonly revision: number;
	readonly turns: readonly OutlineTurn[];
}

export interface OutlineTurn {
	/** Its prompt or command; for the turn without one, its first item. */
	readonly item: number;
	/** How many items it has, that one included. */
	readonly items: number;
	readonly messageId: MessageId;
	/** `made`: a prompt that nobody typed (an accepted plan, the task of a subagent). */
	readonly kind: 'prompt' | 'command' | 'made' | 'none';
	/** At most 200 characters; empty where there is no text or it cannot be read. */
	readonly firstLine: string;
	readonly at: string | null;
	/** From the prompt to the last thing that was said or done in the turn. */
	readonly durationMs: number | null;
	/** Input, output and cache together, subagents it started included. */
	readonly tokens: number;
	readonly costUsd: number | null;
	readonly toolCalls: number;
	/** Tool calls that failed, and API errors. */
	readonly errors: number;
	readonly isCorrection: boolean;
	readonly isInterrupted: boolean;
}

export interface FindQuery {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	/** Looked for as it stands, not as a pattern; white space is not folded. At most 1,000 characters. */
	readonly text: string;
	readonly matchCase: boolean;
	/** 0 at first, then `next` of the answer before. */
	readonly from: number;
}

/** What was found in a stretch of items. The engine answers after a short while, so that results come as they are found. */
export interface FindAnswer {
	readonly revision: number;
	readonly matches: readonly { readonly item: number; readonly count: number }[];
	/** Where to go on; null when all items were looked through. */
	readonly next: number | null;
}

/** Where a message stands: on which branch, as which item. */
export interface LocatedMessage {
	readonly conversation: ConversationKey;
	/** Null when it is on the branch that was written to last. */
	readonly branch: BranchId;
	readonly item: number;
}
