/** What the patterns page looked at and does not show, each with its reason. */
import { type TemplateResult, html, nothing } from 'lit';
import type { PatternsFigures, WithheldPattern } from '../contract/patterns.ts';
import { factorWords, groupWordsShort, outcomeNames } from './patternWords.ts';
import type { View } from './view.ts';
import { patternText } from './words/patterns.ts';

/** By outcome, so that a person sees what was looked at; what is missing is said in figures. */
export function withheldPatterns(view: View, { withheld: all, minimum }: PatternsFigures): TemplateResult | typeof nothing {
	if (all.length === 0) return nothing;
	const outcomes = [...new Set(all.map(each => each.outcome))];
	return html`<details class="withheld">
		<summary>
			<h2>${patternText('withheld')}</h2>
			<span class="muted">${patternText('withheldCount', { count: view.format.integer(all.length) }, all.length)}</span>
		</summary>
		<dl>
			${outcomes.map(
				outcome =>
					html`<dt>${patternText(outcomeNames[outcome])}</dt>
						<dd>
							<ul>
								${all.filter(each => each.outcome === outcome).map(each => withheldLine(view, each, minimum))}
							</ul>
						</dd>`,
			)}
		</dl>
	</details>`;
}

function withheldLine(
	{ format }: View,
	{ factor, detail, reason, firstSessions, secondSessions }: WithheldPattern,
	minimum: number,
): TemplateResult {
	const short = [
		{ side: 'first' as const, count: firstSessions },
		{ side: 'second' as const, count: secondSessions },
	].filter(({ count }) => count < minimum);
	const needs = short.map(({ side, count }) =>
		patternText('needs', {
			group: groupWordsShort({ factor, detail, splitAt: null, side }, format),
			count: format.integer(count),
			minimum: format.integer(minimum),
		}),
	);
	const why = reason === 'noDifference' ? patternText('withheldNone') : patternText('withheldFew', { needs: format.list(needs) });
	return html`<li><span dir="auto" class="factor">${factorWords(factor, detail)}</span> <span class="muted" dir="auto">${why}</span></li>`;
}
