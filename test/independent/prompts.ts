// What the user typed, by section 15 of the format reference, and where the user interrupted.
import type { Entry, Ownership, Session } from './sessions.ts';
import { isObject, listAt, objectAt, stringAt, textsOf, type Obj } from './values.ts';

export interface Prompt {
	readonly text: string;
	readonly entry: Entry;
	readonly kind: 'typed' | 'queued' | 'feedback';
}

/** Texts that begin so were not typed. A slash command and a `!` command are in this table, so neither is a prompt, arguments or not. */
const MARKERS = [
	'<command-name>',
	'<command-message>',
	'<local-command-stdout>',
	'<local-command-stderr>',
	'<local-command-caveat>',
	'Caveat: The messages below',
	'<bash-input>',
	'<bash-stdout>',
	'<bash-stderr>',
	'<task-notification>',
	'<scheduled-task',
	'<observed_from_primary_session>',
	'<teammate-message',
	'<cross-session-message',
	'<agent-message',
	'[Request interrupted by user',
	'[SUGGESTION MODE',
	'<fork-boilerplate>',
	'Implement the following plan:',
	'Base directory for this skill:',
	'ARGUMENTS:',
	'Unknown skill:',
	'Unknown slash command',
	'Continue from where you left off.',
	'This session is being continued',
	'Stop hook feedback:',
	// The vendor's own skip list for the first prompt, same section.
	'<session-start-hook>',
	'<tick>',
	'<goal>',
	// Not in the table, seen in queues of early 2.1: the older form of a task notification.
	'<agent-notification>',
];

/** The reference gives `Warmup` as the whole text of a pre-warm run; a sentence that begins with the word is somebody's. */
function startsWithMarker(text: string): boolean {
	return text === 'Warmup' || MARKERS.some(marker => text.startsWith(marker));
}

const CONTEXT = /^\s*<(system-reminder|ide_opened_file|ide_selection)>[\s\S]*?(?:<\/\1>|$)/;

/** Context put before the prompt goes, the prompt stays. */
export function withoutContext(text: string): string {
	let rest = text;
	while (CONTEXT.test(rest)) rest = rest.replace(CONTEXT, '');
	return rest.trim();
}

/** The typed text of a message's content, '' for a picture alone, null when nobody typed it. */
function typedText(content: unknown): string | null {
	const texts = textsOf(content)
		.map(withoutContext)
		.filter(text => text !== '');
	const first = texts[0];
	if (first !== undefined) return startsWithMarker(first) ? null : texts.join('\n');
	// A pasted picture or document without words is a prompt of no words.
	const attached =
		Array.isArray(content) && content.some(block => isObject(block) && (block['type'] === 'image' || block['type'] === 'document'));
	return attached ? '' : null;
}

function contentOf(o: Obj): unknown {
	return objectAt(o, 'message')?.['content'];
}

function toolResultsOf(o: Obj): Obj[] {
	const message = objectAt(o, 'message');
	return message === null
		? []
		: listAt(message, 'content')
				.filter(isObject)
				.filter(block => block['type'] === 'tool_result');
}

/** `origin.kind` present and not `human`: another agent, a notification, a channel. */
function fromElsewhere(o: Obj): boolean {
	const origin = objectAt(o, 'origin');
	const kind = origin?.['kind'];
	return kind !== undefined && kind !== null && kind !== 'human';
}

/** The ladder of section 15 for a `user` record. In a subagent's file nothing is a typed prompt, whatever its `isSidechain` says. */
function typedPromptOf({ o, type, file }: Entry): string | null {
	if (type !== 'user' || file.agent) return null;
	if (o['isMeta'] === true || o['isCompactSummary'] === true || o['isSidechain'] === true) return null;
	// By the letter: a text beside a tool result (a comment given with an approval) is no prompt.
	if (fromElsewhere(o) || o['promptSource'] === 'system' || toolResultsOf(o).length > 0) return null;
	return typedText(contentOf(o));
}

const REFUSAL = "The user doesn't want to";
const FEEDBACK = 'the user said:';

/** "No, and tell Claude what to do": one prompt per refused call with words of the user, also when the call was a subagent's. */
function feedbackOf({ o, type }: Entry): string[] {
	if (type !== 'user') return [];
	const field = stringAt(o, 'userFeedback')?.trim() ?? '';
	if (field !== '') return [field];
	return toolResultsOf(o).flatMap(result => {
		const text = textsOf(result['content']).join('\n').trim();
		const at = text.indexOf(FEEDBACK);
		if (result['is_error'] !== true || !text.startsWith(REFUSAL) || at < 0) return [];
		const said = text.slice(at + FEEDBACK.length).trim();
		// A declined question carries a sentence of the harness in this place.
		return said === '' || said.startsWith('The user wants to clarify these questions') ? [] : [said];
	});
}

/** A prompt put into a running turn. */
function injectedOf({ o, type, file }: Entry): string | null {
	const attachment = type === 'attachment' ? objectAt(o, 'attachment') : null;
	if (attachment?.['type'] !== 'queued_command' || file.agent || o['isSidechain'] === true) return null;
	if (o['isMeta'] === true || attachment['isMeta'] === true || fromElsewhere(attachment)) return null;
	const mode = attachment['commandMode'];
	return mode === undefined || mode === 'prompt' ? typedText(attachment['prompt']) : null;
}

/** Two records of one text this close are one prompt. */
const SAME_PROMPT_MS = 60_000;

function near(a: number | null, b: number | null): boolean {
	return a === null || b === null || Math.abs(a - b) <= SAME_PROMPT_MS;
}

/** All prompts of a session that count there, in file order. Copied ones count in the session that owns them; ask for sessions in the order of `compareSessions`. */
export function promptsOf(session: Session, ownership: Ownership, queueSeen: Set<string>): Prompt[] {
	const prompts: Prompt[] = [];
	for (const entry of session.entries) {
		if (!ownership.counts(entry)) continue;
		const typed = typedPromptOf(entry);
		if (typed !== null) prompts.push({ text: typed, entry, kind: 'typed' });
		const injected = injectedOf(entry);
		if (injected !== null) prompts.push({ text: injected, entry, kind: 'queued' });
		for (const text of feedbackOf(entry)) prompts.push({ text, entry, kind: 'feedback' });
	}
	const used = new Set<Prompt>();
	const repeats = injectedRepeats(prompts, used);
	const kept = prompts.filter(prompt => !repeats.has(prompt));
	for (const { text, entry, queuedAt } of takenFromQueue(session)) {
		// Queue records have no uuid: a copied one is known by its time and text, and counts in the session looked at first.
		const copyKey = `${queuedAt.time ?? `${session.id} ${queuedAt.position}`} ${text}`;
		if (queueSeen.has(copyKey)) continue;
		queueSeen.add(copyKey);
		const same = kept.find(
			p =>
				!used.has(p) && p.kind !== 'feedback' && p.text === text && (near(p.entry.time, queuedAt.time) || near(p.entry.time, entry.time)),
		);
		if (same !== undefined) used.add(same);
		else kept.push({ text, entry, kind: 'queued' });
	}
	const files = [...session.mains, ...session.others];
	return kept.sort((a, b) => files.indexOf(a.entry.file) - files.indexOf(b.entry.file) || a.entry.position - b.entry.position);
}

/** An injected prompt that its session also holds as a user record, by `source_uuid` or by text and time. */
function injectedRepeats(prompts: readonly Prompt[], used: Set<Prompt>): Set<Prompt> {
	const repeats = new Set<Prompt>();
	for (const prompt of prompts) {
		if (prompt.kind !== 'queued') continue;
		const attachment = objectAt(prompt.entry.o, 'attachment');
		const source = attachment === null ? null : stringAt(attachment, 'source_uuid');
		const same = prompts.find(
			p =>
				p.kind === 'typed' &&
				!used.has(p) &&
				((source !== null && p.entry.o['uuid'] === source) ||
					(p.text === prompt.text && p.entry.position > prompt.entry.position && near(p.entry.time, prompt.entry.time))),
		);
		if (same === undefined) continue;
		used.add(same);
		repeats.add(prompt);
	}
	// A user record that stands for an injected prompt may still be the one a removal left behind.
	used.clear();
	return repeats;
}

interface Taken {
	readonly text: string;
	readonly entry: Entry;
	readonly queuedAt: Entry;
}

/** Prompts that left the queue by `remove`: before 2.1.97 the queue is the only place they stand. A dequeued one has its user record, `popAll` gives the texts back to the editor, and what still waits at the end was never sent. */
function takenFromQueue(session: Session): Taken[] {
	const taken: Taken[] = [];
	for (const file of session.mains) {
		let waiting: { text: string; entry: Entry }[] = [];
		for (const entry of session.entries) {
			if (entry.file !== file || entry.type !== 'queue-operation') continue;
			const operation = entry.o['operation'];
			const text = textsOf(entry.o['content']).join('\n').trim();
			if (operation === 'enqueue') waiting.push({ text, entry });
			else if (operation === 'popAll') waiting = [];
			else if (operation === 'dequeue' || operation === 'remove') {
				// By its text when the record repeats it, else the oldest.
				const at = Math.max(0, text === '' ? 0 : waiting.findIndex(item => item.text === text));
				const item = waiting.splice(at, 1)[0] ?? { text, entry };
				if (operation === 'remove' && typedInQueue(item.text)) {
					taken.push({ text: withoutContext(item.text), entry, queuedAt: item.entry });
				}
			}
		}
	}
	return taken;
}

/** In the queue a slash command stands as typed, and early notifications as a JSON object. */
function typedInQueue(text: string): boolean {
	const typed = withoutContext(text);
	return typed !== '' && !startsWithMarker(typed) && !typed.startsWith('/') && !typed.startsWith('{"task_id"');
}

/** A text block that is exactly this, in the session's own transcript: what a subagent or a suggestion run notes of it is the same key press. */
export function isInterruption({ o, type, file }: Entry): boolean {
	if (type !== 'user' || file.agent || o['isSidechain'] === true) return false;
	return textsOf(contentOf(o)).some(text => /^\[Request interrupted by user( for tool use)?\]$/.test(text.trim()));
}

/** MODEL-5: runs between white space, wrappers already gone. */
export function wordsIn(text: string): number {
	return text.split(/\s+/).filter(word => word !== '').length;
}

/** The plan a session was started with names the transcript it came from. */
export function plannedIn(entry: Entry): string | null {
	if (entry.type !== 'user') return null;
	const text = textsOf(contentOf(entry.o))[0]?.trimStart() ?? '';
	if (!text.startsWith('Implement the following plan:')) return null;
	return /read the full transcript at: .*?([^/\\]+)\.jsonl/.exec(text)?.[1] ?? null;
}

/** `/rename X`, from the time before title records. Null: no rename; '' clears. */
export function renameIn(entry: Entry): string | null {
	const text =
		entry.type === 'user' ? (textsOf(contentOf(entry.o))[0] ?? '') : entry.type === 'system' ? (stringAt(entry.o, 'content') ?? '') : '';
	if (!/^\s*<command-(name|message)>/.test(text) || !/<command-name>\/?rename<\/command-name>/.test(text)) return null;
	return /<command-args>([\s\S]*?)<\/command-args>/.exec(text)?.[1]?.trim() ?? '';
}
