/** Tables as CSV (RFC 4180), safe to open in a program that takes a text for a formula. */

export type Cell = string | number | boolean | null;

/** For programs that take a file without it for another encoding than UTF-8. */
export const byteOrderMark = '\ufeff';

/** With CRLF; null is an empty cell. */
export function csvLine(cells: readonly Cell[]): string {
	return `${cells.map(cellText).join(',')}\r\n`;
}

export function csv(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
	return [columns, ...rows].map(csvLine).join('');
}

/** What a spreadsheet begins to calculate with, behind whatever white space and marks it passes over. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠]/u;

function cellText(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell !== 'string') return String(cell);
	const plain = cell.toWellFormed();
	// The apostrophe is not shown by the programs that would calculate.
	const safe = formula.test(plain) ? `'${plain}` : plain;
	return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
