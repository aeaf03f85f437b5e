/** One window for what no page alone can show: the way by keys from view to view, panels side by side, hidden, and restored after an update. */
import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { sharedWindow, testedExtensions, type TestWindow } from './window.ts';

const extensionId = 'session-insights.session-insights-for-claude-code';
const flaky = 'Find out why the tide test is flaky';

/** Many times longer than anything that follows a key takes. */
const looksAgainAfterMs = 20_000;

describe('A window that is used by keys alone, split, and updated', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow();
	});

	const keys = () => window.workbench.page.keyboard;
	/** Runs a command as fingers do. */
	const command = async (title: string): Promise<void> => {
		await keys().press('F1');
		await window.workbench.input.waitFor();
		await keys().insertText(title);
		const row = window.workbench.pickRow(title);
		await row.waitFor();
		for (let rows = 0; rows < 9 && !(await row.evaluate(each => each.classList.contains('focused'))); rows++)
			await keys().press('ArrowDown');
		await keys().press('Enter');
	};
	const press = async (...names: readonly string[]): Promise<void> => {
		for (const name of names) await keys().press(name);
	};
	/**
	 * Presses keys as a person does who looks at what comes of them: again when nothing came. While a window starts, VS Code now and then
	 * loses one.
	 */
	const pressUntil = async (seen: Locator, ...names: readonly string[]): Promise<void> => {
		for (let tries = 0; tries < 3; tries++) {
			await press(...names);
			const came = await seen.waitFor({ timeout: looksAgainAfterMs }).then(
				() => true,
				() => false,
			);
			if (came) return;
		}
		const open = await window.workbench.editors.allInnerTexts();
		assert.fail(`${names.join(', ')} came to nothing; open: ${open.join(', ')}; missing: ${String(seen)}`);
	};
	/** Goes on by Tab until there is what is looked for: something that has the focus. */
	const tabTo = async (focused: Locator): Promise<void> => {
		for (let stops = 0; stops < 40; stops++) {
			await keys().press('Tab');
			if ((await focused.count()) > 0) return;
		}
		assert.fail('Tab never comes there');
	};
	/** VS Code hands the focus to a page by message, some time after it is there: whoever goes on before is thrown out of where they went. */
	const hasFocus = async (title: string): Promise<void> => {
		const page = window.workbench.page.frameLocator('iframe.webview');
		const frame = await (await page.locator(`iframe#active-frame[title="${title}"]`).elementHandle()).contentFrame();
		await frame?.waitForFunction(() => document.hasFocus());
	};
	const frames = () => window.workbench.page.locator('iframe.webview');
	/** The panels that are shown, in the order in which they came; with no view in the side bar that is a page, too. */
	const shown = (place: number): FrameLocator =>
		frames().nth(place).contentFrame().locator('iframe#active-frame[title="Session Insights"]').contentFrame();
	const sessions = (page: FrameLocator) => page.locator('[data-figure="sessions"]');

	it('goes from the list into a conversation, through it, and back', async () => {
		await command('Session Insights: Focus on Sessions View');
		await window.workbench.tree.root.and(window.workbench.page.locator(':focus')).waitFor();
		const row = window.workbench.tree.root.locator('.monaco-list-row.focused', { hasText: flaky });
		await pressUntil(row, 'Home', 'ArrowDown', 'ArrowDown');
		const page = window.workbench.webview(flaky);
		await pressUntil(page.locator('.answer-text').first(), 'Enter');
		await hasFocus(flaky);
		await press('Control+f');
		await page.getByRole('textbox', { name: 'Find' }).waitFor();
		await keys().type('one run in ten');
		await page.getByText('1 of 1', { exact: true }).waitFor();
		await press('Escape');
		await page.getByRole('textbox', { name: 'Find' }).waitFor({ state: 'detached' });
		const focused = page.locator('virtual-list.items .virtual-row:focus');
		await focused.waitFor();
		const at = Number(await focused.getAttribute('data-index'));
		await press('Control+ArrowDown');
		await page.locator(`virtual-list.items .virtual-row:focus[data-index="${at + 1}"]`).waitFor();
		await command('Session Insights: Focus on Sessions View');
		await row.waitFor();
	});

	it('goes from a figure of the panel to its sessions, and into one of them', async () => {
		await command('View: Close All Editors');
		await command('Session Insights: Open Insights');
		const page = window.workbench.webview('Session Insights');
		await sessions(page).waitFor();
		await hasFocus('Session Insights');
		await tabTo(page.locator('[role=tab]:focus'));
		await press('ArrowRight');
		await page.getByRole('tabpanel', { name: 'Cost' }).waitFor();
		await press('ArrowLeft');
		await tabTo(page.locator('[data-figure="sessions"]:focus-within'));
		await press('Enter');
		const row = page.locator('tr[data-session-id]');
		await row.first().waitFor();
		await tabTo(page.locator('tr[data-session-id]:focus'));
		const said = await row.first().locator('.title').innerText();
		await press('Enter');
		const tab = window.workbench.editors.nth(1);
		await tab.filter({ hasNotText: /^Transcript$/ }).waitFor();
		const title = (await tab.locator('.label-name').innerText()).trim();
		assert.ok(said.includes(title), `${title} is not ${said}`);
		await hasFocus(title);
	});

	it('goes from the search to a result, and into the conversation there', async () => {
		await command('View: Close All Editors');
		await command('Session Insights: Search in the Sidebar');
		const view = window.workbench.webview('Search');
		await view.getByRole('textbox').waitFor();
		await hasFocus('Search');
		await keys().type('timetable');
		await view.locator('[role=treeitem][aria-level="2"]').first().waitFor();
		await press('ArrowDown', 'ArrowDown', 'Enter');
		await window.workbench.editors.first().waitFor();
	});

	it('holds two panels side by side, each with a choice of its own, which outlasts being hidden', async () => {
		await window.tidy();
		await command('Session Insights: Open Insights');
		await sessions(shown(0)).waitFor();
		await command('Session Insights: Open Another Insights Panel to the Side');
		await sessions(shown(1)).waitFor();
		await shown(1).getByRole('tab', { name: 'Cost' }).click();
		await shown(1).getByRole('tabpanel', { name: 'Cost' }).waitFor();
		assert.equal(await shown(0).getByRole('tab', { name: 'Overview' }).getAttribute('aria-selected'), 'true');
		await window.workbench.screenshot('two-panels');
		await command('File: New Untitled Text File');
		await frames().nth(1).waitFor({ state: 'hidden' });
		await command('View: Close Editor');
		await shown(1).getByRole('tabpanel', { name: 'Cost' }).waitFor();
	});

	it('restores both from the new version when the extension was updated', async () => {
		await shown(1).getByRole('tab', { name: 'Categories' }).click();
		await shown(1).getByRole('tabpanel', { name: 'Categories' }).waitFor();
		const next = await update(testedExtensions());
		await window.reload();
		await window.workbench.showOnly('Sessions');
		for (const place of [0, 1]) await shown(place).getByRole('tab', { name: 'Overview' }).waitFor();
		const selected = await Promise.all([0, 1].map(place => shown(place).locator('[role=tab][aria-selected=true]').innerText()));
		assert.deepEqual(selected.map(name => name.trim()).toSorted(), ['Categories', 'Overview']);
		const version = await window.host.evaluate((vscode, id) => {
			const manifest = vscode.extensions.getExtension<unknown>(id)?.packageJSON as { readonly version: string } | undefined;
			return manifest?.version;
		}, extensionId);
		assert.equal(version, next);
		for (const place of [0, 1])
			assert.match((await shown(place).locator('script[src]').first().getAttribute('src')) ?? '', new RegExp(`-${next}/`));
	});

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});

/**
 * Puts the next version in the place of the installed one, as an update does: in a folder of its own, and the old one goes. The
 * windows after this have the next one, too.
 */
async function update(extensionsDir: string): Promise<string> {
	const list = join(extensionsDir, 'extensions.json');
	const text = await readFile(list, 'utf8');
	const folder = /"relativeLocation":"(session-insights\.session-insights-for-claude-code-([\d.]+))"/.exec(text);
	const [, before, version] = folder ?? [];
	assert.ok(before !== undefined && version !== undefined, text);
	const next = version.replace(/\d+$/, last => String(Number(last) + 1));
	const after = before.replace(version, next);
	await rename(join(extensionsDir, before), join(extensionsDir, after));
	const manifest = join(extensionsDir, after, 'package.json');
	await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(`"version": "${version}"`, `"version": "${next}"`));
	await writeFile(list, text.replaceAll(before, after).replace(`"version":"${version}"`, `"version":"${next}"`));
	return next;
}
