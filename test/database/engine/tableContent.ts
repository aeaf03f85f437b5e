/**
 * What an index holds, for comparing two of them: every row of every table as text. Row ids are replaced by what they
 * stand for, since they are given in the order of indexing; moments of indexing become whether there was one.
 */
import type { Sqlite, SqlValue } from '../../../src/extension/store/sqlite.ts';

type Row = Record<string, SqlValue>;

/** Column names that hold an id, and the table and column of what it stands for. */
const references: Readonly<Record<string, readonly [table: string, name: string]>> = {
	file_id: ['session_files', 'path'],
	usage_from: ['session_files', 'path'],
	session_rowid: ['sessions', 'session_id'],
	model_id: ['models', 'name'],
	path_id: ['paths', 'path'],
	project_id: ['projects', 'path'],
};
const moments = new Set(['updated_at', 'gone_at']);
/** Names that no row uses any more stay in these, which is no harm. */
const dictionaries = new Set(['models', 'paths', 'projects', 'meta']);

export function contentOf(db: Sqlite): string[] {
	const tables = db.prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
	const names = new Map<string, Map<SqlValue, SqlValue>>();
	for (const [table, column] of new Set(Object.values(references))) {
		names.set(
			table,
			new Map(
				db
					.prepare<Row>(`SELECT id, ${column} AS name FROM ${table}`)
					.all()
					.map(row => [row['id'] ?? null, row['name'] ?? null]),
			),
		);
	}
	const lines: string[] = [];
	for (const { name: table } of tables) {
		if (dictionaries.has(table)) continue;
		for (const row of db.prepare<Row>(`SELECT * FROM ${table}`).all()) {
			const shown = Object.entries(row)
				.filter(([column]) => column !== 'id')
				.map(([column, value]) => [column, valueOf(column, value, names)]);
			lines.push(`${table} ${JSON.stringify(Object.fromEntries(shown))}`);
		}
	}
	return lines.sort();
}

function valueOf(column: string, value: SqlValue, names: ReadonlyMap<string, ReadonlyMap<SqlValue, SqlValue>>): SqlValue {
	if (moments.has(column)) return value === null ? null : 'then';
	const reference = references[column];
	return reference === undefined || value === null ? value : (names.get(reference[0])?.get(value) ?? `dangling ${String(value)}`);
}
