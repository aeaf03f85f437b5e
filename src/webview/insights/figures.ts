/** The totals of the period, each against the period before, and what the cost leaves out. */
import { type TemplateResult, css, html, nothing, svg } from 'lit';
import { icon } from '../components/icons.ts';
import type { OverviewFigures, Totals } from '../contract/overview.ts';
import type { SessionSortKey, TokenCounts } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { changeLine, figureCards } from './figureCards.ts';
import { comparedWith, periodBefore } from './periodBefore.ts';
import { inBothForms } from './tokens.ts';
import type { View } from './view.ts';

type FigureName = 'sessions' | 'activeMs' | 'userPrompts' | 'responses' | 'toolCalls' | 'tokens' | 'costUsd';

interface FigureKind {
	readonly name: FigureName;
	readonly label: StringKey;
	/** What puts the sessions first that the figure comes from. */
	readonly sort: SessionSortKey;
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
	{ name: 'sessions', label: 'sessions', sort: 'startedAt', short: count, brief: compact, exact: count },
	{ name: 'activeMs', label: 'activeTime', sort: 'activeMs', short: length, brief: wholeLength, exact: length },
	{ name: 'userPrompts', label: 'prompts', sort: 'userPrompts', short: count, brief: compact, exact: count },
	{ name: 'responses', label: 'responses', sort: 'responses', short: count, brief: compact, exact: count },
	{ name: 'toolCalls', label: 'toolCalls', sort: 'toolCalls', short: count, brief: compact, exact: count },
	{ name: 'costUsd', label: 'cost', sort: 'costUsd', short: money, brief: wholeMoney, exact: money },
	{ name: 'tokens', label: 'tokens', sort: 'tokens', short: compact, brief: compact, exact: count },
];

/** In the order in which they are drawn; the class names the colour. */
const tokenKinds: readonly { readonly kind: keyof TokenCounts; readonly label: StringKey }[] = [
	{ kind: 'input', label: 'tokenInput' },
	{ kind: 'output', label: 'tokenOutput' },
	{ kind: 'cacheRead', label: 'tokenCacheRead' },
	{ kind: 'cacheWrite5m', label: 'tokenCacheWrite5m' },
	{ kind: 'cacheWrite1h', label: 'tokenCacheWrite1h' },
];

/** Less of the bar is a line. */
const leastNamedShare = 0.03;

export function figures(view: View, { totals }: OverviewFigures): TemplateResult {
	const { format, state, model } = view;
	const open = state.saved.tokenKindsOpen;
	const period = periodBefore(
		state.pages.overview?.head,
		figureKinds.map(({ name }) => totals[name]),
		format,
	);
	const cards = figureKinds.map(({ name, label, sort, short, brief, exact }) => {
		const figure = totals[name];
		return {
			name,
			label: text(label),
			shown: short(format, figure.now),
			exact: exact(format, figure.now),
			value: figure.now,
			isWide: name === 'tokens',
			below: html`${changeLine(figure, format, { brief, exact }, period)} ${name === 'tokens' ? tokenSplit(view, totals) : nothing}`,
			open: () => model.openSessions(null, sort),
		};
	});
	return html`<section aria-labelledby="totals-heading" class="totals-row">
		<h2 tabindex="-1" id="totals-heading" class="unseen">${text('totals')}</h2>
		${figureCards(cards)} ${comparedWith(period)} ${open ? kindTable(totals.tokenCounts, format) : nothing} ${unpriced(view, totals)}
	</section>`;
}

function tokenSplit({ state, model, format }: View, totals: Totals): TemplateResult | typeof nothing {
	if (totals.tokens.now === 0) return nothing;
	const open = state.saved.tokenKindsOpen;
	return html`${kindBar(totals.tokenCounts)} ${open ? nothing : kindKey(totals.tokenCounts, format)}
		<button
			class="disclosure"
			aria-expanded=${open ? 'true' : 'false'}
			aria-controls="token-kinds"
			@click=${() => model.show({ tokenKindsOpen: !open })}
		>
			${text('tokenKinds')} ${icon(open ? 'chevronDown' : 'chevronRight')}
		</button>`;
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

/** Which colours of the bar can be seen, and what they stand for; the rest says the table. */
function kindKey(counts: TokenCounts, format: Format): TemplateResult {
	const total = sum(counts);
	const seen = tokenKinds.filter(({ kind }) => counts[kind] / total >= leastNamedShare);
	return html`<span class="kind-key">
		${seen.map(
			({ kind, label }) =>
				html`<span
					><i class="swatch ${kind}"></i>${text('tokenShare', { kind: text(label), percent: format.percent(counts[kind] / total) })}</span
				>`,
		)}
	</span>`;
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

function unpriced({ model, format }: View, { unpricedTokens, unpricedModels }: Totals): TemplateResult | typeof nothing {
	if (unpricedTokens === 0) return nothing;
	const words = inBothForms(format, tokens =>
		text('unpriced', { tokens: tokens(unpricedTokens), models: format.list(unpricedModels.map(clipped)) }, unpricedModels.length),
	);
	return html`<p class="unpriced">
		${icon('warning')}
		<button class="sentence-link" @click=${() => model.openSessions({ kind: 'unpriced', model: null })}>
			<span dir="auto" title=${words.exact}>${words.shown}</span>
		</button>
	</p>`;
}

function sum(counts: TokenCounts): number {
	return tokenKinds.reduce((total, { kind }) => total + counts[kind], 0);
}

export const figuresStyle = css`
	.kind-bar {
		margin-top: 6px;
		border-radius: 2px;
		background: var(--grid);
	}
	.kind-key {
		display: flex;
		flex-wrap: wrap;
		gap: 2px 12px;
		margin-top: 4px;
		color: var(--muted);
		font-size: var(--small);
	}
	.kind-key .swatch {
		margin-inline-end: 5px;
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
	/* Eight columns, four, two: the widest card fills what is left. */
	@container page (width >= 1080px) {
		.totals-row .figures {
			grid-template-columns: repeat(8, minmax(0, 1fr));
		}
	}
	@container page (540px <= width < 1080px) {
		.totals-row .figures {
			grid-template-columns: repeat(4, minmax(0, 1fr));
		}
	}
	@media (forced-colors: active) {
		.swatch,
		.kind-bar rect {
			forced-color-adjust: none;
		}
	}
`;
