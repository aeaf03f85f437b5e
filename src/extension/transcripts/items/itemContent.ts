/** What an item shows, made of its records. */
import type { AssistantBlock, AssistantContent, ItemContent, ResultContent } from '../../../webview/contract/transcriptItems.ts';
import type { ItemParts } from '../itemParts.ts';
import { toolUse } from '../tools/toolUse.ts';
import { fieldsOf, listOf, textOf } from '../values.ts';
import { contentBlock, contentBlocks } from './contentBlocks.ts';
import { noteOf } from './notes.ts';
import { commandContent, promptContent } from './prompts.ts';
import type { ItemSource, ReadRecord } from './record.ts';
import { compactionContent, errorContent, interruptionContent } from './system.ts';

export function itemContent(source: ItemSource, parts: ItemParts): ItemContent {
	const { first, joined, isSubagent } = source;
	if (first.isMade) return promptContent(first, isSubagent, parts);
	switch (first.type) {
		case 'prompt':
			return promptContent(first, isSubagent, parts);
		case 'command':
			return commandContent(first, parts);
		case 'answer':
		case 'thinking':
		case 'tool_call':
			return assistantContent(source, parts);
		case 'tool_result':
			return resultContent(first, parts);
		case 'interruption':
			return interruptionContent(first);
		case 'api_error':
			return errorContent(first, parts);
		case 'compaction':
			return compactionContent(first, joined[0] ?? null, parts);
		case 'compact_summary':
			return compactionContent(null, first, parts);
		case 'context':
		case 'notice':
			return { kind: 'context', notes: [first, ...joined].map(record => noteOf(record, parts)) };
	}
}

function assistantContent(source: ItemSource, parts: ItemParts): AssistantContent {
	const content = fieldsOf(source.first.fields['message'])?.['content'];
	const blocks =
		typeof content === 'string'
			? [{ kind: 'answer' as const, markdown: parts.text(content) }]
			: listOf(content).map((block, index) => assistantBlock(block, index, source, parts));
	return { kind: 'assistant', blocks, isPartial: source.first.isPartial };
}

function assistantBlock(item: unknown, index: number, source: ItemSource, parts: ItemParts): AssistantBlock {
	const block = fieldsOf(item);
	const text = textOf(block?.['text']);
	if (block?.['type'] === 'text' && text !== null) return { kind: 'answer', markdown: parts.text(text) };
	if (block?.['type'] === 'thinking') return { kind: 'thinking', text: parts.text(textOf(block['thinking']) ?? ''), isRedacted: false };
	if (block?.['type'] === 'redacted_thinking') return { kind: 'thinking', text: parts.text(''), isRedacted: true };
	if (block?.['type'] === 'tool_use') return { kind: 'tool', tool: toolUse(block, index, source, parts) };
	return { kind: 'content', block: contentBlock(item, parts) };
}

function resultContent({ fields }: ReadRecord, parts: ItemParts): ResultContent {
	const results = listOf(fieldsOf(fields['message'])?.['content'])
		.map(fieldsOf)
		.filter(block => block?.['type'] === 'tool_result');
	return {
		kind: 'result',
		results: results.map(block => ({ isError: block?.['is_error'] === true, content: contentBlocks(block?.['content'], parts) })),
	};
}
