/** The hours of the week in local time: when a person works with Claude. An hour leads to its sessions. */
import { type TemplateResult, html } from 'lit';
import '../charts/heatMap.ts';
import type { HeatCell, HeatLabel } from '../charts/heatMap.ts';
import { chartSection, tableBehind } from '../components/chartSection.ts';
import { segmented } from '../components/segmented.ts';
import type { HourCell, OverviewFigures } from '../contract/overview.ts';
import type { Format } from '../format.ts';
import { text } from '../text.ts';
import { calendarMeasureNames, measured } from './calendar.ts';
import { type CalendarMeasure, calendarMeasures } from './savedState.ts';
import type { View } from './view.ts';
import { overviewText } from './words/overview.ts';

export function weekHours(view: View, { hours }: OverviewFigures): TemplateResult {
	const { state, model, format } = view;
	const measure = state.saved.hoursMeasure;
	const name = text(calendarMeasureNames[measure]);
	const busiest = hours.reduce<HourCell | null>((best, hour) => (hour[measure] > (best?.[measure] ?? 0) ? hour : best), null);
	const says = overviewText('hoursSays');
	return chartSection({
		name: 'week-hours',
		heading: overviewText('hours'),
		says: busiest === null ? says : `${says} ${busiestWords(busiest, format)}`,
		tools: segmented({
			name: 'hours-measure',
			label: overviewText('measure'),
			choices: calendarMeasures.map(value => ({ value, label: text(calendarMeasureNames[value]) })),
			chosen: measure,
			pick: picked => model.show({ hoursMeasure: picked }),
		}),
		isTable: state.saved.tables.includes('hours'),
		showTable: isTable => model.showTable('hours', isTable),
		chart: () =>
			html`<heat-map
				.cells=${cellsOf(hours, measure, format)}
				.rows=${weekdays.map(at => ({ at, label: format.weekday(at, 'short') }))}
				.columns=${hourLabels(format)}
				.rowCount=${7}
				.columnCount=${24}
				.tallest=${24}
				.widest=${46}
				.label=${overviewText('hoursLabel', { measure: name })}
				.hint=${overviewText('hoursHint')}
				.less=${overviewText('less')}
				.more=${overviewText('more')}
				.pick=${(key: string) => {
					const [weekday, hour] = key.split('-').map(Number);
					if (weekday !== undefined && hour !== undefined) model.openSessions({ kind: 'hour', weekday, hour });
				}}
			></heat-map>`,
		table: () =>
			tableBehind(
				overviewText('hoursLabel', { measure: name }),
				[
					{ label: overviewText('weekday') },
					{ label: overviewText('hourOfDay') },
					...calendarMeasures.map(each => ({ label: text(calendarMeasureNames[each]), amount: true })),
				],
				hours.map(hour => ({
					cells: [
						format.weekday(hour.weekday, 'long'),
						format.hourOfDay(hour.hour),
						...calendarMeasures.map(each => measured(hour[each], each, format)),
					],
					pick: () => model.openSessions({ kind: 'hour', weekday: hour.weekday, hour: hour.hour }),
				})),
			),
	});
}

const weekdays = [0, 1, 2, 3, 4, 5, 6];

function busiestWords({ weekday, hour }: HourCell, format: Format): string {
	return overviewText('hoursBusiest', {
		weekday: format.weekday(weekday, 'long'),
		from: format.hourOfDay(hour),
		to: format.hourOfDay(hour + 1),
	});
}

function hourLabels(format: Format): readonly HeatLabel[] {
	return [0, 6, 12, 18].map(at => ({ at, label: format.hourBrief(at) }));
}

function cellsOf(hours: readonly HourCell[], measure: CalendarMeasure, format: Format): readonly HeatCell[] {
	const found = new Map(hours.map(each => [`${each.weekday}-${each.hour}`, each]));
	const times = Array.from({ length: 25 }, (_, hour) => format.hourOfDay(hour));
	return weekdays.flatMap(weekday => {
		const day = format.weekday(weekday, 'long');
		return Array.from({ length: 24 }, (_, hour) => {
			const key = `${weekday}-${hour}`;
			const cell = found.get(key);
			const value = cell?.[measure] ?? 0;
			const name = overviewText('hour', { weekday: day, from: times[hour] ?? '', to: times[hour + 1] ?? '' });
			const words = `${measured(value, measure, format)} ${text(calendarMeasureNames[measure])}`;
			return {
				key,
				row: weekday,
				column: hour,
				name,
				value,
				details: () =>
					cell === undefined
						? [{ label: text(calendarMeasureNames[measure]), value: measured(0, measure, format), shown: true }]
						: calendarMeasures.map(each => ({
								label: text(calendarMeasureNames[each]),
								value: measured(cell[each], each, format),
								shown: each === measure,
							})),
				description:
					cell === undefined ? overviewText('hourNothing', { hour: name }) : overviewText('hourValue', { hour: name, value: words }),
			};
		});
	});
}
