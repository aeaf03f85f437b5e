import type { Migration } from './migration.ts';

/**
 * What the pages of the insights panel are made of: sums by tool, error and file of a session, what a program that adds up
 * lines would count, and how a session was run. Filled when the transcripts are read again, as `parserVersion` says; what is
 * gone from disk gets what its stored rows tell, because without the mark of its prices every session is derived anew.
 */
export const index2: Migration = {
	name: 'sums behind the insights',
	up: `
ALTER TABLE sessions ADD COLUMN files_touched INTEGER NOT NULL DEFAULT 0 CHECK (files_touched >= 0);
ALTER TABLE sessions ADD COLUMN file_reads INTEGER NOT NULL DEFAULT 0 CHECK (file_reads >= 0);
ALTER TABLE sessions ADD COLUMN file_edits INTEGER NOT NULL DEFAULT 0 CHECK (file_edits >= 0);
ALTER TABLE sessions ADD COLUMN edit_turns INTEGER NOT NULL DEFAULT 0 CHECK (edit_turns >= 0);
ALTER TABLE sessions ADD COLUMN retried_edit_turns INTEGER NOT NULL DEFAULT 0 CHECK (retried_edit_turns >= 0);
ALTER TABLE sessions ADD COLUMN test_runs INTEGER NOT NULL DEFAULT 0 CHECK (test_runs >= 0);
ALTER TABLE sessions ADD COLUMN used_plan_mode INTEGER NOT NULL DEFAULT 0 CHECK (used_plan_mode IN (0, 1));

CREATE TABLE session_usage_by_part (
	session_rowid INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	quarter_ms INTEGER NOT NULL,
	model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE RESTRICT,
	is_fast INTEGER NOT NULL CHECK (is_fast IN (0, 1)),
	is_long INTEGER NOT NULL CHECK (is_long IN (0, 1)),
	-- 0 the main conversation, 1 a subagent in the session's own transcript, 2 one with a file of its own.
	part INTEGER NOT NULL CHECK (part BETWEEN 0 AND 2),
	responses INTEGER NOT NULL DEFAULT 0 CHECK (responses >= 0),
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
	cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
	web_searches INTEGER NOT NULL DEFAULT 0 CHECK (web_searches >= 0),
	cost_usd REAL CHECK (cost_usd >= 0),
	PRIMARY KEY (session_rowid, quarter_ms, model_id, is_fast, is_long, part)
) WITHOUT ROWID;
INSERT INTO session_usage_by_part SELECT session_rowid, quarter_ms, model_id, is_fast, is_long, 0, responses, input_tokens, output_tokens,
	cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, web_searches, cost_usd FROM session_usage;
DROP TABLE session_usage;
ALTER TABLE session_usage_by_part RENAME TO session_usage;
CREATE INDEX session_usage_by_quarter ON session_usage (quarter_ms);

CREATE TABLE copied_responses (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	response_key INTEGER NOT NULL,
	first_ms INTEGER,
	model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE RESTRICT,
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_tokens >= 0),
	PRIMARY KEY (file_id, response_key)
) WITHOUT ROWID;

CREATE TABLE usage_lines (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	quarter_ms INTEGER NOT NULL,
	model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE RESTRICT,
	lines INTEGER NOT NULL DEFAULT 0 CHECK (lines >= 0),
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_tokens >= 0),
	PRIMARY KEY (file_id, quarter_ms, model_id)
) WITHOUT ROWID;

-- Answers of a file that count elsewhere, or whose figures stand elsewhere: few of all.
CREATE INDEX responses_elsewhere ON responses (file_id) WHERE is_counted = 0 OR usage_from IS NOT NULL;

CREATE TABLE session_tools (
	session_rowid INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	calls INTEGER NOT NULL DEFAULT 0 CHECK (calls >= 0),
	errors INTEGER NOT NULL DEFAULT 0 CHECK (errors >= 0),
	denied INTEGER NOT NULL DEFAULT 0 CHECK (denied >= 0),
	interrupted INTEGER NOT NULL DEFAULT 0 CHECK (interrupted >= 0),
	retries INTEGER NOT NULL DEFAULT 0 CHECK (retries >= 0),
	-- Calls whose duration is known, and the sum and the longest of them.
	timed INTEGER NOT NULL DEFAULT 0 CHECK (timed >= 0),
	total_ms INTEGER NOT NULL DEFAULT 0 CHECK (total_ms >= 0),
	longest_ms INTEGER CHECK (longest_ms >= 0),
	PRIMARY KEY (session_rowid, name)
) WITHOUT ROWID;

CREATE TABLE session_errors (
	session_rowid INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	errors INTEGER NOT NULL DEFAULT 0 CHECK (errors >= 0),
	PRIMARY KEY (session_rowid, name, kind)
) WITHOUT ROWID;

CREATE TABLE session_edits (
	path_id INTEGER NOT NULL REFERENCES paths (id) ON DELETE RESTRICT,
	session_rowid INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	edits INTEGER NOT NULL DEFAULT 0 CHECK (edits >= 0),
	reads INTEGER NOT NULL DEFAULT 0 CHECK (reads >= 0),
	PRIMARY KEY (path_id, session_rowid)
) WITHOUT ROWID;
CREATE INDEX session_edits_by_session ON session_edits (session_rowid);

DELETE FROM meta WHERE key = 'price digest';
`,
	down: `
DROP TABLE session_edits;
DROP TABLE session_errors;
DROP TABLE session_tools;
DROP INDEX responses_elsewhere;
DROP TABLE usage_lines;
DROP TABLE copied_responses;
CREATE TABLE session_usage_of_all_parts (
	session_rowid INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	quarter_ms INTEGER NOT NULL,
	model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE RESTRICT,
	is_fast INTEGER NOT NULL CHECK (is_fast IN (0, 1)),
	is_long INTEGER NOT NULL CHECK (is_long IN (0, 1)),
	responses INTEGER NOT NULL DEFAULT 0 CHECK (responses >= 0),
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
	cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
	web_searches INTEGER NOT NULL DEFAULT 0 CHECK (web_searches >= 0),
	cost_usd REAL CHECK (cost_usd >= 0),
	PRIMARY KEY (session_rowid, quarter_ms, model_id, is_fast, is_long)
) WITHOUT ROWID;
INSERT INTO session_usage_of_all_parts SELECT session_rowid, quarter_ms, model_id, is_fast, is_long, sum(responses), sum(input_tokens),
	sum(output_tokens), sum(cache_read_tokens), sum(cache_write_5m_tokens), sum(cache_write_1h_tokens), sum(web_searches), sum(cost_usd)
	FROM session_usage GROUP BY 1, 2, 3, 4, 5;
DROP TABLE session_usage;
ALTER TABLE session_usage_of_all_parts RENAME TO session_usage;
CREATE INDEX session_usage_by_quarter ON session_usage (quarter_ms);
ALTER TABLE sessions DROP COLUMN used_plan_mode;
ALTER TABLE sessions DROP COLUMN test_runs;
ALTER TABLE sessions DROP COLUMN retried_edit_turns;
ALTER TABLE sessions DROP COLUMN edit_turns;
ALTER TABLE sessions DROP COLUMN file_edits;
ALTER TABLE sessions DROP COLUMN file_reads;
ALTER TABLE sessions DROP COLUMN files_touched;
`,
};
