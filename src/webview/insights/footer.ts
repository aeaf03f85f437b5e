/** Where the figures come from. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import type { InsightsHead, JobsFigures } from '../contract/insights.ts';
import { clipped } from '../format.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';

export function footer({ format }: View, { priceDate, timeZone }: InsightsHead): TemplateResult {
	return html`<footer class="page-footer">
		<p>${text('footerPrices', { date: format.dayMedium(priceDate) })} ${text('footerTimeZone', { zone: timeZone })}</p>
	</footer>`;
}

/** What could not be read: nothing that was not read stays unsaid. */
export function leftOut({ model, format }: View, { malformedLines, unknownRecordTypes }: JobsFigures): TemplateResult | typeof nothing {
	const unknown = Object.entries(unknownRecordTypes).sort(([, a], [, b]) => b - a);
	if (malformedLines === 0 && unknown.length === 0) return nothing;
	const types = format.list(
		unknown.map(([type, count]) => text('footerUnknownItem', { type: clipped(type), count: format.integer(count) })),
	);
	return html`<section aria-labelledby="left-out-heading" class="left-out">
		<div class="section-head"><h2 tabindex="-1" id="left-out-heading">${text('leftOut')}</h2></div>
		${
			malformedLines === 0
				? nothing
				: caveat(
						html`<button class="sentence-link" @click=${() => model.openSessions({ kind: 'malformed' })}>
							${text('footerMalformed', { count: format.integer(malformedLines) }, malformedLines)}
						</button>`,
					)
		}
		${unknown.length === 0 ? nothing : caveat(text('footerUnknown', { count: format.integer(unknown.length), types }, unknown.length))}
	</section>`;
}

function caveat(words: string | TemplateResult): TemplateResult {
	return html`<p class="caveat">${icon('warning')}<span dir="auto">${words}</span></p>`;
}

export const footerStyle = css`
	.page-footer {
		margin-top: 28px;
		padding-block: 12px 32px;
		border-top: 1px solid var(--line);
		color: var(--muted);
		font-size: var(--small);
	}
	.page-footer p {
		margin: 0 0 4px;
		overflow-wrap: anywhere;
	}
	.caveat {
		margin: 0 0 4px;
		overflow-wrap: anywhere;
		display: flex;
		gap: 6px;
	}
	.caveat .icon {
		color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
	}
`;
