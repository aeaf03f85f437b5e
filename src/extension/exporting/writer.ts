/** A format: what it writes at each step. Each step answers a piece of the file; none of them knows the others' items. */
import type { ConversationKey } from '../../webview/contract/conversation.ts';
import type { ExportChoices } from '../../webview/contract/exports.ts';
import type { ExportFacts } from './facts.ts';
import type { ExportItem } from './resolve.ts';

export interface ExportHead {
	readonly facts: ExportFacts;
	readonly choices: ExportChoices;
	/** ISO 8601. */
	readonly exportedAt: string;
	readonly forks: number;
	readonly isGone: boolean;
}

/** One conversation of the session: its own, or that of a subagent. */
export interface ExportedConversation {
	readonly key: ConversationKey;
	/** For people; null for the session's own. */
	readonly title: string | null;
	readonly items: number;
}

export interface ExportWriter {
	begin(head: ExportHead): string;
	beginConversation(conversation: ExportedConversation): string;
	item(item: ExportItem): string;
	endConversation(): string;
	end(): string;
}
