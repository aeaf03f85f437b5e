/** What the cost page says of the made-up history. */
import type { CostFigures, UsageBlock } from '../../../src/webview/contract/cost.ts';
import { dayBefore, haiku, opus, sonnet, today, tokens } from './madeUp.ts';
import { allTokens, counts, days, figure, unpricedTokens } from './overviewFigures.ts';

function block(daysAgo: number, hour: number, costUsd: number, isActive = false): UsageBlock {
	const start = Date.parse(`${dayBefore(today, daysAgo)}T00:00:00Z`) + hour * 3_600_000;
	const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
	return {
		startedAt: at(0),
		endsAt: at(300),
		firstAt: at(7),
		lastAt: at(isActive ? 140 : 270),
		sessions: Math.ceil(costUsd / 3),
		responses: Math.round(costUsd * 41),
		tokens: Math.round(costUsd * 520_000),
		costUsd,
		isActive,
	};
}

const blocks: readonly UsageBlock[] = [
	block(0, 12, 6.84, true),
	block(0, 7, 4.1),
	block(1, 8, 12.6),
	block(1, 13, 3.25),
	block(2, 21, 8.4),
	block(3, 9, 1.12),
	block(4, 8, 17.3),
	block(4, 14, 5.5),
	block(7, 10, 2.2),
	block(8, 8, 9.9),
	block(9, 13, 0.42),
	block(11, 7, 6.6),
	block(13, 9, 4.4),
];

const costDays = days(30).map(point => ({
	day: point.day,
	costUsd: point.costUsd,
	byModel: [point.costUsd * 0.71, point.costUsd * 0.22, point.costUsd * 0.07],
}));

/** Answers of subagents, and all others. */
const subagentTokens = 18_340_000;
const withoutSubagents = allTokens(counts) - subagentTokens;

function share(key: string, label: string, sessions: number, costUsd: number | null, unpricedTokens = 0) {
	return { key, label, sessions, responses: sessions * 83, tokens: sessions * 1_130_000, costUsd, unpricedTokens };
}

export const cost: CostFigures = {
	costUsd: figure(186.42, 141.07),
	tokens: figure(allTokens(counts), 88_412_000),
	perActiveDayUsd: 8.47,
	perSessionUsd: 2.22,
	days: costDays,
	daysAre: 'days',
	dayModels: [opus, sonnet, haiku],
	models: [
		{ model: opus, responses: 4_102, tokens: tokens(58), costUsd: 132.36 },
		{ model: sonnet, responses: 2_210, tokens: tokens(31), costUsd: 41.01 },
		{ model: haiku, responses: 980, tokens: tokens(6.9), costUsd: 13.05 },
		{ model: 'gpt-oss-120b', responses: 88, tokens: tokens(0.3), costUsd: null },
		{ model: 'qwen3-coder', responses: 32, tokens: tokens(0.1), costUsd: null },
	],
	projects: {
		total: 4,
		rows: [
			share('/home/ada/work/storefront', 'storefront', 51, 121.9, 120_000),
			share('/home/ada/work/ledger-api', 'ledger-api', 22, 48.2),
			share('/home/ada/work/infra', 'infra', 8, 14.02),
			share('', '', 3, 2.3),
		],
	},
	branches: {
		total: 61,
		rows: Array.from({ length: 12 }, (_, index) =>
			share(
				index === 2 ? '' : `feature/${index}-payment-retries`,
				index === 2 ? '' : `feature/${index}-payment-retries`,
				12 - index,
				40 / (index + 1),
			),
		),
	},
	categories: {
		total: 3,
		rows: [share('logic-fix', 'logic-fix', 24, 81.2), share('enhancement', 'enhancement', 31, 72.9), share('', '', 29, 32.32)],
	},
	cache: {
		hitRate: 0.926,
		readTokens: 87_724_000,
		writeTokens5m: 5_880_400,
		writeTokens1h: 867_600,
		readUsd: 43.86,
		savedByReadsUsd: 394.76,
		writeUsd: 45.43,
		extraForWritesUsd: 11.69,
		savedUsd: 383.07,
	},
	blocks: {
		blocks,
		total: 31,
		current: {
			block: blocks[0] ?? block(0, 12, 6.84, true),
			elapsedMinutes: 133,
			remainingMinutes: 160,
			tokensPerMinute: 26_740,
			costUsdPerHour: 3.09,
			projectedTokens: 7_835_000,
			projectedCostUsd: 15.07,
		},
		costliestUsd: 17.3,
		medianUsd: 5.5,
	},
	subagents: {
		sessions: 31,
		responses: 1_904,
		tokens: subagentTokens,
		costUsd: 38.72,
		share: 0.2077,
		byModel: [
			{ model: sonnet, responses: 1_210, tokens: 12_100_000, costUsd: 27.9 },
			{ model: haiku, responses: 694, tokens: 6_240_000, costUsd: 10.82 },
		],
	},
	budgets: [
		{ period: 'daily', first: today, last: today, limitUsd: 12, spentUsd: 10.94, threshold: 0.8, state: 'near', projectedUsd: null },
		{
			period: 'monthly',
			first: '2026-11-01',
			last: '2026-11-30',
			limitUsd: 250,
			spentUsd: 151.3,
			threshold: 0.8,
			state: 'within',
			projectedUsd: 216.14,
		},
	],
	unpriced: [
		{ model: 'gpt-oss-120b', sessions: 4, responses: 88, tokens: tokens(0.3) },
		{ model: 'qwen3-coder', sessions: 1, responses: 32, tokens: tokens(0.1) },
	],
	reconciliation: {
		steps: [
			{ step: 'lines', count: 16_120, tokens: 231_400_000, costUsd: 402.18, tokensChange: null, costChangeUsd: null },
			{ step: 'responses', count: 6_021, tokens: 92_100_000, costUsd: 158.02, tokensChange: -139_300_000, costChangeUsd: -244.16 },
			{
				step: 'files',
				count: 5_508,
				tokens: withoutSubagents,
				costUsd: 137.4,
				tokensChange: withoutSubagents - 92_100_000,
				costChangeUsd: -20.62,
			},
			{ step: 'cacheTiers', count: 5_508, tokens: withoutSubagents, costUsd: 144.9, tokensChange: 0, costChangeUsd: 7.5 },
			{ step: 'subagents', count: 7_412, tokens: allTokens(counts), costUsd: 183.62, tokensChange: subagentTokens, costChangeUsd: 38.72 },
			{ step: 'rates', count: 7_412, tokens: allTokens(counts), costUsd: 186.42, tokensChange: 0, costChangeUsd: 2.8 },
		],
		unpricedTokens,
	},
};
