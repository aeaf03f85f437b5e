/** Writes what was read of the transcripts. Every method belongs inside a transaction of the caller. */
import type { Sqlite, Statement } from '../sqlite.ts';
import {
	copiedResponseColumns,
	modelInCopiedResponse,
	modelInMessage,
	modelInResponse,
	modelInUsageLine,
	messageColumns,
	responseColumns,
	responseFlags,
	type RowBatch,
	type RowPart,
	rowParts,
	usageLineColumns,
} from './rows.ts';

/** Rows of one statement: what SQLite sets up for each run (constraints, a way back) is paid for once. */
const rowsAtOnce = 40;

const insert = ({ table, columns }: RowPart, rows: number, before = '', after = ''): string => {
	const row = `(${columns.map(() => '?').join(', ')})`;
	return `INSERT ${before} INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')} ${after}`;
};

/**
 * A response of which more records came keeps the better figures (MODEL-6): a record's before a progress message's, then
 * those with the larger output, then with the larger sum; its time is the earliest.
 */
const total = (row: string): string =>
	['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h'].map(kind => `${row}.${kind}_tokens`).join(' + ');
const isNoProgress = (row: string): string => `${row}.flags & ${responseFlags.isProgress} = 0`;
const isBetter = `(${isNoProgress('excluded')}, excluded.output_tokens, ${total('excluded')})
	> (${isNoProgress('responses')}, responses.output_tokens, ${total('responses')})`;
const mergeResponse = `ON CONFLICT DO UPDATE SET
	first_ms = coalesce(min(first_ms, excluded.first_ms), first_ms, excluded.first_ms),
	flags = iif(${isBetter}, excluded.flags | (responses.flags & ${responseFlags.isUncounted}), responses.flags),
	${responseColumns
		.filter(column => !['response_key', 'file_id', 'first_ms', 'flags'].includes(column))
		.map(column => `${column} = iif(${isBetter}, excluded.${column}, responses.${column})`)
		.join(', ')}`;

/** Of a copied response the first of its better figures stay, as of others. */
const mergeCopied = `ON CONFLICT DO UPDATE SET first_ms = coalesce(min(first_ms, excluded.first_ms), first_ms, excluded.first_ms),
	${copiedResponseColumns
		.filter(column => !['file_id', 'response_key', 'first_ms'].includes(column))
		.map(
			column => `${column} = iif(excluded.output_tokens > copied_responses.output_tokens, excluded.${column}, copied_responses.${column})`,
		)
		.join(', ')}`;
const addLines = `ON CONFLICT DO UPDATE SET ${usageLineColumns
	.slice(3)
	.map(column => `${column} = ${column} + excluded.${column}`)
	.join(', ')}`;

/** The tables with rows of one file, children first: foreign keys may be off while a large history is read. */
export const ownedByFile = [
	'permission_decisions',
	'tool_calls',
	'messages',
	'passed_links',
	'responses',
	'copied_responses',
	'usage_lines',
	'summaries',
	'hook_executions',
	'file_activity',
] as const;

export class IndexWriter {
	readonly #db: Sqlite;
	readonly #models: Dictionary;
	readonly #paths: BulkInsert;
	readonly #messages: BulkInsert;
	readonly #toolCalls: BulkInsert;
	readonly #toolResults: RowStatement;
	readonly #responses: BulkInsert;
	readonly #copiedResponses: BulkInsert;
	readonly #usageLines: BulkInsert;
	readonly #hooks: BulkInsert;
	readonly #permissions: BulkInsert;
	readonly #passed: BulkInsert;
	readonly #summaries: BulkInsert;
	readonly #activity: BulkInsert;
	readonly #cleared = new Map<number, number>();

	constructor(db: Sqlite) {
		this.#db = db;
		this.#models = new Dictionary(db);
		this.#paths = new BulkInsert(db, rowParts.paths, 'OR IGNORE');
		this.#messages = new BulkInsert(db, rowParts.messages);
		this.#toolCalls = new BulkInsert(db, rowParts.toolCalls);
		this.#toolResults = new RowStatement(
			db.prepare(`UPDATE tool_calls SET flags = (flags & ~7) | ?, result_distance = ?, result_length = ?, duration_ms = ?, error_text = ?,
				lines_added = ?, lines_removed = ?, agent_id = ? WHERE file_id = ? AND byte_offset = ? AND block = ?`),
			rowParts.toolResults,
			1,
		);
		this.#responses = new BulkInsert(db, rowParts.responses, '', mergeResponse);
		this.#copiedResponses = new BulkInsert(db, rowParts.copiedResponses, '', mergeCopied);
		this.#usageLines = new BulkInsert(db, rowParts.usageLines, '', addLines);
		this.#hooks = new BulkInsert(db, rowParts.hooks);
		this.#permissions = new BulkInsert(db, rowParts.permissions, 'OR REPLACE');
		this.#passed = new BulkInsert(db, rowParts.passed, 'OR IGNORE');
		this.#summaries = new BulkInsert(db, rowParts.summaries);
		this.#activity = new BulkInsert(
			db,
			rowParts.activity,
			'',
			`ON CONFLICT DO UPDATE SET prompts = prompts + excluded.prompts, tool_calls = tool_calls + excluded.tool_calls,
			active_ms = active_ms + excluded.active_ms`,
		);
	}

	/** Forgets every row of a file that is read again from its start. */
	clear(fileId: number): void {
		for (const table of ownedByFile) this.#db.prepare(`DELETE FROM ${table} WHERE file_id = ?`).run(fileId);
		this.#cleared.set(fileId, this.timesCleared(fileId) + 1);
	}

	/** While it is the same, rows of the file's messages were only added: whoever keeps them may read on where they ended. */
	timesCleared(fileId: number): number {
		return this.#cleared.get(fileId) ?? 0;
	}

	/** Adds what readings of files found; the rows carry the files' ids. The batch is used up. */
	append(batch: RowBatch): void {
		const { texts } = batch;
		const models = batch.models.map(name => this.#models.idOf(name));
		replaceIndexes(batch.messages, messageColumns.length, modelInMessage, models);
		replaceIndexes(batch.responses, responseColumns.length, modelInResponse, models);
		replaceIndexes(batch.copiedResponses, copiedResponseColumns.length, modelInCopiedResponse, models);
		replaceIndexes(batch.usageLines, usageLineColumns.length, modelInUsageLine, models);
		this.#paths.run(batch.paths, texts);
		this.#messages.run(batch.messages, texts);
		this.#toolCalls.run(batch.toolCalls, texts);
		this.#toolResults.runAll(batch.toolResults, 0, texts);
		this.#responses.run(batch.responses, texts);
		this.#copiedResponses.run(batch.copiedResponses, texts);
		this.#usageLines.run(batch.usageLines, texts);
		this.#hooks.run(batch.hooks, texts);
		this.#permissions.run(batch.permissions, texts);
		this.#passed.run(batch.passed, texts);
		this.#summaries.run(batch.summaries, texts);
		this.#activity.run(batch.activity, texts);
	}

	/** Ids of models are cached; a rolled-back transaction takes its new rows with it. */
	forgetCaches(): void {
		this.#models.clear();
	}
}

/** Ids of the models' names. */
class Dictionary {
	readonly #ids = new Map<string, number>();
	readonly #find: Statement<{ id: number }>;
	readonly #add: Statement<{ id: number }>;

	constructor(db: Sqlite) {
		this.#find = db.prepare('SELECT id FROM models WHERE name = ?');
		this.#add = db.prepare('INSERT INTO models (name) VALUES (?) RETURNING id');
	}

	idOf(name: string): number {
		const known = this.#ids.get(name);
		if (known !== undefined) return known;
		const row = this.#find.get(name) ?? this.#add.get(name);
		if (row === undefined) throw new Error('a model that was just added has no id');
		this.#ids.set(name, row.id);
		return row.id;
	}

	clear(): void {
		this.#ids.clear();
	}
}

function replaceIndexes(values: Float64Array, width: number, column: number, ids: readonly number[]): void {
	for (let at = column; at < values.length; at += width) {
		const index = values[at] ?? Number.NaN;
		if (!Number.isNaN(index)) values[at] = ids[index] ?? Number.NaN;
	}
}

/** A statement that takes so many rows of a part at once. */
class RowStatement {
	readonly #statement: Statement<object>;
	readonly #width: number;
	readonly #isText: readonly boolean[];

	constructor(statement: Statement<object>, { columns, texts }: RowPart, rows: number) {
		this.#statement = statement;
		this.#width = columns.length * rows;
		this.#isText = Array.from({ length: this.#width }, (_, i) => texts.includes(columns[i % columns.length] ?? ''));
	}

	/** Runs as often as whole sets of rows are left; answers where the rest begins. */
	runAll(values: Float64Array, from: number, texts: readonly string[]): number {
		let at = from;
		for (; at + this.#width <= values.length; at += this.#width) this.#statement.runNumbers(values, at, this.#isText, texts);
		return at;
	}
}

class BulkInsert {
	readonly #one: RowStatement;
	readonly #many: RowStatement;

	constructor(db: Sqlite, part: RowPart, before = '', after = '') {
		this.#one = new RowStatement(db.prepare(insert(part, 1, before, after)), part, 1);
		this.#many = new RowStatement(db.prepare(insert(part, rowsAtOnce, before, after)), part, rowsAtOnce);
	}

	run(values: Float64Array, texts: readonly string[]): void {
		this.#one.runAll(values, this.#many.runAll(values, 0, texts), texts);
	}
}
