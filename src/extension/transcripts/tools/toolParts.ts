/** What the tools' own files are given of a call, and what they give back. */
import type { SubagentCard } from '../../../webview/contract/conversation.ts';
import type { ToolDetail } from '../../../webview/contract/transcriptTools.ts';
import type { CallRow } from '../../store/index/conversations.ts';
import type { ItemParts } from '../itemParts.ts';
import type { Fields } from '../values.ts';

export interface ToolCall {
	readonly name: string;
	readonly input: Fields;
	/** As the index has it; null for a call it does not know. */
	readonly row: CallRow | null;
	/** `toolUseResult` of the result's record, when it is an object. */
	readonly details: Fields | null;
	/** Any other form of it: a text, or a list of content. */
	readonly outcome: unknown;
	/** Content of the result as the model got it; undefined while there is none. */
	readonly content: unknown;
	readonly isError: boolean;
	readonly subagentOf: (agentId: string) => SubagentCard | null;
}

export interface ShownTool {
	readonly detail: ToolDetail;
	/** Nothing of the result is left to show beside it. */
	readonly isWhole: boolean;
}

export type ToolView = (call: ToolCall, parts: ItemParts) => ShownTool;
