/** Values of a record that may be anything: asked for as what they should be, null when they are not. */

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

export const countOf = (value: unknown): number | null => {
	const number = numberOf(value);
	return number === null || number < 0 ? null : Math.round(number);
};

/** Longer names, paths and labels are cut: they stand in one line. */
const longestName = 4096;

/** A text that is not empty, to be shown in a line. */
export function nameOf(value: unknown): string | null {
	const text = textOf(value);
	return text === null || text === '' ? null : text.slice(0, longestName);
}

/** Any value as a person reads it: a text as it is, everything else as indented JSON. */
export function jsonText(value: unknown): string {
	if (typeof value === 'string') return value;
	try {
		return JSON.stringify(value ?? null, null, 2);
	} catch {
		return ''; // nested too deeply to be written again
	}
}
