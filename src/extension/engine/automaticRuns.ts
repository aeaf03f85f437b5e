/** Classifies new sessions when they have ended, where the person wants that (off by default) and within the caps. */

export interface AutomaticRunsParts {
	readonly isOn: () => boolean;
	/** A run goes on, or waits. */
	readonly isBusy: () => boolean;
	/** Sessions whose last record lies between these times. */
	readonly ended: (afterMs: number, beforeMs: number) => readonly string[];
	/** Rejects with a refusal where there is nothing to do, or nobody agreed. */
	readonly start: (sessionIds: readonly string[]) => Promise<void>;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

/** A session that was quiet for so long is over, as in the tree. */
const quietMs = 600_000;
/** Older ones are for a run that the person starts: switching this on must not send a whole history. */
const newMs = 86_400_000;
const lookMs = 300_000;

export class AutomaticRuns {
	readonly #parts: AutomaticRunsParts;
	#timer: NodeJS.Timeout | undefined;

	constructor(parts: AutomaticRunsParts) {
		this.#parts = parts;
	}

	start(): void {
		this.#timer = setInterval(() => void this.look(), lookMs);
		this.#timer.unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** Answers whether a run was started. */
	async look(): Promise<boolean> {
		const { isOn, isBusy, ended, start, onLog, now } = this.#parts;
		if (!isOn() || isBusy()) return false;
		const nowMs = now().getTime();
		const sessionIds = ended(nowMs - newMs, nowMs - quietMs);
		if (sessionIds.length === 0) return false;
		try {
			await start(sessionIds);
			return true;
		} catch (error) {
			const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : null;
			if (reason !== 'nothing-to-do') onLog(`New sessions are not classified: ${error instanceof Error ? error.message : String(error)}`);
			return false;
		}
	}
}
