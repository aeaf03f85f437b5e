/** No axe violations, in four themes and in every state (NFR-4). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violationsOn } from '../violations.ts';
import { unsorted } from './classified.ts';
import type { Answers, FakeExtension } from './fakeExtension.ts';
import { emptyExtension, fullExtension, fullPages, indexing, status } from './history.ts';
import { type TabName, goTo, insightsPages, showTables } from './pages.ts';
import type { OpenedPage } from './openPage.ts';
import { type ThemeName, themes, themesOfAxe, widthsFor } from './themes.ts';

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
		await page.getByRole('button', { name: `Show all ${fullPages.cost.branches.rows.length}` }).click();
	},
	Categories: async page => {
		await page.locator('tr[data-category=code_work] .open').click();
	},
	Patterns: async page => {
		await page.getByText('How to read this').click();
		await page.getByText('What is not shown, and why').click();
	},
	'Tools and files': async page => {
		await page.getByRole('button', { name: `Show all ${fullPages.tools.tools.length}` }).click();
	},
	Sessions: async page => {
		await page.locator('tr[data-session-id]').nth(2).focus();
		await page.keyboard.press('ArrowDown');
	},
	'Jobs and index': async page => {
		await page.locator('.left-out').waitFor();
	},
};

describe('axe finds nothing', function () {
	// Four themes of tables with a year of days, on a machine that does other things too.
	this.timeout(240_000);
	const pages = insightsPages();

	/** One page for all of them: opening it takes as long as axe does. */
	const inEveryTheme = async (opened: OpenedPage, widths: (theme: (typeof themesOfAxe)[number]) => readonly number[]) => {
		const { page } = opened;
		const height = page.viewportSize()?.height ?? 0;
		let again = false;
		for (const theme of themesOfAxe) {
			await opened.setTheme(theme);
			for (const width of widths(theme)) {
				await page.setViewportSize({ width, height });
				assert.deepEqual(await violationsOn(page, again), [], `${theme} at ${width} px`);
				again = true;
			}
		}
	};
	const wide = () => [1200];

	for (const [name, { extension, tab, shown }] of Object.entries(states)) {
		it(`in every theme, ${name}`, async () => {
			const opened = await pages.open(extension(), { height: 2_600 });
			if (tab !== undefined) await goTo(opened.page, tab);
			await opened.page.locator(shown).first().waitFor();
			await inEveryTheme(opened, wide);
		});
	}

	for (const [tab, open] of Object.entries(tabs)) {
		it(`in every theme, narrow and wide, with everything opened: ${tab}`, async () => {
			const opened = await pages.open(fullExtension({ most: 14 }), { height: 3_400 });
			await goTo(opened.page, tab as TabName);
			await open(opened.page);
			await inEveryTheme(opened, widthsFor);
		});
	}

	for (const tab of ['Overview', 'Cost', 'Patterns'] as const) {
		it(`in every theme, with tables in the place of charts: ${tab}`, async () => {
			const opened = await pages.open(fullExtension({ most: 14 }), { height: 3_400 });
			await goTo(opened.page, tab);
			await showTables(opened.page);
			await inEveryTheme(opened, wide);
		});
	}

	it('in every theme, with the sessions behind a figure', async () => {
		const opened = await pages.open(fullExtension({ most: 14 }), { height: 2_600 });
		await goTo(opened.page, 'Cost');
		await opened.page.locator('.cost-shares tbody button').first().click();
		await opened.page.locator('tr[data-session-id]').first().waitFor();
		await inEveryTheme(opened, wide);
	});

	it('after the theme changed under the page', async () => {
		const opened = await pages.open(fullExtension({ most: 14 }), { theme: 'dark', height: 2_600 });
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

	it('and muted words are legible on every ground, in every theme of VS Code', async () => {
		const opened = await pages.open(fullExtension({ most: 14 }), { theme: 'dark', height: 900 });
		const { page } = opened;
		await page.locator('main .muted').first().waitFor();
		for (const [name, { variables }] of Object.entries(themes)) {
			await opened.setTheme(name as ThemeName);
			const grounds = ['editor-background', 'sideBar-background', 'list-hoverBackground', 'list-inactiveSelectionBackground']
				.map(ground => (variables as Readonly<Record<string, string>>)[`--vscode-${ground}`])
				.filter(ground => ground !== undefined);
			const contrasts = await page.evaluate(contrastsOfMuted, grounds);
			assert.ok(contrasts.length >= 3 && Math.min(...contrasts) >= 4.5, `${name}: ${contrasts.join(', ')}`);
		}
	});

	it('where the system forces its colours, and bars stay visible', async () => {
		const opened = await pages.open(fullExtension({ most: 14 }), { theme: 'hcDark', height: 2_600, context: { forcedColors: 'active' } });
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

/** Runs in the page: of the muted colour against each of the grounds, which may be translucent and then lie on the editor's (WCAG 2.2, 1.4.3). */
function contrastsOfMuted(grounds: readonly string[]): readonly number[] {
	const drawn = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	const muted = document.querySelector('main .muted');
	if (drawn === null || muted === null) return [];
	const words = getComputedStyle(muted).color;
	const editor = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background');
	/** What is to be seen where colours lie one on the other. */
	const luminance = (...colours: readonly string[]) => {
		for (const colour of colours) {
			drawn.fillStyle = colour;
			drawn.fillRect(0, 0, 1, 1);
		}
		const [red = 0, green = 0, blue = 0] = [...drawn.getImageData(0, 0, 1, 1).data].map(value => {
			const share = value / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	return grounds.map(ground => {
		const [ink, paper] = [luminance(editor, ground, words), luminance(editor, ground)];
		return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
	});
}
