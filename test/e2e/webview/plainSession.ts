/** The row of a session with nothing remarkable about it: tests say what is. */
import type { CategoryRow, SessionRow } from '../../../src/webview/contract/sessions.ts';
import { opus } from '../../support/workingYear/plan.ts';

export function plainSession(change: Partial<SessionRow> = {}): SessionRow {
	return {
		id: '5e55107a-0000-4000-8000-000000000002',
		title: 'Write tests for the date parser',
		project: 'ledger-api',
		cwd: '/home/ada/work/ledger-api',
		gitBranch: 'main',
		mode: 'interactive',
		status: 'completed',
		parentSessionId: null,
		startedAt: '2026-11-20T09:14:07.120Z',
		endedAt: '2026-11-20T09:41:55.300Z',
		activeMs: 1_404_000,
		userPrompts: 4,
		responses: 38,
		toolCalls: 31,
		subagents: 1,
		compactions: 0,
		interruptions: 0,
		corrections: 0,
		tokens: { input: 310, output: 16_400, cacheRead: 2_210_000, cacheWrite5m: 0, cacheWrite1h: 118_000 },
		costUsd: 2.71,
		unpricedTokens: 0,
		models: [opus],
		version: '2.1.220',
		entrypoint: 'cli',
		malformedLines: 0,
		gone: false,
		stub: false,
		file: '/home/ada/.claude/projects/-home-ada-work-ledger-api/5e55107a-0000-4000-8000-000000000002.jsonl',
		category: plainCategory(),
		givenTitle: null,
		isPinned: false,
		isHidden: false,
		note: null,
		tags: [],
		...change,
	};
}

/** By the rules, and fairly sure. */
export function plainCategory(change: Partial<CategoryRow> = {}): CategoryRow {
	return {
		l1: 'thinking_work',
		l2: 'planning',
		l3: 'design-doc',
		confidence: 0.75,
		kind: 'rules',
		source: 'rules@1',
		reasoning: null,
		classifiedAt: '2026-11-20T10:00:00.000Z',
		isStale: false,
		...change,
	};
}
