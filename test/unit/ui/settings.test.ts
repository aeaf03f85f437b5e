import assert from 'node:assert/strict';
import { engineSettings } from '../../../src/extension/ui/presentation/engineSettings.ts';
import { defaultSettings, readSettings } from '../../../src/extension/ui/presentation/settings.ts';
import { english } from './viewers.ts';

const read = (values: Readonly<Record<string, unknown>>) => readSettings(name => values[name], english);

describe('settings', () => {
	it('are the defaults when nothing is set', () => {
		assert.deepEqual(read({}), { settings: defaultSettings, problems: [] });
	});

	it('are taken as they are when they can be used', () => {
		const { settings, problems } = read({
			claudeDirectories: ['/data/claude'],
			claudePath: '/opt/claude',
			rescanSeconds: 0,
			priceOverrides: { 'my-model': { input: 1, output: 2.5 } },
			parserThreads: 4,
			indexTimeoutMinutes: 5,
			showAllProjects: true,
			showStatusBar: false,
			weekStartsOn: 'sunday',
			'classification.provider': 'openai-compatible',
			'classification.openAiUrl': 'http://localhost:11434/v1',
			'classification.openAiModel': 'qwen3:8b',
			'classification.claudeModel': '',
			'classification.maxCostPerRun': 0.25,
			'classification.maxCostPerDay': 0,
			'classification.automatic': true,
			'budget.weekly': 50.5,
			'jobs.concurrencyByType': { backup: 1 },
		});
		assert.deepEqual(problems, []);
		assert.equal(settings.claudePath, '/opt/claude');
		assert.equal(settings.showAllProjects, true);
		assert.equal(settings.showStatusBar, false);
		assert.equal(settings.weekStartsOn, 'sunday');
		assert.deepEqual(engineSettings(settings), {
			claudeDirs: ['/data/claude'],
			replaceDefaults: false,
			budgets: { dailyUsd: null, weeklyUsd: 50.5, monthlyUsd: null, threshold: 0.8, weekStartsOn: 'sunday' },
			rescanSeconds: 0,
			priceOverrides: { 'my-model': { input: 1, output: 2.5 } },
			parserThreads: 4,
			indexTimeoutMs: 300_000,
			claudePath: '/opt/claude',
			classification: {
				provider: 'openai-compatible',
				models: { 'claude-cli': 'haiku', 'vscode-lm': '', 'anthropic-api': 'claude-haiku-4-5', 'openai-compatible': 'qwen3:8b' },
				timeoutMs: 30_000,
				concurrency: 2,
				batch: 5,
				runCapUsd: 0.25,
				dayCapUsd: null,
				isAutomatic: true,
				loadUserSettings: false,
				anthropicUrl: 'https://api.anthropic.com',
				openAiUrl: 'http://localhost:11434/v1',
			},
			jobLimits: { overall: 4, byType: { backup: 1 } },
			search: { isEnabled: true },
			maintenance: { keepJobsDays: 30, backups: 7 },
		});
	});

	const unusable: readonly (readonly [setting: string, value: unknown])[] = [
		['claudeDirectories', '/data'],
		['claudeDirectories', ['/data', 7]],
		['claudePath', 'claude'],
		['claudePath', '/opt/../tmp/claude'],
		['claudePath', 5],
		['rescanSeconds', -1],
		['rescanSeconds', 1.5],
		['rescanSeconds', '30'],
		['rescanSeconds', 1e9],
		['parserThreads', Number.NaN],
		['indexTimeoutMinutes', 0],
		['showAllProjects', 'yes'],
		['showStatusBar', 1],
		['weekStartsOn', 'friday'],
		['priceOverrides', []],
		['priceOverrides', 'free'],
		['classification.provider', 'chatgpt'],
		['classification.claudeModel', '--dangerously-skip-permissions'],
		['classification.claudeModel', 'haiku\n'.repeat(2)],
		['classification.openAiModel', 7],
		['classification.anthropicUrl', 'api.anthropic.com'],
		['classification.anthropicUrl', 'file:///etc/passwd'],
		['classification.openAiUrl', 'https://me:secret@example.com'],
		['classification.openAiUrl', 'http://192.168.1.7:11434/v1'],
		['classification.anthropicUrl', 'http://gateway.example'],
		['classification.maxCostPerRun', -1],
		['classification.maxCostPerDay', Number.POSITIVE_INFINITY],
		['classification.sessionsPerRequest', 0],
		['classification.timeoutSeconds', 2.5],
		['classification.automatic', 'yes'],
		['jobs.concurrency', 0],
		['jobs.concurrencyByType', { classify: 0 }],
		['jobs.concurrencyByType', [1]],
		['jobs.keepDays', 0.5],
		['backups', -1],
	];
	for (const [setting, value] of unusable) {
		it(`names ${setting} when it is ${JSON.stringify(value)}, and uses the default`, () => {
			const { settings, problems } = read({ [setting]: value });
			assert.deepEqual(
				problems.map(problem => problem.setting),
				[setting],
			);
			assert.ok(problems[0]?.text.startsWith(`sessionInsights.${setting}: `));
			assert.deepEqual(settings, defaultSettings);
		});
	}

	it('keep the prices that can be used and name the others', () => {
		const { settings, problems } = read({
			priceOverrides: { good: { input: 0, output: 1 }, negative: { input: -1, output: 1 }, half: { input: 1 }, none: null, text: 'x' },
		});
		assert.deepEqual(settings.priceOverrides, { good: { input: 0, output: 1 } });
		assert.equal(problems.length, 4);
	});

	it('treat a model named like a property of objects as any other', () => {
		const { settings } = read({ priceOverrides: JSON.parse('{"__proto__": {"input": 1, "output": 2}}') as unknown });
		assert.deepEqual(Object.entries(settings.priceOverrides), [['__proto__', { input: 1, output: 2 }]]);
	});
});
