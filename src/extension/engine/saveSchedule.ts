/** Writes the index out when things calm down, because saving stops the thread for about 1 ms per megabyte. */

/** After the last change, and at the latest after the first one that is unsaved. */
const calmMs = 5_000;
const latestMs = 60_000;

export class SaveSchedule {
	readonly #save: () => void;
	#timer: NodeJS.Timeout | null = null;
	#unsavedSince: number | null = null;

	constructor(save: () => void) {
		this.#save = save;
	}

	changed(): void {
		this.#unsavedSince ??= performance.now();
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = setTimeout(
			() => {
				this.#timer = null;
				this.#unsavedSince = null;
				this.#save();
			},
			Math.max(0, Math.min(calmMs, this.#unsavedSince + latestMs - performance.now())),
		);
		this.#timer.unref();
	}

	dispose(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
	}
}
