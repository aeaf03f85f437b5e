/** How often rules, a model and the person say the same, by category: figures with their sample size, and no more (CLS-3). */
import { type TemplateResult, css, html } from 'lit';
import { categoryName } from '../categoryNames.ts';
import type { Agreement, AgreementRow } from '../contract/insights.ts';
import type { Format } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';

/** With fewer sessions in common, one of them moves the figure by more than twenty percent. */
const enough = 5;

const pairs = [
	{ pair: 'modelAndRules', label: 'modelAndRules' },
	{ pair: 'personAndRules', label: 'personAndRules' },
	{ pair: 'personAndModel', label: 'personAndModel' },
] as const satisfies readonly { readonly pair: keyof AgreementRow; readonly label: StringKey }[];

export function agreement({ model, format }: View, rows: readonly AgreementRow[]): TemplateResult {
	const compared = rows.filter(row => pairs.some(({ pair }) => row[pair].both > 0));
	return html`<section aria-labelledby="agreement-heading" class="agreement">
		<div class="section-head"><h2 tabindex="-1" id="agreement-heading">${text('agreement')}</h2></div>
		${
			compared.length === 0
				? html`<p class="none">${text('agreementEmpty')}</p>`
				: html`<p class="says">${text('agreementSays')}</p>
						<table>
							<thead>
								<tr>
									<th scope="col">${text('category')}</th>
									${pairs.map(({ label }) => html`<th scope="col" class="amount">${text(label)}</th>`)}
								</tr>
							</thead>
							<tbody>
								${compared.map(
									row =>
										html`<tr>
											<th scope="row">${categoryName(row.l2)}</th>
											${pairs.map(({ pair }) =>
												cell(row[pair], format, () => model.openSessions({ kind: 'judgedApart', pair, category: row.l2 })),
											)}
										</tr>`,
								)}
							</tbody>
						</table>
						<p class="table-note">${text('agreementNote')}</p>`
		}
	</section>`;
}

/** Leads to the sessions in which they differ. */
function cell({ both, same }: Agreement, format: Format, open: () => void): TemplateResult {
	if (both === 0) return html`<td class="amount muted">–<span class="unseen">${text('agreementNothing')}</span></td>`;
	const words = text('agreementWords', { same: format.integer(same), count: format.integer(both) }, both);
	const figure = text('agreementOf', { same: format.integer(same), count: format.integer(both) });
	return html`<td class="amount ${both < enough ? 'unsure' : ''}" title=${words}>
		${same === both ? figure : html`<button class="cell-link" @click=${open}>${figure}</button>`}
	</td>`;
}

export const agreementStyle = css`
	.agreement {
		min-width: 0;
	}
	.agreement thead th {
		vertical-align: bottom;
		white-space: normal;
	}
	@container page (width < 480px) {
		.agreement table {
			font-size: var(--small);
		}
		.agreement thead th {
			font-size: inherit;
		}
		.agreement :is(th, td) {
			padding-inline: 3px;
		}
		.agreement td {
			white-space: normal;
		}
		.agreement tr > :first-child {
			padding-inline-start: 8px;
		}
	}
`;
