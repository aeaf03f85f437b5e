/** What the schema cannot say of itself: what each table is for, and where values come from. */

export const preface = `# The schema

<!-- Written by scripts/schemaDocument.ts; change the migrations or scripts/schemaNotes.ts and run it again. A test compares. -->

Two kinds of file (see [ARCHITECTURE.md](../ARCHITECTURE.md)): the index can be read again from the transcripts, the ledger from
nowhere. How to change a schema: [migrations.md](migrations.md).

- Instants are UTC (IDX-8). In the index \`*_ms\` are milliseconds since the epoch, with a computed column that shows the same as
  ISO 8601 with \`Z\`; in \`sessions\` and in the ledger they are that text.
- \`*_key\` are 47-bit numbers that stand for uuids and other identifiers of the transcripts.
- Flags are 0 and 1. A type with \`?\` may be null: it is not known.
- The ledger names sessions by \`sessions.session_id\`; there is no foreign key from one file to the other.
- The diagrams show keys only; the word on a line says what happens to the rows on its right when the one on its left is deleted.
- \`dirty\` and other temporary tables of a connection are not stored and not listed.`;

export const indexTables: Readonly<Record<string, string>> = {
	meta: 'What the rows were made by: versions of parser and rules, digest of the prices, marks of unfinished work.',
	projects: 'Working directories of sessions (IDX-1).',
	models: 'Names of models, each once.',
	paths: 'Paths of files that tools touched, each once.',
	sessions: 'One row for each session (MODEL-1), with its sums (IDX-7) and the projection of its category (CLS-2).',
	session_files: 'Transcripts, how far each was read and what tells whether it changed (IDX-4).',
	messages: 'One row for each record of a conversation: what it is, and where its text lies in the file (MODEL-3).',
	passed_links: 'Records that carry nothing and stand between two that do: where the chain goes on before them.',
	tool_calls: 'One row for each `tool_use` block and its result (MODEL-4).',
	responses: 'One row for each API answer a file knows of (MODEL-6); counted in one file only.',
	file_activity: 'Prompts, tool calls and active time of a file by quarter of an hour, of which the days of every time zone are made.',
	session_usage: 'Tokens and cost of a session by quarter of an hour, model, rate and who asked.',
	copied_responses: 'Answers in records that another file owns: how much was copied. They count in no figure of a session.',
	usage_lines: 'What adding up every line that names tokens would count, by file, quarter of an hour and model.',
	session_tools: 'Calls of a session by tool, with their errors, retries and durations.',
	session_errors: 'Failed calls of a session by tool and by what went wrong.',
	session_edits: 'Files that a session edited, with its successful edits and reads of each.',
	summaries: 'Titles that `summary` records give to the conversation that ends in a certain record, often of another file.',
	hook_executions: 'Hooks that transcripts tell of (AUDIT-1).',
	permission_decisions: 'Decisions on tool calls that transcripts tell of (AUDIT-2).',
	session_metrics_snapshots: 'Figures of a session at some times, so that its growth can be drawn (AUDIT-4).',
};

export const ledgerTables: Readonly<Record<string, string>> = {
	meta: '`sequence`: the number of the last change that is in the file; later ones are in the journal.',
	index_runs: 'Every run of the indexer (IDX-6).',
	jobs: 'Background work that survives a restart (JOB-1). A running job has a lease, a finished one an end.',
	classification_jobs:
		'Runs of the classifier (CLS-6), one for each of their jobs. Money is in millionths of a dollar; the cents are computed.',
	classification_requests: 'What was asked of a provider, recorded before it was asked (CLS-8).',
	classification_items: 'The sessions of a run and what became of each: the point from which a run goes on.',
	classifications: 'Categories of sessions by source: a provider with its model, or a person (CLS-2).',
	spending: 'What was paid, and what may have been paid and was lost (CLS-8). Outlives its run.',
	tags: 'Names a person made up.',
	session_tags: 'Which session bears which tag.',
	pins: 'Sessions that stand on top.',
	notes: 'What a person wrote about a session.',
	session_labels: 'Titles a person gave, and sessions they hid.',
	consents: 'Who may be sent what, for which workspace (NFR-2).',
	working_directory_archives: 'Archives of sessions and the files they touched (AUDIT-3).',
	run_hook_executions: 'Hooks of sessions that the extension started (AUDIT-1).',
	run_permission_decisions: 'Decisions in sessions that the extension started (AUDIT-2).',
	remembered_worktrees: 'Git worktrees seen once: when git has forgotten one, its sessions still belong to the repository (IDX-1).',
	dismissed_notices: 'Notices a person does not want to see again.',
	forgotten_sessions: 'What a person wanted forgotten: not read again, nothing kept but the id.',
};

/** By table and column; only where the name does not say it. */
export const columnNotes: Readonly<Record<string, string>> = {
	'projects.repository': "git's common directory, shared by all worktrees",
	'sessions.session_id': "stem of the transcript's name",
	'sessions.parent_session_id': 'may name a session that is not in the index',
	'sessions.forked_at_message': 'uuid of the message it forked from',
	'sessions.is_stub': 'has subagents only, no transcript of its own (MODEL-1)',
	'sessions.gone_at': 'when the transcript was first missed',
	'sessions.active_ms': 'pauses between records, each counted up to 5 minutes',
	'sessions.cost_usd': 'null when nothing has a price',
	'sessions.unpriced_tokens': 'tokens of models without a price',
	'sessions.models': 'JSON array, most used first',
	'sessions.skills': 'JSON object, name to count',
	'sessions.slash_commands': 'JSON object, name to count',
	'sessions.mcp_servers': 'JSON object, name to count',
	'sessions.retry_delay': 'seconds',
	'session_files.size': '-1: its rows are being replaced, it must be read from its first byte',
	'session_files.read_offset': 'byte after the last complete line',
	'session_files.state': "the reader's memory, JSON with a control character for each frequent phrase (`claude/statePhrases.ts`)",
	'session_files.origins': 'JSON array of sessions its records name as their origin',
	'session_files.unknown_types': 'JSON object, record type to count',
	'session_files.parent_tool_key': 'call that started the subagent',
	'messages.parent_offset': 'nearest ancestor that is a message of this file; its own where the record says it follows none',
	'messages.thinking_content': 'length of the thinking text; the text stays in the transcript',
	'messages.kind': 'the type and what is yes or no of the record, see the computed columns (`messageFlags` in `store/index/rows.ts`)',
	'messages.text_size': 'words of a prompt, length of the thinking of an answer',
	'messages.is_copy': 'stands in another file that owns it (MODEL-2)',
	'tool_calls.flags': 'status, access to the path and what is yes or no of the call (`toolCallFlags` in `store/index/rows.ts`)',
	'tool_calls.is_progress': 'told by an `agent_progress` record: counts where no record of its own does',
	'tool_calls.is_counted': '0 where the same call counts in another file',
	'tool_calls.is_retry': 'same tool and input as a call before it that failed',
	'responses.flags': 'what is yes or no of the answer (`responseFlags` in `store/index/rows.ts`)',
	'responses.is_progress': 'stands only in an `agent_progress` record of this file',
	'responses.is_counted': '0 where the same response counts in another file',
	'responses.usage_from': 'file whose row of the same response has the larger output; null when this one has',
	'responses.is_long': 'above the length at which the model costs more',
	'session_usage.part': '0 the main conversation, 1 a subagent in the same transcript, 2 a subagent with a file of its own',
	'usage_lines.quarter_ms': 'start of the quarter; 0 for lines without a time',
	'session_tools.longest_ms': 'null where no duration is known',
	'sessions.edit_turns': 'turns in which the main conversation edited a file',
	'sessions.retried_edit_turns': 'of those, turns in which it edited a file again after a check',
	'sessions.test_runs': 'commands that run tests, of subagents too',
	'session_usage.quarter_ms': 'start of the quarter; 0 for responses without a time',
	'index_runs.places_key': 'names the set of places, as the name of the index does',
	'index_runs.owner': 'the process, as JSON',
	'jobs.sequence': 'order of creation, decides between equal priorities',
	'jobs.data': 'JSON, by the type',
	'jobs.needs': 'JSON array: what a window must have to claim it',
	'jobs.checkpoint': 'JSON: from where it goes on',
	'jobs.deaths': 'processes that died running it, in a row, since it last came further',
	'jobs.lease_owner': 'who runs it, as JSON: the process and a token of its own for each claim',
	'jobs.started_at': 'when its latest run began',
	'jobs.revision': 'number of its latest change, counted over all jobs',
	'classification_requests.codes': 'JSON: which session each code of the prompt names',
	'classification_requests.output_file': 'where the child process writes its answer',
	'classification_requests.process': 'the child process, as JSON',
	'classification_items.last_record': 'the last record when it was asked about: with more records the answer is stale',
	'classifications.source': 'provider, model and version of the prompt, or `person`',
	'spending.micros': 'millionths of a dollar',
	'working_directory_archives.checksum': 'SHA-256 of the archive',
};

export const sessionSources = `#### Settings and totals of a session (MODEL-8)

| column | default | from the transcript | from own runs |
|---|---|---|---|
| \`include_partial_messages\` | 0 | – | the option it was started with |
| \`max_retries\` | 3 | – | the option it was started with |
| \`retry_delay\` | 2.0 s | – | the option it was started with |
| \`timeout_seconds\` | 120 | – | the option it was started with |
| \`hooks_enabled\` | null: not known | – | the option it was started with |
| \`permission_mode\` | null: not known | the last mode a record names | the option it was started with |
| \`custom_policies\` | null: none known | – | the option it was started with |
| \`total_hook_executions\` | 0 | hooks its records tell of | \`run_hook_executions\` of the ledger |
| \`total_permission_checks\` | 0 | denials its records tell of; what was allowed is not recorded | \`run_permission_decisions\` of the ledger |
| \`total_errors\` | 0 | failed tool calls and API errors | the same |
| \`total_retries\` | 0 | calls repeated after a failure | the same |
| \`archive_id\` | null: none | – | \`working_directory_archives.id\` of the ledger |
| \`template_id\` | null: none | – | the template it was started from |
| \`claude_status\` | \`not_started\` | how the transcript ends (LIVE-1) | the same |`;
