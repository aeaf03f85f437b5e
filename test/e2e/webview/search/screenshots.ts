/** Pictures of the search page in its states, widths and themes, for people to look at: `node test/e2e/webview/search/screenshots.ts [name…]`. */
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../../support/chromium.ts';
import { openPage } from '../openPage.ts';
import type { ThemeName } from '../themes.ts';
import { answerTo, FakeSearch, ready } from './fakeSearch.ts';

const folder = 'artifacts/webview';
const search = async (page: Page, text: string) => {
	await page.getByRole('textbox').fill(text);
	await page.waitForFunction(() => document.querySelector('main')?.getAttribute('aria-busy') === 'false');
};

const shots: Readonly<Record<string, { readonly extension: () => FakeSearch; readonly act?: (page: Page) => Promise<void> }>> = {
	empty: { extension: () => new FakeSearch({ scope: 'all' }) },
	results: {
		extension: () => new FakeSearch({ scope: 'all' }),
		act: async page => {
			await search(page, 'payment');
			await page.keyboard.press('ArrowDown');
			await page.keyboard.press('ArrowDown');
			await page.keyboard.press('ArrowDown');
		},
	},
	nothing: { extension: () => new FakeSearch(), act: page => search(page, 'nowhere to be found') },
	building: {
		extension: () =>
			new FakeSearch({ scope: 'all', status: { ...ready, state: 'building', bytesDone: 320e6 } }, query =>
				answerTo(query, { isIndexComplete: false, problems: [{ kind: 'not a date', text: 'before:soon' }] }),
			),
		act: page => search(page, 'payment'),
	},
	off: { extension: () => new FakeSearch({ status: { ...ready, state: 'off' } }) },
	broken: { extension: () => new FakeSearch({ status: { ...ready, state: 'error', problem: 'A file of the search index is damaged.' } }) },
};

const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await launchChromium();
for (const [name, { extension, act }] of Object.entries(shots)) {
	for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
		for (const width of [280, 400]) {
			const file = `search-${name}-${width}-${theme}`;
			if (wanted.length > 0 && !wanted.some(each => file.includes(each))) continue;
			const opened = await openPage(browser, 'search', extension(), { theme, width, height: 720 });
			const { page, complaints } = opened;
			await page.waitForFunction(() => document.querySelector('.loading') === null);
			await page.getByRole('textbox').focus();
			await act?.(page);
			await page.screenshot({ path: `${folder}/${file}.png` });
			console.log(file, complaints.length === 0 ? '' : complaints);
			await opened.close();
		}
	}
}
await browser.close();
