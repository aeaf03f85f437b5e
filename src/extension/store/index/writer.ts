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

const insert = (table: string, columns: readonly string[], conflict = ''): string =>
	`INSERT ${conflict} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;

/** The file-owned tables; `tool_calls` and `permission_decisions` go with their messages. */
const ownedByFile = ['messages', 'passed_links', 'responses', 'summaries', 'hook_executions', 'file_activity'] as const;

export class IndexWriter {
	readonly #db: Sqlite;
	readonly #models: Dictionary;
	readonly #paths: Dictionary;
	readonly #messages: Statement<object>;
	readonly #toolCalls: Statement<object>;
	readonly #toolResults: Statement<object>;
	readonly #responses: Statement<object>;
	readonly #hooks: Statement<object>;
	readonly #permissions: Statement<object>;
	readonly #passed: Statement<object>;
	readonly #summaries: Statement<object>;
	readonly #activity: Statement<object>;

	constructor(db: Sqlite) {
		this.#db = db;
		this.#models = new Dictionary(db, 'models', 'name');
		this.#paths = new Dictionary(db, 'paths', 'path');
		this.#messages = db.prepare(insert('messages', messageColumns));
		this.#toolCalls = db.prepare(insert('tool_calls', toolCallColumns));
		this.#toolResults = db.prepare(`UPDATE tool_calls SET status = ?, result_offset = ?, result_length = ?, duration_ms = ?, error_text = ?,
			lines_added = ?, lines_removed = ?, agent_id = ? WHERE file_id = ? AND byte_offset = ? AND block = ?`);
		this.#responses = db.prepare(insert('responses', responseColumns, 'OR REPLACE'));
		this.#hooks = db.prepare(insert('hook_executions', hookColumns));
		this.#permissions = db.prepare(insert('permission_decisions', permissionColumns, 'OR REPLACE'));
		this.#passed = db.prepare(insert('passed_links', passedColumns, 'OR IGNORE'));
		this.#summaries = db.prepare(insert('summaries', summaryColumns));
		this.#activity = db.prepare(`${insert('file_activity', activityColumns)} ON CONFLICT DO UPDATE SET
			prompts = prompts + excluded.prompts, tool_calls = tool_calls + excluded.tool_calls, active_ms = active_ms + excluded.active_ms`);
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
		runAll(this.#messages, rows.messages, messageColumns.length);
		runAll(this.#toolCalls, rows.toolCalls, toolCallColumns.length);
		runAll(this.#toolResults, rows.toolResults, toolResultColumns.length);
		runAll(this.#responses, rows.responses, responseColumns.length);
		runAll(this.#hooks, rows.hooks, hookColumns.length);
		runAll(this.#permissions, rows.permissions, permissionColumns.length);
		runAll(this.#passed, rows.passed, passedColumns.length);
		runAll(this.#summaries, rows.summaries, summaryColumns.length);
		runAll(this.#activity, rows.activity, activityColumns.length);
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

function runAll(statement: Statement<object>, values: readonly SqlValue[], width: number): void {
	for (let at = 0; at < values.length; at += width) statement.runFrom(values, at, width);
}
