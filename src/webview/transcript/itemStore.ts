/**
 * The items of the branch on the screen, as far as they are near: windows of them are asked for when rows come into sight,
 * and the ones used longest ago are dropped, so that a conversation of any length takes the same memory.
 */
import type { TranscriptWindow } from '../contract/transcript.ts';
import type { TranscriptItem } from '../contract/transcriptItems.ts';

/** Items that are asked for at once: one screen and what lies beyond its edges. */
export const itemsAtOnce = 40;
/** Windows that are kept: 800 items, each text of them at most 20,000 characters. */
const mostWindows = 20;
/** Requests that go on at once; scrolling fast must not leave a queue behind. */
const mostRequests = 3;

type State = { readonly items: readonly TranscriptItem[] } | { readonly error: string } | { readonly request: AbortController };

export interface ItemStoreParts {
	load(from: number, count: number, signal: AbortSignal): Promise<TranscriptWindow>;
	/** Something arrived, or failed. */
	changed(): void;
	/** The window was of another revision than the head on the screen. */
	outdated(revision: number): void;
	reason(error: unknown): string;
}

export class ItemStore {
	readonly #parts: ItemStoreParts;
	/** By number of the window; in the order of last use. */
	readonly #windows = new Map<number, State>();
	#revision = 0;
	#count = 0;

	constructor(parts: ItemStoreParts) {
		this.#parts = parts;
	}

	/** Another branch or conversation: nothing of what is known holds. */
	reset(): void {
		for (const state of this.#windows.values()) if ('request' in state) state.request.abort();
		this.#windows.clear();
		this.#stale.clear();
		this.#count = 0;
	}

	/** The conversation as it is now; items before `changedFrom` are what they were. */
	update(count: number, revision: number, changedFrom: number): void {
		this.#revision = revision;
		const firstChanged = Math.floor(Math.min(changedFrom, this.#count) / itemsAtOnce);
		for (const [number, state] of this.#windows) {
			if (number < firstChanged) continue;
			if ('request' in state) state.request.abort();
			// What is on the screen stays there until the new items are: a row that blinks would lose its height.
			const shown = 'items' in state ? state.items : this.#stale.get(number);
			if (shown === undefined) this.#windows.delete(number);
			else this.#ask(number, shown);
		}
		this.#count = count;
	}

	item(index: number): TranscriptItem | null {
		const state = this.#windows.get(Math.floor(index / itemsAtOnce));
		if (state === undefined) return null;
		if ('items' in state) return state.items[index % itemsAtOnce] ?? null;
		return this.#stale.get(Math.floor(index / itemsAtOnce))?.[index % itemsAtOnce] ?? null;
	}

	/** Why the item could not be had; null when it was not tried, or is there. */
	errorOf(index: number): string | null {
		const state = this.#windows.get(Math.floor(index / itemsAtOnce));
		return state !== undefined && 'error' in state ? state.error : null;
	}

	/** Asks for what is in sight and near it, and drops requests for what is not any more. */
	want(first: number, last: number): void {
		const from = Math.max(0, Math.floor((first - itemsAtOnce / 2) / itemsAtOnce));
		const to = Math.floor(Math.min(this.#count - 1, last + itemsAtOnce / 2) / itemsAtOnce);
		for (const [number, state] of this.#windows) {
			if ('request' in state && (number < from - 1 || number > to + 1)) {
				state.request.abort();
				this.#windows.delete(number);
				this.#stale.delete(number);
			}
		}
		for (let number = from; number <= to; number++) {
			const state = this.#windows.get(number);
			if (state === undefined) this.#ask(number);
			else {
				this.#windows.delete(number);
				this.#windows.set(number, state);
			}
		}
		this.#forget(from, to);
	}

	/** Those that failed are asked for again. */
	retry(): void {
		for (const [number, state] of this.#windows) if ('error' in state) this.#windows.delete(number);
		this.#parts.changed();
	}

	/** Items that are being asked for anew. */
	readonly #stale = new Map<number, readonly TranscriptItem[]>();

	#ask(number: number, stale: readonly TranscriptItem[] = []): void {
		const running = [...this.#windows.values()].filter(state => 'request' in state).length;
		if (running >= mostRequests && stale.length === 0) return;
		const request = new AbortController();
		this.#windows.set(number, { request });
		if (stale.length > 0) this.#stale.set(number, stale);
		const settle = (state: State | null) => {
			const now = this.#windows.get(number);
			if (now === undefined || !('request' in now) || now.request !== request) return;
			this.#stale.delete(number);
			if (state === null) this.#windows.delete(number);
			else this.#windows.set(number, state);
			this.#parts.changed();
		};
		this.#parts.load(number * itemsAtOnce, itemsAtOnce, request.signal).then(
			({ items, revision }) => {
				settle({ items });
				if (revision !== this.#revision) this.#parts.outdated(revision);
			},
			(error: unknown) => settle(request.signal.aborted ? null : { error: this.#parts.reason(error) }),
		);
	}

	#forget(from: number, to: number): void {
		for (const [number, state] of this.#windows) {
			if (this.#windows.size <= mostWindows) return;
			if ((number < from || number > to) && !('request' in state)) this.#windows.delete(number);
		}
	}
}
