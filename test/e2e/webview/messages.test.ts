/** How the page and the extension keep in step. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { InsightsHead, InsightsPage } from '../../../src/webview/contract/insights.ts';
import type { SessionPageQuery } from '../../../src/webview/contract/sessions.ts';
import type { FakeExtension } from './fakeExtension.ts';
import {
	allSessions,
	choice,
	emptyPage,
	fullExtension,
	fullPages,
	head,
	hello,
	indexing,
	insightsPage,
	query,
	sessionPage,
	status,
} from './history.ts';
import { goTo, insightsPages } from './pages.ts';

describe('The insights page and its extension', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension): Promise<Page> {
		return (await pages.open(extension)).page;
	}
	const value = (page: Page, figure: string, number: number) => page.locator(`[data-figure=${figure}][data-value="${number}"]`).waitFor();
	const { overview } = fullPages;
	const { sessions, total } = { sessions: head.sessions, total: allSessions.total };
	const opus = 'claude-opus-4-5-20251101';
	const withSessions = (now: number, change: Partial<InsightsHead> = {}) =>
		insightsPage('overview', { ...overview, totals: { ...overview.totals, sessions: { now, before: 73 } } }, { sessions: now, ...change });
	const showSessions = async (extension: FakeExtension) => {
		const page = await show(extension);
		await goTo(page, 'Sessions');
		await page.locator('tr[data-session-id]').first().waitFor();
		return page;
	};
	const choose = async (page: Page, name: string, option: string | RegExp) => {
		await page.getByRole('combobox', { name, exact: true }).click();
		await page.getByRole('option', { name: option }).click();
	};

	const shown = (page: Page, figure: string) => page.locator(`[data-figure=${figure}]`).getAttribute('data-value');
	/** Messages arrive in order: once this one is seen, all before it were heard and drawn. */
	const caughtUp = async (page: Page, extension: FakeExtension) => {
		extension.emit('status', status({ notices: [{ kind: 'info', text: 'Everything before this was heard', action: null }] }));
		await page.getByText('Everything before this was heard').waitFor();
	};
	/** What a list shows as chosen. */
	const chosen = (page: Page, name: string) =>
		page.getByRole('combobox', { name }).getByRole('option', { selected: true, includeHidden: true }).textContent();

	it('says ready, shows the hello, and takes later pages without a reload', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await value(page, 'sessions', sessions);
		await page.evaluate(() => Object.assign(window, { sameDocument: true }));
		extension.emit('page', withSessions(sessions + 1));
		await value(page, 'sessions', sessions + 1);
		assert.equal(await page.evaluate(() => 'sameDocument' in window), true);
		assert.equal(extension.calls.filter(call => call.name === 'ready').length, 1);
	});

	it('asks for its rows again when the data changed, and keeps the focus where it was', async () => {
		const extension = fullExtension();
		const page = await showSessions(extension);
		await page.locator('tr[data-session-id]').nth(3).focus();
		const id = await page.evaluate(() => document.activeElement?.getAttribute('data-session-id'));
		extension.answers.sessions = asked => {
			const all = sessionPage(asked);
			return { ...all, total: total + 1, rows: all.rows.slice(1) };
		};
		extension.emit('page', withSessions(sessions + 1));
		await page.getByRole('heading', { name: `Sessions ${total + 1}` }).waitFor();
		assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-session-id')), id);
	});

	it('ignores a page for another query than its own', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await value(page, 'sessions', sessions);
		extension.emit('page', withSessions(999, { query: { scope: 'all', range: 'all' } }));
		await caughtUp(page, extension);
		assert.equal(await shown(page, 'sessions'), String(sessions));
	});

	it('ignores the late answer to a question that was overtaken', async () => {
		const extension = fullExtension();
		const answers: ((answer: InsightsPage) => void)[] = [];
		const aborted: AbortSignal[] = [];
		extension.answers.page = (_, signal) => {
			aborted.push(signal);
			return new Promise(resolve => answers.push(resolve));
		};
		const page = await show(extension);
		await value(page, 'sessions', sessions);
		await choose(page, 'Time range', 'Last 7 days');
		await extension.called('page', 1);
		await choose(page, 'Time range', 'Last 90 days');
		await extension.called('page', 2);
		answers[1]?.(withSessions(240, { query: { ...query, range: '90d' } }));
		await value(page, 'sessions', 240);
		answers[0]?.(withSessions(7, { query: { ...query, range: '7d' } }));
		await caughtUp(page, extension);
		assert.equal(await shown(page, 'sessions'), '240');
		assert.equal(aborted[0]?.aborted, true, 'the extension was told to stop');
	});

	it('keeps the figure whose sessions are listed when the filters change, and asks for its first rows', async () => {
		const extension = fullExtension();
		// A busy day.
		extension.answers.sessions = asked => ({ ...sessionPage({ ...asked, selector: null }), query: asked });
		const page = await show(extension);
		await page.locator('bar-chart .bar').nth(24).click();
		await page.getByRole('heading', { name: 'Sessions of Monday, 16 November 2026' }).waitFor();
		await page.getByRole('button', { name: 'Next page' }).click();
		await page.getByText(`51–100 of ${total}`).waitFor();
		await choose(page, 'Sessions of', 'All projects');
		await page.getByText(`1–50 of ${total}`).waitFor();
		const { scope, selector, offset } = extension.lastTableQuery ?? {};
		assert.deepEqual(
			{ scope, selector, offset },
			{ scope: 'all', selector: { kind: 'days', first: '2026-11-16', last: '2026-11-16' }, offset: 0 },
		);
	});

	it('asks for a page when it is first shown, not again until filters or data change', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		const asked = () => extension.calls.flatMap(({ name, params }) => (name === 'page' ? [(params as { page: string }).page] : []));
		await goTo(page, 'Cost');
		await page.locator('day-timeline').waitFor();
		await goTo(page, 'Overview');
		await goTo(page, 'Cost');
		assert.deepEqual(asked(), ['cost']);
		extension.emit('page', insightsPage('cost'));
		await caughtUp(page, extension);
		await goTo(page, 'Overview');
		await extension.called('page', 2);
		assert.deepEqual(asked(), ['cost', 'overview'], 'the data changed since');
	});

	it('sends the filters that are set with every question, and shows them as chips', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await page.getByRole('button', { name: 'Filters' }).click();
		await choose(page, 'Model', choice('models', opus));
		await choose(page, 'Mode', `Interactive (${head.choices.modes.find(({ value: mode }) => mode === 'interactive')?.sessions ?? ''})`);
		await page.getByRole('button', { name: 'Remove filter: Mode: Interactive' }).waitFor();
		await goTo(page, 'Tools and files');
		const last = (await extension.called('page', 3)).at(-1)?.params as { page: string; query: Record<string, unknown> };
		assert.deepEqual(
			[last.page, last.query['model'], last.query['mode'], last.query['project'] ?? null],
			['tools', 'claude-opus-4-5-20251101', 'interactive', null],
		);
		await goTo(page, 'Sessions');
		await extension.called('sessions');
		assert.equal(extension.lastTableQuery?.model, 'claude-opus-4-5-20251101');
		await page.getByRole('button', { name: 'Clear all filters' }).click();
		await page.locator('.chip').first().waitFor({ state: 'detached' });
		assert.equal(extension.lastTableQuery.model, null);
	});

	it('takes days that a person chooses, and refuses those that end before they begin', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await choose(page, 'Time range', 'From … to …');
		await page.getByLabel('From', { exact: true }).fill('2026-11-20');
		await page.getByLabel('To', { exact: true }).fill('2026-11-10');
		await page.getByRole('button', { name: 'Apply' }).click();
		await page.getByRole('alert').getByText('The first day must not be after the last one.').waitFor();
		await page.getByLabel('From', { exact: true }).fill('2026-11-02');
		await page.getByLabel('To', { exact: true }).press('Enter');
		await page.getByRole('button', { name: /^Remove filter: 2\s*–\s*10 Nov 2026$/ }).waitFor();
		const last = (await extension.called('page', 2)).at(-1)?.params as { query: { days: unknown } };
		assert.deepEqual(last.query.days, { first: '2026-11-02', last: '2026-11-10' });
		await choose(page, 'Time range', 'Last 7 days');
		await page.locator('.chip').waitFor({ state: 'detached' });
		assert.equal(await page.locator('day-range').count(), 0);
	});

	it('makes a filter of all pages of what sessions have in common', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await goTo(page, 'Cost');
		await page.locator('.cost-shares tbody button').first().click();
		await page.getByRole('button', { name: 'Filter all pages by this' }).click();
		await page.getByRole('button', { name: 'Remove filter: Model: claude-opus-4-5-20251101' }).waitFor();
		await page.getByRole('heading', { name: /^Sessions \d+$/ }).waitFor();
		assert.equal(extension.lastTableQuery?.model, 'claude-opus-4-5-20251101');
		assert.equal(extension.lastTableQuery.selector, null);
	});

	it('shows the figures as old ones while new ones are on their way', async () => {
		const extension = fullExtension();
		let answer: (answer: InsightsPage) => void = () => undefined;
		extension.answers.page = () => new Promise(resolve => (answer = resolve));
		const page = await show(extension);
		await value(page, 'sessions', sessions);
		await choose(page, 'Time range', 'Last 7 days');
		await page.locator('main[aria-busy=true] .stale [data-figure=sessions]').waitFor();
		answer(withSessions(12, { query: { ...query, range: '7d' } }));
		await value(page, 'sessions', 12);
		await page.locator('main[aria-busy=false]').waitFor();
		assert.equal(await page.locator('.stale').count(), 0);
	});

	it('keeps the figures and says so when new ones cannot be had', async () => {
		const extension = fullExtension();
		extension.answers.page = () => {
			throw new Error('The database is locked');
		};
		const page = await show(extension);
		await value(page, 'sessions', sessions);
		await choose(page, 'Time range', 'Last 7 days');
		await page.getByRole('alert').getByText('The database is locked').waitFor();
		await value(page, 'sessions', sessions);
	});

	it('goes from the first run to the figures by itself', async () => {
		const extension = fullExtension({ hello: { status: indexing, page: null } });
		const page = await show(extension);
		await page.getByText('340 of 1,200 files').first().waitFor();
		extension.emit('status', { ...indexing, filesDone: 900 });
		await page.getByText('900 of 1,200 files').first().waitFor();
		extension.emit('page', insightsPage('overview'));
		await value(page, 'sessions', sessions);
		await page.getByText('900 of 1,200 files').waitFor();
		extension.emit('status', status());
		await page.getByText('Up to date as of 15:59').waitFor();
	});

	it('asks for the figures when the run ended and nobody sent them', async () => {
		const extension = fullExtension({ hello: { status: indexing, page: null } });
		const page = await show(extension);
		await page.getByText('340 of 1,200 files').first().waitFor();
		extension.emit('status', status());
		await value(page, 'sessions', sessions);
	});

	it('comes back after a reload as it was left', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await choose(page, 'Time range', 'Last 90 days');
		await page.locator('.activity').getByRole('radio', { name: 'Tokens' }).check({ force: true });
		await page.getByRole('button', { name: 'Filters' }).click();
		await choose(page, 'Project', /^ledger-api \(\d+\)$/);
		await page.locator('bar-chart .bar[aria-label^="Monday, 16 November 2026"]').click();
		await page.getByRole('columnheader', { name: 'Cost' }).getByRole('button').click();
		await page.getByRole('textbox').fill('currencies');
		await extension.called('sessions', 3);
		await page.reload();
		await page.getByRole('heading', { name: 'Sessions of Monday, 16 November 2026' }).waitFor();
		await page.locator('tr[data-session-id]').first().waitFor();
		const ready = extension.calls.findLast(call => call.name === 'ready')?.params as { query: Record<string, unknown>; page: string };
		assert.deepEqual(
			[ready.page, ready.query['range'], ready.query['project']],
			['overview', '90d', '/home/ada/work/ledger-api'],
			'the page that the figure is on',
		);
		const { sort, descending, filter, project, selector } = extension.lastTableQuery ?? {};
		assert.deepEqual(
			{ sort, descending, filter, project, selector },
			{
				sort: 'costUsd',
				descending: true,
				filter: 'currencies',
				project: '/home/ada/work/ledger-api',
				selector: { kind: 'days', first: '2026-11-16', last: '2026-11-16' },
			},
		);
		assert.equal(await page.getByRole('textbox').inputValue(), 'currencies');
		assert.equal(await chosen(page, 'Time range'), 'Last 90 days');
		await page.getByRole('button', { name: 'Back to Overview' }).click();
		assert.equal(await page.locator('.activity').getByRole('radio', { name: 'Tokens' }).isChecked(), true);
	});

	it('keeps nothing for the next load that can be asked for', async () => {
		const page = await showSessions(fullExtension());
		const kept = await page.evaluate(() => sessionStorage.getItem('state') ?? '');
		assert.match(kept, /"version":2/);
		assert.doesNotMatch(kept, /storefront|payment retries|5e55107a/);
	});

	it('drops what another version of the page kept', async () => {
		const extension = fullExtension();
		const page = await showSessions(extension);
		for (const strange of [
			'{"version":99,"filter":"x"}',
			'[]',
			'"text"',
			'{"version":2,"page":"moon","sort":"constructor","query":{"scope":"moon"},"filter":7,"behind":{"from":"cost","selector":{"kind":"x"}}}',
		]) {
			await page.evaluate(state => sessionStorage.setItem('state', state), strange);
			await page.reload();
			await value(page, 'sessions', sessions);
			await goTo(page, 'Sessions');
			await page.locator('tr[data-session-id]').first().waitFor();
			assert.equal(extension.lastTableQuery?.filter, '', strange);
			assert.equal(extension.lastTableQuery.sort, 'startedAt', strange);
		}
	});

	it('takes the query that the extension decided on, when it cannot have its own', async () => {
		const extension = fullExtension();
		extension.answers.ready = () => hello({ query: { scope: 'all', range: '30d' }, hasFolder: false });
		const page = await show(extension);
		await goTo(page, 'Sessions');
		await extension.called('sessions');
		assert.equal(extension.lastTableQuery?.scope, 'all');
		await page.locator('tr[data-session-id]').first().waitFor();
	});

	it('opens the transcript of the row that is clicked, and does with it what its buttons say', async () => {
		const extension = fullExtension();
		const page = await showSessions(extension);
		const row = page.locator('tr[data-session-id]').nth(2);
		const id = await row.getAttribute('data-session-id');
		await row.click();
		await row.hover();
		await row.getByRole('button', { name: 'Reveal in file manager' }).click();
		await row.getByRole('button', { name: 'Copy session ID' }).click();
		await row.getByRole('button', { name: 'Resume in terminal' }).click();
		assert.deepEqual(
			(await extension.called('openSession', 4)).map(call => call.params),
			[
				{ id, action: 'transcript' },
				{ id, action: 'reveal' },
				{ id, action: 'copyId' },
				{ id, action: 'resume' },
			],
		);
	});

	it('says why something asked for did not work', async () => {
		const extension = fullExtension();
		extension.answers.openSession = () => {
			throw new Error('The file is gone');
		};
		const page = await showSessions(extension);
		await page.locator('tr[data-session-id]').first().click();
		await page.getByRole('alert').getByText('That did not work: The file is gone').waitFor();
	});

	it('sends a filter once the typing rests, and only the last one', async () => {
		const extension = fullExtension();
		const page = await showSessions(extension);
		await extension.called('sessions');
		// In one task: however slow the machine is, no pause of a timer falls between two letters.
		await page.locator('vscode-text-field').evaluate(field => {
			for (const typed of ['r', 're', 'revie', 'review']) {
				Object.assign(field, { value: typed });
				field.dispatchEvent(new Event('input', { bubbles: true }));
			}
		});
		await page
			.getByRole('status')
			.getByText(/^\d+ sessions$/)
			.waitFor({ state: 'attached' });
		assert.deepEqual(
			extension.calls.flatMap(({ name, params }) => (name === 'sessions' ? [(params as SessionPageQuery).filter] : [])),
			['', 'review'],
		);
		for (const row of await page.locator('tr[data-session-id]').allInnerTexts()) assert.match(row, /review/i);
		await page.getByRole('button', { name: 'Clear the filter' }).click();
		await page.getByRole('heading', { name: `Sessions ${total}` }).waitFor();
		assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'VSCODE-TEXT-FIELD');
	});

	it('speaks politely of what changed', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		const spoken = page.locator('main > [role=status]');
		await value(page, 'sessions', sessions);
		extension.emit('page', withSessions(sessions + 1));
		await spoken.getByText(`Updated: ${sessions + 1} sessions`).waitFor({ state: 'attached' });
		await goTo(page, 'Sessions');
		await page.locator('tr[data-session-id]').first().hover();
		await page.locator('tr[data-session-id]').first().getByRole('button', { name: 'Copy session ID' }).click();
		await spoken.getByText('Session ID copied').waitFor({ state: 'attached' });
	});

	it('says nothing of a change that changes no figure a person hears', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await goTo(page, 'Jobs and index');
		extension.emit('page', insightsPage('jobs', { ...fullPages.jobs, malformedLines: 77 }));
		await page.getByText('77 lines of transcripts').waitFor();
		assert.equal((await page.locator('main > [role=status]').textContent())?.trim(), '');
	});

	it('offers a way out of a period without sessions', async () => {
		const extension = fullExtension({ hello: { page: emptyPage('overview') } });
		extension.answers.page = ({ page, query: wanted }) =>
			wanted.range === 'all' ? insightsPage(page, undefined, { query: wanted }) : emptyPage(page, { query: wanted });
		const page = await show(extension);
		await page.getByRole('button', { name: 'Show all time' }).click();
		await value(page, 'sessions', sessions);
		assert.equal(await chosen(page, 'Time range'), 'All time');
	});
});
