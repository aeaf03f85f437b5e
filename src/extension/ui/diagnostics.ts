/** "Create Diagnostics Bundle": shows what a bug report would hold, then saves it where a person says. */
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Engine } from '../engine/client.ts';
import { messageShape } from '../privacy/messageShape.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { inHome } from './personsData.ts';
import { type DiagnosticsFacts, diagnosticsText, type HostFacts } from './presentation/diagnosticsText.ts';
import type { SampleDocument } from './sampleDocument.ts';

export interface DiagnosticsParts {
	readonly engine: Engine;
	readonly configuration: Configuration;
	readonly log: Log;
	readonly document: SampleDocument;
	/** The extension's `package.json`. */
	readonly manifest: unknown;
}

const fileName = 'session-insights-diagnostics.json';
/** An engine that hangs is worth a report, too. */
const waitMs = 15_000;

export class Diagnostics {
	readonly #parts: DiagnosticsParts;

	constructor(parts: DiagnosticsParts) {
		this.#parts = parts;
	}

	async create(): Promise<void> {
		const { t } = vscode.l10n;
		const text = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: t('Gathering diagnostics…') }, () =>
			this.#text(),
		);
		await this.#parts.document.show(text, fileName);
		const [save, copy] = [t('Save…'), t('Copy')];
		const chosen = await vscode.window.showInformationMessage(
			t(
				'This is all that a diagnostics bundle holds: versions, settings as on, off or a number, counts, sizes, times and kinds of errors; no text, title, name or path of yours.',
			),
			save,
			copy,
		);
		if (chosen === copy) await vscode.env.clipboard.writeText(text);
		if (chosen === save) await saveAs(text);
	}

	async #text(): Promise<string> {
		const { configuration, log, manifest } = this.#parts;
		return diagnosticsText({
			createdAt: new Date().toISOString(),
			host: hostFacts(manifest),
			settings: configuration.settings,
			engine: await this.#engine(),
			log: log.recent(),
		});
	}

	async #engine(): Promise<DiagnosticsFacts['engine']> {
		const deadline = new AbortController();
		const silence = setTimeout(waitMs, { noAnswer: 'timed out' }, { signal: deadline.signal });
		// Ended by the answer.
		silence.catch(() => undefined);
		try {
			return await Promise.race([this.#parts.engine.call('diagnostics', null), silence]);
		} catch (error) {
			return { noAnswer: messageShape(String(error)) };
		} finally {
			deadline.abort();
		}
	}
}

async function saveAs(text: string): Promise<void> {
	const { t } = vscode.l10n;
	const target = await vscode.window.showSaveDialog({
		title: t('Save Diagnostics Bundle'),
		filters: { JSON: ['json'] },
		defaultUri: inHome(fileName),
	});
	if (target === undefined) return;
	await vscode.workspace.fs.writeFile(target, Buffer.from(text));
	void vscode.window.showInformationMessage(t('Saved. Nothing was sent; attach the file to your report.'));
}

function hostFacts(manifest: unknown): HostFacts {
	const { version, dependencies, devDependencies } = manifest as {
		readonly version?: string;
		readonly dependencies?: Readonly<Record<string, string>>;
		readonly devDependencies?: Readonly<Record<string, string>>;
	};
	return {
		extension: version ?? '',
		sqlJs: (dependencies?.['sql.js'] ?? devDependencies?.['sql.js'] ?? '').replace(/^[\^~]/, ''),
		vscode: vscode.version,
		node: process.versions.node,
		platform: platform(),
		arch: arch(),
		osRelease: release(),
		processors: cpus().length,
		memoryBytes: totalmem(),
		appHost: vscode.env.appHost,
		remote: vscode.env.remoteName ?? null,
		language: vscode.env.language,
		isTrusted: vscode.workspace.isTrusted,
		workspaceFolders: vscode.workspace.workspaceFolders?.length ?? 0,
	};
}
