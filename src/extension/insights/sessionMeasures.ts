/**
 * What is measured of sessions, in columns and in order. Of a table everything is measured and put in order once, whatever is
 * asked of it afterwards: a part of what is in order is in order too. Pure.
 */
import { madeOnce } from './columns.ts';
import { getOrMake } from './grouping.ts';
import type { Measure } from './patternFactors.ts';
import type { SessionColumns } from './sessionColumns.ts';

export interface Measured {
	/** Of the same sessions, what has one name is the same. */
	readonly name: string;
	readonly measure: Measure;
}

/** Sessions that have what was measured, the least first: their places in the table, and their amounts. */
export interface Ranking {
	readonly places: Int32Array;
	readonly amounts: Float64Array;
}

class SessionMeasures {
	readonly #table: SessionColumns;
	readonly #columns = new Map<string, Float64Array>();
	readonly #rankings = new Map<string, Ranking>();

	constructor(table: SessionColumns) {
		this.#table = table;
	}

	/** In one pass over the sessions: a large history does not fit into a processor's cache, and every other pass would wait for it again. */
	measure(wanted: readonly Measured[]): void {
		const { sessions } = this.#table;
		const missing = wanted.flatMap(({ name, measure }) =>
			this.#columns.has(name) ? [] : [{ name, measure, column: new Float64Array(sessions.length) }],
		);
		if (missing.length > 0)
			for (const [place, session] of sessions.entries()) for (const { measure, column } of missing) column[place] = measure(session) ?? NaN;
		for (const { name, column } of missing) this.#columns.set(name, column);
	}

	/** By place; NaN for null. */
	column(wanted: Measured): Float64Array {
		this.measure([wanted]);
		return this.#columns.get(wanted.name) ?? new Float64Array(0);
	}

	/** Of those sessions that have a 1 at their place. */
	ranking(wanted: Measured, isMeant: Uint8Array): Ranking {
		const whole = getOrMake(this.#rankings, wanted.name, () => ranked(this.column(wanted)));
		const places = new Int32Array(whole.places.length);
		const amounts = new Float64Array(whole.places.length);
		let length = 0;
		for (let i = 0; i < whole.places.length; i++) {
			const place = whole.places[i] ?? 0;
			if (isMeant[place] !== 1) continue;
			places[length] = place;
			amounts[length++] = whole.amounts[i] ?? 0;
		}
		return { places: places.subarray(0, length), amounts: amounts.subarray(0, length) };
	}
}

export const sessionMeasures = madeOnce((table: SessionColumns) => new SessionMeasures(table));

function ranked(column: Float64Array): Ranking {
	// Numbers sort among themselves ten times as fast as things that are compared by a number of theirs; each is then put where the first of its like stands. What is none comes last.
	const sorted = column.toSorted();
	const end = sorted.findIndex(Number.isNaN);
	const amounts = end < 0 ? sorted : sorted.subarray(0, end);
	const next = new Map<number, number>();
	for (let i = amounts.length - 1; i >= 0; i--) next.set(amounts[i] ?? 0, i);
	const places = new Int32Array(amounts.length);
	for (const [place, amount] of column.entries()) {
		if (Number.isNaN(amount)) continue;
		const at = next.get(amount) ?? 0;
		places[at] = place;
		next.set(amount, at + 1);
	}
	return { places, amounts };
}
