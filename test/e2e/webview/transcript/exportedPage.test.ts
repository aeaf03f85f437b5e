/** An exported session is opened by whoever gets it, in a browser with all it can do: it must do nothing (NFR-2). */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { exported, Texts } from '../../../unit/exporting/conversations.ts';
import { sharedBrowser } from '../../browser.ts';
import { hostileItems, markdown, markup } from './hostileItems.ts';

describe('A hostile conversation that was exported as HTML', () => {
	let browser: Browser;
	let html: string;
	before(async () => {
		const session = { title: markup, project: markup, gitBranch: markup, cwd: markup, models: [markup], version: markup };
		const told = { texts: new Texts(), items: hostileItems(), agents: { [markup]: hostileItems() }, session };
		html = (await exported(told, 'html', { context: true, redactSecrets: false, shortenPaths: false })).text;
		browser = await sharedBrowser();
	});

	/** What the page asked for, and complained of, with everything unfolded and every link looked at. */
	async function opened(
		markupOfPage: string,
	): Promise<{ readonly requests: string[]; readonly complaints: string[]; readonly attacked: boolean }> {
		const address = 'http://export.test/';
		const context = await browser.newContext();
		try {
			const page = await context.newPage();
			const requests: string[] = [];
			const complaints: string[] = [];
			page.on('console', message => complaints.push(message.text()));
			page.on('pageerror', error => complaints.push(error.message));
			page.on('request', request => requests.push(request.url()));
			await context.route('**/*', route =>
				route.request().url() === address ? route.fulfill({ contentType: 'text/html', body: markupOfPage }) : route.abort(),
			);
			await page.goto(address, { waitUntil: 'networkidle' });
			await page.evaluate(() => {
				for (const fold of document.querySelectorAll('details')) fold.open = true;
			});
			for (const link of await page.locator('a[href]').all()) await link.dispatchEvent('mouseover');
			assert.ok((await page.locator('article').count()) >= hostileItems().length);
			assert.equal(await page.locator('script, iframe, object, embed, form, base, link, img:not([src^="data:"])').count(), 0);
			await page.locator('body').waitFor();
			return { requests: requests.filter(url => url !== address), complaints, attacked: await page.evaluate(() => 'attacked' in window) };
		} finally {
			await context.close();
		}
	}

	it('runs nothing and asks for nothing', async () => {
		assert.ok(html.includes('Content-Security-Policy'));
		assert.deepEqual(await opened(html), { requests: [], complaints: [], attacked: false });
	});

	it('would not do so without its policy either', async () => {
		const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
		assert.ok(!bare.includes('Content-Security-Policy'));
		assert.deepEqual(await opened(bare), { requests: [], complaints: [], attacked: false });
	});

	it('shows what was said as text', async () => {
		const page = await browser.newPage();
		await page.setContent(html);
		assert.equal(await page.locator('h1').first().textContent(), markup);
		assert.match((await page.locator('article').first().textContent()) ?? '', /<script>window\.attacked=1<\/script>/);
		assert.ok(markdown.includes('javascript:'));
		const addresses = await page.locator('a').evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''));
		assert.ok(addresses.length > 5);
		for (const address of addresses) assert.match(address, /^(?:https:\/\/|#subagent-)/);
		await page.close();
	});
});
