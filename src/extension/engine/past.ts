/** What a model may ask of, answered from the index, the transcripts and the search. Reads only. */
import type { CostShare } from '../../webview/contract/cost.ts';
import type { SearchAnswer, SearchQuery } from '../../webview/contract/search.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import { digestOf } from '../classification/digests.ts';
import { modelsUsedIn, usedIn } from '../insights/cost.ts';
import type { Span } from '../insights/history.ts';
import { LocalHours } from '../insights/hourTable.ts';
import { addDays, type LocalCalendar } from '../insights/localTime.ts';
import { daysWithAnything } from '../insights/overview.ts';
import { daysSpan } from '../insights/period.ts';
import { everyOne, placesCountedIn, select, type Selection, sumsOf, totalTokens } from '../insights/selection.ts';
import { sessionRow } from '../insights/sessionRow.ts';
import type { SessionColumns } from '../insights/sessionColumns.ts';
import { byShare, categoryShares, projectShares, sumsBySession } from '../insights/shares.ts';
import type { UsageGroup } from '../modelTools/definitions.ts';
import type { Past, PastSession, PastUsage, PastUsageRow } from '../modelTools/past.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type ProjectScope, SessionLists } from '../store/index/lists.ts';

export interface PastParts {
	readonly tables: IndexTables;
	readonly sessions: () => SessionColumns;
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

	get extent(): Past['extent'] {
		const { tables } = this.#parts;
		return { indexed: tables.sessions.count(), unread: tables.unread };
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

	/** By the passes over the history that make the cost page, so that both say the same. */
	usage(since: string | null, until: string | null, by: UsageGroup): PastUsage {
		const { sessions, scope, projects, calendar, now } = this.#parts;
		const today = calendar.dayOf(now().getTime());
		const lastDay = until ?? (since !== null && since > today ? since : today);
		const firstDay = since ?? addDays(lastDay, 1 - daysByDefault);
		const span = daysSpan(firstDay, lastDay, calendar);
		const selection = select(everyOne(sessions()), { scope, range: 'all' }, projects);
		const used = usedIn(selection, span);
		const { responses, tokens, costUsd, unpricedTokens } = sumsOf(used.flatMap(({ usage }) => usage));
		return {
			firstDay,
			lastDay,
			timeZone: calendar.timeZone,
			sessions: placesCountedIn(selection, span).length,
			responses,
			tokens: totalTokens(tokens),
			costUsd,
			unpricedTokens,
			rows: this.#rows(by, selection, span),
		};
	}

	#rows(by: UsageGroup, selection: Selection, span: Span): readonly PastUsageRow[] {
		const hours = (): LocalHours => new LocalHours(selection, this.#parts.calendar);
		const named = ({ label, responses, tokens, costUsd }: CostShare): PastUsageRow => ({ name: label, responses, tokens, costUsd });
		switch (by) {
			case 'model':
				return modelsUsedIn(selection, span).map(({ model, responses, tokens, costUsd }) => ({
					name: model,
					responses,
					tokens: totalTokens(tokens),
					costUsd,
				}));
			case 'project':
				return projectShares(sumsBySession(hours(), span)).sort(byShare).map(named);
			case 'category':
				return categoryShares(sumsBySession(hours(), span)).sort(byShare).map(named);
			case 'day':
				return daysWithAnything(hours(), span, this.#parts.calendar)
					.filter(({ responses }) => responses > 0)
					.map(({ day, responses, tokens, costUsd }) => ({ name: day, responses, tokens, costUsd }));
		}
	}
}
