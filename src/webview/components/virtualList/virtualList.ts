/**
 * A list of any length of which only the rows near the window onto it are in the document. Rows may have any height, which
 * is measured when they are drawn; whatever turns out taller or smaller, or grows while somebody reads, what they look at
 * stays where it is. Knows nothing of what the rows are; draws into the document itself, so that the page's styles hold.
 */
import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RowHeights } from './rowHeights.ts';
import { type Extent, barHeight, barOf, listAfter, tallest, within } from './scrollMap.ts';

export interface VirtualRows {
	readonly count: number;
	/** The same rows under the same name keep their measured heights; another name begins anew. */
	readonly name: string;
	/** Pixels, until the row was drawn. */
	estimate(index: number): number;
	label(index: number): string;
	row(index: number): TemplateResult;
}

export interface RowsInView {
	readonly first: number;
	readonly last: number;
	/** The row somebody is most likely reading: not the one of which the last line is left. */
	readonly read: number;
	readonly isAtEnd: boolean;
}

/** Where somebody is: that row, and how many pixels of it lie above the window. */
export interface Anchor {
	readonly index: number;
	readonly offset: number;
}

const none: VirtualRows = { count: 0, name: '', estimate: () => 1, label: () => '', row: () => html`` };
/** Pixels drawn beyond each edge: what a wheel turns in two frames. */
const overscan = 600;
/** Drawing once more after measuring is what it takes; a row that never comes to rest must not take the page with it. */
const mostPasses = 8;
const atEndSlack = 4;
/** Pixels below the upper edge. */
const readingLine = 90;

export class VirtualList extends LitElement {
	static override properties = {
		rows: { attribute: false },
		label: { attribute: false },
		hint: { attribute: false },
		busy: { attribute: false },
		kind: { attribute: false },
		selected: { attribute: false },
	};
	declare rows: VirtualRows;
	declare label: string;
	/** What a screen reader says of the keys. */
	declare hint: string;
	declare busy: boolean;
	/** A feed is read; of a listbox somebody picks a row. */
	declare kind: 'feed' | 'listbox';
	/** Of a listbox. It is kept in sight when it changes while nobody is in the list. */
	declare selected: number;
	pick: (index: number) => void = () => undefined;
	/** Told after each drawing. */
	onView: (view: RowsInView) => void = () => undefined;

	readonly #heights = new RowHeights();
	readonly #resized = new ResizeObserver(entries => this.#hearSizes(entries));
	readonly #observed = new Set<Element>();
	#name = '';
	/** Position in the list of the window's upper edge, and of the scroll bar that stands for it. */
	#list = 0;
	#bar = 0;
	#anchor: Anchor = { index: 0, offset: 0 };
	#followsEnd = false;
	#view = 0;
	/** The row that has the focus stays in the document wherever the window goes. */
	#focused: number | null = null;
	#wanted: { readonly index: number; readonly focus: boolean } | null = null;
	#passes = 0;

	constructor() {
		super();
		this.rows = none;
		this.label = '';
		this.hint = '';
		this.busy = false;
		this.kind = 'feed';
		this.selected = -1;
	}

	get anchor(): Anchor {
		return this.#anchor;
	}

	get isAtEnd(): boolean {
		return this.#followsEnd;
	}

	/** The row that somebody is on: the focused one, else the first in sight. */
	get current(): number {
		return this.#focused ?? this.#anchor.index;
	}

	/** Brings the row to the upper edge, `offset` pixels of it hidden (less than none: below the edge). */
	scrollToRow(index: number, { offset = 0, focus = false }: { readonly offset?: number; readonly focus?: boolean } = {}): void {
		this.#anchor = { index: Math.min(Math.max(0, index), Math.max(0, this.rows.count - 1)), offset };
		this.#followsEnd = false;
		this.#wanted = focus ? { index: this.#anchor.index, focus } : null;
		this.#passes = 0;
		this.requestUpdate();
	}

	scrollToEnd(focus = false): void {
		this.#followsEnd = true;
		this.#wanted = focus ? { index: this.rows.count - 1, focus } : null;
		this.#passes = 0;
		this.requestUpdate();
	}

	protected override createRenderRoot(): this {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener('scroll', this.#scrolled, { passive: true });
		this.addEventListener('scrollend', this.#rested, { passive: true });
		this.addEventListener('focusin', this.#focusMoved);
		this.addEventListener('focusout', this.#focusLeft);
		this.addEventListener('keydown', this.#key);
		this.addEventListener('click', this.#clicked);
		this.#resized.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resized.disconnect();
		this.#observed.clear();
	}

	protected override willUpdate(changed: PropertyValues): void {
		const { rows } = this;
		if (rows.name !== this.#name) {
			this.#name = rows.name;
			this.#heights.resize(0, () => 0);
			this.#focused = null;
		}
		if (rows.count !== this.#heights.count) this.#heights.resize(rows.count, index => rows.estimate(index));
		this.#view = this.clientHeight;
		if (changed.has('selected') && this.#focused === null) this.#showSelected();
		this.#keepAnchor();
	}

	protected override render() {
		const [first, last] = this.#range();
		const { rows } = this;
		const focused = this.#focused;
		const drawn: number[] = [];
		if (focused !== null && focused < first && focused < rows.count) drawn.push(focused);
		for (let index = first; index <= last; index++) drawn.push(index);
		if (focused !== null && focused > last && focused < rows.count) drawn.push(focused);
		const isPicked = this.kind === 'listbox';
		const preferred = focused ?? (isPicked && drawn.includes(this.selected) ? this.selected : this.#anchor.index);
		const stop = drawn.includes(preferred) ? preferred : Math.min(Math.max(preferred, first), last);
		return html`<div
			class="virtual-rows"
			role=${this.kind}
			aria-label=${this.label}
			aria-description=${this.hint === '' ? nothing : this.hint}
			aria-busy=${this.busy ? 'true' : 'false'}
		>
			${repeat(
				drawn,
				index => `${rows.name}:${index}`,
				index =>
					html`<div
						class="virtual-row"
						role=${isPicked ? 'option' : 'article'}
						aria-selected=${isPicked ? (index === this.selected ? 'true' : 'false') : nothing}
						data-index=${index}
						aria-label=${isPicked ? nothing : rows.label(index)}
						aria-posinset=${index + 1}
						aria-setsize=${rows.count}
						tabindex=${index === stop ? 0 : -1}
					>
						${rows.row(index)}
					</div>`,
			)}
		</div>`;
	}

	protected override updated(changed: PropertyValues): void {
		super.updated(changed);
		const rows = this.#drawnRows();
		for (const [element, index] of rows) this.#heights.set(index, element.getBoundingClientRect().height);
		this.#observe(rows.map(([element]) => element));
		this.#keepAnchor();
		this.#place();
		const [first, last] = this.#range();
		const drawn = new Set(rows.map(([, index]) => index));
		for (let index = first; index <= last; index++) {
			if (drawn.has(index)) continue;
			if (this.#passes++ < mostPasses) this.requestUpdate();
			break;
		}
		this.#focusWanted();
		const bottom = this.#heights.indexAt(this.#list + this.#view - 1);
		this.onView({
			first: this.#anchor.index,
			last: Math.max(this.#anchor.index, bottom),
			read: Math.max(0, this.#heights.indexAt(this.#list + this.#readingLine())),
			isAtEnd: this.#followsEnd,
		});
	}

	/** Over the last screen it goes down to the lower edge: the last rows never come up to where the others are read. */
	#readingLine(): number {
		const line = Math.min(readingLine, this.#view / 3);
		const left = this.#heights.total - this.#view - this.#list;
		if (this.#list === 0 || left >= this.#view) return line;
		return line + (1 - Math.max(0, left) / this.#view) * (this.#view - line - 1);
	}

	get #extent(): Extent {
		return { total: this.#heights.total, view: this.#view };
	}

	#range(): readonly [first: number, last: number] {
		if (this.#heights.count === 0) return [0, -1];
		return [this.#heights.indexAt(this.#list - overscan), this.#heights.indexAt(this.#list + this.#view + overscan)];
	}

	#drawnRows(): readonly (readonly [element: HTMLElement, index: number])[] {
		return [...this.querySelectorAll<HTMLElement>(':scope > .virtual-rows > .virtual-row')].map(
			element => [element, Number(element.dataset['index'])] as const,
		);
	}

	/** The position in the list follows the row that somebody looks at, not the other way round. */
	#keepAnchor(): void {
		const { total } = this.#heights;
		if (this.#followsEnd) {
			this.#list = within(total, this.#extent);
			this.#anchorAtList();
		} else {
			this.#list = within(this.#heights.offsetOf(this.#anchor.index) + this.#anchor.offset, this.#extent);
		}
	}

	#anchorAtList(): void {
		const index = Math.max(0, this.#heights.indexAt(this.#list));
		this.#anchor = { index, offset: this.#list - this.#heights.offsetOf(index) };
	}

	#place(): void {
		const bar = this.querySelector<HTMLElement>(':scope > .virtual-rows');
		if (bar === null) return;
		const height = `${barHeight(this.#extent)}px`;
		if (bar.style.height !== height) bar.style.height = height;
		// Past what a browser can draw, the bar is put right when the scrolling rests: moving it now would stop the wheel.
		const wanted = this.#heights.total <= tallest ? this.#list : this.#isFarOff() ? barOf(this.#list, this.#extent) : this.#bar;
		if (Math.abs(wanted - this.scrollTop) >= 1) this.scrollTop = wanted;
		this.#bar = this.scrollTop;
		const shift = this.#bar - this.#list;
		for (const [element, index] of this.#drawnRows()) {
			// Not a transform: layout counts in whole sixty-fourths of a pixel.
			const top = `${this.#heights.offsetOf(index) + shift}px`;
			if (element.style.top !== top) element.style.top = top;
		}
	}

	/** After a leap by keyboard or by link the bar has nothing to do with the place any more. */
	#isFarOff(): boolean {
		return Math.abs(barOf(this.#list, this.#extent) - this.#bar) > this.#view * 20 || this.#followsEnd || this.#list === 0;
	}

	readonly #scrolled = (): void => {
		const now = this.scrollTop;
		if (now === this.#bar) return;
		this.#list = listAfter(this.#list, this.#bar, now, this.#extent);
		this.#bar = now;
		this.#followsEnd = this.#list + this.#view >= this.#heights.total - atEndSlack;
		this.#anchorAtList();
		this.#passes = 0;
		this.requestUpdate();
	};

	readonly #rested = (): void => {
		if (this.#heights.total <= tallest) return;
		this.scrollTop = barOf(this.#list, this.#extent);
		this.#bar = this.scrollTop;
		this.#place();
	};

	#hearSizes(entries: readonly ResizeObserverEntry[]): void {
		if (entries.some(entry => entry.target === this)) {
			this.#passes = 0;
			this.requestUpdate();
			return;
		}
		const moved = this.#drawnRows().filter(([element, index]) => {
			const { height } = element.getBoundingClientRect();
			return Math.abs(height - this.#heights.heightOf(index)) >= 0.5;
		});
		if (moved.length === 0) return;
		for (const [element, index] of moved) this.#heights.set(index, element.getBoundingClientRect().height);
		this.#keepAnchor();
		this.#place();
		this.#passes = 0;
		// Not now: what is added while sizes are being told is not told itself.
		requestAnimationFrame(() => this.requestUpdate());
	}

	#observe(rows: readonly Element[]): void {
		const now = new Set(rows);
		for (const element of this.#observed) {
			if (now.has(element)) continue;
			this.#resized.unobserve(element);
			this.#observed.delete(element);
		}
		for (const element of rows) {
			if (this.#observed.has(element)) continue;
			this.#resized.observe(element);
			this.#observed.add(element);
		}
	}

	readonly #focusMoved = (event: FocusEvent): void => {
		const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.virtual-row') : null;
		if (row?.parentElement?.parentElement !== this) return;
		const index = Number(row.dataset['index']);
		if (index === this.#focused) return;
		this.#focused = index;
		this.requestUpdate();
	};

	readonly #focusLeft = (event: FocusEvent): void => {
		if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
		// The window lost the focus, not the row: it is back when the window is.
		if (!document.hasFocus() || this.#focused === null) return;
		this.#focused = null;
		this.requestUpdate();
	};

	readonly #key = (event: KeyboardEvent): void => {
		const { target, key } = event;
		const isOnRow = target === this || (target instanceof Element && target.classList.contains('virtual-row'));
		if (!isOnRow || event.altKey || event.shiftKey) return;
		const jump = event.ctrlKey || event.metaKey;
		if (key === 'Home') this.scrollToRow(0, { focus: true });
		else if (key === 'End') this.scrollToEnd(true);
		else if (this.kind === 'listbox' && (key === 'Enter' || key === ' ')) this.pick(this.current);
		else if (this.kind === 'listbox' && (key === 'ArrowDown' || key === 'ArrowUp')) this.#step(key === 'ArrowDown' ? 1 : -1);
		else if (jump && key === 'ArrowDown') this.#step(1);
		else if (jump && key === 'ArrowUp') this.#step(-1);
		else if (!jump && (key === 'PageDown' || key === 'PageUp')) this.#turn(key === 'PageDown' ? 1 : -1);
		else return;
		event.preventDefault();
	};

	readonly #clicked = (event: Event): void => {
		if (this.kind !== 'listbox' || !(event.target instanceof Element)) return;
		const row = event.target.closest<HTMLElement>('.virtual-row');
		if (row !== null) this.pick(Number(row.dataset['index']));
	};

	#showSelected(): void {
		const { selected } = this;
		if (selected < 0 || selected >= this.#heights.count || this.#view === 0) return;
		const top = this.#heights.offsetOf(selected);
		const bottom = top + this.#heights.heightOf(selected);
		if (top >= this.#list && bottom <= this.#list + this.#view) return;
		this.#list = within(top < this.#list ? top : bottom - this.#view, this.#extent);
		this.#followsEnd = false;
		this.#anchorAtList();
	}

	#step(by: number): void {
		const index = Math.min(Math.max(0, this.current + by), this.rows.count - 1);
		const top = this.#heights.offsetOf(index);
		const isInSight = top >= this.#list && top + Math.min(this.#heights.heightOf(index), this.#view) <= this.#list + this.#view;
		if (isInSight) {
			this.#wanted = { index, focus: true };
			this.#focusWanted();
		} else this.scrollToRow(index, { focus: true });
	}

	#turn(by: number): void {
		this.#list = within(this.#list + by * Math.max(60, this.#view - 60), this.#extent);
		this.#followsEnd = this.#list + this.#view >= this.#heights.total - atEndSlack;
		this.#anchorAtList();
		const { index, offset } = this.#anchor;
		// The first row that begins in sight; a row taller than the window has none after it.
		const next = offset > 1 && this.#heights.offsetOf(index + 1) < this.#list + this.#view ? index + 1 : index;
		this.#wanted = { index: Math.min(next, this.rows.count - 1), focus: true };
		this.#passes = 0;
		this.requestUpdate();
	}

	#focusWanted(): void {
		const wanted = this.#wanted;
		if (wanted === null) return;
		const row = this.#drawnRows().find(([, index]) => index === wanted.index)?.[0];
		if (row === undefined) return;
		this.#wanted = null;
		if (wanted.focus) row.focus({ preventScroll: true });
	}
}

export const virtualListStyle = css`
	virtual-list {
		display: block;
		position: relative;
		overflow: hidden scroll;
		/* What somebody looks at is kept in place here, row by row; two that do so would fight. */
		overflow-anchor: none;
		contain: strict;
	}
	.virtual-rows {
		position: relative;
		width: 100%;
		overflow: clip;
	}
	.virtual-row {
		position: absolute;
		inset: 0 0 auto;
		contain: layout style;
		outline: none;
	}
`;

customElements.define('virtual-list', VirtualList);
