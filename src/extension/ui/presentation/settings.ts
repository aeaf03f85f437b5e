/** The settings as typed values, whatever stands in the JSON; what cannot be used is named, not guessed (IDX-2). */
import { isAbsolute } from 'node:path';
import type { EngineOptions } from '../../engine/api.ts';
import type { SettingName } from '../names.ts';
import type { Translate, Weekday } from './language.ts';

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
};

export const settingLimits = {
	rescanSeconds: { minimum: 0, maximum: 3600 },
	parserThreads: { minimum: 0, maximum: 16 },
	indexTimeoutMinutes: { minimum: 1, maximum: 1440 },
} as const;

const weekdays: readonly Weekday[] = ['monday', 'sunday', 'saturday'];

/** Absolute and free of `..`: what a relative path means depends on where a process happens to stand. */
function isUsablePath(path: string): boolean {
	return isAbsolute(path) && !path.split(/[\\/]/).includes('..');
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
		if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
		refuse(setting, t('a whole number from {0} to {1} is expected', minimum, maximum));
		return defaultSettings[setting];
	};
	const flag = (setting: 'showAllProjects' | 'showStatusBar') => {
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
	const weekday = (): Weekday => {
		const value = read('weekStartsOn') ?? defaultSettings.weekStartsOn;
		const known = weekdays.find(day => day === value);
		if (known === undefined) refuse('weekStartsOn', t('one of {0} is expected', weekdays.join(', ')));
		return known ?? defaultSettings.weekStartsOn;
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
		weekStartsOn: weekday(),
	};
	return { settings, problems };
}

/** What the engine is told of the settings. Its defaults stay: the setting only adds places (IDX-2). */
export function engineSettings(
	settings: Settings,
): Pick<EngineOptions, 'claudeDirs' | 'replaceDefaults' | 'rescanSeconds' | 'priceOverrides' | 'parserThreads' | 'indexTimeoutMs'> {
	return {
		claudeDirs: settings.claudeDirectories,
		replaceDefaults: false,
		rescanSeconds: settings.rescanSeconds,
		priceOverrides: settings.priceOverrides,
		parserThreads: settings.parserThreads,
		indexTimeoutMs: settings.indexTimeoutMinutes * 60_000,
	};
}
