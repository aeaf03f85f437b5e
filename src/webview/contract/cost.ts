/** What the cost page says. Money is US dollars, of the period and the filters unless it says otherwise. */
import type { TokenCounts } from './sessions.ts';
import type { Figure } from './overview.ts';

export interface ModelRow {
	readonly model: string;
	readonly responses: number;
	readonly tokens: TokenCounts;
	/** Null when its price is not known. */
	readonly costUsd: number | null;
}

/** What a project, a branch, a category or a model came to. */
export interface CostShare {
	/** For the selector and the filter: path, name, category of level 3; empty for sessions without one. */
	readonly key: string;
	readonly label: string;
	/** With an answer in the period. */
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
}

/** A local day (or a week by its Monday) with its cost by model. */
export interface CostDay {
	readonly day: string;
	readonly costUsd: number;
	/** In the order of `dayModels`. */
	readonly byModel: readonly number[];
}

/** What caching changed against sending everything uncached, of models with a known price. */
export interface CacheFigures {
	/** Share of the input tokens, of all models, that came out of the cache, 0 to 1; null without input. */
	readonly hitRate: number | null;
	readonly readTokens: number;
	readonly writeTokens5m: number;
	readonly writeTokens1h: number;
	/** Paid for reading from the cache. */
	readonly readUsd: number;
	/** What the tokens read would have cost as input, less `readUsd`. */
	readonly savedByReadsUsd: number;
	/** Paid for writing to the cache. */
	readonly writeUsd: number;
	/** `writeUsd` less what the same tokens would have cost as input. */
	readonly extraForWritesUsd: number;
	/** `savedByReadsUsd` less `extraForWritesUsd`: negative when caching cost more than it saved. */
	readonly savedUsd: number;
}

/**
 * Five hours from the whole hour (UTC) of their first answer on; a new one begins with the first answer after its end, or after
 * five hours without any. That is how usage limits are counted as far as it is known; no limit is claimed. Over everything in
 * scope: limits know no project, so of the filters only the scope holds.
 */
export interface UsageBlock {
	readonly startedAt: string;
	readonly endsAt: string;
	/** To the quarter of an hour, downwards. */
	readonly firstAt: string;
	readonly lastAt: string;
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number;
	/** An answer in the last five hours, and its end not reached. */
	readonly isActive: boolean;
}

export interface BlockFigures {
	/** Of the period, newest first, at most 60. */
	readonly blocks: readonly UsageBlock[];
	readonly total: number;
	/** The one going on, with its pace; null when none is. */
	readonly current: {
		readonly block: UsageBlock;
		/** From its first answer to now, at least one minute. */
		readonly elapsedMinutes: number;
		readonly remainingMinutes: number;
		readonly tokensPerMinute: number;
		readonly costUsdPerHour: number;
		/** At its end, were it to go on at this pace. */
		readonly projectedTokens: number;
		readonly projectedCostUsd: number;
	} | null;
	/** Cost of the costliest and the median block of the period; null without blocks. */
	readonly costliestUsd: number | null;
	readonly medianUsd: number | null;
}

export interface SubagentCost {
	/** Sessions with subagents. */
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number;
	/** Of the whole cost, 0 to 1; null when nothing cost anything. */
	readonly share: number | null;
	readonly byModel: readonly {
		readonly model: string;
		readonly responses: number;
		readonly tokens: number;
		readonly costUsd: number | null;
	}[];
}

export type BudgetPeriod = 'daily' | 'weekly' | 'monthly';

/** A budget of the settings and what was spent of it: over all projects and models, whatever the filters. */
export interface BudgetState {
	readonly period: BudgetPeriod;
	/** First and last local day; weeks begin on Monday. */
	readonly first: string;
	readonly last: string;
	readonly limitUsd: number;
	readonly spentUsd: number;
	/** 0 to 1 of the limit, past which a person is warned. */
	readonly threshold: number;
	readonly state: 'within' | 'near' | 'over';
	/** At the end of the period, at the pace so far; null on its first day. */
	readonly projectedUsd: number | null;
}

export interface UnpricedModel {
	readonly model: string;
	readonly sessions: number;
	readonly responses: number;
	readonly tokens: TokenCounts;
}

/**
 * From what adding up every line gives to the figures of this product, one rule at a time. Each step says what stands after it;
 * the last one is the total of the page.
 */
export type ReconciliationStepName =
	/** Every line of the sessions' own transcripts that names tokens, each at short cache rates. */
	| 'lines'
	/** One answer counts once in a file, however many lines it takes; of its lines the one with the largest output. */
	| 'responses'
	/** An answer that stands in several transcripts counts in one. */
	| 'files'
	/** What was written to the cache for an hour costs twice the input price, not 1.25 times. */
	| 'cacheTiers'
	/** What subagents used, whose transcripts lie beside the session's. */
	| 'subagents'
	/** Long contexts, fast mode and web searches have prices of their own. */
	| 'rates';

export interface ReconciliationStep {
	readonly step: ReconciliationStepName;
	/** Lines for `lines`, answers after it. */
	readonly count: number;
	readonly tokens: number;
	readonly costUsd: number;
	/** Against the step before; null for the first. */
	readonly tokensChange: number | null;
	readonly costChangeUsd: number | null;
}

export interface Reconciliation {
	readonly steps: readonly ReconciliationStep[];
	/** Within the last step's tokens: those of models without a known price, which no step's cost has. */
	readonly unpricedTokens: number;
}

export interface CostFigures {
	readonly costUsd: Figure;
	readonly tokens: Figure;
	/** Mean over the days of the period with any cost; null without. */
	readonly perActiveDayUsd: number | null;
	/** Of sessions with an answer in the period; null without. */
	readonly perSessionUsd: number | null;
	/** Sessions that the cost is shared by: all that used a model, also those that figures of sessions leave out. */
	readonly answeredSessions: number;
	readonly days: readonly CostDay[];
	readonly daysAre: 'days' | 'weeks';
	/** At most 7, the costliest of the period first; a null at the end stands for all others together. */
	readonly dayModels: readonly (string | null)[];
	readonly models: readonly ModelRow[];
	/** Each the costliest first; at most 50, with how many there are. */
	readonly projects: ShareList;
	readonly branches: ShareList;
	readonly categories: ShareList;
	readonly cache: CacheFigures;
	readonly blocks: BlockFigures;
	readonly subagents: SubagentCost;
	/** One for each budget that is set. */
	readonly budgets: readonly BudgetState[];
	readonly unpriced: readonly UnpricedModel[];
	readonly reconciliation: Reconciliation;
}

export interface ShareList {
	readonly total: number;
	readonly rows: readonly CostShare[];
}
