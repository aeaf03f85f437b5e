/**
 * The tools with which agents in VS Code ask about past sessions. A person confirms each question, and decides in the
 * settings whether other projects than the workspace's may be looked at; a model cannot widen that.
 */
import * as vscode from 'vscode';
import type { Engine } from '../engine/client.ts';
import { capped } from '../modelTools/answers.ts';
import { limits, type ToolName, toolNames } from '../modelTools/definitions.ts';
import { readInput, ToolError } from '../modelTools/inputs.ts';
import type { Configuration } from './configuration.ts';
import { languageModelToolName } from './names.ts';
import { titleOf } from './presentation/sessionItem.ts';
import { toolConfirmation } from './presentation/toolConfirmation.ts';

/** No model needs fewer characters for a token. */
const charactersPerToken = 3;

export function registerLanguageModelTools(engine: Engine, configuration: Configuration): vscode.Disposable {
	// Editors that are made from VS Code leave parts of its API out; that must not keep the rest from starting.
	if (!('registerTool' in vscode.lm)) return vscode.Disposable.from();
	return vscode.Disposable.from(
		...toolNames.map(name => vscode.lm.registerTool(languageModelToolName(name), new PastTool(name, engine, configuration))),
	);
}

class PastTool implements vscode.LanguageModelTool<unknown> {
	readonly #name: ToolName;
	readonly #engine: Engine;
	readonly #configuration: Configuration;

	constructor(name: ToolName, engine: Engine, configuration: Configuration) {
		this.#name = name;
		this.#engine = engine;
		this.#configuration = configuration;
	}

	async prepareInvocation({ input }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): Promise<vscode.PreparedToolInvocation> {
		this.#refuseUnlessAllowed();
		const scope = this.#configuration.settings['modelTools.scope'];
		const sessionTitle = this.#name === 'get_session' ? await this.#titleOf(readInput(this.#name, input).sessionId) : null;
		const { invocation, title, message } = toolConfirmation(this.#name, input, { scope, sessionTitle, t: vscode.l10n.t });
		return { invocationMessage: invocation, confirmationMessages: { title, message: new vscode.MarkdownString(message) } };
	}

	async invoke(
		{ input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<unknown>,
		token: vscode.CancellationToken,
	): Promise<vscode.LanguageModelToolResult> {
		this.#refuseUnlessAllowed();
		const budget = tokenizationOptions?.tokenBudget ?? Number.POSITIVE_INFINITY;
		const cancelling = new AbortController();
		const listening = token.onCancellationRequested(() => cancelling.abort());
		try {
			const { text } = await this.#engine.call(
				'askPast',
				{
					tool: this.#name,
					input,
					maxCharacters: Math.floor(Math.min(limits.answer, budget * charactersPerToken)),
					scope: this.#configuration.settings['modelTools.scope'],
				},
				{ signal: cancelling.signal },
			);
			const fitting = tokenizationOptions === undefined ? text : await fittingText(text, tokenizationOptions, token);
			return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(fitting)]);
		} catch (error) {
			if (token.isCancellationRequested) throw new vscode.CancellationError();
			throw error;
		} finally {
			listening.dispose();
		}
	}

	/** Null also where the engine does not answer: the question is asked all the same. */
	async #titleOf(sessionId: string): Promise<string | null> {
		const row = await this.#engine.call('session', { id: sessionId }).catch(() => null);
		return row === null ? null : titleOf(row, this.#configuration.viewer);
	}

	/** The manifest says so too, by conditions that other extensions may not look at. */
	#refuseUnlessAllowed(): void {
		if (!vscode.workspace.isTrusted)
			throw new ToolError('not-trusted', vscode.l10n.t('Models may not read sessions from a workspace that is not trusted.'));
		if (!this.#configuration.settings['modelTools.enabled'])
			throw new ToolError('switched-off', vscode.l10n.t('The settings do not let models read sessions.'));
	}
}

/** As much of the text as the model has room for. */
async function fittingText(
	text: string,
	options: vscode.LanguageModelToolTokenizationOptions,
	token: vscode.CancellationToken,
): Promise<string> {
	const { tokenBudget } = options;
	const count = await options.countTokens(text, token);
	return count <= tokenBudget ? text : capped(text, Math.floor((text.length * tokenBudget * 0.9) / count));
}
