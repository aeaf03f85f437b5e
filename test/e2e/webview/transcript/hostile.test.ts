/** What a conversation holds is shown and never obeyed: nothing runs, nothing is fetched, nothing hangs (NFR-2). */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { FakeTranscript } from './fakeTranscript.ts';
import { hostileItems, markdown, markup } from './hostileItems.ts';
import { answer, headOf, items, main, prompt } from './samples.ts';
import { transcriptPages } from '../pages.ts';

describe('A hostile conversation', () => {
	const pages = transcriptPages();

	async function open(extension: FakeTranscript, height = 900): Promise<{ readonly page: Page; readonly requests: string[] }> {
		const requests: string[] = [];
		const { page } = await pages.open(extension, { height });
		page.on('request', request => {
			if (!request.url().startsWith('blob:')) requests.push(request.url());
		});
		await page.locator('.item').first().waitFor();
		return { page, requests };
	}
	const unfold = async (page: Page) => {
		for (;;) {
			const closed = page.locator('.fold-head[aria-expanded=false]').first();
			if ((await closed.count()) === 0) return;
			await closed.click();
		}
	};

	it('is shown as text in every place, runs nothing and fetches nothing', async () => {
		const head = headOf([], 0, main, 'b');
		const extension = new FakeTranscript({
			conversation: main,
			branch: 'b',
			items: hostileItems(),
			head: {
				session: { ...head.session, title: markup, project: markup, gitBranch: markup, cwd: markup, models: [markup] },
				forks: [
					{
						item: 1,
						selected: 0,
						choices: [
							{ branch: 'b', firstLine: markup, at: markup, items: 1, isRepetition: false },
							{ branch: 'c', firstLine: markup, at: null, items: 1, isRepetition: true },
						],
					},
				],
			},
		});
		const { page, requests } = await open(extension, 6_000);
		await unfold(page);
		assert.match((await page.locator('h1').textContent()) ?? '', /^<img src="https:\/\/evil/);
		assert.match(await page.locator('.prompt-text').first().innerText(), /<script>window\.attacked=1<\/script>/);
		assert.deepEqual(
			await page
				.locator('img, iframe, b, svg:not(.icon), main script, object, embed, form')
				.evaluateAll(all => all.map(each => each.outerHTML)),
			[],
		);
		assert.deepEqual(
			await page.locator('main :is([onerror], [onclick], [onload], [href], [src])').evaluateAll(all => all.map(each => each.outerHTML)),
			[],
		);
		assert.equal(await page.evaluate(() => 'attacked' in window), false);
		assert.deepEqual(requests, []);
	});

	it('has links to the web and to files alone, and asks the extension to open them', async () => {
		const extension = new FakeTranscript({ conversation: main, branch: 'b', items: items([answer(markdown)]) });
		const { page, requests } = await open(extension);
		const targets = await page.locator('markdown-text a').evaluateAll(links => links.map(link => (link as HTMLElement).dataset['target']));
		assert.deepEqual(targets, [
			'https://evil.example/x.png',
			'https://evil.example',
			'https://evil.example/page',
			'https://evil.example/auto',
			'https://evil.example/bare',
		]);
		for (const words of ['run', 'coded', 'command', 'share'])
			assert.equal(await page.getByRole('link', { name: words, exact: true }).count(), 0);
		await page.getByRole('link', { name: 'web', exact: true }).click({ modifiers: ['Control'] });
		await page.getByRole('link', { name: 'https://evil.example/bare' }).click({ button: 'middle' });
		assert.deepEqual(
			(await extension.called('openLink')).map(call => call.params),
			[{ address: 'https://evil.example/page' }],
		);
		assert.deepEqual(requests, []);
		assert.match(await page.locator('markdown-text .picture').first().innerText(), /Image: a picture/);
	});

	it('shows what turns the direction or cannot be seen, and colours of no terminal', async () => {
		const text = 'pay \u202e001$\u202c to me\u200b now \u0007\u001b[31mred';
		const { page } = await open(new FakeTranscript({ conversation: main, branch: 'b', items: items([prompt(text), answer(text)]) }));
		for (const place of ['.prompt-text', '.answer-text']) {
			assert.deepEqual(
				(await page.locator(`${place} .hidden-character`).allInnerTexts()).slice(0, 4),
				['U+202E', 'U+202C', 'U+200B', 'U+0007'],
				place,
			);
		}
		assert.ok(!(await page.locator('.outline').innerText()).includes('\u202e'));
	});

	it('of one word of five megabytes wraps, and the page answers', async () => {
		const word = 'x'.repeat(5_000_000);
		const { page } = await open(
			new FakeTranscript({ conversation: main, branch: 'b', items: items([prompt('Begin'), answer(word), answer('The end')]) }),
		);
		const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
		assert.equal(scroll, client);
		await page.locator('virtual-list.items .virtual-row').first().focus();
		await page.keyboard.press('End');
		await page.getByText('The end').waitFor();
	});

	it('of Markdown that is made to take for ever does not', async () => {
		const extension = new FakeTranscript({
			conversation: main,
			branch: 'b',
			items: items([
				answer('*'.repeat(20_000)),
				answer('['.repeat(20_000)),
				answer('> '.repeat(10_000)),
				answer('`'.repeat(9_999) + 'a' + '`'.repeat(9_998)),
				answer('- '.repeat(5_000)),
				answer('|a'.repeat(5_000) + '\n' + '|-'.repeat(5_000)),
				answer('The end'),
			]),
		});
		const { page } = await open(extension);
		await page.locator('virtual-list.items .virtual-row').first().focus();
		await page.keyboard.press('End');
		await page.getByText('The end').waitFor();
	});

	it('shows pictures that are what they say, from memory, and no others', async () => {
		const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
		const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="window.attacked=1"/>').toString('base64');
		const image = (part: number, bytes = 100) => ({ kind: 'image' as const, image: { mediaType: 'image/png', bytes, part } });
		const extension = new FakeTranscript({
			conversation: main,
			branch: 'b',
			items: items([prompt('See', { attachments: [image(1), image(2), image(3, 900_000_000), image(4)] })]),
		});
		extension.answers.image = ({ part }) => {
			if (part === 4) throw Object.assign(new Error('gone'), { reason: 'gone' });
			return { mediaType: 'image/png', base64: part === 1 ? png : svg };
		};
		const { page, requests } = await open(extension);
		await page.locator('stored-image img').waitFor();
		assert.equal(await page.locator('stored-image img').evaluate(element => (element as HTMLImageElement).naturalWidth), 1);
		assert.match((await page.locator('stored-image img').getAttribute('src')) ?? '', /^blob:/);
		for (const words of [
			'This is no image of a kind that is shown.',
			'The image is too large to be shown.',
			'The image could not be read.',
		])
			await page.getByText(words).waitFor();
		assert.equal(
			(await extension.called('image')).some(call => (call.params as { part: number }).part === 3),
			false,
		);
		assert.deepEqual(requests, []);
	});

	it('cannot run under the policy even if it got into the page', async () => {
		const { page } = await open(new FakeTranscript({ conversation: main, branch: 'b', items: items([prompt('Hello')]) }));
		const blocked = await page.evaluate(async () => {
			const violated: string[] = [];
			document.addEventListener('securitypolicyviolation', event => violated.push(event.effectiveDirective));
			const host = document.createElement('div');
			host.innerHTML = '<img src="data:image/png;base64,AAAA"><img src="https://evil.example/x.png"><p style="color:red"></p>';
			const script = document.createElement('script');
			script.textContent = 'window.attacked=1';
			document.body.append(host, script);
			await fetch('https://evil.example/').catch(() => undefined);
			await new Promise(resolve => setTimeout(resolve, 0));
			return violated;
		});
		for (const directive of ['script-src-elem', 'style-src-attr', 'connect-src', 'img-src'])
			assert.ok(blocked.includes(directive), `${directive} in ${blocked.join()}`);
		assert.equal(await page.evaluate(() => 'attacked' in window), false);
		// These complaints are what the test is about.
		pages.forgive();
	});
});
