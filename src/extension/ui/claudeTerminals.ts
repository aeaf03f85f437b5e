/** Terminals in which the `claude` program runs; where it is, the engine says. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/client.ts';
import { commandIds } from './names.ts';
import { offer } from './offer.ts';

const installationGuide = vscode.Uri.parse('https://code.claude.com/docs/en/setup');

export class ClaudeTerminals {
	readonly #engine: Engine;

	constructor(engine: Engine) {
		this.#engine = engine;
	}

	/** `claude` is the terminal's own program: no shell, so nothing of a session is ever parsed by one (NFR-2). */
	async open(name: string, args: readonly string[], cwd?: string): Promise<void> {
		const claude = await this.#engine.call('claudeProgram', null);
		if (!claude.found) {
			await tellMissing(claude.reason);
			return;
		}
		vscode.window
			.createTerminal({
				name,
				shellPath: claude.path,
				shellArgs: [...args],
				...(cwd === undefined ? {} : { cwd }),
				env: Object.fromEntries(claude.unsetVariables.map(variable => [variable, null])),
				iconPath: new vscode.ThemeIcon('comment-discussion'),
			})
			.show();
	}
}

export async function openInstallationGuide(): Promise<void> {
	await vscode.env.openExternal(installationGuide);
}

async function tellMissing(reason: 'configured-one-missing' | 'not-installed'): Promise<void> {
	const { t } = vscode.l10n;
	const openSettings = () => vscode.commands.executeCommand(commandIds.openSettings);
	if (reason === 'configured-one-missing') {
		await offer(vscode.window.showErrorMessage, t('The claude program named in the settings does not exist or may not be run.'), {
			[t('Open Settings')]: openSettings,
		});
		return;
	}
	await offer(
		vscode.window.showErrorMessage,
		t('The claude program was not found. Install Claude Code, or name its path in the settings.'),
		{ [t('How to Install')]: openInstallationGuide, [t('Open Settings')]: openSettings },
	);
}
