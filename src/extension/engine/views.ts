/** Answers the questions of tree and pages from the index. Reads only. */
import type { InsightsSnapshot } from '../../webview/contract/insights.ts';
import type { ClassificationRunRow, SpendingRow } from '../../webview/contract/jobs.ts';
import type { InsightsQuery, Scope, SessionRow, SubagentRow } from '../../webview/contract/sessions.ts';
import type { IndexRunRow } from '../../webview/contract/jobs.ts';
import { categoriesSection, type Judgements } from '../insights/categories.ts';
import type { LocalCalendar } from '../insights/localTime.ts';
import { sessionRow, subagentRow } from '../insights/sessionRow.ts';
import { insightsSnapshot } from '../insights/snapshot.ts';
import { CategoryFigures } from '../store/index/categoryFigures.ts';
import { FigureQueries } from '../store/index/figures.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type ProjectScope, SessionLists, type SessionListRow } from '../store/index/lists.ts';
import type { UsageSum } from '../store/index/usage.ts';
import type { SessionCount, SessionList, SessionListQuery } from './api.ts';

export interface ViewsParts {
	readonly tables: IndexTables;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	readonly scopeLabel: (scope: Scope) => string;
	readonly calendar: () => LocalCalendar;
	readonly runs: () => readonly IndexRunRow[];
	readonly judgements: () => Judgements;
	readonly classificationRuns: () => readonly ClassificationRunRow[];
	readonly spending: () => readonly SpendingRow[];
	readonly costOf: (usage: UsageSum) => number | null;
	readonly priceDate: string;
	readonly now: () => Date;
}

/** No list gives more rows at once (DB-1). */
export const mostRows = 200;

export class Views {
	readonly #parts: ViewsParts;
	readonly #lists: SessionLists;
	readonly #figures: FigureQueries;
	readonly #categories: CategoryFigures;

	constructor(parts: ViewsParts) {
		this.#parts = parts;
		this.#lists = new SessionLists(parts.tables.db);
		this.#figures = new FigureQueries(parts.tables.db);
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

	insights(query: InsightsQuery): InsightsSnapshot {
		const projects = this.#parts.projectsOf(query.scope);
		return insightsSnapshot({
			query,
			figures: this.#figures,
			projects,
			scopeLabel: this.#parts.scopeLabel(query.scope),
			calendar: this.#parts.calendar(),
			nowMs: this.#parts.now().getTime(),
			runs: this.#parts.runs(),
			categories: span => categoriesSection(this.#categories, this.#parts.judgements(), projects, span),
			classificationRuns: this.#parts.classificationRuns(),
			spending: this.#parts.spending(),
			priceDate: this.#parts.priceDate,
		});
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
