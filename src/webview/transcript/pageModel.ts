/**
 * What the transcript page knows, and what a person does in it: what is unfolded, what is being found, which prompt is read. Which
 * conversation that is: `opening.ts`; what leaves the page: `actions.ts`. Knows nothing of the DOM; where the list is to scroll it says
 * through `Scroll`.
 */
import { ChannelError, reasonOf } from '../../messaging/channel.ts';
import type { ConversationKey, MessageId } from '../contract/conversation.ts';
import type { BranchId } from '../contract/transcript.ts';
import { Actions } from './actions.ts';
import { Finder } from './finder.ts';
import { Inlines } from './inlines.ts';
import { ItemStore } from './itemStore.ts';
import { LongTexts } from './longTexts.ts';
import { Opening } from './opening.ts';
import { emptyState, type Extension, type PageState, type Scroll } from './pageState.ts';
import { Recent } from './recent.ts';
import type { SavedState } from './savedState.ts';

export class PageModel {
	readonly items: ItemStore;
	readonly texts: LongTexts;
	readonly inlines: Inlines;
	readonly actions: Actions;
	readonly opening: Opening;
	readonly #changed: () => void;
	readonly #scroll: Scroll;
	readonly #finder: Finder;
	/** What is open or closed against its own habit, by item and part. */
	readonly #folds = new Recent<boolean>(2_000);
	#state: PageState;

	constructor(extension: Extension, saved: SavedState, changed: () => void, announce: (words: string) => void, scroll: Scroll) {
		this.#changed = changed;
		this.#scroll = scroll;
		this.#state = emptyState(saved);
		this.items = new ItemStore({
			load: (from, count, signal) => extension.request('items', { ...this.#shown(), from, count }, { signal }),
			changed,
			outdated: revision => {
				if (revision > (this.#state.head?.revision ?? 0)) void this.opening.refresh();
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
			signal: () => this.opening.signal,
			branchOf: conversation => this.#branchOf(conversation),
			announce,
		});
		this.opening = new Opening({
			extension,
			scroll,
			items: this.items,
			state: () => this.#state,
			set: change => this.#set(change),
			save: change => this.#save(change),
			shown: () => this.#shown(),
			forget: () => this.#forget(),
			changed: () => {
				this.inlines.refresh();
				this.#finder.again();
			},
			stopFinding: () => this.#finder.stop(),
		});
		extension.on('changed', () => void this.opening.refresh());
		extension.on('jump', place => this.opening.jump(place));
	}

	get state(): PageState {
		return this.#state;
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

	#forget(): void {
		this.items.reset();
		this.texts.reset();
		this.inlines.reset();
		this.#folds.clear();
		this.#set({ totals: null, outline: null });
	}

	#shown(): { readonly conversation: ConversationKey; readonly branch: BranchId } {
		const { head } = this.#state;
		if (head === null) throw new ChannelError('not-open', 'No conversation is open');
		return { conversation: head.conversation, branch: head.branch };
	}

	#save(change: Partial<SavedState>): void {
		this.#set({ saved: { ...this.#state.saved, ...change } });
	}

	#set(change: Partial<PageState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed();
	}
}
