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
import { type Attributes, type DrawnMark, drawnMarks, type Shape } from './drawnMarks.ts';
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

	/**
	 * The listeners of all marks stand here: there are hundreds of marks, and Chromium makes an svg that hears of focus a tab stop of
	 * its own.
	 */
	protected frame(draw: () => unknown): TemplateResult {
		return html`<div
			class="frame"
			@pointerover=${(event: Event) => (this.pointed = this.#markOf(event) ?? this.pointed)}
			@pointerleave=${() => (this.pointed = null)}
			@click=${(event: Event) => this.#clicked(event)}
			@keydown=${(event: KeyboardEvent) => this.#key(event)}
			@focusin=${(event: Event) => this.#focused(event)}
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
	protected buttons(kind: (mark: M, index: number) => string, content: (mark: M, index: number) => readonly Shape[]): SVGTemplateResult {
		const attributesOf = this.#asButtons();
		return draw(
			this.marks.map((mark, index) => ({
				tag: 'g',
				attributes: attributesOf(mark, index, kind(mark, index)),
				shapes: content(mark, index),
			})),
		);
	}

	/** The same where one shape is all that is drawn of a mark. */
	protected plainButtons(kind: string, content: (mark: M, index: number) => Shape): SVGTemplateResult {
		const attributesOf = this.#asButtons();
		return draw(
			this.marks.map((mark, index) => {
				const { tag, attributes } = content(mark, index);
				return { tag, attributes: { ...attributes, ...attributesOf(mark, index, kind) }, shapes: [] };
			}),
		);
	}

	#asButtons(): (mark: M, index: number, kind: string) => Attributes {
		const tabStop = this.#tabStop();
		const near = this.pointed ?? this.focused;
		return ({ description, key }, index, kind) => ({
			class: `mark ${kind}${index === near ? ' near' : ''}`,
			role: 'button',
			tabindex: index === tabStop ? 0 : -1,
			'aria-label': description,
			'data-key': key,
		});
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

	/** Place of the mark that an event came from; null for one from beside all marks. */
	#markOf({ target }: Event): number | null {
		const key = target instanceof Element ? target.closest('.mark')?.getAttribute('data-key') : undefined;
		const place = this.marks.findIndex(mark => mark.key === key);
		return place < 0 ? null : place;
	}

	#focused(event: Event): void {
		const place = this.#markOf(event);
		if (place === null) return;
		this.focused = place;
		this.active = this.marks[place]?.key ?? null;
	}

	#clicked(event: Event): void {
		const mark = this.marks[this.#markOf(event) ?? -1];
		if (mark !== undefined) this.#pick(mark);
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

const draw = (marks: readonly DrawnMark[]): SVGTemplateResult => svg`<g ${drawnMarks(marks)}></g>`;

/** Of marks in a row: where a key leads, never beyond the ends. */
export function alongRow(steps: Readonly<Record<string, number>>, key: string, at: number, count: number): number | undefined {
	const target = { ...steps, Home: -count, End: count }[key];
	return target === undefined ? undefined : Math.min(count - 1, Math.max(0, at + target));
}
