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
 * calendar where this takes 1.5 to 2. It takes its time for each word in sight: of a page that was looked at in another theme,
 * `again` leaves out those rows of a table that are made like four before them.
 */
export async function violationsOn(shown: Page | Frame, again = false): Promise<readonly string[]> {
	if (!(await shown.evaluate(() => 'axe' in window))) await shown.evaluate(axe.source);
	const violations = await shown.evaluate(
		async mostAlike => {
			const furtherRows = [...document.querySelectorAll('tbody')].flatMap(({ rows }) =>
				Object.values(Object.groupBy([...rows], ({ className }) => className)).flatMap(alike => alike?.slice(mostAlike) ?? []),
			);
			return (await window.axe.run({ include: [document], exclude: furtherRows }, { resultTypes: ['violations'] })).violations;
		},
		again ? 4 : Infinity,
	);
	return violations.flatMap(({ id, help, nodes }) =>
		nodes.map(({ target, html, failureSummary }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 160)} ${failureSummary ?? ''}`),
	);
}
