import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launch, openPage, type OpenedPage, type OpenOptions } from '../openPage.ts';
import type { FakeTranscript } from './fakeTranscript.ts';

export interface TranscriptPages {
	open(extension: FakeTranscript, options?: OpenOptions): Promise<OpenedPage<FakeTranscript>>;
	/** For a test that makes the console complain. */
	forgive(): void;
}

/** To be called in a suite: one browser for it, one page for each test, and after each a console that stayed silent. */
export function transcriptPages(): TranscriptPages {
	let browser: Browser;
	let opened: OpenedPage<FakeTranscript> | undefined;
	before(async () => {
		browser = await launch();
	});
	afterEach(async () => {
		assert.deepEqual(opened?.complaints ?? [], [], 'the console stays silent');
		await opened?.close();
		opened = undefined;
	});
	after(() => browser.close());
	return {
		open: async (extension, options) => (opened = await openPage(browser, 'transcript', extension, options)),
		forgive: () => opened?.complaints.splice(0),
	};
}
