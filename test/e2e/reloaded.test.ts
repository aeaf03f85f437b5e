/** What a person left in a window is there again when it is reloaded. One reload for all of it, since VS Code starts anew with each. */
import assert from 'node:assert/strict';
import { sharedWindow, type TestWindow } from './window.ts';

const flaky = 'Find out why the tide test is flaky';

describe('A window that is reloaded', () => {
	let window: TestWindow;
	let responses: string;
	let lastPrompt: string;

	before(async () => {
		window = await sharedWindow();
		await window.workbench.runCommand('Session Insights: Open Insights');
		await panel().locator('.covers .working').waitFor({ state: 'detached' });
		const inMonth = (await figure().getAttribute('data-value')) ?? '';
		await panel().getByRole('combobox', { name: 'Time range' }).click();
		await panel().getByRole('option', { name: 'All time' }).click();
		await figure()
			.and(panel().locator(`:not([data-value="${inMonth}"])`))
			.waitFor();
		responses = (await figure().getAttribute('data-value')) ?? '';
		await window.workbench.tree.row(flaky).first().click();
		await conversation().locator('.answer-text').first().waitFor();
		await conversation().locator('.outline .virtual-row').last().click();
		lastPrompt = await conversation().locator('.prompt-text').last().innerText();
		await conversation().locator('.turn-text', { hasText: lastPrompt }).waitFor();
		await window.choose('groupSessions', 'Branch');
		await window.choose('sortSessions', 'Title');
		await pane().getByText('Sorted by: Title').waitFor();
		await window.reload();
	});

	const pane = () => window.workbench.pane('Sessions');
	const tree = () => window.workbench.tree;
	const panel = () => window.workbench.webview('Session Insights');
	const figure = () => panel().locator('[data-figure="responses"]');
	const conversation = () => window.workbench.webview(flaky);

	it('has the conversation that was open, at the same place', async () => {
		await conversation().getByRole('heading', { level: 1, name: flaky }).waitFor();
		await conversation().locator('.turn-text', { hasText: lastPrompt }).waitFor();
		await conversation().locator('.prompt-text', { hasText: lastPrompt }).waitFor();
	});

	it('has the panel with its figures', async () => {
		await window.workbench.tab('Session Insights').click();
		await figure()
			.and(panel().locator(`[data-value="${responses}"]`))
			.waitFor();
	});

	it('keeps grouping and order', async () => {
		await window.workbench.showOnly('Sessions');
		await tree()
			.row(/^feature\/booking/)
			.first()
			.waitFor();
		await pane().getByText('Sorted by: Title').waitFor();
		await window.choose('sortSessions', 'Last Activity');
		await pane().getByText('Sorted by').waitFor({ state: 'detached' });
	});

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});
