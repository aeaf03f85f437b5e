/**
 * A list of any length of which only the rows near the window onto it are in the document. Rows may have any height, which
 * is measured when they are drawn; whatever turns out taller or smaller, or grows while somebody reads, what they look at
 * stays where it is. Knows nothing of what the rows are; draws into the document itself, so that the page's styles hold.
 */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { moveOf } from './listKeys.ts';
import { type Anchor, ListWindow } from './listWindow.ts';
import { barHeight, barOf, listAfter, tallest } from './scrollMap.ts';

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

type DrawnRow = readonly [element: HTMLElement, index: number];

const none: VirtualRows = { count: 0, name: '', estimate: () => 1, label: () => '', row: () => html`` };
/** Drawing once more after measuring is what it takes; a row that never comes to rest must not take the page with it. */
const mostPasses = 8;

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

	readonly #window = new ListWindow();
	readonly #heights = this.#window.heights;
	readonly #resized = new ResizeObserver(entries => this.#hearSizes(entries));
	readonly #observed = new Set<Element>();
	#name = '';
	/** Position of the scroll bar that stands for the window's. */
	#bar = 0;
	/** The row that has the focus stays in the document wherever the window goes. */
	#focused: number | null = null;
	/** A row with something in it that somebody pressed, until the list moves on: what it unfolds or loads is read from its beginning. */
	#pressed: number | null = null;
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
		return this.#window.anchor;
	}

	get isAtEnd(): boolean {
		return this.#window.followsEnd;
	}

	/** The row that somebody is on: the focused one, else the first in sight. */
	get current(): number {
		return this.#focused ?? this.#window.anchor.index;
	}

	/** Brings the row to the upper edge, `offset` pixels of it hidden (less than none: below the edge). */
	scrollToRow(index: number, { offset = 0, focus = false }: { readonly offset?: number; readonly focus?: boolean } = {}): void {
		this.#hearScroll();
		this.#pressed = null;
		this.#window.toRow(index, offset, this.rows.count);
		this.#wanted = focus ? { index: this.#window.anchor.index, focus } : null;
		this.#passes = 0;
		this.requestUpdate();
	}

	scrollToEnd(focus = false): void {
		this.#hearScroll();
		this.#pressed = null;
		this.#window.toEnd();
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
		this.#hearScroll();
		const { rows } = this;
		if (rows.name !== this.#name) {
			this.#name = rows.name;
			this.#heights.resize(0, () => 0);
			this.#focused = null;
			this.#pressed = null;
		}
		if (rows.count > this.#heights.count && this.#pressed !== null) {
			this.#pressed = null;
			this.#window.letGo();
		}
		if (rows.count !== this.#heights.count) this.#heights.resize(rows.count, index => rows.estimate(index));
		this.#window.view = this.clientHeight;
		if (changed.has('selected') && this.#focused === null) this.#window.reveal(this.selected);
		this.#window.keepAnchor();
	}

	protected override render() {
		const [first, last] = this.#window.range;
		const { rows } = this;
		const focused = this.#focused;
		const drawn: number[] = [];
		if (focused !== null && focused < first && focused < rows.count) drawn.push(focused);
		for (let index = first; index <= last; index++) drawn.push(index);
		if (focused !== null && focused > last && focused < rows.count) drawn.push(focused);
		const isPicked = this.kind === 'listbox';
		const preferred = focused ?? (isPicked && drawn.includes(this.selected) ? this.selected : this.#window.anchor.index);
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
		this.#measure(rows);
		this.#observe(rows.map(([element]) => element));
		this.#window.keepAnchor();
		this.#place();
		const [first, last] = this.#window.range;
		const drawn = new Set(rows.map(([, index]) => index));
		for (let index = first; index <= last; index++) {
			if (drawn.has(index)) continue;
			if (this.#passes++ < mostPasses) this.requestUpdate();
			break;
		}
		this.#focusWanted();
		const { anchor, last: lastInSight, read, followsEnd } = this.#window;
		this.onView({ first: anchor.index, last: lastInSight, read, isAtEnd: followsEnd });
	}

	#measure(rows: readonly DrawnRow[]): void {
		for (const [element, index] of rows) {
			const { height } = element.getBoundingClientRect();
			if (index === this.#pressed && Math.abs(height - this.#heights.heightOf(index)) >= 0.5) this.#window.hold();
			this.#heights.set(index, height);
		}
	}

	#drawnRows(): readonly DrawnRow[] {
		return [...this.querySelectorAll<HTMLElement>(':scope > .virtual-rows > .virtual-row')].map(
			element => [element, Number(element.dataset['index'])] as const,
		);
	}

	#place(): void {
		const bar = this.querySelector<HTMLElement>(':scope > .virtual-rows');
		if (bar === null) return;
		const { top: list, extent } = this.#window;
		const height = `${barHeight(extent)}px`;
		if (bar.style.height !== height) bar.style.height = height;
		// Past what a browser can draw, the bar is put right when the scrolling rests: moving it now would stop the wheel.
		const wanted = extent.total <= tallest ? list : this.#isFarOff() ? barOf(list, extent) : this.#bar;
		if (Math.abs(wanted - this.scrollTop) >= 1) this.scrollTop = wanted;
		this.#bar = this.scrollTop;
		const shift = this.#bar - list;
		for (const [element, index] of this.#drawnRows()) {
			// Not a transform: layout counts in whole sixty-fourths of a pixel.
			const top = `${this.#heights.offsetOf(index) + shift}px`;
			if (element.style.top !== top) element.style.top = top;
		}
	}

	/** After a leap by keyboard or by link the bar has nothing to do with the place any more. */
	#isFarOff(): boolean {
		const { top, extent, followsEnd } = this.#window;
		return Math.abs(barOf(top, extent) - this.#bar) > extent.view * 20 || followsEnd || top === 0;
	}

	readonly #scrolled = (): void => {
		if (this.#takeScroll()) this.requestUpdate();
	};

	/**
	 * The browser tells of a scroll with the next frame. What is drawn before that would put the list back: under the pointer
	 * of somebody who clicks what was just scrolled to, or away from the link that Tab has just reached. When the list itself
	 * has become taller or smaller, the browser kept its bar within bounds, and nobody scrolled.
	 */
	#hearScroll(): void {
		if (this.clientHeight === this.#window.view) this.#takeScroll();
	}

	/** Whether the bar is elsewhere than it was put. */
	#takeScroll(): boolean {
		const now = this.scrollTop;
		if (now === this.#bar) return false;
		const { top, extent } = this.#window;
		this.#window.moveTo(listAfter(top, this.#bar, now, extent));
		this.#bar = now;
		this.#passes = 0;
		this.#pressed = null;
		return true;
	}

	readonly #rested = (): void => {
		const { top, extent } = this.#window;
		if (extent.total <= tallest) return;
		this.scrollTop = barOf(top, extent);
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
		this.#hearScroll();
		this.#measure(moved);
		this.#window.keepAnchor();
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
		const { target } = event;
		const isOnRow = target === this || (target instanceof Element && target.classList.contains('virtual-row'));
		const move = isOnRow ? moveOf(event, this.kind) : null;
		if (move === null) return;
		event.preventDefault();
		if (move === 'first') this.scrollToRow(0, { focus: true });
		else if (move === 'last') this.scrollToEnd(true);
		else if (move === 'pick') this.pick(this.current);
		else if (move === 'next' || move === 'previous') this.#step(move === 'next' ? 1 : -1);
		else this.#turn(move === 'page down' ? 1 : -1);
	};

	readonly #clicked = (event: Event): void => {
		if (!(event.target instanceof Element)) return;
		const row = event.target.closest<HTMLElement>('.virtual-row');
		if (row === null) return;
		const index = Number(row.dataset['index']);
		if (this.kind === 'listbox') this.pick(index);
		else if (event.target.closest('button, summary') !== null) this.#pressed = index;
	};

	#step(by: number): void {
		this.#hearScroll();
		const index = Math.min(Math.max(0, this.current + by), this.rows.count - 1);
		if (this.#window.shows(index)) {
			this.#wanted = { index, focus: true };
			this.#focusWanted();
		} else this.scrollToRow(index, { focus: true });
	}

	#turn(by: number): void {
		this.#hearScroll();
		this.#wanted = { index: Math.min(this.#window.turn(by), this.rows.count - 1), focus: true };
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

customElements.define('virtual-list', VirtualList);
