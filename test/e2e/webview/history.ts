/** A made-up history, the same at every run, and the answers an extension would give from it. */
import type { InsightsHello, InsightsSnapshot } from '../../../src/webview/contract/insights.ts';
import type { DayPoint, Figure } from '../../../src/webview/contract/overview.ts';
import type { InsightsQuery, SessionPage, SessionPageQuery, SessionRow, TokenCounts } from '../../../src/webview/contract/sessions.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';
import { categoryOf, runs, sorted, spending, unsorted } from './classified.ts';
import { FakeExtension } from './fakeExtension.ts';

export const today = '2026-11-21';
export const query: InsightsQuery = { scope: 'workspace', range: '30d' };
const opus = 'claude-opus-4-5-20251101';
const sonnet = 'claude-sonnet-4-5-20250929';
const haiku = 'claude-haiku-4-5-20251001';

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
function sequence(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

export function dayBefore(day: string, days: number): string {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - days);
	return date.toISOString().slice(0, 10);
}

function tokens(scale: number): TokenCounts {
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

export function days(count: number, step = 1): readonly DayPoint[] {
	const next = sequence(count * 31 + step);
	return Array.from({ length: count }, (_, index) => {
		const day = dayBefore(today, (count - 1 - index) * step);
		const weekend = step === 1 && [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
		const sessions = weekend ? Math.floor(next() * 1.4) : Math.floor(next() * 7);
		const size = sessions * (0.4 + next());
		return { day, sessions, responses: Math.round(size * 88), tokens: Math.round(size * 1_400_000), costUsd: Math.round(size * 260) / 100 };
	});
}

function figure(now: number, before: number | null): Figure {
	return { now, before };
}

export function snapshot(change: Partial<InsightsSnapshot> = {}): InsightsSnapshot {
	const points = days(30);
	const first = points[0]?.day ?? today;
	const counts = tokens(96.4);
	return {
		query,
		scopeLabel: 'storefront',
		timeZone: 'Europe/Berlin',
		firstDay: first,
		lastDay: today,
		totals: {
			sessions: figure(84, 73),
			activeMs: figure(151_320_000, 163_000_000),
			userPrompts: figure(611, 540),
			responses: figure(7_412, 7_409),
			toolCalls: figure(5_208, 4_120),
			tokens: figure(counts.input + counts.output + counts.cacheRead + counts.cacheWrite5m + counts.cacheWrite1h, 88_412_000),
			costUsd: figure(186.42, 141.07),
			tokenCounts: counts,
			unpricedTokens: 412_000,
			unpricedModels: ['gpt-oss-120b', 'qwen3-coder'],
		},
		days: points,
		daysAre: 'days',
		models: [
			{ model: opus, responses: 4_102, tokens: tokens(58), costUsd: 142.91 },
			{ model: sonnet, responses: 2_210, tokens: tokens(31), costUsd: 38.2 },
			{ model: haiku, responses: 980, tokens: tokens(6.9), costUsd: 5.31 },
			{ model: 'gpt-oss-120b', responses: 88, tokens: tokens(0.3), costUsd: null },
			{ model: 'qwen3-coder', responses: 32, tokens: tokens(0.1), costUsd: null },
		],
		categories: sorted,
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
		priceDate: '2026-11-14',
		...change,
	};
}

export function emptySnapshot(change: Partial<InsightsSnapshot> = {}): InsightsSnapshot {
	const nothing = figure(0, 0);
	return snapshot({
		totals: {
			sessions: nothing,
			activeMs: nothing,
			userPrompts: nothing,
			responses: nothing,
			toolCalls: nothing,
			tokens: nothing,
			costUsd: nothing,
			tokenCounts: tokens(0),
			unpricedTokens: 0,
			unpricedModels: [],
		},
		days: [],
		models: [],
		categories: unsorted,
		classificationRuns: [],
		spending: [],
		runs: [],
		unknownRecordTypes: {},
		malformedLines: 0,
		...change,
	});
}

export function status(change: Partial<IndexStatus> = {}): IndexStatus {
	return {
		state: 'ready',
		filesDone: 0,
		filesTotal: 0,
		bytesDone: 0,
		bytesTotal: 0,
		sessions: 1_204,
		lastIndexedAt: `${today}T14:02:11.180Z`,
		notices: [],
		...change,
	};
}

export const indexing = status({
	state: 'indexing',
	filesDone: 340,
	filesTotal: 1_200,
	bytesDone: 1_210_000_000,
	bytesTotal: 3_400_000_000,
	sessions: 0,
	lastIndexedAt: null,
});

export function hello(change: Partial<InsightsHello> = {}): InsightsHello {
	return { query, status: status(), snapshot: snapshot(), locale: 'en-GB', hasFolder: true, ...change };
}

/** The page of a table of `total` sessions; a filter keeps the titles that contain it, a category those that are of it. */
export function sessionPage(asked: SessionPageQuery, total: number): SessionPage {
	const { filter, category = null } = asked;
	const isOf = (row: SessionRow) => category === null || [row.category?.l1, row.category?.l2, row.category?.l3].includes(category);
	const all = Array.from({ length: total }, (_, index) => session(index)).filter(
		row => isOf(row) && row.title.toLowerCase().includes(filter.toLowerCase()),
	);
	return { query: asked, total: all.length, rows: all.slice(asked.offset, asked.offset + asked.limit) };
}

/** An extension with a full history. */
export function fullExtension(change: Partial<InsightsHello> = {}, total = 127): FakeExtension {
	const greeting = hello(change);
	return new FakeExtension({
		ready: ({ query: wanted }) => ({ ...greeting, query: wanted ?? greeting.query }),
		snapshot: wanted => (greeting.snapshot === null ? emptySnapshot({ query: wanted }) : { ...greeting.snapshot, query: wanted }),
		sessions: asked => sessionPage(asked, total),
	});
}
