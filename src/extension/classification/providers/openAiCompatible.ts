/** Any endpoint that speaks like OpenAI's chat completions: Ollama, LM Studio, a gateway. */
import type { Tokens } from '../../claude/facts.ts';
import type { ClassificationPrompt } from '../prompt.ts';
import { isLocal } from '../../privacy/addresses.ts';
import { hostOf } from './anthropicApi.ts';
import { checkServer, postJson, readKey, unavailable } from './http.ts';
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
		if (this.#isUnset()) return { ok: false, text: unset, action: 'openSettings' };
		return checkServer(this.#url('models'), headersOf(await this.#parts.key()), this.recipient, signal);
	}

	ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome> {
		return askWritten(this.#written, request, signal, leave);
	}

	recover(request: OpenRequest): Promise<ProviderOutcome | null> {
		return recoverWritten(this.#written, request);
	}

	async #reply({ system, user, schema }: ClassificationPrompt, signal: AbortSignal): Promise<Reply> {
		if (this.#isUnset()) return unavailable(unset);
		const read = await readKey(this.#parts.key);
		if (!read.ok) return read;
		const reply = await postJson(
			this.#url('chat/completions'),
			headersOf(read.key),
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
	#isUnset(): boolean {
		return this.#parts.baseUrl === '' || this.#parts.model === '';
	}

	#url(path: string): string {
		return `${this.#parts.baseUrl.replace(/\/+$/, '')}/${path}`;
	}
}

const unset = 'Set the address of the endpoint and the name of a model first.';

const headersOf = (key: string | null): Readonly<Record<string, string>> => (key === null ? {} : { authorization: `Bearer ${key}` });
