/** Answers what the tree asks: which groups there are, and the sessions of one, never more than 200 rows at once. */
import { dayGroupSpans, type DayGroupSpan } from '../insights/dayGroups.ts';
import type { LocalCalendar } from '../insights/localTime.ts';
import { quietMs, sessionRow } from '../insights/sessionRow.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type GroupChoice, GroupedSessions, type ListConditions } from '../store/index/groupedSessions.ts';
import type { ProjectScope, SessionListRow } from '../store/index/lists.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import {
	type FacetValue,
	type GroupName,
	type GroupsQuery,
	isNarrowing,
	type ListedStatus,
	type ListingCalls,
	type SessionFilter,
	type SessionGroup,
	type SessionGroups,
	type SessionSlice,
} from './calls/listing.ts';
import { wordsOf } from './views.ts';

export interface ListingParts {
	readonly tables: IndexTables;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	readonly calendar: () => LocalCalendar;
	readonly now: () => Date;
}

/** No list gives more rows at once (DB-1). */
const mostRows = 200;

/** What asks for somebody comes first. */
const statusOrder: readonly ListedStatus[] = ['waiting_for_input', 'processing', 'error', 'not_started', 'completed', 'gone'];

export class Listing {
	readonly #parts: ListingParts;
	readonly #sessions: GroupedSessions;

	constructor(parts: ListingParts) {
		this.#parts = parts;
		this.#sessions = new GroupedSessions(parts.tables.db);
	}

	groups(query: GroupsQuery): SessionGroups {
		const conditions = this.#conditions(query);
		const pinned = this.#sessions.count(conditions, { kind: 'pinned' }, query.order);
		const { groups, moreGroups } = this.#unpinned(query, conditions);
		const counted = groups.reduce((sum, group) => sum + group.sessions, pinned);
		return {
			groups: pinned === 0 ? groups : [{ isPinned: true, key: '', name: null, sessions: pinned }, ...groups],
			moreGroups,
			// A session stands in the group of each of its tags.
			sessions: query.grouping === 'tag' || moreGroups > 0 ? this.#sessions.total(conditions) : counted,
			...this.#sessions.live(conditions.projects, conditions.quietSince),
			hidden: query.filter.showsHidden ? 0 : this.#sessions.hidden(conditions),
		};
	}

	page({ group, offset, limit, ...query }: ListingCalls['groupSessions']['params']): SessionSlice {
		const conditions = this.#conditions(query);
		const choice = this.#choice(query, group);
		const [from, most] = [Math.max(0, offset), Math.min(mostRows, Math.max(1, limit))];
		const rows = this.#sessions.page(conditions, choice, query.order, from, most);
		const isLast = rows.length < most && (rows.length > 0 || from === 0);
		return {
			...this.#slice(rows, query.filter.showsHidden, conditions.onlyRoots),
			total: isLast ? from + rows.length : this.#sessions.count(conditions, choice, query.order),
		};
	}

	ids({ group, ...query }: ListingCalls['groupSessionIds']['params']): readonly string[] {
		return this.#sessions.ids(this.#conditions(query), this.#choice(query, group), query.order);
	}

	forks({ sessionId, showsHidden, offset, limit }: ListingCalls['forks']['params']): SessionSlice {
		const rows = this.#sessions.forks(sessionId, showsHidden, Math.max(0, offset), Math.min(mostRows, Math.max(1, limit)));
		return { ...this.#slice(rows, showsHidden, true), total: this.#sessions.forkCounts([sessionId], showsHidden).get(sessionId) ?? 0 };
	}

	facetValues({ scope, filter, of }: ListingCalls['facetValues']['params']): readonly FacetValue[] {
		const conditions = this.#conditions({ scope, filter: { ...filter, [of]: null } });
		const values = this.#sessions.facetCounts({ ...conditions, onlyRoots: false }, of, mostRows);
		return values.map(({ key, name, sessions }) => ({ value: key, name, sessions }));
	}

	#unpinned(query: GroupsQuery, conditions: ListConditions): Pick<SessionGroups, 'groups' | 'moreGroups'> {
		const { grouping, order } = query;
		if (grouping === 'none') {
			const sessions = this.#sessions.count(conditions, { kind: 'all' }, order);
			return { groups: sessions === 0 ? [] : [groupOf('', sessions)], moreGroups: 0 };
		}
		if (grouping === 'day') {
			const dated = this.#sessions.countsIn(conditions, this.#spans(query), order).map(({ key, sessions }) => groupOf(key, sessions));
			const undated = this.#sessions.count(conditions, { kind: 'undated' }, order);
			return { groups: undated === 0 ? dated : [...dated, groupOf('undated', undated)], moreGroups: 0 };
		}
		const counts = this.#sessions.counts(conditions, grouping, mostRows);
		const groups = counts.map(({ key, name, sessions }) => groupOf(key, sessions, name));
		return {
			groups: grouping === 'status' ? groups.toSorted((a, b) => placeOf(a) - placeOf(b)) : groups,
			moreGroups: (counts[0]?.groups ?? 0) - counts.length,
		};
	}

	#choice(query: GroupsQuery, { isPinned, key }: GroupName): GroupChoice {
		const { grouping } = query;
		if (isPinned) return { kind: 'pinned' };
		if (grouping === 'none') return { kind: 'all' };
		if (grouping !== 'day') return { kind: 'key', by: grouping, key };
		if (key === 'undated') return { kind: 'undated' };
		const span = this.#spans(query).find(each => each.key === key);
		// A month that has gone meanwhile, as when a week begins.
		return { kind: 'span', span: span ?? { since: '', until: '' } };
	}

	#spans({ order, weekStartsOn }: GroupsQuery): readonly DayGroupSpan[] {
		const oldest = this.#sessions.oldest(order);
		const oldestMs = oldest === null ? Number.NaN : Date.parse(oldest);
		return dayGroupSpans(this.#parts.now().getTime(), Number.isNaN(oldestMs) ? null : oldestMs, this.#parts.calendar(), weekStartsOn);
	}

	#conditions({ scope, filter }: { readonly scope: Scope; readonly filter: SessionFilter }): ListConditions {
		const { words, ...rest } = filter;
		return {
			...rest,
			words: wordsOf(words),
			projects: this.#parts.projectsOf(scope),
			quietSince: new Date(this.#parts.now().getTime() - quietMs).toISOString(),
			// A filter looks for the session itself, wherever it stands in a family.
			onlyRoots: !isNarrowing(filter),
		};
	}

	#slice(rows: readonly SessionListRow[], showsHidden: boolean, withForks: boolean): Omit<SessionSlice, 'total'> {
		const nowMs = this.#parts.now().getTime();
		const forks = withForks
			? this.#sessions.forkCounts(
					rows.map(row => row.session_id),
					showsHidden,
				)
			: new Map<string, number>();
		return { rows: rows.map(row => sessionRow(row, nowMs)), forks: Object.fromEntries(forks) };
	}
}

/** Answers of the worker. */
export function listingHandlers(listing: () => Listing) {
	return {
		sessionGroups: (query: GroupsQuery) => listing().groups(query),
		groupSessions: (query: ListingCalls['groupSessions']['params']) => listing().page(query),
		groupSessionIds: (query: ListingCalls['groupSessionIds']['params']) => listing().ids(query),
		forks: (query: ListingCalls['forks']['params']) => listing().forks(query),
		facetValues: (query: ListingCalls['facetValues']['params']) => listing().facetValues(query),
	};
}

function groupOf(key: string, sessions: number, name: string | null = null): SessionGroup {
	return { isPinned: false, key, name, sessions };
}

function placeOf({ key }: SessionGroup): number {
	return statusOrder.indexOf(key as ListedStatus);
}
