/** Keys of providers, in VS Code's secret storage and nowhere else (CLS-4, NFR-2). */
import * as vscode from 'vscode';
import type { ProviderName } from '../engine/api.ts';
import type { Configuration } from './configuration.ts';
import { providerLabel, providersWithKey } from './presentation/providers.ts';

const keyOf = (provider: ProviderName) => `sessionInsights.apiKey.${provider}`;

export class ApiKeys {
	readonly #secrets: vscode.SecretStorage;
	readonly #configuration: Configuration;

	constructor(secrets: vscode.SecretStorage, configuration: Configuration) {
		this.#secrets = secrets;
		this.#configuration = configuration;
	}

	async get(provider: ProviderName): Promise<string | null> {
		return (await this.#secrets.get(keyOf(provider))) ?? null;
	}

	/** Asks for the key; without a provider, for that first. Answers whether one was stored. */
	async ask(provider?: ProviderName): Promise<boolean> {
		const { t } = vscode.l10n;
		const chosen = provider ?? (await this.#pick(t('Whose API Key?'), providersWithKey));
		if (chosen === null) return false;
		const label = providerLabel(chosen, { t });
		const key = await vscode.window.showInputBox({
			title: t('API Key: {0}', label),
			prompt: t("It is kept in VS Code's secret storage, and sent to this provider only."),
			password: true,
			ignoreFocusOut: true,
			validateInput: text => (/^[\x21-\x7e]+$/.test(text.trim()) ? null : t('A key is one word without spaces.')),
		});
		if (key === undefined) return false;
		await this.#secrets.store(keyOf(chosen), key.trim());
		return true;
	}

	async remove(): Promise<void> {
		const { t } = vscode.l10n;
		const stored = await Promise.all(providersWithKey.map(async provider => ((await this.get(provider)) === null ? [] : [provider])));
		if (stored.flat().length === 0) {
			void vscode.window.showInformationMessage(t('No API key is stored.'));
			return;
		}
		const chosen = await this.#pick(t('Remove Which API Key?'), stored.flat());
		if (chosen === null) return;
		await this.#secrets.delete(keyOf(chosen));
		void vscode.window.showInformationMessage(t('The key was removed: {0}.', providerLabel(chosen, { t })));
	}

	/** Of all providers, without a question. */
	async forgetAll(): Promise<void> {
		for (const provider of providersWithKey) await this.#secrets.delete(keyOf(provider));
	}

	async #pick(title: string, providers: readonly ProviderName[]): Promise<ProviderName | null> {
		const { viewer } = this.#configuration;
		const items = providers.map(provider => ({ label: providerLabel(provider, viewer), provider }));
		return (await vscode.window.showQuickPick(items, { title }))?.provider ?? null;
	}
}
