/** Pictures of the transcript page in its states, widths and themes, for people to look at: `node test/e2e/webview/transcript/screenshots.ts [name…]`. */
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../../support/chromium.ts';
import { openPage } from '../openPage.ts';
import type { ThemeName } from '../themes.ts';
import { FakeTranscript } from './fakeTranscript.ts';
import { agent, everyKind, headOf, items, main, prompt, subagentItems } from './samples.ts';

const folder = 'artifacts/webview/transcript';

const full = (): FakeTranscript =>
	new FakeTranscript(
		{
			conversation: main,
			branch: 'b1',
			items: everyKind(),
			head: {
				forks: [
					{
						item: 8,
						selected: 1,
						choices: ['b0', 'b1', 'b2'].map((branch, at) => ({
							branch,
							firstLine: ['Do both', 'Take the first way. And no migration, please.', 'Wait'][at] ?? '',
							at: '2026-11-21T09:15:00.000Z',
							items: 4 + at,
							isRepetition: false,
						})),
					},
				],
			},
		},
		{ conversation: agent, branch: 's1', items: subagentItems() },
	);

interface State {
	readonly extension: () => FakeTranscript;
	readonly act?: (page: Page) => Promise<void>;
	readonly shown: string;
}

const unfold = async (page: Page): Promise<void> => {
	for (;;) {
		const closed = page.locator('.fold-head[aria-expanded=false]').first();
		if ((await closed.count()) === 0) return;
		await closed.click();
	}
};

const states: Readonly<Record<string, State>> = {
	full: { extension: full, shown: '.prompt-card' },
	lower: {
		extension: full,
		shown: '.prompt-card',
		act: async page => {
			await page.locator('.virtual-row').first().focus();
			await page.keyboard.press('PageDown');
		},
	},
	unfolded: { extension: full, shown: '.prompt-card', act: unfold },
	find: {
		extension: full,
		shown: '.prompt-card',
		act: async page => {
			await page.keyboard.press('Control+f');
			await page.keyboard.type('keyOf');
			await page.locator('.find-count', { hasText: / of \d+/ }).waitFor();
			await page.keyboard.press('Enter');
			await page.keyboard.press('Enter');
		},
	},
	outline: { extension: full, shown: '.prompt-card', act: page => page.locator('.outline-button').click() },
	subagent: {
		extension: () => {
			const extension = full();
			extension.place = { conversation: agent, branch: null, messageId: null };
			return extension;
		},
		shown: '.prompt-card',
	},
	empty: { extension: () => new FakeTranscript({ conversation: main, branch: 'b', items: [] }), shown: '.empty' },
	gone: {
		extension: () => {
			const all = items([prompt('')]).map(item => ({
				...item,
				kind: 'unreadable' as const,
				reason: 'gone' as const,
				was: 'prompt' as const,
				bytes: 400,
				tools: [],
			}));
			return new FakeTranscript({
				conversation: main,
				branch: 'b',
				items: all,
				head: { file: { ...headOf([], 0, main, 'b').file, state: 'gone' } },
			});
		},
		shown: '.unreadable',
	},
	failed: {
		extension: () => {
			const extension = full();
			extension.answers.head = () => Promise.reject(new Error('The index is locked by another window'));
			return extension;
		},
		shown: '.empty',
	},
};

const themes: readonly ThemeName[] = ['dark', 'light', 'hcDark', 'hcLight'];
const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await launchChromium();
for (const [name, { extension, act, shown }] of Object.entries(states)) {
	for (const theme of themes) {
		for (const width of [320, 640, 1200]) {
			const file = `${name}-${width}-${theme}`;
			if (wanted.length > 0 && !wanted.some(each => file.startsWith(each))) continue;
			const opened = await openPage(browser, 'transcript', extension(), {
				width,
				theme,
				height: name === 'unfolded' ? 4_200 : 900,
			});
			const { page, complaints } = opened;
			await page.locator(shown).first().waitFor();
			await act?.(page);
			await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
			await page.screenshot({ path: `${folder}/${file}.png` });
			console.log(file, complaints.length === 0 ? '' : complaints);
			await opened.close();
		}
	}
}
await browser.close();
