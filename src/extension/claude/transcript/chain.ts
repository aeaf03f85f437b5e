import type { Key } from '../facts.ts';
import { KeyMap } from './keyMap.ts';

type Lookup = (key: Key) => number | null | undefined;

/** Which message a record of this file is, or leads to: those of this reading, and through `earlier` those before. */
export class Chain {
	readonly #earlier: Lookup | null;
	readonly #here = new KeyMap();

	/** `earlier` is null when nothing was read before. */
	constructor(earlier: Lookup | null) {
		this.#earlier = earlier;
	}

	/** Offset of the message, null when it leads to none, undefined when the record was never seen. */
	find(key: Key): number | null | undefined {
		const found = this.#here.get(key);
		return found !== undefined || this.#earlier === null ? found : this.#earlier(key);
	}

	add(key: Key, offset: number | null): void {
		this.#here.set(key, offset);
	}
}
