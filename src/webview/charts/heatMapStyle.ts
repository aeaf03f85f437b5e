import { css } from 'lit';
import { markPanelStyle } from './markPanel.ts';

export const heatMapStyle = [
	markPanelStyle,
	css`
		:host {
			display: block;
			min-width: 0;
		}
		.frame {
			position: relative;
		}
		svg {
			display: block;
			overflow: visible;
		}
		text {
			fill: var(--muted);
			font: 11px var(--vscode-font-family);
		}
		.row {
			text-anchor: end;
		}
		/* The gaps belong to their cells: the pointer shall not fall between two. */
		.cell {
			cursor: pointer;
			outline: none;
			pointer-events: bounding-box;
		}
		.ground {
			fill: var(--grid);
		}
		.value {
			fill: var(--bar);
		}
		.level-1 .value {
			opacity: 0.6;
		}
		.level-2 .value {
			opacity: 0.75;
		}
		.level-3 .value {
			opacity: 0.9;
		}
		.near .ground {
			stroke: var(--vscode-foreground);
		}
		.cell:focus-visible .ground {
			stroke: var(--vscode-focusBorder);
			stroke-width: 2;
		}
		.legend {
			display: flex;
			align-items: center;
			gap: 3px;
			margin-top: 8px;
			color: var(--muted);
			font-size: 11px;
		}
		.legend span:first-child {
			margin-inline-end: 3px;
		}
		.legend span:last-child {
			margin-inline-start: 3px;
		}
		@media (forced-colors: active) {
			.ground {
				fill: Canvas;
				stroke: GrayText;
			}
			.value {
				fill: CanvasText;
				opacity: 1;
			}
			text {
				fill: CanvasText;
			}
			.cell:focus-visible .ground {
				stroke: Highlight;
			}
		}
	`,
];
