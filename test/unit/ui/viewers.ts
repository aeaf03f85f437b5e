/** A viewer and rows for the tests of presentation: English without translation, Berlin's clock. */
import type { Viewer } from '../../../src/extension/ui/presentation/language.ts';
import type { JobRow } from '../../../src/webview/contract/jobs.ts';
import type { CategoryRow, SessionRow } from '../../../src/webview/contract/sessions.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';

/** As `vscode.l10n.t` without a bundle. */
export function english(message: string, ...args: (string | number)[]): string {
	return message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)]));
}

export const berlin: Viewer = { t: english, locale: 'en', timeZone: 'Europe/Berlin', weekStartsOn: 'monday' };

export function session(changes: Partial<SessionRow> = {}): SessionRow {
	return {
		id: 'one',
		title: 'Add paging',
		project: 'shop',
		cwd: '/home/ann/shop',
		gitBranch: 'main',
		mode: 'interactive',
		status: 'completed',
		parentSessionId: null,
		startedAt: '2026-11-18T09:00:00.000Z',
		endedAt: '2026-11-18T10:00:00.000Z',
		activeMs: 1_800_000,
		userPrompts: 3,
		responses: 12,
		toolCalls: 7,
		subagents: 0,
		compactions: 0,
		interruptions: 0,
		corrections: 0,
		tokens: { input: 100, output: 200, cacheRead: 3_000, cacheWrite5m: 40, cacheWrite1h: 60 },
		costUsd: 1.25,
		unpricedTokens: 0,
		models: ['claude-opus-4-5'],
		version: '2.1.0',
		entrypoint: 'cli',
		malformedLines: 0,
		gone: false,
		stub: false,
		file: '/home/ann/.claude/projects/-home-ann-shop/one.jsonl',
		category: null,
		givenTitle: null,
		isPinned: false,
		isHidden: false,
		note: null,
		tags: [],
		...changes,
	};
}

export function category(changes: Partial<CategoryRow> = {}): CategoryRow {
	return {
		l1: 'code_work',
		l2: 'bug_fix',
		l3: 'logic-fix',
		confidence: 0.82,
		kind: 'model',
		source: 'claude-cli/haiku@1',
		reasoning: null,
		classifiedAt: '2026-11-18T10:30:00.000Z',
		isStale: false,
		...changes,
	};
}

/** A run of classification that has done 12 of its 40 sessions. */
export function job(changes: Partial<JobRow> = {}): JobRow {
	return {
		id: 'j1',
		type: 'classify',
		status: 'running',
		current: 12,
		total: 40,
		message: null,
		etaMs: 120_000,
		priority: 0,
		scheduledAt: '2026-11-18T10:50:00.000Z',
		createdAt: '2026-11-18T10:50:00.000Z',
		startedAt: '2026-11-18T10:50:01.000Z',
		finishedAt: null,
		attempts: 1,
		error: null,
		classification: {
			jobId: 'j1',
			provider: 'claude-cli',
			model: 'haiku',
			status: 'running',
			total: 40,
			classified: 11,
			skipped: 0,
			failed: 1,
			estimatedUsd: 0.1,
			costUsd: 0.03,
			unconfirmedUsd: 0,
			inputTokens: 9_000,
			outputTokens: 600,
			error: null,
			createdAt: '2026-11-18T10:50:00.000Z',
			completedAt: null,
		},
		isCancelling: false,
		isAutomatic: false,
		...changes,
	};
}

export function statusOf(changes: Partial<IndexStatus> = {}): IndexStatus {
	return {
		state: 'ready',
		filesDone: 0,
		filesTotal: 0,
		bytesDone: 0,
		bytesTotal: 0,
		sessions: 5,
		lastIndexedAt: null,
		notices: [],
		...changes,
	};
}

/** Wednesday noon in Berlin. */
export const noon = Date.parse('2026-11-18T11:00:00Z');
