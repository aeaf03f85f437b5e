/** Rows by rank, with a bar under the figure that ranks them. A row leads to its sessions; what goes beyond the first few unfolds. */
import { type TemplateResult, css, html, nothing } from 'lit';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';

export interface RankColumn<R> {
	readonly label: string;
	readonly amount?: boolean;
	/** The least width of page that it is shown on. */
	readonly from?: 'medium' | 'wide';
	readonly cell: (row: R) => TemplateResult | string;
	/** Draws a bar below the figure, against the largest of all rows. */
	readonly bar?: (row: R) => number;
	readonly width?: 'narrow' | 'name';
}

export interface RankingOptions<R> {
	/** Unique; says which list is unfolded. */
	readonly name: string;
	readonly label: string;
	readonly rows: readonly R[];
	/** The first column is the name. */
	readonly columns: readonly RankColumn<R>[];
	/** What the name's button says it does; null where the row leads nowhere. */
	readonly open: ((row: R) => void) | null;
	/** Of the full name, where the cell cuts it. */
	readonly title?: (row: R) => string;
	readonly nothing: string;
	/** How many there are, where not all of them came. */
	readonly total?: number;
}

/** More than these stay folded. */
const few = 8;

export function ranking<R>(view: View, options: RankingOptions<R>): TemplateResult {
	const { name, label, rows, columns, open, title, total = rows.length } = options;
	if (rows.length === 0) return html`<p class="none">${options.nothing}</p>`;
	const { model, state, format } = view;
	const isOpen = state.saved.unfolded.includes(name);
	/** What has the focus says it to screen readers too. */
	const full = (row: R) => title?.(row) ?? nothing;
	const shown = isOpen ? rows : rows.slice(0, few);
	const most = columns.map(({ bar }) => (bar === undefined ? 0 : Math.max(...rows.map(bar))));
	return html`<table class="ranking" aria-label=${label}>
			<thead>
				<tr>
					${columns.map(column => html`<th scope="col" class=${classOf(column)}>${column.label}</th>`)}
				</tr>
			</thead>
			<tbody>
				${shown.map(row => {
					const go = open === null ? nothing : () => open(row);
					return html`<tr class=${open === null ? '' : 'clickable'} @click=${go}>
						${columns.map((column, index) => {
							const cell = column.cell(row);
							if (index === 0)
								return html`<th scope="row" title=${open === null ? full(row) : nothing}>
									${open === null ? cell : html`<button class="link" title=${full(row)}>${cell}</button>`}
								</th>`;
							return html`<td class=${classOf(column)}>
								${
									column.bar === undefined
										? cell
										: html`<div class="bar-and-figure">${rankBar(column.bar(row), most[index] ?? 0)}<span>${cell}</span></div>`
								}
							</td>`;
						})}
					</tr>`;
				})}
			</tbody>
		</table>
		${
			rows.length <= few
				? nothing
				: html`<button class="disclosure unfold" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => model.unfold(name, !isOpen)}>
						${isOpen ? panelText('showFewerRows') : panelText('showAllRows', { count: format.integer(rows.length) }, rows.length)}
					</button>`
		}
		${
			total > rows.length && (isOpen || rows.length <= few)
				? html`<p class="listed muted">${panelText('listedOf', { shown: format.integer(rows.length), count: format.integer(total) })}</p>`
				: nothing
		}`;
}

function classOf<R>({ amount, from, width, bar }: RankColumn<R>): string {
	return [amount === true ? 'amount' : '', bar === undefined ? '' : 'barred', from === undefined ? '' : `rank-${from}`, width ?? '']
		.filter(each => each !== '')
		.join(' ');
}

/** Drawn as SVG because the page's policy forbids style attributes. */
function rankBar(value: number, most: number): TemplateResult {
	const share = most > 0 && value > 0 ? Math.max(0.5, (value / most) * 100) : 0;
	return html`<svg class="share-bar" aria-hidden="true" width="100%" height="3">
		<rect width=${`${share}%`} height="3" rx="1.5"></rect>
	</svg>`;
}

export const rankingStyle = css`
	.ranking {
		table-layout: fixed;
	}
	.ranking .amount {
		width: 84px;
	}
	.ranking .narrow {
		width: 66px;
	}
	.ranking td,
	.ranking th[scope='row'] {
		padding-block: 5px;
		vertical-align: top;
	}
	.ranking td {
		overflow-wrap: anywhere;
	}
	/* Names tell rows apart: they are broken, not cut. */
	.ranking th[scope='row'],
	.ranking th .link {
		white-space: normal;
		overflow-wrap: anywhere;
	}
	.ranking th .link {
		display: block;
	}
	/* Themes exist whose muted words are as dark as the others. */
	.ranking th .muted {
		font-size: var(--small);
	}
	.ranking .barred {
		width: 26%;
	}
	.bar-and-figure {
		display: grid;
		grid-template-columns: minmax(0, 1fr) minmax(62px, max-content);
		gap: 12px;
		align-items: center;
	}
	.share-bar {
		display: block;
		border-radius: 2px;
	}
	.share-bar rect {
		fill: var(--bar);
	}
	.unfold {
		margin: 6px 0 0 2px;
		padding-inline: 6px;
	}
	.listed {
		margin: 4px 8px 0;
		font-size: var(--small);
	}
	@container page (width < 800px) {
		.ranking .rank-wide {
			display: none;
		}
	}
	@container page (width < 480px) {
		.ranking .rank-medium {
			display: none;
		}
		.ranking th .muted {
			display: block;
			overflow: hidden;
			text-overflow: ellipsis;
			white-space: nowrap;
		}
		/* Figures say it all where there is no room for bars. */
		.ranking .share-bar {
			display: none;
		}
		.bar-and-figure {
			grid-template-columns: minmax(0, 1fr);
		}
		.ranking :is(.amount, .barred) {
			width: 62px;
			padding-inline: 4px;
		}
	}
	@media (forced-colors: active) {
		.share-bar rect {
			fill: CanvasText;
		}
	}
`;
