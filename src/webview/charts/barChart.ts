/**
 * Bars over time, drawn as SVG in the theme's colours. A bar may be a stack of series, and a line may say where a limit is.
 * Knows nothing of what the bars mean.
 */
import { type SVGTemplateResult, html, nothing, svg } from 'lit';
import { barChartStyle } from './barChartStyle.ts';
import { rect, rounded } from './drawnMarks.ts';
import { labelWidth } from './labelWidth.ts';
import { alongRow, MarkChart, type MarkPlace } from './markChart.ts';
import type { Mark } from './markPanel.ts';
import { labelled, ticks } from './scale.ts';
import { seriesLegend } from './series.ts';

export interface Bar extends Mark {
	/** Along the axis; short. */
	readonly label: string;
	/** Of each series, in their order; together they are `value`. Absent for a bar of one piece. */
	readonly parts?: readonly number[];
}

/** A line across all bars. */
export interface Limit {
	readonly value: number;
	readonly label: string;
}

const height = 172;
const top = 8;
const bottom = 22;
const dayWidth = 64;
const widestBar = 36;

export class BarChart extends MarkChart<Bar> {
	static override styles = barChartStyle;
	static override properties = {
		bars: { attribute: false },
		series: { attribute: false },
		limit: { attribute: false },
		whole: { attribute: false },
		tickText: { attribute: false },
	};
	declare bars: readonly Bar[];
	/** Names of what the bars are stacked of, at most seven; empty for bars of one piece. */
	declare series: readonly string[];
	declare limit: Limit | null;
	/** Values come in whole numbers. */
	declare whole: boolean;
	declare tickText: (value: number) => string;

	constructor() {
		super();
		this.bars = [];
		this.series = [];
		this.limit = null;
		this.whole = true;
		this.tickText = String;
	}

	protected override get marks(): readonly Bar[] {
		return this.bars;
	}

	override render() {
		return html`${this.frame(() => this.#chart())}
		${this.series.length === 0 && this.limit === null ? nothing : seriesLegend(this.series, this.limit?.label ?? null)}`;
	}

	#scale() {
		const values = ticks(Math.max(this.limit?.value ?? 0, ...this.bars.map(bar => bar.value), 0), 4, this.whole);
		const texts = values.map(value => this.tickText(value));
		const left = labelWidth(texts) + 10;
		const slot = Math.max(0, this.width - left) / Math.max(1, this.bars.length);
		const high = values.at(-1) ?? 1;
		const y = (value: number) => height - bottom - (value / high) * (height - bottom - top);
		return { values, texts, left, slot, y, x: (index: number) => left + index * slot };
	}

	#chart() {
		const { values, texts, left, slot, y, x } = this.#scale();
		const base = y(0);
		const gap = slot < 3 ? slot * 0.25 : Math.max(1, slot * 0.22);
		const barWidth = Math.min(widestBar, slot - gap);
		const axisY = (value: number) => Math.round(y(value)) + 0.5;
		return this.canvas(
			this.width,
			height,
			svg`<g class="axis" aria-hidden="true">
				${values.map(
					(value, index) => svg`<line x1=${left} x2=${this.width} y1=${axisY(value)} y2=${axisY(value)}></line>
					<text class="tick" x=${left - 8} y=${y(value) + 4}>${texts[index] ?? ''}</text>`,
				)}
				${labelled(this.bars.length, this.width - left, dayWidth).map(index => {
					const middle = x(index) + slot / 2;
					const end = middle + dayWidth / 2 > this.width;
					return svg`<text class=${end ? 'label end' : 'label'} x=${end ? this.width : middle} y=${height - 6}>${this.bars[index]?.label ?? ''}</text>`;
				})}
			</g>
			${this.plainButtons('bar', (_, index) => rect('bar', x(index), top, slot, base - top))}
			${this.#values(index => x(index) + (slot - barWidth) / 2, barWidth, y)}
			${this.limit === null ? nothing : limitLine(left, this.width, y(this.limit.value))}`,
		);
	}

	/** One shape for each series, of all bars: a browser lays out a few long shapes in a fraction of the time of a thousand. */
	#values(x: (index: number) => number, width: number, y: (value: number) => number): SVGTemplateResult {
		const shapes = Array.from({ length: Math.max(1, this.series.length) }, (): string[] => []);
		for (const [index, { value, parts }] of this.bars.entries()) {
			if (parts === undefined) shapes[0]?.push(barShape(x(index), y(0), width, value > 0 ? Math.max(1.5, y(0) - y(value)) : 0));
			else for (const { series, shape } of stack(parts, x(index), width, y)) shapes[series]?.push(shape);
		}
		const kind = (series: number): string => (this.series.length === 0 ? 'value' : `value series-${series + 1}`);
		return svg`<g class="values" aria-hidden="true">${shapes.map((each, series) => svg`<path class=${kind(series)} d=${each.join('')}></path>`)}</g>`;
	}

	protected override placeOf(bar: Bar): MarkPlace {
		const { slot, x } = this.#scale();
		const left = x(this.bars.indexOf(bar));
		return { left, right: left + slot };
	}

	protected override leadsTo(key: string, at: number): number | undefined {
		return alongRow({ ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }, key, at, this.bars.length);
	}
}

/** A bar that stands on `base`, rounded at its top only. */
function barShape(x: number, base: number, width: number, height: number): string {
	if (height <= 0 || width <= 0) return '';
	const r = Math.min(2, width / 3, height);
	const [curve, rise, roof] = [rounded(r), rounded(height - r), rounded(width - 2 * r)];
	return `M${rounded(x)} ${rounded(base)}v${-rise}q0 ${-curve} ${curve} ${-curve}h${roof}q${curve} 0 ${curve} ${curve}v${rise}z`;
}

interface Piece {
	readonly series: number;
	readonly shape: string;
}

/** One piece on the other, with a line of ground between them so that they part without colour. */
function stack(parts: readonly number[], x: number, width: number, y: (value: number) => number): Piece[] {
	const pieces: Piece[] = [];
	let below = 0;
	for (const [series, part] of parts.entries()) {
		const [bottom, top] = [y(below), y(below + part)];
		below += part;
		const height = bottom - top;
		if (height <= 0 || width <= 0) continue;
		const seam = height > 2.5 && below > part ? 1 : 0;
		const [wide, high] = [rounded(width), rounded(Math.max(0.5, height - seam))];
		pieces.push({ series, shape: `M${rounded(x)} ${rounded(top)}h${wide}v${high}h${-wide}z` });
	}
	return pieces;
}

/** Its name stands in the legend: words in the chart would lie over bars. */
function limitLine(left: number, right: number, y: number): SVGTemplateResult {
	const at = Math.round(y) + 0.5;
	return svg`<line class="limit" aria-hidden="true" x1=${left} x2=${right} y1=${at} y2=${at}></line>`;
}

customElements.define('bar-chart', BarChart);
