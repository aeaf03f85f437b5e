/** What the search asks of the index: which transcripts there are, whose they are, and which records others own. */
import type { Sqlite } from '../sqlite.ts';
import { joinedToSessions } from './lists.ts';
import { ensureMarkTable } from './marks.ts';

export interface SearchedFileRow {
	readonly id: number;
	readonly path: string;
	readonly kind: 'session' | 'subagent';
	readonly session_rowid: number;
	readonly agent_id: string | null;
	readonly read_offset: number;
	/** Records that another transcript owns. */
	readonly copies: number;
	readonly is_gone: number;
	readonly mtime_ms: number;
}

export interface SearchedSessionRow {
	readonly id: number;
	readonly session_id: string;
	readonly title: string | null;
	readonly title_source: string;
	readonly git_branch: string | null;
	readonly models: string | null;
	readonly category_l1: string | null;
	readonly category_l2: string | null;
	readonly category_l3: string | null;
	readonly started_at: string | null;
	readonly ended_at: string | null;
	readonly project_id: number | null;
	readonly project: string | null;
	readonly project_path: string | null;
}

/** Rows that are read in one step: some milliseconds. */
const rowsAtOnce = 500;

const fileColumns = `f.id, f.path, f.kind, f.session_rowid, f.agent_id, f.read_offset, f.gone_at IS NOT NULL AS is_gone, f.mtime_ms,
	(SELECT count(*) FROM messages m INDEXED BY messages_copied WHERE m.file_id = f.id AND m.is_copy = 1) AS copies`;
/** Read to some place. Helper runs repeat what stands in their session. */
const isSearched = `f.helper IS NULL AND f.size >= 0 AND f.kind IN ('session', 'subagent')`;

/** A name that a person gave stands in the place of the title. */
const sessionColumns = `s.id, s.session_id, coalesce(k.title, s.title) AS title, iif(k.title IS NULL, s.title_source, 'custom') AS title_source,
	s.git_branch, s.models, s.category_l1, s.category_l2, s.category_l3, s.started_at, s.ended_at, s.project_id, p.name AS project,
	p.path AS project_path`;

export class SearchRows {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
		ensureMarkTable(db);
	}

	/** Transcripts of these sessions. */
	files(sessions: readonly number[]): SearchedFileRow[] {
		return this.#db
			.prepare<SearchedFileRow>(
				`SELECT ${fileColumns} FROM json_each(?) j CROSS JOIN sessions s ON s.id = j.value CROSS JOIN session_files f ON f.session_rowid = s.id
				WHERE ${isSearched}`,
			)
			.all(JSON.stringify(sessions));
	}

	/** Transcripts of all sessions. */
	allFiles(): Generator<void, SearchedFileRow[]> {
		return inPortions(after =>
			this.#db
				.prepare<SearchedFileRow>(
					`SELECT ${fileColumns} FROM session_files f JOIN sessions s ON s.id = f.session_rowid WHERE f.id > ? AND ${isSearched}
					ORDER BY f.id LIMIT ${rowsAtOnce}`,
				)
				.all(after),
		);
	}

	sessions(sessions: readonly number[]): SearchedSessionRow[] {
		return this.#db
			.prepare<SearchedSessionRow>(
				`SELECT ${sessionColumns} FROM sessions s ${joinedToSessions} WHERE s.id IN (SELECT value FROM json_each(?))`,
			)
			.all(JSON.stringify(sessions));
	}

	allSessions(): Generator<void, SearchedSessionRow[]> {
		return inPortions(after =>
			this.#db
				.prepare<SearchedSessionRow>(
					`SELECT ${sessionColumns} FROM sessions s ${joinedToSessions} WHERE s.id > ? ORDER BY s.id LIMIT ${rowsAtOnce}`,
				)
				.all(after),
		);
	}

	rowIds(sessionIds: readonly string[]): number[] {
		return this.#db
			.prepare<{ id: number }>('SELECT s.id FROM json_each(?) j JOIN sessions s ON s.session_id = j.value')
			.all(JSON.stringify(sessionIds))
			.map(({ id }) => id);
	}

	/** Places of the records of a file that stand in another transcript which is still there: its owner, or, of several copies, the first. */
	ownedElsewhere(fileId: number): number[] {
		return this.#db
			.prepare<{ o: number }>(
				`SELECT m.byte_offset AS o FROM messages m INDEXED BY messages_copied WHERE m.file_id = ?1 AND m.is_copy = 1 AND EXISTS (
					SELECT 1 FROM messages q JOIN session_files f ON f.id = q.file_id
					WHERE q.uuid_key = m.uuid_key AND q.file_id <> ?1 AND f.gone_at IS NULL AND f.session_rowid IS NOT NULL
						AND (q.is_copy = 0 OR (q.file_id < ?1 AND ${isSearched})))`,
			)
			.all(fileId)
			.map(({ o }) => o);
	}

	/** Transcripts that repeat records which a file owns, or has as the first of several copies. */
	pathsWithCopiesOf(path: string): string[] {
		return this.#db
			.prepare<{ path: string }>(
				`SELECT DISTINCT c.path FROM session_files f JOIN messages q ON q.file_id = f.id JOIN messages m ON m.uuid_key = q.uuid_key
				JOIN session_files c ON c.id = m.file_id
				WHERE f.path = ? AND q.uuid_key IS NOT NULL AND m.is_copy = 1 AND c.gone_at IS NULL
					AND (CASE q.is_copy WHEN 0 THEN c.id <> f.id ELSE c.id > f.id END)`,
			)
			.all(path)
			.map(row => row.path);
	}

	/** Whether a record counts as a message: what stands in the queue of prompts usually is repeated by one. */
	isMessage(fileId: number, offset: number): boolean {
		return this.#db.prepare('SELECT 1 FROM messages WHERE file_id = ? AND byte_offset = ?').get(fileId, offset) !== undefined;
	}

	/** Whether a record of this key stands in a file before a place: by its own uuid, or by that of the record it is a copy of. */
	standsBefore(fileId: number, key: number, offset: number): boolean {
		return (
			this.#db
				.prepare(
					`SELECT 1 FROM messages WHERE uuid_key = ?2 AND file_id = ?1 AND byte_offset < ?3
					UNION ALL SELECT 1 FROM passed_links WHERE file_id = ?1 AND uuid_key = ?2 AND parent_offset < ?3 LIMIT 1`,
				)
				.get(fileId, key, offset) !== undefined
		);
	}

	toolName(toolKey: number): string | null {
		return this.#db.prepare<{ name: string }>('SELECT name FROM tool_calls WHERE tool_key = ? LIMIT 1').get(toolKey)?.name ?? null;
	}

	/** Sessions whose tools read or changed a file: one with this in its path, or, when `isWhole`, with this path or at its end. */
	sessionsWithFile(value: string, isWhole: boolean): number[] {
		return this.#db
			.prepare<{ id: number }>(
				`SELECT DISTINCT f.session_rowid AS id FROM paths p JOIN tool_calls t ON t.path_id = p.id JOIN session_files f ON f.id = t.file_id
				WHERE f.session_rowid IS NOT NULL AND CASE WHEN ?2 THEN lower(p.path) = ?1
					OR substr(lower(replace(p.path, '\\', '/')), -length(?1) - 1) = '/' || ?1
					ELSE instr(lower(replace(p.path, '\\', '/')), ?1) > 0 END`,
			)
			.all(value.replaceAll('\\', '/'), isWhole ? 1 : 0)
			.map(({ id }) => id);
	}
}

/** All rows, by their ids, a step for each portion of them. */
function* inPortions<T extends { readonly id: number }>(portion: (after: number) => T[]): Generator<void, T[]> {
	const all: T[] = [];
	for (let after = 0; ; yield) {
		const rows = portion(after);
		all.push(...rows);
		after = rows.at(-1)?.id ?? after;
		if (rows.length < rowsAtOnce) return all;
	}
}
