/** A conversation of any length: 200,000 items in one list, of which only the near ones are in the document. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TranscriptItem } from '../../../../src/webview/contract/transcriptItems.ts';
import { FakeTranscript } from './fakeTranscript.ts';
import { answer, items, main, prompt, said } from './samples.ts';
import { transcriptPages } from '../pages.ts';

const count = 200_000;
const turnLength = 100;
const [promptItem, answerItem] = items([prompt(''), answer('')]) as [TranscriptItem, TranscriptItem];

/** Heights differ from item to item, and none is what the list would guess. */
function make(index: number): TranscriptItem {
	const words = `item ${index}${'\n\nmore'.repeat(index % 5)}`;
	const base = { index, id: `m-${index}`, offset: index * 100, turn: Math.floor(index / turnLength) };
	return index % turnLength === 0
		? { ...promptItem, ...base, ...prompt(words) }
		: {
				...answerItem,
				...base,
				kind: 'assistant',
				blocks: [{ kind: 'answer', markdown: said(words) }],
				isPartial: false,
			};
}

const long = (): FakeTranscript =>
	new FakeTranscript({
		conversation: main,
		branch: 'b',
		items: [],
		make,
		count,
		outline: {
			revision: 1,
			turns: Array.from({ length: count / turnLength }, (_, turn) => ({
				item: turn * turnLength,
				items: turnLength,
				messageId: `m-${turn * turnLength}`,
				kind: 'prompt',
				firstLine: `item ${turn * turnLength}`,
				at: null,
				durationMs: null,
				tokens: 0,
				costUsd: null,
				toolCalls: 0,
				errors: 0,
				isCorrection: false,
				isInterrupted: false,
			})),
		},
	});

const list = 'virtual-list.items';

/** Pixels of the window onto the list that no row covers, and whether the rows in it are in order. */
function gaps(
	page: Page,
): Promise<{ readonly uncovered: number; readonly rows: number; readonly first: number; readonly isInOrder: boolean }> {
	return page.locator(list).evaluate(element => {
		const frame = element.getBoundingClientRect();
		const rows = [...element.querySelectorAll<HTMLElement>(':scope > .virtual-rows > .virtual-row')]
			.map(row => ({
				index: Number(row.dataset['index']),
				top: row.getBoundingClientRect().top,
				bottom: row.getBoundingClientRect().bottom,
			}))
			.sort((one, other) => one.top - other.top);
		let covered = frame.top;
		let uncovered = 0;
		for (const { top, bottom } of rows) {
			if (bottom <= covered || top >= frame.bottom) continue;
			uncovered += Math.max(0, top - covered);
			covered = Math.max(covered, bottom);
		}
		const inSight = rows.filter(row => row.bottom > frame.top && row.top < frame.bottom);
		return {
			uncovered: uncovered + Math.max(0, frame.bottom - covered),
			rows: rows.length,
			first: inSight[0]?.index ?? -1,
			isInOrder: inSight.every((row, at) => at === 0 || row.index === (inSight[at - 1]?.index ?? 0) + 1),
		};
	});
}

/** Two frames: the scroll is told in one, and what it leads to is on the screen in the next. */
const drawn = (page: Page): Promise<void> =>
	page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

describe('A conversation of 200,000 items', () => {
	const pages = transcriptPages();

	async function open(extension = long()): Promise<Page> {
		const { page } = await pages.open(extension);
		await page.getByText('item 0', { exact: true }).first().waitFor();
		await page.locator('.outline .virtual-row').first().waitFor();
		return page;
	}

	it('has no gap wherever it is scrolled to, and keeps few rows', async () => {
		const page = await open();
		for (const share of [0, 0.001, 0.1, 0.4999, 0.5, 0.77, 0.9999, 1, 0.3]) {
			await page.locator(list).evaluate((element, at) => {
				element.scrollTop = at * (element.scrollHeight - element.clientHeight);
			}, share);
			await drawn(page);
			const { uncovered, rows, isInOrder, first } = await gaps(page);
			assert.ok(uncovered < 1, `${uncovered} px uncovered at ${share}`);
			assert.ok(rows < 80, `${rows} rows`);
			assert.ok(isInOrder);
			assert.ok(Math.abs(first / count - share) < 0.02, `row ${first} at ${share}`);
		}
	});

	it('has no gap while the wheel turns, down and up', async () => {
		const page = await open();
		await page.locator(list).hover();
		let before = -1;
		for (let turn = 0; turn < 40; turn++) {
			await page.mouse.wheel(0, turn < 30 ? 700 : -700);
			await drawn(page);
			const { uncovered, first, isInOrder } = await gaps(page);
			assert.ok(uncovered < 1, `${uncovered} px uncovered in turn ${turn}`);
			assert.ok(isInOrder);
			if (turn > 0 && turn < 30) assert.ok(first >= before);
			before = first;
		}
	});

	it('goes to its ends by Home and End and pages by Page Down and Page Up, with the focus on a row in sight', async () => {
		const page = await open();
		const focused = () => page.evaluate(() => Number(document.activeElement?.getAttribute('data-index') ?? -1));
		await page.locator(`${list} .virtual-row`).first().focus();
		await page.keyboard.press('End');
		await page
			.getByText(`item ${count - 1}`)
			.first()
			.waitFor();
		await page.waitForFunction(last => document.activeElement?.getAttribute('data-index') === String(last), count - 1);
		await page.keyboard.press('PageUp');
		await drawn(page);
		const up = await focused();
		assert.ok(up < count - 1 && up > count - 60, String(up));
		await page.keyboard.press('Home');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '0');
		await page.keyboard.press('PageDown');
		await drawn(page);
		const down = await focused();
		assert.ok(down > 0 && down < 60, String(down));
		await page.keyboard.press('Control+ArrowDown');
		await drawn(page);
		assert.equal(await focused(), down + 1);
		assert.ok((await gaps(page)).uncovered < 1);
	});

	it('goes from prompt to prompt by Alt with an arrow, and to any by the outline', async () => {
		const page = await open();
		await page.locator(`${list} .virtual-row`).first().focus();
		await page.keyboard.press('Alt+ArrowDown');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '100');
		await page.keyboard.press('Alt+ArrowDown');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '200');
		await page.keyboard.press('Alt+ArrowUp');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '100');
		const outline = page.locator('.outline-list');
		await outline.locator('.virtual-row').first().focus();
		await page.keyboard.press('End');
		await outline.getByText('item 199900').waitFor();
		await page.waitForFunction(() => document.activeElement?.closest('.outline-list') !== null);
		await page.keyboard.press('Enter');
		await page.locator(list).getByText('item 199900', { exact: true }).waitFor();
		assert.ok((await gaps(page)).uncovered < 1);
	});

	it('keeps the row that has the focus in the document, however far it is scrolled away', async () => {
		const page = await open();
		await page.locator(`${list} .virtual-row`).nth(3).focus();
		await page.locator(list).evaluate(element => (element.scrollTop = 500_000));
		await drawn(page);
		assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-index')), '3');
		await page.keyboard.press('Alt+ArrowDown');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '100');
	});

	it('asks for what is near alone, and forgets what is far', async () => {
		const extension = long();
		const page = await open(extension);
		for (let at = 0; at < 25; at++) {
			await page.locator(list).evaluate((element, share) => {
				element.scrollTop = share * (element.scrollHeight - element.clientHeight);
			}, at / 25);
			await drawn(page);
		}
		await page.locator(list).evaluate(element => (element.scrollTop = 0));
		await page.getByText('item 0', { exact: true }).first().waitFor();
		const asked = extension.calls.filter(call => call.name === 'items').map(call => call.params as { readonly count: number });
		assert.ok(asked.every(each => each.count <= 40));
		assert.ok(asked.length < 200, String(asked.length));
	});

	it('says to a screen reader where each row is among all', async () => {
		const page = await open();
		const row = page.locator(`${list} .virtual-row`).nth(2);
		assert.deepEqual(
			[
				await row.getAttribute('role'),
				await row.getAttribute('aria-posinset'),
				await row.getAttribute('aria-setsize'),
				await row.getAttribute('aria-label'),
			],
			['article', '3', String(count), 'Claude: item 2 more more'],
		);
		assert.equal(await page.locator(`${list} > [role=feed]`).count(), 1);
	});
});
