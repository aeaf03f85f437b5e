/**
 * The words of a person inside the text of a user record: what is a wrapper, what is a marker of generated text, what is
 * left. After section "classifying user records" of docs/transcript-format.md.
 */
import { listOf, objectOf, whole } from './json.ts';

/** Harness context that stands before a prompt in the same record: taken off, the prompt stays. */
const LEADING_CONTEXT = /^\s*<(ide_opened_file|ide_selection|ide_diagnostics|system-reminder)>([\s\S]*?)<\/\1>\s*/;

/** Starts of texts nobody typed. */
const GENERATED = [
	'<local-command-stdout>',
	'<local-command-stderr>',
	'<local-command-caveat>',
	'Caveat: The messages below',
	'<bash-stdout>',
	'<bash-stderr>',
	'<task-notification>',
	'<agent-notification>',
	'{"task_id":',
	'<system-reminder>',
	'<ide_opened_file>',
	'<ide_selection>',
	'<ide_diagnostics>',
	'<scheduled-task',
	'<observed_from_primary_session>',
	'<teammate-message',
	'<cross-session-message',
	'<agent-message',
	'<fork-boilerplate>',
	'<session-start-hook>',
	'<tick>',
	'<goal>',
	'[SUGGESTION MODE',
	'Base directory for this skill:',
	'ARGUMENTS:',
	'Unknown skill:',
	'Unknown slash command',
	'Continue from where you left off.',
	'Stop hook feedback:',
];

export const INTERRUPTION = '[Request interrupted by user';
export const ACCEPTED_PLAN = 'Implement the following plan:';
const CONTINUED = 'This session is being continued';

export type TextKind = 'typed' | 'command' | 'shell' | 'interruption' | 'plan' | 'summary' | 'generated' | 'empty';

/** Text of a message's content, leading harness context taken off; text blocks are joined by newlines. */
export function textOf(content: unknown): string {
	const value = whole(content);
	if (typeof value === 'string') return withoutContext(value);
	const texts: string[] = [];
	for (const item of listOf(value)) {
		const block = objectOf(item);
		if (block?.type !== 'text') continue;
		const text = whole(block.text);
		if (typeof text !== 'string') continue;
		const rest = withoutContext(text);
		if (rest.trim() !== '') texts.push(rest);
	}
	return texts.join('\n');
}

/** Pictures and documents may be sent without a word. */
export const hasAttachedFile = (content: unknown): boolean =>
	listOf(content).some(item => {
		const type = objectOf(item)?.type;
		return type === 'image' || type === 'document';
	});

/** What the editor and the harness put before a text, tag by tag, and the text itself. */
export function contextBefore(text: string): {
	readonly contexts: readonly { readonly tag: string; readonly text: string }[];
	readonly rest: string;
} {
	const contexts: { tag: string; text: string }[] = [];
	let rest = text;
	for (let match = LEADING_CONTEXT.exec(rest); match !== null; match = LEADING_CONTEXT.exec(rest)) {
		contexts.push({ tag: match[1] ?? '', text: match[2] ?? '' });
		rest = rest.slice(match[0].length);
	}
	return { contexts, rest };
}

const withoutContext = (text: string): string => contextBefore(text).rest;

export function kindOf(text: string): TextKind {
	const start = text.trimStart();
	if (start === '') return 'empty';
	if (start.startsWith('<command-name>') || start.startsWith('<command-message>')) return 'command';
	if (start.startsWith('<bash-input>')) return 'shell';
	if (start.startsWith(INTERRUPTION)) return 'interruption';
	if (start.startsWith(ACCEPTED_PLAN)) return 'plan';
	if (start.startsWith(CONTINUED)) return 'summary';
	if (start.trimEnd() === 'Warmup' || GENERATED.some(marker => start.startsWith(marker))) return 'generated';
	return 'typed';
}

/** Words of the user: runs between white space (MODEL-5). */
export function wordCountOf(text: string): number {
	const word = /\S+/g;
	let count = 0;
	while (word.test(text)) count++;
	return count;
}

export interface Command {
	/** With its slash. */
	readonly name: string;
	/** What the user wrote behind it; empty when nothing. */
	readonly args: string;
}

/** The slash command in a text of kind `command`. */
export function commandOf(text: string): Command | null {
	const name = (tag(text, 'command-name') ?? tag(text, 'command-message') ?? '').trim().replace(/^\/+/, '');
	if (name === '') return null;
	return { name: `/${name.slice(0, 100).toWellFormed()}`, args: (tag(text, 'command-args') ?? '').trim() };
}

/** A prompt typed into the queue as `/name args`. */
export function typedCommandOf(text: string): Command | null {
	const match = /^\/([a-z][\w:-]*)(?:\s+([\s\S]*))?$/i.exec(text.trim());
	return match === null ? null : { name: `/${match[1] ?? ''}`.slice(0, 101), args: (match[2] ?? '').trim() };
}

function tag(text: string, name: string): string | null {
	const start = text.indexOf(`<${name}>`);
	if (start < 0) return null;
	const from = start + name.length + 2;
	const end = text.indexOf(`</${name}>`, from);
	return text.slice(from, end < 0 ? undefined : end);
}

/** Session whose accepted plan a text carries out: the file named at its end. */
export function planSessionOf(text: string): string | null {
	const path = /read the full transcript at: ([^\n]{1,4096}?)\.jsonl/.exec(text.slice(-8192))?.[1];
	return path?.split(/[\\/]/).at(-1)?.toWellFormed() ?? null;
}

/** First heading of an accepted plan, without the word "plan" before it; null for another text, or a plan without one. */
export function planTitleOf(text: string): string | null {
	const start = text.trimStart();
	if (!start.startsWith(ACCEPTED_PLAN)) return null;
	const heading = /^#{1,6}[ \t]+(.{1,200})/m
		.exec(start.slice(0, 4096))?.[1]
		?.replace(/^(?:implementation )?plan:[ \t]*/i, '')
		.trim();
	return heading === undefined || heading === '' ? null : heading.slice(0, 120).toWellFormed();
}
