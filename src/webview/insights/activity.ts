/** What happened when: a bar for each day (or week) of one figure at a time, or the same as a table. A bar leads to its sessions. */
import { type TemplateResult, css, html } from 'lit';
import '../charts/barChart.ts';
import type { Bar } from '../charts/barChart.ts';
import { icon } from '../components/icons.ts';
import { segmented } from '../components/segmented.ts';
import type { InsightsSnapshot } from '../contract/insights.ts';
import type { DayPoint } from '../contract/overview.ts';
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

export function activity(view: View, snapshot: InsightsSnapshot): TemplateResult {
	const { state, model } = view;
	const { metric, daysAsTable } = state.saved;
	return html`<section aria-labelledby="activity-heading" class="activity">
		<div class="section-head">
			<h2 tabindex="-1" id="activity-heading">${text('activity')}</h2>
			<div class="section-tools">
				${segmented({
					name: 'metric',
					label: text('metric'),
					choices: metrics.map(value => ({ value, label: text(metricNames[value]) })),
					chosen: metric,
					pick: picked => model.show({ metric: picked }),
				})}
				<button
					class="icon-button"
					title=${text(daysAsTable ? 'showChart' : 'showTable')}
					aria-label=${text(daysAsTable ? 'showChart' : 'showTable')}
					@click=${() => model.show({ daysAsTable: !daysAsTable })}
				>
					${icon(daysAsTable ? 'graph' : 'table')}
				</button>
			</div>
		</div>
		${daysAsTable ? dayTable(view, snapshot) : dayChart(view, snapshot)}
	</section>`;
}

function dayChart({ state, model, format }: View, snapshot: InsightsSnapshot): TemplateResult {
	const { metric, span } = state.saved;
	const weeks = snapshot.daysAre === 'weeks';
	const bars: readonly Bar[] = snapshot.days.map(point => {
		const name = weeks ? text('weekFrom', { day: format.dayLong(point.day) }) : format.dayLong(point.day);
		return {
			key: point.day,
			label: format.dayShort(point.day),
			name,
			value: point[metric],
			details: metrics.map(each => ({ label: text(metricNames[each]), value: shown(point, each, format), shown: each === metric })),
			description: text('barLabel', { day: name, value: `${shown(point, metric, format)} ${text(metricNames[metric])}` }),
		};
	});
	return html`<bar-chart
		.bars=${bars}
		.label=${text(weeks ? 'activityWeeks' : 'activityDays', { metric: text(metricNames[metric]) })}
		.hint=${text('activityHint')}
		.selected=${span?.first ?? null}
		.whole=${metric !== 'costUsd'}
		.tickText=${(value: number) => (metric === 'costUsd' ? format.usdShort(value) : format.compact(value))}
		.pick=${(day: string | null) => model.narrow({ span: day === null ? null : spanOf(day, weeks) })}
	></bar-chart>`;
}

function dayTable({ state, model, format }: View, snapshot: InsightsSnapshot): TemplateResult {
	const { span } = state.saved;
	const weeks = snapshot.daysAre === 'weeks';
	const label = text(weeks ? 'activityWeeks' : 'activityDays', { metric: text('activity') });
	return html`<div class="table-scroll day-table" role="region" tabindex="0" aria-label=${label}>
		<table>
			<thead>
				<tr>
					<th scope="col">${text(weeks ? 'week' : 'day')}</th>
					${metrics.map(metric => html`<th scope="col" class="amount">${text(metricNames[metric])}</th>`)}
				</tr>
			</thead>
			<tbody>
				${[...snapshot.days].reverse().map(point => {
					const picked = span?.first === point.day;
					return html`<tr class=${picked ? 'picked' : ''}>
						<th scope="row">
							<button
								class="link"
								aria-pressed=${picked ? 'true' : 'false'}
								@click=${() => model.narrow({ span: picked ? null : spanOf(point.day, weeks) })}
							>
								${format.dayMedium(point.day)}
							</button>
						</th>
						${metrics.map(metric => html`<td class="amount">${shown(point, metric, format)}</td>`)}
					</tr>`;
				})}
			</tbody>
		</table>
	</div>`;
}

function shown(point: DayPoint, metric: Metric, format: Format): string {
	return metric === 'costUsd'
		? format.usd(point.costUsd)
		: metric === 'tokens'
			? format.compact(point.tokens)
			: format.integer(point[metric]);
}

export const activityStyle = css`
	.activity {
		min-width: 0;
	}
	.day-table {
		max-height: 240px;
	}
`;
