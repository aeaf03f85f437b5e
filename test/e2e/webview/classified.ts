/**
 * What a model and a person said of the sessions of the working year, and what asking came to. The answers stand in the ledger, as
 * if they had been given; each run has classified as many sessions as there are answers of it.
 */
import { categoryOf, type L1 } from '../../../src/extension/classification/taxonomy.ts';
import { putClassification } from '../../../src/extension/store/ledger/classifications.ts';
import type { ClassificationRunRow, SpendingRow } from '../../../src/webview/contract/jobs.ts';
import type { CategoriesSection } from '../../../src/webview/contract/insights.ts';
import type { HeadlessEngine } from '../../database/engine/headless.ts';
import { Random } from '../../support/historyGenerator/random.ts';

export function run(change: Partial<ClassificationRunRow> = {}): ClassificationRunRow {
	return {
		jobId: 'job-3',
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
		createdAt: '2026-11-20T16:30:00.000Z',
		completedAt: '2026-11-20T16:31:52.000Z',
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
		estimatedUsd: 0.31,
		costUsd: 0.08,
		unconfirmedUsd: 0,
		inputTokens: 60_300,
		outputTokens: 3_600,
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
		inputTokens: 0,
		outputTokens: 0,
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
		estimatedUsd: 0,
		costUsd: 0,
		unconfirmedUsd: 0,
		inputTokens: 21_100,
		outputTokens: 1_300,
		createdAt: '2026-11-18T18:30:00.000Z',
		completedAt: '2026-11-18T18:34:10.000Z',
	}),
];

/** Sessions in one request. */
const batch = 5;

/** What the runs add up to. */
export const spending: readonly SpendingRow[] = (['claude-cli', 'openai-compatible'] as const).map(provider => {
	const its = runs.filter(each => each.provider === provider);
	const sum = (value: (each: ClassificationRunRow) => number): number => its.reduce((total, each) => total + value(each), 0);
	return {
		provider,
		model: its[0]?.model ?? '',
		requests: sum(each => Math.ceil((each.classified + each.failed) / batch)),
		costUsd: sum(each => each.costUsd),
		unconfirmedUsd: sum(each => each.unconfirmedUsd),
		inputTokens: sum(each => each.inputTokens),
		outputTokens: sum(each => each.outputTokens),
	};
});

export const unsorted: CategoriesSection = { sums: [], byRules: 0, byModel: 0, byPerson: 0, stale: 0, agreement: [] };

/** What is taken for another kind of the same work. */
const mistaken: Readonly<Record<L1, readonly [string, ...string[]]>> = {
	code_work: ['enhancement', 'error-fix', 'regression-fix', 'restructure', 'new-component'],
	support_work: ['api-docs', 'changelog', 'ci-config', 'deploy'],
	thinking_work: ['debugging-help', 'comparison', 'spike', 'data-model'],
};

/** How many sessions a person has sorted. */
const corrected = 7;

/** The model mostly says what the rules say; the person sorts what they saw sorted wrongly. */
export async function judge({ engine, storage }: HeadlessEngine): Promise<void> {
	const random = new Random('judgements');
	const ended = storage.tables.facts.endings(null);
	const answer = (sessionId: string, agreement: number) => {
		const rules = categoryOf(engine.views.session(sessionId)?.category?.l3 ?? '');
		if (rules === null) throw new Error(`${sessionId} has no category`);
		const leaf = random.chance(agreement) ? rules : (categoryOf(random.pick(mistaken[rules.l1])) ?? rules);
		return { sessionId, ...leaf, runId: null };
	};
	await storage.ledger.change(tx => {
		let from = 6;
		for (const { classified, createdAt: at, model, provider } of runs) {
			for (const { sessionId, lastRecord } of ended.slice(from, from + classified))
				putClassification(tx, {
					...answer(sessionId, 0.8),
					source: `${provider}/${model}@1`,
					kind: 'model',
					confidence: random.pick([0.95, 0.9, 0.85, 0.7]),
					reasoning: 'Most of the work went into what the first prompt asked for.',
					provider,
					model,
					promptVersion: 1,
					// Some have grown since.
					lastRecord: random.chance(0.08) ? 'before' : lastRecord,
					at,
				});
			from += classified;
		}
		const seen = ended.filter((_, index) => index % 8 === 3).slice(0, corrected);
		for (const { sessionId } of seen)
			putClassification(tx, {
				...answer(sessionId, 0.4),
				source: 'person',
				kind: 'person',
				confidence: 1,
				reasoning: null,
				provider: null,
				model: null,
				promptVersion: null,
				lastRecord: null,
				at: '2026-11-20T17:10:00.000Z',
			});
	});
	engine.background.project();
}
