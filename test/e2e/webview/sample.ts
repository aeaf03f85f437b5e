/**
 * The working year as the product's own engine sees it: every figure of a test or a picture of the panel that is not said
 * otherwise. Made once in a run, a few seconds.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InsightsPage, InsightsPageName, InsightsPages, JobsFigures } from '../../../src/webview/contract/insights.ts';
import type { IndexRunRow } from '../../../src/webview/contract/jobs.ts';
import type { InsightsQuery, SessionPage, SessionPageQuery } from '../../../src/webview/contract/sessions.ts';
import { HeadlessEngine } from '../../database/engine/headless.ts';
import { now, timeZone, work, writeWorkingYear } from '../../support/workingYear/workingYear.ts';
import { judge, runs, spending } from './classified.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'working-year-')));
const year = writeWorkingYear(folder);
const headless = await HeadlessEngine.open(folder, {
	now: () => now,
	timeZone,
	workspaceFolders: [work],
	budgets: { dailyUsd: 10, weeklyUsd: null, monthlyUsd: 200, threshold: 0.8, weekStartsOn: 'monday' },
});
await headless.index();
year.clearAway();
await headless.index();
await judge(headless);
rmSync(folder, { recursive: true, force: true });
const { insights } = headless.engine;

/** Over all projects. */
export const knownSessions = headless.engine.status().sessions;
const sessionsAt = (at: string): number => knownSessions - year.sessions.filter(({ startsAtMs }) => startsAtMs >= Date.parse(at)).length;

/** Of the engine that made the sample itself, they would be others in each run. */
const indexRuns: readonly IndexRunRow[] = [
	{
		id: 'run-3',
		type: 'incremental',
		status: 'completed',
		startedAt: '2026-11-21T14:59:21.000Z',
		completedAt: '2026-11-21T14:59:21.180Z',
		durationMs: 180,
		filesRead: 2,
		bytesRead: 48_213,
		sessionsBefore: knownSessions,
		sessionsAfter: knownSessions,
		throughputMBPerSec: 0.27,
		error: null,
	},
	{
		id: 'run-2',
		type: 'deep',
		status: 'failed',
		startedAt: '2026-11-21T09:30:00.000Z',
		completedAt: null,
		durationMs: 2_400,
		filesRead: 12,
		bytesRead: 8_120_000,
		sessionsBefore: sessionsAt('2026-11-21T09:30:00.000Z'),
		sessionsAfter: sessionsAt('2026-11-21T09:30:00.000Z'),
		throughputMBPerSec: null,
		error: 'The disk is full',
	},
	{
		id: 'run-1',
		type: 'full',
		status: 'completed',
		startedAt: '2026-11-18T08:00:00.000Z',
		completedAt: '2026-11-18T08:00:02.730Z',
		durationMs: 2_730,
		filesRead: 402,
		bytesRead: 612_000_000,
		sessionsBefore: 0,
		sessionsAfter: sessionsAt('2026-11-18T08:00:00.000Z'),
		throughputMBPerSec: 224.2,
		error: null,
	},
];

/** As the engine answers. */
export function pageOf(page: InsightsPageName, query: InsightsQuery): InsightsPage {
	const answer = insights.page({ page, query });
	if (answer.page !== 'jobs') return answer;
	const figures: JobsFigures = { ...answer.figures, classificationRuns: runs, spending, runs: indexRuns };
	return { ...answer, figures };
}

export function figuresOf<P extends InsightsPageName>(page: P, query: InsightsQuery): InsightsPages[P] {
	return pageOf(page, query).figures as InsightsPages[P];
}

/** As the engine answers. */
export function sessionPageOf(asked: SessionPageQuery): SessionPage {
	return insights.sessionPage(asked);
}
