/** Answers the pages of the insights panel, the lists behind their figures, and what of them stands elsewhere in the window. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Handlers } from '../../messaging/channel.ts';
import type { BudgetState } from '../../webview/contract/cost.ts';
import type {
	InsightsHead,
	InsightsPage,
	InsightsPageName,
	InsightsPageQuery,
	InsightsPages,
	JobsFigures,
} from '../../webview/contract/insights.ts';
import type { InsightsQuery, Scope, SessionPage, SessionPageQuery, SessionRow } from '../../webview/contract/sessions.ts';
import type { PriceBook, Rates } from '../claude/prices.ts';
import { type Budgets, budgetStates } from '../insights/budgets.ts';
import { categoryFigures, judgedApart, type Judgements } from '../insights/categories.ts';
import type { LocalCalendar } from '../insights/localTime.ts';
import { insightsPage, type PageSources } from '../insights/pages.ts';
import { type Period, periodBetween, periodOf } from '../insights/period.ts';
import { countedAsUsage } from '../insights/reconciliation.ts';
import { activeIn, everyOne, placesActiveIn, select, sessionsOf } from '../insights/selection.ts';
import { selected } from '../insights/selectors.ts';
import { sessionRow } from '../insights/sessionRow.ts';
import { toolUse } from '../insights/toolUse.ts';
import { CategoryFigures } from '../store/index/categoryFigures.ts';
import { FigureQueries } from '../store/index/figures.ts';
import { HistoryRows, type HistoryUsageRow } from '../store/index/historyRows.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type ProjectScope, SessionLists } from '../store/index/lists.ts';
import { ToolFigures } from '../store/index/toolFigures.ts';
import type { InsightsCalls, TodaysFigures } from './calls/insights.ts';
import { KeptBlocks } from './keptBlocks.ts';
import type { KeptHistory } from './keptHistory.ts';
import { KeptHours } from './keptHours.ts';
import type { KeptRows } from './keptRows.ts';
import { mostRows, wordsOf } from './views.ts';

export interface InsightsParts {
	readonly tables: IndexTables;
	readonly history: KeptHistory;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	readonly scopeLabel: (scope: Scope) => string;
	readonly calendar: () => LocalCalendar;
	readonly prices: () => PriceBook;
	readonly budgets: () => Budgets;
	readonly judgements: () => Judgements;
	readonly jobs: () => Omit<JobsFigures, 'unknownRecordTypes' | 'malformedLines'>;
	readonly now: () => Date;
}

export class Insights {
	readonly #parts: InsightsParts;
	readonly #toolFigures: ToolFigures;
	readonly #figures: FigureQueries;
	readonly #categories: CategoryFigures;
	readonly #lists: SessionLists;
	readonly #kept: {
		readonly lines: KeptRows<HistoryUsageRow>;
		readonly elsewhere: KeptRows<HistoryUsageRow>;
		readonly tools: KeptRows<ReturnType<ToolFigures['tools']>[number]>;
		readonly errors: KeptRows<ReturnType<ToolFigures['errors']>[number]>;
		readonly edits: KeptRows<ReturnType<ToolFigures['edits']>[number]>;
	};

	readonly #hours: KeptHours;
	readonly #blocks: KeptBlocks;

	constructor(parts: InsightsParts) {
		const { tables, history } = parts;
		const { db } = tables;
		const rows = new HistoryRows(db);
		this.#parts = parts;
		this.#hours = new KeptHours(history);
		this.#blocks = new KeptBlocks(history);
		this.#toolFigures = new ToolFigures(db);
		this.#figures = new FigureQueries(db);
		this.#categories = new CategoryFigures(db);
		this.#lists = new SessionLists(db);
		this.#kept = {
			lines: history.keep(rowIds => rows.lines(rowIds).map(countedAsUsage)),
			elsewhere: history.keep(rowIds => rows.elsewhere(rowIds).map(countedAsUsage)),
			tools: history.keep(rowIds => this.#toolFigures.tools(rowIds)),
			errors: history.keep(rowIds => this.#toolFigures.errors(rowIds)),
			edits: history.keep(rowIds => this.#toolFigures.edits(rowIds)),
		};
	}

	page({ page, query }: InsightsPageQuery): InsightsPage {
		return insightsPage(page, this.#sources(query));
	}

	/** What the first page would have to wait for, unless it has been read: what changed since is left to whoever asks. */
	async readAhead(): Promise<void> {
		if (!this.#parts.history.isRead) await this.#readInTurns();
	}

	/** One page for a period that no query can name. */
	pageOf<P extends InsightsPageName>(page: P, query: InsightsQuery, period: Period): { head: InsightsHead; figures: InsightsPages[P] } {
		const { head, figures } = insightsPage(page, { ...this.#sources(query), period });
		return { head, figures: figures as InsightsPages[P] };
	}

	periodOf(query: InsightsQuery): Period {
		return periodOf(query, this.#parts.now().getTime(), this.#parts.calendar());
	}

	/** @throws RangeError for what is neither a day nor an instant. */
	periodBetween(since: string | null, until: string | null): Period {
		return periodBetween(since, until, this.#parts.now().getTime(), this.#parts.calendar());
	}

	/** A page of the sessions behind a figure, or of all that pass the filters. */
	sessionPage(query: SessionPageQuery): SessionPage {
		const sources = this.#sources(query);
		const { calendar, sessions, projects } = sources;
		const { span } = sources.period;
		const scope = select(everyOne(sessions), { scope: query.scope, range: query.range }, projects);
		const selection = select(scope, query, null);
		const { selector = null } = query;
		const chosen =
			selector === null
				? activeIn(selection, span)
				: selected(selector, {
						selection,
						inScope: sessionsOf(scope),
						span,
						calendar,
						toolUse: () => toolUse({ ...selection, places: placesActiveIn(selection, span) }, span, sources),
						elsewhere: sources.elsewhere,
						judgedApart: (pair, category) => judgedApart(...this.#judged(projects), pair, category),
						pathIdsOf: path => this.#toolFigures.pathIdsOf(path),
					});
		const isAll = chosen.length === sessions.sessions.length;
		const { rows, total } = this.#lists.pageAmong(isAll ? null : chosen.map(({ row }) => row.id), {
			words: wordsOf(query.filter),
			sort: query.sort,
			descending: query.descending,
			offset: Math.max(0, query.offset),
			limit: Math.min(mostRows, Math.max(1, query.limit)),
		});
		const uncounted = chosen.filter(({ isCounted }) => !isCounted).length;
		return { query, total, uncounted, rows: rows.map(row => sessionRow(row, sources.nowMs)) };
	}

	/** Over all projects; empty where no budget is set. */
	budgets(): readonly BudgetState[] {
		const { budgets, now, calendar } = this.#parts;
		return budgetStates(budgets(), now().getTime(), calendar(), span => this.#figures.usage(null, span).costUsd ?? 0);
	}

	/** As the overview has them, without a look at all the sessions before. */
	today(scope: Scope): TodaysFigures {
		const { projectsOf, scopeLabel, now, calendar } = this.#parts;
		const { span } = periodOf({ range: 'today' }, now().getTime(), calendar());
		const projects = projectsOf(scope);
		return {
			sessions: this.#figures.sessionCount(projects, span),
			costUsd: this.#figures.usage(projects, span).costUsd ?? 0,
			scopeLabel: scopeLabel(scope),
		};
	}

	async #readInTurns(): Promise<void> {
		const { history, calendar } = this.#parts;
		const steps = [
			() => history.table,
			() => this.#hours.table(null, calendar()),
			// Code that has never run takes several times as long; whoever opens the panel need not wait for that.
			() => this.page({ page: 'overview', query: { scope: 'all', range: 'all' } }),
		];
		await history.readAhead();
		for (const step of steps) {
			await othersFirst();
			// It may have been forgotten meanwhile; then another time is a better one.
			if (history.isRead) step();
		}
	}

	/** What rules said, and what models and persons did. */
	#judged(projects: ProjectScope): [rules: ReadonlyMap<string, string>, judgements: Judgements] {
		const said = this.#parts.judgements();
		return [this.#categories.rulesOf(projects, [...new Set([...said.model.keys(), ...said.person.keys()])]), said];
	}

	#sources(query: InsightsQuery): PageSources {
		const { projectsOf, scopeLabel, calendar, prices, jobs, now } = this.#parts;
		const projects = projectsOf(query.scope);
		const nowMs = now().getTime();
		const book = prices();
		return {
			query,
			period: periodOf(query, nowMs, calendar()),
			sessions: this.#parts.history.table,
			projects,
			scopeLabel: scopeLabel(query.scope),
			calendar: calendar(),
			nowMs,
			priceDate: book.priceDate,
			priceOf: row => book.costOf(usageIn(row)),
			ratesOf: (row): Rates | null => book.ratesOf(usageIn(row)),
			blocks: sessions => this.#blocks.of(projects, sessions),
			hours: model => this.#hours.table(model, calendar()),
			lines: () => this.#kept.lines.all(),
			elsewhere: () => this.#kept.elsewhere.all(),
			tools: () => this.#kept.tools.all(),
			errors: () => this.#kept.errors.all(),
			calls: (rowIds, fromMs, toMs) => this.#toolFigures.calls(rowIds, fromMs, toMs),
			longCall: (rowId, tool, durationMs) => this.#toolFigures.longCall(rowId, tool, durationMs),
			edits: () => this.#kept.edits.all(),
			pathsOf: ids => this.#toolFigures.pathsOf(ids),
			firstAnswer: (rowIds, fromMs) => this.#toolFigures.firstAnswer(rowIds, fromMs),
			budgets: () => this.budgets(),
			rowsOf: rowIds => this.#lists.byRowId(rowIds).map((row): SessionRow => sessionRow(row, nowMs)),
			categories: (hours, span) => categoryFigures(hours, span, ...this.#judged(projects)),
			jobs: () => {
				const { unknownTypes, malformedLines } = this.#figures.oddities(projects);
				return { ...jobs(), unknownRecordTypes: Object.fromEntries(unknownTypes), malformedLines };
			},
		};
	}
}

/** As the price list wants it. */
function usageIn(row: HistoryUsageRow): Parameters<PriceBook['costOf']>[0] {
	return {
		model: row.model,
		tokens: row,
		webSearches: row.webSearches,
		isFast: row.isFast === 1,
		isLong: row.isLong === 1,
		atMs: row.quarter === 0 ? null : row.quarter,
	};
}

export function insightsHandlers(insights: () => Insights): Handlers<InsightsCalls> {
	return {
		insightsPage: query => insights().page(query),
		readInsightsAhead: async () => {
			await insights().readAhead();
			return null;
		},
		budgets: () => insights().budgets(),
		today: ({ scope }) => insights().today(scope),
	};
}
