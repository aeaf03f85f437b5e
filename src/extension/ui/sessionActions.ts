/** What a person can do with one session: from the tree, from the insights page, from another extension. */
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { ClaudeTerminals } from './claudeTerminals.ts';
import type { Configuration } from './configuration.ts';
import { offer } from './offer.ts';
import { titleOf } from './presentation/sessionItem.ts';
import { resumeObstacle } from './presentation/resume.ts';

/** A session or a subagent, as far as the actions on files go. */
export interface TranscriptTarget {
	readonly id: string;
	/** Null when it is not on disk. */
	readonly file: string | null;
}

export class SessionActions {
	readonly #configuration: Configuration;
	readonly #terminals: ClaudeTerminals;

	constructor(configuration: Configuration, terminals: ClaudeTerminals) {
		this.#configuration = configuration;
		this.#terminals = terminals;
	}

	async openTranscript(target: TranscriptTarget): Promise<void> {
		const file = await existingFile(target);
		if (file === null) return;
		// The workbench's own command: it can open files that are too large for extensions.
		await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), { preview: true });
	}

	async revealTranscript(target: TranscriptTarget): Promise<void> {
		const file = await existingFile(target);
		if (file === null) return;
		if (vscode.env.remoteName === undefined) {
			await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(file));
			return;
		}
		const copy = vscode.l10n.t('Copy Path');
		const chosen = await vscode.window.showInformationMessage(
			vscode.l10n.t('The transcript is on the remote host, which no file manager here can show: {0}', file),
			copy,
		);
		if (chosen === copy) await vscode.env.clipboard.writeText(file);
	}

	/** One on each line. */
	async copySessionIds(ids: readonly string[]): Promise<void> {
		await vscode.env.clipboard.writeText(ids.join('\n'));
	}

	/** Also of a transcript that is gone: where it was is what somebody with a backup needs. */
	async copyTranscriptPath({ file }: TranscriptTarget): Promise<void> {
		if (file === null) void vscode.window.showInformationMessage(vscode.l10n.t('This session has no transcript file of its own.'));
		else await vscode.env.clipboard.writeText(file);
	}

	/** Runs `claude --resume` as the terminal's own program: no shell, so nothing of a session is ever parsed by one (NFR-2). */
	async resumeInTerminal(row: SessionRow): Promise<void> {
		const { t } = vscode.l10n;
		const obstacle = resumeObstacle(row, vscode.workspace.isTrusted);
		if (obstacle === 'untrusted') {
			await offer(vscode.window.showWarningMessage, t('Resuming a session runs a program, which needs a trusted workspace.'), {
				[t('Manage Trust')]: () => vscode.commands.executeCommand('workbench.trust.manage'),
			});
			return;
		}
		if (obstacle === 'no-transcript') {
			void vscode.window.showWarningMessage(t('The transcript is gone from disk, so Claude Code cannot resume this session.'));
			return;
		}
		if (obstacle === 'strange-id') {
			void vscode.window.showWarningMessage(t('"{0}" is not an id that Claude Code can resume.', row.id.slice(0, 80)));
			return;
		}
		if (obstacle === 'working') {
			const resume = t('Resume Anyway');
			const chosen = await vscode.window.showWarningMessage(
				t('Claude is working in this session. Two processes would write one transcript.'),
				{ modal: true },
				resume,
			);
			if (chosen !== resume) return;
		}
		const cwd = row.cwd;
		if (obstacle === 'no-folder' || cwd === null || !(await isFolder(cwd))) {
			void vscode.window.showWarningMessage(
				t('The folder of this session does not exist any more, and Claude Code resumes a session only there: {0}', cwd ?? '?'),
			);
			return;
		}
		const name = t('Claude: {0}', titleOf(row, this.#configuration.viewer).slice(0, 40));
		await this.#terminals.open(name, ['--resume', row.id], cwd);
	}
}

async function existingFile({ file }: TranscriptTarget): Promise<string | null> {
	if (
		file !== null &&
		(await stat(file).then(
			found => found.isFile(),
			() => false,
		))
	)
		return file;
	void vscode.window.showInformationMessage(
		file === null
			? vscode.l10n.t('This session has no transcript file of its own.')
			: vscode.l10n.t('The transcript is gone from disk. Its figures stay in the index.'),
	);
	return null;
}

function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		found => found.isDirectory(),
		() => false,
	);
}
