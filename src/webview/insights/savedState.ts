/**
 * What the panel keeps for its next load: where the person is and how they like it shown, nothing that can be asked for.
 * Read as if a stranger had written it: an older version of the page may have.
 */
import type { InsightsPageName } from '../contract/insights.ts';
import type { SessionSelector } from '../contract/selectors.ts';
import type { CategoryName, InsightsQuery, SessionSortKey } from '../contract/sessions.ts';
import { isObject, queryOf, selectorOf, oneOf } from './savedQuery.ts';

/** Raise it when a field changes its meaning; what another version kept is dropped. */
const version = 2;

export type Metric = 'sessions' | 'responses' | 'tokens' | 'costUsd';

/** What the share of a category is a share of. */
export type Measure = 'sessions' | 'activeMs' | 'tokens' | 'costUsd';

/** What the squares of the calendar and of the hours stand for. */
export type CalendarMeasure = 'sessions' | 'prompts' | 'activeMs' | 'costUsd';

export type ShareBy = 'model' | 'project' | 'branch' | 'category';

/** The pages with figures, and the list of sessions that all of them lead to. */
export type PanelPage = InsightsPageName | 'sessions';

export const panelPages: readonly PanelPage[] = ['overview', 'cost', 'categories', 'patterns', 'tools', 'sessions', 'jobs'];
export const metrics: readonly Metric[] = ['sessions', 'responses', 'tokens', 'costUsd'];
export const measures: readonly Measure[] = ['sessions', 'activeMs', 'tokens', 'costUsd'];
export const calendarMeasures: readonly CalendarMeasure[] = ['sessions', 'prompts', 'activeMs', 'costUsd'];
export const shareBys: readonly ShareBy[] = ['model', 'project', 'branch', 'category'];
export const sortKeys: readonly SessionSortKey[] = [
	'startedAt',
	'title',
	'project',
	'activeMs',
	'userPrompts',
	'responses',
	'toolCalls',
	'tokens',
	'costUsd',
];

/** The figure whose sessions are listed. */
export interface Behind {
	/** Null: all sessions of the filters. */
	readonly selector: SessionSelector | null;
	/** Where the figure stands. */
	readonly from: InsightsPageName;
	/** Of a pattern: what parts its groups. */
	readonly split: number | null;
}

export interface SavedState {
	/** Null until the extension has said where to begin. */
	readonly query: InsightsQuery | null;
	readonly page: PanelPage;
	/** Null while nobody came from a figure. */
	readonly behind: Behind | null;
	readonly sort: SessionSortKey;
	readonly descending: boolean;
	readonly filter: string;
	/** Which category is opened, from level 1 downwards; empty for all of them. */
	readonly categoryPath: readonly CategoryName[];
	readonly measure: Measure;
	readonly metric: Metric;
	readonly calendarMeasure: CalendarMeasure;
	readonly hoursMeasure: CalendarMeasure;
	readonly shareBy: ShareBy;
	/** Charts that are shown as tables. */
	readonly tables: readonly string[];
	/** Lists that show all of their rows. */
	readonly unfolded: readonly string[];
	readonly filtersOpen: boolean;
	readonly tokenKindsOpen: boolean;
	readonly jobsOpen: boolean;
	readonly runsOpen: boolean;
}

export const freshState: SavedState = {
	query: null,
	page: 'overview',
	behind: null,
	sort: 'startedAt',
	descending: true,
	filter: '',
	categoryPath: [],
	measure: 'sessions',
	metric: 'costUsd',
	calendarMeasure: 'sessions',
	hoursMeasure: 'prompts',
	shareBy: 'model',
	tables: [],
	unfolded: [],
	filtersOpen: false,
	tokenKindsOpen: false,
	jobsOpen: true,
	runsOpen: true,
};

export function toSaved(state: SavedState): unknown {
	return { version, ...state };
}

/** Every field that does not fit falls back on its own. */
export function fromSaved(saved: unknown): SavedState {
	if (!isObject(saved) || saved['version'] !== version) return freshState;
	const { query, page, behind, sort, descending, filter, categoryPath } = saved;
	return {
		query: queryOf(query),
		page: oneOf(panelPages, page) ?? freshState.page,
		behind: behindOf(behind),
		sort: oneOf(sortKeys, sort) ?? freshState.sort,
		descending: descending !== false,
		filter: typeof filter === 'string' ? filter : '',
		categoryPath: Array.isArray(categoryPath) && categoryPath.length <= 2 && categoryPath.every(isName) ? categoryPath : [],
		measure: oneOf(measures, saved['measure']) ?? freshState.measure,
		metric: oneOf(metrics, saved['metric']) ?? freshState.metric,
		calendarMeasure: oneOf(calendarMeasures, saved['calendarMeasure']) ?? freshState.calendarMeasure,
		hoursMeasure: oneOf(calendarMeasures, saved['hoursMeasure']) ?? freshState.hoursMeasure,
		shareBy: oneOf(shareBys, saved['shareBy']) ?? freshState.shareBy,
		tables: names(saved['tables']),
		unfolded: names(saved['unfolded']),
		filtersOpen: saved['filtersOpen'] === true,
		tokenKindsOpen: saved['tokenKindsOpen'] === true,
		jobsOpen: saved['jobsOpen'] !== false,
		runsOpen: saved['runsOpen'] !== false,
	};
}

function behindOf(value: unknown): Behind | null {
	if (!isObject(value)) return null;
	const from = oneOf(panelPages, value['from']);
	const selector = value['selector'] === null ? null : selectorOf(value['selector']);
	if (from === null || from === 'sessions' || selector === undefined) return null;
	return { from, selector, split: typeof value['split'] === 'number' ? value['split'] : null };
}

/** As long as the extension takes one: a longer one would make it refuse every question of the table. */
function isName(value: unknown): value is CategoryName {
	return typeof value === 'string' && value !== '' && value.length <= 40;
}

function names(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter(isName).slice(0, 50) : [];
}
