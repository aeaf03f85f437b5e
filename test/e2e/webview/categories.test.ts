/** The insights page's categories: shares, the way down to the sessions and back up, and who says so. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Agreement, AgreementRow, CategorySum } from '../../../src/webview/contract/insights.ts';
import { unsorted } from './classified.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { fullExtension, fullPages, insightsPage } from './history.ts';
import { goTo, insightsPages } from './pages.ts';
import { plainCategory, plainSession } from './plainSession.ts';

/** As the pages name it. */
const spoken = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll(/[-_]/g, ' ')}`;

describe('The categories', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, width = 1200): Promise<Page> {
		const { page } = await pages.open(extension, { width });
		await goTo(page, 'Categories');
		await page.locator('.categories').waitFor();
		return page;
	}
	const sorted = fullPages.categories;
	/** What stands in the rows of a level: the categories below the one that is opened, with their sessions and share. */
	const sharesOf = (
		isIn: (sum: CategorySum) => boolean,
		nameOf: (sum: CategorySum) => string,
	): readonly (readonly [string, number, string])[] => {
		const sums = new Map<string, number>();
		for (const sum of sorted.sums.filter(isIn)) sums.set(nameOf(sum), (sums.get(nameOf(sum)) ?? 0) + sum.sessions);
		const all = [...sums.values()].reduce((total, sessions) => total + sessions, 0);
		return [...sums]
			.sort(([, a], [, b]) => b - a)
			.map(([name, sessions]) => [spoken(name), sessions, `${Math.round((100 * sessions) / all)}%`]);
	};
	const all = sharesOf(
		() => true,
		({ l1 }) => l1,
	);
	const rows = (page: Page) => page.locator('category-bars tbody tr').allInnerTexts();
	const open = (page: Page, ...path: readonly string[]) =>
		path.reduce((before, category) => before.then(() => page.locator(`tr[data-category=${category}] .open`).click()), Promise.resolve());
	const focused = (page: Page) =>
		page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim() ?? 'nothing');

	it('show the share of each, of the figure that is chosen', async () => {
		const page = await show(fullExtension());
		const table = page.getByRole('table', { name: 'All categories: Sessions' });
		assert.deepEqual(
			(await table.getByRole('row').allInnerTexts()).slice(1).map(row => row.split(/\s*[\t\n]\s*/).filter(each => each !== '')),
			all.map(row => row.map(String)),
		);
		await page.getByRole('radio', { name: 'Active time' }).check({ force: true });
		await page.getByRole('table', { name: 'All categories: Active time' }).waitFor();
		assert.match((await rows(page))[0] ?? '', /Code work\s+\d+h( \d+m)?\s+\d+%/);
		await page.locator('.categories').getByRole('radio', { name: 'Cost' }).check({ force: true });
		await page.getByRole('table', { name: 'All categories: Cost' }).waitFor();
		assert.match((await rows(page))[0] ?? '', /Code work\s+\$\d+\.\d\d/);
	});

	it('draw the largest longest', async () => {
		const page = await show(fullExtension());
		const widths = await page.locator('.category-bar rect').evaluateAll(bars => bars.map(bar => bar.getBoundingClientRect().width));
		const sessions = all.map(([, count]) => count);
		for (const [index, width] of widths.entries())
			assert.ok(Math.abs(width / (widths[0] ?? 1) - (sessions[index] ?? 0) / (sessions[0] ?? 1)) < 0.02, `${index}: ${width}`);
	});

	it('open level by level down to the sessions, and the trail leads back', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await open(page, 'code_work', 'bug_fix');
		await page.getByRole('table', { name: 'Bug fix: Sessions' }).waitFor();
		const fixes = sharesOf(
			({ l2 }) => l2 === 'bug_fix',
			({ l3 }) => l3,
		);
		assert.ok(fixes.length > 1);
		assert.match((await rows(page)).join(' '), new RegExp(fixes.flat().join('\\s+')));
		const crumbs = page.getByRole('navigation', { name: 'Opened category' });
		await crumbs.getByRole('button', { name: 'Code work' }).click();
		await page.getByRole('table', { name: 'Code work: Sessions' }).waitFor();
		await crumbs.getByRole('button', { name: 'All categories' }).click();
		await page.getByRole('table', { name: 'All categories: Sessions' }).waitFor();
		assert.equal(extension.lastTableQuery, null, 'looking around asks for no sessions');
	});

	it('lead to their sessions at any level, and the way back leads to where one was', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await page.getByRole('button', { name: 'Show the sessions of Thinking work' }).click();
		await page.getByRole('heading', { name: 'Sessions of the category Thinking work' }).waitFor();
		await extension.called('sessions');
		assert.deepEqual(extension.lastTableQuery?.selector, { kind: 'category', category: 'thinking_work' });
		await page.getByRole('button', { name: 'Back to Categories' }).click();
		await page.getByRole('table', { name: 'All categories: Sessions' }).waitFor();
		assert.equal(await focused(page), 'Show the sessions of Thinking work');
		await open(page, 'support_work', 'config');
		await page.locator('tr[data-category=deps] .bar-line').click();
		await extension.called('sessions', 2);
		assert.deepEqual(extension.lastTableQuery.selector, { kind: 'category', category: 'deps' }, 'the row of the last level is all button');
	});

	it('are walked by keyboard, and the focus goes along', async () => {
		const page = await show(fullExtension());
		await page.getByRole('button', { name: 'Code work', exact: true }).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('table', { name: 'Code work: Sessions' }).waitFor();
		assert.equal(await focused(page), 'Feature');
		await page.getByRole('button', { name: 'Bug fix', exact: true }).press('Enter');
		await page.getByRole('table', { name: 'Bug fix: Sessions' }).waitFor();
		assert.equal(await focused(page), 'Show the sessions of Logic fix');
		await page.getByRole('button', { name: 'Code work', exact: true }).press('Enter');
		await page.getByRole('table', { name: 'Code work: Sessions' }).waitFor();
		assert.equal(await focused(page), 'Bug fix', 'where one comes from');
	});

	it('say who sorted how many, and lead to sorting more', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		assert.deepEqual(await page.locator('.who-says p button').allInnerTexts(), [
			`${sorted.byRules} by rules`,
			`${sorted.byModel} by a model`,
			`${sorted.byPerson} by you`,
			`${sorted.stale} of them have grown since`,
		]);
		await page.getByRole('button', { name: 'Classify sessions…' }).click();
		assert.deepEqual((await extension.called('command')).at(-1)?.params, { action: 'classify' });
	});

	it('lead to the sessions of who sorted them, and to those in which two differ', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		const openedBy = async (button: Locator) => {
			const asked = extension.calls.filter(call => call.name === 'sessions').length;
			await button.click();
			const { selector } = (await extension.called('sessions', asked + 1)).at(-1)?.params as { selector: unknown };
			await goTo(page, 'Categories');
			return selector;
		};
		const ofRow = page.locator('.agreement tbody tr', { hasText: 'Feature' }).locator('td');
		assert.deepEqual(await openedBy(page.getByRole('button', { name: `${sorted.byModel} by a model` })), { kind: 'sortedBy', by: 'model' });
		assert.deepEqual(await openedBy(ofRow.nth(1).getByRole('button')), {
			kind: 'judgedApart',
			pair: 'personAndRules',
			category: 'feature',
		});
		assert.equal(
			await page.locator('.agreement tbody tr', { hasText: 'Testing' }).getByRole('button').count(),
			0,
			'where both say the same',
		);
	});

	it('name nobody who said nothing', async () => {
		const page = await show(fullExtension({ pages: { categories: { ...sorted, byModel: 0, byPerson: 0, stale: 1 } } }));
		assert.deepEqual(await page.locator('.who-says p button').allInnerTexts(), [`${sorted.byRules} by rules`, '1 of them has grown since']);
	});

	it('say what to do where there are none', async () => {
		const extension = fullExtension({ pages: { categories: unsorted } });
		const page = await show(extension);
		await page.getByText('No session of this period has a category yet.').waitFor();
		assert.equal(await page.locator('category-bars').count(), 0);
		await page.getByRole('button', { name: 'Classify sessions…' }).click();
		await extension.called('command');
		await page.getByText('Nothing to compare yet').waitFor();
	});

	it('go up where what was opened has no sessions any more, and down again when it has', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await open(page, 'thinking_work', 'planning');
		await page.getByRole('table', { name: 'Planning: Sessions' }).waitFor();
		extension.emit('page', insightsPage('categories', { ...sorted, sums: sorted.sums.filter(sum => sum.l2 !== 'planning') }));
		await page.getByRole('table', { name: 'Thinking work: Sessions' }).waitFor();
		extension.emit('page', insightsPage('categories'));
		await page.getByRole('table', { name: 'Planning: Sessions' }).waitFor();
	});

	it('are as they were left after a reload', async () => {
		const page = await show(fullExtension());
		await open(page, 'code_work', 'bug_fix');
		await page.getByRole('radio', { name: 'Active time' }).check({ force: true });
		await page.getByRole('table', { name: 'Bug fix: Active time' }).waitFor();
		await page.reload();
		await page.getByRole('table', { name: 'Bug fix: Active time' }).waitFor();
	});

	it('compare who sorted how, with the size of each sample', async () => {
		const page = await show(fullExtension());
		const table = page.locator('.agreement table');
		const cells = async (name: string) =>
			(
				await table
					.getByRole('row', { name: new RegExp(`^${name}`) })
					.getByRole('cell')
					.allInnerTexts()
			).map(each => each.replace(/\s+/g, ' '));
		const said = ({ modelAndRules, personAndRules, personAndModel }: AgreementRow) => [modelAndRules, personAndRules, personAndModel];
		const words = ({ both, same }: Agreement) => (both === 0 ? '– Nothing to compare' : `${same} of ${both}`);
		for (const row of sorted.agreement) assert.deepEqual(await cells(spoken(row.l2)), said(row).map(words));
		const few = sorted.agreement.flatMap(said).filter(({ both }) => both > 0 && both < 5);
		assert.ok(few.length > 0);
		assert.deepEqual(
			(await table.locator('.unsure').allInnerTexts()).map(each => each.replace('\u00a0', ' ')),
			few.map(words),
		);
	});

	it('stand in the sessions table, with who says so and how sure', async () => {
		const extension = fullExtension();
		const rowOf = (id: string, change: Parameters<typeof plainSession>[0]) => plainSession({ id, ...change });
		extension.answers.sessions = query => ({
			query,
			total: 4,
			uncounted: 0,
			rows: [
				rowOf('rules', { category: plainCategory({ kind: 'rules', confidence: 0.7 }) }),
				rowOf('unsure', { category: plainCategory({ kind: 'rules', confidence: 0.4 }) }),
				rowOf('model', {
					category: plainCategory({ kind: 'model', source: 'claude-cli/haiku@1', reasoning: 'Asked for a plan.', isStale: true }),
				}),
				rowOf('none', { category: null }),
			],
		});
		const page = await show(extension);
		await goTo(page, 'Sessions');
		const cell = (id: string) => page.locator(`tr[data-session-id=${id}] td.category`);
		assert.match(await cell('rules').innerText(), /^Planning\s+By rules, 70% sure$/);
		assert.equal(await cell('rules').locator('.icon, .unsure').count(), 0);
		assert.equal(await cell('unsure').locator('.unsure').count(), 1);
		assert.equal(await cell('model').locator('.icon').count(), 1);
		assert.match(
			(await cell('model').locator('[title]').getAttribute('title')) ?? '',
			/^Thinking work › Planning › Design doc\nBy a model \(claude-cli\/haiku@1\), \d+% sure\nAsked for a plan\.\nThe session has grown since$/,
		);
		assert.match(await cell('none').innerText(), /^Not sorted yet$/);
	});

	it('are asked for and corrected from a row', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await goTo(page, 'Sessions');
		const row = page.locator('tr[data-session-id]').first();
		const id = await row.getAttribute('data-session-id');
		await row.hover();
		await row.getByRole('button', { name: 'Classify' }).click();
		await row.getByRole('button', { name: 'Correct category' }).click();
		assert.deepEqual(
			(await extension.called('openSession', 2)).map(call => call.params),
			[
				{ id, action: 'classify' },
				{ id, action: 'correctCategory' },
			],
		);
	});
});
