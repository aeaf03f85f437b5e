/** What leaves the extension by a person's own hand, and what is left when they delete it all: a window of its own, which has nothing afterwards. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InsightsDocument } from '../../src/extension/engine/insightsDocument.ts';
import { openSampleWindow, type TestWindow } from './window.ts';

const flaky = 'Find out why the tide test is flaky';

describe('A person takes their data along, or deletes it', () => {
	let window: TestWindow;

	before(async () => {
		window = await openSampleWindow();
		await window.tidy();
	});
	after(() => window.close());

	const page = () => window.workbench.page;
	const dialog = () => page().locator('.monaco-dialog-box');
	const pick = (text: string) => window.workbench.pickRow(text).click();
	/** Takes the file that a save dialog offers; VS Code fills the field when it has looked into the folder. */
	const save = async (name: string): Promise<string> => {
		await page().waitForFunction(
			ending => document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.endsWith(ending) === true,
			name,
		);
		await page().locator('.quick-input-widget input').first().focus();
		await page().keyboard.press('Enter');
		return join(window.home, name);
	};

	it('exports the figures of the panel by its button, as they are on the page', async () => {
		await window.begin('sessionInsights.openInsights');
		const panel = window.workbench.webview('Session Insights');
		const shown = await panel.locator('[data-figure="responses"]').getAttribute('data-value');
		await panel.getByRole('button', { name: 'Export the figures' }).click();
		await pick('JSON');
		const file = await save('claude-insights.json');
		await window.workbench.notification('Exported the figures of all pages').waitFor();
		const { overview } = JSON.parse(await readFile(file, 'utf8')) as InsightsDocument;
		assert.equal(String(overview.totals.responses.now), shown);
	});

	it('exports a conversation from the menu of its row', async () => {
		await window.tidy();
		await window.workbench.tree.chooseFromMenu(window.workbench.tree.row(flaky), 'Export Session…');
		await pick('Markdown');
		await window.workbench.pickRow('Redact secrets').waitFor();
		await page().keyboard.press('Enter');
		const offered = page().locator('.quick-input-widget input').first();
		await page().waitForFunction(
			() => document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.endsWith('.md') === true,
		);
		const file = await save((await offered.inputValue()).split('/').at(-1) ?? '');
		await window.workbench.notification('Exported').waitFor();
		assert.match(await readFile(file, 'utf8'), new RegExp(`^# ${flaky}`, 'm'));
	});

	it('says what is stored, and deletes it when that is meant', async () => {
		await window.tidy();
		assert.ok(stored().length > 0);
		await window.begin('sessionInsights.showStorage');
		await window.workbench.pickRow('Delete All Data…').click();
		await dialog().waitFor();
		assert.match(await dialog().innerText(), /Delete all data of Session Insights\?[^]*Index: [^]*lost for good/);
		await window.workbench.screenshot('delete-all');
		await dialog().getByRole('button', { name: 'Cancel' }).click();
		await dialog().waitFor({ state: 'detached' });
		assert.ok((await window.workbench.tree.texts()).length > 3);
		await window.begin('sessionInsights.deleteAllData');
		await dialog().getByRole('button', { name: 'Delete Everything' }).click();
		const told = window.workbench.notification('All data of Session Insights was deleted');
		await told.waitFor();
		await window.workbench.tree.rows.first().waitFor({ state: 'detached' });
		assert.deepEqual(stored(), []);
		await told.getByRole('button', { name: 'Start Again' }).click();
		await window.workbench.tree.row(flaky).waitFor();
	});

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});

	/** Files of ours in what VS Code keeps for extensions. */
	function stored(): readonly string[] {
		return readdirSync(window.dataDir, { recursive: true, encoding: 'utf8' }).filter(name =>
			/(index|ledger|search)[^/]*\.(sqlite|journal)/.test(name),
		);
	}
});
