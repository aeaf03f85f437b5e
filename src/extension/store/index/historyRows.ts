/**
 * Every session with its sums by quarter of an hour, as rows: what the insights keep in memory, so that a filter is a pass over
 * numbers and no query. All of them, or only those of sessions that changed.
 */
import type { Sqlite } from '../sqlite.ts';
import { isStale } from './sessionFacts.ts';
import { noTimeMs, type UsagePart } from './usage.ts';

export interface HistorySessionRow {
	readonly id: number;
	readonly session_id: string;
	readonly title: string | null;
	readonly project_id: number | null;
	readonly git_branch: string | null;
	readonly mode: 'interactive' | 'background' | 'forked';
	readonly started_at: string | null;
	readonly ended_at: string | null;
	readonly is_stub: number;
	readonly category_l1: string | null;
	readonly category_l2: string | null;
	readonly category_l3: string | null;
	readonly category_source: string | null;
	/** It has grown since a model sorted it. */
	readonly is_stale: number;
	/** JSON array, most used first. */
	readonly models: string | null;
	/** JSON objects, name to count. */
	readonly slash_commands: string | null;
	readonly skills: string | null;
	readonly mcp_servers: string | null;
	readonly active_ms: number;
	readonly user_prompts: number;
	readonly responses: number;
	readonly tool_calls: number;
	readonly subagents: number;
	readonly interruptions: number;
	readonly api_errors: number;
	readonly cost_usd: number | null;
	readonly prompt_word_count: number | null;
	readonly correction_count: number;
	readonly same_file_edit_count: number;
	readonly files_edited: number;
	readonly files_touched: number;
	readonly file_reads: number;
	readonly file_edits: number;
	readonly edit_turns: number;
	readonly retried_edit_turns: number;
	readonly test_runs: number;
	readonly used_plan_mode: number;
	readonly total_retries: number;
	readonly malformed_lines: number;
}

/** What a session used of a model in a quarter of an hour, at one rate; `quarter` is 0 where no time is known. */
export interface HistoryUsageRow {
	readonly session: number;
	readonly quarter: number;
	readonly model: string;
	readonly isFast: number;
	readonly isLong: number;
	readonly part: UsagePart;
	readonly responses: number;
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly webSearches: number;
	readonly costUsd: number | null;
}

export interface HistoryActivityRow {
	readonly session: number;
	readonly quarter: number;
	readonly prompts: number;
	readonly toolCalls: number;
	readonly activeMs: number;
}

/** Tokens as other programs may count them; cache writes are not told apart. */
export interface HistoryCountRow {
	readonly session: number;
	readonly quarter: number;
	readonly model: string;
	readonly count: number;
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const repeated = ['git_branch', 'category_l1', 'category_l2', 'category_l3', 'models'] as const;

type Columns<Row> = Readonly<Record<keyof Row & string, string>>;

const own = (names: string): Record<string, string> => Object.fromEntries(names.split(' ').map(name => [name, `s.${name}`]));

const sessionColumns = {
	...own(
		'id session_id title project_id git_branch mode started_at ended_at is_stub category_l1 category_l2 category_l3 category_source models',
	),
	...own('slash_commands skills mcp_servers active_ms user_prompts responses tool_calls subagents interruptions api_errors cost_usd'),
	...own('prompt_word_count correction_count same_file_edit_count files_edited files_touched file_reads file_edits edit_turns'),
	...own('retried_edit_turns test_runs used_plan_mode total_retries malformed_lines'),
	is_stale: isStale,
} as Columns<HistorySessionRow>;

const usageColumns: Columns<HistoryUsageRow> = {
	session: 'u.session_rowid',
	quarter: 'u.quarter_ms',
	model: 'u.model_id',
	isFast: 'u.is_fast',
	isLong: 'u.is_long',
	part: 'u.part',
	responses: 'u.responses',
	input: 'u.input_tokens',
	output: 'u.output_tokens',
	cacheRead: 'u.cache_read_tokens',
	cacheWrite5m: 'u.cache_write_5m_tokens',
	cacheWrite1h: 'u.cache_write_1h_tokens',
	webSearches: 'u.web_searches',
	costUsd: 'u.cost_usd',
};

const activityColumns: Columns<HistoryActivityRow> = {
	session: 'f.session_rowid',
	quarter: 'a.quarter_ms',
	prompts: 'a.prompts',
	toolCalls: 'a.tool_calls',
	activeMs: 'a.active_ms',
};

const lineColumns: Columns<HistoryCountRow> = {
	session: 'f.session_rowid',
	quarter: 'l.quarter_ms',
	model: 'l.model_id',
	count: 'l.lines',
	input: 'l.input_tokens',
	output: 'l.output_tokens',
	cacheRead: 'l.cache_read_tokens',
	cacheWrite: 'l.cache_write_tokens',
};

const quarterOf = (column: string): string => `coalesce(${column} / 900000 * 900000, ${noTimeMs})`;
const beyond = (column: string): string => `r.${column} - coalesce(b.${column}, 0)`;

/** Of an answer whose larger figures stand in another file, the difference, which is negative; of one that counts elsewhere, all. */
const elsewhereColumns: Columns<HistoryCountRow> = {
	session: 'f.session_rowid',
	quarter: quarterOf('r.first_ms'),
	model: 'r.model_id',
	count: '1 - r.is_counted',
	input: beyond('input_tokens'),
	output: beyond('output_tokens'),
	cacheRead: beyond('cache_read_tokens'),
	cacheWrite: `${beyond('cache_write_5m_tokens')} + ${beyond('cache_write_1h_tokens')}`,
};

const copiedColumns: Columns<HistoryCountRow> = {
	session: 'f.session_rowid',
	quarter: quarterOf('c.first_ms'),
	model: 'c.model_id',
	count: '1',
	input: 'c.input_tokens',
	output: 'c.output_tokens',
	cacheRead: 'c.cache_read_tokens',
	cacheWrite: 'c.cache_write_tokens',
};

/** Sessions named by ?1, or all. Written out for both: a look at a list for every row takes longer than all else. */
const named = (rowIds: readonly number[] | null, column: string): string =>
	rowIds === null ? '?1 IS NULL' : `${column} IN (SELECT value FROM json_each(?1))`;

export class HistoryRows {
	readonly #db: Sqlite;

	/** Names that many sessions share: as one text each, they are told apart without a look at their letters. */
	readonly #names = new Map<string, string>();

	constructor(db: Sqlite) {
		this.#db = db;
	}

	sessions(rowIds: readonly number[] | null): HistorySessionRow[] {
		const rows = this.#read<Mutable<HistorySessionRow>>(sessionColumns, `sessions s WHERE ${named(rowIds, 's.id')}`, rowIds);
		for (const row of rows) for (const name of repeated) row[name] = this.#one(row[name]);
		return rows;
	}

	/** Of all sessions. */
	rowIds(): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT id FROM sessions ORDER BY id')
			.all()
			.map(({ id }) => id);
	}

	rowIdsOf(sessionIds: readonly string[]): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT s.id FROM json_each(?) j JOIN sessions s ON s.session_id = j.value')
			.all(JSON.stringify(sessionIds))
			.map(({ id }) => id);
	}

	projects(): { id: number; path: string; name: string }[] {
		return this.#db.prepare<{ id: number; path: string; name: string }>('SELECT id, path, name FROM projects').all();
	}

	usage(rowIds: readonly number[] | null): HistoryUsageRow[] {
		return this.#withModels(this.#read(usageColumns, `session_usage u WHERE ${named(rowIds, 'u.session_rowid')}`, rowIds));
	}

	activity(rowIds: readonly number[] | null): HistoryActivityRow[] {
		return this.#read(
			activityColumns,
			`session_files f CROSS JOIN file_activity a ON a.file_id = f.id WHERE f.session_rowid IS NOT NULL AND ${named(rowIds, 'f.session_rowid')}`,
			rowIds,
		);
	}

	/** Every line of the sessions' own transcripts that names tokens. */
	lines(rowIds: readonly number[] | null): HistoryCountRow[] {
		return this.#withModels(
			this.#read(
				lineColumns,
				`session_files f CROSS JOIN usage_lines l ON l.file_id = f.id
				WHERE f.session_rowid IS NOT NULL AND f.kind = 'session' AND ${named(rowIds, 'f.session_rowid')}`,
				rowIds,
			),
		);
	}

	/** What counting each answer once in a file gives beyond what counts: of answers that count, or whose figures stand, in another file. */
	elsewhere(rowIds: readonly number[] | null): HistoryCountRow[] {
		const responses = this.#read(
			elsewhereColumns,
			`responses r INDEXED BY responses_elsewhere JOIN session_files f ON f.id = r.file_id AND f.kind = 'session'
				LEFT JOIN responses b ON b.response_key = r.response_key AND b.file_id = r.usage_from AND r.is_counted = 1
			WHERE (r.is_counted = 0 OR r.usage_from IS NOT NULL) AND r.is_progress = 0 AND f.session_rowid IS NOT NULL
				AND ${named(rowIds, 'f.session_rowid')}`,
			rowIds,
		);
		const copied = this.#read(
			copiedColumns,
			`copied_responses c JOIN session_files f ON f.id = c.file_id AND f.kind = 'session'
			WHERE f.session_rowid IS NOT NULL AND ${named(rowIds, 'f.session_rowid')}
				AND NOT EXISTS (SELECT 1 FROM responses r WHERE r.file_id = c.file_id AND r.response_key = c.response_key AND r.is_progress = 0)`,
			rowIds,
		);
		return this.#withModels([...responses, ...copied]);
	}

	#one(name: string | null): string | null {
		if (name === null) return null;
		const known = this.#names.get(name);
		if (known === undefined) this.#names.set(name, name);
		return known ?? name;
	}

	/** As one text: asking SQLite for each value of 10,000 sessions takes three times as long. */
	#read<Row>(columns: Columns<Row>, rest: string, rowIds: readonly number[] | null): Row[] {
		const members = Object.entries<string>(columns).map(([name, value]) => `'${name}', ${value}`);
		const found = this.#db
			.prepare<{ rows: string }>(`SELECT json_group_array(json_object(${members.join(', ')})) AS rows FROM ${rest}`)
			.get(rowIds === null ? null : JSON.stringify(rowIds));
		return JSON.parse(found?.rows ?? '[]') as Row[];
	}

	/** Until here, `model` holds the id of its name. */
	#withModels<Row extends { readonly model: string | number }>(rows: readonly Row[]): (Omit<Row, 'model'> & { model: string })[] {
		const models = new Map(
			this.#db
				.prepare<{ id: number; name: string }>('SELECT id, name FROM models')
				.all()
				.map(({ id, name }): [string | number, string] => [id, name]),
		);
		return rows.map(row => ({ ...row, model: models.get(row.model) ?? '' }));
	}
}
