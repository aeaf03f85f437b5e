/**
 * A grid of cells whose size and strength say how much: a calendar of weeks, or the hours of the weekdays. Where the page
 * is too narrow for all columns, they stand in several bands below each other, each with its row labels: what one would have to
 * scroll for, nobody finds. Knows nothing of what the cells mean.
 */
import { html, svg } from 'lit';
import { rect } from './drawnMarks.ts';
import { heatMapStyle } from './heatMapStyle.ts';
import { labelWidth } from './labelWidth.ts';
import { MarkChart, type MarkPlace } from './markChart.ts';
import type { Mark } from './markPanel.ts';
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
const bandGap = 8;
const smallest = 10;
const line = 14;
/** Side of the square of each level as a share of its cell: what the eye sees without any colour. */
const sizes = [0, 0.45, 0.65, 0.82, 1] as const;

export class HeatMap extends MarkChart<HeatCell> {
	static override styles = heatMapStyle;
	static override properties = {
		cells: { attribute: false },
		rows: { attribute: false },
		columns: { attribute: false },
		columnCount: { attribute: false },
		rowCount: { attribute: false },
		tallest: { attribute: false },
		widest: { attribute: false },
		less: { attribute: false },
		more: { attribute: false },
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
	/** Ends of the legend. */
	declare less: string;
	declare more: string;

	constructor() {
		super();
		this.cells = [];
		this.rows = [];
		this.columns = [];
		this.rowCount = 0;
		this.columnCount = 0;
		this.tallest = 17;
		this.widest = 17;
		this.less = '';
		this.more = '';
	}

	protected override get marks(): readonly HeatCell[] {
		return this.cells;
	}

	override render() {
		return html`${this.frame(() => this.#chart())} ${this.#legend()}`;
	}

	#layout() {
		const left = labelWidth(this.rows.map(({ label }) => label)) + 6;
		const room = Math.max(1, this.width - left);
		const bands = Math.max(1, Math.ceil((this.columnCount * smallest) / room));
		const inBand = Math.max(1, Math.ceil(this.columnCount / bands));
		const wide = Math.min(this.widest, Math.max(smallest, Math.floor(room / inBand)));
		// Squares stay squares; elsewhere each row needs the line of its label.
		const tall = this.tallest === this.widest ? wide : Math.min(this.tallest, Math.max(wide, line));
		const bandHeight = labelHeight + this.rowCount * tall;
		return {
			left,
			wide,
			tall,
			inBand,
			bands,
			height: bands * (bandHeight + bandGap) - bandGap,
			x: (column: number) => left + (column % inBand) * wide,
			top: (band: number) => band * (bandHeight + bandGap),
			y: (row: number, column: number) => Math.floor(column / inBand) * (bandHeight + bandGap) + labelHeight + row * tall,
		};
	}

	#chart() {
		const { left, wide, tall, inBand, bands, height, x, y, top } = this.#layout();
		const levels = levelsOf(
			this.cells.map(cell => cell.value),
			steps,
		);
		const [cellWidth, cellHeight] = [wide - gap, tall - gap];
		// The name of a month that begins in the last column of a band would stand beside the grid.
		const named = this.columns.filter(({ at }) => bands === 1 || at % inBand < inBand - 1);
		return this.canvas(
			left + Math.min(this.columnCount, inBand) * wide,
			height,
			svg`<g aria-hidden="true">
				${named.map(({ at, label }) => svg`<text x=${x(at)} y=${top(Math.floor(at / inBand)) + labelHeight - 6}>${label}</text>`)}
				${Array.from({ length: bands }, (_, band) =>
					this.rows.map(({ at, label }) => svg`<text class="row" x=${left - 6} y=${y(at, band * inBand) + tall / 2 + 3.5}>${label}</text>`),
				)}
			</g>
			${this.buttons(
				(_, index) => `cell level-${levels[index] ?? 0}`,
				(cell, index) => {
					const level = levels[index] ?? 0;
					const share = sizes[level] ?? 0;
					const [w, h] = [Math.max(3, Math.round(cellWidth * share)), Math.max(3, Math.round(cellHeight * share))];
					const [cellLeft, cellTop] = [x(cell.column), y(cell.row, cell.column)];
					const ground = rect('ground', cellLeft, cellTop, cellWidth, cellHeight, 2);
					if (level === 0) return [ground];
					return [ground, rect('value', cellLeft + (cellWidth - w) / 2, cellTop + (cellHeight - h) / 2, w, h, 2)];
				},
			)}`,
		);
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

	protected override placeOf({ row, column }: HeatCell): MarkPlace {
		const { wide, tall, x, y } = this.#layout();
		return { left: x(column), right: x(column) + wide, top: y(row, column) + tall / 2 };
	}

	/** The last with a value. */
	protected override begin(): number {
		const last = this.cells.findLastIndex(cell => cell.value > 0);
		return last < 0 ? this.cells.length - 1 : last;
	}

	protected override leadsTo(key: string, at: number): number | undefined {
		const cell = this.cells[at];
		if (cell === undefined) return undefined;
		if (key === 'Home') return this.cells.findIndex(each => each.row === cell.row);
		if (key === 'End') return this.cells.findLastIndex(each => each.row === cell.row);
		const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
		// A calendar has no cell before its first day and after its last: there the key does nothing.
		return move === undefined
			? undefined
			: this.cells.findIndex(each => each.row === cell.row + (move[0] ?? 0) && each.column === cell.column + (move[1] ?? 0));
	}
}

customElements.define('heat-map', HeatMap);
