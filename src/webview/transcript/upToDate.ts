/** Keeps something up to date that takes a while to get: one asking at a time, and one more when something changed meanwhile. */
export class UpToDate {
	readonly #ask: () => Promise<void>;
	readonly #restShare: number;
	#isAsking = false;
	#isChanged = false;

	/** After each asking it rests for `restShare` times as long as that took, so that what changes all the time does not take all the time. */
	constructor(ask: () => Promise<void>, restShare: number) {
		this.#ask = ask;
		this.#restShare = restShare;
	}

	/** Never rejects: what goes wrong is the asker's to tell. */
	async changed(): Promise<void> {
		this.#isChanged = true;
		if (this.#isAsking) return;
		this.#isAsking = true;
		while (this.#isChanged) {
			this.#isChanged = false;
			const started = performance.now();
			await this.#ask();
			const restMs = this.#restShare * (performance.now() - started);
			if (restMs > shortestRestMs) await new Promise(resolve => setTimeout(resolve, restMs));
		}
		this.#isAsking = false;
	}
}

/** Shorter ones would not be noticed. */
const shortestRestMs = 50;
