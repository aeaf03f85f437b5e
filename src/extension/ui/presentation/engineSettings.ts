/** What the engine is told of the settings. */
import type { ClassificationOptions, EngineOptions } from '../../engine/api.ts';
import type { Settings } from './settings.ts';

export type EngineSettings = Omit<EngineOptions, 'dataDir' | 'workspaceFolders' | 'timeZone' | 'isTrusted'>;

/** The engine's own places stay: the setting only adds some (IDX-2). */
export function engineSettings(settings: Settings): EngineSettings {
	return {
		claudeDirs: settings.claudeDirectories,
		replaceDefaults: false,
		rescanSeconds: settings.rescanSeconds,
		priceOverrides: settings.priceOverrides,
		parserThreads: settings.parserThreads,
		indexTimeoutMs: settings.indexTimeoutMinutes * 60_000,
		claudePath: settings.claudePath,
		classification: classificationOptions(settings),
		budgets: {
			dailyUsd: cap(settings['budget.daily']),
			weeklyUsd: cap(settings['budget.weekly']),
			monthlyUsd: cap(settings['budget.monthly']),
			threshold: settings['budget.warnAtPercent'] / 100,
			weekStartsOn: settings.weekStartsOn,
		},
		jobLimits: { overall: settings['jobs.concurrency'], byType: settings['jobs.concurrencyByType'] },
		search: { isEnabled: settings['search.enabled'] },
		maintenance: { keepJobsDays: settings['jobs.keepDays'], backups: settings.backups },
	};
}

/** `0` in the settings is no limit. */
const cap = (usd: number): number | null => (usd === 0 ? null : usd);

function classificationOptions(settings: Settings): ClassificationOptions {
	return {
		provider: settings['classification.provider'],
		models: {
			'claude-cli': settings['classification.claudeModel'],
			'vscode-lm': settings['classification.languageModel'],
			'anthropic-api': settings['classification.anthropicModel'],
			'openai-compatible': settings['classification.openAiModel'],
		},
		timeoutMs: settings['classification.timeoutSeconds'] * 1000,
		concurrency: settings['classification.concurrency'],
		batch: settings['classification.sessionsPerRequest'],
		runCapUsd: cap(settings['classification.maxCostPerRun']),
		dayCapUsd: cap(settings['classification.maxCostPerDay']),
		isAutomatic: settings['classification.automatic'],
		loadUserSettings: settings['classification.loadClaudeUserSettings'],
		anthropicUrl: settings['classification.anthropicUrl'],
		openAiUrl: settings['classification.openAiUrl'],
	};
}
