/** Gathers the rows of many files into one batch. */
import { type RowBatch, type RowPartName, rowParts } from '../store/index/rows.ts';

/** The rows of one table; a table gets room when its first row comes. */
class Rows {
	#values = new Float64Array(0);
	#length = 0;

	add(row: readonly (number | null)[]): void {
		const end = this.#length + row.length;
		if (end > this.#values.length) this.#grow(end);
		for (let i = 0; i < row.length; i++) this.#values[this.#length + i] = row[i] ?? Number.NaN;
		this.#length = end;
	}

	get length(): number {
		return this.#length;
	}

	take(): Float64Array<ArrayBuffer> {
		// Exactly as long as what it holds: the room to spare would go along to the other thread.
		const values = this.#values.slice(0, this.#length);
		this.#length = 0;
		return values;
	}

	#grow(length: number): void {
		const larger = new Float64Array(Math.max(1024, 2 ** Math.ceil(Math.log2(length))));
		larger.set(this.#values);
		this.#values = larger;
	}
}

const partNames = Object.keys(rowParts) as RowPartName[];

export class RowBuilder {
	readonly #parts = Object.fromEntries(partNames.map(name => [name, new Rows()])) as Record<RowPartName, Rows>;
	#texts: string[] = [];
	readonly #repeated = new Map<string, number>();
	#models = new Map<string, number>();
	readonly #paths = new Set<number>();

	/** Adds a row in the order of the part's columns. */
	add(part: RowPartName, row: readonly (number | null)[]): void {
		this.#parts[part].add(row);
	}

	/** For a text column. */
	text(text: string | null): number | null {
		return text === null ? null : this.#texts.push(text) - 1;
	}

	/** For a text column of which there are few different values. */
	repeated(text: string): number {
		let index = this.#repeated.get(text);
		if (index === undefined) {
			index = this.#texts.push(text) - 1;
			this.#repeated.set(text, index);
		}
		return index;
	}

	/** For `model_id`. */
	model(name: string): number {
		let index = this.#models.get(name);
		if (index === undefined) {
			index = this.#models.size;
			this.#models.set(name, index);
		}
		return index;
	}

	/** For `path_id`: `id` stands for the path in every batch. */
	path(id: number, path: string): number {
		if (!this.#paths.has(id)) {
			this.#paths.add(id);
			this.add('paths', [id, this.text(path)]);
		}
		return id;
	}

	/** How many numbers it holds. */
	get size(): number {
		return partNames.reduce((sum, name) => sum + this.#parts[name].length, 0);
	}

	/** Hands everything over and begins anew. */
	take(): RowBatch {
		const parts = Object.fromEntries(partNames.map(name => [name, this.#parts[name].take()])) as Record<
			RowPartName,
			Float64Array<ArrayBuffer>
		>;
		const batch = { ...parts, texts: this.#texts, models: [...this.#models.keys()] };
		this.#texts = [];
		this.#repeated.clear();
		this.#models = new Map();
		this.#paths.clear();
		return batch;
	}
}
