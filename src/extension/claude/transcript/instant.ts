import { Raw } from './json.ts';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Milliseconds since the epoch of an ISO 8601 text; one without a zone is UTC (IDX-8). Null for everything else: numbers,
 * objects, dates that do not exist, and instants before 1970, which only a zero value of some program can mean.
 */
export function instantOf(value: unknown): number | null {
	if (!(value instanceof Raw)) return typeof value === 'string' ? anyInstantOf(value) : null;
	const usual = value.end - value.start === USUAL.length ? usualInstantOf(value.bytes, value.start) : null;
	if (usual !== null) return usual;
	const text = value.value();
	return typeof text === 'string' ? anyInstantOf(text) : null;
}

const USUAL = Buffer.from('"0000-00-00T00:00:00.000Z"');

/** The form Claude Code writes, straight from its bytes; null for every other. */
function usualInstantOf(bytes: Buffer, start: number): number | null {
	for (let i = 0; i < USUAL.length; i++) {
		const byte = bytes[start + i] ?? 0;
		if (USUAL[i] === 0x30 ? byte < 0x30 || byte > 0x39 : byte !== USUAL[i]) return null;
	}
	let isLastDay = true;
	for (let i = 0; i < DAY_LENGTH; i++) if (bytes[start + 1 + i] !== lastDay[i]) isLastDay = false;
	if (!isLastDay) {
		const day = anyInstantOf(bytes.toString('latin1', start + 1, start + 1 + DAY_LENGTH));
		if (day === null) return null;
		bytes.copy(lastDay, 0, start + 1, start + 1 + DAY_LENGTH);
		lastDayMs = day;
	}
	const hour = twoDigits(bytes, start + 12);
	const minute = twoDigits(bytes, start + 15);
	const second = twoDigits(bytes, start + 18);
	if (hour > 23 || minute > 59 || second > 59) return null;
	return lastDayMs + ((hour * 60 + minute) * 60 + second) * 1000 + twoDigits(bytes, start + 21) * 10 + digit(bytes, start + 23);
}

const DAY_LENGTH = 10;
/** Records of one day follow each other. */
const lastDay = Buffer.alloc(DAY_LENGTH);
let lastDayMs = 0;

const digit = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) - 0x30;
const twoDigits = (bytes: Buffer, at: number): number => digit(bytes, at) * 10 + digit(bytes, at + 1);

function anyInstantOf(value: string): number | null {
	if (value.length > 40) return null;
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
