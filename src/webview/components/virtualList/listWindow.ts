/**
 * The window onto a long list, in numbers: where it stands, which rows are in it, and which row it holds on to while heights change.
 * Knows no document. All positions are pixels from the beginning of the list.
 */
import { RowHeights } from './rowHeights.ts';
import { type Extent, within } from './scrollMap.ts';

/** Where somebody is: that row, and how many pixels of it lie above the window. */
export interface Anchor {
	readonly index: number;
	readonly offset: number;
}

/** Pixels drawn beyond each edge: what a wheel turns in two frames. */
const overscan = 600;
const atEndSlack = 4;
/** Pixels below the upper edge. */
const readingLine = 90;
/** Of one page, what stays in sight on the next; and the least that a page is. */
const pageOverlap = 60;

export class ListWindow {
	readonly heights = new RowHeights();
	/** Pixels of the window's own height. */
	view = 0;
	#top = 0;
	#anchor: Anchor = { index: 0, offset: 0 };
	#followsEnd = false;

	/** Of the window's upper edge. */
	get top(): number {
		return this.#top;
	}

	get anchor(): Anchor {
		return this.#anchor;
	}

	/** It stays at the end while rows are added. */
	get followsEnd(): boolean {
		return this.#followsEnd;
	}

	get extent(): Extent {
		return { total: this.heights.total, view: this.view };
	}

	/** Rows to draw. */
	get range(): readonly [first: number, last: number] {
		if (this.heights.count === 0) return [0, -1];
		return [this.heights.indexAt(this.#top - overscan), this.heights.indexAt(this.#top + this.view + overscan)];
	}

	/** Last row in sight. */
	get last(): number {
		return Math.max(this.#anchor.index, this.heights.indexAt(this.#top + this.view - 1));
	}

	/** The row somebody is most likely reading. */
	get read(): number {
		return Math.max(0, this.heights.indexAt(this.#top + this.#readingLine()));
	}

	/** `count`: how many rows the list has, whether or not their heights are known yet. */
	toRow(index: number, offset: number, count: number): void {
		this.#anchor = { index: Math.min(Math.max(0, index), Math.max(0, count - 1)), offset };
		this.#followsEnd = false;
	}

	toEnd(): void {
		this.#followsEnd = true;
	}

	/** Somebody moved it. */
	moveTo(top: number): void {
		this.#top = top;
		this.#followsEnd = this.#isAtEnd;
		this.#anchorHere();
	}

	/** What changes now is what somebody asked to see: they stay where it begins, and are not carried to its end. */
	hold(): void {
		this.#followsEnd = false;
	}

	/** It goes on following if its end is still in sight. */
	letGo(): void {
		this.#followsEnd = this.#isAtEnd;
	}

	get #isAtEnd(): boolean {
		return this.#top + this.view >= this.heights.total - atEndSlack;
	}

	/** By pages; answers the first row that begins in sight. A row taller than the window has none after it. */
	turn(pages: number): number {
		this.moveTo(within(this.#top + pages * Math.max(pageOverlap, this.view - pageOverlap), this.extent));
		const { index, offset } = this.#anchor;
		return offset > 1 && this.heights.offsetOf(index + 1) < this.#top + this.view ? index + 1 : index;
	}

	/** As little as brings the whole row in sight. */
	reveal(index: number): void {
		if (index < 0 || index >= this.heights.count || this.view === 0) return;
		const from = this.heights.offsetOf(index);
		const to = from + this.heights.heightOf(index);
		if (from >= this.#top && to <= this.#top + this.view) return;
		this.#top = within(from < this.#top ? from : to - this.view, this.extent);
		this.#followsEnd = false;
		this.#anchorHere();
	}

	/** All of it, or as much as has room. */
	shows(index: number): boolean {
		const from = this.heights.offsetOf(index);
		return from >= this.#top && from + Math.min(this.heights.heightOf(index), this.view) <= this.#top + this.view;
	}

	/** The position in the list follows the row that somebody looks at, not the other way round. */
	keepAnchor(): void {
		if (this.#followsEnd) {
			this.#top = within(this.heights.total, this.extent);
			this.#anchorHere();
		} else this.#top = within(this.heights.offsetOf(this.#anchor.index) + this.#anchor.offset, this.extent);
	}

	#anchorHere(): void {
		const index = Math.max(0, this.heights.indexAt(this.#top));
		this.#anchor = { index, offset: this.#top - this.heights.offsetOf(index) };
	}

	/** Over the last screen it goes down to the lower edge: the last rows never come up to where the others are read. */
	#readingLine(): number {
		const line = Math.min(readingLine, this.view / 3);
		const left = this.heights.total - this.view - this.#top;
		if (this.#top === 0 || left >= this.view) return line;
		return line + (1 - Math.max(0, left) / this.view) * (this.view - line - 1);
	}
}
