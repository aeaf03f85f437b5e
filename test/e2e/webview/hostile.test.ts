/** What a transcript holds is shown and never obeyed (NFR-2). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { categoryOf, run, sorted } from './classified.ts';
import { fullExtension, session, snapshot, status } from './history.ts';
import { insightsPages } from './insightsPages.ts';

const markup = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script><b>bold</b>';

describe('Hostile text', () => {
	const pages = insightsPages();

	async function showRow(change: Partial<SessionRow>, width = 1200): Promise<Page> {
		const extension = fullExtension();
		extension.answers.sessions = query => ({ query, total: 1, rows: [session(2, { id: 'hostile', ...change })] });
		const opened = await pages.open(extension, { width });
		await opened.page.locator('tr[data-session-id]').waitFor();
		return opened.page;
	}
	const attacked = (page: Page) => page.evaluate(() => 'attacked' in window);

	it('is shown as it was written, wherever it comes from', async () => {
		const extension = fullExtension({
			status: status({ notices: [{ kind: 'info', text: markup, action: null }] }),
			snapshot: snapshot({
				scopeLabel: markup,
				models: [
					{ model: markup, responses: 1, tokens: { input: 1, output: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1 }, costUsd: 1 },
				],
				totals: { ...snapshot().totals, unpricedModels: [markup] },
				classificationRuns: [run({ status: 'failed', error: markup, provider: markup, model: markup })],
				spending: [{ provider: markup, model: markup, requests: 1, costUsd: 0, unconfirmedUsd: 0, inputTokens: 1, outputTokens: 1 }],
				categories: { ...sorted, sums: [{ l1: markup, l2: markup, l3: markup, sessions: 1, activeMs: 1, tokens: 1, costUsd: 1 }] },
				unknownRecordTypes: { [markup]: 2, constructor: 1, ['__proto__']: 1 },
			}),
		});
		extension.answers.sessions = query => ({
			query,
			total: 1,
			rows: [
				session(2, {
					title: markup,
					project: markup,
					gitBranch: markup,
					cwd: markup,
					models: [markup],
					version: markup,
					category: categoryOf(2, { kind: 'model', l2: markup, source: markup, reasoning: markup }),
				}),
			],
		});
		const opened = await pages.open(extension);
		const { page } = opened;
		await page.locator('.title-text').waitFor();
		assert.equal(await page.locator('.title-text').textContent(), markup);
		for (const place of [
			'.covered',
			'.notice p',
			'.models tbody button',
			'.unpriced',
			'.page-footer',
			'.sessions .project',
			'.branch',
			'.jobs .reason',
			'.jobs .model-name',
			'.spending th[scope=row]',
			'.open',
			'.sessions .category',
		]) {
			assert.ok((await page.locator(place).last().textContent())?.includes(markup), place);
		}
		assert.equal(await page.locator('img, b, main script').count(), 0);
		assert.equal(await attacked(page), false);
	});

	it('is cut when it is huge, and the page stays usable', async () => {
		const huge = 'x'.repeat(2_000_000);
		const page = await showRow({
			title: huge,
			project: huge,
			gitBranch: huge,
			category: categoryOf(2, { kind: 'model', source: huge, reasoning: huge }),
		});
		const html = await page.locator('tr[data-session-id]').evaluate(row => row.outerHTML.length);
		assert.ok(html < 20_000, `${html} characters`);
		const width = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
		assert.equal(width[0], width[1]);
	});

	it('is never cut inside a character', async () => {
		const page = await showRow({ title: '👩‍🚀'.repeat(400) });
		const title = (await page.locator('.title-text').textContent()) ?? '';
		assert.equal(title.isWellFormed(), true);
		assert.ok(title.endsWith('…'));
	});

	it('keeps its direction to itself', async () => {
		const page = await showRow({ title: '\u202eהפוך\u202e abc', project: 'مشروع' });
		assert.equal(await page.locator('.title-text').evaluate(title => getComputedStyle(title).unicodeBidi), 'isolate');
		const [project, cost] = await Promise.all([page.locator('td.project').boundingBox(), page.locator('td.costUsd').boundingBox()]);
		assert.ok(project !== null && cost !== null && project.x < cost.x);
	});

	it('of white space alone is an untitled session', async () => {
		const page = await showRow({ title: ' \n\t ' });
		assert.equal(await page.locator('.title-text').textContent(), 'Untitled session');
	});

	it('in times and numbers does not break the page', async () => {
		const page = await showRow({ startedAt: 'yesterday', activeMs: -5, costUsd: 1e300, tokens: { ...session(2).tokens, input: 1e300 } });
		assert.match(await page.locator('tr[data-session-id]').innerText(), /Time unknown/);
	});

	it('arriving as a message that is none of ours is not heard', async () => {
		const page = await showRow({});
		await page.evaluate(() => {
			for (const message of [null, 7, 'text', {}, { kind: 'event' }, { kind: 'event', from: 'x', name: 'constructor' }]) {
				window.postMessage(message, '*');
			}
		});
		assert.equal(await page.locator('tr[data-session-id]').count(), 1);
	});

	it('cannot run under the policy even if it got into the page', async () => {
		const page = await showRow({});
		const blocked = await page.evaluate(async () => {
			const violated: string[] = [];
			document.addEventListener('securitypolicyviolation', event => violated.push(event.effectiveDirective));
			const host = document.createElement('div');
			host.innerHTML = '<img src="data:," onerror="window.attacked=1"><p style="color:red"></p>';
			const script = document.createElement('script');
			script.textContent = 'window.attacked=1';
			document.body.append(host, script);
			await fetch('https://example.invalid/').catch(() => undefined);
			await new Promise(resolve => setTimeout(resolve, 0));
			return violated;
		});
		assert.ok(blocked.includes('script-src-elem') && blocked.includes('style-src-attr') && blocked.includes('connect-src'), blocked.join());
		assert.equal(await attacked(page), false);
		// These complaints are what the test is about.
		pages.forgive();
	});
});
