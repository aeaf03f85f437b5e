/** Looks at the extension in a headless browser: waits until the tree and the panel show data, reads the panel's figures, takes a picture. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
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
		await panel.locator('[data-figure="sessions"]').waitFor({ timeout: indexTimeoutMs });
		// All time, as the report counts.
		await panel.getByRole('combobox', { name: 'Time range' }).click();
		await panel.getByRole('option', { name: 'All time' }).click();
		await panel.locator('.covers .working').waitFor({ state: 'detached', timeout: indexTimeoutMs });
		const tree = workbench.tree;
		await tree.waitForRows();
		const figures = await readFigures(name => panel.locator(`[data-figure="${name}"]`).getAttribute('data-value'));
		if (figures.sessions === 0) throw new Error('The panel shows no session.');
		await mkdir(dirname(file), { recursive: true });
		await workbench.page.screenshot({ path: file });
		return figures;
	} finally {
		await browser.close();
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
