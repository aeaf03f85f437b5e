/** The providers as the settings and the window make them. */
import { join } from 'node:path';
import { findClaudeHere, type FoundExecutable } from '../claude/cli/program.ts';
import type { Tokens } from '../claude/facts.ts';
import { ownRequestsFolder, recordingDirs, removeOwnTranscript } from '../claude/ownRequests.ts';
import type { PriceBook } from '../claude/prices.ts';
import { AnthropicApi } from '../classification/providers/anthropicApi.ts';
import { ClaudeCli } from '../classification/providers/claudeCli.ts';
import { LanguageModel } from '../classification/providers/languageModel.ts';
import { OpenAiCompatible } from '../classification/providers/openAiCompatible.ts';
import type { Provider } from '../classification/providers/provider.ts';
import type { EngineOptions, HostCalls, ProviderName } from './api.ts';

/** What only the window can do; null where there is none. */
export interface HostServices {
	call<K extends keyof HostCalls>(name: K, params: HostCalls[K]['params'], signal?: AbortSignal): Promise<HostCalls[K]['result']>;
}

export interface ProvidersParts {
	readonly options: () => EngineOptions;
	readonly prices: () => PriceBook;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Folder of the SQLite files, or a temporary one, made when it is asked for. */
	readonly dataDir: string;
	readonly host: HostServices | null;
	readonly projectsDirs: () => Promise<readonly string[]>;
}

export const providerNames: readonly ProviderName[] = ['claude-cli', 'vscode-lm', 'anthropic-api', 'openai-compatible'];

/**
 * What 2.1.197 takes these names for (`test/cli/` asks it). A later one may take a newer model, which costs less so far:
 * an estimate, and the share of a cap that a request gets, had better be too high. What was used is priced by its own name.
 */
export const families: Readonly<Record<string, string>> = { haiku: 'claude-haiku-4-5', sonnet: 'claude-sonnet-5', opus: 'claude-opus-4-8' };

export class Providers {
	readonly #parts: ProvidersParts;

	constructor(parts: ProvidersParts) {
		this.#parts = parts;
	}

	provider(name: ProviderName, model: string): Provider {
		const { options, host, env } = this.#parts;
		const { classification } = options();
		const microsOf = (tokens: Tokens): number | null => this.#micros(model, tokens);
		const secret = (): Promise<string | null> => (host === null ? Promise.resolve(null) : host.call('secret', { provider: name }));
		switch (name) {
			case 'claude-cli': {
				const folder = join(this.#parts.dataDir, ownRequestsFolder);
				return new ClaudeCli({
					model,
					find: () => this.claudeProgram(),
					env,
					folder,
					loadUserSettings: classification.loadUserSettings,
					pricing: { costOf: (answered, tokens) => this.#usd(answered, tokens) },
					removeTrace: async sessionId => {
						const dirs = [...(await this.#parts.projectsDirs()), ...(await recordingDirs(env))];
						await removeOwnTranscript(dirs, folder, sessionId);
					},
				});
			}
			case 'vscode-lm':
				return new LanguageModel(model, {
					list: () => (host === null ? Promise.resolve([]) : host.call('languageModels', null)),
					ask: (id, system, user, signal) =>
						host === null
							? Promise.reject(new Error('There is no window to ask'))
							: host.call('askLanguageModel', { model: id, system, user }, signal),
				});
			case 'anthropic-api':
				return new AnthropicApi({ model, baseUrl: classification.anthropicUrl, key: secret, microsOf });
			case 'openai-compatible':
				return new OpenAiCompatible({ model, baseUrl: classification.openAiUrl, key: secret, microsOf });
		}
	}

	claudeProgram(): Promise<FoundExecutable> {
		const { claudePath, workspaceFolders } = this.#parts.options();
		return findClaudeHere(claudePath, workspaceFolders, this.#parts.env);
	}

	/** Micro-dollars of a provider's tokens; 0 where it costs nothing by itself, null where the price is not known. */
	estimate(provider: Provider, tokens: Tokens): number | null {
		return provider.pricedAs === null ? 0 : this.#micros(provider.pricedAs, tokens);
	}

	#micros(model: string, tokens: Tokens): number | null {
		const usd = this.#usd(families[model] ?? model, tokens);
		return usd === null ? null : Math.round(usd * 1e6);
	}

	#usd(model: string, tokens: Tokens): number | null {
		return this.#parts.prices().costOf({ model, tokens, webSearches: 0, isFast: false, isLong: false, atMs: null });
	}
}
