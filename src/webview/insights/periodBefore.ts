/** Which days the changes are against: said once below the figures, and by each change to the pointer. */
import { type TemplateResult, html, nothing } from 'lit';
import type { InsightsHead } from '../contract/insights.ts';
import type { Figure } from '../contract/overview.ts';
import type { Format } from '../format.ts';
import { text } from '../text.ts';
import { daysIn, spanBefore } from './daySpan.ts';

/** Null where nothing is compared, as in the range `all`. */
export function periodBefore(head: InsightsHead | undefined, figures: readonly Figure[], format: Format): string | null {
	const { firstDay = null, lastDay = null } = head ?? {};
	if (firstDay === null || lastDay === null || figures.every(({ before }) => before === null)) return null;
	const span = spanBefore({ first: firstDay, last: lastDay });
	if (span === null) return null;
	const count = daysIn(span);
	return text('comparedWith', { days: format.days(span.first, span.last), count: format.integer(count) }, count);
}

export function comparedWith(period: string | null): TemplateResult | typeof nothing {
	return period === null ? nothing : html`<p class="compared muted">${period}</p>`;
}
