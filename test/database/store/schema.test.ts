import assert from 'node:assert/strict';
import fc from 'fast-check';
import { messageFlags, messageTypes, responseFlags, toolCallFlags, toolStatuses } from '../../../src/extension/store/index/rows.ts';
import { Sqlite, SqliteError } from '../../../src/extension/store/sqlite.ts';
import { migrate } from '../../../src/extension/store/migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { at, populateIndex, populateLedger, rowCount, tablesOf } from './populated.ts';
import { examples } from '../../support/examples.ts';

/** Every value a status or type may have, and what each column refuses besides. */
const statuses: Record<'index' | 'ledger', [table: string, column: string, allowed: string[]][]> = {
	index: [
		['sessions', 'title_source', ['custom', 'ai', 'summary', 'prompt', 'command', 'agent', 'none']],
		['sessions', 'mode', ['interactive', 'background', 'forked']],
		['sessions', 'parent_relation', ['fork', 'resume', 'continuation', 'plan']],
		['sessions', 'claude_status', ['not_started', 'processing', 'waiting_for_input', 'error', 'completed']],
		['sessions', 'category_l1', ['code_work', 'support_work', 'thinking_work']],
		['session_files', 'kind', ['session', 'subagent', 'journal', 'other']],
		['session_files', 'helper', ['compaction', 'suggestion', 'side question']],
		['hook_executions', 'outcome', ['success', 'error', 'blocked', 'cancelled', 'unknown']],
		['permission_decisions', 'decision', ['allowed', 'denied', 'bypassed']],
		['permission_decisions', 'source', ['user', 'rule', 'classifier', 'unavailable', 'unknown']],
	],
	ledger: [
		['index_runs', 'type', ['full', 'incremental', 'deep']],
		['index_runs', 'status', ['pending', 'running']],
		['jobs', 'status', ['pending']],
		['classification_jobs', 'status', ['running']],
		['classification_requests', 'state', ['asked', 'answered', 'failed', 'unconfirmed']],
		['classification_items', 'state', ['pending', 'asked', 'classified', 'skipped', 'failed']],
		['classifications', 'kind', ['model']],
		['classifications', 'category_l1', ['code_work', 'support_work', 'thinking_work']],
		['spending', 'kind', ['confirmed', 'unconfirmed']],
		['working_directory_archives', 'status', ['pending', 'in_progress', 'failed']],
		['run_hook_executions', 'outcome', ['success', 'error', 'blocked', 'cancelled', 'unknown']],
		['run_permission_decisions', 'decision', ['allowed', 'denied', 'bypassed']],
		['run_permission_decisions', 'source', ['user', 'rule', 'classifier', 'unavailable', 'unknown']],
	],
};

const constraint = (error: unknown): boolean => error instanceof SqliteError && error.reason === 'constraint';

for (const [file, migrations, populate] of [
	['index', indexMigrations, populateIndex],
	['ledger', ledgerMigrations, populateLedger],
] as const) {
	describe(`The schema of the ${file}`, () => {
		let db: Sqlite;
		beforeEach(async () => {
			db = await Sqlite.open(null);
			migrate(db, migrations);
			populate(db);
		});
		afterEach(() => db.close());

		for (const [table, column, allowed] of statuses[file]) {
			it(`lets ${table}.${column} be only what the product knows`, () => {
				const set = db.prepare(`UPDATE ${table} SET ${column} = ?`);
				for (const value of allowed) assert.equal(set.run(value), 1, value);
				const several = allowed.length > 1 ? [allowed.join('|'), allowed.slice(0, 2).join('|')] : [];
				for (const wrong of ['', 'other!', ...several, allowed[0]?.toUpperCase() ?? ''])
					assert.throws(() => set.run(wrong), constraint, wrong);
			});
		}

		it('refuses negative counts and flags that are neither 0 nor 1', () => {
			for (const table of tablesOf(db)) {
				const columns = db
					.prepare<{ name: string; type: string; hidden: number }>('SELECT name, type, hidden FROM pragma_table_xinfo(?)')
					.all(table)
					.filter(({ type, hidden }) => type === 'INTEGER' && hidden === 0);
				for (const { name } of columns) {
					if (/^is_|^include_|^prevented_|_enabled$/.test(name)) {
						assert.throws(() => db.exec(`UPDATE ${table} SET ${name} = 2`), constraint, `${table}.${name}`);
					} else if (/tokens$|^(responses|files|bytes|micros|attempts|total|messages|tool_calls|user_prompts|size)$/.test(name)) {
						assert.throws(() => db.exec(`UPDATE ${table} SET ${name} = -2`), constraint, `${table}.${name}`);
					}
				}
			}
		});

		it('has an index for every foreign key that a delete has to follow, and a rule for each', () => {
			for (const table of tablesOf(db)) {
				const keys = db
					.prepare<{ id: number; seq: number; from: string; table: string; on_delete: string }>('SELECT * FROM pragma_foreign_key_list(?)')
					.all(table);
				for (const key of keys.filter(({ seq }) => seq === 0)) {
					assert.match(key.on_delete, /CASCADE|SET NULL|RESTRICT/, `${table}.${key.from}`);
					// Models and paths are dictionaries; nothing is ever deleted from them.
					if (key.on_delete === 'RESTRICT') continue;
					const plan = db
						.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE ${key.from} = ?`)
						.all(1)
						.map(({ detail }) => detail)
						.join();
					assert.match(plan, /SEARCH/, `${table}.${key.from}: ${plan}`);
				}
			}
		});
	});
}

describe('The index', () => {
	let db: Sqlite;
	beforeEach(async () => {
		db = await Sqlite.open(null);
		migrate(db, indexMigrations);
		populateIndex(db);
	});
	afterEach(() => db.close());

	it('lets everything go with its session, but keeps dictionaries', () => {
		db.exec('DELETE FROM sessions');
		const kept = ['meta', 'models', 'paths', 'projects'];
		for (const table of tablesOf(db)) assert.equal(rowCount(db, table), kept.includes(table) ? 1 : 0, table);
	});

	it('keeps a session whose project is forgotten, and refuses to lose a model that is in use', () => {
		db.exec('DELETE FROM projects');
		assert.deepEqual(db.prepare('SELECT project_id FROM sessions').all(), [{ project_id: null }]);
		assert.throws(() => db.exec('DELETE FROM models'), constraint);
		assert.throws(() => db.exec('DELETE FROM paths'), constraint);
	});

	it('lets permission decisions go with their call', () => {
		db.exec('DELETE FROM tool_calls');
		assert.equal(rowCount(db, 'permission_decisions'), 0);
	});

	it('shows every millisecond of an instant exactly as ISO 8601 with Z', () => {
		const update = db.prepare('UPDATE messages SET at_ms = ?');
		const select = db.prepare<{ timestamp: string | null }>('SELECT timestamp FROM messages');
		const shown = (ms: number): string | null => {
			update.run(ms);
			return select.get()?.timestamp ?? null;
		};
		for (let ms = 1_767_323_045_000; ms < 1_767_323_047_000; ms++) assert.equal(shown(ms), new Date(ms).toISOString());
		fc.assert(
			fc.property(fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(9999, 11, 31) }), ms => shown(ms) === new Date(ms).toISOString()),
			{ numRuns: examples(5000), seed: 8 },
		);
		assert.equal(shown(8.64e15), null);
	});

	it('shows the same for calls, responses, hooks and decisions', () => {
		for (const [table, column] of [
			['tool_calls', 'started_at'],
			['responses', 'first_at'],
			['hook_executions', 'timestamp'],
			['permission_decisions', 'timestamp'],
		] as const) {
			assert.deepEqual(db.prepare(`SELECT ${column} AS t FROM ${table}`).all(), [{ t: at }], table);
		}
	});

	it('knows the name and the role of every type of message, and no other type', () => {
		const set = db.prepare('UPDATE messages SET kind = ?');
		const seen = messageTypes.map((_, code) => {
			set.run(code);
			return db.prepare<{ type: string; role: string }>('SELECT type, role FROM messages').get();
		});
		const roles: Record<string, string> = { answer: 'assistant', thinking: 'assistant', tool_call: 'assistant', api_error: 'assistant' };
		Object.assign(roles, { compaction: 'system', notice: 'system' });
		assert.deepEqual(
			seen,
			messageTypes.map(type => ({ type, role: roles[type] ?? 'user' })),
		);
		for (const wrong of [-1, messageTypes.length, 15, 512, 'prompt', null]) assert.throws(() => set.run(wrong), constraint);
	});

	it('says how a call ended and what it does to its path, and takes no other number for either', () => {
		const set = db.prepare('UPDATE tool_calls SET flags = ?');
		const seen = (flags: number): unknown => {
			set.run(flags);
			return db.prepare('SELECT status, path_access AS access FROM tool_calls').get();
		};
		for (const [code, status] of toolStatuses.entries()) {
			for (const [bits, access] of [
				[0, null],
				[toolCallFlags.reads, 'read'],
				[toolCallFlags.edits, 'edit'],
			] as const) {
				assert.deepEqual(seen(code + bits + toolCallFlags.isUncounted), { status, access });
			}
		}
		for (const wrong of [-1, toolStatuses.length, 7, toolCallFlags.reads + toolCallFlags.edits, 1024, 'ok', null])
			assert.throws(() => set.run(wrong), constraint, String(wrong));
	});

	it('keeps every yes or no of a row apart from the others', () => {
		for (const [table, column, bits, most] of [
			['messages', 'kind', messageFlags, 511],
			['responses', 'flags', responseFlags, 31],
			['tool_calls', 'flags', { ...toolCallFlags, reads: 0, edits: 0 }, 1023],
		] as const) {
			const set = db.prepare(`UPDATE ${table} SET ${column} = ?`);
			const named = Object.entries(bits).filter(([, bit]) => bit > 0);
			const columns = named.map(([name]) =>
				name === 'isUncounted' ? '1 - is_counted' : name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
			);
			const select = db.prepare(`SELECT ${columns.map((sql, at) => `${sql} AS b${at}`).join(', ')} FROM ${table}`);
			for (const [at, [name, bit]] of named.entries()) {
				set.run(bit);
				const expected = Object.fromEntries(named.map((_, other) => [`b${other}`, other === at ? 1 : 0]));
				assert.deepEqual(select.get(), expected, `${table}: ${name}`);
			}
			for (const wrong of [-1, most + 1, null]) assert.throws(() => set.run(wrong), constraint, table);
		}
	});

	it('starts a session with the documented defaults', () => {
		db.prepare('INSERT INTO sessions (session_id) VALUES (?)').run('bbbb');
		assert.deepEqual(
			db
				.prepare(
					`SELECT claude_status, mode, include_partial_messages, max_retries, retry_delay, timeout_seconds, hooks_enabled, permission_mode,
					custom_policies, total_errors, archive_id, template_id FROM sessions WHERE session_id = 'bbbb'`,
				)
				.get(),
			{
				claude_status: 'not_started',
				mode: 'interactive',
				include_partial_messages: 0,
				max_retries: 3,
				retry_delay: 2,
				timeout_seconds: 120,
				hooks_enabled: null,
				permission_mode: null,
				custom_policies: null,
				total_errors: 0,
				archive_id: null,
				template_id: null,
			},
		);
	});

	it('refuses the same session, file or record twice', () => {
		for (const sql of [
			"INSERT INTO sessions (session_id) VALUES ('aaaa')",
			"INSERT INTO session_files (path, kind) VALUES ('/c/aaaa.jsonl', 'session')",
			'INSERT INTO messages (file_id, byte_offset, byte_length, kind) VALUES (1, 0, 1, 0)',
			`INSERT INTO session_metrics_snapshots (session_rowid, taken_at) VALUES (1, '${at}')`,
		]) {
			assert.throws(() => db.exec(sql), constraint, sql);
		}
	});
});

describe('The ledger', () => {
	let db: Sqlite;
	beforeEach(async () => {
		db = await Sqlite.open(null);
		migrate(db, ledgerMigrations);
		populateLedger(db);
	});
	afterEach(() => db.close());

	it('forgets a run with its job, but never what it found or cost', () => {
		db.exec('DELETE FROM jobs');
		for (const table of ['classification_jobs', 'classification_requests', 'classification_items'])
			assert.equal(rowCount(db, table), 0, table);
		for (const table of ['classifications', 'spending', 'working_directory_archives', 'run_hook_executions']) {
			assert.equal(rowCount(db, table), 1, table);
		}
		assert.deepEqual(db.prepare('SELECT run_id, micros FROM spending').all(), [{ run_id: null, micros: 1200 }]);
	});

	it('rounds cents up once from micro-dollars', () => {
		const cents = (micros: number): unknown => {
			db.prepare('UPDATE classification_jobs SET actual_micros = ?').run(micros);
			return db.prepare('SELECT actual_cost_cents AS cents FROM classification_jobs').get()?.['cents'];
		};
		assert.deepEqual([0, 1, 10_000, 10_001].map(cents), [0, 1, 1, 2]);
	});

	it('ties a lease to a running job and an end to a finished one', () => {
		const set = (sql: string) => () => db.exec(`UPDATE jobs SET ${sql}`);
		assert.throws(set("status = 'running'"), constraint);
		assert.throws(set(`status = 'running', lease_owner = 'w1'`), constraint);
		set(`status = 'running', lease_owner = 'w1', lease_expires_at = '${at}'`)();
		assert.throws(set(`status = 'completed', finished_at = '${at}'`), constraint);
		assert.throws(set("status = 'failed', lease_owner = NULL, lease_expires_at = NULL"), constraint);
		for (const end of ['completed', 'failed', 'cancelled']) {
			set(`status = '${end}', lease_owner = NULL, lease_expires_at = NULL, finished_at = '${at}'`)();
		}
	});

	it('refuses instants that are not UTC with milliseconds and Z', () => {
		for (const wrong of ['2026-01-02T03:04:05Z', '2026-01-02 03:04:05.678', '2026-01-02T03:04:05.678+01:00', 'now', '']) {
			assert.throws(() => db.prepare('UPDATE pins SET pinned_at = ?').run(wrong), constraint, wrong);
		}
	});

	it('refuses a second answer of the same source, a confidence beyond 1, and a third level without a second', () => {
		const insert = db.prepare(
			'INSERT INTO classifications (session_id, source, kind, category_l1, category_l3, confidence, classified_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
		);
		assert.throws(() => insert.run('aaaa', 'cli/haiku@1', 'person', 'code_work', null, 1, at), constraint);
		assert.throws(() => insert.run('aaaa', 'person', 'person', 'code_work', null, 1.01, at), constraint);
		assert.throws(() => insert.run('aaaa', 'person', 'person', 'code_work', 'crash-fix', 1, at), constraint);
		assert.equal(insert.run('aaaa', 'person', 'person', 'code_work', null, 1, at), 1);
	});
});
