/** What a person writes on sessions: a name, a pin, a note, tags, and that one is hidden (DB-3). */

/** What is to become of the marks of one session; what is not named stays. */
export interface SessionMarkChange {
	readonly sessionId: string;
	/** The name it has from now on, everywhere; null takes it back. The transcript is not touched. */
	readonly title?: string | null;
	readonly isHidden?: boolean;
	/** Instant of the pin; null takes it away. */
	readonly pinnedAt?: string | null;
	/** Null takes it away. */
	readonly note?: string | null;
	readonly addTags?: readonly string[];
	readonly removeTags?: readonly string[];
}

/** Done in this order, as a whole or not at all. */
export interface MarkChange {
	/** Where there is a tag of that name already, both become one. */
	readonly renameTag?: { readonly from: string; readonly to: string };
	readonly createTags?: readonly string[];
	readonly sessions?: readonly SessionMarkChange[];
	readonly deleteTags?: readonly string[];
}

export interface TagCount {
	readonly name: string;
	/** In all projects. */
	readonly sessions: number;
}

export interface MarkCalls {
	/**
	 * On disk before it answers, with the change that takes it back. Refused with `bad-tag` for a name that is none, and with
	 * what the ledger says where nothing can be written.
	 */
	changeMarks: { params: MarkChange; result: { readonly undo: MarkChange } };
	/** By name, also those that no session bears. */
	tags: { params: null; result: readonly TagCount[] };
}
