/** The pages in a language that is shipped, from the document's tables to what a person reads. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/build.ts';
import type { PageWords } from '../../../src/extension/ui/presentation/pageHtml.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { fullExtension } from './history.ts';
import { FakeSearch } from './search/fakeSearch.ts';
import { FakeTranscript } from './transcript/fakeTranscript.ts';
import { everyKind, main } from './transcript/samples.ts';
import { insightsPages, searchPages, transcriptPages } from './pages.ts';

const words: PageWords = { language: 'de', tables: readFileSync(join(root, 'l10n/pages.l10n.de.json'), 'utf8') };

const tabs = ['Übersicht', 'Kosten', 'Kategorien', 'Muster', 'Tools und Dateien', 'Sitzungen', 'Aufträge und Index'];

/** One whose host speaks German, too. */
const germanExtension = () => fullExtension({ hello: { locale: 'de-DE' } });

describe('The insights page in German', () => {
	const pages = insightsPages();

	async function show(extension: FakeExtension, width = 1200): Promise<Page> {
		const { page } = await pages.open(extension, { words, width });
		await page.getByRole('tab', { name: 'Übersicht' }).waitFor();
		return page;
	}

	it('says so to screen readers, and speaks it with its numbers', async () => {
		const page = await show(germanExtension());
		assert.equal(await page.locator('html').getAttribute('lang'), 'de');
		const sessions = await page.locator('[data-figure=sessions]').innerText();
		assert.match(sessions, /^Sitzungen\s+119\s+, Diese Sitzungen anzeigen: Sitzungen\s+25\s%\smehr als im Zeitraum davor \(95\)/);
		assert.match(await page.locator('[data-figure=responses]').innerText(), /^Antworten\s+2\.826\s/);
	});

	it('names all its pages, and none of them scrolls sideways in longer words', async () => {
		const page = await show(germanExtension(), 320);
		assert.deepEqual(
			(await page.getByRole('tab').allInnerTexts()).map(name => name.trim()),
			tabs,
		);
		for (const name of tabs) {
			await page.getByRole('tab', { name }).click();
			await page.getByRole('tabpanel', { name }).waitFor();
			await page.locator('.panel-page h2').first().waitFor({ state: 'attached' });
			const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
			assert.equal(scroll, client, name);
		}
	});

	it('shows times and tokens of sessions whole, which German writes longer', async () => {
		const page = await show(germanExtension());
		await page.getByRole('tab', { name: 'Sitzungen' }).click();
		await page.locator('tr[data-session-id]').first().waitFor();
		const cut = await page
			.locator('td.activeMs, td.tokens')
			.evaluateAll(cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.textContent.trim()));
		assert.deepEqual(cut, []);
	});

	it('chooses the German plural form', async () => {
		const page = await show(germanExtension());
		await page.getByRole('tab', { name: 'Kosten' }).click();
		await page.getByText(/ Token eines Modells sind in keinen Kosten | Token von \d+ Modellen sind in keinen Kosten /).waitFor();
	});
});

describe('The search page in German', () => {
	const pages = searchPages();

	it('counts what it found', async () => {
		const { page } = await pages.open(new FakeSearch({ scope: 'all' }), { words, width: 300, height: 700 });
		await page.getByRole('textbox', { name: 'Alles in den Claude Code-Sitzungen Gesagte durchsuchen' }).fill('payment');
		await page
			.getByText(/^\d+ Ergebnisse/)
			.first()
			.waitFor();
	});
});

describe('The transcript page in German', () => {
	const pages = transcriptPages();

	it('names who speaks and what can be done', async () => {
		const { page } = await pages.open(new FakeTranscript({ conversation: main, branch: 'end', items: everyKind() }), { words });
		await page.getByRole('button', { name: 'Unterhaltung als Markdown kopieren' }).first().waitFor();
		await page.getByText('Überlegungen').first().waitFor();
	});
});
