/** Any endpoint that speaks like OpenAI's chat completions: Ollama, LM Studio, a gateway. */
import type { Tokens } from '../../claude/facts.ts';
import type { ClassificationPrompt } from '../prompt.ts';
import { hostOf } from './anthropicApi.ts';
import { postJson } from './http.ts';
import type { Health, OpenRequest, Provider, ProviderOutcome, ProviderRequest } from './provider.ts';
import { askWritten, recoverWritten, type Reply, type WrittenParts } from './written.ts';

export interface OpenAiCompatibleParts {
	readonly model: string;
	/** Up to and without `/chat/completions`, such as `http://127.0.0.1:11434/v1`; empty when not set. */
	readonly baseUrl: string;
	/** Null without one: local servers need none. */
	readonly key: () => Promise<string | null>;
	/** Null where no price is known; 0 for a server on this machine. */
	readonly microsOf: (tokens: Tokens) => number | null;
}

export class OpenAiCompatible implements Provider {
	readonly id = 'openai-compatible';
	readonly label = 'OpenAI-compatible endpoint';
	readonly model: string;
	readonly recipient: string;
	readonly pricedAs: string | null;
	readonly #parts: OpenAiCompatibleParts;
	readonly #written: WrittenParts;

	constructor(parts: OpenAiCompatibleParts) {
		this.#parts = parts;
		this.model = parts.model;
		this.recipient = hostOf(parts.baseUrl);
		this.pricedAs = isLocal(parts.baseUrl) ? null : parts.model;
		this.#written = {
			microsOf: tokens => (isLocal(parts.baseUrl) ? 0 : parts.microsOf(tokens)),
			reply: (request, signal) => this.#reply(request.prompt, signal),
		};
	}

	async check(signal: AbortSignal): Promise<Health> {
		const { baseUrl, model } = this.#parts;
		if (baseUrl === '' || model === '')
			return { ok: false, text: 'Set the address of the endpoint and the name of a model first.', action: 'openSettings' };
		try {
			const key = await this.#parts.key();
			const response = await fetch(`${withoutSlash(baseUrl)}/models`, {
				headers: key === null ? {} : { authorization: `Bearer ${key}` },
				signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
				redirect: 'error',
			});
			await response.body?.cancel();
			if (response.status === 401 || response.status === 403)
				return { ok: false, text: `${this.recipient} refused the key.`, action: 'setKey' };
			// Some servers do not list their models; the first request will tell.
			return { ok: true, text: `${this.recipient} answers`, action: null };
		} catch {
			signal.throwIfAborted();
			return { ok: false, text: `${this.recipient} does not answer. Is the server running?`, action: 'openSettings' };
		}
	}

	ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome> {
		return askWritten(this.#written, request, signal, leave);
	}

	recover(request: OpenRequest): Promise<ProviderOutcome | null> {
		return recoverWritten(this.#written, request);
	}

	async #reply({ system, user, schema }: ClassificationPrompt, signal: AbortSignal): Promise<Reply> {
		const key = await this.#parts.key();
		const reply = await postJson(
			`${withoutSlash(this.#parts.baseUrl)}/chat/completions`,
			key === null ? {} : { authorization: `Bearer ${key}` },
			{
				model: this.#parts.model,
				temperature: 0,
				messages: [
					// Said in words, too: not every server heeds the schema.
					{
						role: 'system',
						content: `${system}\n\nAnswer with one JSON object of this schema and nothing else:\n${JSON.stringify(schema)}`,
					},
					{ role: 'user', content: user },
				],
				response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
			},
			signal,
		);
		if (!reply.ok) return reply;
		const { choices, usage } = (reply.body ?? {}) as {
			choices?: readonly { message?: { content?: unknown } }[];
			usage?: { prompt_tokens?: unknown; completion_tokens?: unknown };
		};
		const content = choices?.[0]?.message?.content;
		const [input, output] = [usage?.prompt_tokens, usage?.completion_tokens];
		const tokens: Tokens | null =
			typeof input === 'number' && typeof output === 'number' ? { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } : null;
		return { ok: true, arrived: { text: typeof content === 'string' ? content : '', tokens } };
	}
}

/** A server on this machine sends nothing away and costs nothing. */
export function isLocal(url: string): boolean {
	try {
		return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
	} catch {
		return false;
	}
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
