/** Figures side by side in one frame, each with its change against the period before; a figure leads to its sessions. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import type { Figure } from '../contract/overview.ts';
import type { Format } from '../format.ts';
import { text } from '../text.ts';
import { figureChange } from './figureChange.ts';
import { panelText } from './words/panel.ts';

export interface FigureCard {
	readonly name: string;
	readonly label: string;
	/** As short as the card wants it. */
	readonly shown: string;
	/** To the last unit, where the short form rounds. */
	readonly exact?: string;
	/** As it came, for tests and tools. */
	readonly value?: number;
	/** Below the number: the change, or what belongs to it. */
	readonly below?: TemplateResult | string | typeof nothing;
	/** Twice as wide. */
	readonly isWide?: boolean;
	/** Shows the sessions it is made of. */
	readonly open?: () => void;
}

export function figureCards(cards: readonly FigureCard[]): TemplateResult {
	return html`<div class="figures" role="list">${cards.map(card)}</div>`;
}

function card({ name, label, shown, exact, value, below = nothing, isWide = false, open }: FigureCard): TemplateResult {
	const number = html`<span class="number" title=${exact ?? shown}>${shown}</span>`;
	const what = panelText('openSessions', { what: label });
	return html`<div class="figure ${name} ${isWide ? 'wide' : ''}" role="listitem" data-figure=${name} data-value=${value ?? nothing}>
		<span class="name">${label}</span>
		${
			open === undefined
				? number
				: html`<button class="figure-link" title=${what} @click=${open}>${number}<span class="unseen">, ${what}</span></button>`
		}
		${typeof below === 'string' ? html`<span class="change">${below}</span>` : below}
	</div>`;
}

export interface ChangeWords {
	/** As short as it can be said. */
	readonly brief: (format: Format, value: number) => string;
	readonly exact: (format: Format, value: number) => string;
}

/** `period` says which days it is against. */
export function changeLine(
	figure: Figure,
	format: Format,
	{ brief, exact }: ChangeWords,
	period: string | null,
): TemplateResult | typeof nothing {
	const change = figureChange(figure);
	switch (change.kind) {
		case 'none':
			return nothing;
		case 'new':
			return html`<span class="change" title=${period ?? nothing}>${text('changeNew')}</span>`;
		case 'same':
			return html`<span class="change" title=${period ?? nothing}>${text('changeNone')}</span>`;
		case 'up':
		case 'down': {
			const percent = format.percent(change.fraction);
			const sentence = text(change.kind === 'up' ? 'changeUp' : 'changeDown', { percent, before: exact(format, change.before) });
			return html`<span class="change" title=${period === null ? sentence : `${sentence}\n${period}`}>
				<span class="unseen">${sentence}</span>
				<span aria-hidden="true" class="by">${icon(change.kind === 'up' ? 'arrowSmallUp' : 'arrowSmallDown')}${percent}</span>
				<span aria-hidden="true">${text('changeFrom', { before: brief(format, change.before) })}</span>
			</span>`;
		}
	}
}

export const figureCardsStyle = css`
	.figures {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(128px, 1fr));
		gap: 1px;
		overflow: hidden;
		border: 1px solid var(--line);
		border-radius: 4px;
	}
	.figure {
		position: relative;
		display: flex;
		flex-direction: column;
		align-items: flex-start;
		gap: 2px;
		padding: 10px 12px 12px;
		/* Lines between the cards, and none around the room that a last row leaves. */
		box-shadow: 0 0 0 1px var(--line);
	}
	.figure.wide {
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
	.figure-link {
		border-radius: 2px;
		text-decoration: underline transparent;
		text-underline-offset: 3px;
	}
	.figure-link:hover {
		color: var(--vscode-textLink-foreground);
		text-decoration-color: currentcolor;
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
	.compared {
		margin: 6px 2px 0;
		font-size: var(--small);
	}
	@container page (width < 540px) {
		.figures {
			grid-template-columns: repeat(2, minmax(0, 1fr));
		}
	}
`;
