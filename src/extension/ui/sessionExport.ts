/** "Export Session": what goes along, what is taken out, then where to. Nothing is written before a person chose the file. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
	type ExportChoices,
	type ExportFormat,
	type ExportPreview,
	type ExportRequest,
	usualChoices,
} from '../../webview/contract/exports.ts';
import type { BranchId } from '../../webview/contract/transcript.ts';
import type { InsightsQuery, SessionRow } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import { exportLanguage } from './pageWords.ts';
import { inHome } from './personsData.ts';
import { exportNameOf, fileNameOf, findingDescription, findingDetail, findingLabel, freeFileNames } from './presentation/dataTexts.ts';
import { countText } from './presentation/figures.ts';
import { sessionsText } from './presentation/planText.ts';
import type { SessionScope } from './sessionScope.ts';

export interface SessionExportParts {
	readonly engine: Engine;
	readonly configuration: Configuration;
	readonly scope: SessionScope;
}

type ExportedSession = Pick<ExportRequest, 'sessionId' | 'branch'>;
type Flag = Exclude<keyof ExportChoices, 'keptSecrets'>;

export class SessionExport {
	readonly #parts: SessionExportParts;

	constructor(parts: SessionExportParts) {
		this.#parts = parts;
	}

	/** `branch`: of a single session, the one that is on the screen. */
	async start(rows: readonly SessionRow[], branch: BranchId = null): Promise<void> {
		const format = await askFormat(rows.length, this.#parts.configuration);
		if (format === null) return;
		const chosen = await askChoices(format);
		if (chosen === null) return;
		const sessions = rows.map(({ id }) => ({ sessionId: id, branch }));
		const preview = await this.#preview(sessions, chosen);
		if (preview === null) return;
		const choices = await this.#askSecrets(preview, chosen);
		if (choices === null) return;
		const files = await askFiles(rows, format, choices.redactSecrets);
		if (files === null) return;
		await this.#write(sessions, format, choices, files);
	}

	/** All sessions of the scope as a table. */
	async table(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, scope, configuration } = this.#parts;
		const chosen = await askTable(t('Export Sessions as a Table'), 'claude-sessions');
		if (chosen === null) return;
		const { target, format, byteOrderMark } = chosen;
		const query = {
			scope: scope.scope,
			range: 'all',
			sort: 'startedAt',
			descending: false,
			filter: '',
			offset: 0,
			limit: 200,
		} as const;
		const done = await this.#withProgress(t('Exporting sessions'), (id, signal) =>
			engine.call('exportSessionTable', { id, query, format, byteOrderMark, file: target.fsPath }, { signal }),
		);
		if (done !== null) await offerFile(target, t('Exported {0}.', sessionsText(done.rows, configuration.viewer)));
	}

	/** Every figure of the insights panel for a period and filters, under the names that `npm run insights` gives them. */
	async figures(query: InsightsQuery): Promise<void> {
		const { t } = vscode.l10n;
		const chosen = await askTable(t('Export Insights'), 'claude-insights');
		if (chosen === null) return;
		const { target, format, byteOrderMark } = chosen;
		const done = await this.#withProgress(t('Exporting insights'), (_, signal) =>
			this.#parts.engine.call('exportFigures', { query, format, byteOrderMark, file: target.fsPath }, { signal }),
		);
		if (done !== null) await offerFile(target, t('Exported the figures of all pages.'));
	}

	#preview(sessions: readonly ExportedSession[], choices: ExportChoices): Promise<ExportPreview | null> {
		return this.#withProgress(vscode.l10n.t('Looking for secrets'), (id, signal) =>
			this.#parts.engine.call('exportPreview', { id, sessions, choices }, { signal }),
		);
	}

	/** Null when the person turned away. */
	async #askSecrets({ findings }: ExportPreview, choices: ExportChoices): Promise<ExportChoices | null> {
		if (findings.length === 0) return choices;
		const { t } = vscode.l10n;
		const { viewer } = this.#parts.configuration;
		const items = findings.map(finding => ({
			label: findingLabel(finding, viewer),
			description: findingDescription(finding, viewer),
			detail: findingDetail(finding),
			picked: true,
			key: finding.key,
		}));
		const taken = await vscode.window.showQuickPick(items, {
			title: t('Secrets Found: {0}', countText(findings.length, viewer.locale)),
			placeHolder: t('What is checked is replaced by [redacted …]. Uncheck what is no secret.'),
			canPickMany: true,
			ignoreFocusOut: true,
			matchOnDetail: true,
		});
		if (taken === undefined) return null;
		const keys = new Set(taken.map(({ key }) => key));
		return { ...choices, keptSecrets: findings.flatMap(({ key }) => (keys.has(key) ? [] : [key])) };
	}

	async #write(
		sessions: readonly ExportedSession[],
		format: ExportFormat,
		choices: ExportChoices,
		files: readonly vscode.Uri[],
	): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		let unreadable = 0;
		const done = await this.#withProgress(t('Exporting'), async (id, signal) => {
			for (const [at, session] of sessions.entries()) {
				const file = files[at]?.fsPath;
				if (file === undefined) continue;
				const request = { ...session, format, choices };
				unreadable += (await engine.call('exportSession', { id, request, file, language: exportLanguage() }, { signal })).unreadable;
			}
			return true;
		});
		const [first] = files;
		if (done === null || first === undefined) return;
		const told = t('Exported {0}.', sessionsText(sessions.length, configuration.viewer));
		await offerFile(
			first,
			unreadable === 0 ? told : `${told} ${t('Messages that could not be read: {0}.', countText(unreadable, configuration.viewer.locale))}`,
		);
	}

	/** Null when it was cancelled. */
	async #withProgress<T>(title: string, work: (id: string, signal: AbortSignal) => Promise<T>): Promise<T | null> {
		const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
		return vscode.window.withProgress(options, async (progress, token) => {
			const id = randomUUID();
			const stop = new AbortController();
			const cancelling = token.onCancellationRequested(() => stop.abort());
			let percent = 0;
			const deafen = this.#parts.engine.on('exportProgress', told => {
				if (told.id !== id || told.total === 0) return;
				const now = Math.floor((told.done / told.total) * 100);
				progress.report({ increment: Math.max(0, now - percent), message: `${told.done} / ${told.total}` });
				percent = Math.max(percent, now);
			});
			try {
				return await work(id, stop.signal);
			} catch (error) {
				if (stop.signal.aborted) return null;
				throw saveFailure(error) ?? error;
			} finally {
				deafen();
				cancelling.dispose();
			}
		});
	}
}

/** What the file system refused, in the person's words; null for anything else. What was there before is there still. */
function saveFailure(error: unknown): Error | null {
	const { t } = vscode.l10n;
	if (!(error instanceof Error) || !('reason' in error)) return null;
	const unwritten = t('The file was not written.');
	switch (error.reason) {
		case 'disk full':
			return new Error(`${t('There is no room left on the disk.')} ${unwritten}`);
		case 'read only':
			return new Error(`${t('This file or its folder cannot be written to.')} ${unwritten}`);
		case 'folder missing':
			return new Error(`${t('The folder is not there any more.')} ${unwritten}`);
		default:
			return null;
	}
}

/** A form for tables, and the file; null when the person turned away. */
async function askTable(
	title: string,
	name: string,
): Promise<{ readonly target: vscode.Uri; readonly format: 'csv' | 'json'; readonly byteOrderMark: boolean } | null> {
	const { t } = vscode.l10n;
	const formats = [
		{ label: t('CSV'), detail: t('For spreadsheets: UTF-8, separated by commas'), format: 'csv' as const, byteOrderMark: false },
		{
			label: t('CSV for Excel'),
			detail: t('The same with a mark by which Excel knows the encoding'),
			format: 'csv' as const,
			byteOrderMark: true,
		},
		{ label: t('JSON'), detail: t('For scripts'), format: 'json' as const, byteOrderMark: false },
	];
	const chosen = await vscode.window.showQuickPick(formats, { title });
	if (chosen === undefined) return null;
	const { format, byteOrderMark } = chosen;
	const filters = { [format.toUpperCase()]: [format] };
	const target = await vscode.window.showSaveDialog({ title, filters, defaultUri: inHome(`${name}.${format}`) });
	return target === undefined ? null : { target, format, byteOrderMark };
}

async function askFormat(sessions: number, { viewer }: Configuration): Promise<ExportFormat | null> {
	const { t } = vscode.l10n;
	const items = [
		{ label: t('Markdown'), detail: t('For notes, issues and wikis'), format: 'md' as const },
		{ label: t('HTML'), detail: t('One page that needs nothing else: to read, send or print'), format: 'html' as const },
		{ label: t('JSON'), detail: t('For scripts'), format: 'json' as const },
	];
	const title = t('Export {0}', sessionsText(sessions, viewer));
	return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.format ?? null;
}

async function askChoices(format: ExportFormat): Promise<ExportChoices | null> {
	const { t } = vscode.l10n;
	const all: readonly { readonly label: string; readonly detail?: string; readonly flag: Flag }[] = [
		{ label: t('Thinking'), flag: 'thinking' },
		{ label: t('Results of tools'), detail: t('Contents of files, outputs of commands. The calls are always there.'), flag: 'toolResults' },
		{ label: t('Subagents'), flag: 'subagents' },
		{ label: t('Context and reminders'), detail: t('What the editor and Claude Code put beside the prompts'), flag: 'context' },
		{ label: t('Pictures'), flag: 'images' },
		{ label: t('Shorten paths'), detail: t('~ instead of your home folder'), flag: 'shortenPaths' },
		{
			label: t('Redact secrets'),
			detail: t('Keys, tokens, passwords. You see what was found before anything is written.'),
			flag: 'redactSecrets',
		},
	];
	const items = all.filter(({ flag }) => flag !== 'images' || format !== 'md').map(item => ({ ...item, picked: usualChoices[item.flag] }));
	const taken = await vscode.window.showQuickPick(items, { title: t('What Goes Along?'), canPickMany: true, ignoreFocusOut: true });
	if (taken === undefined) return null;
	const flags = new Set(taken.map(({ flag }) => flag));
	return { ...usualChoices, ...Object.fromEntries(all.map(({ flag }) => [flag, flags.has(flag)])) };
}

/** One file for each session, in their order: named by the person, or in a folder that they chose. */
async function askFiles(rows: readonly SessionRow[], format: ExportFormat, redacts: boolean): Promise<readonly vscode.Uri[] | null> {
	const { t } = vscode.l10n;
	const names = rows.map(row => exportNameOf(row.title, row.startedAt, redacts));
	const [name] = names;
	if (names.length === 1 && name !== undefined) {
		const target = await vscode.window.showSaveDialog({
			title: t('Export Session'),
			saveLabel: t('Export'),
			filters: { [format.toUpperCase()]: [format] },
			defaultUri: inHome(`${name}.${format}`),
		});
		return target === undefined ? null : [target];
	}
	const [folder] =
		(await vscode.window.showOpenDialog({
			title: t('Export Into Which Folder?'),
			openLabel: t('Export Here'),
			canSelectFiles: false,
			canSelectFolders: true,
			defaultUri: inHome(''),
		})) ?? [];
	if (folder === undefined) return null;
	const wanted = rows.map((row, at) => `${names[at] ?? 'session'}-${fileNameOf(row.id, null).slice(0, 8)}.${format}`);
	// Nobody is asked about each file: none that is there is written over.
	const present = (await vscode.workspace.fs.readDirectory(folder)).map(([there]) => there);
	return freeFileNames(wanted, present).map(free => vscode.Uri.joinPath(folder, free));
}

async function offerFile(file: vscode.Uri, text: string): Promise<void> {
	const { t } = vscode.l10n;
	const [open, reveal] = [t('Open'), t('Show in Folder')];
	const chosen = await vscode.window.showInformationMessage(text, open, ...(vscode.env.remoteName === undefined ? [reveal] : []));
	if (chosen === reveal) await vscode.commands.executeCommand('revealFileInOS', file);
	if (chosen !== open) return;
	// A page is for the browser, all else for the editor.
	if (file.path.endsWith('.html') && vscode.env.remoteName === undefined) await vscode.env.openExternal(file);
	else await vscode.commands.executeCommand('vscode.open', file);
}
