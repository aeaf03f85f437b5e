/**
 * What the insights page knows and how it comes to know it. Holds the state, asks the extension, hears its events, and
 * tells the view when something changed. Knows nothing of the DOM.
 *
 * Whatever is asked for can be overtaken: each kind of request has one signal that the next one of its kind aborts, and
 * an answer for another query than the present one is dropped.
 */
import { ChannelError } from '../../messaging/channel.ts';
import type { InsightsPageCalls, InsightsPageEvents, InsightsSnapshot } from '../contract/insights.ts';
import type { InsightsQuery, SessionPage, SessionPageQuery } from '../contract/sessions.ts';
import type { IndexStatus, NoticeAction } from '../contract/status.ts';
import type { SavedState } from './savedState.ts';

/** Rows of one page of the table. Fifty fill two screens; the contract allows 200. */
export const pageSize = 50;

/** A filter is sent when the typing rests this long, in milliseconds. */
const typingPause = 120;

/** The part of `Channel` that the page uses. */
export interface Extension {
	request<K extends keyof InsightsPageCalls>(
		name: K,
		params: InsightsPageCalls[K]['params'],
		options?: { readonly signal?: AbortSignal },
	): Promise<InsightsPageCalls[K]['result']>;
	on<K extends keyof InsightsPageEvents>(name: K, listener: (payload: InsightsPageEvents[K]) => void): () => void;
}

export interface PageState {
	/** Where the person is and how they like it shown; `query` is never null after the hello. */
	readonly saved: SavedState;
	readonly locale: string | undefined;
	readonly hasFolder: boolean;
	/** Null until the extension has answered. */
	readonly status: IndexStatus | null;
	readonly snapshot: InsightsSnapshot | null;
	readonly page: SessionPage | null;
	readonly offset: number;
	/** A figure shown belongs to an older query than the chosen one. */
	readonly loadingSnapshot: boolean;
	readonly loadingSessions: boolean;
	/** Why the figures, or what the person asked for, failed. */
	readonly loadError: string | null;
	readonly actionError: string | null;
}

/** What changed so that a person who does not see it should hear of it. */
export type Announcement = 'figures' | 'sessions' | 'indexed' | 'copied';

export class PageModel {
	readonly #extension: Extension;
	readonly #changed: () => void;
	readonly #announce: (what: Announcement) => void;
	#state: PageState;
	#snapshotRequest = new AbortController();
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
			snapshot: null,
			page: null,
			offset: 0,
			loadingSnapshot: true,
			loadingSessions: true,
			loadError: null,
			actionError: null,
		};
		extension.on('status', status => this.#hearStatus(status));
		extension.on('snapshot', snapshot => this.#hearSnapshot(snapshot));
	}

	get state(): PageState {
		return this.#state;
	}

	/** Says that the page can receive, and shows what the extension answers. */
	async start(): Promise<void> {
		this.#set({ loadError: null });
		try {
			const hello = await this.#extension.request('ready', { query: this.#state.saved.query });
			const sameQuery = this.#isCurrent(hello.query);
			this.#set({
				saved: {
					...this.#state.saved,
					query: hello.query,
					...(sameQuery || this.#state.saved.query === null ? {} : { span: null, model: null }),
				},
				locale: hello.locale,
				hasFolder: hello.hasFolder,
				status: hello.status,
				snapshot: hello.snapshot,
				loadingSnapshot: false,
			});
			if (hello.snapshot === null) this.#askWhenReady();
			else void this.#loadSessions();
		} catch (error) {
			this.#set({ loadError: reasonOf(error), loadingSnapshot: false, loadingSessions: false });
		}
	}

	/** A new scope or range: the table begins anew, as its day or model may not exist there. Categories are the same everywhere. */
	choose(query: Partial<InsightsQuery>): void {
		const now = this.#state.saved.query;
		if (now === null) return;
		const next = { ...now, ...query };
		if (next.scope === now.scope && next.range === now.range) return;
		this.#save({ query: next, span: null, model: null });
		this.#set({ offset: 0 });
		void this.#loadSnapshot(true);
		void this.#loadSessions();
	}

	/** Changes that only concern the table: filter, sort, the day, the model and the category picked. */
	narrow(change: Partial<Pick<SavedState, 'filter' | 'sort' | 'descending' | 'span' | 'model' | 'category'>>): void {
		this.#save(change);
		this.#set({ offset: 0 });
		clearTimeout(this.#typing);
		if (change.filter === undefined || change.filter === '') void this.#loadSessions('sessions');
		else this.#typing = setTimeout(() => void this.#loadSessions('sessions'), typingPause);
	}

	turnTo(offset: number): void {
		this.#set({ offset: Math.max(0, offset) });
		void this.#loadSessions('sessions');
	}

	/** How things are shown; asks for nothing. */
	show(
		change: Partial<Pick<SavedState, 'metric' | 'daysAsTable' | 'tokenKindsOpen' | 'measure' | 'categoryPath' | 'jobsOpen' | 'runsOpen'>>,
	): void {
		this.#save(change);
	}

	retry(): void {
		if (this.#state.status === null) void this.start();
		else {
			void this.#loadSnapshot(true);
			void this.#loadSessions();
		}
	}

	async openSession(id: string, action: InsightsPageCalls['openSession']['params']['action']): Promise<void> {
		await this.#act(async () => {
			await this.#extension.request('openSession', { id, action });
			if (action === 'copyId') this.#announce('copied');
		});
	}

	async command(action: NoticeAction): Promise<void> {
		await this.#act(() => this.#extension.request('command', { action }));
	}

	async #act(action: () => Promise<unknown>): Promise<void> {
		if (this.#state.actionError !== null) this.#set({ actionError: null });
		try {
			await action();
		} catch (error) {
			this.#set({ actionError: reasonOf(error) });
		}
	}

	#hearStatus(status: IndexStatus): void {
		const finished = this.#state.status?.state === 'indexing' && status.state === 'ready';
		this.#set({ status });
		if (finished) this.#announce('indexed');
		if (this.#state.snapshot === null) this.#askWhenReady();
	}

	/** The extension sends a snapshot when there is one; this is for the case that it was sent while nobody listened. */
	#askWhenReady(): void {
		if (this.#state.status?.state !== 'ready' || this.#state.loadingSnapshot) return;
		void this.#loadSnapshot(false);
		void this.#loadSessions();
	}

	#hearSnapshot(snapshot: InsightsSnapshot): void {
		if (!this.#isCurrent(snapshot.query)) return;
		const before = this.#state.snapshot?.totals.sessions.now;
		this.#snapshotRequest.abort();
		this.#set({ snapshot, loadingSnapshot: false, loadError: null });
		if (before !== snapshot.totals.sessions.now) this.#announce('figures');
		void this.#loadSessions();
	}

	async #loadSnapshot(announce: boolean): Promise<void> {
		const query = this.#state.saved.query;
		if (query === null) return;
		this.#snapshotRequest.abort();
		const { signal } = (this.#snapshotRequest = new AbortController());
		this.#set({ loadingSnapshot: true, loadError: null });
		try {
			const snapshot = await this.#extension.request('snapshot', query, { signal });
			if (signal.aborted) return;
			this.#set({ snapshot, loadingSnapshot: false });
			if (announce) this.#announce('figures');
		} catch (error) {
			if (!signal.aborted) this.#set({ loadingSnapshot: false, loadError: reasonOf(error) });
		}
	}

	async #loadSessions(announce: Announcement | null = null): Promise<void> {
		const query = this.#sessionsQuery();
		if (query === null) return;
		this.#sessionsRequest.abort();
		const { signal } = (this.#sessionsRequest = new AbortController());
		this.#set({ loadingSessions: true });
		try {
			const page = await this.#extension.request('sessions', query, { signal });
			if (signal.aborted) return;
			const lastOffset = Math.max(0, Math.floor((page.total - 1) / pageSize) * pageSize);
			if (query.offset > lastOffset) {
				// The sessions of this page vanished: show the last page that there is.
				this.turnTo(lastOffset);
				return;
			}
			this.#set({ page, loadingSessions: false });
			if (announce !== null) this.#announce(announce);
		} catch (error) {
			if (!signal.aborted) this.#set({ loadingSessions: false, loadError: reasonOf(error) });
		}
	}

	#sessionsQuery(): SessionPageQuery | null {
		const { query, sort, descending, filter, span, model, category } = this.#state.saved;
		if (query === null) return null;
		return {
			...query,
			sort,
			descending,
			filter,
			day: span?.first ?? null,
			dayEnd: span === null || span.last === span.first ? null : span.last,
			model,
			category,
			offset: this.#state.offset,
			limit: pageSize,
		};
	}

	#isCurrent(query: InsightsQuery): boolean {
		const now = this.#state.saved.query;
		return now !== null && now.scope === query.scope && now.range === query.range;
	}

	#save(change: Partial<SavedState>): void {
		this.#set({ saved: { ...this.#state.saved, ...change } });
	}

	#set(change: Partial<PageState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed();
	}
}

function reasonOf(error: unknown): string {
	return error instanceof ChannelError || error instanceof Error ? error.message : String(error);
}
