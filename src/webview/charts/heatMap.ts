/**
 * A grid of cells whose size and strength say how much: a calendar of weeks, or the hours of the weekdays. One tab stop,
 * arrow keys between cells, Enter to pick one. Where the page is too narrow it scrolls, beginning at the last column.
 * Knows nothing of what the cells mean.
 */
import { LitElement, type PropertyValues, html, nothing, svg } from 'lit';
import { heatMapStyle } from './heatMapStyle.ts';
import { type Mark, markPanel, placePanel } from './markPanel.ts';
import { levelsOf } from './scale.ts';

export interface HeatCell extends Mark {
	readonly row: number;
	readonly column: number;
}

export interface HeatLabel {
	readonly at: number;
	readonly label: string;
}

const steps = 4;
const labelHeight = 18;
const gap = 2;
const smallest = 10;
/** Side of the square of each level as a share of its cell: what the eye sees without any colour. */
const sizes = [0, 0.45, 0.65, 0.82, 1] as const;

export class HeatMap extends LitElement {
	static override styles = heatMapStyle;
	static override properties = {
		cells: { attribute: false },
		rows: { attribute: false },
		columns: { attribute: false },
		columnCount: { attribute: false },
		rowCount: { attribute: false },
		tallest: { attribute: false },
		widest: { attribute: false },
		label: { attribute: false },
		hint: { attribute: false },
		less: { attribute: false },
		more: { attribute: false },
		pick: { attribute: false },
		width: { state: true },
		active: { state: true },
		pointed: { state: true },
		focused: { state: true },
	};
	declare cells: readonly HeatCell[];
	/** Which rows and columns have a label; not every one needs it. */
	declare rows: readonly HeatLabel[];
	declare columns: readonly HeatLabel[];
	declare rowCount: number;
	declare columnCount: number;
	/** Of a cell, in pixels, gap included. */
	declare tallest: number;
	declare widest: number;
	declare label: string;
	declare hint: string;
	/** Ends of the legend. */
	declare less: string;
	declare more: string;
	declare pick: (key: string) => void;
	declare private width: number;
	/** The cell that Tab leads to; null means the last with a value. */
	declare private active: string | null;
	declare private pointed: number | null;
	declare private focused: number | null;
	#scrolled = false;
	readonly #resize = new ResizeObserver(entries => {
		const width = entries[0]?.contentRect.width ?? 0;
		if (width > 0) this.width = width;
	});

	constructor() {
		super();
		this.cells = [];
		this.rows = [];
		this.columns = [];
		this.rowCount = 0;
		this.columnCount = 0;
		this.tallest = 17;
		this.widest = 17;
		this.label = '';
		this.hint = '';
		this.less = '';
		this.more = '';
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
				${this.width > 0 ? this.#rowLabels() : nothing}
				<div class="scroll" @scroll=${() => this.#placePanel()}>${this.width > 0 ? this.#chart() : nothing}</div>
				${markPanel(this.cells[this.pointed ?? this.focused ?? -1])}
			</div>
			${this.#legend()}`;
	}

	override updated(changed: PropertyValues): void {
		super.updated(changed);
		const scroll = this.renderRoot.querySelector<HTMLElement>('.scroll');
		if (scroll !== null && !this.#scrolled && this.width > 0 && this.cells.length > 0) {
			// The newest stands at the end.
			scroll.scrollLeft = scroll.scrollWidth;
			this.#scrolled = true;
		}
		this.#placePanel();
	}

	#layout() {
		const left = Math.ceil(Math.max(0, ...this.rows.map(row => row.label.length)) * 6.4) + 8;
		const wide = Math.min(this.widest, Math.max(smallest, Math.floor((this.width - left) / Math.max(1, this.columnCount))));
		const tall = Math.min(this.tallest, Math.max(wide, smallest));
		return { left, wide, tall, x: (column: number) => column * wide, y: (row: number) => labelHeight + row * tall };
	}

	/** Beside what scrolls, so that they stay. */
	#rowLabels() {
		const { left, tall, y } = this.#layout();
		return html`<svg class="rows" aria-hidden="true" width=${left} height=${y(this.rowCount)}>
			${this.rows.map(({ at, label }) => svg`<text class="row" x=${left - 6} y=${y(at) + tall / 2 + 3.5}>${label}</text>`)}
		</svg>`;
	}

	#chart() {
		const { wide, tall, x, y } = this.#layout();
		const levels = levelsOf(
			this.cells.map(cell => cell.value),
			steps,
		);
		const [width, height] = [wide - gap, tall - gap];
		const tabStop = this.#tabStop();
		return svg`<svg
			role="group" aria-label=${this.label} aria-description=${this.hint}
			width=${this.columnCount * wide} height=${labelHeight + this.rowCount * tall}>
			<g aria-hidden="true">
				${this.columns.map(({ at, label }) => svg`<text x=${x(at)} y=${labelHeight - 6}>${label}</text>`)}
			</g>
			${this.cells.map((cell, index) => {
				const level = levels[index] ?? 0;
				const share = sizes[level] ?? 0;
				const [w, h] = [Math.max(3, Math.round(width * share)), Math.max(3, Math.round(height * share))];
				const [left, top] = [x(cell.column), y(cell.row)];
				return svg`<g
					class=${`cell level-${level}${index === (this.pointed ?? this.focused) ? ' near' : ''}`}
					role="button" tabindex=${index === tabStop ? 0 : -1} aria-label=${cell.description} data-key=${cell.key}
					@pointerenter=${() => (this.pointed = index)}
					@focus=${() => this.#focused(index)}
					@click=${() => this.#pick(cell)}>
					<rect class="ground" x=${left} y=${top} width=${width} height=${height} rx="2"></rect>
					${
						level === 0
							? nothing
							: svg`<rect class="value" x=${left + (width - w) / 2} y=${top + (height - h) / 2} width=${w} height=${h} rx="2"></rect>`
					}
				</g>`;
			})}
		</svg>`;
	}

	#legend() {
		return html`<div class="legend" aria-hidden="true">
			<span>${this.less}</span>
			${[0, 1, 2, 3, 4].map(level => {
				const size = Math.round(11 * (sizes[level] ?? 0));
				return html`<svg class=${`level-${level}`} width="11" height="11">
					<rect class="ground" width="11" height="11" rx="2"></rect>
					<rect class="value" x=${(11 - size) / 2} y=${(11 - size) / 2} width=${size} height=${size} rx="2"></rect>
				</svg>`;
			})}
			<span>${this.more}</span>
		</div>`;
	}

	#placePanel(): void {
		const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
		const scroll = this.renderRoot.querySelector<HTMLElement>('.scroll');
		const cell = this.cells[this.pointed ?? this.focused ?? -1];
		if (panel === null || scroll === null || cell === undefined || this.width === 0) return;
		const { left: axis, wide, tall, x, y } = this.#layout();
		const left = axis + x(cell.column) - scroll.scrollLeft;
		placePanel(panel, this.width, left, left + wide, y(cell.row) + tall / 2);
	}

	#tabStop(): number {
		const index = this.cells.findIndex(cell => cell.key === this.active);
		if (index >= 0) return index;
		const last = this.cells.findLastIndex(cell => cell.value > 0);
		return last < 0 ? this.cells.length - 1 : last;
	}

	#focused(index: number): void {
		this.focused = index;
		this.active = this.cells[index]?.key ?? null;
	}

	#pick(cell: HeatCell): void {
		this.active = cell.key;
		this.pick(cell.key);
	}

	#key(event: KeyboardEvent): void {
		const at = this.focused ?? this.#tabStop();
		const cell = this.cells[at];
		if (cell === undefined) return;
		const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
		if (move !== undefined) this.#focus(this.#neighbour(cell, move[0] ?? 0, move[1] ?? 0));
		else if (event.key === 'Home') this.#focus(this.cells.findIndex(each => each.row === cell.row));
		else if (event.key === 'End') this.#focus(this.cells.findLastIndex(each => each.row === cell.row));
		else if (event.key === 'Enter' || event.key === ' ') this.#pick(cell);
		else return;
		event.preventDefault();
	}

	/** The next cell that is there; a calendar has none before its first day and after its last. */
	#neighbour(from: HeatCell, down: number, right: number): number {
		return this.cells.findIndex(each => each.row === from.row + down && each.column === from.column + right);
	}

	#focus(index: number): void {
		if (index < 0) return;
		const cell = this.renderRoot.querySelectorAll<SVGGElement>('.cell')[index];
		cell?.focus();
		cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	}
}

customElements.define('heat-map', HeatMap);
