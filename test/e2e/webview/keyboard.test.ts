/** Everything on the page without a mouse (NFR-4). */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { FakeExtension } from './fakeExtension.ts';
import { fullExtension } from './history.ts';
import { type OpenedPage, launch, openInsights } from './openPage.ts';

/** The element that has the focus, through shadow roots, as a short description. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		let active = document.activeElement;
		for (;;) {
			const inner = active?.shadowRoot?.activeElement;
			if (inner === null || inner === undefined || active?.tagName.startsWith('VSCODE-') === true) break;
			active = inner;
		}
		if (active === null || active === document.body) return 'nothing';
		const name = active.getAttribute('aria-label') ?? active.textContent.trim().replace(/\s+/g, ' ');
		return `${active.getAttribute('role') ?? active.tagName.toLowerCase()}: ${name.slice(0, 40)}`;
	});
}

describe('By keyboard', () => {
	let browser: Browser;
	let opened: OpenedPage;
	let page: Page;
	let extension: FakeExtension;

	before(async () => {
		browser = await launch();
	});
	beforeEach(async () => {
		extension = fullExtension();
		opened = await openInsights(browser, extension);
		page = opened.page;
		await page.locator('tr[data-session-id]').first().waitFor();
	});
	afterEach(async () => {
		assert.deepEqual(opened.complaints, [], 'the console stays silent');
		await opened.close();
	});
	after(() => browser.close());

	it('Tab goes through the page in the order in which it is read, with one stop for the chart and one for the rows', async () => {
		const stops: string[] = [];
		for (let index = 0; index < 60; index++) {
			await page.keyboard.press('Tab');
			const stop = await focused(page);
			if (stop === 'nothing') break;
			stops.push(stop);
		}
		const count = (start: string) => stops.filter(stop => stop.startsWith(start)).length;
		assert.deepEqual(stops.slice(0, 6), [
			'combobox: Sessions of',
			'combobox: Time range',
			'button: By kind',
			'input: ',
			'button: Show as table',
			'button: Saturday, 21 November 2026: $0.00 Cost',
		]);
		assert.equal(count('button: Saturday'), 1);
		assert.equal(count('tr: '), 1, 'one of fifty rows');
		const categories = stops.indexOf('button: Code work');
		assert.deepEqual(stops.slice(categories - 1, categories + 7), [
			'input: ',
			'button: Code work',
			'button: Show only sessions of Code work',
			'button: Support work',
			'button: Show only sessions of Support work',
			'button: Thinking work',
			'button: Show only sessions of Thinking work',
			'vscode-button: Classify sessions…',
		]);
		assert.equal(stops.filter(stop => stop.startsWith('button: claude') || /^button: (gpt|qwen)/.test(stop)).length, 5);
		assert.ok(
			stops.indexOf('vscode-text-field: Filter by title, branch, project or prom') < stops.findIndex(stop => stop === 'button: Started'),
		);
		assert.deepEqual(stops.slice(-4), [
			'button: Previous page',
			'button: Next page',
			'summary: Classification jobs 34 of 120 sessions ·',
			'summary: Index runs',
		]);
	});

	it('arrows move between the bars, which show their figures, and Enter picks one and lets it go', async () => {
		const panel = page.locator('bar-chart .panel');
		await page.locator('bar-chart .bar').nth(29).focus();
		await panel.getByText('Saturday, 21 November 2026').waitFor();
		for (let index = 0; index < 5; index++) await page.keyboard.press('ArrowLeft');
		assert.equal(await focused(page), 'button: Monday, 16 November 2026: $16.38 Cost');
		await panel.getByText('Monday, 16 November 2026').waitFor();
		await page.keyboard.press('Enter');
		await extension.called('sessions', 2);
		assert.equal(extension.lastTableQuery?.day, '2026-11-16');
		assert.equal(extension.lastTableQuery.dayEnd, null);
		await page.getByRole('button', { name: 'Remove filter: 16 Nov 2026' }).waitFor();
		assert.equal(await page.locator('bar-chart .bar[aria-pressed=true]').count(), 1);
		await page.keyboard.press('Enter');
		await extension.called('sessions', 3);
		assert.equal(extension.lastTableQuery.day, null);
		await page.keyboard.press('Home');
		assert.match(await focused(page), /^button: Friday, 23 October 2026/);
		await page.keyboard.press('ArrowLeft');
		assert.match(await focused(page), /^button: Friday, 23 October 2026/);
		await page.keyboard.press('End');
		assert.match(await focused(page), /^button: Saturday, 21 November 2026/);
	});

	it('the panel of figures closes when the focus leaves the chart', async () => {
		await page.locator('bar-chart .bar').nth(29).focus();
		await page.locator('bar-chart .panel:not([hidden])').waitFor();
		await page.keyboard.press('Tab');
		await page.locator('bar-chart .panel[hidden]').waitFor({ state: 'attached' });
	});

	it('headings sort, say so, and turn the order round', async () => {
		const heading = page.getByRole('columnheader', { name: 'Tokens' }).last();
		assert.equal(await heading.getAttribute('aria-sort'), 'none');
		assert.equal(await page.getByRole('columnheader', { name: 'Started' }).getAttribute('aria-sort'), 'descending');
		await heading.getByRole('button').press('Enter');
		await extension.called('sessions', 2);
		assert.equal(await heading.getAttribute('aria-sort'), 'descending');
		await heading.getByRole('button').press('Space');
		await extension.called('sessions', 3);
		assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
		assert.deepEqual([extension.lastTableQuery?.sort, extension.lastTableQuery?.descending], ['tokens', false]);
		await page.getByRole('columnheader', { name: 'Session' }).getByRole('button').press('Enter');
		await extension.called('sessions', 4);
		assert.deepEqual([extension.lastTableQuery?.sort, extension.lastTableQuery?.descending], ['title', false], 'words begin at A');
	});

	it('arrows move between sessions, Enter opens one, Tab reaches its buttons', async () => {
		const rows = page.locator('tr[data-session-id]');
		const id = (index: number) => rows.nth(index).getAttribute('data-session-id');
		await rows.first().focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('Enter');
		assert.deepEqual((await extension.called('openSession')).at(-1)?.params, { id: await id(1), action: 'transcript' });
		await page.keyboard.press('Tab');
		assert.equal(await focused(page), 'button: Resume in terminal');
		await page.keyboard.press('Enter');
		assert.deepEqual((await extension.called('openSession', 2)).at(-1)?.params, { id: await id(1), action: 'resume' });
		await rows.nth(1).focus();
		await page.keyboard.press('End');
		assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-session-id')), await id(49));
		await page.keyboard.press('PageUp');
		assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-session-id')), await id(39));
	});

	it('arrows change the figure of the chart', async () => {
		await page.locator('.activity').getByRole('radio', { name: 'Cost' }).focus();
		await page.keyboard.press('ArrowLeft');
		await page.getByRole('group', { name: 'Tokens by day' }).waitFor();
		assert.equal(await page.locator('.activity').getByRole('radio', { name: 'Tokens' }).isChecked(), true);
	});

	it('a model is picked from its button', async () => {
		await page.getByRole('button', { name: 'claude-sonnet-4-5-20250929' }).press('Enter');
		await extension.called('sessions', 2);
		assert.equal(extension.lastTableQuery?.model, 'claude-sonnet-4-5-20250929');
		assert.equal(await page.getByRole('button', { name: 'claude-sonnet-4-5-20250929', pressed: true }).count(), 1);
	});

	it('the time range is chosen from its list', async () => {
		await page.getByRole('combobox', { name: 'Time range' }).focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		assert.deepEqual((await extension.called('snapshot')).at(-1)?.params, { scope: 'workspace', range: '90d' });
	});

	it('the focus stays in the section when what had it is gone', async () => {
		await page.getByRole('button', { name: 'claude-sonnet-4-5-20250929' }).press('Enter');
		await page.getByRole('button', { name: 'Remove filter: claude-sonnet-4-5-20250929' }).press('Enter');
		await page.getByRole('button', { name: 'Remove filter: claude-sonnet-4-5-20250929' }).waitFor({ state: 'detached' });
		assert.equal(await focused(page), 'h2: Sessions 127');
	});

	it('what has the focus is seen to have it', async () => {
		await page.locator('tr[data-session-id]').first().focus();
		await page.keyboard.press('ArrowDown');
		const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
		assert.equal(outline, 'solid');
	});
});
