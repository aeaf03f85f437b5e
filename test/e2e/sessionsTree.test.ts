/** The sessions view as a person uses it, by mouse and by keys. Each test finds the list as it was, and leaves it so. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { SessionInsightsApi } from '../../src/extension/ui/publicApi.ts';
import { sourceFiles } from '../support/sampleHome/workspace.ts';
import { sharedWindow, type TestWindow } from './window.ts';
import type { Tree } from './workbench.ts';

/** Sessions of the sample by their titles. */
const flaky = 'Find out why the tide test is flaky';
const cache = 'Cache timetables for offline use';
const signs = 'Show departures on the signs at the pier';

describe('The sessions view as a person uses it', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow({ width: 1200, height: 900 });
		await mark('editTags', flaky, { tags: ['ask Ann', 'offline'] });
		await mark('editNote', flaky, { note: 'The clock of the test server is wrong' });
		await tree().row('#ask Ann').waitFor();
	});
	beforeEach(async () => {
		await window.tidy();
		await tree().row('Today').waitFor();
	});

	const page = () => window.workbench.page;
	const pane = (title: string): Locator => window.workbench.pane(title);
	const tree = (): Tree => window.workbench.tree;
	const input = () => window.workbench.input;
	const pickRow = (text: string | RegExp) => window.workbench.pickRow(text);
	const focusedRow = () => tree().root.locator('.monaco-list-row.focused');
	const picture = (name: string) => window.workbench.screenshot(`tree-${name}`, page().locator('.part.sidebar'));
	const run = (command: string): Promise<void> => window.begin(command);
	const choose = (command: string, item: string): Promise<void> => window.choose(command, item);
	const undo = async (text: string | RegExp): Promise<void> => {
		const message = window.workbench.notification(text);
		await message.getByRole('button', { name: 'Undo' }).click();
		await message.waitFor({ state: 'detached' });
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

	it('shows a session that is clicked and leaves the keyboard in the list: F2 renames it, Undo takes it back', async () => {
		await tree().row(flaky).click();
		await window.workbench.tab(flaky).waitFor();
		await window.workbench.webview(flaky).locator('.answer-text').first().waitFor();
		await page().keyboard.press('F2');
		await input().waitFor();
		await input().fill('The flaky tide');
		await page().keyboard.press('Enter');
		await tree().row('The flaky tide').waitFor();
		await undo('is called The flaky tide now');
		await tree().row(flaky).waitFor();
	});

	it('goes into the conversation by a double click, and by Enter', async () => {
		const isInPage = () => page().waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
		await tree().row(flaky).dblclick();
		await isInPage();
		await window.tidy();
		await tree().row('Today').click();
		await tree().row('Today').click();
		await page().keyboard.press('ArrowDown');
		await page().keyboard.press('ArrowDown');
		await focusedRow().filter({ hasText: flaky }).waitFor();
		await page().keyboard.press('Enter');
		await isInPage();
		assert.equal(await window.workbench.editors.count(), 1);
	});

	it('means by a key the row that the keys have come to, not the one that was clicked', async () => {
		await tree().row(cache).first().click();
		await page().keyboard.press('ArrowDown');
		await focusedRow().filter({ hasText: flaky }).waitFor();
		await page().keyboard.press('F2');
		await input().waitFor();
		assert.equal(await input().inputValue(), flaky);
		await page().keyboard.press('Escape');
	});

	it('pins from the menu of a session: it stands on top', async () => {
		await tree().chooseFromMenu(tree().row(cache).first(), 'Pin');
		await tree().row('Pinned').first().waitFor();
		assert.match((await tree().texts())[0] ?? '', /^Pinned/);
		await undo('Pinned: ');
		await tree().row('Pinned').waitFor({ state: 'detached' });
	});

	it('tags several sessions at once, with a tag that was only typed', async () => {
		await tree().row(flaky).click();
		await tree()
			.row(cache)
			.first()
			.click({ modifiers: ['ControlOrMeta'] });
		await tree().chooseFromMenu(tree().row(cache).first(), 'Edit Tags…');
		await input().waitFor();
		await input().fill('weekend');
		await page().keyboard.press('Enter');
		await window.workbench.notification('2 sessions: tagged weekend').waitFor();
		await tree().row('#weekend').first().waitFor();
		await undo('2 sessions: tagged weekend');
		await tree().row('#weekend').first().waitFor({ state: 'detached' });
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
		await page().keyboard.press('Delete');
		const message = window.workbench.notification('Hidden from the list');
		await message.waitFor();
		await tree().row(title).waitFor({ state: 'detached' });
		await message.getByRole('button', { name: 'Show Hidden' }).click();
		await tree().row(title).waitFor();
		await pane('Sessions').getByText('With hidden sessions').waitFor();
		await picture('hidden-shown');
		await window.workbench.runCommand('Session Insights: Stop Showing Hidden Sessions');
		await tree().row(title).waitFor({ state: 'detached' });
		await mark('unhideSession', title);
		await tree().row(title).waitFor();
	});

	for (const [grouping, group] of [
		['Day', 'Today'],
		['Category', 'Docs'],
		['Branch', /^feature\/booking/],
		['Status', 'Completed'],
		['Tag', /^ask Ann/],
		['No Groups', flaky],
	] as const) {
		it(`can be grouped: ${grouping}`, async () => {
			await choose('groupSessions', grouping);
			await tree().row(group).first().waitFor();
			if (grouping !== 'Day') await tree().row('Today').waitFor({ state: 'detached' });
			await picture(`by-${grouping.replace(' ', '-')}`);
		});
	}

	it('can be grouped: Project, over all projects', async () => {
		await run('sessionInsights.toggleAllProjects');
		await tree().row(signs).waitFor();
		await choose('groupSessions', 'Project');
		for (const project of [/^workspace/, /^pier-signs/]) await tree().row(project).first().waitFor();
		await picture('by-Project');
		await run('sessionInsights.toggleAllProjects');
		await tree()
			.row(/^pier-signs/)
			.waitFor({ state: 'detached' });
	});

	it('can be ordered by titles', async () => {
		await choose('sortSessions', 'Title');
		await pane('Sessions').getByText('Sorted by: Title').waitFor();
		await choose('groupSessions', 'No Groups');
		await tree().row('Today').waitFor({ state: 'detached' });
		await tree().row('Set up the project').waitFor();
		const titles = (await tree().texts()).map(text => text.split('\n')[0] ?? '');
		assert.deepEqual(
			titles,
			titles.toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en')),
		);
		await choose('sortSessions', 'Last Activity');
		await pane('Sessions').getByText('Sorted by').waitFor({ state: 'detached' });
	});

	it('filters by words and by what sessions have in common, says so, and is cleared at once', async () => {
		await window.workbench.runCommand('Session Insights: Filter Sessions…');
		await input().fill('tide');
		await window.workbench.screenshot('tree-filter-pick');
		await page().keyboard.press('Enter');
		await pane('Sessions').getByText('Contains: tide').waitFor();
		await choose('filterSessions', 'Tag…');
		await pickRow('ask Ann').click();
		await pane('Sessions').getByText('Tag: ask Ann').waitFor();
		await tree().row(flaky).waitFor();
		assert.equal(await tree().row(cache).count(), 0);
		await picture('filtered');
		await run('sessionInsights.filterSessions');
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
		const rows = window.workbench.treeOf('Sessions for This File');
		const touch = rows.row(/edit|read/).first();
		await touch.waitFor();
		await window.workbench.screenshot('tree-file-sessions');
		await touch.click();
		await page()
			.locator('.tabs-container .tab.active')
			.filter({ hasNotText: file.split('/').at(-1) ?? '' })
			.waitFor();
		assert.ok((await rows.rows.count()) > 0, 'the view stays with the file');
		assert.equal(await rows.root.locator('.monaco-list-row.focused').count(), 1, 'and keeps the keyboard');
	});

	for (const theme of ['light', 'highContrast', 'highContrastLight', 'dark'] as const) {
		it(`can be read in the ${theme} theme`, async () => {
			await window.setTheme(theme);
			await tree().row('Today').waitFor();
			await picture(`theme-${theme}`);
		});
	}

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});
