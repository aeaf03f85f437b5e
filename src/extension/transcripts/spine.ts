/** The records of one transcript as the index knows them, in the order of the file: numbers in flat arrays, for there may be a million. */
import { messageFlags, messageTypes } from '../store/index/rows.ts';
import { joinColumns, spineColumns } from '../store/index/conversations.ts';

export type RowType = (typeof messageTypes)[number];

const codeOf = Object.fromEntries(messageTypes.map((type, code) => [type, code])) as Readonly<Record<RowType, number>>;

const arrays = {
	offset: Float64Array,
	length: Float64Array,
	type: Uint8Array,
	key: Float64Array,
	parent: Int32Array,
	at: Float64Array,
	response: Float64Array,
	flags: Uint8Array,
	made: Uint8Array,
	root: Uint8Array,
	callOf: Int32Array,
} as const;

/** One array for each column, with room for rows that may still come. */
type Columns = { readonly [Name in keyof typeof arrays]: InstanceType<(typeof arrays)[Name]> };

const columnNames = Object.keys(arrays) as readonly (keyof Columns)[];

function columnsFor(rows: number): Columns {
	const columns = Object.fromEntries(columnNames.map(name => [name, new arrays[name](rows)]));
	// Made by the same table that the type is made of.
	return columns as unknown as Columns;
}

/** `NaN` stands for null in arrays of floating numbers, -1 in those of rows. */
export class Spine {
	readonly rows: number;
	readonly offset: Float64Array;
	readonly length: Float64Array;
	readonly type: Uint8Array;
	readonly key: Float64Array;
	/** Row of the record it answers; always one before it. */
	readonly parent: Int32Array;
	readonly at: Float64Array;
	readonly response: Float64Array;
	readonly flags: Uint8Array;
	/** 1: a prompt that nobody typed. */
	readonly made: Uint8Array;
	/** 1: the record says that it answers none. */
	readonly root: Uint8Array;
	/** Row of the call of which this row is the result. */
	readonly callOf: Int32Array;
	/** What the arrays above are the beginnings of. `used`: rows that this spine or one made of it has. */
	readonly #room: { readonly columns: Columns; used: number };

	/** `table`: as `spineColumns`; `joins`: as `joinColumns`. */
	static of(table: Float64Array, joins: Float64Array): Spine {
		const rows = table.length / spineColumns.length;
		return new Spine(rows, { columns: columnsFor(rows), used: 0 }, { first: 0, table, joins });
	}

	private constructor(
		rows: number,
		room: { readonly columns: Columns; used: number },
		{ first, table, joins }: { readonly first: number; readonly table: Float64Array; readonly joins: Float64Array },
	) {
		const { columns } = room;
		this.rows = rows;
		this.offset = columns.offset.subarray(0, rows);
		this.length = columns.length.subarray(0, rows);
		this.type = columns.type.subarray(0, rows);
		this.key = columns.key.subarray(0, rows);
		this.parent = columns.parent.subarray(0, rows);
		this.at = columns.at.subarray(0, rows);
		this.response = columns.response.subarray(0, rows);
		this.flags = columns.flags.subarray(0, rows);
		this.made = columns.made.subarray(0, rows);
		this.root = columns.root.subarray(0, rows);
		this.callOf = columns.callOf.subarray(0, rows);
		this.#room = room;
		room.used = rows;
		this.#fill(first, table);
		this.#join(joins);
	}

	/** With the rows that follow its own. What it has itself is shared, since rows never change. */
	with(table: Float64Array, joins: Float64Array): Spine {
		const first = this.rows;
		const rows = first + table.length / spineColumns.length;
		let room = this.#room;
		// Another spine made of this one may have filled the room behind it already.
		if (room.used !== first || room.columns.offset.length < rows) {
			room = { columns: columnsFor(Math.ceil(rows * 1.25)), used: first };
			for (const name of columnNames) room.columns[name].set(this[name]);
		}
		return new Spine(rows, room, { first, table, joins });
	}

	#fill(first: number, table: Float64Array): void {
		for (let row = first, from = 0; row < this.rows; row++, from += spineColumns.length) {
			const kind = table[from + 2] ?? 0;
			this.offset[row] = table[from] ?? 0;
			this.length[row] = table[from + 1] ?? 0;
			this.type[row] = kind & 15;
			this.flags[row] = (kind >> 4) & 31;
			this.made[row] = kind >> 9;
			this.key[row] = table[from + 3] ?? Number.NaN;
			this.at[row] = table[from + 5] ?? Number.NaN;
			this.response[row] = table[from + 6] ?? Number.NaN;
			// A record is written after the one it answers, mostly right after it; anything else would be a circle.
			this.parent[row] = this.#rowAtUpTo(row - 1, (table[from] ?? 0) - (table[from + 4] ?? Number.NaN));
			// Nothing goes on from itself: so the index marks what begins a conversation.
			this.root[row] = table[from + 4] === 0 ? 1 : 0;
			this.callOf[row] = -1;
		}
	}

	#join(joins: Float64Array): void {
		for (let from = 0; from < joins.length; from += joinColumns.length) {
			const result = this.rowAt(joins[from + 1] ?? Number.NaN);
			const call = this.#rowAtUpTo(result - 1, joins[from] ?? Number.NaN);
			if (call >= 0 && this.callOf[result] === -1) this.callOf[result] = call;
		}
	}

	/** As `rowAt`, of the rows up to `last`, which is tried first. */
	#rowAtUpTo(last: number, offset: number): number {
		if (last < 0 || Number.isNaN(offset)) return -1;
		if (this.offset[last] === offset) return last;
		const row = this.rowBefore(offset, last);
		return this.offset[row] === offset ? row : -1;
	}

	/** Row of the record that begins at this byte; -1 when none does. */
	rowAt(offset: number): number {
		const row = this.rowBefore(offset);
		return this.offset[row] === offset ? row : -1;
	}

	/** Row of the last record that begins at or before this byte; of those that begin later, the first. */
	rowBefore(offset: number, last = this.rows - 1): number {
		let low = 0;
		let high = last;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.offset[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	/** Asked several times of every row, so without a list that would be made anew each time. */
	is(row: number, type: RowType, other?: RowType, third?: RowType): boolean {
		const code = this.type[row];
		if (code === codeOf[type]) return true;
		return (other !== undefined && code === codeOf[other]) || (third !== undefined && code === codeOf[third]);
	}

	typeOf(row: number): RowType {
		return messageTypes[this.type[row] ?? 0] ?? 'notice';
	}

	has(row: number, flag: keyof typeof messageFlags): boolean {
		return ((this.flags[row] ?? 0) & (messageFlags[flag] >> 4)) !== 0;
	}

	/** ISO 8601; null where the record has no time. */
	timeOf(row: number): string | null {
		const at = this.at[row] ?? Number.NaN;
		return Number.isNaN(at) ? null : new Date(at).toISOString();
	}
}
