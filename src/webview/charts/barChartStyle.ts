import { css } from 'lit';
import { markPanelStyle } from './markPanel.ts';
import { seriesStyle } from './series.ts';

/** Reads the page's tokens (`--grid`, `--muted`, `--bar`…), which custom properties carry into the shadow root. */
export const barChartStyle = [
	markPanelStyle,
	css`
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
			fill: none;
			pointer-events: all;
			shape-rendering: crispEdges;
		}
		.values {
			pointer-events: none;
		}
		.value {
			fill: var(--bar);
		}
		.bar.near {
			fill: var(--hover);
		}
		.bar:focus-visible {
			stroke: var(--vscode-focusBorder);
		}
		.limit {
			stroke: var(--vscode-foreground);
			stroke-dasharray: 5 3;
			shape-rendering: crispEdges;
			pointer-events: none;
		}
		@media (forced-colors: active) {
			.value {
				fill: CanvasText;
			}
			.axis line {
				stroke: GrayText;
			}
			text {
				fill: CanvasText;
			}
			.bar:focus-visible {
				stroke: Highlight;
			}
		}
	`,
	seriesStyle,
];
