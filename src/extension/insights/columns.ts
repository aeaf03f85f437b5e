/** Rows in columns: a pass over numbers that stand beside each other. A row is named by its place in its list. Pure. */
import { getOrMake } from './grouping.ts';

/** One value of each row; equal ones are one. */
export interface Column<T> {
	/** By row: which of the values. */
	readonly codes: Int32Array;
	readonly values: readonly T[];
}

/** Those of a list that are meant. */
export interface ChosenRows<Row> {
	readonly rows: readonly Row[];
	readonly places: Int32Array;
}

/** What is made of a thing that never changes is made once, and goes with it. */
export function madeOnce<Thing extends object, Made extends object>(make: (thing: Thing) => Made): (thing: Thing) => Made {
	const known = new WeakMap<Thing, Made>();
	return thing => {
		let made = known.get(thing);
		if (made === undefined) known.set(thing, (made = make(thing)));
		return made;
	};
}

/** `keyOf` tells which values are equal. */
export function columnOf<Row, T>(rows: readonly Row[], valueOf: (row: Row) => T, keyOf: (value: T) => unknown = value => value): Column<T> {
	const values: T[] = [];
	const known = new Map<unknown, number>();
	const codes = Int32Array.from(rows, row => {
		const value = valueOf(row);
		return getOrMake(known, keyOf(value), () => values.push(value) - 1);
	});
	return { codes, values };
}

type NamesOf<Row, T> = { [Name in keyof Row]-?: Row[Name] extends T ? Name : never }[keyof Row] & string;

const amountsByName = madeOnce<readonly object[], Map<string, Float64Array>>(() => new Map());
const codesByName = madeOnce<readonly object[], Map<string, Column<unknown>>>(() => new Map());

/** Made once for a list. NaN for null. */
export function amountsOf<Row extends object, Name extends NamesOf<Row, number | null>>(
	rows: readonly Row[],
	names: readonly Name[],
): Readonly<Record<Name, Float64Array>> {
	const known = amountsByName(rows);
	const missing = names.flatMap(name => (known.has(name) ? [] : [{ name, column: new Float64Array(rows.length) }]));
	// In one pass: a long list does not fit into a processor's cache.
	if (missing.length > 0)
		for (const [place, row] of rows.entries()) for (const { name, column } of missing) column[place] = (row[name] as number | null) ?? NaN;
	for (const { name, column } of missing) known.set(name, column);
	return Object.fromEntries(names.map(name => [name, known.get(name)])) as Record<Name, Float64Array>;
}

/** Made once for a list. */
export function codesOf<Row extends object, Name extends keyof Row & string>(rows: readonly Row[], name: Name): Column<Row[Name]> {
	return getOrMake(codesByName(rows), name, () => columnOf(rows, row => row[name])) as Column<Row[Name]>;
}

/** All places of a list, in order. */
export function placesOf({ length }: ArrayLike<unknown>): Int32Array {
	const places = new Int32Array(length);
	for (let place = 0; place < length; place++) places[place] = place;
	return places;
}

/** Of these places, those that are wanted. Several times as fast as `filter`. */
export function those(places: Int32Array, isWanted: (place: number) => boolean): Int32Array {
	const found = new Int32Array(places.length);
	let length = 0;
	for (const place of places) if (isWanted(place)) found[length++] = place;
	return found.subarray(0, length);
}

/** Of these places, those whose value is wanted. */
export function having<T>(places: Int32Array, { codes, values }: Column<T>, isWanted: (value: T) => boolean): Int32Array {
	const wanted = Uint8Array.from(values, value => (isWanted(value) ? 1 : 0));
	return those(places, place => wanted[codes[place] ?? 0] === 1);
}

/** By place of a list of so many: 1 for those at these places. */
export function flagsAt(count: number, places: Int32Array): Uint8Array {
	const flags = new Uint8Array(count);
	for (const place of places) flags[place] = 1;
	return flags;
}

/** How many at these places have each value, by its code. */
export function countByCode({ codes, values }: Column<unknown>, places: Int32Array): Int32Array {
	const counts = new Int32Array(values.length);
	for (const place of places) {
		const code = codes[place] ?? 0;
		counts[code] = (counts[code] ?? 0) + 1;
	}
	return counts;
}
