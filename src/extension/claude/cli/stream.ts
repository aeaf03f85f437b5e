/**
 * What `claude --print --output-format stream-json` says, line by line. Tolerant: noise between the lines, types nobody
 * has seen and a last line without its end are passed over. Described after runs of 2.1.197 against an API of our own.
 */
import type { Tokens } from '../facts.ts';
import { isOlder, versionIn } from './environment.ts';

/** Why the CLI could not get an answer; its own words, in its `error` fields. */
export type CliErrorKind =
	'rate_limit' | 'authentication_failed' | 'server_error' | 'overloaded' | 'billing_error' | 'invalid_request' | 'unknown';

/** The CLI is about to wait and ask again by itself. */
export interface CliRetry {
	readonly kind: CliErrorKind;
	readonly delayMs: number | null;
}

export interface CliResult {
	readonly isError: boolean;
	/** `success`, `error_max_structured_output_retries`, … */
	readonly subtype: string;
	readonly status: number | null;
	/** What was answered in the form asked for; undefined when nothing was. */
	readonly structured: unknown;
	/** The CLI's own sum; it is 0 after some errors although requests were answered and paid (seen with 2.1.197). */
	readonly costUsd: number;
	/** For people: the text of an error. At most 300 characters. */
	readonly text: string;
}

/** One API answer as far as it was streamed. */
export interface CliResponse {
	readonly model: string;
	readonly tokens: Tokens;
	/** Its end was seen, and with it how much was put out. */
	readonly isComplete: boolean;
}

/** From here on a request is announced; it was not looked at in earlier ones. */
const tellsOfRequests = '2.1.197';
/** A line longer than this is no line of the CLI's. */
const longestLine = 4 << 20;

export class CliStream {
	readonly #decoder = new TextDecoder();
	readonly #responses = new Map<string, CliResponse>();
	#current: string | null = null;
	#rest = '';
	#overlong = false;
	#hasAsked = false;
	#version: string | null = null;
	#retry: CliRetry | null = null;
	#errorKind: CliErrorKind | null = null;
	#result: CliResult | null = null;

	push(bytes: Uint8Array): void {
		const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
		this.#rest = lines.pop() ?? '';
		for (const line of lines) {
			if (!this.#overlong) this.#read(line);
			this.#overlong = false;
		}
		if (this.#rest.length > longestLine) {
			this.#rest = '';
			this.#overlong = true;
		}
	}

	/** The last line may have no newline. */
	end(): void {
		if (!this.#overlong) this.#read(this.#rest);
		this.#rest = '';
	}

	/** A request may have reached the API, and so may cost something. Older versions do not say when they ask. */
	get mayHaveAsked(): boolean {
		return this.#hasAsked || (this.#version !== null && isOlder(this.#version, tellsOfRequests));
	}

	/** The first time the CLI wanted to try again; null while it has not. */
	get retry(): CliRetry | null {
		return this.#retry;
	}

	/** Of the last answer that stands for an error. */
	get errorKind(): CliErrorKind | null {
		return this.#errorKind;
	}

	get result(): CliResult | null {
		return this.#result;
	}

	/** Every API answer that began, with the last known tokens. */
	get responses(): readonly CliResponse[] {
		return [...this.#responses.values()];
	}

	#read(line: string): void {
		const start = line.indexOf('{');
		if (start < 0) return;
		let value: unknown;
		try {
			value = JSON.parse(line.slice(start));
		} catch {
			return;
		}
		const event = recordOf(value);
		if (event['type'] === 'system') this.#system(event);
		else if (event['type'] === 'stream_event') this.#streamed(recordOf(event['event']));
		else if (event['type'] === 'assistant') this.#assistant(event);
		else if (event['type'] === 'result') this.#result ??= resultOf(event);
	}

	#system(event: Fields): void {
		if (event['subtype'] === 'init') this.#version = versionIn(String(event['claude_code_version'])) ?? '0.0.0';
		else if (event['subtype'] === 'status' && event['status'] === 'requesting') this.#hasAsked = true;
		else if (event['subtype'] === 'api_retry') {
			this.#hasAsked = true;
			this.#retry ??= { kind: kindOf(event['error']), delayMs: numberOf(event['retry_delay_ms']) };
		}
	}

	#streamed(event: Fields): void {
		if (event['type'] === 'message_start') {
			const message = recordOf(event['message']);
			this.#current = String(message['id']);
			this.#responses.set(this.#current, {
				model: String(message['model']),
				tokens: tokensOf(recordOf(message['usage'])),
				isComplete: false,
			});
		} else if (event['type'] === 'message_delta' && this.#current !== null) {
			const before = this.#responses.get(this.#current);
			const usage = recordOf(event['usage']);
			if (before === undefined) return;
			const output = numberOf(usage['output_tokens']) ?? before.tokens.output;
			this.#responses.set(this.#current, { ...before, tokens: { ...before.tokens, output }, isComplete: true });
		}
	}

	#assistant(event: Fields): void {
		const message = recordOf(event['message']);
		if (event['error'] !== undefined) this.#errorKind = kindOf(event['error']);
		const id = String(message['id']);
		// Versions that stream nothing in between still say what an answer used.
		if (message['model'] === '<synthetic>' || this.#responses.has(id)) return;
		this.#hasAsked = true;
		this.#responses.set(id, { model: String(message['model']), tokens: tokensOf(recordOf(message['usage'])), isComplete: false });
	}
}

type Fields = Readonly<Record<string, unknown>>;

const recordOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const countOf = (value: unknown): number => Math.max(0, Math.round(numberOf(value) ?? 0));

const kinds: readonly CliErrorKind[] = [
	'rate_limit',
	'authentication_failed',
	'server_error',
	'overloaded',
	'billing_error',
	'invalid_request',
];
const kindOf = (value: unknown): CliErrorKind => kinds.find(kind => kind === value) ?? 'unknown';

function resultOf(event: Fields): CliResult {
	const errors = listOf(event['errors']).map(String).join('; ');
	const text = typeof event['result'] === 'string' ? event['result'] : errors;
	return {
		isError: event['is_error'] === true,
		subtype: String(event['subtype']),
		status: numberOf(event['api_error_status']),
		structured: event['structured_output'],
		costUsd: Math.max(0, numberOf(event['total_cost_usd']) ?? 0),
		text: text.slice(0, 300).toWellFormed(),
	};
}

function tokensOf(usage: Fields): Tokens {
	const cacheWrite1h = countOf(recordOf(usage['cache_creation'])['ephemeral_1h_input_tokens']);
	return {
		input: countOf(usage['input_tokens']),
		output: countOf(usage['output_tokens']),
		cacheRead: countOf(usage['cache_read_input_tokens']),
		cacheWrite5m: Math.max(0, countOf(usage['cache_creation_input_tokens']) - cacheWrite1h),
		cacheWrite1h,
	};
}
