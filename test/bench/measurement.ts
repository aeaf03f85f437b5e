/** What a benchmark found, and how it is shown. Figures are printed beside their aims; nothing here fails on a stopwatch. */

export interface Measurement {
	/** What was measured: `cold index`. */
	readonly name: string;
	/** On what: `1 GB, generated`. */
	readonly on: string;
	readonly value: number;
	readonly unit: 'ms' | 's' | 'MB/s' | 'MB' | 'KB' | '%' | '×' | 'files' | 'bytes' | 'B';
	/** `< 250 MB`: the budget. */
	readonly aim?: string;
	/** Every repetition, in the order it was run; `value` is their median unless `note` says otherwise. */
	readonly runs: readonly number[];
	readonly note?: string;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** One measurement whose value is the median of its runs. */
export function measured(
	name: string,
	on: string,
	unit: Measurement['unit'],
	runs: readonly number[],
	rest: { aim?: string; note?: string } = {},
): Measurement {
	return { name, on, value: median(runs), unit, runs, ...rest };
}

export function table(measurements: readonly Measurement[]): string {
	const head = ['measured', 'on', 'median', 'min', 'max', 'n', 'aim', 'note'];
	const rows = measurements.map(({ name, on, value, unit, runs, aim, note }) => {
		const least = runs.length > 1 ? shown(Math.min(...runs)) : '';
		const most = runs.length > 1 ? shown(Math.max(...runs)) : '';
		return [name, on, `${shown(value)} ${unit}`, least, most, String(runs.length), aim ?? '', note ?? ''];
	});
	const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)));
	const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
	return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/**
 * The document with new figures between its marks.
 * @throws when it has no marks
 */
export function withFigures(document: string, figures: string): string {
	const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->'];
	const [before, , after] = document.split(new RegExp(`(?<=${begin})([^]*)(?=${end})`));
	if (before === undefined || after === undefined) throw new Error(`the document has no ${begin} … ${end}`);
	return `${before}\n\n${figures}\n\n${after}`;
}

function shown(value: number): string {
	if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
	return value.toFixed(value >= 10 ? 1 : 2);
}
