import assert from 'node:assert/strict';
import { defaultSettings, engineSettings, readSettings } from '../../../src/extension/ui/presentation/settings.ts';
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
		});
		assert.deepEqual(problems, []);
		assert.equal(settings.claudePath, '/opt/claude');
		assert.equal(settings.showAllProjects, true);
		assert.equal(settings.showStatusBar, false);
		assert.equal(settings.weekStartsOn, 'sunday');
		assert.deepEqual(engineSettings(settings), {
			claudeDirs: ['/data/claude'],
			replaceDefaults: false,
			rescanSeconds: 0,
			priceOverrides: { 'my-model': { input: 1, output: 2.5 } },
			parserThreads: 4,
			indexTimeoutMs: 300_000,
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
