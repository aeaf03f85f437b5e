/** The transcripts the index knows, and how far each was read (IDX-4). */
import type { Sqlite } from '../sqlite.ts';

export type FileKind = 'session' | 'subagent';

/** What tells whether a file changed since it was read. */
export interface KnownFile {
	readonly id: number;
	readonly path: string;
	readonly kind: FileKind;
	readonly sessionRowId: number | null;
	readonly inode: string;
	readonly size: number;
	readonly mtimeMs: number;
	/** Byte after the last complete line that was read. */
	readonly readOffset: number;
	readonly parserVersion: number;
	readonly isGone: boolean;
	/** Code of the error its last reading failed with; null when it did not. */
	readonly problem: string | null;
}

export interface NewFile {
	readonly path: string;
	readonly kind: FileKind;
	readonly helper: 'compaction' | 'suggestion' | 'side question' | null;
}

export interface FileReading {
	readonly id: number;
	readonly sessionRowId: number | null;
	readonly agentId: string | null;
	readonly agentType: string | null;
	readonly agentDescription: string | null;
	readonly inode: string;
	readonly size: number;
	readonly mtimeMs: number;
	readonly readOffset: number;
	readonly headHash: string;
	readonly tailHash: string;
	/** First instant of all its records: decides who owns copied history. */
	readonly firstMs: number | null;
	/** Sessions its records name as their origin. */
	readonly origins: readonly string[];
	/** Key of the record its first one continues. */
	readonly continuesKey: number | null;
	/** Null where nothing of the file may be kept. */
	readonly state: string | null;
	readonly parserVersion: number;
	readonly unknownTypes: Readonly<Record<string, number>>;
	readonly malformedLines: number;
}

interface FileRow {
	id: number;
	path: string;
	kind: FileKind;
	session_rowid: number | null;
	inode: string;
	size: number;
	mtime_ms: number;
	read_offset: number;
	parser_version: number;
	is_gone: number;
	problem: string | null;
}

const known = `SELECT id, path, kind, session_rowid, inode, size, mtime_ms, read_offset, parser_version,
	gone_at IS NOT NULL AS is_gone, problem FROM session_files`;

const asKnown = (row: FileRow): KnownFile => ({
	id: row.id,
	path: row.path,
	kind: row.kind,
	sessionRowId: row.session_rowid,
	inode: row.inode,
	size: row.size,
	mtimeMs: row.mtime_ms,
	readOffset: row.read_offset,
	parserVersion: row.parser_version,
	isGone: row.is_gone === 1,
	problem: row.problem,
});

export class FileTable {
	readonly #db: Sqlite;

	constructor(db: Sqlite) {
		this.#db = db;
	}

	all(): KnownFile[] {
		return this.#db.prepare<FileRow>(known).all().map(asKnown);
	}

	count(): number {
		return this.#db.prepare<{ n: number }>('SELECT count(*) AS n FROM session_files').get()?.n ?? 0;
	}

	/** Of all transcripts that are on disk. */
	bytes(): number {
		return this.#db.prepare<{ n: number }>('SELECT total(max(size, 0)) AS n FROM session_files WHERE gone_at IS NULL').get()?.n ?? 0;
	}

	/** Paths of the files written to last, the latest first. */
	latest(limit: number): string[] {
		return this.#db
			.prepare<{ path: string }>('SELECT path FROM session_files WHERE gone_at IS NULL ORDER BY mtime_ms DESC LIMIT ?')
			.all(limit)
			.map(row => row.path);
	}

	/** Those below a directory; `separator` is the platform's. */
	below(directory: string, separator: string): KnownFile[] {
		const prefix = directory + separator;
		// The character after the separator bounds the range, so that the index on the path serves it.
		const end = directory + String.fromCharCode(separator.charCodeAt(0) + 1);
		return this.#db.prepare<FileRow>(`${known} WHERE path >= ? AND path < ?`).all(prefix, end).map(asKnown);
	}

	add(file: NewFile): number {
		const row = this.#db
			.prepare<{ id: number }>('INSERT INTO session_files (path, kind, helper) VALUES (?, ?, ?) RETURNING id')
			.get(file.path, file.kind, file.helper);
		if (row === undefined) throw new Error('a file that was just added has no id');
		return row.id;
	}

	sessionOf(fileId: number): { readonly sessionRowId: number | null; readonly sessionId: string | null } {
		return (
			this.#db
				.prepare<{ sessionRowId: number | null; sessionId: string | null }>(
					`SELECT f.session_rowid AS sessionRowId, s.session_id AS sessionId
					FROM session_files f LEFT JOIN sessions s ON s.id = f.session_rowid WHERE f.id = ?`,
				)
				.get(fileId) ?? { sessionRowId: null, sessionId: null }
		);
	}

	/** Hashes of the file's head and of what was read last, to tell whether it only grew. */
	fingerprint(fileId: number): { readonly head: string; readonly tail: string } {
		return (
			this.#db
				.prepare<{ head: string; tail: string }>('SELECT head_hash AS head, tail_hash AS tail FROM session_files WHERE id = ?')
				.get(fileId) ?? { head: '', tail: '' }
		);
	}

	/** The reader's state as it was stored; null when the file was never read. */
	state(fileId: number): string | null {
		return this.#db.prepare<{ state: string | null }>('SELECT state FROM session_files WHERE id = ?').get(fileId)?.state ?? null;
	}

	/** Keys of the records of a file with the message each leads to: what a reader needs to go on in the middle. */
	earlierKeys(fileId: number): Float64Array {
		const rows = this.#db
			.prepare<{ k: number; o: number | null }>(
				`SELECT uuid_key AS k, byte_offset AS o FROM messages WHERE file_id = ?1 AND uuid_key IS NOT NULL
				UNION ALL SELECT uuid_key, parent_offset FROM passed_links WHERE file_id = ?1`,
			)
			.all(fileId);
		const pairs = new Float64Array(rows.length * 2);
		rows.forEach((row, index) => {
			pairs[index * 2] = row.k;
			pairs[index * 2 + 1] = row.o ?? -1;
		});
		return pairs;
	}

	/** The message a record of a file leads to: its own offset, that of a passed record's parent (null at a root), or undefined. */
	earlierOffset(fileId: number, key: number): number | null | undefined {
		return this.#db
			.prepare<{ o: number | null }>(
				`SELECT byte_offset AS o FROM messages WHERE uuid_key = ?2 AND file_id = ?1
				UNION ALL SELECT parent_offset FROM passed_links WHERE file_id = ?1 AND uuid_key = ?2 LIMIT 1`,
			)
			.get(fileId, key)?.o;
	}

	/** Keys of the records of a file that another file owns. */
	copiedKeys(fileId: number): number[] {
		// The index is named, since SQLite without statistics takes the table and reads every message of the file.
		return this.#db
			.prepare<{ k: number }>(
				'SELECT uuid_key AS k FROM messages INDEXED BY messages_copied WHERE file_id = ? AND is_copy = 1 AND uuid_key IS NOT NULL',
			)
			.all(fileId)
			.map(row => row.k);
	}

	/** The newest instant of a file's own records: pauses are counted from it. */
	lastMs(fileId: number): number | null {
		return (
			this.#db.prepare<{ at: number | null }>('SELECT max(at_ms) AS at FROM messages WHERE file_id = ? AND is_copy = 0').get(fileId)?.at ??
			null
		);
	}

	finish(reading: FileReading): void {
		this.#db
			.prepare(
				`UPDATE session_files SET session_rowid = ?, agent_id = coalesce(?, agent_id), agent_type = coalesce(?, agent_type),
				agent_description = coalesce(?, agent_description), inode = ?, size = ?, mtime_ms = ?,
				read_offset = ?, head_hash = ?, tail_hash = ?, first_ms = ?, origins = ?, continues_key = ?, state = ?, parser_version = ?, unknown_types = ?,
				malformed_lines = ?, gone_at = NULL, problem = NULL WHERE id = ?`,
			)
			.run(
				reading.sessionRowId,
				reading.agentId,
				reading.agentType,
				reading.agentDescription,
				reading.inode,
				reading.size,
				reading.mtimeMs,
				reading.readOffset,
				reading.headHash,
				reading.tailHash,
				reading.firstMs,
				reading.origins.length === 0 ? null : JSON.stringify(reading.origins),
				reading.continuesKey,
				reading.state,
				reading.parserVersion,
				Object.keys(reading.unknownTypes).length === 0 ? null : JSON.stringify(reading.unknownTypes),
				reading.malformedLines,
				reading.id,
			);
	}

	/** Its rows are about to change: until `finish`, the next start reads it from its first byte. */
	begin(id: number): void {
		this.#db.prepare('UPDATE session_files SET size = -1, read_offset = 0, state = NULL WHERE id = ?').run(id);
	}

	/** The file is as it was, but its inode or time moved on, or it could not be read for a while. */
	touch(id: number, inode: string, mtimeMs: number): void {
		this.#db
			.prepare('UPDATE session_files SET inode = ?, mtime_ms = ?, gone_at = NULL, problem = NULL WHERE id = ?')
			.run(inode, mtimeMs, id);
	}

	markGone(id: number, at: string): void {
		this.#db.prepare('UPDATE session_files SET gone_at = ? WHERE id = ? AND gone_at IS NULL').run(at, id);
	}

	/** Why a file could not be read, as it was found. Until `finish` it counts as one that was never read. */
	setProblem(id: number, problem: string, inode: string, mtimeMs: number): void {
		this.#db.prepare('UPDATE session_files SET problem = ?, inode = ?, mtime_ms = ? WHERE id = ?').run(problem, inode, mtimeMs, id);
	}

	/** Files that are there and could not be read. */
	problems(): { path: string; code: string }[] {
		return this.#db
			.prepare<{ path: string; code: string }>(
				// Not in order of their paths: SQLite would go through all files for it.
				"SELECT path, problem AS code FROM session_files WHERE problem IS NOT NULL AND problem <> 'ENOENT' AND gone_at IS NULL",
			)
			.all()
			.sort((a, b) => (a.path < b.path ? -1 : 1));
	}
}
