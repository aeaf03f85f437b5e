// Tool calls with what became of them, and what they say of a session: files, retries, plan mode, commands, skills.
import { withoutContext, type Prompt } from './prompts.ts';
import type { Response, ToolCall } from './responses.ts';
import type { Entry, Ownership, Session } from './sessions.ts';
import { instantAt, isObject, listAt, objectAt, stringAt, textsOf, type Obj } from './values.ts';

export type CallOutcome = 'fine' | 'error' | 'denied' | 'interrupted' | 'unanswered';

export interface Call extends ToolCall {
	readonly session: Session;
	readonly name: string;
	readonly outcome: CallOutcome;
	/** Of the result; empty without one. */
	readonly text: string;
	/** From the call to its result; null without one. */
	readonly durationMs: number | null;
	/** The same call as one before it in the file that failed, and that has not worked since. */
	readonly isRetry: boolean;
}

interface Result {
	readonly position: number;
	readonly record: Obj;
	readonly block: Obj;
	readonly time: number | null;
}

export function callsOf(sessions: readonly Session[], responses: readonly Response[]): Call[] {
	const results = resultsOf(sessions);
	const made = new Map<string, ToolCall & { readonly session: Session }>();
	for (const { session, toolCalls } of responses)
		for (const call of toolCalls) if (!made.has(call.id)) made.set(call.id, { ...call, session });
	const files = Map.groupBy(made.values(), ({ entry }) => entry.file);
	return [...files.values()].flatMap(calls => {
		const ends: CallEnd[] = [];
		return calls
			.sort((a, b) => a.entry.position - b.entry.position)
			.map((call): Call => {
				const result = results.get(call.id);
				const outcome = result === undefined ? 'unanswered' : outcomeOf(result);
				const text = result === undefined ? '' : textOf(result);
				const same = JSON.stringify([call.name, call.input]);
				// What a subagent did that only progress tells of is no failure of the conversation beside it.
				const isOwn = call.entry.type === 'assistant';
				const isRetry = isOwn && repeats(same, call.entry.position, ends);
				if (isOwn && result !== undefined) ends.push({ same, position: result.position, outcome });
				return { ...call, name: call.name ?? '', outcome, text, durationMs: durationOf(call, result), isRetry };
			});
	});
}

interface CallEnd {
	readonly same: string;
	readonly position: number;
	readonly outcome: CallOutcome;
}

/**
 * One of the last 32 failures before it was the same, and none like it has worked since; a call made before the result of the
 * other was there does not repeat it.
 */
function repeats(same: string, position: number, ends: readonly CallEnd[]): boolean {
	let failed: readonly string[] = [];
	for (const end of ends.filter(each => each.position < position).sort((a, b) => a.position - b.position)) {
		if (end.outcome === 'error') failed = [...failed, end.same].slice(-32);
		else if (end.outcome === 'fine') failed = failed.filter(each => each !== end.same);
	}
	return failed.includes(same);
}

/** By the id of the call: the first that stands anywhere. */
function resultsOf(sessions: readonly Session[]): Map<string, Result> {
	const results = new Map<string, Result>();
	for (const { entries } of sessions) {
		for (const { o, type, time, position } of entries) {
			const data = objectAt(o, 'data');
			const inner = type === 'user' ? o : data?.['type'] === 'agent_progress' ? objectAt(data, 'message') : null;
			const message = inner === null ? null : objectAt(inner, 'message');
			if (inner === null || message === null) continue;
			for (const block of listAt(message, 'content').filter(isObject)) {
				const id = block['type'] === 'tool_result' ? stringAt(block, 'tool_use_id') : null;
				if (id !== null && !results.has(id))
					results.set(id, { position, record: inner, block, time: instantAt(inner, 'timestamp') ?? time });
			}
		}
	}
	return results;
}

/** What the tool itself says of its run; else from the call to its result. */
function durationOf({ time }: ToolCall, result: Result | undefined): number | null {
	const details = result === undefined ? null : objectAt(result.record, 'toolUseResult');
	const said = details === null ? [] : [details['totalDurationMs'], details['durationMs'], times(details['durationSeconds'], 1000)];
	const run = said.find(value => typeof value === 'number' && value >= 0);
	if (typeof run === 'number') return Math.round(run);
	return time === null || result === undefined || result.time === null ? null : Math.max(0, result.time - time);
}

const times = (value: unknown, by: number): number | null => (typeof value === 'number' ? value * by : null);

/** Section 14 of the reference. */
const DENIALS = [
	"The user doesn't want to",
	'Permission to use ',
	'Permission for this ',
	'Permission prompt was aborted',
	'Tool permission request failed',
];

const textOf = ({ block }: Result): string => textsOf(block['content']).join('\n').trim();

function outcomeOf(result: Result): CallOutcome {
	const { record, block } = result;
	const text = textOf(result);
	if (block['is_error'] !== true) return 'fine';
	if (stringAt(record, 'toolDenialKind') !== null || DENIALS.some(start => text.startsWith(start))) return 'denied';
	if (/is temporarily unavailable, so auto mode cannot determine/.test(text)) return 'denied';
	if (text.includes('[Request interrupted by user')) return 'interrupted';
	return 'error';
}

const EDITORS = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);
const READERS = new Set(['Read', 'NotebookRead']);

export function pathOf({ input }: Call): string | null {
	return input === null ? null : (stringAt(input, 'file_path') ?? stringAt(input, 'notebook_path'));
}

export const readsOf = (calls: readonly Call[]): Call[] =>
	calls.filter(call => READERS.has(call.name) && call.outcome === 'fine' && pathOf(call) !== null);
export const editsOf = (calls: readonly Call[]): Call[] =>
	calls.filter(call => EDITORS.has(call.name) && call.outcome === 'fine' && pathOf(call) !== null);

/** What a session did. */
export interface Conduct {
	readonly calls: readonly Call[];
	readonly filesEdited: number;
	readonly filesTouched: number;
	readonly hasPlanned: boolean;
	/** Turns in which the conversation itself edited a file. */
	readonly editTurns: number;
	/** Names of the slash commands, one for each time. */
	readonly commands: readonly string[];
	/** Names of the skills that were called, one for each time. */
	readonly skills: readonly string[];
	/** Answers of the API that were errors, each try that failed among them. */
	readonly apiErrors: number;
}

export function conductOf(session: Session, calls: readonly Call[], prompts: readonly Prompt[], ownership: Ownership): Conduct {
	const reads = readsOf(calls);
	const edits = editsOf(calls);
	const own = session.entries.filter(entry => ownership.counts(entry));
	const commands = own.flatMap(entry => {
		const name = commandOf(entry);
		return name === null ? [] : [{ name, entry }];
	});
	return {
		calls,
		filesEdited: new Set(edits.map(pathOf)).size,
		filesTouched: new Set([...reads, ...edits].map(pathOf)).size,
		hasPlanned:
			own.some(({ o }) => o['permissionMode'] === 'plan') || calls.some(({ name }) => name === 'EnterPlanMode' || name === 'ExitPlanMode'),
		editTurns: editTurnsOf(
			edits,
			[...prompts, ...commands].map(({ entry }) => entry),
		),
		commands: commands.map(({ name }) => name),
		skills: calls.flatMap(({ name, input }) =>
			name === 'Skill' && input !== null ? (stringAt(input, 'skill') ?? stringAt(input, 'command') ?? []) : [],
		),
		apiErrors: own.filter(({ o, type }) => o['isApiErrorMessage'] === true || (type === 'system' && o['subtype'] === 'api_error')).length,
	};
}

/** Prompts and slash commands part a transcript in turns. A subagent has none. */
function editTurnsOf(edits: readonly Call[], starts: readonly Entry[]): number {
	const turns = edits
		.filter(({ entry }) => !entry.file.agent && entry.o['isSidechain'] !== true && entry.type === 'assistant')
		.map(({ entry }) => starts.filter(start => start.file === entry.file && start.position < entry.position).length);
	return new Set(turns).size;
}

/** Its name with a slash, which is not always written, in a user's record or in one of the system. */
function commandOf({ o, type, file }: Entry): string | null {
	if (file.agent) return null;
	const content = type === 'user' ? objectAt(o, 'message')?.['content'] : type === 'system' ? o['content'] : null;
	const text = textsOf(content)
		.map(withoutContext)
		.find(each => each !== '');
	if (text === undefined || !/^<command-(name|message)>/.test(text)) return null;
	const name = /<command-name>\/?([^<]*)<\/command-name>/.exec(text)?.[1]?.trim();
	return name === undefined || name === '' ? null : `/${name}`;
}
