/**
 * Days as people live them (IDX-8): instants are stored in UTC, days and weekdays are those of the viewer's time zone.
 */

const dayMs = 86_400_000;
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
		const number = Math.floor((ms + this.offsetAt(ms)) / dayMs);
		let name = this.#names.get(number);
		if (name === undefined) {
			name = new Date(number * dayMs).toISOString().slice(0, 10);
			this.#names.set(number, name);
		}
		return name;
	}

	/** Hour of the local week: 0 for Monday from midnight to one, 167 for Sunday's last. */
	hourOfWeek(ms: number): number {
		const localHour = Math.floor((ms + this.offsetAt(ms)) / 3_600_000);
		// The first day of the epoch was a Thursday.
		return (((localHour + 72) % 168) + 168) % 168;
	}

	/** The instant a local day begins. */
	startOf(day: LocalDay): number {
		const midnight = Date.parse(`${day}T00:00:00Z`);
		// Twice, because the offset is that of the day's own beginning, not of midnight in UTC.
		const guess = midnight - this.offsetAt(midnight);
		return midnight - this.offsetAt(guess);
	}
}

export function addDays(day: LocalDay, days: number): LocalDay {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Days from one to another, negative when the second is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** The Monday of a day's week. */
export function mondayOf(day: LocalDay): LocalDay {
	return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
