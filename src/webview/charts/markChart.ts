/**
 * What every chart of marks does alike: one tab stop for all marks, arrow keys between them, Enter to pick one, and the
 * same small panel of figures for the pointer and the keyboard. What a mark looks like and where it stands is the chart's own.
 */
import {
	LitElement,
	type PropertyDeclarations,
	type PropertyValues,
	type SVGTemplateResult,
	type TemplateResult,
	html,
	nothing,
	svg,
} from 'lit';
import { type Mark, markPanel, placePanel } from './markPanel.ts';

/** Where a mark stands, for the panel beside it. */
export interface MarkPlace {
	readonly left: number;
	readonly right: number;
	/** Of the panel; absent where it has one height for all marks. */
	readonly top?: number;
}

export abstract class MarkChart<M extends Mark> extends LitElement {
	static override properties: PropertyDeclarations = {
		label: { attribute: false },
		hint: { attribute: false },
		pick: { attribute: false },
		width: { state: true },
		active: { state: true },
		pointed: { state: true },
		focused: { state: true },
	};
	declare label: string;
	declare hint: string;
	declare pick: (key: string) => void;
	/** Without one nothing can be placed; the first comes before the first paint. */
	declare protected width: number;
	/** The mark that Tab leads to; null means the one the chart begins with. */
	declare private active: string | null;
	declare private pointed: number | null;
	declare private focused: number | null;
	readonly #resize = new ResizeObserver(entries => {
		const width = entries[0]?.contentRect.width ?? 0;
		if (width > 0) this.width = width;
	});

	constructor() {
		super();
		this.label = '';
		this.hint = '';
		this.pick = () => undefined;
		this.width = 0;
		this.active = null;
		this.pointed = null;
		this.focused = null;
	}

	/** In the order in which they are drawn. */
	protected abstract readonly marks: readonly M[];
	/** The mark that a key leads to from the one at `at`; undefined for a key that the chart does not know. */
	protected abstract leadsTo(key: string, at: number): number | undefined;
	protected abstract placeOf(mark: M): MarkPlace | null;

	override connectedCallback(): void {
		super.connectedCallback();
		this.#resize.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resize.disconnect();
	}

	override updated(changed: PropertyValues): void {
		super.updated(changed);
		const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
		const mark = this.#near();
		const place = mark === undefined || this.width === 0 ? null : this.placeOf(mark);
		if (panel !== null && place !== null) placePanel(panel, this.width, place.left, place.right, place.top);
	}

	/** The listeners stand here because Chromium makes an svg that hears of focus a tab stop of its own. */
	protected frame(draw: () => unknown): TemplateResult {
		return html`<div
			class="frame"
			@pointerleave=${() => (this.pointed = null)}
			@keydown=${(event: KeyboardEvent) => this.#key(event)}
			@focusout=${() => (this.focused = null)}
		>
			${this.width > 0 ? draw() : nothing} ${markPanel(this.#near())}
		</div>`;
	}

	/** All marks as the one thing that a screen reader hears of first. */
	protected canvas(width: number, height: number, content: unknown): SVGTemplateResult {
		return svg`<svg role="group" aria-label=${this.label} aria-description=${this.hint} width=${width} height=${height}>${content}</svg>`;
	}

	/** Each mark as a button; `kind` is its class, `content` what is drawn of it. */
	protected buttons(kind: (mark: M, index: number) => string, content: (mark: M, index: number) => unknown): SVGTemplateResult[] {
		const tabStop = this.#tabStop();
		const near = this.pointed ?? this.focused;
		return this.marks.map(
			(mark, index) => svg`<g
				class=${`mark ${kind(mark, index)}${index === near ? ' near' : ''}`}
				role="button" tabindex=${index === tabStop ? 0 : -1} aria-label=${mark.description} data-key=${mark.key}
				@pointerenter=${() => (this.pointed = index)}
				@focus=${() => this.#focused(index)}
				@click=${() => this.#pick(mark)}>${content(mark, index)}</g>`,
		);
	}

	/** The mark that Tab leads to at first. */
	protected begin(): number {
		return this.marks.length - 1;
	}

	#near(): M | undefined {
		return this.marks[this.pointed ?? this.focused ?? -1];
	}

	#tabStop(): number {
		const index = this.marks.findIndex(mark => mark.key === this.active);
		return index < 0 ? this.begin() : index;
	}

	#focused(index: number): void {
		this.focused = index;
		this.active = this.marks[index]?.key ?? null;
	}

	#pick(mark: M): void {
		this.active = mark.key;
		this.pick(mark.key);
	}

	#key(event: KeyboardEvent): void {
		const at = this.focused ?? this.#tabStop();
		const mark = this.marks[at];
		if (mark === undefined) return;
		const target = this.leadsTo(event.key, at);
		if (target !== undefined) this.renderRoot.querySelectorAll<SVGGElement>('.mark')[target]?.focus();
		else if (event.key === 'Enter' || event.key === ' ') this.#pick(mark);
		else return;
		event.preventDefault();
	}
}

/** Of marks in a row: where a key leads, never beyond the ends. */
export function alongRow(steps: Readonly<Record<string, number>>, key: string, at: number, count: number): number | undefined {
	const target = { ...steps, Home: -count, End: count }[key];
	return target === undefined ? undefined : Math.min(count - 1, Math.max(0, at + target));
}
