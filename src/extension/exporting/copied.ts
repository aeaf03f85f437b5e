/** A stretch of a conversation as Markdown for the clipboard: as it was said, with nothing taken out and nothing put before it. */
import type { ConversationKey } from '../../webview/contract/conversation.ts';
import { type ExportChoices, usualChoices } from '../../webview/contract/exports.ts';
import type { BranchId, ItemStretch } from '../../webview/contract/transcript.ts';
import { longestCopy } from '../../webview/contract/transcriptPage.ts';
import type { ConversationReader } from './conversationReader.ts';
import { MarkdownWriter } from './markdown.ts';
import { ItemResolver } from './resolve.ts';
import type { ExportWords } from './words.ts';

/** It stays on the person's machine until they put it somewhere. */
const copied: ExportChoices = { ...usualChoices, subagents: false, shortenPaths: false, redactSecrets: false };

export interface CopiedStretch extends ItemStretch {
	readonly conversation: ConversationKey;
	readonly branch: BranchId;
}

export async function copiedMarkdown(
	{ conversation, branch, ...stretch }: CopiedStretch,
	reader: ConversationReader,
	words: ExportWords,
): Promise<string> {
	const resolver = new ItemResolver({ reader, choices: copied, clean: text => text, words });
	const writer = new MarkdownWriter(words);
	let text = '';
	for await (const item of reader.items(conversation, branch, stretch)) {
		const resolved = await resolver.resolve(item, { conversation, branch });
		const piece = resolved === null ? '' : writer.item(resolved);
		// No clipboard takes so much; half an item would be half a fence.
		if (text.length + piece.length > longestCopy) return `${text}…\n`;
		text += piece;
	}
	return `${text.trimEnd()}\n`;
}
