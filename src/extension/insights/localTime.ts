/**
 * Days as people live them (IDX-8): instants are stored in UTC, days and weekdays are those of the viewer's time zone.
 */

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const quarterMs = 900_000;

/** `YYYY-MM-DD`. */
export type LocalDay = string;

export class LocalCalendar {
	readonly timeZone: string;
	readonly #format: Intl.DateTimeFormat;
	/** Offset of whole UTC days; null for the few in which it changes. Asking Intl costs 2 µs, histories ask 100,000 times. */
	readonly #dayOffsets = new Map<number, number | null>();
	/** Names of days, by their number. */
	readonly #names = new Map<number, LocalDay>();

	/** @throws RangeError for a zone the system does not know. */
	constructor(timeZone: string) {
		this.timeZone = timeZone;
		this.#format = new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	}

	/** What local clocks are ahead of UTC at an instant, in milliseconds. */
	offsetAt(ms: number): number {
		const day = Math.floor(ms / dayMs);
		let offset = this.#dayOffsets.get(day);
		if (offset === undefined) {
			const first = this.#ask(day * dayMs);
			offset = first === this.#ask((day + 1) * dayMs) ? first : null;
			this.#dayOffsets.set(day, offset);
		}
		return offset ?? this.#ask(Math.floor(ms / quarterMs) * quarterMs);
	}

	#ask(ms: number): number {
		const parts = new Map(this.#format.formatToParts(ms).map(part => [part.type, Number(part.value)]));
		const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
		const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
		return local - Math.floor(ms / 1000) * 1000;
	}

	dayOf(ms: number): LocalDay {
		return this.dayNamed(Math.floor((ms + this.offsetAt(ms)) / dayMs));
	}

	/** Whole hours of local clocks since the epoch: 24 for each day, also for those that are longer or shorter. */
	hourOf(ms: number): number {
		return Math.floor((ms + this.offsetAt(ms)) / hourMs);
	}

	/** By its number since the epoch. */
	dayNamed(number: number): LocalDay {
		let name = this.#names.get(number);
		if (name === undefined) {
			name = new Date(number * dayMs).toISOString().slice(0, 10);
			this.#names.set(number, name);
		}
		return name;
	}

	/** Hour of the local week: 0 for Monday from midnight to one, 167 for Sunday's last. */
	hourOfWeek(ms: number): number {
		return hourOfWeek(this.hourOf(ms));
	}

	/** The instant a local day begins. */
	startOf(day: LocalDay): number {
		const midnight = Date.parse(`${day}T00:00:00Z`);
		// Twice, because the offset is that of the day's own beginning, not of midnight in UTC.
		const guess = midnight - this.offsetAt(midnight);
		const start = midnight - this.offsetAt(guess);
		// Where clocks are put forward at midnight there is none: the day begins an hour later, when they are.
		return this.dayOf(start) < day ? midnight - this.offsetAt(start) : start;
	}
}

/** Of an hour as `LocalCalendar.hourOf` counts them. */
export function hourOfWeek(hour: number): number {
	// The first day of the epoch was a Thursday.
	return (((hour + 72) % 168) + 168) % 168;
}

/** Of an hour as `LocalCalendar.hourOf` counts them, as `LocalCalendar.dayNamed` does. */
export const dayNumberOf = (hour: number): number => Math.floor(hour / 24);

export function addDays(day: LocalDay, days: number): LocalDay {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Days from one to another, negative when the second is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

const firstWeekdays = { sunday: 0, monday: 1, saturday: 6 } as const;
export type FirstWeekday = keyof typeof firstWeekdays;

/** The first day of a day's week. */
export function weekStartOf(day: LocalDay, startsOn: FirstWeekday): LocalDay {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return addDays(day, -((weekday - firstWeekdays[startsOn] + 7) % 7));
}

/** The Monday of a day's week. */
export const mondayOf = (day: LocalDay): LocalDay => weekStartOf(day, 'monday');
