/** The prompts of the conversation: beside it where there is room, else over it. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import '../components/virtualList/virtualList.ts';
import type { VirtualRows } from '../components/virtualList/virtualList.ts';
import type { OutlineTurn } from '../contract/transcript.ts';
import { iconButton } from './items/parts.ts';
import { line } from './lineText.ts';
import type { View } from './view.ts';
import { text } from './words.ts';

/** `isNarrow`: it lies over the conversation and closes when somebody has chosen. */
export function outline(view: View, current: number, isNarrow: boolean): TemplateResult {
	const { model, state } = view;
	const turns = state.outline?.turns ?? [];
	const go = (turn: OutlineTurn | undefined) => {
		if (turn === undefined) return;
		if (isNarrow) model.showOutline(false);
		model.goTo(turn.item);
	};
	const rows: VirtualRows = {
		count: turns.length,
		name: state.head?.branch ?? '',
		estimate: () => 52,
		label: index => turnLabel(turns[index]),
		row: index => turnRow(view, turns[index], index),
	};
	const close = (event: KeyboardEvent) => {
		if (event.key !== 'Escape') return;
		event.preventDefault();
		model.showOutline(false);
		document.querySelector<HTMLElement>('.outline-button')?.focus();
	};
	return html`<nav id="outline" class="outline" aria-label=${text('outline')} @keydown=${close}>
		<div class="outline-head">
			<h2>${text('outline')}</h2>
			${iconButton('close', text('closeOutline'), () => model.showOutline(false))}
		</div>
		${
			state.outline === null
				? html`<p class="muted outline-none">${text('loading')}</p>`
				: turns.length === 0
					? html`<p class="muted outline-none">${text('noPrompts')}</p>`
					: html`<virtual-list
							class="outline-list"
							.kind=${'listbox'}
							.rows=${rows}
							.label=${text('outline')}
							.selected=${current}
							.pick=${(index: number) => go(turns[index])}
						></virtual-list>`
		}
	</nav>`;
}

function turnLabel(turn: OutlineTurn | undefined): string {
	return turn === undefined ? '' : turnWords(turn);
}

function turnWords(turn: OutlineTurn): string {
	if (turn.kind === 'none') return text('beforeFirstPrompt');
	return turn.firstLine.trim() === '' ? text('emptyPrompt') : line(turn.firstLine);
}

function turnRow({ format, model }: View, turn: OutlineTurn | undefined, index: number): TemplateResult {
	if (turn === undefined) return html``;
	const time = turn.at === null ? null : format.time(turn.at);
	const facts = [
		time,
		turn.durationMs === null || turn.durationMs < 1000 ? null : format.duration(turn.durationMs),
		turn.costUsd === null || turn.costUsd === 0 ? null : format.usd(turn.costUsd),
	].filter(fact => fact !== null);
	return html`<div class="turn">
		<span class="turn-number muted">${turn.kind === 'none' ? '' : format.integer(model.promptNumber(index).at)}</span>
		<span class="turn-words" dir="auto">${turnWords(turn)}</span>
		<span class="turn-facts muted">
			${facts.join(' · ')}
			${turn.errors > 0 ? html`<span class="turn-errors" title=${text('errorCount', { count: format.integer(turn.errors) }, turn.errors)}>${icon('error')}${format.integer(turn.errors)}</span>` : nothing}
			${turn.isCorrection ? html`<span title=${text('correctionHint')}>${icon('edit')}<span class="unseen">${text('correction')}</span></span>` : nothing}
			${turn.isInterrupted ? html`<span title=${text('interrupted')}>${icon('circleSlash')}<span class="unseen">${text('interrupted')}</span></span>` : nothing}
		</span>
	</div>`;
}

export const outlineStyle = css`
	.outline {
		display: grid;
		grid-template-rows: auto minmax(0, 1fr);
		min-width: 0;
		border-inline-start: 1px solid var(--line);
		background: var(--vscode-sideBar-background, var(--vscode-editor-background));
	}
	.outline-head {
		display: flex;
		align-items: center;
		gap: 8px;
		padding: 8px 8px 6px 14px;
	}
	.outline-head .icon-button {
		margin-inline-start: auto;
	}
	.outline-none {
		margin: 0;
		padding: 4px 14px;
	}
	.outline-list .virtual-row {
		cursor: pointer;
	}
	.turn {
		display: grid;
		grid-template-columns: 3ch minmax(0, 1fr);
		gap: 1px 6px;
		padding: 6px 12px 7px 8px;
		border-inline-start: 2px solid transparent;
	}
	.outline-list .virtual-row:hover .turn {
		background: var(--hover);
	}
	.outline-list .virtual-row[aria-selected='true'] .turn {
		border-inline-start-color: var(--vscode-focusBorder);
		background: var(--vscode-list-inactiveSelectionBackground);
		color: var(--vscode-list-inactiveSelectionForeground, inherit);
	}
	.outline-list .virtual-row:focus-visible .turn {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.outline-list .virtual-row[aria-selected='true'] .muted {
		color: inherit;
	}
	.turn-number {
		text-align: end;
		font-size: var(--small);
		line-height: 1.5;
		font-variant-numeric: tabular-nums;
	}
	.turn-words {
		display: -webkit-box;
		overflow: hidden;
		overflow-wrap: anywhere;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 2;
	}
	.turn-facts {
		grid-column: 2;
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 0 8px;
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	.turn-facts .icon {
		width: 13px;
		height: 13px;
	}
	.turn-errors {
		display: inline-flex;
		align-items: center;
		gap: 2px;
		color: var(--bad);
	}
`;
