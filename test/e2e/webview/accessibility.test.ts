/** No axe violations, in four themes and in every state (NFR-4). */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { unsorted } from './classified.ts';
import { type Answers, FakeExtension } from './fakeExtension.ts';
import { emptySnapshot, fullExtension, hello, indexing, snapshot, status } from './history.ts';
import { insightsPages } from './insightsPages.ts';
import type { ThemeName } from './themes.ts';

async function violations(page: Page): Promise<readonly string[]> {
	const { violations: found } = await new AxeBuilder({ page }).analyze();
	return found.flatMap(({ id, nodes }) =>
		nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.any.map(each => each.message).join('; ')}`),
	);
}

const never: Answers['ready'] = () => new Promise(() => undefined);
const states: Readonly<Record<string, { readonly extension: () => FakeExtension; readonly shown: string }>> = {
	full: { extension: () => fullExtension({}, 14), shown: 'tr[data-session-id]' },
	loading: {
		extension: () => {
			const extension = fullExtension();
			extension.answers.ready = never;
			return extension;
		},
		shown: 'main h1',
	},
	indexing: { extension: () => fullExtension({ status: indexing, snapshot: null }), shown: '.empty progress' },
	unclassified: {
		extension: () => fullExtension({ snapshot: snapshot({ categories: unsorted, classificationRuns: [], spending: [] }) }, 14),
		shown: 'tr[data-session-id]',
	},
	'looking for transcripts': {
		extension: () => fullExtension({ status: { ...indexing, filesTotal: 0, bytesTotal: 0 }, snapshot: null }),
		shown: '.empty progress',
	},
	empty: {
		extension: () => fullExtension({ status: status({ sessions: 0 }), snapshot: emptySnapshot({ firstDay: null, lastDay: null }) }),
		shown: '.empty vscode-button',
	},
	error: {
		extension: () =>
			new FakeExtension({
				ready: () =>
					hello({
						snapshot: null,
						status: status({ state: 'error', notices: [{ kind: 'error', text: 'The index cannot be opened.', action: 'rebuildIndex' }] }),
					}),
				snapshot: wanted => emptySnapshot({ query: wanted }),
				sessions: query => ({ query, total: 0, rows: [] }),
			}),
		shown: '.notice vscode-button',
	},
};

describe('axe finds nothing', () => {
	const pages = insightsPages();

	for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
		for (const [name, { extension, shown }] of Object.entries(states)) {
			it(`in ${theme}, ${name}`, async () => {
				const opened = await pages.open(extension(), { theme, height: 2_600 });
				await opened.page.locator(shown).first().waitFor();
				assert.deepEqual(await violations(opened.page), []);
			});
		}

		it(`in ${theme}, with everything opened and picked`, async () => {
			const opened = await pages.open(fullExtension({}, 14), { theme, height: 2_900 });
			const { page } = opened;
			await page.getByRole('button', { name: 'By kind' }).click();
			await page.locator('bar-chart .bar').nth(24).click();
			await page.getByRole('button', { name: 'claude-opus-4-5-20251101' }).click();
			await page.getByRole('textbox').fill('a');
			await page.locator('tr[data-category=code_work] .open').click();
			await page.getByText('Classification jobs').click();
			await page.getByText('Index runs').click();
			await page.locator('tr[data-session-id]').nth(2).focus();
			await page.keyboard.press('ArrowDown');
			assert.deepEqual(await violations(page), []);
			await page.getByRole('button', { name: 'Show as table' }).click();
			await page.getByRole('combobox', { name: 'Time range' }).click();
			assert.deepEqual(await violations(page), []);
		});
	}

	for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
		for (const width of [320, 640, 1200]) {
			it(`in ${theme} at ${width} px, with a category opened and picked and the jobs unfolded`, async () => {
				const opened = await pages.open(fullExtension({}, 14), { theme, width, height: 4_000 });
				const { page } = opened;
				await page.locator('tr[data-category=code_work] .open').click();
				await page.locator('tr[data-category=bug_fix] .open').click();
				await page.getByRole('button', { name: 'Show only sessions of Logic fix' }).click();
				await page.getByText('Classification jobs').click();
				await page.getByRole('button', { name: 'Remove filter: Logic fix' }).waitFor();
				assert.deepEqual(await violations(page), []);
			});
		}
	}

	for (const width of [320, 700]) {
		it(`at ${width} px`, async () => {
			const opened = await pages.open(fullExtension({}, 14), { theme: 'light', width, height: 4_000 });
			await opened.page.locator('tr[data-session-id]').first().waitFor();
			assert.deepEqual(await violations(opened.page), []);
		});
	}

	it('after the theme changed under the page', async () => {
		const opened = await pages.open(fullExtension({}, 14), { theme: 'dark', height: 2_600 });
		const { page } = opened;
		await page.locator('tr[data-session-id]').first().waitFor();
		const colours = () =>
			page.evaluate(() => [
				getComputedStyle(document.querySelector('.figure') ?? document.body).backgroundColor,
				getComputedStyle(document.querySelector('vscode-dropdown') ?? document.body).backgroundColor,
			]);
		const dark = await colours();
		await opened.setTheme('hcLight');
		await page.waitForFunction(
			before => getComputedStyle(document.querySelector('vscode-dropdown') ?? document.body).backgroundColor !== before,
			dark[1],
		);
		assert.deepEqual(await colours(), ['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
		assert.deepEqual(await violations(page), []);
	});

	it('where the system forces its colours, and bars stay visible', async () => {
		const opened = await pages.open(fullExtension({}, 14), { theme: 'hcDark', height: 2_600, context: { forcedColors: 'active' } });
		const { page } = opened;
		await page.locator('tr[data-session-id]').first().waitFor();
		const [bar, ground] = await page
			.locator('bar-chart .value')
			.first()
			.evaluate(value => [getComputedStyle(value).fill, getComputedStyle(document.querySelector('main') ?? value).backgroundColor]);
		assert.notEqual(bar, ground);
		assert.deepEqual(await violations(page), []);
	});

	it('and nothing moves for people who asked for that', async () => {
		const opened = await pages.open(fullExtension({ status: { ...indexing, filesTotal: 0, bytesTotal: 0 }, snapshot: null }));
		const { page } = opened;
		await page.locator('.empty progress').waitFor();
		const running = () => page.evaluate(() => document.getAnimations().filter(each => each.playState === 'running').length);
		assert.notEqual(await running(), 0);
		await page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
		await page.waitForFunction(() => document.getAnimations().every(each => each.playState !== 'running'));
	});
});
