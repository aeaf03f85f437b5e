/** What a conversation looks like: items of every kind, folded and unfolded, and what can be done with them. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { FakeTranscript } from './fakeTranscript.ts';
import { agent, answer, everyKind, headOf, items, main, prompt, said, subagentItems, tool } from './samples.ts';
import { transcriptPages } from '../pages.ts';

const sample = (): FakeTranscript =>
	new FakeTranscript(
		{ conversation: main, branch: 'b1', items: everyKind() },
		{ conversation: agent, branch: 's1', items: subagentItems() },
	);

describe('The transcript page', () => {
	const pages = transcriptPages();

	async function open(extension: FakeTranscript, height = 5_000): Promise<Page> {
		const { page } = await pages.open(extension, { height });
		await page.locator('.item').first().waitFor();
		return page;
	}
	const row = (page: Page, index: number) => page.locator(`virtual-list.items .virtual-row[data-index="${index}"]`);
	const unfold = (page: Page, index: number) => row(page, index).locator('.fold-head').first().click();

	it('shows prompts as they were typed and answers as Markdown', async () => {
		const page = await open(sample());
		assert.match(await row(page, 0).innerText(), /offline\.\n\nCan you find out why/);
		const words = row(page, 6).locator('markdown-text');
		assert.equal(await words.locator('strong').textContent(), 'ferry line');
		assert.equal(await words.locator('ol > li').count(), 2);
		assert.equal(await words.locator('table td').count(), 6);
		assert.equal(await words.locator('.task').count(), 2);
		assert.ok((await words.locator('pre .hljs-keyword').count()) > 0, 'code is coloured');
		assert.match(await row(page, 6).locator('.response-figures').innerText(), /51\.4k tokens · \$0\.06 · 8\.4\s?s/);
	});

	it('folds thinking and tool calls to a line that says what was done, and unfolds each in its own form', async () => {
		const page = await open(sample());
		assert.equal(await row(page, 1).locator('.thought').count(), 0);
		await unfold(page, 1);
		await row(page, 1).locator('.thought').getByText('The cache is keyed by day only.').waitFor();
		const title = async (index: number) => (await row(page, index).locator('.fold-head').first().innerText()).replace(/\s+/g, ' ').trim();
		assert.equal(await title(3), 'Read src/cache/timetables.ts:1–8');
		assert.equal(await title(5), 'To-dos 1 of 3 done');
		assert.equal(await title(9), 'Edit src/cache/timetables.ts');
		assert.equal(await title(10), 'Run npm test -- --grep "cache"');
		assert.match(await row(page, 9).locator('.fold-aside').innerText(), /\+3\s*−2/);
		assert.match(await row(page, 10).innerText(), /Failed[\s\S]*Exit code 1/);
		await unfold(page, 9);
		assert.equal(await row(page, 9).locator('.diff-line.removed').count(), 2);
		assert.deepEqual(await row(page, 9).locator('.diff-line.removed .diff-number').allInnerTexts(), ['12', '13']);
		assert.ok((await row(page, 9).locator('.diff-line.added .changed').count()) > 0, 'the words that differ are marked');
		await unfold(page, 10);
		assert.equal(await row(page, 10).locator('.ansi-red').innerText(), '✘ reads an entry of yesterday');
		assert.ok(!(await row(page, 10).innerText()).includes('\u001b'));
		await unfold(page, 5);
		assert.equal(await row(page, 5).locator('.todo.completed').count(), 1);
		await unfold(page, 4);
		assert.equal(await row(page, 4).locator('.file-list li').count(), 3);
	});

	it('opens files, diffs and links through the extension, and nothing by itself', async () => {
		const extension = sample();
		const page = await open(extension);
		await row(page, 6).getByRole('link', { name: 'the cache' }).click();
		assert.deepEqual((await extension.called('openFile'))[0]?.params, {
			sessionId: main.sessionId,
			path: 'src/cache/timetables.ts',
			line: 12,
		});
		await row(page, 6).getByRole('link', { name: 'notes on Cache Storage' }).press('Enter');
		assert.deepEqual((await extension.called('openLink'))[0]?.params, { address: 'https://developer.mozilla.org/docs/Web/API/Cache' });
		await unfold(page, 9);
		await row(page, 9).getByRole('button', { name: 'Open diff' }).click();
		const { path, before, after } = (await extension.called('openDiff'))[0]?.params as { path: string; before: string; after: string };
		assert.equal(path, '/home/mika/ferry/src/cache/timetables.ts');
		assert.match(before, /keyOf\(day: string\)/);
		assert.match(after, /keyOf\(line: LineId, day: string\)/);
		await row(page, 9).locator('.edit-tools .as-link').click();
		assert.deepEqual((await extension.called('openFile', 2))[1]?.params, {
			sessionId: main.sessionId,
			path: '/home/mika/ferry/src/cache/timetables.ts',
			line: 10,
		});
	});

	it('copies a message, a turn, the whole conversation, code and links, and asks for an export', async () => {
		const extension = sample();
		const page = await open(extension);
		await row(page, 6).hover();
		await row(page, 6).getByRole('button', { name: 'Copy as Markdown' }).click();
		const here = { conversation: main, branch: 'b1' };
		assert.deepEqual((await extension.called('copyItems'))[0]?.params, { ...here, from: 6, count: 1 });
		await row(page, 8).hover();
		await row(page, 8).getByRole('button', { name: 'Copy prompt and answers as Markdown' }).click();
		const [, turn] = await extension.called('copyItems', 2);
		const { count, ...from } = turn?.params as { readonly count: number };
		assert.deepEqual(from, { ...here, from: 8 });
		assert.ok(count > 5);
		await page.getByRole('button', { name: 'Copy the conversation as Markdown' }).click();
		const [, , all] = await extension.called('copyItems', 3);
		assert.deepEqual(all?.params, { ...here, from: 0, count: everyKind().length });
		await page.getByRole('button', { name: 'Export the session to a file' }).click();
		assert.deepEqual((await extension.called('exportSession'))[0]?.params, { sessionId: main.sessionId, branch: 'b1' });
		await row(page, 6).getByRole('button', { name: 'Copy code (ts)' }).click();
		assert.match(((await extension.called('copy'))[0]?.params as { text: string }).text, /^\/\*\* Old entries[\s\S]*\}$/);
		await row(page, 6).getByRole('button', { name: 'Copy link to this message' }).click();
		assert.deepEqual((await extension.called('copyLink'))[0]?.params, { conversation: main, messageId: 'm-6' });
		await page.locator('[role=status]', { hasText: 'Link copied' }).waitFor({ state: 'attached' });
	});

	it('unfolds a subagent in its place, opens it in full, and leads back to where it was started', async () => {
		const extension = sample();
		const page = await open(extension, 900);
		await page.locator('.outline .virtual-row').nth(2).click();
		await unfold(page, 12);
		await row(page, 12).getByText('What it said and did').click();
		await row(page, 12).getByText('Three places fetch timetables; all use').first().waitFor();
		await row(page, 12).getByRole('button', { name: 'Open in full' }).click();
		await page.getByRole('heading', { level: 1, name: 'Find every fetch of a timetable' }).waitFor();
		await page
			.getByRole('navigation', { name: 'Where this conversation was started' })
			.getByText('Cache timetables for offline use')
			.waitFor();
		await page.getByRole('button', { name: 'Back' }).click();
		await page.getByRole('heading', { level: 1, name: 'Cache timetables for offline use' }).waitFor();
		await page.locator('virtual-list.items .virtual-row[data-index="8"]').waitFor();
	});

	it('chooses another way on from a fork', async () => {
		const first = items([prompt('Begin'), answer('Begun'), prompt('The first way'), answer('Went the first way')]);
		const second = items([prompt('Begin'), answer('Begun'), prompt('The second way'), answer('Went the second way')], 'n');
		const forks = (selected: number) => [
			{
				item: 2,
				selected,
				choices: [
					{ branch: 'one', firstLine: 'The first way', at: null, items: 2, isRepetition: false },
					{ branch: 'two', firstLine: 'The second way', at: null, items: 2, isRepetition: false },
				],
			},
		];
		const extension = new FakeTranscript(
			{ conversation: main, branch: 'two', items: second, head: { forks: forks(1) } },
			{ conversation: main, branch: 'one', items: first, head: { forks: forks(0) } },
		);
		const page = await open(extension);
		await page.getByText('Version 2 of 2').waitFor();
		await page.getByText('Went the second way').waitFor();
		await page.getByRole('button', { name: 'Show the version before' }).click();
		await page.getByText('Went the first way').waitFor();
		await page.getByText('You went back here and said something else').click();
		await page.locator('.fork-choice', { hasText: 'The second way' }).click();
		await page.getByText('Went the second way').waitFor();
	});

	it('goes to the message that a link names, opens what it lies in, and marks it', async () => {
		const extension = sample();
		extension.isJump = true;
		extension.place = { conversation: main, branch: null, messageId: 'm-17' };
		const page = await open(extension, 700);
		await page.locator('.item.marked[data-message-id="m-17"]').waitFor();
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '17');
		extension.emit('jump', { conversation: main, branch: null, messageId: 'm-3' });
		await page.locator('.item.marked[data-message-id="m-3"]').waitFor();
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '3');
		const opened = (await extension.called('head')).length;
		extension.emit('jump', { conversation: main, branch: null, messageId: null });
		extension.emit('jump', { conversation: main, branch: null, messageId: 's-2' });
		await page.getByRole('heading', { level: 1, name: 'Find every fetch of a timetable' }).waitFor();
		await page.locator('.item.marked[data-message-id="s-2"]').waitFor();
		assert.equal((await extension.called('head')).length, opened + 1, 'the conversation that is read is not opened again');
		extension.emit('jump', { conversation: main, branch: null, messageId: 'nobody-knows' });
		await page.getByText('The message that was meant is not in this conversation any more.').waitFor();
	});

	it('shows more of a text that was cut, piece by piece, and all of it as it stands', async () => {
		const long = 'x'.repeat(600_000);
		const extension = new FakeTranscript({
			conversation: main,
			branch: 'b',
			items: items([
				{
					kind: 'assistant',
					blocks: [{ kind: 'answer', markdown: said(long.slice(0, 20_000), long.length) }],
					isPartial: false,
				},
			]),
		});
		extension.answers.text = ({ from }) => {
			const text = long.slice(from, from + 500_000);
			return { text, next: from + text.length < long.length ? from + text.length : null };
		};
		const page = await open(extension, 900);
		await page.getByText('20k of 600k characters shown').waitFor();
		await page.getByRole('button', { name: 'Show more' }).click();
		await page.getByText('520k of 600k characters shown').waitFor();
		await page.getByRole('button', { name: 'Show the rest' }).click();
		await page.waitForFunction(() => document.querySelector('markdown-text')?.textContent.length === 600_000);
		const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
		assert.equal(scroll, client, 'a word of any length wraps');
	});

	it('stays where the rest of a text begins when it is asked for at the end of the conversation', async () => {
		const lines = Array.from({ length: 4_000 }, (_, at) => `line ${at}  `).join('\n');
		const short = lines.slice(0, 5_000);
		const extension = new FakeTranscript({
			conversation: main,
			branch: 'b',
			items: items([
				prompt('question'),
				{ kind: 'assistant', blocks: [{ kind: 'answer', markdown: said(short, lines.length) }], isPartial: false },
			]),
		});
		extension.answers.text = ({ from }) => ({ text: lines.slice(from), next: null });
		const page = await open(extension, 700);
		const list = page.locator('virtual-list.items');
		await list.press('End');
		const rest = page.getByRole('button', { name: 'Show the rest' });
		await rest.waitFor();
		const before = await list.evaluate(element => element.scrollTop);
		await rest.click();
		await page.waitForFunction(() => document.querySelector('markdown-text')?.textContent.includes('line 3999'));
		await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
		assert.equal(await list.evaluate(element => element.scrollTop), before);
		assert.ok(await list.evaluate(element => element.scrollHeight > element.scrollTop + 2 * element.clientHeight));
	});

	it('follows a conversation that grows when one is at its end, and offers to when one is not', async () => {
		const many = items(Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? prompt(`question ${at}`) : answer(`answer ${at}`))));
		const conversation = { conversation: main, branch: 'b', items: many };
		const extension = new FakeTranscript(conversation);
		const page = await open(extension, 700);
		const more = (text: string) =>
			items([...many.map(() => prompt('')), answer(text)])
				.slice(-1)
				.map(item => ({ ...item, index: conversation.items.length, id: `more-${conversation.items.length}` }));
		extension.grow(more('came while reading the beginning'));
		await page.getByRole('button', { name: '1 new message' }).waitFor();
		assert.equal(await page.getByText('came while reading').count(), 0);
		assert.ok(await page.getByText('question 0').first().isVisible(), 'nothing moved');
		await page.getByRole('button', { name: '1 new message' }).click();
		await page.getByText('came while reading the beginning').waitFor();
		await page.locator('.new-items').waitFor({ state: 'detached' });
		extension.grow(more('came while reading the end'));
		await page.getByText('came while reading the end').waitFor();
		const isInSight = await page
			.getByText('came while reading the end')
			.evaluate(element => element.getBoundingClientRect().bottom <= window.innerHeight);
		assert.ok(isInSight);
	});

	it('keeps what one reads in place when something above turns out taller', async () => {
		const many = items(Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? prompt(`question ${at}`) : answer(`answer ${at}`))));
		const page = await open(new FakeTranscript({ conversation: main, branch: 'b', items: many }), 700);
		await page.locator('virtual-list.items').evaluate(element => (element.scrollTop = 2_000));
		const place = () =>
			page.evaluate(() => {
				const frame = document.querySelector('virtual-list.items')?.getBoundingClientRect().top ?? 0;
				const rows = [...document.querySelectorAll<HTMLElement>('virtual-list.items .virtual-row')];
				const row = rows.find(each => each.getBoundingClientRect().bottom > frame + 4);
				return [row?.dataset['index'], Math.round((row?.getBoundingClientRect().top ?? 0) - frame)];
			});
		// The rows of where it was scrolled to are drawn with a later frame.
		await page.waitForFunction(() => {
			const frame = document.querySelector('virtual-list.items')?.getBoundingClientRect().top ?? 0;
			return [...document.querySelectorAll('virtual-list.items .virtual-row')].some(
				each => each.getBoundingClientRect().bottom > frame + 4,
			);
		});
		const before = await place();
		await page.evaluate(() => {
			const frame = document.querySelector('virtual-list.items')?.getBoundingClientRect().top ?? 0;
			const above = [...document.querySelectorAll<HTMLElement>('virtual-list.items .virtual-row')].find(
				each => each.getBoundingClientRect().bottom < frame,
			);
			const taller = document.createElement('div');
			taller.className = 'taller';
			above?.append(taller);
			Object.assign(taller.style, { height: '300px' });
		});
		await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
		assert.deepEqual(await place(), before);
	});

	it('stays where it was scrolled to when something in it takes the focus before the browser tells of the scroll', async () => {
		const many = items(Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? prompt(`question ${at}`) : answer(`answer ${at}`))));
		const page = await open(new FakeTranscript({ conversation: main, branch: 'b', items: many }), 700);
		const at = await page.locator('virtual-list.items').evaluate(async element => {
			element.scrollTop = 300;
			element.querySelector<HTMLElement>('.virtual-row[data-index="4"] button')?.focus({ preventScroll: true });
			// What the focus leads to has been drawn; the next frame has not begun.
			await Promise.resolve();
			const before = element.scrollTop;
			await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
			return { before, after: element.scrollTop, focused: document.activeElement?.closest<HTMLElement>('.virtual-row')?.dataset['index'] };
		});
		assert.deepEqual(at, { before: 300, after: 300, focused: '4' });
	});

	it('comes back to where one was after a reload', async () => {
		const many = items(Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? prompt(`question ${at}`) : answer(`answer ${at}`))));
		const extension = new FakeTranscript({ conversation: main, branch: 'b', items: many });
		const page = await open(extension, 700);
		await page.locator('.outline .virtual-row').nth(5).click();
		await page.getByText('question 10').last().waitFor();
		await page.waitForFunction(() => (sessionStorage.getItem('state') ?? '').includes('m-10'));
		await page.reload();
		await page.locator('virtual-list.items .virtual-row[data-index="10"]').waitFor();
		const ready = (await extension.called('ready', 2))[1]?.params as { place: unknown };
		assert.deepEqual(ready.place, { conversation: main, branch: null, messageId: 'm-10' });
	});

	it('says why there is nothing to read, and what to do', async () => {
		const empty = async (change: Partial<ReturnType<typeof headOf>['file']>) => {
			const extension = new FakeTranscript({
				conversation: main,
				branch: 'b',
				items: [],
				head: { file: { ...headOf([], 0, main, 'b').file, ...change } },
			});
			const opened = await pages.open(extension);
			const { page } = opened;
			await page.locator('.empty').waitFor();
			const words = await page.locator('.empty').innerText();
			await opened.close();
			return words;
		};
		assert.match(await empty({}), /Nothing was said/);
		assert.match(await empty({ state: 'waiting' }), /is being read/);
		assert.match(await empty({ state: 'gone' }), /was deleted/);
		assert.match(await empty({ state: 'none', path: null }), /no transcript of its own/);
	});

	it('tries again when the conversation could not be had', async () => {
		const extension = sample();
		const { head } = extension.answers;
		extension.answers.head = () => Promise.reject(new Error('The index is locked by another window'));
		const { page } = await pages.open(extension);
		await page.getByText('The index is locked by another window').waitFor();
		extension.answers.head = head;
		await page.getByRole('button', { name: 'Try again' }).click();
		await page.getByText('The timetable of line 4').first().waitFor();
	});

	it('says what of an action failed, without losing the place', async () => {
		const extension = sample();
		extension.answers.openFile = () => Promise.reject(new Error('There is no such file any more'));
		const page = await open(extension);
		await row(page, 6).getByRole('link', { name: 'the cache' }).click();
		await page.getByRole('alert').getByText('There is no such file any more').waitFor();
		await page.getByRole('button', { name: 'Close this message' }).click();
		await page.getByRole('alert').waitFor({ state: 'detached' });
	});

	it('shows calls that are not through yet, and takes their results when they come', async () => {
		const pending = items([
			prompt('Go'),
			tool(
				'Bash',
				{
					kind: 'shell',
					command: said('make'),
					description: null,
					output: null,
					errorOutput: null,
					exitCode: null,
					backgroundId: null,
					meaning: null,
				},
				{ status: 'pending', durationMs: null },
			),
		]);
		const conversation = { conversation: main, branch: 'b', items: pending };
		const extension = new FakeTranscript(conversation);
		const page = await open(extension);
		await page.getByText('No result yet').waitFor();
		conversation.items = items([
			prompt('Go'),
			tool('Bash', {
				kind: 'shell',
				command: said('make'),
				description: null,
				output: said('built'),
				errorOutput: null,
				exitCode: 0,
				backgroundId: null,
				meaning: null,
			}),
		]);
		extension.changedFrom = 1;
		extension.revision++;
		extension.emit('changed', null);
		await page.getByText('No result yet').waitFor({ state: 'detached' });
		await unfold(page, 1);
		await row(page, 1).getByText('built').waitFor();
	});
});
