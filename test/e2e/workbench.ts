/** VS Code's window as a person sees it: palette, activity bar, trees, panels. Knows VS Code's DOM so that the tests need not. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsoleMessage, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../scripts/build.ts';
import { violationsOn } from './violations.ts';

/** VS Code's four kinds of theme, by the class that the workbench and every webview's body carry. */
export const themes = {
	light: { name: 'Default Light Modern', workbenchClass: 'vs', bodyClass: 'vscode-light' },
	dark: { name: 'Default Dark Modern', workbenchClass: 'vs-dark', bodyClass: 'vscode-dark' },
	highContrast: { name: 'Default High Contrast', workbenchClass: 'hc-black', bodyClass: 'vscode-high-contrast' },
	highContrastLight: { name: 'Default High Contrast Light', workbenchClass: 'hc-light', bodyClass: 'vscode-high-contrast-light' },
} as const;
export type Theme = keyof typeof themes;

/** VS Code logs its own troubles (no gallery, no GitHub, slow saves) from this file; such a line is ours only when it names us. */
const ownScript = /\/workbench\/workbench\.js/;
const namesUs = /session-?insights/i;

/** What the browser itself says of a served VS Code with no extension in it: proprietary parts that are not there. */
const knownNoise = [
	/vsda/,
	/service ?worker/i,
	/Failed to load resource: (the server responded with a status of 404|net::ERR_NAME_NOT_RESOLVED)/,
	/A bad HTTP response code \(404\) was received when fetching the script/,
	// What a served VS Code encrypts secrets with is code-server's to hand out.
	/status of 405 \(Method Not Allowed\) \(.*\/mint-key\)/,
	/An iframe which has both allow-scripts and allow-same-origin/,
];

/** Many times longer than a menu takes to go that has heard a click. */
const menuClosesMs = 1_000;

export class Workbench {
	readonly page: Page;
	readonly #errors: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on('console', message => {
			this.#collect(message);
		});
		page.on('pageerror', error => this.#errors.push(error.stack ?? error.message));
	}

	#collect(message: ConsoleMessage): void {
		if (message.type() !== 'error') return;
		const { url } = message.location();
		const text = `${message.text()} (${url})`;
		const isTheirs = ownScript.test(url) ? !namesUs.test(message.text()) : knownNoise.some(noise => noise.test(text));
		if (!isTheirs) this.#errors.push(text);
	}

	/** Errors on the console of the window and of every page in it so far, without VS Code's own. */
	get consoleErrors(): readonly string[] {
		return this.#errors;
	}

	/** Those of the suite before, in a window that several share. */
	forgetErrors(): void {
		this.#errors.length = 0;
	}

	async open(url: string): Promise<void> {
		await this.page.goto(url);
		await this.waitUntilUsable();
	}

	/** Resolves when what is done has loaded the window anew. */
	async reloads(action: () => Promise<void>): Promise<void> {
		const loaded = this.page.waitForEvent('load');
		await action();
		await loaded;
		await this.waitUntilUsable();
	}

	private async waitUntilUsable(): Promise<void> {
		await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
		await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
	}

	/** `title` as the palette shows it, category included. */
	async runCommand(title: string): Promise<void> {
		await this.page.keyboard.press('F1');
		await this.input.waitFor();
		await this.input.fill(`>${title}`);
		await this.pickRow(title).click();
	}

	/** Shows a view container of the activity bar. */
	async openContainer(title: string): Promise<void> {
		const tab = this.page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${escaped(title)}`) });
		await tab.waitFor();
		if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
	}

	/** The sessions, which stand first in our view container. */
	get tree(): Tree {
		return this.treeOf('Sessions');
	}

	/** One of the views in the side bar, by its title. */
	pane(title: string): Locator {
		return (
			this.page
				.locator('.part.sidebar .pane')
				// VS Code writes titles with large initials.
				.filter({ has: this.page.locator('.pane-header .title', { hasText: new RegExp(`^${escaped(title)}$`, 'i') }) })
		);
	}

	/** Folds the views beside it. */
	async showOnly(view: string): Promise<void> {
		const unfolded = this.page.locator('.part.sidebar .pane-header[aria-expanded="true"]');
		for (const header of await unfolded.all())
			// Not only a part of the title: there are sessions, and sessions for a file.
			if ((await header.locator('.title').innerText()).toLowerCase() !== view.toLowerCase()) await header.click();
		await unfolded.nth(1).waitFor({ state: 'detached' });
	}

	treeOf(view: string): Tree {
		return new Tree(this.pane(view).getByRole('tree').first());
	}

	/** The field of the palette, of a quick pick or of a question. */
	get input(): Locator {
		return this.page.locator('.quick-input-widget input').first();
	}

	/** A row of the palette or of a quick pick. */
	pickRow(text: string | RegExp): Locator {
		return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
	}

	/** The tabs of what is open. */
	get editors(): Locator {
		return this.page.locator('.tabs-container').getByRole('tab');
	}

	/** The document of a panel or webview view, by the title of its page. */
	webview(title: string): FrameLocator {
		return this.page.frameLocator('iframe.webview').frameLocator(`iframe#active-frame[title="${title}"]`);
	}

	/** The tab of an editor or panel. */
	tab(title: string): Locator {
		return this.page.locator('.tabs-container').getByRole('tab', { name: new RegExp(`^${escaped(title)}`) });
	}

	statusBarItem(id: string): Locator {
		return this.page.locator(`.part.statusbar [id="${id}"]`);
	}

	notification(text: string | RegExp): Locator {
		return this.page.locator('.notification-list-item').filter({ hasText: text });
	}

	/** Resolves when the window wears the theme, which somebody else (a person, the bridge) has chosen. */
	async wears(theme: Theme): Promise<void> {
		await this.page.locator(`.monaco-workbench.${themes[theme].workbenchClass}`).first().waitFor();
	}

	/** Into `artifacts/screenshots/`, which git ignores and CI keeps; answers with the file. Of the window, or a part of it. */
	async screenshot(name: string, part?: Locator): Promise<string> {
		const folder = join(root, 'artifacts', 'screenshots');
		await mkdir(folder, { recursive: true });
		const file = join(folder, `${name}.png`);
		await (part ?? this.page).screenshot({ path: file });
		return file;
	}

	/** Violations of the page inside the open webview, one line each; VS Code's own DOM is not looked at. */
	async accessibilityViolations(): Promise<readonly string[]> {
		const element = await this.page.frameLocator('iframe.webview').locator('iframe#active-frame').elementHandle();
		const frame = await element.contentFrame();
		if (frame === null) throw new Error('No webview is shown.');
		// A webview is transparent over the editor. axe looks at no frame's surroundings and would take them for white.
		// As a style sheet, because VS Code writes the element's own style anew when the theme changes.
		await frame.evaluate(() => {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync('html { background: var(--vscode-editor-background) !important }');
			document.adoptedStyleSheets.push(sheet);
		});
		return violationsOn(frame);
	}
}

/** A tree view; VS Code draws only the rows in sight. */
export class Tree {
	readonly root: Locator;

	constructor(root: Locator) {
		this.root = root;
	}

	get rows(): Locator {
		return this.root.getByRole('treeitem');
	}

	row(text: string | RegExp): Locator {
		return this.rows.filter({ hasText: text });
	}

	/** Texts of the rows in sight, from the top. */
	async texts(): Promise<readonly string[]> {
		return this.rows.locator('.monaco-icon-label-container').allInnerTexts();
	}

	/** Resolves when at least one row is there. */
	async waitForRows(): Promise<void> {
		await this.rows.first().waitFor();
	}

	async chooseFromMenu(row: Locator, item: string): Promise<void> {
		await row.click({ button: 'right' });
		const entry = row.page().getByRole('menuitem', { name: item });
		// A menu of VS Code takes no click in its first tenth of a second, and says nothing of it.
		for (let isOpen = true; isOpen;) {
			// It may go while it is waited for.
			await entry.click({ timeout: menuClosesMs }).catch(() => undefined);
			isOpen = await entry.waitFor({ state: 'detached', timeout: menuClosesMs }).then(
				() => false,
				() => true,
			);
		}
	}
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
