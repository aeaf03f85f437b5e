/**
 * Everything of the insights page but its table, from sums of the index.
 *
 * The room turns rows into view models: pure functions, no files, no clock of their own (the time is handed in).
 */
import type { ModelRow } from '../../webview/contract/cost.ts';
import type { CategoriesSection, InsightsSnapshot } from '../../webview/contract/insights.ts';
import type { Figure } from '../../webview/contract/overview.ts';
import type { ClassificationRunRow, IndexRunRow, SpendingRow } from '../../webview/contract/jobs.ts';
import type { InsightsQuery } from '../../webview/contract/sessions.ts';
import type { FigureQueries, ModelSum, Span, UsageTotals } from '../store/index/figures.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import { daySeries } from './days.ts';
import type { LocalCalendar } from './localTime.ts';
import { periodOf } from './period.ts';

export interface SnapshotSources {
	readonly query: InsightsQuery;
	readonly figures: FigureQueries;
	readonly projects: ProjectScope;
	readonly scopeLabel: string;
	readonly calendar: LocalCalendar;
	readonly nowMs: number;
	readonly runs: readonly IndexRunRow[];
	readonly categories: (span: Span) => CategoriesSection;
	readonly classificationRuns: readonly ClassificationRunRow[];
	readonly spending: readonly SpendingRow[];
	readonly priceDate: string;
}

interface PeriodFigures {
	readonly sessions: number;
	readonly activeMs: number;
	readonly userPrompts: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly tokens: number;
	readonly costUsd: number;
}

export function insightsSnapshot({
	query,
	figures,
	projects,
	scopeLabel,
	calendar,
	nowMs,
	runs,
	categories,
	classificationRuns,
	spending,
	priceDate,
}: SnapshotSources): InsightsSnapshot {
	const period = periodOf(query, nowMs, calendar);
	const models = figures.models(projects, period.span);
	const usage = addedUp(models);
	const now = periodFigures(figures, usage, projects, period.span);
	const before = period.before === null ? null : periodFigures(figures, figures.usage(projects, period.before), projects, period.before);
	const figure = (name: keyof PeriodFigures): Figure => ({ now: now[name], before: before?.[name] ?? null });
	const bounds = figures.bounds(projects);
	const firstDay = period.firstDay ?? (bounds === null ? null : calendar.dayOf(bounds.fromMs));
	const series =
		firstDay === null
			? { points: [], unit: 'days' as const }
			: daySeries(firstDay, period.lastDay, figures.quarters(projects, period.span), figures.sessionSpans(projects, period.span), calendar);
	const oddities = figures.oddities(projects);
	return {
		query,
		scopeLabel,
		timeZone: calendar.timeZone,
		firstDay,
		lastDay: firstDay === null ? null : period.lastDay,
		totals: {
			sessions: figure('sessions'),
			activeMs: figure('activeMs'),
			userPrompts: figure('userPrompts'),
			responses: figure('responses'),
			toolCalls: figure('toolCalls'),
			tokens: figure('tokens'),
			costUsd: figure('costUsd'),
			tokenCounts: {
				input: usage.input,
				output: usage.output,
				cacheRead: usage.cacheRead,
				cacheWrite5m: usage.cacheWrite5m,
				cacheWrite1h: usage.cacheWrite1h,
			},
			unpricedTokens: usage.unpricedTokens,
			unpricedModels: models.filter(model => model.unpricedTokens > 0).map(({ model }) => model),
		},
		days: series.points,
		daysAre: series.unit,
		models: models.map(modelRow),
		categories: categories(period.span),
		classificationRuns,
		spending,
		runs,
		unknownRecordTypes: Object.fromEntries(oddities.unknownTypes),
		malformedLines: oddities.malformedLines,
		priceDate,
	};
}

function periodFigures(figures: FigureQueries, usage: UsageTotals, projects: ProjectScope, span: Span): PeriodFigures {
	const activity = figures.activity(projects, span);
	return {
		sessions: span === null ? figures.sessionCount(projects) : figures.sessionSpans(projects, span).length,
		activeMs: activity.activeMs,
		userPrompts: activity.prompts,
		responses: usage.responses,
		toolCalls: activity.toolCalls,
		tokens: usage.input + usage.output + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h,
		costUsd: usage.costUsd ?? 0,
	};
}

function addedUp(models: readonly ModelSum[]): UsageTotals {
	const sum = (kind: Exclude<keyof UsageTotals, 'costUsd'>): number => models.reduce((total, model) => total + model[kind], 0);
	const priced = models.filter(({ costUsd }) => costUsd !== null);
	return {
		responses: sum('responses'),
		input: sum('input'),
		output: sum('output'),
		cacheRead: sum('cacheRead'),
		cacheWrite5m: sum('cacheWrite5m'),
		cacheWrite1h: sum('cacheWrite1h'),
		costUsd: priced.length === 0 ? null : priced.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0),
		unpricedTokens: sum('unpricedTokens'),
	};
}

export function modelRow(sum: ModelSum): ModelRow {
	return {
		model: sum.model,
		responses: sum.responses,
		tokens: {
			input: sum.input,
			output: sum.output,
			cacheRead: sum.cacheRead,
			cacheWrite5m: sum.cacheWrite5m,
			cacheWrite1h: sum.cacheWrite1h,
		},
		costUsd: sum.costUsd,
	};
}
