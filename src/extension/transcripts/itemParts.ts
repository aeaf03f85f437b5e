/** Gives the texts and pictures of one item their numbers while it is made, and cuts them for the way to the page. */
import type { ItemImage, ItemText } from '../../webview/contract/transcriptText.ts';

/** Told of every text and picture of an item, whole. */
export type PartListener = (part: number, whole: string, mediaType: string | null) => void;

export class ItemParts {
	readonly #longest: number;
	readonly #listener: PartListener | null;
	#next = 0;

	/** `longest`: UTF-16 units a text is cut after. Making the same item again gives the same numbers. */
	constructor(longest: number, listener: PartListener | null = null) {
		this.#longest = longest;
		this.#listener = listener;
	}

	text(whole: string): ItemText {
		const part = this.#next++;
		this.#listener?.(part, whole, null);
		return { text: cutAt(whole, this.#longest), fullLength: whole.length, part };
	}

	/** Null stays null and takes no number. */
	optional(whole: string | null): ItemText | null {
		return whole === null ? null : this.text(whole);
	}

	image(mediaType: string, base64: string): ItemImage {
		const part = this.#next++;
		this.#listener?.(part, base64, mediaType);
		return { mediaType, bytes: Math.floor((base64.length * 3) / 4), part };
	}
}

/** At most so many units from `from` on, without half a character at the end. */
export function cutAt(text: string, longest: number, from = 0): string {
	const end = from + longest;
	if (text.length <= end) return from === 0 ? text : text.slice(from);
	const last = text.charCodeAt(end - 1);
	return text.slice(from, last >= 0xd800 && last <= 0xdbff && longest > 1 ? end - 1 : end);
}
