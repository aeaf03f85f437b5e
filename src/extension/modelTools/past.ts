/** Where the answers come from: what the engine of a window knows, or what it has saved. */
import type { SearchAnswer } from '../../webview/contract/search.ts';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { UsageGroup } from './definitions.ts';

/** One session with what was asked and done in it. */
export interface PastSession {
	readonly row: SessionRow;
	/** The person's first prompts, oldest first, wrappers taken off. */
	readonly prompts: readonly string[];
	/** Names with at most two folders above them, most edited first. */
	readonly filesEdited: readonly string[];
	readonly filesRead: number;
	/** Tool and number of calls, most used first. */
	readonly tools: readonly (readonly [name: string, calls: number])[];
	/** What was run in a shell, oldest first, without repetitions. */
	readonly shellCommands: readonly string[];
	readonly linesAdded: number;
	readonly linesRemoved: number;
	readonly toolErrors: number;
}

export interface PastUsageRow {
	/** A model, a local day, a project or a category; empty for none. */
	readonly name: string;
	readonly responses: number;
	readonly tokens: number;
	/** US dollars; null when nothing of it has a known price. */
	readonly costUsd: number | null;
}

export interface PastUsage {
	readonly firstDay: string;
	readonly lastDay: string;
	readonly timeZone: string;
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	/** The costliest first; days in their order. */
	readonly rows: readonly PastUsageRow[];
}

/** Everything is of the scope that a person allowed. */
export interface Past {
	/** In a sentence: "the workspace (shop)", "all projects". */
	readonly scopeLabel: string;
	/** Sessions of this machine that are in the index, and that were found and are not in it yet. */
	readonly extent: { readonly indexed: number; readonly unread: number };
	/** Rejects with `search-off` where there is no search index. */
	search(query: string, limit: number, signal: AbortSignal): Promise<SearchAnswer>;
	/** Null for a session outside the scope, too. */
	session(sessionId: string, prompts: number): Promise<PastSession | null>;
	/** Null for a day takes the last 30 days, or up to today. */
	usage(since: string | null, until: string | null, by: UsageGroup): PastUsage;
}
