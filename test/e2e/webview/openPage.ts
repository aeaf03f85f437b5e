/**
 * The built page in the product's own document and policy, in plain Chromium, with a fake
 * `acquireVsCodeApi` whose other end is a real channel in this process.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type PageWords, pageHtml } from '../../../src/extension/ui/presentation/pageHtml.ts';
import { now } from '../../support/workingYear/workingYear.ts';
import { buildPage, type PageName } from './build.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { type Theme, type ThemeName, themes } from './themes.ts';

declare global {
	interface Window {
		fakeVsCodePost(message: unknown): Promise<void>;
	}
}

/** Never resolved: every request is answered by the route below. */
const origin = 'http://webview.test';
const nonce = 'bm9uY2Utb2YtdGhlLXRlc3Q';
/** What VS Code's own frame adds to every webview. */
const frameStyle = `
html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); background: var(--vscode-editor-background); }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
	font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
img, video { max-width: 100%; max-height: 100%; }
a, a code { color: var(--vscode-textLink-foreground); }
a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }`;

/** The product's own document, with the frame's style beside it and what runs before all else; and its policy, to be sent as a header too: one that only a meta element states begins where the element stands. */
function documentOf(
	name: PageName,
	words: PageWords | null,
	begin: readonly string[],
): { readonly markup: string; readonly policy: string } {
	const html = pageHtml({
		title: 'Page',
		words,
		nonce,
		cspSource: origin,
		scriptUri: '/page.js',
		showsStoredImages: name === 'transcript',
	});
	const policy = /content="(default-src [^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? "default-src 'none'";
	// A function, as a text would be searched for what stands for the match.
	const head = `<script nonce="${nonce}">${begin.join('')}document.currentScript.remove()</script><link rel="stylesheet" href="/frame.css">`;
	return { markup: html.replace('<head>', start => start + head), policy };
}

export interface OpenOptions {
	readonly theme?: ThemeName;
	readonly width?: number;
	readonly height?: number;
	readonly context?: BrowserContextOptions;
	/** Of another language than English, as the host puts them into the document. */
	readonly words?: PageWords;
	/** Runs in the page before anything of it. Uses nothing from outside of itself. */
	readonly prepare?: () => void;
}

/** The extension's end, as a test has it. */
export interface PageEnd {
	hear(message: unknown): void;
	/** `post` carries a message into the page. */
	connect(post: (message: unknown) => Promise<unknown>): void;
}

export interface OpenedPage<E extends PageEnd = FakeExtension> {
	readonly page: Page;
	readonly extension: E;
	/** Everything the console and the policy complained of. */
	readonly complaints: string[];
	readonly setTheme: (theme: ThemeName) => Promise<void>;
	close(): Promise<void>;
}

/** The extension answers from `extension`; the page has sent nothing before this resolves, so set answers first. */
export function openInsights(browser: Browser, extension: FakeExtension, options: OpenOptions = {}): Promise<OpenedPage> {
	return openPage(browser, 'insights', extension, options);
}

/** In a tab of its own. */
export async function openPage<E extends PageEnd>(
	browser: Browser,
	name: PageName,
	extension: E,
	options: OpenOptions = {},
): Promise<OpenedPage<E>> {
	const tab = await PageTab.open(browser, options.context);
	const opened = await tab.show(name, extension, options);
	return { ...opened, close: () => tab.close() };
}

const usualSize = { width: 1200, height: 900 };

interface Shown {
	readonly extension: PageEnd;
	readonly complaints: string[];
	readonly script: string;
	readonly markup: string;
	readonly policy: string;
}

/** A tab of the browser: to show one document after the other in it takes half as long as to open a tab for each. */
export class PageTab {
	readonly page: Page;
	#shown: Shown | null = null;
	#documents = 0;

	static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<PageTab> {
		const context = await browser.newContext({ viewport: usualSize, locale: 'en-GB', timezoneId: 'UTC', ...options });
		const tab = new PageTab(await context.newPage());
		await tab.#prepare();
		return tab;
	}

	private constructor(page: Page) {
		this.page = page;
	}

	async #prepare(): Promise<void> {
		const { page } = this;
		page.setDefaultTimeout(20_000);
		page.on('console', message => {
			if (message.type() === 'error' || message.type() === 'warning') this.#shown?.complaints.push(message.text());
		});
		page.on('pageerror', error => this.#shown?.complaints.push(error.message));
		await page.route(`${origin}/**`, route => {
			const path = new URL(route.request().url()).pathname;
			const { script, markup, policy } = this.#shown ?? { script: '', markup: '', policy: "default-src 'none'" };
			const [contentType, body] =
				path === '/page.js' ? ['text/javascript', script] : path === '/frame.css' ? ['text/css', frameStyle] : ['text/html', markup];
			const found = ['/page.js', '/frame.css', '/'].includes(path);
			return route.fulfill({ status: found ? 200 : 404, contentType, body, headers: { 'Content-Security-Policy': policy } });
		});
		await page.exposeFunction('fakeVsCodePost', (message: unknown) => {
			this.#shown?.extension.hear(message);
		});
	}

	/** In the place of what was shown, of which nothing is left. */
	async show<E extends PageEnd>(
		name: PageName,
		extension: E,
		options: Omit<OpenOptions, 'context'> = {},
	): Promise<Omit<OpenedPage<E>, 'close'>> {
		const { page } = this;
		const begin = [
			inPage(stopTheDate, now.getTime()),
			inPage(installFakeVsCode),
			inPage(applyTheme, themes[options.theme ?? 'dark']),
			...(options.prepare === undefined ? [] : [inPage(options.prepare)]),
		];
		const script = await buildPage(name);
		const complaints: string[] = [];
		const shown = { extension, complaints, script, ...documentOf(name, options.words ?? null, begin) };
		await page.setViewportSize({ width: options.width ?? usualSize.width, height: options.height ?? usualSize.height });
		this.#shown = shown;
		// As text: Playwright takes seconds to hand over an object of some megabytes.
		extension.connect(async message => {
			if (this.#shown === shown) await page.evaluate(data => window.postMessage(JSON.parse(data), '*'), JSON.stringify(message));
		});
		await page.goto(`${origin}/?${++this.#documents}`);
		return {
			page,
			extension,
			complaints,
			setTheme: async theme => {
				await page.evaluate(applyTheme, themes[theme]);
				// The toolkit's elements take the colours a frame after they heard of them.
				await page.evaluate(async () => {
					for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
				});
			},
		};
	}

	/** What the extension of the shown document still says is not heard, and the pointer lies on nothing of the next. */
	async leave(): Promise<void> {
		this.#shown = null;
		await this.page.mouse.move(0, 0);
	}

	async close(): Promise<void> {
		this.#shown = null;
		await this.page.context().close();
	}
}

/** As a script's text. */
function inPage<T = never>(run: (argument: T) => void, ...given: readonly T[]): string {
	return `(${run.toString()})(${given.map(argument => JSON.stringify(argument)).join()});`;
}

/**
 * Runs in the page. Times of another year are written with their year: the history is of this day for ever. Timers and frames are left
 * alone, which Playwright's clock would stand in for.
 */
function stopTheDate(atMs: number): void {
	window.Date = new Proxy(Date, {
		construct: (date, given: unknown[], target) => Reflect.construct(date, given.length === 0 ? [atMs] : given, target) as Date,
		get: (date, name) => (name === 'now' ? () => atMs : (Reflect.get(date, name) as unknown)),
	});
}

/** Runs in the page. State outlives a reload, as VS Code's does, and no other document. */
function installFakeVsCode(): void {
	if (sessionStorage.getItem('document') !== location.search) sessionStorage.clear();
	sessionStorage.setItem('document', location.search);
	let acquired = false;
	Object.assign(window, {
		acquireVsCodeApi: () => {
			if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
			acquired = true;
			return {
				postMessage: (message: unknown) => void window.fakeVsCodePost(message),
				getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
				setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
			};
		},
	});
}

/** Runs in the page, also before there is a body. */
function applyTheme(theme: Theme): void {
	const apply = () => {
		const root = document.documentElement;
		for (const name of [...root.style].filter(each => each.startsWith('--vscode-'))) root.style.removeProperty(name);
		for (const [name, value] of Object.entries(theme.variables)) root.style.setProperty(name, value);
		document.body.className = theme.kind === 'vscode-high-contrast-light' ? 'vscode-high-contrast-light vscode-high-contrast' : theme.kind;
		document.body.dataset['vscodeThemeKind'] = theme.kind;
		document.body.dataset['vscodeThemeName'] = theme.label;
	};
	if (document.readyState === 'loading') document.addEventListener('readystatechange', apply, { once: true });
	else apply();
}
