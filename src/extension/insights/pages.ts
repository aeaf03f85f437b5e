/** The pages of the insights panel, each made of the history that a query selects. Pure. */
import type { BudgetState } from '../../webview/contract/cost.ts';
import type { CategoriesSection, InsightsHead, InsightsPage, InsightsPageName, JobsFigures } from '../../webview/contract/insights.ts';
import type { InsightsQuery } from '../../webview/contract/sessions.ts';
import type { Rates } from '../claude/prices.ts';
import type { HistoryCountRow, HistoryUsageRow } from '../store/index/historyRows.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import { blockFigures } from './blocks.ts';
import { filterChoices } from './choices.ts';
import { costFigures } from './cost.ts';
import { isActiveIn, type SessionHistory } from './history.ts';
import type { LocalCalendar } from './localTime.ts';
import { countedIn, firstDayOf, overviewFigures } from './overview.ts';
import { patternsFigures } from './patterns.ts';
import type { Period } from './period.ts';
import type { Pricing } from './reconciliation.ts';
import { activeIn, select } from './selection.ts';
import { type ToolSources, toolsFigures } from './tools.ts';

export interface PageSources extends ToolSources {
	readonly query: InsightsQuery;
	readonly period: Period;
	readonly history: ReadonlyMap<number, SessionHistory>;
	readonly projects: ProjectScope;
	readonly scopeLabel: string;
	readonly calendar: LocalCalendar;
	readonly nowMs: number;
	readonly priceDate: string;
	readonly priceOf: Pricing;
	readonly ratesOf: (row: HistoryUsageRow) => Rates | null;
	readonly lines: () => readonly HistoryCountRow[];
	readonly elsewhere: () => readonly HistoryCountRow[];
	readonly firstAnswer: (rowIds: readonly number[], fromMs: number) => number | null;
	readonly budgets: () => readonly BudgetState[];
	readonly categories: (sessions: readonly SessionHistory[]) => CategoriesSection;
	readonly jobs: () => JobsFigures;
}

export function insightsPage(page: InsightsPageName, sources: PageSources): InsightsPage {
	const { query, period, history, projects, calendar, nowMs, scopeLabel, priceDate } = sources;
	const { span } = period;
	const scope = select(history.values(), { scope: query.scope, range: query.range }, projects);
	const selection = select(scope.sessions, query, null);
	const firstDay = period.firstDay ?? firstDayOf(selection, calendar);
	const head: InsightsHead = {
		query,
		scopeLabel,
		timeZone: calendar.timeZone,
		firstDay,
		lastDay: firstDay === null ? null : period.lastDay,
		sessions: countedIn(selection, span).length,
		choices: filterChoices(scope.sessions.filter(session => session.isCounted && isActiveIn(session, span))),
		priceDate,
	};
	// Written out, so that no figure is made that nobody asked for.
	switch (page) {
		case 'overview': {
			const figures = overviewFigures({ selection, period, calendar, today: calendar.dayOf(nowMs), rowsOf: sources.rowsOf });
			return { page, head, figures };
		}
		case 'cost': {
			const blocks = blockFigures({ sessions: scope.sessions, span, nowMs, firstAnswer: sources.firstAnswer });
			const { priceOf, ratesOf } = sources;
			const [lines, elsewhere, budgets] = [sources.lines(), sources.elsewhere(), sources.budgets()];
			const figures = costFigures({ selection, period, calendar, priceOf, ratesOf, lines, elsewhere, blocks, budgets });
			return { page, head, figures };
		}
		case 'categories':
			return { page, head, figures: sources.categories(countedIn(selection, span)) };
		case 'patterns':
			return { page, head, figures: patternsFigures(selection, span, calendar) };
		case 'tools':
			return { page, head, figures: toolsFigures(activeIn(selection, span), span, sources) };
		case 'jobs':
			return { page, head, figures: sources.jobs() };
	}
}
