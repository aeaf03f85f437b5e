import type { Migration } from './migration.ts';

/**
 * First schema of `index.sqlite`. It must stay below 4 % of the transcripts (DB-6), so the tables with a row per record
 * have no rowid beside their key, hold 47-bit keys instead of uuids, and milliseconds; the ISO 8601 text of an instant
 * (IDX-8) is a virtual column, which takes no room. `*_key` are such keys, `*_ms` milliseconds since the epoch, UTC.
 */
export const index1: Migration = {
	name: 'first schema of the index',
	up: `
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE projects (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	repository TEXT,
	is_worktree INTEGER NOT NULL DEFAULT 0 CHECK (is_worktree IN (0, 1))
);
CREATE INDEX projects_by_repository ON projects (repository) WHERE repository IS NOT NULL;

CREATE TABLE models (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
);

CREATE TABLE paths (
	-- A hash of the path: unique without an index, in which each path would stand a second time.
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL
);

CREATE TABLE sessions (
	id INTEGER PRIMARY KEY,
	session_id TEXT NOT NULL UNIQUE,
	project_id INTEGER REFERENCES projects (id) ON DELETE SET NULL,
	cwd TEXT,
	title TEXT,
	title_source TEXT NOT NULL DEFAULT 'none' CHECK (title_source IN ('custom', 'ai', 'summary', 'prompt', 'command', 'agent', 'none')),
	first_prompt TEXT,
	last_prompt TEXT,
	plan_title TEXT,
	mode TEXT NOT NULL DEFAULT 'interactive' CHECK (mode IN ('interactive', 'background', 'forked')),
	parent_session_id TEXT,
	parent_relation TEXT CHECK (parent_relation IN ('fork', 'resume', 'continuation', 'plan')),
	forked_at_message TEXT,
	entrypoint TEXT,
	git_branch TEXT,
	version TEXT,
	started_at TEXT,
	ended_at TEXT,
	active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
	is_stub INTEGER NOT NULL DEFAULT 0 CHECK (is_stub IN (0, 1)),
	gone_at TEXT,
	claude_status TEXT NOT NULL DEFAULT 'not_started'
		CHECK (claude_status IN ('not_started', 'processing', 'waiting_for_input', 'error', 'completed')),
	messages INTEGER NOT NULL DEFAULT 0 CHECK (messages >= 0),
	user_prompts INTEGER NOT NULL DEFAULT 0 CHECK (user_prompts >= 0),
	responses INTEGER NOT NULL DEFAULT 0 CHECK (responses >= 0),
	tool_calls INTEGER NOT NULL DEFAULT 0 CHECK (tool_calls >= 0),
	subagents INTEGER NOT NULL DEFAULT 0 CHECK (subagents >= 0),
	compactions INTEGER NOT NULL DEFAULT 0 CHECK (compactions >= 0),
	interruptions INTEGER NOT NULL DEFAULT 0 CHECK (interruptions >= 0),
	api_errors INTEGER NOT NULL DEFAULT 0 CHECK (api_errors >= 0),
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
	cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
	web_searches INTEGER NOT NULL DEFAULT 0 CHECK (web_searches >= 0),
	cost_usd REAL CHECK (cost_usd >= 0),
	unpriced_tokens INTEGER NOT NULL DEFAULT 0 CHECK (unpriced_tokens >= 0),
	prompt_word_count INTEGER CHECK (prompt_word_count >= 0),
	correction_count INTEGER NOT NULL DEFAULT 0 CHECK (correction_count >= 0),
	same_file_edit_count INTEGER NOT NULL DEFAULT 0 CHECK (same_file_edit_count >= 0),
	files_read INTEGER NOT NULL DEFAULT 0 CHECK (files_read >= 0),
	files_edited INTEGER NOT NULL DEFAULT 0 CHECK (files_edited >= 0),
	lines_added INTEGER NOT NULL DEFAULT 0 CHECK (lines_added >= 0),
	lines_removed INTEGER NOT NULL DEFAULT 0 CHECK (lines_removed >= 0),
	malformed_lines INTEGER NOT NULL DEFAULT 0 CHECK (malformed_lines >= 0),
	models TEXT CHECK (models IS NULL OR json_valid(models)),
	skills TEXT CHECK (skills IS NULL OR json_valid(skills)),
	slash_commands TEXT CHECK (slash_commands IS NULL OR json_valid(slash_commands)),
	mcp_servers TEXT CHECK (mcp_servers IS NULL OR json_valid(mcp_servers)),
	include_partial_messages INTEGER NOT NULL DEFAULT 0 CHECK (include_partial_messages IN (0, 1)),
	max_retries INTEGER NOT NULL DEFAULT 3 CHECK (max_retries >= 0),
	retry_delay REAL NOT NULL DEFAULT 2.0 CHECK (retry_delay >= 0),
	timeout_seconds INTEGER NOT NULL DEFAULT 120 CHECK (timeout_seconds > 0),
	hooks_enabled INTEGER CHECK (hooks_enabled IN (0, 1)),
	permission_mode TEXT,
	custom_policies TEXT CHECK (custom_policies IS NULL OR json_valid(custom_policies)),
	total_hook_executions INTEGER NOT NULL DEFAULT 0 CHECK (total_hook_executions >= 0),
	total_permission_checks INTEGER NOT NULL DEFAULT 0 CHECK (total_permission_checks >= 0),
	total_errors INTEGER NOT NULL DEFAULT 0 CHECK (total_errors >= 0),
	total_retries INTEGER NOT NULL DEFAULT 0 CHECK (total_retries >= 0),
	archive_id TEXT,
	template_id TEXT,
	category_l1 TEXT CHECK (category_l1 IN ('code_work', 'support_work', 'thinking_work')),
	category_l2 TEXT,
	category_l3 TEXT,
	category_confidence REAL CHECK (category_confidence BETWEEN 0 AND 1),
	category_source TEXT,
	category_reasoning TEXT,
	-- What the session ended with when a model sorted it: with more records the answer is stale.
	category_record TEXT,
	classified_at TEXT,
	rules_l1 TEXT CHECK (rules_l1 IN ('code_work', 'support_work', 'thinking_work')),
	rules_l2 TEXT,
	rules_l3 TEXT,
	rules_confidence REAL CHECK (rules_confidence BETWEEN 0 AND 1),
	updated_at TEXT
);
CREATE INDEX sessions_by_end ON sessions (ended_at DESC);
CREATE INDEX sessions_by_project ON sessions (project_id, ended_at DESC);
CREATE INDEX sessions_by_start ON sessions (started_at);
CREATE INDEX sessions_by_parent ON sessions (parent_session_id, session_id) WHERE parent_session_id IS NOT NULL;
CREATE INDEX sessions_on_disk ON sessions (project_id, is_stub, gone_at) WHERE is_stub = 0 AND gone_at IS NULL;
CREATE INDEX sessions_by_status ON sessions (claude_status);
CREATE INDEX sessions_by_mode ON sessions (mode);
CREATE INDEX sessions_by_archive ON sessions (archive_id) WHERE archive_id IS NOT NULL;
CREATE INDEX sessions_by_category ON sessions (category_l1, category_l2, category_l3) WHERE category_l1 IS NOT NULL;

CREATE TABLE session_files (
	id INTEGER PRIMARY KEY,
	session_rowid INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
	path TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('session', 'subagent', 'journal', 'other')),
	agent_id TEXT,
	agent_type TEXT,
	agent_description TEXT,
	helper TEXT CHECK (helper IN ('compaction', 'suggestion', 'side question')),
	parent_tool_key INTEGER,
	inode TEXT NOT NULL DEFAULT '',
	-- -1: its rows are being replaced; it must be read from its first byte.
	size INTEGER NOT NULL DEFAULT -1 CHECK (size >= -1),
	mtime_ms INTEGER NOT NULL DEFAULT 0,
	read_offset INTEGER NOT NULL DEFAULT 0 CHECK (read_offset >= 0),
	head_hash TEXT NOT NULL DEFAULT '',
	tail_hash TEXT NOT NULL DEFAULT '',
	first_ms INTEGER,
	origins TEXT CHECK (origins IS NULL OR json_valid(origins)),
	-- The record its first one continues, which may stand in another session's file.
	continues_key INTEGER,
	state TEXT,
	parser_version INTEGER NOT NULL DEFAULT 0,
	unknown_types TEXT CHECK (unknown_types IS NULL OR json_valid(unknown_types)),
	malformed_lines INTEGER NOT NULL DEFAULT 0 CHECK (malformed_lines >= 0),
	gone_at TEXT,
	problem TEXT
);
CREATE INDEX session_files_by_session ON session_files (session_rowid);
CREATE INDEX session_files_by_time ON session_files (mtime_ms) WHERE gone_at IS NULL;
CREATE INDEX session_files_odd ON session_files (session_rowid) WHERE unknown_types IS NOT NULL OR malformed_lines > 0;
CREATE INDEX session_files_with_problem ON session_files (problem) WHERE problem IS NOT NULL;
CREATE INDEX session_files_by_continued ON session_files (continues_key) WHERE continues_key IS NOT NULL;

CREATE TABLE messages (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
	-- The type as a number: half the room, and a list of texts to check against is built anew for every row.
	type_code INTEGER NOT NULL CHECK (type_code BETWEEN 0 AND 11),
	type TEXT GENERATED ALWAYS AS (CASE type_code WHEN 0 THEN 'prompt' WHEN 1 THEN 'command' WHEN 2 THEN 'tool_result'
		WHEN 3 THEN 'interruption' WHEN 4 THEN 'compact_summary' WHEN 5 THEN 'context' WHEN 6 THEN 'answer' WHEN 7 THEN 'thinking'
		WHEN 8 THEN 'tool_call' WHEN 9 THEN 'api_error' WHEN 10 THEN 'compaction' ELSE 'notice' END) VIRTUAL,
	role TEXT GENERATED ALWAYS AS (CASE WHEN type_code <= 5 THEN 'user' WHEN type_code <= 9 THEN 'assistant' ELSE 'system' END) VIRTUAL,
	uuid_key INTEGER,
	parent_offset INTEGER,
	at_ms INTEGER,
	timestamp TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', at_ms / 1000.0, 'unixepoch')) VIRTUAL,
	model_id INTEGER REFERENCES models (id) ON DELETE RESTRICT,
	response_key INTEGER,
	-- Five yes or no in one number, each with its name below: a byte less for each in every row.
	flags INTEGER NOT NULL DEFAULT 0 CHECK (flags BETWEEN 0 AND 31),
	is_partial INTEGER GENERATED ALWAYS AS (flags & 1) VIRTUAL,
	is_sidechain INTEGER GENERATED ALWAYS AS (flags >> 1 & 1) VIRTUAL,
	is_meta INTEGER GENERATED ALWAYS AS (flags >> 2 & 1) VIRTUAL,
	is_copy INTEGER GENERATED ALWAYS AS (flags >> 3 & 1) VIRTUAL,
	is_correction INTEGER GENERATED ALWAYS AS (flags >> 4 & 1) VIRTUAL,
	thinking_content INTEGER CHECK (thinking_content >= 0),
	word_count INTEGER CHECK (word_count >= 0),
	PRIMARY KEY (file_id, byte_offset)
) WITHOUT ROWID;
CREATE INDEX messages_by_uuid ON messages (uuid_key) WHERE uuid_key IS NOT NULL;
CREATE INDEX messages_copied ON messages (file_id, uuid_key) WHERE is_copy = 1;
-- What is listed by kind and time: prompts, commands, interruptions, summaries, errors, compactions. One row of twenty.
CREATE INDEX messages_by_type ON messages (file_id, type_code, at_ms) WHERE type_code IN (0, 1, 3, 4, 9, 10);

CREATE TABLE passed_links (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	uuid_key INTEGER NOT NULL,
	parent_offset INTEGER,
	PRIMARY KEY (file_id, uuid_key)
) WITHOUT ROWID;

CREATE TABLE tool_calls (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	block INTEGER NOT NULL CHECK (block >= 0),
	tool_key INTEGER NOT NULL,
	-- Its record is no message of this file, but repeats one of a subagent, whose own file may be missing.
	is_progress INTEGER NOT NULL DEFAULT 0 CHECK (is_progress IN (0, 1)),
	name TEXT NOT NULL,
	summary TEXT,
	path_id INTEGER REFERENCES paths (id) ON DELETE RESTRICT,
	path_access TEXT CHECK (path_access IN ('read', 'edit')),
	started_ms INTEGER,
	started_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', started_ms / 1000.0, 'unixepoch')) VIRTUAL,
	duration_ms INTEGER CHECK (duration_ms >= 0),
	-- Not IN (...): SQLite builds such a list anew for every row it checks.
	status TEXT NOT NULL DEFAULT 'pending'
		CHECK (status = 'ok' OR status = 'pending' OR status = 'error' OR status = 'denied' OR status = 'interrupted'),
	error_text TEXT,
	result_offset INTEGER,
	result_length INTEGER,
	is_sidechain INTEGER NOT NULL DEFAULT 0 CHECK (is_sidechain IN (0, 1)),
	is_copy INTEGER NOT NULL DEFAULT 0 CHECK (is_copy IN (0, 1)),
	is_counted INTEGER NOT NULL DEFAULT 1 CHECK (is_counted IN (0, 1)),
	is_retry INTEGER NOT NULL DEFAULT 0 CHECK (is_retry IN (0, 1)),
	lines_added INTEGER CHECK (lines_added >= 0),
	lines_removed INTEGER CHECK (lines_removed >= 0),
	agent_id TEXT,
	PRIMARY KEY (file_id, byte_offset, block)
) WITHOUT ROWID;
CREATE INDEX tool_calls_by_key ON tool_calls (tool_key);
CREATE INDEX tool_calls_by_path ON tool_calls (path_id) WHERE path_id IS NOT NULL;
CREATE INDEX tool_calls_failed ON tool_calls (status) WHERE status IN ('error', 'denied');

CREATE TABLE responses (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	response_key INTEGER NOT NULL,
	-- It stands only in an agent_progress record of this file.
	is_progress INTEGER NOT NULL DEFAULT 0 CHECK (is_progress IN (0, 1)),
	first_ms INTEGER,
	first_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', first_ms / 1000.0, 'unixepoch')) VIRTUAL,
	model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE RESTRICT,
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
	cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
	web_searches INTEGER NOT NULL DEFAULT 0 CHECK (web_searches >= 0),
	is_fast INTEGER NOT NULL DEFAULT 0 CHECK (is_fast IN (0, 1)),
	is_long INTEGER NOT NULL DEFAULT 0 CHECK (is_long IN (0, 1)),
	is_sidechain INTEGER NOT NULL DEFAULT 0 CHECK (is_sidechain IN (0, 1)),
	is_counted INTEGER NOT NULL DEFAULT 1 CHECK (is_counted IN (0, 1)),
	-- The file whose row of the same response has the larger output (MODEL-6); null when this one has.
	usage_from INTEGER,
	PRIMARY KEY (file_id, response_key)
) WITHOUT ROWID;
CREATE INDEX responses_by_key ON responses (response_key);

CREATE TABLE file_activity (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	quarter_ms INTEGER NOT NULL,
	prompts INTEGER NOT NULL DEFAULT 0 CHECK (prompts >= 0),
	tool_calls INTEGER NOT NULL DEFAULT 0 CHECK (tool_calls >= 0),
	active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
	PRIMARY KEY (file_id, quarter_ms)
) WITHOUT ROWID;

CREATE TABLE session_usage (
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
CREATE INDEX session_usage_by_quarter ON session_usage (quarter_ms);

CREATE TABLE summaries (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	leaf_key INTEGER NOT NULL,
	title TEXT NOT NULL,
	PRIMARY KEY (file_id, byte_offset)
) WITHOUT ROWID;
CREATE INDEX summaries_by_leaf ON summaries (leaf_key);

CREATE TABLE hook_executions (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	position INTEGER NOT NULL CHECK (position >= 0),
	event TEXT NOT NULL,
	name TEXT,
	command TEXT,
	tool_key INTEGER,
	outcome TEXT NOT NULL CHECK (outcome IN ('success', 'error', 'blocked', 'cancelled', 'unknown')),
	exit_code INTEGER,
	duration_ms INTEGER CHECK (duration_ms >= 0),
	error_text TEXT,
	prevented_continuation INTEGER NOT NULL DEFAULT 0 CHECK (prevented_continuation IN (0, 1)),
	at_ms INTEGER,
	timestamp TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', at_ms / 1000.0, 'unixepoch')) VIRTUAL,
	PRIMARY KEY (file_id, byte_offset, position)
) WITHOUT ROWID;

CREATE TABLE permission_decisions (
	file_id INTEGER NOT NULL,
	call_offset INTEGER NOT NULL,
	call_block INTEGER NOT NULL,
	decision TEXT NOT NULL CHECK (decision IN ('allowed', 'denied', 'bypassed')),
	source TEXT NOT NULL CHECK (source IN ('user', 'rule', 'classifier', 'unavailable', 'unknown')),
	reason TEXT,
	at_ms INTEGER,
	timestamp TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', at_ms / 1000.0, 'unixepoch')) VIRTUAL,
	PRIMARY KEY (file_id, call_offset, call_block),
	FOREIGN KEY (file_id, call_offset, call_block) REFERENCES tool_calls (file_id, byte_offset, block) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE session_metrics_snapshots (
	id INTEGER PRIMARY KEY,
	session_rowid INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	taken_at TEXT NOT NULL,
	responses INTEGER NOT NULL DEFAULT 0 CHECK (responses >= 0),
	user_prompts INTEGER NOT NULL DEFAULT 0 CHECK (user_prompts >= 0),
	tool_calls INTEGER NOT NULL DEFAULT 0 CHECK (tool_calls >= 0),
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
	cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
	cost_usd REAL CHECK (cost_usd >= 0),
	UNIQUE (session_rowid, taken_at)
);
`,
	down: `
DROP TABLE session_metrics_snapshots;
DROP TABLE permission_decisions;
DROP TABLE hook_executions;
DROP TABLE summaries;
DROP TABLE session_usage;
DROP TABLE file_activity;
DROP TABLE responses;
DROP TABLE tool_calls;
DROP TABLE passed_links;
DROP TABLE messages;
DROP TABLE session_files;
DROP TABLE sessions;
DROP TABLE paths;
DROP TABLE models;
DROP TABLE projects;
DROP TABLE meta;
`,
};
