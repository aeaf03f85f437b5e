/**
 * Which texts a record of a transcript holds, for whoever shows or searches them. Pure: a record as `JSON.parse` gave it in,
 * texts out. The figures are made by `recordReader.ts`, which passes most texts over; here they are all that counts.
 */
import { instantOf } from './instant.ts';
import { lineOf, listOf, nameOf, objectOf, type Fields } from './json.ts';
import { commandOf, kindOf, textOf } from './promptText.ts';
import { SYNTHETIC } from './responses.ts';
import { withoutTerminalCodes } from './terminalCodes.ts';
import { isHuman } from './userRecords.ts';

/** `context`: what Claude Code itself put there. `file`: the path of a file that a tool is to read or change. */
export type RecordTextKind = 'prompt' | 'answer' | 'thinking' | 'toolInput' | 'toolResult' | 'file' | 'title' | 'context';

export interface RecordText {
	readonly kind: RecordTextKind;
	/** As a terminal shows it, without the codes for colours: they would part words, and join with them. */
	readonly text: string;
	/** Name of the tool, of its inputs and files; null for results, which name only the call. */
	readonly tool: string | null;
	/** The call a result belongs to. */
	readonly toolUseId: string | null;
}

export interface RecordTexts {
	readonly uuid: string | null;
	readonly role: 'user' | 'assistant' | 'system';
	/** ISO 8601 in UTC. */
	readonly timestamp: string | null;
	readonly atMs: number | null;
	readonly branch: string | null;
	/** That gave the answer; null for records nobody answered with. */
	readonly model: string | null;
	readonly agentId: string | null;
	/** It stands in the queue of typed prompts, which repeats what most versions of Claude Code also write as a record of its own. */
	readonly isQueued: boolean;
	readonly texts: readonly RecordText[];
}

/** A call's inputs may nest as deeply as a program likes; what is deeper than any real one is left out. */
const deepest = 12;

/** Attachments that bring content with them; the others are reminders to Claude, the same in every session. */
const attachmentsWithContent = /^(?:file|edited_text_file|selected_lines_in_ide|opened_file_in_ide|hook_\w+|async_hook_response)$/;

const fileFields = ['file_path', 'notebook_path', 'path'] as const;

/** Null for what is no record. `isSubagent`: what stands as a person's word in a subagent's file was said by Claude. */
export function textsOf(record: unknown, isSubagent = false): RecordTexts | null {
	const fields = objectOf(record);
	if (fields === null) return null;
	const atMs = instantOf(fields.timestamp);
	const message = objectOf(fields.message);
	const model = fields.type === 'assistant' ? lineOf(message?.model, 200) : null;
	return {
		uuid: nameOf(fields.uuid),
		role: fields.type === 'assistant' ? 'assistant' : fields.type === 'user' || fields.type === 'queue-operation' ? 'user' : 'system',
		timestamp: atMs === null ? null : new Date(atMs).toISOString(),
		atMs,
		branch: lineOf(fields.gitBranch, 200),
		model: model === SYNTHETIC ? null : model,
		agentId: nameOf(fields.agentId),
		isQueued: fields.type === 'queue-operation',
		texts: textsIn(fields, message, isSubagent)
			.map(text => ({ ...text, text: withoutTerminalCodes(text.text) }))
			.filter(({ text }) => text.trim() !== ''),
	};
}

function textsIn(record: Fields, message: Fields | null, isSubagent: boolean): RecordText[] {
	switch (record.type) {
		case 'user':
			return userTexts(record, message, isSubagent);
		case 'assistant':
			return assistantTexts(message?.model === SYNTHETIC, message);
		case 'system':
			return commandTexts(stringsIn(record.content).join('\n'));
		case 'attachment':
			return attachmentTexts(objectOf(record.attachment));
		case 'queue-operation':
			return record.operation === 'enqueue' ? promptTexts(textOf(record.content)) : [];
		case 'custom-title':
			return titles(record.customTitle);
		case 'ai-title':
			return titles(record.aiTitle);
		case 'summary':
			return titles(record.summary);
		default:
			return [];
	}
}

function userTexts(record: Fields, message: Fields | null, isSubagent: boolean): RecordText[] {
	const results = listOf(message?.content)
		.map(objectOf)
		.filter((block): block is Fields => block?.type === 'tool_result');
	if (results.length === 0) {
		const isTyped =
			record.isMeta !== true &&
			record.isCompactSummary !== true &&
			record.isSidechain !== true &&
			!isSubagent &&
			record.promptSource !== 'system' &&
			isHuman(record.origin);
		const text = textOf(message?.content);
		return [...(isTyped ? promptTexts(text) : [plain('context', text)]), ...contextBefore(message?.content)];
	}
	const texts = results.map(block => ({
		kind: 'toolResult' as const,
		text: blocksText(block.content),
		tool: null,
		toolUseId: nameOf(block.tool_use_id),
	}));
	const feedback = typeof record.userFeedback === 'string' ? [plain('prompt', record.userFeedback)] : [];
	// What a person wrote into the same record as the result.
	return [...texts, ...promptTexts(textOf(message?.content)), ...contextBefore(message?.content), ...feedback];
}

/** What Claude Code put before a person's words in the same text: the file they had open, what they had selected. */
function contextBefore(content: unknown): RecordText[] {
	const texts = typeof content === 'string' ? [content] : listOf(content).map(item => objectOf(item)?.text);
	return texts.flatMap(text => {
		const length = typeof text === 'string' ? text.length - textOf(text).length : 0;
		return typeof text === 'string' && length > 0 ? [plain('context', text.slice(0, length))] : [];
	});
}

function assistantTexts(isSynthetic: boolean, message: Fields | null): RecordText[] {
	if (typeof message?.content === 'string') return [plain(isSynthetic ? 'context' : 'answer', message.content)];
	return listOf(message?.content).flatMap(item => {
		const block = objectOf(item);
		switch (block?.type) {
			case 'text':
				return typeof block.text === 'string' ? [plain(isSynthetic ? 'context' : 'answer', block.text)] : [];
			case 'thinking':
				return typeof block.thinking === 'string' ? [plain('thinking', block.thinking)] : [];
			case 'tool_use':
			case 'server_tool_use':
			case 'mcp_tool_use':
				return toolTexts(block);
			default:
				// Results of tools that the API itself ran.
				return typeof block?.type === 'string' && block.type.endsWith('_tool_result')
					? [{ kind: 'toolResult' as const, text: stringsIn(block.content).join('\n'), tool: null, toolUseId: nameOf(block.tool_use_id) }]
					: [];
		}
	});
}

function toolTexts(block: Fields): RecordText[] {
	const tool = lineOf(block.name, 200);
	const toolUseId = nameOf(block.id);
	const input = objectOf(block.input);
	const files = fileFields.map(field => nameOf(input?.[field])).filter(path => path !== null);
	const others =
		input === null ? wordsIn(block.input) : Object.entries(input).flatMap(([name, value]) => (isFileField(name) ? [] : wordsIn(value)));
	return [
		...files.map(text => ({ kind: 'file' as const, text, tool, toolUseId })),
		{ kind: 'toolInput', text: others.join('\n'), tool, toolUseId },
	];
}

const isFileField = (name: string): boolean => (fileFields as readonly string[]).includes(name);

function attachmentTexts(attachment: Fields | null): RecordText[] {
	if (attachment?.type === 'queued_command') {
		const isPrompt = attachment.commandMode === undefined || attachment.commandMode === 'prompt';
		const text = textOf(attachment.prompt);
		return isPrompt && isHuman(attachment.origin) ? promptTexts(text) : [plain('context', text)];
	}
	if (typeof attachment?.type !== 'string' || !attachmentsWithContent.test(attachment.type)) return [];
	return [
		plain(
			'context',
			Object.entries(attachment)
				.flatMap(([name, value]) => (name === 'type' ? [] : stringsIn(value)))
				.join('\n'),
		),
	];
}

/** What a person typed, or a wrapper that is none of theirs. */
function promptTexts(text: string): RecordText[] {
	const kind = kindOf(text);
	if (kind === 'typed') return [plain('prompt', text)];
	return kind === 'command' || kind === 'shell' ? commandTexts(text) : [plain('context', text)];
}

/** A slash command as it was typed, and whatever came along with it; any other text of the harness as it is. */
function commandTexts(text: string): RecordText[] {
	const kind = kindOf(text);
	const command = kind === 'command' ? commandOf(text) : null;
	if (command !== null) {
		const typed = `${command.name} ${command.args}`.trim();
		const rest = text
			.replace(/<(command-name|command-args)>[^]*?<\/\1>/g, ' ')
			.replace(/<command-message>([^]*?)<\/command-message>/g, (_, message: string) => (typed.includes(message) ? ' ' : message));
		return [plain('prompt', typed), plain('context', rest)];
	}
	if (kind === 'shell') return [plain('prompt', text.replace(/<\/?bash-input>/g, ''))];
	return [plain('context', text)];
}

const titles = (title: unknown): RecordText[] => (typeof title === 'string' ? [plain('title', title)] : []);

const plain = (kind: RecordTextKind, text: string): RecordText => ({ kind, text, tool: null, toolUseId: null });

/** The texts of a result's blocks; pictures and documents have none. */
function blocksText(content: unknown): string {
	if (typeof content === 'string') return content;
	const texts: string[] = [];
	for (const item of listOf(content)) {
		const block = objectOf(item);
		if (typeof item === 'string') texts.push(item);
		else if (typeof block?.text === 'string') texts.push(block.text);
	}
	return texts.join('\n');
}

/** Every text in a JSON value, but not pictures. */
const stringsIn = (value: unknown): string[] => leavesIn(value, leaf => (typeof leaf === 'string' ? leaf : null));

/** Also numbers: that of an issue is what a person remembers of a call. Yes and no stand in too many calls to tell one from another. */
const wordsIn = (value: unknown): string[] =>
	leavesIn(value, leaf => (typeof leaf === 'string' ? leaf : typeof leaf === 'number' ? String(leaf) : null));

function leavesIn(value: unknown, textOfLeaf: (leaf: unknown) => string | null, depth = 0): string[] {
	const text = textOfLeaf(value);
	if (text !== null) return [text];
	if (typeof value !== 'object' || value === null || depth > deepest) return [];
	if (objectOf(value)?.type === 'base64') return [];
	return Object.values(value).flatMap(inner => leavesIn(inner, textOfLeaf, depth + 1));
}
