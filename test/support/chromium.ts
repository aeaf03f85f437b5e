/** A headless Chromium for driving the served VS Code. */
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './systemTools.ts';

/** Throws `MissingTool` when there is none and none can be installed. */
export async function launchChromium(): Promise<Browser> {
	return chromium.launch({
		executablePath: await findChromium(),
		args: [
			// Chromium refuses its sandbox as root; the only pages opened are ours on loopback.
			'--no-sandbox',
			'--disable-gpu',
			'--disable-dev-shm-usage',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-domain-reliability',
			'--disable-sync',
			'--no-first-run',
			'--metrics-recording-only',
			'--force-color-profile=srgb',
		],
	});
}
