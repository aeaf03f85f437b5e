/**
 * The diagnostics bundle as text. Whatever stands in it is a number, a flag, a time, or a word that is one of ours: of settings that
 * hold a text of a person's it says only whether they are set.
 */
import type { EngineDiagnostics } from '../../engine/calls/diagnostics.ts';
import { settingNames, type SettingName } from '../names.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** A line of the log without anything it quotes. */
export interface LogShape {
	readonly at: string;
	readonly level: string;
	readonly message: string;
}

export interface HostFacts {
	readonly extension: string;
	readonly sqlJs: string;
	readonly vscode: string;
	readonly node: string;
	readonly platform: string;
	readonly arch: string;
	readonly osRelease: string;
	readonly processors: number;
	readonly memoryBytes: number;
	/** Where VS Code runs: `desktop`, `web` and so on. */
	readonly appHost: string;
	/** Null in a local window. */
	readonly remote: string | null;
	readonly language: string;
	readonly isTrusted: boolean;
	readonly workspaceFolders: number;
}

export interface DiagnosticsFacts {
	readonly createdAt: string;
	readonly host: HostFacts;
	readonly settings: Settings;
	readonly log: readonly LogShape[];
	/** Where it does not answer: why. */
	readonly engine: EngineDiagnostics | { readonly noAnswer: string };
}

const about =
	'Versions, settings as on, off or a number, counts, sizes, times and kinds of errors of Session Insights. ' +
	'No text of a conversation, title, name, path or address is in it.';

/** Settings of which a person chooses one of our words. */
const choices: readonly SettingName[] = ['weekStartsOn', 'classification.provider', 'modelTools.scope'];

const remotes = ['ssh-remote', 'wsl', 'dev-container', 'attached-container', 'codespaces', 'tunnel'];
const appHosts = ['desktop', 'web', 'codespaces', 'server', 'serve-web', 'server-distro', 'github.dev'];

export function diagnosticsText({ createdAt, host, settings, log, engine }: DiagnosticsFacts): string {
	const bundle = {
		about,
		createdAt,
		versions: {
			extension: versionOf(host.extension),
			vscode: versionOf(host.vscode),
			node: versionOf(host.node),
			sqlJs: versionOf(host.sqlJs),
		},
		machine: {
			platform: host.platform,
			arch: host.arch,
			osRelease: versionOf(host.osRelease),
			processors: host.processors,
			memoryBytes: host.memoryBytes,
		},
		window: {
			appHost: wordOf(host.appHost, appHosts),
			remote: host.remote === null ? null : wordOf(host.remote, remotes),
			language: /^[a-z]{2,3}(?:-[a-z]{2,4})?$/i.test(host.language) ? host.language : '(other)',
			isTrusted: host.isTrusted,
			workspaceFolders: host.workspaceFolders,
		},
		settings: Object.fromEntries(settingNames.map(name => [name, settingFact(name, settings[name])])),
		engine,
		log: log.map(({ at, level, message }) => `${at} ${level} ${message}`),
	};
	return `${JSON.stringify(bundle, null, '\t')}\n`;
}

/** Builds of one's own may be named after anybody. */
function versionOf(text: string): string {
	return /^\d{1,5}(?:\.\d{1,6}){1,3}(?:-(?:insider|alpha|beta|rc)\b)?/.exec(text)?.[0] ?? '(other)';
}

const wordOf = (text: string, known: readonly string[]): string => (known.includes(text) ? text : '(other)');

function settingFact(name: SettingName, value: Settings[SettingName]): unknown {
	if (typeof value === 'boolean' || typeof value === 'number') return value;
	if (value === null || value === '') return 'not set';
	if (typeof value !== 'string') return { entries: Object.keys(value).length };
	if (choices.includes(name)) return value;
	return value === defaultSettings[name] ? 'default' : 'set';
}
