/**
 * How tall each row of a long list is, and where it begins: a Fenwick tree over heights, of which most are estimates until
 * the row has been seen. Every question takes the logarithm of the number of rows: at 200,000 rows about 18 steps.
 */
export class RowHeights {
	#heights: Float64Array;
	/** `#tree[i]` is the sum of the `i & -i` heights that end with row `i - 1`. */
	#tree: Float64Array;
	#count = 0;
	#total = 0;

	constructor() {
		this.#heights = new Float64Array(64);
		this.#tree = new Float64Array(65);
	}

	get count(): number {
		return this.#count;
	}

	/** Height of all rows together, in pixels. */
	get total(): number {
		return this.#total;
	}

	/** Adds rows with their estimated heights, or drops those from `count` on. */
	resize(count: number, estimate: (index: number) => number): void {
		const kept = Math.min(count, this.#count);
		if (count > this.#heights.length || count < this.#count) {
			const heights = new Float64Array(Math.max(64, count + (count >> 1)));
			heights.set(this.#heights.subarray(0, kept));
			this.#heights = heights;
		}
		for (let index = kept; index < count; index++) this.#heights[index] = estimate(index);
		this.#count = count;
		this.#build();
	}

	/** Returns by how much the row has grown. */
	set(index: number, height: number): number {
		const change = height - this.heightOf(index);
		if (index >= this.#count || change === 0) return 0;
		this.#heights[index] = height;
		this.#total += change;
		for (let at = index + 1; at < this.#tree.length; at += at & -at) this.#tree[at] = (this.#tree[at] ?? 0) + change;
		return change;
	}

	heightOf(index: number): number {
		return index < this.#count ? (this.#heights[index] ?? 0) : 0;
	}

	/** Where the row begins, in pixels from the first; for `count`, where the last one ends. */
	offsetOf(index: number): number {
		let sum = 0;
		for (let at = Math.min(index, this.#count); at > 0; at -= at & -at) sum += this.#tree[at] ?? 0;
		return sum;
	}

	/** The row at that offset; the first or the last one beyond the ends. -1 when there is none. */
	indexAt(offset: number): number {
		if (this.#count === 0) return -1;
		let at = 0;
		let rest = offset;
		for (let step = 1 << (31 - Math.clz32(this.#count)); step > 0; step >>= 1) {
			const next = at + step;
			const sum = this.#tree[next] ?? 0;
			if (next <= this.#count && sum <= rest) {
				at = next;
				rest -= sum;
			}
		}
		return Math.min(at, this.#count - 1);
	}

	#build(): void {
		const tree = new Float64Array(this.#heights.length + 1);
		let total = 0;
		for (let index = 0; index < this.#count; index++) {
			const height = this.#heights[index] ?? 0;
			total += height;
			const at = index + 1;
			tree[at] = (tree[at] ?? 0) + height;
			const above = at + (at & -at);
			if (above < tree.length) tree[above] = (tree[above] ?? 0) + (tree[at] ?? 0);
		}
		// What lies beyond the last row must carry the sums on, or a later `set` would find a tree with holes.
		for (let at = this.#count + 1; at < tree.length; at++) {
			const above = at + (at & -at);
			if (above < tree.length) tree[above] = (tree[above] ?? 0) + (tree[at] ?? 0);
		}
		this.#tree = tree;
		this.#total = total;
	}
}
