/** Looks at the extension in a headless browser: waits until the tree and the panel show data, reads the panel's figures, takes a picture. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Workbench } from '../../test/e2e/workbench.ts';
import { launchChromium } from '../../test/support/chromium.ts';

/** As the page carries them, in the order they are printed; the names are those of the report. */
const figureNames = ['sessions', 'responses', 'userPrompts', 'toolCalls', 'costUsd'] as const;

/** A cold index of gigabytes takes minutes on a small machine. */
const indexTimeoutMs = 15 * 60_000;

export type PanelFigures = Readonly<Record<(typeof figureNames)[number], number>>;

/** Throws when the tree or the panel stays empty. */
export async function takeScreenshot(url: string, file: string): Promise<PanelFigures> {
	const browser = await launchChromium();
	try {
		const workbench = new Workbench(await browser.newPage({ viewport: { width: 1600, height: 1000 } }));
		await workbench.open(url);
		await workbench.openContainer('Session Insights');
		await workbench.runCommand('Session Insights: Open Insights');
		const panel = workbench.webview('Session Insights');
		// All time, as the report counts.
		await panel.getByRole('combobox', { name: 'Time range' }).click({ timeout: indexTimeoutMs });
		await panel.getByRole('option', { name: 'All time' }).click();
		await panel.locator('[data-figure="sessions"], .empty:not(:has(.progress))').first().waitFor({ timeout: indexTimeoutMs });
		await panel.locator('.working').waitFor({ state: 'detached', timeout: indexTimeoutMs });
		if ((await workbench.tree.rows.count()) === 0 && (await panel.locator('.empty').isVisible())) {
			throw new Error(`The panel is empty: ${await panel.locator('.empty h2').innerText()}`);
		}
		await workbench.tree.waitForRows();
		const figures = await steadyFigures(name => panel.locator(`[data-figure="${name}"]`).getAttribute('data-value'));
		if (figures.sessions === 0) throw new Error('The panel shows no session.');
		await mkdir(dirname(file), { recursive: true });
		await workbench.page.screenshot({ path: file });
		return figures;
	} finally {
		await browser.close();
	}
}

/** The last figures of an index run arrive a moment after its end: read until they have stood still for as long as updates are held back. */
async function steadyFigures(read: (name: string) => Promise<string | null>): Promise<PanelFigures> {
	for (let figures = await readFigures(read); ;) {
		await setTimeout(2000);
		const again = await readFigures(read);
		if (figuresLine(again) === figuresLine(figures)) return again;
		figures = again;
	}
}

async function readFigures(read: (name: string) => Promise<string | null>): Promise<PanelFigures> {
	const figures = { sessions: 0, responses: 0, userPrompts: 0, toolCalls: 0, costUsd: 0 };
	for (const name of figureNames) {
		const value = await read(name);
		if (value === null || !Number.isFinite(Number(value))) throw new Error(`The panel shows no ${name}.`);
		figures[name] = Number(value);
	}
	return figures;
}

/** `sessions=25 responses=474 …`. */
export function figuresLine(figures: PanelFigures): string {
	return figureNames.map(name => `${name}=${figures[name]}`).join(' ');
}
