/**
 * From the scroll bar to the list and back. A browser draws nothing beyond some 33 million pixels, and counts positions in
 * single precision, which is off by more than a pixel long before; 200,000 rows are taller than that. Past `tallest`, the bar
 * stands for the whole list and the list moves pixel by pixel below it. While somebody scrolls, both move by the same
 * amount; a leap (the bar is dragged) is taken in proportion; and what the two have drifted apart is made good when the
 * scrolling rests.
 */

/** Pixels that the scrolled element is tall at most: single precision is good for a sixteenth of a pixel there. */
export const tallest = 1_000_000;

export interface Extent {
	/** Height of all rows. */
	readonly total: number;
	/** Height of the window onto them. */
	readonly view: number;
}

/** How tall the scrolled element is made. */
export function barHeight({ total }: Extent): number {
	return Math.min(total, tallest);
}

/** The bar's position for a position in the list. */
export function barOf(list: number, extent: Extent): number {
	const range = extent.total - extent.view;
	if (extent.total <= tallest || range <= 0) return list;
	return (list / range) * (tallest - extent.view);
}

/** The position in the list after the bar went from `before` to `now`. */
export function listAfter(list: number, before: number, now: number, extent: Extent): number {
	if (extent.total <= tallest) return within(now, extent);
	const barRange = tallest - extent.view;
	// At its ends the bar knows no drift: they are the ends of the list.
	if (now <= 0) return 0;
	if (now >= barRange - 1) return within(extent.total, extent);
	if (Math.abs(now - before) <= extent.view * 2) return within(list + now - before, extent);
	return within((now / barRange) * (extent.total - extent.view), extent);
}

export function within(list: number, { total, view }: Extent): number {
	return Math.min(Math.max(0, list), Math.max(0, total - view));
}
