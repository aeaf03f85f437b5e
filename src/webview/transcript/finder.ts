/** Finding in the conversation: what is looked for, what was found so far, and which match one is at. Knows no DOM. */
import type { FindAnswer } from '../contract/transcript.ts';

export interface FindState {
	readonly text: string;
	readonly matchCase: boolean;
	readonly matches: FindAnswer['matches'];
	/** All items were looked through. */
	readonly isDone: boolean;
	readonly error: string | null;
	/** Of `matches`, and of the occurrences in that item; null before somebody is led to one. */
	readonly at: { readonly match: number; readonly occurrence: number } | null;
}

export const noFind: FindState = { text: '', matchCase: false, matches: [], isDone: true, error: null, at: null };

export interface FinderParts {
	find(text: string, matchCase: boolean, from: number, signal: AbortSignal): Promise<FindAnswer>;
	changed(state: FindState): void;
	/** Leads to the item; told again for each occurrence in it. */
	show(item: number, occurrence: number): void;
	reason(error: unknown): string;
}

/** Milliseconds that typing rests before it is looked for. */
const typingPause = 120;

export class Finder {
	readonly #parts: FinderParts;
	#state = noFind;
	#request = new AbortController();
	#typing: ReturnType<typeof setTimeout> | undefined;
	/** Where somebody was when they began: the first match is the one after it. */
	#start = 0;

	constructor(parts: FinderParts) {
		this.#parts = parts;
	}

	get state(): FindState {
		return this.#state;
	}

	/** `from` is the item that somebody looks at. */
	look(text: string, matchCase: boolean, from: number): void {
		this.#request.abort();
		clearTimeout(this.#typing);
		this.#start = from;
		this.#set({ ...noFind, text, matchCase, isDone: text === '' });
		if (text !== '') this.#typing = setTimeout(() => void this.#run(), typingPause);
	}

	/** The conversation changed under the matches. */
	again(): void {
		if (this.#state.text === '') return;
		const { text, matchCase, at, matches } = this.#state;
		this.#start = at === null ? this.#start : (matches[at.match]?.item ?? this.#start);
		this.#request.abort();
		this.#set({ ...noFind, text, matchCase, isDone: false });
		void this.#run(at === null);
	}

	stop(): void {
		this.#request.abort();
		clearTimeout(this.#typing);
		this.#set(noFind);
	}

	/** `inItem`: how many occurrences the item on the screen turned out to have; what is folded away or cut is not among them. */
	step(by: 1 | -1, inItem: number | null): void {
		const { matches, at } = this.#state;
		if (matches.length === 0) return;
		if (at === null) {
			this.#goTo(this.#firstAfterStart(), 0);
			return;
		}
		const occurrences = Math.max(1, inItem ?? matches[at.match]?.count ?? 1);
		const occurrence = at.occurrence + by;
		if (occurrence >= 0 && occurrence < occurrences) this.#goTo(at.match, occurrence);
		else {
			const match = (at.match + by + matches.length) % matches.length;
			this.#goTo(match, by > 0 ? 0 : Math.max(0, (matches[match]?.count ?? 1) - 1));
		}
	}

	async #run(leads = true): Promise<void> {
		const { signal } = (this.#request = new AbortController());
		const { text, matchCase } = this.#state;
		try {
			for (let from: number | null = 0; from !== null;) {
				const answer: FindAnswer = await this.#parts.find(text, matchCase, from, signal);
				if (signal.aborted) return;
				from = answer.next;
				this.#set({ ...this.#state, matches: [...this.#state.matches, ...answer.matches], isDone: from === null });
				if (leads && this.#state.at === null && this.#hasOneAfterStart(from === null)) this.#goTo(this.#firstAfterStart(), 0);
			}
		} catch (error) {
			if (!signal.aborted) this.#set({ ...this.#state, isDone: true, error: this.#parts.reason(error) });
		}
	}

	#hasOneAfterStart(isDone: boolean): boolean {
		const last = this.#state.matches.at(-1);
		return last !== undefined && (isDone || last.item >= this.#start);
	}

	#firstAfterStart(): number {
		const match = this.#state.matches.findIndex(each => each.item >= this.#start);
		return match === -1 ? 0 : match;
	}

	#goTo(match: number, occurrence: number): void {
		const item = this.#state.matches[match]?.item;
		if (item === undefined) return;
		this.#set({ ...this.#state, at: { match, occurrence } });
		this.#parts.show(item, occurrence);
	}

	#set(state: FindState): void {
		this.#state = state;
		this.#parts.changed(state);
	}
}

export function totalOf({ matches }: FindState): number {
	return matches.reduce((sum, each) => sum + each.count, 0);
}

/** From 1: which of all occurrences one is at; 0 before. */
export function ordinalOf({ matches, at }: FindState): number {
	if (at === null) return 0;
	const before = matches.slice(0, at.match).reduce((sum, each) => sum + each.count, 0);
	return before + Math.min(at.occurrence + 1, matches[at.match]?.count ?? 1);
}
