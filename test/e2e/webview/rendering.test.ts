/** What the insights page shows of what it is told. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Figure } from '../../../src/webview/contract/overview.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { FakeExtension } from './fakeExtension.ts';
import { days, fullExtension, hello, session, sessionPage, snapshot, status } from './history.ts';
import { insightsPages } from './insightsPages.ts';

describe('The insights page', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, width = 1200): Promise<Page> {
		return (await pages.open(extension, { width })).page;
	}
	/** An extension whose table holds just these. */
	function withRows(...rows: readonly SessionRow[]): FakeExtension {
		const extension = fullExtension();
		extension.answers.sessions = query => ({ query, total: rows.length, rows });
		return extension;
	}
	const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

	it('shows each total with its raw number and its change against the period before', async () => {
		const page = await show(fullExtension());
		const { totals } = snapshot();
		for (const name of ['sessions', 'activeMs', 'userPrompts', 'responses', 'toolCalls', 'tokens', 'costUsd'] as const) {
			assert.equal(await page.locator(`[data-figure=${name}]`).getAttribute('data-value'), String(totals[name].now), name);
		}
		const words = (name: string) => page.locator(`[data-figure=${name}]`).innerText();
		assert.match(await words('sessions'), /^Sessions\s+84\s+15% more than in the period before \(73\)/);
		assert.match(await words('activeMs'), /42h 2m\s+7% less than/);
		assert.match(await words('responses'), /7,412\s+same as before/);
		assert.match(await words('costUsd'), /\$186\.42/);
	});

	it('names no change where there is no period before', async () => {
		const { totals } = snapshot();
		const alone = ({ now }: Figure): Figure => ({ now, before: null });
		const allTime = {
			...totals,
			sessions: alone(totals.sessions),
			activeMs: alone(totals.activeMs),
			userPrompts: alone(totals.userPrompts),
			responses: alone(totals.responses),
			toolCalls: alone(totals.toolCalls),
			tokens: alone(totals.tokens),
			costUsd: alone(totals.costUsd),
		};
		const page = await show(fullExtension({ snapshot: snapshot({ totals: allTime }) }));
		await page.locator('[data-figure=sessions]').waitFor();
		assert.equal(await page.locator('.change').count(), 0);
	});

	it('splits the tokens by kind on demand', async () => {
		const page = await show(fullExtension());
		assert.equal(await page.locator('#token-kinds').count(), 0);
		await page.getByRole('button', { name: 'By kind' }).press('Enter');
		const kinds = await page.getByRole('group', { name: 'Tokens by kind' }).innerText();
		assert.match(kinds, /Input\s+86,760\s+<1%\s+Output\s+1,349,600\s+1%\s+Cache read\s+87,724,000\s+91%/);
	});

	it('says which tokens are missing from the cost and whose they are', async () => {
		const page = await show(fullExtension());
		await seen(page, '412k tokens are not in the cost, because the prices of these models are not known: gpt-oss-120b, qwen3-coder');
	});

	it('draws a bar for each day and the same figures as a table', async () => {
		const page = await show(fullExtension());
		const points = days(30);
		await page.locator('bar-chart .bar').nth(29).waitFor();
		assert.equal(await page.locator('bar-chart .bar').count(), points.length);
		assert.equal(await page.locator('bar-chart .bar').nth(24).getAttribute('aria-label'), 'Monday, 16 November 2026: $16.38 Cost');
		await page.getByRole('button', { name: 'Show as table' }).click();
		const rows = page.locator('.day-table tbody tr');
		assert.equal(await rows.count(), points.length);
		assert.match(await rows.nth(5).innerText(), /16 Nov 2026\s+6\s+554\s+8\.82m\s+\$16\.38/);
	});

	it('draws the highest day highest, for the figure that is chosen', async () => {
		const page = await show(fullExtension());
		const tallest = () =>
			page.locator('bar-chart .bar').evaluateAll(bars => {
				const heights = bars.map(bar => bar.querySelector('.value')?.getBoundingClientRect().height ?? 0);
				return heights.indexOf(Math.max(...heights));
			});
		await page.locator('bar-chart .bar').nth(29).waitFor();
		const highest = (figure: 'costUsd' | 'sessions') => {
			const values = days(30).map(point => point[figure]);
			return values.indexOf(Math.max(...values));
		};
		assert.equal(await tallest(), highest('costUsd'));
		await page.locator('.activity').getByRole('radio', { name: 'Sessions' }).check({ force: true });
		await page.getByRole('group', { name: 'Sessions by day' }).waitFor();
		assert.equal(await tallest(), highest('sessions'));
	});

	it('shows no cost, rather than none, for a model without a price', async () => {
		const page = await show(fullExtension());
		const row = page.locator('.models tbody tr', { hasText: 'gpt-oss-120b' });
		assert.match(await row.innerText(), /298k\s+–\s*No known price/);
	});

	it('marks what sets a session apart', async () => {
		const page = await show(
			withRows(
				session(2, { id: 'plain' }),
				session(2, { id: 'fork', mode: 'forked' }),
				session(2, { id: 'background', mode: 'background' }),
				session(2, { id: 'gone', gone: true }),
				session(2, { id: 'stub', stub: true, file: null }),
				session(2, { id: 'bad', malformedLines: 1 }),
				session(2, { id: 'waiting', status: 'waiting_for_input' }),
			),
		);
		const badges = (id: string) => page.locator(`tr[data-session-id=${id}] .badge`).allInnerTexts();
		await page.locator('tr[data-session-id=plain]').waitFor();
		assert.deepEqual(await badges('plain'), []);
		assert.deepEqual(await badges('fork'), ['Fork']);
		assert.deepEqual(await badges('background'), ['Background']);
		assert.deepEqual(await badges('gone'), ['Gone from disk']);
		assert.deepEqual(await badges('stub'), ['Subagents only']);
		assert.deepEqual(await badges('bad'), ['1 bad line']);
		assert.deepEqual(await badges('waiting'), ['Needs input']);
	});

	it('offers for a session only what can be done with it', async () => {
		const page = await show(withRows(session(2, { id: 'there' }), session(2, { id: 'gone', gone: true })));
		const names = (id: string) =>
			page.locator(`tr[data-session-id=${id}] button`).evaluateAll(buttons => buttons.map(button => button.getAttribute('aria-label')));
		await page.locator('tr[data-session-id=gone]').waitFor();
		assert.deepEqual(await names('there'), [
			'Resume in terminal',
			'Reveal in file manager',
			'Copy session ID',
			'Classify',
			'Correct category',
		]);
		assert.deepEqual(await names('gone'), ['Copy session ID', 'Correct category']);
	});

	it('shows the index runs when they are opened, a failed one with its reason', async () => {
		const page = await show(fullExtension());
		await page.getByText('Index runs').click();
		await seen(page, 'The disk is full');
		assert.match(
			await page.locator('.runs tbody tr').nth(2).innerText(),
			/Full\s+Completed\s+9\.3s\s+2,311\s+2\.14 GB\s+230 MB\s+0 → 1,201/,
		);
	});

	it('says what could not be read and which kinds of record nobody knows', async () => {
		const page = await show(fullExtension());
		await seen(page, '4 lines of transcripts could not be read and are left out.');
		await seen(page, '2 kinds of record are not known to this version: voice-note (14), checkpoint2 (3).');
		await seen(page, /Prices as of 14 Nov 2026/);
	});

	it('keeps silent about what there is none of', async () => {
		const page = await show(fullExtension({ snapshot: snapshot({ malformedLines: 0, unknownRecordTypes: {} }) }));
		await seen(page, /Prices as of/);
		assert.equal(await page.locator('.caveat').count(), 0);
	});

	it('writes numbers, money and days as the locale does', async () => {
		const page = await show(fullExtension({ locale: 'de' }));
		await page.locator('[data-figure=costUsd]').waitFor();
		assert.match(await page.locator('[data-figure=costUsd]').innerText(), /186,42\s\$/);
		assert.match(await page.locator('[data-figure=responses]').innerText(), /7\.412/);
		await page
			.getByText('23. Okt.–21. Nov. 2026', { exact: false })
			.or(page.getByText(/23\. Okt\. – 21\. Nov\. 2026/))
			.waitFor();
	});

	it('falls back on the browser for a locale and a time zone that do not exist', async () => {
		const page = await show(fullExtension({ locale: 'not a locale', snapshot: snapshot({ timeZone: 'Mars/Olympus' }) }));
		await page.locator('tr[data-session-id]').first().waitFor();
	});

	it('shows times in the time zone of the figures', async () => {
		const page = await show(withRows(session(0, { id: 'night', startedAt: '2026-11-20T23:30:00.000Z' })));
		assert.match(await page.locator('tr[data-session-id=night]').innerText(), /^21 Nov, 00:30/);
	});

	it('gives the page one first heading, its sections second ones, and one main landmark', async () => {
		const page = await show(fullExtension());
		await page.locator('tr[data-session-id]').first().waitFor();
		const levels = await page
			.getByRole('heading')
			.evaluateAll(headings => headings.map(each => `${each.tagName} ${each.textContent.trim()}`));
		assert.deepEqual(levels, [
			'H1 Insights',
			'H2 Totals',
			'H2 Activity',
			'H2 Models',
			'H2 Categories',
			'H2 Agreement',
			'H2 Sessions 127',
			'H2 Classification jobs',
			'H2 Index runs',
		]);
		assert.equal(await page.getByRole('main').count(), 1);
	});

	for (const width of [300, 320, 700, 1200, 1600]) {
		it(`never scrolls sideways at ${width} px`, async () => {
			const page = await show(fullExtension(), width);
			await page.locator('tr[data-session-id]').first().waitFor();
			await page.getByRole('button', { name: 'By kind' }).click();
			await page.getByText('Classification jobs').click();
			await page.getByText('Index runs').click();
			await page.locator('tr[data-category=code_work] .open').click();
			await page.getByRole('button', { name: 'Show only sessions of Testing' }).click();
			await page.getByRole('button', { name: 'Show as table' }).click();
			const { scroll, client } = await page.evaluate(() => ({
				scroll: document.documentElement.scrollWidth,
				client: document.documentElement.clientWidth,
			}));
			assert.ok(scroll <= client, `${scroll} > ${client}`);
		});
	}

	it('shows notices with the action they name, and passes it on', async () => {
		const extension = fullExtension({
			status: status({ notices: [{ kind: 'warning', text: 'The index is rebuilt: it was damaged.', action: 'showLog' }] }),
		});
		const page = await show(extension);
		await seen(page, 'The index is rebuilt: it was damaged.');
		await page.getByRole('button', { name: 'Show log' }).click();
		assert.deepEqual((await extension.called('command')).at(-1)?.params, { action: 'showLog' });
	});

	it('shows a week for what spans years, and asks for all of it', async () => {
		const extension = fullExtension({ snapshot: snapshot({ days: days(80, 7), daysAre: 'weeks' }) });
		const page = await show(extension);
		await page.locator('bar-chart .bar').nth(10).click();
		const { day, dayEnd } = await extension.called('sessions', 2).then(() => extension.lastTableQuery ?? { day: null, dayEnd: null });
		assert.ok(typeof day === 'string' && typeof dayEnd === 'string');
		assert.equal((Date.parse(dayEnd) - Date.parse(day)) / 86_400_000, 6);
	});

	it('shows only as many rows as a page holds, and turns the pages', async () => {
		const extension = fullExtension({}, 127);
		const page = await show(extension);
		await seen(page, '1–50 of 127');
		assert.equal(await page.locator('tr[data-session-id]').count(), 50);
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, '51–100 of 127');
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, '101–127 of 127');
		assert.equal(await page.locator('tr[data-session-id]').count(), 27);
		assert.equal(await page.getByRole('button', { name: 'Next page' }).getAttribute('aria-disabled'), 'true');
	});

	it('shows the last page there is when the one it was on vanished', async () => {
		const extension = fullExtension({}, 127);
		const page = await show(extension);
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, '51–100 of 127');
		extension.answers.sessions = query => sessionPage(query, 30);
		extension.emit('snapshot', snapshot());
		await page.getByRole('heading', { name: 'Sessions 30' }).waitFor();
		assert.equal(extension.lastTableQuery?.offset, 0);
	});

	it('needs the hello and one page of the table, and asks for nothing more', async () => {
		const extension = new FakeExtension({ ready: () => hello(), snapshot: () => snapshot(), sessions: query => sessionPage(query, 10) });
		const page = await show(extension);
		await page.locator('tr[data-session-id]').first().waitFor();
		assert.deepEqual(
			extension.calls.map(call => call.name),
			['ready', 'sessions'],
		);
	});
});
