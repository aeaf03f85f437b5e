/**
 * Sessions that a person wants forgotten: out of the ledger first, which every window follows, then out of each window's
 * index. Their transcripts are not touched, only not read any more.
 */
import { randomUUID } from 'node:crypto';
import type { Indexer } from '../indexing/indexer.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { RemovedFile } from '../store/index/removal.ts';
import {
	forgetSessions,
	type ForgottenSession,
	forgottenSessions,
	type LedgerTraces,
	rememberSessions,
} from '../store/ledger/forgotten.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import type { ForgottenNow } from './calls/data.ts';
import type { IndexRuns } from './indexRuns.ts';

export interface ForgettingParts {
	readonly ledger: Ledger;
	readonly tables: IndexTables;
	readonly indexer: Indexer;
	readonly runs: IndexRuns;
	/** Makes the files safe without what was deleted, copies of before included. */
	readonly purge: () => Promise<void>;
	/** Told which sessions are gone from the index, or may come back. */
	readonly onSessions: (sessionIds: readonly string[]) => void;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

/** What takes one forgetting back. In memory only: on disk, nothing of it may stay. */
interface Undo {
	readonly sessionIds: readonly string[];
	readonly traces: LedgerTraces;
	readonly removed: readonly RemovedFile[];
}

/** As long as a message about it may still be on the screen. */
const mostUndos = 5;

export class Forgetting {
	readonly #parts: ForgettingParts;
	readonly #undos = new Map<string, Undo>();
	#forgotten: ReadonlySet<string> = new Set();
	#purging: Promise<unknown> = Promise.resolve();

	constructor(parts: ForgettingParts) {
		this.#parts = parts;
	}

	isForgotten(sessionId: string): boolean {
		return this.#forgotten.has(sessionId);
	}

	list(): readonly ForgottenSession[] {
		return this.#parts.ledger.read(forgottenSessions);
	}

	/** Takes over what was forgotten or remembered in other windows, or since this index was saved. */
	async follow(): Promise<void> {
		const { tables, indexer, runs, onSessions } = this.#parts;
		const before = this.#forgotten;
		this.#load();
		if (isSame(before, this.#forgotten)) return;
		const gone = tables.removal.known([...this.#forgotten]);
		const isBack = [...before].some(id => !this.#forgotten.has(id));
		if (gone.length > 0) await runs.between(() => indexer.forget(gone));
		if (isBack) await runs.between(() => indexer.remember([]));
		if (gone.length === 0 && !isBack) return;
		this.#settle();
		onSessions(gone);
	}

	/** In the ledger, and out of this window's index, before it answers. Rejects with `LedgerError`; nothing has changed then. */
	async forget(sessionIds: readonly string[]): Promise<ForgottenNow> {
		const { ledger, indexer, runs, now, onSessions } = this.#parts;
		const [at, token] = [now().toISOString(), randomUUID()];
		const traces = await ledger.change(tx => forgetSessions(tx, sessionIds, at, token));
		this.#load();
		const removed = await runs.between(() => indexer.forget(sessionIds));
		this.#undos.set(token, { sessionIds, traces, removed });
		for (const old of [...this.#undos.keys()].slice(0, -mostUndos)) this.#undos.delete(old);
		this.#settle();
		onSessions(sessionIds);
		return { undo: token };
	}

	/** False when it is too late: then `remember` lets their transcripts be read again, without what a person wrote about them. */
	async undo(token: string): Promise<boolean> {
		const undo = this.#undos.get(token);
		if (undo === undefined) return false;
		await this.#remember(undo);
		this.#undos.delete(token);
		return true;
	}

	/** Their transcripts, where they are still there, are read again. */
	remember(sessionIds: readonly string[]): Promise<void> {
		return this.#remember({ sessionIds, traces: {}, removed: [] });
	}

	/** What is being written is written. */
	async idle(): Promise<void> {
		await this.#purging;
	}

	async #remember({ sessionIds, traces, removed }: Undo): Promise<void> {
		const { ledger, indexer, runs, onSessions } = this.#parts;
		const token = randomUUID();
		await ledger.change(tx => rememberSessions(tx, sessionIds, token, traces));
		this.#load();
		await runs.between(() => indexer.remember(removed));
		this.#request();
		await runs.idle();
		onSessions(sessionIds);
	}

	#request(): void {
		this.#parts.runs.request({ type: 'incremental', isAsked: false, onlyProjects: null });
	}

	/** Who owns what the sessions shared with others, then the files. Nobody has to wait for it: a kill in between is made up for. */
	#settle(): void {
		this.#request();
		this.#purging = Promise.all([this.#purging, this.#parts.runs.idle()])
			.then(() => this.#parts.purge())
			.catch((error: unknown) => this.#parts.onLog(`What was forgotten is still in a copy on disk: ${String(error)}`));
	}

	#load(): void {
		this.#forgotten = new Set(this.list().map(({ sessionId }) => sessionId));
	}
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every(id => b.has(id));
}
