/**
 * `node test/bench/panelWindow.ts [--sessions N]`: how long the insights panel takes in a real VS Code with a large history: its
 * first in a window and later ones, from the beginning of its page to the frame that shows the figures, and from a choice of another period to the
 * frame that shows its figures. With all that VS Code does between engine and page; all sessions are in the period that a panel begins with.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { FrameLocator } from 'playwright-core';
import { closeBrowser } from '../e2e/browser.ts';
import { openWindow, prepareWindows } from '../e2e/window.ts';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { measured, type Measurement, table } from './measurement.ts';

const { values } = parseArgs({ options: { sessions: { type: 'string', default: '10000' } } });
const sessions = Number(values.sessions);
const on = `${sessions.toLocaleString('en-US')} sessions`;
const repetitions = 5;

const scratch = mkdtempSync(path.join(tmpdir(), 'panel-window-'));

interface Noted {
	/** From the beginning of the page to the frame that showed the first figures. */
	shownMs: number | null;
	/** From the choice of another filter to the frame that showed its figures. */
	changedMs: number | null;
}

/** Runs in every frame of the window, before what it loads. */
function noteFrames(): void {
	const noted: Noted = { shownMs: null, changedMs: null };
	Object.assign(window, { noted });
	// A message that is sent in a frame arrives when the page is through with it.
	const afterFrame = (tell: () => void) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = tell;
		requestAnimationFrame(() => {
			port2.postMessage(null);
		});
	};
	const listen = () => {
		window.addEventListener(
			'change',
			() => {
				const begun = performance.now();
				const main = document.querySelector('main');
				if (main === null) return;
				const busy = new MutationObserver(() => {
					if (main.getAttribute('aria-busy') === 'true') return;
					busy.disconnect();
					afterFrame(() => (noted.changedMs = performance.now() - begun));
				});
				busy.observe(main, { attributeFilter: ['aria-busy'] });
			},
			{ capture: true },
		);
	};
	// VS Code writes the page into a frame that is there already, which takes away listeners and frames that were asked for.
	const look = () => {
		if (document.querySelector('[data-figure="responses"][data-value]') === null) setTimeout(look);
		else {
			afterFrame(() => (noted.shownMs = performance.now()));
			listen();
		}
	};
	look();
}

async function noted(page: FrameLocator, name: keyof Noted): Promise<number> {
	return page.locator('body').evaluate(
		(_, what) =>
			new Promise<number>(resolve => {
				const { noted } = window as unknown as { noted: Noted };
				const look = () => {
					const ms = noted[what];
					noted[what] = null;
					if (ms === null) requestAnimationFrame(look);
					else resolve(ms);
				};
				look();
			}),
		name,
	);
}

await prepareWindows(scratch);
const opened = await openWindow({
	prepare: ({ claudeDir }) => {
		generateHistory(claudeDir, { seed: '1', sessions, bytes: sessions * 100_000, projects: 20, endsAt: Date.now(), days: 28 });
	},
});
const { workbench } = opened;
await workbench.page.addInitScript(noteFrames);
const results: Measurement[] = [];
try {
	const indexing = performance.now();
	await workbench.openContainer('Session Insights');
	await opened.begin('sessionInsights.toggleAllProjects');
	await workbench.tree.waitForRows();
	const page = workbench.webview('Session Insights');
	const shown: number[] = [];
	for (let i = 0; i <= repetitions; i++) {
		await opened.begin('sessionInsights.openInsights');
		if (i === 0) {
			await page.getByText('Up to date').waitFor({ timeout: 600_000 });
			results.push(measured('window: from its side bar to the end of the first index', on, 's', [(performance.now() - indexing) / 1_000]));
			await opened.tidy();
			await opened.begin('sessionInsights.showSearch');
			const building = workbench.webview('Search').locator('.remark.building');
			await building.waitFor();
			await building.waitFor({ state: 'detached', timeout: 600_000 });
			results.push(measured('window: to the end of the search index', on, 's', [(performance.now() - indexing) / 1_000]));
			await opened.reload();
			await workbench.showOnly('Sessions');
			await workbench.openContainer('Session Insights');
			await workbench.tree.waitForRows();
			continue;
		}
		shown.push(await noted(page, 'shownMs'));
		if (i < repetitions) {
			await opened.tidy();
		}
	}
	results.push(measured('window: first paint of its first panel', on, 'ms', shown.slice(0, 1), { aim: '< 500 ms' }));
	results.push(measured('window: first paint of later panels', on, 'ms', shown.slice(1), { aim: '< 500 ms' }));
	for (const tab of ['Overview', 'Cost', 'Patterns', 'Tools and files']) {
		await page.getByRole('tab', { name: tab }).click();
		await page.getByRole('tabpanel', { name: tab }).waitFor();
		const changed: number[] = [];
		for (let i = 0; i < repetitions * 2; i++) {
			await page.getByRole('combobox', { name: 'Time range' }).click();
			await page.getByRole('option', { name: i % 2 === 0 ? 'Last 365 days' : 'All time' }).click();
			changed.push(await noted(page, 'changedMs'));
		}
		results.push(measured(`window: filter change, ${tab.toLowerCase()}, to its frame`, on, 'ms', changed, { aim: '< 100 ms' }));
	}
} finally {
	await opened.close();
	await closeBrowser();
	rmSync(scratch, { recursive: true, force: true });
}
console.log(table(results));
