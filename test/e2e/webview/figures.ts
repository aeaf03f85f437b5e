/** What the pages of the panel say of the made-up history. Not one figure follows from another; each is one that could be. */
import type { InsightsPages, JobsFigures } from '../../../src/webview/contract/insights.ts';
import { runs, sorted, spending, unsorted } from './classified.ts';
import { cost } from './costFigures.ts';
import { dayBefore, today, tokens } from './madeUp.ts';
import { figure, overview } from './overviewFigures.ts';
import { patterns } from './patternFigures.ts';
import { tools } from './toolFigures.ts';

export const jobs: JobsFigures = {
	classificationRuns: runs,
	spending,
	runs: [
		{
			id: 'run-3',
			type: 'incremental',
			status: 'completed',
			startedAt: `${today}T14:02:11.000Z`,
			completedAt: `${today}T14:02:11.180Z`,
			durationMs: 180,
			filesRead: 2,
			bytesRead: 48_213,
			sessionsBefore: 1_204,
			sessionsAfter: 1_204,
			throughputMBPerSec: 0.27,
			error: null,
		},
		{
			id: 'run-2',
			type: 'deep',
			status: 'failed',
			startedAt: `${today}T09:30:00.000Z`,
			completedAt: null,
			durationMs: 2_400,
			filesRead: 12,
			bytesRead: 8_120_000,
			sessionsBefore: 1_201,
			sessionsAfter: 1_201,
			throughputMBPerSec: null,
			error: 'The disk is full',
		},
		{
			id: 'run-1',
			type: 'full',
			status: 'completed',
			startedAt: '2026-11-18T08:00:00.000Z',
			completedAt: '2026-11-18T08:00:09.000Z',
			durationMs: 9_310,
			filesRead: 2_311,
			bytesRead: 2_140_000_000,
			sessionsBefore: 0,
			sessionsAfter: 1_201,
			throughputMBPerSec: 229.8,
			error: null,
		},
	],
	unknownRecordTypes: { 'voice-note': 14, checkpoint2: 3 },
	malformedLines: 4,
};

export const fullPages: InsightsPages = { overview, cost, categories: sorted, patterns, tools, jobs };

const nothing = figure(0, 0);
const noTokens = tokens(0);
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
		calendar: { first: dayBefore(today, 370), last: today, days: [] },
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
	patterns: { sessions: 0, minimum: 20, comparisons: 0, patterns: [], withheld: [] },
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
