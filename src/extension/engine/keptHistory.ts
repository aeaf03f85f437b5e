/**
 * The history of all sessions in memory, from the first question on, or from when one is to be expected: read again is only what
 * changed since, so that any filter is a pass over numbers.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { historyOf, type SessionHistory } from '../insights/history.ts';
import { type SessionColumns, sessionColumns } from '../insights/sessionColumns.ts';
import { HistoryRows } from '../store/index/historyRows.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { KeptRows } from './keptRows.ts';

/** With more changed sessions than this, reading all of them takes less time. */
const manyChanged = 500;

/** Sessions that are read ahead at once: some 30 ms, for which whoever asks something else has to wait. */
const aheadAtOnce = 500;

export class KeptHistory {
	readonly #rows: HistoryRows;
	/** Rows of the same sessions that only some questions need. */
	readonly #others: { update(rowIds: readonly number[] | null): void }[] = [];
	#sessions: Map<number, SessionHistory> | null = null;
	/** While they are read ahead: those that have been, and the rows that are still to be read. */
	#ahead: { readonly sessions: Map<number, SessionHistory>; toRead: readonly number[] } | null = null;
	#readingAhead: Promise<void> | null = null;
	#version = 0;
	/** Of the present version; made when somebody asks. */
	#columns: SessionColumns | null = null;
	/** Sessions whose rows changed since: row ids, or ids of sessions. */
	readonly #changed = new Set<number | string>();

	constructor(db: Sqlite) {
		this.#rows = new HistoryRows(db);
	}

	/** By row id, as they are now. */
	get sessions(): ReadonlyMap<number, SessionHistory> {
		if (this.#changed.size > manyChanged) this.#forget();
		if (this.#ahead !== null) this.#readPiece(Infinity);
		this.#sessions ??= this.#read(null);
		if (this.#changed.size > 0) this.#readChanged(this.#sessions);
		return this.#sessions;
	}

	/**
	 * Before anybody asks, in pieces between which others come to turn; nothing where it `isRead`, which also says whether it came to
	 * its end. Whoever asks meanwhile reads the rest at once.
	 */
	readAhead(): Promise<void> {
		return (this.#readingAhead ??= this.#readInPieces().finally(() => (this.#readingAhead = null)));
	}

	/** To ask costs little: at most what a few sessions that changed do. */
	get isRead(): boolean {
		return this.#sessions !== null && this.#changed.size <= manyChanged;
	}

	/** The same in columns. */
	get table(): SessionColumns {
		const { sessions } = this;
		return (this.#columns ??= sessionColumns([...sessions.values()]));
	}

	/** Rows of these sessions changed, named by row or by id; null: any, which ends reading ahead. */
	changed(sessions: readonly (number | string)[] | null): void {
		if (this.#sessions === null && this.#ahead === null) return;
		if (sessions === null) this.#forget();
		else for (const session of sessions) this.#changed.add(session);
	}

	/** Counts up whenever `sessions` are others than before; to be looked at after them. */
	get version(): number {
		return this.#version;
	}

	/** Keeps other rows beside; to be looked at after `sessions`, with which they are brought up to date. */
	keep<Row extends { readonly session: number }>(read: (rowIds: readonly number[] | null) => readonly Row[]): KeptRows<Row> {
		const kept = new KeptRows(read);
		this.#others.push(kept);
		return kept;
	}

	async #readInPieces(): Promise<void> {
		if (this.isRead) return;
		this.#forget();
		const ahead = { sessions: new Map<number, SessionHistory>(), toRead: this.#rows.rowIds() };
		this.#ahead = ahead;
		// Where all may have changed meanwhile, another time is a better one.
		while (this.#ahead === ahead && this.#readPiece(aheadAtOnce)) await othersFirst();
	}

	/** Whether there is more to read ahead. */
	#readPiece(most: number): boolean {
		if (this.#ahead === null) return false;
		const { sessions, toRead } = this.#ahead;
		const piece = toRead.slice(0, most);
		for (const [rowId, session] of this.#read(piece)) sessions.set(rowId, session);
		this.#ahead.toRead = toRead.slice(piece.length);
		if (piece.length < toRead.length) return true;
		this.#sessions = sessions;
		this.#ahead = null;
		return false;
	}

	#readChanged(sessions: Map<number, SessionHistory>): void {
		const rowIds = new Set([...this.#changed].filter(each => typeof each === 'number'));
		const ids = new Set([...this.#changed].filter(each => typeof each === 'string'));
		if (ids.size > 0) {
			for (const [rowId, { row }] of sessions) if (ids.has(row.session_id)) rowIds.add(rowId);
			for (const rowId of this.#rows.rowIdsOf([...ids])) rowIds.add(rowId);
		}
		this.#changed.clear();
		this.#columns = null;
		this.#version++;
		const read = this.#read([...rowIds]);
		for (const rowId of rowIds) {
			const session = read.get(rowId);
			if (session === undefined) sessions.delete(rowId);
			else sessions.set(rowId, session);
		}
		for (const other of this.#others) other.update([...rowIds]);
	}

	#read(rowIds: readonly number[] | null): Map<number, SessionHistory> {
		return historyOf({
			sessions: this.#rows.sessions(rowIds),
			usage: this.#rows.usage(rowIds),
			activity: this.#rows.activity(rowIds),
			projects: new Map(this.#rows.projects().map(({ id, path, name }) => [id, { path, name }])),
		});
	}

	#forget(): void {
		this.#sessions = null;
		this.#ahead = null;
		this.#columns = null;
		this.#version++;
		this.#changed.clear();
		for (const other of this.#others) other.update(null);
	}
}
