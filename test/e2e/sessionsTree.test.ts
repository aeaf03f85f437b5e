import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../../scripts/build.ts';
import type { SessionInsightsApi } from '../../src/extension/ui/publicApi.ts';
import { writeSampleHome } from '../support/sampleHome/sampleHome.ts';
import { sourceFiles } from '../support/sampleHome/workspace.ts';
import { openWindow, type TestWindow } from './window.ts';
import { Tree } from './workbench.ts';

/** A session of the sample by the beginning of its title. */
const flaky = 'Find out why the tide test is flaky';
const cache = 'Cache timetables for offline use';

describe('The sessions view as a person uses it', () => {
	let window: TestWindow;

	before(async () => {
		window = await openWindow({
			prepare: ({ claudeDir, workspace }) => writeSampleHome({ claudeDir, workspace, now: new Date() }),
			theme: 'dark',
			// The served VS Code has no TypeScript to look at the sample's files with.
			settings: { 'files.associations': { '*.ts': 'plaintext' } },
			context: { viewport: { width: 1200, height: 900 } },
		});
		await window.workbench.openContainer('Session Insights');
		await window.workbench.tree.waitForRows();
	});
	after(() => window.close());

	const page = () => window.workbench.page;
	const sidebar = () => page().locator('.part.sidebar');
	/** One of the views in the side bar, by its title. */
	const pane = (title: string): Locator =>
		sidebar()
			.locator('.pane')

			// VS Code writes titles with large initials.
			.filter({ has: page().locator('.pane-header .title', { hasText: new RegExp(`^${title}$`, 'i') }) });
	const tree = (): Tree => new Tree(pane('Sessions').getByRole('tree').first());
	const input = () => page().locator('.quick-input-widget input').first();
	const pickRow = (text: string | RegExp) => page().locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
	const picture = async (name: string): Promise<void> => {
		const folder = join(root, 'artifacts', 'screenshots');
		await mkdir(folder, { recursive: true });
		await sidebar().screenshot({ path: join(folder, `tree-${name}.png`) });
	};
	const choose = async (command: string, item: string): Promise<void> => {
		await window.workbench.runCommand(`Session Insights: ${command}`);
		await pickRow(item).click();
	};
	const undo = async (text: string | RegExp): Promise<void> => {
		const message = window.workbench.notification(text);
		await message.getByRole('button', { name: 'Undo' }).click();
		await message.waitFor({ state: 'detached' });
	};
	const closeMessages = async (): Promise<void> => {
		await window.workbench.runCommand('Notifications: Clear All Notifications');
		await page().locator('.notification-list-item').first().waitFor({ state: 'detached' });
	};
	/** Runs a command on the session of that title, with what it would ask for. */
	const mark = async (command: string, title: string, answers: Readonly<Record<string, unknown>> = {}): Promise<void> =>
		window.host.evaluate(
			async (vscode, { command, title, answers }) => {
				const extension = vscode.extensions.getExtension<SessionInsightsApi>('session-insights.session-insights-for-claude-code');
				const { rows } = (await extension?.activate().then(api => api.listSessions({ filter: title }))) ?? { rows: [] };
				await vscode.commands.executeCommand(`sessionInsights.${command}`, { sessionId: rows[0]?.id, ...answers });
			},
			{ command, title, answers },
		);

	it('renames a session by F2, and takes it back', async () => {
		await tree().row(flaky).click();
		await page().keyboard.press('F2');
		await input().waitFor();
		await input().fill('The flaky tide');
		await page().keyboard.press('Enter');
		await tree().row('The flaky tide').waitFor();
		await undo('is called The flaky tide now');
		await tree().row(flaky).waitFor();
	});

	it('pins from the menu of a session: it stands on top', async () => {
		await tree().chooseFromMenu(tree().row(cache).first(), 'Pin');
		await tree().row('Pinned').first().waitFor();
		assert.match((await tree().texts())[0] ?? '', /^Pinned/);
		await closeMessages();
	});

	it('tags several sessions at once, with a tag that was only typed', async () => {
		await tree().row(flaky).click();
		await tree()
			.row(cache)
			.first()
			.click({ modifiers: ['ControlOrMeta'] });
		await tree().row(cache).first().click({ button: 'right' });
		await page().getByRole('menuitem', { name: 'Edit Tags…' }).click();
		await input().waitFor();
		await input().fill('offline');
		await page().keyboard.press('Enter');
		await window.workbench.notification('2 sessions: tagged offline').waitFor();
		await tree().row('#offline').first().waitFor();
		await closeMessages();
		await mark('editTags', flaky, { tags: ['ask Ann'] });
		await mark('editNote', flaky, { note: 'The clock of the test server is wrong' });
		await tree().row('#ask Ann').waitFor();
		await closeMessages();
	});

	it('says in the hover what was written on it', async () => {
		await tree().row(flaky).hover();
		const hover = page().locator('.monaco-hover').filter({ hasText: 'The clock of the test server is wrong' });
		await hover.waitFor();
		assert.match(await hover.innerText(), /Tags: ask Ann, offline/);
		await window.workbench.screenshot('tree-hover');
		await page().mouse.move(900, 500);
	});

	it('hides by the delete key, and shows hidden ones when asked', async () => {
		const title = await tree()
			.rows.filter({ hasText: /ago|yesterday/ })
			.last()
			.locator('.label-name')
			.first()
			.innerText();
		await tree().row(title).first().click();
		// The conversation that opens takes the focus.
		await window.workbench.tab(title).waitFor();
		await window.host.evaluate(vscode => vscode.commands.executeCommand('sessionInsights.sessions.focus'), null);
		await page().keyboard.press('Delete');
		await window.workbench.notification('Hidden from the list').waitFor();
		await tree().row(title).waitFor({ state: 'detached' });
		await window.workbench.notification('Hidden from the list').getByRole('button', { name: 'Show Hidden' }).click();
		await tree().row(title).waitFor();
		await pane('Sessions').getByText('With hidden sessions').waitFor();
		await picture('hidden-shown');
		await window.workbench.runCommand('Session Insights: Stop Showing Hidden Sessions');
		await tree().row(title).waitFor({ state: 'detached' });
		await closeMessages();
	});

	for (const [grouping, group] of [
		['Day', 'Today'],
		['Category', 'Docs'],
		['Branch', /^feature\/booking/],
		['Project', /./],
		['Status', 'Completed'],
		['Tag', 'ask Ann'],
		['No Groups', flaky],
	] as const) {
		it(`can be grouped: ${grouping}`, async () => {
			await choose('Group Sessions By…', grouping);
			await tree().row(group).first().waitFor();
			await picture(`by-${grouping.replace(' ', '-')}`);
		});
	}

	it('keeps the grouping over a reload, and sorts', async function () {
		if (process.env['TREE_SORTING'] !== '1') {
			console.log('      skipped: without groups, the order is sometimes another after a reload; TREE_SORTING=1 runs it');
			this.skip();
		}
		await choose('Group Sessions By…', 'Tag');
		await choose('Sort Sessions By…', 'Title');
		await pane('Sessions').getByText('Sorted by: Title').waitFor();
		await window.reload();
		await window.workbench.openContainer('Session Insights');
		await tree().row('ask Ann').first().waitFor();
		await choose('Group Sessions By…', 'No Groups');
		await tree().row('Not tagged').waitFor({ state: 'detached' });
		await tree().row('Set up the project').first().waitFor();
		const titles = (await tree().texts()).slice(2).map(text => text.split('\n')[0] ?? '');
		assert.deepEqual(
			titles,
			titles.toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en')),
		);
		await choose('Group Sessions By…', 'Day');
		await choose('Sort Sessions By…', 'Last Activity');
		await pane('Sessions').getByText('Sorted by').waitFor({ state: 'detached' });
	});

	it('filters by words and by what sessions have in common, says so, and is cleared at once', async () => {
		await window.workbench.runCommand('Session Insights: Filter Sessions…');
		await input().fill('tide');
		await window.workbench.screenshot('tree-filter-pick');
		await page().keyboard.press('Enter');
		await pane('Sessions').getByText('Contains: tide').waitFor();
		await choose('Filter Sessions…', 'Tag…');
		await pickRow('ask Ann').click();
		await pane('Sessions').getByText('Tag: ask Ann').waitFor();
		await tree().row(flaky).waitFor();
		assert.equal(await tree().row(cache).count(), 0);
		await picture('filtered');
		await window.workbench.runCommand('Session Insights: Filter Sessions…');
		await input().fill('no such words');
		await page().keyboard.press('Enter');
		await pane('Sessions').getByText('No session matches the filter.').waitFor();
		await picture('no-match');
		await window.workbench.runCommand('Session Insights: Clear Filter');
		await tree().row(cache).first().waitFor();
	});

	it('goes to a session by a few letters', async () => {
		await window.workbench.runCommand('Session Insights: Go to Session…');
		await input().waitFor();
		await input().fill('clock of the test');
		await pickRow(flaky).waitFor();
		await window.workbench.screenshot('tree-go-to-session');
		await page().keyboard.press('Escape');
	});

	it('names who touched the file in the editor, and opens the conversation there', async () => {
		const file = join(window.workspace, sourceFiles[0]);
		await window.host.evaluate(async (vscode, path) => {
			await vscode.window.showTextDocument(vscode.Uri.file(path));
			await vscode.commands.executeCommand('sessionInsights.sessionsForFile', vscode.Uri.file(path));
		}, file);
		const rows = new Tree(pane('Sessions for This File').getByRole('tree').first());
		await rows
			.row(/edit|read/)
			.first()
			.waitFor();
		await window.workbench.screenshot('tree-file-sessions');
		await rows
			.row(/edit|read/)
			.first()
			.click();
		await page()
			.locator('.tabs-container .tab.active')
			.filter({ hasNotText: file.split('/').at(-1) ?? '' })
			.waitFor();
		assert.ok((await rows.rows.count()) > 0, 'the view stays with the file');
	});

	for (const theme of ['light', 'highContrast', 'highContrastLight'] as const) {
		it(`can be read in the ${theme} theme`, async () => {
			await window.setTheme(theme);
			await tree().row('Pinned').first().waitFor();
			await picture(`theme-${theme}`);
		});
	}

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});
