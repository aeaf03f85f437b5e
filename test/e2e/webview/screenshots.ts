/**
 * Pictures of the panel's pages in widths and themes, for people to look at: `node test/e2e/webview/screenshots.ts [--fold] [name…]`;
 * `--fold` takes what a window shows.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/build.ts';
import { unsorted } from './classified.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { choice, emptyExtension, fullExtension, indexing, query, status } from './history.ts';
import { launchChromium } from '../../support/chromium.ts';
import { openInsights } from './openPage.ts';
import { showTables } from './pages.ts';
import type { ThemeName } from './themes.ts';

const folder = join(root, 'artifacts/screenshots/insights');

interface Shot {
	readonly extension: () => FakeExtension;
	/** Name of the tab to open first. */
	readonly tab?: string;
	/** What a person did before the picture was taken. */
	readonly act?: (page: Page) => Promise<void>;
	/** Is there when the picture can be taken. */
	readonly shown: string;
}

/** Of all projects: budgets are drawn across nothing less. */
const full = () => fullExtension({ hello: { query: { ...query, scope: 'all' } } });
const shots: Readonly<Record<string, Shot>> = {
	overview: { extension: full, shown: 'heat-map .cell' },
	cost: { extension: full, tab: 'Cost', shown: 'day-timeline .stretch' },
	categories: { extension: full, tab: 'Categories', shown: 'category-bars tbody tr' },
	patterns: { extension: full, tab: 'Patterns', shown: '.pattern' },
	tools: { extension: full, tab: 'Tools and files', shown: '.ranking tbody tr' },
	sessions: { extension: full, tab: 'Sessions', shown: 'tr[data-session-id]' },
	jobs: { extension: full, tab: 'Jobs and index', shown: '.runs tbody tr' },
	behind: {
		extension: full,
		tab: 'Cost',
		shown: 'tr[data-session-id]',
		act: async page => {
			await page.locator('bar-chart .bar').nth(24).click();
		},
	},
	filters: {
		extension: full,
		shown: '.chip',
		act: async page => {
			await page.getByRole('button', { name: 'Filters' }).click();
			await page.getByRole('combobox', { name: 'Project' }).click();
			await page.getByRole('option', { name: choice('projects', '/home/ada/work/storefront') }).click();
			await page.getByRole('combobox', { name: 'Time range' }).click();
			await page.getByRole('option', { name: 'From … to …' }).click();
			await page.locator('.chip').nth(1).waitFor();
		},
	},
	tables: {
		extension: full,
		tab: 'Cost',
		shown: '.table-behind',
		act: showTables,
	},
	hover: {
		extension: full,
		shown: 'heat-map .panel:not([hidden])',
		act: async page => {
			await page.locator('.calendar heat-map .cell').nth(300).hover();
		},
	},
	costHover: {
		extension: full,
		tab: 'Cost',
		shown: 'bar-chart .panel:not([hidden])',
		act: async page => {
			await page.locator('bar-chart .bar').nth(26).hover();
		},
	},
	'patterns-few': {
		extension: () => fullExtension({ hello: { query: { ...query, range: 'today' } } }),
		tab: 'Patterns',
		shown: '.pattern-nothing',
	},
	unclassified: { extension: () => fullExtension({ pages: { categories: unsorted } }), tab: 'Categories', shown: '.none' },
	indexing: { extension: () => fullExtension({ hello: { status: indexing, page: null } }), shown: '.empty' },
	error: {
		extension: () =>
			fullExtension({
				hello: {
					status: status({
						state: 'error',
						notices: [{ kind: 'error', text: 'The index could not be opened: the file is from a newer version.', action: 'rebuildIndex' }],
					}),
					page: null,
				},
			}),
		shown: '.empty',
	},
	none: {
		extension: () => emptyExtension({ status: status({ sessions: 0 }) }, { firstDay: null, lastDay: null }),
		shown: '.empty',
	},
	range: { extension: () => emptyExtension(), shown: '.empty' },
	noFolder: { extension: () => emptyExtension({ hasFolder: false }), shown: '.empty' },
};
const themes: readonly ThemeName[] = ['dark', 'light', 'hcDark', 'hcLight'];
const widths = [320, 640, 1200];

const fold = process.argv.includes('--fold');
const wanted = process.argv.slice(2).filter(each => !each.startsWith('--'));
await mkdir(folder, { recursive: true });
const browser = await launchChromium();
for (const [name, { extension, tab, act, shown }] of Object.entries(shots)) {
	for (const width of widths) {
		for (const theme of themes) {
			const file = `${name}-${width}-${theme}`;
			if (wanted.length > 0 && !wanted.some(each => file.startsWith(each))) continue;
			const opened = await openInsights(browser, extension(), { width, theme });
			const { page, complaints } = opened;
			if (tab !== undefined) await page.getByRole('tab', { name: tab }).click();
			await act?.(page);
			await page.locator(shown).first().waitFor();
			await page.evaluate(() => document.fonts.ready);
			await page.screenshot({ path: join(folder, `${file}.png`), fullPage: !fold });
			console.log(file, complaints.length === 0 ? '' : complaints);
			await opened.close();
		}
	}
}
await browser.close();
