/**
 * `node test/bench/panelPage.ts [--sessions N] [--data DIR]`: how long the insights page takes in a real browser, over the engine's own answers for a large history: from
 * opening to the first figures, and from a choice of another filter to the figures of it. Times of engine and page, as they follow each other; the
 * messages between them, which VS Code carries, are left out. `--data` keeps history and index there for the next time.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { InsightsPageName } from '../../src/webview/contract/insights.ts';
import { HeadlessEngine } from '../database/engine/headless.ts';
import { FakeExtension } from '../e2e/webview/fakeExtension.ts';
import { launchChromium } from '../support/chromium.ts';
import { goTo, type TabName } from '../e2e/webview/pages.ts';
import { openInsights } from '../e2e/webview/openPage.ts';
import { statusOf } from '../e2e/webview/states.ts';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { measured, type Measurement, table } from './measurement.ts';

const { values } = parseArgs({ options: { sessions: { type: 'string', default: '10000' }, data: { type: 'string' } } });
const sessions = Number(values.sessions);
const on = `${sessions.toLocaleString('en-US')} sessions`;
const repetitions = 5;

const scratch = mkdtempSync(path.join(tmpdir(), 'panel-page-'));
const dataDir = values.data === undefined ? scratch : path.resolve(values.data);
const claudeDir = path.join(dataDir, 'claude');
if (!existsSync(claudeDir)) generateHistory(claudeDir, { seed: '1', sessions, bytes: sessions * 100_000, projects: 20 });
const engine = await HeadlessEngine.open(claudeDir, { dataDir });
await engine.index();
const { insights } = engine.engine;

let engineMs = 0;
function answered<T>(answer: () => T): T {
	const begun = performance.now();
	const result = answer();
	engineMs = performance.now() - begun;
	return result;
}

const extension = () => {
	// Asked for when the panel is created: the engine is another process, and works while the page loads.
	const first = answered(() => insights.page({ page: 'overview', query: { scope: 'all', range: 'all' } }));
	return new FakeExtension({
		ready: () => ({
			query: { scope: 'all', range: 'all' },
			status: statusOf({ sessions }),
			page: first,
			locale: 'en',
			hasFolder: true,
		}),
		page: asked => answered(() => insights.page(asked)),
		sessions: asked => answered(() => insights.sessionPage(asked)),
	});
};

/** Runs in the page: from the arrival of an answer to the frame that shows it. */
function noteFrames(): void {
	const times: number[] = [];
	const post = window.fakeVsCodePost.bind(window);
	const asked: { at: number | null } = { at: null };
	Object.assign(window, { frameTimes: times, firstAsked: asked });
	window.fakeVsCodePost = message => {
		asked.at ??= performance.now();
		return post(message);
	};
	window.addEventListener(
		'message',
		() => {
			const begun = performance.now();
			// A message that is sent in a frame arrives when the page is through with it.
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => times.push(performance.now() - begun);
			requestAnimationFrame(() => {
				port2.postMessage(null);
			});
		},
		{ capture: true },
	);
}

const results: Measurement[] = [];

/** While nobody asks for the panel, as when a person looks at the sessions: how long others wait, and the first answer then. */
async function readAhead(): Promise<void> {
	const turns: number[] = [];
	let isOver = false;
	let last = performance.now();
	const turn = (): void => {
		turns.push(performance.now() - last);
		last = performance.now();
		if (!isOver) setImmediate(turn);
	};
	setImmediate(turn);
	const begun = performance.now();
	await insights.readAhead();
	isOver = true;
	results.push(measured('panel: reading the history ahead', on, 'ms', [performance.now() - begun]));
	results.push(measured('panel: longest wait of others meanwhile', on, 'ms', [Math.max(...turns)]));
	answered(() => insights.page({ page: 'overview', query: { scope: 'all', range: 'all' } }));
	results.push(measured('panel: first answer after that, engine', on, 'ms', [engineMs]));
}

await readAhead();
const browser = await launchChromium();
const pages: readonly (readonly [TabName, InsightsPageName, string])[] = [
	['Overview', 'overview', 'heat-map .cell'],
	['Cost', 'cost', 'day-timeline .stretch'],
	['Patterns', 'patterns', '.patterns'],
	['Tools and files', 'tools', '.ranking tbody tr'],
];

const booted: number[] = [];
const painted: number[] = [];
for (let i = 0; i < repetitions; i++) {
	const opened = await openInsights(browser, extension(), { prepare: noteFrames });
	await opened.page.locator('heat-map .cell').first().waitFor();
	const { boot, frame } = await opened.page.evaluate(async () => {
		const { frameTimes, firstAsked } = window as unknown as { frameTimes: readonly number[]; firstAsked: { at: number | null } };
		while (frameTimes.length === 0) await new Promise(requestAnimationFrame);
		return { boot: firstAsked.at ?? 0, frame: frameTimes[0] ?? 0 };
	});
	booted.push(boot);
	painted.push(Math.max(boot, engineMs) + frame);
	await opened.close();
}
results.push(measured('panel: opening, until it asks', on, 'ms', booted));
results.push(measured('panel: first paint with figures', on, 'ms', painted, { aim: '< 500 ms' }));

const opened = await openInsights(browser, extension(), { prepare: noteFrames });
for (const [tab, name, shown] of pages) {
	if (tab !== 'Overview') await goTo(opened.page, tab);
	await opened.page.locator(shown).first().waitFor();
	const asked: number[] = [];
	const drawn: number[] = [];
	for (let i = 0; i < repetitions * 2; i++) {
		await opened.page.evaluate(() => void ((window as unknown as { frameTimes: number[] }).frameTimes.length = 0));
		const before = opened.extension.calls.length;
		await opened.page.getByRole('combobox', { name: 'Time range' }).click();
		await opened.page.getByRole('option', { name: i % 2 === 0 ? 'Last 365 days' : 'All time' }).click();
		while (opened.extension.calls.length <= before) await new Promise(resolve => setImmediate(resolve));
		const frame = await opened.page.evaluate(async () => {
			const { frameTimes } = window as unknown as { frameTimes: readonly number[] };
			while (frameTimes.length === 0) await new Promise(requestAnimationFrame);
			return frameTimes[0] ?? 0;
		});
		asked.push(engineMs);
		drawn.push(engineMs + frame);
	}
	results.push(measured(`panel: filter change, ${name}, engine`, on, 'ms', asked));
	results.push(measured(`panel: filter change, ${name}, to its frame`, on, 'ms', drawn, { aim: '< 100 ms' }));
}
await opened.close();
await browser.close();
console.log(table(results));
await engine.close();
rmSync(scratch, { recursive: true, force: true });
