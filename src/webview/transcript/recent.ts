/** Values by a name, of which the ones set last are kept. */
export class Recent<V> {
	readonly #most: number;
	readonly #values = new Map<string, V>();

	constructor(most: number) {
		this.#most = most;
	}

	get(name: string): V | undefined {
		return this.#values.get(name);
	}

	set(name: string, value: V): void {
		this.#values.delete(name);
		this.#values.set(name, value);
		const [oldest] = this.#values.keys();
		if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
	}

	clear(): void {
		this.#values.clear();
	}

	/** The one set last comes last. */
	values(): readonly V[] {
		return [...this.#values.values()];
	}
}
