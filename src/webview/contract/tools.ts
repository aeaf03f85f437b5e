/** What the page of tools and files says: calls of the period, in sessions that pass the filters, subagents' among them. */
import type { MessageInSession } from './conversation.ts';

export interface ToolRow {
	readonly tool: string;
	/** Of an MCP tool; null for Claude Code's own. */
	readonly mcpServer: string | null;
	readonly sessions: number;
	readonly calls: number;
	readonly errors: number;
	readonly denied: number;
	readonly interrupted: number;
	/** The same call again after it failed (MODEL-4). */
	readonly retries: number;
	/** Milliseconds, of the calls whose duration is known; null without one. What the tool says of its run; else from call to result, waiting for permission included. */
	readonly meanMs: number | null;
	readonly longestMs: number | null;
}

/** What went wrong, as far as the text of the error tells. */
export const toolErrorKinds = [
	'notRead',
	'notFound',
	'noMatch',
	'changedMeanwhile',
	'commandFailed',
	'timedOut',
	'notPermitted',
	'invalidInput',
	'tooLarge',
	'network',
	'mcp',
	'cancelled',
	'other',
] as const;
export type ToolErrorKind = (typeof toolErrorKinds)[number];

export interface ToolErrorRow {
	readonly error: ToolErrorKind;
	readonly errors: number;
	readonly sessions: number;
	/** The tools it happened to, the most frequent first, at most 5. */
	readonly tools: readonly { readonly tool: string; readonly errors: number }[];
}

/** A single call that took long: the longest of its tool and session. */
export interface SlowCall {
	readonly sessionId: string;
	readonly sessionTitle: string;
	readonly tool: string;
	/** What it was about in one line; text of strangers. */
	readonly summary: string | null;
	readonly startedAt: string | null;
	readonly durationMs: number;
	/** Where it stands; null when it is not in the index any more. */
	readonly message: MessageInSession | null;
}

export interface EditedFile {
	/** As the calls name it. */
	readonly path: string;
	/** That edited it. */
	readonly sessions: number;
	readonly edits: number;
	/** In these sessions. */
	readonly reads: number;
}

/** How often something was used by name. */
export interface NameCount {
	readonly name: string;
	readonly uses: number;
	readonly sessions: number;
}

export interface McpServerRow extends NameCount {
	readonly errors: number;
	/** How many of its tools were called. */
	readonly tools: number;
}

export interface ToolsFigures {
	readonly calls: number;
	readonly errors: number;
	readonly denied: number;
	readonly retries: number;
	/** With most calls first. */
	readonly tools: readonly ToolRow[];
	/** The most frequent first. */
	readonly errorKinds: readonly ToolErrorRow[];
	/** At most 10. */
	readonly slowest: readonly SlowCall[];
	/** Most edits first, at most 30. Of whole sessions worked on in the period. */
	readonly files: { readonly total: number; readonly rows: readonly EditedFile[] };
	/** Successful reads and edits of files, of whole sessions worked on in the period; `ratio` is reads to edits, null without edits. */
	readonly readToEdit: { readonly reads: number; readonly edits: number; readonly ratio: number | null };
	/** Of whole sessions worked on in the period, each the most used first, at most 30. */
	readonly commands: readonly NameCount[];
	readonly skills: readonly NameCount[];
	/** By the calls of the period. */
	readonly mcpServers: readonly McpServerRow[];
	/** Answers of the API that were errors, of whole sessions worked on in the period. */
	readonly apiErrors: { readonly errors: number; readonly sessions: number };
}
