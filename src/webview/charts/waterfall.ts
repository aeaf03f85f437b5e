/**
 * How one sum becomes another, one step below the other: each row draws where it begins and ends on the axis of all rows.
 * A table by nature, so nothing stands behind it; what a step takes away is an empty frame, what it adds a full one.
 */
import { type TemplateResult, css, html, nothing, svg } from 'lit';

/** As short as it reads best, and with all digits for the pointer. */
export interface WaterfallReason {
	readonly shown: string;
	readonly exact: string;
}

export const plain = (words: string): WaterfallReason => ({ shown: words, exact: words });

export interface WaterfallRow {
	/** A sum of its own, or a change to the one above. */
	readonly kind: 'sum' | 'change';
	readonly name: string;
	readonly why: WaterfallReason;
	/** Of a change: what it adds (or takes away); of a sum: all of it. */
	readonly value: number;
	/** What it comes to after this row. */
	readonly after: number;
	readonly valueText: string;
	/** Empty where it would only repeat. */
	readonly afterText: string;
	/** Shows the sessions behind the row. */
	readonly open?: () => void;
}

export interface WaterfallLabels {
	readonly step: string;
	readonly change: string;
	readonly after: string;
	readonly table: string;
	/** What each kind of bar means. */
	readonly sum: string;
	readonly more: string;
	readonly less: string;
}

type BarKind = 'sum' | 'more' | 'less';

const height = 14;

export function waterfall(rows: readonly WaterfallRow[], labels: WaterfallLabels): TemplateResult {
	const ends = rows.flatMap(row => [row.after, row.kind === 'sum' ? 0 : row.after - row.value]);
	const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
	const x = (value: number) => (high > low ? ((value - low) / (high - low)) * 100 : 0);
	return html`${key(rows, labels)}
		<table class="waterfall" aria-label=${labels.table}>
			<thead>
				<tr>
					<th scope="col">${labels.step}</th>
					<td class="drawn"></td>
					<th scope="col" class="amount">${labels.change}</th>
					<th scope="col" class="amount after">${labels.after}</th>
				</tr>
			</thead>
			<tbody>
				${rows.map(row => {
					const from = row.kind === 'sum' ? 0 : row.after - row.value;
					const [start, end] = [x(Math.min(from, row.after)), x(Math.max(from, row.after))];
					return html`<tr class=${`step-${row.kind}`}>
						<th scope="row">
							${row.open === undefined ? html`<span class="step">${row.name}</span>` : html`<button class="link step" @click=${row.open}>${row.name}</button>`}
							<span class="why" title=${row.why.exact}>${row.why.shown}</span>
						</th>
						<td class="drawn">
							<svg aria-hidden="true" width="100%" height=${height}>
								<line class="zero" x1=${`${x(0)}%`} x2=${`${x(0)}%`} y1="0" y2=${height}></line>
								${
									row.value === 0 && row.kind === 'change'
										? svg`<line class="still" x1=${`${end}%`} x2=${`${end}%`} y1="1" y2=${height - 1}></line>`
										: svg`<rect class=${barKind(row)}
										x=${`${start}%`} width=${`${Math.max(0.4, end - start)}%`} y="1" height=${height - 2} rx="2"></rect>`
								}
							</svg>
						</td>
						<td class="amount change-of">${row.valueText}</td>
						<td class="amount after">${row.afterText === '' ? nothing : row.afterText}</td>
					</tr>`;
				})}
			</tbody>
		</table>`;
}

function barKind({ kind, value }: WaterfallRow): BarKind {
	return kind === 'sum' ? 'sum' : value < 0 ? 'less' : 'more';
}

/** The kinds of bars that are drawn; the figures beside them say it to those who cannot see them. */
function key(rows: readonly WaterfallRow[], labels: WaterfallLabels): TemplateResult {
	const drawn = new Set(rows.filter(({ kind, value }) => kind === 'sum' || value !== 0).map(barKind));
	return html`<ul class="key waterfall-key" aria-hidden="true">
		${(['sum', 'less', 'more'] as const)
			.filter(kind => drawn.has(kind))
			.map(
				kind =>
					html`<li>
						<svg width="22" height="12"><rect class=${kind} x="0.5" width="21" y="0.5" height="11" rx="2"></rect></svg>${labels[kind]}
					</li>`,
			)}
	</ul>`;
}

export const waterfallStyle = css`
	.waterfall-key {
		margin-bottom: 4px;
	}
	.waterfall-key li {
		align-items: center;
	}
	.waterfall {
		table-layout: fixed;
	}
	.waterfall :is(th, td) {
		padding-block: 6px;
		vertical-align: top;
	}
	.waterfall .drawn {
		width: 30%;
		padding-block-start: 8px;
	}
	.waterfall .amount {
		width: 92px;
	}
	.waterfall .step {
		display: block;
	}
	.waterfall .step-sum .step,
	.waterfall .step-sum .amount {
		font-weight: 600;
	}
	.waterfall .why {
		display: block;
		max-width: 70ch;
		color: var(--muted);
		font-size: var(--small);
		text-wrap: pretty;
	}
	.waterfall svg {
		display: block;
		overflow: visible;
	}
	.waterfall .zero {
		stroke: var(--grid);
	}
	.waterfall .still {
		stroke: var(--muted);
		stroke-width: 2;
	}
	:is(.waterfall, .waterfall-key) rect.sum {
		fill: var(--bar);
	}
	:is(.waterfall, .waterfall-key) rect.more {
		fill: color-mix(in srgb, var(--bar) 55%, transparent);
		stroke: var(--bar);
	}
	:is(.waterfall, .waterfall-key) rect.less {
		fill: transparent;
		stroke: var(--bar);
		stroke-dasharray: 3 2;
	}
	/* No room side by side: words first, the drawing and its figures below. */
	@container page (width < 800px) {
		.waterfall thead th:first-child {
			width: 100%;
		}
		.waterfall tr {
			display: grid;
			grid-template-columns: minmax(0, 1fr) 84px 84px;
		}
		.waterfall thead tr {
			box-shadow: inset 0 -1px 0 var(--line);
		}
		.waterfall thead th {
			box-shadow: none;
		}
		.waterfall thead .drawn {
			display: none;
		}
		.waterfall tbody th {
			grid-column: 1 / -1;
			padding-block-end: 0;
		}
		.waterfall .drawn,
		.waterfall .amount {
			width: auto;
		}
		.waterfall tbody td {
			padding-block: 4px 8px;
		}
	}
	@media (forced-colors: active) {
		:is(.waterfall, .waterfall-key) rect:is(.sum, .more) {
			fill: CanvasText;
		}
		:is(.waterfall, .waterfall-key) rect {
			stroke: CanvasText;
		}
	}
`;
