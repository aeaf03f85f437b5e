/** Numbers of tokens: as short as columns and sentences want them, to the last one for those who ask. */
import { type TemplateResult, html } from 'lit';
import type { TokenCounts } from '../contract/sessions.ts';
import type { Format } from '../format.ts';

export function totalTokens(tokens: TokenCounts): number {
	return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}

export function tokensCell(tokens: number, format: Format): TemplateResult {
	return html`<span title=${format.integer(tokens)}>${format.compact(tokens)}</span>`;
}

/** A sentence with numbers of tokens, and the same with all of their digits for the pointer. */
export function inBothForms(format: Format, sentence: (tokens: (value: number) => string) => string): { shown: string; exact: string } {
	return { shown: sentence(value => format.compact(value)), exact: sentence(value => format.integer(value)) };
}
