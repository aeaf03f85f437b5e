/** Everything on the page without a mouse (NFR-4). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { FakeExtension } from './fakeExtension.ts';
import { fullExtension, fullPages } from './history.ts';
import { goTo, insightsPages } from './pages.ts';

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

/** Of a day of the period. */
const costOn = (day: number) => `$${fullPages.overview.days[day]?.costUsd.toFixed(2) ?? ''}`;

describe('By keyboard', () => {
	const pages = insightsPages();
	let page: Page;
	let extension: FakeExtension;

	beforeEach(async () => {
		extension = fullExtension();
		({ page } = await pages.open(extension));
		await page.locator('heat-map .cell').first().waitFor();
	});

	/** Every place where Tab stops, from the top of the document. */
	async function stopsOf(most: number): Promise<readonly string[]> {
		const stops: string[] = [];
		for (let index = 0; index < most; index++) {
			await page.keyboard.press('Tab');
			const stop = await focused(page);
			if (stop === 'nothing') break;
			stops.push(stop);
		}
		return stops;
	}

	it('Tab goes through the page in the order in which it is read, with one stop for the tabs and for each chart', async () => {
		const stops = await stopsOf(60);
		assert.deepEqual(stops.slice(0, 5), [
			'combobox: Sessions of',
			'combobox: Time range',
			'button: Filters',
			'button: Export the figures of all pages…',
			'tab: Overview',
		]);
		assert.deepEqual(
			stops.slice(5, 12).map(stop => stop.replace(/^button: ([^,]+(,\d+)?).*/, '$1')),
			['119', '28h 37m', '403', '2,826', '2,390', `$${fullPages.overview.totals.costUsd.now.toFixed(2)}`, '220M'],
		);
		assert.deepEqual(stops.slice(12, 17), [
			'button: By kind',
			'button: 14.6M tokens are not in the cost, because'.slice(0, 48),
			'input: ',
			'button: Show as table: Activity',
			`button: Saturday, 21 November 2026: ${costOn(29)} Cost`,
		]);
		assert.deepEqual(
			stops
				.slice(17)
				.map(stop => (/^button: \w+day,? /.test(stop) ? 'a cell' : stop.slice(0, 36)))
				.slice(0, 9),
			[
				'input: ',
				'button: Show as table: The last year',
				'a cell',
				'button: 6 days',
				'button: 12 days',
				'button: 23 days',
				'input: ',
				'button: Show as table: Hours of the ',
				'a cell',
			],
		);
		assert.equal(stops.slice(26).length, 10, 'five sessions in each of two lists, and no cell more');
	});

	it('the tabs are one stop; arrows choose, and the ends meet', async () => {
		await page.getByRole('tab', { name: 'Overview' }).focus();
		await page.keyboard.press('ArrowRight');
		await page.locator('day-timeline .stretch').first().waitFor();
		assert.equal(await focused(page), 'tab: Cost');
		await page.keyboard.press('End');
		await page.locator('.runs').waitFor();
		assert.equal(await focused(page), 'tab: Jobs and index');
		await page.keyboard.press('ArrowRight');
		assert.equal(await focused(page), 'tab: Overview');
		await page.keyboard.press('ArrowLeft');
		assert.equal(await page.getByRole('tab', { selected: true }).count(), 1);
		assert.equal(await page.getByRole('tabpanel', { name: 'Jobs and index' }).count(), 1);
	});

	it('arrows move between the bars, which show their figures; Enter leads to the sessions, and back to the bar', async () => {
		const panel = page.locator('bar-chart .panel');
		await page.locator('bar-chart .bar').nth(29).focus();
		await panel.getByText('Saturday, 21 November 2026').waitFor();
		for (let index = 0; index < 5; index++) await page.keyboard.press('ArrowLeft');
		assert.equal(await focused(page), `button: Monday, 16 November 2026: ${costOn(24)} Cost`);
		await panel.getByText('Monday, 16 November 2026').waitFor();
		await page.keyboard.press('Enter');
		await extension.called('sessions');
		assert.deepEqual(extension.lastTableQuery?.selector, { kind: 'days', first: '2026-11-16', last: '2026-11-16' });
		await page.getByRole('heading', { name: 'Sessions of Monday, 16 November 2026' }).waitFor();
		assert.match(await focused(page), /^h2: Sessions of Monday/);
		await page.getByRole('button', { name: 'Back to Overview' }).press('Enter');
		await page.locator('bar-chart .bar').first().waitFor();
		assert.equal(await focused(page), `button: Monday, 16 November 2026: ${costOn(24)} Cost`);
		await page.keyboard.press('Home');
		assert.match(await focused(page), /^button: Friday, 23 October 2026/);
		await page.keyboard.press('ArrowLeft');
		assert.match(await focused(page), /^button: Friday, 23 October 2026/);
		await page.keyboard.press('End');
		assert.match(await focused(page), /^button: Saturday, 21 November 2026/);
	});

	it('arrows move between days and weeks of the calendar, and between hours and weekdays', async () => {
		await page.locator('.calendar .cell[data-key="2026-11-16"]').focus();
		await page.keyboard.press('ArrowUp');
		assert.match(await focused(page), /^button: Monday, 16 November 2026/, 'the week ends there');
		await page.keyboard.press('ArrowDown');
		assert.match(await focused(page), /^button: Tuesday, 17 November 2026/);
		await page.keyboard.press('ArrowLeft');
		assert.match(await focused(page), /^button: Tuesday, 10 November 2026/);
		await page.locator('.calendar heat-map .panel').getByText('Tuesday, 10 November 2026').waitFor();
		await page.locator('.week-hours .cell[data-key="1-10"]').focus();
		await page.keyboard.press('ArrowRight');
		assert.match(await focused(page), /^button: Tuesday, 11:00 to 12:00/);
		await page.keyboard.press('ArrowDown');
		assert.match(await focused(page), /^button: Wednesday, 11:00 to 12:00/);
		await page.keyboard.press('End');
		assert.match(await focused(page), /^button: Wednesday, 23:00 to 0?0:00/);
		await page.keyboard.press('Enter');
		await extension.called('sessions');
		assert.deepEqual(extension.lastTableQuery?.selector, { kind: 'hour', weekday: 2, hour: 23 });
	});

	it('arrows move between blocks in the order of time', async () => {
		await goTo(page, 'Cost');
		await page.locator('day-timeline .stretch').last().focus();
		assert.match(await focused(page), /^button: 21 Nov, 13:00/);
		await page.keyboard.press('ArrowLeft');
		assert.match(await focused(page), /^button: 21 Nov, 08:00/);
		await page.keyboard.press('Home');
		assert.match(await focused(page), /^button: 9 Nov, 08:00/);
		await page.keyboard.press('Enter');
		await extension.called('sessions');
		assert.deepEqual(extension.lastTableQuery?.selector, { kind: 'block', startedAt: '2026-11-09T07:00:00.000Z' });
	});

	it('every page is walked from its tab to its end, and no stop is lost', async () => {
		for (const [tab, last] of [
			['Cost', 'button: 14.6M tokens have no known price and are'.slice(0, 48)],
			['Patterns', 'summary: What is not shown, and why'],
			['Tools and files', 'button: playwright'],
			['Jobs and index', 'button: 4 lines of transcripts could not be read'],
		] as const) {
			await goTo(page, tab);
			await page.getByRole('tab', { name: tab }).focus();
			const stops = await stopsOf(120);
			assert.ok(
				stops.some(stop => stop.startsWith(last)),
				`${tab}: ${stops.at(-1) ?? ''}`,
			);
			await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		}
	});

	it('the panel of figures closes when the focus leaves the chart', async () => {
		await page.locator('bar-chart .bar').nth(29).focus();
		await page.locator('bar-chart .panel:not([hidden])').waitFor();
		await page.keyboard.press('Tab');
		await page.locator('bar-chart .panel[hidden]').waitFor({ state: 'attached' });
	});

	it('headings sort, say so, and turn the order round', async () => {
		await goTo(page, 'Sessions');
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
		await goTo(page, 'Sessions');
		await page.locator('tr[data-session-id]').first().waitFor();
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

	it('a model leads from its button to its sessions', async () => {
		await goTo(page, 'Cost');
		// The bars of days name their models, too.
		await page.locator('.cost-shares').getByRole('button', { name: 'claude-sonnet-4-5-20250929' }).press('Enter');
		await extension.called('sessions');
		assert.deepEqual(extension.lastTableQuery?.selector, { kind: 'model', model: 'claude-sonnet-4-5-20250929' });
	});

	it('the time range is chosen from its list', async () => {
		await page.getByRole('combobox', { name: 'Time range' }).focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		assert.deepEqual((await extension.called('page')).at(-1)?.params, {
			page: 'overview',
			query: { scope: 'workspace', range: '90d', days: null },
		});
	});

	it('the focus does not begin at the top of the document when what had it is gone', async () => {
		await page.getByRole('button', { name: 'Filters' }).press('Enter');
		await page.getByRole('combobox', { name: 'Mode', exact: true }).focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		const chip = page.getByRole('button', { name: 'Remove filter: Mode: Interactive' });
		await chip.press('Enter');
		await chip.waitFor({ state: 'detached' });
		assert.equal(await focused(page), 'h1: Insights');
	});

	it('what has the focus is seen to have it', async () => {
		await goTo(page, 'Sessions');
		await page.locator('tr[data-session-id]').first().focus();
		await page.keyboard.press('ArrowDown');
		const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
		assert.equal(outline, 'solid');
	});
});
