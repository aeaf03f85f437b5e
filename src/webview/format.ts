/** Numbers, money, times and days as a person in that place reads them. All through Intl; nothing here knows a page. */

/** Longer user text is cut before it reaches the page: a title of a megabyte would stall layout. */
const longestText = 300;

const MB = 1_000_000;

export class Format {
	readonly locale: string | undefined;
	readonly #integer: () => Intl.NumberFormat;
	readonly #compact: () => Intl.NumberFormat;
	readonly #usd: () => Intl.NumberFormat;
	readonly #usdShort: () => Intl.NumberFormat;
	readonly #percent: () => Intl.NumberFormat;
	readonly #decimal: () => Intl.NumberFormat;
	readonly #dayLong: (day: string) => string;
	readonly #dayMedium: (day: string) => string;
	readonly #days: () => Intl.DateTimeFormat;
	readonly #dayShort: (day: string) => string;
	readonly #month: (day: string) => string;
	readonly #weekdayLong: () => Intl.DateTimeFormat;
	readonly #weekdayShort: () => Intl.DateTimeFormat;
	readonly #hourOfDay: () => Intl.DateTimeFormat;
	readonly #hourBrief: () => Intl.DateTimeFormat;
	readonly #dayOfInstant: () => Intl.DateTimeFormat;
	readonly #instant: () => Intl.DateTimeFormat;
	readonly #instantDay: () => Intl.DateTimeFormat;
	readonly #instantLong: () => Intl.DateTimeFormat;
	readonly #time: () => Intl.DateTimeFormat;
	readonly #hours: () => Intl.NumberFormat;
	readonly #minutes: () => Intl.NumberFormat;
	readonly #seconds: () => Intl.NumberFormat;
	readonly #list: () => Intl.ListFormat;

	/** An unknown locale or time zone falls back to the browser's own: a strange setting must not blank the page. */
	constructor(wantedLocale?: string, wantedZone?: string) {
		const locale = usable(() => Intl.getCanonicalLocales(wantedLocale)[0]);
		const zoned = (options: Intl.DateTimeFormatOptions, of = locale) =>
			once(() => usable(() => new Intl.DateTimeFormat(of, { ...options, timeZone: wantedZone })) ?? new Intl.DateTimeFormat(of, options));
		this.locale = locale;
		this.#integer = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
		this.#compact = once(() => new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }));
		this.#usd = once(() => new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }));
		this.#usdShort = once(
			() =>
				new Intl.NumberFormat(locale, {
					style: 'currency',
					currency: 'USD',
					currencyDisplay: 'narrowSymbol',
					notation: 'compact',
					minimumFractionDigits: 0,
					maximumFractionDigits: 2,
				}),
		);
		this.#percent = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
		this.#decimal = once(() => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }));
		this.#dayLong = dayWords(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
		const dayMedium = { day: 'numeric', month: 'short', year: 'numeric' } as const;
		this.#dayMedium = dayWords(locale, dayMedium);
		this.#days = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...dayMedium }));
		this.#dayShort = dayWords(locale, { day: 'numeric', month: 'short' });
		this.#month = dayWords(locale, { month: 'short' });
		this.#weekdayLong = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long' }));
		this.#weekdayShort = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' }));
		this.#hourOfDay = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }));
		this.#hourBrief = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: 'numeric' }));
		// This locale and calendar whatever the person's: the parts are for counting, not for reading.
		this.#dayOfInstant = zoned(
			{
				calendar: 'iso8601',
				hourCycle: 'h23',
				year: 'numeric',
				month: '2-digit',
				day: '2-digit',
				hour: '2-digit',
				minute: '2-digit',
			},
			'en-CA',
		);
		this.#instant = zoned({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
		this.#instantDay = zoned({ day: 'numeric', month: 'short', year: 'numeric' });
		this.#instantLong = zoned({ dateStyle: 'full', timeStyle: 'long' });
		this.#time = zoned({ hour: '2-digit', minute: '2-digit' });
		this.#hours = once(() => new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'narrow' }));
		this.#minutes = once(() => new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'narrow' }));
		this.#seconds = once(
			() => new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumSignificantDigits: 2 }),
		);
		this.#list = once(() => new Intl.ListFormat(locale, { type: 'unit' }));
	}

	integer(value: number): string {
		return this.#integer().format(value);
	}

	/** Three significant digits: 1.23M. Below ten thousand the whole number, which is as short. */
	compact(value: number): string {
		return Math.abs(value) < 10_000 ? this.#integer().format(value) : compactly(this.#compact(), value);
	}

	/** What is not nothing never reads as $0.00. */
	usd(value: number): string {
		return value > 0 && value < 0.005 ? `<${this.#usd().format(0.01)}` : this.#usd().format(value);
	}

	/** Without cents from ten dollars on. */
	usdBrief(value: number): string {
		return value < 10 ? this.usd(value) : compactly(this.#usdShort(), Math.round(value));
	}

	/** For round values, as on an axis: whole dollars without cents, what is no whole dollar with both digits. */
	usdShort(value: number): string {
		return Number.isInteger(value) ? compactly(this.#usdShort(), value) : this.usd(value);
	}

	/** What is not nothing never reads as 0 %. */
	percent(fraction: number): string {
		return fraction > 0 && fraction < 0.005 ? `<${this.#percent().format(0.01)}` : this.#percent().format(fraction);
	}

	decimal(value: number): string {
		return this.#decimal().format(value);
	}

	/** The two largest units of a length of time in milliseconds. */
	duration(ms: number): string {
		const seconds = ms / 1000;
		if (seconds < 59.5) return this.#seconds().format(seconds < 9.95 ? Math.round(seconds * 10) / 10 : Math.round(seconds));
		const minutes = Math.round(seconds / 60);
		if (minutes < 60) return this.#minutes().format(minutes);
		const hours = Math.floor(minutes / 60);
		return minutes % 60 === 0 || hours >= 100
			? this.#hours().format(hours)
			: `${this.#hours().format(hours)} ${this.#minutes().format(minutes % 60)}`;
	}

	/** Whole hours from ten hours on. */
	durationBrief(ms: number): string {
		return ms < 36_000_000 ? this.duration(ms) : this.#hours().format(Math.round(ms / 3_600_000));
	}

	/** In the unit that fits: megabytes (10⁶) up to a gigabyte. */
	bytes(value: number): string {
		const [amount, unit] =
			value < 1000
				? [value, 'byte']
				: value < MB
					? [value / 1000, 'kilobyte']
					: value < 1000 * MB
						? [value / MB, 'megabyte']
						: [value / MB / 1000, 'gigabyte'];
		return new Intl.NumberFormat(this.locale, { style: 'unit', unit, maximumSignificantDigits: 3 }).format(amount);
	}

	list(items: readonly string[]): string {
		return this.#list().format(items);
	}

	/** `day` is `YYYY-MM-DD`, already in the viewer's own zone. */
	dayLong(day: string): string {
		return this.#dayLong(day);
	}

	dayMedium(day: string): string {
		return this.#dayMedium(day);
	}

	dayShort(day: string): string {
		return this.#dayShort(day);
	}

	month(day: string): string {
		return this.#month(day);
	}

	/** 0 Monday to 6 Sunday. */
	weekday(weekday: number, length: 'long' | 'short'): string {
		// A Monday.
		return (length === 'long' ? this.#weekdayLong() : this.#weekdayShort()).format(Date.UTC(2024, 0, 1 + weekday));
	}

	/** The hour of a day, 0 to 24, as a time. */
	hourOfDay(hour: number): string {
		return this.#hourOfDay().format(Date.UTC(2024, 0, 1, hour % 24));
	}

	/** As short as an axis wants it. */
	hourBrief(hour: number): string {
		return this.#hourBrief().format(Date.UTC(2024, 0, 1, hour % 24));
	}

	/** The local day of an instant, and the hours since its midnight as the clock shows them; null for what is no instant. */
	localHour(iso: string): { readonly day: string; readonly hour: number } | null {
		const date = new Date(iso);
		if (Number.isNaN(date.getTime())) return null;
		const parts = new Map(
			this.#dayOfInstant()
				.formatToParts(date)
				.map(({ type, value }) => [type, value]),
		);
		const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '0';
		return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) + Number(part('minute')) / 60 };
	}

	/** With its sign, also for more. */
	signed(value: number, written: (value: number) => string): string {
		return value === 0 ? written(0) : `${value > 0 ? '+' : '\u2212'}${written(Math.abs(value))}`;
	}

	/** Both ends in the shortest form that says it all: 23 Oct – 21 Nov 2026. */
	days(first: string, last: string): string {
		const [from, to] = [new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)];
		return from <= to ? this.#days().formatRange(from, to) : `${first} – ${last}`;
	}

	/** Day and time, or for another year the day with its year: as short as it can be said. Null for what is no instant. */
	moment(iso: string): string | null {
		const year = new Date().getFullYear();
		return new Date(iso).getFullYear() === year ? written(this.#instant(), iso) : written(this.#instantDay(), iso);
	}

	instantLong(iso: string): string | null {
		return written(this.#instantLong(), iso);
	}

	time(iso: string): string | null {
		return written(this.#time(), iso);
	}
}

/** User text at a length that layout can bear; whole characters. */
export function clipped(userText: string): string {
	return userText.length <= longestText
		? userText
		: `${Array.from(userText.slice(0, longestText * 2))
				.slice(0, longestText)
				.join('')}…`;
}

/** British English writes a million as a small m, which reads as minutes beside lengths of time: M in every language that has the letter. */
function compactly(format: Intl.NumberFormat, value: number): string {
	return format
		.formatToParts(value)
		.map(({ type, value: part }) => (type === 'compact' && part === 'm' ? 'M' : part))
		.join('');
}

function written(format: Intl.DateTimeFormat, iso: string): string | null {
	const date = new Date(iso);
	return Number.isNaN(date.getTime()) ? null : format.format(date);
}

/** Made when it is first needed: together they take longer than the first drawing of a page. */
function once<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}

/** Charts name the same days at each drawing, and writing one takes some microseconds. */
function dayWords(locale: string | undefined, options: Intl.DateTimeFormatOptions): (day: string) => string {
	const format = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }));
	const known = new Map<string, string>();
	return day => {
		let words = known.get(day);
		if (words === undefined) known.set(day, (words = written(format(), `${day}T00:00:00Z`) ?? day));
		return words;
	};
}

function usable<T>(decide: () => T): T | undefined {
	try {
		return decide();
	} catch {
		return undefined;
	}
}
