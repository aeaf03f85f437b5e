/** What a person can do with background jobs: one that is listed, and the care of the database. */
import * as vscode from 'vscode';
import type { JobRow } from '../../webview/contract/jobs.ts';
import type { EngineCalls } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import { viewIds } from './names.ts';
import { fileSizeText } from './presentation/figures.ts';
import { dateAndTime, instantMs } from './presentation/localTime.ts';

/** So that one step passes a job made with the next higher priority. */
const priorityStep = 10;

export class JobActions {
	readonly #engine: Engine;
	readonly #configuration: Configuration;

	constructor(engine: Engine, configuration: Configuration) {
		this.#engine = engine;
		this.#configuration = configuration;
	}

	async show(): Promise<void> {
		await vscode.commands.executeCommand(`${viewIds.jobs}.focus`);
	}

	async cancel({ id }: Pick<JobRow, 'id'>): Promise<void> {
		await this.#engine.call('cancelJob', { id });
	}

	async retry({ id }: Pick<JobRow, 'id'>): Promise<void> {
		await this.#engine.call('retryJob', { id });
	}

	async runNow({ id }: Pick<JobRow, 'id'>): Promise<void> {
		await this.#engine.call('editJob', { id, scheduledAt: new Date().toISOString() });
	}

	async raise({ id, priority }: Pick<JobRow, 'id' | 'priority'>): Promise<void> {
		await this.#engine.call('editJob', { id, priority: priority + priorityStep });
	}

	async lower({ id, priority }: Pick<JobRow, 'id' | 'priority'>): Promise<void> {
		await this.#engine.call('editJob', { id, priority: priority - priorityStep });
	}

	async copyError({ error }: Pick<JobRow, 'error'>): Promise<void> {
		if (error !== null) await vscode.env.clipboard.writeText(`${error.reason}: ${error.message}`);
	}

	/** What it does is seen in the jobs view. */
	async maintain(type: EngineCalls['maintain']['params']['type']): Promise<void> {
		await this.#engine.call('maintain', { type });
		await this.show();
	}

	async restoreBackup(): Promise<void> {
		const { t } = vscode.l10n;
		const { viewer } = this.#configuration;
		const backups = await this.#engine.call('backups', null);
		if (backups.length === 0) {
			void vscode.window.showInformationMessage(t('There is no backup yet. "Back Up Now" makes one.'));
			return;
		}
		const items = backups.map(({ file, createdAt, bytes, classifications }) => {
			const ms = instantMs(createdAt);
			return {
				label: ms === null ? createdAt : dateAndTime(ms, viewer),
				description: t('{0}, {1} categories', fileSizeText(bytes, viewer.locale), classifications),
				file,
			};
		});
		const chosen = await vscode.window.showQuickPick(items, { title: t('Restore Which Backup?') });
		if (chosen === undefined) return;
		const restore = t('Restore');
		const agreed = await vscode.window.showWarningMessage(
			t('Restore the backup of {0}?', chosen.label),
			{
				modal: true,
				detail: t(
					'Categories, corrections and jobs become what they were then. What is there now is kept in a file beside it. Sessions and their numbers are not touched.',
				),
			},
			restore,
		);
		if (agreed !== restore) return;
		await this.#engine.call('restoreBackup', { file: chosen.file });
		void vscode.window.showInformationMessage(t('The backup of {0} was restored.', chosen.label));
	}
}
