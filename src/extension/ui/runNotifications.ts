/**
 * A progress notification for each run of classification that is under way, whichever window started it, also after a
 * reload; and one message when it has ended (JOB-7).
 */
import * as vscode from 'vscode';
import type { JobRow } from '../../webview/contract/jobs.ts';
import type { JobList } from '../engine/api.ts';
import type { Configuration } from './configuration.ts';
import type { JobActions } from './jobActions.ts';
import type { JobFeed } from './jobFeed.ts';
import type { Log } from './log.ts';
import { commandIds } from './names.ts';
import { offer, type Action } from './offer.ts';
import { notificationText } from './presentation/jobTexts.ts';
import { runOutcome, type OutcomeAction } from './presentation/runOutcome.ts';

interface OpenNotification {
	update(row: JobRow): void;
	close(): void;
}

export interface RunNotificationParts {
	readonly feed: JobFeed;
	readonly actions: JobActions;
	readonly configuration: Configuration;
	readonly log: Log;
}

export class RunNotifications implements vscode.Disposable {
	readonly #parts: RunNotificationParts;
	readonly #open = new Map<string, OpenNotification>();
	/** Started here, and perhaps over before anybody heard of it. */
	readonly #awaited = new Set<string>();
	readonly #listening: vscode.Disposable;

	constructor(parts: RunNotificationParts) {
		this.#parts = parts;
		this.#listening = parts.feed.onDidChange(list => this.#follow(list));
	}

	/** Tells of the end of a job also when it was never seen running. */
	await(jobId: string): void {
		this.#awaited.add(jobId);
		const { list } = this.#parts.feed;
		if (list !== null) this.#follow(list);
	}

	dispose(): void {
		this.#listening.dispose();
		for (const notification of this.#open.values()) notification.close();
		this.#open.clear();
	}

	#follow({ active, recent }: JobList): void {
		const runs = active.filter(({ type, startedAt, isAutomatic }) => type === 'classify' && startedAt !== null && !isAutomatic);
		for (const row of runs) {
			const notification = this.#open.get(row.id) ?? this.#notify(row.id);
			this.#open.set(row.id, notification);
			notification.update(row);
		}
		for (const [id, notification] of this.#open) {
			if (active.some(row => row.id === id)) continue;
			notification.close();
			this.#open.delete(id);
			this.#awaited.add(id);
		}
		for (const row of recent) if (this.#awaited.delete(row.id)) void this.#tellEnd(row);
	}

	#notify(id: string): OpenNotification {
		const { actions, configuration, log } = this.#parts;
		const { promise, resolve } = Promise.withResolvers<null>();
		let latest: JobRow | null = null;
		let told = 0;
		let report: (() => void) | null = null;
		// Without a title, so that the sentence stands alone.
		void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true }, (progress, token) => {
			token.onCancellationRequested(() => {
				actions.cancel({ id }).catch((error: unknown) => log.failure('A job could not be cancelled', error));
			});
			report = () => {
				if (latest === null) return;
				const percent = Math.max(told, Math.floor((100 * latest.current) / Math.max(1, latest.total ?? 0)));
				progress.report({ message: notificationText(latest, Date.now(), configuration.viewer), increment: percent - told });
				told = percent;
			};
			report();
			return promise;
		});
		return {
			update(row) {
				latest = row;
				report?.();
			},
			close: () => resolve(null),
		};
	}

	async #tellEnd(row: JobRow): Promise<void> {
		const { kind, text, actions } = runOutcome(row, this.#parts.configuration.viewer);
		const { showInformationMessage, showWarningMessage, showErrorMessage } = vscode.window;
		const show = { info: showInformationMessage, warning: showWarningMessage, error: showErrorMessage }[kind];
		try {
			await offer(show, text, Object.fromEntries(actions.map(action => this.#button(action, row))));
		} catch (error) {
			this.#parts.log.failure('A job could not be tried again', error);
			void showErrorMessage(vscode.l10n.t('Session Insights: {0}', error instanceof Error ? error.message : String(error)));
		}
	}

	#button(action: OutcomeAction, row: JobRow): [label: string, run: Action] {
		const { t } = vscode.l10n;
		const { actions, log } = this.#parts;
		switch (action) {
			case 'showJobs':
				return [t('Show Jobs'), () => actions.show()];
			case 'retry':
				return [t('Retry'), () => actions.retry(row)];
			case 'showLog':
				return [t('Show Log'), () => log.show()];
			case 'openSettings':
				return [t('Open Settings'), () => vscode.commands.executeCommand(commandIds.openSettings)];
			case 'classify':
				return [t('Classify the Rest…'), () => vscode.commands.executeCommand(commandIds.classifySessions)];
		}
	}
}
