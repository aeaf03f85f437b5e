/** One request to an HTTP endpoint, and what its status means. */
import { refuseAddress } from '../../privacy/addresses.ts';
import { largestAnswer } from './answerFile.ts';
import type { Health, ProviderError } from './provider.ts';

export interface HttpFailure {
	readonly ok: false;
	readonly error: ProviderError;
	/** It may have cost something that nobody knows. */
	readonly isPaid: boolean;
}

export type HttpReply = { readonly ok: true; readonly body: unknown } | HttpFailure;

const checkMs = 5_000;

/**
 * Rejects only with the signal's reason. Nothing is sent to an address that a key may not go to, and no redirection is
 * followed: it would carry the key elsewhere.
 */
export async function postJson(
	url: string,
	headers: Readonly<Record<string, string>>,
	body: unknown,
	signal: AbortSignal,
): Promise<HttpReply> {
	const refusal = refuseAddress(url);
	if (refusal !== null) return unavailable(refusal);
	let response: Response;
	let text: string | null;
	try {
		response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
			signal,
			redirect: 'error',
		});
		if (!response.ok) {
			// Whatever words come with it: nothing was answered.
			await response.body?.cancel().catch(() => undefined);
			return failed(errorOf(response.status, response.headers.get('retry-after'), Date.now()), false);
		}
		text = await readLimited(response);
	} catch (error) {
		signal.throwIfAborted();
		const code = codeOf(error);
		return isBeforeSending(error)
			? failed({ reason: 'server-error', message: `The provider could not be reached (${code}).`, retryAt: null }, false)
			: failed({ reason: 'server-error', message: `The connection to the provider broke off (${code}).`, retryAt: null }, true);
	}
	if (text === null) return failed({ reason: 'too-large', message: 'The model answered more than an answer can be.', retryAt: null }, true);
	try {
		return { ok: true, body: JSON.parse(text) as unknown };
	} catch {
		return failed({ reason: 'not-json', message: 'The provider answered with something else than JSON.', retryAt: null }, true);
	}
}

/** Pure. `retryAfter` is the header: seconds, or a date. */
export function errorOf(status: number, retryAfter: string | null, nowMs: number): ProviderError {
	const error = (reason: ProviderError['reason'], message: string, retryAt: Date | null = null): ProviderError => ({
		reason,
		message,
		retryAt,
	});
	switch (status) {
		case 401:
		case 403:
			return error('not-logged-in', 'The provider refused the key.');
		case 402:
			return error('out-of-credit', 'The account has no credit left.');
		case 404:
			return error('not-available', 'The provider has no such model, or the address is wrong.');
		case 429:
			return error('rate-limited', 'The provider asks to wait.', retryTime(retryAfter, nowMs));
		default:
			return status >= 500
				? error('server-error', `The provider failed (${status}).`)
				: error('exited', `The provider refused the request (${status}).`);
	}
}

function retryTime(header: string | null, nowMs: number): Date | null {
	if (header === null) return null;
	const seconds = Number(header);
	const atMs = Number.isFinite(seconds) ? nowMs + Math.max(0, seconds) * 1_000 : Date.parse(header);
	return Number.isNaN(atMs) ? null : new Date(atMs);
}

const failed = (error: ProviderError, isPaid: boolean): HttpFailure => ({ ok: false, error, isPaid });

/** Something is not set, or cannot be used as it is: asking again would not help. */
export const unavailable = (message: string): HttpFailure => failed({ reason: 'not-available', message, retryAt: null }, false);

/** The key, or why there can be no request: nothing was sent then. */
export async function readKey(
	key: () => Promise<string | null>,
): Promise<{ readonly ok: true; readonly key: string | null } | HttpFailure> {
	try {
		return { ok: true, key: await key() };
	} catch {
		return failed({ reason: 'server-error', message: 'The key could not be read from the secret storage.', retryAt: null }, false);
	}
}

/** Asks an address that costs nothing whether the server is there and takes the key. Rejects only with the signal's reason. */
export async function checkServer(
	url: string,
	headers: Readonly<Record<string, string>>,
	recipient: string,
	signal: AbortSignal,
): Promise<Health> {
	const refusal = refuseAddress(url);
	if (refusal !== null) return { ok: false, text: refusal, action: 'openSettings' };
	try {
		const response = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(checkMs)]), redirect: 'error' });
		await response.body?.cancel();
		if (response.status === 401 || response.status === 403) return { ok: false, text: `${recipient} refused the key.`, action: 'setKey' };
		// Some servers do not list their models; the first request will tell.
		return { ok: true, text: `${recipient} answers`, action: null };
	} catch {
		signal.throwIfAborted();
		return { ok: false, text: `${recipient} does not answer. Is the address right, and the server running?`, action: 'openSettings' };
	}
}

/** Of the system's resolver, and of TLS before it is agreed: not a byte of the request is on its way. */
const beforeSending =
	/^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|ERR_TLS_\w+|ERR_SSL_\w*(?:VERSION|HANDSHAKE|CIPHER|PACKET_LENGTH)\w*|CERT_\w+|UNABLE_TO_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/;

/** What is not known to have failed before may have been answered, and paid. */
function isBeforeSending(error: unknown): boolean {
	const cause = causeOf(error);
	// Several where a host has several addresses.
	const attempts: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
	const neverConnected = attempts.every(attempt => attempt instanceof Error && 'syscall' in attempt && attempt.syscall === 'connect');
	// A port that no request may go to has no code.
	return neverConnected || beforeSending.test(codeOf(error)) || (cause instanceof Error && cause.message === 'bad port');
}

const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause instanceof Error ? error.cause : error);

function codeOf(error: unknown): string {
	const cause = causeOf(error);
	const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
	return typeof code === 'string' ? code : 'no connection';
}

async function readLimited(response: Response): Promise<string | null> {
	const decoder = new TextDecoder();
	let text = '';
	if (response.body === null) return text;
	for await (const chunk of response.body) {
		text += decoder.decode(chunk, { stream: true });
		if (text.length > largestAnswer) return null;
	}
	return text;
}
