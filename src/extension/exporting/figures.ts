/**
 * Figures as JSON or as a table, under the names they have in the document. The table has a line for each figure, so that a list of days and a single
 * sum stand in one file: `figure` says of what, `row` which of a list (from 1), `field` what of it.
 */
import { byteOrderMark as mark, type Cell, csvLine } from './csv.ts';

export interface FiguresOptions {
	readonly format: 'csv' | 'json';
	readonly byteOrderMark: boolean;
	/** Takes out of a text what must not be told. */
	readonly clean: (text: string) => string;
}

export function figuresText(document: object, { format, byteOrderMark, clean }: FiguresOptions): string {
	if (format === 'json')
		return `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'string' ? clean(value) : value), '\t')}\n`;
	let text = (byteOrderMark ? mark : '') + csvLine(['figure', 'row', 'field', 'value']);
	for (const { figure, row, field, value } of eachFigure(document, { figure: '', row: null, field: null }))
		text += csvLine([clean(figure), row, field === null ? null : clean(field), typeof value === 'string' ? clean(value) : value]);
	return text;
}

interface FigurePlace {
	readonly figure: string;
	readonly row: number | null;
	readonly field: string | null;
}

/** Of lists inside a list, the place stands in the field: `tools.1.errors`. */
function* eachFigure(value: unknown, place: FigurePlace): Generator<FigurePlace & { readonly value: Cell }> {
	if (Array.isArray(value)) {
		for (const [index, item] of value.entries())
			yield* eachFigure(
				item,
				place.row === null ? { ...place, row: index + 1 } : { ...place, field: joined(place.field, String(index + 1)) },
			);
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, item] of Object.entries(value))
			yield* eachFigure(
				item,
				place.row === null ? { ...place, figure: joined(place.figure, name) } : { ...place, field: joined(place.field, name) },
			);
	} else if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		yield { ...place, value };
}

const joined = (path: string | null, name: string): string => (path === null || path === '' ? name : `${path}.${name}`);
