/** Cost by day, each bar a stack of models, with the daily budget across them where one is set. */
import { type TemplateResult, html } from 'lit';
import '../charts/barChart.ts';
import type { Bar, Limit } from '../charts/barChart.ts';
import { chartSection, tableBehind } from '../components/chartSection.ts';
import type { CostFigures } from '../contract/cost.ts';
import { type Format, clipped } from '../format.ts';
import { text } from '../text.ts';
import { spanOf } from './daySpan.ts';
import { isEverything } from './queries.ts';
import type { View } from './view.ts';
import { costText } from './words/cost.ts';

/** A budget far above all days would press them flat: it is drawn up to this many times the highest. */
const highestLimit = 2;

export function costByDay(view: View, page: CostFigures): TemplateResult {
	const { state, model, format } = view;
	const weeks = page.daysAre === 'weeks';
	const series = page.dayModels.map(each => (each === null ? costText('otherModels') : clipped(each)));
	// A budget counts everything: against bars that are a part of it, the line would say that there is more left than there is.
	const { head } = state.pages.cost ?? {};
	const limit = head !== undefined && isEverything(head.query) ? limitOf(page, format) : null;
	const label = costText(weeks ? 'byWeekLabel' : 'byDayLabel');
	return chartSection({
		name: 'cost-days',
		heading: costText(weeks ? 'byWeek' : 'byDay'),
		isTable: state.saved.tables.includes('costDays'),
		showTable: isTable => model.showTable('costDays', isTable),
		chart: () =>
			html`<bar-chart
				.bars=${barsOf(page, series, format)}
				.series=${series}
				.limit=${limit}
				.label=${label}
				.hint=${text('activityHint')}
				.whole=${false}
				.tickText=${(value: number) => format.usdShort(value)}
				.pick=${(day: string) => model.openSessions({ kind: 'days', ...spanOf(day, weeks) }, 'costUsd')}
			></bar-chart>`,
		table: () =>
			tableBehind(
				label,
				[
					{ label: text(weeks ? 'week' : 'day') },
					{ label: costText('costColumn'), amount: true },
					...series.map(each => ({ label: each, amount: true })),
				],
				[...page.days].reverse().map(point => ({
					cells: [format.dayMedium(point.day), format.usd(point.costUsd), ...point.byModel.map(value => format.usd(value))],
					pick: () => model.openSessions({ kind: 'days', ...spanOf(point.day, weeks) }, 'costUsd'),
				})),
			),
	});
}

function barsOf(page: CostFigures, series: readonly string[], format: Format): readonly Bar[] {
	return page.days.map(point => {
		const name = page.daysAre === 'weeks' ? text('weekFrom', { day: format.dayLong(point.day) }) : format.dayLong(point.day);
		const parts = point.byModel
			.map((value, index) => ({ label: series[index] ?? '', value }))
			.filter(({ value }) => value > 0)
			.reverse();
		const total = format.usd(point.costUsd);
		return {
			key: point.day,
			label: format.dayShort(point.day),
			name,
			value: point.costUsd,
			parts: point.byModel,
			details: () => [
				{ label: costText('costColumn'), value: total, shown: true },
				...parts.map(part => ({ label: part.label, value: format.usd(part.value), shown: false })),
			],
			description: text('barLabel', {
				day: name,
				value: format.list([total, ...parts.map(part => `${part.label} ${format.usd(part.value)}`)]),
			}),
		};
	});
}

function limitOf({ budgets, days, daysAre }: CostFigures, format: Format): Limit | null {
	const daily = budgets.find(budget => budget.period === (daysAre === 'weeks' ? 'weekly' : 'daily'));
	const highest = Math.max(0, ...days.map(day => day.costUsd));
	if (daily === undefined || daily.limitUsd > highest * highestLimit) return null;
	return {
		value: daily.limitUsd,
		label: costText(daysAre === 'weeks' ? 'weeklyBudgetLine' : 'budgetLine', { limit: format.usdShort(daily.limitUsd) }),
	};
}
