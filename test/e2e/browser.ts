/** One browser for all windows and pages of a run. */
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';

let browser: Promise<Browser> | null = null;

export function sharedBrowser(): Promise<Browser> {
	return (browser ??= launchChromium());
}

/** For the runner, at its end. */
export async function closeBrowser(): Promise<void> {
	await (await browser)?.close();
}
