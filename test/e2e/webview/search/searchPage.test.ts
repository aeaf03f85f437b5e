/** The search page in a browser: a person with a keyboard, an index in every state, and text of strangers. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ChannelError } from '../../../../src/messaging/channel.ts';
import type { SearchQuery } from '../../../../src/webview/contract/search.ts';
import { violationsOn } from '../../violations.ts';
import type { OpenOptions } from '../openPage.ts';
import { searchPages } from '../pages.ts';
import { themesOfAxe, widthsFor } from '../themes.ts';
import { answerTo, FakeSearch, manyHits, ready } from './fakeSearch.ts';

const field = (page: Page) => page.getByRole('textbox');
/** What has the focus, as a person reads it. */
const focused = (page: Page) =>
	page.evaluate(() => {
		const at = document.activeElement;
		return at?.getAttribute('aria-label') ?? at?.textContent.replace(/\s+/g, ' ').trim() ?? '';
	});
/** The line of the list that has the focus, by its key. */
const focusedLine = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? '');

describe('the search page', () => {
	const pages = searchPages();

	async function open(extension = new FakeSearch(), options: OpenOptions = {}): Promise<Page> {
		return (await pages.open(extension, { width: 300, height: 700, ...options })).page;
	}

	it('is used by the keyboard alone: type, move, open, go back', async () => {
		const extension = new FakeSearch({ scope: 'all' });
		const page = await open(extension);
		await field(page).focus();
		await page.keyboard.type('retry');
		await page.getByRole('treeitem', { name: /RetryQueue: three attempts/ }).waitFor();
		await page.keyboard.press('ArrowDown');
		assert.match(await focused(page), /^Move the payment retries/);
		await page.keyboard.press('ArrowDown');
		assert.match(await focused(page), /^Please move the payment retry logic .* Prompt/);
		await page.keyboard.press('Enter');
		assert.deepEqual(await extension.called('open'), [{ sessionId: 's1', agentId: null, messageId: 'message-0' }]);
		await page.keyboard.press('End');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.press('ArrowLeft');
		assert.equal(await page.getByRole('treeitem', { expanded: false }).count(), 1);
		await page.keyboard.press('ArrowRight');
		assert.equal(await page.getByRole('treeitem', { expanded: false }).count(), 0);
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowUp');
		assert.equal(await focused(page), 'Search everything said in your Claude Code sessions');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Escape');
		assert.equal(await focused(page), 'Search everything said in your Claude Code sessions');
		await page.keyboard.press('Escape');
		assert.equal(await field(page).inputValue(), '');
		assert.equal(await page.getByRole('treeitem').count(), 0);
	});

	it('has one line that Tab reaches, and says how many results there are', async () => {
		const page = await open();
		await field(page).fill('payment');
		await page
			.getByRole('status')
			.filter({ hasText: /^\d+ results/ })
			.waitFor();
		assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1);
	});

	it('forgets what was overtaken: only the answer to the last text is shown', async () => {
		const held: ((answer: ReturnType<typeof answerTo>) => void)[] = [];
		const signals: AbortSignal[] = [];
		const extension = new FakeSearch({ scope: 'all' }, (query, signal) => {
			signals.push(signal);
			if (query.text === 'payment') return answerTo(query);
			return new Promise(resolve => held.push(resolve));
		});
		const page = await open(extension);
		await field(page).fill('retry');
		await extension.called('search', 1);
		await field(page).fill('payment');
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
		assert.equal(signals[0]?.aborted, true);
		for (const answer of held) answer(answerTo({ text: 'Bash', scope: 'all' } as SearchQuery, { hits: [] }));
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
	});

	it('asks for all that was left out for speed once the typing rests', async () => {
		const extension = new FakeSearch({ scope: 'all' }, query =>
			answerTo(query, { isComplete: !query.isTyping, totalIsExact: !query.isTyping }),
		);
		const page = await open(extension);
		await field(page).pressSequentially('payment');
		await page.getByText('10 results', { exact: true }).first().waitFor();
		const queries = await extension.called('search', 2);
		assert.deepEqual([queries.at(-2)?.isTyping, queries.at(-1)?.isTyping], [true, false]);
	});

	it('narrows to a kind of text and widens to all projects', async () => {
		const extension = new FakeSearch();
		const page = await open(extension);
		await field(page).fill('Rows');
		await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
		await page.getByRole('button', { name: 'Search all projects' }).click();
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
		await page.getByRole('combobox', { name: 'Where to look' }).selectOption({ label: 'Prompts' });
		await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
		assert.deepEqual((await extension.called('search')).at(-1)?.kinds, ['prompt']);
		await page.getByRole('button', { name: 'Search everywhere' }).click();
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
	});

	it('loads more results when asked, up to a limit', async () => {
		const all = manyHits(120);
		const extension = new FakeSearch({ scope: 'all' }, query => answerTo(query, { hits: all.slice(0, query.limit), total: 120 }));
		const page = await open(extension);
		await field(page).fill('payment');
		await page.getByRole('button', { name: 'Show more results' }).click();
		await page.getByText('showing the best 100').waitFor();
		await page.getByRole('button', { name: 'Show more results' }).click();
		await page.getByText('in 30 sessions').waitFor();
		assert.equal(await page.getByRole('button', { name: 'Show more results' }).count(), 0);
	});

	it('keeps the focus where a person is when another answer takes the place of the list', async () => {
		let hits = manyHits(12);
		const building = { ...ready, state: 'building' } as const;
		const extension = new FakeSearch({ scope: 'all', status: building }, query =>
			answerTo(query, { hits, total: hits.length, isIndexComplete: false }),
		);
		const page = await open(extension);
		const answer = async (next: typeof hits, shown: string) => {
			hits = next;
			extension.emit('status', building);
			extension.emit('status', ready);
			await page.getByText(shown, { exact: true }).first().waitFor();
		};
		await field(page).fill('payment');
		await page.getByText('12 results', { exact: true }).first().waitFor();
		for (let line = 0; line < 8; line++) await page.keyboard.press('ArrowDown');
		assert.match(await focusedLine(page), / message-5 /);
		await answer(hits.slice(0, 11).reverse(), '11 results');
		assert.match(await focusedLine(page), / message-5 /, 'though it stands elsewhere');
		await answer(
			hits.filter(({ messageId }) => messageId !== 'message-5'),
			'10 results',
		);
		assert.match(await focusedLine(page), / message-4 /, 'the next to it');
		await page.keyboard.press('ArrowUp');
		assert.match(await focusedLine(page), / message-6 /);
		await answer([], 'Nothing found');
		assert.equal(await focused(page), 'Search everything said in your Claude Code sessions');
	});

	it('leads from the way to more results on to those', async () => {
		const all = manyHits(60);
		const page = await open(
			new FakeSearch({ scope: 'all' }, query => answerTo(query, { hits: all.slice(0, query.limit), total: all.length })),
		);
		await field(page).fill('payment');
		await page.getByRole('button', { name: 'Show more results' }).press('Enter');
		await page.getByText('in 15 sessions').waitFor();
		assert.match(await focusedLine(page), / message-49 /);
		await page.keyboard.press('ArrowDown');
		assert.match(await focusedLine(page), / message-50 /);
	});

	it('survives being hidden: the search, its place and what was folded are there again', async () => {
		const page = await open(new FakeSearch({ scope: 'all' }));
		await field(page).fill('payment');
		await page.getByRole('treeitem', { name: /Rows without a region/ }).focus();
		await page.getByRole('treeitem', { name: /^Move the payment/ }).click();
		await page.getByRole('treeitem', { name: /Rows without a region/ }).focus();
		await page.reload();
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
		assert.equal(await field(page).inputValue(), 'payment');
		assert.equal(await page.getByRole('treeitem', { expanded: false }).count(), 1);
		assert.match(await page.locator('[role=treeitem][tabindex="0"]').innerText(), /Rows without a region/);
	});

	it('takes a search that was asked for elsewhere', async () => {
		const extension = new FakeSearch({ scope: 'all', request: { text: 'region' } });
		const page = await open(extension);
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
		assert.equal(await focused(page), 'Search everything said in your Claude Code sessions');
		extension.emit('request', { text: 'retry' });
		await page.getByRole('treeitem', { name: /RetryQueue: three attempts/ }).waitFor();
	});

	it('offers the ways to search, and puts one into the field', async () => {
		const page = await open();
		await page.getByRole('button', { name: /tool:Bash/ }).click();
		assert.equal(await field(page).inputValue(), 'tool:Bash');
		await page.getByRole('button', { name: 'How to search' }).click();
		await page.getByRole('button', { name: /-draft/ }).click();
		assert.equal(await field(page).inputValue(), 'tool:Bash -draft');
	});

	it('says what is wrong with a search that was answered as far as it could be', async () => {
		const page = await open(new FakeSearch({}, query => answerTo(query, { problems: [{ kind: 'not a date', text: 'before:soon' }] })));
		await field(page).fill('payment');
		await page.getByText('“before:soon” is no date').waitFor();
	});

	it('says that search is off, switches it on, and searches when the index is there', async () => {
		const extension = new FakeSearch({ scope: 'all', status: { ...ready, state: 'off' } });
		const page = await open(extension);
		await page.getByRole('button', { name: 'Switch search on' }).click();
		assert.deepEqual(await extension.called('command'), [{ action: 'switchOn' }]);
		extension.emit('status', { ...ready, state: 'building', bytesDone: 200e6 });
		await page.getByText('Building the search index: 200 MB of 812 MB').waitFor();
		await field(page).fill('region');
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
	});

	it('searches again by itself when the index has become whole', async () => {
		let isWhole = false;
		const extension = new FakeSearch({ scope: 'all', status: { ...ready, state: 'building', bytesDone: 1e6 } }, query =>
			isWhole ? answerTo(query) : answerTo(query, { hits: [], total: 0, isIndexComplete: false }),
		);
		const page = await open(extension);
		await field(page).fill('region');
		await page.getByText('there may be more to find later').waitFor();
		isWhole = true;
		extension.emit('status', ready);
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
	});

	it('hears that search was switched off while it was used', async () => {
		const page = await open(
			new FakeSearch({}, () => {
				throw new ChannelError('search-off', 'The search is switched off');
			}),
		);
		await field(page).fill('payment');
		await page.getByRole('heading', { name: 'Search is switched off' }).waitFor();
	});

	it('tells an error and tries again', async () => {
		let fails = true;
		const page = await open(
			new FakeSearch({ scope: 'all' }, query => {
				if (fails) throw new Error('The disk is full');
				return answerTo(query);
			}),
		);
		await field(page).fill('region');
		await page.getByText('The disk is full').waitFor();
		fails = false;
		await page.getByRole('button', { name: 'Try again' }).click();
		await page.getByRole('treeitem', { name: /Rows without a region/ }).waitFor();
	});

	it('offers to build a damaged index anew', async () => {
		const extension = new FakeSearch({ status: { ...ready, state: 'error', problem: 'A file of the search index is damaged.' } });
		const page = await open(extension);
		await page.getByText('A file of the search index is damaged.').waitFor();
		assert.equal(await page.getByText('Ways to search').count(), 0);
		await page.getByRole('button', { name: 'Build it anew' }).click();
		assert.deepEqual(await extension.called('command'), [{ action: 'rebuild' }]);
	});

	it('says how to search only while it can be searched', async () => {
		const extension = new FakeSearch({ status: { ...ready, state: 'waiting' } });
		const page = await open(extension);
		await page.getByRole('heading', { name: 'Ways to search' }).waitFor();
		await page.getByRole('button', { name: 'How to search' }).click();
		await page.getByRole('heading', { name: 'Ways to search' }).waitFor();
		extension.emit('status', { ...ready, state: 'error', problem: 'The disk is full.' });
		await page.getByText('The disk is full.').waitFor();
		assert.equal(await page.getByText('Ways to search').count(), 0);
		assert.equal(await page.getByRole('button', { name: 'How to search' }).count(), 0);
	});

	it('shows text of strangers as text: nothing runs, nothing is fetched', async () => {
		const evil =
			'<img src=x onerror=alert(1)><script>alert(2)</script> \u202Eexe.txt\u202C \u0007\u001B[31m javascript:alert(3) ' + 'x'.repeat(5_000);
		const hits = manyHits(1).map(each => ({
			...each,
			title: evil,
			project: evil,
			tool: evil,
			snippet: {
				text: evil,
				matches: [
					{ start: -5, end: 9_999_999 },
					{ start: 7, end: 3 },
				],
				isCutBefore: false,
				isCutAfter: false,
			},
		}));
		const page = await open(new FakeSearch({ scope: 'all' }, query => answerTo(query, { hits, total: 1 })));
		const requests: string[] = [];
		page.on('request', request => requests.push(request.url()));
		await field(page).fill('payment');
		const line = page.getByRole('treeitem').last();
		await line.waitFor();
		assert.equal(await page.locator('img, main script').count(), 0);
		assert.match(await line.innerText(), /<img src=x onerror=alert\(1\)>/);
		assert.doesNotMatch(await line.innerText(), /[\u202a-\u202e\u0007\u001b]/);
		assert.deepEqual(requests, []);
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
	});

	it('has nothing that axe finds, in every theme and state, narrow and wide', async () => {
		const extension = new FakeSearch({ scope: 'all' });
		const { page, setTheme } = await pages.open(extension, { height: 700 });
		const inEveryTheme = async (state: string) => {
			for (const theme of themesOfAxe) {
				await setTheme(theme);
				for (const width of widthsFor(theme, [280, 400])) {
					await page.setViewportSize({ width, height: 700 });
					assert.deepEqual(await violationsOn(page), [], `${state}, in ${theme} at ${width} px`);
				}
			}
		};
		await page.getByRole('heading', { name: 'Ways to search' }).waitFor();
		await inEveryTheme('empty');
		await field(page).fill('payment');
		await page.getByRole('treeitem', { name: /Rows without a region/ }).focus();
		await inEveryTheme('results');
		await field(page).fill('nowhere');
		await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
		await inEveryTheme('nothing found');
		extension.emit('status', { ...ready, state: 'building', bytesDone: 300e6 });
		await page.getByText('Building the search index: 300 MB').waitFor();
		await inEveryTheme('building');
		extension.emit('status', { ...ready, state: 'off' });
		await page.getByRole('heading', { name: 'Search is switched off' }).waitFor();
		await inEveryTheme('off');
	});
});
