/** Pictures of the page in its states, widths and themes, for people to look at: `node test/e2e/webview/screenshots.ts [name…]`. */
import { mkdir } from 'node:fs/promises';
import type { InsightsHello } from '../../../src/webview/contract.ts';
import { fullExtension, emptySnapshot, indexing, status } from './history.ts';
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
	none: { status: status({ sessions: 0 }), snapshot: emptySnapshot({ firstDay: null, lastDay: null }) },
	range: { snapshot: emptySnapshot() },
	noFolder: { hasFolder: false, snapshot: emptySnapshot() },
};
const shots: readonly (readonly [state: string, width: number, theme: ThemeName])[] = [
	...(['dark', 'light', 'hcDark', 'hcLight', 'dark2026', 'light2026'] as const).map(theme => ['full', 1200, theme] as const),
	['full', 320, 'dark'],
	['full', 320, 'light'],
	['full', 700, 'light'],
	['full', 700, 'dark'],
	['full', 1600, 'dark'],
	['full', 1600, 'light'],
	...Object.keys(states)
		.filter(state => state !== 'full')
		.flatMap(state => [[state, 700, 'dark'] as const, [state, 1200, 'light'] as const, [state, 320, 'hcDark'] as const]),
];

const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await launch();
for (const [state, width, theme] of shots) {
	const name = `${state}-${width}-${theme}`;
	if (wanted.length > 0 && !wanted.some(each => name.startsWith(each))) continue;
	const { page, close, complaints } = await openInsights(browser, fullExtension(states[state]), { width, theme });
	await page
		.locator(state === 'full' ? 'tr[data-session-id]' : '.empty')
		.first()
		.waitFor();
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: `${folder}/${name}.png`, fullPage: state === 'full' });
	console.log(name, complaints.length === 0 ? '' : complaints);
	await close();
}
await browser.close();
