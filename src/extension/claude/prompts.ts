/** The words of a person in one record of a transcript, for whoever knows where the record lies. */
import { commandOf, kindOf, textOf } from './transcript/promptText.ts';

/** Null for a record that holds no words of a person, or is no record. A slash command comes as `/name args`. */
export function promptIn(line: Uint8Array): string | null {
	let record: unknown;
	try {
		record = JSON.parse(new TextDecoder().decode(line));
	} catch {
		return null;
	}
	if (typeof record !== 'object' || record === null) return null;
	const { message, attachment, content } = record as { message?: unknown; attachment?: unknown; content?: unknown };
	// A prompt that was queued stands in an attachment, or in the queue's own record.
	const text = textOf(fieldOf(message, 'content') ?? fieldOf(attachment, 'prompt') ?? content);
	const kind = kindOf(text);
	if (kind === 'command') {
		const command = commandOf(text);
		return command === null ? null : `${command.name} ${command.args}`.trim();
	}
	return kind === 'typed' || kind === 'plan' || kind === 'shell' ? text.trim() : null;
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
