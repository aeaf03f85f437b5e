/**
 * Stretches of time in the rows of their days, from midnight to midnight: what goes over midnight stands in two rows.
 * One tab stop, arrow keys between stretches in the order of time, Enter to pick one. Knows nothing of what they mean.
 */
import { LitElement, type PropertyValues, css, html, nothing, svg } from 'lit';
import { type Mark, markPanel, markPanelStyle, placePanel } from './markPanel.ts';
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

export class DayTimeline extends LitElement {
	static override styles = [markPanelStyle, timelineStyle()];
	static override properties = {
		rows: { attribute: false },
		stretches: { attribute: false },
		label: { attribute: false },
		hint: { attribute: false },
		hourText: { attribute: false },
		pick: { attribute: false },
		width: { state: true },
		active: { state: true },
		pointed: { state: true },
		focused: { state: true },
	};
	/** One label for each day. */
	declare rows: readonly string[];
	declare stretches: readonly Stretch[];
	declare label: string;
	declare hint: string;
	declare hourText: (hour: number) => string;
	declare pick: (key: string) => void;
	declare private width: number;
	declare private active: string | null;
	declare private pointed: number | null;
	declare private focused: number | null;
	readonly #resize = new ResizeObserver(entries => {
		const width = entries[0]?.contentRect.width ?? 0;
		if (width > 0) this.width = width;
	});

	constructor() {
		super();
		this.rows = [];
		this.stretches = [];
		this.label = '';
		this.hint = '';
		this.hourText = String;
		this.pick = () => undefined;
		this.width = 0;
		this.active = null;
		this.pointed = null;
		this.focused = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#resize.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resize.disconnect();
	}

	override render() {
		return html`<div
			class="frame"
			@pointerleave=${() => (this.pointed = null)}
			@keydown=${(event: KeyboardEvent) => this.#key(event)}
			@focusout=${() => (this.focused = null)}
		>
			${this.width > 0 ? this.#chart() : nothing} ${markPanel(this.stretches[this.pointed ?? this.focused ?? -1])}
		</div>`;
	}

	override updated(changed: PropertyValues): void {
		super.updated(changed);
		const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
		const piece = longest(this.stretches[this.pointed ?? this.focused ?? -1]);
		if (panel === null || piece === null || this.width === 0) return;
		const { x } = this.#layout();
		placePanel(panel, this.width, x(piece.from), x(piece.to), top + piece.row * rowHeight);
	}

	#layout() {
		const left = Math.ceil(Math.max(0, ...this.rows.map(row => row.length)) * 6.4) + 10;
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
		const tabStop = this.#tabStop();
		return svg`<svg role="group" aria-label=${this.label} aria-description=${this.hint} width=${this.width} height=${height}>
			<g aria-hidden="true">
				${hours.map(
					hour => svg`<line x1=${Math.round(x(hour)) + 0.5} x2=${Math.round(x(hour)) + 0.5} y1=${top - 4} y2=${height}></line>
					<text class=${hour === 0 ? 'first' : hour === 24 ? 'last' : ''} x=${x(hour)} y=${top - 8}>${this.hourText(hour)}</text>`,
				)}
				${this.rows.map((row, index) => svg`<text class="row" x=${left - 8} y=${top + index * rowHeight + 15}>${row}</text>`)}
			</g>
			${this.stretches.map((stretch, index) => {
				const labelled = longest(stretch);
				return svg`<g
					class=${`stretch level-${levels[index] ?? 0}${stretch.isGoingOn ? ' going-on' : ''}${index === (this.pointed ?? this.focused) ? ' near' : ''}`}
					role="button" tabindex=${index === tabStop ? 0 : -1} aria-label=${stretch.description} data-key=${stretch.key}
					@pointerenter=${() => (this.pointed = index)}
					@focus=${() => this.#focused(index)}
					@click=${() => this.#pick(stretch)}>
					${stretch.pieces.map(piece => {
						const y = top + piece.row * rowHeight;
						const width = Math.max(2, x(piece.to) - x(piece.from) - 1);
						const fits = piece === labelled && stretch.label.length * letterWidth + 8 <= width;
						return svg`<rect class="ground" x=${x(piece.from)} y=${y + 2} width=${width} height=${rowHeight - 4} rx="3"></rect>
							<rect class="value" x=${x(piece.from)} y=${y + 2} width=${width} height=${rowHeight - 4} rx="3"></rect>
							${fits ? svg`<text class="label" x=${x(piece.from) + 5} y=${y + 15}>${stretch.label}</text>` : nothing}`;
					})}
				</g>`;
			})}
		</svg>`;
	}

	#tabStop(): number {
		const index = this.stretches.findIndex(each => each.key === this.active);
		return index < 0 ? this.stretches.length - 1 : index;
	}

	#focused(index: number): void {
		this.focused = index;
		this.active = this.stretches[index]?.key ?? null;
	}

	#pick(stretch: Stretch): void {
		this.active = stretch.key;
		this.pick(stretch.key);
	}

	#key(event: KeyboardEvent): void {
		const last = this.stretches.length - 1;
		const at = this.focused ?? this.#tabStop();
		const target = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last }[event.key];
		const stretch = this.stretches[at];
		if (target !== undefined) this.renderRoot.querySelectorAll<SVGGElement>('.stretch')[Math.min(last, Math.max(0, target))]?.focus();
		else if ((event.key === 'Enter' || event.key === ' ') && stretch !== undefined) this.#pick(stretch);
		else return;
		event.preventDefault();
	}
}

function longest(stretch: Stretch | undefined): TimelinePiece | null {
	return (
		stretch?.pieces.reduce<TimelinePiece | null>(
			(best, piece) => (best === null || piece.to - piece.from > best.to - best.from ? piece : best),
			null,
		) ?? null
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
