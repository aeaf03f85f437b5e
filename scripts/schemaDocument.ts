/**
 * `node scripts/schemaDocument.ts` writes docs/schema.md from the schemas that the migrations make. A test compares the
 * two, so the document cannot fall behind (DB-7).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, type Migration } from '../src/extension/store/migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from '../src/extension/store/migrations/schemas.ts';
import { Sqlite } from '../src/extension/store/sqlite.ts';
import { columnNotes, indexTables, ledgerTables, preface, sessionSources } from './schemaNotes.ts';

interface Column {
	readonly name: string;
	readonly type: string;
	readonly isRequired: boolean;
	readonly fallback: string | null;
	/** Place in the primary key, from 1; 0 outside it. */
	readonly key: number;
	readonly isComputed: boolean;
}

interface Reference {
	readonly columns: readonly string[];
	readonly table: string;
	readonly onDelete: string;
}

interface Table {
	readonly name: string;
	readonly columns: readonly Column[];
	readonly references: readonly Reference[];
	readonly uniques: readonly (readonly string[])[];
	readonly indexes: readonly string[];
	/** The text between the parentheses of CREATE TABLE, without comments. */
	readonly definition: string;
	readonly isWithoutRowid: boolean;
}

export const documentPath = join(import.meta.dirname, '../docs/schema.md');

/** Throws when a table has no sentence that says what it is for, or a sentence has no table. */
export async function schemaDocument(): Promise<string> {
	const index = await tablesOf(indexMigrations);
	const ledger = await tablesOf(ledgerMigrations);
	return `${[
		preface,
		`## \`index-<key>.sqlite\`, version ${indexMigrations.length}`,
		...fileSections(index, indexTables),
		sessionSources,
		`## \`ledger.sqlite\`, version ${ledgerMigrations.length}`,
		...fileSections(ledger, ledgerTables),
	].join('\n\n')}\n`;
}

function fileSections(tables: readonly Table[], purposes: Readonly<Record<string, string>>): string[] {
	const unknown = Object.keys(purposes).filter(name => !tables.some(table => table.name === name));
	if (unknown.length > 0) throw new Error(`There are no tables ${unknown.join(', ')}`);
	return [
		diagram(tables),
		...tables.map(table => {
			const purpose = purposes[table.name];
			if (purpose === undefined) throw new Error(`scripts/schemaNotes.ts does not say what ${table.name} is for`);
			return tableSection(table, purpose);
		}),
	];
}

/** Keys only: with all columns the picture could not be read. */
function diagram(tables: readonly Table[]): string {
	const lines = ['```mermaid', 'erDiagram'];
	for (const table of tables) {
		lines.push(`    ${table.name} {`);
		for (const column of table.columns) {
			const marks = [
				...(column.key > 0 ? ['PK'] : []),
				...(table.references.some(({ columns }) => columns.includes(column.name)) ? ['FK'] : []),
				...(table.uniques.some(columns => columns.includes(column.name)) ? ['UK'] : []),
			];
			if (marks.length > 0) lines.push(`        ${column.type} ${column.name} ${marks.join(', ')}`);
		}
		lines.push('    }');
	}
	for (const table of tables) {
		for (const { columns, table: parent, onDelete } of table.references) {
			const isRequired = columns.every(name => table.columns.some(column => column.name === name && (column.isRequired || column.key > 0)));
			const isSingle = [keyOf(table), ...table.uniques].some(unique => unique.join() === columns.join());
			lines.push(`    ${parent} ${isRequired ? '||' : '|o'}--${isSingle ? 'o|' : 'o{'} ${table.name} : "${onDelete.toLowerCase()}"`);
		}
	}
	return [...lines, '```'].join('\n');
}

function tableSection(table: Table, purpose: string): string {
	const rows = table.columns.map(column => {
		const rule = ruleOf(table.definition, column.name);
		const reference = table.references.find(({ columns }) => columns.length === 1 && columns[0] === column.name);
		const remarks = [
			columnNotes[`${table.name}.${column.name}`],
			reference === undefined ? undefined : `→ \`${reference.table}\`, on delete ${reference.onDelete.toLowerCase()}`,
			column.isComputed ? 'computed, takes no room' : undefined,
			rule === null ? undefined : `\`${rule}\``,
		].filter(remark => remark !== undefined);
		const type = `${column.type}${column.isRequired || column.key > 0 || column.isComputed ? '' : '?'}`;
		const fallback = column.fallback === null ? '' : `\`${column.fallback}\``;
		return `| ${column.key > 0 ? '**' : ''}\`${column.name}\`${column.key > 0 ? '**' : ''} | ${type} | ${fallback} | ${remarks.join('; ').replaceAll('|', '\\|')} |`;
	});
	const rules = [
		`Key: ${keyOf(table)
			.map(name => `\`${name}\``)
			.join(', ')}${table.isWithoutRowid ? ', without a rowid' : ''}.`,
		...table.uniques.map(columns => `Unique: ${columns.map(name => `\`${name}\``).join(', ')}.`),
		...table.references
			.filter(({ columns }) => columns.length > 1)
			.map(
				({ columns, table: parent, onDelete }) =>
					`(${columns.map(name => `\`${name}\``).join(', ')}) → \`${parent}\`, on delete ${onDelete.toLowerCase()}.`,
			),
		...table.definition
			.split('\n')
			.map(line => line.trim().replace(/,$/, ''))
			.filter(line => line.startsWith('CHECK'))
			.map(line => `\`${line}\``),
	];
	const indexes = table.indexes.length === 0 ? [] : [`Indexes: ${table.indexes.map(index => `\`${index}\``).join(' · ')}`];
	return [
		`### \`${table.name}\``,
		purpose,
		['| column | type | default | |', '|---|---|---|---|', ...rows].join('\n'),
		rules.join(' '),
		...indexes,
	].join('\n\n');
}

/** The condition of a column's own CHECK, in one line. */
function ruleOf(definition: string, column: string): string | null {
	const start = new RegExp(`^\\t${column} [A-Z]`, 'm').exec(definition)?.index;
	if (start === undefined) return null;
	const rest = definition.slice(start);
	const next = /,\n\t[a-zA-Z]/.exec(rest)?.index ?? rest.length;
	const own = rest.slice(0, next);
	const check = own.indexOf('CHECK (');
	if (check < 0) return null;
	let depth = 0;
	for (let at = check + 6; at < own.length; at++) {
		if (own[at] === '(') depth++;
		if (own[at] === ')' && --depth === 0) return own.slice(check + 7, at).replace(/\s+/g, ' ');
	}
	throw new Error(`The CHECK of ${column} does not end`);
}

const keyOf = (table: Table): string[] =>
	table.columns
		.filter(({ key }) => key > 0)
		.sort((a, b) => a.key - b.key)
		.map(({ name }) => name);

async function tablesOf(migrations: readonly Migration[]): Promise<Table[]> {
	const db = await Sqlite.open(null);
	migrate(db, migrations);
	const tables = db
		.prepare<{ name: string; sql: string; wr: number }>(
			"SELECT s.name, s.sql, t.wr FROM sqlite_schema s JOIN pragma_table_list t ON t.name = s.name WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.rowid",
		)
		.all()
		.map(({ name, sql, wr }): Table => {
			const indexes = db
				.prepare<{ name: string; unique: number; origin: string; sql: string | null }>(
					'SELECT l.name, l."unique", l.origin, s.sql FROM pragma_index_list(?) l LEFT JOIN sqlite_schema s ON s.name = l.name ORDER BY l.name',
				)
				.all(name);
			const indexed = (index: string): string[] =>
				db
					.prepare<{ name: string }>('SELECT name FROM pragma_index_info(?) ORDER BY seqno')
					.all(index)
					.map(column => column.name);
			return {
				name,
				columns: db
					.prepare<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number; hidden: number }>(
						'SELECT * FROM pragma_table_xinfo(?)',
					)
					.all(name)
					.map(column => ({
						name: column.name,
						type: column.type.replace(' GENERATED ALWAYS', ''),
						isRequired: column.notnull === 1,
						fallback: column.dflt_value,
						key: column.pk,
						isComputed: column.hidden === 2,
					})),
				references: referencesOf(db, name),
				uniques: indexes.filter(({ origin }) => origin === 'u').map(index => indexed(index.name)),
				indexes: indexes.flatMap(index =>
					index.sql === null ? [] : [index.sql.replace(/^CREATE (?:UNIQUE )?INDEX (\w+) ON \w+ /, '$1 ')],
				),
				definition: sql.slice(sql.indexOf('(') + 1, sql.lastIndexOf(')')).replace(/^\s*--.*\n/gm, ''),
				isWithoutRowid: wr === 1,
			};
		});
	db.close();
	return tables;
}

function referencesOf(db: Sqlite, table: string): Reference[] {
	const rows = db
		.prepare<{ id: number; table: string; from: string; on_delete: string }>('SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq')
		.all(table);
	return [...Map.groupBy(rows, ({ id }) => id).values()].map(group => ({
		columns: group.map(({ from }) => from),
		table: group[0]?.table ?? '',
		onDelete: group[0]?.on_delete ?? '',
	}));
}

if (import.meta.main) writeFileSync(documentPath, await schemaDocument());
