import assert from 'node:assert/strict';
import { diagnosticsText, type HostFacts } from '../../../src/extension/ui/presentation/diagnosticsText.ts';
import { settingNames } from '../../../src/extension/ui/names.ts';
import { defaultSettings, type Settings } from '../../../src/extension/ui/presentation/settings.ts';

const host: HostFacts = {
	extension: '0.1.0',
	sqlJs: '1.16.0',
	vscode: '1.105.0-insider',
	node: '22.17.0',
	platform: 'linux',
	arch: 'x64',
	osRelease: '6.8.0-45-generic',
	processors: 8,
	memoryBytes: 16e9,
	appHost: 'desktop',
	remote: 'ssh-remote',
	language: 'pt-br',
	isTrusted: true,
	workspaceFolders: 2,
};

interface Bundle {
	readonly [part: string]: unknown;
	readonly settings: Readonly<Record<string, unknown>>;
}

const bundleOf = (settings: Settings, facts: Partial<HostFacts> = {}): Bundle =>
	JSON.parse(
		diagnosticsText({
			createdAt: '2026-11-21T12:00:00.000Z',
			host: { ...host, ...facts },
			settings,
			log: [{ at: '2026-11-21T11:00:00.000Z', level: 'warn', message: 'saving failed · ENOSPC' }],
			engine: { noAnswer: 'timed out' },
		}),
	) as Bundle;

describe('The diagnostics bundle', () => {
	it('says first what it holds, then versions, machine, window, settings, engine and log', () => {
		const bundle = bundleOf(defaultSettings);
		assert.deepEqual(Object.keys(bundle), ['about', 'createdAt', 'versions', 'machine', 'window', 'settings', 'engine', 'log']);
		assert.deepEqual(bundle['versions'], { extension: '0.1.0', vscode: '1.105.0-insider', node: '22.17.0', sqlJs: '1.16.0' });
		assert.deepEqual(bundle['window'], {
			appHost: 'desktop',
			remote: 'ssh-remote',
			language: 'pt-br',
			isTrusted: true,
			workspaceFolders: 2,
		});
		assert.deepEqual(bundle['engine'], { noAnswer: 'timed out' });
		assert.deepEqual(bundle['log'], ['2026-11-21T11:00:00.000Z warn saving failed · ENOSPC']);
	});

	it('names every setting, with its value where that is a flag, a number or a choice of ours', () => {
		const { settings } = bundleOf({
			...defaultSettings,
			claudeDirectories: ['/home/ann/work', '/srv/x'],
			claudePath: '/home/ann/bin/claude',
			priceOverrides: { 'ann-model': { input: 1, output: 2 } },
			'classification.openAiUrl': 'https://models.ann.example',
			'classification.claudeModel': 'ann-model',
			'classification.provider': 'openai-compatible',
			'budget.daily': 7.5,
			'search.enabled': false,
		});
		assert.deepEqual(Object.keys(settings), [...settingNames]);
		const { claudeDirectories, claudePath, priceOverrides, backups } = settings;
		assert.deepEqual([claudeDirectories, claudePath, priceOverrides, backups], [{ entries: 2 }, 'set', { entries: 1 }, 7]);
		assert.deepEqual(
			['openAiUrl', 'openAiModel', 'claudeModel', 'anthropicUrl', 'provider'].map(name => settings[`classification.${name}`]),
			['set', 'not set', 'set', 'default', 'openai-compatible'],
		);
		assert.deepEqual([settings['budget.daily'], settings['search.enabled']], [7.5, false]);
		assert.ok(!JSON.stringify(settings).includes('ann'));
	});

	it('tells nothing of builds, hosts and remotes that somebody named', () => {
		const named = bundleOf(defaultSettings, {
			vscode: 'ann-code 1.0',
			osRelease: '6.8.0-45-ann-corp',
			appHost: 'ann-desktop',
			remote: 'ann-remote+host',
			language: 'qps-ploc-ann',
		});
		assert.ok(!JSON.stringify([named['versions'], named['machine'], named['window']]).includes('ann'));
		assert.equal((named['machine'] as { readonly osRelease: string }).osRelease, '6.8.0');
	});
});
