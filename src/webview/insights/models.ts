/** Tokens and cost by model, the dearest first as they come; a model leads to its sessions. */
import { type TemplateResult, css, html, nothing } from 'lit';
import type { ModelRow } from '../contract/cost.ts';
import type { InsightsSnapshot } from '../contract/insights.ts';
import type { TokenCounts } from '../contract/sessions.ts';
import { clipped } from '../format.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';

export function models(view: View, snapshot: InsightsSnapshot): TemplateResult {
	return html`<section aria-labelledby="models-heading" class="models">
		<div class="section-head"><h2 tabindex="-1" id="models-heading">${text('models')}</h2></div>
		${snapshot.models.length === 0 ? html`<p class="none">${text('modelsEmpty')}</p>` : modelTable(view, snapshot.models)}
	</section>`;
}

function modelTable(view: View, rows: readonly ModelRow[]): TemplateResult {
	const mostTokens = Math.max(...rows.map(row => totalTokens(row.tokens)));
	const mostCost = Math.max(...rows.map(row => row.costUsd ?? 0));
	return html`<table>
		<thead>
			<tr>
				<th scope="col">${text('model')}</th>
				<th scope="col" class="amount wide-only">${text('responses')}</th>
				<th scope="col" class="amount">${text('tokens')}</th>
				<th scope="col" class="amount">${text('cost')}</th>
			</tr>
		</thead>
		<tbody>
			${rows.map(row => modelRow(view, row, mostTokens, mostCost))}
		</tbody>
	</table>`;
}

function modelRow({ state, model, format }: View, row: ModelRow, mostTokens: number, mostCost: number): TemplateResult {
	const picked = state.saved.model === row.model;
	const pick = () => model.narrow({ model: picked ? null : row.model });
	const tokens = totalTokens(row.tokens);
	const name = clipped(row.model);
	// The row takes the pointer; the button inside is what the keyboard and screen readers have.
	return html`<tr class="clickable ${picked ? 'picked' : ''}" @click=${pick}>
		<th scope="row">
			<button class="link" aria-pressed=${picked ? 'true' : 'false'} title=${text('filterByModel', { model: name })}>
				<span dir="auto">${name}</span>
			</button>
		</th>
		<td class="amount wide-only">${format.integer(row.responses)}</td>
		<td class="amount" title=${format.integer(tokens)}>${format.compact(tokens)}${shareBar('tokens', tokens, mostTokens)}</td>
		<td class="amount">
			${
				row.costUsd === null
					? html`<span class="muted" title=${text('noPrice')}>–<span class="unseen">${text('noPrice')}</span></span>`
					: format.usd(row.costUsd)
			}
			${row.costUsd === null ? nothing : shareBar('cost', row.costUsd, mostCost)}
		</td>
	</tr>`;
}

/** Drawn as SVG because the page's policy forbids style attributes. */
function shareBar(kind: 'tokens' | 'cost', value: number, most: number): TemplateResult {
	const share = most > 0 ? Math.max(0.5, (value / most) * 100) : 0;
	return html`<svg class="share-bar ${kind}" aria-hidden="true" width="100%" height="3">
		<rect width=${`${value > 0 ? share : 0}%`} height="3" rx="1.5"></rect>
	</svg>`;
}

export function totalTokens(tokens: TokenCounts): number {
	return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}

export const modelsStyle = css`
	.models {
		min-width: 0;
	}
	.models table {
		table-layout: fixed;
	}
	.models .amount {
		width: 78px;
	}
	.models td,
	.models th[scope='row'] {
		padding-block: 5px;
		vertical-align: top;
	}
	.models th[scope='row'] button {
		max-width: 100%;
	}
	.share-bar {
		display: block;
		margin-top: 3px;
		border-radius: 2px;
		background: var(--grid);
	}
	.share-bar.tokens rect {
		fill: var(--bar);
	}
	.share-bar.cost rect {
		fill: var(--bar-2);
	}
	/* Beside the chart there is no room for it, below it there is. */
	@container page ((960px <= width < 1240px) or (width < 480px)) {
		.models .wide-only {
			display: none;
		}
	}
	@container page (width < 480px) {
		.models .amount {
			width: 62px;
			padding-inline-start: 0;
		}
	}
	@media (forced-colors: active) {
		.share-bar rect {
			fill: CanvasText;
		}
	}
`;
