import type { Migration } from './migration.ts';

/**
 * The three tables with most rows, narrower: every column costs a byte in each row, and most rows said 0 in most of them. What
 * was yes or no, or one of a few words, is one number; where a record leads to is told by its distance. The columns of before
 * are computed ones, so what asks them stays as it was. And three indexes go that nothing asks for.
 */
export const index3: Migration = {
	name: 'narrower rows of messages, tool calls and responses',
	up: `
CREATE TABLE narrow_responses (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	response_key INTEGER NOT NULL,
	-- Five yes or no, each with its name below.
	flags INTEGER NOT NULL DEFAULT 0 CHECK (flags BETWEEN 0 AND 31),
	-- It stands only in an agent_progress record of this file.
	is_progress INTEGER GENERATED ALWAYS AS (flags & 1) VIRTUAL,
	is_fast INTEGER GENERATED ALWAYS AS (flags >> 1 & 1) VIRTUAL,
	is_long INTEGER GENERATED ALWAYS AS (flags >> 2 & 1) VIRTUAL,
	is_sidechain INTEGER GENERATED ALWAYS AS (flags >> 3 & 1) VIRTUAL,
	-- Its bit says that it does not count: nearly all do.
	is_counted INTEGER GENERATED ALWAYS AS (1 - (flags >> 4)) VIRTUAL,
	first_ms INTEGER,
	first_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', first_ms / 1000.0, 'unixepoch')) VIRTUAL,
	model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE RESTRICT,
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	cache_read_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
	cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
	cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
	web_searches INTEGER NOT NULL DEFAULT 0 CHECK (web_searches >= 0),
	-- The file whose row of the same response has the larger output (MODEL-6); null when this one has.
	usage_from INTEGER,
	PRIMARY KEY (file_id, response_key)
) WITHOUT ROWID;
INSERT INTO narrow_responses SELECT file_id, response_key, is_progress + 2 * is_fast + 4 * is_long + 8 * is_sidechain + 16 * (1 - is_counted),
	first_ms, model_id, input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, web_searches, usage_from
	FROM responses;
DROP TABLE responses;
ALTER TABLE narrow_responses RENAME TO responses;
CREATE INDEX responses_by_key ON responses (response_key);
CREATE INDEX responses_elsewhere ON responses (file_id) WHERE is_counted = 0 OR usage_from IS NOT NULL;

CREATE TABLE narrow_tool_calls (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	block INTEGER NOT NULL CHECK (block >= 0),
	tool_key INTEGER NOT NULL,
	-- How it ended, what it does to its path, and five yes or no, each with its name below.
	flags INTEGER NOT NULL DEFAULT 1 CHECK (flags BETWEEN 0 AND 1023 AND flags & 7 <= 4 AND (flags >> 3 & 3) <= 2),
	status TEXT GENERATED ALWAYS AS (CASE flags & 7 WHEN 0 THEN 'ok' WHEN 1 THEN 'pending' WHEN 2 THEN 'error' WHEN 3 THEN 'denied'
		ELSE 'interrupted' END) VIRTUAL,
	path_access TEXT GENERATED ALWAYS AS (CASE flags >> 3 & 3 WHEN 1 THEN 'read' WHEN 2 THEN 'edit' END) VIRTUAL,
	is_sidechain INTEGER GENERATED ALWAYS AS (flags >> 5 & 1) VIRTUAL,
	-- Its record is no message of this file, but repeats one of a subagent, whose own file may be missing.
	is_progress INTEGER GENERATED ALWAYS AS (flags >> 6 & 1) VIRTUAL,
	is_copy INTEGER GENERATED ALWAYS AS (flags >> 7 & 1) VIRTUAL,
	is_retry INTEGER GENERATED ALWAYS AS (flags >> 8 & 1) VIRTUAL,
	-- Its bit says that it does not count: nearly all do.
	is_counted INTEGER GENERATED ALWAYS AS (1 - (flags >> 9)) VIRTUAL,
	name TEXT NOT NULL,
	summary TEXT,
	path_id INTEGER REFERENCES paths (id) ON DELETE RESTRICT,
	started_ms INTEGER,
	started_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', started_ms / 1000.0, 'unixepoch')) VIRTUAL,
	duration_ms INTEGER CHECK (duration_ms >= 0),
	error_text TEXT,
	-- From the record of the call on.
	result_distance INTEGER,
	result_offset INTEGER GENERATED ALWAYS AS (byte_offset + result_distance) VIRTUAL,
	result_length INTEGER,
	lines_added INTEGER CHECK (lines_added >= 0),
	lines_removed INTEGER CHECK (lines_removed >= 0),
	agent_id TEXT,
	PRIMARY KEY (file_id, byte_offset, block)
) WITHOUT ROWID;
INSERT INTO narrow_tool_calls SELECT file_id, byte_offset, block, tool_key,
	CASE status WHEN 'ok' THEN 0 WHEN 'pending' THEN 1 WHEN 'error' THEN 2 WHEN 'denied' THEN 3 ELSE 4 END
		+ 8 * CASE path_access WHEN 'read' THEN 1 WHEN 'edit' THEN 2 ELSE 0 END
		+ 32 * is_sidechain + 64 * is_progress + 128 * is_copy + 256 * is_retry + 512 * (1 - is_counted),
	name, summary, path_id, started_ms, duration_ms, error_text, result_offset - byte_offset, result_length, lines_added, lines_removed, agent_id
	FROM tool_calls;
DROP TABLE tool_calls;
ALTER TABLE narrow_tool_calls RENAME TO tool_calls;
CREATE INDEX tool_calls_by_key ON tool_calls (tool_key);
CREATE INDEX tool_calls_by_path ON tool_calls (path_id) WHERE path_id IS NOT NULL;

CREATE TABLE narrow_messages (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
	-- Its type and, from 16 on, five yes or no, each with its name below.
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 511 AND kind & 15 <= 11),
	type_code INTEGER GENERATED ALWAYS AS (kind & 15) VIRTUAL,
	type TEXT GENERATED ALWAYS AS (CASE kind & 15 WHEN 0 THEN 'prompt' WHEN 1 THEN 'command' WHEN 2 THEN 'tool_result'
		WHEN 3 THEN 'interruption' WHEN 4 THEN 'compact_summary' WHEN 5 THEN 'context' WHEN 6 THEN 'answer' WHEN 7 THEN 'thinking'
		WHEN 8 THEN 'tool_call' WHEN 9 THEN 'api_error' WHEN 10 THEN 'compaction' ELSE 'notice' END) VIRTUAL,
	role TEXT GENERATED ALWAYS AS (CASE WHEN kind & 15 <= 5 THEN 'user' WHEN kind & 15 <= 9 THEN 'assistant' ELSE 'system' END) VIRTUAL,
	is_partial INTEGER GENERATED ALWAYS AS (kind >> 4 & 1) VIRTUAL,
	is_sidechain INTEGER GENERATED ALWAYS AS (kind >> 5 & 1) VIRTUAL,
	is_meta INTEGER GENERATED ALWAYS AS (kind >> 6 & 1) VIRTUAL,
	is_copy INTEGER GENERATED ALWAYS AS (kind >> 7 & 1) VIRTUAL,
	is_correction INTEGER GENERATED ALWAYS AS (kind >> 8 & 1) VIRTUAL,
	uuid_key INTEGER,
	-- Back from its first byte.
	parent_distance INTEGER,
	parent_offset INTEGER GENERATED ALWAYS AS (byte_offset - parent_distance) VIRTUAL,
	at_ms INTEGER,
	timestamp TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', at_ms / 1000.0, 'unixepoch')) VIRTUAL,
	model_id INTEGER REFERENCES models (id) ON DELETE RESTRICT,
	response_key INTEGER,
	-- Of what a person's side says the words, of an answer the length of its thinking; null where that is not counted.
	text_size INTEGER CHECK (text_size >= 0),
	thinking_content INTEGER GENERATED ALWAYS AS (iif(kind & 15 > 5, text_size, NULL)) VIRTUAL,
	word_count INTEGER GENERATED ALWAYS AS (iif(kind & 15 <= 5, text_size, NULL)) VIRTUAL,
	PRIMARY KEY (file_id, byte_offset)
) WITHOUT ROWID;
INSERT INTO narrow_messages SELECT file_id, byte_offset, byte_length, type_code + 16 * flags, uuid_key, byte_offset - parent_offset, at_ms,
	model_id, response_key, iif(type_code > 5, thinking_content, word_count) FROM messages;
DROP TABLE messages;
ALTER TABLE narrow_messages RENAME TO messages;
CREATE INDEX messages_by_uuid ON messages (uuid_key) WHERE uuid_key IS NOT NULL;
CREATE INDEX messages_copied ON messages (file_id, uuid_key) WHERE is_copy = 1;
CREATE INDEX messages_by_type ON messages (file_id, type_code, at_ms) WHERE type_code IN (0, 1, 3, 4, 9, 10);

-- No query asks for any of these: they filter by several columns, of which these tell too little.
DROP INDEX sessions_by_category;
DROP INDEX sessions_by_status;

-- A large run that was cut off had put indexes aside; here they are made of what there is.
DELETE FROM meta WHERE key >= 'aside ' AND key < 'aside ' || char(127);
`,
	down: `
CREATE INDEX sessions_by_status ON sessions (claude_status);
CREATE INDEX sessions_by_category ON sessions (category_l1, category_l2, category_l3) WHERE category_l1 IS NOT NULL;
CREATE TABLE wide_messages (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
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
INSERT INTO wide_messages SELECT file_id, byte_offset, byte_length, type_code, uuid_key, parent_offset, at_ms, model_id, response_key, kind >> 4,
	thinking_content, word_count FROM messages;
DROP TABLE messages;
ALTER TABLE wide_messages RENAME TO messages;
CREATE INDEX messages_by_uuid ON messages (uuid_key) WHERE uuid_key IS NOT NULL;
CREATE INDEX messages_copied ON messages (file_id, uuid_key) WHERE is_copy = 1;
CREATE INDEX messages_by_type ON messages (file_id, type_code, at_ms) WHERE type_code IN (0, 1, 3, 4, 9, 10);

CREATE TABLE wide_tool_calls (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
	block INTEGER NOT NULL CHECK (block >= 0),
	tool_key INTEGER NOT NULL,
	is_progress INTEGER NOT NULL DEFAULT 0 CHECK (is_progress IN (0, 1)),
	name TEXT NOT NULL,
	summary TEXT,
	path_id INTEGER REFERENCES paths (id) ON DELETE RESTRICT,
	path_access TEXT CHECK (path_access IN ('read', 'edit')),
	started_ms INTEGER,
	started_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', started_ms / 1000.0, 'unixepoch')) VIRTUAL,
	duration_ms INTEGER CHECK (duration_ms >= 0),
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
INSERT INTO wide_tool_calls SELECT file_id, byte_offset, block, tool_key, is_progress, name, summary, path_id, path_access, started_ms, duration_ms,
	status, error_text, result_offset, result_length, is_sidechain, is_copy, is_counted, is_retry, lines_added, lines_removed, agent_id
	FROM tool_calls;
DROP TABLE tool_calls;
ALTER TABLE wide_tool_calls RENAME TO tool_calls;
CREATE INDEX tool_calls_by_key ON tool_calls (tool_key);
CREATE INDEX tool_calls_by_path ON tool_calls (path_id) WHERE path_id IS NOT NULL;
CREATE INDEX tool_calls_failed ON tool_calls (status) WHERE status IN ('error', 'denied');

CREATE TABLE wide_responses (
	file_id INTEGER NOT NULL REFERENCES session_files (id) ON DELETE CASCADE,
	response_key INTEGER NOT NULL,
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
	usage_from INTEGER,
	PRIMARY KEY (file_id, response_key)
) WITHOUT ROWID;
INSERT INTO wide_responses SELECT file_id, response_key, is_progress, first_ms, model_id, input_tokens, output_tokens, cache_read_tokens,
	cache_write_5m_tokens, cache_write_1h_tokens, web_searches, is_fast, is_long, is_sidechain, is_counted, usage_from FROM responses;
DROP TABLE responses;
ALTER TABLE wide_responses RENAME TO responses;
CREATE INDEX responses_by_key ON responses (response_key);
CREATE INDEX responses_elsewhere ON responses (file_id) WHERE is_counted = 0 OR usage_from IS NOT NULL;
DELETE FROM meta WHERE key >= 'aside ' AND key < 'aside ' || char(127);
`,
};
