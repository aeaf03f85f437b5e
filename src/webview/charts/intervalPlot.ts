/**
 * Where an effect lies and how sure that is: a point on its interval, over an axis whose middle is "no difference". Stands
 * beside the words that say the same, so screen readers pass it over.
 */
import { type TemplateResult, css, html, svg } from 'lit';

export interface Interval {
	readonly low: number;
	readonly estimate: number;
	readonly high: number;
}

const height = 26;

/** Effects from −1 to 1: the place of the point is the share of pairs that the words beside it name. */
export function intervalPlot({ low, estimate, high }: Interval): TemplateResult {
	const x = (value: number) => `${((Math.max(-1, Math.min(1, value)) + 1) / 2) * 100}%`;
	const middle = height / 2;
	return html`<svg class="interval" aria-hidden="true" width="100%" height=${height}>
		<line class="axis" x1="0" x2="100%" y1=${middle} y2=${middle}></line>
		<line class="none-line" x1="50%" x2="50%" y1="2" y2=${height - 2}></line>
		<line class="range" x1=${x(low)} x2=${x(high)} y1=${middle} y2=${middle}></line>
		${[low, high].map(end => svg`<line class="range end" x1=${x(end)} x2=${x(end)} y1=${middle - 5} y2=${middle + 5}></line>`)}
		<circle class="point" cx=${x(estimate)} cy=${middle} r="5"></circle>
	</svg>`;
}

export const intervalPlotStyle = css`
	.interval {
		display: block;
		overflow: visible;
	}
	.interval line {
		shape-rendering: crispEdges;
	}
	.interval .axis {
		stroke: var(--grid);
	}
	.interval .none-line {
		stroke: var(--muted);
		stroke-dasharray: 2 2;
	}
	.interval .range {
		stroke: var(--bar);
		stroke-width: 2;
	}
	.interval .point {
		fill: var(--bar);
		stroke: var(--vscode-editor-background);
		stroke-width: 1.5;
	}
	@media (forced-colors: active) {
		.interval .axis,
		.interval .none-line {
			stroke: GrayText;
		}
		.interval .range {
			stroke: CanvasText;
		}
		.interval .point {
			fill: CanvasText;
			stroke: Canvas;
		}
	}
`;
