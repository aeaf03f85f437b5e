/** A record at hand, with what the index knows of it. */
import type { CallRow, HookRow } from '../../store/index/conversations.ts';
import type { SubagentCard } from '../../../webview/contract/conversation.ts';
import type { RowType } from '../spine.ts';
import type { Fields } from '../values.ts';

export interface ReadRecord {
	readonly offset: number;
	readonly type: RowType;
	/** A prompt that nobody typed. */
	readonly isMade: boolean;
	readonly isCorrection: boolean;
	readonly isPartial: boolean;
	readonly at: string | null;
	readonly fields: Fields;
}

/** What an item is made of: its records in their order, and what the index says of its calls. */
export interface ItemSource {
	readonly first: ReadRecord;
	/** Results of its calls, the summary of its compaction, further notes. */
	readonly joined: readonly ReadRecord[];
	readonly calls: readonly CallRow[];
	readonly hooks: readonly HookRow[];
	/** The conversation is a subagent's. */
	readonly isSubagent: boolean;
	readonly subagentOf: (agentId: string) => SubagentCard | null;
}

/** The record's uuid, or `@` with its first byte. */
export function messageIdOf({ fields, offset }: Pick<ReadRecord, 'fields' | 'offset'>): string {
	const uuid = fields['uuid'];
	return typeof uuid === 'string' && uuid !== '' && uuid.length <= 200 ? uuid : `@${offset}`;
}
