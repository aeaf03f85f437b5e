/**
 * Bars over time, drawn as SVG in the theme's colours: one tab stop, arrow keys between bars, Enter to pick one, and
 * the same small panel of figures for the pointer and the keyboard. A bar may be a stack of series, and a line may say
 * where a limit is. Knows nothing of what the bars mean.
 */
import { LitElement, type PropertyValues, type SVGTemplateResult, html, nothing, svg } from 'lit';
import { barChartStyle } from './barChartStyle.ts';
import { type Mark, markPanel, placePanel } from './markPanel.ts';
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
const labelWidth = 64;
/** Of the axis' figures, in the 11 px that the style gives them. */
const digitWidth = 6.6;
const widestBar = 36;

export class BarChart extends LitElement {
	static override styles = barChartStyle;
	static override properties = {
		bars: { attribute: false },
		label: { attribute: false },
		hint: { attribute: false },
		series: { attribute: false },
		limit: { attribute: false },
		whole: { attribute: false },
		tickText: { attribute: false },
		pick: { attribute: false },
		width: { state: true },
		active: { state: true },
		pointed: { state: true },
		focused: { state: true },
	};
	declare bars: readonly Bar[];
	declare label: string;
	declare hint: string;
	/** Names of what the bars are stacked of, at most six; empty for bars of one piece. */
	declare series: readonly string[];
	declare limit: Limit | null;
	/** Values come in whole numbers. */
	declare whole: boolean;
	declare tickText: (value: number) => string;
	declare pick: (key: string) => void;
	declare private width: number;
	/** The bar that Tab leads to; null means the last. */
	declare private active: string | null;
	declare private pointed: number | null;
	declare private focused: number | null;
	readonly #resize = new ResizeObserver(entries => {
		const width = entries[0]?.contentRect.width ?? 0;
		if (width > 0) this.width = width;
	});

	constructor() {
		super();
		this.bars = [];
		this.label = '';
		this.hint = '';
		this.series = [];
		this.limit = null;
		this.whole = true;
		this.tickText = String;
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
		// The listeners stand here because Chromium makes an svg that hears of focus a tab stop of its own.
		// Without a width nothing can be placed; the first one comes before the first paint.
		return html`<div
				class="frame"
				@pointerleave=${() => (this.pointed = null)}
				@keydown=${(event: KeyboardEvent) => this.#key(event)}
				@focusout=${() => (this.focused = null)}
			>
				${this.width > 0 ? this.#chart() : nothing} ${markPanel(this.bars[this.pointed ?? this.focused ?? -1])}
			</div>
			${this.series.length === 0 ? nothing : seriesLegend(this.series)}`;
	}

	override updated(changed: PropertyValues): void {
		super.updated(changed);
		this.#placePanel();
	}

	#scale() {
		const values = ticks(Math.max(this.limit?.value ?? 0, ...this.bars.map(bar => bar.value), 0), 4, this.whole);
		const texts = values.map(value => this.tickText(value));
		const left = Math.ceil(Math.max(...texts.map(text => text.length)) * digitWidth) + 10;
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
		const radius = Math.min(2, barWidth / 3);
		const tabStop = this.#tabStop();
		const axisY = (value: number) => Math.round(y(value)) + 0.5;
		return svg`<svg
			role="group" aria-label=${this.label} aria-description=${this.hint}
			width=${this.width} height=${height}>
			<g class="axis" aria-hidden="true">
				${values.map(
					(value, index) => svg`<line x1=${left} x2=${this.width} y1=${axisY(value)} y2=${axisY(value)}></line>
					<text class="tick" x=${left - 8} y=${y(value) + 4}>${texts[index] ?? ''}</text>`,
				)}
				${labelled(this.bars.length, this.width - left, labelWidth).map(index => {
					const middle = x(index) + slot / 2;
					const end = middle + labelWidth / 2 > this.width;
					return svg`<text class=${end ? 'label end' : 'label'} x=${end ? this.width : middle} y=${height - 6}>${this.bars[index]?.label ?? ''}</text>`;
				})}
			</g>
			${this.bars.map((bar, index) => {
				const barHeight = bar.value > 0 ? Math.max(1.5, base - y(bar.value)) : 0;
				return svg`<g
					class=${`bar${index === (this.pointed ?? this.focused) ? ' near' : ''}`}
					role="button" tabindex=${index === tabStop ? 0 : -1}
					aria-label=${bar.description} data-key=${bar.key}
					@pointerenter=${() => (this.pointed = index)}
					@focus=${() => this.#focused(index)}
					@click=${() => this.#pick(bar)}>
					<rect class="slot" x=${x(index)} y=${top} width=${slot} height=${base - top}></rect>
					${
						bar.parts === undefined
							? svg`<path class="value" d=${barPath(x(index) + (slot - barWidth) / 2, base, barWidth, barHeight, radius)}></path>`
							: stack(bar.parts, x(index) + (slot - barWidth) / 2, barWidth, y)
					}
					<rect class="ring" x=${x(index) + 0.5} y=${top - 0.5} width=${Math.max(1, slot - 1)} height=${base - top + 1}></rect>
				</g>`;
			})}
			${this.limit === null ? nothing : limitLine(this.limit, left, this.width, y(this.limit.value))}
		</svg>`;
	}

	#placePanel(): void {
		const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
		const index = this.pointed ?? this.focused;
		if (panel === null || index === null || this.width === 0) return;
		const { slot, x } = this.#scale();
		placePanel(panel, this.width, x(index), x(index) + slot);
	}

	#tabStop(): number {
		const index = this.bars.findIndex(bar => bar.key === this.active);
		return index < 0 ? this.bars.length - 1 : index;
	}

	#focused(index: number): void {
		this.focused = index;
		this.active = this.bars[index]?.key ?? null;
	}

	#pick(bar: Bar): void {
		this.active = bar.key;
		this.pick(bar.key);
	}

	#key(event: KeyboardEvent): void {
		const last = this.bars.length - 1;
		const at = this.focused ?? this.#tabStop();
		const target = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 7, PageDown: at + 7, Home: 0, End: last }[event.key];
		const bar = this.bars[at];
		if (target !== undefined) {
			const index = Math.min(last, Math.max(0, target));
			this.renderRoot.querySelectorAll<SVGGElement>('.bar')[index]?.focus();
		} else if ((event.key === 'Enter' || event.key === ' ') && bar !== undefined) this.#pick(bar);
		else return;
		event.preventDefault();
	}
}

/** A bar that stands on `base`, rounded at its top only. */
function barPath(x: number, base: number, width: number, height: number, radius: number): string {
	if (height <= 0 || width <= 0) return '';
	const r = Math.min(radius, height);
	return `M${x} ${base}v${r - height}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}v${height - r}z`;
}

/** One piece on the other, with a line of ground between them so that they part without colour. */
function stack(parts: readonly number[], x: number, width: number, y: (value: number) => number): SVGTemplateResult[] {
	let below = 0;
	return parts.flatMap((part, index) => {
		const [bottom, top] = [y(below), y(below + part)];
		below += part;
		const height = bottom - top;
		if (height <= 0) return [];
		const seam = height > 2.5 && below > part ? 1 : 0;
		return [
			svg`<rect class="value series-${index + 1}" x=${x} y=${top} width=${Math.max(0, width)} height=${Math.max(0.5, height - seam)}></rect>`,
		];
	});
}

function limitLine({ label }: Limit, left: number, right: number, y: number): SVGTemplateResult {
	const at = Math.round(y) + 0.5;
	return svg`<g class="limit" aria-hidden="true">
		<line x1=${left} x2=${right} y1=${at} y2=${at}></line>
		<text x=${right} y=${at - 4}>${label}</text>
	</g>`;
}

customElements.define('bar-chart', BarChart);
