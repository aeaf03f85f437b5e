const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Milliseconds since the epoch of an ISO 8601 text; one without a zone is UTC (IDX-8). Null for everything else: numbers,
 * objects, dates that do not exist, and instants before 1970, which only a zero value of some program can mean.
 */
export function instantOf(value: unknown): number | null {
	if (typeof value !== 'string' || value.length > 40) return null;
	const parts = ISO.exec(value);
	if (parts === null) return null;
	const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts;
	const m = Number(month);
	const d = Number(day);
	if (m < 1 || m > 12 || d < 1 || d > (DAYS[m - 1] ?? 0) || (m === 2 && d === 29 && !isLeap(Number(year)))) return null;
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
	const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
	const offset = zoneMinutes(zone);
	if (offset === null) return null;
	const instant = Date.UTC(Number(year), m - 1, d, Number(hour), Number(minute) - offset, Number(second), ms);
	return instant < 0 || Number(year) < 1970 ? null : instant;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function zoneMinutes(zone: string): number | null {
	if (zone === 'Z' || zone === 'z') return 0;
	const hours = Number(zone.slice(1, 3));
	const minutes = Number(zone.slice(-2));
	if (hours > 23 || minutes > 59) return null;
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
