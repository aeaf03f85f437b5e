/** How much there is of what, in either file: counts and sizes, for a bug report. */
import type { LedgerReader } from './ledger/transaction.ts';
import type { Sqlite } from './sqlite.ts';

/** Rows by table, whatever tables there are. */
export function rowCounts(reader: LedgerReader): Record<string, number> {
	const tables = reader
		.prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
		.all()
		// What is no name of ours is not put into SQL either.
		.filter(({ name }) => /^[a-z][a-z0-9_]{0,60}$/.test(name));
	return Object.fromEntries(
		tables.map(({ name }) => [name, reader.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${name}`).get()?.n ?? 0]),
	);
}

export function schemaVersion(reader: LedgerReader): number {
	return reader.prepare<{ v: number }>('SELECT user_version AS v FROM pragma_user_version').get()?.v ?? 0;
}

export function sqliteVersion(reader: LedgerReader): string {
	return reader.prepare<{ v: string }>('SELECT sqlite_version() AS v').get()?.v ?? '';
}

export interface FileCount {
	readonly kind: string;
	readonly files: number;
	readonly gone: number;
	/** Of those on disk. */
	readonly bytes: number;
	readonly bytesRead: number;
}

export function fileCounts(db: Sqlite): FileCount[] {
	return db
		.prepare<FileCount & Record<string, string | number>>(
			`SELECT kind, count(*) AS files, count(gone_at) AS gone, total(max(size, 0)) FILTER (WHERE gone_at IS NULL) AS bytes,
				total(read_offset) FILTER (WHERE gone_at IS NULL) AS bytesRead
			FROM session_files GROUP BY kind ORDER BY kind`,
		)
		.all();
}

/** By what matters when a list or a figure looks wrong. */
export function sessionCounts(db: Sqlite): Readonly<Record<string, number>> {
	return (
		db
			.prepare<Record<string, number>>(
				`SELECT count(*) AS "all", count(*) FILTER (WHERE is_stub = 1) AS stubs, count(gone_at) AS gone,
					count(*) FILTER (WHERE mode = 'forked') AS forked, count(*) FILTER (WHERE mode = 'background') AS background,
					count(parent_session_id) AS withParent, count(*) FILTER (WHERE project_id IS NULL) AS withoutProject,
					count(*) FILTER (WHERE started_at IS NULL) AS withoutTime, count(category_l1) AS withCategory,
					count(*) FILTER (WHERE unpriced_tokens > 0) AS withUnpricedModels, count(*) FILTER (WHERE malformed_lines > 0) AS withMalformedLines,
					total(messages) AS messages, total(tool_calls) AS toolCalls, total(subagents) AS subagents, total(compactions) AS compactions
				FROM sessions`,
			)
			.get() ?? {}
	);
}
