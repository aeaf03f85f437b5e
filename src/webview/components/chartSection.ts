/** A chart with its heading, what one may choose of it, and the same figures as a table behind it. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { text } from '../text.ts';
import { icon } from './icons.ts';
import { type TableColumn, tableHead } from './tableHead.ts';

export interface ChartSectionOptions {
	/** Becomes a class and the id of the heading. */
	readonly name: string;
	readonly heading: string;
	/** What is to be seen, in a sentence below the heading. */
	readonly says?: string;
	/** What one may choose of the chart. */
	readonly tools?: TemplateResult | typeof nothing;
	readonly isTable: boolean;
	readonly showTable: (isTable: boolean) => void;
	readonly chart: () => TemplateResult;
	readonly table: () => TemplateResult;
}

export function chartSection(options: ChartSectionOptions): TemplateResult {
	const { name, heading, says, tools = nothing, isTable, showTable, chart, table } = options;
	const toggle = text(isTable ? 'showChart' : 'showTable');
	return html`<section aria-labelledby="${name}-heading" class="chart-section ${name}">
		<div class="section-head">
			<h2 tabindex="-1" id="${name}-heading">${heading}</h2>
			<div class="section-tools">
				${tools}
				<button class="icon-button" title=${toggle} aria-label="${toggle}: ${heading}" @click=${() => showTable(!isTable)}>
					${icon(isTable ? 'graph' : 'table')}
				</button>
			</div>
		</div>
		${says === undefined ? nothing : html`<p class="says">${says}</p>`} ${isTable ? table() : chart()}
	</section>`;
}

export interface TableRow {
	readonly cells: readonly (string | TemplateResult)[];
	/** The first cell leads to what is behind the row. */
	readonly pick?: () => void;
}

/** The table behind a chart: the first column names the row. */
export function tableBehind(label: string, columns: readonly TableColumn[], rows: readonly TableRow[]): TemplateResult {
	return html`<div class="table-scroll table-behind" role="region" tabindex="0" aria-label=${label}>
		<table>
			${tableHead(columns)}
			<tbody>
				${rows.map(
					({ cells, pick }) =>
						html`<tr class=${pick === undefined ? '' : 'clickable'} @click=${pick ?? nothing}>
							${cells.map((cell, index) =>
								index === 0
									? html`<th scope="row">${pick === undefined ? cell : html`<button class="link">${cell}</button>`}</th>`
									: html`<td class=${columns[index]?.amount === true ? 'amount' : ''}>${cell}</td>`,
							)}
						</tr>`,
				)}
			</tbody>
		</table>
	</div>`;
}

export const chartSectionStyle = css`
	.chart-section {
		min-width: 0;
	}
	.says {
		max-width: 78ch;
		margin: -4px 0 10px;
		color: var(--muted);
		text-wrap: pretty;
	}
	.says.below {
		margin: 8px 0 0;
	}
	.table-behind {
		max-height: 320px;
	}
`;
