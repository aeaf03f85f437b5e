/** How suites open one of the product's pages. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sharedBrowser } from '../browser.ts';
import type { PageName } from './build.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { openPage, type OpenedPage, type OpenOptions, type PageEnd, PageTab } from './openPage.ts';
import type { FakeSearch } from './search/fakeSearch.ts';
import type { FakeTranscript } from './transcript/fakeTranscript.ts';

export interface Pages<E extends PageEnd> {
	open(extension: E, options?: OpenOptions): Promise<OpenedPage<E>>;
	/** For a test that makes the console complain. */
	forgive(): void;
}

/** Shows the pages of all suites one after the other, as long as nothing went wrong in it. */
let tab: PageTab | null = null;

/** To be called in a suite: after each test the console must have stayed silent. */
function pagesOf<E extends PageEnd>(name: PageName): Pages<E> {
	let opened: OpenedPage<E> | null = null;
	const close = async (): Promise<void> => {
		await opened?.close();
		opened = null;
	};
	afterEach(async function () {
		const complaints = opened?.complaints ?? [];
		await close();
		if (this.currentTest?.state === 'failed' || complaints.length > 0) {
			await tab?.close();
			tab = null;
		}
		assert.deepEqual(complaints, [], 'the console stays silent');
	});
	return {
		open: async (extension, options = {}) => {
			await close();
			// What the browser itself should be like is said of a tab when it is opened.
			if (options.context !== undefined) return (opened = await openPage(await sharedBrowser(), name, extension, options));
			const reused = (tab ??= await PageTab.open(await sharedBrowser()));
			const shown = await reused.show(name, extension, options);
			return (opened = { ...shown, close: () => reused.leave() });
		},
		forgive: () => opened?.complaints.splice(0),
	};
}

export const insightsPages = (): Pages<FakeExtension> => pagesOf('insights');
export const searchPages = (): Pages<FakeSearch> => pagesOf('search');
export const transcriptPages = (): Pages<FakeTranscript> => pagesOf('transcript');

export type TabName = 'Overview' | 'Cost' | 'Categories' | 'Patterns' | 'Tools and files' | 'Sessions' | 'Jobs and index';

/** Opens a page of the panel by its tab. */
export async function goTo(page: Page, tab: TabName): Promise<void> {
	await page.getByRole('tab', { name: tab }).click();
	await page.getByRole('tabpanel', { name: tab }).waitFor();
}

/** Shows the table behind every chart of the page. */
export async function showTables(page: Page): Promise<void> {
	const ways = page.getByRole('button', { name: /^Show as table/ });
	await ways.first().waitFor();
	// What lies below the first screen comes with the frame after it.
	await page.evaluate(() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))));
	const names = await ways.evaluateAll(buttons => buttons.map(button => button.getAttribute('aria-label') ?? ''));
	for (const name of names) await page.getByRole('button', { name, exact: true }).click();
	await ways.first().waitFor({ state: 'detached' });
}
