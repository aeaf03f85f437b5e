/** One request to an HTTP endpoint, and what its status means. */
import type { ProviderError } from './provider.ts';
import { largestAnswer } from './answerFile.ts';

export type HttpReply =
	{ readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: ProviderError; readonly isPaid: boolean };

/** Rejects with what `fetch` rejects with: the signal's reason, or an error of the connection. Follows no redirection: it would carry the key elsewhere. */
export async function postJson(
	url: string,
	headers: Readonly<Record<string, string>>,
	body: unknown,
	signal: AbortSignal,
): Promise<HttpReply> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
		signal,
		redirect: 'error',
	});
	const text = await readLimited(response);
	if (text === null) return failed({ reason: 'too-large', message: 'The model answered more than an answer can be.', retryAt: null }, true);
	if (!response.ok) return failed(errorOf(response.status, response.headers.get('retry-after'), Date.now()), false);
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

const failed = (error: ProviderError, isPaid: boolean): HttpReply => ({ ok: false, error, isPaid });

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
