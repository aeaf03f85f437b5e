/** Pictures of the page in its states, widths and themes, for people to look at: `node test/e2e/webview/screenshots.ts [--fold] [name…]`; `--fold` takes what a window shows. */
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { InsightsHello } from '../../../src/webview/contract/insights.ts';
import { unsorted } from './classified.ts';
import { fullExtension, emptySnapshot, indexing, snapshot, status } from './history.ts';
import { launch, openInsights } from './openPage.ts';
import type { ThemeName } from './themes.ts';

const folder = 'artifacts/webview';
const states: Readonly<Record<string, Partial<InsightsHello>>> = {
	full: {},
	indexing: { status: indexing, snapshot: null },
	error: {
		status: status({
			state: 'error',
			notices: [{ kind: 'error', text: 'The index could not be opened: the file is from a newer version.', action: 'rebuildIndex' }],
		}),
		snapshot: null,
	},
	unclassified: { snapshot: snapshot({ categories: unsorted, classificationRuns: [], spending: [] }) },
	none: { status: status({ sessions: 0 }), snapshot: emptySnapshot({ firstDay: null, lastDay: null }) },
	range: { snapshot: emptySnapshot() },
	noFolder: { hasFolder: false, snapshot: emptySnapshot() },
};
const shots: readonly (readonly [state: string, width: number, theme: ThemeName])[] = [
	...(['dark', 'light', 'hcDark', 'hcLight', 'dark2026', 'light2026'] as const).map(theme => ['full', 1200, theme] as const),
	...(['hover', 'picked', 'tables', 'nomatch'] as const).flatMap(act => [
		[act, 1200, 'dark'] as const,
		[act, 1200, 'hcLight'] as const,
		[act, 320, 'light'] as const,
	]),
	...(['dark', 'light', 'hcDark', 'hcLight'] as const).flatMap(theme =>
		[320, 640, 1200].flatMap(width => (['classified', 'leaf', 'unclassified'] as const).map(state => [state, width, theme] as const)),
	),
	['full', 320, 'dark'],
	['full', 320, 'light'],
	['full', 700, 'light'],
	['full', 700, 'dark'],
	['full', 1600, 'dark'],
	['full', 1600, 'light'],
	...Object.keys(states)
		.filter(state => state !== 'full' && state !== 'unclassified')
		.flatMap(state => [[state, 700, 'dark'] as const, [state, 1200, 'light'] as const, [state, 320, 'hcDark'] as const]),
];

/** Few sessions, so that what stands below them is in sight. */
const short = new Set(['classified', 'leaf', 'unclassified']);
const wholePages = new Set(['full', 'tables', ...short]);
const fold = process.argv.includes('--fold');
/** What a person did before the picture was taken. */
const acts: Readonly<Record<string, (page: Page) => Promise<void>>> = {
	hover: async page => {
		await page.locator('bar-chart .bar').nth(24).hover();
	},
	picked: async page => {
		await page.getByRole('button', { name: 'By kind' }).click();
		await page.locator('bar-chart .bar').nth(24).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'claude-opus-4-5-20251101' }).click();
		await page.locator('tr[data-session-id]').nth(2).focus();
		await page.keyboard.press('ArrowDown');
	},
	tables: async page => {
		await page.getByRole('button', { name: 'Show as table' }).click();
		await page.locator('summary').last().click();
		await page.locator('summary').last().scrollIntoViewIfNeeded();
		await page.getByRole('combobox', { name: 'Time range' }).click();
	},
	classified: async page => {
		await page.getByText('Classification jobs').click();
	},
	leaf: async page => {
		await page.locator('tr[data-category=code_work] .open').click();
		await page.locator('tr[data-category=bug_fix] .open').click();
		await page.getByRole('radio', { name: 'Tokens' }).last().check({ force: true });
		await page.getByRole('button', { name: 'Show only sessions of Logic fix' }).click();
		await page.getByRole('heading', { name: /^Sessions \d$/ }).waitFor();
		await page.locator('tr[data-session-id]').first().focus();
	},
	unclassified: async page => {
		await page.getByText('Classification jobs').click();
	},
	nomatch: async page => {
		await page.getByRole('textbox').fill('nothing has this title');
		await page.getByText('No session matches').waitFor();
	},
};
const wanted = process.argv.slice(2).filter(each => !each.startsWith('--'));
await mkdir(folder, { recursive: true });
const browser = await launch();
for (const [state, width, theme] of shots) {
	const name = `${state}-${width}-${theme}`;
	if (wanted.length > 0 && !wanted.some(each => name.startsWith(each))) continue;
	const opened = await openInsights(browser, fullExtension(states[state] ?? {}, short.has(state) ? 22 : 127), { width, theme });
	const { page, complaints } = opened;
	await page
		.locator(state in states && state !== 'full' && state !== 'unclassified' ? '.empty' : 'tr[data-session-id]')
		.first()
		.waitFor();
	await acts[state]?.(page);
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: `${folder}/${name}.png`, fullPage: wholePages.has(state) && !fold });
	console.log(name, complaints.length === 0 ? '' : complaints);
	await opened.close();
}
await browser.close();
