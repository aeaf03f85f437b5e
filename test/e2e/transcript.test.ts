/** A conversation in the real VS Code: opened from the tree, jumped into, growing, restored. */
import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { transcriptOf } from './transcriptOf.ts';
import { sharedWindow, type TestWindow } from './window.ts';

const title = 'Find out why the tide test is flaky';
const firstPrompt = 'tide.test.ts fails about one run in ten on CI. Find out why, do not just retry it.';

describe('A conversation in VS Code', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow();
	});

	const page = (): ReturnType<TestWindow['workbench']['webview']> => window.workbench.webview(title);
	const prompt = (text: string) => page().locator('.prompt-text', { hasText: text });

	it('opens from the tree, as a person reads it', async () => {
		await window.workbench.tree.row(title).first().click();
		await page().getByRole('heading', { level: 1, name: title }).waitFor();
		await prompt(firstPrompt).waitFor();
		await page().locator('.answer-text').first().waitFor();
		await window.workbench.screenshot('transcript');
	});

	it('grows while one reads it', async () => {
		const { file, sessionId } = await transcriptOf(window, firstPrompt);
		const record = {
			type: 'user',
			uuid: '00000000-0000-4000-8000-00000000ab01',
			parentUuid: await lastUuid(file),
			isSidechain: false,
			userType: 'external',
			promptSource: 'typed',
			sessionId,
			cwd: window.workspace,
			version: '2.1.220',
			timestamp: new Date().toISOString(),
			message: { role: 'user', content: 'One more thing: say it in the release notes' },
		};
		await page().locator('virtual-list.items .virtual-row').first().focus();
		await window.workbench.page.keyboard.press('End');
		await appendFile(file, `${JSON.stringify(record)}\n`);
		await prompt('One more thing: say it in the release notes').waitFor();
	});

	it('is brought to the message that a command names, in the panel that is open', async () => {
		const { sessionId, uuid } = await transcriptOf(window, firstPrompt);
		await window.host.evaluate((vscode, target) => vscode.commands.executeCommand('sessionInsights.openTranscript', target), {
			sessionId,
			messageId: uuid,
		});
		await page().locator(`.item.marked[data-message-id="${uuid}"]`).waitFor();
		assert.equal(await window.workbench.page.locator('.tab', { hasText: title }).count(), 1);
	});

	it('is searched by Control and F', async () => {
		await page().locator('virtual-list.items .virtual-row').first().focus();
		await window.workbench.page.keyboard.press('Control+f');
		await page().getByRole('textbox', { name: 'Find' }).fill('release notes');
		await page()
			.getByText(/^1 of \d+$/)
			.waitFor();
		await window.workbench.page.keyboard.press('Escape');
		await page().getByRole('textbox', { name: 'Find' }).waitFor({ state: 'detached' });
	});

	it('has no accessibility violation', async () => {
		assert.deepEqual(await window.workbench.accessibilityViolations(), []);
	});

	it('is there again when it was hidden, at the same place', async () => {
		await page().locator('.outline .virtual-row').last().click();
		await page().locator('.turn-text', { hasText: 'One more thing' }).waitFor();
		await window.workbench.runCommand('File: New Untitled Text File');
		await page().locator('.turn-text').waitFor({ state: 'hidden' });
		await window.workbench.runCommand('View: Close Editor');
		await page().locator('.turn-text', { hasText: 'One more thing' }).waitFor();
		await prompt('One more thing').waitFor();
	});

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});

async function lastUuid(file: string): Promise<string | null> {
	const ids = [...(await readFile(file, 'utf8')).matchAll(/"uuid":"([0-9a-f-]{36})"/g)];
	return ids.at(-1)?.[1] ?? null;
}
