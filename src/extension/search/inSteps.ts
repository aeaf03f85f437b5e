/** Long work in short steps: between them the thread answers whatever else it is asked. */
import { setImmediate } from 'node:timers/promises';

export interface StepOptions {
	readonly signal?: AbortSignal | undefined;
	/** Other work of the thread comes first: resolves when it is over. */
	readonly turn?: (() => Promise<void>) | undefined;
	/** Shared by work that follows upon each other: pieces that are each too short to give the thread back do so together. */
	readonly slice?: Slice | undefined;
}

/** The thread is given back after so long. */
const sliceMs = 10;

/** For how long the thread has been kept. */
export class Slice {
	#until = performance.now() + sliceMs;

	get isOver(): boolean {
		return performance.now() >= this.#until;
	}

	begin(): void {
		this.#until = performance.now() + sliceMs;
	}
}

/** Rejects with the signal's reason when it aborts; the generator is closed then. */
export async function inSteps<T>(steps: Generator<void, T>, { signal, turn, slice = new Slice() }: StepOptions = {}): Promise<T> {
	try {
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done === true) return step.value;
			if (!slice.isOver) continue;
			await setImmediate();
			await turn?.();
			signal?.throwIfAborted();
			slice.begin();
		}
	} finally {
		steps.return(undefined as never);
	}
}
