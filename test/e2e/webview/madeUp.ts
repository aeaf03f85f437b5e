/** Made-up sessions, the same at every run. */
import type { SessionRow, TokenCounts } from '../../../src/webview/contract/sessions.ts';
import { categoryOf } from './classified.ts';

export const today = '2026-11-21';
export const opus = 'claude-opus-4-5-20251101';
export const sonnet = 'claude-sonnet-4-5-20250929';
export const haiku = 'claude-haiku-4-5-20251001';

const titles = [
	'Move the payment retries into a queue with back-off',
	'Why does the nightly import skip rows with a null region?',
	'Write tests for the date parser',
	'Upgrade to Node 24 and drop the polyfills',
	'Fix flaky login test on CI',
	'Explain how the cache invalidation works and whether the second lock in refreshTokens() is still needed after the rewrite',
	'Add keyboard navigation to the settings page',
	'Review the migration for dropping unused indexes',
	'إصلاح خطأ في حساب الضريبة',
	'Profile the search endpoint',
	'日付の書式をロケールに合わせる',
	'Rename Account to Workspace everywhere',
	'Draft release notes for 2.4',
	'Make the build reproducible',
];
const projects = ['storefront', 'ledger-api', 'infra', 'design-system'];
const branches = ['main', 'feature/payment-retries', 'fix/import-null-region', 'chore/node-24', null];

/** Numbers that look random and are not (a linear congruential generator). */
export function sequence(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

export function dayBefore(day: string, days: number): string {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - days);
	return date.toISOString().slice(0, 10);
}

export function tokens(scale: number): TokenCounts {
	return {
		input: Math.round(scale * 900),
		output: Math.round(scale * 14_000),
		cacheRead: Math.round(scale * 910_000),
		cacheWrite5m: Math.round(scale * 61_000),
		cacheWrite1h: Math.round(scale * 9_000),
	};
}

export function session(index: number, change: Partial<SessionRow> = {}): SessionRow {
	const next = sequence(index * 7919 + 13);
	const size = next() ** 2 * 6 + 0.05;
	const day = dayBefore(today, Math.floor(index / 2.2));
	const clock = `${String(8 + Math.floor(next() * 12)).padStart(2, '0')}:${String(Math.floor(next() * 60)).padStart(2, '0')}:07.120Z`;
	return {
		id: `5e55107a-0000-4000-8000-${String(index).padStart(12, '0')}`,
		title: titles[index % titles.length] ?? '',
		project: projects[Math.floor(next() * 1.6)] ?? 'storefront',
		cwd: '/home/ada/work/storefront',
		gitBranch: branches[Math.floor(next() * branches.length)] ?? null,
		mode: index % 11 === 4 ? 'forked' : index % 17 === 9 ? 'background' : 'interactive',
		status: index === 0 ? 'processing' : index === 1 ? 'waiting_for_input' : 'completed',
		parentSessionId: null,
		startedAt: `${day}T${clock}`,
		endedAt: `${day}T23:00:00.000Z`,
		activeMs: Math.round(size * 1_700_000),
		userPrompts: Math.ceil(size * 5),
		responses: Math.ceil(size * 60),
		toolCalls: Math.ceil(size * 41),
		subagents: index % 5,
		compactions: 0,
		interruptions: 0,
		corrections: 0,
		tokens: tokens(size),
		costUsd: index % 23 === 7 ? null : Math.round(size * 173) / 100,
		unpricedTokens: index % 23 === 7 ? 120_000 : index % 19 === 5 ? 8_000 : 0,
		models: [index % 3 === 0 ? sonnet : opus],
		version: '2.1.197',
		entrypoint: 'cli',
		malformedLines: index % 29 === 6 ? 2 : 0,
		gone: index % 13 === 8,
		stub: index % 31 === 12,
		file: index % 31 === 12 ? null : `/home/ada/.claude/projects/-home-ada-work-storefront/${index}.jsonl`,
		category: index % 37 === 11 ? null : categoryOf(index),
		givenTitle: null,
		isPinned: false,
		isHidden: false,
		note: null,
		tags: [],
		...change,
	};
}
