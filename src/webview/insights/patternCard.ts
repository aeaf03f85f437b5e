/** One pattern: its sentence, the figures of both groups with the way to their sessions, and how often one has more. */
import { type TemplateResult, html } from 'lit';
import { intervalPlot } from '../charts/intervalPlot.ts';
import type { Pattern } from '../contract/patterns.ts';
import { type Side, groupWords, groupWordsShort, outcomeValue, patternSentence, unitWords } from './patternWords.ts';
import type { View } from './view.ts';
import { patternText } from './words/patterns.ts';

const sides: readonly Side[] = ['first', 'second'];

export function patternCard(view: View, pattern: Pattern): TemplateResult {
	const { format } = view;
	const { outcome, effect, interval, strength } = pattern;
	const statistic = statisticOf(pattern);
	const most = Math.max(pattern.first[statistic], pattern.second[statistic]);
	const more: Side = effect >= 0 ? 'second' : 'first';
	const name = (side: Side) => groupWordsShort({ ...pattern, side }, format);
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
				<figcaption dir="auto">
					${patternText('pairs', { group: name(more), count: format.integer(pairsOfHundred(effect)) })}<span class="unseen"> ${sure}</span>
				</figcaption>
				${intervalPlot({ low: interval.low, estimate: effect, high: interval.high })}
				<div class="ends" aria-hidden="true">
					${sides.map(side => html`<span dir="auto">${patternText('hasMore', { group: name(side) })}</span>`)}
				</div>
			</figure>
		</div>
	</li>`;
}

/** Cliff's delta as people can picture it: of a hundred pairs, one session of each group, those in which the one has more. */
function pairsOfHundred(effect: number): number {
	return Math.round(50 * (1 + Math.abs(effect)));
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
