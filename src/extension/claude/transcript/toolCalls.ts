import type { Key, PermissionFact, ToolResultFact, ToolStatus, TranscriptFacts } from '../facts.ts';
import { denialOf, type Denial } from './denials.ts';
import type { Envelope } from './envelope.ts';
import { durationOf, keyOfName, lineOf, listOf, nameOf, objectOf, printOf, whole, type Fields } from './json.ts';
import { pathAccess } from '../tools.ts';
import { isCheck, runsTests } from '../shellCommands.ts';
import { keyOf } from './key.ts';
import { lineChangeOf } from './lineChange.ts';
import type { SummaryFold } from './summaryFold.ts';
import { AGENT_TOOLS, inputOf, mcpServerOf, summaryOf } from './toolInputs.ts';

/** A call that waits for its result, as plain JSON. */
export interface PendingCall {
	readonly key: Key;
	readonly offset: number;
	readonly block: number;
	readonly name: string;
	readonly startedMs: number | null;
	readonly print: Key;
	/** Known from an `agent_progress` record. */
	readonly isProgress: boolean;
	/** What it edits when it succeeds; null for a call that edits nothing. */
	readonly edits: Key | null;
	/** What its shell command does; absent for another tool, or a command that neither checks nor tests. */
	readonly shell?: 'check' | 'tests' | undefined;
	/** Subagent the call was seen to run, before its result. */
	agentId: string | null;
}

export interface ToolMemory {
	readonly pending: readonly PendingCall[];
	/** Print and key of calls that failed and have not worked since. */
	readonly failed: readonly (readonly [Key, Key])[];
}

/** More calls than this never wait at once; those never answered (a broken-off turn) are forgotten first. */
const MAX_PENDING = 64;
const MAX_FAILED = 32;
const MAX_NAME = 200;
const MAX_ERROR = 200;

/** Tools that ask for permission, so that running them without being asked says something. */
const GUARDED = /^(?:Bash|PowerShell|Edit|MultiEdit|Write|NotebookEdit|WebFetch|WebSearch|mcp__.*)$/s;

const SHELLS: ReadonlySet<string> = new Set(['Bash', 'PowerShell']);
const PLANNING: ReadonlySet<string> = new Set(['EnterPlanMode', 'ExitPlanMode']);

/** Pairs tool calls with their results (MODEL-4) and reads off the decisions about them (AUDIT-2). */
export class ToolCalls {
	readonly #fold: SummaryFold;
	readonly #pending: Map<Key, PendingCall>;
	#failed: (readonly [Key, Key])[];

	constructor(memory: ToolMemory, fold: SummaryFold) {
		this.#fold = fold;
		this.#pending = new Map(memory.pending.map(call => [call.key, { ...call }]));
		this.#failed = [...memory.failed];
	}

	memory(): ToolMemory {
		return { pending: [...this.#pending.values()].map(call => ({ ...call })), failed: [...this.#failed] };
	}

	/** A `tool_use` block. One of an `agent_progress` record is its subagent's: it counts in no figure of this file. */
	call(envelope: Envelope, block: Fields, index: number, isProgress: boolean, facts: TranscriptFacts): void {
		const name = lineOf(block.name, MAX_NAME) ?? '(unnamed)';
		const key = keyOfName(block.id) ?? keyOf(`${envelope.ownKey ?? envelope.offset}:${index}`);
		if (isProgress && this.#pending.has(key)) return;
		const print = keyOf(`${name} ${printOf(block.input)}`);
		const isRetry = !isProgress && this.#failed.some(([failed, by]) => failed === print && by !== key);
		const input = inputOf(name, block.input);
		const about = summaryOf(name, input);
		facts.toolCalls.push({
			offset: envelope.offset,
			block: index,
			key,
			isProgress,
			name,
			...about,
			startedMs: envelope.atMs,
			isSidechain: envelope.isSidechain,
			isCopy: envelope.isCopy,
			isRetry,
		});
		this.#pending.delete(key);
		this.#pending.set(key, {
			key,
			offset: envelope.offset,
			block: index,
			name,
			startedMs: envelope.atMs,
			print,
			isProgress,
			edits: about.filePath !== null && pathAccess(name) === 'edit' ? keyOf(about.filePath) : null,
			...(SHELLS.has(name) ? { shell: shellWorkOf(whole(objectOf(input)?.command)) } : {}),
			agentId: null,
		});
		const oldest = this.#pending.keys().next().value;
		if (this.#pending.size > MAX_PENDING && oldest !== undefined) this.#pending.delete(oldest);
		if (envelope.isCopy || isProgress) return;
		if (isRetry) this.#fold.retry();
		if (PLANNING.has(name)) this.#fold.planMode();
		const server = mcpServerOf(name);
		if (server !== null) this.#fold.mcpCall(server);
		const skill =
			name === 'Skill' ? (lineOf(whole(objectOf(input)?.skill), MAX_NAME) ?? lineOf(whole(objectOf(input)?.command), MAX_NAME)) : null;
		if (skill !== null) this.#fold.skill(skill);
	}

	/** A subagent reports while the call that started it still runs. */
	link(toolUseId: unknown, agentId: unknown): void {
		const key = keyOfName(toolUseId);
		const call = key === null ? undefined : this.#pending.get(key);
		if (call !== undefined) call.agentId ??= nameOf(agentId);
	}

	/** A `tool_result` block; `outcome` is the record's `toolUseResult` when it belongs to this block. Returns what the user wrote while denying the call. */
	result(envelope: Envelope, record: Fields, block: Fields, outcome: unknown, facts: TranscriptFacts): string | null {
		const answer = answerOf(record, block, outcome);
		const { status, denial } = answer;
		const call = this.#pendingOf(block);
		if (!envelope.isCopy) this.#fold.toolResult(status);
		if (call === undefined) return denial?.feedback ?? null;
		this.#pending.delete(call.key);
		if (status === 'error') this.#failed = [...this.#failed, [call.print, call.key] as const].slice(-MAX_FAILED);
		// What worked since is done again for another reason: tests that passed are run after the next edit.
		else if (status === 'ok') this.#failed = this.#failed.filter(([failed]) => failed !== call.print);
		facts.toolResults.push(resultFact(call, answer, envelope));
		if (!envelope.isCopy) this.#work(call, status, envelope.isSidechain);
		if (!envelope.isCopy) this.#decide(call, answer, envelope.atMs, facts.permissions);
		return denial?.feedback ?? null;
	}

	/** What a call that ran says of the turn. */
	#work(call: PendingCall, status: ToolStatus, isSidechain: boolean): void {
		if (status === 'denied') return;
		if (call.shell === 'tests') this.#fold.count('testRuns');
		// A turn is what the main conversation does; subagents beside it have none.
		if (isSidechain) return;
		if (call.shell !== undefined) this.#fold.checked();
		if (call.edits !== null && status === 'ok') this.#fold.edited(call.edits);
	}

	/** A `tool_result` block inside an `agent_progress` record, whose own record is `inner`: counted and decided in no file but its subagent's. */
	progressResult(envelope: Envelope, inner: Fields, block: Fields, outcome: unknown, facts: TranscriptFacts): void {
		const call = this.#pendingOf(block);
		if (call?.isProgress !== true) return;
		this.#pending.delete(call.key);
		facts.toolResults.push(resultFact(call, answerOf(inner, block, outcome), envelope));
	}

	#pendingOf(block: Fields): PendingCall | undefined {
		const key = keyOfName(block.tool_use_id);
		return key === null ? undefined : this.#pending.get(key);
	}

	#decide(call: PendingCall, { status, denial, text }: Answer, atMs: number | null, permissions: PermissionFact[]): void {
		const { offset: callOffset, block: callBlock } = call;
		if (denial !== null) {
			const reason = lineOf(denial.feedback ?? text, MAX_ERROR);
			permissions.push({ callOffset, callBlock, decision: 'denied', source: denial.source, reason, atMs });
		} else if (call.name === 'ExitPlanMode' && status === 'ok') {
			permissions.push({ callOffset, callBlock, decision: 'allowed', source: 'user', reason: null, atMs });
		} else if (this.#fold.permissionMode === 'bypassPermissions' && GUARDED.test(call.name)) {
			permissions.push({ callOffset, callBlock, decision: 'bypassed', source: 'unknown', reason: 'bypassPermissions', atMs });
		}
	}
}

function shellWorkOf(command: unknown): PendingCall['shell'] {
	if (typeof command !== 'string' || !isCheck(command)) return undefined;
	return runsTests(command) ? 'tests' : 'check';
}

/** What a result says of its call. */
interface Answer {
	readonly status: ToolStatus;
	readonly denial: Denial | null;
	/** Empty where nothing went wrong. */
	readonly text: string;
	readonly details: Fields | null;
	readonly content: unknown;
}

/** `outcome` is the record's `toolUseResult` when it belongs to this block. */
function answerOf(record: Fields, block: Fields, outcome: unknown): Answer {
	const details = objectOf(outcome);
	const isError = block.is_error === true;
	const isRefusal = isError || record.toolDenialKind !== undefined;
	const text = isRefusal ? resultText(block.content) : '';
	const denial = isRefusal ? denialIn(text, record, outcome) : null;
	const isInterrupted = details?.interrupted === true || text.includes('[Request interrupted by user');
	return { status: statusOf(isError, isInterrupted, denial), denial, text, details, content: block.content };
}

function denialIn(text: string, record: Fields, outcome: unknown): Denial | null {
	const denial = denialOf(text, record.toolDenialKind, record.userFeedback);
	if (denial !== null) return denial;
	const said = whole(outcome);
	return typeof said === 'string' ? denialOf(said, undefined, record.userFeedback) : null;
}

function resultFact(call: PendingCall, { status, text, details, content }: Answer, envelope: Envelope): ToolResultFact {
	return {
		callOffset: call.offset,
		callBlock: call.block,
		status,
		resultOffset: envelope.offset,
		resultLength: envelope.length,
		durationMs: durationBetween(call.startedMs, envelope.atMs, details),
		errorText: status === 'error' ? errorLine(text) : null,
		...lineChangeOf(details),
		agentId: agentOf(call, details, content),
	};
}

function statusOf(isError: boolean, isInterrupted: boolean, denial: Denial | null): ToolStatus {
	if (denial !== null) return 'denied';
	if (isInterrupted) return 'interrupted';
	return isError ? 'error' : 'ok';
}

function resultText(content: unknown): string {
	const value = whole(content);
	if (typeof value === 'string') return value;
	const texts = listOf(value).map(item => whole(objectOf(item)?.text));
	return texts.filter(text => typeof text === 'string').join('\n');
}

function errorLine(text: string): string | null {
	const plain = text
		.slice(0, 4000)
		.replace(/<\/?tool_use_error>/g, '')
		.trimStart();
	return lineOf(plain.split('\n', 1)[0], MAX_ERROR);
}

function durationBetween(startedMs: number | null, endedMs: number | null, details: Fields | null): number | null {
	const seconds = durationOf(details?.durationSeconds);
	const own =
		durationOf(details?.totalDurationMs) ??
		durationOf(details?.durationMs) ??
		(seconds === null ? null : exactMs(details?.durationSeconds));
	if (own !== null) return own;
	return startedMs === null || endedMs === null || endedMs < startedMs ? null : endedMs - startedMs;
}

const exactMs = (seconds: unknown): number | null => (typeof seconds === 'number' ? durationOf(seconds * 1000) : null);

/** The subagent a call started; older results name it only in their text. */
function agentOf(call: PendingCall, details: Fields | null, content: unknown): string | null {
	if (!AGENT_TOOLS.has(call.name)) return null;
	return nameOf(details?.agentId) ?? call.agentId ?? nameOf(/\bagentId: ([\w-]{1,100})/.exec(resultText(content))?.[1]);
}
