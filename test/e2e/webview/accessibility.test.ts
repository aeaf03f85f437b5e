/** No axe violations, in four themes and in every state (NFR-4). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violationsOn } from '../violations.ts';
import { unsorted } from './classified.ts';
import type { Answers, FakeExtension } from './fakeExtension.ts';
import { emptyExtension, fullExtension, fullPages, indexing, status } from './history.ts';
import { type TabName, goTo, insightsPages } from './insightsPages.ts';
import { type ThemeName, widthsFor } from './themes.ts';

const never: Answers['ready'] = () => new Promise(() => undefined);
const states: Readonly<Record<string, { readonly extension: () => FakeExtension; readonly tab?: TabName; readonly shown: string }>> = {
	loading: {
		extension: () => {
			const extension = fullExtension();
			extension.answers.ready = never;
			return extension;
		},
		shown: 'main h1',
	},
	indexing: { extension: () => fullExtension({ hello: { status: indexing, page: null } }), shown: '.empty progress' },
	unclassified: { extension: () => fullExtension({ pages: { categories: unsorted } }), tab: 'Categories', shown: '.categories .none' },
	'without patterns': {
		extension: () => fullExtension({ pages: { patterns: { ...fullPages.patterns, patterns: [] } } }),
		tab: 'Patterns',
		shown: '.pattern-nothing',
	},
	'looking for transcripts': {
		extension: () => fullExtension({ hello: { status: { ...indexing, filesTotal: 0, bytesTotal: 0 }, page: null } }),
		shown: '.empty progress',
	},
	empty: {
		extension: () => emptyExtension({ status: status({ sessions: 0 }) }, { firstDay: null, lastDay: null }),
		shown: '.empty vscode-button',
	},
	error: {
		extension: () =>
			emptyExtension({
				page: null,
				status: status({ state: 'error', notices: [{ kind: 'error', text: 'The index cannot be opened.', action: 'rebuildIndex' }] }),
			}),
		shown: '.notice vscode-button',
	},
};

/** Each page with what can be opened on it. */
const tabs: Readonly<Record<TabName, (page: Page) => Promise<void>>> = {
	Overview: async page => {
		await page.getByRole('button', { name: 'By kind' }).click();
		await page.getByRole('button', { name: 'Filters' }).click();
		await page.locator('.calendar heat-map .cell').nth(300).focus();
	},
	Cost: async page => {
		await page.locator('bar-chart .bar').nth(24).focus();
		await page.getByRole('radio', { name: 'Branch' }).check({ force: true });
		await page.getByRole('button', { name: 'Show all 12' }).click();
	},
	Categories: async page => {
		await page.locator('tr[data-category=code_work] .open').click();
	},
	Patterns: async page => {
		await page.getByText('How to read this').click();
		await page.getByText('What is not shown, and why').click();
	},
	'Tools and files': async page => {
		await page.getByRole('button', { name: 'Show all 10' }).click();
	},
	Sessions: async page => {
		await page.locator('tr[data-session-id]').nth(2).focus();
		await page.keyboard.press('ArrowDown');
	},
	'Jobs and index': async page => {
		await page.locator('.left-out').waitFor();
	},
};

describe('axe finds nothing', () => {
	const pages = insightsPages();

	for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
		for (const [name, { extension, tab, shown }] of Object.entries(states)) {
			it(`in ${theme}, ${name}`, async () => {
				const { page } = await pages.open(extension(), { theme, height: 2_600 });
				if (tab !== undefined) await goTo(page, tab);
				await page.locator(shown).first().waitFor();
				assert.deepEqual(await violationsOn(page), []);
			});
		}

		for (const width of widthsFor(theme)) {
			for (const [tab, open] of Object.entries(tabs)) {
				it(`in ${theme} at ${width} px, with everything opened: ${tab}`, async () => {
					const { page } = await pages.open(fullExtension({ total: 14 }), { theme, width, height: 3_400 });
					await goTo(page, tab as TabName);
					await open(page);
					assert.deepEqual(await violationsOn(page), []);
				});
			}
		}

		for (const tab of ['Overview', 'Cost', 'Patterns'] as const) {
			it(`in ${theme}, with tables in the place of charts: ${tab}`, async () => {
				const { page } = await pages.open(fullExtension({ total: 14 }), { theme, height: 3_400 });
				await goTo(page, tab);
				const toggles = page.getByRole('button', { name: /^Show as table/ });
				await toggles.first().waitFor();
				while ((await toggles.count()) > 0) await toggles.first().click();
				assert.deepEqual(await violationsOn(page), []);
			});
		}

		it(`in ${theme}, with the sessions behind a figure`, async () => {
			const { page } = await pages.open(fullExtension({ total: 14 }), { theme, height: 2_600 });
			await goTo(page, 'Cost');
			await page.locator('.cost-shares tbody button').first().click();
			await page.locator('tr[data-session-id]').first().waitFor();
			assert.deepEqual(await violationsOn(page), []);
		});
	}

	it('after the theme changed under the page', async () => {
		const opened = await pages.open(fullExtension({ total: 14 }), { theme: 'dark', height: 2_600 });
		const { page } = opened;
		await page.locator('bar-chart .bar').first().waitFor();
		const colours = () =>
			page.evaluate(() => [
				getComputedStyle(document.querySelector('main th') ?? document.documentElement).backgroundColor,
				getComputedStyle(document.querySelector('vscode-dropdown') ?? document.body).backgroundColor,
			]);
		const dark = await colours();
		await opened.setTheme('hcLight');
		await page.waitForFunction(
			before => getComputedStyle(document.querySelector('vscode-dropdown') ?? document.body).backgroundColor !== before,
			dark[1],
		);
		assert.deepEqual(await colours(), ['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
		assert.deepEqual(await violationsOn(page), []);
	});

	it('where the system forces its colours, and bars stay visible', async () => {
		const opened = await pages.open(fullExtension({ total: 14 }), { theme: 'hcDark', height: 2_600, context: { forcedColors: 'active' } });
		const { page } = opened;
		const ground = await page.locator('main').evaluate(main => getComputedStyle(main).backgroundColor);
		for (const [tab, mark] of [
			['Overview', 'bar-chart .value'],
			['Overview', 'heat-map .level-2 .value'],
			['Cost', 'bar-chart .value'],
			['Cost', '.waterfall rect.sum'],
			['Patterns', '.interval .point'],
		] as const) {
			await goTo(page, tab);
			const fill = await page
				.locator(mark)
				.first()
				.evaluate(value => getComputedStyle(value).fill);
			assert.notEqual(fill, ground, mark);
		}
		assert.deepEqual(await violationsOn(page), []);
	});

	it('and nothing moves for people who asked for that', async () => {
		const opened = await pages.open(fullExtension({ hello: { status: { ...indexing, filesTotal: 0, bytesTotal: 0 }, page: null } }));
		const { page } = opened;
		await page.locator('.empty progress').waitFor();
		const running = () => page.evaluate(() => document.getAnimations().filter(each => each.playState === 'running').length);
		assert.notEqual(await running(), 0);
		await page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
		await page.waitForFunction(() => document.getAnimations().every(each => each.playState !== 'running'));
	});
});
