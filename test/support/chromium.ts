/** A headless Chromium for driving the served VS Code. */
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './systemTools.ts';

/** What Playwright switches off for tests: the list below takes the place of its own. */
const unsteadyFeatures = [
	...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable'],
	...['LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
	...['TcpPortRandomizationWin', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
];

/** Pages of the address field, two for each window, which nobody sees: they take three seconds of a processor. */
const unseenFeatures = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** Throws `MissingTool` when there is none and none can be installed. */
export async function launchChromium(): Promise<Browser> {
	return chromium.launch({
		executablePath: await findChromium(),
		args: [
			// Chromium refuses its sandbox as root; the only pages opened are ours on loopback.
			'--no-sandbox',
			'--disable-gpu',
			`--disable-features=${[...unsteadyFeatures, ...unseenFeatures].join(',')}`,
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
