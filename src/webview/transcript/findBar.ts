/** The bar of *Find in Conversation*: what is looked for, how much was found, and the way through it. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../components/icons.ts';
import { type FindState, ordinalOf, totalOf } from './finder.ts';
import { iconButton } from './items/parts.ts';
import type { View } from './view.ts';
import { text } from './words.ts';

/** `step` goes on from what is highlighted on the screen. */
export function findBar(view: View, step: (by: 1 | -1) => void, close: () => void): TemplateResult {
	const { model, state } = view;
	const { find } = state;
	const typed = (event: Event) => {
		if (!(event.target instanceof HTMLInputElement) || (event instanceof InputEvent && event.isComposing)) return;
		model.look(event.target.value.slice(0, 1_000), find.matchCase);
	};
	const key = (event: KeyboardEvent) => {
		if (event.key === 'Escape') close();
		else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) step(event.shiftKey ? -1 : 1);
		else if (event.key === 'F3') step(event.shiftKey ? -1 : 1);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return html`<div class="find-bar" role="search" aria-label=${text('find')} @keydown=${key}>
		<input
			class="find-input"
			type="text"
			spellcheck="false"
			autocomplete="off"
			placeholder=${text('find')}
			aria-label=${text('find')}
			maxlength="1000"
			.value=${live(find.text)}
			@input=${typed}
			@compositionend=${typed}
		/>
		<button
			class="icon-button ${find.matchCase ? 'pressed' : ''}"
			title=${text('matchCase')}
			aria-label=${text('matchCase')}
			aria-pressed=${find.matchCase ? 'true' : 'false'}
			@click=${() => model.look(find.text, !find.matchCase)}
		>
			${icon('caseSensitive')}
		</button>
		<span
			class="find-count ${find.error !== null || (find.isDone && find.text !== '' && find.matches.length === 0) ? 'failed' : ''}"
			role="status"
			>${countText(view, find)}</span
		>
		${iconButton('arrowUp', text('findPrevious'), () => step(-1))} ${iconButton('arrowDown', text('findNext'), () => step(1))}
		${iconButton('close', text('findClose'), close)} ${find.isDone ? nothing : html`<span class="find-busy" aria-hidden="true"></span>`}
	</div>`;
}

function countText({ format }: View, find: FindState): string {
	if (find.text === '') return '';
	if (find.error !== null) return text('findFailed', { reason: find.error });
	const total = totalOf(find);
	if (total === 0) return text(find.isDone ? 'findNothing' : 'findSearching');
	const all = `${format.integer(total)}${find.isDone ? '' : '+'}`;
	const at = ordinalOf(find);
	return at === 0 ? all : text('findAt', { at: format.integer(at), all });
}

export const findStyle = css`
	.find-bar {
		position: absolute;
		inset-block-start: 0;
		inset-inline-end: 18px;
		z-index: 5;
		display: flex;
		align-items: center;
		gap: 3px;
		max-width: calc(100% - 24px);
		padding: 5px 6px;
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, var(--line)));
		border-top: 0;
		border-radius: 0 0 6px 6px;
		background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
		box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
	}
	.find-input {
		flex: 1 1 180px;
		min-width: 60px;
		height: 24px;
		padding: 0 6px;
		border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
		border-radius: 3px;
		background: var(--vscode-input-background);
		color: var(--vscode-input-foreground);
		font: inherit;
	}
	.find-input:focus {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.find-input::placeholder {
		color: var(--vscode-input-placeholderForeground);
		opacity: 1;
	}
	.find-count {
		min-width: 9ch;
		padding-inline: 4px;
		overflow: hidden;
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.icon-button.pressed {
		background: var(--vscode-inputOption-activeBackground, var(--vscode-toolbar-hoverBackground));
		color: var(--vscode-inputOption-activeForeground, inherit);
		outline: 1px solid var(--vscode-inputOption-activeBorder, transparent);
		outline-offset: -1px;
	}
	.find-busy {
		position: absolute;
		inset: auto 0 0;
		height: 2px;
		background: var(--vscode-progressBar-background);
		animation: run-find 1.2s linear infinite;
		transform-origin: left;
	}
	@keyframes run-find {
		from {
			transform: scaleX(0);
		}
	}
	::highlight(found) {
		background-color: var(--vscode-editor-findMatchHighlightBackground, Mark);
		text-decoration: underline 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
	}
	::highlight(found-here) {
		background-color: var(--vscode-editor-findMatchBackground, Highlight);
		color: var(--vscode-editor-findMatchForeground, inherit);
		text-decoration: underline 2px solid var(--vscode-editor-findMatchBorder, transparent);
	}
	@container page (width < 560px) {
		.find-bar {
			inset-inline: 0;
			max-width: none;
			border-radius: 0;
		}
		.find-count {
			min-width: 6ch;
		}
	}
`;
