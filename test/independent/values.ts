// Careful access to values of unknown kind: any field of a transcript may hold anything.

export type Obj = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Obj {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(o: Obj, key: string): Obj | null {
	const value = o[key];
	return isObject(value) ? value : null;
}

export function listAt(o: Obj, key: string): readonly unknown[] {
	const value: unknown = o[key];
	return Array.isArray(value) ? value : [];
}

/** A non-empty string, or null. Empty means absent: an empty `message.id` or `gitBranch` says nothing. */
export function stringAt(o: Obj, key: string): string | null {
	const value = o[key];
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A token figure counts only when it is a finite number of at least zero; a string, a negative or an absent one is 0. */
export function amountAt(o: Obj, key: string): number {
	const value = o[key];
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.trunc(value) : 0;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** IDX-8: an ISO 8601 string, UTC when it names no zone; everything else (numbers too, impossible dates too) is null. */
export function instantAt(o: Obj, key: string): number | null {
	const value = o[key];
	if (typeof value !== 'string') return null;
	const match = ISO.exec(value.trim());
	if (match === null) return null;
	const part = (n: number): number => Number(match[n] ?? '0');
	const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
	if (hour > 23 || minute > 59 || second > 59) return null;
	const millis = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
	date.setUTCHours(hour, minute, second, millis);
	return date.getTime() - zoneOffset(match[8] ?? 'Z');
}

function zoneOffset(zone: string): number {
	if (zone.toUpperCase() === 'Z') return 0;
	const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
	return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

export function isoOf(instant: number | null): string | null {
	return instant === null ? null : new Date(instant).toISOString();
}

/** Ascending, with null after everything else. */
export function compareInstants(a: number | null, b: number | null): number {
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	return a - b;
}

export function compareStrings(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** The text of a message: a string as it stands, or the `text` blocks of a list. */
export function textsOf(content: unknown): string[] {
	if (typeof content === 'string') return [content];
	if (!Array.isArray(content)) return [];
	return content.filter(isObject).flatMap(block => (block['type'] === 'text' && typeof block['text'] === 'string' ? [block['text']] : []));
}
