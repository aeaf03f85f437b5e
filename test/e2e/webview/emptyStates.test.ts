/** What the page says when there are no figures: why, and what to do next (VIEW-5). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { FakeExtension } from './fakeExtension.ts';
import { emptySnapshot, fullExtension, indexing, status } from './history.ts';
import { insightsPages } from './insightsPages.ts';

describe('The insights page without figures', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, width = 1200): Promise<Page> {
		return (await pages.open(extension, { width })).page;
	}
	const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

	const empties: readonly (readonly [string, FakeExtension, string | RegExp, readonly string[]])[] = [
		['tells how far the first run is', fullExtension({ status: indexing, snapshot: null }), /340 of 1,200 files.*1\.21 GB of 3\.4 GB/, []],
		[
			'says that the sessions could not be read and where the reason is',
			fullExtension({ status: status({ state: 'error' }), snapshot: null }),
			'The sessions could not be read',
			['Refresh', 'Show log'],
		],
		[
			'says how sessions come to be when there are none at all',
			fullExtension({ status: status({ sessions: 0 }), snapshot: emptySnapshot({ firstDay: null, lastDay: null }) }),
			'No Claude Code sessions yet',
			['Refresh', 'Open settings'],
		],
		[
			'offers other periods and projects when the period is empty',
			fullExtension({ snapshot: emptySnapshot() }),
			'Nothing happened between 23 Oct 2026 and 21 Nov 2026.',
			['Show all time', 'Show all projects'],
		],
		[
			'offers all projects when the workspace never had a session',
			fullExtension({ snapshot: emptySnapshot({ firstDay: null, lastDay: null }) }),
			'No sessions in this workspace',
			['Show all projects'],
		],
		[
			'offers all projects when no folder is open',
			fullExtension({ hasFolder: false, snapshot: emptySnapshot() }),
			'No folder is open',
			['Show all projects'],
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
		await page.locator('tr[data-session-id]').first().waitFor();
		assert.equal(await page.getByText('could not be loaded').count(), 0);
	});
});
