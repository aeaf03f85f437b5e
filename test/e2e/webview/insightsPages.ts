import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { FakeExtension } from './fakeExtension.ts';
import { launch, openInsights, type OpenedPage, type OpenOptions } from './openPage.ts';

export interface InsightsPages {
	open(extension: FakeExtension, options?: OpenOptions): Promise<OpenedPage>;
	/** For a test that makes the console complain. */
	forgive(): void;
}

/** To be called in a suite: one browser for it, one page for each test, and after each a console that stayed silent. */
export function insightsPages(): InsightsPages {
	let browser: Browser;
	let opened: OpenedPage | undefined;
	before(async () => {
		browser = await launch();
	});
	afterEach(async () => {
		assert.deepEqual(opened?.complaints ?? [], [], 'the console stays silent');
		await opened?.close();
		opened = undefined;
	});
	after(() => browser.close());
	return {
		open: async (extension, options) => (opened = await openInsights(browser, extension, options)),
		forgive: () => opened?.complaints.splice(0),
	};
}

export type TabName = 'Overview' | 'Cost' | 'Categories' | 'Patterns' | 'Tools and files' | 'Sessions' | 'Jobs and index';

/** Opens a page of the panel by its tab. */
export async function goTo(page: Page, tab: TabName): Promise<void> {
	await page.getByRole('tab', { name: tab }).click();
	await page.getByRole('tabpanel', { name: tab }).waitFor();
}
