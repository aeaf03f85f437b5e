/**
 * What the transcript page knows and how it comes to know it: which conversation and branch, its head, outline and items, what
 * is unfolded, what is being found. Asks the extension, hears its events, tells the view when something changed. Knows
 * nothing of the DOM; where the list is to scroll it says through `Scroll`.
 */
import { ChannelError } from '../../messaging/channel.ts';
import type { ConversationKey, MessageId } from '../contract/conversation.ts';
import type { BranchId, TranscriptHead } from '../contract/transcript.ts';
import type { TranscriptPlace } from '../contract/transcriptPage.ts';
import { Actions } from './actions.ts';
import { Finder } from './finder.ts';
import { Inlines } from './inlines.ts';
import { ItemStore } from './itemStore.ts';
import { LongTexts } from './longTexts.ts';
import { emptyState, type Extension, type PageState, reasonOf, type Scroll } from './pageState.ts';
import { Recent } from './recent.ts';
import type { SavedState } from './savedState.ts';
import { UpToDate } from './upToDate.ts';
import { text } from './words.ts';

/** Adding up a long conversation takes longer than Claude takes for its next line: so many times as long is rested between. */
const figuresRest = 9;

export class PageModel {
	readonly items: ItemStore;
	readonly texts: LongTexts;
	readonly inlines: Inlines;
	readonly actions: Actions;
	readonly #extension: Extension;
	readonly #changed: () => void;
	readonly #scroll: Scroll;
	readonly #finder: Finder;
	/** What is open or closed against its own habit, by item and part. */
	readonly #folds = new Recent<boolean>(2_000);
	#state: PageState;
	#request = new AbortController();
	#head = new UpToDate(() => Promise.resolve(), 0);
	#figures = new UpToDate(() => Promise.resolve(), 0);

	constructor(extension: Extension, saved: SavedState, changed: () => void, announce: (words: string) => void, scroll: Scroll) {
		this.#extension = extension;
		this.#changed = changed;
		this.#scroll = scroll;
		this.#state = emptyState(saved);
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
		this.actions = new Actions({
			extension,
			state: () => this.#state,
			set: change => this.#set(change),
			signal: () => this.#request.signal,
			branchOf: conversation => this.#branchOf(conversation),
			announce,
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

	/** Asks for the conversation as it is now. */
	refresh(): Promise<void> {
		return this.#head.changed();
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

	/** As the prompts are counted: what stands before the first is none. */
	promptNumber(turn: number): { readonly at: number; readonly all: number } {
		const turns = this.#state.outline?.turns ?? [];
		const before = turns[0]?.kind === 'none' ? 1 : 0;
		return { at: turn + 1 - before, all: turns.length - before };
	}

	isOpen(key: string, byDefault: boolean): boolean {
		return this.#folds.get(key) ?? byDefault;
	}

	fold(key: string, open: boolean): void {
		this.#folds.set(key, open);
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

	/** The branch to ask with; of another conversation (a subagent inline) the one written to last. */
	#branchOf({ sessionId, agentId }: ConversationKey): BranchId {
		const { head } = this.#state;
		return head !== null && head.conversation.sessionId === sessionId && head.conversation.agentId === agentId ? head.branch : null;
	}

	/** The named part of an item, for its text. */
	partOf(conversation: ConversationKey, item: MessageId, part: number) {
		return { conversation, branch: this.#branchOf(conversation), item, part };
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
		this.#head = new UpToDate(() => this.#loadHead(signal), 0);
		this.#figures = new UpToDate(() => this.#loadFigures(signal), figuresRest);
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
			await this.#figures.changed();
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		}
	}

	async #loadHead(signal: AbortSignal): Promise<void> {
		const { head, saved } = this.#state;
		if (head === null) return;
		try {
			const wanted = { conversation: head.conversation, branch: saved.place?.branch ?? null, since: head.revision };
			const next = await this.#extension.request('head', wanted, { signal });
			if (signal.aborted) return;
			this.#take(next, head);
			void this.#figures.changed();
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		}
	}

	async #loadFigures(signal: AbortSignal): Promise<void> {
		// What was asked for while it rested may be of a conversation that was left meanwhile.
		const isLeft = (): boolean => signal.aborted;
		if (isLeft()) return;
		try {
			const totals = await this.#extension.request('totals', this.#shown(), { signal });
			if (!isLeft()) this.#set({ totals });
			const outline = await this.#extension.request('outline', this.#shown(), { signal });
			if (!isLeft()) this.#set({ outline });
		} catch (error) {
			if (!isLeft()) this.#fail(error);
		}
	}

	#forget(): void {
		this.items.reset();
		this.texts.reset();
		this.inlines.reset();
		this.#folds.clear();
		this.#set({ totals: null, outline: null });
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
