/** What the filters say, compared and changed. Pure. */
import type { InsightsQuery } from '../contract/sessions.ts';

/** Each of them narrows what the pages show; scope and range only say where and when. */
export const filterNames = ['days', 'project', 'branch', 'model', 'category', 'mode'] as const;
export type FilterName = (typeof filterNames)[number];

/** Absent and null mean the same. */
export function sameQuery(a: InsightsQuery, b: InsightsQuery): boolean {
	return keyOf(a) === keyOf(b);
}

function keyOf(query: InsightsQuery): string {
	const { scope, range, days = null, project = null, branch = null, model = null, category = null, mode = null } = query;
	return JSON.stringify([scope, days === null ? range : [days.first, days.last], project, branch, model, category, mode]);
}

/** Those that are set, days among them only where a person chose them. */
export function setFilters(query: InsightsQuery): readonly FilterName[] {
	return filterNames.filter(name => (query[name] ?? null) !== null);
}

/** No session is left out, whatever the time range. */
export function isEverything(query: InsightsQuery): boolean {
	return query.scope === 'all' && setFilters(query).every(name => name === 'days');
}

export function withoutFilters({ scope, range }: InsightsQuery): InsightsQuery {
	return { scope, range };
}
