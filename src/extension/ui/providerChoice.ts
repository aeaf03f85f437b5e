/** "Change Provider": who classifies, and with which model. The choice becomes the setting, which is where it is seen and changed later. */
import * as vscode from 'vscode';
import type { ProviderName } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import { settingSection, type SettingName } from './names.ts';
import { modelSettings, providerLabel } from './presentation/providers.ts';
import { isEndpoint, isModelName } from './presentation/settings.ts';

export interface ProviderChoice {
	readonly provider: ProviderName;
	readonly model: string;
}

export function choiceOfSettings({ settings }: Configuration): ProviderChoice {
	const provider = settings['classification.provider'];
	return { provider, model: settings[modelSettings[provider]] };
}

/** Null when nothing was chosen. */
export async function chooseProvider(engine: Engine, configuration: Configuration): Promise<ProviderChoice | null> {
	const { t } = vscode.l10n;
	const current = configuration.settings['classification.provider'];
	const items = (await engine.call('providers', null)).map(({ provider, model, recipient }) => ({
		label: providerLabel(provider, { t }),
		description: [model, provider === current ? t('current') : ''].filter(part => part !== '').join(' · '),
		detail: t('Sends to {0}', recipient),
		provider,
	}));
	const chosen = await vscode.window.showQuickPick(items, { title: t('Classify With'), matchOnDetail: true });
	if (chosen === undefined) return null;
	const { provider } = chosen;
	if (provider === 'openai-compatible' && !(await askEndpoint(configuration))) return null;
	const model = provider === 'vscode-lm' ? await pickLanguageModel() : await askModel(provider, configuration);
	if (model === null) return null;
	await setSetting(modelSettings[provider], model);
	await setSetting('classification.provider', provider);
	return { provider, model };
}

export async function setSetting(name: SettingName, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration(settingSection).update(name, value, vscode.ConfigurationTarget.Global);
}

async function askEndpoint({ settings }: Configuration): Promise<boolean> {
	const { t } = vscode.l10n;
	const url = await vscode.window.showInputBox({
		title: t('Address of the Endpoint'),
		prompt: t('For example http://localhost:11434/v1 for Ollama, or http://localhost:1234/v1 for LM Studio.'),
		value: settings['classification.openAiUrl'],
		ignoreFocusOut: true,
		validateInput: text =>
			isEndpoint(text.trim())
				? null
				: t('an address without a password that begins with https:// is expected; with http:// only on this machine'),
	});
	if (url === undefined) return false;
	await setSetting('classification.openAiUrl', url.trim());
	return true;
}

async function askModel(provider: Exclude<ProviderName, 'vscode-lm'>, { settings }: Configuration): Promise<string | null> {
	const { t } = vscode.l10n;
	const model = await vscode.window.showInputBox({
		title: t('Model'),
		prompt: t('The name of the model, as {0} knows it.', providerLabel(provider, { t })),
		value: settings[modelSettings[provider]],
		ignoreFocusOut: true,
		validateInput: text => (isModelName(text.trim()) && text.trim() !== '' ? null : t('the name of a model is expected')),
	});
	return model?.trim() ?? null;
}

async function pickLanguageModel(): Promise<string | null> {
	const { t } = vscode.l10n;
	const models = await vscode.lm.selectChatModels();
	if (models.length === 0) {
		void vscode.window.showInformationMessage(
			t('VS Code has no language model at the moment. Sign in to one, for example to GitHub Copilot, and try again.'),
		);
		return null;
	}
	const items = models.map(({ id, name, vendor }) => ({ label: name, description: vendor, id }));
	return (await vscode.window.showQuickPick(items, { title: t('Language Model') }))?.id ?? null;
}
