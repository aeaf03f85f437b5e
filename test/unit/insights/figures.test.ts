import assert from 'node:assert/strict';
import { PriceBook } from '../../../src/extension/claude/prices.ts';
import { blockFigures, blocksOf } from '../../../src/extension/insights/blocks.ts';
import { budgetDays, budgetStates } from '../../../src/extension/insights/budgets.ts';
import { cacheFigures } from '../../../src/extension/insights/cacheFigures.ts';
import type { SessionHistory } from '../../../src/extension/insights/history.ts';
import { LocalHours } from '../../../src/extension/insights/hourTable.ts';
import { LocalCalendar } from '../../../src/extension/insights/localTime.ts';
import { overviewFigures, streaksIn } from '../../../src/extension/insights/overview.ts';
import { periodOf } from '../../../src/extension/insights/period.ts';
import { countedAsUsage, reconciliation } from '../../../src/extension/insights/reconciliation.ts';
import { select, sessionsOf as sessionsIn } from '../../../src/extension/insights/selection.ts';
import { allOf, sessionsOf, used } from './sessions.ts';

const at = (text: string): number => Date.parse(text);
const berlin = new LocalCalendar('Europe/Berlin');
const hoursOf = (sessions: readonly SessionHistory[]): LocalHours => new LocalHours(allOf(sessions), berlin);
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

describe('Five-hour blocks', () => {
	it('begin at the whole hour of their first answer, and with the first answer after their end', () => {
		const sessions = sessionsOf(
			{ usage: [used('2026-03-01T09:50:00Z'), used('2026-03-01T13:59:00Z'), used('2026-03-01T14:00:00Z')] },
			{ usage: [used('2026-03-02T03:10:00Z')] },
		);
		assert.deepEqual(
			blocksOf(sessions).map(({ startMs, responses }) => [new Date(startMs).toISOString(), responses]),
			[
				['2026-03-01T09:00:00.000Z', 2],
				['2026-03-01T14:00:00.000Z', 1],
				['2026-03-02T03:00:00.000Z', 1],
			],
		);
	});

	it('say the pace of the one going on from its first answer, and where it leads', () => {
		const sessions = sessionsOf({ usage: [used('2026-03-01T09:30:00Z', { costUsd: 6 })] });
		const figures = blockFigures({
			blocks: blocksOf(sessions),
			span: null,
			nowMs: at('2026-03-01T10:30:00Z'),
			firstAnswer: () => at('2026-03-01T09:30:00Z'),
		});
		const { current } = figures;
		assert.deepEqual(
			[current?.elapsedMinutes, current?.remainingMinutes, current?.costUsdPerHour, current?.projectedCostUsd],
			[60, 210, 6, 27],
		);
		assert.equal(current?.projectedTokens, 4_500_000);
		assert.equal(figures.blocks[0]?.isActive, true);
	});

	it('have no pace once their five hours are over', () => {
		const sessions = sessionsOf({ usage: [used('2026-03-01T09:30:00Z')] });
		const figures = blockFigures({ blocks: blocksOf(sessions), span: null, nowMs: at('2026-03-01T14:00:00Z'), firstAnswer: () => null });
		assert.deepEqual([figures.current, figures.total, figures.medianUsd], [null, 1, 1]);
	});
});

describe('Budgets', () => {
	it('run over local days, weeks from Monday and calendar months', () => {
		assert.deepEqual(budgetDays('daily', '2026-03-01', 'monday'), { first: '2026-03-01', last: '2026-03-01' });
		assert.deepEqual(budgetDays('weekly', '2026-03-01', 'monday'), { first: '2026-02-23', last: '2026-03-01' });
		assert.deepEqual(budgetDays('weekly', '2026-03-01', 'sunday'), { first: '2026-03-01', last: '2026-03-07' });
		assert.deepEqual(budgetDays('monthly', '2026-02-14', 'monday'), { first: '2026-02-01', last: '2026-02-28' });
		assert.deepEqual(budgetDays('monthly', '2026-12-31', 'monday'), { first: '2026-12-01', last: '2026-12-31' });
	});

	it('are near from the threshold on, and over from the limit on; the span is the local one, clocks changed or not', () => {
		const spans: [string, string][] = [];
		const states = (spentUsd: number) =>
			budgetStates(
				{ dailyUsd: 10, weeklyUsd: null, monthlyUsd: 0, threshold: 0.8, weekStartsOn: 'monday' },
				at('2026-03-29T12:00:00Z'),
				berlin,
				({ fromMs, toMs }) => {
					spans.push([new Date(fromMs).toISOString(), new Date(toMs).toISOString()]);
					return spentUsd;
				},
			).map(({ period, state }) => [period, state]);
		assert.deepEqual([7.99, 8, 9.99, 10].map(states), [
			[['daily', 'within']],
			[['daily', 'near']],
			[['daily', 'near']],
			[['daily', 'over']],
		]);
		assert.deepEqual(spans[0], ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
	});

	it('project by whole days begun, and nothing on the first day', () => {
		const projected = (now: string) =>
			budgetStates(
				{ dailyUsd: null, weeklyUsd: 70, monthlyUsd: null, threshold: 0.8, weekStartsOn: 'monday' },
				at(now),
				berlin,
				() => 20,
			)[0]?.projectedUsd;
		assert.equal(projected('2026-03-02T12:00:00Z'), null);
		assert.equal(projected('2026-03-03T12:00:00Z'), 70);
	});
});

describe('Streaks', () => {
	it('are days without a gap, over the ends of months', () => {
		assert.deepEqual(streaksIn(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-03']), [
			{ first: '2026-02-27', last: '2026-03-01', days: 3 },
			{ first: '2026-03-03', last: '2026-03-03', days: 1 },
		]);
	});

	const overview = (now: string, ...days: string[]) => {
		const sessions = sessionsOf({ usage: days.map(day => used(`${day}T12:00:00Z`)) });
		const period = periodOf({ range: '7d' }, at(now), berlin);
		return overviewFigures({
			hours: hoursOf(sessions),
			period,
			calendar: berlin,
			today: berlin.dayOf(at(now)),
			rowsOf: () => [],
		});
	};

	it('go on while today or yesterday was worked on, and do not count the days of a pause within a session', () => {
		const days = ['2026-03-01', '2026-03-08', '2026-03-09'];
		assert.deepEqual(overview('2026-03-10T12:00:00Z', ...days).streaks, {
			current: { first: '2026-03-08', last: '2026-03-09', days: 2 },
			longest: { first: '2026-03-08', last: '2026-03-09', days: 2 },
			activeDays: 2,
		});
		assert.equal(overview('2026-03-11T12:00:00Z', ...days).streaks.current, null);
	});

	it('and the calendar hold a year whatever the period', () => {
		const { calendar, days } = overview('2026-03-10T12:00:00Z', '2025-06-01', '2026-03-09');
		assert.deepEqual(
			[calendar.first, calendar.last, calendar.days.map(({ day }) => day)],
			['2025-03-05', '2026-03-10', ['2025-06-01', '2026-03-09']],
		);
		assert.equal(days.length, 7);
	});
});

describe('Hours of the week', () => {
	it('are local: the hour that clocks skip has nothing in it, the one they repeat has both', () => {
		const sessions = sessionsOf({
			usage: ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(time => used(time)),
		});
		const { hours } = overviewFigures({
			hours: hoursOf(sessions),
			period: periodOf({ range: 'all' }, at('2026-11-01T00:00:00Z'), berlin),
			calendar: berlin,
			today: '2026-11-01',
			rowsOf: () => [],
		});
		assert.deepEqual(
			hours.map(({ weekday, hour, responses, sessions: count }) => [weekday, hour, responses, count]),
			[
				[6, 1, 1, 1],
				[6, 2, 2, 1],
				[6, 3, 1, 1],
			],
		);
	});
});

describe('A period', () => {
	it('may be days that a person chose, and is compared with as many before them', () => {
		const { span, before, firstDay, lastDay } = periodOf(
			{ range: 'all', days: { first: '2026-03-28', last: '2026-03-29' } },
			at('2026-05-01'),
			berlin,
		);
		assert.deepEqual([firstDay, lastDay], ['2026-03-28', '2026-03-29']);
		assert.deepEqual(
			[span?.fromMs, span?.toMs, before?.fromMs].map(ms => new Date(ms ?? 0).toISOString()),
			['2026-03-27T23:00:00.000Z', '2026-03-29T22:00:00.000Z', '2026-03-25T23:00:00.000Z'],
		);
	});
});

describe('Filters', () => {
	it('let sessions through that pass all of them, and of usage only the model', () => {
		const sessions = sessionsOf(
			{
				row: { project_id: 1, git_branch: 'main', category_l2: 'docs', models: '["a","b"]' },
				usage: [used('2026-03-01T10:00:00Z', { model: 'a' }), used('2026-03-01T10:00:00Z', { model: 'b' })],
			},
			{ row: { project_id: 2, git_branch: null, mode: 'forked', models: '["b"]' } },
			{ row: { project_id: null, git_branch: '' } },
		);
		const ids = (query: object, projects: number[] | null = null) =>
			sessionsIn(select(allOf(sessions), { scope: 'all', range: 'all', ...query }, projects)).map(({ row }) => row.id);
		assert.deepEqual(ids({}), [1, 2, 3]);
		assert.deepEqual(ids({}, [2]), [2]);
		assert.deepEqual(ids({ project: '/home/ada/engine' }), [1]);
		assert.deepEqual(ids({ project: '' }), [3]);
		assert.deepEqual(ids({ branch: '' }), [2, 3]);
		assert.deepEqual(ids({ category: 'docs' }), [1]);
		assert.deepEqual(ids({ model: 'b', mode: 'forked' }), [2]);
		assert.deepEqual(ids({ model: 'c' }), []);
	});
});

describe('What caching changed', () => {
	it('is what reads saved less what writes cost beyond input', () => {
		const book = new PriceBook({ m: { input: 10, output: 50 } });
		const row = used('2026-03-01T10:00:00Z', {
			model: 'm',
			input: 1_000_000,
			cacheRead: 6_000_000,
			cacheWrite5m: 2_000_000,
			cacheWrite1h: 1_000_000,
		});
		const figures = cacheFigures([row, used('2026-03-01T10:00:00Z', { model: 'unknown', input: 0, cacheRead: 2_500_000 })], ({ model }) =>
			book.ratesOf({ model, isFast: false, isLong: false, atMs: null }),
		);
		near(figures.hitRate ?? 0, 0.68);
		assert.equal(figures.readTokens, 6_000_000, 'those that the dollars are of');
		near(figures.readUsd, 6);
		near(figures.savedByReadsUsd, 54);
		near(figures.writeUsd, 45);
		near(figures.extraForWritesUsd, 15);
		near(figures.savedUsd, 39);
	});
});

describe('Why figures differ', () => {
	it('goes from lines to the total, each step with what it changes', () => {
		const book = new PriceBook({ m: { input: 1, output: 5 } });
		const priceOf = (row: ReturnType<typeof used>): number | null =>
			book.costOf({
				model: row.model,
				tokens: row,
				webSearches: row.webSearches,
				isFast: row.isFast === 1,
				isLong: row.isLong === 1,
				atMs: null,
			});
		const count = (tokens: number, answers: number) =>
			countedAsUsage({
				session: 1,
				quarter: 900_000,
				model: 'm',
				count: answers,
				input: tokens,
				output: 0,
				cacheRead: 0,
				cacheWrite: 0,
			});
		const main = used('2026-03-01T10:00:00Z', {
			model: 'm',
			input: 0,
			cacheWrite5m: 1_000_000,
			cacheWrite1h: 1_000_000,
			webSearches: 100,
			costUsd: 4.25,
			responses: 2,
		});
		const agent = used('2026-03-01T10:00:00Z', { model: 'm', part: 2, input: 1_000_000, costUsd: 1 });
		const other = used('2026-03-01T10:00:00Z', { model: 'x', part: 2, input: 500, costUsd: null });
		const { steps, unpricedTokens } = reconciliation({
			lines: [count(9_000_000, 9)],
			elsewhere: [count(1_000_000, 1)],
			usage: [main, agent, other],
			priceOf,
		});
		assert.deepEqual(
			steps.map(({ step, count: answers, tokens, costUsd }) => [step, answers, tokens, Math.round(costUsd * 1e6) / 1e6]),
			[
				['lines', 9, 9_000_000, 9],
				['responses', 3, 3_000_000, 3.5],
				['files', 2, 2_000_000, 2.5],
				['cacheTiers', 2, 2_000_000, 3.25],
				['subagents', 4, 3_000_500, 4.25],
				['rates', 4, 3_000_500, 5.25],
			],
		);
		assert.equal(unpricedTokens, 500);
		near(
			steps.reduce((sum, { costChangeUsd }) => sum + (costChangeUsd ?? 0), steps[0]?.costUsd ?? 0),
			5.25,
		);
	});
});
