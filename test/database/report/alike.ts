import assert from 'node:assert/strict';

type Cell = string | number | null;
type Rows = readonly (Cell | readonly Cell[])[];

/** Counts to the last one; dollars as far as adding them up in another order changes nothing. */
export function assertAlike(ours: Rows, others: Rows): void {
	const near = (a: Cell | undefined, b: Cell): Cell =>
		typeof a === 'number' && typeof b === 'number' && !Number.isInteger(b) && Math.abs(a - b) <= 1e-9 * Math.abs(b) ? a : b;
	const isRow = (row: Cell | readonly Cell[] | undefined): row is readonly Cell[] => Array.isArray(row);
	const expected = others.map((row, i) => {
		const our = ours[i];
		if (!isRow(row)) return isRow(our) ? row : near(our, row);
		return row.map((cell, j) => (isRow(our) ? near(our[j], cell) : cell));
	});
	assert.deepEqual(ours, expected);
}
