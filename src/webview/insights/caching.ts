/** What caching saved: from what the tokens would have cost as plain input to what was paid, step by step. */
import { type TemplateResult, html } from 'lit';
import { plain, waterfall } from '../charts/waterfall.ts';
import type { CacheFigures } from '../contract/cost.ts';
import { inBothForms } from './tokens.ts';
import type { View } from './view.ts';
import { waterfallLabels } from './waterfallLabels.ts';
import { costText } from './words/cost.ts';

export function caching({ format }: View, cache: CacheFigures): TemplateResult {
	const paid = cache.readUsd + cache.writeUsd;
	const without = paid + cache.savedUsd;
	const usd = (value: number) => format.usd(value);
	const used = cache.readTokens + cache.writeTokens5m + cache.writeTokens1h > 0;
	const words =
		cache.savedUsd >= 0
			? costText('cachingGood', { saved: usd(cache.savedUsd), without: usd(without), with: usd(paid) })
			: costText('cachingBad', { lost: usd(-cache.savedUsd) });
	return html`<section aria-labelledby="caching-heading" class="caching">
		<div class="section-head"><h2 tabindex="-1" id="caching-heading">${costText('caching')}</h2></div>
		${
			used
				? html`<p class="says">${words}</p>
						${waterfall(
							[
								{
									kind: 'sum',
									name: costText('cachingWithout'),
									why: plain(costText('cachingWithoutWhy')),
									value: without,
									after: without,
									valueText: '',
									afterText: usd(without),
								},
								{
									kind: 'change',
									name: costText('cachingReads'),
									why: inBothForms(format, tokens => costText('cachingReadsWhy', { tokens: tokens(cache.readTokens) })),
									value: -cache.savedByReadsUsd,
									after: without - cache.savedByReadsUsd,
									valueText: format.signed(-cache.savedByReadsUsd, usd),
									afterText: '',
								},
								{
									kind: 'change',
									name: costText('cachingWrites'),
									why: inBothForms(format, tokens =>
										costText('cachingWritesWhy', { short: tokens(cache.writeTokens5m), long: tokens(cache.writeTokens1h) }),
									),
									value: cache.extraForWritesUsd,
									after: paid,
									valueText: format.signed(cache.extraForWritesUsd, usd),
									afterText: '',
								},
								{
									kind: 'sum',
									name: costText('cachingWith'),
									why: plain(costText('cachingWithWhy')),
									value: paid,
									after: paid,
									valueText: '',
									afterText: usd(paid),
								},
							],
							waterfallLabels(costText('caching')),
						)}`
				: html`<p class="none">${costText('cachingNone')}</p>`
		}
	</section>`;
}
