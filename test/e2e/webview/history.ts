/** An extension that has the working year, and one that has nothing of what is asked for: what tests of the panel's pages open. */
import type {
	FilterChoices,
	InsightsHead,
	InsightsHello,
	InsightsPage,
	InsightsPageName,
	InsightsPages,
} from '../../../src/webview/contract/insights.ts';
import type { InsightsQuery, SessionPage, SessionPageQuery } from '../../../src/webview/contract/sessions.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';
import { emptyPages } from './emptyPages.ts';
import { FakeExtension } from './fakeExtension.ts';
import { figuresOf, knownSessions, pageOf, sessionPageOf } from './sample.ts';
import { statusOf } from './states.ts';

export { emptyPages } from './emptyPages.ts';
export { indexing } from './states.ts';

/** As the panel keeps it: every filter is named. The window's folder holds all projects. */
export const query: InsightsQuery = { scope: 'workspace', range: '30d' };

/** The pages of that query. */
export const fullPages: InsightsPages = {
	overview: figuresOf('overview', query),
	cost: figuresOf('cost', query),
	categories: figuresOf('categories', query),
	patterns: figuresOf('patterns', query),
	tools: figuresOf('tools', query),
	jobs: figuresOf('jobs', query),
};

export const { head } = pageOf('overview', query);

/** All sessions of that query, the newest first. */
export const allSessions: SessionPage = sessionPageOf({
	...query,
	sort: 'startedAt',
	descending: true,
	filter: '',
	offset: 0,
	limit: 200,
});

/** A value of a filter as its list shows it. */
export function choice(filter: Exclude<keyof FilterChoices, 'modes'>, value: string): string {
	const found = head.choices[filter].find(each => each.value === value);
	if (found === undefined) throw new Error(`No session has ${value}`);
	return `${found.label} (${found.sessions})`;
}

export function emptyHead(change: Partial<InsightsHead> = {}): InsightsHead {
	return { ...head, sessions: 0, choices: { projects: [], branches: [], models: [], categories: [], modes: [] }, ...change };
}

/** A page that holds together: its name decides which figures it has. */
export function insightsPage<P extends InsightsPageName>(
	page: P,
	figures: InsightsPages[P] = fullPages[page],
	change: Partial<InsightsHead> = {},
): InsightsPage {
	return { page, head: { ...head, ...change }, figures } as InsightsPage;
}

export function emptyPage(page: InsightsPageName, change: Partial<InsightsHead> = {}): InsightsPage {
	return insightsPage(page, emptyPages[page], emptyHead(change));
}

/** Up to date. */
export function status(change: Partial<IndexStatus> = {}): IndexStatus {
	return statusOf({ sessions: knownSessions, ...change });
}

export function hello(change: Partial<InsightsHello> = {}): InsightsHello {
	return { query, status: status(), page: insightsPage('overview'), locale: 'en-GB', hasFolder: true, ...change };
}

/** As if there were only so many sessions. */
export function sessionPage(asked: SessionPageQuery, most = Infinity): SessionPage {
	const { rows, total, uncounted } = sessionPageOf(asked);
	return { query: asked, total: Math.min(total, most), uncounted, rows: rows.slice(0, Math.max(0, most - asked.offset)) };
}

export interface History {
	readonly hello?: Partial<InsightsHello>;
	/** In the place of what the sample has. */
	readonly pages?: Partial<InsightsPages>;
	readonly head?: Partial<InsightsHead>;
	/** Sessions of the table at most. */
	readonly most?: number;
}

/** An extension with the working year: every page and every list answers to its query. */
export function fullExtension({ hello: change = {}, pages = {}, head: headChange = {}, most = Infinity }: History = {}): FakeExtension {
	const greeting = hello(change);
	const answer = (name: InsightsPageName, wanted: InsightsQuery): InsightsPage => {
		const answered = pageOf(name, wanted);
		return {
			...answered,
			head: { ...answered.head, ...headChange, query: wanted },
			figures: pages[name] ?? answered.figures,
		} as InsightsPage;
	};
	return new FakeExtension({
		ready: ({ query: wanted, page }) => {
			const asked = wanted ?? greeting.query;
			return { ...greeting, query: asked, page: change.page === undefined ? answer(page, asked) : change.page };
		},
		page: ({ page, query: wanted }) => answer(page, wanted),
		sessions: asked => sessionPage(asked, most),
	});
}

/** An extension that has nothing of what is asked for. */
export function emptyExtension(change: Partial<InsightsHello> = {}, headChange: Partial<InsightsHead> = {}): FakeExtension {
	const greeting = hello(change);
	const answer = (name: InsightsPageName, wanted: InsightsQuery) => emptyPage(name, { ...headChange, query: wanted });
	return new FakeExtension({
		ready: ({ query: wanted, page }) => {
			const asked = wanted ?? greeting.query;
			return { ...greeting, query: asked, page: change.page === undefined ? answer(page, asked) : change.page };
		},
		page: ({ page, query: wanted }) => answer(page, wanted),
		sessions: asked => ({ query: asked, total: 0, uncounted: 0, rows: [] }),
	});
}
