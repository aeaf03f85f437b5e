/** The records of one transcript as the index knows them, in the order of the file: numbers in flat arrays, for there may be a million. */
import { messageFlags, messageTypes } from '../store/index/rows.ts';
import { joinColumns, spineColumns } from '../store/index/conversations.ts';

export type RowType = (typeof messageTypes)[number];

const codeOf = Object.fromEntries(messageTypes.map((type, code) => [type, code])) as Readonly<Record<RowType, number>>;

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
	/** Row of the call of which this row is the result. */
	readonly callOf: Int32Array;

	constructor(table: Float64Array, joins: Float64Array) {
		const width = spineColumns.length;
		const rows = table.length / width;
		this.rows = rows;
		this.offset = new Float64Array(rows);
		this.length = new Float64Array(rows);
		this.type = new Uint8Array(rows);
		this.key = new Float64Array(rows);
		this.parent = new Int32Array(rows).fill(-1);
		this.at = new Float64Array(rows);
		this.response = new Float64Array(rows);
		this.flags = new Uint8Array(rows);
		this.made = new Uint8Array(rows);
		this.callOf = new Int32Array(rows).fill(-1);
		for (let row = 0, from = 0; row < rows; row++, from += width) {
			this.offset[row] = table[from] ?? 0;
			this.length[row] = table[from + 1] ?? 0;
			this.type[row] = table[from + 2] ?? 0;
			this.key[row] = table[from + 3] ?? Number.NaN;
			this.at[row] = table[from + 5] ?? Number.NaN;
			this.response[row] = table[from + 6] ?? Number.NaN;
			this.flags[row] = table[from + 7] ?? 0;
			this.made[row] = table[from + 8] ?? 0;
		}
		for (let row = 0, from = 4; row < rows; row++, from += width) {
			const parent = this.rowAt(table[from] ?? Number.NaN);
			// A record is written after the one it answers; anything else would be a circle.
			if (parent < row) this.parent[row] = parent;
		}
		for (let from = 0; from < joins.length; from += joinColumns.length) {
			const call = this.rowAt(joins[from] ?? Number.NaN);
			const result = this.rowAt(joins[from + 1] ?? Number.NaN);
			if (call >= 0 && result > call && this.callOf[result] === -1) this.callOf[result] = call;
		}
	}

	/** Row of the record that begins at this byte; -1 when none does. */
	rowAt(offset: number): number {
		const row = this.rowBefore(offset);
		return this.offset[row] === offset ? row : -1;
	}

	/** Row of the last record that begins at or before this byte; of those that begin later, the first. */
	rowBefore(offset: number): number {
		let low = 0;
		let high = this.rows - 1;
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
		return ((this.flags[row] ?? 0) & messageFlags[flag]) !== 0;
	}

	/** ISO 8601; null where the record has no time. */
	timeOf(row: number): string | null {
		const at = this.at[row] ?? Number.NaN;
		return Number.isNaN(at) ? null : new Date(at).toISOString();
	}
}
