/** Tells views that time has moved on: every minute, because rows say "5 min. ago", and when a local day begins. */
import { localDayNumber, msUntilTomorrow } from './presentation/localTime.ts';

/** "5 min. ago" is wrong by a minute at most; and so late at most is a new day seen after the computer slept, when timers stand still. */
const minuteMs = 60_000;

export interface DayClockParts {
	readonly timeZone: () => string;
	readonly onMinute: () => void;
	/** In the place of `onMinute`. */
	readonly onDay: () => void;
	/** The clock and the timer, for tests; the timer answers with what ends it. */
	readonly now?: () => number;
	readonly wait?: (ms: number, done: () => void) => () => void;
}

export class DayClock {
	readonly #parts: Required<DayClockParts>;
	#end: (() => void) | null = null;
	#day: string | null = null;

	constructor(parts: DayClockParts) {
		this.#parts = { now: Date.now, wait: timer, ...parts };
	}

	/** Tells at once whether a day began while it stood still. */
	start(): void {
		this.stop();
		const before = this.#day;
		this.#day = this.#today();
		if (before !== null && before !== this.#day) this.#parts.onDay();
		this.#next();
	}

	get isRunning(): boolean {
		return this.#end !== null;
	}

	stop(): void {
		this.#end?.();
		this.#end = null;
	}

	#next(): void {
		const { now, timeZone, wait } = this.#parts;
		this.#end = wait(Math.min(minuteMs, msUntilTomorrow(now(), timeZone())), () => {
			const before = this.#day;
			this.#day = this.#today();
			if (before === this.#day) this.#parts.onMinute();
			else this.#parts.onDay();
			// Whoever was told may have stopped it.
			if (this.#end !== null) this.#next();
		});
	}

	/** In another zone it is another day, too. */
	#today(): string {
		const timeZone = this.#parts.timeZone();
		return `${timeZone} ${localDayNumber(this.#parts.now(), timeZone)}`;
	}
}

function timer(ms: number, done: () => void): () => void {
	const handle = setTimeout(done, ms);
	return () => clearTimeout(handle);
}
