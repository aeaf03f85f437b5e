/** What a transcript holds is shown and never obeyed (NFR-2). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { run } from './classified.ts';
import { fullExtension, fullPages, status } from './history.ts';
import { type TabName, goTo, insightsPages } from './pages.ts';
import { plainCategory, plainSession } from './plainSession.ts';

const markup = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script><b>bold</b>';

describe('Hostile text', () => {
	const pages = insightsPages();

	async function showRow(change: Partial<SessionRow>, width = 1200): Promise<Page> {
		const extension = fullExtension();
		extension.answers.sessions = query => ({ query, total: 1, uncounted: 0, rows: [plainSession({ id: 'hostile', ...change })] });
		const opened = await pages.open(extension, { width });
		await goTo(opened.page, 'Sessions');
		await opened.page.locator('tr[data-session-id]').waitFor();
		return opened.page;
	}
	const attacked = (page: Page) => page.evaluate(() => 'attacked' in window);

	const counts = { input: 1, output: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1 };
	const { overview, cost, patterns, tools, jobs } = fullPages;
	const hostileRow = plainSession({
		title: markup,
		project: markup,
		gitBranch: markup,
		cwd: markup,
		models: [markup],
		version: markup,
		category: plainCategory({ kind: 'model', l2: markup, source: markup, reasoning: markup }),
	});
	const share = { key: markup, label: markup, sessions: 1, responses: 1, tokens: 1, costUsd: 1, unpricedTokens: 0 };
	const shares = { total: 1, rows: [share] };
	const choice = { value: markup, label: markup, sessions: 1 };

	/** Every text of a stranger that any page shows. */
	function hostileExtension(words = markup) {
		const extension = fullExtension({
			hello: { status: status({ notices: [{ kind: 'info', text: words, action: null }] }) },
			head: {
				scopeLabel: words,
				choices: { projects: [choice], branches: [choice], models: [choice], categories: [{ ...choice, level: 1 }], modes: [] },
			},
			pages: {
				overview: {
					...overview,
					totals: { ...overview.totals, unpricedModels: [words] },
					longest: [{ ...hostileRow, title: words }],
					costliest: [{ ...hostileRow, title: words }],
				},
				cost: {
					...cost,
					dayModels: [words, null],
					days: cost.days.map(day => ({ ...day, byModel: [day.costUsd, 0] })),
					models: [{ model: words, responses: 1, tokens: counts, costUsd: 1 }],
					projects: shares,
					branches: shares,
					categories: shares,
					unpriced: [{ model: words, sessions: 1, responses: 1, tokens: counts }],
					subagents: { ...cost.subagents, byModel: [{ model: words, responses: 1, tokens: 1, costUsd: 1 }] },
				},
				categories: {
					...fullPages.categories,
					sums: [{ l1: words, l2: words, l3: words, sessions: 1, activeMs: 1, tokens: 1, costUsd: 1 }],
				},
				patterns: { ...patterns, patterns: patterns.patterns.map(each => ({ ...each, factor: 'model', detail: words })) },
				tools: {
					...tools,
					tools: tools.tools.slice(0, 1).map(each => ({ ...each, tool: words })),
					errorKinds: [{ error: 'other', errors: 1, sessions: 1, tools: [{ tool: words, errors: 1 }] }],
					slowest: [{ sessionId: words, sessionTitle: words, tool: words, summary: words, startedAt: words, durationMs: 1, message: null }],
					files: { total: 1, rows: [{ path: words, sessions: 1, edits: 1, reads: 1 }] },
					commands: [{ name: words, uses: 1, sessions: 1 }],
					skills: [{ name: words, uses: 1, sessions: 1 }],
					mcpServers: [{ name: words, uses: 1, sessions: 1, errors: 0, tools: 1 }],
				},
				jobs: {
					...jobs,
					classificationRuns: [run({ status: 'failed', error: words, provider: words, model: words })],
					spending: [{ provider: words, model: words, requests: 1, costUsd: 0, unconfirmedUsd: 0, inputTokens: 1, outputTokens: 1 }],
					unknownRecordTypes: { [words]: 2, constructor: 1, ['__proto__']: 1 },
				},
			},
		});
		extension.answers.sessions = query => ({ query, total: 1, uncounted: 0, rows: [hostileRow] });
		return extension;
	}

	const places: readonly (readonly [TabName, readonly string[]])[] = [
		['Overview', ['.covered', '.notice p', '.unpriced', '.standout .title', '.standout .details']],
		['Cost', ['.cost-shares tbody button', '.unpriced-models li', '.subagents tbody th']],
		['Categories', ['.open']],
		['Patterns', ['.pattern .sentence', '.group dt']],
		[
			'Tools and files',
			[
				'.tool-list tbody th',
				'.tool-of-error',
				'.slowest tbody th',
				'.slowest tbody td',
				'.edited-files tbody th',
				'.commands tbody th',
				'.skills tbody th',
				'.mcp-servers tbody th',
			],
		],
		['Sessions', ['.title-text', '.sessions .project', '.branch', '.sessions .category']],
		['Jobs and index', ['.jobs .reason', '.jobs .model-name', '.spending th[scope=row]', '.left-out']],
	];

	it('is shown as it was written, on every page', async () => {
		const { page } = await pages.open(hostileExtension());
		for (const [tab, selectors] of places) {
			await goTo(page, tab);
			for (const selector of selectors) {
				await page.locator(selector).first().waitFor();
				const texts = await page.locator(selector).allTextContents();
				// A file is named by the end of its path first.
				assert.ok(
					texts.some(each => each.includes(selector.startsWith('.edited') ? 'b>' : markup)),
					`${selector}: ${texts.join(' | ')}`,
				);
			}
			assert.equal(await page.locator('img, main b, main script').count(), 0);
			assert.equal(await attacked(page), false);
		}
	});

	it('is cut when it is huge, and nothing scrolls sideways, on any page', async () => {
		const { page } = await pages.open(hostileExtension('x'.repeat(500_000)), { width: 640 });
		for (const [tab, selectors] of places) {
			await goTo(page, tab);
			await page
				.locator(selectors.at(-1) ?? 'main')
				.first()
				.waitFor();
			const { wide, room, length } = await page.evaluate(() => ({
				wide: document.documentElement.scrollWidth,
				room: document.documentElement.clientWidth,
				length: document.body.outerHTML.length,
			}));
			assert.ok(wide <= room, `${tab}: ${wide} > ${room}`);
			assert.ok(length < 400_000, `${tab}: ${length} characters`);
		}
	});

	it('stays text in the filters, their chips and the heading of the sessions', async () => {
		const extension = hostileExtension();
		const { page } = await pages.open(extension);
		await page.getByRole('button', { name: 'Filters' }).click();
		await page.getByRole('combobox', { name: 'Branch' }).click();
		await page.getByRole('option', { name: `${markup} (1)` }).click();
		await page.locator('.chip').getByText(markup).waitFor();
		await goTo(page, 'Cost');
		await page.locator('.cost-shares tbody button').click();
		await page.getByRole('heading', { name: `Sessions with answers of ${markup}` }).waitFor();
		assert.equal(await attacked(page), false);
		assert.equal((await extension.called('page')).length > 0, true);
	});

	it('is cut when it is huge, and the page stays usable', async () => {
		const huge = 'x'.repeat(2_000_000);
		const page = await showRow({
			title: huge,
			project: huge,
			gitBranch: huge,
			category: plainCategory({ kind: 'model', source: huge, reasoning: huge }),
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
		const page = await showRow({
			startedAt: 'yesterday',
			activeMs: -5,
			costUsd: 1e300,
			tokens: { ...plainSession().tokens, input: 1e300 },
		});
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
