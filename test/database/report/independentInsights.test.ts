import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CostFigures } from '../../../src/webview/contract/cost.ts';
import type { InsightsPageName, InsightsPages } from '../../../src/webview/contract/insights.ts';
import { totalTokens } from '../../../src/extension/insights/selection.ts';
import { insightsOf } from '../../independent/insights.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine } from '../engine/headless.ts';
import { corpusAbsence, layOutCorpus } from './corpusHome.ts';

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
	['generated sessions', dir => void generateHistory(dir, { seed: 77, sessions: 80, bytes: 4_000_000, days: 170 }), null],
	['real transcripts', realTranscripts, corpusAbsence],
];

for (const [name, fill, absence] of homes) {
	describe(`The insights of ${name} and those counted another way`, () => {
		let home: ClaudeHome;
		before(function () {
			if (absence !== null) {
				console.log(`      skipped: ${absence}`);
				this.skip();
			}
			home = new ClaudeHome('independent-insights');
			fill(home.dir);
		});
		after(() => {
			if (absence === null) home.remove();
		});

		for (const timeZone of zones) {
			it(`agree in ${timeZone}, day by day, hour by hour, block by block and step by step`, async function () {
				this.timeout(120_000);
				const engine = await HeadlessEngine.open(home.dir, { timeZone });
				try {
					await engine.index();
					const { insights } = engine.engine;
					const period = insights.periodBetween(since, until);
					const page = <P extends InsightsPageName>(wanted: P, at = period): InsightsPages[P] =>
						insights.pageOf(wanted, { scope: 'all', range: 'all' }, at).figures;
					const all = insights.periodBetween(null, null);
					const other = insightsOf([home.dir], timeZone);

					const days = new Map(
						page('overview')
							.days.filter(({ responses }) => responses > 0)
							.map(({ day, responses, tokens }) => [day, [responses, tokens]]),
					);
					const inPeriod = [...other.days]
						.filter(([day]) => day >= since && day <= until)
						.map(([day, { count, tokens }]) => [day, [count, tokens]] as const);
					assert.deepEqual([...days].sort(), inPeriod.sort());
					assert.ok(days.size > 20);

					const hours = page('overview', all)
						.hours.filter(({ responses }) => responses > 0)
						.map(({ weekday, hour, responses }) => [`${weekday} ${hour}`, responses]);
					assert.deepEqual(hours.sort(), [...other.hours].sort());

					const cost = page('cost', all);
					assert.deepEqual(
						modelsOf(cost),
						[...other.models].map(([model, { count, tokens }]) => [model === '(none)' ? 'unknown' : model, count, tokens]).sort(),
					);
					assert.deepEqual(
						page('tools', all)
							.tools.map(({ tool, calls }) => [tool, calls])
							.sort(),
						[...other.tools].sort(),
					);
					assert.equal(cost.blocks.total, other.blocks.length);
					assert.deepEqual(
						cost.blocks.blocks.map(({ startedAt, responses }) => [startedAt, responses]),
						other.blocks.slice(-60).reverse(),
					);
					const steps = new Map(cost.reconciliation.steps.map(({ step, count, tokens }) => [step, { count, tokens }]));
					for (const step of ['lines', 'responses', 'files', 'subagents'] as const)
						assert.deepEqual(steps.get(step), other.steps[step], step);
				} finally {
					await engine.close();
				}
			});
		}
	});
}

function modelsOf({ models }: CostFigures): (readonly [string, number, number])[] {
	return models.map(({ model, responses, tokens }) => [model, responses, totalTokens(tokens)] as const).sort();
}
