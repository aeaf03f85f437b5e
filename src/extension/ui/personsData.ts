/** A person's own data: what is stored of it, forgetting sessions, taking it along to another machine. */
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { StoredKind } from '../engine/calls/data.ts';
import type { EngineClient } from '../engine/client.ts';
import type { ApiKeys } from './apiKeys.ts';
import type { Configuration } from './configuration.ts';
import { commandIds } from './names.ts';
import { storedName, storedPurpose, transferLines } from './presentation/dataTexts.ts';
import { fileSizeText } from './presentation/figures.ts';
import { dateAndTime, instantMs } from './presentation/localTime.ts';
import { aboutSessions } from './presentation/markTexts.ts';

export interface PersonsDataParts {
	readonly engine: EngineClient;
	readonly configuration: Configuration;
	readonly keys: ApiKeys;
	/** What VS Code keeps for us: how the sessions are grouped, which budgets were told of. */
	readonly mementos: readonly vscode.Memento[];
}

type Choice = vscode.QuickPickItem & { readonly run?: () => unknown };

export class PersonsData {
	readonly #parts: PersonsDataParts;

	constructor(parts: PersonsDataParts) {
		this.#parts = parts;
	}

	async forget(rows: readonly SessionRow[]): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		const about = aboutSessions(rows, configuration.viewer);
		const gone = rows.filter(row => row.gone).length;
		const forget = t('Forget');
		const detail = [
			t(
				'Session Insights deletes what it knows of it: figures, search, category, tags, note and name. It is not read again. The transcript itself stays where Claude Code keeps it.',
			),
			...(gone === 0 ? [] : [t('Transcripts that are not on disk any more: {0}. Of those sessions nothing is left then.', gone)]),
			t('Backups made before keep what you wrote until newer ones replace them.'),
		];
		const agreed = await vscode.window.showWarningMessage(t('Forget {0}?', about), { modal: true, detail: detail.join('\n\n') }, forget);
		if (agreed !== forget) return;
		const { undo } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: t('Forgetting…') }, () =>
			engine.call('forgetSessions', { sessionIds: rows.map(({ id }) => id) }),
		);
		const back = t('Undo');
		const chosen = await vscode.window.showInformationMessage(t('Forgotten: {0}. The transcript was not touched.', about), back);
		if (chosen !== back) return;
		if (!(await engine.call('undoForgetting', { undo })))
			void vscode.window.showInformationMessage(t('It is too late to undo this. "Show Storage Used…" lists what was forgotten.'));
	}

	/** What is stored, and what can be done about it. */
	async showStorage(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		const { viewer } = configuration;
		const { folder, parts, transcriptBytes, forgotten } = await engine.call('storageUse', null);
		const size = (bytes: number): string => fileSizeText(bytes, viewer.locale);
		const total = parts.reduce((sum, part) => sum + part.bytes, 0);
		const icons: Readonly<Record<StoredKind, string>> = {
			index: 'database',
			search: 'search',
			ledger: 'person',
			backups: 'archive',
			damaged: 'warning',
			temporary: 'clock',
			other: 'file',
		};
		const command = (id: string) => () => vscode.commands.executeCommand(id);
		const items: Choice[] = [
			...parts.map(({ kind, bytes }) => ({
				label: `$(${icons[kind]}) ${storedName(kind, viewer)}`,
				description: size(bytes),
				detail: storedPurpose(kind, viewer),
			})),
			{ label: t('What You Can Do'), kind: vscode.QuickPickItemKind.Separator },
			...(folder === null
				? []
				: [
						{
							label: `$(folder-opened) ${t('Open the Folder')}`,
							detail: folder,
							run: () => vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder)),
						},
					]),
			{ label: `$(save) ${t('Back Up Now')}`, run: command(commandIds.backUpNow) },
			{ label: `$(fold) ${t('Compact the Database')}`, run: command(commandIds.compactDatabase) },
			{ label: `$(export) ${t('Export My Data…')}`, run: command(commandIds.exportLedger) },
			{ label: `$(desktop-download) ${t('Import My Data…')}`, run: command(commandIds.importLedger) },
			{ label: `$(trash) ${t('Delete All Data…')}`, run: command(commandIds.deleteAllData) },
			...(forgotten === 0 ? [] : [{ label: `$(discard) ${t('Forgotten Sessions… ({0})', forgotten)}`, run: () => this.#showForgotten() }]),
		];
		const chosen = await vscode.window.showQuickPick(items, {
			title: t('Storage Used: {0}, for {1} of Transcripts', size(total), size(transcriptBytes)),
			placeHolder: t('Everything lies in one folder, readable by you only'),
			matchOnDetail: true,
		});
		await chosen?.run?.();
	}

	async exportLedger(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		const target = await vscode.window.showSaveDialog({
			title: t('Export My Data'),
			saveLabel: t('Export'),
			filters: { JSON: ['json'] },
			defaultUri: inHome('session-insights-data.json'),
		});
		if (target === undefined) return;
		const told = await engine.call('exportLedger', { file: target.fsPath });
		const lines = transferLines(told, configuration.viewer);
		void vscode.window.showInformationMessage(
			lines.length === 0
				? t('Exported. There was nothing of yours in it yet.')
				: t('Exported: {0}. The file holds your notes and names as you wrote them.', lines.join(', ')),
		);
	}

	/** Everything of ours, keys included; the transcripts are Claude Code's. */
	async deleteAll(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration, keys, mementos } = this.#parts;
		const { parts } = await engine.call('storageUse', null);
		const { viewer } = configuration;
		const remove = t('Delete Everything');
		const detail = [
			...parts.map(({ kind, bytes }) => `${storedName(kind, viewer)}: ${fileSizeText(bytes, viewer.locale)}`),
			t('API keys in the secret storage'),
			'',
			t(
				'Tags, notes, names, corrections and paid answers are lost for good, their backups too. Runs that go on are stopped, in other windows as well. Your settings and the transcripts of Claude Code stay.',
			),
			t('When the window is reloaded, the index is built again from the transcripts. Disable or uninstall the extension to keep it away.'),
		];
		const agreed = await vscode.window.showWarningMessage(
			t('Delete all data of Session Insights?'),
			{ modal: true, detail: detail.join('\n') },
			remove,
		);
		if (agreed !== remove) return;
		const progress = { location: vscode.ProgressLocation.Notification, title: t('Deleting all data of Session Insights…') };
		try {
			await vscode.window.withProgress(progress, () => engine.call('deleteAllData', null));
		} catch (error) {
			// The engine has stopped for it.
			await engine.restart();
			throw error;
		}
		await keys.forgetAll();
		for (const memento of mementos) for (const key of memento.keys()) await memento.update(key, undefined);
		const again = t('Start Again');
		const chosen = await vscode.window.showInformationMessage(t('All data of Session Insights was deleted.'), again);
		if (chosen === again) await engine.restart();
	}

	/** Shows what would come in before anything does. */
	async importLedger(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		const [source] =
			(await vscode.window.showOpenDialog({
				title: t('Import My Data'),
				openLabel: t('Look Inside'),
				filters: { JSON: ['json'] },
				canSelectMany: false,
			})) ?? [];
		if (source === undefined) return;
		const file = source.fsPath;
		const preview = await engine.call('previewLedgerImport', { file });
		const lines = transferLines(preview, configuration.viewer);
		if (preview.rows.every(({ added, replaced }) => added + replaced === 0)) {
			void vscode.window.showInformationMessage(t('There is nothing in this file that is not here already, or newer.'));
			return;
		}
		const take = t('Import');
		const detail = [
			...lines,
			...(preview.forgotten === 0 ? [] : [t('Left out, because you had the sessions forgotten: {0}', preview.forgotten)]),
			'',
			t('Nothing replaces what you wrote later here. A backup is made first.'),
		];
		const agreed = await vscode.window.showWarningMessage(t('Import this data?'), { modal: true, detail: detail.join('\n') }, take);
		if (agreed !== take) return;
		const { backup } = await engine.call('importLedger', { file });
		const undo = t('Undo');
		const chosen = await vscode.window.showInformationMessage(t('Imported.'), ...(backup === null ? [] : [undo]));
		if (chosen !== undo || backup === null) return;
		await engine.call('restoreBackup', { file: backup });
		void vscode.window.showInformationMessage(t('Everything is as it was before the import.'));
	}

	async #showForgotten(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		const forgotten = await engine.call('forgottenSessions', null);
		const items = forgotten.map(({ sessionId, at }) => {
			const ms = instantMs(at);
			return { label: sessionId, description: ms === null ? at : dateAndTime(ms, configuration.viewer) };
		});
		const chosen = await vscode.window.showQuickPick(items, {
			title: t('Forgotten Sessions'),
			placeHolder: t('Choose those that may be read again from their transcripts'),
			canPickMany: true,
		});
		if (chosen === undefined || chosen.length === 0) return;
		await engine.call('rememberSessions', { sessionIds: chosen.map(({ label }) => label) });
	}
}

/** Not into the workspace, where it would be committed by accident. */
export function inHome(name: string): vscode.Uri {
	const home = process.env['HOME'] ?? process.env['USERPROFILE'];
	return home === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(vscode.Uri.file(home), name);
}
