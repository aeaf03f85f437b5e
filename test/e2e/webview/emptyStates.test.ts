/** What the page says when there are no figures: why, and what to do next (VIEW-5). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { FakeExtension } from './fakeExtension.ts';
import { emptyExtension, fullExtension, indexing, status } from './history.ts';
import { goTo, insightsPages } from './pages.ts';

describe('The insights page without figures', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, width = 1200): Promise<Page> {
		return (await pages.open(extension, { width })).page;
	}
	const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

	const empties: readonly (readonly [string, FakeExtension, string | RegExp, readonly string[]])[] = [
		[
			'tells how far the first run is',
			fullExtension({ hello: { status: indexing, page: null } }),
			/340 of 1,200 files.*1\.21 GB of 3\.4 GB/,
			[],
		],
		[
			'says that the sessions could not be read and where the reason is',
			fullExtension({ hello: { status: status({ state: 'error' }), page: null } }),
			'The sessions could not be read',
			['Refresh', 'Show log'],
		],
		[
			'says how sessions come to be when there are none at all',
			emptyExtension({ status: status({ sessions: 0 }) }, { firstDay: null, lastDay: null }),
			'No Claude Code sessions yet',
			['Refresh', 'Open settings'],
		],
		[
			'offers other periods and projects when the period is empty',
			emptyExtension(),
			'Nothing happened between 23 Oct 2026 and 21 Nov 2026.',
			['Show all time', 'Show all projects'],
		],
		[
			'offers all projects when the workspace never had a session',
			emptyExtension({}, { firstDay: null, lastDay: null }),
			'No sessions in this workspace',
			['Show all projects'],
		],
		['offers all projects when no folder is open', emptyExtension({ hasFolder: false }), 'No folder is open', ['Show all projects']],
		[
			'offers to let go of filters that nothing passes',
			emptyExtension({ query: { scope: 'workspace', range: '30d', branch: 'gone' } }),
			'No session passes these filters',
			['Clear all filters'],
		],
	];
	for (const [name, extension, words, buttons] of empties) {
		it(name, async () => {
			const page = await show(extension, 700);
			await seen(page, words);
			assert.deepEqual(await page.locator('.empty vscode-button').allInnerTexts(), buttons);
			assert.equal(await page.locator('[data-figure]').count(), 0);
		});
	}

	it('shows jobs, whatever the filters leave of the sessions', async () => {
		const page = await show(emptyExtension(), 700);
		await goTo(page, 'Jobs and index');
		await seen(page, 'No index run yet.');
	});

	it('shows why the extension could not answer and asks again on demand', async () => {
		const extension = fullExtension();
		const answer = extension.answers.ready;
		extension.answers.ready = () => {
			throw new Error('The engine stopped');
		};
		const page = await show(extension);
		await seen(page, /The figures could not be loaded: The engine stopped/);
		extension.answers.ready = answer;
		await page.getByRole('button', { name: 'Try again' }).click();
		await page.locator('[data-figure=sessions]').waitFor();
		assert.equal(await page.getByText('could not be loaded').count(), 0);
	});
});
