/** What the made-up history is about, who says so, and what asking a model came to. */
import type { Agreement, AgreementRow, CategoriesSection, CategorySum } from '../../../src/webview/contract/insights.ts';
import type { ClassificationRunRow, SpendingRow } from '../../../src/webview/contract/jobs.ts';
import type { CategoryRow } from '../../../src/webview/contract/sessions.ts';

const leaves = [
	['code_work', 'feature', 'enhancement', 14],
	['code_work', 'feature', 'new-component', 9],
	['code_work', 'feature', 'new-integration', 3],
	['code_work', 'bug_fix', 'logic-fix', 11],
	['code_work', 'bug_fix', 'error-fix', 6],
	['code_work', 'bug_fix', 'regression-fix', 1],
	['code_work', 'refactor', 'restructure', 5],
	['code_work', 'testing', 'unit-test', 4],
	['code_work', 'testing', 'e2e-test', 2],
	['support_work', 'docs', 'api-docs', 3],
	['support_work', 'docs', 'readme', 2],
	['support_work', 'config', 'ci-config', 4],
	['support_work', 'ops', 'deploy', 6],
	['thinking_work', 'explanation', 'how-it-works', 7],
	['thinking_work', 'explanation', 'debugging-help', 4],
	['thinking_work', 'planning', 'design-doc', 2],
	['thinking_work', 'architecture', 'data-model', 1],
] as const;

export const sums: readonly CategorySum[] = leaves.map(([l1, l2, l3, sessions], index) => ({
	l1,
	l2,
	l3,
	sessions,
	activeMs: sessions * (900_000 + index * 140_000),
	tokens: sessions * (900_000 + ((index * 37) % 11) * 90_000),
	costUsd: sessions * (1.1 + ((index * 53) % 7) * 0.42),
}));

const agreed = (both: number, same: number): Agreement => ({ both, same });

const agreement: readonly AgreementRow[] = [
	{ l2: 'feature', modelAndRules: agreed(12, 10), personAndRules: agreed(2, 1), personAndModel: agreed(2, 2) },
	{ l2: 'bug_fix', modelAndRules: agreed(14, 9), personAndRules: agreed(0, 0), personAndModel: agreed(0, 0) },
	{ l2: 'explanation', modelAndRules: agreed(8, 7), personAndRules: agreed(6, 3), personAndModel: agreed(6, 5) },
	{ l2: 'ops', modelAndRules: agreed(4, 4), personAndRules: agreed(0, 0), personAndModel: agreed(0, 0) },
	{ l2: 'architecture', modelAndRules: agreed(1, 0), personAndRules: agreed(1, 0), personAndModel: agreed(0, 0) },
];

export const sorted: CategoriesSection = { sums, byRules: 42, byModel: 40, byPerson: 2, stale: 3, agreement };
export const unsorted: CategoriesSection = { sums: [], byRules: 0, byModel: 0, byPerson: 0, stale: 0, agreement: [] };

/** Of the session with that number: mostly rules, some by a model, one by a person. */
export function categoryOf(index: number, change: Partial<CategoryRow> = {}): CategoryRow {
	const [l1, l2, l3] = leaves[(index * 5) % leaves.length] ?? leaves[0];
	const kind = index % 9 === 4 ? 'person' : index % 3 === 1 ? 'model' : 'rules';
	return {
		l1,
		l2,
		l3,
		confidence: kind === 'person' ? 1 : kind === 'model' ? 0.92 : ([0.75, 0.5, 0.3][index % 3] ?? 0.5),
		kind,
		source: { person: 'person', model: 'claude-cli/haiku@1', rules: 'rules@1' }[kind],
		reasoning: kind === 'model' ? 'Most of the work went into what the first prompt asked for.' : null,
		classifiedAt: '2026-11-20T10:00:00.000Z',
		isStale: kind === 'model' && index % 4 === 3,
		...change,
	};
}

export function run(change: Partial<ClassificationRunRow> = {}): ClassificationRunRow {
	return {
		jobId: 'job-1',
		provider: 'claude-cli',
		model: 'haiku',
		status: 'completed',
		total: 45,
		classified: 40,
		skipped: 3,
		failed: 2,
		estimatedUsd: 0.14,
		costUsd: 0.11,
		unconfirmedUsd: 0.01,
		inputTokens: 81_200,
		outputTokens: 4_900,
		error: null,
		createdAt: '2026-11-20T10:00:00.000Z',
		completedAt: '2026-11-20T10:01:52.000Z',
		...change,
	};
}

export const runs: readonly ClassificationRunRow[] = [
	run({
		jobId: 'job-4',
		status: 'running',
		total: 120,
		classified: 31,
		skipped: 2,
		failed: 1,
		costUsd: 0.08,
		unconfirmedUsd: 0,
		createdAt: '2026-11-21T14:58:00.000Z',
		completedAt: null,
	}),
	run(),
	run({
		jobId: 'job-2',
		provider: 'anthropic-api',
		model: 'claude-haiku-4-5',
		status: 'failed',
		total: 45,
		classified: 0,
		skipped: 0,
		failed: 5,
		costUsd: 0,
		unconfirmedUsd: 0,
		error: 'The key was refused. Set another one.',
		createdAt: '2026-11-19T09:12:00.000Z',
		completedAt: '2026-11-19T09:12:04.000Z',
	}),
	run({
		jobId: 'job-1',
		provider: 'openai-compatible',
		model: 'qwen3:8b',
		status: 'cancelled',
		total: 200,
		classified: 12,
		skipped: 0,
		failed: 0,
		costUsd: 0,
		unconfirmedUsd: 0,
		createdAt: '2026-11-18T18:30:00.000Z',
		completedAt: '2026-11-18T18:34:10.000Z',
	}),
];

export const spending: readonly SpendingRow[] = [
	{ provider: 'claude-cli', model: 'haiku', requests: 21, costUsd: 0.19, unconfirmedUsd: 0.01, inputTokens: 142_300, outputTokens: 8_800 },
	{
		provider: 'openai-compatible',
		model: 'qwen3:8b',
		requests: 3,
		costUsd: 0,
		unconfirmedUsd: 0,
		inputTokens: 21_100,
		outputTokens: 1_300,
	},
];
