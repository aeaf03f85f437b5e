/** The small panel of figures beside the mark that the pointer or the keyboard is on; every chart has the same. */
import { type TemplateResult, css, html, nothing } from 'lit';

export interface Detail {
	readonly label: string;
	readonly value: string;
	/** The one that the chart draws. */
	readonly shown: boolean;
}

/** What a person is told of one mark of a chart. */
export interface Mark {
	readonly key: string;
	/** In full, for the panel and for screen readers. */
	readonly name: string;
	readonly value: number;
	/** Written when somebody looks at the mark: of hundreds, they look at few. */
	readonly details: () => readonly Detail[];
	/** All of it in one sentence: what a screen reader says. */
	readonly description: string;
}

/** Screen readers have the mark's own name. */
export function markPanel(mark: Pick<Mark, 'name' | 'details'> | undefined): TemplateResult {
	return html`<div class="panel" aria-hidden="true" ?hidden=${mark === undefined}>
		${
			mark === undefined
				? nothing
				: html`<div class="name">${mark.name}</div>
						<dl>
							${mark.details().map(
								detail =>
									html`<div class=${detail.shown ? 'shown' : ''}>
										<dt>${detail.label}</dt>
										<dd>${detail.value}</dd>
									</div>`,
							)}
						</dl>`
		}
	</div>`;
}

/** Beside the mark from `left` to `right`, on the side where there is room. Through the CSSOM: the page's policy forbids style attributes. */
export function placePanel(panel: HTMLElement, width: number, left: number, right: number, top?: number): void {
	const fits = right + 6 + panel.offsetWidth <= width;
	panel.style.left = `${fits ? right + 6 : Math.max(0, left - 6 - panel.offsetWidth)}px`;
	if (top !== undefined) panel.style.top = `${top}px`;
}

export const markPanelStyle = css`
	.panel {
		position: absolute;
		top: 8px;
		z-index: 2;
		box-sizing: border-box;
		max-width: 100%;
		padding: 6px 10px;
		border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
		border-radius: 4px;
		background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
		color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
		box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
		font-size: 12px;
		white-space: nowrap;
		pointer-events: none;
	}
	.panel[hidden] {
		display: none;
	}
	.panel .name {
		margin-bottom: 4px;
		font-weight: 600;
	}
	.panel dl {
		margin: 0;
	}
	.panel dl > div {
		display: flex;
		justify-content: space-between;
		gap: 16px;
		opacity: 0.85;
	}
	.panel dl > .shown {
		opacity: 1;
		font-weight: 600;
	}
	.panel dt,
	.panel dd {
		margin: 0;
	}
	.panel dt {
		overflow: hidden;
		text-overflow: ellipsis;
	}
	.panel dd {
		font-variant-numeric: tabular-nums;
	}
`;
