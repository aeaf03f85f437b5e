/** Why the total differs from that of other tools: from the sum of all lines to the total of the page, one rule at a time. */
import { type TemplateResult, html, nothing } from 'lit';
import { type WaterfallRow, waterfall } from '../charts/waterfall.ts';
import type { Reconciliation, ReconciliationStep, ReconciliationStepName } from '../contract/cost.ts';
import type { SessionSelector } from '../contract/selectors.ts';
import { inBothForms } from './tokens.ts';
import type { View } from './view.ts';
import { waterfallLabels } from './waterfallLabels.ts';
import { type costStrings, costText } from './words/cost.ts';

type Key = keyof typeof costStrings;

const steps: Readonly<
	Record<ReconciliationStepName, { readonly name: Key; readonly why: Key; readonly selector: SessionSelector | null }>
> = {
	lines: { name: 'stepLines', why: 'stepLinesWhy', selector: null },
	responses: { name: 'stepResponses', why: 'stepResponsesWhy', selector: null },
	files: { name: 'stepFiles', why: 'stepFilesWhy', selector: { kind: 'copies' } },
	cacheTiers: { name: 'stepCacheTiers', why: 'stepCacheTiersWhy', selector: null },
	subagents: { name: 'stepSubagents', why: 'stepSubagentsWhy', selector: { kind: 'subagents', model: null } },
	rates: { name: 'stepRates', why: 'stepRatesWhy', selector: null },
};

export function reconciliation(view: View, { steps: all, unpricedTokens }: Reconciliation): TemplateResult | typeof nothing {
	if (all.length === 0) return nothing;
	const { format, model } = view;
	const rows = all.map(step => rowOf(view, step));
	const last = all.at(-1);
	const unpriced = inBothForms(format, tokens => costText('stepUnpriced', { tokens: tokens(unpricedTokens) }));
	if (last !== undefined)
		rows.push({
			kind: 'sum',
			name: costText('stepTotal'),
			why: inBothForms(format, tokens => costText('stepTokens', { tokens: tokens(last.tokens) })),
			value: last.costUsd,
			after: last.costUsd,
			valueText: '',
			afterText: format.usd(last.costUsd),
		});
	return html`<section aria-labelledby="differs-heading" class="differs">
		<div class="section-head"><h2 tabindex="-1" id="differs-heading">${costText('differs')}</h2></div>
		<p class="says">${costText('differsSays')}</p>
		${waterfall(rows, waterfallLabels(costText('differs')))}
		${
			unpricedTokens === 0
				? nothing
				: html`<p class="says below">
						<button class="sentence-link" title=${unpriced.exact} @click=${() => model.openSessions({ kind: 'unpriced', model: null })}>
							${unpriced.shown}
						</button>
					</p>`
		}
	</section>`;
}

function rowOf({ format, model }: View, step: ReconciliationStep): WaterfallRow {
	const { name, why, selector } = steps[step.step];
	const usd = (value: number) => format.usd(value);
	const isFirst = step.costChangeUsd === null;
	const change = step.tokensChange ?? 0;
	return {
		kind: isFirst ? 'sum' : 'change',
		name: costText(name),
		why: inBothForms(format, tokens => {
			const words = costText(why, { count: format.integer(step.count) });
			if (!isFirst && change === 0) return words;
			return `${words} ${costText('stepTokens', { tokens: isFirst ? tokens(step.tokens) : format.signed(change, tokens) })}`;
		}),
		value: step.costChangeUsd ?? step.costUsd,
		after: step.costUsd,
		valueText: step.costChangeUsd === null ? '' : format.signed(step.costChangeUsd, usd),
		afterText: usd(step.costUsd),
		...(selector === null ? {} : { open: () => model.openSessions(selector, 'costUsd') }),
	};
}
