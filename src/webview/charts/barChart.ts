/**
 * Bars over time, drawn as SVG in the theme's colours: one tab stop, arrow keys between bars, Enter to pick one, and
 * the same small panel of figures for the pointer and the keyboard. Knows nothing of what the bars mean.
 */
import { LitElement, type PropertyValues, html, nothing, svg } from 'lit';
import { barChartStyle } from './barChartStyle.ts';
import { labelled, ticks } from './scale.ts';

export interface Bar {
	readonly key: string;
	/** Along the axis; short. */
	readonly label: string;
	/** In full, for the panel and for screen readers. */
	readonly name: string;
	readonly value: number;
	/** What the panel shows under the name. */
	readonly details: readonly { readonly label: string; readonly value: string; readonly shown: boolean }[];
	readonly description: string;
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
		selected: { attribute: false },
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
	/** Key of the bar that is picked. */
	declare selected: string | null;
	/** Values come in whole numbers. */
	declare whole: boolean;
	declare tickText: (value: number) => string;
	/** Null when the picked bar is picked again. */
	declare pick: (key: string | null) => void;
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
		this.selected = null;
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
			${this.width > 0 ? this.#chart() : nothing} ${this.#panel()}
		</div>`;
	}

	override updated(changed: PropertyValues): void {
		super.updated(changed);
		this.#placePanel();
	}

	#scale() {
		const values = ticks(Math.max(0, ...this.bars.map(bar => bar.value)), 4, this.whole);
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
			width=${this.width} height=${height}
			class=${this.selected === null ? '' : 'picked'}>
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
				const picked = bar.key === this.selected;
				return svg`<g
					class=${`bar${picked ? ' this' : ''}${index === (this.pointed ?? this.focused) ? ' near' : ''}`}
					role="button" tabindex=${index === tabStop ? 0 : -1}
					aria-label=${bar.description} aria-pressed=${picked ? 'true' : 'false'} data-key=${bar.key}
					@pointerenter=${() => (this.pointed = index)}
					@focus=${() => this.#focused(index)}
					@click=${() => this.#pick(bar)}>
					<rect class="slot" x=${x(index)} y=${top} width=${slot} height=${base - top}></rect>
					<path class="value" d=${barPath(x(index) + (slot - barWidth) / 2, base, barWidth, barHeight, radius)}></path>
					<rect class="ring" x=${x(index) + 0.5} y=${top - 0.5} width=${Math.max(1, slot - 1)} height=${base - top + 1}></rect>
				</g>`;
			})}
		</svg>`;
	}

	#panel() {
		const bar = this.bars[this.pointed ?? this.focused ?? -1];
		// Screen readers have the bar's own name.
		return html`<div class="panel" aria-hidden="true" ?hidden=${bar === undefined}>
			${
				bar === undefined
					? nothing
					: html`<div class="name">${bar.name}</div>
							<dl>
								${bar.details.map(
									detail =>
										html`<div class=${detail.shown ? 'shown' : ''}>
											<dt>${detail.label}</dt>
											<dd>${detail.value}</dd>
										</div>`,
								)}
							</dl>`
			}
		</div>`;
	}

	/** Beside the bar, on the side where there is room. Through the CSSOM: the page's policy forbids style attributes. */
	#placePanel(): void {
		const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
		const index = this.pointed ?? this.focused;
		if (panel === null || index === null || this.width === 0) return;
		const { slot, x } = this.#scale();
		const right = x(index) + slot + 6;
		const fits = right + panel.offsetWidth <= this.width;
		const leftSide = x(index) - 6 - panel.offsetWidth;
		panel.style.left = `${fits ? right : Math.max(0, leftSide)}px`;
	}

	#tabStop(): number {
		const wanted = this.active ?? this.selected;
		const index = this.bars.findIndex(bar => bar.key === wanted);
		return index < 0 ? this.bars.length - 1 : index;
	}

	#focused(index: number): void {
		this.focused = index;
		this.active = this.bars[index]?.key ?? null;
	}

	#pick(bar: Bar): void {
		this.active = bar.key;
		this.pick(bar.key === this.selected ? null : bar.key);
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
		else if (event.key === 'Escape' && this.selected !== null) this.pick(null);
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

customElements.define('bar-chart', BarChart);
