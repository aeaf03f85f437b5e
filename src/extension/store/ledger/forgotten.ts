/**
 * Sessions that a person wanted forgotten, and what of the ledger goes with them. Spending stays, because the money is
 * spent, and so do the ids in the records of past jobs, which say nothing and are cleaned up with them.
 */
import type { SqlValue } from '../sqlite.ts';
import { noteMarks } from './marks.ts';
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export interface ForgottenSession {
	readonly sessionId: string;
	readonly at: string;
}

/** The latest first. */
export function forgottenSessions(reader: LedgerReader): ForgottenSession[] {
	return reader
		.prepare<ForgottenSession>(
			'SELECT session_id AS sessionId, forgotten_at AS at FROM forgotten_sessions ORDER BY forgotten_at DESC, session_id',
		)
		.all();
}

export function isForgotten(reader: LedgerReader, sessionId: string): boolean {
	return reader.prepare('SELECT 1 FROM forgotten_sessions WHERE session_id = ?').get(sessionId) !== undefined;
}

/** Rows by table, as they were: for whoever takes the forgetting back. */
export type LedgerTraces = Readonly<Record<string, readonly Readonly<Record<string, SqlValue>>[]>>;

interface TraceTable {
	readonly select: string;
	readonly remove: string;
	/** `?1` is the JSON array of the rows. What they refer to may be gone since. */
	readonly putBack: string;
}

const ofSessions = 'session_id IN (SELECT value FROM json_each(?1))';

const traceTables: Readonly<Record<string, TraceTable>> = {
	classifications: {
		select: `SELECT session_id, source, kind, category_l1, category_l2, category_l3, confidence, reasoning, provider, model, prompt_version,
			last_record, run_id, classified_at FROM classifications WHERE ${ofSessions} ORDER BY id`,
		remove: `DELETE FROM classifications WHERE ${ofSessions}`,
		// With new numbers: the old ones may have been given out again.
		putBack: `INSERT OR IGNORE INTO classifications (session_id, source, kind, category_l1, category_l2, category_l3, confidence, reasoning,
				provider, model, prompt_version, last_record, run_id, classified_at)
			SELECT value ->> 'session_id', value ->> 'source', value ->> 'kind', value ->> 'category_l1', value ->> 'category_l2',
				value ->> 'category_l3', value ->> 'confidence', value ->> 'reasoning', value ->> 'provider', value ->> 'model',
				value ->> 'prompt_version', value ->> 'last_record', (SELECT id FROM classification_jobs WHERE id = value ->> 'run_id'),
				value ->> 'classified_at' FROM json_each(?1) ORDER BY key`,
	},
	session_tags: {
		select: `SELECT session_id, tag_id, added_at FROM session_tags WHERE ${ofSessions}`,
		remove: `DELETE FROM session_tags WHERE ${ofSessions}`,
		putBack: `INSERT OR IGNORE INTO session_tags (session_id, tag_id, added_at)
			SELECT value ->> 'session_id', value ->> 'tag_id', value ->> 'added_at' FROM json_each(?1)
			WHERE value ->> 'tag_id' IN (SELECT id FROM tags)`,
	},
	pins: {
		select: `SELECT session_id, pinned_at FROM pins WHERE ${ofSessions}`,
		remove: `DELETE FROM pins WHERE ${ofSessions}`,
		putBack: `INSERT OR IGNORE INTO pins (session_id, pinned_at) SELECT value ->> 'session_id', value ->> 'pinned_at' FROM json_each(?1)`,
	},
	notes: {
		select: `SELECT session_id, text, updated_at FROM notes WHERE ${ofSessions}`,
		remove: `DELETE FROM notes WHERE ${ofSessions}`,
		putBack: `INSERT OR IGNORE INTO notes (session_id, text, updated_at)
			SELECT value ->> 'session_id', value ->> 'text', value ->> 'updated_at' FROM json_each(?1)`,
	},
	session_labels: {
		select: `SELECT session_id, title, is_hidden, updated_at FROM session_labels WHERE ${ofSessions}`,
		remove: `DELETE FROM session_labels WHERE ${ofSessions}`,
		putBack: `INSERT OR IGNORE INTO session_labels (session_id, title, is_hidden, updated_at)
			SELECT value ->> 'session_id', value ->> 'title', value ->> 'is_hidden', value ->> 'updated_at' FROM json_each(?1)`,
	},
	run_hook_executions: {
		select: `SELECT session_id, job_id, event, name, command, tool_name, tool_use_id, outcome, exit_code, duration_ms, error_text,
			prevented_continuation, at FROM run_hook_executions WHERE ${ofSessions} ORDER BY id`,
		remove: `DELETE FROM run_hook_executions WHERE ${ofSessions}`,
		putBack: `INSERT INTO run_hook_executions (session_id, job_id, event, name, command, tool_name, tool_use_id, outcome, exit_code,
				duration_ms, error_text, prevented_continuation, at)
			SELECT value ->> 'session_id', (SELECT id FROM jobs WHERE id = value ->> 'job_id'), value ->> 'event', value ->> 'name',
				value ->> 'command', value ->> 'tool_name', value ->> 'tool_use_id', value ->> 'outcome', value ->> 'exit_code',
				value ->> 'duration_ms', value ->> 'error_text', value ->> 'prevented_continuation', value ->> 'at' FROM json_each(?1) ORDER BY key`,
	},
	run_permission_decisions: {
		select: `SELECT session_id, job_id, tool_name, tool_use_id, input, decision, source, reason, at FROM run_permission_decisions
			WHERE ${ofSessions} ORDER BY id`,
		remove: `DELETE FROM run_permission_decisions WHERE ${ofSessions}`,
		putBack: `INSERT OR IGNORE INTO run_permission_decisions (session_id, job_id, tool_name, tool_use_id, input, decision, source, reason, at)
			SELECT value ->> 'session_id', (SELECT id FROM jobs WHERE id = value ->> 'job_id'), value ->> 'tool_name', value ->> 'tool_use_id',
				value ->> 'input', value ->> 'decision', value ->> 'source', value ->> 'reason', value ->> 'at' FROM json_each(?1) ORDER BY key`,
	},
};

/** Answers what was taken out. Sessions that nobody knows, or knows any more, can be forgotten too. `token` is that of `noteMarks`. */
export function forgetSessions(tx: LedgerTransaction, sessionIds: readonly string[], at: string, token: string): LedgerTraces {
	const ids = JSON.stringify(sessionIds);
	const traces = Object.fromEntries(
		Object.entries(traceTables).map(([table, { select }]) => [table, tx.prepare<Record<string, SqlValue>>(select).all(ids)]),
	);
	for (const { remove } of Object.values(traceTables)) tx.run(remove, ids);
	tx.run('INSERT OR IGNORE INTO forgotten_sessions (session_id, forgotten_at) SELECT value, ?2 FROM json_each(?1)', ids, at);
	noteMarks(tx, token);
	return traces;
}

/** They may be known again. `traces` of `forgetSessions` come back, beside what was said of the sessions since. */
export function rememberSessions(tx: LedgerTransaction, sessionIds: readonly string[], token: string, traces: LedgerTraces = {}): void {
	tx.run('DELETE FROM forgotten_sessions WHERE session_id IN (SELECT value FROM json_each(?1))', JSON.stringify(sessionIds));
	for (const [table, { putBack }] of Object.entries(traceTables)) {
		const rows = traces[table] ?? [];
		if (rows.length > 0) tx.run(putBack, JSON.stringify(rows));
	}
	noteMarks(tx, token);
}
