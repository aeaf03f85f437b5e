/** The best of many, one after the other, without putting all of them in order. */
export class BestFirst {
	readonly #scores: Float64Array;
	readonly #items: Uint32Array;
	#length: number;

	/** The position of a score is its item; equal scores come in the order of their items. */
	constructor(scores: Float64Array) {
		this.#scores = scores;
		this.#length = scores.length;
		this.#items = new Uint32Array(scores.length);
		for (let item = 0; item < scores.length; item++) this.#items[item] = item;
		for (let at = (this.#length >> 1) - 1; at >= 0; at--) this.#sink(at);
	}

	next(): number | null {
		if (this.#length === 0) return null;
		const best = this.#items[0] ?? 0;
		this.#length--;
		this.#items[0] = this.#items[this.#length] ?? 0;
		this.#sink(0);
		return best;
	}

	#sink(from: number): void {
		const items = this.#items;
		const item = items[from] ?? 0;
		let at = from;
		for (;;) {
			let child = at * 2 + 1;
			if (child >= this.#length) break;
			if (child + 1 < this.#length && this.#isBetter(items[child + 1] ?? 0, items[child] ?? 0)) child++;
			if (!this.#isBetter(items[child] ?? 0, item)) break;
			items[at] = items[child] ?? 0;
			at = child;
		}
		items[at] = item;
	}

	#isBetter(a: number, b: number): boolean {
		const left = this.#scores[a] ?? 0;
		const right = this.#scores[b] ?? 0;
		return left === right ? a < b : left > right;
	}
}
