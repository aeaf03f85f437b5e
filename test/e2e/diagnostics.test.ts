import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedWindow, type TestWindow } from './window.ts';

describe('Create Diagnostics Bundle', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow({ width: 1200, height: 900 });
	});

	it('shows everything in a document nobody can edit, then saves that and nothing else where the person says', async () => {
		const { page } = window.workbench;
		await window.workbench.runCommand('Session Insights: Create Diagnostics Bundle…');
		const message = window.workbench.notification('This is all that a diagnostics bundle holds');
		await message.waitFor();
		const shown = await window.host.evaluate(vscode => vscode.window.activeTextEditor?.document.getText() ?? '', null);
		const bundle = JSON.parse(shown) as { readonly engine: { readonly sessions: Readonly<Record<string, number>> } };
		assert.ok((bundle.engine.sessions['all'] ?? 0) > 3);
		assert.ok(!shown.includes(window.workspace) && !shown.includes('tide'));
		await window.workbench.screenshot('diagnostics');
		await message.getByRole('button', { name: 'Save…' }).click();
		const path = page.locator('.quick-input-widget input').first();
		// The home folder is offered; VS Code fills the field when it has looked there.
		await page.waitForFunction(
			() =>
				document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.endsWith('session-insights-diagnostics.json') === true,
		);
		await path.focus();
		await page.keyboard.press('Enter');
		await window.workbench.notification('Nothing was sent').waitFor();
		assert.equal(await readFile(join(window.home, 'session-insights-diagnostics.json'), 'utf8'), shown);
	});
});
