/** What a model may ask of, answered from the index, the transcripts and the search. Reads only. */
import type { SearchAnswer, SearchQuery } from '../../webview/contract/search.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import { digestOf } from '../classification/digests.ts';
import { addDays, type LocalCalendar } from '../insights/localTime.ts';
import { sessionRow } from '../insights/sessionRow.ts';
import type { UsageGroup } from '../modelTools/definitions.ts';
import type { Past, PastSession, PastUsage, PastUsageRow } from '../modelTools/past.ts';
import { FigureQueries, type Span } from '../store/index/figures.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type ProjectScope, SessionLists } from '../store/index/lists.ts';
import { PastUsageQueries } from '../store/index/pastUsage.ts';

export interface PastParts {
	readonly tables: IndexTables;
	readonly scope: Scope;
	/** Of that scope. */
	readonly projects: ProjectScope;
	readonly scopeLabel: string;
	readonly calendar: LocalCalendar;
	readonly search: (query: SearchQuery, signal: AbortSignal) => SearchAnswer | Promise<SearchAnswer>;
	readonly now: () => Date;
}

const daysByDefault = 30;

export class IndexedPast implements Past {
	readonly #parts: PastParts;

	constructor(parts: PastParts) {
		this.#parts = parts;
	}

	get scopeLabel(): string {
		const { scope, scopeLabel } = this.#parts;
		return scope === 'all' ? 'all projects' : `the workspace (${scopeLabel})`;
	}

	search(text: string, limit: number, signal: AbortSignal): Promise<SearchAnswer> {
		const { search, scope } = this.#parts;
		const query: SearchQuery = { text, scope, sessionId: null, kinds: null, offset: 0, limit, isTyping: false };
		return Promise.resolve().then(() => search(query, signal));
	}

	async session(sessionId: string, prompts: number): Promise<PastSession | null> {
		const { tables, projects, now } = this.#parts;
		if (tables.facts.rowIdWithin(sessionId, projects) === null) return null;
		const row = new SessionLists(tables.db).one(sessionId);
		const digest = await digestOf(tables, sessionId, prompts);
		return row === null || digest === null ? null : { row: sessionRow(row, now().getTime()), ...digest };
	}

	usage(since: string | null, until: string | null, by: UsageGroup): PastUsage {
		const { tables, projects, calendar, now } = this.#parts;
		const figures = new FigureQueries(tables.db);
		const today = calendar.dayOf(now().getTime());
		const lastDay = until ?? (since !== null && since > today ? since : today);
		const firstDay = since ?? addDays(lastDay, 1 - daysByDefault);
		const span = { fromMs: calendar.startOf(firstDay), toMs: calendar.startOf(addDays(lastDay, 1)) };
		const total = figures.usage(projects, span);
		return {
			firstDay,
			lastDay,
			timeZone: calendar.timeZone,
			sessions: figures.sessionSpans(projects, span).length,
			responses: total.responses,
			tokens: tokenSum(total),
			costUsd: total.costUsd,
			unpricedTokens: total.unpricedTokens,
			rows: this.#rows(figures, span, by),
		};
	}

	#rows(figures: FigureQueries, span: Span, by: UsageGroup): readonly PastUsageRow[] {
		const { tables, projects, calendar } = this.#parts;
		switch (by) {
			case 'model':
				return figures
					.models(projects, span)
					.map(sum => ({ name: sum.model, responses: sum.responses, tokens: tokenSum(sum), costUsd: sum.costUsd }));
			case 'project':
				return new PastUsageQueries(tables.db).byProject(projects, span);
			case 'category':
				return new PastUsageQueries(tables.db).byCategory(projects, span);
			case 'day': {
				const days = new Map<string, { responses: number; tokens: number; costUsd: number }>();
				for (const { quarterMs, responses, tokens, costUsd } of figures.quarters(projects, span)) {
					const day = calendar.dayOf(quarterMs);
					const sum = days.get(day) ?? { responses: 0, tokens: 0, costUsd: 0 };
					days.set(day, { responses: sum.responses + responses, tokens: sum.tokens + tokens, costUsd: sum.costUsd + costUsd });
				}
				return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => ({ name, ...sum }));
			}
		}
	}
}

function tokenSum(sum: {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}): number {
	return sum.input + sum.output + sum.cacheRead + sum.cacheWrite5m + sum.cacheWrite1h;
}
