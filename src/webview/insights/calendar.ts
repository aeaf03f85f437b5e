/** The last year as a calendar of weeks, and how steadily a person worked: a day leads to its sessions. */
import { type TemplateResult, css, html } from 'lit';
import '../charts/heatMap.ts';
import type { HeatCell, HeatLabel } from '../charts/heatMap.ts';
import { chartSection, tableBehind } from '../components/chartSection.ts';
import { segmented } from '../components/segmented.ts';
import type { CalendarDay, OverviewFigures, Streak } from '../contract/overview.ts';
import type { Format } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { type CalendarMeasure, calendarMeasures } from './savedState.ts';
import type { View } from './view.ts';
import { overviewText } from './words/overview.ts';

export const calendarMeasureNames: Readonly<Record<CalendarMeasure, StringKey>> = {
	sessions: 'sessions',
	prompts: 'prompts',
	activeMs: 'activeTime',
	costUsd: 'cost',
};

export function calendar(view: View, { calendar: year, streaks }: OverviewFigures): TemplateResult {
	const { state, model, format } = view;
	const measure = state.saved.calendarMeasure;
	const name = text(calendarMeasureNames[measure]);
	return chartSection({
		name: 'calendar',
		heading: overviewText('calendar'),
		says: overviewText('calendarSays'),
		tools: segmented({
			name: 'calendar-measure',
			label: overviewText('measure'),
			choices: calendarMeasures.map(value => ({ value, label: text(calendarMeasureNames[value]) })),
			chosen: measure,
			pick: picked => model.show({ calendarMeasure: picked }),
		}),
		isTable: state.saved.tables.includes('calendar'),
		showTable: isTable => model.showTable('calendar', isTable),
		chart: () =>
			html`<div class="calendar-and-streaks">
				<heat-map
					.cells=${cellsOf(year, measure, format)}
					.rows=${weekdayLabels(format)}
					.columns=${monthLabels(year, format)}
					.rowCount=${7}
					.columnCount=${weekOf(year.last, year.first) + 1}
					.label=${overviewText('calendarLabel', { measure: name })}
					.hint=${overviewText('calendarHint')}
					.less=${overviewText('less')}
					.more=${overviewText('more')}
					.pick=${(day: string) => model.openSessions({ kind: 'days', first: day, last: day })}
				></heat-map>
				${streakList(view, streaks)}
			</div>`,
		table: () =>
			tableBehind(
				overviewText('calendarLabel', { measure: name }),
				[{ label: text('day') }, ...calendarMeasures.map(each => ({ label: text(calendarMeasureNames[each]), amount: true }))],
				[...year.days].reverse().map(day => ({
					cells: [format.dayMedium(day.day), ...calendarMeasures.map(each => measured(day[each], each, format))],
					pick: () => model.openSessions({ kind: 'days', first: day.day, last: day.day }),
				})),
			),
	});
}

export function measured(value: number, measure: CalendarMeasure, format: Format): string {
	switch (measure) {
		case 'activeMs':
			return format.duration(value);
		case 'costUsd':
			return format.usd(value);
		case 'sessions':
		case 'prompts':
			return format.integer(value);
	}
}

const dayMs = 86_400_000;

function dayNumber(day: string): number {
	return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

/** 0 Monday to 6 Sunday: day 0 of the count was a Thursday. */
export function weekdayOf(day: string): number {
	return (dayNumber(day) + 3) % 7;
}

/** Which column a day stands in: weeks begin on Monday. */
export function weekOf(day: string, first: string): number {
	return Math.floor((dayNumber(day) - (dayNumber(first) - weekdayOf(first))) / 7);
}

/** The year is the same from one drawing to the next. */
let lastYear: { readonly of: string; readonly days: readonly string[] } | null = null;

function daysBetween(first: string, last: string): readonly string[] {
	const of = `${first} ${last}`;
	if (lastYear?.of !== of) {
		const [from, to] = [dayNumber(first), dayNumber(last)];
		const days = Array.from({ length: to - from + 1 }, (_, i) => new Date((from + i) * dayMs).toISOString().slice(0, 10));
		lastYear = { of, days };
	}
	return lastYear.days;
}

/** Every day has a cell: that there was nothing is a figure too. */
function cellsOf({ first, last, days }: OverviewFigures['calendar'], measure: CalendarMeasure, format: Format): readonly HeatCell[] {
	const byDay = new Map(days.map(day => [day.day, day]));
	return daysBetween(first, last).map(day => {
		const point = byDay.get(day);
		const name = format.dayLong(day);
		const value = point?.[measure] ?? 0;
		const words = `${measured(value, measure, format)} ${text(calendarMeasureNames[measure])}`;
		return {
			key: day,
			row: weekdayOf(day),
			column: weekOf(day, first),
			name,
			value,
			details: () =>
				point === undefined
					? [{ label: text(calendarMeasureNames[measure]), value: measured(0, measure, format), shown: true }]
					: detailsOf(point, measure, format),
			description:
				point === undefined ? overviewText('calendarNothing', { day: name }) : overviewText('calendarDay', { day: name, value: words }),
		};
	});
}

function detailsOf(day: CalendarDay, measure: CalendarMeasure, format: Format) {
	return calendarMeasures.map(each => ({
		label: text(calendarMeasureNames[each]),
		value: measured(day[each], each, format),
		shown: each === measure,
	}));
}

/** Every second one, as there is no room for more. */
function weekdayLabels(format: Format): readonly HeatLabel[] {
	return [0, 2, 4, 6].map(at => ({ at, label: format.weekday(at, 'short') }));
}

/** Above the first week that begins in a month; not above the first column, where the name would touch the next. */
function monthLabels({ first, last }: OverviewFigures['calendar'], format: Format): readonly HeatLabel[] {
	const labels: HeatLabel[] = [];
	for (const day of daysBetween(first, last)) {
		const at = weekOf(day, first);
		if (day.endsWith('-01') && at > 0 && at < weekOf(last, first) - 1) labels.push({ at, label: format.month(day) });
	}
	return labels;
}

function streakList({ model, format }: View, { current, longest, activeDays }: OverviewFigures['streaks']): TemplateResult {
	const days = (count: number) => overviewText('days', { count: format.integer(count) }, count);
	const open = ({ first, last }: Streak) => model.openSessions({ kind: 'days', first, last });
	const line = (name: string, label: string, streak: Streak | null, none: string, noneHint: string) =>
		html`<div class="streak ${name}">
			<dt>${label}</dt>
			<dd>
				${
					streak === null
						? html`<span class="number">${none}</span> <span class="muted">${noneHint}</span>`
						: html`<button class="figure-link" @click=${() => open(streak)}><span class="number">${days(streak.days)}</span></button>
								<span class="muted">${format.days(streak.first, streak.last)}</span>`
				}
			</dd>
		</div>`;
	return html`<dl class="streaks">
		${line('current', overviewText('streakCurrent'), current, overviewText('streakNone'), overviewText('streakNoneHint'))}
		${line('longest', overviewText('streakLongest'), longest, overviewText('streakNever'), '')}
		<div class="streak active">
			<dt>${overviewText('activeDays')}</dt>
			<dd>
				<button class="figure-link" @click=${() => model.openSessions(null)}><span class="number">${days(activeDays)}</span></button>
				<span class="muted">${overviewText('activeDaysHint')}</span>
			</dd>
		</div>
	</dl>`;
}

export const calendarStyle = css`
	.calendar-and-streaks {
		display: grid;
		grid-template-columns: minmax(0, 1fr) max-content;
		gap: 20px 36px;
		align-items: start;
	}
	.streaks {
		display: grid;
		gap: 14px;
		margin: 0;
	}
	.streaks dt {
		color: var(--muted);
	}
	.streaks dd {
		display: flex;
		flex-direction: column;
		align-items: flex-start;
		margin: 0;
		font-variant-numeric: tabular-nums;
	}
	.streaks .number {
		font-size: 1.3em;
	}
	.streaks .muted {
		font-size: var(--small);
	}
	@container page (width < 960px) {
		.calendar-and-streaks {
			grid-template-columns: minmax(0, 1fr);
		}
		.streaks {
			grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
		}
	}
`;
