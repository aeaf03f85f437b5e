/** Content as prompts, results and answers hold it: a text, or a list of texts, pictures and documents. */
import type { ContentBlock } from '../../../webview/contract/transcriptText.ts';
import type { ItemParts } from '../itemParts.ts';
import { fieldsOf, jsonText, listOf, nameOf, textOf } from '../values.ts';

export function contentBlocks(content: unknown, parts: ItemParts): ContentBlock[] {
	if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: parts.text(content) }];
	return listOf(content).map(item => contentBlock(item, parts));
}

export function contentBlock(item: unknown, parts: ItemParts): ContentBlock {
	const block = fieldsOf(item);
	if (typeof item === 'string') return { kind: 'text', text: parts.text(item) };
	const type = nameOf(block?.['type']) ?? '';
	const text = textOf(block?.['text']);
	if (type === 'text' && text !== null) return { kind: 'text', text: parts.text(text) };
	// A search for tools answers with nothing but names.
	const tool = nameOf(block?.['tool_name']);
	if (type === 'tool_reference' && tool !== null) return { kind: 'text', text: parts.text(tool) };
	const source = fieldsOf(block?.['source']);
	const data = textOf(source?.['data']);
	const mediaType = nameOf(source?.['media_type']) ?? '';
	if (type === 'image' && data !== null) return { kind: 'image', image: parts.image(mediaType, data) };
	if (type === 'document') {
		const bytes = Math.floor(((data?.length ?? 0) * 3) / 4);
		return { kind: 'document', title: nameOf(block?.['title']), mediaType, bytes };
	}
	return { kind: 'other', type: type.slice(0, 100), json: parts.text(jsonText(item)) };
}

/** The texts in a content, one below the other. */
export function plainText(content: unknown): string {
	if (typeof content === 'string') return content;
	return listOf(content)
		.map(item => (typeof item === 'string' ? item : textOf(fieldsOf(item)?.['text'])))
		.filter(text => text !== null)
		.join('\n');
}

export const hasPicture = (content: unknown): boolean => listOf(content).some(item => fieldsOf(item)?.['type'] === 'image');
