/**
 * How the panel comes to know what it shows. Holds the state, asks the extension, hears its events, and tells the
 * view when something changed. Knows nothing of the DOM.
 *
 * Whatever is asked for can be overtaken: each kind of request has one signal that the next one of its kind aborts, and
 * an answer for another query than the present one is dropped. Pages that were shown stay until the filters or the data
 * change, so that going back to one is no question.
 */
import type { MessageInSession } from '../contract/conversation.ts';
import { type OtherEnd, reasonOf } from '../../messaging/channel.ts';
import type { InsightsPage, InsightsPageCalls, InsightsPageEvents, InsightsPageName } from '../contract/insights.ts';
import type { SessionSelector } from '../contract/selectors.ts';
import type { InsightsQuery, SessionPageQuery, SessionSortKey } from '../contract/sessions.ts';
import type { IndexStatus, NoticeAction } from '../contract/status.ts';
import { type Announcement, figuresPage, type PageState } from './pageState.ts';
import { sameQuery } from './queries.ts';
import type { PanelPage, SavedState } from './savedState.ts';

/** Rows of one page of the table. Fifty fill two screens; the contract allows 200. */
export const pageSize = 50;

/** A filter is sent when the typing rests this long, in milliseconds. */
const typingPause = 120;

export type Extension = OtherEnd<InsightsPageCalls, InsightsPageEvents>;

export class PageModel {
	readonly #extension: Extension;
	readonly #changed: () => void;
	readonly #announce: (what: Announcement) => void;
	#state: PageState;
	/** Pages whose answer is older than the data. */
	readonly #outdated = new Set<InsightsPageName>();
	#pageRequest = new AbortController();
	#sessionsRequest = new AbortController();
	#typing: ReturnType<typeof setTimeout> | undefined;

	constructor(extension: Extension, saved: SavedState, changed: () => void, announce: (what: Announcement) => void) {
		this.#extension = extension;
		this.#changed = changed;
		this.#announce = announce;
		this.#state = {
			saved,
			locale: undefined,
			hasFolder: true,
			status: null,
			pages: {},
			head: null,
			sessions: null,
			offset: 0,
			loadingPage: true,
			loadingSessions: true,
			loadError: null,
			actionError: null,
		};
		extension.on('status', status => this.#hearStatus(status));
		extension.on('page', page => this.#hearPage(page));
	}

	get state(): PageState {
		return this.#state;
	}

	/** Asks the extension for everything to begin with. Again after a failure. */
	async start(): Promise<void> {
		this.#set({ loadError: null });
		try {
			const { saved } = this.#state;
			const hello = await this.#extension.request('ready', { query: saved.query, page: figuresPage(saved) });
			this.#set({
				saved: { ...this.#state.saved, query: hello.query },
				locale: hello.locale,
				hasFolder: hello.hasFolder,
				status: hello.status,
				loadingPage: false,
			});
			if (hello.page === null) this.#askWhenReady();
			else {
				this.#take(hello.page);
				if (this.#state.saved.page === 'sessions') void this.#loadSessions();
				// The person may have gone to another page meanwhile.
				this.#loadWhatIsMissing();
			}
		} catch (error) {
			this.#set({ loadError: reasonOf(error), loadingPage: false, loadingSessions: false });
		}
	}

	goTo(page: PanelPage): void {
		const { saved } = this.#state;
		if (page === saved.page) return;
		// Whoever chooses the sessions by their tab wants all of them.
		this.#save({ page, ...(page === 'sessions' ? { behind: null, filter: '' } : {}) });
		if (page === 'sessions') this.#showSessions();
		this.#loadWhatIsMissing();
	}

	/** The sessions behind a figure; null for all of the filters. */
	openSessions(selector: SessionSelector | null, sort?: SessionSortKey, split: number | null = null): void {
		const { saved } = this.#state;
		const from = figuresPage(saved);
		this.#save({
			page: 'sessions',
			behind: { selector, from, split },
			filter: '',
			...(sort === undefined ? {} : { sort, descending: true }),
		});
		this.#showSessions();
		this.#announce('sessions');
	}

	/** Back to the figure that one came from. */
	goBack(): void {
		this.#save({ page: figuresPage(this.#state.saved) });
		this.#loadWhatIsMissing();
	}

	/** What the sessions have in common becomes a filter of all pages. */
	keepAsFilter(change: Partial<InsightsQuery>): void {
		this.#save({ behind: null });
		this.choose(change);
	}

	/** Other filters, another scope or range: all pages are asked for anew, as they are shown. */
	choose(change: Partial<InsightsQuery>): void {
		const now = this.#state.saved.query;
		if (now === null) return;
		const next = { ...now, ...change };
		if (sameQuery(next, now)) return;
		this.#save({ query: next });
		this.#set({ offset: 0 });
		void this.#loadPage(true);
		if (this.#state.saved.page === 'sessions') void this.#loadSessions();
	}

	/** Changes that only concern the table: filter and sort. */
	narrow(change: Partial<Pick<SavedState, 'filter' | 'sort' | 'descending'>>): void {
		this.#save(change);
		this.#set({ offset: 0 });
		clearTimeout(this.#typing);
		if (change.filter === undefined || change.filter === '') void this.#loadSessions('sessions');
		else this.#typing = setTimeout(() => void this.#loadSessions('sessions'), typingPause);
	}

	/** All sessions of the filters instead of those behind a figure. */
	showAllSessions(): void {
		this.#save({ behind: null, filter: '' });
		this.#showSessions();
	}

	turnTo(offset: number): void {
		this.#set({ offset: Math.max(0, offset) });
		void this.#loadSessions('sessions');
	}

	/** How things are shown; asks for nothing. */
	show(change: Partial<Omit<SavedState, 'query' | 'page' | 'behind' | 'filter' | 'sort' | 'descending'>>): void {
		this.#save(change);
	}

	showTable(chart: string, isTable: boolean): void {
		this.#save({ tables: toggled(this.#state.saved.tables, chart, isTable) });
	}

	unfold(list: string, isOpen: boolean): void {
		this.#save({ unfolded: toggled(this.#state.saved.unfolded, list, isOpen) });
	}

	retry(): void {
		if (this.#state.status === null) void this.start();
		else {
			void this.#loadPage(true);
			if (this.#state.saved.page === 'sessions') void this.#loadSessions();
		}
	}

	async openSession(
		id: string,
		action: InsightsPageCalls['openSession']['params']['action'],
		message: MessageInSession | null = null,
	): Promise<void> {
		await this.#act(async () => {
			await this.#extension.request('openSession', { id, action, ...(message === null ? {} : { message }) });
			if (action === 'copyId') this.#announce('copied');
		});
	}

	async command(action: NoticeAction): Promise<void> {
		await this.#act(() => this.#extension.request('command', { action }));
	}

	async export(): Promise<void> {
		await this.#act(() => this.#extension.request('export', null));
	}

	async #act(action: () => Promise<unknown>): Promise<void> {
		if (this.#state.actionError !== null) this.#set({ actionError: null });
		try {
			await action();
		} catch (error) {
			this.#set({ actionError: reasonOf(error) });
		}
	}

	#showSessions(): void {
		// Rows of another figure would be taken for those of this one.
		this.#set({ offset: 0, sessions: null });
		void this.#loadSessions();
	}

	#hearStatus(status: IndexStatus): void {
		const finished = this.#state.status?.state === 'indexing' && status.state === 'ready';
		this.#set({ status });
		if (finished) this.#announce('indexed');
		if (this.#state.head === null) this.#askWhenReady();
	}

	/** The extension sends the page when there is one; this is for the case that it was sent while nobody listened. */
	#askWhenReady(): void {
		if (this.#state.status?.state !== 'ready' || this.#state.loadingPage) return;
		void this.#loadPage(false);
		if (this.#state.saved.page === 'sessions') void this.#loadSessions();
	}

	/** The data changed: the page that came is new, all others are older than the data. */
	#hearPage(page: InsightsPage): void {
		if (!this.#isCurrent(page.head.query)) return;
		const before = this.#state.head?.sessions;
		for (const name of Object.keys(this.#state.pages) as InsightsPageName[]) this.#outdated.add(name);
		if (page.page === figuresPage(this.#state.saved)) this.#pageRequest.abort();
		this.#take(page);
		if (before !== page.head.sessions) this.#announce('figures');
		if (this.#state.saved.page === 'sessions') void this.#loadSessions();
		this.#loadWhatIsMissing();
	}

	#take(page: InsightsPage): void {
		this.#outdated.delete(page.page);
		const isShown = page.page === figuresPage(this.#state.saved);
		this.#set({
			pages: { ...this.#state.pages, [page.page]: page },
			head: page.head,
			...(isShown ? { loadingPage: false, loadError: null } : {}),
		});
	}

	#loadWhatIsMissing(): void {
		const name = figuresPage(this.#state.saved);
		const known = this.#state.pages[name];
		if (known !== undefined && this.#isCurrent(known.head.query) && !this.#outdated.has(name)) {
			// An answer for the page that one left would only be thrown away.
			this.#pageRequest.abort();
			this.#set({ loadingPage: false });
		} else void this.#loadPage(false);
	}

	async #loadPage(announce: boolean): Promise<void> {
		const { query } = this.#state.saved;
		if (query === null) return;
		this.#pageRequest.abort();
		const { signal } = (this.#pageRequest = new AbortController());
		this.#set({ loadingPage: true, loadError: null });
		try {
			const page = await this.#extension.request('page', { page: figuresPage(this.#state.saved), query }, { signal });
			if (signal.aborted) return;
			this.#take(page);
			if (announce) this.#announce('figures');
		} catch (error) {
			if (!signal.aborted) this.#set({ loadingPage: false, loadError: reasonOf(error) });
		}
	}

	async #loadSessions(announce: Announcement | null = null): Promise<void> {
		const query = this.#sessionsQuery();
		if (query === null) return;
		this.#sessionsRequest.abort();
		const { signal } = (this.#sessionsRequest = new AbortController());
		this.#set({ loadingSessions: true });
		try {
			const sessions = await this.#extension.request('sessions', query, { signal });
			if (signal.aborted) return;
			const lastOffset = Math.max(0, Math.floor((sessions.total - 1) / pageSize) * pageSize);
			if (query.offset > lastOffset) {
				// The sessions of this page vanished: show the last page that there is.
				this.turnTo(lastOffset);
				return;
			}
			this.#set({ sessions, loadingSessions: false });
			if (announce !== null) this.#announce(announce);
		} catch (error) {
			if (!signal.aborted) this.#set({ loadingSessions: false, loadError: reasonOf(error) });
		}
	}

	#sessionsQuery(): SessionPageQuery | null {
		const { query, behind, sort, descending, filter } = this.#state.saved;
		if (query === null) return null;
		return {
			...query,
			selector: behind?.selector ?? null,
			sort,
			descending,
			filter,
			offset: this.#state.offset,
			limit: pageSize,
		};
	}

	#isCurrent(query: InsightsQuery): boolean {
		const now = this.#state.saved.query;
		return now !== null && sameQuery(now, query);
	}

	#save(change: Partial<SavedState>): void {
		this.#set({ saved: { ...this.#state.saved, ...change } });
	}

	#set(change: Partial<PageState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed();
	}
}

function toggled(names: readonly string[], name: string, isIn: boolean): readonly string[] {
	const others = names.filter(each => each !== name);
	return isIn ? [...others, name] : others;
}
