/**
 * Stretches of time in the rows of their days, from midnight to midnight: what goes over midnight stands in two rows.
 * Arrow keys move in the order of time. Knows nothing of what the stretches mean.
 */
import { type TemplateResult, css, html, nothing, svg } from 'lit';
import { rect } from './drawnMarks.ts';
import { labelWidth } from './labelWidth.ts';
import { alongRow, MarkChart, type MarkPlace } from './markChart.ts';
import { type Mark, markPanelStyle } from './markPanel.ts';
import { shadeOf, shadeSteps } from './scale.ts';
import { placeLabels } from './timelineLabels.ts';

export interface TimelinePiece {
	readonly row: number;
	/** Hours since midnight, 0 to 24. */
	readonly from: number;
	readonly to: number;
}

export interface Stretch extends Mark {
	readonly pieces: readonly TimelinePiece[];
	readonly label: string;
	/** In the place of the label where there is little room. */
	readonly shortLabel: string;
	readonly isGoingOn: boolean;
}

const rowHeight = 22;
const top = 20;
const hours = [0, 6, 12, 18, 24];

export class DayTimeline extends MarkChart<Stretch> {
	static override styles = [markPanelStyle, timelineStyle()];
	static override properties = {
		rows: { attribute: false },
		stretches: { attribute: false },
		hourText: { attribute: false },
		valueText: { attribute: false },
		goingOnText: { attribute: false },
	};
	/** One label for each day. */
	declare rows: readonly string[];
	declare stretches: readonly Stretch[];
	declare hourText: (hour: number) => string;
	/** Round values, for what a shade means: more than the first, up to the second. */
	declare valueText: (from: number, to: number) => string;
	declare goingOnText: string;

	constructor() {
		super();
		this.rows = [];
		this.stretches = [];
		this.hourText = String;
		this.valueText = (from, to) => `${from} – ${to}`;
		this.goingOnText = '';
	}

	protected override get marks(): readonly Stretch[] {
		return this.stretches;
	}

	override render() {
		return html`${this.frame(() => this.#chart())} ${this.#key()}`;
	}

	#layout() {
		const left = labelWidth(this.rows) + 10;
		const width = Math.max(0, this.width - left - 1);
		return { left, x: (hour: number) => left + (hour / 24) * width };
	}

	#chart() {
		const { left, x } = this.#layout();
		const height = top + this.rows.length * rowHeight + 2;
		const steps = this.#steps();
		const shades = this.stretches.map(({ value }) => shadeOf(value, steps));
		const placed = this.stretches.map(({ pieces }) =>
			pieces.map(({ row, from, to }) => ({ row, from: x(from), to: x(from) + Math.max(2, x(to) - x(from) - 1) })),
		);
		const labels = placeLabels(
			this.stretches.map(({ label, shortLabel }, index) => ({
				pieces: placed[index] ?? [],
				forms: [...new Set([label, shortLabel])].map(text => ({ text, width: labelWidth([text]) })),
			})),
			left,
			this.width,
		);
		return this.canvas(
			this.width,
			height,
			svg`<g aria-hidden="true">
				${hours.map(
					hour => svg`<line x1=${Math.round(x(hour)) + 0.5} x2=${Math.round(x(hour)) + 0.5} y1=${top - 4} y2=${height}></line>
					<text class=${hour === 0 ? 'first' : hour === 24 ? 'last' : ''} x=${x(hour)} y=${top - 8}>${this.hourText(hour)}</text>`,
				)}
				${this.rows.map((row, index) => svg`<text class="row" x=${left - 8} y=${top + index * rowHeight + 15}>${row}</text>`)}
			</g>
			${this.buttons(
				(stretch, index) => `stretch shade-${shades[index] ?? 0}${stretch.isGoingOn ? ' going-on' : ''}`,
				(_, index) =>
					(placed[index] ?? []).flatMap(({ row, from, to }) =>
						['ground', 'value'].map(kind => rect(kind, from, top + row * rowHeight + 2, to - from, rowHeight - 4, 3)),
					),
			)}
			<!-- Not in their buttons, whose names have the figures in full. -->
			<g aria-hidden="true">
				${labels.map((label, index) =>
					label === null
						? nothing
						: svg`<text
							class=${label.isInside ? `label on-shade-${shades[index] ?? 0}` : 'label'}
							x=${label.x} y=${top + label.row * rowHeight + 15}>${label.text}</text>`,
				)}
			</g>`,
		);
	}

	#steps() {
		return shadeSteps(this.stretches.map(each => each.value));
	}

	/** What the shades mean; each stretch says its own in words. */
	#key(): TemplateResult {
		const swatch = (kind: string) =>
			html`<svg width="22" height="14" class=${kind}><rect class="value" x="0.5" y="0.5" width="21" height="13" rx="3"></rect></svg>`;
		return html`<ul class="key" aria-hidden="true">
			${this.#steps().map(({ from, to, shade }) => html`<li class="of-shade">${swatch(`shade-${shade}`)}${this.valueText(from, to)}</li>`)}
			${this.stretches.some(({ isGoingOn }) => isGoingOn) ? html`<li>${swatch('shade-0 going-on')}${this.goingOnText}</li>` : nothing}
		</ul>`;
	}

	protected override placeOf(stretch: Stretch): MarkPlace | null {
		const piece = longest(stretch);
		if (piece === null) return null;
		const { x } = this.#layout();
		return { left: x(piece.from), right: x(piece.to), top: top + piece.row * rowHeight };
	}

	protected override leadsTo(key: string, at: number): number | undefined {
		return alongRow({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }, key, at, this.stretches.length);
	}
}

function longest({ pieces }: Stretch): TimelinePiece | null {
	return pieces.reduce<TimelinePiece | null>(
		(best, piece) => (best === null || piece.to - piece.from > best.to - best.from ? piece : best),
		null,
	);
}

/**
 * The strength says how much beside the figure. Words keep the text's own colour on all shades but the strongest, which is the bar's
 * colour itself and has them in the colour of the ground: 4.5 to one at least in each of VS Code's themes.
 */
function timelineStyle() {
	return css`
		:host {
			display: block;
			min-width: 0;
		}
		.frame {
			position: relative;
			min-height: 44px;
		}
		svg {
			display: block;
			overflow: visible;
		}
		line {
			stroke: var(--grid);
			shape-rendering: crispEdges;
		}
		text {
			fill: var(--muted);
			font: 11px var(--vscode-font-family);
			font-variant-numeric: tabular-nums;
			text-anchor: middle;
		}
		text.first {
			text-anchor: start;
		}
		text.last,
		text.row {
			text-anchor: end;
		}
		text.label {
			fill: var(--vscode-foreground);
			text-anchor: start;
			pointer-events: none;
		}
		text.label.on-shade-4 {
			fill: var(--vscode-editor-background);
		}
		.key {
			display: flex;
			flex-wrap: wrap;
			gap: 3px 20px;
			margin: 8px 0 0;
			padding: 0;
			list-style: none;
			color: var(--muted);
			font-size: var(--small);
			font-variant-numeric: tabular-nums;
		}
		.key li {
			display: flex;
			gap: 6px;
			align-items: center;
		}
		.stretch {
			cursor: pointer;
			outline: none;
		}
		.ground {
			fill: var(--vscode-editor-background);
		}
		.value {
			fill: var(--bar);
			fill-opacity: 0;
			stroke: var(--bar);
			stroke-opacity: 0.55;
		}
		.shade-1 .value {
			fill-opacity: 0.06;
		}
		.shade-2 .value {
			fill-opacity: 0.23;
		}
		.shade-3 .value {
			fill-opacity: 0.42;
		}
		.shade-4 .value {
			fill-opacity: 1;
		}
		.going-on .value {
			stroke-dasharray: 4 2;
			stroke-opacity: 1;
		}
		.near .value {
			stroke: var(--vscode-foreground);
			stroke-opacity: 1;
		}
		.stretch:focus-visible .value {
			stroke: var(--vscode-focusBorder);
			stroke-opacity: 1;
			stroke-width: 2;
		}
		@media (forced-colors: active) {
			text,
			text.label[class] {
				fill: CanvasText;
			}
			/* One ground for all: the figures say what the shades did. */
			.of-shade[class] {
				display: none;
			}
			.ground,
			.value {
				fill: Canvas;
			}
			.value {
				stroke: CanvasText;
				stroke-opacity: 1;
			}
			.stretch:focus-visible .value {
				stroke: Highlight;
			}
		}
	`;
}

customElements.define('day-timeline', DayTimeline);
