import type { PermissionFact } from '../facts.ts';

export interface Denial {
	readonly source: PermissionFact['source'];
	/** What the user wrote with it, verbatim; null when nothing. */
	readonly feedback: string | null;
}

const BY_KIND: ReadonlyMap<unknown, PermissionFact['source']> = new Map<unknown, PermissionFact['source']>([
	['user-rejected', 'user'],
	['permission-rule', 'rule'],
	['automode-blocked', 'classifier'],
	['automode-unavailable', 'unavailable'],
]);

/** Texts of versions that say it in words only; the first that fits. */
const BY_TEXT: readonly (readonly [RegExp, PermissionFact['source']])[] = [
	[/^(?:Error: )?The user doesn't want to (?:proceed with this tool use|take this action right now)/, 'user'],
	[/^(?:Error: )?User rejected tool use/, 'user'],
	[/^(?:Error: )?Permission to use .{1,200} has been auto-denied/s, 'unavailable'],
	[/^(?:Error: )?Permission to use [\s\S]+ has been denied\b/, 'rule'],
	[/^(?:Error: )?Permission for this (?:action|command) was denied by the Claude Code auto mode classifier/, 'classifier'],
	[/^(?:Error: )?Permission for this (?:action|command) was denied by a built-in/, 'rule'],
	[/^.{1,100} is temporarily unavailable, so auto mode cannot determine the safety/, 'unavailable'],
	[/^(?:Error: )?Permission prompt was aborted/, 'unavailable'],
	[/^(?:Error: )?Tool permission request failed/, 'unavailable'],
	[/^PreToolUse:\S+ hook error: \[/, 'unknown'],
];

const FEEDBACK = 'the user said:\n';
/** Advice to Claude that newer versions put behind the user's words. */
const ADVICE = "\n\nNote: The user's next message may contain";

/** Reads a failed tool result as a denial; null when it is an error of the tool (AUDIT-2). `kind` is the record's `toolDenialKind`. */
export function denialOf(text: string, kind: unknown, userFeedback: unknown): Denial | null {
	const head = text.slice(0, 4000);
	const source = BY_KIND.get(kind) ?? BY_TEXT.find(([pattern]) => pattern.test(head))?.[1];
	if (source === undefined) return typeof kind === 'string' ? { source: 'unknown', feedback: null } : null;
	if (source !== 'user') return { source, feedback: null };
	return { source, feedback: typeof userFeedback === 'string' && userFeedback.trim() !== '' ? userFeedback : feedbackIn(text) };
}

function feedbackIn(text: string): string | null {
	const at = text.indexOf(FEEDBACK);
	if (at < 0) return null;
	const rest = text.slice(at + FEEDBACK.length);
	const advice = rest.indexOf(ADVICE);
	const feedback = (advice < 0 ? rest : rest.slice(0, advice)).trim();
	return feedback === '' ? null : feedback;
}
