/** What a run of the CLI came to, from what it said and how it ended. Pure. Each reason has its own words (CLS-5). */
import type { CliErrorKind, CliStream } from '../../claude/cli/stream.ts';
import type { Tokens } from '../../claude/facts.ts';
import { redactSecrets } from '../../privacy/redact.ts';
import { noTokens, type ProviderOutcome, type ProviderReason, type Spent } from './provider.ts';

export interface CliEnd {
	/** Why we ended it; `exit`: it ended by itself, or was cancelled. */
	readonly cause: 'exit' | 'timed out' | 'too large' | 'retry';
	readonly exitCode: number | null;
	readonly signal: string | null;
	/** The system's code when the process could not be started. */
	readonly spawnError: string | null;
	/** Found after a restart: nobody saw how it ended. */
	readonly isLeft: boolean;
}

export interface Pricing {
	/** US dollars; null for a model without a known price. */
	costOf(model: string, tokens: Tokens): number | null;
}

export function cliOutcome(stream: CliStream, end: CliEnd, pricing: Pricing, now: Date): ProviderOutcome {
	const { result } = stream;
	const spent = spentOn(stream, pricing);
	const failed = (reason: ProviderReason, message: string, retryAt: Date | null = null): ProviderOutcome => ({
		ok: false,
		error: { reason, message, retryAt },
		spent,
	});
	if (end.spawnError !== null) return failed('spawn-failed', `The claude program could not be started (${end.spawnError}).`);
	// An answer that arrived counts, whatever came after it.
	if (result !== null && !result.isError && result.structured !== undefined) return { ok: true, value: result.structured, spent };
	if (end.cause === 'retry' && stream.retry !== null) {
		const { kind, delayMs } = stream.retry;
		return kind === 'rate_limit'
			? failed(...rateLimit(new Date(now.getTime() + (delayMs ?? 0)), true))
			: failed(reasonOf(kind), messageOf(kind));
	}
	if (end.cause === 'timed out') return failed('timed-out', 'Claude did not answer in time.');
	if (end.cause === 'too large') return failed('too-large', 'Claude answered more than an answer can be, and was stopped.');
	if (result === null) {
		if (end.isLeft) return failed('lost', 'VS Code ended before Claude had answered.');
		return stream.mayHaveAsked || end.exitCode !== 0
			? failed('exited', `The claude program ended without an answer (${end.signal ?? `code ${end.exitCode ?? '?'}`}).`)
			: failed('not-json', 'The claude program printed something else than an answer.');
	}
	if (result.subtype === 'error_max_structured_output_retries')
		return failed('wrong-shape', 'Claude answered in another form than asked for.');
	if (result.subtype === 'error_max_budget_usd') return failed('over-budget', 'A request would have cost more than it may.');
	if (!result.isError) return failed('not-json', 'Claude answered with text instead of the form asked for.');
	const kind = stream.errorKind ?? 'unknown';
	if (kind === 'rate_limit' || result.status === 429) return failed(...rateLimit(null, false));
	// What a gateway says may repeat a key.
	return failed(reasonOf(kind), `${messageOf(kind)} (${redactSecrets(result.text).text})`);
}

function rateLimit(until: Date | null, isTold: boolean): [ProviderReason, string, Date | null] {
	return ['rate-limited', isTold ? 'Claude asks to wait.' : 'Claude asks to wait, and does not say how long.', until];
}

function reasonOf(kind: CliErrorKind): ProviderReason {
	switch (kind) {
		case 'rate_limit':
			return 'rate-limited';
		case 'authentication_failed':
			return 'not-logged-in';
		case 'billing_error':
			return 'out-of-credit';
		case 'overloaded':
		case 'server_error':
			return 'server-error';
		case 'invalid_request':
		case 'unknown':
			return 'exited';
	}
}

function messageOf(kind: CliErrorKind): string {
	switch (kind) {
		case 'rate_limit':
			return 'Claude asks to wait.';
		case 'authentication_failed':
			return 'Claude is not logged in, or its login was refused. Run claude once and log in.';
		case 'billing_error':
			return 'The account that claude uses has no credit left.';
		case 'overloaded':
			return 'The service is overloaded.';
		case 'server_error':
			return 'The service failed, or the connection to it.';
		case 'invalid_request':
			return 'The service refused the request.';
		case 'unknown':
			return 'The claude program reported an error.';
	}
}

/** The CLI's own sum where it has one; else what the answers used, which it forgets after some errors. Null where the end of one was not seen. */
function spentOn(stream: CliStream, pricing: Pricing): Spent {
	const tokens = stream.responses.reduce<Tokens>(
		(sum, response) => ({
			input: sum.input + response.tokens.input,
			output: sum.output + response.tokens.output,
			cacheRead: sum.cacheRead + response.tokens.cacheRead,
			cacheWrite5m: sum.cacheWrite5m + response.tokens.cacheWrite5m,
			cacheWrite1h: sum.cacheWrite1h + response.tokens.cacheWrite1h,
		}),
		noTokens,
	);
	const told = Math.round((stream.result?.costUsd ?? 0) * 1e6);
	if (told > 0) return { tokens, micros: told };
	const costs = stream.responses.map(response => pricing.costOf(response.model, response.tokens));
	if (costs.some(cost => cost === null) || stream.responses.some(response => !response.isComplete)) return { tokens, micros: null };
	const known = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
	// Asked, and nothing heard of an answer, nor of an error: it may have been answered and paid.
	const isUnknown = stream.responses.length === 0 && stream.mayHaveAsked && stream.result === null && stream.retry === null;
	return { tokens, micros: isUnknown ? null : Math.round(known * 1e6) };
}
