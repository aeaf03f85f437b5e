/**
 * Providers that answer this process itself (an HTTP endpoint, the editor's models): what they answer is written to the
 * request's file before anything else happens to it, so that a kill in between does not lose what was paid for.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Tokens } from '../../claude/facts.ts';
import { largestAnswer } from './answerFile.ts';
import { noTokens, nothingSpent, type OpenRequest, type ProviderError, type ProviderOutcome, type ProviderRequest } from './provider.ts';

/** What arrived: the text of the answer, still to be read as JSON, and what it used. */
export interface Arrived {
	readonly text: string;
	/** Null where the provider does not say. */
	readonly tokens: Tokens | null;
}

export type Reply =
	{ readonly ok: true; readonly arrived: Arrived } | { readonly ok: false; readonly error: ProviderError; readonly isPaid: boolean };

export interface WrittenParts {
	/** Micro-dollars; null when the price is not known. */
	readonly microsOf: (tokens: Tokens) => number | null;
	/** Asks once, and says of each failure whether it may have cost something. Rejects only with the signal's reason. */
	readonly reply: (request: ProviderRequest, signal: AbortSignal) => Promise<Reply>;
}

export async function askWritten(
	parts: WrittenParts,
	request: ProviderRequest,
	signal: AbortSignal,
	leave: (reason: unknown) => boolean,
): Promise<ProviderOutcome> {
	const timeout = AbortSignal.timeout(request.timeoutMs);
	// Empty: it may have been asked.
	await writeFile(request.answerFile, '', { flag: 'wx', mode: 0o600 });
	let reply: Reply;
	try {
		reply = await parts.reply(request, AbortSignal.any([signal, timeout]));
	} catch {
		if (signal.aborted && leave(signal.reason)) throw signal.reason;
		if (signal.aborted) return failed({ reason: 'lost', message: 'Cancelled while the answer was awaited.', retryAt: null }, true);
		if (timeout.aborted) return failed({ reason: 'timed-out', message: 'The model did not answer in time.', retryAt: null }, true);
		// Nobody foresaw it, so nobody knows whether the provider had been asked.
		return failed({ reason: 'server-error', message: 'The answer of the provider could not be read.', retryAt: null }, true);
	}
	if (!reply.ok) return failed(reply.error, reply.isPaid);
	await writeFile(request.answerFile, JSON.stringify(reply.arrived), { mode: 0o600, flush: true });
	return outcomeOf(reply.arrived, parts);
}

/** Takes what a request left in its file. Null: it was never asked. */
export async function recoverWritten(parts: WrittenParts, request: OpenRequest): Promise<ProviderOutcome | null> {
	if (!existsSync(request.answerFile)) return null;
	try {
		const { text, tokens } = JSON.parse(await readFile(request.answerFile, 'utf8')) as Partial<Arrived>;
		if (typeof text === 'string') return outcomeOf({ text, tokens: tokens ?? null }, parts);
	} catch {
		// Empty, or cut off in the middle.
	}
	return failed({ reason: 'lost', message: 'VS Code ended before the model had answered.', retryAt: null }, true);
}

function outcomeOf({ text, tokens }: Arrived, { microsOf }: WrittenParts): ProviderOutcome {
	const spent = { tokens: tokens ?? noTokens, micros: tokens === null ? null : microsOf(tokens) };
	const error = (reason: ProviderError['reason'], message: string): ProviderOutcome => ({
		ok: false,
		error: { reason, message, retryAt: null },
		spent,
	});
	if (text.length > largestAnswer) return error('too-large', 'The model answered more than an answer can be.');
	const value = jsonIn(text);
	return value === undefined
		? error('not-json', 'The model answered with text instead of the form asked for.')
		: { ok: true, value, spent };
}

/** The object in a text: models like to put words or a fence of three ticks around it. */
export function jsonIn(text: string): unknown {
	const from = text.indexOf('{');
	const to = text.lastIndexOf('}');
	if (from < 0 || to < from) return undefined;
	try {
		return JSON.parse(text.slice(from, to + 1)) as unknown;
	} catch {
		return undefined;
	}
}

/** `isPaid`: it may have cost something that nobody knows. */
function failed(error: ProviderError, isPaid: boolean): ProviderOutcome {
	return { ok: false, error, spent: isPaid ? { tokens: noTokens, micros: null } : nothingSpent };
}
