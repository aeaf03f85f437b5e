/** Finds a message by its id: in which conversation of its session, on which branch, as which item. */
import type { ConversationKey, MessageId } from '../../webview/contract/conversation.ts';
import type { LocatedMessage } from '../../webview/contract/transcript.ts';
import { keyOf } from '../claude/transcript/key.ts';
import type { ConversationQueries } from '../store/index/conversations.ts';
import { type Conversation, ConversationError, type Conversations } from './conversations.ts';
import { agentIdOf } from './sessionFigures.ts';

/** With the first byte of the record that was found. */
export type LocatedRecord = LocatedMessage & { readonly offset: number };

export function locate(
	key: ConversationKey,
	messageId: MessageId,
	conversations: Conversations,
	queries: ConversationQueries,
): LocatedRecord | null {
	const place = /^@(\d{1,15})$/.exec(messageId)?.[1];
	if (place !== undefined) return inConversation(found(conversations, key), Number(place));
	const files = queries.files(key.sessionId);
	const places = queries.places(key.sessionId, keyOf(messageId));
	const ofFile = (fileId: number): string | null | undefined => {
		const file = files.find(({ id }) => id === fileId);
		return file === undefined ? undefined : file.kind === 'session' ? null : agentIdOf(file);
	};
	// The conversation that was named comes first: helpers repeat records of the one they help.
	const ordered = [...places].sort((a, b) => Number(ofFile(b.fileId) === key.agentId) - Number(ofFile(a.fileId) === key.agentId));
	for (const { fileId, offset } of ordered) {
		const agentId = ofFile(fileId);
		if (agentId === undefined) continue;
		const conversation = found(conversations, { sessionId: key.sessionId, agentId });
		// Of two copies of a transcript only one is shown.
		if (conversation?.file?.id !== fileId) continue;
		const located = inConversation(conversation, offset);
		if (located !== null) return located;
	}
	return null;
}

function found(conversations: Conversations, key: ConversationKey): Conversation | null {
	try {
		return conversations.get(key);
	} catch (error) {
		if (error instanceof ConversationError) return null;
		throw error;
	}
}

/** The record at that byte, or the nearest one before it: a title or a queued prompt is no message, but stands near one. */
function inConversation(conversation: Conversation | null, offset: number): LocatedRecord | null {
	if (conversation === null || conversation.spine.rows === 0) return null;
	const { spine, tree, key } = conversation;
	const row = spine.rowBefore(offset);
	const latest = conversation.branch(null).itemOf[row] ?? -1;
	const at = spine.offset[row] ?? 0;
	if (latest >= 0) return { conversation: key, branch: null, item: latest, offset: at };
	const ways = new Set(tree.forks.flatMap(({ ways: rows }) => rows));
	let way = row;
	while (way >= 0 && !ways.has(way)) way = tree.parent[way] ?? -1;
	if (way < 0) return null;
	const item = conversation.branch(way).itemOf[row] ?? -1;
	return item < 0 ? null : { conversation: key, branch: String(spine.offset[way] ?? 0), item, offset: at };
}
