/** What a person does with a conversation that leaves the page: copying, opening files, links and changes, looking at pictures. */
import { reasonOf } from '../../messaging/channel.ts';
import { fileOfLink, linkKind } from '../components/content/markdown.ts';
import type { ConversationKey, MessageId } from '../contract/conversation.ts';
import type { BranchId } from '../contract/transcript.ts';
import type { SessionAction, TranscriptPageCalls } from '../contract/transcriptPage.ts';
import { type Extension, type PageState } from './pageState.ts';
import { text } from './words.ts';

export interface ActionParts {
	readonly extension: Extension;
	readonly state: () => PageState;
	readonly set: (change: Partial<PageState>) => void;
	/** Aborted when another conversation is opened. */
	readonly signal: () => AbortSignal;
	readonly branchOf: (conversation: ConversationKey) => BranchId;
	readonly announce: (words: string) => void;
}

export class Actions {
	readonly #parts: ActionParts;

	constructor(parts: ActionParts) {
		this.#parts = parts;
	}

	dismissError(): void {
		this.#parts.set({ actionError: null });
	}

	/** A link of an answer: to the web, or to a file. */
	follow(address: string): void {
		if (linkKind(address) === 'web') {
			this.openLink(address);
			return;
		}
		const file = fileOfLink(address);
		if (file !== null) this.openFile(file.path, file.line);
	}

	openLink(address: string): void {
		this.#act(() => this.#parts.extension.request('openLink', { address }));
	}

	openFile(path: string, line: number | null): void {
		const sessionId = this.#parts.state().head?.conversation.sessionId;
		if (sessionId !== undefined) this.#act(() => this.#parts.extension.request('openFile', { sessionId, path, line }));
	}

	openDiff(path: string, before: string, after: string): void {
		this.#act(() => this.#parts.extension.request('openDiff', { path, before, after }));
	}

	image(conversation: ConversationKey, item: MessageId, part: number): Promise<TranscriptPageCalls['image']['result']> {
		return this.#parts.extension.request('image', { conversation, branch: this.#parts.branchOf(conversation), item, part });
	}

	copy(copied: string): void {
		this.#act(async () => {
			await this.#parts.extension.request('copy', { text: copied });
			this.#parts.announce(text('copied'));
		});
	}

	/** So many items of a conversation, in the form of an export. */
	copyItems(conversation: ConversationKey, from: number, count: number): void {
		const branch = this.#parts.branchOf(conversation);
		this.#act(async () => {
			this.#parts.set({ copying: true });
			try {
				await this.#parts.extension.request('copyItems', { conversation, branch, from, count }, { signal: this.#parts.signal() });
				this.#parts.announce(text('copied'));
			} finally {
				this.#parts.set({ copying: false });
			}
		});
	}

	copyAll(): void {
		const { head } = this.#parts.state();
		if (head !== null && head.items > 0) this.copyItems(head.conversation, 0, head.items);
	}

	copyLink(messageId: MessageId | null, conversation = this.#parts.state().head?.conversation): void {
		if (conversation === undefined) return;
		this.#act(async () => {
			await this.#parts.extension.request('copyLink', { conversation, messageId });
			this.#parts.announce(text('linkCopied'));
		});
	}

	/** The branch on the screen; of a subagent, the session it is part of. */
	exportSession(): void {
		const { head } = this.#parts.state();
		if (head === null) return;
		const { sessionId, agentId } = head.conversation;
		const branch = agentId === null ? head.branch : null;
		this.#act(() => this.#parts.extension.request('exportSession', { sessionId, branch }));
	}

	session(action: SessionAction): void {
		const conversation = this.#parts.state().head?.conversation;
		if (conversation === undefined) return;
		this.#act(async () => {
			await this.#parts.extension.request('session', { conversation, action });
			if (action === 'copyId') this.#parts.announce(text('copied'));
		});
	}

	#act(action: () => Promise<unknown>): void {
		if (this.#parts.state().actionError !== null) this.#parts.set({ actionError: null });
		action().catch((error: unknown) => this.#parts.set({ actionError: reasonOf(error) }));
	}
}
