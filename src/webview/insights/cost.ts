/** The cost page: what it came to, where it went, what caching and subagents did to it, and how the sum comes about. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { below } from '../components/below.ts';
import { icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import type { CostFigures } from '../contract/cost.ts';
import { clipped } from '../format.ts';
import { blocks } from './blocks.ts';
import { budgets } from './budgets.ts';
import { caching } from './caching.ts';
import { costByDay } from './costByDay.ts';
import { costShares } from './costShares.ts';
import { type FigureCard, changeLine, figureCards } from './figureCards.ts';
import { comparedWith, periodBefore } from './periodBefore.ts';
import { inBothForms, totalTokens } from './tokens.ts';
import { reconciliation } from './reconciliation.ts';
import { subagentCost } from './subagentCost.ts';
import type { View } from './view.ts';
import { costText } from './words/cost.ts';

export function cost(view: View, page: CostFigures): TemplateResult {
	return html`<div class="sections cost">
		${headline(view, page)} ${unpriced(view, page)} ${budgets(view, page)} ${costByDay(view, page)}
		${below(
			() =>
				html`${costShares(view, page)} ${caching(view, page.cache)} ${subagentCost(view, page.subagents)} ${blocks(view, page.blocks)}
				${reconciliation(view, page.reconciliation)}`,
		)}
	</div>`;
}

function headline({ format, model, state }: View, page: CostFigures): TemplateResult {
	const { costUsd, perActiveDayUsd, perSessionUsd, answeredSessions, cache, subagents } = page;
	const money = { brief: format.usdBrief.bind(format), exact: format.usd.bind(format) };
	const saved = cache.savedUsd;
	const period = periodBefore(state.pages.cost?.head, [costUsd], format);
	const cards: readonly FigureCard[] = [
		{
			name: 'costUsd',
			label: costText('total'),
			shown: format.usd(costUsd.now),
			value: costUsd.now,
			below: changeLine(costUsd, format, { brief: (_, value) => money.brief(value), exact: (_, value) => money.exact(value) }, period),
			open: () => model.openSessions(null, 'costUsd'),
		},
		{
			name: 'perDay',
			label: costText('perDay'),
			shown: perActiveDayUsd === null ? '–' : format.usd(perActiveDayUsd),
			open: () => model.openSessions(null, 'startedAt'),
		},
		{
			name: 'perSession',
			label: costText('perSession'),
			shown: perSessionUsd === null ? '–' : format.usd(perSessionUsd),
			below: perSessionUsd === null ? nothing : costText('answeredSessions', { count: format.integer(answeredSessions) }, answeredSessions),
			open: () => model.openSessions(null, 'costUsd'),
		},
		{
			name: 'saved',
			label: costText(saved < 0 ? 'lostByCaching' : 'saved'),
			shown: format.usd(Math.abs(saved)),
			value: saved,
			below: cache.hitRate === null ? nothing : costText('cacheHits', { percent: format.percent(cache.hitRate) }),
		},
		{
			name: 'subagents',
			label: costText('subagents'),
			shown: format.usd(subagents.costUsd),
			value: subagents.costUsd,
			below: subagents.share === null ? nothing : costText('ofTheCost', { percent: format.percent(subagents.share) }),
			open: () => model.openSessions({ kind: 'subagents', model: null }, 'costUsd'),
		},
	];
	return html`<section aria-labelledby="cost-headline">
		<h2 tabindex="-1" id="cost-headline" class="unseen">${costText('headline')}</h2>
		${figureCards(cards)} ${comparedWith(period)}
	</section>`;
}

/** With the one thing that can be done about it: to say the price. */
function unpriced({ format, model }: View, { unpriced: models }: CostFigures): TemplateResult | typeof nothing {
	if (models.length === 0) return nothing;
	const all = models.reduce((sum, each) => sum + totalTokens(each.tokens), 0);
	const says = inBothForms(format, tokens =>
		costText('unpricedSays', { tokens: tokens(all), count: format.integer(models.length) }, models.length),
	);
	return html`<section aria-labelledby="unpriced-heading" class="notice warning unpriced-models">
		${icon('warning')}
		<div class="words">
			<h2 tabindex="-1" id="unpriced-heading">${costText('unpricedTitle')}</h2>
			<p title=${says.exact}>${says.shown}</p>
			<ul>
				${models.map(each => {
					const words = inBothForms(format, tokens =>
						costText('unpricedModel', {
							model: clipped(each.model),
							tokens: tokens(totalTokens(each.tokens)),
							sessions: costText('sessions', { count: format.integer(each.sessions) }, each.sessions),
						}),
					);
					return html`<li>
						<button class="sentence-link" title=${words.exact} @click=${() => model.openSessions({ kind: 'unpriced', model: each.model })}>
							<span dir="auto">${words.shown}</span>
						</button>
					</li>`;
				})}
			</ul>
		</div>
		${button({ label: costText('setPrices'), press: () => void model.command('openSettings') })}
	</section>`;
}

export const costStyle = css`
	.unpriced-models {
		align-items: flex-start;
	}
	.unpriced-models .words {
		flex: 1 1 240px;
		min-width: 0;
	}
	.unpriced-models p {
		color: var(--muted);
	}
	.unpriced-models ul {
		margin: 4px 0 0;
		padding: 0;
		list-style: none;
	}
	.unpriced-models li {
		overflow-wrap: anywhere;
	}
`;
