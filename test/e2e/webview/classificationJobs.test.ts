/** The jobs that asked a model, and what that has cost, on the insights page. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ClassificationRunRow } from '../../../src/webview/contract/jobs.ts';
import { run, runs } from './classified.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { fullExtension, fullPages, insightsPage } from './history.ts';
import { goTo, insightsPages } from './pages.ts';

describe('The classification jobs', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension): Promise<Page> {
		const { page } = await pages.open(extension);
		await goTo(page, 'Jobs and index');
		return page;
	}
	const of = (...classificationRuns: readonly ClassificationRunRow[]) =>
		fullExtension({ pages: { jobs: { ...fullPages.jobs, classificationRuns } } });
	const row = async (page: Page, index: number) =>
		(await page.locator('.jobs tbody tr').nth(index).innerText()).replace(/\s*[\t\n]\s*/g, ' | ').replaceAll('\u2002', ' ');

	it('say what became of each and of all its sessions, with its model, cost and length', async () => {
		const page = await show(fullExtension());
		assert.equal(
			await row(page, 1),
			'20 Nov, 17:30 | Completed | 45 sessions: 40 classified, 2 failed, 3 skipped | $0.12 | $0.01 of it unconfirmed | 2m | Claude CLI haiku',
		);
		assert.equal(
			await row(page, 2),
			'19 Nov, 10:12 | Failed The key was refused. Set another one. | 45 sessions: 0 classified, 5 failed, 40 not tried | $0.00 | 4s | Anthropic API claude-haiku-4-5',
		);
		assert.match(
			await row(page, 3),
			/Cancelled \| 200 sessions: 12 classified, 188 not tried \| \$0\.00 \| 4m \| OpenAI-compatible qwen3:8b$/,
		);
	});

	it('show how far one is that runs, also folded, and follow it', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		assert.match(await row(page, 0), /Running \| 34 of 120 sessions \| \$0\.08 \| – \| Claude CLI haiku$/);
		assert.equal(await page.locator('.jobs progress').evaluate(bar => (bar as HTMLProgressElement).position), 34 / 120);
		await page.getByText('34 of 120 sessions · cost so far: $0.20, $0.01 of it unconfirmed').waitFor();
		extension.emit(
			'page',
			insightsPage('jobs', {
				...fullPages.jobs,
				classificationRuns: [{ ...run(), status: 'running', total: 120, classified: 60 }, ...runs.slice(1)],
			}),
		);
		await page.locator('.jobs .aside').getByText('65 of 120 sessions').waitFor();
	});

	it('explain what unconfirmed means only where something is', async () => {
		const extension = fullExtension();
		const page = await show(extension);
		await page.locator('.jobs .table-note').getByText('it may have been paid for').waitFor();
		extension.emit('page', insightsPage('jobs', { ...fullPages.jobs, classificationRuns: [run({ unconfirmedUsd: 0 })], spending: [] }));
		await page.locator('.jobs .table-note').waitFor({ state: 'detached' });
	});

	it('add up what was spent, by provider and model', async () => {
		const page = await show(fullExtension());
		const spent = (await page.locator('.spending tbody tr').allInnerTexts()).map(each => each.replace(/\s*[\t\n]\s*/g, ' | '));
		assert.deepEqual(spent, [
			'Claude CLI | haiku | 16 | 142k | 8,500 | $0.20 | $0.01 of it unconfirmed',
			'OpenAI-compatible | qwen3:8b | 3 | 21.1k | 1,300 | $0.00',
		]);
	});

	it('are none until somebody asks', async () => {
		const page = await show(fullExtension({ pages: { jobs: { ...fullPages.jobs, classificationRuns: [], spending: [] } } }));
		await page.getByText('No session was classified by a model yet.').waitFor();
		assert.equal(await page.locator('.jobs table, .jobs .aside').count(), 0);
	});

	it('of a kind and at times that nobody knows are shown as they are', async () => {
		const page = await show(
			of(run({ provider: 'abacus', model: 'beads', createdAt: 'once', completedAt: 'later', total: 0, classified: 0 })),
		);
		assert.match(await row(page, 0), /^Time unknown \| Completed \| .* \| – \| abacus beads$/);
	});

	it('stay folded over a reload where somebody folded them', async () => {
		const page = await show(fullExtension());
		await page.locator('summary', { hasText: 'Index runs' }).click();
		await page.locator('details.runs:not([open])').waitFor({ state: 'attached' });
		await page.reload();
		await page.locator('.spending').waitFor();
		assert.equal(await page.locator('details.runs[open]').count(), 0);
	});
});
