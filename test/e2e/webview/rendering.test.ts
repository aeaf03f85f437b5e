/** What the insights page shows of what it is told. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { UsageBlock } from '../../../src/webview/contract/cost.ts';
import type { Figure } from '../../../src/webview/contract/overview.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { FakeExtension } from './fakeExtension.ts';
import { allSessions, fullExtension, fullPages, hello, insightsPage, sessionPage, status } from './history.ts';
import { type TabName, goTo, insightsPages } from './pages.ts';
import { plainSession } from './plainSession.ts';

describe('The insights page', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, tab: TabName = 'Overview', width = 1200): Promise<Page> {
		const { page } = await pages.open(extension, { width });
		if (tab !== 'Overview') await goTo(page, tab);
		return page;
	}
	const { overview, cost, jobs, patterns, tools } = fullPages;
	const usd = (amount: number | null | undefined) => `\\$${(amount ?? 0).toFixed(2)}`;
	const whole = (amount: number) => amount.toLocaleString('en');
	const total = allSessions.total;
	const longer = patterns.patterns.find(({ factor, outcome }) => factor === 'turns' && outcome === 'corrections');
	assert.ok(longer !== undefined);
	/** An extension whose table holds just these. */
	function withRows(...rows: readonly SessionRow[]): FakeExtension {
		const extension = fullExtension();
		extension.answers.sessions = query => ({ query, total: rows.length, uncounted: 0, rows });
		return extension;
	}
	const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

	it('shows each total with its raw number and its change against the period before', async () => {
		const { activeMs, responses } = overview.totals;
		const totals = {
			...overview.totals,
			activeMs: { now: activeMs.now, before: activeMs.now / 0.93 },
			responses: { now: responses.now, before: responses.now - 3 },
		};
		const page = await show(fullExtension({ pages: { overview: { ...overview, totals } } }));
		for (const name of ['sessions', 'activeMs', 'userPrompts', 'responses', 'toolCalls', 'tokens', 'costUsd'] as const) {
			assert.equal(await page.locator(`[data-figure=${name}]`).getAttribute('data-value'), String(totals[name].now), name);
		}
		const words = (name: string) => page.locator(`[data-figure=${name}]`).innerText();
		const { sessions } = totals;
		const more = Math.round((sessions.now / (sessions.before ?? 0) - 1) * 100);
		assert.match(
			await words('sessions'),
			new RegExp(
				`^Sessions\\s+${sessions.now}\\s+, Show these sessions: Sessions\\s+${more}% more than in the period before \\(${sessions.before ?? ''}\\)`,
			),
		);
		assert.match(await words('activeMs'), /28h 37m\s+, Show these sessions: Active time\s+7% less than/);
		assert.match(await words('responses'), new RegExp(`${whole(responses.now)}\\s+, Show these sessions: Responses\\s+same as before`));
		assert.match(await words('costUsd'), new RegExp(usd(totals.costUsd.now)));
		// Once for all of them, in sight, and by each to the pointer.
		assert.equal(await page.locator('.compared').innerText(), 'Changes are against 23 Sept – 22 Oct 2026, the 30 days before.');
		assert.match((await page.locator('[data-figure=responses] .change').getAttribute('title')) ?? '', /against 23 Sept – 22 Oct 2026/);
	});

	it('draws the first screen in one frame and what lies below it after that, at first and when other figures come', async () => {
		const { page } = await pages.open(fullExtension(), { prepare: noteFirstFrames });
		await page.locator('.standouts').first().waitFor();
		await page.getByRole('combobox', { name: 'Time range' }).click();
		await page.getByRole('option', { name: 'Last 7 days' }).click();
		await page.getByText('the 7 days before').first().waitFor();
		await page.waitForFunction(() => (window as unknown as { firstFrames: readonly unknown[] }).firstFrames.length > 1);
		const frames = await page.evaluate(() => (window as unknown as { firstFrames: readonly unknown[] }).firstFrames);
		assert.deepEqual(frames.slice(0, 2), [
			{ figures: true, below: false },
			{ figures: true, below: false },
		]);
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
		assert.equal(await page.locator('.change, .compared').count(), 0);
	});

	it('splits the tokens by kind on demand', async () => {
		const page = await show(fullExtension());
		assert.equal(await page.locator('#token-kinds').count(), 0);
		await page.getByRole('button', { name: 'By kind' }).press('Enter');
		const kinds = await page.getByRole('group', { name: 'Tokens by kind' }).innerText();
		const { input, output, cacheRead } = overview.totals.tokenCounts;
		assert.match(
			kinds,
			new RegExp(`Input\\s+${whole(input)}\\s+<1%\\s+Output\\s+${whole(output)}\\s+1%\\s+Cache read\\s+${whole(cacheRead)}\\s+94%`),
		);
	});

	it('says which tokens are missing from the cost and whose they are', async () => {
		const page = await show(fullExtension());
		await seen(page, '14.6M tokens are not in the cost, because the prices of these models are not known: gpt-oss-120b, qwen3-coder');
	});

	it('draws a bar for each day and the same figures as a table', async () => {
		const page = await show(fullExtension());
		const points = overview.days;
		const monday = points[24];
		await page.locator('bar-chart .bar').nth(29).waitFor();
		assert.equal(await page.locator('bar-chart .bar').count(), points.length);
		assert.equal(
			await page.locator('bar-chart .bar').nth(24).getAttribute('aria-label'),
			`Monday, 16 November 2026: $${monday?.costUsd.toFixed(2) ?? ''} Cost`,
		);
		await page.getByRole('button', { name: 'Show as table: Activity' }).click();
		const rows = page.locator('.activity tbody tr');
		assert.equal(await rows.count(), points.length);
		assert.match(
			await rows.nth(5).innerText(),
			new RegExp(`16 Nov 2026\\s+${monday?.sessions ?? ''}\\s+${monday?.responses ?? ''}\\s+.*\\s+${usd(monday?.costUsd)}`),
		);
	});

	it('draws the highest day highest, for the figure that is chosen', async () => {
		const page = await show(fullExtension());
		const tallest = async () => {
			const tops = (await drawnBars(page)).map(({ top }) => top);
			return tops.indexOf(Math.min(...tops));
		};
		await page.locator('bar-chart .bar').nth(29).waitFor();
		const highest = (figure: 'costUsd' | 'sessions') => {
			const values = overview.days.map(point => point[figure]);
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
		assert.match(await row.innerText(), /14\.1M\s+–\s*No known price/);
	});

	it('marks what sets a session apart', async () => {
		const page = await show(
			withRows(
				plainSession({ id: 'plain' }),
				plainSession({ id: 'fork', mode: 'forked' }),
				plainSession({ id: 'background', mode: 'background' }),
				plainSession({ id: 'gone', gone: true }),
				plainSession({ id: 'stub', stub: true, file: null }),
				plainSession({ id: 'bad', malformedLines: 1 }),
				plainSession({ id: 'waiting', status: 'waiting_for_input' }),
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
		const page = await show(withRows(plainSession({ id: 'there' }), plainSession({ id: 'gone', gone: true })), 'Sessions');
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

	for (const width of [320, 640, 1200]) {
		it(`offers it at ${width} px beside the title, and leaves the figures in sight`, async () => {
			const page = await show(withRows(plainSession({ id: 'there', malformedLines: 1 })), 'Sessions', width);
			const row = page.locator('tr[data-session-id=there]');
			await row.hover();
			const box = async (selector: string) => (await row.locator(selector).last().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
			const [action, cost] = [await box('.icon-button'), await box('.costUsd')];
			assert.equal(await row.locator('.icon-button').last().isVisible(), true);
			assert.ok(action.width > 0 && action.x + action.width <= cost.x, JSON.stringify({ action, cost }));
		});
	}

	it('says where there are more tabs than fit, and leads to them', async () => {
		const page = await show(fullExtension(), 'Overview', 320);
		const arrow = (side: 'before' | 'after') => page.locator(`.more-tabs.${side}`);
		await arrow('after').waitFor();
		assert.equal(await arrow('before').isVisible(), false);
		await arrow('after').click();
		await arrow('before').waitFor();
		await arrow('after').click();
		await arrow('after').waitFor({ state: 'hidden' });
		// Who came this far is not taken back, and the arrows stand in no one's way.
		await page.getByRole('tab', { name: 'Jobs and index' }).click();
		await page.locator('.runs').waitFor();
		await page.keyboard.press('Home');
		await arrow('before').waitFor({ state: 'hidden' });
		await page.setViewportSize({ width: 1200, height: 900 });
		await arrow('after').waitFor({ state: 'hidden' });
	});

	it('shows the index runs, a failed one with its reason', async () => {
		const page = await show(fullExtension(), 'Jobs and index');
		await seen(page, 'The disk is full');
		assert.match(
			await page.locator('.runs tbody tr').nth(2).innerText(),
			new RegExp(`Full\\s+Completed\\s+2\\.7s\\s+402\\s+612 MB\\s+224 MB\\s+0 → ${jobs.runs[2]?.sessionsAfter ?? ''}`),
		);
	});

	it('says what could not be read and which kinds of record nobody knows', async () => {
		const page = await show(fullExtension(), 'Jobs and index');
		await seen(page, '4 lines of transcripts could not be read and are left out.');
		await seen(page, '2 kinds of record are not known to this version: voice-note (4), checkpoint2 (2).');
		await seen(page, /Prices as of \d+ \w+ 2026/);
	});

	it('keeps silent about what there is none of', async () => {
		const page = await show(fullExtension({ pages: { jobs: { ...jobs, malformedLines: 0, unknownRecordTypes: {} } } }), 'Jobs and index');
		await seen(page, /Prices as of/);
		assert.equal(await page.locator('.caveat').count(), 0);
	});

	it('writes numbers, money and days as the locale does', async () => {
		const page = await show(fullExtension({ hello: { locale: 'de' } }));
		await page.locator('[data-figure=costUsd]').waitFor();
		assert.match(
			await page.locator('[data-figure=costUsd]').innerText(),
			new RegExp(`${overview.totals.costUsd.now.toFixed(2).replace('.', ',')}\\s\\$`),
		);
		assert.match(await page.locator('[data-figure=responses]').innerText(), new RegExp(overview.totals.responses.now.toLocaleString('de')));
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
		const page = await show(withRows(plainSession({ id: 'night', startedAt: '2026-11-20T23:30:00.000Z' })), 'Sessions');
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
		Sessions: [`Sessions ${total}`],
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

	it('never scrolls sideways, on any page, however wide the panel is drawn', async () => {
		const page = await show(fullExtension());
		await page.getByRole('button', { name: 'By kind' }).click();
		await page.getByRole('button', { name: 'Filters' }).click();
		for (const tab of Object.keys(headings)) {
			await goTo(page, tab as TabName);
			await page.locator('.panel-page h2').first().waitFor({ state: 'attached' });
			if (tab === 'Sessions') await page.locator('tr[data-session-id]').first().waitFor();
			for (const width of [1600, 1200, 640, 320, 300]) {
				await page.setViewportSize({ width, height: 900 });
				const { scroll, client } = await page.evaluate(async () => {
					// Charts are drawn anew in the frame after the one that told them of their width.
					for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
					return { scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth };
				});
				assert.ok(scroll <= client, `${tab} at ${width} px: ${scroll} > ${client}`);
			}
		}
	});

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
		const mondays = Array.from({ length: 80 }, (_, week) => new Date(Date.UTC(2026, 10, 16 - (79 - week) * 7)).toISOString().slice(0, 10));
		const weeks = mondays.map(day => ({ day, sessions: 9, responses: 300, tokens: 9_000_000, costUsd: 12 }));
		const extension = fullExtension({ pages: { overview: { ...overview, days: weeks, daysAre: 'weeks' } } });
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
		await seen(page, `1–50 of ${total}`);
		assert.equal(await page.locator('tr[data-session-id]').count(), 50);
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, `51–100 of ${total}`);
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, `101–${total} of ${total}`);
		assert.equal(await page.locator('tr[data-session-id]').count(), total - 100);
		assert.equal(await page.getByRole('button', { name: 'Next page' }).getAttribute('aria-disabled'), 'true');
	});

	it('says how many of the listed sessions no number of sessions counts', async () => {
		const page = await show(fullExtension(), 'Sessions');
		const { uncounted } = allSessions;
		assert.equal(total - uncounted, overview.totals.sessions.now);
		assert.equal(uncounted, 1);
		await seen(page, 'leave out one of them');
		await page.getByRole('textbox').fill('a');
		await page.getByText('Figures of sessions leave out').waitFor({ state: 'detached' });
		await goTo(page, 'Cost');
		await seen(page, `${cost.answeredSessions} sessions with an answer`);
	});

	it('shows the last page there is when the one it was on vanished', async () => {
		const extension = fullExtension();
		const page = await show(extension, 'Sessions');
		await page.getByRole('button', { name: 'Next page' }).click();
		await seen(page, `51–100 of ${total}`);
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
		const page = await show(fullExtension({ hello: { query: { scope: 'all', range: '30d' } } }), 'Cost');
		const bar = page.locator('bar-chart .bar').nth(24);
		await bar.waitFor();
		assert.equal((await drawnBars(page))[24]?.series, 3);
		const label = (await bar.getAttribute('aria-label')) ?? '';
		assert.match(label, /^Monday, 16 November 2026: \$\d+\.\d\d.*claude-opus-4-5-20251101 \$\d+\.\d\d$/);
		const spent = cost.budgets[0]?.spentUsd ?? 0;
		assert.equal(await page.locator('bar-chart .series li').last().textContent(), 'Daily budget $10');
		assert.match(
			await page.locator('.budget.near').innerText(),
			new RegExp(`Today\\s+${usd(spent)} of \\$10\\.00\\s+Nearly spent: ${usd(10 - spent)} left`),
		);
	});

	it('draws no budget across bars that are only a part of what it counts', async () => {
		const page = await show(fullExtension(), 'Cost');
		await page.locator('bar-chart .bar').nth(24).waitFor();
		await page.locator('.budget').first().waitFor();
		assert.equal(await page.locator('bar-chart .limit').count(), 0);
		await page.getByRole('combobox', { name: 'Sessions of' }).click();
		await page.getByRole('option', { name: 'All projects' }).click();
		await page.locator('bar-chart .limit').waitFor({ state: 'attached' });
	});

	it('says what each five-hour block cost and what its shade means, also where there is little room', async () => {
		const [some] = cost.blocks.blocks;
		assert.ok(some !== undefined);
		const block = (startedAt: string, costUsd: number, isActive = false): UsageBlock => {
			const endsAt = new Date(Date.parse(startedAt) + 5 * 3_600_000).toISOString();
			return { ...some, startedAt, endsAt, costUsd, isActive };
		};
		const blocks = [
			block('2026-11-21T12:00:00.000Z', 6.84, true),
			block('2026-11-21T07:00:00.000Z', 4.1),
			block('2026-11-20T13:00:00.000Z', 3.25),
			block('2026-11-20T08:00:00.000Z', 12.6),
			block('2026-11-19T21:00:00.000Z', 8.4),
			block('2026-11-18T09:00:00.000Z', 1.12),
			block('2026-11-17T08:00:00.000Z', 17.3),
		];
		const page = await show(fullExtension({ pages: { cost: { ...cost, blocks: { ...cost.blocks, blocks } } } }), 'Cost', 320);
		await page.locator('day-timeline .stretch').first().waitFor();
		const labels = await page.locator('day-timeline .label').allTextContents();
		assert.equal(labels.length, await page.locator('day-timeline .stretch').count());
		assert.deepEqual(labels.slice(-6), ['$1.12', '$8.40', '$13', '$3.25', '$4.10', '$6.84']);
		assert.deepEqual(
			(await page.locator('day-timeline .key li').allTextContents()).map(each => each.trim()),
			['Up to $5', '$5 to $10', '$10 to $15', '$15 to $20', 'Going on'],
		);
	});

	it('says of the block that goes on since when its pace counts', async () => {
		const page = await show(fullExtension(), 'Cost');
		assert.match(await page.locator('.block-now').innerText(), /an hour, .* tokens a minute since its first answer .* ago\. At this pace/);
	});

	it('says below the sessions what the badges in sight mean, and of no others', async () => {
		const page = await show(fullExtension(), 'Sessions');
		await page.locator('tr[data-session-id]').first().waitFor();
		const badges = await page.locator('.sessions-key .badge').allTextContents();
		assert.deepEqual(badges.toSorted(), ['Background', 'Fork']);
		assert.match(await page.locator('.sessions-key').innerText(), /Fork\s*Continues a copy of another session/);
	});

	it('says what the bars of a sum that becomes another mean', async () => {
		const page = await show(fullExtension(), 'Cost');
		assert.deepEqual(
			(await page.locator('.caching .waterfall-key li').allTextContents()).map(each => each.trim()),
			['Total', 'Taken off', 'Added'],
		);
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
		const [lines, answers] = cost.reconciliation.steps;
		assert.equal(steps.length, 7);
		assert.match(steps[0] ?? '', new RegExp(`^Every line added up .* 3,289 lines .* ${usd(lines?.costUsd)}$`));
		assert.match(
			steps[1] ?? '',
			new RegExp(
				`^One answer counts once .*\u221262\\.4M tokens\\. \u2212${usd(-(answers?.costChangeUsd ?? 0))} ${usd(answers?.costUsd)}$`,
			),
		);
		assert.match(steps[6] ?? '', new RegExp(`^The total of this page .* ${usd(cost.costUsd.now)}$`));
	});

	it('splits a block that goes over midnight, and says it once', async () => {
		const page = await show(fullExtension(), 'Cost');
		const evening = cost.blocks.blocks.find(({ startedAt }) => startedAt === '2026-11-19T19:00:00.000Z');
		const over = page.getByRole('button', { name: new RegExp(`^19 Nov, 20:00 – 01:00: ${usd(evening?.costUsd)}`) });
		await over.waitFor();
		assert.equal(await over.locator('.value').count(), 2);
	});

	it('says patterns as sentences about what went together, with both groups and how sure it is', async () => {
		const page = await show(fullExtension(), 'Patterns');
		const { effect, first, interval, second } = longer;
		const about = Math.round(50 + effect * 50);
		const card = (await page.locator('.pattern', { hasText: 'Sessions with more than 3 prompts' }).first().innerText()).replace(
			/\s+/g,
			' ',
		);
		assert.match(card, /^Sessions with more than 3 prompts had more corrections than those with up to 3 prompts\./);
		assert.match(card, /Strong tendency · Share of follow-up prompts that correct Claude, on average/);
		assert.match(card, new RegExp(`Up to 3 prompts 3% ${first.sessions} sessions.*More than 3 prompts 24% ${second.sessions} sessions`));
		assert.match(
			card,
			new RegExp(
				`in about ${about} of 100 such pairs, the one of “More than 3 prompts” has more\\. .*95% interval ${Number(interval.low.toPrecision(3))} to ${Number(interval.high.toPrecision(3))}`,
			),
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
			fullExtension({ pages: { patterns: { sessions: 7, minimum: 30, comparisons: 0, patterns: [], withheld: [] } } }),
			'Patterns',
		);
		await seen(page, 'Patterns compare groups of sessions and need at least 30 in each group. These filters have 7 sessions.');
	});

	/** What is clicked on which page, and whose sessions are asked for. */
	const leads: readonly (readonly [TabName, string, unknown])[] = [
		['Overview', '[data-figure=sessions] button', null],
		['Overview', '.unpriced button', { kind: 'unpriced', model: null }],
		['Overview', '.calendar .cell[data-key="2026-11-16"]', { kind: 'days', first: '2026-11-16', last: '2026-11-16' }],
		['Overview', '.week-hours .cell[data-key="1-10"]', { kind: 'hour', weekday: 1, hour: 10 }],
		['Overview', '.streak.longest button', { kind: 'days', first: '2026-10-12', last: '2026-10-23' }],
		['Cost', '[data-figure=subagents] button', { kind: 'subagents', model: null }],
		['Cost', '.unpriced-models li button', { kind: 'unpriced', model: 'gpt-oss-120b' }],
		['Cost', '.budget:nth-child(2) button', { kind: 'days', first: '2026-11-01', last: '2026-11-30' }],
		['Cost', 'day-timeline .stretch', { kind: 'block', startedAt: '2026-11-09T07:00:00.000Z' }],
		['Cost', '.differs tr:nth-child(3) button', { kind: 'copies' }],
		['Patterns', '.group button', { kind: 'pattern', factor: 'promptLength', outcome: 'reEdits', detail: null, side: 'first' }],
		['Tools and files', '[data-figure=errors] button', { kind: 'tool', tool: null, only: 'errors' }],
		['Tools and files', '.tool-list tbody tr', { kind: 'tool', tool: 'Edit', only: 'calls' }],
		['Tools and files', '.tool-list .cell-link', { kind: 'tool', tool: 'Edit', only: 'errors' }],
		['Tools and files', '.error-kinds tbody th button', { kind: 'error', error: 'notFound', tool: null }],
		['Tools and files', '.tool-of-error', { kind: 'error', error: 'notFound', tool: 'Read' }],
		['Tools and files', '.edited-files tbody button', { kind: 'file', path: tools.files.rows[0]?.path }],
		['Tools and files', '.commands tbody button', { kind: 'command', command: '/clear' }],
		['Tools and files', '.skills tbody button', { kind: 'skill', skill: tools.skills[0]?.name }],
		['Tools and files', '.mcp-servers tbody button', { kind: 'mcpServer', server: 'github', only: 'calls' }],
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
		await page.locator('.pattern', { hasText: 'with more than 3 prompts' }).locator('.group button').nth(1).click();
		await page.getByRole('heading', { name: 'Sessions with more than 3 prompts' }).waitFor();
	});

	it('names files from their project on, and in full to whoever asks', async () => {
		const page = await show(fullExtension(), 'Tools and files');
		const file = page.locator('.edited-files tbody button').first();
		assert.equal((await file.innerText()).replace(/\s+/g, ' '), 'cart.ts storefront · src/checkout');
		assert.equal(await file.getAttribute('title'), '/home/ada/work/storefront/src/checkout/cart.ts');
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
				{ id: fullPages.tools.slowest[0]?.sessionId, action: 'transcript', message: fullPages.tools.slowest[0]?.message },
			],
		);
	});
});

/** Runs in the page: notes in the frame after each answer whether the figures had changed by then, and what lies below them. */
function noteFirstFrames(): void {
	const frames: { readonly figures: boolean; readonly below: boolean }[] = [];
	const seen = () => [document.querySelector('.figures')?.textContent, document.querySelector('.standouts')?.textContent];
	Object.assign(window, { firstFrames: frames });
	window.addEventListener(
		'message',
		() => {
			const [figures, below] = seen();
			requestAnimationFrame(() => {
				const [figuresNow, belowNow] = seen();
				frames.push({ figures: figuresNow !== figures, below: belowNow !== below });
			});
		},
		{ capture: true },
	);
}

/** Of each bar: how high on the page it reaches, and of how many series it is, told by the shapes that are drawn in its place. */
function drawnBars(page: Page): Promise<readonly { readonly top: number; readonly series: number }[]> {
	return page.locator('bar-chart svg').evaluate(chart => {
		const shapes = [...chart.querySelectorAll<SVGPathElement>('.value')];
		return [...chart.querySelectorAll<SVGRectElement>('.bar')].map(bar => {
			const { x, y, width, height } = bar.getBBox();
			const rows = Array.from({ length: Math.ceil(height * 4) }, (_, step) => new DOMPoint(x + width / 2, y + step / 4));
			const tops = shapes.flatMap(shape => rows.find(at => shape.isPointInFill(at))?.y ?? []);
			return { top: Math.min(Infinity, ...tops), series: tops.length };
		});
	});
}
