/** The Anthropic API with a key of the person's own, from secret storage. */
import type { Tokens } from '../../claude/facts.ts';
import type { ClassificationPrompt } from '../prompt.ts';
import { checkServer, postJson, readKey, unavailable } from './http.ts';
import type { Health, OpenRequest, Provider, ProviderOutcome, ProviderRequest } from './provider.ts';
import { askWritten, recoverWritten, type Reply, type WrittenParts } from './written.ts';

export interface AnthropicApiParts {
	readonly model: string;
	/** `https://api.anthropic.com`, or a gateway that speaks like it. */
	readonly baseUrl: string;
	/** Null when none is stored. */
	readonly key: () => Promise<string | null>;
	readonly microsOf: (tokens: Tokens) => number | null;
}

const version = '2023-06-01';
const toolName = 'answer';

export class AnthropicApi implements Provider {
	readonly id = 'anthropic-api';
	readonly label = 'Anthropic API';
	readonly model: string;
	readonly recipient: string;
	readonly pricedAs: string;
	readonly #parts: AnthropicApiParts;
	readonly #written: WrittenParts;

	constructor(parts: AnthropicApiParts) {
		this.#parts = parts;
		this.model = parts.model;
		this.pricedAs = parts.model;
		this.recipient = `Anthropic (${hostOf(parts.baseUrl)})`;
		this.#written = { microsOf: parts.microsOf, reply: (request, signal) => this.#reply(request.prompt, signal) };
	}

	async check(signal: AbortSignal): Promise<Health> {
		const key = await this.#parts.key();
		if (key === null) return { ok: false, text: 'No key of the Anthropic API is stored.', action: 'setKey' };
		// Costs nothing.
		return checkServer(this.#url('models'), headersOf(key), this.recipient, signal);
	}

	ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome> {
		return askWritten(this.#written, request, signal, leave);
	}

	recover(request: OpenRequest): Promise<ProviderOutcome | null> {
		return recoverWritten(this.#written, request);
	}

	async #reply({ system, user, schema }: ClassificationPrompt, signal: AbortSignal): Promise<Reply> {
		if (this.#parts.model === '') return unavailable('No model of the Anthropic API is set.');
		const read = await readKey(this.#parts.key);
		if (!read.ok) return read;
		if (read.key === null)
			return {
				ok: false,
				error: { reason: 'not-logged-in', message: 'No key of the Anthropic API is stored.', retryAt: null },
				isPaid: false,
			};
		const reply = await postJson(
			this.#url('messages'),
			headersOf(read.key),
			{
				model: this.#parts.model,
				max_tokens: 4_096,
				system,
				messages: [{ role: 'user', content: user }],
				tools: [{ name: toolName, description: 'Gives the answer.', input_schema: schema }],
				tool_choice: { type: 'tool', name: toolName },
			},
			signal,
		);
		if (!reply.ok) return reply;
		const { content, usage } = (reply.body ?? {}) as { content?: unknown; usage?: Readonly<Record<string, unknown>> };
		const blocks = (Array.isArray(content) ? content : []) as readonly { type?: unknown; input?: unknown; text?: unknown }[];
		const input = blocks.find(block => block.type === 'tool_use')?.input;
		const text =
			input === undefined ? blocks.map(block => (typeof block.text === 'string' ? block.text : '')).join('') : JSON.stringify(input);
		const count = (name: string): number => (typeof usage?.[name] === 'number' ? usage[name] : 0);
		const tokens: Tokens | null =
			usage === undefined
				? null
				: {
						input: count('input_tokens'),
						output: count('output_tokens'),
						cacheRead: count('cache_read_input_tokens'),
						cacheWrite5m: count('cache_creation_input_tokens'),
						cacheWrite1h: 0,
					};
		return { ok: true, arrived: { text, tokens } };
	}

	#url(name: string): string {
		return `${this.#parts.baseUrl.replace(/\/+$/, '')}/v1/${name}`;
	}
}

const headersOf = (key: string): Readonly<Record<string, string>> => ({ 'x-api-key': key, 'anthropic-version': version });

export function hostOf(url: string): string {
	try {
		return new URL(url).host;
	} catch {
		return url;
	}
}
