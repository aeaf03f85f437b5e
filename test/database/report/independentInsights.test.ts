import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { InsightsPageName, InsightsPages } from '../../../src/webview/contract/insights.ts';
import { totalTokens } from '../../../src/extension/insights/selection.ts';
import { countHome, type IndependentReport } from '../../independent/count.ts';
import { groundOf, insightsOf, type Ground, type SessionFigures } from '../../independent/insights.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine, indexedOnce } from '../engine/headless.ts';
import { assertAlike } from './alike.ts';
import { corpusAbsence, layOutCorpus } from './corpusHome.ts';
import { foundIn } from './foundRows.ts';
import { assertSamePatterns } from './samePatterns.ts';
import { assertSameCategories, assertSameShares } from './sameShares.ts';
import { assertSameTools } from './sameTools.ts';

/** Both ends of summer time in the north lie within; not more days than a chart shows one by one. */
const [since, until] = ['2025-10-01', '2026-09-01'];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'];

/** What is counted otherwise on purpose, and why, says docs/compared-with-an-independent-count.md: answers without tokens, and a call that has no answer. */
const countedOtherwise = ['ef000000-0000-4000-8000-000000000001', '0a1b2c3d-4e5f-4061-8071-2a3b4c5d6e7f'];

function realTranscripts(dir: string): void {
	layOutCorpus(dir);
	for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }))
		if (countedOtherwise.some(id => file.endsWith(`${id}.jsonl`))) rmSync(path.join(dir, file));
}

const homes: readonly (readonly [name: string, fill: (dir: string) => void, absence: string | null])[] = [
	['generated sessions', dir => void generateHistory(dir, { seed: 77, sessions: 140, bytes: 5_000_000, days: 170 }), null],
	['real transcripts', realTranscripts, corpusAbsence],
];

for (const [name, fill, absence] of homes) {
	describe(`The insights of ${name} and those counted another way`, () => {
		let home: ClaudeHome;
		let counted: IndependentReport;
		let ground: Ground;
		before(async function () {
			this.timeout(120_000);
			if (absence !== null) {
				console.log(`      skipped: ${absence}`);
				this.skip();
			}
			home = new ClaudeHome('independent-insights');
			fill(home.dir);
			counted = countHome([home.dir]);
			ground = groundOf([home.dir]);
			// What is stored knows no time zone: the one of a window decides what it shows.
			await indexedOnce(home.dir, () => undefined, { dataDir: home.beside('data'), timeZone: 'UTC' });
		});
		after(() => {
			if (absence === null) home.remove();
		});

		for (const timeZone of zones) {
			it(`agree in ${timeZone}: answers, tokens, dollars, prompts and active time, day by day, hour by hour, block by block and step by step`, async function () {
				this.timeout(120_000);
				const engine = await HeadlessEngine.open(home.dir, { timeZone, dataDir: home.beside('data') });
				try {
					const { insights } = engine.engine;
					const period = insights.periodBetween(since, until);
					const page = <P extends InsightsPageName>(wanted: P, at = period): InsightsPages[P] =>
						insights.pageOf(wanted, { scope: 'all', range: 'all' }, at).figures;
					const all = insights.periodBetween(null, null);
					const other = insightsOf(ground, timeZone);

					const days = page('overview').days.filter(({ responses }) => responses > 0);
					const inPeriod = [...other.days].filter(([day]) => day >= since && day <= until).sort();
					assertAlike(
						days.map(({ day, responses, tokens, costUsd }) => [day, responses, tokens, costUsd]),
						inPeriod.map(([day, { count, tokens, usd }]) => [day, count, tokens, usd]),
					);
					assert.ok(days.length > 20);
					assertAlike(
						page('overview')
							.days.map(({ day, sessions }) => [day, sessions])
							.filter(([, sessions]) => sessions !== 0),
						[...other.activeDays]
							.filter(([day, { sessions }]) => day >= since && day <= until && sessions > 0)
							.map(([day, { sessions }]) => [day, sessions])
							.sort(),
					);

					const overview = page('overview', all);
					assertAlike(
						overview.hours
							.filter(({ responses }) => responses > 0)
							.map(({ weekday, hour, responses }) => [`${weekday} ${hour}`, responses])
							.sort(),
						[...other.hours].sort(),
					);
					assertAlike(
						overview.hours
							.map(({ weekday, hour, sessions, prompts, activeMs, costUsd }) => [
								`${weekday} ${hour}`,
								sessions,
								prompts,
								activeMs,
								costUsd,
							])
							.sort(),
						[...other.activeHours].map(([hour, { sessions, prompts, activeMs, usd }]) => [hour, sessions, prompts, activeMs, usd]).sort(),
					);
					const { totals } = overview;
					const sum = (value: (session: SessionFigures) => number): number =>
						other.sessions.reduce((total, session) => total + value(session), 0);
					assertAlike(
						[totals.userPrompts.now, totals.activeMs.now, totals.costUsd.now, totals.unpricedTokens],
						[sum(({ prompts }) => prompts), sum(({ activeMs }) => activeMs), sum(({ usd }) => usd ?? 0), other.unpricedTokens],
					);
					const longest = other.streaks.reduce<(typeof other.streaks)[number]>(
						(best, streak) => (streak[2] > best[2] ? streak : best),
						['', '', 0],
					);
					assert.deepEqual(Object.values(overview.streaks.longest ?? {}), longest);
					assert.equal(
						overview.streaks.activeDays,
						other.streaks.reduce((total, [, , length]) => total + length, 0),
					);

					const cost = page('cost', all);
					assertAlike(
						cost.models.map(({ model, responses, tokens, costUsd }) => [model, responses, totalTokens(tokens), costUsd ?? 0]).sort(),
						[...other.models].map(([model, { count, tokens, usd }]) => [model === '(none)' ? 'unknown' : model, count, tokens, usd]).sort(),
					);
					assertAlike(
						page('cost')
							.days.map(({ day, costUsd }) => [day, costUsd])
							.filter(([, usd]) => usd !== 0),
						inPeriod.map(([day, { usd }]) => [day, usd]).filter(([, usd]) => usd !== 0),
					);
					assertAlike([cost.cache.savedUsd], [other.saved]);
					const { subagents } = cost;
					assertAlike(
						[subagents.sessions, subagents.responses, subagents.tokens, subagents.costUsd, subagents.share ?? 0],
						[
							other.subagents.sessions,
							other.subagents.count,
							other.subagents.tokens,
							other.subagents.usd,
							other.subagents.usd / sum(({ usd }) => usd ?? 0),
						],
					);
					assertSameTools(page('tools', all), other.sessions);
					assert.equal(cost.blocks.total, other.blocks.length);
					assertAlike(
						cost.blocks.blocks.map(({ startedAt, responses, costUsd }) => [startedAt, responses, costUsd]),
						other.blocks.slice(-60).reverse(),
					);
					assertAlike(
						cost.reconciliation.steps.map(({ step, count, tokens, costUsd }) => [step, count, tokens, costUsd]),
						Object.entries(other.steps).map(([step, { count, tokens, usd }]) => [step, count, tokens, usd]),
					);
					const branches = Map.groupBy(
						counted.sessions.filter(({ responses }) => responses > 0),
						({ gitBranch }) => gitBranch ?? '',
					);
					assert.equal(cost.branches.total, branches.size);
					const usdOf = new Map(other.sessions.map(({ session, usd }) => [session.id, usd ?? 0]));
					assertAlike(
						cost.branches.rows.map(({ key, sessions, costUsd }) => [key, sessions, costUsd ?? 0]).sort(),
						[...branches]
							.filter(([branch]) => cost.branches.rows.some(({ key }) => key === branch))
							.map(([branch, own]) => [branch, own.length, own.reduce((total, { id }) => total + (usdOf.get(id) ?? 0), 0)] as const)
							.sort(),
					);
					const found = foundIn(engine.storage);
					assertSameShares(cost.projects, other.sessions, id => found.get(id)?.project);
					assertSameShares(cost.categories, other.sessions, id => found.get(id)?.category);
					assertSameCategories(page('categories', all), other.sessions, found);
					const spentOn = new Map(page('cost').categories.rows.map(({ key, costUsd }) => [key, costUsd ?? 0]));
					assertAlike(
						page('categories').sums.map(({ l3, costUsd }) => [l3, costUsd]),
						page('categories').sums.map(({ l3 }) => [l3, spentOn.get(l3) ?? 0]),
					);
					assertSamePatterns(page('patterns', all), counted.sessions, other.sessions, found, timeZone);
					const jobs = page('jobs', all);
					const { filesSeen, malformedLines, unknownRecordTypes } = counted.index;
					assert.deepEqual(
						jobs.runs.map(({ filesRead, sessionsBefore, sessionsAfter }) => [filesRead, sessionsBefore, sessionsAfter]),
						[[filesSeen, 0, counted.totals.sessions]],
					);
					assert.equal(jobs.malformedLines, malformedLines);
					// Those of a record; the count does not look at the kinds within.
					assert.deepEqual(
						Object.fromEntries(Object.entries(jobs.unknownRecordTypes).filter(([type]) => !type.includes(':'))),
						unknownRecordTypes,
					);
				} finally {
					await engine.close();
				}
			});
		}
	});
}
