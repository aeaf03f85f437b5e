/** Writes what was read of the transcripts. Every method belongs inside a transaction of the caller. */
import type { Sqlite, SqlValue, Statement } from '../sqlite.ts';
import {
	activityColumns,
	type FileRows,
	hookColumns,
	messageColumns,
	modelInMessage,
	modelInResponse,
	passedColumns,
	pathInToolCall,
	permissionColumns,
	responseColumns,
	summaryColumns,
	toolCallColumns,
	toolResultColumns,
} from './rows.ts';

/** Rows of one statement: what SQLite sets up for each run (constraints, a way back) is paid for once. */
const rowsAtOnce = 40;

const insert = (table: string, columns: readonly string[], rows: number, before = '', after = ''): string => {
	const row = `(${columns.map(() => '?').join(', ')})`;
	return `INSERT ${before} INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')} ${after}`;
};

/**
 * A response of which more records came keeps the better figures (MODEL-6): a record's before a progress message's, then
 * those with the larger output, then with the larger sum; its time is the earliest.
 */
const total = (row: string): string =>
	['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h'].map(kind => `${row}.${kind}_tokens`).join(' + ');
const isBetter = `(excluded.source = 'record', excluded.output_tokens, ${total('excluded')})
	> (responses.source = 'record', responses.output_tokens, ${total('responses')})`;
const mergeResponse = `ON CONFLICT DO UPDATE SET
	first_ms = coalesce(min(first_ms, excluded.first_ms), first_ms, excluded.first_ms),
	${responseColumns
		.filter(column => !['response_key', 'file_id', 'first_ms'].includes(column))
		.map(column => `${column} = iif(${isBetter}, excluded.${column}, responses.${column})`)
		.join(', ')}`;

/** The tables with rows of one file, children first: foreign keys may be off while a large history is read. */
const ownedByFile = [
	'permission_decisions',
	'tool_calls',
	'messages',
	'passed_links',
	'responses',
	'summaries',
	'hook_executions',
	'file_activity',
] as const;

export class IndexWriter {
	readonly #db: Sqlite;
	readonly #models: Dictionary;
	readonly #paths: Dictionary;
	readonly #messages: BulkInsert;
	readonly #toolCalls: BulkInsert;
	readonly #toolResults: Statement<object>;
	readonly #responses: BulkInsert;
	readonly #hooks: BulkInsert;
	readonly #permissions: BulkInsert;
	readonly #passed: BulkInsert;
	readonly #summaries: BulkInsert;
	readonly #activity: BulkInsert;

	constructor(db: Sqlite) {
		this.#db = db;
		this.#models = new Dictionary(db, 'models', 'name');
		this.#paths = new Dictionary(db, 'paths', 'path');
		this.#messages = new BulkInsert(db, 'messages', messageColumns);
		this.#toolCalls = new BulkInsert(db, 'tool_calls', toolCallColumns);
		this.#toolResults = db.prepare(`UPDATE tool_calls SET status = ?, result_offset = ?, result_length = ?, duration_ms = ?, error_text = ?,
			lines_added = ?, lines_removed = ?, agent_id = ? WHERE file_id = ? AND byte_offset = ? AND block = ?`);
		this.#responses = new BulkInsert(db, 'responses', responseColumns, '', mergeResponse);
		this.#hooks = new BulkInsert(db, 'hook_executions', hookColumns);
		this.#permissions = new BulkInsert(db, 'permission_decisions', permissionColumns, 'OR REPLACE');
		this.#passed = new BulkInsert(db, 'passed_links', passedColumns, 'OR IGNORE');
		this.#summaries = new BulkInsert(db, 'summaries', summaryColumns);
		this.#activity = new BulkInsert(
			db,
			'file_activity',
			activityColumns,
			'',
			`ON CONFLICT DO UPDATE SET prompts = prompts + excluded.prompts, tool_calls = tool_calls + excluded.tool_calls,
			active_ms = active_ms + excluded.active_ms`,
		);
	}

	/** Forgets every row of a file that is read again from its start. */
	clear(fileId: number): void {
		for (const table of ownedByFile) this.#db.prepare(`DELETE FROM ${table} WHERE file_id = ?`).run(fileId);
	}

	/** Adds what a reading of a file found; the rows carry the file's id. The arrays are used up. */
	append(rows: FileRows): void {
		const models = rows.models.map(name => this.#models.idOf(name));
		const paths = rows.paths.map(path => this.#paths.idOf(path));
		replaceIndexes(rows.messages, messageColumns.length, modelInMessage, models);
		replaceIndexes(rows.responses, responseColumns.length, modelInResponse, models);
		replaceIndexes(rows.toolCalls, toolCallColumns.length, pathInToolCall, paths);
		this.#messages.run(rows.messages);
		this.#toolCalls.run(rows.toolCalls);
		for (let at = 0; at < rows.toolResults.length; at += toolResultColumns.length) {
			this.#toolResults.runFrom(rows.toolResults, at, toolResultColumns.length);
		}
		this.#responses.run(rows.responses);
		this.#hooks.run(rows.hooks);
		this.#permissions.run(rows.permissions);
		this.#passed.run(rows.passed);
		this.#summaries.run(rows.summaries);
		this.#activity.run(rows.activity);
	}

	/** The dictionaries are cached; a rolled-back transaction takes their new rows with it. */
	forgetCaches(): void {
		this.#models.clear();
		this.#paths.clear();
	}
}

/** Ids of texts that stand once in a table of their own. */
class Dictionary {
	readonly #ids = new Map<string, number>();
	readonly #find: Statement<{ id: number }>;
	readonly #add: Statement<{ id: number }>;

	constructor(db: Sqlite, table: string, column: string) {
		this.#find = db.prepare(`SELECT id FROM ${table} WHERE ${column} = ?`);
		this.#add = db.prepare(`INSERT INTO ${table} (${column}) VALUES (?) RETURNING id`);
	}

	idOf(text: string): number {
		const known = this.#ids.get(text);
		if (known !== undefined) return known;
		const row = this.#find.get(text) ?? this.#add.get(text);
		if (row === undefined) throw new Error('a text that was just added has no id');
		// Histories name up to a few hundred thousand files: the cache is emptied before it weighs more than it saves.
		if (this.#ids.size > 20_000) this.#ids.clear();
		this.#ids.set(text, row.id);
		return row.id;
	}

	clear(): void {
		this.#ids.clear();
	}
}

function replaceIndexes(values: SqlValue[], width: number, column: number, ids: readonly number[]): void {
	for (let at = column; at < values.length; at += width) {
		const index = values[at];
		if (typeof index === 'number') values[at] = ids[index] ?? null;
	}
}

class BulkInsert {
	readonly #width: number;
	readonly #one: Statement<object>;
	readonly #many: Statement<object>;

	constructor(db: Sqlite, table: string, columns: readonly string[], before = '', after = '') {
		this.#width = columns.length;
		this.#one = db.prepare(insert(table, columns, 1, before, after));
		this.#many = db.prepare(insert(table, columns, rowsAtOnce, before, after));
	}

	/** Inserts flat rows in column order. */
	run(values: readonly SqlValue[]): void {
		const block = this.#width * rowsAtOnce;
		let at = 0;
		for (; at + block <= values.length; at += block) this.#many.runFrom(values, at, block);
		for (; at < values.length; at += this.#width) this.#one.runFrom(values, at, this.#width);
	}
}
