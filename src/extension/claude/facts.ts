/**
 * What reading a transcript yields: plain, readonly facts about the records of one file.
 *
 * Facts know nothing of SQL or sessions in a database; they are what `indexing/` turns into rows. All instants are
 * milliseconds since the epoch, UTC, or null where the record has none that can be read (IDX-8: never "now").
 * All places are byte offsets and lengths in the file, so that text can be shown without being stored twice (MODEL-3).
 */

/**
 * A 47-bit hash that stands for a uuid or another identifier (`keyOf`). Half the size of the text in every row and
 * index; a collision inside one pair of files is a matter of 1 in 10^8.
 */
export type Key = number;

/** What a record is in the conversation. One per record; see `docs/transcript-format.md` for which record becomes which. */
export type MessageType =
	| 'prompt' // typed by a person (also queued prompts, and feedback given with a denial)
	| 'command' // slash command or `!` command
	| 'tool_result'
	| 'interruption'
	| 'compact_summary'
	| 'context' // text the harness put in: meta records, reminders, attachments, notifications
	| 'answer' // assistant text
	| 'thinking'
	| 'tool_call'
	| 'api_error' // an assistant record that stands for an error, or a system api_error
	| 'compaction' // the boundary
	| 'notice'; // other system records

export interface MessageFact {
	/** Where the record's JSON begins and how long it is, without the newline. */
	readonly offset: number;
	readonly length: number;
	readonly type: MessageType;
	/** Of `forkedFrom.messageUuid` when present, else of `uuid`; null for records without one (queued prompts). */
	readonly key: Key | null;
	/** Offset of the nearest ancestor that is a message of this file, progress records passed over; null at a root, and where it is not in the file. */
	readonly parentOffset: number | null;
	/** The record says itself that it follows none. */
	readonly isRoot: boolean;
	readonly atMs: number | null;
	readonly model: string | null;
	readonly responseKey: Key | null;
	/** A stream that was cut off (`isAbortedMidStream`). */
	readonly isPartial: boolean;
	readonly isSidechain: boolean;
	readonly isMeta: boolean;
	/** The record stands in another file that owns it (MODEL-2); it counts nowhere here. */
	readonly isCopy: boolean;
	readonly isCorrection: boolean;
	/** Length in characters of the thinking text; 0 where only a signature was kept; null without a thinking block. */
	readonly thinkingLength: number | null;
	/**
	 * Words of a prompt, or of a slash command's arguments (runs between white space, wrappers taken off); of a `context` record the words
	 * of a prompt that nobody typed: an accepted plan, the task of a subagent. Null for everything else.
	 */
	readonly wordCount: number | null;
}

export type ToolStatus = 'pending' | 'ok' | 'error' | 'denied' | 'interrupted';

export interface ToolCallFact {
	/** Offset of the record that holds the `tool_use` block, and the block's index in it. */
	readonly offset: number;
	readonly block: number;
	readonly key: Key;
	/** It stands in an `agent_progress` record, and counts only where no record of its own does, in any file. */
	readonly isProgress: boolean;
	readonly name: string;
	/** What the call was about in one short line (command, pattern, URL, agent description); null when `filePath` says it all. At most 80 characters. */
	readonly summary: string | null;
	/** The file the call reads or changes, as written in the input. */
	readonly filePath: string | null;
	readonly startedMs: number | null;
	readonly isSidechain: boolean;
	readonly isCopy: boolean;
	/** The same tool with the same input as a call before it that failed and has not worked since (MODEL-4). */
	readonly isRetry: boolean;
}

/** The result of a call made earlier in the same file, possibly in an earlier reading. */
export interface ToolResultFact {
	readonly callOffset: number;
	readonly callBlock: number;
	readonly status: ToolStatus;
	readonly resultOffset: number;
	readonly resultLength: number;
	/** From the call's record to the result's, or the tool's own figure where it gives one. */
	readonly durationMs: number | null;
	/** First line of the error, at most 200 characters. */
	readonly errorText: string | null;
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
	/** Of a Task or Agent call: the subagent it started. */
	readonly agentId: string | null;
}

export interface Tokens {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

/**
 * One API answer as far as this file knows it. Facts of one key in one file merge (`mergeResponses`): figures of a record
 * beat those of a progress message, then the larger output counts, then the larger total, then the earlier fact; the time is
 * the earliest. A reader merges what lies close together, so nearly always the later fact simply replaces the earlier one.
 */
export interface ResponseFact {
	readonly key: Key;
	/** `record`: an assistant record. `progress`: stands only in an `agent_progress` record (MODEL-6). */
	readonly source: 'record' | 'progress';
	/** Time of the first of its records. */
	readonly firstMs: number | null;
	readonly model: string;
	readonly tokens: Tokens;
	readonly webSearches: number;
	/** `speed: "fast"`. */
	readonly isFast: boolean;
	readonly isSidechain: boolean;
}

export interface HookFact {
	readonly offset: number;
	readonly index: number;
	readonly event: string;
	readonly name: string | null;
	readonly command: string | null;
	readonly toolKey: Key | null;
	readonly outcome: 'success' | 'error' | 'blocked' | 'cancelled' | 'unknown';
	readonly exitCode: number | null;
	readonly durationMs: number | null;
	readonly errorText: string | null;
	readonly preventedContinuation: boolean;
	readonly atMs: number | null;
}

export interface PermissionFact {
	/** The call that was decided on, as in ToolCallFact. */
	readonly callOffset: number;
	readonly callBlock: number;
	readonly decision: 'allowed' | 'denied' | 'bypassed';
	readonly source: 'user' | 'rule' | 'classifier' | 'unavailable' | 'unknown';
	readonly reason: string | null;
	readonly atMs: number | null;
}

/** A chain record that carries nothing of its own (progress) and stands between two that do. */
export interface PassedFact {
	readonly key: Key;
	readonly parentOffset: number | null;
}

/** A `summary` record: the title of the conversation whose leaf it names, which may lie in another file. */
export interface SummaryFact {
	readonly offset: number;
	readonly leafKey: Key;
	readonly title: string;
}

/** A line that names tokens, whether or not it repeats others: what a program that adds up lines would count. */
export interface UsageLineFact {
	readonly atMs: number | null;
	readonly model: string;
	readonly tokens: Tokens;
}

export interface TranscriptFacts {
	readonly messages: MessageFact[];
	readonly toolCalls: ToolCallFact[];
	readonly toolResults: ToolResultFact[];
	readonly responses: ResponseFact[];
	/** Of records that another file owns: they count nowhere here, and say how much was copied. */
	readonly copiedResponses: ResponseFact[];
	readonly usageLines: UsageLineFact[];
	readonly hooks: HookFact[];
	readonly permissions: PermissionFact[];
	readonly passed: PassedFact[];
	readonly summaries: SummaryFact[];
}

/**
 * Everything counted over one file so far. Plain JSON: it is stored beside the file's row, and reading goes on from it.
 * Folding a file in any number of pieces gives the same summary as folding it at once. Copied records (MODEL-2) are
 * left out of every count and bound here, but not of `firstCwd`, titles and `origins`.
 */
export interface FileSummary {
	/** First `sessionId` in the file. */
	readonly sessionId: string | null;
	/** `agentId` of a subagent file. */
	readonly agentId: string | null;
	/** The first user or assistant record is a sidechain; null while there is none. */
	readonly firstIsSidechain: boolean | null;
	/** Sessions that records of this file name as their origin (`forkedFrom.sessionId`, or a `session_id` that differs). */
	readonly origins: readonly string[];
	/** `forkedFrom.messageUuid` of the last copied record: the message the fork began at. */
	readonly forkedAt: string | null;
	/** `parentUuid` of the first record of the chain: where the conversation came from, if another file has that record. */
	readonly firstParent: Key | null;
	/** Session whose plan this one carries out (path at the end of an accepted plan). */
	readonly planOf: string | null;
	/** First heading of the plan that this session carries out: nobody typed it, and it says what it is about. */
	readonly planTitle: string | null;
	readonly firstCwd: string | null;
	readonly lastGitBranch: string | null;
	readonly lastVersion: string | null;
	readonly firstEntrypoint: string | null;
	readonly sessionKind: string | null;
	readonly permissionMode: string | null;
	readonly slug: string | null;
	readonly customTitle: string | null;
	readonly aiTitle: string | null;
	readonly agentName: string | null;
	readonly lastPromptHint: string | null;
	/** Of all records, copied ones too: titles a copy. At most 200 characters. */
	readonly firstPromptOfAll: string | null;
	/** Of its own records, at most 200 characters. */
	readonly firstPrompt: string | null;
	readonly lastPrompt: string | null;
	readonly firstPromptWordCount: number | null;
	readonly firstMs: number | null;
	readonly lastMs: number | null;
	/** First instant of all chain records, copied ones too: decides ownership. */
	readonly firstMsOfAll: number | null;
	readonly messages: number;
	readonly userPrompts: number;
	readonly corrections: number;
	readonly interruptions: number;
	readonly compactions: number;
	readonly apiErrors: number;
	readonly toolErrors: number;
	readonly retries: number;
	readonly denials: number;
	readonly hookExecutions: number;
	/** Turns in which the main conversation edited a file; and those of them in which it edited one again after a check. */
	readonly editTurns: number;
	readonly retriedEditTurns: number;
	/** Commands that run tests. */
	readonly testRuns: number;
	readonly usedPlanMode: boolean;
	readonly slashCommands: Readonly<Record<string, number>>;
	readonly skills: Readonly<Record<string, number>>;
	readonly mcpServers: Readonly<Record<string, number>>;
	readonly pullRequests: readonly string[];
	/** What the last conversation record was: tells waiting from working. */
	readonly lastType: MessageType | null;
	readonly lines: number;
	readonly malformedLines: number;
	readonly gluedLines: number;
	readonly oversizedLines: number;
	/** Types (and `type:subtype`) absent from the format reference, with how often they stood here. */
	readonly unknownTypes: Readonly<Record<string, number>>;
	/** Responses without a model call (`<synthetic>`). */
	readonly syntheticResponses: number;
}
