/**
 * Sessions as lists show them, and what may be asked of a list.
 *
 * The files of this folder are the only ones that both sides import: what the pages and the extension say to each other.
 * Plain data: everything survives structured cloning and JSON. Instants are ISO 8601 in UTC with `Z`; days are `YYYY-MM-DD`
 * in the viewer's own time zone (IDX-8); money is US dollars; a null cost means that nothing of it has a known price.
 */

import type { SessionSelector } from './selectors.ts';

export interface TokenCounts {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

export type SessionMode = 'interactive' | 'background' | 'forked';

/** LIVE-1. */
export type SessionStatus = 'not_started' | 'processing' | 'waiting_for_input' | 'error' | 'completed';

/** `code_work`, `bug_fix`, `logic-fix`: names of the taxonomy, of which no two are the same, whatever their level. */
export type CategoryName = string;

/** What a session is about, and who says so (CLS-2, CLS-3). */
export interface CategoryRow {
	readonly l1: CategoryName;
	readonly l2: CategoryName;
	readonly l3: CategoryName;
	/** From 0 to 1. */
	readonly confidence: number;
	readonly kind: 'rules' | 'model' | 'person';
	/** `rules@1`, `claude-cli/haiku@1` (provider, model, version of the prompt) or `person`. */
	readonly source: string;
	/** Of a model; null where none was given. */
	readonly reasoning: string | null;
	readonly classifiedAt: string | null;
	/** A model sorted it before it grew. */
	readonly isStale: boolean;
}

/** One session as lists show it. */
export interface SessionRow {
	readonly id: string;
	/** The name a person gave it, else the one of its transcript. */
	readonly title: string;
	readonly project: string;
	/** Real path of the folder it belongs to; null when no record names one. */
	readonly cwd: string | null;
	readonly gitBranch: string | null;
	readonly mode: SessionMode;
	readonly status: SessionStatus;
	readonly parentSessionId: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly activeMs: number;
	readonly userPrompts: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly subagents: number;
	readonly compactions: number;
	readonly interruptions: number;
	readonly corrections: number;
	readonly tokens: TokenCounts;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	readonly models: readonly string[];
	readonly version: string | null;
	readonly entrypoint: string | null;
	readonly malformedLines: number;
	/** The transcript is gone from disk; what is shown is what the index kept. */
	readonly gone: boolean;
	/** Only subagents of it are on disk (MODEL-1). */
	readonly stub: boolean;
	/** Absolute path of the transcript; null for stubs. */
	readonly file: string | null;
	/** Null until the rules have seen it: a moment after it was indexed. */
	readonly category: CategoryRow | null;
	/** A person's name for it; null for none. */
	readonly givenTitle: string | null;
	readonly isPinned: boolean;
	/** A person does not want it in lists; it counts in every figure all the same. */
	readonly isHidden: boolean;
	/** A person's words about it. */
	readonly note: string | null;
	/** A person's, by name. */
	readonly tags: readonly string[];
}

export interface SubagentRow {
	readonly agentId: string;
	readonly sessionId: string;
	readonly agentType: string | null;
	readonly description: string | null;
	readonly startedAt: string | null;
	readonly responses: number;
	readonly toolCalls: number;
	readonly costUsd: number | null;
	readonly file: string;
}

export type TimeRange = 'today' | '7d' | '30d' | '90d' | '365d' | 'all';

/** `workspace`: the folders of the window, folders below them and worktrees of the same repository (IDX-1). */
export type Scope = 'workspace' | 'all';

export type SessionSortKey =
	'startedAt' | 'title' | 'project' | 'costUsd' | 'tokens' | 'responses' | 'userPrompts' | 'toolCalls' | 'activeMs';

/** Local days, both included. */
export interface DaySpan {
	readonly first: string;
	readonly last: string;
}

/**
 * What the insights are about. Every filter holds on every page; absent or null, it lets everything through. A session passes
 * when it passes all of them. `model` passes sessions that used the model, and of tokens and cost only what that model came to.
 */
export interface InsightsQuery {
	readonly scope: Scope;
	/** Whole local days up to and with today. */
	readonly range: TimeRange;
	/** Days a person chose; they stand in the place of `range`. */
	readonly days?: DaySpan | null;
	/** Path of the project; empty for sessions that belong to none. */
	readonly project?: string | null;
	/** The branch a session ended on; empty for none. */
	readonly branch?: string | null;
	readonly model?: string | null;
	/** Of any level. */
	readonly category?: CategoryName | null;
	readonly mode?: SessionMode | null;
}

export interface SessionPageQuery extends InsightsQuery {
	/** Only the sessions a figure is made of; absent or null for all that pass the filters. */
	readonly selector?: SessionSelector | null;
	readonly sort: SessionSortKey;
	readonly descending: boolean;
	/** Words that title, branch, project or first prompt must contain. */
	readonly filter: string;
	readonly offset: number;
	/** At most 200. */
	readonly limit: number;
}

export interface SessionPage {
	readonly query: SessionPageQuery;
	readonly total: number;
	/** Of the sessions behind the figure, whatever the words: those that figures of sessions leave out, because only their subagents are there. */
	readonly uncounted: number;
	readonly rows: readonly SessionRow[];
}
