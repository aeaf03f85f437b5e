/** Links to sessions: follows those that somebody clicked, anywhere on this machine, and copies new ones. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/client.ts';
import type { Log } from './log.ts';
import { commandIds } from './names.ts';
import { offer } from './offer.ts';
import { oneLine } from './presentation/plainText.ts';
import { type MessageTarget, readSessionLink, sessionLink } from './presentation/sessionLink.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';

export interface LinkParts {
	readonly engine: Engine;
	readonly transcripts: TranscriptOpener;
	readonly log: Log;
}

export class Links implements vscode.UriHandler {
	readonly #parts: LinkParts;

	constructor(parts: LinkParts) {
		this.#parts = parts;
	}

	/** VS Code has asked the person whether to open the link. */
	async handleUri(uri: vscode.Uri): Promise<void> {
		try {
			await this.#follow(readSessionLink(uri));
		} catch (error) {
			this.#parts.log.failure('A link could not be followed', error);
			void vscode.window.showErrorMessage(vscode.l10n.t('Session Insights: {0}', error instanceof Error ? error.message : String(error)));
		}
	}

	async copy(target: MessageTarget): Promise<void> {
		await vscode.env.clipboard.writeText(sessionLink(target, vscode.env.uriScheme));
		vscode.window.setStatusBarMessage(
			`$(check) ${target.messageId === null ? vscode.l10n.t('Link to the session copied') : vscode.l10n.t('Link to the message copied')}`,
			3_000,
		);
	}

	async #follow(target: MessageTarget | null): Promise<void> {
		const { t } = vscode.l10n;
		if (target === null) {
			void vscode.window.showWarningMessage(t('This link names no session.'));
			return;
		}
		const { engine, transcripts } = this.#parts;
		if ((await engine.call('session', { id: target.sessionId })) !== null) {
			await transcripts.open(target);
			return;
		}
		const id = oneLine(target.sessionId, 60);
		const isReading = engine.status.state === 'starting' || engine.status.state === 'indexing';
		await offer(
			vscode.window.showWarningMessage,
			isReading
				? t('There is no session {0} yet. The transcripts are still being read; try the link again when that is done.', id)
				: t('There is no session {0} on this machine.', id),
			{ [t('Refresh')]: () => vscode.commands.executeCommand(commandIds.refresh) },
		);
	}
}
