/** Long work in short steps: between them the thread answers whatever else it is asked. */
import { setImmediate } from 'node:timers/promises';

export interface StepOptions {
	readonly signal?: AbortSignal | undefined;
	/** Other work of the thread comes first: resolves when it is over. */
	readonly turn?: (() => Promise<void>) | undefined;
	/** The thread is given back after so long. */
	readonly sliceMs?: number;
}

/** Rejects with the signal's reason when it aborts; the generator is closed then. */
export async function inSteps<T>(steps: Generator<void, T>, options: StepOptions = {}): Promise<T> {
	const { signal, turn, sliceMs = 10 } = options;
	let until = performance.now() + sliceMs;
	try {
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done === true) return step.value;
			if (performance.now() < until) continue;
			await setImmediate();
			await turn?.();
			signal?.throwIfAborted();
			until = performance.now() + sliceMs;
		}
	} finally {
		steps.return(undefined as never);
	}
}
