/**
 * A table of records with many columns: where the page is too narrow for them, each record becomes a list of names and values, so
 * that nothing is lost at the edge.
 */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type TableColumn, tableHead } from './tableHead.ts';

export interface RecordColumn<R> extends TableColumn {
	/** Names the row. */
	readonly isHeading?: boolean;
	readonly cell: (row: R) => TemplateResult | string;
	/** In full, for the pointer. */
	readonly title?: (row: R) => string | null;
	/** Class of the cell, by what is in it. */
	readonly kind?: (row: R) => string;
}

export function recordTable<R>(label: string, columns: readonly RecordColumn<R>[], rows: readonly R[]): TemplateResult {
	return html`<table class="record-table" aria-label=${label}>
		${tableHead(columns)}
		<tbody>
			${rows.map(
				row =>
					html`<tr>
						${columns.map(column => cell(column, row))}
					</tr>`,
			)}
		</tbody>
	</table>`;
}

function cell<R>(column: RecordColumn<R>, row: R): TemplateResult {
	const { label, amount = false, isHeading = false, kind } = column;
	const title = column.title?.(row) ?? nothing;
	const kinds = [amount ? 'amount' : '', kind?.(row) ?? ''].filter(each => each !== '').join(' ');
	// What is inside is one thing, also where the cell is a line of name and value.
	const content = html`<div>${column.cell(row)}</div>`;
	return isHeading
		? html`<th scope="row" class=${kinds} title=${title} data-label=${label}>${content}</th>`
		: html`<td class=${kinds} title=${title} data-label=${label}>${content}</td>`;
}

export const recordTableStyle = css`
	@container page (width < 800px) {
		.record-table,
		.record-table tbody {
			display: block;
		}
		/* Each value has its name beside it; screen readers keep the headings. */
		.record-table thead {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		.record-table tbody tr {
			display: grid;
			grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr));
			gap: 0 24px;
			padding-block: 6px;
			border-bottom: 1px solid var(--grid);
		}
		.record-table :is(td, th[scope='row']) {
			display: grid;
			grid-template-columns: minmax(84px, 38%) minmax(0, 1fr);
			gap: 12px;
			align-items: baseline;
			padding-block: 2px;
			overflow-wrap: anywhere;
			text-align: start;
			white-space: normal;
		}
		.record-table :is(td, th[scope='row'])::before {
			content: attr(data-label);
			color: var(--muted);
			font-weight: 400;
		}
	}
`;
