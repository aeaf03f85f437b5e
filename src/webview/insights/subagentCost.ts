/** What subagents cost, by model. */
import { type TemplateResult, html } from 'lit';
import type { SubagentCost } from '../contract/cost.ts';
import { clipped } from '../format.ts';
import { ranking } from './ranking.ts';
import { tokensCell } from './tokens.ts';
import type { View } from './view.ts';
import { costText } from './words/cost.ts';

export function subagentCost(view: View, subagents: SubagentCost): TemplateResult {
	const { format, model } = view;
	const sessions = costText('sessions', { count: format.integer(subagents.sessions) }, subagents.sessions);
	return html`<section aria-labelledby="subagents-heading" class="subagents">
		<div class="section-head"><h2 tabindex="-1" id="subagents-heading">${costText('subagentsHeading')}</h2></div>
		${
			subagents.responses === 0
				? html`<p class="none">${costText('subagentsNone')}</p>`
				: html`<p class="says">
							<button class="sentence-link" @click=${() => model.openSessions({ kind: 'subagents', model: null }, 'costUsd')}>
								${costText('subagentsSays', {
									cost: format.usd(subagents.costUsd),
									share: subagents.share === null ? '–' : format.percent(subagents.share),
									sessions,
								})}
							</button>
						</p>
						${ranking(view, {
							name: 'subagents',
							label: costText('subagentsHeading'),
							rows: subagents.byModel,
							columns: [
								{ label: costText('model'), cell: row => html`<bdi>${clipped(row.model)}</bdi>` },
								{ label: costText('responses'), amount: true, from: 'medium', cell: row => format.integer(row.responses) },
								{ label: costText('tokens'), amount: true, cell: row => tokensCell(row.tokens, format) },
								{
									label: costText('costColumn'),
									amount: true,
									cell: row => (row.costUsd === null ? '–' : format.usd(row.costUsd)),
									bar: row => row.costUsd ?? 0,
								},
							],
							open: row => model.openSessions({ kind: 'subagents', model: row.model }, 'costUsd'),
							title: row => clipped(row.model),
							nothing: costText('subagentsNone'),
						})}`
		}
	</section>`;
}
