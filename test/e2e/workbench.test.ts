import assert from 'node:assert/strict';
import { sharedWindow, type TestWindow } from './window.ts';
import { themes, type Theme } from './workbench.ts';

describe('A window with the packaged extension', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow();
	});

	it('finds the extension installed, not under development', async () => {
		const version = await window.host.evaluate(
			(vscode, id) => vscode.extensions.getExtension<unknown>(id)?.extensionPath ?? null,
			'session-insights.session-insights-for-claude-code',
		);
		assert.match(version ?? 'not installed', /session-insights\.session-insights-for-claude-code-/);
	});

	for (const theme of Object.keys(themes) as Theme[]) {
		it(`wears the ${theme} theme when it is chosen`, async () => {
			await window.setTheme(theme);
			await window.workbench.screenshot(`window-${theme}`);
		});
	}

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});
