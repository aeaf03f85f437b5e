import assert from 'node:assert/strict';
import { IndexTables } from '../../../src/extension/store/index/indexTables.ts';
import { migrate } from '../../../src/extension/store/migrations/migration.ts';
import { indexMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { Sqlite, type SqlValue } from '../../../src/extension/store/sqlite.ts';

type Row = Record<string, SqlValue>;

/** The version with a column for each yes or no, and the first one without. */
const wide = 2;
const narrow = 3;

const statuses = ['ok', 'pending', 'error', 'denied', 'interrupted'];
const bits = (value: number, count: number): number[] => Array.from({ length: count }, (_, at) => (value >> at) & 1);

/** Every combination of what went into one number, and each column empty once. */
function fill(db: Sqlite): void {
	const insert = (table: string, row: Row): void => {
		const columns = Object.keys(row);
		db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row));
	};
	db.exec(`
		INSERT INTO sessions (id, session_id) VALUES (1, 'aaaa');
		INSERT INTO session_files (id, session_rowid, path, kind) VALUES (1, 1, '/c/aaaa.jsonl', 'session');
		INSERT INTO models (id, name) VALUES (1, 'm');
		INSERT INTO paths (id, path) VALUES (1, '/a');
	`);
	db.transaction(() => {
		for (let flags = 0; flags < 32; flags++) {
			for (let type = 0; type < 12; type++) {
				const offset = 1000 * (flags * 12 + type);
				insert('messages', {
					file_id: 1,
					byte_offset: offset,
					byte_length: 900,
					type_code: type,
					flags,
					uuid_key: type === 4 ? null : 7 + offset,
					// Its own place where it follows none; null where nobody knows.
					parent_offset: type === 0 ? offset : type === 1 ? null : Math.max(0, offset - 1000),
					at_ms: type === 5 ? null : 1767323045678 + offset,
					model_id: type < 6 ? null : 1,
					response_key: type < 6 ? null : 5 + offset,
					thinking_content: type === 7 ? flags : type === 8 ? 0 : null,
					word_count: type < 2 ? flags : null,
				});
			}
			const [isProgress = 0, isFast = 0, isLong = 0, isSidechain = 0, isCounted = 0] = bits(flags, 5);
			insert('responses', {
				file_id: 1,
				response_key: flags,
				is_progress: isProgress,
				is_fast: isFast,
				is_long: isLong,
				is_sidechain: isSidechain,
				is_counted: isCounted,
				first_ms: flags === 3 ? null : 1767323045678,
				model_id: 1,
				output_tokens: flags,
				web_searches: flags % 3,
				usage_from: flags === 9 ? 1 : null,
			});
			for (const [code, status] of statuses.entries()) {
				for (const [at, access] of [null, 'read', 'edit'].entries()) {
					const [a = 0, b = 0, c = 0, d = 0, e = 0] = bits(flags, 5);
					const offset = 1000 * (flags * 15 + code * 3 + at);
					insert('tool_calls', {
						file_id: 1,
						byte_offset: offset,
						block: at,
						tool_key: 9 + offset,
						name: 'Edit',
						path_id: access === null ? null : 1,
						path_access: access,
						status,
						is_progress: a,
						is_sidechain: b,
						is_copy: c,
						is_counted: d,
						is_retry: e,
						started_ms: 1767323045678,
						error_text: status === 'error' ? 'no' : null,
						result_offset: status === 'pending' ? null : offset + 400,
						result_length: status === 'pending' ? null : 40,
						agent_id: flags === 5 ? 'a' : null,
					});
				}
			}
		}
		db.exec(`INSERT INTO permission_decisions (file_id, call_offset, call_block, decision, source) VALUES (1, 0, 0, 'denied', 'user')`);
	});
}

const tables = ['messages', 'tool_calls', 'responses', 'permission_decisions'];

/** Every column by name, the computed ones too, so that both schemas say it alike. */
function contentOf(db: Sqlite): unknown {
	return tables.map(table => {
		const columns = db
			.prepare<{ name: string }>('SELECT name FROM pragma_table_xinfo(?) ORDER BY name')
			.all(table)
			.map(({ name }) => name)
			.filter(name => !['kind', 'flags', 'text_size', 'parent_distance', 'result_distance'].includes(name));
		return db.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).all();
	});
}

const namesIn = (db: Sqlite): unknown[] => db.prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all();

describe('Rows with many yes or no in one number', () => {
	let db: Sqlite;
	beforeEach(async () => {
		db = await Sqlite.open(null);
		migrate(db, indexMigrations, wide);
		fill(db);
	});
	afterEach(() => db.close());

	it('say the same under the same names, on the way up and down', () => {
		const before = contentOf(db);
		const names = namesIn(db);
		migrate(db, indexMigrations, narrow);
		assert.deepEqual(contentOf(db), before);
		assert.equal(db.integrityProblem(), null);
		migrate(db, indexMigrations, wide);
		assert.deepEqual(contentOf(db), before);
		assert.deepEqual(namesIn(db), names);
	});

	it('get their indexes also in a file that was saved while those were put aside', () => {
		const late = ['messages_by_uuid', 'tool_calls_by_key', 'tool_calls_by_path', 'responses_by_key'];
		for (const name of late) {
			const sql = db.prepare<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?').get(name)?.sql ?? assert.fail(name);
			db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run(`aside ${name}`, sql);
			db.exec(`DROP INDEX ${name}`);
		}
		migrate(db, indexMigrations);
		assert.equal(new IndexTables(db).lacksIndexes, false);
		for (const name of late) assert.ok(db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name), name);
	});

	it('are found by the indexes over what is computed', () => {
		migrate(db, indexMigrations);
		for (const [sql, index] of [
			['SELECT uuid_key FROM messages INDEXED BY messages_copied WHERE file_id = 1 AND is_copy = 1', 'messages_copied'],
			['SELECT file_id FROM responses WHERE is_counted = 0 OR usage_from IS NOT NULL', 'responses_elsewhere'],
			[
				'SELECT at_ms FROM messages INDEXED BY messages_by_type WHERE file_id = 1 AND type_code IN (0, 1, 3, 4, 9, 10) AND type_code <= 1',
				'messages_by_type',
			],
		] as const) {
			const plan = db.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
			assert.match(plan.map(({ detail }) => detail).join(), new RegExp(` INDEX ${index}\\b`));
		}
	});
});
