import type { HookFact, Key } from '../facts.ts';
import type { Envelope } from './envelope.ts';
import { durationOf, keyOfName, lineOf, listOf, objectOf, whole, type Fields } from './json.ts';
import { keyOf } from './key.ts';
import { withoutTerminalCodes } from './terminalCodes.ts';

/** A stop hook that an attachment told of: tool-use id of the event and command. */
export type StopHook = readonly [Key, Key];

const MAX_COMMAND = 200;
const MAX_NAME = 100;
const MAX_STOP_HOOKS = 8;
const MAX_INFOS = 100;

const OUTCOMES: ReadonlyMap<unknown, HookFact['outcome']> = new Map<unknown, HookFact['outcome']>([
	['hook_success', 'success'],
	['hook_non_blocking_error', 'error'],
	['hook_error_during_execution', 'error'],
	['hook_blocking_error', 'blocked'],
	['hook_stopped_continuation', 'blocked'],
	['hook_cancelled', 'cancelled'],
	['async_hook_response', 'unknown'],
]);

/** 1.0.43 to 1.0.56 wrote hooks as text: "PostToolUse:Edit [command] completed successfully". */
const HOOK_TEXT = /^(\w+)(?::(\S+))? \[([\s\S]*)\] (completed successfully|failed\b[\s\S]*)/;
const BLOCKED_TEXT = /^(\w+) operation blocked by hook:?\s*([\s\S]*)/;

/**
 * Hook executions out of the four forms they were ever written in (AUDIT-1). Each execution once: what runs at Stop is
 * taken from the summary record, except where an attachment told of it before.
 */
export class Hooks {
	#stopHooks: StopHook[];

	constructor(remembered: readonly StopHook[]) {
		this.#stopHooks = [...remembered];
	}

	memory(): readonly StopHook[] {
		return [...this.#stopHooks];
	}

	/** An attachment; null when it is no execution: a hook's message or context stands beside the record of its run. */
	ofAttachment(attachment: Fields, envelope: Envelope): HookFact | null {
		const known = OUTCOMES.get(attachment.type);
		if (known === undefined) return null;
		const event = eventOf(attachment);
		const blocking = objectOf(attachment.blockingError);
		const command = lineOf(whole(attachment.command), MAX_COMMAND) ?? lineOf(whole(blocking?.command), MAX_COMMAND);
		const exitCode = typeof attachment.exitCode === 'number' && Number.isInteger(attachment.exitCode) ? attachment.exitCode : null;
		const outcome = known !== 'unknown' || exitCode === null ? known : exitCode === 0 ? 'success' : 'error';
		if (isStop(event)) this.#stopHooks = [...this.#stopHooks, stopHookOf(attachment.toolUseID, command)].slice(-MAX_STOP_HOOKS);
		return {
			...base(envelope, 0, event, command),
			name: lineOf(attachment.hookName, MAX_NAME),
			toolKey: toolKeyOf(event, attachment.toolUseID),
			outcome,
			exitCode,
			durationMs: durationOf(attachment.durationMs),
			errorText:
				outcome === 'success'
					? null
					: (lineOf(whole(blocking?.blockingError), MAX_COMMAND) ?? lineOf(whole(attachment.stderr), MAX_COMMAND)),
			preventedContinuation: attachment.type === 'hook_stopped_continuation',
		};
	}

	/** A `progress` record of a hook that starts; how it ended was not written. */
	ofProgress(record: Fields, data: Fields, envelope: Envelope): HookFact | null {
		const event = eventOf(data);
		if (event === 'Stop') return null;
		return {
			...base(envelope, 0, event, lineOf(whole(data.command), MAX_COMMAND)),
			name: lineOf(data.hookName, MAX_NAME),
			toolKey: toolKeyOf(event, record.parentToolUseID ?? record.toolUseID),
		};
	}

	/** A `stop_hook_summary`: one fact for each hook that ran. */
	ofSummary(record: Fields, envelope: Envelope): HookFact[] {
		const event = envelope.isSidechain ? 'SubagentStop' : 'Stop';
		const errors = listOf(record.hookErrors).map(error => lineOf(error, MAX_COMMAND));
		const infos = listOf(record.hookInfos).slice(0, MAX_INFOS);
		const prevented = record.preventedContinuation === true;
		const facts: HookFact[] = [];
		infos.forEach((item, index) => {
			const info = objectOf(item);
			const command = lineOf(whole(info?.command), MAX_COMMAND);
			if (this.#wasTold(stopHookOf(record.toolUseID, command))) return;
			// Errors do not say whose they are: only a hook that ran alone can be blamed.
			const failed = errors.length === 0 ? 'success' : infos.length === 1 ? 'error' : 'unknown';
			facts.push({
				...base(envelope, index, event, command),
				outcome: prevented ? 'blocked' : failed,
				durationMs: durationOf(info?.durationMs),
				errorText: errors[index] ?? (infos.length === 1 ? (errors[0] ?? null) : null),
				preventedContinuation: prevented,
			});
		});
		return facts;
	}

	/** A `system` record whose text tells of a hook; null for any other text. */
	ofText(record: Fields, envelope: Envelope): HookFact | null {
		const content = whole(record.content);
		if (typeof content !== 'string' || content.length > 10_000) return null;
		const text = withoutTerminalCodes(content).trim();
		const ran = HOOK_TEXT.exec(text);
		if (ran !== null) {
			const [, event = '', tool, command = '', end = ''] = ran;
			const isSuccess = end.startsWith('completed');
			return {
				...base(envelope, 0, event, lineOf(command, MAX_COMMAND)),
				name: tool === undefined ? null : lineOf(`${event}:${tool}`, MAX_NAME),
				toolKey: toolKeyOf(event, record.toolUseID),
				outcome: isSuccess ? 'success' : 'error',
				errorText: isSuccess ? null : lineOf(end, MAX_COMMAND),
			};
		}
		const blocked = BLOCKED_TEXT.exec(text);
		if (blocked === null) return null;
		return { ...base(envelope, 0, blocked[1] ?? '', null), outcome: 'blocked', errorText: lineOf(blocked[2], MAX_COMMAND) };
	}

	#wasTold(hook: StopHook): boolean {
		const at = this.#stopHooks.findIndex(told => told[0] === hook[0] && told[1] === hook[1]);
		if (at < 0) return false;
		this.#stopHooks = this.#stopHooks.filter((_, i) => i !== at);
		return true;
	}
}

const base = (envelope: Envelope, index: number, event: string, command: string | null): HookFact => ({
	offset: envelope.offset,
	index,
	event,
	name: null,
	command,
	toolKey: null,
	outcome: 'unknown',
	exitCode: null,
	durationMs: null,
	errorText: null,
	preventedContinuation: false,
	atMs: envelope.atMs,
});

const eventOf = (fields: Fields): string =>
	lineOf(fields.hookEvent, MAX_NAME) ?? lineOf(fields.hookName, MAX_NAME)?.split(':', 1)[0] ?? '(unknown)';

const isStop = (event: string): boolean => event === 'Stop' || event === 'SubagentStop';

/** Only hooks around a tool call name one; for the others the id stands for the event. */
const toolKeyOf = (event: string, id: unknown): Key | null => (event.includes('ToolUse') ? keyOfName(id) : null);

const stopHookOf = (id: unknown, command: string | null): StopHook => [keyOfName(id) ?? 0, keyOf(command ?? '')];
