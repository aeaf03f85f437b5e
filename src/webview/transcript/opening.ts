/**
 * Which conversation is on the screen: opening one, at a message or where a person went back, keeping it up to date, and the way into
 * subagents and out again.
 */
import { ChannelError, reasonOf } from '../../messaging/channel.ts';
import type { ConversationKey } from '../contract/conversation.ts';
import type { BranchId, TranscriptHead } from '../contract/transcript.ts';
import type { TranscriptPlace } from '../contract/transcriptPage.ts';
import type { ItemStore } from './itemStore.ts';
import { type Extension, type PageState, type Scroll } from './pageState.ts';
import type { SavedState } from './savedState.ts';
import { UpToDate } from './upToDate.ts';
import { text } from './words.ts';

/** Adding up a long conversation takes longer than Claude takes for its next line: so many times as long is rested between. */
const figuresRest = 9;

export interface OpeningParts {
	readonly extension: Extension;
	readonly scroll: Scroll;
	readonly items: ItemStore;
	readonly state: () => PageState;
	readonly set: (change: Partial<PageState>) => void;
	readonly save: (change: Partial<SavedState>) => void;
	/** What to ask with; throws while nothing is open. */
	readonly shown: () => { readonly conversation: ConversationKey; readonly branch: BranchId };
	/** Another conversation or branch: nothing of what is known holds. */
	readonly forget: () => void;
	/** The same one, of which more is known. */
	readonly changed: () => void;
	readonly stopFinding: () => void;
}

export class Opening {
	readonly #parts: OpeningParts;
	#request = new AbortController();
	#head = new UpToDate(() => Promise.resolve(), 0);
	#figures = new UpToDate(() => Promise.resolve(), 0);

	constructor(parts: OpeningParts) {
		this.#parts = parts;
	}

	/** Aborted when another conversation is opened. */
	get signal(): AbortSignal {
		return this.#request.signal;
	}

	/** Says that the page can receive, and opens what the extension answers. */
	async start(): Promise<void> {
		this.#parts.set({ loadError: null });
		try {
			const hello = await this.#parts.extension.request('ready', { place: this.#parts.state().saved.place });
			this.#parts.set({ locale: hello.locale, timeZone: hello.timeZone });
			await this.open(hello.place, { isJump: hello.isJump });
		} catch (error) {
			this.#fail(error);
		}
	}

	retry(): void {
		if (this.#parts.state().head === null) void this.start();
		else {
			this.#parts.items.retry();
			void this.refresh();
		}
	}

	/** Asks for the conversation as it is now. */
	refresh(): Promise<void> {
		return this.#head.changed();
	}

	/** A person asked for it. Who asks for the conversation that is here already goes on reading where they are. */
	jump(place: TranscriptPlace): void {
		const { head } = this.#parts.state();
		if (place.messageId === null && head !== null && sameConversation(head.conversation, place.conversation)) return;
		void this.open(place, { isJump: true });
	}

	/** Goes into a subagent's conversation, from which `back` leads here again. */
	enter(conversation: ConversationKey): void {
		const from = this.#here();
		this.#parts.set({ trail: from === null ? [] : [...this.#parts.state().trail, from].slice(-20) });
		void this.open({ conversation, branch: null, messageId: null });
	}

	/** To the place in the trail, or to where the conversation was started from. */
	back(to = this.#parts.state().trail.length - 1): void {
		const { trail, head } = this.#parts.state();
		const place = trail[to];
		if (place !== undefined) {
			this.#parts.set({ trail: trail.slice(0, to) });
			void this.open(place, { marks: false });
		} else if (head?.agent !== null && head !== null) {
			const { startedBy } = head;
			void this.open(
				startedBy === null
					? { conversation: { sessionId: head.conversation.sessionId, agentId: null }, branch: null, messageId: null }
					: { ...startedBy, branch: null },
				{ isJump: startedBy !== null },
			);
		}
	}

	/** Another way on from a fork. */
	chooseBranch(branch: BranchId, fork: number): void {
		const { head } = this.#parts.state();
		if (head === null) return;
		void this.open({ conversation: head.conversation, branch, messageId: null }, { item: fork });
	}

	/** `isJump`: a person asked for that message. `marks`: it is shown for a moment as the one meant. `item`: where to begin otherwise. */
	async open(
		place: TranscriptPlace,
		{
			isJump = false,
			marks = isJump,
			item = null,
		}: { readonly isJump?: boolean; readonly marks?: boolean; readonly item?: number | null } = {},
	): Promise<void> {
		this.#request.abort();
		const { signal } = (this.#request = new AbortController());
		let opened: () => void = () => undefined;
		const opening = new Promise<void>(resolve => (opened = resolve));
		// What changes meanwhile is asked for afterwards: until then the head on the screen is of what is being left.
		this.#head = new UpToDate(async () => {
			await opening;
			await this.#loadHead(signal);
		}, 0);
		this.#figures = new UpToDate(() => this.#loadFigures(signal), figuresRest);
		const before = this.#parts.state().head;
		const isSame = before !== null && sameConversation(before.conversation, place.conversation);
		try {
			const located =
				place.messageId === null
					? null
					: await this.#parts.extension.request('locate', { ...place.conversation, messageId: place.messageId }, { signal });
			const isHere = located !== null && sameConversation(located.conversation, place.conversation);
			// A link may name the session alone for a message of one of its subagents.
			const conversation = located !== null && isJump ? located.conversation : place.conversation;
			const branch = located !== null && (isJump || isHere) ? located.branch : place.branch;
			const head = await this.#parts.extension.request('head', { conversation, branch, since: null }, { signal });
			if (signal.aborted) return;
			const isKept = isSame && head.branch === before.branch;
			if (!isKept) this.#parts.forget();
			this.#parts.stopFinding();
			this.#parts.set({ unseen: 0, marked: null, findOpen: this.#parts.state().findOpen && isSame });
			this.#parts.save({
				place: { conversation, branch: branch === head.branch && !isJump ? place.branch : branch, messageId: place.messageId },
			});
			this.#take(head, null, isKept);
			const target = item ?? (located !== null && sameConversation(located.conversation, head.conversation) ? located.item : null);
			if (isJump && place.messageId !== null && target === null) this.#parts.set({ actionError: text('messageNotFound') });
			if (target !== null) {
				this.#parts.scroll.toItem(target, { marks: marks || item !== null, focus: isJump || item !== null });
				if (marks) this.#parts.set({ marked: place.messageId });
			} else this.#parts.scroll.toItem(0, { marks: false, focus: false });
			void this.#figures.changed();
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		} finally {
			opened();
		}
	}

	async #loadHead(signal: AbortSignal): Promise<void> {
		const { head, saved } = this.#parts.state();
		// What was asked for while something else was awaited may be of a conversation that was left meanwhile.
		const isLeft = (): boolean => signal.aborted;
		if (head === null || isLeft()) return;
		try {
			const wanted = { conversation: head.conversation, branch: saved.place?.branch ?? null, since: head.revision };
			const next = await this.#parts.extension.request('head', wanted, { signal });
			if (isLeft()) return;
			this.#take(next, head);
			void this.#figures.changed();
		} catch (error) {
			if (!isLeft()) this.#fail(error);
		}
	}

	async #loadFigures(signal: AbortSignal): Promise<void> {
		const isLeft = (): boolean => signal.aborted;
		if (isLeft()) return;
		try {
			const totals = await this.#parts.extension.request('totals', this.#parts.shown(), { signal });
			if (!isLeft()) this.#parts.set({ totals });
			const outline = await this.#parts.extension.request('outline', this.#parts.shown(), { signal });
			if (!isLeft()) this.#parts.set({ outline });
		} catch (error) {
			if (!isLeft()) this.#fail(error);
		}
	}

	/** `isKept`: the items that are here are of the same branch, though any of them may have changed. */
	#take(head: TranscriptHead, before: TranscriptHead | null, isKept = true): void {
		// First, because asking for items asks for those of the head.
		this.#parts.set({ head, loadError: null });
		const isSameBranch = before?.branch === head.branch;
		if (!isKept || (before !== null && !isSameBranch)) this.#parts.items.reset();
		this.#parts.items.update(head.items, head.revision, isSameBranch ? head.changedFrom : 0);
		const more = isSameBranch ? Math.max(0, head.items - before.items) : 0;
		if (more > 0) this.#parts.set({ unseen: this.#parts.state().unseen + more });
		if (head.isOtherBranch) this.#parts.save({ place: { conversation: head.conversation, branch: null, messageId: null } });
		if (before !== null && before.revision !== head.revision) {
			this.#parts.changed();
		}
	}

	#here(): TranscriptPlace | null {
		const { head, saved } = this.#parts.state();
		if (head === null) return null;
		return {
			conversation: head.conversation,
			branch: saved.place?.branch ?? null,
			messageId: this.#parts.items.item(this.#parts.scroll.current())?.id ?? null,
		};
	}

	#fail(error: unknown): void {
		this.#parts.set({ loadError: { reason: error instanceof ChannelError ? error.reason : 'failed', text: reasonOf(error) } });
	}
}

function sameConversation(one: ConversationKey, other: ConversationKey): boolean {
	return one.sessionId === other.sessionId && one.agentId === other.agentId;
}
