/** Answers from the index which sessions there are. Reads only. */
import type { Scope, SessionRow, SubagentRow } from '../../webview/contract/sessions.ts';
import { sessionRow, subagentRow } from '../insights/sessionRow.ts';
import { CategoryFigures } from '../store/index/categoryFigures.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type ProjectScope, SessionLists, type SessionListRow } from '../store/index/lists.ts';
import type { UsageSum } from '../store/index/usage.ts';
import type { SessionCount, SessionList, SessionListQuery } from './api.ts';

export interface ViewsParts {
	readonly tables: IndexTables;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	readonly costOf: (usage: UsageSum) => number | null;
	readonly now: () => Date;
}

/** No list gives more rows at once (DB-1). */
export const mostRows = 200;

export class Views {
	readonly #parts: ViewsParts;
	readonly #lists: SessionLists;
	readonly #categories: CategoryFigures;

	constructor(parts: ViewsParts) {
		this.#parts = parts;
		this.#lists = new SessionLists(parts.tables.db);
		this.#categories = new CategoryFigures(parts.tables.db);
	}

	sessions(query: SessionListQuery): SessionList {
		const { rows, total } = this.#lists.roots({
			projects: this.#parts.projectsOf(query.scope),
			words: wordsOf(query.filter),
			category: query.category,
			offset: Math.max(0, query.offset),
			limit: Math.min(mostRows, Math.max(1, query.limit)),
		});
		const children = Object.groupBy(
			this.#lists.descendants(rows.map(row => row.session_id)).map(row => this.#row(row)),
			row => row.parentSessionId ?? '',
		) as Record<string, readonly SessionRow[]>;
		return { rows: rows.map(row => this.#row(row)), total, children };
	}

	session(id: string): SessionRow | null {
		const row = this.#lists.one(id);
		return row === null ? null : this.#row(row);
	}

	subagents(sessionId: string): readonly SubagentRow[] {
		const costs = this.#parts.tables.usage.costsByFile(sessionId, this.#parts.costOf);
		return this.#lists.subagents(sessionId).map(row => subagentRow(row, sessionId, costs.get(row.file_id) ?? null));
	}

	categoryCounts(scope: Scope): readonly SessionCount[] {
		return this.#categories.counts(this.#parts.projectsOf(scope));
	}

	#row(row: SessionListRow): SessionRow {
		return sessionRow(row, this.#parts.now().getTime());
	}
}

export function wordsOf(filter: string): string[] {
	return filter
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '')
		.slice(0, 20);
}
