/** What a person can do with one session: from the tree, from the insights page, from another extension. */
import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract.ts';
import type { Configuration } from './configuration.ts';
import { commandIds } from './names.ts';
import { findClaude } from './presentation/claudeExecutable.ts';
import { titleOf } from './presentation/sessionItem.ts';
import { resumeObstacle, sessionIdentityVariables } from './presentation/resume.ts';
import { realWorkspaceFolders } from './workspaceFolders.ts';

/** A session or a subagent, as far as the actions on files go. */
export interface TranscriptTarget {
	readonly id: string;
	/** Null when it is not on disk. */
	readonly file: string | null;
}

const installationGuide = vscode.Uri.parse('https://code.claude.com/docs/en/setup');

export class SessionActions {
	readonly #configuration: Configuration;

	constructor(configuration: Configuration) {
		this.#configuration = configuration;
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

	async copySessionId({ id }: TranscriptTarget): Promise<void> {
		await vscode.env.clipboard.writeText(id);
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
		const claude = await this.#findClaude();
		if (claude === null) return;
		vscode.window
			.createTerminal({
				name: t('Claude: {0}', titleOf(row, this.#configuration.viewer).slice(0, 40)),
				shellPath: claude,
				shellArgs: ['--resume', row.id],
				cwd,
				env: Object.fromEntries(sessionIdentityVariables.map(name => [name, null])),
				iconPath: new vscode.ThemeIcon('comment-discussion'),
			})
			.show();
	}

	/** Null after having said what to do. */
	async #findClaude(): Promise<string | null> {
		const { t } = vscode.l10n;
		const { env, platform } = process;
		const found = await findClaude({
			configured: this.#configuration.settings.claudePath,
			pathVariable: env['PATH'] ?? env['Path'] ?? '',
			pathExtensions: env['PATHEXT'] ?? '.EXE;.CMD',
			home: homedir(),
			platform,
			workspaceFolders: await realWorkspaceFolders(),
			executable: executableFile,
		});
		if (found.found) return found.path;
		const openSettings = () => vscode.commands.executeCommand(commandIds.openSettings);
		if (found.reason === 'configured-one-missing') {
			await offer(vscode.window.showErrorMessage, t('The claude program named in the settings does not exist or may not be run.'), {
				[t('Open Settings')]: openSettings,
			});
		} else {
			await offer(
				vscode.window.showErrorMessage,
				t('The claude program was not found. Install Claude Code, or name its path in the settings.'),
				{
					[t('How to Install')]: () => vscode.env.openExternal(installationGuide),
					[t('Open Settings')]: openSettings,
				},
			);
		}
		return null;
	}
}

/** A message with one button for each action. */
async function offer(
	show: (text: string, ...buttons: string[]) => Thenable<string | undefined>,
	text: string,
	actions: Readonly<Record<string, () => Thenable<unknown>>>,
): Promise<void> {
	const chosen = await show(text, ...Object.keys(actions));
	if (chosen !== undefined) await actions[chosen]?.();
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

async function executableFile(path: string): Promise<string | null> {
	try {
		const real = await realpath(path);
		await access(real, constants.X_OK);
		return (await stat(real)).isFile() ? real : null;
	} catch {
		return null;
	}
}
