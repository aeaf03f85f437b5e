/** What axe has against a page, or against the document of a frame (NFR-4): one line for each element. */
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

declare global {
	interface Window {
		readonly axe: typeof axe;
	}
}

/**
 * Without what is in order: axe would write out every element that passed a rule, which took 11 to 31 s of a page with the
 * calendar where this takes 1.5 to 2.
 */
export async function violationsOn(shown: Page | Frame): Promise<readonly string[]> {
	await shown.evaluate(axe.source);
	const violations = await shown.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations);
	return violations.flatMap(({ id, help, nodes }) =>
		nodes.map(({ target, html, failureSummary }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 160)} ${failureSummary ?? ''}`),
	);
}
