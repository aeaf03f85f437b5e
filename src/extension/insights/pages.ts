/** The pages of the insights panel, each made of the history that a query selects. Pure. */
import type { BudgetState } from '../../webview/contract/cost.ts';
import type { CategoriesSection, InsightsHead, InsightsPage, InsightsPageName, JobsFigures } from '../../webview/contract/insights.ts';
import type { InsightsQuery } from '../../webview/contract/sessions.ts';
import type { Rates } from '../claude/prices.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import { blockFigures, type BlockSums } from './blocks.ts';
import { filterChoices } from './choices.ts';
import { costFigures } from './cost.ts';
import type { SessionHistory, Span } from './history.ts';
import { type HourTable, LocalHours } from './hourTable.ts';
import type { LocalCalendar } from './localTime.ts';
import { firstDayOf, overviewFigures } from './overview.ts';
import { patternsFigures } from './patterns.ts';
import type { Period } from './period.ts';
import type { Pricing } from './reconciliation.ts';
import { everyOne, placesCountedIn, select, sessionsOf } from './selection.ts';
import type { SessionColumns } from './sessionColumns.ts';
import { type ToolSources, toolsFigures } from './tools.ts';

export interface PageSources extends ToolSources {
	readonly query: InsightsQuery;
	readonly period: Period;
	readonly sessions: SessionColumns;
	readonly projects: ProjectScope;
	readonly scopeLabel: string;
	readonly calendar: LocalCalendar;
	readonly nowMs: number;
	readonly priceDate: string;
	/** Of the whole history, with the usage of a model, or of all. */
	readonly hours: (model: string | null) => HourTable;
	readonly priceOf: Pricing;
	readonly ratesOf: (row: HistoryUsageRow) => Rates | null;
	/** As `countedAsUsage` makes them. */
	readonly lines: () => readonly HistoryUsageRow[];
	readonly elsewhere: () => readonly HistoryUsageRow[];
	/** Five-hour blocks of the sessions in scope. */
	readonly blocks: (sessions: () => readonly SessionHistory[]) => readonly BlockSums[];
	readonly firstAnswer: (rowIds: readonly number[], fromMs: number) => number | null;
	readonly budgets: () => readonly BudgetState[];
	readonly categories: (hours: LocalHours, span: Span) => CategoriesSection;
	readonly jobs: () => JobsFigures;
}

export function insightsPage(page: InsightsPageName, sources: PageSources): InsightsPage {
	const { query, period, sessions, projects, calendar, nowMs, scopeLabel, priceDate } = sources;
	const { span } = period;
	const scope = select(everyOne(sessions), { scope: query.scope, range: query.range }, projects);
	const selection = select(scope, query, null);
	const firstDay = period.firstDay ?? firstDayOf(selection, calendar);
	const head: InsightsHead = {
		query,
		scopeLabel,
		timeZone: calendar.timeZone,
		firstDay,
		lastDay: firstDay === null ? null : period.lastDay,
		sessions: placesCountedIn(selection, span).length,
		choices: filterChoices(sessions, placesCountedIn(scope, span)),
		priceDate,
	};
	const hours = (): LocalHours => new LocalHours(selection, calendar, sources.hours(selection.model));
	// Written out, so that no figure is made that nobody asked for.
	switch (page) {
		case 'overview': {
			const figures = overviewFigures({ hours: hours(), period, calendar, today: calendar.dayOf(nowMs), rowsOf: sources.rowsOf });
			return { page, head, figures };
		}
		case 'cost': {
			const blocks = blockFigures({ blocks: sources.blocks(() => sessionsOf(scope)), span, nowMs, firstAnswer: sources.firstAnswer });
			const { priceOf, ratesOf } = sources;
			const [lines, elsewhere, budgets] = [sources.lines(), sources.elsewhere(), sources.budgets()];
			const figures = costFigures({ hours: hours(), period, calendar, priceOf, ratesOf, lines, elsewhere, blocks, budgets });
			return { page, head, figures };
		}
		case 'categories':
			return { page, head, figures: sources.categories(hours(), span) };
		case 'patterns':
			return { page, head, figures: patternsFigures(selection, span, calendar) };
		case 'tools':
			return { page, head, figures: toolsFigures(selection, span, sources) };
		case 'jobs':
			return { page, head, figures: sources.jobs() };
	}
}
