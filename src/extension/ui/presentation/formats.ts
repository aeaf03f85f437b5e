/**
 * Formatters, each made once: making one takes up to half a millisecond, using it a few microseconds (measured on Node 24),
 * and a list of 200 rows needs them a thousand times on the extension host's thread.
 */
const made = new Map<string, unknown>();

function once<F>(name: string, locale: string, options: object, make: () => F): F {
	const key = `${name} ${locale} ${JSON.stringify(options)}`;
	let format = made.get(key) as F | undefined;
	if (format === undefined) {
		format = make();
		made.set(key, format);
	}
	return format;
}

export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
	return once('number', locale, options, () => new Intl.NumberFormat(locale, options));
}

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	return once('date', locale, options, () => new Intl.DateTimeFormat(locale, options));
}

export function relativeTimeFormat(locale: string, options: Intl.RelativeTimeFormatOptions): Intl.RelativeTimeFormat {
	return once('relative', locale, options, () => new Intl.RelativeTimeFormat(locale, options));
}
