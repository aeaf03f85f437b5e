/** The settings as typed values, whatever stands in the JSON; what cannot be used is named, not guessed (IDX-2). */
import { isAbsolute } from 'node:path';
import type { Scope } from '../../../webview/contract/sessions.ts';
import type { EngineOptions, ProviderName } from '../../engine/api.ts';
import { refuseAddress } from '../../privacy/addresses.ts';
import type { SettingName } from '../names.ts';
import type { Translate, Weekday } from './language.ts';
import { providerNames } from './providers.ts';

/** By the names of the settings. */
export interface Settings {
	readonly claudeDirectories: readonly string[];
	/** Null to look on the PATH. */
	readonly claudePath: string | null;
	readonly rescanSeconds: number;
	readonly priceOverrides: EngineOptions['priceOverrides'];
	readonly parserThreads: number;
	readonly indexTimeoutMinutes: number;
	readonly showAllProjects: boolean;
	readonly showStatusBar: boolean;
	readonly weekStartsOn: Weekday;
	readonly 'classification.provider': ProviderName;
	readonly 'classification.claudeModel': string;
	readonly 'classification.languageModel': string;
	readonly 'classification.anthropicModel': string;
	readonly 'classification.anthropicUrl': string;
	readonly 'classification.openAiUrl': string;
	readonly 'classification.openAiModel': string;
	readonly 'classification.timeoutSeconds': number;
	readonly 'classification.concurrency': number;
	readonly 'classification.sessionsPerRequest': number;
	/** US dollars; 0 for no limit. */
	readonly 'classification.maxCostPerRun': number;
	readonly 'classification.maxCostPerDay': number;
	readonly 'classification.automatic': boolean;
	readonly 'classification.loadClaudeUserSettings': boolean;
	readonly 'jobs.concurrency': number;
	readonly 'jobs.concurrencyByType': Readonly<Record<string, number>>;
	readonly 'jobs.keepDays': number;
	readonly 'search.enabled': boolean;
	readonly backups: number;
	readonly 'modelTools.enabled': boolean;
	readonly 'modelTools.scope': Scope;
	readonly 'modelTools.mcpServer': boolean;
	readonly 'budget.daily': number;
	readonly 'budget.weekly': number;
	readonly 'budget.monthly': number;
	readonly 'budget.warnAtPercent': number;
}

export interface SettingProblem {
	readonly setting: SettingName;
	readonly text: string;
}

export interface ReadSettings {
	readonly settings: Settings;
	readonly problems: readonly SettingProblem[];
}

/** Equal to the defaults in the manifest; a test compares them. */
export const defaultSettings: Settings = {
	claudeDirectories: [],
	claudePath: null,
	rescanSeconds: 30,
	priceOverrides: {},
	parserThreads: 0,
	indexTimeoutMinutes: 60,
	showAllProjects: false,
	showStatusBar: true,
	weekStartsOn: 'monday',
	'classification.provider': 'claude-cli',
	'classification.claudeModel': 'haiku',
	'classification.languageModel': '',
	'classification.anthropicModel': 'claude-haiku-4-5',
	'classification.anthropicUrl': 'https://api.anthropic.com',
	'classification.openAiUrl': '',
	'classification.openAiModel': '',
	'classification.timeoutSeconds': 30,
	'classification.concurrency': 2,
	'classification.sessionsPerRequest': 5,
	'classification.maxCostPerRun': 1,
	'classification.maxCostPerDay': 5,
	'classification.automatic': false,
	'classification.loadClaudeUserSettings': false,
	'jobs.concurrency': 4,
	'jobs.concurrencyByType': {},
	'jobs.keepDays': 30,
	'search.enabled': true,
	backups: 7,
	'modelTools.enabled': true,
	'modelTools.scope': 'workspace',
	'modelTools.mcpServer': true,
	'budget.daily': 0,
	'budget.weekly': 0,
	'budget.monthly': 0,
	'budget.warnAtPercent': 80,
};

export const settingLimits = {
	rescanSeconds: { minimum: 0, maximum: 3600 },
	parserThreads: { minimum: 0, maximum: 16 },
	indexTimeoutMinutes: { minimum: 1, maximum: 1440 },
	'classification.timeoutSeconds': { minimum: 5, maximum: 600 },
	'classification.concurrency': { minimum: 1, maximum: 8 },
	'classification.sessionsPerRequest': { minimum: 1, maximum: 20 },
	'classification.maxCostPerRun': { minimum: 0, maximum: 1000 },
	'classification.maxCostPerDay': { minimum: 0, maximum: 1000 },
	'jobs.concurrency': { minimum: 1, maximum: 16 },
	'jobs.keepDays': { minimum: 1, maximum: 3650 },
	backups: { minimum: 0, maximum: 100 },
	'budget.daily': { minimum: 0, maximum: 100_000 },
	'budget.weekly': { minimum: 0, maximum: 100_000 },
	'budget.monthly': { minimum: 0, maximum: 1_000_000 },
	'budget.warnAtPercent': { minimum: 1, maximum: 100 },
} as const;
/** Money; all other numbers are whole. */
const amounts: readonly SettingName[] = [
	'classification.maxCostPerRun',
	'classification.maxCostPerDay',
	'budget.daily',
	'budget.weekly',
	'budget.monthly',
];
const mostJobsOfType = 16;

const weekdays: readonly Weekday[] = ['monday', 'sunday', 'saturday'];

/** Absolute and free of `..`: what a relative path means depends on where a process happens to stand. */
function isUsablePath(path: string): boolean {
	return isAbsolute(path) && !path.split(/[\\/]/).includes('..');
}

/** Passed to a program as an argument: never like an option. May be empty. */
export function isModelName(text: string): boolean {
	return /^(?!-)[\w.:/@[\] -]{0,200}$/.test(text);
}

/** A password in an address would stand in a file; keys belong into the secret storage, and on no wire that others read (NFR-2). */
export function isEndpoint(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && refuseAddress(text) === null && url.username === '' && url.password === '';
}

export function readSettings(read: (name: SettingName) => unknown, t: Translate): ReadSettings {
	const problems: SettingProblem[] = [];
	const refuse = (setting: SettingName, text: string) => problems.push({ setting, text: `sessionInsights.${setting}: ${text}` });

	// Whether a folder may be used is decided, and told, where places are looked for.
	const folders = () => {
		const value = read('claudeDirectories') ?? [];
		if (Array.isArray(value) && value.every(entry => typeof entry === 'string')) return value;
		refuse('claudeDirectories', t('a list of folders is expected'));
		return [];
	};
	const number = (setting: keyof typeof settingLimits) => {
		const value = read(setting) ?? defaultSettings[setting];
		const { minimum, maximum } = settingLimits[setting];
		const isAmount = amounts.includes(setting);
		const isUsable = typeof value === 'number' && (isAmount || Number.isInteger(value)) && value >= minimum && value <= maximum;
		if (isUsable) return value;
		if (isAmount) refuse(setting, t('US dollars from {0} to {1} are expected', minimum, maximum));
		else refuse(setting, t('a whole number from {0} to {1} is expected', minimum, maximum));
		return defaultSettings[setting];
	};
	const flag = (
		setting:
			| 'showAllProjects'
			| 'showStatusBar'
			| 'classification.automatic'
			| 'classification.loadClaudeUserSettings'
			| 'search.enabled'
			| 'modelTools.enabled'
			| 'modelTools.mcpServer',
	): boolean => {
		const value = read(setting) ?? defaultSettings[setting];
		if (typeof value === 'boolean') return value;
		refuse(setting, t('true or false is expected'));
		return defaultSettings[setting];
	};
	const program = (): string | null => {
		const value = read('claudePath') ?? '';
		if (value === '') return null;
		if (typeof value === 'string' && isUsablePath(value)) return value;
		refuse('claudePath', t('an absolute path without ".." is expected'));
		return null;
	};
	const choice = <T extends string>(setting: SettingName, choices: readonly T[], byDefault: T): T => {
		const value = read(setting) ?? byDefault;
		const known = choices.find(one => one === value);
		if (known === undefined) refuse(setting, t('one of {0} is expected', choices.join(', ')));
		return known ?? byDefault;
	};
	const model = (setting: 'claudeModel' | 'languageModel' | 'anthropicModel' | 'openAiModel'): string => {
		const name = `classification.${setting}` as const;
		const value = read(name) ?? defaultSettings[name];
		if (typeof value === 'string' && isModelName(value.trim())) return value.trim() || defaultSettings[name];
		refuse(name, t('the name of a model is expected'));
		return defaultSettings[name];
	};
	const endpoint = (setting: 'anthropicUrl' | 'openAiUrl'): string => {
		const name = `classification.${setting}` as const;
		const value = read(name) ?? defaultSettings[name];
		if (value === '') return defaultSettings[name];
		if (typeof value === 'string' && isEndpoint(value)) return value;
		refuse(name, t('an address without a password that begins with https:// is expected; with http:// only on this machine'));
		return defaultSettings[name];
	};
	const limitsByType = (): Settings['jobs.concurrencyByType'] => {
		const value: unknown = read('jobs.concurrencyByType') ?? {};
		const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
		const isLimit = (limit: unknown) => typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= mostJobsOfType;
		if (entries?.every(([, limit]) => isLimit(limit)) === true) return Object.fromEntries(entries);
		refuse('jobs.concurrencyByType', t('an object of job types and whole numbers from {0} to {1} is expected', 1, mostJobsOfType));
		return {};
	};
	const prices = (): EngineOptions['priceOverrides'] => {
		const value: unknown = read('priceOverrides') ?? {};
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			refuse('priceOverrides', t('an object of models and prices is expected'));
			return {};
		}
		const isPrice = (price: unknown): price is number => typeof price === 'number' && Number.isFinite(price) && price >= 0;
		const usable = Object.entries(value).flatMap(([model, price]: [string, unknown]) => {
			const { input, output } = (price ?? {}) as { readonly input?: unknown; readonly output?: unknown };
			if (isPrice(input) && isPrice(output)) return [[model, { input, output }] as const];
			refuse('priceOverrides', t('"{0}" needs input and output in dollars per million tokens', model));
			return [];
		});
		return Object.fromEntries(usable);
	};

	const settings: Settings = {
		claudeDirectories: folders(),
		claudePath: program(),
		rescanSeconds: number('rescanSeconds'),
		priceOverrides: prices(),
		parserThreads: number('parserThreads'),
		indexTimeoutMinutes: number('indexTimeoutMinutes'),
		showAllProjects: flag('showAllProjects'),
		showStatusBar: flag('showStatusBar'),
		weekStartsOn: choice('weekStartsOn', weekdays, defaultSettings.weekStartsOn),
		'classification.provider': choice('classification.provider', providerNames, defaultSettings['classification.provider']),
		'classification.claudeModel': model('claudeModel'),
		'classification.languageModel': model('languageModel'),
		'classification.anthropicModel': model('anthropicModel'),
		'classification.anthropicUrl': endpoint('anthropicUrl'),
		'classification.openAiUrl': endpoint('openAiUrl'),
		'classification.openAiModel': model('openAiModel'),
		'classification.timeoutSeconds': number('classification.timeoutSeconds'),
		'classification.concurrency': number('classification.concurrency'),
		'classification.sessionsPerRequest': number('classification.sessionsPerRequest'),
		'classification.maxCostPerRun': number('classification.maxCostPerRun'),
		'classification.maxCostPerDay': number('classification.maxCostPerDay'),
		'classification.automatic': flag('classification.automatic'),
		'classification.loadClaudeUserSettings': flag('classification.loadClaudeUserSettings'),
		'jobs.concurrency': number('jobs.concurrency'),
		'jobs.concurrencyByType': limitsByType(),
		'jobs.keepDays': number('jobs.keepDays'),
		'search.enabled': flag('search.enabled'),
		backups: number('backups'),
		'modelTools.enabled': flag('modelTools.enabled'),
		'modelTools.scope': choice('modelTools.scope', ['workspace', 'all'], defaultSettings['modelTools.scope']),
		'modelTools.mcpServer': flag('modelTools.mcpServer'),
		'budget.daily': number('budget.daily'),
		'budget.weekly': number('budget.weekly'),
		'budget.monthly': number('budget.monthly'),
		'budget.warnAtPercent': number('budget.warnAtPercent'),
	};
	return { settings, problems };
}
