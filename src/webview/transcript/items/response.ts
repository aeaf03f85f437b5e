/** What a response took: tokens, money and time. Beside the words, never louder than they are. */
import { type TemplateResult, css, html, nothing } from 'lit';
import type { TokenCounts } from '../../contract/sessions.ts';
import type { ItemResponse } from '../../contract/transcriptItems.ts';
import type { Format } from '../../format.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { line } from '../lineText.ts';

export function responseFooter(view: ItemView, response: ItemResponse): TemplateResult {
	const { format } = view;
	const parts = [
		text('tokensOf', { count: format.compact(sumOf(response.tokens)) }),
		costText(response, format),
		response.durationMs === null ? null : format.duration(response.durationMs),
		response.webSearches > 0 ? text('webSearches', { count: format.integer(response.webSearches) }, response.webSearches) : null,
		response.isFast ? text('fastMode') : null,
		response.isCounted ? null : text('countedElsewhere'),
	].filter(part => part !== null);
	return html`<p class="response-figures muted" title=${responseHint(response, format)}>${parts.join(' · ')}</p>`;
}

/** At the end of a tool's line. */
export function responseBrief(view: ItemView, response: ItemResponse): TemplateResult {
	const cost = costText(response, view.format);
	return html`<span class="response-brief" title=${responseHint(response, view.format)}>${cost ?? nothing}</span>`;
}

function costText({ costUsd, isCounted }: ItemResponse, format: Format): string | null {
	if (!isCounted) return null;
	return costUsd === null ? text('noPrice') : format.usd(costUsd);
}

export function responseHint(response: ItemResponse, format: Format): string {
	return [line(response.model), tokensHint(response.tokens, format)].join('\n');
}

export function tokensHint(tokens: TokenCounts, format: Format): string {
	return text('tokensByKind', {
		input: format.integer(tokens.input),
		output: format.integer(tokens.output),
		read: format.integer(tokens.cacheRead),
		written: format.integer(tokens.cacheWrite5m + tokens.cacheWrite1h),
	});
}

export function sumOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: TokenCounts): number {
	return input + output + cacheRead + cacheWrite5m + cacheWrite1h;
}

/** `claude-opus-4-5-20251101` is Opus 4.5; a name of another shape stays what it is. */
export function modelText(model: string): string {
	const [, family, major, minor] = /^(?:.*[./])?claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-\d{8})?(?:\[.*\])?$/.exec(model) ?? [];
	if (family === undefined || major === undefined) return model === '<synthetic>' ? '' : model;
	return `${family.charAt(0).toUpperCase()}${family.slice(1)} ${major}${minor === undefined ? '' : `.${minor}`}`;
}

export const responseStyle = css`
	.response-figures {
		margin: 2px 0 6px;
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
`;
