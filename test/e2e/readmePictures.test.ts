/** Takes the pictures of the README, on the sample sessions. `npm run pictures` puts them into `media/`; otherwise they are looked at only. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { sharedWindow, type TestWindow } from './window.ts';

const root = join(import.meta.dirname, '..', '..');

describe('The pictures of the README', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow({ width: 1280, height: 800 });
		await window.setTheme('light');
	});

	const panel = () => window.workbench.webview('Session Insights');

	/** A picture that a test took, into the folder the README shows them from. */
	async function keep(name: string, part?: Locator): Promise<void> {
		const file = await window.workbench.screenshot(`readme-${name}`, part);
		assert.ok((await stat(file)).size > 10_000, `${name} shows nothing`);
		const folder = process.env['SESSION_INSIGHTS_PICTURES'];
		if (folder === undefined) return;
		await mkdir(join(root, folder), { recursive: true });
		await copyFile(file, join(root, folder, `${name}.png`));
	}

	it('show what was spent, and why it differs from other tools', async () => {
		await window.workbench.runCommand('Session Insights: Open Insights');
		await panel().getByRole('combobox', { name: 'Time range' }).click();
		await panel().getByRole('option', { name: 'All time' }).click();
		await panel().getByRole('tab', { name: 'Cost' }).click();
		await panel().locator('.covers .working').waitFor({ state: 'detached' });
		await panel().getByRole('heading', { name: 'Cost by day' }).waitFor();
		await keep('cost');
	});

	it('show a conversation', async () => {
		await window.host.evaluate(vscode => vscode.commands.executeCommand('workbench.action.closeAllEditors'), null);
		const title = 'Find out why the tide test is flaky';
		await window.workbench.tree.row(title).first().click();
		const page = window.workbench.webview(title);
		await page.locator('.answer-text').first().waitFor();
		await keep('transcript');
	});

	it('show what a search finds', async () => {
		await window.host.evaluate(vscode => vscode.commands.executeCommand('workbench.action.closeAllEditors'), null);
		await window.workbench.runCommand('Session Insights: Search in the Sidebar');
		const view = window.workbench.webview('Search');
		await view.getByRole('textbox').fill('offline');
		await view.locator('[role=treeitem][aria-level="2"]').first().waitFor();
		// The view opens small below the sessions.
		const sessions = window.workbench.page.getByRole('button', { name: 'Sessions Section', exact: true });
		await sessions.click({ position: { x: 30, y: 10 } });
		await window.workbench.page.locator('.pane-header[aria-expanded="false"][aria-label="Sessions Section"]').waitFor();
		await keep('search', window.workbench.page.locator('.part.sidebar'));
	});
});
