/** Conversations of subagents that are unfolded inside another one: their first items, more of them on request. */
import type { ConversationKey } from '../contract/conversation.ts';
import type { TranscriptWindow } from '../contract/transcript.ts';
import type { TranscriptItem } from '../contract/transcriptItems.ts';
import { Recent } from './recent.ts';

/** Items that one more press shows; past `mostInline` a subagent is to be opened by itself, where its list has no end. */
const atOnce = 20;
export const mostInline = 100;
/** Subagents that are kept. */
const mostKept = 12;

export interface Inline {
	readonly items: readonly TranscriptItem[];
	/** There is more than is shown. */
	readonly hasMore: boolean;
	readonly isLoading: boolean;
	readonly error: string | null;
}

const untouched: Inline = { items: [], hasMore: true, isLoading: false, error: null };

export class Inlines {
	readonly #load: (conversation: ConversationKey, from: number, count: number) => Promise<TranscriptWindow>;
	readonly #changed: () => void;
	readonly #reason: (error: unknown) => string;
	readonly #inlines = new Recent<{ readonly conversation: ConversationKey; readonly inline: Inline }>(mostKept);

	constructor(
		load: (conversation: ConversationKey, from: number, count: number) => Promise<TranscriptWindow>,
		changed: () => void,
		reason: (error: unknown) => string,
	) {
		this.#load = load;
		this.#changed = changed;
		this.#reason = reason;
	}

	reset(): void {
		this.#inlines.clear();
	}

	of(conversation: ConversationKey): Inline {
		return this.#inlines.get(keyOf(conversation))?.inline ?? untouched;
	}

	more(conversation: ConversationKey): void {
		const { items } = this.of(conversation);
		void this.#show(conversation, Math.min(mostInline, items.length + atOnce));
	}

	/** What is unfolded may have grown. */
	refresh(): void {
		for (const { conversation, inline } of this.#inlines.values())
			if (inline.items.length > 0) void this.#show(conversation, inline.items.length);
	}

	async #show(conversation: ConversationKey, count: number): Promise<void> {
		const before = this.of(conversation);
		if (before.isLoading) return;
		this.#keep(conversation, { ...before, isLoading: true, error: null });
		try {
			// One more than is shown, to know whether there is more.
			const { items } = await this.#load(conversation, 0, count + 1);
			this.#keep(conversation, { items: items.slice(0, count), hasMore: items.length > count, isLoading: false, error: null });
		} catch (error) {
			this.#keep(conversation, { ...before, isLoading: false, error: this.#reason(error) });
		}
	}

	#keep(conversation: ConversationKey, inline: Inline): void {
		this.#inlines.set(keyOf(conversation), { conversation, inline });
		this.#changed();
	}
}

function keyOf({ sessionId, agentId }: ConversationKey): string {
	return JSON.stringify([sessionId, agentId]);
}
