/**
 * What works for a person and what does not, as far as figures can say: each difference between two groups of sessions in a
 * sentence, with both averages, the interval, and the way to the sessions of either group.
 */
import { type TemplateResult, html, nothing, svg } from 'lit';
import { below } from '../components/below.ts';
import { tableBehind } from '../components/chartSection.ts';
import { icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import type { Pattern, PatternsFigures } from '../contract/patterns.ts';
import { text } from '../text.ts';
import { patternCard } from './patternCard.ts';
import { type Side, factorWords, groupWordsShort, outcomeNames, outcomeValue } from './patternWords.ts';
import type { View } from './view.ts';
import { withheldPatterns } from './withheldPatterns.ts';
import { patternText } from './words/patterns.ts';

export function patterns(view: View, figures: PatternsFigures): TemplateResult {
	const { format, state, model } = view;
	const isTable = state.saved.tables.includes('patterns');
	const toggle = text(isTable ? 'showChart' : 'showTable');
	const sessions = patternText('sessions', { count: format.integer(figures.sessions) }, figures.sessions);
	return html`<div class="patterns">
		<section aria-labelledby="patterns-heading">
			<div class="section-head">
				<h2 tabindex="-1" id="patterns-heading">${patternText('heading')}</h2>
				${
					figures.patterns.length === 0
						? nothing
						: html`<button class="icon-button" title=${toggle} aria-label=${toggle} @click=${() => model.showTable('patterns', !isTable)}>
								${icon(isTable ? 'graph' : 'table')}
							</button>`
				}
			</div>
			${
				figures.patterns.length === 0
					? nothingFound(view, figures, sessions)
					: html`<p class="says">${patternText('says', { sessions })}</p>
							${isTable ? patternTable(view, figures.patterns) : patternList(view, figures)}
							<details class="how">
								<summary>${patternText('how')}</summary>
								<p>
									${patternText('howText', {
										comparisons: format.integer(figures.comparisons),
										minimum: format.integer(figures.minimum),
									})}
								</p>
							</details>`
			}
		</section>
		${withheldPatterns(view, figures)}
	</div>`;
}

function nothingFound({ model, format, state }: View, { sessions, minimum, comparisons }: PatternsFigures, words: string): TemplateResult {
	const few = comparisons === 0;
	const says = few
		? patternText('nothingFew', { minimum: format.integer(minimum), sessions: words })
		: patternText('nothingDiffers', { sessions: words, comparisons: format.integer(comparisons) });
	const isAll = state.saved.query?.range === 'all' && (state.saved.query.days ?? null) === null;
	return html`<div class="pattern-nothing" data-sessions=${sessions}>
		${icon('graph')}
		<h3>${patternText('nothingHeading')}</h3>
		<p>${says}</p>
		${isAll ? nothing : button({ label: patternText('widenAll'), kind: 'primary', press: () => model.choose({ range: 'all', days: null }) })}
	</div>`;
}

/** More than fit on a screen. */
const firstCards = 6;

function patternList(view: View, { patterns: found }: PatternsFigures): TemplateResult {
	return html`${plotKey()}
		<ul class="pattern-list">
			${found.slice(0, firstCards).map(pattern => patternCard(view, pattern))}
			${below(() => found.slice(firstCards).map(pattern => patternCard(view, pattern)))}
		</ul>`;
}

/** What the drawings beside the groups mean; each says the same in words to those who cannot see it. */
function plotKey(): TemplateResult {
	const signs = [
		{ sign: svg`<circle class="point" cx="11" cy="7" r="4.5"></circle>`, means: patternText('keyPoint') },
		{
			sign: svg`<line class="range" x1="1" x2="21" y1="7" y2="7"></line>
				${[1, 21].map(x => svg`<line class="range" x1=${x} x2=${x} y1="2" y2="12"></line>`)}`,
			means: patternText('keyRange'),
		},
		{ sign: svg`<line class="none-line" x1="11" x2="11" y1="0" y2="14"></line>`, means: patternText('keyMiddle') },
	];
	return html`<ul class="key pattern-key" aria-hidden="true">
		${signs.map(({ sign, means }) => html`<li><svg width="22" height="14">${sign}</svg>${means}</li>`)}
	</ul>`;
}

function patternTable({ format }: View, found: readonly Pattern[]): TemplateResult {
	const group = (pattern: Pattern, side: Side) => {
		const { sessions, mean } = pattern[side];
		const words = groupWordsShort({ ...pattern, side }, format);
		const count = patternText('sessions', { count: format.integer(sessions) }, sessions);
		return html`<span dir="auto">${words}</span>: ${outcomeValue(pattern.outcome, mean, format)} <span class="muted">(${count})</span>`;
	};
	return tableBehind(
		patternText('tableLabel'),
		[
			{ label: patternText('column') },
			{ label: patternText('outcome') },
			{ label: patternText('firstGroup') },
			{ label: patternText('secondGroup') },
			{ label: patternText('effect'), amount: true },
			{ label: patternText('interval'), amount: true },
		],
		found.map(pattern => ({
			cells: [
				factorWords(pattern.factor, pattern.detail),
				patternText(outcomeNames[pattern.outcome]),
				group(pattern, 'first'),
				group(pattern, 'second'),
				format.decimal(pattern.effect),
				patternText('intervalOf', { low: format.decimal(pattern.interval.low), high: format.decimal(pattern.interval.high) }),
			],
		})),
	);
}
