/** Databases with a row in every table, children included. */
import type { Sqlite } from '../../../src/extension/store/sqlite.ts';

export const at = '2026-01-02T03:04:05.678Z';

export function populateIndex(db: Sqlite): void {
	db.exec(`
INSERT INTO meta VALUES ('parser', '1');
INSERT INTO projects (id, path, name) VALUES (1, '/home/ada/engine', 'engine');
INSERT INTO models (id, name) VALUES (1, 'claude-opus-4-6');
INSERT INTO paths (id, path) VALUES (1, '/home/ada/engine/wheel.ts');
INSERT INTO sessions (id, session_id, project_id) VALUES (1, 'aaaa', 1);
INSERT INTO session_files (id, session_rowid, path, kind) VALUES (1, 1, '/c/aaaa.jsonl', 'session');
INSERT INTO messages (file_id, byte_offset, byte_length, kind, uuid_key, at_ms, model_id) VALUES (1, 0, 100, 0, 7, 1767323045678, 1);
INSERT INTO passed_links VALUES (1, 8, 0);
INSERT INTO tool_calls (file_id, byte_offset, block, tool_key, name, path_id, started_ms) VALUES (1, 0, 0, 9, 'Edit', 1, 1767323045678);
INSERT INTO permission_decisions (file_id, call_offset, call_block, decision, source, at_ms) VALUES (1, 0, 0, 'denied', 'user', 1767323045678);
INSERT INTO responses (response_key, file_id, first_ms, model_id) VALUES (5, 1, 1767323045678, 1);
INSERT INTO file_activity VALUES (1, 900000, 1, 1, 60000);
INSERT INTO session_usage (session_rowid, quarter_ms, model_id, is_fast, is_long, part) VALUES (1, 900000, 1, 0, 0, 0);
INSERT INTO copied_responses (file_id, response_key, model_id) VALUES (1, 6, 1);
INSERT INTO usage_lines (file_id, quarter_ms, model_id, lines) VALUES (1, 900000, 1, 3);
INSERT INTO session_tools (session_rowid, name, calls) VALUES (1, 'Edit', 1);
INSERT INTO session_errors (session_rowid, name, kind, errors) VALUES (1, 'Edit', 'noMatch', 1);
INSERT INTO session_edits (path_id, session_rowid, edits) VALUES (1, 1, 1);
INSERT INTO summaries VALUES (1, 0, 7, 'A wheel');
INSERT INTO hook_executions (file_id, byte_offset, position, event, outcome, at_ms) VALUES (1, 0, 0, 'Stop', 'success', 1767323045678);
INSERT INTO session_metrics_snapshots (session_rowid, taken_at) VALUES (1, '${at}');
`);
}

export function populateLedger(db: Sqlite): void {
	db.exec(`
INSERT INTO meta VALUES ('sequence', '1');
INSERT INTO index_runs (id, type, scope, places_key, owner, created_at) VALUES ('r1', 'full', 'all', 'k', '{}', '${at}');
INSERT INTO jobs (id, type, data, scheduled_at, created_at, updated_at) VALUES ('j1', 'classify', '{}', '${at}', '${at}', '${at}');
INSERT INTO classification_jobs (id, job_id, provider, model, prompt_version, created_at) VALUES (1, 'j1', 'cli', 'haiku', 1, '${at}');
INSERT INTO classification_requests (id, run_id, codes, asked_at) VALUES ('q1', 1, '{"k7f2":"aaaa"}', '${at}');
INSERT INTO classification_items (run_id, session_id, request_id, updated_at) VALUES (1, 'aaaa', 'q1', '${at}');
INSERT INTO classifications (session_id, source, kind, category_l1, confidence, provider, run_id, classified_at)
	VALUES ('aaaa', 'cli/haiku@1', 'model', 'code_work', 0.5, 'cli', 1, '${at}');
INSERT INTO spending (request_id, run_id, kind, provider, model, micros, spent_at) VALUES ('q1', 1, 'confirmed', 'cli', 'haiku', 1200, '${at}');
INSERT INTO tags VALUES (1, 'later', '${at}');
INSERT INTO session_tags VALUES ('aaaa', 1, '${at}');
INSERT INTO pins VALUES ('aaaa', '${at}');
INSERT INTO notes VALUES ('aaaa', 'see the wheel', '${at}');
INSERT INTO session_labels VALUES ('aaaa', 'The wheel', 0, '${at}');
INSERT INTO consents VALUES ('/home/ada/engine', 'cli', '${at}', '{}');
INSERT INTO working_directory_archives (id, session_id, job_id, created_at) VALUES ('a1', 'aaaa', 'j1', '${at}');
INSERT INTO run_hook_executions (session_id, job_id, event, outcome, at) VALUES ('aaaa', 'j1', 'Stop', 'success', '${at}');
INSERT INTO run_permission_decisions (session_id, job_id, tool_name, decision, source, at) VALUES ('aaaa', 'j1', 'Bash', 'denied', 'rule', '${at}');
INSERT INTO remembered_worktrees VALUES ('/home/ada/wt', '/home/ada/engine/.git', '${at}');
INSERT INTO dismissed_notices VALUES ('gone', '${at}');
INSERT INTO forgotten_sessions VALUES ('bbbb', '${at}');
`);
}

export function tablesOf(db: Sqlite): string[] {
	return db
		.prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
		.all()
		.map(row => row.name);
}

export function rowCount(db: Sqlite, table: string): number {
	return db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
}
