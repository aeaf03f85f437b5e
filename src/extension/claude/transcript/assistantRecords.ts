import type { MessageType } from '../facts.ts';
import { listOf, objectOf, whole, type Fields } from './json.ts';
import { SYNTHETIC } from './responses.ts';

/** What an assistant record holds. Normally one block: each block of an answer is a record of its own. */
export interface AssistantContent {
	readonly type: MessageType;
	readonly thinkingLength: number | null;
	/** The `tool_use` blocks with their places in the record. */
	readonly calls: readonly (readonly [index: number, block: Fields])[];
}

export function assistantContentOf(record: Fields, message: Fields | null): AssistantContent {
	const blocks = listOf(message?.content).map(objectOf);
	const calls = [...blocks.entries()].flatMap(([index, block]) => (block?.type === 'tool_use' ? [[index, block] as const] : []));
	const thoughts = blocks
		.filter(block => block?.type === 'thinking' || block?.type === 'redacted_thinking')
		.map(block => whole(block?.thinking));
	const thinkingLength = thoughts.reduce<number>((sum, thought) => sum + (typeof thought === 'string' ? thought.length : 0), 0);
	const hasText = blocks.some(block => block?.type === 'text');
	return {
		type: typeOf(record, message, calls.length > 0, hasText, thoughts.length > 0),
		thinkingLength: thoughts.length > 0 ? thinkingLength : null,
		calls,
	};
}

function typeOf(record: Fields, message: Fields | null, hasCall: boolean, hasText: boolean, hasThinking: boolean): MessageType {
	if (record.isApiErrorMessage === true) return 'api_error';
	// "No response requested." and the like: written by the harness in Claude's name, and no error.
	if (message?.model === SYNTHETIC) return 'context';
	if (hasCall) return 'tool_call';
	return hasThinking && !hasText ? 'thinking' : 'answer';
}
