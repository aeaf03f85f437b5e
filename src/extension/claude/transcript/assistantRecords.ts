import type { MessageType } from '../facts.ts';
import { listOf, objectOf, textLengthOf, type Fields } from './json.ts';
import { SYNTHETIC } from './responses.ts';

/** What an assistant record holds. Normally one block: each block of an answer is a record of its own. */
export interface AssistantContent {
	readonly type: MessageType;
	readonly thinkingLength: number | null;
	readonly calls: readonly (readonly [index: number, block: Fields])[];
}

export function assistantContentOf(record: Fields, message: Fields | null): AssistantContent {
	const calls = toolCallsIn(message);
	let thinkingLength: number | null = null;
	let hasText = false;
	for (const item of listOf(message?.content)) {
		const block = objectOf(item);
		if (block?.type === 'text') hasText = true;
		else if (block?.type === 'thinking' || block?.type === 'redacted_thinking')
			thinkingLength = (thinkingLength ?? 0) + textLengthOf(block.thinking);
	}
	return { type: typeOf(record, message, calls.length > 0, hasText, thinkingLength !== null), thinkingLength, calls };
}

/** The `tool_use` blocks of a message with their places in it. */
export function toolCallsIn(message: Fields | null): AssistantContent['calls'] {
	const calls: (readonly [number, Fields])[] = [];
	for (const [index, item] of listOf(message?.content).entries()) {
		const block = objectOf(item);
		if (block?.type === 'tool_use') calls.push([index, block]);
	}
	return calls;
}

function typeOf(record: Fields, message: Fields | null, hasCall: boolean, hasText: boolean, hasThinking: boolean): MessageType {
	if (record.isApiErrorMessage === true) return 'api_error';
	// "No response requested." and the like: written by the harness in Claude's name, and no error.
	if (message?.model === SYNTHETIC) return 'context';
	if (hasCall) return 'tool_call';
	return hasThinking && !hasText ? 'thinking' : 'answer';
}
