/** One item of a conversation: what a record of the transcript shows, with the records that belong to it joined. */
import type { MessageId } from './conversation.ts';
import type { TokenCounts } from './sessions.ts';
import type { ContentBlock, ItemText } from './transcriptText.ts';
import type { ToolUse } from './transcriptTools.ts';

interface ItemBase {
	/** Its number on the branch. */
	readonly index: number;
	readonly id: MessageId;
	/** Its record's first byte in the transcript. */
	readonly offset: number;
	readonly at: string | null;
	/** Number of the turn it belongs to, as in `TranscriptOutline.turns`. */
	readonly turn: number;
	/** The record was copied from another session (fork, resume); it counts there. */
	readonly isCopied: boolean;
	/** Said by a subagent inside the main transcript (before 2.0 they had no file of their own). */
	readonly isSidechain: boolean;
	/** Stands on the last item of a response. */
	readonly response: ItemResponse | null;
}

/** One answer of the model, over all of its records (MODEL-6). */
export interface ItemResponse {
	readonly model: string;
	readonly tokens: TokenCounts;
	/** Null when its price is not known. */
	readonly costUsd: number | null;
	readonly isFast: boolean;
	readonly webSearches: number;
	/** From what it answered to its last record. */
	readonly durationMs: number | null;
	/** False when it counts in another session, from which it was copied. */
	readonly isCounted: boolean;
}

export type TranscriptItem = ItemBase & ItemContent;

export type ItemContent =
	| PromptContent
	| CommandContent
	| AssistantContent
	| ResultContent
	| InterruptionContent
	| ErrorContent
	| CompactionContent
	| ContextContent
	| UnreadableContent;

/** What a person typed, or somebody in their place. */
export interface PromptContent {
	readonly kind: 'prompt';
	/** `plan`: an accepted plan that a new session carries out. `agent`: the task another agent gave to this one. */
	readonly from: 'person' | 'plan' | 'agent';
	/** Without the editor's tags and reminders that stood around it. Plain text, in which people write Markdown. */
	readonly text: ItemText;
	readonly attachments: readonly ContentBlock[];
	/** What the editor or the harness put beside it: opened files, selections, reminders. */
	readonly context: readonly Note[];
	/** Typed while Claude was working. */
	readonly isQueued: boolean;
	/** Typed into a "No" to a tool call. */
	readonly isFeedback: boolean;
	readonly isCorrection: boolean;
}

/** A slash command (`/review`) or a shell command typed with `!`. */
export interface CommandContent {
	readonly kind: 'command';
	readonly isShell: boolean;
	/** With its slash, or the shell's command line. */
	readonly name: string;
	readonly args: ItemText;
	/** What it printed, where the record itself holds that; otherwise it follows as a note. */
	readonly output: ItemText | null;
}

/** What the model wrote: usually one block, for each block of an answer is a record of its own. */
export interface AssistantContent {
	readonly kind: 'assistant';
	readonly blocks: readonly AssistantBlock[];
	/** The stream was cut off. */
	readonly isPartial: boolean;
}

export type AssistantBlock =
	| { readonly kind: 'answer'; /** Markdown. */ readonly markdown: ItemText }
	/** Empty where only a signature was kept: newer versions of Claude Code do not save what was thought. */
	| { readonly kind: 'thinking'; readonly text: ItemText; readonly isRedacted: boolean }
	| { readonly kind: 'tool'; readonly tool: ToolUse }
	| { readonly kind: 'content'; readonly block: ContentBlock };

/** Results of tools whose calls are not in the transcript. */
export interface ResultContent {
	readonly kind: 'result';
	readonly results: readonly { readonly isError: boolean; readonly content: readonly ContentBlock[] }[];
}

export interface InterruptionContent {
	readonly kind: 'interruption';
	/** While a tool ran, or while a permission was asked for. */
	readonly isForTool: boolean;
}

/** The API failed, or the client said so in the model's place. */
export interface ErrorContent {
	readonly kind: 'error';
	readonly text: ItemText;
	/** `rate_limit`, `authentication_failed` … and the HTTP status; null where the record does not say. */
	readonly type: string | null;
	readonly status: number | null;
	/** Which try it was, of how many, and how long the client waited. */
	readonly attempt: number | null;
	readonly maxAttempts: number | null;
	readonly retryMs: number | null;
}

/** The conversation so far was replaced by a summary. */
export interface CompactionContent {
	readonly kind: 'compaction';
	readonly trigger: 'auto' | 'manual' | null;
	readonly tokensBefore: number | null;
	readonly tokensAfter: number | null;
	readonly durationMs: number | null;
	/** Markdown; null where it does not follow. */
	readonly summary: ItemText | null;
}

/** What nobody said: reminders, results of hooks, notices of the client. Several that follow each other are one item. */
export interface ContextContent {
	readonly kind: 'context';
	readonly notes: readonly Note[];
}

export interface Note {
	readonly id: MessageId;
	readonly at: string | null;
	readonly kind: NoteKind;
	/** Name of the hook, the file, the reminder, as the record has it; empty where it has none. */
	readonly name: string;
	readonly text: ItemText;
	readonly isError: boolean;
	/** The file that was opened, attached or changed. */
	readonly filePath: string | null;
	readonly durationMs: number | null;
}

export type NoteKind =
	| 'hook' // a hook ran, or said something
	| 'file' // a file, folder or selection that was attached or opened
	| 'reminder' // of the harness to the model
	| 'skill' // the text of a skill
	| 'output' // what a command printed
	| 'notification' // a background task or another agent reported
	| 'notice' // of the client to the person
	| 'recap' // after a time away
	| 'turn' // how long the turn took
	| 'other';

/** The record is not what it was, or is not there: what the index knows of it. */
export interface UnreadableContent {
	readonly kind: 'unreadable';
	/** `gone`: the file was deleted. `changed`: it was rewritten and is being read anew. `too-large`: see `mostRecordBytes`. `failed`: it could not be read. */
	readonly reason: 'gone' | 'changed' | 'too-large' | 'failed';
	/** What it was. */
	readonly was: 'prompt' | 'command' | 'answer' | 'thinking' | 'tool' | 'error' | 'compaction' | 'interruption' | 'other';
	readonly bytes: number;
	/** Tool calls of it, as the index has them. */
	readonly tools: readonly { readonly name: string; readonly summary: string | null; readonly filePath: string | null }[];
}

/** Larger records are not read. */
export const mostRecordBytes = 32_000_000;
