import type { Migration } from './migration.ts';

/**
 * First schema of `ledger.sqlite`: what cost money or was typed by a person. Small, so it is strict about types and
 * keeps instants as ISO 8601 text with milliseconds and `Z` (IDX-8), which sorts as time does. Sessions are named by
 * their id, not by a row of the index, which may be built anew. Money is in whole micro-dollars (CLS-6).
 */
export const ledger1: Migration = {
	name: 'first schema of the ledger',
	up: `
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE index_runs (
	id TEXT PRIMARY KEY,
	type TEXT NOT NULL CHECK (type IN ('full', 'incremental', 'deep')),
	status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed')),
	scope TEXT NOT NULL,
	-- Which index the run is of: one per set of places.
	places_key TEXT NOT NULL,
	-- The process that runs it, as JSON: tells a run cut off from one that goes on in another window.
	owner TEXT NOT NULL CHECK (json_valid(owner)),
	created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
	started_at TEXT CHECK (started_at LIKE '____-__-__T__:__:__.___Z'),
	completed_at TEXT CHECK (completed_at LIKE '____-__-__T__:__:__.___Z'),
	files_seen INTEGER NOT NULL DEFAULT 0 CHECK (files_seen >= 0),
	files_read INTEGER NOT NULL DEFAULT 0 CHECK (files_read >= 0),
	bytes_read INTEGER NOT NULL DEFAULT 0 CHECK (bytes_read >= 0),
	records_written INTEGER NOT NULL DEFAULT 0 CHECK (records_written >= 0),
	sessions_before INTEGER NOT NULL DEFAULT 0 CHECK (sessions_before >= 0),
	sessions_after INTEGER NOT NULL DEFAULT 0 CHECK (sessions_after >= 0),
	duration_ms INTEGER CHECK (duration_ms >= 0),
	throughput_mb_per_sec REAL CHECK (throughput_mb_per_sec >= 0),
	error TEXT,
	CHECK ((status IN ('completed', 'failed')) = (completed_at IS NOT NULL)),
	CHECK (status <> 'failed' OR error IS NOT NULL)
) STRICT;
CREATE INDEX index_runs_by_creation ON index_runs (created_at DESC);
CREATE INDEX index_runs_open ON index_runs (status) WHERE status IN ('pending', 'running');

CREATE TABLE jobs (
	-- Order of creation, which decides between equal priorities.
	sequence INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	type TEXT NOT NULL,
	data TEXT NOT NULL CHECK (json_valid(data)),
	scope TEXT,
	needs TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(needs)),
	status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
	priority INTEGER NOT NULL DEFAULT 0,
	scheduled_at TEXT NOT NULL CHECK (scheduled_at LIKE '____-__-__T__:__:__.___Z'),
	attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
	max_attempts INTEGER NOT NULL DEFAULT 3 CHECK (max_attempts >= 1),
	timeout_ms INTEGER CHECK (timeout_ms > 0),
	-- In a row, since it last came further.
	deaths INTEGER NOT NULL DEFAULT 0 CHECK (deaths >= 0),
	progress_current INTEGER NOT NULL DEFAULT 0 CHECK (progress_current >= 0),
	progress_total INTEGER CHECK (progress_total >= 0),
	progress_message TEXT,
	checkpoint TEXT CHECK (checkpoint IS NULL OR json_valid(checkpoint)),
	result TEXT CHECK (result IS NULL OR json_valid(result)),
	error TEXT CHECK (error IS NULL OR json_valid(error)),
	lease_owner TEXT,
	lease_expires_at TEXT CHECK (lease_expires_at LIKE '____-__-__T__:__:__.___Z'),
	cancel_requested_at TEXT CHECK (cancel_requested_at LIKE '____-__-__T__:__:__.___Z'),
	created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
	started_at TEXT CHECK (started_at LIKE '____-__-__T__:__:__.___Z'),
	finished_at TEXT CHECK (finished_at LIKE '____-__-__T__:__:__.___Z'),
	updated_at TEXT NOT NULL CHECK (updated_at LIKE '____-__-__T__:__:__.___Z'),
	-- Number of the latest change of any job: whoever has seen all up to one reads what is above it.
	revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
	CHECK ((status = 'running') = (lease_owner IS NOT NULL)),
	CHECK ((lease_owner IS NULL) = (lease_expires_at IS NULL)),
	CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
) STRICT;
CREATE INDEX jobs_due ON jobs (priority DESC, sequence, scheduled_at) WHERE status = 'pending';
CREATE INDEX jobs_waiting ON jobs (scheduled_at) WHERE status = 'pending';
CREATE INDEX jobs_running ON jobs (lease_expires_at) WHERE status = 'running';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_by_type ON jobs (type, status, sequence);
CREATE INDEX jobs_by_revision ON jobs (revision);

CREATE TABLE classification_jobs (
	id INTEGER PRIMARY KEY,
	job_id TEXT NOT NULL UNIQUE REFERENCES jobs (id) ON DELETE CASCADE,
	provider TEXT NOT NULL,
	model TEXT NOT NULL,
	prompt_version INTEGER NOT NULL,
	status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'cancelled', 'failed')),
	total INTEGER NOT NULL DEFAULT 0 CHECK (total >= 0),
	classified INTEGER NOT NULL DEFAULT 0 CHECK (classified >= 0),
	skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped >= 0),
	failed INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
	estimated_micros INTEGER NOT NULL DEFAULT 0 CHECK (estimated_micros >= 0),
	actual_micros INTEGER NOT NULL DEFAULT 0 CHECK (actual_micros >= 0),
	unconfirmed_micros INTEGER NOT NULL DEFAULT 0 CHECK (unconfirmed_micros >= 0),
	cap_micros INTEGER CHECK (cap_micros >= 0),
	estimated_cost_cents INTEGER GENERATED ALWAYS AS ((estimated_micros + 9999) / 10000) VIRTUAL,
	actual_cost_cents INTEGER GENERATED ALWAYS AS ((actual_micros + 9999) / 10000) VIRTUAL,
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	error TEXT CHECK (error IS NULL OR json_valid(error)),
	created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
	completed_at TEXT CHECK (completed_at LIKE '____-__-__T__:__:__.___Z'),
	CHECK ((status = 'running') = (completed_at IS NULL))
) STRICT;
CREATE INDEX classification_jobs_by_creation ON classification_jobs (created_at DESC);

-- What is asked of a provider stands here before it is asked, so that nothing is paid for twice (CLS-8).
CREATE TABLE classification_requests (
	id TEXT PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES classification_jobs (id) ON DELETE CASCADE,
	state TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'answered', 'failed', 'unconfirmed')),
	-- Which session each code in the prompt names.
	codes TEXT NOT NULL CHECK (json_valid(codes)),
	-- Where the child writes its answer, and the child itself as JSON (pid and start time).
	output_file TEXT,
	process TEXT CHECK (process IS NULL OR json_valid(process)),
	estimated_micros INTEGER NOT NULL DEFAULT 0 CHECK (estimated_micros >= 0),
	actual_micros INTEGER CHECK (actual_micros >= 0),
	input_tokens INTEGER CHECK (input_tokens >= 0),
	output_tokens INTEGER CHECK (output_tokens >= 0),
	error TEXT CHECK (error IS NULL OR json_valid(error)),
	asked_at TEXT NOT NULL CHECK (asked_at LIKE '____-__-__T__:__:__.___Z'),
	answered_at TEXT CHECK (answered_at LIKE '____-__-__T__:__:__.___Z')
) STRICT;
CREATE INDEX classification_requests_by_run ON classification_requests (run_id);
CREATE INDEX classification_requests_open ON classification_requests (state) WHERE state = 'asked';

CREATE TABLE classification_items (
	run_id INTEGER NOT NULL REFERENCES classification_jobs (id) ON DELETE CASCADE,
	session_id TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'asked', 'classified', 'skipped', 'failed')),
	attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
	request_id TEXT REFERENCES classification_requests (id) ON DELETE SET NULL,
	-- The session's last record when it was asked about: an answer is stale once the session has grown (CLS-6).
	last_record TEXT,
	error TEXT CHECK (error IS NULL OR json_valid(error)),
	updated_at TEXT NOT NULL CHECK (updated_at LIKE '____-__-__T__:__:__.___Z'),
	PRIMARY KEY (run_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX classification_items_by_request ON classification_items (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX classification_items_asked ON classification_items (session_id) WHERE state = 'asked';
CREATE INDEX classification_items_open ON classification_items (run_id, state) WHERE state IN ('pending', 'asked');

CREATE TABLE classifications (
	id INTEGER PRIMARY KEY,
	session_id TEXT NOT NULL,
	source TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('rules', 'model', 'person')),
	category_l1 TEXT NOT NULL CHECK (category_l1 IN ('code_work', 'support_work', 'thinking_work')),
	category_l2 TEXT,
	category_l3 TEXT,
	confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
	reasoning TEXT,
	provider TEXT,
	model TEXT,
	prompt_version INTEGER,
	last_record TEXT,
	run_id INTEGER REFERENCES classification_jobs (id) ON DELETE SET NULL,
	classified_at TEXT NOT NULL CHECK (classified_at LIKE '____-__-__T__:__:__.___Z'),
	UNIQUE (session_id, source),
	CHECK (category_l2 IS NOT NULL OR category_l3 IS NULL),
	CHECK ((kind = 'model') = (provider IS NOT NULL))
) STRICT;
CREATE INDEX classifications_by_kind ON classifications (kind, category_l1, category_l2, category_l3);
CREATE INDEX classifications_by_run ON classifications (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE spending (
	id INTEGER PRIMARY KEY,
	-- Survives the clean-up of the run and the request it names.
	request_id TEXT UNIQUE,
	run_id INTEGER REFERENCES classification_jobs (id) ON DELETE SET NULL,
	kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'unconfirmed')),
	provider TEXT NOT NULL,
	model TEXT NOT NULL,
	micros INTEGER NOT NULL CHECK (micros >= 0),
	input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
	output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
	spent_at TEXT NOT NULL CHECK (spent_at LIKE '____-__-__T__:__:__.___Z')
) STRICT;
CREATE INDEX spending_by_time ON spending (spent_at);
CREATE INDEX spending_by_run ON spending (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE tags (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(trim(name)) > 0),
	created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z')
) STRICT;

CREATE TABLE session_tags (
	session_id TEXT NOT NULL,
	tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
	added_at TEXT NOT NULL CHECK (added_at LIKE '____-__-__T__:__:__.___Z'),
	PRIMARY KEY (session_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_tags_by_tag ON session_tags (tag_id);

CREATE TABLE pins (
	session_id TEXT PRIMARY KEY,
	pinned_at TEXT NOT NULL CHECK (pinned_at LIKE '____-__-__T__:__:__.___Z')
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
	session_id TEXT PRIMARY KEY,
	text TEXT NOT NULL,
	updated_at TEXT NOT NULL CHECK (updated_at LIKE '____-__-__T__:__:__.___Z')
) STRICT, WITHOUT ROWID;

CREATE TABLE session_labels (
	session_id TEXT PRIMARY KEY,
	title TEXT,
	is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1)),
	updated_at TEXT NOT NULL CHECK (updated_at LIKE '____-__-__T__:__:__.___Z')
) STRICT, WITHOUT ROWID;
CREATE INDEX session_labels_hidden ON session_labels (is_hidden) WHERE is_hidden = 1;

CREATE TABLE consents (
	scope TEXT NOT NULL,
	provider TEXT NOT NULL,
	granted_at TEXT NOT NULL CHECK (granted_at LIKE '____-__-__T__:__:__.___Z'),
	terms TEXT CHECK (terms IS NULL OR json_valid(terms)),
	PRIMARY KEY (scope, provider)
) STRICT, WITHOUT ROWID;

CREATE TABLE working_directory_archives (
	id TEXT PRIMARY KEY,
	session_id TEXT NOT NULL,
	status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'completed', 'failed')),
	is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1)),
	path TEXT UNIQUE,
	manifest TEXT CHECK (manifest IS NULL OR json_valid(manifest)),
	checksum TEXT,
	files INTEGER NOT NULL DEFAULT 0 CHECK (files >= 0),
	bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0),
	compressed_bytes INTEGER NOT NULL DEFAULT 0 CHECK (compressed_bytes >= 0),
	job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
	error TEXT CHECK (error IS NULL OR json_valid(error)),
	created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
	completed_at TEXT CHECK (completed_at LIKE '____-__-__T__:__:__.___Z'),
	restored_at TEXT CHECK (restored_at LIKE '____-__-__T__:__:__.___Z'),
	CHECK (status <> 'completed' OR (path IS NOT NULL AND checksum IS NOT NULL))
) STRICT;
CREATE INDEX working_directory_archives_by_session ON working_directory_archives (session_id, created_at DESC);
CREATE INDEX working_directory_archives_open ON working_directory_archives (status) WHERE status IN ('pending', 'in_progress');
CREATE INDEX working_directory_archives_by_job ON working_directory_archives (job_id) WHERE job_id IS NOT NULL;

-- Of sessions the extension ran itself, whose transcripts do not tell it.
CREATE TABLE run_hook_executions (
	id INTEGER PRIMARY KEY,
	session_id TEXT NOT NULL,
	job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
	event TEXT NOT NULL,
	name TEXT,
	command TEXT,
	tool_name TEXT,
	tool_use_id TEXT,
	outcome TEXT NOT NULL CHECK (outcome IN ('success', 'error', 'blocked', 'cancelled', 'unknown')),
	exit_code INTEGER,
	duration_ms INTEGER CHECK (duration_ms >= 0),
	error_text TEXT,
	prevented_continuation INTEGER NOT NULL DEFAULT 0 CHECK (prevented_continuation IN (0, 1)),
	at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z')
) STRICT;
CREATE INDEX run_hook_executions_by_session ON run_hook_executions (session_id, at);
CREATE INDEX run_hook_executions_by_job ON run_hook_executions (job_id) WHERE job_id IS NOT NULL;

CREATE TABLE run_permission_decisions (
	id INTEGER PRIMARY KEY,
	session_id TEXT NOT NULL,
	job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
	tool_name TEXT NOT NULL,
	tool_use_id TEXT,
	input TEXT,
	decision TEXT NOT NULL CHECK (decision IN ('allowed', 'denied', 'bypassed')),
	source TEXT NOT NULL CHECK (source IN ('user', 'rule', 'classifier', 'unavailable', 'unknown')),
	reason TEXT,
	at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
	UNIQUE (session_id, tool_use_id)
) STRICT;
CREATE INDEX run_permission_decisions_by_session ON run_permission_decisions (session_id, at);
CREATE INDEX run_permission_decisions_by_job ON run_permission_decisions (job_id) WHERE job_id IS NOT NULL;

CREATE TABLE remembered_worktrees (
	path TEXT PRIMARY KEY,
	repository TEXT NOT NULL,
	remembered_at TEXT NOT NULL CHECK (remembered_at LIKE '____-__-__T__:__:__.___Z')
) STRICT, WITHOUT ROWID;
CREATE INDEX remembered_worktrees_by_repository ON remembered_worktrees (repository);

CREATE TABLE dismissed_notices (
	key TEXT PRIMARY KEY,
	dismissed_at TEXT NOT NULL CHECK (dismissed_at LIKE '____-__-__T__:__:__.___Z')
) STRICT, WITHOUT ROWID;
`,
	down: `
DROP TABLE dismissed_notices;
DROP TABLE remembered_worktrees;
DROP TABLE run_permission_decisions;
DROP TABLE run_hook_executions;
DROP TABLE working_directory_archives;
DROP TABLE consents;
DROP TABLE session_labels;
DROP TABLE notes;
DROP TABLE pins;
DROP TABLE session_tags;
DROP TABLE tags;
DROP TABLE spending;
DROP TABLE classifications;
DROP TABLE classification_items;
DROP TABLE classification_requests;
DROP TABLE classification_jobs;
DROP TABLE jobs;
DROP TABLE index_runs;
DROP TABLE meta;
`,
};
