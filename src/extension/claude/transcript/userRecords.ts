import type { MessageType } from '../facts.ts';
import type { Envelope } from './envelope.ts';
import { nameOf, objectOf, type Fields } from './json.ts';
import { commandOf, hasAttachedFile, kindOf, textOf, type Command } from './promptText.ts';

/** What a user record without a tool result is. */
export interface UserText {
	readonly type: MessageType;
	/** The text without wrappers; of a slash command its arguments. */
	readonly text: string;
	readonly command: Command | null;
	/** An accepted plan, or the task given to a subagent: not typed, but it says what the session is about. */
	readonly isMadePrompt: boolean;
}

/**
 * Tells what a person typed from what the harness wrote in their name: a typed prompt is only what none of the rules for
 * the others catches.
 */
export function userTextOf(record: Fields, envelope: Envelope, isSubagent: boolean): UserText {
	const content = objectOf(record.message)?.content;
	const text = textOf(content);
	const kind = kindOf(text);
	const as = (type: MessageType, isMadePrompt = false): UserText => ({ type, text, command: null, isMadePrompt });
	if (record.isCompactSummary === true) return as('compact_summary');
	if (kind === 'interruption') return as('interruption');
	if (envelope.isMeta) return as('context');
	if (envelope.isSidechain || isSubagent) return as('context', isSubagent && kind === 'typed');
	if (record.promptSource === 'system' || !isHuman(record.origin)) return as('context');
	switch (kind) {
		case 'command': {
			const command = commandOf(text);
			return command === null ? as('context') : { type: 'command', text: command.args, command, isMadePrompt: false };
		}
		case 'shell':
			return as('command');
		case 'plan':
			return as('context', true);
		case 'summary':
			return as('compact_summary');
		case 'empty':
			return as(hasAttachedFile(content) ? 'prompt' : 'context');
		case 'typed':
			return as('prompt');
		default:
			return as('context');
	}
}

/** `origin.kind` is absent on most records a person typed. */
export function isHuman(origin: unknown): boolean {
	const kind = nameOf(objectOf(origin)?.kind);
	return kind === null || kind === 'human';
}
