/** What the engine asks of its window: keys from the secret storage, and VS Code's own language models. */
import * as vscode from 'vscode';
import type { Handlers } from '../../messaging/channel.ts';
import type { HostCalls } from '../engine/api.ts';
import type { ApiKeys } from './apiKeys.ts';
import { languageModelReason } from './presentation/languageModelErrors.ts';

export function hostCalls(keys: ApiKeys): Handlers<HostCalls> {
	return {
		secret: ({ provider }) => keys.get(provider),
		languageModels: async () => (await vscode.lm.selectChatModels()).map(({ id, name }) => ({ id, name })),
		askLanguageModel,
	};
}

/** VS Code asks the person itself before a model is used for the first time. */
async function askLanguageModel({ model, system, user }: HostCalls['askLanguageModel']['params'], signal: AbortSignal): Promise<string> {
	const cancelling = new vscode.CancellationTokenSource();
	const cancel = () => cancelling.cancel();
	signal.addEventListener('abort', cancel, { once: true });
	try {
		const [found] = await vscode.lm.selectChatModels({ id: model });
		if (found === undefined) throw failed('not-available', 'There is no such language model');
		const response = await found.sendRequest(
			[vscode.LanguageModelChatMessage.User(system), vscode.LanguageModelChatMessage.User(user)],
			{ justification: vscode.l10n.t('To sort your Claude Code sessions into categories') },
			cancelling.token,
		);
		let text = '';
		for await (const part of response.text) text += part;
		return text;
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof Error && 'reason' in error) throw error;
		// Its own text may hold what was asked.
		throw failed(languageModelReason(error), 'The language model did not answer');
	} finally {
		signal.removeEventListener('abort', cancel);
		cancelling.dispose();
	}
}

function failed(reason: string, message: string): Error {
	return Object.assign(new Error(message), { reason });
}
