/** Tells a person what the engine found wrong: each notice once in the log, the grave ones once as a message too. */
import * as vscode from 'vscode';
import type { Notice, NoticeAction } from '../../webview/contract/status.ts';
import type { Engine } from '../engine/client.ts';
import type { Log, LogLevel } from './log.ts';
import { commandIds } from './names.ts';
import { noticeText } from './presentation/noticeText.ts';

const levels: Readonly<Record<Notice['kind'], LogLevel>> = { info: 'info', warning: 'warn', error: 'error' };

export function tellNotices(engine: Engine, log: Log): vscode.Disposable {
	const told = new Set<string>();
	return new vscode.Disposable(
		engine.on('status', ({ notices }) => {
			for (const notice of notices) {
				if (told.has(notice.text)) continue;
				told.add(notice.text);
				log.write(levels[notice.kind], notice.text);
				if (notice.kind === 'error') void tell(notice);
			}
		}),
	);
}

async function tell(notice: Notice): Promise<void> {
	const { action } = notice;
	const message = vscode.l10n.t('Session Insights: {0}', noticeText(notice, vscode.l10n));
	if (action === null) {
		await vscode.window.showErrorMessage(message);
		return;
	}
	const { label, command } = buttonOf(action);
	if ((await vscode.window.showErrorMessage(message, label)) === label) await vscode.commands.executeCommand(command);
}

function buttonOf(action: NoticeAction): { readonly label: string; readonly command: string } {
	switch (action) {
		case 'classify':
			return { label: vscode.l10n.t('Classify Sessions…'), command: commandIds.classifySessions };
		case 'showJobs':
			return { label: vscode.l10n.t('Show Jobs'), command: commandIds.showJobs };
		case 'showLog':
			return { label: vscode.l10n.t('Show Log'), command: commandIds.showLog };
		case 'refresh':
			return { label: vscode.l10n.t('Refresh'), command: commandIds.refresh };
		case 'rebuildIndex':
			return { label: vscode.l10n.t('Rebuild Index'), command: commandIds.rebuildIndex };
		case 'openSettings':
			return { label: vscode.l10n.t('Open Settings'), command: commandIds.openSettings };
		case 'reloadWindow':
			return { label: vscode.l10n.t('Reload Window'), command: 'workbench.action.reloadWindow' };
	}
}
