/** Searching everything said in a real VS Code: by the keyboard alone, in the sidebar and in the quick pick. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sharedWindow, type TestWindow } from './window.ts';
import { themes, type Theme } from './workbench.ts';

describe('Searching in a window', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow();
	});

	const page = () => window.workbench.page;
	const view = () => window.workbench.webview('Search');
	const hits = () => view().locator('[role=treeitem][aria-level="2"]');
	const pick = () => page().locator('.quick-input-widget');
	const editors = () => page().locator('.tabs-container').getByRole('tab');
	/** A page of a conversation is a webview too: with it open, that of the search would not be the only one. */
	const opensAndIsClosed = async () => {
		await editors().first().waitFor();
		await window.host.evaluate(vscode => vscode.commands.executeCommand('workbench.action.closeAllEditors'), null);
		await editors().first().waitFor({ state: 'detached' });
	};
	const isFocused = (element: Locator) => element.evaluate(each => each === each.ownerDocument.activeElement);

	it('goes from the palette into the field, to a result and into its transcript without a mouse', async () => {
		await window.workbench.runCommand('Session Insights: Search in the Sidebar');
		const field = view().getByRole('textbox');
		await field.waitFor();
		await page().waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
		// The document has the focus before its page has heard that a search was asked for.
		await view().locator('input:focus').waitFor();
		await page().keyboard.type('timetable');
		// Not those of the first letters, which give way to the last answer.
		await view().locator('main[aria-busy=false]').waitFor();
		await hits().first().waitFor();
		await page().keyboard.press('ArrowDown');
		await page().keyboard.press('ArrowDown');
		assert.equal(await isFocused(hits().first()), true);
		await window.workbench.screenshot('search-view');
		await page().keyboard.press('Enter');
		await opensAndIsClosed();
	});

	it('keeps the search while the view is hidden, and after a reload', async () => {
		await window.workbench.openContainer('Explorer');
		await window.workbench.openContainer('Session Insights');
		await hits().first().waitFor();
		assert.equal(await view().getByRole('textbox').inputValue(), 'timetable');
		await window.reload();
		await window.workbench.openContainer('Session Insights');
		await hits().first().waitFor();
	});

	it('finds as a person types in the quick pick, and opens with Enter', async () => {
		await window.host.evaluate(vscode => vscode.commands.executeCommand('workbench.action.closeAllEditors'), null);
		await page().keyboard.press('Control+Alt+Shift+F');
		await pick().locator('input').first().waitFor();
		await page().keyboard.type('timetable');
		const row = pick().locator('.monaco-list-row').first();
		await row.filter({ hasText: /timetable/i }).waitFor();
		await window.workbench.screenshot('search-pick');
		await page().keyboard.press('Enter');
		await opensAndIsClosed();
	});

	it('hands the search of the quick pick to the view', async () => {
		await window.workbench.runCommand('Session Insights: Search Everything Said');
		await pick().locator('input').first().fill('login');
		await pick().locator('.monaco-list-row').first().waitFor();
		await pick().getByRole('button', { name: 'Open in the Search View' }).first().click();
		await hits().filter({ hasText: /login/i }).first().waitFor();
		assert.equal(await view().getByRole('textbox').inputValue(), 'login');
	});

	it('is switched off and on again', async () => {
		const set = (isEnabled: boolean) =>
			window.host.evaluate(
				(vscode, value) =>
					vscode.workspace.getConfiguration('sessionInsights').update('search.enabled', value, vscode.ConfigurationTarget.Global),
				isEnabled,
			);
		await set(false);
		await view().getByRole('heading', { name: 'Search is switched off' }).waitFor();
		await view().getByRole('button', { name: 'Switch search on' }).click();
		await hits().first().waitFor();
	});

	for (const theme of Object.keys(themes) as readonly Theme[]) {
		it(`is accessible in ${theme}`, async () => {
			await window.setTheme(theme);
			await view().locator(`body.${themes[theme].bodyClass}`).waitFor();
			await hits().first().waitFor();
			assert.deepEqual(await window.workbench.accessibilityViolations(), []);
			await window.workbench.screenshot(`search-view-${theme}`);
		});
	}

	it('leaves the console silent', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});
