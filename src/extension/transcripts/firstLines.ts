/** The first lines of prompts, for outlines and for the choices of a fork. */
import type { Conversation } from './conversations.ts';
import { ItemParts } from './itemParts.ts';
import { itemContent } from './items/itemContent.ts';
import { ReadFailure, RecordFile } from './recordFile.ts';
import type { ItemContent } from '../../webview/contract/transcriptItems.ts';
import { readRecord } from './window.ts';

const longestLine = 200;
/** A record with larger pictures is not read for its first line. */
const largestRecord = 8_000_000;
const mostKept = 20_000;

/** Null where it cannot be read. */
export async function firstLineOf(
	{ spine, file, firstLines }: Conversation,
	row: number,
	records: RecordFile | ReadFailure,
): Promise<string | null> {
	const offset = spine.offset[row] ?? 0;
	const known = firstLines.get(offset);
	if (known !== undefined) return known;
	if (!(records instanceof RecordFile) || (spine.length[row] ?? 0) > largestRecord) return null;
	try {
		const first = await readRecord(spine, row, records, true);
		const source = { first, joined: [], calls: [], hooks: [], isSubagent: file?.kind === 'subagent', subagentOf: () => null };
		const line = lineOf(itemContent(source, new ItemParts(longestLine * 8)));
		if (firstLines.size < mostKept) firstLines.set(offset, line);
		return line;
	} catch (error) {
		if (error instanceof ReadFailure) return null;
		throw error;
	}
}

function lineOf(content: ItemContent): string {
	return textOf(content)
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, longestLine)
		.toWellFormed();
}

function textOf(content: ItemContent): string {
	switch (content.kind) {
		case 'prompt':
			return content.text.text;
		case 'command':
			return content.isShell ? `! ${content.name}` : `${content.name} ${content.args.text}`;
		case 'assistant':
			return content.blocks.map(block => (block.kind === 'answer' ? block.markdown.text : '')).join(' ');
		default:
			return '';
	}
}
