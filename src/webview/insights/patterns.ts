/**
 * What works for a person and what does not, as far as figures can say: each difference between two groups of sessions in a
 * sentence, with both averages, the interval, and the way to the sessions of either group.
 */
import { type TemplateResult, css, html, nothing } from 'lit';
import { intervalPlot } from '../charts/intervalPlot.ts';
import { tableBehind } from '../components/chartSection.ts';
import { icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import type { Pattern, PatternsFigures, WithheldPattern } from '../contract/patterns.ts';
import { text } from '../text.ts';
import {
	type Side,
	factorWords,
	groupWords,
	groupWordsShort,
	outcomeNames,
	outcomeValue,
	patternSentence,
	unitWords,
} from './patternWords.ts';
import type { View } from './view.ts';
import { patternText } from './words/patterns.ts';

const sides: readonly Side[] = ['first', 'second'];

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
		${withheld(view, figures)}
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

function patternList(view: View, { patterns: found }: PatternsFigures): TemplateResult {
	// One axis for all, so that lengths may be compared down the page; rounded up to a tenth.
	const reach = Math.ceil(Math.max(...found.flatMap(({ interval }) => [Math.abs(interval.low), Math.abs(interval.high)])) * 10) / 10;
	return html`<ul class="pattern-list">
		${found.map(pattern => patternCard(view, pattern, Math.min(1, reach)))}
	</ul>`;
}

function patternCard(view: View, pattern: Pattern, reach: number): TemplateResult {
	const { format } = view;
	const { outcome, effect, interval, strength } = pattern;
	const statistic = statisticOf(pattern);
	const most = Math.max(pattern.first[statistic], pattern.second[statistic]);
	const sure = patternText('effectHint', {
		effect: format.decimal(effect),
		low: format.decimal(interval.low),
		high: format.decimal(interval.high),
	});
	return html`<li class="pattern">
		<p class="sentence" dir="auto">${patternSentence(pattern, format)}</p>
		<p class="meta muted">
			${patternText(strength)} · ${patternText(statistic === 'mean' ? 'average' : 'median', { what: unitWords(outcome) })}
		</p>
		<div class="pattern-body">
			<dl class="groups">${sides.map(side => groupLine(view, pattern, side, pattern[side][statistic], most))}</dl>
			<figure class="pattern-effect" title=${sure}>
				<figcaption class="unseen">${sure}</figcaption>
				${intervalPlot({ low: interval.low, estimate: effect, high: interval.high }, reach)}
				<div class="ends" aria-hidden="true">
					<span>${patternText('upperMore')}</span><span>${patternText('noDifference')}</span><span>${patternText('lowerMore')}</span>
				</div>
			</figure>
		</div>
	</li>`;
}

/** Averages say it to most people; where a few sessions turn them against what most sessions show, the medians do. */
function statisticOf({ effect, first, second }: Pattern): 'mean' | 'median' {
	return Math.sign(second.mean - first.mean) === -Math.sign(effect) ? 'median' : 'mean';
}

function groupLine({ format, model }: View, pattern: Pattern, side: Side, value: number, most: number): TemplateResult {
	const { factor, outcome, detail, splitAt } = pattern;
	const { sessions } = pattern[side];
	const words = groupWords({ ...pattern, side }, format);
	return html`<div class="group">
		<dt dir="auto">${groupWordsShort({ ...pattern, side }, format)}</dt>
		<dd>
			<svg class="group-bar" aria-hidden="true" width="100%" height="8">
				<rect width=${`${most > 0 && value > 0 ? Math.max(1, (value / most) * 100) : 0}%`} height="8" rx="2"></rect>
			</svg>
			<span class="group-value">${outcomeValue(outcome, value, format)}</span>
			<button
				class="sentence-link"
				title=${words}
				@click=${() => model.openSessions({ kind: 'pattern', factor, outcome, detail, side }, undefined, splitAt)}
			>
				${patternText('sessions', { count: format.integer(sessions) }, sessions)}<span class="unseen">, ${words}</span>
			</button>
		</dd>
	</div>`;
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

/** By outcome, so that a person sees what was looked at; what is missing is said in figures. */
function withheld(view: View, { withheld: all, minimum }: PatternsFigures): TemplateResult | typeof nothing {
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

export const patternsStyle = css`
	.patterns {
		display: grid;
		gap: 28px;
	}
	.pattern-list {
		display: grid;
		gap: 12px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.pattern {
		padding: 12px 16px 14px;
		border: 1px solid var(--line);
		border-radius: 4px;
	}
	.pattern p {
		margin: 0;
	}
	.pattern .sentence {
		font-size: 1.077em;
		font-weight: 600;
		text-wrap: pretty;
		overflow-wrap: anywhere;
	}
	.pattern .meta {
		display: block;
		overflow: visible;
		margin-top: 2px;
	}
	.pattern-body {
		display: grid;
		grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr);
		gap: 12px 40px;
		align-items: center;
		margin-top: 10px;
	}
	.groups {
		display: grid;
		gap: 4px;
		margin: 0;
	}
	.group {
		display: grid;
		grid-template-columns: 168px minmax(0, 1fr);
		gap: 2px 12px;
		align-items: center;
	}
	.group dt {
		color: var(--muted);
		overflow-wrap: anywhere;
	}
	.group dd {
		display: grid;
		grid-template-columns: minmax(0, 1fr) 64px 96px;
		gap: 10px;
		align-items: center;
		margin: 0;
		font-variant-numeric: tabular-nums;
	}
	.group-bar rect {
		fill: var(--bar);
	}
	.group-value {
		font-weight: 600;
		text-align: end;
	}
	.group .sentence-link {
		text-align: end;
		white-space: nowrap;
	}
	.pattern-effect {
		min-width: 0;
		margin: 0;
	}
	.ends {
		display: grid;
		grid-template-columns: 1fr max-content 1fr;
		gap: 10px;
		color: var(--muted);
		font-size: var(--small);
	}
	.ends span:last-child {
		text-align: end;
	}
	.how {
		margin-top: 14px;
		color: var(--muted);
	}
	.how p {
		max-width: 90ch;
		margin: 6px 0 0;
		text-wrap: pretty;
	}
	.how summary,
	.withheld summary {
		width: fit-content;
		cursor: pointer;
	}
	.withheld h2 {
		display: inline;
	}
	.withheld dl {
		display: grid;
		grid-template-columns: max-content minmax(0, 1fr);
		gap: 10px 24px;
		margin: 10px 0 0;
	}
	.withheld dd {
		margin: 0;
	}
	.withheld ul {
		display: grid;
		grid-template-columns: repeat(auto-fill, minmax(280px, 1fr));
		gap: 4px 24px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.withheld li {
		overflow-wrap: anywhere;
	}
	.withheld .factor {
		margin-inline-end: 6px;
	}
	.pattern-nothing {
		display: flex;
		flex-direction: column;
		align-items: center;
		max-width: 520px;
		margin: 32px auto;
		text-align: center;
	}
	.pattern-nothing .icon {
		width: 40px;
		height: 40px;
		margin-bottom: 12px;
		color: var(--muted);
	}
	.pattern-nothing h3 {
		margin: 0;
		font-size: 1.25em;
	}
	.pattern-nothing p {
		margin: 8px 0 16px;
		color: var(--muted);
		text-wrap: pretty;
	}
	@container page (width < 800px) {
		.pattern-body {
			grid-template-columns: minmax(0, 1fr);
		}
	}
	@container page (width < 520px) {
		.group {
			grid-template-columns: minmax(0, 1fr);
		}
		.withheld dl {
			grid-template-columns: minmax(0, 1fr);
		}
		.withheld ul {
			grid-template-columns: minmax(0, 1fr);
		}
		.pattern {
			padding-inline: 12px;
		}
	}
	@media (forced-colors: active) {
		.group-bar rect {
			fill: CanvasText;
		}
	}
`;
