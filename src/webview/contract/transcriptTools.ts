/** A call of a tool with its result, in the form of its tool. */
import type { SubagentCard } from './conversation.ts';
import type { ContentBlock, ItemText } from './transcriptText.ts';

export interface ToolUse {
	/** `tool_use.id`; empty where the record has none. */
	readonly id: string;
	/** As the model wrote it; of an MCP tool `mcp__server__tool`. */
	readonly name: string;
	/** The call in one line (command, pattern, address); null when `filePath` says it all. */
	readonly summary: string | null;
	readonly filePath: string | null;
	/** `pending`: no result is in the transcript (yet). */
	readonly status: 'pending' | 'ok' | 'error' | 'denied' | 'interrupted';
	readonly startedAt: string | null;
	readonly durationMs: number | null;
	/** Same tool and input as a call before it that failed. */
	readonly isRetry: boolean;
	/** First line of the error. */
	readonly error: string | null;
	/** Who decided that it may run or not, where the transcript shows it. */
	readonly permission: ToolPermission | null;
	readonly hooks: readonly ToolHook[];
	/** What was asked for and what came of it, as that tool has it. Holds what of the result can be shown better than as text. */
	readonly detail: ToolDetail;
	/** What the model was told, where `detail` does not show all of it: errors, pictures, results in another form. Empty while pending. */
	readonly result: readonly ContentBlock[];
	/** Of the whole output, when it was too long for the transcript; it may have been deleted since. */
	readonly outputFile: string | null;
}

export interface ToolPermission {
	readonly decision: 'allowed' | 'denied' | 'bypassed';
	readonly source: 'user' | 'rule' | 'classifier' | 'unavailable' | 'unknown';
	readonly reason: string | null;
}

export interface ToolHook {
	readonly event: string;
	readonly command: string | null;
	readonly outcome: 'success' | 'error' | 'blocked' | 'cancelled' | 'unknown';
	readonly durationMs: number | null;
	readonly error: string | null;
}

export type ToolDetail =
	| EditDetail
	| ReadDetail
	| ShellDetail
	| SearchDetail
	| TodosDetail
	| TaskDetail
	| PlanDetail
	| WebDetail
	| QuestionsDetail
	| AgentDetail
	| SkillDetail
	| McpDetail
	| OtherDetail;

/** Edit, MultiEdit, Write, NotebookEdit. */
export interface EditDetail {
	readonly kind: 'edit';
	readonly filePath: string;
	readonly isNewFile: boolean;
	/** The changes with lines around them and line numbers, where the transcript has them. They were made when `status` is `ok`. */
	readonly hunks: readonly DiffHunk[];
	/** What was to be replaced by what, as the model wrote it: for calls without hunks. Of a whole file written, `oldText` is null. */
	readonly replacements: readonly { readonly oldText: ItemText | null; readonly newText: ItemText; readonly isEvery: boolean }[];
	readonly linesAdded: number | null;
	readonly linesRemoved: number | null;
	/** A person changed it before it was saved. */
	readonly isUserModified: boolean;
	/** There were more hunks, or longer ones, than are given. */
	readonly isCut: boolean;
}

export interface DiffHunk {
	readonly oldStart: number;
	readonly oldLines: number;
	readonly newStart: number;
	readonly newLines: number;
	/** Each begins with ` `, `-`, `+` or `\`, without its newline. */
	readonly lines: readonly string[];
}

/** Read, NotebookRead. */
export interface ReadDetail {
	readonly kind: 'read';
	readonly filePath: string;
	/** Null for the whole file. */
	readonly startLine: number | null;
	readonly lines: number | null;
	readonly totalLines: number | null;
	/** Without the line numbers that the model sees; null for pictures, and where the transcript has no copy. */
	readonly content: ItemText | null;
	readonly isUnchanged: boolean;
}

/** Bash, PowerShell. */
export interface ShellDetail {
	readonly kind: 'shell';
	readonly command: ItemText;
	readonly description: string | null;
	/** With escapes of colours, as it was printed. Null while pending. */
	readonly output: ItemText | null;
	readonly errorOutput: ItemText | null;
	/** Null where it is not known: success is not written down, so 0 is told only for calls that went well. */
	readonly exitCode: number | null;
	/** It went on in the background under this id. */
	readonly backgroundId: string | null;
	/** What a code means that is no failure ("No matches found"). */
	readonly meaning: string | null;
}

/** Grep, Glob, LS, ToolSearch. */
export interface SearchDetail {
	readonly kind: 'search';
	readonly pattern: string;
	readonly path: string | null;
	/** Other inputs, as `name: value`. */
	readonly options: readonly string[];
	/** Null while pending and where it is not said. */
	readonly count: number | null;
	/** At most 500. */
	readonly files: readonly string[];
	readonly content: ItemText | null;
	readonly isTruncated: boolean;
}

/** TodoWrite. */
export interface TodosDetail {
	readonly kind: 'todos';
	readonly todos: readonly {
		readonly text: string;
		readonly status: 'pending' | 'in_progress' | 'completed';
		readonly isChanged: boolean;
	}[];
}

/** TaskCreate, TaskUpdate, TaskList, TaskGet. */
export interface TaskDetail {
	readonly kind: 'task';
	readonly action: 'create' | 'update' | 'list';
	readonly tasks: readonly {
		readonly id: string | null;
		readonly subject: string | null;
		readonly description: string | null;
		readonly status: string | null;
	}[];
}

/** ExitPlanMode. Markdown; it was accepted when `status` is `ok`. */
export interface PlanDetail {
	readonly kind: 'plan';
	readonly plan: ItemText;
	readonly filePath: string | null;
}

/** WebFetch, WebSearch. Addresses are text: nothing is fetched from them. */
export interface WebDetail {
	readonly kind: 'web';
	readonly url: string | null;
	readonly query: string | null;
	readonly prompt: ItemText | null;
	readonly statusCode: number | null;
	readonly bytes: number | null;
	/** Markdown. */
	readonly answer: ItemText | null;
	readonly links: readonly { readonly title: string; readonly url: string }[];
}

/** AskUserQuestion. */
export interface QuestionsDetail {
	readonly kind: 'questions';
	readonly questions: readonly {
		readonly question: string;
		readonly header: string | null;
		readonly options: readonly { readonly label: string; readonly description: string | null; readonly isChosen: boolean }[];
		/** What the person wrote or chose; null while unanswered. */
		readonly answer: string | null;
	}[];
}

/** Task, Agent. */
export interface AgentDetail {
	readonly kind: 'agent';
	readonly agentType: string | null;
	readonly description: string | null;
	readonly prompt: ItemText;
	/** Its own conversation; null where it has none on disk. */
	readonly subagent: SubagentCard | null;
	/** What it reported. Markdown; null while it works, and for one in the background. */
	readonly answer: ItemText | null;
	readonly isBackground: boolean;
	readonly totalTokens: number | null;
	readonly toolCalls: number | null;
}

export interface SkillDetail {
	readonly kind: 'skill';
	readonly skill: string;
	readonly args: string | null;
}

export interface McpDetail {
	readonly kind: 'mcp';
	readonly server: string;
	readonly tool: string;
	/** JSON, indented. */
	readonly input: ItemText;
}

export interface OtherDetail {
	readonly kind: 'other';
	/** JSON, indented. */
	readonly input: ItemText;
}
