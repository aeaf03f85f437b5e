/** The totals of the period, each against the period before, and what the cost leaves out. */
import { type TemplateResult, css, html, nothing, svg } from 'lit';
import { icon } from '../components/icons.ts';
import type { InsightsSnapshot } from '../contract/insights.ts';
import type { Figure, Totals } from '../contract/overview.ts';
import type { TokenCounts } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { figureChange } from './figureChange.ts';
import type { View } from './view.ts';

type FigureName = 'sessions' | 'activeMs' | 'userPrompts' | 'responses' | 'toolCalls' | 'tokens' | 'costUsd';

interface FigureKind {
	readonly name: FigureName;
	readonly label: StringKey;
	/** As short as the card wants it. */
	readonly short: (format: Format, value: number) => string;
	/** Shorter still, for the figure of the period before. */
	readonly brief: (format: Format, value: number) => string;
	/** To the last unit, where the short form rounds. */
	readonly exact: (format: Format, value: number) => string;
}

const count = (format: Format, value: number) => format.integer(value);
const compact = (format: Format, value: number) => format.compact(value);
const money = (format: Format, value: number) => format.usd(value);
const wholeMoney = (format: Format, value: number) => format.usdBrief(value);
const length = (format: Format, value: number) => format.duration(value);
const wholeLength = (format: Format, value: number) => format.durationBrief(value);

const figureKinds: readonly FigureKind[] = [
	{ name: 'sessions', label: 'sessions', short: count, brief: compact, exact: count },
	{ name: 'activeMs', label: 'activeTime', short: length, brief: wholeLength, exact: length },
	{ name: 'userPrompts', label: 'prompts', short: count, brief: compact, exact: count },
	{ name: 'responses', label: 'responses', short: count, brief: compact, exact: count },
	{ name: 'toolCalls', label: 'toolCalls', short: count, brief: compact, exact: count },
	{ name: 'costUsd', label: 'cost', short: money, brief: wholeMoney, exact: money },
	{ name: 'tokens', label: 'tokens', short: compact, brief: compact, exact: count },
];

/** In the order in which they are drawn; the class names the colour. */
const tokenKinds: readonly { readonly kind: keyof TokenCounts; readonly label: StringKey }[] = [
	{ kind: 'input', label: 'tokenInput' },
	{ kind: 'output', label: 'tokenOutput' },
	{ kind: 'cacheRead', label: 'tokenCacheRead' },
	{ kind: 'cacheWrite5m', label: 'tokenCacheWrite5m' },
	{ kind: 'cacheWrite1h', label: 'tokenCacheWrite1h' },
];

export function figures(view: View, { totals }: InsightsSnapshot): TemplateResult {
	const open = view.state.saved.tokenKindsOpen;
	return html`<section aria-labelledby="totals-heading">
		<h2 tabindex="-1" id="totals-heading" class="unseen">${text('totals')}</h2>
		<div class="figures" role="list">${figureKinds.map(kind => card(view, kind, totals))}</div>
		${open ? kindTable(totals.tokenCounts, view.format) : nothing} ${unpriced(totals, view.format)}
	</section>`;
}

function card({ format, state, model }: View, { name, label, short, brief, exact }: FigureKind, totals: Totals): TemplateResult {
	const figure = totals[name];
	const open = state.saved.tokenKindsOpen;
	return html`<div class="figure ${name}" role="listitem" data-figure=${name} data-value=${figure.now}>
		<span class="name">${text(label)}</span>
		<span class="number" title=${exact(format, figure.now)}>${short(format, figure.now)}</span>
		${changeLine(figure, format, brief, exact)}
		${
			name === 'tokens' && figure.now > 0
				? html`${kindBar(totals.tokenCounts)}
						<button
							class="disclosure"
							aria-expanded=${open ? 'true' : 'false'}
							aria-controls="token-kinds"
							@click=${() => model.show({ tokenKindsOpen: !open })}
						>
							${text('tokenKinds')} ${icon(open ? 'chevronDown' : 'chevronRight')}
						</button>`
				: nothing
		}
	</div>`;
}

function changeLine(
	figure: Figure,
	format: Format,
	brief: FigureKind['brief'],
	exact: FigureKind['exact'],
): TemplateResult | typeof nothing {
	const change = figureChange(figure);
	switch (change.kind) {
		case 'none':
			return nothing;
		case 'new':
			return html`<span class="change">${text('changeNew')}</span>`;
		case 'same':
			return html`<span class="change">${text('changeNone')}</span>`;
		case 'up':
		case 'down': {
			const percent = format.percent(change.fraction);
			const sentence = text(change.kind === 'up' ? 'changeUp' : 'changeDown', { percent, before: exact(format, change.before) });
			return html`<span class="change" title=${sentence}>
				<span class="unseen">${sentence}</span>
				<span aria-hidden="true" class="by">${icon(change.kind === 'up' ? 'arrowSmallUp' : 'arrowSmallDown')}${percent}</span>
				<span aria-hidden="true">${text('changeFrom', { before: brief(format, change.before) })}</span>
			</span>`;
		}
	}
}

/** The split at a glance; the table below it says the same in figures. */
function kindBar(counts: TokenCounts): TemplateResult {
	const total = sum(counts);
	let start = 0;
	return html`<svg class="kind-bar" aria-hidden="true" width="100%" height="4">
		${tokenKinds.map(({ kind }) => {
			const x = (start / total) * 100;
			start += counts[kind];
			return svg`<rect class=${kind} x=${`${x}%`} width=${`${(counts[kind] / total) * 100}%`} height="4"></rect>`;
		})}
	</svg>`;
}

function kindTable(counts: TokenCounts, format: Format): TemplateResult {
	const total = sum(counts);
	return html`<div id="token-kinds" class="token-kinds" role="group" aria-label=${text('tokenKindsLabel')}>
		<dl>
			${tokenKinds.map(
				({ kind, label }) =>
					html`<div>
						<dt><i class="swatch ${kind}"></i>${text(label)}</dt>
						<dd>${format.integer(counts[kind])} <span class="share">${format.percent(total === 0 ? 0 : counts[kind] / total)}</span></dd>
					</div>`,
			)}
		</dl>
	</div>`;
}

function unpriced({ unpricedTokens, unpricedModels }: Totals, format: Format): TemplateResult | typeof nothing {
	if (unpricedTokens === 0) return nothing;
	const values = { tokens: format.compact(unpricedTokens), models: format.list(unpricedModels.map(clipped)) };
	return html`<p class="unpriced">${icon('warning')}<span dir="auto">${text('unpriced', values, unpricedModels.length)}</span></p>`;
}

function sum(counts: TokenCounts): number {
	return tokenKinds.reduce((total, { kind }) => total + counts[kind], 0);
}

export const figuresStyle = css`
	.figures {
		display: grid;
		grid-template-columns: repeat(8, minmax(0, 1fr));
		/* The gaps are the lines: one pixel of the frame's colour showing through. */
		gap: 1px;
		overflow: hidden;
		border: 1px solid var(--line);
		border-radius: 4px;
		background: var(--line);
	}
	.figure {
		position: relative;
		display: flex;
		flex-direction: column;
		gap: 2px;
		padding: 10px 12px 12px;
		background: var(--vscode-editor-background);
	}
	.figure.tokens {
		grid-column: span 2;
	}
	.figure .name {
		color: var(--muted);
	}
	.figure .number {
		font-size: 1.6em;
		line-height: 1.3;
		font-variant-numeric: tabular-nums;
		white-space: nowrap;
	}
	.change {
		display: flex;
		flex-wrap: wrap;
		column-gap: 4px;
		color: var(--muted);
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	.change .by {
		display: inline-flex;
		align-items: center;
		color: var(--vscode-foreground);
	}
	.change .icon {
		margin-inline-start: -4px;
	}
	.kind-bar {
		margin-top: 6px;
		border-radius: 2px;
		background: var(--grid);
	}
	.figure .disclosure {
		position: absolute;
		inset-block-start: 8px;
		inset-inline-end: 8px;
	}
	rect.input {
		fill: var(--kind-1);
	}
	rect.output {
		fill: var(--kind-2);
	}
	rect.cacheRead {
		fill: var(--kind-3);
	}
	rect.cacheWrite5m {
		fill: var(--kind-4);
	}
	rect.cacheWrite1h {
		fill: var(--kind-5);
	}
	.swatch {
		display: inline-block;
		width: 8px;
		height: 8px;
		margin-inline-end: 7px;
		border-radius: 2px;
	}
	.swatch.input {
		background: var(--kind-1);
	}
	.swatch.output {
		background: var(--kind-2);
	}
	.swatch.cacheRead {
		background: var(--kind-3);
	}
	.swatch.cacheWrite5m {
		background: var(--kind-4);
	}
	.swatch.cacheWrite1h {
		background: var(--kind-5);
	}
	.token-kinds {
		margin-top: 8px;
		padding: 8px 14px;
		border: 1px solid var(--line);
		border-radius: 4px;
	}
	.token-kinds dl {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
		gap: 8px 24px;
		margin: 0;
	}
	.token-kinds dt {
		color: var(--muted);
		font-size: var(--small);
	}
	.token-kinds dd {
		margin: 0;
		font-variant-numeric: tabular-nums;
	}
	.share {
		margin-inline-start: 4px;
		color: var(--muted);
		font-size: var(--small);
	}
	.unpriced {
		display: flex;
		gap: 8px;
		margin: 8px 0 0;
		color: var(--muted);
		overflow-wrap: anywhere;
	}
	.unpriced .icon {
		color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
	}
	@container page (width < 1080px) {
		.figures {
			grid-template-columns: repeat(4, minmax(0, 1fr));
		}
	}
	@container page (width < 540px) {
		.figures {
			grid-template-columns: repeat(2, minmax(0, 1fr));
		}
	}
	@media (forced-colors: active) {
		.swatch,
		.kind-bar rect {
			forced-color-adjust: none;
		}
	}
`;
