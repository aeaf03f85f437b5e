import type { JobProgress } from './job.ts';

/** Holds progress back, so that it is written once in a while and the last one in the end. */
export class CoalescedProgress {
	readonly #write: (progress: JobProgress) => Promise<boolean>;
	readonly #everyMs: number;
	#latest: JobProgress | null = null;
	#isWriting = false;
	#isOver = false;
	#timer: NodeJS.Timeout | undefined;

	/** `write` answers whether it did, and must not reject. */
	constructor(everyMs: number, write: (progress: JobProgress) => Promise<boolean>) {
		this.#everyMs = everyMs;
		this.#write = write;
	}

	set(progress: JobProgress): void {
		if (this.#isOver) return;
		this.#latest = progress;
		if (!this.#isWriting) void this.#writeInTurns();
	}

	/** Answers what may not be written yet, for whoever writes it with the outcome. Nothing is begun after this. */
	end(): JobProgress | null {
		this.#isOver = true;
		clearTimeout(this.#timer);
		return this.#latest;
	}

	async #writeInTurns(): Promise<void> {
		this.#isWriting = true;
		for (let next = this.#latest; next !== null && !this.#isOver; next = this.#latest) {
			const isWritten = await this.#write(next);
			if (isWritten && this.#latest === next) this.#latest = null;
			await new Promise<void>(resolve => {
				this.#timer = setTimeout(resolve, this.#everyMs);
			});
		}
		this.#isWriting = false;
	}
}
