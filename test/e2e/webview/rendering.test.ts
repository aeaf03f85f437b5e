/** What the insights page shows of what it is told. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Figure } from '../../../src/webview/contract/overview.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { FakeExtension } from './fakeExtension.ts';
import { days, fullExtension, fullPages, hello, insightsPage, session, sessionPage, status } from './history.ts';
import { type TabName, goTo, insightsPages } from './insightsPages.ts';

describe('The insights page', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, tab: TabName = 'Overview', width = 1200): Promise<Page> {
		const { page } = await pages.open(extension, { width });
		if (tab !== 'Overview') await goTo(page, tab);
		return page;
	}
	const { overview, cost, jobs } = fullPages;
	/** An extension whose table holds just these. */
	function withRows(...rows: readonly SessionRow[]): FakeExtension {
		const extension = fullExtension();
		extension.answers.sessions = query => ({ query, total: rows.length, rows });
		return extension;
	}
	const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

	it('shows each total with its raw number and its change against the period before', async () => {
		const page = await show(fullExtension());
		const { totals } = overview;
		for (const name of ['sessions', 'activeMs', 'userPrompts', 'responses', 'toolCalls', 'tokens', 'costUsd'] as const) {
			assert.equal(await page.locator(`[data-figure=${name}]`).getAttribute('data-value'), String(totals[name].now), name);
		}
		const words = (name: string) => page.locator(`[data-figure=${name}]`).innerText();
		assert.match(await words('sessions'), /^Sessions\s+84\s+, Show these sessions: Sessions\s+15% more than in the period before \(73\)/);
		assert.match(await words('activeMs'), /42h 2m\s+, Show these sessions: Active time\s+7% less than/);
		assert.match(await words('responses'), /7,412\s+, Show these sessions: Responses\s+same as before/);
		assert.match(await words('costUsd'), /\$186\.42/);
	});

	it('names no change where there is no period before', async () => {
		const { totals } = overview;
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
		const page = await show(fullExtension({ pages: { overview: { ...overview, totals: allTime } } }));
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
		await seen(page, '398k tokens are not in the cost, because the prices of these models are not known: gpt-oss-120b, qwen3-coder');
	});

	it('draws a bar for each day and the same figures as a table', async () => {
		const page = await show(fullExtension());
		const points = days(30);
		await page.locator('bar-chart .bar').nth(29).waitFor();
		assert.equal(await page.locator('bar-chart .bar').count(), points.length);
		assert.equal(await page.locator('bar-chart .bar').nth(24).getAttribute('aria-label'), 'Monday, 16 November 2026: $14.53 Cost');
		await page.getByRole('button', { name: 'Show as table: Activity' }).click();
		const rows = page.locator('.activity tbody tr');
		assert.equal(await rows.count(), points.length);
		assert.match(
			await rows.nth(5).innerText(),
			new RegExp(`16 Nov 2026\\s+${points[24]?.sessions ?? ''}\\s+${points[24]?.responses ?? ''}\\s+.*\\s+\\$14\\.53`),
		);
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
		await page.getByRole('group', { name: 'Sessions by day', exact: true }).waitFor();
		assert.equal(await tallest(), highest('sessions'));
	});

	it('shows no cost, rather than none, for a model without a price', async () => {
		const page = await show(fullExtension(), 'Cost');
		const row = page.locator('.cost-shares tbody tr', { hasText: 'gpt-oss-120b' });
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
			'Sessions',
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
		const page = await show(withRows(session(2, { id: 'there' }), session(2, { id: 'gone', gone: true })), 'Sessions');
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

	it('shows the index runs, a failed one with its reason', async () => {
		const page = await show(fullExtension(), 'Jobs and index');
		await seen(page, 'The disk is full');
		assert.match(
			await page.locator('.runs tbody tr').nth(2).innerText(),
			/Full\s+Completed\s+9\.3s\s+2,311\s+2\.14 GB\s+230 MB\s+0 → 1,201/,
		);
	});

	it('says what could not be read and which kinds of record nobody knows', async () => {
		const page = await show(fullExtension(), 'Jobs and index');
		await seen(page, '4 lines of transcripts could not be read and are left out.');
		await seen(page, '2 kinds of record are not known to this version: voice-note (14), checkpoint2 (3).');
		await seen(page, /Prices as of 14 Nov 2026/);
	});

	it('keeps silent about what there is none of', async () => {
		const page = await show(fullExtension({ pages: { jobs: { ...jobs, malformedLines: 0, unknownRecordTypes: {} } } }), 'Jobs and index');
		await seen(page, /Prices as of/);
		assert.equal(await page.locator('.caveat').count(), 0);
	});

	it('writes numbers, money and days as the locale does', async () => {
		const page = await show(fullExtension({ hello: { locale: 'de' } }));
		await page.locator('[data-figure=costUsd]').waitFor();
		assert.match(await page.locator('[data-figure=costUsd]').innerText(), /186,42\s\$/);
		assert.match(await page.locator('[data-figure=responses]').innerText(), /7\.412/);
		await page
			.getByText('23. Okt.–21. Nov. 2026', { exact: false })
			.or(page.getByText(/23\. Okt\. – 21\. Nov\. 2026/))
			.waitFor();
	});

	it('falls back on the browser for a locale and a time zone that do not exist', async () => {
		const page = await show(fullExtension({ hello: { locale: 'not a locale' }, head: { timeZone: 'Mars/Olympus' } }), 'Cost');
		await page.locator('day-timeline .stretch').first().waitFor();
	});

	it('shows times in the time zone of the figures', async () => {
		const page = await show(withRows(session(0, { id: 'night', startedAt: '2026-11-20T23:30:00.000Z' })), 'Sessions');
		assert.match(await page.locator('tr[data-session-id=night]').innerText(), /^21 Nov, 00:30/);
	});

	const headings: Readonly<Record<TabName, readonly string[]>> = {
		Overview: ['Totals', 'Activity', 'The last year', 'Hours of the week', 'Longest sessions', 'Costliest sessions'],
		Cost: [
			'Cost at a glance',
			'No price is known for some models',
			'Budget',
			'Cost by day',
			'Where it went',
			'What caching saved',
			'What subagents cost',
			'Five-hour blocks',
			'Why this differs from other tools',
		],
		Categories: ['Categories', 'Do rules, model and you say the same?'],
		Patterns: ['What went together', 'What is not shown, and why'],
		'Tools and files': [
			'Tools at a glance',
			'Tools',
			'What went wrong',
			'Slowest calls',
			'Most edited files',
			'Slash commands',
			'Skills',
			'MCP servers',
		],
		Sessions: ['Sessions 127'],
		'Jobs and index': ['Classification jobs', 'Index runs', 'What could not be read'],
	};
	it('gives every page one first heading, its sections second ones, and one main landmark', async () => {
		const page = await show(fullExtension());
		for (const [tab, names] of Object.entries(headings)) {
			await goTo(page, tab as TabName);
			await page.getByRole('heading', { name: names.at(-1) ?? '', exact: true }).waitFor();
			const levels = await page
				.getByRole('heading')
				.evaluateAll(all => all.filter(each => each.tagName !== 'H3').map(each => `${each.tagName} ${each.textContent.trim()}`));
			assert.deepEqual(levels, ['H1 Insights', ...names.map(name => `H2 ${name}`)]);
			assert.equal(await page.getByRole('main').count(), 1);
		}
	});

	for (const width of [300, 320, 640, 1200, 1600]) {
		it(`never scrolls sideways at ${width} px, on any page`, async () => {
			const page = await show(fullExtension(), 'Overview', width);
			await page.getByRole('button', { name: 'By kind' }).click();
			await page.getByRole('button', { name: 'Filters' }).click();
			for (const tab of Object.keys(headings)) {
				await goTo(page, tab as TabName);
				await page.locator('.panel-page h2').first().waitFor({ state: 'attached' });
				if (tab === 'Sessions') await page.locator('tr[data-session-id]').first().waitFor();
				const { scroll, client } = await page.evaluate(() => ({
					scroll: document.documentElement.scrollWidth,
					client: document.documentElement.clientWidth,
				}));
				assert.ok(scroll <= client, `${tab}: ${scroll} > ${client}`);
			}
		});
	}

	it('shows notices with the action they name, and passes it on', async () => {
		const extension = fullExtension({
			hello: { status: status({ notices: [{ kind: 'warning', text: 'The index is rebuilt: it was damaged.', action: 'showLog' }] }) },
		});
		const page = await show(extension);
		await seen(page, 'The index is rebuilt: it was damaged.');
		await page.getByRole('button', { name: 'Show log' }).click();
		assert.deepEqual((await extension.called('command')).at(-1)?.params, { action: 'showLog' });
	});

	it('shows a week for what spans years, and asks for all of it', async () => {
		const extension = fullExtension({ pages: { overview: { ...overview, days: days(80, 7), daysAre: 'weeks' } } });
		const page = await show(extension);
		await page.locator('bar-chart .bar').nth(10).click();
		await extension.called('sessions');
		const { selector } = extension.lastTableQuery ?? {};
		assert.ok(selector?.kind === 'days');
		assert.equal((Date.parse(selector.last) - Date.parse(selector.first)) / 86_400_000, 6);
	});

	it('shows only as many rows as a page holds, and turns the pages', async () => {
		const extension = fullExtension();
		const page = await show(extension, 'Sessions');
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
		const extension = fullExtension();
		const page = await show(extension, 'Sessions');
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, '51–100 of 127');
		extension.answers.sessions = query => sessionPage(query, 30);
		extension.emit('page', insightsPage('overview'));
		await page.getByRole('heading', { name: 'Sessions 30' }).waitFor();
		assert.equal(extension.lastTableQuery?.offset, 0);
	});

	it('needs the hello for its first page, and asks for nothing more', async () => {
		const extension = new FakeExtension({
			ready: () => hello(),
			page: () => insightsPage('overview'),
			sessions: query => sessionPage(query, 10),
		});
		const page = await show(extension);
		await page.locator('heat-map .cell').first().waitFor();
		assert.deepEqual(
			extension.calls.map(call => call.name),
			['ready'],
		);
	});

	it('stacks the models of a day, says each in words, and draws the daily budget', async () => {
		const page = await show(fullExtension(), 'Cost');
		const bar = page.locator('bar-chart .bar').nth(24);
		await bar.waitFor();
		assert.equal(await bar.locator('.value').count(), 3);
		const label = (await bar.getAttribute('aria-label')) ?? '';
		assert.match(label, /^Monday, 16 November 2026: \$\d+\.\d\d.*claude-opus-4-5-20251101 \$\d+\.\d\d$/);
		assert.equal(await page.locator('bar-chart .series li').last().textContent(), 'Daily budget $12');
		assert.match(await page.locator('.budget.near').innerText(), /Today\s+\$10\.94 of \$12\.00\s+Nearly spent: \$1\.06 left/);
	});

	it('says what to do where no budget is set', async () => {
		const extension = fullExtension({ pages: { cost: { ...cost, budgets: [] } } });
		const page = await show(extension, 'Cost');
		await seen(page, 'No budget is set.');
		await page.getByRole('button', { name: 'Set a budget…' }).click();
		assert.deepEqual((await extension.called('command')).at(-1)?.params, { action: 'openSettings' });
	});

	it('leads from every line added up to the total of the page, step by step', async () => {
		const page = await show(fullExtension(), 'Cost');
		const steps = (await page.locator('.differs tbody tr').allInnerTexts()).map(each => each.replace(/\s+/g, ' '));
		assert.equal(steps.length, 7);
		assert.match(steps[0] ?? '', /^Every line added up .* 16,120 lines .* \$402\.18$/);
		assert.match(steps[1] ?? '', /^One answer counts once .*\u2212139M tokens\. \u2212\$244\.16 \$158\.02$/);
		assert.match(steps[6] ?? '', /^The total of this page .* \$186\.42$/);
	});

	it('splits a block that goes over midnight, and says it once', async () => {
		const page = await show(fullExtension(), 'Cost');
		const over = page.getByRole('button', { name: /^19 Nov, 22:00 – 03:00: \$8\.40/ });
		await over.waitFor();
		assert.equal(await over.locator('.value').count(), 2);
	});

	it('says patterns as sentences about what went together, with both groups and how sure it is', async () => {
		const page = await show(fullExtension(), 'Patterns');
		const first = (await page.locator('.pattern').first().innerText()).replace(/\s+/g, ' ');
		assert.match(first, /^Sessions with more than 12 prompts had more corrections than those with up to 12 prompts\./);
		assert.match(first, /Strong tendency · Share of follow-up prompts that correct Claude, on average/);
		assert.match(first, /Up to 12 prompts 3% 210 sessions.*More than 12 prompts 9% 84 sessions/);
		assert.match(
			first,
			/Of 100 pairs, one session from each group, the one of “More than 12 prompts” has more in about 76\. .*95 % interval 0\.38 to 0\.65/,
		);
		assert.doesNotMatch(await page.locator('.patterns').innerText(), /because|leads to|causes? more|makes/i);
	});

	it('leads to the export of its figures from every page', async () => {
		const extension = fullExtension();
		const page = await show(extension, 'Patterns');
		await page.getByRole('button', { name: 'Export the figures of all pages…' }).click();
		assert.deepEqual((await extension.called('export')).at(-1)?.params, null);
	});

	it('says what patterns would need where there are none', async () => {
		const page = await show(
			fullExtension({ pages: { patterns: { sessions: 7, minimum: 20, comparisons: 0, patterns: [], withheld: [] } } }),
			'Patterns',
		);
		await seen(page, 'Patterns compare groups of sessions and need at least 20 in each group. These filters have 7 sessions.');
	});

	/** What is clicked on which page, and whose sessions are asked for. */
	const leads: readonly (readonly [TabName, string, unknown])[] = [
		['Overview', '[data-figure=sessions] button', null],
		['Overview', '.unpriced button', { kind: 'unpriced', model: null }],
		['Overview', '.calendar .cell[data-key="2026-11-16"]', { kind: 'days', first: '2026-11-16', last: '2026-11-16' }],
		['Overview', '.week-hours .cell[data-key="1-10"]', { kind: 'hour', weekday: 1, hour: 10 }],
		['Overview', '.streak.longest button', { kind: 'days', first: '2026-03-02', last: '2026-03-20' }],
		['Cost', '[data-figure=subagents] button', { kind: 'subagents' }],
		['Cost', '.unpriced-models li button', { kind: 'unpriced', model: 'gpt-oss-120b' }],
		['Cost', '.budget:nth-child(2) button', { kind: 'days', first: '2026-11-01', last: '2026-11-30' }],
		['Cost', 'day-timeline .stretch', { kind: 'block', startedAt: '2026-11-08T09:00:00.000Z' }],
		['Cost', '.differs tr:nth-child(3) button', { kind: 'copies' }],
		['Patterns', '.group button', { kind: 'pattern', factor: 'turns', outcome: 'corrections', detail: null, side: 'first' }],
		['Tools and files', '[data-figure=errors] button', { kind: 'tool', tool: null, only: 'errors' }],
		['Tools and files', '.tool-list tbody tr', { kind: 'tool', tool: 'Bash', only: 'calls' }],
		['Tools and files', '.tool-list .cell-link', { kind: 'tool', tool: 'Bash', only: 'errors' }],
		['Tools and files', '.error-kinds tbody th button', { kind: 'error', error: 'commandFailed', tool: null }],
		['Tools and files', '.tool-of-error', { kind: 'error', error: 'commandFailed', tool: 'Bash' }],
		['Tools and files', '.edited-files tbody button', { kind: 'file', path: '/home/ada/work/storefront/src/payments/queue0.ts' }],
		['Tools and files', '.commands tbody button', { kind: 'command', command: '/clear' }],
		['Tools and files', '.skills tbody button', { kind: 'skill', skill: 'release-notes' }],
		['Tools and files', '.mcp-servers tbody button', { kind: 'mcpServer', server: 'github' }],
	];
	for (const tab of new Set(leads.map(([name]) => name))) {
		it(`leads from each figure to its sessions and back to it: ${tab}`, async () => {
			const extension = fullExtension();
			const page = await show(extension, tab);
			for (const [, mark, selector] of leads.filter(([name]) => name === tab)) {
				await page.locator(mark).first().click();
				await page.locator('tr[data-session-id]').first().waitFor();
				assert.deepEqual(extension.lastTableQuery?.selector, selector, mark);
				await page.getByRole('button', { name: `Back to ${tab}` }).click();
				await page.getByRole('tabpanel', { name: tab }).waitFor();
			}
		});
	}

	it('names the sessions of a pattern with what parts them', async () => {
		const page = await show(fullExtension(), 'Patterns');
		await page.locator('.group button').nth(1).click();
		await page.getByRole('heading', { name: 'Sessions with more than 12 prompts' }).waitFor();
	});

	it('opens the transcript of a session that stands out, and of a slow call', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await page.locator('.longest .standout').first().click();
		await goTo(page, 'Tools and files');
		await page.locator('.slowest tbody button').first().click();
		assert.deepEqual(
			(await extension.called('openSession', 2)).map(call => call.params),
			[
				{ id: overview.longest[0]?.id, action: 'transcript' },
				{ id: fullPages.tools.slowest[0]?.sessionId, action: 'transcript' },
			],
		);
	});
});
