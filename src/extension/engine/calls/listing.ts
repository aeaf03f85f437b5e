/** What the tree asks for: groups with their counts first, and the sessions of a group when somebody opens it. */
import type { CategoryName, Scope, SessionMode, SessionRow, SessionStatus } from '../../../webview/contract/sessions.ts';

export type Grouping = 'none' | 'day' | 'category' | 'branch' | 'project' | 'status' | 'tag';

/** Newest activity, latest start, costliest, most tokens or longest active time first; titles from A to Z. */
export type SessionOrder = 'activity' | 'start' | 'cost' | 'tokens' | 'length' | 'title';

/** `gone`: no transcript of its own is on disk. */
export type ListedStatus = SessionStatus | 'gone';

/** A session is listed when it passes all of them; null lets all pass, an empty text those that have none. */
export interface SessionFilter {
	/** Words that title, branch, project, first prompt, tags or note must contain, all of them; empty for all. */
	readonly words: string;
	/** Of any level. */
	readonly category: CategoryName | null;
	readonly branch: string | null;
	/** Path of the project. */
	readonly project: string | null;
	readonly model: string | null;
	readonly status: ListedStatus | null;
	readonly tag: string | null;
	readonly mode: SessionMode | null;
	readonly onlyPinned: boolean;
	/** Lists also what a person has hidden. */
	readonly showsHidden: boolean;
}

/** What a session can be filtered by, each with a value. */
export const facets = ['category', 'branch', 'project', 'model', 'status', 'tag', 'mode'] as const;
export type Facet = (typeof facets)[number];

export const everySession: SessionFilter = {
	words: '',
	category: null,
	branch: null,
	project: null,
	model: null,
	status: null,
	tag: null,
	mode: null,
	onlyPinned: false,
	showsHidden: false,
};

/** It leaves sessions out. Showing hidden ones is a choice, too, but leaves out none. */
export function isNarrowing(filter: SessionFilter): boolean {
	return filter.words.trim() !== '' || filter.onlyPinned || facets.some(facet => filter[facet] !== null);
}

export interface GroupsQuery {
	readonly scope: Scope;
	readonly filter: SessionFilter;
	readonly grouping: Grouping;
	readonly order: SessionOrder;
	readonly weekStartsOn: 'monday' | 'sunday' | 'saturday';
}

export interface GroupName {
	/** Pinned sessions stand in a group of their own, whatever the grouping. */
	readonly isPinned: boolean;
	/**
	 * Of days: `today`, `yesterday`, `week`, `month-2026-11`, `undated`. Else what its sessions share: a category of level 2, a
	 * branch, the path of a project, a `ListedStatus`, a tag; empty for none. Always empty without grouping, and for the pinned ones.
	 */
	readonly key: string;
}

export interface SessionGroup extends GroupName {
	/** The name of a project; null where the key says it. */
	readonly name: string | null;
	/** Without the forks below them. */
	readonly sessions: number;
}

export interface SessionGroups {
	/** In the order in which they are shown, at most 200. */
	readonly groups: readonly SessionGroup[];
	/** Groups beyond those. */
	readonly moreGroups: number;
	/** Sessions that pass the filter, each once. */
	readonly sessions: number;
	/** Sessions that are not listed only because a person has hidden them. */
	readonly hidden: number;
	/** Sessions of the scope that wait for somebody, whatever the filter. */
	readonly needInput: number;
	/** Sessions of the scope whose status changes by itself when nothing more is said. */
	readonly live: number;
}

export interface SessionSlice {
	readonly rows: readonly SessionRow[];
	readonly total: number;
	/** How many sessions were forked from, or continue, each of `rows`; those of none are left out. */
	readonly forks: Readonly<Record<string, number>>;
}

export interface FacetValue {
	/** As the filter takes it; empty for none. */
	readonly value: string;
	/** The name of a project; null where the value says it. */
	readonly name: string | null;
	readonly sessions: number;
}

export interface ListingCalls {
	sessionGroups: { params: GroupsQuery; result: SessionGroups };
	/** `limit`: at most 200. */
	groupSessions: {
		params: GroupsQuery & { readonly group: GroupName; readonly offset: number; readonly limit: number };
		result: SessionSlice;
	};
	/** All of a group and the forks below them. */
	groupSessionIds: { params: GroupsQuery & { readonly group: GroupName }; result: readonly string[] };
	/** Sessions forked from one, or continuing it, oldest first; at most 200 at once. */
	forks: {
		params: { readonly sessionId: string; readonly showsHidden: boolean; readonly offset: number; readonly limit: number };
		result: SessionSlice;
	};
	/** The values that sessions which pass all other filters have, the most frequent first, at most 200. */
	facetValues: { params: { readonly scope: Scope; readonly filter: SessionFilter; readonly of: Facet }; result: readonly FacetValue[] };
}
