/** Rows of all sessions kept in memory; of those that changed, they are read anew when somebody asks. */
export class KeptRows<Row extends { readonly session: number }> {
	readonly #read: (rowIds: readonly number[] | null) => readonly Row[];
	#rows: readonly Row[] | null = null;

	constructor(read: (rowIds: readonly number[] | null) => readonly Row[]) {
		this.#read = read;
	}

	/** Null for all sessions. Nothing is read before somebody has asked. */
	update(rowIds: readonly number[] | null): void {
		if (this.#rows === null) return;
		if (rowIds === null) {
			this.#rows = null;
			return;
		}
		const changed = new Set(rowIds);
		this.#rows = [...this.#rows.filter(({ session }) => !changed.has(session)), ...this.#read(rowIds)];
	}

	all(): readonly Row[] {
		return (this.#rows ??= this.#read(null));
	}
}
