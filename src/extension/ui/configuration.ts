/** The settings as they are now, and who wants to know when they change. */
import * as vscode from 'vscode';
import type { Log } from './log.ts';
import { commandIds, settingSection } from './names.ts';
import type { Viewer } from './presentation/language.ts';
import { readSettings, type SettingProblem, type Settings } from './presentation/settings.ts';

export class Configuration implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<Settings>();
	readonly #listening: vscode.Disposable;
	readonly #log: Log;
	#settings: Settings;
	#told = '';

	readonly onDidChange = this.#changed.event;

	constructor(log: Log) {
		this.#log = log;
		this.#settings = this.#read();
		this.#listening = vscode.workspace.onDidChangeConfiguration(event => {
			if (!event.affectsConfiguration(settingSection)) return;
			this.#settings = this.#read();
			this.#changed.fire(this.#settings);
		});
	}

	get settings(): Settings {
		return this.#settings;
	}

	/** What turning rows into words needs. */
	get viewer(): Viewer {
		return {
			t: vscode.l10n.t,
			locale: vscode.env.language,
			get timeZone() {
				return localTimeZone();
			},
			weekStartsOn: this.#settings.weekStartsOn,
		};
	}

	dispose(): void {
		this.#listening.dispose();
		this.#changed.dispose();
	}

	#read(): Settings {
		const section = vscode.workspace.getConfiguration(settingSection);
		const { settings, problems } = readSettings(name => section.get(name), vscode.l10n.t);
		this.#tell(problems);
		return settings;
	}

	/** Once for each set of problems, not at every keystroke in the settings file. */
	#tell(problems: readonly SettingProblem[]): void {
		const text = problems.map(problem => problem.text).join('; ');
		if (text === this.#told) return;
		this.#told = text;
		if (text === '') return;
		this.#log.write('warn', text);
		const open = vscode.l10n.t('Open Settings');
		void vscode.window.showWarningMessage(vscode.l10n.t('Session Insights cannot use a setting. {0}', text), open).then(chosen => {
			if (chosen === open) void vscode.commands.executeCommand(commandIds.openSettings);
		});
	}
}

let zone: string | null = null;

/** Asked when it is first needed: the first question costs 20 ms or more (measured), which activation does not have. */
export function localTimeZone(): string {
	return (zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
}
