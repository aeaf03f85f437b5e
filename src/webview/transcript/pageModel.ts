/**
 * What the transcript page knows and how it comes to know it: which conversation and branch, its head, outline and items, what
 * is unfolded, what is being found. Asks the extension, hears its events, tells the view when something changed. Knows
 * nothing of the DOM; where the list is to scroll it says through `Scroll`.
 */
import { ChannelError } from '../../messaging/channel.ts';
import { fileOfLink, linkKind } from '../components/content/markdown.ts';
import type { ConversationKey, MessageId } from '../contract/conversation.ts';
import type { BranchId, OutlineTurn, TranscriptHead, TranscriptOutline } from '../contract/transcript.ts';
import type { TranscriptItem } from '../contract/transcriptItems.ts';
import type { SessionAction, TranscriptPageCalls, TranscriptPageEvents, TranscriptPlace } from '../contract/transcriptPage.ts';
import { type FindState, Finder, noFind } from './finder.ts';
import { Inlines } from './inlines.ts';
import { ItemStore } from './itemStore.ts';
import { markdownOf } from './itemMarkdown.ts';
import type { SavedState } from './savedState.ts';
import { LongTexts } from './longTexts.ts';
import { text } from './words.ts';

/** The part of `Channel` that the page uses. */
export interface Extension {
	request<K extends keyof TranscriptPageCalls>(
		name: K,
		params: TranscriptPageCalls[K]['params'],
		options?: { readonly signal?: AbortSignal },
	): Promise<TranscriptPageCalls[K]['result']>;
	on<K extends keyof TranscriptPageEvents>(name: K, listener: (payload: TranscriptPageEvents[K]) => void): () => void;
}

/** What the list of items is told. */
export interface Scroll {
	/** `marks`: the row is shown for a moment as the one that was meant. */
	toItem(index: number, options: { readonly marks: boolean; readonly focus: boolean }): void;
	toEnd(): void;
	toMatch(item: number, occurrence: number): void;
	/** The item that somebody looks at. */
	current(): number;
}

export interface PageState {
	readonly saved: SavedState;
	readonly locale: string | undefined;
	readonly timeZone: string | undefined;
	/** Null until the extension has answered. */
	readonly head: TranscriptHead | null;
	readonly outline: TranscriptOutline | null;
	/** Why the conversation could not be had; what is on the screen may be older. */
	readonly loadError: { readonly reason: string; readonly text: string } | null;
	/** Why something that the person asked for failed. */
	readonly actionError: string | null;
	readonly find: FindState;
	readonly findOpen: boolean;
	/** Items that came while somebody was reading further up. */
	readonly unseen: number;
	/** Message that was jumped to, while it is marked. */
	readonly marked: MessageId | null;
	/** Conversations that lead here, the first at the bottom. */
	readonly trail: readonly TranscriptPlace[];
	readonly copying: boolean;
	/** There is no room beside the conversation: the outline lies over it while somebody chooses. */
	readonly isNarrow: boolean;
	readonly narrowOutline: boolean;
}

export class PageModel {
	readonly items: ItemStore;
	readonly texts: LongTexts;
	readonly inlines: Inlines;
	readonly #extension: Extension;
	readonly #changed: () => void;
	readonly #announce: (words: string) => void;
	readonly #scroll: Scroll;
	readonly #finder: Finder;
	/** What is open or closed against its own habit, by item and part. */
	readonly #folds = new Map<string, boolean>();
	#state: PageState;
	#request = new AbortController();
	#isStale = false;

	constructor(extension: Extension, saved: SavedState, changed: () => void, announce: (words: string) => void, scroll: Scroll) {
		this.#extension = extension;
		this.#changed = changed;
		this.#announce = announce;
		this.#scroll = scroll;
		this.#state = {
			saved,
			locale: undefined,
			timeZone: undefined,
			head: null,
			outline: null,
			loadError: null,
			actionError: null,
			find: noFind,
			findOpen: false,
			unseen: 0,
			marked: null,
			trail: [],
			copying: false,
			isNarrow: false,
			narrowOutline: false,
		};
		this.items = new ItemStore({
			load: (from, count, signal) => extension.request('items', { ...this.#shown(), from, count }, { signal }),
			changed,
			outdated: revision => {
				if (revision > (this.#state.head?.revision ?? 0)) void this.refresh();
			},
			reason: reasonOf,
		});
		this.texts = new LongTexts(part => extension.request('text', part), changed, reasonOf);
		this.inlines = new Inlines(
			(conversation, from, count) => extension.request('items', { conversation, branch: null, from, count }),
			changed,
			reasonOf,
		);
		this.#finder = new Finder({
			find: (wanted, matchCase, from, signal) => extension.request('find', { ...this.#shown(), text: wanted, matchCase, from }, { signal }),
			changed: find => this.#set({ find }),
			show: (item, occurrence) => this.#scroll.toMatch(item, occurrence),
			reason: reasonOf,
		});
		extension.on('changed', () => void this.refresh());
		extension.on('jump', place => void this.#open(place, { isJump: true }));
	}

	get state(): PageState {
		return this.#state;
	}

	/** Says that the page can receive, and opens what the extension answers. */
	async start(): Promise<void> {
		this.#set({ loadError: null });
		try {
			const hello = await this.#extension.request('ready', { place: this.#state.saved.place });
			this.#set({ locale: hello.locale, timeZone: hello.timeZone });
			await this.#open(hello.place, { isJump: hello.isJump });
		} catch (error) {
			this.#fail(error);
		}
	}

	retry(): void {
		if (this.#state.head === null) void this.start();
		else {
			this.items.retry();
			void this.refresh();
		}
	}

	/** Asks for the conversation as it is now; several wishes at once are one. */
	async refresh(): Promise<void> {
		const { head } = this.#state;
		if (head === null || this.#isStale) return;
		this.#isStale = true;
		const { signal } = this.#request;
		try {
			const wanted = this.#state.saved.place?.branch ?? null;
			const next = await this.#extension.request(
				'head',
				{ conversation: head.conversation, branch: wanted, since: head.revision },
				{ signal },
			);
			if (signal.aborted) return;
			this.#isStale = false;
			this.#take(next, head);
			await this.#loadOutline(signal);
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		} finally {
			this.#isStale = false;
		}
	}

	/** Goes into a subagent's conversation, from which `back` leads here again. */
	enter(conversation: ConversationKey): void {
		const from = this.#here();
		this.#set({ trail: from === null ? [] : [...this.#state.trail, from].slice(-20) });
		void this.#open({ conversation, branch: null, messageId: null });
	}

	/** To the place in the trail, or to where the conversation was started from. */
	back(to = this.#state.trail.length - 1): void {
		const { trail, head } = this.#state;
		const place = trail[to];
		if (place !== undefined) {
			this.#set({ trail: trail.slice(0, to) });
			void this.#open(place, { marks: false });
		} else if (head?.agent !== null && head !== null) {
			const { startedBy } = head;
			void this.#open(
				startedBy === null
					? { conversation: { sessionId: head.conversation.sessionId, agentId: null }, branch: null, messageId: null }
					: { ...startedBy, branch: null },
				{ isJump: startedBy !== null },
			);
		}
	}

	/** Another way on from a fork. */
	chooseBranch(branch: BranchId, fork: number): void {
		const { head } = this.#state;
		if (head === null) return;
		void this.#open({ conversation: head.conversation, branch, messageId: null }, { item: fork });
	}

	goTo(item: number, focus = true): void {
		this.#scroll.toItem(item, { marks: false, focus });
	}

	/** To the prompt after or before the one that somebody reads. */
	stepTurn(by: 1 | -1): void {
		const turns = this.#state.outline?.turns ?? [];
		const at = this.turnAt(this.#scroll.current());
		const current = turns[at];
		// Backwards, the beginning of this turn comes first.
		const isBelow = by === -1 && current !== undefined && this.#scroll.current() > current.item;
		const turn = turns[isBelow ? at : at + by];
		if (turn !== undefined) this.goTo(turn.item);
	}

	/** Number of the turn that the item belongs to; -1 while the outline is not there. */
	turnAt(item: number): number {
		const turns = this.#state.outline?.turns ?? [];
		let [low, high] = [0, turns.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((turns[middle]?.item ?? 0) <= item) low = middle + 1;
			else high = middle;
		}
		return low - 1;
	}

	isOpen(key: string, byDefault: boolean): boolean {
		return this.#folds.get(key) ?? byDefault;
	}

	fold(key: string, open: boolean): void {
		this.#folds.delete(key);
		this.#folds.set(key, open);
		const [oldest] = this.#folds.keys();
		if (this.#folds.size > 2_000 && oldest !== undefined) this.#folds.delete(oldest);
		this.#changed();
	}

	/** Where the list is now, for the next load of the page. */
	keepPlace(item: number, isAtEnd: boolean): void {
		const { head, saved } = this.#state;
		const id = this.items.item(item)?.id ?? null;
		if (head === null || id === null) return;
		if (isAtEnd && this.#state.unseen > 0) this.#set({ unseen: 0 });
		if (saved.place?.messageId === id) return;
		this.#save({ place: { conversation: head.conversation, branch: saved.place?.branch ?? null, messageId: id } });
	}

	get isOutlineShown(): boolean {
		const { isNarrow, narrowOutline, saved } = this.#state;
		return isNarrow ? narrowOutline : saved.outlineOpen;
	}

	showOutline(open: boolean): void {
		if (this.#state.isNarrow) this.#set({ narrowOutline: open });
		else this.#save({ outlineOpen: open });
	}

	setNarrow(isNarrow: boolean): void {
		if (isNarrow !== this.#state.isNarrow) this.#set({ isNarrow, narrowOutline: false });
	}

	toEnd(): void {
		this.#set({ unseen: 0 });
		this.#scroll.toEnd();
	}

	openFind(): void {
		this.#set({ findOpen: true });
	}

	closeFind(): void {
		this.#set({ findOpen: false });
		this.#finder.stop();
	}

	look(wanted: string, matchCase: boolean): void {
		this.#finder.look(wanted, matchCase, this.#scroll.current());
	}

	stepFind(by: 1 | -1, inItem: number | null): void {
		this.#finder.step(by, inItem);
	}

	dismissError(): void {
		this.#set({ actionError: null });
	}

	/** A link of an answer: to the web, or to a file. */
	follow(address: string): void {
		if (linkKind(address) === 'web') {
			this.openLink(address);
			return;
		}
		const file = fileOfLink(address);
		if (file !== null) this.openFile(file.path, file.line);
	}

	openLink(address: string): void {
		this.#act(() => this.#extension.request('openLink', { address }));
	}

	openFile(path: string, line: number | null): void {
		const sessionId = this.#state.head?.conversation.sessionId;
		if (sessionId !== undefined) this.#act(() => this.#extension.request('openFile', { sessionId, path, line }));
	}

	openDiff(path: string, before: string, after: string): void {
		this.#act(() => this.#extension.request('openDiff', { path, before, after }));
	}

	image(conversation: ConversationKey, item: MessageId, part: number): Promise<TranscriptPageCalls['image']['result']> {
		return this.#extension.request('image', { conversation, branch: this.#branchOf(conversation), item, part });
	}

	copy(copied: string): void {
		this.#act(async () => {
			await this.#extension.request('copy', { text: copied });
			this.#announce(text('copied'));
		});
	}

	copyItem(item: TranscriptItem): void {
		this.copy(markdownOf([item]));
	}

	copyTurn(turn: OutlineTurn): void {
		this.#copyItems(turn.item, turn.items);
	}

	copyAll(): void {
		this.#copyItems(0, this.#state.head?.items ?? 0);
	}

	copyLink(messageId: MessageId | null, conversation = this.#state.head?.conversation): void {
		if (conversation === undefined) return;
		this.#act(async () => {
			await this.#extension.request('copyLink', { conversation, messageId });
			this.#announce(text('linkCopied'));
		});
	}

	session(action: SessionAction): void {
		const conversation = this.#state.head?.conversation;
		if (conversation === undefined) return;
		this.#act(async () => {
			await this.#extension.request('session', { conversation, action });
			if (action === 'copyId') this.#announce(text('copied'));
		});
	}

	/** The branch to ask with; of another conversation (a subagent inline) the one written to last. */
	#branchOf({ sessionId, agentId }: ConversationKey): BranchId {
		const { head } = this.#state;
		return head !== null && head.conversation.sessionId === sessionId && head.conversation.agentId === agentId ? head.branch : null;
	}

	/** The named part of an item, for its text. */
	partOf(conversation: ConversationKey, item: MessageId, part: number) {
		return { conversation, branch: this.#branchOf(conversation), item, part };
	}

	#copyItems(from: number, count: number): void {
		this.#act(async () => {
			this.#set({ copying: true });
			try {
				const items = await this.items.all(from, count, this.#request.signal);
				await this.#extension.request('copy', { text: markdownOf(items) });
				this.#announce(text('copied'));
			} finally {
				this.#set({ copying: false });
			}
		});
	}

	async #open(
		place: TranscriptPlace,
		{
			isJump = false,
			marks = isJump,
			item = null,
		}: { readonly isJump?: boolean; readonly marks?: boolean; readonly item?: number | null } = {},
	): Promise<void> {
		this.#request.abort();
		const { signal } = (this.#request = new AbortController());
		this.#isStale = false;
		const before = this.#state.head;
		const isSame = before !== null && sameConversation(before.conversation, place.conversation);
		try {
			const located =
				place.messageId === null
					? null
					: await this.#extension.request('locate', { ...place.conversation, messageId: place.messageId }, { signal });
			const isHere = located !== null && sameConversation(located.conversation, place.conversation);
			// A link may name the session alone for a message of one of its subagents.
			const conversation = located !== null && isJump ? located.conversation : place.conversation;
			const branch = located !== null && (isJump || isHere) ? located.branch : place.branch;
			const head = await this.#extension.request('head', { conversation, branch, since: null }, { signal });
			if (signal.aborted) return;
			const isKept = isSame && head.branch === before.branch;
			if (!isKept) this.#forget();
			this.#finder.stop();
			this.#set({ unseen: 0, marked: null, findOpen: this.#state.findOpen && isSame });
			this.#save({
				place: { conversation, branch: branch === head.branch && !isJump ? place.branch : branch, messageId: place.messageId },
			});
			this.#take(head, null, isKept);
			const target = item ?? (located !== null && sameConversation(located.conversation, head.conversation) ? located.item : null);
			if (isJump && place.messageId !== null && target === null) this.#set({ actionError: text('messageNotFound') });
			if (target !== null) {
				this.#scroll.toItem(target, { marks: marks || item !== null, focus: isJump || item !== null });
				if (marks) this.#set({ marked: place.messageId });
			} else this.#scroll.toItem(0, { marks: false, focus: false });
			await this.#loadOutline(signal);
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		}
	}

	#forget(): void {
		this.items.reset();
		this.texts.reset();
		this.inlines.reset();
		this.#folds.clear();
		this.#set({ outline: null });
	}

	/** `isKept`: the items that are here are of the same branch, though any of them may have changed. */
	#take(head: TranscriptHead, before: TranscriptHead | null, isKept = true): void {
		// First, because asking for items asks for those of the head.
		this.#set({ head, loadError: null });
		const isSameBranch = before?.branch === head.branch;
		if (!isKept || (before !== null && !isSameBranch)) this.items.reset();
		this.items.update(head.items, head.revision, isSameBranch ? head.changedFrom : 0);
		const more = isSameBranch ? Math.max(0, head.items - before.items) : 0;
		if (more > 0) this.#set({ unseen: this.#state.unseen + more });
		if (head.isOtherBranch) this.#save({ place: { conversation: head.conversation, branch: null, messageId: null } });
		if (before !== null && before.revision !== head.revision) {
			this.inlines.refresh();
			this.#finder.again();
		}
	}

	async #loadOutline(signal: AbortSignal): Promise<void> {
		const outline = await this.#extension.request('outline', this.#shown(), { signal });
		if (!signal.aborted) this.#set({ outline });
	}

	#shown(): { readonly conversation: ConversationKey; readonly branch: BranchId } {
		const { head } = this.#state;
		if (head === null) throw new ChannelError('not-open', 'No conversation is open');
		return { conversation: head.conversation, branch: head.branch };
	}

	#here(): TranscriptPlace | null {
		const { head, saved } = this.#state;
		if (head === null) return null;
		return {
			conversation: head.conversation,
			branch: saved.place?.branch ?? null,
			messageId: this.items.item(this.#scroll.current())?.id ?? null,
		};
	}

	#fail(error: unknown): void {
		this.#set({ loadError: { reason: error instanceof ChannelError ? error.reason : 'failed', text: reasonOf(error) } });
	}

	#act(action: () => Promise<unknown>): void {
		if (this.#state.actionError !== null) this.#set({ actionError: null });
		action().catch((error: unknown) => this.#set({ actionError: reasonOf(error) }));
	}

	#save(change: Partial<SavedState>): void {
		this.#set({ saved: { ...this.#state.saved, ...change } });
	}

	#set(change: Partial<PageState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed();
	}
}

export function sameConversation(one: ConversationKey, other: ConversationKey): boolean {
	return one.sessionId === other.sessionId && one.agentId === other.agentId;
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
