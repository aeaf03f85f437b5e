/** Who can classify, by the names of the settings and as people read them. */
import type { ProviderName } from '../../engine/api.ts';
import type { Viewer } from './language.ts';

export const providerNames: readonly ProviderName[] = ['claude-cli', 'vscode-lm', 'anthropic-api', 'openai-compatible'];

/** Those that need a key of the person's own. */
export const providersWithKey: readonly ProviderName[] = ['anthropic-api', 'openai-compatible'];

/** Where the model of a provider is set. */
export const modelSettings = {
	'claude-cli': 'classification.claudeModel',
	'vscode-lm': 'classification.languageModel',
	'anthropic-api': 'classification.anthropicModel',
	'openai-compatible': 'classification.openAiModel',
} as const satisfies Readonly<Record<ProviderName, string>>;

export function providerLabel(provider: ProviderName, { t }: Pick<Viewer, 't'>): string {
	return {
		'claude-cli': t('Claude CLI'),
		'vscode-lm': t('VS Code language model'),
		'anthropic-api': t('Anthropic API'),
		'openai-compatible': t('OpenAI-compatible endpoint'),
	}[provider];
}

/** A provider's label, or the name itself of one that this version does not know. */
export function labelOfName(name: string, viewer: Pick<Viewer, 't'>): string {
	const known = providerNames.find(provider => provider === name);
	return known === undefined ? name : providerLabel(known, viewer);
}
