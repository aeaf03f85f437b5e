/**
 * What the page keeps for its next load: where the person is and how they like it shown, nothing that can be asked for.
 * Read as if a stranger had written it: an older version of the page may have.
 */
import type { DaySpan } from './daySpan.ts';
import type { CategoryName, InsightsQuery, Scope, SessionSortKey, TimeRange } from '../contract/sessions.ts';

/** Raise it when a field changes its meaning; what another version kept is dropped. */
const version = 1;

export type Metric = 'sessions' | 'responses' | 'tokens' | 'costUsd';

/** What the share of a category is a share of. */
export type Measure = 'sessions' | 'activeMs' | 'tokens' | 'costUsd';

export const metrics: readonly Metric[] = ['sessions', 'responses', 'tokens', 'costUsd'];
export const measures: readonly Measure[] = ['sessions', 'activeMs', 'tokens', 'costUsd'];
export const scopes: readonly Scope[] = ['workspace', 'all'];
export const ranges: readonly TimeRange[] = ['today', '7d', '30d', '90d', '365d', 'all'];
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

export interface SavedState {
	/** Null until the extension has said where to begin. */
	readonly query: InsightsQuery | null;
	readonly sort: SessionSortKey;
	readonly descending: boolean;
	readonly filter: string;
	readonly span: DaySpan | null;
	readonly model: string | null;
	/** Only sessions of this category are in the table. */
	readonly category: CategoryName | null;
	/** Which category is opened, from level 1 downwards; empty for all of them. */
	readonly categoryPath: readonly CategoryName[];
	readonly measure: Measure;
	readonly metric: Metric;
	readonly daysAsTable: boolean;
	readonly tokenKindsOpen: boolean;
	readonly jobsOpen: boolean;
	readonly runsOpen: boolean;
}

export const freshState: SavedState = {
	query: null,
	sort: 'startedAt',
	descending: true,
	filter: '',
	span: null,
	model: null,
	category: null,
	categoryPath: [],
	measure: 'sessions',
	metric: 'costUsd',
	daysAsTable: false,
	tokenKindsOpen: false,
	jobsOpen: false,
	runsOpen: false,
};

export function toSaved(state: SavedState): unknown {
	return { version, ...state };
}

/** Every field that does not fit falls back on its own. */
export function fromSaved(saved: unknown): SavedState {
	if (!isObject(saved) || saved['version'] !== version) return freshState;
	const { query, sort, descending, filter, span, model, category, categoryPath, measure, metric } = saved;
	return {
		query: queryOf(query),
		sort: oneOf(sortKeys, sort) ?? freshState.sort,
		descending: descending !== false,
		filter: typeof filter === 'string' ? filter : '',
		span: isObject(span) && isDay(span['first']) && isDay(span['last']) ? { first: span['first'], last: span['last'] } : null,
		model: typeof model === 'string' ? model : null,
		category: isName(category) ? category : null,
		categoryPath: Array.isArray(categoryPath) && categoryPath.length <= 2 && categoryPath.every(isName) ? categoryPath : [],
		measure: oneOf(measures, measure) ?? freshState.measure,
		metric: oneOf(metrics, metric) ?? freshState.metric,
		daysAsTable: saved['daysAsTable'] === true,
		tokenKindsOpen: saved['tokenKindsOpen'] === true,
		jobsOpen: saved['jobsOpen'] === true,
		runsOpen: saved['runsOpen'] === true,
	};
}

function queryOf(value: unknown): InsightsQuery | null {
	if (!isObject(value)) return null;
	const scope = oneOf(scopes, value['scope']);
	const range = oneOf(ranges, value['range']);
	return scope === null || range === null ? null : { scope, range };
}

function oneOf<T>(all: readonly T[], value: unknown): T | null {
	return all.find(each => each === value) ?? null;
}

function isDay(value: unknown): value is string {
	return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** As long as the extension takes one: a longer one would make it refuse every question of the table. */
function isName(value: unknown): value is CategoryName {
	return typeof value === 'string' && value !== '' && value.length <= 40;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
