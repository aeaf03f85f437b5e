/** The panel's end of the line as a test has it: a conversation of items in memory, and a record of what was asked. */
import { Channel, type Handlers, type Nothing } from '../../../../src/messaging/channel.ts';
import type { ConversationKey } from '../../../../src/webview/contract/conversation.ts';
import type { TranscriptHead, TranscriptOutline } from '../../../../src/webview/contract/transcript.ts';
import type { TranscriptItem } from '../../../../src/webview/contract/transcriptItems.ts';
import type { TranscriptPageCalls, TranscriptPageEvents, TranscriptPlace } from '../../../../src/webview/contract/transcriptPage.ts';
import { headOf, outlineOf, totalsOf } from './samples.ts';

type CallName = keyof TranscriptPageCalls;
export type TranscriptAnswers = { -readonly [K in CallName]: Handlers<TranscriptPageCalls>[K] };
export interface TranscriptCall {
	readonly name: CallName;
	readonly params: unknown;
}

/** One conversation on one branch. */
export interface FakeConversation {
	readonly conversation: ConversationKey;
	readonly branch: string;
	items: TranscriptItem[];
	/** Makes an item of a number, for conversations that are too long to hold. */
	readonly make?: (index: number) => TranscriptItem;
	count?: number;
	head?: Partial<TranscriptHead>;
	outline?: TranscriptOutline;
}

const keyOf = ({ sessionId, agentId }: ConversationKey): string => `${sessionId}/${agentId ?? ''}`;

export class FakeTranscript {
	readonly calls: TranscriptCall[] = [];
	readonly answers: TranscriptAnswers;
	revision = 1;
	place: TranscriptPlace;
	isJump = false;
	readonly #conversations: FakeConversation[];
	#hear: ((message: unknown) => void) | null = null;
	#channel: Channel<TranscriptPageCalls, Nothing, Nothing, TranscriptPageEvents> | null = null;
	#waiting: (() => void)[] = [];

	constructor(...conversations: readonly [FakeConversation, ...FakeConversation[]]) {
		this.#conversations = [...conversations];
		this.place = { conversation: conversations[0].conversation, branch: null, messageId: null };
		this.answers = {
			ready: ({ place }) => ({ place: place ?? this.place, isJump: this.isJump, locale: 'en-GB', timeZone: 'UTC' }),
			head: ({ conversation, branch, since }) => {
				const found = this.#find(conversation, branch);
				const count = countOf(found);
				return {
					...headOf(found.items, count, found.conversation, found.branch),
					revision: this.revision,
					changedFrom: since === null ? 0 : this.changedFrom,
					...found.head,
				};
			},
			totals: ({ conversation }) => totalsOf(conversation),
			outline: ({ conversation, branch }) => {
				const found = this.#find(conversation, branch);
				return found.outline ?? outlineOf(found.items, this.revision);
			},
			items: ({ conversation, branch, from, count }) => {
				const found = this.#find(conversation, branch);
				const { make } = found;
				const last = Math.min(countOf(found), from + count);
				const items =
					make === undefined ? found.items.slice(from, last) : Array.from({ length: Math.max(0, last - from) }, (_, at) => make(from + at));
				return { revision: this.revision, from, items };
			},
			text: () => ({ text: '', next: null }),
			image: () => ({ mediaType: 'image/png', base64: '' }),
			find: ({ conversation, branch, text, matchCase }) => {
				const wanted = matchCase ? text : text.toLowerCase();
				const matches = this.#find(conversation, branch).items.flatMap(item => {
					const words = JSON.stringify(item);
					const count = (matchCase ? words : words.toLowerCase()).split(wanted).length - 1;
					return count === 0 ? [] : [{ item: item.index, count }];
				});
				return { revision: this.revision, matches, next: null };
			},
			locate: ({ messageId }) => {
				for (const each of this.#conversations) {
					const item = each.items.find(one => one.id === messageId);
					if (item !== undefined) return { conversation: each.conversation, branch: each.branch, item: item.index };
				}
				return null;
			},
			openLink: () => null,
			openFile: () => null,
			openDiff: () => null,
			copy: () => null,
			copyItems: () => null,
			copyLink: () => null,
			exportSession: () => null,
			session: () => null,
		};
	}

	/** What the next head says of the one before. */
	changedFrom = 0;

	/** More was said: the page is told as the panel would. */
	grow(items: readonly TranscriptItem[], conversation = this.#conversations[0]): void {
		if (conversation === undefined) return;
		this.changedFrom = conversation.items.length;
		conversation.items = [...conversation.items, ...items];
		this.revision++;
		this.emit('changed', null);
	}

	/** `post` carries a message into the page. */
	connect(post: (message: unknown) => Promise<unknown>): void {
		const noted = <K extends CallName>(name: K): Handlers<TranscriptPageCalls>[K] => {
			const handler = (params: TranscriptPageCalls[K]['params'], signal: AbortSignal) => {
				this.calls.push({ name, params });
				for (const wake of this.#waiting.splice(0)) wake();
				return this.answers[name](params, signal);
			};
			return handler as Handlers<TranscriptPageCalls>[K];
		};
		this.#channel = new Channel<TranscriptPageCalls, Nothing, Nothing, TranscriptPageEvents>(
			{
				post: message => void post(message).catch(() => undefined),
				listen: handler => {
					this.#hear = handler;
					return () => (this.#hear = null);
				},
			},
			{
				ready: noted('ready'),
				head: noted('head'),
				totals: noted('totals'),
				outline: noted('outline'),
				items: noted('items'),
				text: noted('text'),
				image: noted('image'),
				find: noted('find'),
				locate: noted('locate'),
				openLink: noted('openLink'),
				openFile: noted('openFile'),
				openDiff: noted('openDiff'),
				copy: noted('copy'),
				copyItems: noted('copyItems'),
				copyLink: noted('copyLink'),
				exportSession: noted('exportSession'),
				session: noted('session'),
			},
		);
	}

	hear(message: unknown): void {
		this.#hear?.(message);
	}

	emit<K extends keyof TranscriptPageEvents>(name: K, payload: TranscriptPageEvents[K]): void {
		this.#channel?.emit(name, payload);
	}

	/** The calls of that name so far, waiting until there are `count`. */
	async called(name: CallName, count = 1): Promise<readonly TranscriptCall[]> {
		for (;;) {
			const calls = this.calls.filter(call => call.name === name);
			if (calls.length >= count) return calls;
			await new Promise<void>(resolve => this.#waiting.push(resolve));
		}
	}

	#find(conversation: ConversationKey, branch: string | null): FakeConversation {
		const all = this.#conversations.filter(each => keyOf(each.conversation) === keyOf(conversation));
		const found = all.find(each => each.branch === branch) ?? all[0];
		if (found === undefined) throw Object.assign(new Error('There is no such conversation'), { reason: 'not-found' });
		return found;
	}
}

function countOf(conversation: FakeConversation): number {
	return conversation.count ?? conversation.items.length;
}
