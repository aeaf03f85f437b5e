/**
 * The room that shows conversations: which records are part of one, in which order, and what each shows. It knows the index and the
 * transcripts, and neither windows nor pages; what it answers are the view models of `contract/transcript*.ts`.
 *
 * The order comes from the index and is kept for the conversations asked for last (`conversations.ts`, `tree.ts`, `branch.ts`); texts
 * are read from the transcript when they are asked for (`window.ts`, `recordFile.ts`) and not kept at all.
 */
import type { ConversationKey, MessageId } from '../../webview/contract/conversation.ts';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import {
	type BranchId,
	type FindAnswer,
	type FindQuery,
	type ItemStretch,
	type LocatedMessage,
	mostItemsAtOnce,
	type TranscriptHead,
	type TranscriptOutline,
	type TranscriptQuery,
	type TranscriptTotals,
	type TranscriptWindow,
} from '../../webview/contract/transcript.ts';
import type { TranscriptItem } from '../../webview/contract/transcriptItems.ts';
import { mostImageBytes, mostTextAtOnce, mostTextInPiece } from '../../webview/contract/transcriptText.ts';
import { ConversationQueries } from '../store/index/conversations.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { type Conversation, ConversationError, Conversations } from './conversations.ts';
import { find } from './find.ts';
import { branchNamed, headOf } from './head.ts';
import { cutAt } from './itemParts.ts';
import { locate } from './locate.ts';
import { outlineOf } from './outline.ts';
import { ReadFailure } from './recordFile.ts';
import type { CostOf } from './sessionFigures.ts';
import { totalsOf } from './totals.ts';
import { windowItems, type WindowParts, withRecords } from './window.ts';

export interface TranscriptsParts {
	readonly db: Sqlite;
	/** How often all rows of a file were replaced. */
	readonly timesCleared: (fileId: number) => number;
	readonly sessionOf: (sessionId: string) => SessionRow | null;
	readonly costOf: CostOf;
	/** Changes when the same tokens cost something else. */
	readonly priceDigest: () => string;
	readonly now: () => Date;
}

export interface ItemPart {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
	readonly item: MessageId;
	readonly part: number;
}

export class Transcripts {
	readonly #parts: TranscriptsParts;
	readonly #queries: ConversationQueries;
	readonly #conversations: Conversations;
	readonly #window: WindowParts;

	constructor(parts: TranscriptsParts) {
		this.#parts = parts;
		this.#queries = new ConversationQueries(parts.db);
		this.#conversations = new Conversations({ ...parts, queries: this.#queries });
		this.#window = {
			queries: this.#queries,
			costOf: parts.costOf,
			figures: sessionId => this.#conversations.figures(sessionId),
		};
	}

	head(query: TranscriptQuery): Promise<TranscriptHead> {
		return headOf(query, { queries: this.#queries, conversations: this.#conversations, sessionOf: this.#parts.sessionOf });
	}

	totals(key: ConversationKey, branchId: BranchId): TranscriptTotals {
		const { conversation, branch } = this.#find(key, branchId);
		return totalsOf(conversation, branch, this.#conversations.figures(key.sessionId), this.#parts.sessionOf(key.sessionId));
	}

	async window(key: ConversationKey, branchId: BranchId, from: number, count: number, signal: AbortSignal): Promise<TranscriptWindow> {
		const { conversation, branch } = this.#find(key, branchId);
		const first = Math.max(0, Math.trunc(from));
		const length = Math.max(0, Math.min(branch.items - first, Math.trunc(count), mostItemsAtOnce));
		const items = Array.from({ length }, (_, index) => first + index);
		const request = { conversation, branch, items, longestText: mostTextAtOnce, signal };
		const found = length === 0 ? [] : await withRecords(conversation, records => windowItems(request, this.#window, records));
		return { revision: conversation.revision, from: first, items: found };
	}

	/** Items of a branch with their texts whole, one after the other: for whoever writes a conversation down. */
	async *all(key: ConversationKey, branchId: BranchId, signal: AbortSignal, stretch: ItemStretch = whole): AsyncIterable<TranscriptItem> {
		const { conversation, branch } = this.#find(key, branchId);
		const end = Math.min(branch.items, stretch.from + stretch.count);
		for (let from = stretch.from; from < end; from += mostWholeItems) {
			const items = Array.from({ length: Math.min(mostWholeItems, end - from) }, (_, index) => from + index);
			const request = { conversation, branch, items, longestText: Number.MAX_SAFE_INTEGER, signal };
			yield* await withRecords(conversation, records => windowItems(request, this.#window, records));
		}
	}

	async outline(key: ConversationKey, branchId: BranchId, signal: AbortSignal): Promise<TranscriptOutline> {
		const { conversation, branch } = this.#find(key, branchId);
		return outlineOf(conversation, branch, this.#window, signal);
	}

	/** @throws ReadFailure, ConversationError `not-found` for a part that the item has not */
	async text(place: ItemPart, from: number, signal: AbortSignal): Promise<{ text: string; next: number | null }> {
		const { whole } = await this.#part(place, signal);
		const start = Math.max(0, Math.min(whole.length, Math.trunc(from)));
		const text = cutAt(whole, mostTextInPiece, start);
		const next = start + text.length;
		return { text, next: next < whole.length ? next : null };
	}

	/** @throws ReadFailure, ConversationError `not-found` for a part that is no picture */
	async image(place: ItemPart, signal: AbortSignal): Promise<{ mediaType: string; base64: string }> {
		const { whole, mediaType } = await this.#part(place, signal);
		if (mediaType === null) throw new ConversationError('not-found', 'The item has no such picture');
		if (whole.length * 0.75 > mostImageBytes)
			throw new ReadFailure('too-large', `The picture has ${Math.floor(whole.length * 0.75)} bytes`);
		return { mediaType, base64: whole };
	}

	find(query: FindQuery, signal: AbortSignal): Promise<FindAnswer> {
		const { conversation, branch } = this.#find(query.conversation, query.branch);
		return find(query, conversation, branch, this.#window, signal);
	}

	/** `agentId`: the conversation in which a message that is named by its place stands. */
	locate(sessionId: string, agentId: string | null, messageId: MessageId): LocatedMessage | null {
		const located = locate({ sessionId, agentId }, messageId, this.#conversations, this.#queries);
		return located === null ? null : { conversation: located.conversation, branch: located.branch, item: located.item };
	}

	async #part(
		{ conversation: key, branch: branchId, item: id, part }: ItemPart,
		signal: AbortSignal,
	): Promise<{ whole: string; mediaType: string | null }> {
		const { conversation, branch } = this.#find(key, branchId);
		const located = locate(key, id, this.#conversations, this.#queries);
		const row = located === null ? -1 : conversation.spine.rowAt(located.offset);
		const item = branch.itemOf[row] ?? -1;
		if (item < 0) throw new ConversationError('not-found', 'There is no such message on this branch');
		const found: { whole: string; mediaType: string | null }[] = [];
		const listener = (at: number, whole: string, mediaType: string | null): void => {
			if (at === part) found.push({ whole, mediaType });
		};
		const request = { conversation, branch, items: [item], longestText: 0, listener, signal };
		const [made] = await withRecords(conversation, records => windowItems(request, this.#window, records));
		if (found[0] !== undefined) return found[0];
		if (made?.kind === 'unreadable') throw new ReadFailure(made.reason, 'The record cannot be read');
		throw new ConversationError('not-found', 'The item has no such part');
	}

	#find(key: ConversationKey, branchId: BranchId): { conversation: Conversation; branch: ReturnType<typeof branchNamed>['branch'] } {
		const conversation = this.#conversations.get(key);
		return { conversation, branch: branchNamed(conversation, branchId).branch };
	}
}

const whole: ItemStretch = { from: 0, count: Number.MAX_SAFE_INTEGER };

/** Whole texts may be long, so fewer items are held at once. */
const mostWholeItems = 20;
