/** The rest of texts that were cut, as far as somebody asked for it: by piece, and of the few looked at last. */
import type { ItemPart } from '../contract/transcriptPage.ts';
import type { ItemText } from '../contract/transcriptText.ts';
import { Recent } from './recent.ts';

/** Texts that are kept, and characters of one: what is longer is read in the file. */
const mostTexts = 20;
export const longestText = 5_000_000;

interface Loaded {
	readonly text: string;
	readonly next: number | null;
	readonly isLoading: boolean;
	readonly error: string | null;
}

export class LongTexts {
	readonly #load: (part: ItemPart & { readonly from: number }) => Promise<{ readonly text: string; readonly next: number | null }>;
	readonly #changed: () => void;
	readonly #reason: (error: unknown) => string;
	readonly #texts = new Recent<Loaded>(mostTexts);

	constructor(
		load: (part: ItemPart & { readonly from: number }) => Promise<{ readonly text: string; readonly next: number | null }>,
		changed: () => void,
		reason: (error: unknown) => string,
	) {
		this.#load = load;
		this.#changed = changed;
		this.#reason = reason;
	}

	reset(): void {
		this.#texts.clear();
	}

	/** As much of it as is here. */
	shown(part: ItemPart, text: ItemText): Loaded {
		return (
			this.#texts.get(keyOf(part)) ?? {
				text: text.text,
				next: text.fullLength > text.text.length ? text.text.length : null,
				isLoading: false,
				error: null,
			}
		);
	}

	async more(part: ItemPart, text: ItemText): Promise<void> {
		const before = this.shown(part, text);
		if (before.next === null || before.isLoading) return;
		this.#keep(part, { ...before, isLoading: true, error: null });
		try {
			const piece = await this.#load({ ...part, from: before.next });
			this.#keep(part, { text: before.text + piece.text, next: piece.next, isLoading: false, error: null });
		} catch (error) {
			this.#keep(part, { ...before, error: this.#reason(error) });
		}
	}

	/** All of it, whatever was shown: for a diff. */
	async whole(part: ItemPart, text: ItemText): Promise<string> {
		let { text: all, next } = this.shown(part, text);
		while (next !== null && all.length < longestText) {
			const piece = await this.#load({ ...part, from: next });
			all += piece.text;
			next = piece.next;
		}
		return all;
	}

	#keep(part: ItemPart, loaded: Loaded): void {
		this.#texts.set(keyOf(part), loaded);
		this.#changed();
	}
}

function keyOf({ conversation, item, part }: ItemPart): string {
	return JSON.stringify([conversation.sessionId, conversation.agentId, item, part]);
}
