/** What a person typed, or was typed in their place: prompts and commands, in all the ways records hold them. */
import { denialOf } from '../../claude/transcript/denials.ts';
import {
	ACCEPTED_PLAN,
	commandOf,
	contextBefore,
	kindOf,
	textOf as typedText,
	typedCommandOf,
} from '../../claude/transcript/promptText.ts';
import type { CommandContent, Note, PromptContent } from '../../../webview/contract/transcriptItems.ts';
import type { ContentBlock } from '../../../webview/contract/transcriptText.ts';
import type { ItemParts } from '../itemParts.ts';
import { fieldsOf, listOf, textOf } from '../values.ts';
import { contentBlock, plainText } from './contentBlocks.ts';
import { contextNote } from './notes.ts';
import { messageIdOf, type ReadRecord } from './record.ts';

export function promptContent(record: ReadRecord, isSubagent: boolean, parts: ItemParts): PromptContent {
	const { content, isQueued } = wordsOf(record);
	const feedback = feedbackIn(record);
	const text = feedback ?? typedText(content);
	const isPlan = record.isMade && text.trimStart().startsWith(ACCEPTED_PLAN);
	return {
		kind: 'prompt',
		// Nobody types into a subagent, wherever its words stand.
		from: isPlan ? 'plan' : isSubagent || record.fields['isSidechain'] === true ? 'agent' : 'person',
		text: parts.text(text),
		attachments: feedback === null ? attachments(content, parts) : [],
		context: feedback === null ? contextOf(record, content, parts) : [],
		isQueued,
		isFeedback: feedback !== null,
		isCorrection: record.isCorrection,
	};
}

export function commandContent(record: ReadRecord, parts: ItemParts): CommandContent {
	const { content, isQueued } = wordsOf(record);
	const text = typedText(content);
	const isShell = kindOf(text) === 'shell' || fieldsOf(record.fields['attachment'])?.['commandMode'] === 'bash';
	if (isShell) {
		const line = between(text, 'bash-input') ?? text;
		return { kind: 'command', isShell, name: line.trim(), args: parts.text(''), output: outputIn(text, parts) };
	}
	const command = kindOf(text) === 'command' ? commandOf(text) : isQueued ? typedCommandOf(text) : null;
	return {
		kind: 'command',
		isShell,
		name: command?.name ?? text.trim().slice(0, 200),
		args: parts.text(command?.args ?? ''),
		output: outputIn(text, parts),
	};
}

/** The words themselves, whichever field of the record holds them. */
function wordsOf({ fields }: ReadRecord): { readonly content: unknown; readonly isQueued: boolean } {
	const attachment = fieldsOf(fields['attachment']);
	if (attachment !== null) return { content: attachment['prompt'], isQueued: true };
	if (fields['type'] === 'queue-operation') return { content: fields['content'], isQueued: true };
	return { content: fieldsOf(fields['message'])?.['content'] ?? fields['content'], isQueued: false };
}

/** What a person wrote when they denied a call: the record is its result. */
function feedbackIn({ fields }: ReadRecord): string | null {
	for (const item of listOf(fieldsOf(fields['message'])?.['content'])) {
		const block = fieldsOf(item);
		if (block?.['type'] !== 'tool_result') continue;
		const said = denialOf(plainText(block['content']), fields['toolDenialKind'], fields['userFeedback'])?.feedback;
		if (said !== null && said !== undefined) return said;
		const outcome = textOf(fields['toolUseResult']);
		return outcome === null ? '' : (denialOf(outcome, undefined, fields['userFeedback'])?.feedback ?? '');
	}
	return null;
}

/** Everything but the texts, which are the prompt itself. */
const attachments = (content: unknown, parts: ItemParts): ContentBlock[] =>
	listOf(content)
		.filter(item => fieldsOf(item)?.['type'] !== 'text')
		.map(item => contentBlock(item, parts));

function contextOf(record: ReadRecord, content: unknown, parts: ItemParts): Note[] {
	const texts = typeof content === 'string' ? [content] : listOf(content).map(item => textOf(fieldsOf(item)?.['text']) ?? '');
	return texts
		.flatMap(text => contextBefore(text).contexts)
		.map(({ tag, text }) => contextNote({ id: messageIdOf(record), at: record.at, tag, text }, parts));
}

function outputIn(text: string, parts: ItemParts): CommandContent['output'] {
	const output = ['local-command-stdout', 'local-command-stderr', 'bash-stdout', 'bash-stderr']
		.map(tag => between(text, tag))
		.filter(part => part !== null && part !== '');
	return output.length === 0 ? null : parts.text(output.join('\n'));
}

export function between(text: string, tag: string): string | null {
	const start = text.indexOf(`<${tag}>`);
	if (start < 0) return null;
	const end = text.indexOf(`</${tag}>`, start);
	return text.slice(start + tag.length + 2, end < 0 ? undefined : end);
}
