/**
 * What every provider of classifications is to the rest: it can be checked, asked, and asked after a restart what became
 * of an earlier request (CLS-4, CLS-8). Knows neither jobs nor the ledger.
 */
import type { Tokens } from '../../claude/facts.ts';
import type { ProcessIdentity } from '../../store/processIdentity.ts';
import type { ClassificationPrompt } from '../prompt.ts';

export type ProviderId = 'claude-cli' | 'vscode-lm' | 'anthropic-api' | 'openai-compatible';

export type ProviderReason =
	| 'not-installed'
	| 'too-old' // a version that may delete history (CLS-5)
	| 'not-logged-in' // also: no key, a key that is refused
	| 'not-available' // no such model, no language model in this window, an endpoint that is not set
	| 'refused' // the person or a policy of the editor said no
	| 'out-of-credit'
	| 'spawn-failed'
	| 'exited' // with an error that names no better reason
	| 'rate-limited'
	| 'server-error' // of the API, or on the way to it
	| 'timed-out'
	| 'too-large'
	| 'not-json'
	| 'wrong-shape'
	| 'over-budget' // one request would have cost more than it may
	| 'lost'; // a kill of this process lost the answer

export interface ProviderError {
	readonly reason: ProviderReason;
	/** For people: what happened, and what to do where something can be done. */
	readonly message: string;
	/** When a rate limit ends; null where it was not told. */
	readonly retryAt: Date | null;
}

/** Tokens and money of one request, however it ended. */
export interface Spent {
	readonly tokens: Tokens;
	/** Micro-dollars; null when it cost something and nobody knows how much. */
	readonly micros: number | null;
}

export type ProviderOutcome =
	/** `value` is whatever was answered; `checkAnswers` says whether it is what was asked for. */
	| { readonly ok: true; readonly value: unknown; readonly spent: Spent }
	| { readonly ok: false; readonly error: ProviderError; readonly spent: Spent };

export interface ProviderRequest {
	/** A uuid; stands in the ledger before the request is made. */
	readonly id: string;
	readonly prompt: ClassificationPrompt;
	/** Absolute; only we write below its folder. The answer is there before anything else happens to it. */
	readonly answerFile: string;
	readonly timeoutMs: number;
	/** Micro-dollars one request may cost at most, where the provider can be told. */
	readonly mostMicros: number | null;
	/** Told of the process that answers, before it has anything to answer. */
	readonly onProcess: (identity: ProcessIdentity) => Promise<void>;
}

/** A request that was under way when its owner ended. */
export interface OpenRequest {
	readonly id: string;
	readonly answerFile: string;
	readonly process: ProcessIdentity | null;
	/** When nothing may come any more. */
	readonly deadline: Date;
}

/** What `check` found; the UI shows the text and offers the action. */
export interface Health {
	readonly ok: boolean;
	readonly text: string;
	readonly action: 'install' | 'logIn' | 'setKey' | 'openSettings' | 'loadUserSettings' | null;
}

export interface Provider {
	readonly id: ProviderId;
	readonly model: string;
	/** "Claude CLI", for people. */
	readonly label: string;
	/** To whom the sessions' data goes: a company, or the host of an endpoint. */
	readonly recipient: string;
	/** Models by which it bills, for the estimate: null where it costs nothing by itself. */
	readonly pricedAs: string | null;
	check(signal: AbortSignal): Promise<Health>;
	/**
	 * Rejects with the signal's reason when the window closes (`leave`): a request under way goes on by itself where it
	 * can. When cancelled, everything it started has ended when it answers. Rejects, too, where files of ours fail.
	 */
	ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome>;
	/**
	 * Ends or awaits what is left of a request, and takes what it answered. Null: it was never asked, and cost nothing. A
	 * signal that aborts means the same as to `ask`.
	 */
	recover(request: OpenRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome | null>;
}

export const noTokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
export const nothingSpent: Spent = { tokens: noTokens, micros: 0 };

/** What to do after an error (CLS-5: each has its own rule). */
export type RetryOf =
	| 'stop' // no other request will do better: the run ends
	| 'pause' // until the time it names
	| 'later' // after a back-off: it may well do better then
	| 'again'; // at once: models do not answer alike twice

const retries: Readonly<Record<ProviderReason, RetryOf>> = {
	'not-installed': 'stop',
	'too-old': 'stop',
	'not-logged-in': 'stop',
	'not-available': 'stop',
	refused: 'stop',
	'out-of-credit': 'stop',
	'spawn-failed': 'later',
	exited: 'later',
	'rate-limited': 'pause',
	'server-error': 'later',
	'timed-out': 'later',
	'too-large': 'again',
	'not-json': 'again',
	'wrong-shape': 'again',
	'over-budget': 'stop',
	lost: 'later',
};

export const retryOf = (reason: ProviderReason): RetryOf => retries[reason];

/** How often a session is asked about at most, the first time included, where asking again may help. */
export const mostAttempts = 3;
