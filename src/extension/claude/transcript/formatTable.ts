import { RECORD_FIELDS } from './recordFields.ts';
import { RECORD_TYPES, type Use } from './recordTypes.ts';

const row = (name: string, use: Use): string => `| \`${name}\` | ${use.isUsed ? 'used' : 'passed over'} | ${use.note} |`;

const table = (title: string, uses: ReadonlyMap<string, Use>): string =>
	[`| ${title} | | by what, or why not |`, '|---|---|---|', ...[...uses].map(([name, use]) => row(name, use))].join('\n');

/** The two tables as Markdown, as they stand in docs/transcript-format.md. */
export function formatTables(): string {
	return `### Records\n\n${table('record', RECORD_TYPES)}\n\n### Fields\n\n${table('field', RECORD_FIELDS)}\n`;
}
