/**
 * What the search page knows and how it comes to know it: asks as a person types, forgets what was overtaken, hears how
 * the search index stands. Knows nothing of the DOM.
 */
import { type OtherEnd, reasonOf } from '../../messaging/channel.ts';
import type { SearchAnswer, SearchHit, SearchStatus } from '../contract/search.ts';
import type { SearchAction, SearchPageCalls, SearchPageEvents, SearchRequest } from '../contract/searchView.ts';
import { kindsOf, mostResults, pageSize, type SavedState } from './savedState.ts';

/** A key is answered when no other came within this time, in milliseconds: keys of one word come faster. */
const typingPause = 40;
/** When the typing rests this long, everything is looked at that was left out for speed. */
const restPause = 350;

export type Extension = OtherEnd<SearchPageCalls, SearchPageEvents>;

export interface SearchState {
	readonly saved: SavedState;
	readonly locale: string | undefined;
	readonly timeZone: string | undefined;
	readonly hasFolder: boolean;
	/** Null until the extension has answered. */
	readonly status: SearchStatus | null;
	/** Of the search in `answered`; null before the first one. */
	readonly answer: SearchAnswer | null;
	/** The text that `answer` is about. */
	readonly answered: string;
	/** Another answer is on its way. */
	readonly searching: boolean;
	readonly loadError: string | null;
	readonly actionError: string | null;
}

export interface ModelListener {
	changed(): void;
	/** For people who do not see the results: how many there are. */
	announce(answer: SearchAnswer): void;
	/** The field is to take the focus. */
	focusField(): void;
}

export class SearchModel {
	readonly #extension: Extension;
	readonly #listener: ModelListener;
	#state: SearchState;
	#request = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(extension: Extension, saved: SavedState, listener: ModelListener) {
		this.#extension = extension;
		this.#listener = listener;
		this.#state = {
			saved,
			locale: undefined,
			timeZone: undefined,
			hasFolder: true,
			status: null,
			answer: null,
			answered: '',
			searching: false,
			loadError: null,
			actionError: null,
		};
		extension.on('status', status => this.#hearStatus(status));
		extension.on('request', request => this.#take(request));
	}

	get state(): SearchState {
		return this.#state;
	}

	async start(): Promise<void> {
		this.#set({ loadError: null });
		try {
			const { locale, timeZone, scope, hasFolder, status, request } = await this.#extension.request('ready', null);
			const keptScope = this.#state.saved.scope ?? scope;
			this.#save({ scope: hasFolder ? keptScope : 'all' });
			this.#set({ locale, timeZone, hasFolder, status });
			if (request !== null) this.#take(request);
			else if (this.#isAsked) await this.#search(false);
		} catch (error) {
			this.#set({ loadError: reasonOf(error) });
		}
	}

	type(text: string): void {
		this.#save({ text, active: null, limit: pageSize, folded: [] });
		this.#cancel();
		if (!this.#isAsked) {
			this.#set({ answer: null, answered: '', searching: false, loadError: null });
			return;
		}
		this.#set({ searching: true });
		this.#timer = setTimeout(() => void this.#search(true), typingPause);
	}

	/** The whole answer, now. */
	submit(): Promise<void> {
		return this.#isAsked ? this.#search(false) : Promise.resolve();
	}

	narrow(change: Partial<Pick<SavedState, 'scope' | 'kinds'>>): void {
		this.#save({ ...change, active: null, limit: pageSize, folded: [] });
		if (this.#isAsked) void this.#search(false);
	}

	more(): void {
		this.#save({ limit: Math.min(mostResults, this.#state.saved.limit + pageSize) });
		void this.#search(false);
	}

	fold(sessionId: string, isFolded: boolean): void {
		const others = this.#state.saved.folded.filter(id => id !== sessionId);
		this.#save({ folded: isFolded ? [...others, sessionId] : others });
	}

	/** Where the person is in the list. */
	moveTo(active: string | null): void {
		if (active !== this.#state.saved.active) this.#save({ active });
	}

	showTips(tipsOpen: boolean): void {
		this.#save({ tipsOpen });
	}

	async open({ sessionId, agentId, messageId }: SearchHit): Promise<void> {
		await this.#act(() => this.#extension.request('open', { sessionId, agentId, messageId }));
	}

	async command(action: SearchAction): Promise<void> {
		await this.#act(() => this.#extension.request('command', { action }));
	}

	get #isAsked(): boolean {
		return this.#state.saved.text.trim() !== '';
	}

	#take({ text }: SearchRequest): void {
		if (text !== null) {
			this.#save({ text, active: null, limit: pageSize, folded: [] });
			void this.submit();
		} else if (this.#isAsked && this.#state.answer === null) void this.submit();
		this.#listener.focusField();
	}

	/** What was not in the index when it was asked for may be there now. */
	#hearStatus(status: SearchStatus): void {
		const before = this.#state.status?.state;
		this.#set({ status });
		const isNewlyUsable = before !== status.state && status.state === 'ready';
		if (isNewlyUsable && this.#isAsked && this.#state.answer?.isIndexComplete !== true) void this.#search(false);
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#request.abort();
	}

	async #search(isTyping: boolean): Promise<void> {
		this.#cancel();
		const { text, scope, kinds, limit } = this.#state.saved;
		const { signal } = (this.#request = new AbortController());
		this.#set({ searching: true, actionError: null });
		try {
			const answer = await this.#extension.request(
				'search',
				{ text, scope: scope ?? 'all', sessionId: null, kinds: kindsOf[kinds], offset: 0, limit, isTyping },
				{ signal },
			);
			if (signal.aborted) return;
			this.#set({ answer, answered: text, searching: !answer.isComplete && isTyping, loadError: null });
			if (answer.isComplete || !isTyping) this.#listener.announce(answer);
			else this.#timer = setTimeout(() => void this.#search(false), restPause);
		} catch (error) {
			if (signal.aborted) return;
			const isOff = typeof error === 'object' && error !== null && 'reason' in error && error.reason === 'search-off';
			const { status } = this.#state;
			if (isOff && status !== null) this.#set({ searching: false, answer: null, status: { ...status, state: 'off' } });
			else this.#set({ searching: false, loadError: reasonOf(error) });
		}
	}

	async #act(action: () => Promise<unknown>): Promise<void> {
		if (this.#state.actionError !== null) this.#set({ actionError: null });
		try {
			await action();
		} catch (error) {
			this.#set({ actionError: reasonOf(error) });
		}
	}

	#save(change: Partial<SavedState>): void {
		this.#set({ saved: { ...this.#state.saved, ...change } });
	}

	#set(change: Partial<SearchState>): void {
		this.#state = { ...this.#state, ...change };
		this.#listener.changed();
	}
}
