/** Where the figures come from and what they leave out: nothing that was not read stays unsaid. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import type { InsightsSnapshot } from '../contract/insights.ts';
import { clipped } from '../format.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';

export function footer({ format }: View, snapshot: InsightsSnapshot): TemplateResult {
	const { malformedLines, unknownRecordTypes, priceDate, timeZone } = snapshot;
	const unknown = Object.entries(unknownRecordTypes).sort(([, a], [, b]) => b - a);
	const types = format.list(
		unknown.map(([type, count]) => text('footerUnknownItem', { type: clipped(type), count: format.integer(count) })),
	);
	return html`<footer class="page-footer">
		${malformedLines === 0 ? nothing : caveat(text('footerMalformed', { count: format.integer(malformedLines) }, malformedLines))}
		${unknown.length === 0 ? nothing : caveat(text('footerUnknown', { count: format.integer(unknown.length), types }, unknown.length))}
		<p>${text('footerPrices', { date: format.dayMedium(priceDate) })} ${text('footerTimeZone', { zone: timeZone })}</p>
	</footer>`;
}

function caveat(words: string): TemplateResult {
	return html`<p class="caveat">${icon('warning')}<span dir="auto">${words}</span></p>`;
}

export const footerStyle = css`
	.page-footer {
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
		display: flex;
		gap: 6px;
	}
	.caveat .icon {
		color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
	}
`;
