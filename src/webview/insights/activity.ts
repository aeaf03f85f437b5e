/** What happened when: a bar for each day (or week) of one figure at a time, or the same as a table. A bar leads to its sessions. */
import { type TemplateResult, html } from 'lit';
import '../charts/barChart.ts';
import type { Bar } from '../charts/barChart.ts';
import { chartSection, tableBehind } from '../components/chartSection.ts';
import { segmented } from '../components/segmented.ts';
import type { DayPoint, OverviewFigures } from '../contract/overview.ts';
import type { Format } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { spanOf } from './daySpan.ts';
import { type Metric, metrics } from './savedState.ts';
import type { View } from './view.ts';

export const metricNames: Readonly<Record<Metric, StringKey>> = {
	sessions: 'sessions',
	responses: 'responses',
	tokens: 'tokens',
	costUsd: 'cost',
};

export function activity(view: View, page: OverviewFigures): TemplateResult {
	const { state, model, format } = view;
	const { metric } = state.saved;
	const weeks = page.daysAre === 'weeks';
	return chartSection({
		name: 'activity',
		heading: text('activity'),
		tools: segmented({
			name: 'metric',
			label: text('metric'),
			choices: metrics.map(value => ({ value, label: text(metricNames[value]) })),
			chosen: metric,
			pick: picked => model.show({ metric: picked }),
		}),
		isTable: state.saved.tables.includes('activity'),
		showTable: isTable => model.showTable('activity', isTable),
		chart: () => dayChart(view, page),
		table: () =>
			tableBehind(
				text(weeks ? 'activityWeeks' : 'activityDays', { metric: text('activity') }),
				[{ label: text(weeks ? 'week' : 'day') }, ...metrics.map(each => ({ label: text(metricNames[each]), amount: true }))],
				[...page.days].reverse().map(point => ({
					cells: [format.dayMedium(point.day), ...metrics.map(each => shown(point, each, format))],
					pick: () => model.openSessions({ kind: 'days', ...spanOf(point.day, weeks) }),
				})),
			),
	});
}

function dayChart({ state, model, format }: View, page: OverviewFigures): TemplateResult {
	const { metric } = state.saved;
	const weeks = page.daysAre === 'weeks';
	const bars: readonly Bar[] = page.days.map(point => {
		const name = weeks ? text('weekFrom', { day: format.dayLong(point.day) }) : format.dayLong(point.day);
		return {
			key: point.day,
			label: format.dayShort(point.day),
			name,
			value: point[metric],
			details: () => metrics.map(each => ({ label: text(metricNames[each]), value: shown(point, each, format), shown: each === metric })),
			description: text('barLabel', { day: name, value: `${shown(point, metric, format)} ${text(metricNames[metric])}` }),
		};
	});
	return html`<bar-chart
		.bars=${bars}
		.label=${text(weeks ? 'activityWeeks' : 'activityDays', { metric: text(metricNames[metric]) })}
		.hint=${text('activityHint')}
		.whole=${metric !== 'costUsd'}
		.tickText=${(value: number) => (metric === 'costUsd' ? format.usdShort(value) : format.compact(value))}
		.pick=${(day: string) => model.openSessions({ kind: 'days', ...spanOf(day, weeks) })}
	></bar-chart>`;
}

function shown(point: DayPoint, metric: Metric, format: Format): string {
	return metric === 'costUsd' ? format.usd(point.costUsd) : format.integer(point[metric]);
}
