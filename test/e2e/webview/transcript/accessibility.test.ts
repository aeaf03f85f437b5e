/** No axe violations, in four themes, at three widths, folded and unfolded (NFR-4). */
import assert from 'node:assert/strict';
import { violationsOn } from '../../violations.ts';
import { themesOfAxe, widthsFor } from '../themes.ts';
import { FakeTranscript } from './fakeTranscript.ts';
import { agent, everyKind, main, subagentItems } from './samples.ts';
import { transcriptPages } from '../pages.ts';

const sample = (): FakeTranscript =>
	new FakeTranscript(
		{ conversation: main, branch: 'b1', items: everyKind() },
		{ conversation: agent, branch: 's1', items: subagentItems() },
	);

describe('axe finds nothing in a conversation', () => {
	const pages = transcriptPages();

	it('in every theme, narrow and wide, with everything unfolded, the prompts and the find bar open', async function () {
		this.timeout(240_000);
		const opened = await pages.open(sample(), { height: 5_000 });
		const { page } = opened;
		await page.locator('.item').first().waitFor();
		for (;;) {
			const closed = page.locator('.fold-head[aria-expanded=false]').first();
			if ((await closed.count()) === 0) break;
			await closed.click();
		}
		for (const theme of themesOfAxe) {
			await opened.setTheme(theme);
			for (const width of widthsFor(theme)) {
				const at = `${theme} at ${width} px`;
				await page.setViewportSize({ width, height: 5_000 });
				await page.keyboard.press('Control+f');
				await page.keyboard.type('key');
				// It begins at what is in sight: where unfolding has led.
				await page.locator('.find-count', { hasText: /^\d+ of \d+$/ }).waitFor();
				assert.deepEqual(await violationsOn(page), [], at);
				await page.keyboard.press('Escape');
				if (width < 900) {
					await page.locator('.outline-button').click();
					await page.locator('.outline .virtual-row').first().waitFor();
					assert.deepEqual(await violationsOn(page), [], `${at}, with the prompts`);
					await page.locator('.outline-button').click();
				}
			}
		}
	});

	it('while it is loaded, when it is empty, and when it failed', async () => {
		for (const [answer, shown] of [
			[() => new Promise<never>(() => undefined), '.loading-page'],
			[() => Promise.reject(new Error('Not today')), '.empty'],
		] as const) {
			const extension = sample();
			extension.answers.head = answer;
			const opened = await pages.open(extension, { theme: 'light' });
			await opened.page.locator(shown).waitFor();
			assert.deepEqual(await violationsOn(opened.page), []);
			await opened.close();
		}
	});

	it('and nothing moves for people who asked for that', async () => {
		const extension = sample();
		extension.answers.head = () => new Promise(() => undefined);
		const { page } = await pages.open(extension);
		await page.locator('.ghost').first().waitFor();
		await page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
		await page.waitForFunction(() => document.getAnimations().every(each => each.playState !== 'running'));
	});
});
