import { css } from 'lit';

/** Reads the page's tokens (`--grid`, `--muted`, `--bar`…), which custom properties carry into the shadow root. */
export const barChartStyle = css`
	:host {
		display: block;
		min-width: 0;
	}
	.frame {
		position: relative;
		min-height: 172px;
	}
	svg {
		display: block;
		overflow: visible;
		touch-action: manipulation;
	}
	.axis line {
		stroke: var(--grid);
		shape-rendering: crispEdges;
	}
	text {
		fill: var(--muted);
		font: 11px var(--vscode-font-family);
		font-variant-numeric: tabular-nums;
	}
	.tick {
		text-anchor: end;
	}
	.label {
		text-anchor: middle;
	}
	.label.end {
		text-anchor: end;
	}
	.bar {
		cursor: pointer;
		outline: none;
	}
	.slot {
		fill: transparent;
	}
	.value {
		fill: var(--bar);
	}
	.near .slot {
		fill: var(--hover);
	}
	.picked .value {
		opacity: 0.4;
	}
	.picked .this .value {
		opacity: 1;
	}
	.ring {
		fill: none;
		stroke: none;
	}
	.bar:focus-visible .ring {
		stroke: var(--vscode-focusBorder);
	}
	.panel {
		position: absolute;
		top: 8px;
		z-index: 2;
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
	.name {
		margin-bottom: 4px;
		font-weight: 600;
	}
	dl {
		margin: 0;
	}
	dl > div {
		display: flex;
		justify-content: space-between;
		gap: 16px;
		opacity: 0.85;
	}
	dl > .shown {
		opacity: 1;
		font-weight: 600;
	}
	dt,
	dd {
		margin: 0;
	}
	dd {
		font-variant-numeric: tabular-nums;
	}
	@media (forced-colors: active) {
		.value {
			fill: CanvasText;
		}
		.this .value {
			fill: Highlight;
		}
		.axis line {
			stroke: GrayText;
		}
		text {
			fill: CanvasText;
		}
		.bar:focus-visible .ring {
			stroke: Highlight;
		}
	}
`;
