/** Many signals, few runs: how views follow a transcript that grows several times a second. */

export interface Coalesced {
	/** Asks for a run. Signals within `delayMs`, and those during a run, lead to one more run together. */
	signal(): void;
	dispose(): void;
}

/** `run` never overlaps itself; a rejection goes to `onFault` and does not end anything. */
export function coalesce(delayMs: number, run: () => Promise<void>, onFault: (error: unknown) => void): Coalesced {
	let timer: NodeJS.Timeout | null = null;
	let running = false;
	let again = false;
	let disposed = false;

	const start = async () => {
		timer = null;
		running = true;
		try {
			await run();
		} catch (error) {
			onFault(error);
		}
		running = false;
		if (again) {
			again = false;
			signal();
		}
	};
	const signal = () => {
		if (disposed || timer !== null) return;
		if (running) again = true;
		else timer = setTimeout(() => void start(), delayMs);
	};
	return {
		signal,
		dispose() {
			disposed = true;
			again = false;
			if (timer !== null) clearTimeout(timer);
		},
	};
}
