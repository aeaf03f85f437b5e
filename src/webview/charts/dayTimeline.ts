/**
 * Stretches of time in the rows of their days, from midnight to midnight: what goes over midnight stands in two rows.
 * Arrow keys move in the order of time. Knows nothing of what the stretches mean.
 */
import { css, nothing, svg } from 'lit';
import { labelWidth } from './labelWidth.ts';
import { alongRow, MarkChart, type MarkPlace } from './markChart.ts';
import { type Mark, markPanelStyle } from './markPanel.ts';
import { levelsOf } from './scale.ts';

export interface TimelinePiece {
	readonly row: number;
	/** Hours since midnight, 0 to 24. */
	readonly from: number;
	readonly to: number;
}

export interface Stretch extends Mark {
	readonly pieces: readonly TimelinePiece[];
	/** Inside its longest piece, where it fits. */
	readonly label: string;
	readonly isGoingOn: boolean;
}

const rowHeight = 22;
const top = 20;
const letterWidth = 6.8;
const hours = [0, 6, 12, 18, 24];

export class DayTimeline extends MarkChart<Stretch> {
	static override styles = [markPanelStyle, timelineStyle()];
	static override properties = {
		rows: { attribute: false },
		stretches: { attribute: false },
		hourText: { attribute: false },
	};
	/** One label for each day. */
	declare rows: readonly string[];
	declare stretches: readonly Stretch[];
	declare hourText: (hour: number) => string;

	constructor() {
		super();
		this.rows = [];
		this.stretches = [];
		this.hourText = String;
	}

	protected override get marks(): readonly Stretch[] {
		return this.stretches;
	}

	override render() {
		return this.frame(() => this.#chart());
	}

	#layout() {
		const left = labelWidth(this.rows, this) + 10;
		const width = Math.max(0, this.width - left - 1);
		return { left, x: (hour: number) => left + (hour / 24) * width };
	}

	#chart() {
		const { left, x } = this.#layout();
		const height = top + this.rows.length * rowHeight + 2;
		const levels = levelsOf(
			this.stretches.map(each => each.value),
			4,
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
				(stretch, index) => `stretch level-${levels[index] ?? 0}${stretch.isGoingOn ? ' going-on' : ''}`,
				stretch => {
					const labelled = longest(stretch);
					return stretch.pieces.map(piece => {
						const y = top + piece.row * rowHeight;
						const width = Math.max(2, x(piece.to) - x(piece.from) - 1);
						const fits = piece === labelled && stretch.label.length * letterWidth + 8 <= width;
						return svg`<rect class="ground" x=${x(piece.from)} y=${y + 2} width=${width} height=${rowHeight - 4} rx="3"></rect>
							<rect class="value" x=${x(piece.from)} y=${y + 2} width=${width} height=${rowHeight - 4} rx="3"></rect>
							${fits ? svg`<text class="label" x=${x(piece.from) + 5} y=${y + 15}>${stretch.label}</text>` : nothing}`;
					});
				},
			)}`,
		);
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

/** The strength says how much beside the figure: words on it keep the text's own colour. */
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
		.stretch {
			cursor: pointer;
			outline: none;
		}
		.ground {
			fill: var(--vscode-editor-background);
		}
		.value {
			fill: var(--bar);
			fill-opacity: 0.12;
			stroke: var(--bar);
			stroke-opacity: 0.55;
		}
		.level-2 .value {
			fill-opacity: 0.24;
		}
		.level-3 .value {
			fill-opacity: 0.36;
		}
		.level-4 .value {
			fill-opacity: 0.5;
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
			text.label {
				fill: CanvasText;
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
