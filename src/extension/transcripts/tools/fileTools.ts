/** Edits, writes and reads of files. */
import type { DiffHunk, EditDetail } from '../../../webview/contract/transcriptTools.ts';
import type { ItemParts } from '../itemParts.ts';
import { countOf, fieldsOf, type Fields, listOf, nameOf, textOf } from '../values.ts';
import { hasPicture, plainText } from '../items/contentBlocks.ts';
import type { ToolCall, ToolView } from './toolParts.ts';

/** More changed lines than a person looks through; the transcript itself has them all. */
const mostLines = 3000;
const longestLine = 2000;

const pathOf = ({ input, details, row }: ToolCall): string =>
	nameOf(input['file_path']) ?? nameOf(input['notebook_path']) ?? nameOf(details?.['filePath']) ?? row?.path ?? '';

export const editView: ToolView = (call, parts) => {
	const { details, row, isError } = call;
	const { hunks, isCut } = hunksIn(details?.['structuredPatch']);
	return {
		detail: {
			kind: 'edit',
			filePath: pathOf(call),
			isNewFile: details?.['type'] === 'create',
			hunks,
			replacements: hunks.length > 0 ? [] : replacements(call, parts),
			linesAdded: row?.linesAdded ?? null,
			linesRemoved: row?.linesRemoved ?? null,
			isUserModified: details?.['userModified'] === true,
			isCut,
		},
		isWhole: !isError && call.content !== undefined,
	};
};

function replacements({ name, input }: ToolCall, parts: ItemParts): EditDetail['replacements'] {
	if (name === 'Write') return [{ oldText: null, newText: parts.text(textOf(input['content']) ?? ''), isEvery: false }];
	if (name === 'NotebookEdit') return [{ oldText: null, newText: parts.text(textOf(input['new_source']) ?? ''), isEvery: false }];
	const edits = name === 'MultiEdit' ? listOf(input['edits']).map(fieldsOf) : [input];
	return edits
		.filter((edit): edit is Fields => edit !== null)
		.slice(0, 200)
		.map(edit => ({
			oldText: parts.text(textOf(edit['old_string']) ?? ''),
			newText: parts.text(textOf(edit['new_string']) ?? ''),
			isEvery: edit['replace_all'] === true,
		}));
}

function hunksIn(patch: unknown): { hunks: DiffHunk[]; isCut: boolean } {
	const hunks: DiffHunk[] = [];
	let left = mostLines;
	let isCut = false;
	for (const item of listOf(patch)) {
		const hunk = fieldsOf(item);
		const lines = listOf(hunk?.['lines']).filter(line => typeof line === 'string');
		if (hunk === null || lines.length === 0) continue;
		if (left <= 0) return { hunks, isCut: true };
		const kept = lines.slice(0, left).map(line => line.slice(0, longestLine));
		isCut ||= kept.length < lines.length || lines.some(line => line.length > longestLine);
		left -= kept.length;
		hunks.push({
			oldStart: countOf(hunk['oldStart']) ?? 0,
			oldLines: countOf(hunk['oldLines']) ?? 0,
			newStart: countOf(hunk['newStart']) ?? 0,
			newLines: countOf(hunk['newLines']) ?? 0,
			lines: kept,
		});
	}
	return { hunks, isCut };
}

export const readView: ToolView = (call, parts) => {
	const { input, details, content, isError } = call;
	const file = fieldsOf(details?.['file']);
	const numbered = details === null && !isError ? numberedLines(content) : null;
	const text = details?.['type'] === 'text' ? textOf(file?.['content']) : (numbered?.text ?? null);
	const isUnchanged = details?.['type'] === 'file_unchanged';
	return {
		detail: {
			kind: 'read',
			filePath: pathOf(call),
			startLine: countOf(file?.['startLine']) ?? numbered?.first ?? countOf(input['offset']),
			lines: countOf(file?.['numLines']) ?? numbered?.lines ?? countOf(input['limit']),
			totalLines: countOf(file?.['totalLines']),
			content: parts.optional(text),
			isUnchanged,
		},
		isWhole: !isError && !hasPicture(content) && (text !== null || isUnchanged),
	};
};

/** The lines that the model saw, without their numbers: subagents' transcripts hold no other copy. Null when they are not all numbered. */
function numberedLines(content: unknown): { text: string; first: number; lines: number } | null {
	const shown = plainText(content).replace(/\n*<system-reminder>[\s\S]*<\/system-reminder>\s*$/, '');
	if (!/^ *\d+[→\t]/.test(shown)) return null;
	const lines = shown.replace(/\n$/, '').split('\n');
	const plain = lines.map(line => /^ *(\d{1,9})[→\t](.*)$/s.exec(line));
	if (plain.includes(null)) return null;
	return { text: plain.map(found => found?.[2] ?? '').join('\n'), first: Number(plain[0]?.[1]), lines: lines.length };
}
