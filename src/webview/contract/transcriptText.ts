/** Texts and pictures of an item, as far as they travel with it. */

/**
 * A text of an item, cut at `mostTextAtOnce` characters. `part` names it within its item: `conversationText` gives the rest.
 * Control characters, escapes and marks of direction are in it as they were written.
 */
export interface ItemText {
	readonly text: string;
	/** In UTF-16 units, as `text.length`; larger than that when it was cut. */
	readonly fullLength: number;
	readonly part: number;
}

/** Longer texts are cut in items. */
export const mostTextAtOnce = 20_000;
/** The longest piece that `conversationText` gives. */
export const mostTextInPiece = 500_000;
/** Larger pictures are not given. */
export const mostImageBytes = 16_000_000;

/** A picture inside the record. Its data is not checked here: whoever shows it looks at its first bytes. */
export interface ItemImage {
	/** As the record says it: `image/png` and the like, or anything else. */
	readonly mediaType: string;
	readonly bytes: number;
	/** For `conversationImage`. */
	readonly part: number;
}

/** What a tool or a person gave besides text. */
export type ContentBlock =
	| { readonly kind: 'text'; readonly text: ItemText }
	| { readonly kind: 'image'; readonly image: ItemImage }
	| { readonly kind: 'document'; readonly title: string | null; readonly mediaType: string; readonly bytes: number }
	/** A kind of block that is not known: its JSON. */
	| { readonly kind: 'other'; readonly type: string; readonly json: ItemText };
