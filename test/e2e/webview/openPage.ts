/**
 * The built page in the product's own document and policy, in plain Chromium, with a fake
 * `acquireVsCodeApi` whose other end is a real channel in this process.
 */
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { type PageWords, pageHtml } from '../../../src/extension/ui/presentation/pageHtml.ts';
import { buildPage, type PageName } from './build.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { today } from './history.ts';
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

/** The product's own document, with the frame's style beside it; and its policy, to be sent as a header too: one that only a meta element states begins where the element stands. */
function documentOf(name: PageName, words: PageWords | null): { readonly markup: string; readonly policy: string } {
	const html = pageHtml({
		title: 'Page',
		words,
		nonce,
		cspSource: origin,
		scriptUri: '/page.js',
		showsStoredImages: name === 'transcript',
	});
	const policy = /content="(default-src [^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? "default-src 'none'";
	return { markup: html.replace('</head>', '<link rel="stylesheet" href="/frame.css"></head>'), policy };
}

export interface OpenOptions {
	readonly theme?: ThemeName;
	readonly width?: number;
	readonly height?: number;
	readonly context?: BrowserContextOptions;
	/** Of another language than English, as the host puts them into the document. */
	readonly words?: PageWords;
	/** Runs in the page before anything of it. */
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
	setTheme(theme: ThemeName): Promise<void>;
	close(): Promise<void>;
}

export function launch(): Promise<Browser> {
	return chromium.launch({
		executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
}

/** The extension answers from `extension`; the page has sent nothing before this resolves, so set answers first. */
export function openInsights(browser: Browser, extension: FakeExtension, options: OpenOptions = {}): Promise<OpenedPage> {
	return openPage(browser, 'insights', extension, options);
}

export async function openPage<E extends PageEnd>(
	browser: Browser,
	name: PageName,
	extension: E,
	options: OpenOptions = {},
): Promise<OpenedPage<E>> {
	const script = await buildPage(name);
	const { markup, policy } = documentOf(name, options.words ?? null);
	const context = await browser.newContext({
		viewport: { width: options.width ?? 1200, height: options.height ?? 900 },
		locale: 'en-GB',
		timezoneId: 'UTC',
		...options.context,
	});
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	// Times of another year are written with their year: the history is of this day for ever. Timers run on.
	await page.clock.setFixedTime(`${today}T15:00:00.000Z`);
	const complaints: string[] = [];
	page.on('console', message => {
		if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
	});
	page.on('pageerror', error => complaints.push(error.message));
	await context.route(`${origin}/**`, route => {
		const path = new URL(route.request().url()).pathname;
		const [contentType, body] =
			path === '/page.js' ? ['text/javascript', script] : path === '/frame.css' ? ['text/css', frameStyle] : ['text/html', markup];
		const found = ['/page.js', '/frame.css', '/'].includes(path);
		return route.fulfill({ status: found ? 200 : 404, contentType, body, headers: { 'Content-Security-Policy': policy } });
	});
	await page.exposeFunction('fakeVsCodePost', (message: unknown) => extension.hear(message));
	if (options.prepare !== undefined) await page.addInitScript(options.prepare);
	await page.addInitScript(installFakeVsCode);
	await page.addInitScript(applyTheme, themeArgument(options.theme ?? 'dark'));
	// As text: Playwright takes seconds to hand over an object of some megabytes.
	extension.connect(message => page.evaluate(data => window.postMessage(JSON.parse(data), '*'), JSON.stringify(message)));
	await page.goto(`${origin}/`);
	return {
		page,
		extension,
		complaints,
		setTheme: async theme => {
			await page.evaluate(applyTheme, themeArgument(theme));
		},
		close: () => context.close(),
	};
}

function themeArgument(name: ThemeName): Theme {
	return themes[name];
}

/** Runs in the page. State outlives a reload, as VS Code's does. */
function installFakeVsCode(): void {
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
