/**
 * `index.sqlite` as the other rooms see it: one object with the typed tables of one open database.
 *
 * What the transcripts say lives here and can be read again from them; what cost money or was typed by a person lives
 * in the ledger. Nothing here knows Claude's file format: rows arrive ready.
 */
import type { Sqlite } from '../sqlite.ts';
import { DuplicateTable } from './duplicates.ts';
import { FileTable } from './files.ts';
import { SessionTable } from './sessions.ts';
import { IndexWriter } from './writer.ts';

export class IndexTables {
	readonly db: Sqlite;
	readonly files: FileTable;
	readonly sessions: SessionTable;
	readonly duplicates: DuplicateTable;
	readonly writer: IndexWriter;

	constructor(db: Sqlite) {
		this.db = db;
		this.files = new FileTable(db);
		this.sessions = new SessionTable(db);
		this.duplicates = new DuplicateTable(db);
		this.writer = new IndexWriter(db);
	}

	/** Runs in one transaction; nothing of it stays when it throws. */
	change<T>(work: () => T): T {
		try {
			return this.db.transaction(work);
		} catch (error) {
			this.writer.forgetCaches();
			throw error;
		}
	}

	/**
	 * Foreign keys are not checked while `work` goes on: a third of the time of a large run, in which every row comes from
	 * the one place that knows its parents. Nothing else may write meanwhile.
	 */
	async inBulk<T>(work: () => Promise<T>): Promise<T> {
		this.db.exec('PRAGMA foreign_keys = OFF');
		try {
			return await work();
		} finally {
			this.db.exec('PRAGMA foreign_keys = ON');
		}
	}

	meta(key: string): string | null {
		return this.db.prepare<{ value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value ?? null;
	}

	setMeta(key: string, value: string): void {
		this.db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
	}

	deleteMeta(key: string): void {
		this.db.prepare('DELETE FROM meta WHERE key = ?').run(key);
	}
}
