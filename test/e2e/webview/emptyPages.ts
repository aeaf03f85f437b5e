/** What the pages say where there is no session. */
import type { InsightsPages } from '../../../src/webview/contract/insights.ts';
import { unsorted } from './classified.ts';

const nothing = { now: 0, before: 0 };
const noTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const noShares = { total: 0, rows: [] };

/** Of a period or a choice of filters without a session. */
export const emptyPages: InsightsPages = {
	overview: {
		totals: {
			sessions: nothing,
			activeMs: nothing,
			userPrompts: nothing,
			responses: nothing,
			toolCalls: nothing,
			tokens: nothing,
			costUsd: nothing,
			tokenCounts: noTokens,
			unpricedTokens: 0,
			unpricedModels: [],
		},
		days: [],
		daysAre: 'days',
		calendar: { first: '2025-11-16', last: '2026-11-21', days: [] },
		hours: [],
		streaks: { current: null, longest: null, activeDays: 0 },
		longest: [],
		costliest: [],
	},
	cost: {
		costUsd: nothing,
		tokens: nothing,
		perActiveDayUsd: null,
		perSessionUsd: null,
		answeredSessions: 0,
		days: [],
		daysAre: 'days',
		dayModels: [],
		models: [],
		projects: noShares,
		branches: noShares,
		categories: noShares,
		cache: {
			hitRate: null,
			readTokens: 0,
			writeTokens5m: 0,
			writeTokens1h: 0,
			readUsd: 0,
			savedByReadsUsd: 0,
			writeUsd: 0,
			extraForWritesUsd: 0,
			savedUsd: 0,
		},
		blocks: { blocks: [], total: 0, current: null, costliestUsd: null, medianUsd: null },
		subagents: { sessions: 0, responses: 0, tokens: 0, costUsd: 0, share: null, byModel: [] },
		budgets: [],
		unpriced: [],
		reconciliation: { steps: [], unpricedTokens: 0 },
	},
	categories: unsorted,
	patterns: { sessions: 0, minimum: 30, comparisons: 0, patterns: [], withheld: [] },
	tools: {
		calls: 0,
		errors: 0,
		denied: 0,
		retries: 0,
		tools: [],
		errorKinds: [],
		slowest: [],
		files: { total: 0, rows: [] },
		readToEdit: { reads: 0, edits: 0, ratio: null },
		commands: [],
		skills: [],
		mcpServers: [],
		apiErrors: { errors: 0, sessions: 0 },
	},
	jobs: { classificationRuns: [], spending: [], runs: [], unknownRecordTypes: {}, malformedLines: 0 },
};
