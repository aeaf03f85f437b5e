/** A made-up history, the same at every run, and the answers an extension would give from it. */
import type { InsightsHead, InsightsHello, InsightsPage, InsightsPageName, InsightsPages } from '../../../src/webview/contract/insights.ts';
import type { InsightsQuery, SessionPage, SessionPageQuery, SessionRow } from '../../../src/webview/contract/sessions.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';
import { FakeExtension } from './fakeExtension.ts';
import { emptyPages, fullPages } from './figures.ts';
import { dayBefore, haiku, opus, session, sonnet, today } from './madeUp.ts';

export { dayBefore, session, today } from './madeUp.ts';
export { emptyPages, fullPages } from './figures.ts';
export { days } from './overviewFigures.ts';

/** As the panel keeps it: every filter is named. */
export const query: InsightsQuery = { scope: 'workspace', range: '30d' };

export function head(change: Partial<InsightsHead> = {}): InsightsHead {
	return {
		query,
		scopeLabel: 'storefront',
		timeZone: 'Europe/Berlin',
		firstDay: dayBefore(today, 29),
		lastDay: today,
		sessions: 84,
		choices: {
			projects: [
				{ value: '/home/ada/work/storefront', label: 'storefront', sessions: 51 },
				{ value: '/home/ada/work/ledger-api', label: 'ledger-api', sessions: 22 },
				{ value: '', label: '', sessions: 3 },
			],
			branches: [
				{ value: 'main', label: 'main', sessions: 31 },
				{ value: 'feature/payment-retries', label: 'feature/payment-retries', sessions: 12 },
				{ value: '', label: '', sessions: 5 },
			],
			models: [opus, sonnet, haiku].map((model, index) => ({ value: model, label: model, sessions: 60 - index * 20 })),
			categories: [
				{ value: 'code_work', label: 'code_work', sessions: 55, level: 1 },
				{ value: 'bug_fix', label: 'bug_fix', sessions: 18, level: 2 },
				{ value: 'logic-fix', label: 'logic-fix', sessions: 11, level: 3 },
			],
			modes: [
				{ value: 'interactive', sessions: 71 },
				{ value: 'background', sessions: 9 },
				{ value: 'forked', sessions: 4 },
			],
		},
		priceDate: '2026-11-14',
		...change,
	};
}

export function emptyHead(change: Partial<InsightsHead> = {}): InsightsHead {
	return head({ sessions: 0, choices: { projects: [], branches: [], models: [], categories: [], modes: [] }, ...change });
}

/** A page that holds together: its name decides which figures it has. */
export function insightsPage<P extends InsightsPageName>(
	page: P,
	figures: InsightsPages[P] = fullPages[page],
	change: Partial<InsightsHead> = {},
): InsightsPage {
	return { page, head: head(change), figures } as InsightsPage;
}

export function emptyPage(page: InsightsPageName, change: Partial<InsightsHead> = {}): InsightsPage {
	return insightsPage(page, emptyPages[page], emptyHead(change));
}

export function status(change: Partial<IndexStatus> = {}): IndexStatus {
	return {
		state: 'ready',
		filesDone: 0,
		filesTotal: 0,
		bytesDone: 0,
		bytesTotal: 0,
		sessions: 1_204,
		lastIndexedAt: `${today}T14:02:11.180Z`,
		notices: [],
		...change,
	};
}

export const indexing = status({
	state: 'indexing',
	filesDone: 340,
	filesTotal: 1_200,
	bytesDone: 1_210_000_000,
	bytesTotal: 3_400_000_000,
	sessions: 0,
	lastIndexedAt: null,
});

export function hello(change: Partial<InsightsHello> = {}): InsightsHello {
	return { query, status: status(), page: insightsPage('overview'), locale: 'en-GB', hasFolder: true, ...change };
}

/** The page of a table of `total` sessions; a filter keeps the titles that contain it, a category those that are of it. */
export function sessionPage(asked: SessionPageQuery, total: number): SessionPage {
	const { filter, selector } = asked;
	const category = selector?.kind === 'category' ? selector.category : (asked.category ?? null);
	const isOf = (row: SessionRow) => category === null || [row.category?.l1, row.category?.l2, row.category?.l3].includes(category);
	const all = Array.from({ length: total }, (_, index) => session(index)).filter(
		row => isOf(row) && row.title.toLowerCase().includes(filter.toLowerCase()),
	);
	return { query: asked, total: all.length, rows: all.slice(asked.offset, asked.offset + asked.limit) };
}

export interface History {
	readonly hello?: Partial<InsightsHello>;
	/** In the place of the full ones. */
	readonly pages?: Partial<InsightsPages>;
	readonly head?: Partial<InsightsHead>;
	/** Sessions of the table. */
	readonly total?: number;
}

/** An extension with a full history. */
export function fullExtension({
	hello: change = {},
	pages: changed = {},
	head: headChange = {},
	total = 127,
}: History = {}): FakeExtension {
	const pages: InsightsPages = { ...fullPages, ...changed };
	const greeting = hello(change);
	const answer = (name: InsightsPageName, wanted: InsightsQuery) => insightsPage(name, pages[name], { ...headChange, query: wanted });
	return new FakeExtension({
		ready: ({ query: wanted, page }) => {
			const asked = wanted ?? greeting.query;
			return { ...greeting, query: asked, page: change.page === undefined ? answer(page, asked) : change.page };
		},
		page: ({ page, query: wanted }) => answer(page, wanted),
		sessions: asked => sessionPage(asked, total),
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
		sessions: asked => ({ query: asked, total: 0, rows: [] }),
	});
}
