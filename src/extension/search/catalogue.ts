/**
 * The sessions and transcripts as a search needs them: whose a hit is, and which sessions a filter means. Kept from one search to
 * the next, because reading ten thousand sessions takes longer than searching them.
 */
import type { SearchedFileRow, SearchedSessionRow, SearchRows } from '../store/index/searchRows.ts';
import { fold } from './folding.ts';

export interface SearchedSession extends Omit<SearchedSessionRow, 'models'> {
	readonly models: readonly string[];
	/** Folded; null when it has no title of its own. */
	readonly foldedTitle: string | null;
}

export interface SearchedFile {
	readonly session: SearchedSession;
	readonly agentId: string | null;
	readonly isSubagent: boolean;
}

export class SearchCatalogue {
	readonly #rows: SearchRows;
	#sessions = new Map<number, SearchedSession>();
	#files = new Map<string, { readonly sessionRowId: number; readonly agentId: string | null; readonly isSubagent: boolean }>();
	/** Of the sessions that changed since; null: all. */
	#changed: Set<number> | null = null;
	/** What changes while all of them are read. */
	#meanwhile = new Set<number>();
	/** How often all of them changed. */
	#round = 0;
	#version = 0;

	constructor(rows: SearchRows) {
		this.#rows = rows;
	}

	/** Row ids; null: any. */
	changed(sessions: readonly number[] | null): void {
		if (sessions === null) {
			this.#changed = null;
			this.#meanwhile = new Set();
			this.#round++;
		} else for (const id of sessions) (this.#changed ?? this.#meanwhile).add(id);
	}

	/** Reads what changed since, all of it at first, in steps of a few milliseconds. To be called before anything is asked. */
	*refresh(): Generator<void, void> {
		while (this.#changed?.size !== 0) {
			if (this.#changed === null) yield* this.#readAll();
			else {
				const changed = [...this.#changed];
				this.#changed = new Set();
				this.#readThese(changed);
			}
		}
	}

	/** Another number whenever something is not as it was. */
	get version(): number {
		return this.#version;
	}

	sessions(): Iterable<SearchedSession> {
		return this.#sessions.values();
	}

	/** Undefined for a transcript that no session has. */
	file(path: string): SearchedFile | undefined {
		const file = this.#files.get(path);
		const session = file === undefined ? undefined : this.#sessions.get(file.sessionRowId);
		return file === undefined || session === undefined ? undefined : { session, agentId: file.agentId, isSubagent: file.isSubagent };
	}

	/** Path of a session's own transcript; null when there is none any more. */
	transcriptOf(session: SearchedSession): string | null {
		return (
			this.#rows
				.files([session.id])
				.filter(file => file.kind === 'session' && file.is_gone === 0)
				.map(file => file.path)
				.sort((a, b) => Number(b.includes(session.session_id)) - Number(a.includes(session.session_id)))[0] ?? null
		);
	}

	*#readAll(): Generator<void, void> {
		const round = this.#round;
		const sessions = yield* this.#rows.allSessions();
		const files = yield* this.#rows.allFiles();
		// Another search may have read them meanwhile, or all of them changed again.
		if (round !== this.#round || this.#changed !== null) return;
		this.#changed = this.#meanwhile;
		this.#sessions = new Map(sessions.map(row => [row.id, searchedSession(row)]));
		this.#files = new Map(files.map(row => [row.path, searchedFile(row)]));
		this.#version++;
	}

	#readThese(ids: readonly number[]): void {
		for (const id of ids) this.#sessions.delete(id);
		for (const row of this.#rows.sessions(ids)) this.#sessions.set(row.id, searchedSession(row));
		for (const row of this.#rows.files(ids)) this.#files.set(row.path, searchedFile(row));
		this.#version++;
	}

	/** Sessions whose tools read or changed a file with this in its path, or, when `isWhole`, at the end of it. */
	withFile(name: string, isWhole: boolean): ReadonlySet<number> {
		return new Set(this.#rows.sessionsWithFile(name, isWhole));
	}
}

function searchedSession(row: SearchedSessionRow): SearchedSession {
	// The first prompt is found where it was typed.
	const hasTitle = row.title !== null && row.title_source !== 'prompt' && row.title_source !== 'none';
	return { ...row, models: modelsIn(row.models), foldedTitle: hasTitle ? fold(row.title) : null };
}

function modelsIn(json: string | null): string[] {
	const value: unknown = json === null ? [] : JSON.parse(json);
	return Array.isArray(value) ? value.filter(model => typeof model === 'string') : [];
}

const searchedFile = (row: SearchedFileRow): { sessionRowId: number; agentId: string | null; isSubagent: boolean } => ({
	sessionRowId: row.session_rowid,
	agentId: row.agent_id,
	isSubagent: row.kind === 'subagent',
});
