/** A model of the editor's own language-model API, asked through the window: only the extension host may speak to it. */
import { unavailable } from './http.ts';
import type { Health, OpenRequest, Provider, ProviderError, ProviderOutcome, ProviderRequest } from './provider.ts';
import { askWritten, recoverWritten, type Reply, type WrittenParts } from './written.ts';

/** What the window does for this provider. Rejects with an error that has a `reason`. */
export interface EditorModels {
	/** Ids with names for people; empty without any. */
	list(): Promise<readonly { readonly id: string; readonly name: string }[]>;
	/** Rejects with `refused`, `rate-limited`, `not-available` or any other reason. */
	ask(model: string, system: string, user: string, signal: AbortSignal): Promise<string>;
}

const reasons: Readonly<Record<string, readonly [ProviderError['reason'], string]>> = {
	refused: ['refused', 'The use of the language model was not allowed. VS Code asks again when you classify from a window.'],
	'not-available': ['not-available', 'VS Code has no such language model at the moment.'],
	'rate-limited': ['rate-limited', 'The language model asks to wait.'],
};

export class LanguageModel implements Provider {
	readonly id = 'vscode-lm';
	readonly label = 'VS Code language model';
	readonly model: string;
	readonly recipient = 'the company behind the language model chosen in VS Code';
	/** Part of a subscription. */
	readonly pricedAs = null;
	readonly #models: EditorModels;
	readonly #written: WrittenParts;

	constructor(model: string, models: EditorModels) {
		this.model = model;
		this.#models = models;
		this.#written = { microsOf: () => 0, reply: (request, signal) => this.#reply(request, signal) };
	}

	async check(): Promise<Health> {
		const models = await this.#models.list();
		const known = models.find(({ id }) => id === this.model);
		if (known !== undefined) return { ok: true, text: known.name, action: null };
		return models.length === 0
			? { ok: false, text: 'VS Code has no language model. Sign in to a provider of models, such as GitHub Copilot.', action: null }
			: {
					ok: false,
					text: `VS Code has no language model ${this.model === '' ? 'chosen' : this.model}. Choose one in the settings.`,
					action: 'openSettings',
				};
	}

	ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome> {
		return askWritten(this.#written, request, signal, leave);
	}

	recover(request: OpenRequest): Promise<ProviderOutcome | null> {
		return recoverWritten(this.#written, request);
	}

	async #reply({ prompt }: ProviderRequest, signal: AbortSignal): Promise<Reply> {
		// Without a name, VS Code would take any model there is.
		if (this.model === '') return unavailable('No language model of VS Code is chosen. Choose one in the settings.');
		const system = `${prompt.system}\n\nAnswer with one JSON object of this schema and nothing else:\n${JSON.stringify(prompt.schema)}`;
		try {
			const text = await this.#models.ask(this.model, system, prompt.user, signal);
			// What it used is not told; it costs nothing by itself.
			return { ok: true, arrived: { text, tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } } };
		} catch (error) {
			signal.throwIfAborted();
			const name = typeof error === 'object' && error !== null && 'reason' in error ? String(error.reason) : '';
			const [reason, message] = reasons[name] ?? ['server-error', 'The language model failed.'];
			return { ok: false, error: { reason, message, retryAt: null }, isPaid: false };
		}
	}
}
