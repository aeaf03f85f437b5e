/**
 * `index.sqlite` as the other rooms see it: one object with the typed tables of one open database.
 *
 * What the transcripts say lives here and can be read again from them; what cost money or was typed by a person lives
 * in the ledger. Nothing here knows Claude's file format: rows arrive ready.
 */
import { type Sqlite, SqliteError } from '../sqlite.ts';
import { DirtySessions } from './dirtySessions.ts';
import { DuplicateTable } from './duplicates.ts';
import { FileTable } from './files.ts';
import { SessionRemoval } from './removal.ts';
import { SessionFactsTable } from './sessionFacts.ts';
import { SessionTable } from './sessions.ts';
import { ToolSums } from './toolSums.ts';
import { UsageTable } from './usage.ts';
import { IndexWriter } from './writer.ts';

/** Indexes over keys that come in no order, which grow fastest when they are made at once of everything. */
const madeLate = ['messages_by_uuid', 'tool_calls_by_key', 'tool_calls_by_path', 'responses_by_key'];
/** Names in `meta` what such an index is made of, so that a file saved meanwhile gets it back when it is opened. */
const asideKey = 'aside ';
/** In `meta` while the pages are as a large run fills them. */
const looseKey = 'loose';

export class IndexTables {
	readonly db: Sqlite;
	readonly files: FileTable;
	readonly sessions: SessionTable;
	readonly dirty: DirtySessions;
	readonly facts: SessionFactsTable;
	readonly usage: UsageTable;
	readonly toolSums: ToolSums;
	readonly duplicates: DuplicateTable;
	readonly writer: IndexWriter;
	readonly removal: SessionRemoval;

	constructor(db: Sqlite) {
		this.db = db;
		this.files = new FileTable(db);
		this.sessions = new SessionTable(db);
		this.dirty = new DirtySessions(db);
		this.facts = new SessionFactsTable(db);
		this.usage = new UsageTable(db);
		this.toolSums = new ToolSums(db);
		this.duplicates = new DuplicateTable(db);
		this.writer = new IndexWriter(db);
		this.removal = new SessionRemoval(db);
		this.#makeIndexes();
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
	 * the one place that knows its parents. Nothing else may write meanwhile. Of an empty database, some indexes are made
	 * afterwards; `lacksIndexes` says so.
	 */
	async inBulk<T>(work: () => Promise<T>): Promise<T> {
		this.db.exec('PRAGMA foreign_keys = OFF');
		if (this.db.prepare('SELECT 1 FROM messages LIMIT 1').get() === undefined) this.#dropIndexes();
		try {
			return await work();
		} finally {
			this.#makeIndexes();
			this.db.exec('PRAGMA foreign_keys = ON');
		}
	}

	/** Looking a record up by its key would read the whole table. */
	get lacksIndexes(): boolean {
		return this.#aside().length > 0;
	}

	/** A run begins that writes most of the rows. Also one after it, if it is cut off, packs what it leaves. */
	noteLoose(): void {
		this.setMeta(looseKey, '1');
	}

	/**
	 * Rows that come in order fill pages to nine tenths, and SQLite has no other way but a vacuum to fill them: a second for
	 * 42 MB, once. Indexes that are made late are full already.
	 */
	pack(): void {
		if (this.meta(looseKey) === null) return;
		this.deleteMeta(looseKey);
		try {
			this.db.vacuum();
		} catch (error) {
			// For want of memory, say. The file serves as it is, and trying with each run would not make it better.
			if (!(error instanceof SqliteError)) throw error;
		}
	}

	#dropIndexes(): void {
		const indexes = this.db
			.prepare<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'index'")
			.all()
			.filter(({ name }) => madeLate.includes(name));
		this.change(() => {
			for (const { name, sql } of indexes) {
				this.setMeta(asideKey + name, sql);
				this.db.exec(`DROP INDEX ${name}`);
			}
		});
	}

	#makeIndexes(): void {
		const aside = this.#aside();
		if (aside.length === 0) return;
		this.change(() => {
			for (const { key, value } of aside) {
				this.db.exec(value);
				this.deleteMeta(key);
			}
		});
	}

	#aside(): { key: string; value: string }[] {
		return this.db
			.prepare<{ key: string; value: string }>('SELECT key, value FROM meta WHERE key >= ?1 AND key < ?1 || char(127)')
			.all(asideKey);
	}

	/** Sessions that were found on disk and are not in yet, as of the last change: also in a file that was saved while a run went on. */
	get unread(): number {
		return Number(this.meta('unread') ?? 0);
	}

	setUnread(sessions: number): void {
		if (sessions === this.unread) return;
		if (sessions === 0) this.deleteMeta('unread');
		else this.setMeta('unread', `${sessions}`);
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
