/** What nobody said: reminders, hooks, attachments, notices. */
import { textOf as typedText } from '../../claude/transcript/promptText.ts';
import type { Note, NoteKind } from '../../../webview/contract/transcriptItems.ts';
import type { ItemParts } from '../itemParts.ts';
import { countOf, fieldsOf, type Fields, jsonText, listOf, nameOf, textOf } from '../values.ts';
import { plainText } from './contentBlocks.ts';
import { messageIdOf, type ReadRecord } from './record.ts';

/** A note before it has its id and its text a number. */
interface Draft {
	readonly kind: NoteKind;
	readonly name: string;
	readonly text: string;
	readonly isError?: boolean;
	readonly filePath?: string | null;
	readonly durationMs?: number | null;
}

export function noteOf(record: ReadRecord, parts: ItemParts): Note {
	return finished(draftOf(record), messageIdOf(record), record.at, parts);
}

/** Of a tag that the editor or the harness put before a prompt. */
export function contextNote(
	{ id, at, tag, text }: { readonly id: string; readonly at: string | null; readonly tag: string; readonly text: string },
	parts: ItemParts,
): Note {
	return finished(
		{ kind: tag === 'system-reminder' ? 'reminder' : 'file', name: tag, text: text.trim(), filePath: pathIn(text) },
		id,
		at,
		parts,
	);
}

const finished = ({ kind, name, text, isError, filePath, durationMs }: Draft, id: string, at: string | null, parts: ItemParts): Note => ({
	id,
	at,
	kind,
	name,
	text: parts.text(text),
	isError: isError === true,
	filePath: filePath ?? null,
	durationMs: durationMs ?? null,
});

function draftOf({ fields }: ReadRecord): Draft {
	switch (fields['type']) {
		case 'user':
			return userNote(fields);
		case 'attachment':
			return attachmentNote(fieldsOf(fields['attachment']) ?? {});
		case 'system':
			return systemNote(fields);
		case 'assistant':
			return { kind: 'notice', name: '', text: plainText(fieldsOf(fields['message'])?.['content']) };
		default:
			return { kind: 'other', name: nameOf(fields['type']) ?? '', text: textOf(fields['content']) ?? '' };
	}
}

/** By how the text begins; the first that fits. */
const userNotes: readonly (readonly [RegExp, NoteKind, isError?: boolean])[] = [
	[/^<(?:local-command-stdout|bash-stdout)>/, 'output'],
	[/^<(?:local-command-stderr|bash-stderr)>/, 'output', true],
	[
		/^<(?:task-notification|agent-notification|teammate-message|cross-session-message|agent-message|scheduled-task)|^\{"task_id":/,
		'notification',
	],
	[/^(?:Base directory for this skill:|ARGUMENTS:)/, 'skill'],
	[/^(?:Stop hook feedback:|<session-start-hook>)/, 'hook'],
	[/^(?:Unknown skill:|Unknown slash command)/, 'notice'],
];

function userNote(fields: Fields): Draft {
	const content = fieldsOf(fields['message'])?.['content'];
	const whole = plainText(content);
	const text = typedText(content).trim();
	if (text === '')
		return { kind: /^\s*<ide_/.test(whole) ? 'file' : 'reminder', name: '', text: withoutTags(whole), filePath: pathIn(whole) };
	for (const [pattern, kind, isError] of userNotes) {
		if (pattern.test(text))
			return { kind, name: '', text: kind === 'output' ? outputText(text) : withoutTags(text), isError: isError === true };
	}
	if (typeof fields['sourceToolUseID'] === 'string') return { kind: 'skill', name: '', text };
	return { kind: fields['isMeta'] === true ? 'reminder' : 'other', name: '', text: withoutTags(text) };
}

const outputText = (text: string): string => text.replace(/<\/?(?:local-command|bash)-(?:stdout|stderr)>/g, '').trim();

/** Without the tag that encloses the whole. */
const withoutTags = (text: string): string => /^\s*<([a-z_-]+)>([\s\S]*)<\/\1>\s*$/.exec(text)?.[2]?.trim() ?? text.trim();

const pathIn = (text: string): string | null =>
	/(?:opened the file|selected the lines .{1,40} from) (\S[^\n]*?)(?: in the IDE|:?\n|$)/.exec(text)?.[1] ?? null;

function attachmentNote(attachment: Fields): Draft {
	const type = nameOf(attachment['type']) ?? '';
	if (/hook/.test(type)) return hookNote(type, attachment);
	const filePath = nameOf(attachment['filename']) ?? nameOf(attachment['path']) ?? nameOf(attachment['filePath']);
	const text = attachmentText(attachment);
	if (
		filePath !== null ||
		/^(?:file|directory|compact_file_reference|edited_text_file|opened_file_in_ide|selected_lines_in_ide)$/.test(type)
	)
		return { kind: 'file', name: type, text, filePath };
	return { kind: type === 'queued_command' ? 'notification' : 'reminder', name: type, text };
}

function attachmentText(attachment: Fields): string {
	for (const name of ['content', 'prompt', 'snippet', 'text', 'message', 'stdout'] as const) {
		const value = attachment[name];
		if (typeof value === 'string') return value;
		const inner = fieldsOf(fieldsOf(value)?.['file'])?.['content'];
		if (typeof inner === 'string') return inner;
		const text = plainText(value);
		if (text !== '') return text;
	}
	const rest = Object.entries(attachment).filter(([name]) => name !== 'type');
	return rest.length === 0 ? '' : jsonText(Object.fromEntries(rest));
}

function hookNote(type: string, attachment: Fields): Draft {
	const blocking = fieldsOf(attachment['blockingError']);
	const texts = [attachment['stdout'], attachment['stderr'], blocking?.['blockingError'], plainText(attachment['content'])].filter(
		(text): text is string => typeof text === 'string' && text.trim() !== '',
	);
	return {
		kind: 'hook',
		name: nameOf(attachment['hookName']) ?? nameOf(attachment['hookEvent']) ?? type,
		text: [...new Set(texts)].join('\n'),
		isError: /error|cancelled|stopped/.test(type),
		durationMs: countOf(attachment['durationMs']),
	};
}

function systemNote(fields: Fields): Draft {
	const text = textOf(fields['content']) ?? '';
	const subtype = nameOf(fields['subtype']) ?? '';
	switch (subtype) {
		case 'stop_hook_summary':
			return stopHooks(fields);
		case 'turn_duration':
			return { kind: 'turn', name: '', text, durationMs: countOf(fields['durationMs']) };
		case 'away_summary':
			return { kind: 'recap', name: '', text };
		case 'local_command':
			return { kind: 'output', name: '', text: outputText(text), isError: text.startsWith('<local-command-stderr>') };
		case '':
			return { kind: /^(?:Running )?(?:\u001b\[\d+m)?\w+:\w+/.test(text) ? 'hook' : 'notice', name: '', text };
		default:
			return { kind: 'notice', name: subtype, text, isError: fields['level'] === 'warning' || fields['level'] === 'error' };
	}
}

function stopHooks(fields: Fields): Draft {
	const commands = listOf(fields['hookInfos']).map(info => nameOf(fieldsOf(info)?.['command']) ?? '');
	const errors = listOf(fields['hookErrors']).filter(error => typeof error === 'string');
	const durations = listOf(fields['hookInfos']).map(info => countOf(fieldsOf(info)?.['durationMs']) ?? 0);
	return {
		kind: 'hook',
		name: 'Stop',
		text: [...commands, ...errors].filter(line => line !== '').join('\n'),
		isError: errors.length > 0 || fields['preventedContinuation'] === true,
		durationMs: durations.some(ms => ms > 0) ? durations.reduce((sum, ms) => sum + ms, 0) : null,
	};
}
