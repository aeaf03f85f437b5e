/** How much of each budget is spent: at a glance, and in words what is left and where the pace leads. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import type { BudgetState, CostFigures } from '../contract/cost.ts';
import type { Format } from '../format.ts';
import type { View } from './view.ts';
import { costText } from './words/cost.ts';

export function budgets(view: View, { budgets: set }: CostFigures): TemplateResult {
	const { model } = view;
	const change = button({ label: costText('setBudget'), press: () => void model.command('openSettings') });
	return html`<section aria-labelledby="budgets-heading" class="budgets">
		<div class="section-head"><h2 tabindex="-1" id="budgets-heading">${costText('budgets')}</h2></div>
		${
			set.length === 0
				? html`<div class="none">
						<p>${costText('budgetNone')}</p>
						${change}
					</div>`
				: html`<p class="says">${costText('budgetsSays')}</p>
						<div class="budget-list">${set.map(each => budget(view, each))}</div>
						${budgetKey(set)}`
		}
	</section>`;
}

function budget({ format, model }: View, state: BudgetState): TemplateResult {
	const { period, limitUsd, spentUsd, threshold, state: kind, projectedUsd, first, last } = state;
	const [spent, limit] = [format.usd(spentUsd), format.usd(limitUsd)];
	const part = limitUsd > 0 ? Math.min(1, spentUsd / limitUsd) : 1;
	const name = costText(period);
	return html`<div class="budget ${kind}" role="group" aria-label=${costText('budgetLabel', { period: name, spent, limit })}>
		<div class="budget-line">
			<span class="period">${kind === 'within' ? nothing : icon('warning')}${name}</span>
			<button class="figure-link" @click=${() => model.openSessions({ kind: 'days', first, last }, 'costUsd')}>
				${costText('spentOf', { spent, limit })}
			</button>
		</div>
		<svg aria-hidden="true" width="100%" height="12">
			<rect class="ground" y="2" width="100%" height="8" rx="2"></rect>
			<rect class="spent" y="2" width=${`${part * 100}%`} height="8" rx="2"></rect>
			<line x1=${`${threshold * 100}%`} x2=${`${threshold * 100}%`} y1="0" y2="12"></line>
		</svg>
		<p class="muted">${wordsOf(state, format)}</p>
		${
			projectedUsd === null || kind === 'over'
				? nothing
				: html`<p class="muted">${costText('projected', { projected: format.usd(projectedUsd) })}</p>`
		}
	</div>`;
}

/** What the mark and the colours of the bars mean; only what is to be seen. */
function budgetKey(set: readonly BudgetState[]): TemplateResult {
	const states = (['within', 'near', 'over'] as const).filter(state => set.some(each => each.state === state));
	const words = { within: 'keyWithin', near: 'keyNear', over: 'keyOver' } as const;
	return html`<ul class="key budget-key" aria-hidden="true">
		<li>
			<svg width="11" height="12"><line x1="5" x2="5" y1="0" y2="12"></line></svg>${costText('keyThreshold')}
		</li>
		${states.map(
			state =>
				html`<li class="of-${state}">
					<svg width="11" height="12"><rect class="spent" y="2" width="11" height="8" rx="2"></rect></svg>${costText(words[state])}
				</li>`,
		)}
	</ul>`;
}

function wordsOf({ limitUsd, spentUsd, state, first, last }: BudgetState, format: Format): string {
	if (state === 'over') return costText('overBy', { over: format.usd(spentUsd - limitUsd) });
	const left = costText(first === last ? 'left' : 'leftOf', { left: format.usd(limitUsd - spentUsd), day: format.dayMedium(last) });
	return state === 'near' ? costText('nearly', { left }) : left;
}

export const budgetsStyle = css`
	.budget-list {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
		gap: 16px 36px;
	}
	.budget-line {
		display: flex;
		flex-wrap: wrap;
		justify-content: space-between;
		gap: 2px 12px;
		font-variant-numeric: tabular-nums;
	}
	.budget .period {
		display: inline-flex;
		gap: 6px;
		font-weight: 600;
	}
	.budget svg:not(.icon) {
		display: block;
		margin-block: 4px;
	}
	.budget .ground {
		fill: var(--grid);
	}
	.spent {
		fill: var(--bar);
	}
	:is(.budget.near, .of-near) .spent,
	.budget.near .icon {
		fill: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
	}
	:is(.budget.over, .of-over) .spent,
	.budget.over .icon {
		fill: var(--vscode-errorForeground, var(--vscode-charts-red));
	}
	:is(.budget, .budget-key) line {
		stroke: var(--vscode-foreground);
	}
	.budget-key {
		margin-top: 8px;
	}
	.budget-key li {
		align-items: center;
	}
	.budget p {
		margin: 0;
		font-size: var(--small);
	}
	@media (forced-colors: active) {
		.budget .ground {
			fill: Canvas;
			stroke: CanvasText;
		}
		.spent[class] {
			fill: CanvasText;
		}
	}
`;
